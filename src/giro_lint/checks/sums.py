"""The equations of a table, judged and explained once for all rules. May import: cells, solver, model, ruleset."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from decimal import Decimal
from functools import cached_property, lru_cache
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

import attrs

from giro_lint.checks.cells import Figures, Shape, shape_with
from giro_lint.checks.solver import Equation, Fault, Key, Number, solve
from giro_lint.model.document import Cell, Table
from giro_lint.model.form import Entry, Knowledge
from giro_lint.model.formula import Term
from giro_lint.model.values import CellState
from giro_lint.ruleset.rules import Rule

if TYPE_CHECKING:
    from giro_lint.ruleset.figure_options import EquationOptions

Groups = Mapping[str, Sequence[Entry]]
_Side = Callable[[tuple[int, ...]], tuple[int, ...]]


class Instances(NamedTuple):
    """The equations that rules ask of all tables of one shape, before any figure is looked at.

    Attributes:
        equations: every instance of every rule, as it is where it holds.
        places: the indices of a rule's equations, by identity of its options.
        sides: what fetches the two sides of each equation from the figures of all cells in their order and a zero behind them;
            None where they are no plain sums of cells of the table.

    """

    equations: tuple[Equation, ...]
    places: Mapping[int, range]
    sides: tuple[tuple[_Side, _Side], ...] | None

    def hold(self, figures: Collection[int]) -> bool:
        """Whether all equations hold in a table with these plain counts in its cells."""
        values = (*figures, 0)
        for left, right in self.sides or ():
            if sum(left(values)) != sum(right(values)):
                return False
        return self.sides is not None


@attrs.frozen(eq=False, repr=False, slots=False)
class Sums:
    """All equations of a table with what explains the failing ones.

    Args:
        equations: every instance of every equation rule.
        places: the indices of a rule's equations, by identity of its options.
        unsettled: indices of the equations that fail or cannot be judged.
        faults: wrong cells that explain equations.
        unexplained: indices of failing equations without explanation.
        corrected: figures that cells should have, as far as that is known.

    """

    equations: Sequence[Equation]
    places: Mapping[int, range]
    unsettled: tuple[int, ...]
    faults: tuple[Fault, ...] = ()
    unexplained: tuple[int, ...] = ()
    corrected: Mapping[Key, Number] = attrs.field(factory=dict)

    @cached_property
    def doubtful(self) -> frozenset[Key]:
        """The cells in equations that fail: what is wrong with them is said already."""
        failing = (self.equations[i] for i in self.unsettled)
        return frozenset(key for equation in failing if equation.residual for _, key in equation.terms)

    def waiting(self, side: str) -> dict[Key, Equation]:
        """The equations whose ``total`` or ``parts`` are blank, by the cell that holds the result."""
        found: dict[Key, Equation] = {}
        for i in self.unsettled:
            if self.equations[i].waits_for == side:
                found.setdefault(self.equations[i].place, self.equations[i])
        return found


def judge(table: Table, figures: Figures, asked: Instances) -> Sums:
    """Judge the equations of a table.

    Args:
        table: the table.
        figures: what stands in its cells.
        asked: the equations.

    Returns:
        The equations, judged and explained.

    """
    if not figures.odd and asked.hold(figures.plain.values()):
        return Sums(asked.equations, asked.places, ())
    equations = [_judged(equation, figures.plain, table.cells) for equation in asked.equations]
    unsettled = tuple(i for i, equation in enumerate(equations) if equation.residual or equation.blocked)
    if all(equations[i].blocked for i in unsettled):
        return Sums(equations, asked.places, unsettled)
    values = {key: cell.amount for key, cell in table.cells.items() if cell.amount is not None}
    silent = [(row, column) for row, column, cell in figures.odd if cell.value.state is not CellState.NUMBER]
    solution = solve(equations, values, silent)
    corrected = {key: values[key] + amount for fault in solution.faults for key, amount in fault.cells}
    return Sums(equations, asked.places, unsettled, solution.faults, solution.unexplained, corrected)


@lru_cache(maxsize=64)
def instances(shape: Shape, rules: tuple[Rule, ...], knowledge: Knowledge) -> Instances:
    """The equations of some rules in a table of a shape.

    Args:
        shape: which cells the table has.
        rules: equation rules of this table.
        knowledge: all editions; a group's members are those of any of them.

    """
    equations: list[Equation] = []
    places: dict[int, range] = {}
    for rule in rules:
        begin = len(equations)
        equations += _instances(shape, rule, groups(knowledge))
        places[id(rule.options)] = range(begin, len(equations))
    return Instances(tuple(equations), places, _sides(shape, equations))


def _sides(shape: Shape, equations: Sequence[Equation]) -> tuple[tuple[_Side, _Side], ...] | None:
    """As in `Instances`."""
    index = {key: place for place, key in enumerate(shape.keys)}
    zero = len(shape.keys)
    sides = []
    for equation in equations:
        if equation.blocked or any(abs(factor) != 1 or key not in index for factor, key in equation.terms):
            return None
        left = [index[key] for factor, key in equation.terms if factor > 0]
        right = [index[key] for factor, key in equation.terms if factor < 0]
        sides.append((itemgetter(zero, zero, *left), itemgetter(zero, zero, *right)))
    return tuple(sides)


def identities(
    keys: Sequence[Key], rules: Sequence[Rule], knowledge: Knowledge
) -> list[tuple[tuple[Number, Key], ...]]:
    """The equations that are asked of a table with certain cells.

    Args:
        keys: row and column of its cells.
        rules: its equation rules, as far as they apply.
        knowledge: all editions.

    Returns:
        Factors and cells that make nothing when they are added up, an item an equation; one that lacks a cell is left out.

    """
    asked = instances(shape_with(tuple(keys)), tuple(rules), knowledge)
    return [equation.terms for equation in asked.equations if not equation.blocked]


@lru_cache(maxsize=8)
def groups(knowledge: Knowledge) -> Groups:
    """Rows and columns by the group they belong to, over all editions."""
    found: dict[str, dict[str, Entry]] = {}
    for edition in knowledge.editions:
        for table in edition.tables.values():
            for block in table.blocks:
                for entry in (*block.rows, *block.columns):
                    if entry.group:
                        found.setdefault(entry.group, {}).setdefault(entry.key, entry)
    return {group: list(entries.values()) for group, entries in found.items()}


def _instances(shape: Shape, rule: Rule, members: Groups) -> list[Equation]:
    """The equation in every row or column that it is asked of."""
    options: EquationOptions = rule.options
    along_rows = options.for_each == "row"
    axis, across = (shape.rows, shape.columns) if along_rows else (shape.columns, shape.rows)
    lines = [line for line in axis if (not options.only or line in options.only) and line not in options.excepting]
    part = options.equation.comparisons[0]
    factors: list[tuple[Number, str]] = []
    missing = ""
    for side, sign in ((part.left, 1), (part.right, -1)):
        for term in side:
            names = _names(term, members, across)
            if names is None and term.name:
                missing = "missing"
            factors += [(sign * term.factor, name) for name in names or ()]
    result = part.left[0].name
    equations = []
    for line in lines:
        terms = tuple((factor, (line, name) if along_rows else (name, line)) for factor, name in factors)
        place = (line, result) if along_rows else (result, line)
        equations.append(Equation(rule.id, line, place, terms, blocked=missing))
    return equations


def _names(term: Term, members: Groups, present: Sequence[str]) -> list[str] | None:
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


def _judged(equation: Equation, plain: Mapping[Key, int], cells: Mapping[Key, Cell]) -> Equation:
    """An equation with what it comes to; the same one where it holds, or can never be judged."""
    if equation.blocked:
        return equation
    try:
        residual = sum([factor * plain[key] for factor, key in equation.terms])
    except KeyError:
        return _judged_with_care(equation, cells)
    return equation._replace(residual=residual) if residual else equation


def _judged_with_care(equation: Equation, cells: Mapping[Key, Cell]) -> Equation:
    """An equation with a cell that is no plain count, or is not there."""
    residual: Number = 0
    blanks: list[Number] = []
    for factor, key in equation.terms:
        cell = cells.get(key)
        amount = cell.amount if cell else None
        if cell is None or amount is None:
            return equation._replace(blocked="missing" if cell is None else "text")
        if amount < 0 or isinstance(amount, Decimal):
            return equation._replace(blocked="no-count")
        if cell.value.state is not CellState.NUMBER:
            blanks.append(factor)
        residual += factor * amount
    if residual and blanks and (len({factor > 0 for factor in blanks}) == 2 or (blanks[0] > 0) == (residual < 0)):
        return equation._replace(residual=residual, blocked="blank", waits_for=_waits_for(equation, cells))
    return equation._replace(residual=residual)


def _waits_for(equation: Equation, cells: Mapping[Key, Cell]) -> str:
    """Which side of a sum of parts is blank altogether."""
    parts = [cells[key].value.state is not CellState.NUMBER for _, key in equation.terms if key != equation.place]
    total = cells[equation.place].value.state is not CellState.NUMBER
    if sum(factor > 0 for factor, _ in equation.terms) != 1 or all(parts) == total:
        return ""
    return "parts" if all(parts) else "total"
