"""Kind ``relation``: comparisons between cells, where a condition holds. May import: facts, cells, formulas, model."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from giro_lint.checks.cells import Shape
from giro_lint.checks.facts import Facts, cell_name
from giro_lint.checks.formulas import TESTS, cell_span, formula_holds
from giro_lint.checks.solver import Key, Number
from giro_lint.model.diagnostic import Finding
from giro_lint.model.document import Table
from giro_lint.model.formula import Formula, Term
from giro_lint.model.patterns import pattern

if TYPE_CHECKING:
    from giro_lint.ruleset.figure_options import RelationOptions


def check_relation(facts: Facts, options: RelationOptions) -> Generator[Finding, None, int | str]:
    """Yield where the condition holds and the expectation does not."""
    if options.unless_body and pattern(options.unless_body).search(facts.document.body):
        return "body-kind"
    if not options.table:
        return (yield from _dotted(facts, options))
    table = facts.document.tables.get(options.table)
    if table is None:
        return "no-table"
    looked = found = 0
    for line, values in _lines(facts, options):
        looked += 1
        if not (options.once and found) and not _fits(options, values):
            found += 1
            yield _finding(facts, table, options, line, values)
    return looked or "no-row"


def _lines(facts: Facts, options: RelationOptions) -> Iterator[tuple[str, Mapping[str, Number]]]:
    """The rows or columns to look at, with their figures; those that do not add up are passed over."""
    names = facts.course.ready(options, _names)
    numbers, sums = facts.figures(options.table).numbers, facts.sums(options.table)
    doubtful = sums.doubtful if sums else ()
    for line, cells in _cells(facts.shapes[options.table], names, options.only, options.for_each):
        try:
            values = {name: numbers[key] for name, key in cells}
        except KeyError:
            continue
        if doubtful and any(key in doubtful for _, key in cells):
            continue
        if not options.when or options.both or all(_true(condition, values) for condition in options.when):
            yield line, values


def _names(options: RelationOptions) -> tuple[str, ...]:
    """The names in all formulas of a rule."""
    return tuple(dict.fromkeys(name for formula in (options.expect, *options.when) for name in formula.names))


@lru_cache(maxsize=256)
def _cells(
    shape: Shape, names: tuple[str, ...], only: tuple[str, ...], for_each: str
) -> Sequence[tuple[str, Sequence[tuple[str, Key]]]]:
    """The rows or columns that have a cell for every name, and these cells by name."""
    along_rows = for_each == "row"
    lines = [line for line in (shape.rows if along_rows else shape.columns) if not only or line in only]
    cells = {line: [(name, (line, name) if along_rows else (name, line)) for name in names] for line in lines}
    return [(line, named) for line, named in cells.items() if set(shape.keys).issuperset(key for _, key in named)]


def _key(options: RelationOptions, line: str, name: str) -> Key:
    return (line, name) if options.for_each == "row" else (name, line)


def _fits(options: RelationOptions, values: Mapping[str, Number]) -> bool:
    expected = _true(options.expect, values)
    return expected == all(_true(condition, values) for condition in options.when) if options.both else expected


def _finding(facts: Facts, table: Table, options: RelationOptions, line: str, values: Mapping[str, Number]) -> Finding:
    variant = "reverse" if options.both and _true(options.expect, values) else ""
    name = options.at or options.expect.names[0]
    key = _key(options, line, name)
    others = [
        (table.cells[other], value) for part, value in values.items() if (other := _key(options, line, part)) != key
    ]
    called = cell_name(facts, table.key, *key)
    data = {**values, "cell": called, "row": called.split("·")[0]}
    related = tuple((cell.span, "term", {"value": value}) for cell, value in others)
    return Finding(table.cells[key].span, f"{table.key}/{'/'.join(key)}", data, variant=variant, related=related)


def _true(formula: Formula, values: Mapping[str, Number]) -> bool:
    for left, operator, right in formula.comparisons:  # noqa: SIM110  a plain loop: this runs for every row
        if not TESTS[operator](_total(left, values), _total(right, values)):
            return False
    return True


def _total(terms: tuple[Term, ...], values: Mapping[str, Number]) -> Number:
    total: Number = 0
    for factor, name, _ in terms:
        total += factor * values[name] if name else factor
    return total


def _dotted(facts: Facts, options: RelationOptions) -> Generator[Finding, None, int | str]:
    conditions = [formula_holds(facts, condition) for condition in options.when]
    expected = formula_holds(facts, options.expect)
    if None in conditions or expected is None:
        return "no-table"
    if all(conditions) and not expected:
        name = options.at or options.expect.names[0]
        span = cell_span(facts, name)
        if span is not None:
            table, row, column = name.split(".")
            value = facts.document.tables[table].cells[row, column].amount
            yield Finding(span, name.replace(".", "/"), {"value": value, "cell": cell_name(facts, table, row, column)})
    return 1
