"""Faults in the figures of tables: sums that do not add up, cells that hold no count. May import: planting, builder, hypothesis."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from builder import ReportSpec, render_text_with_map
from form_labels import outcome_rows
from planting import APPLICANTS, Planted, planter, with_cell


def _applicant(spec: ReportSpec, data: Any, rows: tuple[str, ...]) -> tuple[str, str, int]:
    row, column = data.draw(st.sampled_from(rows)), data.draw(st.sampled_from(APPLICANTS))
    return row, column, spec.number("applications", row, column)


@planter
def wrong_applicant_cell(spec: ReportSpec, data: Any) -> Planted:
    row, column, value = _applicant(spec, data, (*outcome_rows(spec.edition), "new", "carried_in", "carried_out"))
    return with_cell(spec, "applications", row, column, value + data.draw(st.integers(1, 30)), "SUM010")


@planter
def wrong_row_total(spec: ReportSpec, data: Any) -> Planted:
    row = data.draw(st.sampled_from((*outcome_rows(spec.edition), "new", "carried_in", "carried_out")))
    return with_cell(
        spec, "applications", row, "total", spec.number("applications", row) + data.draw(st.integers(1, 30)), "SUM010"
    )


@planter
def wrong_column_total(spec: ReportSpec, data: Any) -> Planted:
    column = data.draw(st.sampled_from((*APPLICANTS, "total")))
    return with_cell(
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
    return with_cell(
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


@planter
def blank_cell(spec: ReportSpec, data: Any) -> Planted | None:
    row, column, value = _applicant(spec, data, outcome_rows(spec.edition))
    return with_cell(spec, "applications", row, column, "", "CEL004") if value == 0 else None


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
    return with_cell(spec, "applications", row, column, mark, "CEL005") if value == 0 else None


@planter
def full_width_digits(spec: ReportSpec, data: Any) -> Planted:
    row, column, value = _applicant(spec, data, tuple(spec.tables["applications"]))
    wide = str(value).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    return with_cell(spec, "applications", row, column, wide, "CEL007")


@planter
def text_in_a_cell(spec: ReportSpec, data: Any) -> Planted:
    row, column, _ = _applicant(spec, data, tuple(spec.tables["applications"]))
    return with_cell(
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
    return with_cell(spec, "applications", row, column, f"-{value}", "CEL002") if value else None


@planter
def fraction(spec: ReportSpec, data: Any) -> Planted | None:
    row, column, value = _applicant(spec, data, outcome_rows(spec.edition))
    return with_cell(spec, "applications", row, column, f"{value}.5", "CEL003")


@planter
def padded_cell(spec: ReportSpec, data: Any) -> Planted:
    row, column, value = _applicant(spec, data, tuple(spec.tables["applications"]))
    return with_cell(spec, "applications", row, column, f"\u3000{value}\xa0", "CEL006")


@planter
def amount_without_unit(spec: ReportSpec, _: Any) -> Planted | None:
    if spec.edition != "2019" or str(spec.tables["proactive"]["procurement"]["purchase_count"]) == "0":
        return None
    return with_cell(spec, "proactive", "procurement", "purchase_amount", "360000", "CEL010", also=("CEL011",))


@planter
def purchase_without_amount(spec: ReportSpec, _: Any) -> Planted | None:
    if spec.edition != "2019":
        return None
    changed = spec.with_cell("proactive", "procurement", "purchase_count", 3)
    return with_cell(changed, "proactive", "procurement", "purchase_amount", "0", "CEL012")


@planter
def delta_in_words(spec: ReportSpec, _: Any) -> Planted | None:
    return (
        with_cell(spec, "proactive", "licensing", "delta", "持平", "CEL015", "CEL001")
        if spec.edition == "2019"
        else None
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
    return with_cell(spec, "proactive", "regulations", column, 2, "ART010") if spec.kind != "government" else None
