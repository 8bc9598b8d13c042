"""The words of the form in both editions, an independent copy for the tests. May import: the standard library.

Sources: the attachments of 国办公开办函〔2019〕60号 and 国办公开办函〔2021〕30号.
"""

from __future__ import annotations

EDITIONS = ("2019", "2021")

HEADINGS = {
    "overall": "一、总体情况",
    "proactive": "二、主动公开政府信息情况",
    "applications": "三、收到和处理政府信息公开申请情况",
    "litigation": "四、政府信息公开行政复议、行政诉讼情况",
    "problems": "五、存在的主要问题及改进情况",
    "other": "六、其他需要报告的事项",
}

APPLICANTS = {
    "natural": "自然人",
    "business": "商业企业",
    "research": "科研机构",
    "welfare": "社会公益组织",
    "legal": "法律服务机构",
    "other_org": "其他",
}

OUTCOMES = {
    "granted": ("", "（一）予以公开"),
    "partial": ("", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"),
    "secret": ("（三）不予公开", "1.属于国家秘密"),
    "law_forbids": ("（三）不予公开", "2.其他法律行政法规禁止公开"),
    "safety": ("（三）不予公开", "3.危及“三安全一稳定”"),
    "third_party": ("（三）不予公开", "4.保护第三方合法权益"),
    "internal": ("（三）不予公开", "5.属于三类内部事务信息"),
    "process": ("（三）不予公开", "6.属于四类过程性信息"),
    "case_file": ("（三）不予公开", "7.属于行政执法案卷"),
    "inquiry": ("（三）不予公开", "8.属于行政查询事项"),
    "not_held": ("（四）无法提供", "1.本机关不掌握相关政府信息"),
    "need_create": ("（四）无法提供", "2.没有现成信息需要另行制作"),
    "unclear": ("（四）无法提供", "3.补正后申请内容仍不明确"),
    "petition": ("（五）不予处理", "1.信访举报投诉类申请"),
    "repeat": ("（五）不予处理", "2.重复申请"),
    "publication": ("（五）不予处理", "3.要求提供公开出版物"),
    "massive": ("（五）不予处理", "4.无正当理由大量反复申请"),
    "confirm": ("（五）不予处理", "5.要求行政机关确认或重新出具已获取信息"),
    "other_handling": ("", "（六）其他处理"),
    "no_supplement": ("（六）其他处理", "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"),
    "no_payment": ("（六）其他处理", "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请"),
    "other_reason": ("（六）其他处理", "3.其他"),
}
"""Rows of table 3 below 三、, with the group each stands in; which of （六） apply depends on the edition."""

_ONE_ROW = {"other_handling"}
_THREE_ROWS = {"no_supplement", "no_payment", "other_reason"}

RESULTS = {"upheld": "结果维持", "corrected": "结果纠正", "other": "其他结果", "pending": "尚未审结"}
CHALLENGES = ("review", "direct", "after_review")

_DOCUMENTS_2019 = {"made_new": "本年新制作数量", "published_new": "本年新公开数量", "published_total": "对外公开总数量"}
_ITEMS_2019 = {"prev_items": "上一年项目数量", "delta": "本年增/减", "decisions": "处理决定数量"}
_FEES_2019 = {"prev_items": "上一年项目数量", "delta": "本年增/减"}
_PURCHASES_2019 = {"purchase_count": "采购项目数量", "purchase_amount": "采购总金额"}
_DOCUMENTS_2021 = {"issued": "本年制发件数", "repealed": "本年废止件数", "in_force": "现行有效件数"}
_ITEMS_2021 = {"decisions": "本年处理决定数量"}
_FEES_2021 = {"fee_amount": "本年收费金额（单位：万元）"}

CLAUSES = {
    "2019": (
        ("一", _DOCUMENTS_2019, {"regulations": "规章", "normative": "规范性文件"}),
        ("五", _ITEMS_2019, {"licensing": "行政许可", "other_external": "其他对外管理服务事项"}),
        ("六", _ITEMS_2019, {"penalty": "行政处罚", "compulsion": "行政强制"}),
        ("八", _FEES_2019, {"fees": "行政事业性收费"}),
        ("九", _PURCHASES_2019, {"procurement": "政府集中采购"}),
    ),
    "2021": (
        ("一", _DOCUMENTS_2021, {"regulations": "规章", "normative": "行政规范性文件"}),
        ("五", _ITEMS_2021, {"licensing": "行政许可"}),
        ("六", _ITEMS_2021, {"penalty": "行政处罚", "compulsion": "行政强制"}),
        ("八", _FEES_2021, {"fees": "行政事业性收费"}),
    ),
}
"""Parts of table 2 by edition: number of the clause of Article 20, columns, rows."""


def outcome_rows(edition: str) -> tuple[str, ...]:
    """Keys of the outcome rows of table 3 that an edition has, in order."""
    absent = _THREE_ROWS if edition == "2019" else _ONE_ROW
    return tuple(key for key in OUTCOMES if key not in absent)


def outcome_groups(edition: str) -> dict[str, tuple[str, ...]]:
    """Outcome rows of an edition by the short name of their group: ``予以公开``, ``不予公开`` ..."""
    groups: dict[str, tuple[str, ...]] = {}
    for key in outcome_rows(edition):
        group, label = OUTCOMES[key]
        name = (group or label)[3:].partition("（")[0]
        groups[name] = (*groups.get(name, ()), key)
    return groups
