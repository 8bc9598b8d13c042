"""Formulas over the cells of all tables, named ``table.row.column``. May import: facts, sums, model."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

from giro_lint.checks.facts import Facts
from giro_lint.checks.solver import Key, Number
from giro_lint.checks.sums import groups
from giro_lint.model.form import Knowledge
from giro_lint.model.formula import Comparison, Formula, Term
from giro_lint.model.source import Span
from giro_lint.model.values import CellState

_HOLDS: dict[str, Callable[[Number, Number], bool]] = {
    "=": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
}


def holds(comparison: Comparison, left: Number, right: Number) -> bool:
    """Whether a comparison holds of two values."""
    return _HOLDS[comparison.operator](left, right)


def formula_holds(facts: Facts, formula: Formula) -> bool | None:
    """Whether a formula of dotted names holds; None when it cannot be told."""
    for part in formula.comparisons:
        left, right = side(facts, part.left).values, side(facts, part.right).values
        if left is None or right is None:
            return None
        if not any(holds(part, a, b) for a in left for b in right):
            return False
    return True


class Worth(NamedTuple):
    """What a side of a comparison comes to.

    Attributes:
        values: all values that it may have, or None when it cannot be told.
        figures: whether every cell holds a figure; of a group at least one, for its blanks are zeros.
    """

    values: Sequence[Number] | None
    figures: bool


def side(facts: Facts, terms: Sequence[Term]) -> Worth:
    """What a sum of dotted terms comes to, worked out once; ``year`` is the report's."""
    key = ("side", id(terms))
    worth: Worth | None = facts.memory.get(key)
    if worth is None:
        worth = facts.memory[key] = _side(facts, terms)
    return worth


def _side(facts: Facts, terms: Sequence[Term]) -> Worth:
    if terms[0].name == "year":
        return Worth(None if facts.document.year is None else [facts.document.year], figures=True)
    totals: list[Number] | None = [0]
    figures = True
    for term in terms:
        worth = _term(facts, term)
        figures = figures and worth.figures
        if totals is None or worth.values is None:
            totals = None
        elif len(totals) == len(worth.values) == 1:
            totals = [totals[0] + worth.values[0]]
        else:
            totals = list({total + value for total in totals for value in worth.values})
    return Worth(totals, figures)


def _term(facts: Facts, term: Term) -> Worth:
    """What a term comes to: a constant, a cell, or the cells of a group together."""
    if not term.name:
        return Worth([term.factor], figures=True)
    table, keys = _cells(facts.knowledge, term.name, summed=term.summed)
    bound = facts.document.tables.get(table)
    if bound is None:
        return Worth(None, figures=not table)
    keys = [key for key in keys if key in bound.cells]
    plain, sums = facts.figures(table).plain, facts.sums(table)
    if keys and not (sums and sums.corrected) and all(key in plain for key in keys):
        return Worth([term.factor * sum([plain[key] for key in keys])], figures=True)
    figures = any(bound.cells[key].value.state is CellState.NUMBER for key in keys)
    amounts = [facts.amounts(table, key) for key in keys]
    if not amounts or not all(amounts):
        return Worth(None, figures)
    if not term.summed:
        return Worth([term.factor * amount for amount in amounts[0]], figures)
    totals = {sum([each[0] for each in amounts]), sum([each[-1] for each in amounts])}
    return Worth([term.factor * total for total in totals], figures)


@lru_cache(maxsize=512)
def _cells(knowledge: Knowledge, name: str, *, summed: bool) -> tuple[str, Sequence[Key]]:
    """The table that a name speaks of, and its cell; of a group of rows its cells in a column, or of columns in a row."""
    if name.count(".") != 2:
        return "", ()
    table, row, column = name.split(".")
    if not summed:
        return table, [(row, column)]
    members = groups(knowledge)
    down = [(entry.key, column) for entry in members.get(row, ())]
    return table, down or [(row, entry.key) for entry in members.get(column, ())]


def cell_span(facts: Facts, name: str) -> Span | None:
    """The place of ``table.row.column``."""
    table, row, column = name.split(".")
    bound = facts.document.tables.get(table)
    cell = bound.cells.get((row, column)) if bound else None
    return cell.span if cell else None
