"""What `extract` shows of a report in any medium: nothing left out, cells in the tab-cell layout, linted with the same findings."""

import csv
import io
import random
import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import render_docx
import render_html
import render_pdf
from builder import Cell, render_inline, render_markdown, render_text
from faults import PLANTERS
from giro_lint import Config, lint_bytes, lint_text, parse_text, plan_for
from giro_lint.engine import document_of
from giro_lint.extract import document_csv, document_data, document_text
from giro_lint.reading.media import MEDIA, read_source
from layouts import STYLES
from render_flat import LAYOUTS, damaged
from shared import ROOT
from strategies import reports

SAMPLES = Path(__file__).parent / "samples"
OF_THE_FILE = {"DOC025"}
"""What is said of a Word file and not of its text: changes that were tracked."""
ALL = {"suppress_health_check": list(HealthCheck), "phases": [Phase.explicit, Phase.generate]}
TABLE = re.compile(r"(?:(?:\t.*\n)+\n)+")
MARKS = re.compile(r"[\s|｜│#*:=+\-]")


@st.composite
def texts(draw):
    """A report in the tab-cell layout, clean or with one fault, and the kind of its body."""
    spec = draw(reports())
    name = draw(st.sampled_from([*sorted(PLANTERS), None, None, None]))
    planted = PLANTERS[name](spec, draw(st.data())) if name else None
    return planted.text if planted else render_text(spec), spec.kind


def findings(report):
    return Counter((d.rule, d.anchor, d.message) for d in report.diagnostics if d.rule not in OF_THE_FILE)


def check_shown(data, path, kind=None, due=None):
    """The text that is shown has the findings of the file, and is shown as it is.

    Args:
        data: the file.
        path: its name.
        kind: kind of body, so that it need not be guessed.
        due: findings that the file has to have, where they are known.

    Returns:
        The text.

    """
    plan = plan_for(config=Config(profile="all", body_kind=kind))
    report = lint_bytes(data, path=path, plan=plan)
    text = document_text(report.document)
    again = lint_text(text, plan=plan)
    assert findings(again) == findings(report)
    assert due is None or findings(report) == due
    assert document_text(again.document) == text
    return text


# Layouts of text


def typed(text, style):
    """A text in the tab-cell layout, its tables typed in another way."""

    def table(match):
        rows = [row[1:].split("\n\t") for row in match.group().rstrip("\n").split("\n\n")]
        widths = render_html._WIDTHS.get(max(map(len, rows)), {})
        return style([[*map(Cell, row, [None] * len(row), widths.get(len(row), [1] * len(row)))] for row in rows])

    return TABLE.sub(table, text)


def marked(text):
    """A text with the marks of Markdown on title and headings."""
    text = re.sub(r"(?m)^([一二三四五六]、[^。]*)$", r"## \1", text)
    return "# " + re.sub(r"(?m)^(（[一二三四五]）[^。]*)$", r"### **\1**", text)


@pytest.mark.parametrize("style", STYLES[1:], ids=lambda style: style.__name__)
@settings(max_examples=5, **ALL)
@given(report=texts(), end=st.sampled_from(["\n", "\r\n", "\r"]))
def test_rows_of_one_line_are_shown_as_cells(style, report, end):
    text, kind = report
    for path, data in (("a.txt", typed(text, style)), ("a.md", marked(typed(text, style)))):
        shown = check_shown(data.replace("\n", end).encode(), path, kind)
        assert not re.search(r"(?m)^\||^#|\*\*$|\r|[^\n]\t", shown)
        if style is STYLES[1] and path == "a.txt":  # a row of one cell was typed as a line
            assert re.sub(r"\n\s*", "\n", shown) == re.sub(r"\n\s*", "\n", text)
        assert "".join(re.sub(r"[|#*-]", "", data).split()) == "".join(re.sub(r"[-*]", "", shown).split())


@settings(max_examples=12, **ALL)
@given(report=texts())
def test_cells_that_are_lines_are_shown_as_they_are(report):
    text, kind = report
    assert check_shown(text.encode(), "a.txt", kind) == text


@settings(max_examples=8, **ALL)
@given(spec=reports())
def test_other_layouts_of_a_clean_report_show_its_tables(spec):
    for data in (render_markdown(spec), render_inline(spec), render_inline(spec, " | ")):
        document = parse_text(document_text(parse_text(data, path="a.md")))
        for key, rows in spec.tables.items():
            table = document.tables[key]
            assert {at: cell.text for at, cell in table.cells.items()} == {
                (row, column): str(value) for row, cells in rows.items() for column, value in cells.items()
            }
            assert all(document.source.text[cell.start - 1] == "\t" for cell in table.cells.values())


@pytest.mark.parametrize("name", LAYOUTS)
@settings(max_examples=3, **ALL)
@given(report=texts())
def test_a_text_that_lost_its_layout_is_declined_or_bound_as_before(name, report):
    text, kind = report
    flat = LAYOUTS[name](text)
    shown = check_shown(flat.encode(), "a.txt", kind)
    assert MARKS.sub("", shown) == MARKS.sub("", flat)
    again = parse_text(shown)
    assert set(again.declined) == set(parse_text(flat).declined)
    for section in again.sections:
        assert not shown[: section.heading.span.start].rpartition("\n")[2].strip(" \t|#*")


@settings(max_examples=15, **ALL)
@given(reports(), st.integers(0, 99), st.sampled_from([str, render_markdown, *LAYOUTS.values()]), st.integers(1, 400))
def test_nothing_is_left_out_of_a_damaged_report(spec, seed, layout, changes):
    text = render_markdown(spec) if layout is render_markdown else layout(render_text(spec))
    text = damaged(text, seed, changes)
    assert MARKS.sub("", document_text(parse_text(text, path="a.md"))) == MARKS.sub("", text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("", ""),
        ("#", "#"),
        ("# 甲\n# 乙", "# 甲\n# 乙"),
        ("甲 | 乙\n--|--\n1 | 2\n丙", "\t甲\n\t乙\n\n\t1\n\t2\n\n丙"),
        ("┌─┬─┐\n│甲│乙│\n├─┼─┤\n│1│ │\n└─┴─┘\n丙。", "\t甲\n\t乙\n\n\t1\n\t\n\n丙。"),
        ("首页\t概况\n正文。\n", "\t首页\n\t概况\n\n正文。\n"),
        ("|甲|本局认真落实条例规定，不断提高公开质量。|\n", "|甲|本局认真落实条例规定，不断提高公开质量。|\n"),
        ("\t甲\n\t 1 \n\n", "\t甲\n\t 1 \n\n"),
        ("# **云溪县商务局**\n# **2023年政府信息公开工作年度报告**\n正文。", "云溪县商务局\n2023年政府信息公开工作年度报告\n\n正文。"),
        ("页眉\n# 云溪县商务局2023年政府信息公开工作年度报告 #\n正文。", "页眉\n\n云溪县商务局2023年政府信息公开工作年度报告\n\n正文。"),
        ("# 云溪县商务局2023年政府信息公开工作年度报告\r\n\r\n\r\n正文。\r", "云溪县商务局2023年政府信息公开工作年度报告\n\n正文。\n"),
        ("## 一、总体情况\n甲。\n### **（一）主动公开**\n乙**丙**。", "一、总体情况\n甲。\n（一）主动公开\n乙**丙**。"),
    ],
)  # fmt: skip
def test_single_cases(text, shown):
    assert document_text(parse_text(text, path="a.md")) == shown


# Files


@pytest.mark.parametrize("style", ["plain", "content-system", "word", "fragment-without-paragraphs"])
@settings(max_examples=5, **ALL)
@given(report=texts())
def test_a_page_is_shown_as_the_text_that_was_linted(style, report):
    text, kind = report
    due = findings(lint_text(text, plan=plan_for(config=Config(profile="all", body_kind=kind))))
    check_shown(render_html.render_bytes(text, style), "a.html", kind, due)


@pytest.mark.parametrize("render", [render_docx.plain, render_docx.automatic, render_docx.tracked])
@settings(max_examples=4, **ALL)
@given(report=texts())
def test_a_word_document_is_shown_as_the_text_that_was_linted(render, report):
    text, kind = report
    data = render(text, random.Random(1)) if render is render_docx.tracked else render(text)
    due = findings(lint_text(text, plan=plan_for(config=Config(profile="all", body_kind=kind))))
    check_shown(data, "a.docx", kind, due)


@settings(max_examples=5, **ALL)
@given(report=texts(), look=st.sampled_from(["ruled", "cut", "bare"]))
def test_a_printed_report_is_shown_as_the_text_that_was_linted(report, look):
    pytest.importorskip("pypdfium2")
    text, kind = report
    if render_pdf.is_regular(text):
        check_shown(render_pdf.print_pdf(text, render_pdf.LOOKS[look]), "a.pdf", kind)


@pytest.mark.parametrize(
    "path", [*sorted((ROOT / "examples").iterdir()), *sorted(SAMPLES.glob("*.docx")), *sorted(SAMPLES.glob("pdf/*.pdf"))],
    ids=lambda path: path.name,
)  # fmt: skip
def test_examples_and_samples_are_shown_as_they_were_linted(path):
    assert check_shown(path.read_bytes(), path.name)


# Lines and places


@pytest.fixture(scope="module")
def faulty():
    return (ROOT / "examples" / "faulty-2021.txt").read_text(encoding="utf-8")


def bound(data, path):
    return document_of(read_source(data, path), plan_for())


def cells_of(document):
    data = document_data(document)
    return {(t, c["row"], c["column"]): c for t, cells in data["tables"].items() for c in cells}


@pytest.mark.parametrize("style", ["plain", "content-system", "word"])
def test_lines_of_a_page_are_those_of_its_own_source(faulty, style):
    page = render_html.render_bytes(faulty, style)
    lines = page.decode().split("\n")
    document = bound(page, "a.html")
    cells = cells_of(document)
    assert len(cells) > 150
    for cell in cells.values():
        assert "location" not in cell
        assert cell["text"] in render_html.shown("\n".join(lines[cell["line"] - 1 : cell["line"] + 1]))
    for section in document_data(document)["sections"]:
        assert section["heading"][:9] in render_html.shown("\n".join(lines[section["line"] - 1 : section["line"] + 2]))
    rows = csv.DictReader(io.StringIO(document_csv(document)))
    assert [(int(row["line"]), row["location"]) for row in rows] == [(cell["line"], "") for cell in cells.values()]


def test_places_of_a_word_document_are_its_tables_and_paragraphs(faulty):
    blocks = list(render_docx.blocks_of(faulty))
    tables = [block for block in blocks if isinstance(block, list)]
    document = bound(render_docx.plain(faulty), "a.docx")
    rows = csv.DictReader(io.StringIO(document_csv(document)))
    for cell, row in zip(cells_of(document).values(), rows, strict=True):
        where = cell["location"]
        assert tables[where["table"] - 1][where["row"] - 1][where["cell"] - 1].text == cell["text"]
        assert row["location"] == f"table={where['table']} row={where['row']} cell={where['cell']}"
        assert document_text(document).split("\n")[cell["line"] - 1] == f"\t{cell['text']}"
    assert all(section["location"]["paragraph"] for section in document_data(document)["sections"])


def test_places_of_a_pdf_are_its_pages(faulty):
    pytest.importorskip("pypdfium2")
    document = bound((SAMPLES / "pdf" / "faulty-2021-office.pdf").read_bytes(), "a.pdf")
    rows = list(csv.DictReader(io.StringIO(document_csv(document))))
    cells = cells_of(document)
    assert [row["location"] for row in rows] == [f"page={cell['location']['page']}" for cell in cells.values()]
    assert len({row["location"] for row in rows}) > 1
    assert all(len(cell["location"]["box"]) == 4 for cell in cells.values())


def test_every_medium_is_told_here():
    assert set(MEDIA.values()) == {"text", "markdown", "html", "docx", "pdf", "office"}
