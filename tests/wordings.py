"""Sentences of a clean report around section 一, in several wordings. May import: builder, form_labels, attrs.

Every function takes the facts of the report and a chooser; nothing here is random by itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

import attrs

from form_labels import HEADINGS, outcome_groups

if TYPE_CHECKING:
    from collections.abc import Sequence

    from builder import Tables

T = TypeVar("T")

LAW = "《中华人民共和国政府信息公开条例》"
OFFICE = "国务院办公厅政府信息与政务公开办公室"
NOTICES = {
    "2019": f"《{OFFICE}关于政府信息公开工作年度报告有关事项的通知》（国办公开办函〔2019〕60号）",
    "2021": f"《{OFFICE}关于印发〈中华人民共和国政府信息公开工作年度报告格式〉的通知》（国办公开办函〔2021〕30号）",
}

PARTS = tuple(heading[2:] for heading in HEADINGS.values())


class Chooser(Protocol):
    """How a wording and a count are chosen."""

    def pick(self, options: Sequence[T]) -> T:
        """One of the options."""

    def count(self, low: int, high: int) -> int:
        """A whole number from low to high, both included."""


@attrs.frozen
class Facts:
    """What the sentences of one report have to agree on.

    Args:
        edition: ``2019`` or ``2021``.
        year: the report year.
        body: full name of the body.
        kind: kind of the body.
        self_name: how the body calls itself.
        contact: who answers questions.
        site: name of the web site.
        url: its address.
        field: what the body works on, as ``A、B`` words.
        tables: the figures.
        fee: fee for handling information that was collected, in yuan, 0 for none.

    """

    edition: str
    year: int
    body: str
    kind: str
    self_name: str
    contact: str
    site: str
    url: str
    field: str
    tables: Tables
    fee: int = 0

    def number(self, table: str, row: str, column: str = "total") -> int:
        """The count in a cell."""
        return int(self.tables[table][row][column])

    def groups(self) -> dict[str, int]:
        """Handled applications by group of outcomes."""
        return {
            name: sum(self.number("applications", row) for row in rows)
            for name, rows in outcome_groups(self.edition).items()
        }


def title(facts: Facts, choose: Chooser) -> tuple[str, ...]:
    """The title on one line, or the body on a line of its own."""
    rest = f"{facts.year}年政府信息公开工作年度报告"
    return choose.pick(((facts.body + rest,), (facts.body, rest)))


def preamble(facts: Facts, choose: Chooser) -> tuple[tuple[str, ...], str, str]:
    """Basis, parts, period and contact.

    Args:
        facts: of the report.
        choose: the chooser.

    Returns:
        The paragraphs with their placeholders, the wording of the period, and how the text calls the law from here on.

    """
    notice, body, year = NOTICES[facts.edition], facts.body, facts.year
    short = "（以下简称《条例》）"
    basis, law = choose.pick(
        (
            (f"根据{LAW}{short}和{notice}要求，{body}编制本报告。", "《条例》"),
            (f"本报告根据{LAW}{short}、{notice}编制。", "《条例》"),
            (f"依据{LAW}第五十条和{notice}的规定，现公布{body}{year}年政府信息公开工作年度报告。", LAW),
            (f"按照{LAW}（国务院令第711号）、{notice}的要求，{body}组织编制了{year}年政府信息公开工作年度报告。", LAW),
        )
    )
    composition = choose.pick(
        (
            "",
            f"全文包括{'、'.join(PARTS)}六个部分。",
            f"报告由{'，'.join(PARTS)}六部分组成。",
            f"全文共分以下六个部分：{'；'.join(PARTS)}。",
        )
    )
    joint, period = choose.pick(
        (
            ("", f"自{year}年1月1日起至{year}年12月31日止"),
            ("", f"从{year}年1月1日起至{year}年12月31日止"),
            ("", f"自{year}年1月1日至{year}年12月31日"),
            ("为", f"{year}年1月1日至{year}年12月31日"),
            ("为", f"{year}年1月1日至12月31日"),
            ("为", f"{year}年1月1日—{year}年12月31日"),
        )
    )
    lead = choose.pick(("本报告所列数据的统计期限", "本报告中所列数据统计时限", "报告中数据的统计时间"))
    online = choose.pick(("", f"本报告电子版可在{facts.site}（{facts.url}）查阅和下载。"))
    comma = choose.pick(("，", "；"))
    place, code, phone = choose.pick((("地址", "邮编", "电话"), ("联系地址", "邮政编码", "联系电话")))
    fields = [f"{place}：{{address}}", f"{code}：{{postcode}}", f"{phone}：{{phone}}", "电子邮箱：{email}"]
    asked = choose.pick(("如对本报告有疑问", "公众如有任何疑问"))
    contact = f"{asked}，请与{facts.contact}联系（{comma.join(fields)}）。"
    sentences = [basis, composition, f"{lead}{joint}{{period}}。", online, contact]
    sentences = [sentence for sentence in sentences if sentence]
    return choose.pick((("".join(sentences),), tuple(sentences))), period, law


_WEAKNESSES = (
    ("部分栏目信息更新不够及时", "建立栏目更新提醒机制，按时核查内容更新进度"),
    ("政策解读形式较为单一", "增加图解、视频、问答等解读方式，让政策更加通俗易懂"),
    ("承办人员业务能力有待加强", "加大业务培训力度，组织学习典型案例"),
    ("公开内容与群众需求之间仍有差距", "开展公众需求调查，根据反馈及时调整公开重点"),
    ("内部协调配合不够顺畅", "完善信息报送和会商制度，压实各承办机构责任"),
    ("申请答复文书的说理性不强", "规范答复文书格式，加强答复前的合法性审核"),
)
_MENDED = (
    "完善了信息发布审核流程，历史栏目已完成规范整理",
    "配齐了专职工作人员，信息报送迟缓的情况明显好转",
    "梳理了公开事项清单，公开内容的完整性有了明显提高",
)


def problems(facts: Facts, choose: Chooser) -> tuple[str, ...]:
    """Section 五: as many measures as problems, and what became of last year's."""
    start, amount = choose.count(0, 5), choose.count(2, 3)
    pairs = [_WEAKNESSES[(start + step) % 6] for step in range(amount)]
    stop = choose.pick(("；", "。"))
    weak, measures = (
        stop.join(f"{ordinal}是{text}" for ordinal, text in zip("一二三", side, strict=False)) + "。"
        for side in zip(*pairs, strict=True)
    )
    mended = f"针对上一年度存在的问题，{facts.self_name}{choose.pick(_MENDED)}。"
    first = choose.pick(
        (f"政府信息公开工作仍存在以下不足：{weak}", f"{facts.self_name}政府信息公开工作存在的问题主要有：{weak}")
    )
    plan = f"{facts.year + 1}年，{facts.self_name}将采取以下改进措施：{measures}"
    return choose.pick(
        (
            ("（一）主要问题", first, "（二）改进情况", mended + plan),
            ("（一）上一年度问题改进情况", mended, "（二）存在的主要问题", first, "（三）下一步改进措施", plan),
            (first, mended, plan),
        )
    )


def other(facts: Facts, choose: Chooser) -> tuple[str, ...]:
    """Section 六: the fee where the form or a row of table 3 asks for it."""
    none = choose.pick(("无其他需要报告的事项。", "本年度无其他需要报告的事项。", "除此之外，没有需要报告的其他事项。"))
    unpaid = facts.number("applications", "no_payment") if facts.edition == "2021" else 0
    if facts.fee or unpaid:
        notices = unpaid + (1 if facts.fee else 0)
        return (f"全年发出政府信息公开收费通知{notices}件，收取信息处理费{facts.fee}元。" + choose.pick(("", none)),)
    if facts.edition == "2021" or facts.number("applications", "massive"):
        year, own = facts.year, facts.self_name
        fee = choose.pick(
            (
                f"{year}年，{own}未收取信息处理费。",
                "本年度没有产生政府信息公开信息处理费。",
                f"{own}全年未向申请人收取信息处理费。",
            )
        )
        return choose.pick(((fee + none,), (fee, none), (fee,)))
    return choose.pick((("无。",), ("暂无其他需要报告的事项。",), (none.removeprefix("除此之外，"),)))
