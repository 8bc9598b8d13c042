"""The cells of a table: which there are, which are plain counts. May import: model.

Tables of one form mostly have the same cells. What follows from that alone is worked out once for all of them: it is kept by `Shape`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

import attrs

from giro_lint.checks.solver import Key, Number
from giro_lint.model.document import Cell, LazyCells, Order, Table
from giro_lint.model.values import CellState

Place = tuple[str, str, Cell]
"""Row key, column key and cell."""


@attrs.frozen(eq=False, repr=False, slots=False)
class Shape:
    """Which cells a table has, whatever stands in them.

    Args:
        keys: row and column of each cell, in the order of the table.
        rows: the rows, in the order in which cells name them first.
        columns: the columns, likewise.

    """

    keys: tuple[Key, ...]
    rows: tuple[str, ...]
    columns: tuple[str, ...]


def shape_of(table: Table) -> Shape:
    """The shape of a table; one object for all tables of that shape."""
    cells = table.cells
    return _shape_in(cells.order) if isinstance(cells, LazyCells) else shape_with(tuple(cells))


@lru_cache(maxsize=128)
def _shape_in(order: Order) -> Shape:
    return shape_with(tuple(order.places))


@lru_cache(maxsize=128)
def shape_with(keys: tuple[Key, ...]) -> Shape:
    """The shape of a table with some cells."""
    rows, columns = (tuple(dict.fromkeys(key[axis] for key in keys)) for axis in (0, 1))
    return Shape(keys, rows, columns)


class Figures(NamedTuple):
    """What stands in the cells of a table.

    Attributes:
        numbers: the cells that hold a number of whatever kind.
        plain: those of them that hold a count as it should be written.
        odd: all other cells.

    """

    numbers: Mapping[Key, Number]
    plain: Mapping[Key, int]
    odd: Sequence[Place]


def figures_of(table: Table) -> Figures:
    """Sort the cells of a table."""
    cells = table.cells
    if isinstance(cells, LazyCells):
        plain, keys = cells.counts, cells.odd
    else:
        plain = {key: count for key, cell in cells.items() if (count := cell.value.plain_count) is not None}
        keys = [key for key in cells if key not in plain]
    odd = [(*key, cells[key]) for key in keys]
    others = {(row, column): cell.amount for row, column, cell in odd if cell.value.state is CellState.NUMBER}
    return Figures({**plain, **others} if others else plain, plain, odd)
