"""The equations of a table, judged and explained once for all rules. May import: solver, model, ruleset."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

import attrs

from giro_lint.checks.solver import Equation, Fault, Key, Number, solve
from giro_lint.model.document import Cell, Table
from giro_lint.model.form import Entry
from giro_lint.model.formula import Term
from giro_lint.model.values import CellState
from giro_lint.ruleset.rules import Rule

if TYPE_CHECKING:
    from giro_lint.ruleset.figure_options import EquationOptions


@attrs.frozen(eq=False, repr=False)
class Sums:
    """All equations of a table with what explains the failing ones.

    Args:
        equations: every instance of every equation rule.
        faults: wrong cells that explain equations.
        unexplained: indices of failing equations without explanation.
        corrected: figures that cells should have, as far as that is known.

    """

    equations: Sequence[Equation]
    faults: tuple[Fault, ...]
    unexplained: tuple[int, ...]
    corrected: Mapping[Key, Number]


def judge(table: Table, rules: Sequence[Rule], members: Mapping[str, Sequence[Entry]]) -> Sums:
    """Judge the equations of a table.

    Args:
        table: the table.
        rules: its equation rules, as far as they apply.
        members: rows and columns by the group they belong to, over all editions.

    Returns:
        The equations, judged and explained.

    """
    equations = [equation for rule in rules for equation in _instances(table, rule, members)]
    values = {key: cell.amount for key, cell in table.cells.items() if cell.amount is not None}
    silent = [key for key, cell in table.cells.items() if cell.value.state is not CellState.NUMBER]
    solution = solve(equations, values, silent)
    corrected = {key: values[key] + amount for fault in solution.faults for key, amount in fault.cells}
    return Sums(equations, solution.faults, solution.unexplained, corrected)


def identities(
    cells: Collection[Key], rules: Sequence[Rule], members: Mapping[str, Sequence[Entry]]
) -> list[list[tuple[Number, Key]]]:
    """The equations that are asked of a table with certain cells.

    Args:
        cells: row and column of its cells.
        rules: its equation rules, as far as they apply.
        members: rows and columns by the group they belong to, over all editions.

    Returns:
        Factors and cells that make nothing when they are added up, a list an equation; one that lacks a cell is left out.

    """
    return [terms for rule in rules for _, _, terms, missing in _lines(cells, rule, members) if not missing]


def _instances(table: Table, rule: Rule, members: Mapping[str, Sequence[Entry]]) -> list[Equation]:
    """The equation in every row or column of the table that it is asked of."""
    return [
        _judged(rule.id, line, place, terms, table.cells, missing)
        for line, place, terms, missing in _lines(table.cells, rule, members)
    ]


def _lines(
    cells: Collection[Key], rule: Rule, members: Mapping[str, Sequence[Entry]]
) -> Iterator[tuple[str, Key, list[tuple[Number, Key]], str]]:
    """The rows or columns that an equation is asked of: key, place of the result, terms, and what is not there."""
    options: EquationOptions = rule.options
    along_rows = options.for_each == "row"
    axis = {row if along_rows else column: None for row, column in cells}
    across = {column if along_rows else row for row, column in cells}
    part = options.equation.comparisons[0]
    factors: list[tuple[Number, str]] = []
    missing = ""
    for side, sign in ((part.left, 1), (part.right, -1)):
        for term in side:
            names = _names(term, members, across)
            if names is None:
                missing = term.name
            factors += [(sign * term.factor, name) for name in names or ()]
    result = part.left[0].name
    for line in axis:
        if (options.only and line not in options.only) or line in options.excepting:
            continue
        terms = [(factor, (line, name) if along_rows else (name, line)) for factor, name in factors]
        yield line, (line, result) if along_rows else (result, line), terms, missing


def _names(term: Term, members: Mapping[str, Sequence[Entry]], present: set[str]) -> list[str] | None:
    """The rows or columns a term stands for, or None when one of them is not there."""
    if not term.summed:
        return [term.name] if term.name in present else None
    entries = members.get(term.name, ())
    here = [entry.key for entry in entries if entry.key in present]
    return here if _complete(here, entries) else None


def _complete(here: Sequence[str], entries: Sequence[Entry]) -> bool:
    """Whether a group is there as one of its editions has it: all its numbered rows, or its single one."""
    numbered = [entry.key for entry in entries if entry.number.endswith(".")]
    single = [entry.key for entry in entries if entry.key not in numbered]
    if not numbered:
        return bool(here) and set(here) == set(single)
    return set(numbered) <= set(here) or (bool(single) and set(single) <= set(here) and not set(numbered) & set(here))


def _judged(
    rule: str, line: str, place: Key, terms: list[tuple[Number, Key]], cells: Mapping[Key, Cell], missing: str
) -> Equation:
    if missing:
        return Equation(rule, line, place, terms, 0, "missing")
    residual: Number = 0
    blanks: list[tuple[Number, Key]] = []
    for factor, key in terms:
        cell = cells.get(key)
        amount = cell.amount if cell else None
        if cell is None or amount is None:
            return Equation(rule, line, place, terms, 0, "missing" if cell is None else "text")
        if amount < 0 or isinstance(amount, Decimal):
            return Equation(rule, line, place, terms, 0, "no-count")
        if cell.value.state is not CellState.NUMBER:
            blanks.append((factor, key))
        residual += factor * amount
    if residual and blanks and (len({factor > 0 for factor, _ in blanks}) == 2 or (blanks[0][0] > 0) == (residual < 0)):
        return Equation(rule, line, place, terms, residual, "blank", _waits_for(place, terms, cells))
    return Equation(rule, line, place, terms, residual)


def _waits_for(place: Key, terms: list[tuple[Number, Key]], cells: Mapping[Key, Cell]) -> str:
    """Which side of a sum of parts is blank altogether."""
    silent = [cells[key].value.state is not CellState.NUMBER for _, key in terms if key != place]
    if sum(factor > 0 for factor, _ in terms) != 1 or all(silent) == (cells[place].value.state is not CellState.NUMBER):
        return ""
    return "parts" if all(silent) else "total"


def blank_totals(sums: Sums | None) -> frozenset[Key]:
    """The totals that are blank although their parts have figures."""
    return (
        frozenset(equation.place for equation in sums.equations if equation.waits_for == "total")
        if sums
        else frozenset()
    )
