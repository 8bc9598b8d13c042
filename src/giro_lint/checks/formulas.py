"""Formulas over the cells of all tables, named ``table.row.column``. May import: facts, cells, sums, model."""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from functools import lru_cache

from giro_lint.checks.cells import Shape
from giro_lint.checks.facts import Facts, Worth
from giro_lint.checks.solver import Key, Number
from giro_lint.checks.sums import groups
from giro_lint.model.form import Knowledge
from giro_lint.model.formula import Comparison, Formula, Term
from giro_lint.model.source import Span
from giro_lint.model.values import CellState

TESTS: dict[str, Callable[[Number, Number], bool]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
"""What an operator of a formula asks of two values."""


def holds(comparison: Comparison, left: Number, right: Number) -> bool:
    """Whether a comparison holds of two values."""
    return TESTS[comparison.operator](left, right)


def agree(comparison: Comparison, lefts: Sequence[Number], rights: Sequence[Number]) -> bool:
    """Whether a comparison holds of any of some values and any of others."""
    test = TESTS[comparison.operator]
    for left in lefts:  # plain loops: this runs for every figure of the narrative
        for right in rights:
            if test(left, right):
                return True
    return False


def formula_holds(facts: Facts, formula: Formula) -> bool | None:
    """Whether a formula of dotted names holds; None when it cannot be told."""
    for part in formula.comparisons:
        left, right = side(facts, part.left).values, side(facts, part.right).values
        if left is None or right is None:
            return None
        if not agree(part, left, right):
            return False
    return True


def side(facts: Facts, terms: Sequence[Term]) -> Worth:
    """What a sum of dotted terms comes to, worked out once; ``year`` is the report's."""
    worth = facts.sides.get(id(terms))
    if worth is None:
        worth = facts.sides[id(terms)] = _plain(facts, terms) or _with_care(facts, terms)
    return worth


def _plain(facts: Facts, terms: Sequence[Term]) -> Worth | None:
    """The usual case: every cell holds a plain count that no sum speaks against."""
    counts, totals = facts.counts
    total: Number = 0
    for term in terms:
        factor, name, summed = term
        if name:
            known = totals if summed else counts
            if name not in known:
                known[name] = _count(facts, term)
            count = known[name]
            if count is None:
                return None
            total += factor * count
        else:
            total += factor
    return Worth([total], figures=True)


def _count(facts: Facts, term: Term) -> int | None:
    """The plain count in the cell of a term, or in all cells of a group together."""
    table, key = _place(term.name)
    settled = facts.settled(table)
    if not term.summed:
        return settled.get(key)
    keys = _members(facts.shapes[table], facts.knowledge, *key) if table in facts.shapes else ()
    total = 0
    for each in keys:
        count = settled.get(each)
        if count is None:
            return None
        total += count
    return total if keys else None


def _with_care(facts: Facts, terms: Sequence[Term]) -> Worth:
    if terms[0].name == "year":
        return Worth(None if facts.document.year is None else [facts.document.year], figures=True)
    totals: list[Number] | None = [0]
    figures = True
    for term in terms:
        worth = _term(facts, term)
        figures = figures and worth.figures
        known = totals is not None and worth.values is not None
        totals = list({total + value for total in totals or () for value in worth.values or ()}) if known else None
    return Worth(totals, figures)


def _term(facts: Facts, term: Term) -> Worth:
    """What a term comes to: a constant, a cell, or the cells of a group together."""
    if not term.name:
        return Worth([term.factor], figures=True)
    table, keys = _cells(facts, term)
    bound = facts.document.tables.get(table)
    if bound is None:
        return Worth(None, figures=not table)
    cells = [(key, bound.cells[key]) for key in keys if key in bound.cells]
    figures = any(cell.value.state is CellState.NUMBER for _, cell in cells)
    amounts = [facts.amounts(table, key) for key, _ in cells]
    if not amounts or not all(amounts):
        return Worth(None, figures)
    if not term.summed:
        return Worth([term.factor * amount for amount in amounts[0]], figures)
    totals = {sum([each[0] for each in amounts]), sum([each[-1] for each in amounts])}
    return Worth([term.factor * total for total in totals], figures)


def _cells(facts: Facts, term: Term) -> tuple[str, Sequence[Key]]:
    """The table that a term speaks of, and its cell; of a group those cells that the table has."""
    table, key = _place(term.name)
    if not term.summed:
        return table, [key]
    return table, _members(facts.shapes[table], facts.knowledge, *key) if table in facts.shapes else ()


@lru_cache(maxsize=512)
def _place(name: str) -> tuple[str, Key]:
    """Table, row and column; all but the last are empty for a name that is of no table."""
    table, _, rest = name.partition(".") if name.count(".") == 2 else ("", "", f".{name}")
    row, _, column = rest.partition(".")
    return table, (row, column)


@lru_cache(maxsize=512)
def _members(shape: Shape, knowledge: Knowledge, row: str, column: str) -> Sequence[Key]:
    """The cells that a group of rows has in a column, or a group of columns in a row."""
    members = groups(knowledge)
    down = [(entry.key, column) for entry in members.get(row, ())]
    across = [(row, entry.key) for entry in members.get(column, ())]
    return [key for key in down or across if key in shape.keys]


def cell_span(facts: Facts, name: str) -> Span | None:
    """The place of ``table.row.column``."""
    table, row, column = name.split(".")
    bound = facts.document.tables.get(table)
    cell = bound.cells.get((row, column)) if bound else None
    return cell.span if cell else None
