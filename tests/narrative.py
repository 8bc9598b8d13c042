"""Section 一 of a clean report, in several wordings, true to its tables. May import: wordings, builder, form_labels."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from builder import Aspect
from form_labels import APPLICANTS, CHALLENGES, RESULTS

if TYPE_CHECKING:
    from wordings import Chooser, Facts


def opening(facts: Facts, choose: Chooser, law: str) -> tuple[str, ...]:
    """The paragraph before the aspects."""
    year, own = facts.year, facts.self_name
    tail = choose.pick(
        (
            "坚持以公开为常态、不公开为例外，各项公开任务按期完成",
            "压实工作责任，细化公开内容，政府信息公开的质量和时效稳步提升",
            "聚焦群众和企业关切，持续推进重点领域信息公开，较好保障了公众的知情权、参与权和监督权",
        )
    )
    return (
        choose.pick(
            (
                f"{year}年，{own}认真贯彻落实{law}，{tail}。",
                f"{year}年，{own}严格执行{law}各项规定，围绕{facts.field}等工作，{tail}。",
                f"{year}年，{facts.body}深入贯彻{law}要求，落实《{year}年政务公开工作要点》，{tail}。",
            )
        ),
    )


def aspects(facts: Facts, choose: Chooser) -> tuple[Aspect, ...]:
    """The five aspects of section 一."""
    tail = choose.pick(("", "情况"))
    titles = (
        choose.pick(("主动公开", "政府信息主动公开")),
        "依申请公开",
        "政府信息管理",
        choose.pick(("平台建设", "政府信息公开平台建设")),
        "监督保障",
    )
    texts = (_proactive, _applications, _management, _platforms, _supervision)
    return tuple(Aspect(name + tail, text(facts, choose)) for name, text in zip(titles, texts, strict=True))


def _proactive(facts: Facts, choose: Chooser) -> tuple[str, ...]:
    kinds = ("机构职能类", "政策文件类", "财政预决算类", "行政执法类", "业务动态类")
    counts = [choose.count(1, 400) for _ in kinds[: choose.count(2, 5)]]
    comma = choose.pick(("、", "，"))
    listed = comma.join(f"{kind}信息{count}条" for kind, count in zip(kinds, counts, strict=False))
    whole, extra = sum(counts), choose.count(1, 30)
    first = choose.pick(
        (
            f"全年通过{facts.site}主动公开政府信息{whole}条，其中{listed}。",
            f"{facts.year}年，{facts.self_name}累计主动公开各类政府信息{whole}条（其中{listed}）。",
            f"全年主动公开政府信息{whole + extra}条，其中{listed}等。",
        )
    )
    explained, answered = choose.count(1, 60), choose.count(1, 90)
    second = choose.pick(
        (
            f"围绕{facts.field}等重点内容发布政策解读材料{explained}篇，回应公众留言{answered}条。",
            f"坚持政策文件与解读材料同步组织、同步公开，发布解读材料{explained}篇；办理网上留言{answered}条，均按时答复。",
        )
    )
    return choose.pick(((first + second,), (first, second)))


def listing(parts: dict[str, int], unit: str, comma: str, *, zeros: bool) -> str:
    """Names with their counts, in a row; those of zero left out unless asked for."""
    return comma.join(f"{name}{count}{unit}" for name, count in parts.items() if count or zeros)


def percentage(part: int, whole: int) -> str:
    """A share of a whole, with two decimals."""
    return f"{(Decimal(part) * 100 / Decimal(whole)).quantize(Decimal('0.01'), ROUND_HALF_UP)}%"


def _received(facts: Facts, choose: Chooser, new: int, before: int) -> list[str]:
    natural = facts.number("applications", "new", "natural")
    comma = choose.pick(("、", "，"))
    two = {"自然人申请": natural, "法人或其他组织申请": new - natural}
    names = {**APPLICANTS, "other_org": "其他法人或组织"}
    six = {f"{name}": facts.number("applications", "new", key) for key, name in names.items()}
    people = choose.pick(
        (
            "",
            f"，其中{listing(two, '件', comma, zeros=False)}",
            f"（其中{listing(six, '件', comma, zeros=False)}）",
        )
    )
    verb = choose.pick(("收到", "共收到", "新收", "接到", "受理"))
    start = choose.pick((f"{facts.year}年，{facts.self_name}", "全年"))
    received = f"{start}{verb}政府信息公开申请{new}件{people}"
    earlier = choose.pick((f"上年结转申请{before}件", f"另有上年度结转{before}件", f"上一年度结转申请{before}件"))
    return [f"{received}；{earlier}" if before else received]


def _handled(facts: Facts, choose: Chooser) -> list[str]:
    total, later = facts.number("applications", "total"), facts.number("applications", "carried_out")
    groups = facts.groups()
    public = groups["予以公开"] + groups["部分公开"]
    share = f"；予以公开及部分公开{public}件，占办结总数的{percentage(public, total)}"
    zeros, comma = choose.pick((True, False)), choose.pick(("、", "，"))
    outcome = choose.pick(
        (
            "",
            f"，其中{listing(groups, '件', comma, zeros=zeros)}",
            f"（其中{listing(groups, '件', comma, zeros=zeros)}）",
            share if 0 < public < total else "",
        )
    )
    handled = f"{choose.pick(('办结', '共办结', '已办结', '答复'))}{total}件{outcome}"
    if later:
        rest = choose.pick((f"结转下年度继续办理{later}件", f"另有{later}件结转下年度继续办理", f"结转下年度{later}件"))
    else:
        rest = choose.pick(("", "均在法定期限内办结", "全部按时办结", "无结转下年度继续办理的申请"))
    return [f"{handled}；{rest}" if rest else handled]


def _applications(facts: Facts, choose: Chooser) -> tuple[str, ...]:
    new, before = facts.number("applications", "new"), facts.number("applications", "carried_in")
    year, own = facts.year, facts.self_name
    if new:
        link = "。" if before else choose.pick(("。", "，"))
        figures = link.join(_received(facts, choose, new, before) + _handled(facts, choose)) + "。"
    elif before:
        figures = choose.pick(
            (
                f"全年未收到政府信息公开申请，办结上年结转申请{before}件，无结转下年度继续办理的申请。",
                f"全年收到政府信息公开申请0件；上年结转{before}件，已办结{before}件。",
            )
        )
    else:
        figures = choose.pick(
            (
                f"{year}年，{own}未收到政府信息公开申请，无结转下年度继续办理的申请。",
                "全年未接到政府信息公开申请。",
                "全年收到政府信息公开申请0件，办结0件。",
                f"{year}年，{own}共收到政府信息公开申请0件，无上年结转的申请。",
            )
        )
    process = choose.pick(
        (
            "规范申请登记、审核、答复、归档流程，畅通信函、网络、当面提交等渠道。",
            "健全会商和法制审核机制，主动加强与申请人的沟通，努力满足公众合理的信息需求。",
            "完善内部流转制度，明确责任科室和办理时限，提高答复文书的规范性。",
        )
    )
    disputes = _disputes(facts, choose)
    return choose.pick(((process + figures + disputes,), (process, figures, disputes), (figures + disputes + process,)))


def _disputes(facts: Facts, choose: Chooser) -> str:
    review, direct, after = (facts.number("litigation", row) for row in CHALLENGES)
    suits = direct + after
    if not review and not suits:
        return choose.pick(
            (
                "未发生因政府信息公开被申请行政复议、提起行政诉讼的情况。",
                "全年无政府信息公开行政复议、行政诉讼案件。",
                "因政府信息公开引发行政复议0件、行政诉讼0件。",
                "未收到涉及政府信息公开的行政复议和行政诉讼。",
            )
        )
    results = {label: facts.number("litigation", "review", key) for key, label in RESULTS.items()}
    detail = choose.pick(("", f"，其中{listing(results, '件', '、', zeros=False)}"))
    split = {"未经复议直接起诉": direct, "复议后起诉": after}
    origin = choose.pick(("", f"，其中{listing(split, '件', '、', zeros=True)}"))
    if not suits:
        return f"因政府信息公开被申请行政复议{review}件{detail}；未发生行政诉讼。"
    if not review:
        return f"因政府信息公开被提起行政诉讼{suits}件；未被申请行政复议。"
    return choose.pick(
        (
            f"因政府信息公开被申请行政复议{review}件{detail}；被提起行政诉讼{suits}件{origin}。",
            f"因政府信息公开引发行政复议{review}件、行政诉讼{suits}件。",
            f"全年政府信息公开行政复议{review}件{detail}。政府信息公开行政诉讼{suits}件{origin}。",
        )
    )


def _management(facts: Facts, choose: Chooser) -> tuple[str, ...]:
    general = choose.pick(
        (
            "严格落实公文公开属性源头认定和发布前保密审查制度，做到先审查、后公开。",
            "建立政府信息制作、审核、发布、归档全流程管理机制，动态调整主动公开基本目录。",
            "加强信息发布审核，定期排查错别字、失效链接和过期内容，及时整改发现的问题。",
        )
    )
    return (general + choose.pick(("", _documents(facts, choose))),)


def _documents(facts: Facts, choose: Chooser) -> str:
    if facts.edition == "2019":
        made, published = (facts.number("proactive", "normative", column) for column in ("made_new", "published_new"))
        if not made or not published:
            return "组织开展文件清理工作。"
        return choose.pick(
            (
                f"全年制发规范性文件{made}件，新公开{published}件。",
                f"本年新制作规范性文件{made}件。",
            )
        )
    issued, repealed, valid = (
        facts.number("proactive", "normative", column) for column in ("issued", "repealed", "in_force")
    )
    if not valid:
        return "全年未新制发行政规范性文件。" if not issued else "组织开展文件清理工作。"
    return choose.pick(
        (
            f"全年制发行政规范性文件{issued}件，废止{repealed}件，现行有效{valid}件。",
            f"本年制发行政规范性文件{issued}件、废止行政规范性文件{repealed}件。",
            f"截至{facts.year}年12月31日，现行有效的行政规范性文件{valid}件。",
        )
    )


def _platforms(facts: Facts, choose: Chooser) -> tuple[str, ...]:
    posts = choose.count(10, 900)
    return (
        choose.pick(
            (
                f"优化{facts.site}政府信息公开专栏布局，完善检索和下载功能。政务微信公众号推送图文消息{posts}条，与网站形成互补。",
                f"依托政府门户网站集中发布法定主动公开内容，做好政务新媒体日常监测。全年通过政务新媒体发布消息{posts}条。",
                f"加强线上线下公开阵地建设，在便民服务大厅设置信息查阅点；全年向政务微信公众号供稿{posts}篇。",
            )
        ),
    )


def _supervision(facts: Facts, choose: Chooser) -> tuple[str, ...]:
    times, people = choose.count(1, 9), choose.count(12, 400)
    general = choose.pick(
        (
            f"明确分管负责人和具体承办人员，全年开展业务培训{times}次，参训人员{people}人次。",
            f"调整充实领导小组成员，组织专题学习{times}次、覆盖干部{people}人次，定期通报任务落实进度。",
        )
    )
    if facts.kind not in {"government", "township"}:
        watch = choose.pick(("将公开工作纳入内部年度目标管理，接受群众监督。", "公开监督电话，主动听取意见建议。"))
        return (general + watch,)
    duty = choose.pick(
        (
            "工作考核方面，纳入年度绩效考核体系；社会评议方面，公众评价良好；责任追究结果方面，全年没有被追究责任的情形。",
            "定期开展工作考核并通报考核结果；主动接受社会评议，对收集的意见逐条整改；责任追究结果为全年没有单位和个人被追责。",
            "工作考核、社会评议和责任追究结果情况：年度考核任务全部完成，社会评议反映良好，未出现需要追究责任的情况。",
        )
    )
    return choose.pick(((general + duty,), (general, duty)))
