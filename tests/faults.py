"""Single faults planted in clean reports: what is changed, which rule has to say so, and where. May import: builder, hypothesis.

A fault is a function of a clean report and a chooser. It returns None where the report gives no occasion for it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import attrs
from hypothesis import strategies as st

from builder import Marks, ReportSpec, render_text_with_map
from form_labels import outcome_rows

APPLICANTS = ("natural", "business", "research", "welfare", "legal", "other_org")
HEADINGS = {
    "overall": "一",
    "proactive": "二",
    "applications": "三",
    "litigation": "四",
    "problems": "五",
    "other": "六",
}


@attrs.frozen
class Planted:
    """A faulty report.

    Args:
        text: the report.
        rules: ids of the rules one of which has to speak.
        at: the place it has to speak at, or None for any.
        also: prefixes of rules that may speak as well.
        count: how often the rule has to speak.

    """

    text: str
    rules: tuple[str, ...]
    at: tuple[int, int] | None = None
    also: tuple[str, ...] = ()
    count: int = 1


Planter = Callable[[ReportSpec, Any], "Planted | None"]
PLANTERS: dict[str, Planter] = {}


def planter(function: Planter) -> Planter:
    """Register a fault under its function's name."""
    PLANTERS[function.__name__] = function
    return function


def _cell(
    spec: ReportSpec, table: str, row: str, column: str, new: int | str, *rules: str, also: tuple[str, ...] = ()
) -> Planted:
    text, marks = render_text_with_map(spec.with_cell(table, row, column, new))
    return Planted(text, rules, marks[table, row, column], also)


def _edit(text: str, span: tuple[int, int], new: str) -> str:
    return text[: span[0]] + new + text[span[1] :]


def _replaced(spec: ReportSpec, old: str, new: str, *rules: str, also: tuple[str, ...] = ()) -> Planted | None:
    text, _ = render_text_with_map(spec)
    at = text.find(old)
    return Planted(_edit(text, (at, at + len(old)), new), rules, (at, at + max(1, len(new))), also) if at >= 0 else None


def _applicant(spec: ReportSpec, data: Any, rows: tuple[str, ...]) -> tuple[str, str, int]:
    row, column = data.draw(st.sampled_from(rows)), data.draw(st.sampled_from(APPLICANTS))
    return row, column, spec.number("applications", row, column)


# --- the sums -------------------------------------------------------------------------------------------------------------


@planter
def wrong_applicant_cell(spec: ReportSpec, data: Any) -> Planted:
    row, column, value = _applicant(spec, data, (*outcome_rows(spec.edition), "new", "carried_in", "carried_out"))
    return _cell(spec, "applications", row, column, value + data.draw(st.integers(1, 30)), "SUM010")


@planter
def wrong_row_total(spec: ReportSpec, data: Any) -> Planted:
    row = data.draw(st.sampled_from((*outcome_rows(spec.edition), "new", "carried_in", "carried_out")))
    return _cell(
        spec, "applications", row, "total", spec.number("applications", row) + data.draw(st.integers(1, 30)), "SUM010"
    )


@planter
def wrong_column_total(spec: ReportSpec, data: Any) -> Planted:
    column = data.draw(st.sampled_from((*APPLICANTS, "total")))
    return _cell(
        spec,
        "applications",
        "total",
        column,
        spec.number("applications", "total", column) + data.draw(st.integers(1, 30)),
        "SUM010",
    )


@planter
def swapped_applicants(spec: ReportSpec, data: Any) -> Planted | None:
    row = data.draw(st.sampled_from(outcome_rows(spec.edition)))
    one, two = data.draw(st.lists(st.sampled_from(APPLICANTS), min_size=2, max_size=2, unique=True))
    a, b = spec.number("applications", row, one), spec.number("applications", row, two)
    if a == 0:
        return None
    wrong = spec.with_cell("applications", row, one, a - 1).with_cell("applications", row, two, b + 1)
    return Planted(render_text_with_map(wrong)[0], ("SUM011",))


@planter
def wrong_case_total(spec: ReportSpec, data: Any) -> Planted:
    row = data.draw(st.sampled_from(("review", "direct", "after_review")))
    rule = {"review": "SUM004", "direct": "SUM005", "after_review": "SUM006"}[row]
    return _cell(
        spec,
        "litigation",
        row,
        "total",
        spec.number("litigation", row) + data.draw(st.integers(1, 9)),
        rule,
        also=("NVT",),
    )


@planter
def wrong_case_part(spec: ReportSpec, data: Any) -> Planted:
    row = data.draw(st.sampled_from(("review", "direct", "after_review")))
    rule = {"review": "SUM004", "direct": "SUM005", "after_review": "SUM006"}[row]
    column = data.draw(st.sampled_from(("upheld", "corrected", "other", "pending")))
    wrong = spec.with_cell("litigation", row, column, spec.number("litigation", row, column) + 1)
    text, marks = render_text_with_map(wrong)
    return Planted(text, (rule,), marks["litigation", row, "total"], ("NVT",))


# --- cells ----------------------------------------------------------------------------------------------------------------


@planter
def blank_cell(spec: ReportSpec, data: Any) -> Planted | None:
    row, column, value = _applicant(spec, data, outcome_rows(spec.edition))
    return _cell(spec, "applications", row, column, "", "CEL004") if value == 0 else None


@planter
def blank_column(spec: ReportSpec, data: Any) -> Planted:
    column = data.draw(st.sampled_from(APPLICANTS))
    for row in spec.tables["applications"]:
        spec = spec.with_cell("applications", row, column, "")
    return Planted(render_text_with_map(spec)[0], ("CEL004",), None, ("SUM007", "NVT"))


@planter
def placeholder(spec: ReportSpec, data: Any) -> Planted | None:
    row, column, value = _applicant(spec, data, outcome_rows(spec.edition))
    mark = data.draw(st.sampled_from(("/", "—", "无", "-", "N/A")))
    return _cell(spec, "applications", row, column, mark, "CEL005") if value == 0 else None


@planter
def full_width_digits(spec: ReportSpec, data: Any) -> Planted:
    row, column, value = _applicant(spec, data, tuple(spec.tables["applications"]))
    wide = str(value).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    return _cell(spec, "applications", row, column, wide, "CEL007")


@planter
def text_in_a_cell(spec: ReportSpec, data: Any) -> Planted:
    row, column, _ = _applicant(spec, data, tuple(spec.tables["applications"]))
    return _cell(
        spec,
        "applications",
        row,
        column,
        data.draw(st.sampled_from(("见附件", "若干", "三项以上", "待核"))),
        "CEL001",
        also=("DOC018",),
    )


@planter
def negative_count(spec: ReportSpec, data: Any) -> Planted | None:
    row, column, value = _applicant(spec, data, outcome_rows(spec.edition))
    return _cell(spec, "applications", row, column, f"-{value}", "CEL002") if value else None


@planter
def fraction(spec: ReportSpec, data: Any) -> Planted | None:
    row, column, value = _applicant(spec, data, outcome_rows(spec.edition))
    return _cell(spec, "applications", row, column, f"{value}.5", "CEL003")


@planter
def padded_cell(spec: ReportSpec, data: Any) -> Planted:
    row, column, value = _applicant(spec, data, tuple(spec.tables["applications"]))
    return _cell(spec, "applications", row, column, f"\u3000{value}\xa0", "CEL006")


@planter
def amount_without_unit(spec: ReportSpec, _: Any) -> Planted | None:
    if spec.edition != "2019" or str(spec.tables["proactive"]["procurement"]["purchase_count"]) == "0":
        return None
    return _cell(spec, "proactive", "procurement", "purchase_amount", "360000", "CEL010", also=("CEL011",))


@planter
def purchase_without_amount(spec: ReportSpec, _: Any) -> Planted | None:
    if spec.edition != "2019":
        return None
    changed = spec.with_cell("proactive", "procurement", "purchase_count", 3)
    return _cell(changed, "proactive", "procurement", "purchase_amount", "0", "CEL012")


@planter
def delta_in_words(spec: ReportSpec, _: Any) -> Planted | None:
    return (
        _cell(spec, "proactive", "licensing", "delta", "持平", "CEL015", "CEL001") if spec.edition == "2019" else None
    )


@planter
def stock_below_flow(spec: ReportSpec, _: Any) -> Planted | None:
    if spec.edition != "2019":
        return None
    changed = spec.with_cell("proactive", "normative", "published_new", 9)
    text, marks = render_text_with_map(
        changed.with_cell("proactive", "normative", "published_total", 4).with_cell(
            "proactive", "normative", "made_new", 9
        )
    )
    return Planted(text, ("CEL018",), marks["proactive", "normative", "published_total"], ("NVT",))


@planter
def impossible_stock(spec: ReportSpec, _: Any) -> Planted | None:
    if spec.edition != "2021":
        return None
    changed = spec.with_cell("proactive", "normative", "issued", 9).with_cell("proactive", "normative", "repealed", 0)
    return Planted(
        render_text_with_map(changed.with_cell("proactive", "normative", "in_force", 4))[0], ("CEL020",), None, ("NVT",)
    )


@planter
def regulations_of_a_department(spec: ReportSpec, _: Any) -> Planted | None:
    column = "published_total" if spec.edition == "2019" else "in_force"
    return _cell(spec, "proactive", "regulations", column, 2, "ART010") if spec.kind != "government" else None


# --- sections -------------------------------------------------------------------------------------------------------------


def _section(marks: Marks, text: str, key: str) -> tuple[int, int]:
    start = marks["section", key][0]
    after = [span[0] for name, span in marks.items() if name[0] == "section" and span[0] > start]
    return start, min(after, default=marks["signature",][0])


@planter
def missing_section(spec: ReportSpec, data: Any) -> Planted:
    text, marks = render_text_with_map(spec)
    key = data.draw(st.sampled_from(tuple(HEADINGS)))
    return Planted(_edit(text, _section(marks, text, key), ""), ("DOC001",), None, ("DOC020",))


@planter
def duplicated_section(spec: ReportSpec, data: Any) -> Planted:
    text, marks = render_text_with_map(spec)
    key = data.draw(st.sampled_from(("overall", "problems")))
    start, end = _section(marks, text, key)
    return Planted(
        _edit(text, (end, end), text[start:end]), ("DOC003",), (end, end + 3), ("HDG011", "CNT016", "DOC020", "TYP011")
    )


@planter
def renamed_section(spec: ReportSpec, data: Any) -> Planted:
    key, wording = data.draw(
        st.sampled_from(
            (
                ("overall", "一、概述"),
                ("problems", "五、存在的主要问题及改进措施"),
                ("other", "六、其他事项"),
                ("litigation", "四、行政复议、行政诉讼情况"),
            )
        )
    )
    text, marks = render_text_with_map(attrs.evolve(spec, headings={**spec.headings, key: wording}))
    return Planted(text, ("HDG008",), marks["section", key], ("DOC021",))


@planter
def misnumbered_section(spec: ReportSpec, data: Any) -> Planted:
    key = data.draw(st.sampled_from(tuple(HEADINGS)))
    number = data.draw(st.sampled_from([n for n in "一二三四五六七八" if n != HEADINGS[key]]))
    heading = number + spec.headings[key][1:]
    text, marks = render_text_with_map(attrs.evolve(spec, headings={**spec.headings, key: heading}))
    return Planted(text, ("HDG009",), marks["section", key], ("HDG011",))


@planter
def arabic_section_number(spec: ReportSpec, data: Any) -> Planted:
    key = data.draw(st.sampled_from(tuple(HEADINGS)))
    digit = list(HEADINGS).index(key) + 1
    heading = f"{digit}{data.draw(st.sampled_from('、.'))}{spec.headings[key][2:]}"
    text, marks = render_text_with_map(attrs.evolve(spec, headings={**spec.headings, key: heading}))
    return Planted(text, ("HDG010",), marks["section", key])


@planter
def swapped_sections(spec: ReportSpec, data: Any) -> Planted:
    text, marks = render_text_with_map(spec)
    one, two = data.draw(
        st.sampled_from(
            (
                ("proactive", "applications"),
                ("applications", "litigation"),
                ("litigation", "problems"),
                ("overall", "proactive"),
            )
        )
    )
    first, second = _section(marks, text, one), _section(marks, text, two)
    return Planted(text[: first[0]] + text[slice(*second)] + text[slice(*first)] + text[second[1] :], ("DOC002",))


@planter
def extra_section(spec: ReportSpec, _: Any) -> Planted:
    text, marks = render_text_with_map(spec)
    at = marks["signature",][0]
    while text[at - 1] == "\n":
        at -= 1
    return Planted(
        _edit(text, (at, at), "\n七、下一步工作打算\n下一年将继续做好有关工作，认真落实各项要求。"),
        ("DOC004",),
        (at + 1, at + 10),
        ("DOC020",),
    )


@planter
def promoted_aspect(spec: ReportSpec, _: Any) -> Planted | None:
    text, marks = render_text_with_map(spec)
    spans = sorted(span for name, span in marks.items() if name[:2] == ("heading", "overall"))
    start, end = spans[4]
    return Planted(
        _edit(text, (start, end), "二、监督保障"),
        ("DOC005",),
        (start, start + 6),
        ("DOC020", "DOC011", "HDG", "CNT001", "NVT", "CNT"),
    )


@planter
def missing_table(spec: ReportSpec, data: Any) -> Planted:
    text, marks = render_text_with_map(spec)
    key = data.draw(st.sampled_from(("proactive", "applications", "litigation")))
    rule = {"proactive": "DOC006", "applications": "DOC007", "litigation": "DOC008"}[key]
    _, end = _section(marks, text, key)
    return Planted(_edit(text, (marks["section", key][1] + 1, end), ""), (rule,), marks["section", key])


@planter
def empty_section(spec: ReportSpec, data: Any) -> Planted:
    text, marks = render_text_with_map(spec)
    key = data.draw(st.sampled_from(("overall", "problems")))
    return Planted(
        _edit(text, (marks["section", key][1] + 1, _section(marks, text, key)[1]), ""),
        ("DOC010",),
        marks["section", key],
    )


@planter
def thin_problems(spec: ReportSpec, _: Any) -> Planted:
    text, _marks = render_text_with_map(attrs.evolve(spec, problems=("无。",)))
    return Planted(text, ("CNT006",), None, ("CNT007",))


@planter
def aspects_left_out(spec: ReportSpec, _: Any) -> Planted:
    plain = ("本年度严格落实条例的各项规定，加强组织领导，规范工作流程，提高工作效率，" * 8 + "取得较好成效。",)
    text, marks = render_text_with_map(attrs.evolve(spec, opening=plain, aspects=()))
    return Planted(text, ("CNT001",), marks["section", "overall"], ("CNT", "NVT003", "NVT012"))


@planter
def fee_left_out(spec: ReportSpec, _: Any) -> Planted | None:
    text, _ = render_text_with_map(attrs.evolve(spec, other=("本年度没有其他需要报告的事项。",)))
    return Planted(text, ("CNT010",), None, ("NVT019", "NVT018", "CNT011")) if spec.edition == "2021" else None


# --- shape of the tables --------------------------------------------------------------------------------------------------


def _rows(text: str, marks: Marks, spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The typed row, its blank line included, that each span lies in."""
    for start, _ in spans:
        begin = text.rfind("\n\n", 0, start)
        begin = max(begin + 2, text.rfind("\n", 0, text.rfind("情况\n", 0, start) + 3) + 1) if begin >= 0 else 0
        end = text.find("\n\n", start)
        yield begin, end + 2


@planter
def missing_row(spec: ReportSpec, data: Any) -> Planted:
    text, marks = render_text_with_map(spec)
    row = data.draw(
        st.sampled_from(
            [r for r in outcome_rows(spec.edition) if r not in {"granted", "no_supplement", "other_handling"}]
        )
    )
    rule = "TBL002" if spec.edition == "2019" else "TBL003"
    (span,) = _rows(text, marks, [marks["row", "applications", row]])
    heads = {"secret": "（三）不予公开", "not_held": "（四）无法提供", "petition": "（五）不予处理"}
    kept = f"\t\n\t{heads[row]}\n\n" if row in heads else ""
    return Planted(_edit(text, span, kept), (rule,), None, ("TBL006",))


@planter
def missing_column(spec: ReportSpec, data: Any) -> Planted:
    text, marks = render_text_with_map(spec)
    column = data.draw(st.sampled_from(APPLICANTS[1:-1]))
    label = {"business": "商业企业", "research": "科研机构", "welfare": "社会公益组织", "legal": "法律服务机构"}[column]
    spans = [span for name, span in marks.items() if len(name) == 3 and name[0] == "applications" and name[2] == column]
    at = text.index(f"\t{label}\n")
    for start, end in sorted([*spans, (at + 1, at + 1 + len(label))], reverse=True):
        text = _edit(text, (start - 1, end + 1), "")
    return Planted(text, ("TBL001",), None, ("NVT",))


@planter
def missing_clause(spec: ReportSpec, data: Any) -> Planted:
    text, marks = render_text_with_map(spec)
    clauses = [name[1] for name in marks if name[0] == "clause"]
    clause = data.draw(st.sampled_from(clauses[1:]))
    start = marks["clause", clause][0] - 1
    later = [span[0] - 1 for name, span in marks.items() if name[0] == "clause" and span[0] > start + 1]
    end = min(later, default=marks["section", "applications"][0])
    return Planted(_edit(text, (start, end), ""), ("ART001" if spec.edition == "2019" else "ART002",), None, ("NVT",))


@planter
def missing_clause_row(spec: ReportSpec, _: Any) -> Planted:
    text, marks = render_text_with_map(spec)
    (span,) = _rows(text, marks, [marks["row", "proactive", "compulsion"]])
    return Planted(_edit(text, span, ""), ("ART004",))


@planter
def damaged_label(spec: ReportSpec, data: Any) -> Planted | None:
    old, new = data.draw(
        st.sampled_from(
            (
                ("其他法律行政法规禁止公开", "其他法律行政止公开"),
                ("属于行政执法案卷", "属于行政执法卷"),
                ("补正后申请内容仍不明确", "补正后申请仍不明"),
                ("本机关不掌握相关政府信息", "本机关不掌握相关信息"),
            )
        )
    )
    return _replaced(spec, old, new, "TBL005")


@planter
def corner_left_out(spec: ReportSpec, _: Any) -> Planted | None:
    return _replaced(spec, "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", "", "TBL007")


@planter
def wrong_edition(spec: ReportSpec, _: Any) -> Planted | None:
    if spec.edition != "2019":
        return None
    text, _ = render_text_with_map(spec)
    years = {spec.year - 1: 2022, spec.year: 2023, spec.year + 1: 2024}
    moved = re.sub(r"20[12]\d(?=年)", lambda m: str(years.get(int(m.group()), int(m.group()))), text)
    return Planted(
        moved, ("DOC013",), None, ("DOC014", "CNT010", "CNT002", "TBL004", "NVT020", "CNT011", "DAT007", "DAT008")
    )


# --- title, dates, contact, signature ---------------------------------------------------------------------------------------


@planter
def title_without_work(spec: ReportSpec, _: Any) -> Planted | None:
    return _replaced(spec, "政府信息公开工作年度报告", "政府信息公开年度报告", "HDG001", also=("DOC022",))


@planter
def title_year_doubled(spec: ReportSpec, _: Any) -> Planted | None:
    return _replaced(spec, f"{spec.year}年政府信息公开", f"{spec.year}年度政府信息公开", "HDG003", also=("DOC022",))


@planter
def title_without_year(spec: ReportSpec, _: Any) -> Planted | None:
    return _replaced(spec, f"{spec.year}年政府信息公开", "政府信息公开", "HDG002", also=("DOC022",))


@planter
def wrong_title_year(spec: ReportSpec, _: Any) -> Planted | None:
    other = spec.year + 1 if spec.year != 2020 else 2019
    also = ("DAT", "NVT", "DOC022", "CNT019")
    planted = _replaced(spec, f"{spec.year}年政府信息公开", f"{other}年政府信息公开", "DAT002", "DAT003", also=also)
    return planted and attrs.evolve(planted, at=None)


@planter
def period_of_another_year(spec: ReportSpec, _: Any) -> Planted:
    text, marks = render_text_with_map(
        attrs.evolve(spec, period=spec.period.replace(str(spec.year), str(spec.year - 1)))
    )
    return Planted(text, ("DAT002",), marks["period",])


@planter
def period_too_short(spec: ReportSpec, _: Any) -> Planted:
    text, marks = render_text_with_map(attrs.evolve(spec, period=spec.period.replace("12月31日", "11月30日")))
    return Planted(text, ("DAT001",), marks["period",])


@planter
def impossible_date(spec: ReportSpec, data: Any) -> Planted:
    text, marks = render_text_with_map(
        attrs.evolve(
            spec, date=f"{spec.year + 1}年{data.draw(st.sampled_from(('2月30日', '13月2日', '4月31日', '1月32日')))}"
        )
    )
    return Planted(text, ("DAT010",), marks["date",])


@planter
def date_in_the_report_year(spec: ReportSpec, _: Any) -> Planted:
    text, marks = render_text_with_map(attrs.evolve(spec, date=f"{spec.year}年1月20日"))
    return Planted(text, ("DAT006",), marks["date",])


@planter
def late_date(spec: ReportSpec, _: Any) -> Planted | None:
    text, marks = render_text_with_map(attrs.evolve(spec, date=f"{spec.year + 1}年4月18日"))
    if spec.kind in {"township", "subdistrict"}:
        return None
    return Planted(text, ("DAT007", "DAT008"), marks["date",])


@planter
def dotted_date(spec: ReportSpec, _: Any) -> Planted:
    text, marks = render_text_with_map(attrs.evolve(spec, date=f"{spec.year + 1}.1.18"))
    return Planted(text, ("DAT011",), marks["date",])


@planter
def phone_with_too_few_digits(spec: ReportSpec, _: Any) -> Planted:
    text, marks = render_text_with_map(attrs.evolve(spec, phone="0579-80123"))
    return Planted(text, ("CON004",), marks["phone",])


@planter
def phone_without_area_code(spec: ReportSpec, _: Any) -> Planted:
    text, marks = render_text_with_map(attrs.evolve(spec, phone="80012345"))
    return Planted(text, ("CON003",), marks["phone",])


@planter
def short_postcode(spec: ReportSpec, _: Any) -> Planted:
    text, marks = render_text_with_map(attrs.evolve(spec, postcode="32145"))
    return Planted(text, ("CON002",), marks["postcode",])


@planter
def another_body_signs(spec: ReportSpec, _: Any) -> Planted:
    text, marks = render_text_with_map(attrs.evolve(spec, signature="望川县林业局"))
    return Planted(text, ("SIG003", "SIG006"), marks["signature",], ("HDG005",))


@planter
def no_signature(spec: ReportSpec, _: Any) -> Planted:
    text, marks = render_text_with_map(spec)
    return Planted(text[: marks["signature",][0]], ("SIG001",), None, ("SIG002",))


# --- narrative --------------------------------------------------------------------------------------------------------------


def _narrated(spec: ReportSpec, number: int, word: str) -> re.Match[str] | None:
    text, _ = render_text_with_map(spec)
    return re.search(rf"{word}(?:共|共计|总数为?|数为?)?(?P<n>{number})件", text)


@planter
def narrative_contradicts_new(spec: ReportSpec, _: Any) -> Planted | None:
    new = spec.number("applications", "new")
    found = _narrated(spec, new, "(?:收到|接到|受理)(?:的)?(?:政府|政务)?信息公开申请")
    if not new or found is None:
        return None
    text, _ = render_text_with_map(spec)
    return Planted(
        _edit(text, found.span("n"), str(new + 137)), ("NVT001",), (found.start("n"), found.start("n") + 3), ("NVT",)
    )


@planter
def narrative_says_none(spec: ReportSpec, _: Any) -> Planted | None:
    if not spec.number("applications", "new"):
        return None
    whose = "全县" if spec.kind == "government" else ""  # else it may speak of the government's own office
    aspects = [
        a if i != 1 else attrs.evolve(a, paragraphs=(f"本年度{whose}未收到政府信息公开申请。",))
        for i, a in enumerate(spec.aspects)
    ]
    text, _ = render_text_with_map(attrs.evolve(spec, aspects=tuple(aspects)))
    return Planted(text, ("NVT002",), None, ("NVT012", "CNT005"))


# --- wording ----------------------------------------------------------------------------------------------------------------


@planter
def half_width_comma(spec: ReportSpec, _: Any) -> Planted | None:
    text, marks = render_text_with_map(spec)
    start, end = _section(marks, text, "problems")
    at = text.find("，", start, end)
    return Planted(_edit(text, (at, at + 1), ","), ("TYP001",), (at, at + 1)) if at >= 0 else None


@planter
def doubled_stop(spec: ReportSpec, _: Any) -> Planted | None:
    text, marks = render_text_with_map(spec)
    at = text.index("。", _section(marks, text, "problems")[0])
    return Planted(_edit(text, (at, at + 1), "。。"), ("TYP004",), (at, at + 2))


@planter
def wrong_word(spec: ReportSpec, _: Any) -> Planted:
    text, _ = render_text_with_map(
        attrs.evolve(spec, other=(*spec.other[:-1], spec.other[-1].rstrip("。") + "，除此以外没有其它情况。"))
    )
    at = text.rindex("其它")
    return Planted(text, ("TYP012",), (at, at + 2))


@planter
def markup_residue(spec: ReportSpec, data: Any) -> Planted:
    residue = data.draw(st.sampled_from(("[bookmark: _GoBack]", "&nbsp;", "错误!未找到引用源。", "<br/>")))
    text, _ = render_text_with_map(attrs.evolve(spec, other=(residue + spec.other[0], *spec.other[1:])))
    at = text.index(residue)
    return Planted(text, ("DOC017",), (at, at + len(residue)), ("TYP001",))
