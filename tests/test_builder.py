"""The reports of the tests and the clean samples are what they claim to be. May import: the helpers beside it."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bodies import BODIES
from builder import (
    KINDS,
    ReportSpec,
    render_inline,
    render_inline_with_map,
    render_markdown,
    render_markdown_with_map,
    render_text,
    render_text_with_map,
    table_rows,
)
from form_labels import APPLICANTS, CHALLENGES, CLAUSES, EDITIONS, HEADINGS, RESULTS, outcome_groups, outcome_rows
from strategies import reports

ROOT = Path(__file__).parent.parent
CLEAN = {
    "rules/bases/clean-2019.txt": "2019",
    "rules/bases/clean-2021.txt": "2021",
    "examples/clean-2019.txt": "2019",
    "examples/clean-2021.md": "2021",
}
LAYOUTS = (
    render_text_with_map,
    render_markdown_with_map,
    render_inline_with_map,
    lambda spec: render_inline_with_map(spec, " | "),
)
PARTS = ("title", "period", "address", "postcode", "phone", "email", "signature", "date")

CLAIMS = {
    "new": r"(?:收到|新收|接到|受理)政府信息公开申请(\d+)件",
    "carried_in": r"(?:上年|上一年度|上年度)结转(?:申请)?(\d+)件",
    "total": r"(?:办结|答复)(\d+)件",
    "carried_out": r"(?:结转下年度(?:继续办理)?|另有(?=\d+件结转))(\d+)件",
}

patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def number(text: object) -> Decimal:
    return Decimal(re.sub("[万元]", "", str(text)))


def check_table_3(cells, edition):
    rows = ("new", "carried_in", *outcome_rows(edition), "total", "carried_out")
    for row in rows:
        assert int(cells[row, "total"]) == sum(int(cells[row, column]) for column in APPLICANTS)
    for column in (*APPLICANTS, "total"):
        new, before, total, later = (int(cells[row, column]) for row in ("new", "carried_in", "total", "carried_out"))
        assert new + before == total + later
        assert total == sum(int(cells[row, column]) for row in outcome_rows(edition))
    assert 2 * int(cells["carried_out", "total"]) <= int(cells["new", "total"])


def check_table_4(cells):
    for row in CHALLENGES:
        assert int(cells[row, "total"]) == sum(int(cells[row, column]) for column in RESULTS)
    assert int(cells["review", "total"]) or not int(cells["after_review", "total"])


def check_table_2(cells, edition):
    rows = {row: list(columns) for _, columns, entries in CLAUSES[edition] for row in entries}
    values = {key: number(text) for key, text in cells.items()}
    assert not any(values["regulations", column] for column in rows["regulations"])
    if edition == "2021":
        issued, repealed, valid = (values["normative", column] for column in rows["normative"])
        assert valid + repealed >= issued
        assert 0 <= values["fees", "fee_amount"] < 10000
        assert values["fees", "fee_amount"].as_tuple().exponent >= -6
        return
    made, published, whole = (values["normative", column] for column in rows["normative"])
    assert whole >= published
    assert published <= made or whole > published
    for row in ("licensing", "other_external", "penalty", "compulsion", "fees"):
        stock = values[row, "prev_items"] + values[row, "delta"]
        assert stock >= 0
        assert stock or not values.get((row, "decisions"))
    amount = str(cells["procurement", "purchase_amount"])
    assert bool(values["procurement", "purchase_count"]) == bool(number(amount))
    assert amount == "0" or amount.endswith("元")


def check_tables(cells, edition):
    """Whether cells by table, row and column obey every relation of the form."""
    tables = {name: {key[1:]: text for key, text in cells.items() if key[0] == name} for name in
              ("proactive", "applications", "litigation")}  # fmt: skip
    check_table_2(tables["proactive"], edition)
    check_table_3(tables["applications"], edition)
    check_table_4(tables["litigation"])


def check_prose(text):
    """Whether paragraphs are typed as the standards ask, and lists after 其中 add up."""
    for line in filter(None, text.split("\n")):
        assert line.endswith("。") or re.fullmatch("（[一二三四五]）[^。：]+", line), line
    assert not re.search(r"([\u4e00-\u9fff]{2,8})\1", text)
    assert not re.search(r"[\u4e00-\u9fff》）][ \t\u3000,;:?!()]|[ ,;:?!()][\u4e00-\u9fff《（]", text)
    assert not re.search("[，。；：、]{2}|其它|做为|截止|制订|登陆|今年|去年|本月|年度[^。]{0,12}年度报告", text)
    listed = re.findall(
        r"(\d+)([条件])[，（]其中((?:(?!(?:共|已)?办结|答复)[^。；（），、\d]+\d+\2[、，]?)+)(等?)", text
    )
    for whole, _, parts, more in listed:
        total = sum(int(count) for count in re.findall(r"\d+", parts))
        assert total < int(whole) if more else total == int(whole), parts
    return listed


def cells_of(spec):
    return {(t, r, c): text for t, rows in spec.tables.items() for r, row in rows.items() for c, text in row.items()}


@patient
@given(reports())
def test_tables_obey_every_relation_of_the_form(spec):
    check_tables(cells_of(spec), spec.edition)


@patient
@given(reports())
def test_every_cell_of_the_edition_is_filled(spec):
    expected = {("proactive", row, column) for _, columns, entries in CLAUSES[spec.edition] for row in entries
                for column in columns}  # fmt: skip
    rows = ("new", "carried_in", *outcome_rows(spec.edition), "total", "carried_out")
    expected |= {("applications", row, column) for row in rows for column in (*APPLICANTS, "total")}
    expected |= {("litigation", row, column) for row in CHALLENGES for column in (*RESULTS, "total")}
    assert set(cells_of(spec)) == expected
    assert len(rows) == {"2019": 23, "2021": 25}[spec.edition]


@patient
@given(reports())
def test_named_parts_are_where_the_map_says(spec):
    for render in LAYOUTS:
        text, marks = render(spec)
        for key, value in cells_of(spec).items():
            start, end = marks[key]
            assert text[start:end] == str(value)
            assert text[start - 1] in "\t| \n"
        for key, heading in HEADINGS.items():
            start, end = marks["section", key]
            assert text[start:end] == heading
        for name in PARTS[1:]:
            start, end = marks[(name,)]
            assert text[start:end] == getattr(spec, name)
        spans = sorted(marks.values())
        assert all(before[1] <= after[0] for before, after in pairwise(spans))
    text, marks = render_text_with_map(spec)
    assert text[slice(*marks[("title",)])] == "\n".join(spec.title)


@patient
@given(reports())
def test_rendering_is_deterministic_and_says_the_same_with_and_without_map(spec):
    again = attrs.evolve(spec)
    assert render_text(spec) == render_text(again) == render_text_with_map(spec)[0]
    assert render_markdown(spec) == render_markdown(again) == render_markdown_with_map(spec)[0]
    for separator in ("\t", " | "):
        assert render_inline(spec, separator) == render_inline_with_map(again, separator)[0]


@patient
@given(reports())
def test_rows_have_the_cells_of_the_form(spec):
    lengths = {table: [len(row) for row in table_rows(spec, table)] for table in spec.tables}
    widths = {table: {sum(cell.width for cell in row) for row in table_rows(spec, table)} for table in spec.tables}
    assert widths == {"proactive": {4}, "applications": {10}, "litigation": {15}}
    assert lengths["litigation"] == [2, 7, 15, 15]
    six = [9] if spec.edition == "2019" else [10, 10, 10]
    assert lengths["applications"] == [2, 4, 8, 8, 8, 9, 9, *[10] * 16, *six, 9, 8]
    text = render_text(spec)
    rows = re.findall(r"(?:^\t.*\n)+", text, re.MULTILINE)
    assert [row.count("\n") for row in rows] == [count for table in spec.tables for count in lengths[table]]
    pipes = [line.count("|") - 1 for line in render_markdown(spec).split("\n") if line.startswith("|")]
    assert pipes == [width for table, (width,) in widths.items() for _ in range(len(lengths[table]) + 1)]


@patient
@given(reports(), st.data())
def test_another_cell_changes_nothing_else(spec, data):
    table, row, column = key = data.draw(st.sampled_from(sorted(cells_of(spec))))
    other = spec.with_cell(table, row, column, "七")
    text, marks = render_text_with_map(spec)
    start, end = marks[key]
    assert render_text(other) == text[:start] + "七" + text[end:]
    assert render_text(spec) == text
    with pytest.raises(KeyError):
        spec.with_cell(table, row, "nowhere", 1)


@patient
@given(reports())
def test_prose_is_clean(spec):
    check_prose("\n".join((*spec.preamble, spec.narrative(), *spec.problems, *spec.other)))
    assert 250 <= len(re.sub(r"\s", "", spec.narrative())) <= 900
    assert len("".join(spec.problems)) >= 60
    assert f"{spec.year + 1}年" in "".join(spec.problems)
    if spec.edition == "2021":
        assert "信息处理费" in "".join(spec.other)
    if spec.kind in {"government", "township"}:
        assert all(word in spec.narrative() for word in ("工作考核", "社会评议", "责任追究结果"))


@patient
@given(reports())
def test_narrative_agrees_with_the_tables(spec):
    text = spec.narrative()
    said = {row: [int(count) for count in re.findall(pattern, text)] for row, pattern in CLAIMS.items()}
    for row, counts in said.items():
        assert set(counts) <= {spec.number("applications", row)}
    assert said["new"] or "未收到政府信息公开申请" in text or "未接到政府信息公开申请" in text
    assert bool(said["carried_out"]) == bool(spec.number("applications", "carried_out"))
    suits = spec.number("litigation", "direct") + spec.number("litigation", "after_review")
    for word, count in (("行政复议", spec.number("litigation", "review")), ("行政诉讼", suits)):
        assert re.findall(rf"{word}(\d+)件", text) == [str(count)] or not count
    groups = {name: sum(spec.number("applications", row) for row in rows) for name, rows in
              outcome_groups(spec.edition).items()}  # fmt: skip
    for name, count in re.findall(r"(予以公开|部分公开|不予公开|无法提供|不予处理|其他处理)(\d+)件[、，；。）]", text):
        assert int(count) in {groups[name], groups["予以公开"] + groups["部分公开"]}


@patient
@given(reports())
def test_dates_are_in_time(spec):
    year, month, day = map(int, re.fullmatch(r"(\d{4})年([1-9]\d?)月([1-9]\d?)日", spec.date).groups())
    last = {"government": (3, 31), "township": (2, 28), "subdistrict": (2, 28)}.get(spec.kind, (1, 31))
    assert year == spec.year + 1
    assert (1, 1) <= (month, day) <= last
    assert (spec.edition == "2019") == (spec.year in {2019, 2020})


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("edition", EDITIONS)
def test_edition_and_kind_can_be_asked_for(edition, kind):
    @settings(parent=patient, max_examples=5)
    @given(reports(edition, kind))
    def check(spec):
        assert (spec.edition, spec.kind) == (edition, kind)

    check()


def test_bodies_are_many_and_distinct():
    names = {body.name for body in BODIES}
    assert len(names) == len(BODIES) >= 60
    assert {body.kind for body in BODIES} == set(KINDS)


def test_unknown_edition_is_refused():
    with pytest.raises(ValueError, match="edition"):
        attrs.evolve(_blank("2019"), edition="2008")


def _blank(edition: str) -> ReportSpec:
    """A report with empty prose, for its layout."""
    zeros = {"proactive": {row: dict.fromkeys(columns, 0) for _, columns, rows in CLAUSES[edition] for row in rows}}
    rows = ("new", "carried_in", *outcome_rows(edition), "total", "carried_out")
    zeros["applications"] = {row: dict.fromkeys((*APPLICANTS, "total"), 0) for row in rows}
    zeros["litigation"] = {row: dict.fromkeys((*RESULTS, "total"), 0) for row in CHALLENGES}
    return ReportSpec(edition, 2020, "", "department", "", ("",), (), "", "", "", "", "", (), (), zeros, (), (), "", "")


def _sample_rows(text: str) -> list[list[str]]:
    """Table rows of a sample in either layout, without empty cells."""
    if "\t" in text:
        rows = [re.findall(r"\t(.*)", row) for row in re.findall(r"(?:^\t.*\n)+", text, re.MULTILINE)]
    else:
        rows = [line.strip("|").split("|") for line in text.split("\n") if line.startswith("|") and "---" not in line]
    return [[cell.strip() for cell in row if cell.strip()] for row in rows]


@pytest.mark.parametrize(("path", "edition"), CLEAN.items())
def test_clean_sample_has_the_tables_of_its_edition_and_they_add_up(path, edition):
    text = (ROOT / path).read_text(encoding="utf-8")
    spec, found = _blank(edition), iter(_sample_rows(text))
    cells = {}
    for table in spec.tables:
        for row in table_rows(spec, table):
            printed = next(found)
            named = [cell for cell in row if cell.text]
            assert [cell.text for cell in named if cell.text != "0"] == printed[: sum(c.text != "0" for c in named)]
            cells |= {c.key: text for c, text in zip(named, printed, strict=True) if c.key and len(c.key) == 3}
    assert next(found, None) is None
    check_tables({key: value for key, value in cells.items() if key[0] != "row"}, edition)


@pytest.mark.parametrize("path", CLEAN)
def test_clean_sample_is_typed_as_the_standards_ask(path):
    text = (ROOT / path).read_text(encoding="utf-8")
    lines = [line for line in text.split("\n") if line and line[0] not in "\t|"]
    body = [line.removeprefix("### ") for line in lines if "。" in line or line.startswith(("（", "### （"))]
    assert check_prose("\n".join(body))
    headings = [line.removeprefix("## ") for line in lines if re.match("(## )?[一二三四五六]、", line)]
    assert headings == list(HEADINGS.values())
    assert len(re.findall("^(?:### )?（[一二三四五]）", text, re.MULTILINE)) >= 5
    clauses = [clause for clause in re.split("[，。；：\n]", "\n".join(body)) if len(clause) > 6]
    assert len(clauses) == len(set(clauses))
