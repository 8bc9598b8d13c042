"""Kind ``cell``: cells that are not the plain count that is due. May import: facts, cells, binding.labels, grammar.numbers, model."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from giro_lint.binding.labels import squeeze
from giro_lint.checks.cells import Place, Shape
from giro_lint.checks.facts import Facts, cell_name, labels
from giro_lint.checks.solver import Key
from giro_lint.grammar.numbers import parse_amount
from giro_lint.model.diagnostic import Edit, Finding, Fix
from giro_lint.model.document import Cell, Table
from giro_lint.model.patterns import lazy
from giro_lint.model.source import Span
from giro_lint.model.values import CellState

if TYPE_CHECKING:
    from giro_lint.ruleset.figure_options import CellOptions

_NARROW = str.maketrans("０１２３４５６７８９－＋．，", "0123456789-+.,")
_MONEY = "元"
_UNITS = lazy(r"[百千万亿]*元")
_GROUPED_FROM = 1000
_ALL_CELLS = {"no-unit", "each"}
"""Tests that a plain count may pass too."""

Keys = tuple[str, ...]

Chooser = tuple[Keys, Keys, Keys]
"""Keys of columns and of rows that are looked at, all when empty, and keys of columns that are left out."""


def check_cell(facts: Facts, options: CellOptions) -> Generator[Finding, None, int | str]:
    """Yield the cells that pass the test; with ``once`` the first of each table speaks for all."""
    tables = facts.document.tables
    if options.tables:
        tables = {key: table for key, table in tables.items() if key in options.tables}
    if not tables:
        return "no-table"
    chooser = (options.columns, options.rows, options.except_columns)
    every = options.limit or options.test in _ALL_CELLS
    looked = 0
    for key, table in tables.items():
        keys = _chosen(facts.shapes[key], chooser)
        looked += len(keys)
        places = [(*each, table.cells[each]) for each in keys] if every else facts.figures(key).odd
        if places and keys:
            test = _test(facts, table, options)
            found = [place for place in places if place[:2] in keys and test(*place)]
            for row, column, cell in found[:1] if options.once else found:
                yield _finding(facts, table, options, found if options.once else [(row, column, cell)])
    return looked or "no-row"


def idle_cells(facts: Facts, rules: Sequence[CellOptions]) -> Sequence[int | str | None]:
    """Which rules find nothing since they look at no cell, or at odd cells alone and no odd cell bears a sign of theirs."""
    wanted, choosers = facts.course.ready(rules, _wanted)
    shapes = tuple(facts.shapes.items())
    odd = [(key, (row, column), _signs(cell)) for key, _ in shapes for row, column, cell in facts.figures(key).odd]
    borne = {sign for _, _, signs in odd for sign in signs}
    told: list[int | str | None] = []
    for marks, (tables, chooser), count in zip(wanted, choosers, _looked(shapes, choosers), strict=True):
        idle = marks is not None and (
            marks.isdisjoint(borne)
            or not any(
                not marks.isdisjoint(signs)
                and (not tables or table in tables)
                and place in _chosen(facts.shapes[table], chooser)
                for table, place, signs in odd
            )
        )
        told.append(count if idle or isinstance(count, str) else None)
    return told


def _wanted(rules: Sequence[CellOptions]) -> tuple[Sequence[frozenset[str] | None], tuple[tuple[Keys, Chooser], ...]]:
    """Of each rule, the signs that an odd cell has to bear one of, None where plain counts matter too; and where it looks."""
    signs = [None if rule.limit or rule.test in _ALL_CELLS else _TESTS[rule.test] for rule in rules]
    return signs, tuple((rule.tables, (rule.columns, rule.rows, rule.except_columns)) for rule in rules)


@lru_cache(maxsize=64)
def _looked(shapes: tuple[tuple[str, Shape], ...], choosers: tuple[tuple[Keys, Chooser], ...]) -> Sequence[int | str]:
    """How many cells of some tables each rule looks at, or why at none."""
    found: list[int | str] = []
    for tables, chooser in choosers:
        asked = [shape for key, shape in shapes if not tables or key in tables]
        found.append(sum(len(_chosen(shape, chooser)) for shape in asked) or ("no-row" if asked else "no-table"))
    return found


@lru_cache(maxsize=512)
def _chosen(shape: Shape, chooser: Chooser) -> Mapping[Key, None]:
    """The cells of a table that a rule looks at, in their order."""
    columns, rows, left_out = chooser
    heads = {column for column in shape.columns if (not columns or column in columns) and column not in left_out}
    return {(row, column): None for row, column in shape.keys if column in heads and (not rows or row in rows)}


def _finding(facts: Facts, table: Table, options: CellOptions, found: Sequence[Place]) -> Finding:
    names = labels(facts.knowledge, table.edition.id)
    row, column, cell = found[0]
    data: dict[str, Any] = {
        "found": squeeze(cell.text),
        "cell": cell_name(facts, table.key, row, column),
        "count": len(found),
        "columns": "、".join(dict.fromkeys(names.get((table.key, name), name) for _, name, _ in found)),
        "table": table.form.label,
        "unit": cell.value.unit,
        "value": cell.amount,
    }
    anchor = table.key if options.once else f"{table.key}/{row}/{column}"
    variant = _variant(facts, table, column, cell) if options.limit else ""
    return Finding(cell.span, anchor, data, variant=variant, fix=_fix(options.test, [each for _, _, each in found]))


def _variant(facts: Facts, table: Table, column: str, cell: Cell) -> str:
    """``large`` without a unit, ``same`` where the unit changes nothing: the header's own, or behind a 0."""
    unit = cell.value.unit
    if not unit:
        return "large"
    said = (_UNITS.findall(head)[-1:] for head in _heads(facts, table, column))
    return "same" if not cell.amount or [unit] in said else ""


def _fix(test: str, cells: Sequence[Cell]) -> Fix | None:
    """Form may be mended, figures never."""
    if test == "fullwidth":
        return Fix(
            tuple(Edit(cell.span, cell.text[cell.value.start : cell.value.end].translate(_NARROW)) for cell in cells)
        )
    if test == "padded":
        return Fix(tuple(edit for cell in cells for edit in _trimmed(cell)))
    return None


def _trimmed(cell: Cell) -> list[Edit]:
    """Take away the white space on both sides of a cell's text."""
    lead = len(cell.text) - len(cell.text.lstrip())
    end = len(cell.text.rstrip())
    sides = (Span(cell.start, cell.start + lead), Span(cell.start + end, cell.end))
    return [Edit(side, "") for side in sides if side.end > side.start]


def _test(facts: Facts, table: Table, options: CellOptions) -> Callable[[str, str, Cell], bool]:
    """The test as a function of row, column and cell."""
    if options.test == "grouped-mixed" and not _mixed(table.cells.values()):
        return lambda _row, _column, _cell: False
    if options.test == "blank":
        sums = facts.sums(table.key)
        told = sums.waiting("total") if sums else {}
        return lambda row, column, cell: cell.value.state is CellState.BLANK and (row, column) not in told
    if options.test == "no-unit":
        return lambda _row, column, cell: _unitless(cell) and not _headed_with_unit(facts, table, column)
    if options.test == "each":
        return lambda row, _column, cell: _odd_each(table, options, row, cell)
    if options.test == "places":
        return lambda _row, _column, cell: _decimals(cell) > options.places
    marks = _TESTS[options.test]
    kinds = not options.limit_kinds or facts.document.body_kind in options.limit_kinds
    if options.limit and kinds:
        return lambda _row, _column, cell: (
            not marks.isdisjoint(_signs(cell)) or (_is_number(cell) and cell.amount >= options.limit)
        )
    return lambda _row, _column, cell: not marks.isdisjoint(_signs(cell))


def _mixed(cells: Iterable[Cell]) -> bool:
    large = [cell for cell in cells if _is_number(cell) and abs(cell.amount) >= _GROUPED_FROM]
    grouped = [cell for cell in large if "grouped" in cell.value.flags]
    return 0 < len(grouped) < len(large)


def _is_number(cell: Cell) -> bool:
    return cell.value.state is CellState.NUMBER


def _unitless(cell: Cell) -> bool:
    return (
        _is_number(cell)
        and cell.amount != 0
        and _MONEY not in cell.text
        and "¥" not in cell.text
        and "￥" not in cell.text
    )


def _headed_with_unit(facts: Facts, table: Table, column: str) -> bool:
    return any(_MONEY in head for head in _heads(facts, table, column))


def _heads(facts: Facts, table: Table, column: str) -> list[str]:
    """The headers of a column as typed."""
    spans = [span for key, span in table.columns.items() if key.rsplit("/", 1)[-1] == column]
    return [facts.document.source.text[span.start : span.end] for span in spans]


def _odd_each(table: Table, options: CellOptions, row: str, cell: Cell) -> bool:
    """Whether the amount that falls to one item is out of bounds."""
    count = table.cells.get((row, options.per))
    if count is None or not (_is_number(cell) and _is_number(count)) or count.amount <= 0:
        return False
    worth = _worth(cell)
    return worth is not None and worth > 0 and not options.low <= worth / count.amount <= options.high


def _worth(cell: Cell) -> Decimal | None:
    """The sum of money in 元 that a figure with its unit behind it is, or None; a remark behind that tells of another sum."""
    unit = cell.value.unit
    if "noted" in cell.value.flags or not squeeze(cell.text[cell.value.end :]).startswith(unit):
        return None
    one = _one(unit)
    return one and cell.amount * one


@lru_cache(maxsize=64)
def _one(unit: str) -> Decimal | None:
    """What one of a unit of money is worth in 元; None for any other unit."""
    amount = parse_amount(f"1{unit}")
    return amount.value if amount else None


def _decimals(cell: Cell) -> int:
    value = cell.value.value
    return -int(value.as_tuple().exponent) if isinstance(value, Decimal) else 0


def _signs(cell: Cell) -> set[str]:
    """What is odd about a cell: its state, how its figure is written, ``negative``, ``decimal``."""
    value = cell.value
    if value.state is not CellState.NUMBER:
        return {value.state.value}
    signs = set(value.flags)
    if "residue" in signs:
        signs.discard("padded")
    if value.unit:
        signs.add("unit")
    if cell.amount < 0:
        signs.add("negative")
    if isinstance(value.value, Decimal):
        signs.add("decimal")
    return signs


_TESTS: Mapping[str, frozenset[str]] = {
    "placeholder": frozenset({"placeholder"}),
    "text": frozenset({"text"}),
    "blank": frozenset({"blank"}),
    "not-integer": frozenset({"text", "decimal"}),
    "negative": frozenset({"negative"}),
    "fraction": frozenset({"decimal"}),
    "places": frozenset({"decimal"}),
    "padded": frozenset({"padded"}),
    "fullwidth": frozenset({"fullwidth"}),
    "grouped-mixed": frozenset({"grouped"}),
    "unit": frozenset({"unit"}),
    "odd-digits": frozenset({"chinese", "leading_zero", "letter_o"}),
}
"""The signs by one of which a cell passes a test, or has to bear one of before it is tested further."""
