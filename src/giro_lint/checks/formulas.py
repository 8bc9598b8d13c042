"""Formulas over the cells of all tables, named ``table.row.column``. May import: facts, sums, model."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from giro_lint.checks.facts import Facts
from giro_lint.checks.solver import Key, Number
from giro_lint.checks.sums import groups
from giro_lint.model.document import Cell
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
        left, right = side_values(facts, part.left), side_values(facts, part.right)
        if left is None or right is None:
            return None
        if not any(holds(part, a, b) for a in left for b in right):
            return False
    return True


def side_values(facts: Facts, terms: Sequence[Term]) -> list[Number] | None:
    """All values that a sum of dotted terms may have, or None when it cannot be told; ``year`` is the report's."""
    if terms[0].name == "year":
        return None if facts.document.year is None else [facts.document.year]
    totals: list[Number] = [0]
    for term in terms:
        values = _values(facts, term) if term.name else [term.factor]
        if values is None:
            return None
        factor = term.factor if term.name else 1
        if len(totals) == len(values) == 1:
            totals = [totals[0] + factor * values[0]]
        else:
            totals = list({total + factor * value for total in totals for value in values})
    return totals


def _values(facts: Facts, term: Term) -> list[Number] | None:
    """The values of a name; of a group's members together when summed. None when a cell is missing or no number."""
    key = ("values", term.name, term.summed)
    if key not in facts.memory:
        facts.memory[key] = _summed(facts, term.name) if term.summed else _single(facts, term.name)
    values: list[Number] | None = facts.memory[key]
    return values


def _single(facts: Facts, name: str) -> list[Number] | None:
    table, row, column = name.split(".")
    return facts.amounts(table, (row, column)) or None


def _summed(facts: Facts, name: str) -> list[Number] | None:
    table, row, column = name.split(".")
    typed = [facts.amounts(table, key) for key in _members(facts, table, row, column)]
    if not typed or not all(typed):
        return None
    return list({sum(values[0] for values in typed), sum(values[-1] for values in typed)})


def _members(facts: Facts, table: str, row: str, column: str) -> list[Key]:
    """The cells that a group of rows, or of columns, has in its table."""
    bound = facts.document.tables.get(table)
    if bound is None:
        return []
    members = groups(facts.knowledge)
    down = [(entry.key, column) for entry in members.get(row, ())]
    across = [(row, entry.key) for entry in members.get(column, ())]
    return [key for key in down if key in bound.cells] or [key for key in across if key in bound.cells]


def known(facts: Facts, part: Comparison) -> bool:
    """Whether the cells of a comparison hold figures: of a group at least one, for its blanks are zeros."""
    return all(_holds_figure(facts, term) for term in (*part.left, *part.right) if term.name.count(".") == 2)


def _holds_figure(facts: Facts, term: Term) -> bool:
    key = ("known", term.name, term.summed)
    if key not in facts.memory:
        facts.memory[key] = any(cell.value.state is CellState.NUMBER for cell in _cells_of(facts, term))
    figure: bool = facts.memory[key]
    return figure


def _cells_of(facts: Facts, term: Term) -> list[Cell]:
    """The cells that a term stands for."""
    table, row, column = term.name.split(".")
    bound = facts.document.tables.get(table)
    members = groups(facts.knowledge) if term.summed else {}
    across = [(row, entry.key) for entry in members.get(column, ())]
    down = [(entry.key, column) for entry in members.get(row, ())]
    keys = (across or down) if term.summed else [(row, column)]
    return [bound.cells[key] for key in keys if key in bound.cells] if bound else []


def cell_span(facts: Facts, name: str) -> Span | None:
    """The place of ``table.row.column``."""
    table, row, column = name.split(".")
    bound = facts.document.tables.get(table)
    cell = bound.cells.get((row, column)) if bound else None
    return cell.span if cell else None
