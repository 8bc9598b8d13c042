"""Whole reports: a Word document is judged as the text it shows, and its findings stand where a person finds them."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import render_docx
from builder import Cell, render_text, table_rows
from faults import PLANTERS
from giro_lint import Config, lint_bytes, lint_file, lint_text, plan_for
from giro_lint.reading.docx import read_docx
from render_docx import blocks_of, package, paragraph, run, table
from strategies import reports

SAMPLES = Path(__file__).parent / "samples"
CHANGES = {"DOC025"}


def squeezed(text):
    """The text with one empty line where there are several."""
    return re.sub(r"\n{3,}", "\n\n", text).strip("\n")


def shapes(spec):
    """The rows of the tables as the official template has them."""
    return [table_rows(spec, key) for key in spec.tables]


def documents(text, tables, chosen):
    """The text as a Word document in every way there is."""
    yield render_docx.plain(text)
    yield render_docx.template(text, tables)
    yield render_docx.automatic(text)
    yield render_docx.boxed(text)
    yield render_docx.controlled(text)
    yield render_docx.tracked(text, chosen)


def findings(report):
    return sorted((d.rule, d.anchor, d.message) for d in report.diagnostics if d.rule not in CHANGES)


@settings(max_examples=7)
@given(reports(), st.integers(0, 99))
def test_the_text_is_that_of_the_report(spec, seed):
    text = render_text(spec)
    tables = shapes(spec)
    for data in documents(text, tables, random.Random(seed)):
        assert squeezed(read_docx(data, "a.docx").text) == squeezed(text)


@settings(max_examples=6)
@given(reports(), st.integers(0, 99))
def test_a_clean_report_is_silent(spec, seed):
    plan = plan_for(config=Config(profile="all", body_kind=spec.kind))
    for data in documents(render_text(spec), shapes(spec), random.Random(seed)):
        report = lint_bytes(data, path="a.docx", plan=plan)
        assert findings(report) == []
        assert (report.year, report.edition, report.body, report.source.media) == (
            spec.year,
            spec.edition,
            spec.body,
            "docx",
        )


@pytest.mark.parametrize("name", sorted(PLANTERS))
@settings(max_examples=1)
@given(spec=reports(), data=st.data())
def test_a_faulty_report_has_the_findings_of_its_text(name, spec, data):
    planted = PLANTERS[name](spec, data)
    assume(planted is not None)
    plan = plan_for(config=Config(body_kind=spec.kind))
    due = findings(lint_text(planted.text, plan=plan))
    assert due
    render = data.draw(st.sampled_from([render_docx.plain, render_docx.automatic]))
    assert findings(lint_bytes(render(planted.text), path="a.docx", plan=plan)) == due


@settings(max_examples=10)
@given(reports(), st.data())
def test_a_wrong_cell_is_found_in_its_row_of_the_template(spec, data):
    row, column = data.draw(st.sampled_from(["new", "granted", "publication", "carried_out"])), "natural"
    wrong = spec.with_cell("applications", row, column, spec.number("applications", row, column) + 7)
    rows = table_rows(wrong, "applications")
    at = next(
        (r, c)
        for r, cells in enumerate(rows, 1)
        for c, cell in enumerate(cells, 1)
        if cell.key == ("applications", row, column)
    )
    tables = shapes(wrong)
    report = lint_bytes(render_docx.template(render_text(wrong), tables), path="a.docx")
    found = [d for d in report.diagnostics if d.anchor == f"applications/{row}/{column}" and d.rule == "SUM010"]
    assert [report.source.location(d.span) for d in found] == [{"table": 2, "row": at[0], "cell": at[1]}]


@settings(max_examples=10)
@given(reports())
def test_every_place_leads_to_what_stands_there(spec):
    text = render_text(spec)
    source = read_docx(render_docx.template(text, shapes(spec)), "a.docx")
    lines = [line for line in text.split("\n") if line and not line.startswith("\t")]
    tables = shapes(spec)
    for place in source.places:
        where = place.location
        if "paragraph" in where:
            due = lines[where["paragraph"] - 1]
        else:
            due = tables[where["table"] - 1][where["row"] - 1][where["cell"] - 1].text
        assert source.text[place.start : place.end] == due


# Layouts


@pytest.fixture(params=["2019", "2021"])
def base(request):
    return (Path(__file__).parent.parent / "rules" / "bases" / f"clean-{request.param}.txt").read_text(encoding="utf-8")


def written(block, **more):
    return table(block, **more) if isinstance(block, list) else paragraph(run(block) if block else "")


def silent(body):
    return [
        f"{d.rule} {d.message}"
        for d in lint_bytes(package(body), path="a.docx", plan=plan_for(config=Config(profile="all"))).diagnostics
    ]


def test_a_report_in_a_frame(base):
    inside = "".join(map(written, blocks_of(base)))
    assert silent(f"<w:tbl><w:tr><w:tc>{inside}<w:p/></w:tc></w:tr></w:tbl>") == []


def test_a_report_typed_into_one_table(base):
    rows = [row for b in blocks_of(base) for row in (b if isinstance(b, list) else [[Cell(b, None, 10)]] if b else [])]
    assert silent(table(rows)) == []


def test_a_report_with_a_table_of_contents(base):
    blocks = list(blocks_of(base))
    heads = [b for b in blocks if isinstance(b, str) and re.match(r"[一二三四五六]、|（[一二三四五]）", b)]
    contents = paragraph(run("目录")) + "".join(paragraph(run(f"{head}\t{at}")) for at, head in enumerate(heads, 1))
    first = blocks.index("")
    assert silent("".join(map(written, blocks[:first])) + contents + "".join(map(written, blocks[first:]))) == []


def test_a_label_with_a_paragraph_for_each_letter(base):
    def stacked(text):
        return "".join(paragraph(run(c)) for c in text) if text.startswith("三、") else paragraph(run(text))

    assert (
        silent("".join(written(b, cell=stacked) if isinstance(b, list) else written(b) for b in blocks_of(base))) == []
    )


def test_a_signature_set_beside_its_date_or_indented(base):
    *lines, name, date = base.rstrip("\n").split("\n")
    blocks = "".join(map(written, blocks_of("\n".join(lines))))
    assert silent(blocks + table([[Cell(name), Cell(date)]])) == []
    assert silent(blocks + table([[Cell(""), Cell(name)], [Cell(""), Cell(date)]])) == []
    assert silent(blocks + paragraph(run("\t\t\t" + name)) + paragraph(run("\t\t\t" + date))) == []
    assert silent(blocks + paragraph(render_docx.text_box([name, date]))) == []


# What LibreOffice makes of such a report


def test_a_document_that_libreoffice_wrote():
    report = lint_file(SAMPLES / "yunxi-2023.docx")
    found = [(d.rule, d.anchor, report.source.location(d.span)) for d in report.diagnostics]
    assert found == [
        ("DOC025", "file", {"paragraph": 5}),
        ("SUM010", "applications/partial/natural", {"table": 2, "row": 7, "cell": 3}),
    ]
    assert report.diagnostics[0].data == {"count": "2"}
    assert "\n一、总体情况\n" in report.source.text
