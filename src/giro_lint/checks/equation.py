"""Kinds ``equation``, ``culprit`` and ``blocked``: the sums of a table. May import: facts, sums, binding.labels, model."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from giro_lint.binding.labels import short_label
from giro_lint.checks.facts import Facts, cell_name, labels
from giro_lint.checks.solver import Equation, Fault, Key
from giro_lint.checks.sums import Sums
from giro_lint.model.diagnostic import Addend, Applicability, Edit, Finding, Fix, Sum
from giro_lint.model.document import Table
from giro_lint.model.source import Span

if TYPE_CHECKING:
    from giro_lint.ruleset.figure_options import BlockedOptions, CulpritOptions, EquationOptions

_MANY = 6
"""So many equations of one rule that fail are told one by one; more have a common cause."""
_DRAWN = 12
"""So many equations of one finding are drawn."""


def check_equation(facts: Facts, options: EquationOptions) -> Generator[Finding, None, int | str]:
    """Yield the equations of this rule that fail and that no cell explains; very many of them are one finding."""
    table, sums = facts.document.tables.get(options.table), facts.sums(options.table)
    if table is None or sums is None:
        return "no-table"
    mine = sums.places.get(id(options), range(0))
    failing = [sums.equations[i] for i in sums.unexplained if i in mine]
    if len(failing) > _MANY:
        yield _all_of_them(facts, table, failing)
    else:
        for equation in failing:
            said = _said(facts, table, options, equation)
            yield Finding(
                _span(table, equation.place),
                _anchor(table, equation.place),
                said,
                related=_terms(table, equation),
                sums=_sums(facts, table, [equation]),
            )
    blocked = sum(i in mine for i in sums.unsettled if sums.equations[i].blocked)
    return len(mine) - blocked or "blocked"


def idle_equations(facts: Facts, rules: Sequence[EquationOptions]) -> Sequence[int | str | None]:
    """Which rules find nothing since every equation of their table holds."""
    told: list[int | str | None] = []
    for rule in rules:
        sums = facts.sums(rule.table)
        if sums is None:
            told.append("no-table")
        else:
            told.append(None if sums.unsettled else len(sums.places.get(id(rule), ())) or "blocked")
    return told


def _all_of_them(facts: Facts, table: Table, failing: list[Equation]) -> Finding:
    first = failing[0]
    data = {
        "line": line_name(facts, table, first),
        "lines": "、".join(line_name(facts, table, equation) for equation in failing),
        "count": len(failing),
        "table": table.form.label,
    }
    related = tuple(
        (_span(table, other.place), "line", {"line": line_name(facts, table, other)}) for other in failing[1:]
    )
    sums = _sums(facts, table, failing)
    return Finding(_span(table, first.place), _anchor(table, first.place), data, "many", related, sums=sums)


def _said(facts: Facts, table: Table, options: EquationOptions, equation: Equation) -> dict[str, Any]:
    names = labels(facts.knowledge, table.edition.id)
    part = options.equation.comparisons[0]
    split = (
        len(part.left)
        if not any(term.summed for term in part.left)
        else sum(1 for factor, _ in equation.terms if factor > 0)
    )
    values = [factor * (table.cells[key].amount or 0) for factor, key in equation.terms]
    left, right = sum(values[:split]), -sum(values[split:])
    return {
        "line": line_name(facts, table, equation),
        "left_text": _spelled(names, table.key, part.left),
        "right_text": _spelled(names, table.key, part.right),
        "left": left,
        "right": right,
        "difference": abs(left - right),
        "table": table.form.label,
    }


def _spelled(names: Mapping[tuple[str, str], str], table: str, terms: Any) -> str:
    return " + ".join(short_label(names.get((table, term.name), term.name)) for term in terms)


def line_name(facts: Facts, table: Table, equation: Equation) -> str:
    """The row or column that an equation runs along, as people call it."""
    return short_label(labels(facts.knowledge, table.edition.id).get((table.key, equation.line), equation.line))


def _anchor(table: Table, key: Key) -> str:
    return f"{table.key}/{'/'.join(key)}"


def _span(table: Table, key: Key) -> Span:
    cell = table.cells.get(key)
    return cell.span if cell else Span(table.start, table.end)


def _terms(table: Table, equation: Equation) -> tuple[tuple[Span, str, Mapping[str, Any]], ...]:
    """The other cells of an equation that are not zero."""
    cells = [table.cells[key] for _, key in equation.terms if key != equation.place]
    return tuple((cell.span, "term", {"value": cell.amount}) for cell in cells if cell.amount)


def _sums(facts: Facts, table: Table, equations: Sequence[Equation]) -> tuple[Sum, ...]:
    """Equations as they are drawn: the cell they stand in first, then the others in the order of the text."""
    drawn = []
    for equation in equations[:_DRAWN]:
        terms = [(factor, table.cells[key], key != equation.place) for factor, key in equation.terms]
        terms.sort(key=lambda term: (term[2], term[1].start))
        addends = tuple(Addend(factor, cell.amount or 0, cell.span) for factor, cell, _ in terms)
        drawn.append(Sum(line_name(facts, table, equation), addends))
    return tuple(drawn)


def check_culprit(facts: Facts, options: CulpritOptions) -> Generator[Finding, None, int | str]:
    """Yield the cells that explain what fails: wrong cells, or two cells that are off by opposite amounts."""
    table, sums = facts.document.tables.get(options.table), facts.sums(options.table)
    if table is None or sums is None:
        return "no-table"
    for fault in sums.faults:
        if fault.swapped != (options.cells == "two"):
            continue
        if fault.swapped:
            yield _swap(facts, table, sums, fault)
        else:
            for key, amount in fault.cells:
                yield _wrong(facts, table, sums, fault, key, amount)
    return len(table.cells)


def _wrong(facts: Facts, table: Table, sums: Sums, fault: Fault, key: Key, amount: Any) -> Finding:
    cell = table.cells[key]
    expected = cell.amount + amount
    broken = [sums.equations[i] for i in fault.equations if any(term == key for _, term in sums.equations[i].terms)]
    lines = dict.fromkeys(line_name(facts, table, equation) for equation in broken)
    data = {
        "cell": cell_name(facts, table.key, *key),
        "actual": cell.amount,
        "expected": expected,
        "equations": "、".join(lines),
    }
    related = tuple(
        (_span(table, e.place), "equation", {"equation": line_name(facts, table, e)}) for e in broken if e.place != key
    )
    fix = Fix((Edit(cell.span, str(expected)),), Applicability.UNSAFE)
    return Finding(cell.span, _anchor(table, key), data, "", related, fix, _sums(facts, table, broken))


def _swap(facts: Facts, table: Table, sums: Sums, fault: Fault) -> Finding:
    lines = [sums.equations[i] for i in fault.equations]
    first, last = lines[0], lines[-1]
    shown = dict.fromkeys(line_name(facts, table, equation) for equation in lines)
    data: dict[str, Any] = {"lines": "、".join(shown), "difference": abs(first.residual)}
    drawn = _sums(facts, table, lines)
    if fault.cells:
        (one, amount), (two, opposite) = sorted(fault.cells, key=lambda change: table.cells[change[0]].start)
        actual, other = table.cells[one].amount, table.cells[two].amount
        data |= {"cell": cell_name(facts, table.key, *one), "actual": actual, "expected": actual + amount}
        data |= {"other": cell_name(facts, table.key, *two), "other_actual": other, "other_expected": other + opposite}
        related = ((_span(table, two), "other", data),)
        return Finding(_span(table, one), _anchor(table, one), data, "cells", related, sums=drawn)
    along_rows = all(row == first.line for _, (row, _) in first.terms)
    related = ((_span(table, last.place), "other", data),)
    variant = "rows" if along_rows else "columns"
    return Finding(_span(table, first.place), _anchor(table, first.place), data, variant, related, sums=drawn)


def check_blocked(facts: Facts, options: BlockedOptions) -> Generator[Finding, None, int | str]:
    """Yield sums that blanks keep from being judged: the total is blank, or all parts are."""
    table, sums = facts.document.tables.get(options.table), facts.sums(options.table)
    if table is None or sums is None:
        return "no-table"
    found = sums.waiting(options.blank)
    if found:
        first, *others = found.values()
        lines = "、".join(line_name(facts, table, each) for each in found.values())
        data = {
            "line": line_name(facts, table, first),
            "lines": lines,
            "count": len(found),
            "value": abs(first.residual),
        }
        related = tuple((_span(table, e.place), "line", {"line": line_name(facts, table, e)}) for e in others)
        yield Finding(_span(table, first.place), _anchor(table, first.place), data, related=related)
    return len(sums.equations)
