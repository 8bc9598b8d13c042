"""What is remembered of one report changes nothing in the next: a table bound from a remembered layout is the table bound anew."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder import render_text
from faults import PLANTERS
from giro_lint import Config, lint_text, parse_text, plan_for
from giro_lint.binding import tables
from giro_lint.model.document import LazyCells
from giro_lint.model.values import CellState
from shared import ROOT
from strategies import reports

BASE = (ROOT / "rules" / "bases" / "clean-2019.txt").read_text(encoding="utf-8")
AMOUNT = "45.6万元"


def anew(text):
    """Bound without anything remembered."""
    tables._layouts.cache_clear()
    return parse_text(text)


def again(text):
    """Bound as the third report of its shape, from what was remembered of the first two."""
    for _ in range(2):
        parse_text(text)
    return parse_text(text)


def said(table):
    """All that a table says, in its order."""
    cells = [(key, cell.start, cell.end, cell.text, cell.value) for key, cell in table.cells.items()]
    counts = {key: cell.value.plain_count for key, cell in table.cells.items() if cell.value.plain_count is not None}
    return cells, counts, table.start, table.end, dict(table.rows), dict(table.columns), table.worded


def compare(text):
    """Compare the tables of a text bound anew and from a layout; how many were bound from one."""
    first, third = anew(text), again(text)
    assert third.tables.keys() == first.tables.keys()
    for key, table in third.tables.items():
        assert said(table) == said(first.tables[key])
        if isinstance(table.cells, LazyCells):
            keys = [each for each in table.cells if each not in table.cells.counts]
            assert list(table.cells.odd) == keys
            assert {each: table.cells[each].value.plain_count for each in table.cells.counts} == table.cells.counts
    return sum(isinstance(table.cells, LazyCells) for table in third.tables.values())


@given(reports())
def test_a_clean_report_is_bound_from_layouts_as_it_is_bound_anew(spec):
    assert compare(render_text(spec))


@given(st.sampled_from(sorted(PLANTERS)), reports(), st.data())
def test_a_faulty_report_has_the_same_findings_whatever_was_remembered(name, spec, data):
    planted = PLANTERS[name](spec, data)
    if planted is not None:
        compare(planted.text)
        plan = plan_for(config=Config(profile="all"))
        for _ in range(2):
            lint_text(render_text(spec), plan=plan)
        warm = lint_text(planted.text, plan=plan).diagnostics
        tables._layouts.cache_clear()
        assert lint_text(planted.text, plan=plan).diagnostics == warm


@pytest.mark.parametrize(
    ("written", "state", "worded"), [("约若干", CellState.TEXT, True), ("", CellState.BLANK, False)]
)
def test_a_cell_without_a_figure_is_odd(written, state, worded):
    assert f"\t{AMOUNT}\n" in BASE
    text = BASE.replace(f"\t{AMOUNT}\n", f"\t{written}\n")
    compare(text)
    table = again(text).tables["proactive"]
    assert [cell.value.state for cell in table.cells.values()].count(state) == 1
    assert table.worded is worded


def test_a_sum_of_money_with_its_unit_is_no_word():
    table = again(BASE).tables["proactive"]
    assert isinstance(table.cells, LazyCells)
    assert AMOUNT in [table.cells[key].text for key in table.cells.odd]
    assert table.sound
    assert not table.worded
