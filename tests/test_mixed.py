"""Texts and Markdown whose tables are written in HTML, as converters write tables with merged cells."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from builder import render_text
from faults import PLANTERS
from giro_lint import Config, fix_text, lint_text, plan_for
from giro_lint.reading.media import source_of
from layouts import report
from render_html import STYLES, Table, blocks_of, render_html
from strategies import reports

WAYS = {
    "one line": ("{}\n", "{}\n"),
    "page": ("{}\n\n", "<html><body>{}</body></html>\n\n"),
    "block": ("{}  \n", '<div align="center">\n\n{}\n\n</div>\n\n'),
}
FAULTS = (
    "wrong_applicant_cell",
    "wrong_row_total",
    "wrong_case_total",
    "short_postcode",
    "late_date",
    "missing_section",
)
ROWS = "<tr><td>甲</td><td>1</td><td rowspan=2>2</td></tr><tr><td>乙</td><td>3</td></tr>" * 2


def mixed(text, way):
    """A report in the tab-cell layout as lines with HTML tables between them."""
    line, frame = WAYS[way]
    pieces = []
    for block in blocks_of(text):
        if isinstance(block, Table):
            rows = "".join("".join(f"\t{cell}\n" for cell in row) + "\n" for row in block.rows)
            page = render_html(f"\n\n{rows}", STYLES["fragment"])
            pieces.append(frame.replace("{}", page[page.index("<table") :].replace("\n", "")))
        else:
            pieces.append(line.replace("{}", block))
    return "".join(pieces)


def told(report):
    return sorted((d.rule, d.anchor, d.message) for d in report.diagnostics)


@pytest.mark.parametrize("way", WAYS)
@settings(max_examples=4)
@given(spec=reports(), ending=st.sampled_from(["md", "txt"]))
def test_a_clean_report_is_clean_with_its_tables_in_html(way, ending, spec):
    plan = plan_for(config=Config(body_kind=spec.kind))
    assert told(lint_text(mixed(render_text(spec), way), path=f"a.{ending}", plan=plan)) == []


@pytest.mark.parametrize("fault", FAULTS)
@settings(max_examples=4)
@given(spec=reports(), data=st.data(), way=st.sampled_from(sorted(WAYS)))
def test_a_fault_is_found_where_the_file_has_it(fault, way, spec, data):
    planted = PLANTERS[fault](spec, data)
    assume(planted is not None)
    plan = plan_for(config=Config(body_kind=spec.kind))
    text = mixed(planted.text, way)
    found = lint_text(text, path="a.md", plan=plan)
    assert told(found) == told(lint_text(planted.text, plan=plan))
    for diagnostic in found.diagnostics:
        placed = found.source.origin_span(diagnostic.span)
        shown = found.source.text[diagnostic.span.start : diagnostic.span.end].strip()
        assert "\n" in shown or text[placed.start : placed.end].strip() == shown


def test_lines_stand_as_they_are_and_tables_as_those_of_a_page():
    text = f"# 一、甲  乙\n见<https://a.example/b>和<甲@乙>。\n<table>{ROWS}</table>\n3 < 5\n"
    shown = source_of(text, "a.md").text
    assert shown.startswith("# 一、甲  乙\n见<https://a.example/b>和<甲@乙>。\n")
    assert shown.count("\t甲\n\t1\n\t2\n\n\t乙\n\t3\n\t\n\n") == 2
    assert shown.endswith("3 < 5\n")


@pytest.mark.parametrize("text", ["<table><tr><td>1</td></tr></table>\n", "<td>1</td>" * 20, "a<tab>b\n"])
def test_what_is_no_table_of_figures_stays_a_text(text):
    assert source_of(text, "a.md").text == text


def test_a_fix_is_made_in_the_file():
    clean = mixed(report("2021"), "one line")
    clean = clean.replace("扎实推进信息公开", "扎实推进，信息公开", 1)
    text = clean.replace("推进，", "推进,", 1)
    assert fix_text(text, path="a.md", config=Config(select=("TYP001",))) == clean
