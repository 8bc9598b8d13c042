"""Reports that lost their layout: what can be told apart is checked as ever, the rest is declined, nothing is made up."""

from itertools import pairwise

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from builder import render_inline, render_markdown, render_text, table_rows
from faults import PLANTERS
from giro_lint import Config, Severity, lint_text, parse_text, plan_for
from layouts import numbered, report, reworded
from render_flat import GLUED, LAYOUTS, SEPARATED, aligned, cells_as_lines, damaged, one_line, rows_with_spaces
from shared import SHARED
from strategies import reports

SEEDS = SHARED / "seeds"
needs_seeds = pytest.mark.skipif(not SEEDS.is_dir(), reason="the material beside the project is absent")
TABLES = ("proactive", "applications", "litigation")
LOST = "DOC024"

FIGURES = (
    "wrong_applicant_cell", "wrong_row_total", "wrong_column_total", "wrong_case_total", "wrong_case_part", "swapped_applicants",
)  # fmt: skip
PROSE = (
    "doubled_stop", "no_signature", "short_postcode", "phone_with_too_few_digits", "period_of_another_year", "late_date",
    "renamed_section", "misnumbered_section", "missing_section", "swapped_sections", "duplicated_section",
)  # fmt: skip
UNSEEN = {
    ("narrative_contradicts_new", "wrapped"),  # without the table another rule sees it
    ("arabic_section_number", "sections_as_lines"),
    ("promoted_aspect", "sections_as_lines"),
    ("misnumbered_section", "sections_as_lines"),  # nothing tells a short heading from the sentence before it
    ("doubled_stop", "wrapped"),  # the marks may stand on two lines
    ("short_postcode", "wrapped"),  # so may the digits of a number
    ("phone_with_too_few_digits", "wrapped"),
    ("short_postcode", "converted"),
    ("phone_with_too_few_digits", "converted"),
}
"""Faults that a layout hides."""


def in_both(layout, planted, spec):
    """What is found in a faulty report, and what is found once its layout is lost."""
    plan = plan_for(config=Config(body_kind=spec.kind))
    return [lint_text(text, plan=plan).diagnostics for text in (planted.text, layout(planted.text))]


def strange(kept, lost):
    """What only the lost layout brings, the remark on it aside."""
    known = {LOST, *(d.rule for d in kept)}
    return [f"{d.rule} {d.message}" for d in lost if d.rule not in known]


def grave(found):
    return [f"{d.rule} {d.message}" for d in found.diagnostics if d.severity is not Severity.INFO]


def values(document, table):
    return {key: cell.text.strip() for key, cell in document.tables[table].cells.items()}


def due(spec, table):
    return {(row, column): str(value) for row, cells in spec.tables[table].items() for column, value in cells.items()}


@pytest.mark.parametrize("name", LAYOUTS)
@settings(max_examples=7)
@given(spec=reports())
def test_a_clean_report_has_no_error_and_no_warning_in_any_lost_layout(name, spec):
    text = LAYOUTS[name](render_text(spec))
    found = lint_text(text, plan=plan_for(config=Config(body_kind=spec.kind)))
    assert grave(found) == []
    assert (found.year, found.edition, found.body) == (spec.year, spec.edition, spec.body)
    assert {d.rule for d in found.diagnostics} <= {LOST}
    assert "TBL001" not in {outcome.rule for outcome in found.outcomes if outcome.status == "failed"}


@pytest.mark.parametrize("name", SEPARATED)
@settings(max_examples=7)
@given(spec=reports())
def test_figures_that_stand_apart_are_bound_all(name, spec):
    document = parse_text(SEPARATED[name](render_text(spec)))
    assert {table: values(document, table) for table in TABLES} == {table: due(spec, table) for table in TABLES}
    assert document.declined == frozenset()


@pytest.mark.parametrize("name", GLUED)
@settings(max_examples=7)
@given(spec=reports())
def test_figures_that_stick_together_are_bound_rightly_or_not_at_all(name, spec):
    document = parse_text(GLUED[name](render_text(spec)))
    for table in TABLES:
        assert (table in document.tables) != (table in document.declined)
        if table in document.tables:
            assert values(document, table) == due(spec, table)
    assert len(document.remarks) == len(document.declined)


@pytest.mark.parametrize("fault", FIGURES)
@settings(max_examples=8)
@given(spec=reports(), data=st.data(), name=st.sampled_from(sorted(SEPARATED)))
def test_a_wrong_figure_that_stands_apart_is_found(fault, spec, data, name):
    planted = PLANTERS[fault](spec, data)
    assume(planted is not None)
    kept, lost = in_both(SEPARATED[name], planted, spec)
    assert sorted(d.message for d in lost) == sorted(d.message for d in kept)


@pytest.mark.parametrize("fault", FIGURES)
@settings(max_examples=3)
@given(spec=reports(), data=st.data(), name=st.sampled_from(sorted(GLUED.keys() - {"wrapped"})))
def test_a_wrong_figure_that_sticks_to_others_is_never_misreported(fault, spec, data, name):
    planted = PLANTERS[fault](spec, data)
    assume(planted is not None)
    _, lost = in_both(GLUED[name], planted, spec)
    assert {d.rule for d in lost} == {LOST}


@pytest.mark.parametrize("fault", PROSE)
@settings(max_examples=14)
@given(spec=reports(), data=st.data(), name=st.sampled_from(sorted(LAYOUTS)))
def test_a_fault_outside_of_the_tables_is_found_in_every_lost_layout(fault, spec, data, name):
    planted = PLANTERS[fault](spec, data)
    assume(planted is not None and (fault, name) not in UNSEEN)
    kept, lost = in_both(LAYOUTS[name], planted, spec)
    assert {d.rule for d in kept} & set(planted.rules) <= {d.rule for d in lost}
    assert strange(kept, lost) == []


@pytest.mark.parametrize("fault", sorted(PLANTERS))
@settings(max_examples=2)
@given(spec=reports(), data=st.data(), name=st.sampled_from(sorted(LAYOUTS)))
def test_a_fault_in_a_lost_layout_brings_no_finding_of_another_kind(fault, spec, data, name):
    planted = PLANTERS[fault](spec, data)
    assume(planted is not None and (fault, name) not in UNSEEN)
    assert strange(*in_both(LAYOUTS[name], planted, spec)) == []


@settings(max_examples=30)
@given(reports(), st.integers(0, 999), st.sampled_from(["cells", "rows", "lines", "inline", "markdown"]))
def test_damaged_line_ends_bring_no_false_sum(spec, seed, layout):
    plain = render_text(spec)
    texts = {
        "cells": plain,
        "rows": rows_with_spaces(plain),
        "lines": cells_as_lines(plain),
        "inline": render_inline(spec),
        "markdown": render_markdown(spec),
    }
    found = lint_text(damaged(texts[layout], seed, 12), plan=plan_for(config=Config(body_kind=spec.kind)))
    assert [d.message for d in found.diagnostics if d.rule.startswith(("SUM", "BAL", "NVT"))] == []


# Single cases


def flat(rows: str) -> str:
    return (
        "云溪县商务局2023年政府信息公开工作年度报告\n一、总体情况\n我局依法公开政府信息。\n二、主动公开政府信息情况\n"
        f"{rows}\n三、收到和处理政府信息公开申请情况\n"
    )


HEAD = "第二十条第（一）项信息内容本年制发件数本年废止件数现行有效件数"
REST = (
    "第二十条第（五）项信息内容本年处理决定数量行政许可3第二十条第（六）项信息内容本年处理决定数量行政处罚0行政强制0"
    "第二十条第（八）项信息内容本年收费金额（单位：万元）行政事业性收费16220.85"
)


@pytest.mark.parametrize(
    ("rows", "bound"),
    [
        ("规章000行政规范性文件005", True),  # no digit but the last can begin a longer figure
        ("规章000行政规范性文件2023", False),  # 2, 0, 23 or 20, 2, 3
        ("规章000行政规范性文件203", False),  # 2, 0, 3 or 20, 3 and a blank
        ("规章000行政规范性文件0023", False),
        ("规章0 0 0行政规范性文件2 0 23", True),
        ("规章\n0\n0\n0\n行政规范性文件\n2\n0\n23", True),
        ("规章000行政规范性文件2\n0\n23", False),  # a line end may have cut a figure
        ("规章0 0 0行政规范性文件2 0", False),
    ],
)
def test_a_row_without_sums_is_cut_where_nothing_else_is_possible(rows, bound):
    document = parse_text(flat(HEAD + rows + REST))
    assert ("proactive" in document.tables) == bound
    assert ("proactive" in document.declined) != bound
    if bound:
        assert document.tables["proactive"].cells["fees", "fee_amount"].text == "16220.85"


def test_a_declined_table_is_there_and_its_rules_are_skipped():
    found = lint_text(flat(HEAD + "规章000行政规范性文件2023" + REST))
    assert [d.anchor for d in found.diagnostics if d.rule == LOST] == ["proactive"]
    outcomes = {outcome.rule: (outcome.status, outcome.reason) for outcome in found.outcomes}
    assert outcomes["DOC006"] == ("skipped", "layout-lost")
    assert not [d for d in found.diagnostics if d.rule.startswith(("ART", "CEL", "SUM", "TBL"))]


def test_the_parts_listed_in_the_preamble_are_no_headings():
    listed = "一、总体情况，二、主动公开政府信息情况，三、收到和处理政府信息公开申请情况，四、政府信息公开行政复议、行政诉讼情况"
    text = one_line(report("2021")).replace("报告一、", f"报告本报告由{listed}等部分组成。一、", 1)
    document = parse_text(text)
    assert [section.key for section in document.sections] == [
        "overall", "proactive", "applications", "litigation", "problems", "other",
    ]  # fmt: skip
    assert document.sections[0].start > text.index("组成。")


@pytest.mark.parametrize("name", ["cells_as_lines", "cells_with_bars", "bars_below_cells"])
@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_blank_cells_are_not_told_apart_once_the_rows_are_lost(edition, name):
    change = reworded(lambda text: "" if text.isdecimal() and int(text) % 3 else text)
    found = lint_text(LAYOUTS[name](report(edition, dict.fromkeys(TABLES, change))))
    assert [d.rule for d in found.diagnostics if d.rule.startswith(("ART", "CEL", "SUM", "TBL"))] == []
    assert sum(d.rule == LOST for d in found.diagnostics) == len(TABLES)


@pytest.mark.parametrize("name", SEPARATED)
def test_marks_in_place_of_figures_are_told_apart(name):
    change = reworded(lambda text: "/" if text in {"1", "2", "3"} else text)
    document = parse_text(SEPARATED[name](report("2021", {"proactive": change})))
    cells = document.tables["proactive"].cells
    assert [cells["regulations", column].text.strip() for column in ("issued", "repealed", "in_force")] == ["/"] * 3


@settings(max_examples=10)
@given(spec=reports())
def test_sections_are_found_in_a_few_long_lines(spec):
    flat = SEPARATED["one_line_with_spaces"](render_text(spec))
    second, fourth = (
        flat.index("主动公开政府信息情况 第") - 3,
        flat.index("政府信息公开行政复议、行政诉讼情况 行政") - 3,
    )
    assert min(second, fourth - second, len(flat) - fourth) > 300
    cuts = [second, fourth]
    text = "\n".join(flat[start:end] for start, end in pairwise([0, *cuts, len(flat)]))
    found = lint_text(text, plan=plan_for(config=Config(body_kind=spec.kind)))
    assert grave(found) == []


@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_every_figure_is_bound_where_it_stands(edition):
    """The figures are all different and no sum holds, so that only their places tell."""
    spec = numbered(edition)
    for layout in (cells_as_lines, rows_with_spaces, aligned):
        document = parse_text(layout(report(edition)))
        assert {table: values(document, table) for table in TABLES} == {table: due(spec, table) for table in TABLES}


@pytest.mark.parametrize("layout", [cells_as_lines, rows_with_spaces, aligned])
@pytest.mark.parametrize("only", [None, "applications"])
def test_rows_of_another_edition_are_told(layout, only):
    old = table_rows(numbered("2019"), "applications")
    text = report("2021", {only: lambda _: old}) if only else report("2019", year=2023)
    rule = "TBL004" if only else "DOC013"
    kept, found = ([d.message for d in lint_text(t).diagnostics if d.rule == rule] for t in (text, layout(text)))
    assert len(kept) == 1
    assert found == kept


def test_the_offsets_of_bound_cells_are_those_of_the_text():
    text = cells_as_lines(report("2021"))
    document = parse_text(text)
    for table in document.tables.values():
        assert all(text[cell.start : cell.end] == cell.text for cell in table.cells.values())


@needs_seeds
@pytest.mark.parametrize("name", sorted(LAYOUTS))
def test_real_reports_that_lost_their_layout_bring_nothing_new(name):
    for path in sorted(SEEDS.glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        kept, lost = lint_text(text), lint_text(LAYOUTS[name](text))
        known = {LOST, *(d.rule for d in kept.diagnostics)}
        known |= {"HDG009"} if "DOC005" in known else set()  # headings of no known words are not seen in running text
        assert [d for d in grave(lost) if d.split()[0] not in known] == [], path.name


def test_the_unit_of_an_amount_may_stand_on_a_line_of_its_own():
    change = reworded(lambda text: "45.6万元" if text == "22" else text)
    text = LAYOUTS["cells_as_lines"](report("2019", {"proactive": change}))
    whole, apart = (parse_text(page).tables["proactive"] for page in (text, text.replace("45.6万元", "45.6\n万元")))
    cells = [table.cells["procurement", "purchase_amount"] for table in (whole, apart)]
    assert [(cell.value.value, cell.value.unit) for cell in cells] == [(cells[0].value.value, "万元")] * 2
