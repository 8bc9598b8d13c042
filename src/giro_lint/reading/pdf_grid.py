"""Ruling lines to grids: rows, columns and merged cells. May import: pdf_page.

A line may be drawn as a stroke, a thin rectangle, a border of two rectangles, or in pieces; cells are merged where no line parts them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

import attrs

from giro_lint.reading.pdf_page import Box

_SNAP = 3.4
"""Lines that are no further apart are one, in points."""
_SPREAD = 5.0
_FINE = 0.6
_REACH = 3.6
"""How far a line may end before the one it meets."""
_SHORTEST = 5.0
_COVERED = 0.5
"""A line parts two cells when it covers so much of their side."""
_TESTS = 1_500_000
_CELLS = 20_000
_SIDES = 8_000_000
_GRIDS = 60
"""Beyond these the lines of a page are a drawing."""

Stretch = tuple[float, float, float]
"""Where a line stands, and where it begins and ends."""


@attrs.frozen
class Region:
    """A cell, merged or not: its first and last row and column, the last ones included."""

    top: int
    left: int
    bottom: int
    right: int


@attrs.frozen(eq=False)
class Grid:
    """A table drawn with ruling lines.

    Args:
        xs: the edges of its columns.
        ys: the edges of its rows.
        regions: its cells.
        owner: index of the cell by row and column.

    """

    xs: list[float]
    ys: list[float]
    regions: list[Region]
    owner: list[list[int]]

    @property
    def box(self) -> Box:
        """The outer edge."""
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]

    def cell_at(self, x: float, y: float) -> int | None:
        """Index of the cell at a point, or None outside."""
        column, row = bisect_right(self.xs, x) - 1, bisect_right(self.ys, y) - 1
        inside = 0 <= column < len(self.xs) - 1 and 0 <= row < len(self.ys) - 1
        return self.owner[row][column] if inside else None

    def region_box(self, index: int) -> Box:
        """The box of a cell."""
        cell = self.regions[index]
        return self.xs[cell.left], self.ys[cell.top], self.xs[cell.right + 1], self.ys[cell.bottom + 1]


def find_grids(rules: Sequence[Box]) -> list[Grid]:
    """The tables of a page.

    Args:
        rules: boxes of shapes that may be ruling lines.

    Returns:
        The grids from top to bottom; a frame around one cell is none.

    """
    level, upright = _stretches(rules)
    if len(level) * len(upright) > _TESTS:
        return []
    grids = []
    for rows, columns in _components(level, upright):
        grid = _grid(_merged(rows, _SNAP, _SPREAD), _merged(columns, _SNAP, _SPREAD))
        if grid is not None and len(grid.regions) > 1:
            grids.append(grid)
    return sorted(_telling(grids), key=lambda grid: grid.box[1]) if len(grids) <= _GRIDS else []


def _stretches(rules: Sequence[Box]) -> tuple[list[Stretch], list[Stretch]]:
    """Horizontal and vertical lines, pieces of one line put together."""
    level = [((top + bottom) / 2, left, right) for left, top, right, bottom in rules if right - left >= bottom - top]
    upright = [((left + right) / 2, top, bottom) for left, top, right, bottom in rules if right - left < bottom - top]
    return _merged(level, _FINE, _FINE), _merged(upright, _FINE, _FINE)


def _merged(stretches: list[Stretch], snap: float, spread: float) -> list[Stretch]:
    """Lines whose pieces at nearly the same place are put together."""
    found: list[Stretch] = []
    for cluster in _clusters(stretches, snap, spread):
        places = [stretch[0] for stretch in cluster]
        place = (min(places) + max(places)) / 2
        ends: list[tuple[float, float]] = []
        for _, start, end in sorted(cluster, key=lambda stretch: stretch[1]):
            if ends and start <= ends[-1][1] + _REACH:
                ends[-1] = ends[-1][0], max(end, ends[-1][1])
            else:
                ends.append((start, end))
        found += [(place, start, end) for start, end in ends]
    return found


def _clusters(stretches: list[Stretch], snap: float, spread: float) -> list[list[Stretch]]:
    """Groups of lines that stand at nearly the same place."""
    clusters: list[list[Stretch]] = []
    for stretch in sorted(stretches):
        if clusters and stretch[0] - clusters[-1][-1][0] <= snap and stretch[0] - clusters[-1][0][0] <= spread:
            clusters[-1].append(stretch)
        else:
            clusters.append([stretch])
    return clusters


def _components(level: list[Stretch], upright: list[Stretch]) -> list[tuple[list[Stretch], list[Stretch]]]:
    """Lines that meet each other, group by group."""
    parent = list(range(len(level) + len(upright)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    for i, (y, left, right) in enumerate(level):
        for j, (x, top, bottom) in enumerate(upright, len(level)):
            if left - _REACH <= x <= right + _REACH and top - _REACH <= y <= bottom + _REACH:
                parent[root(i)] = root(j)
    groups: dict[int, tuple[list[Stretch], list[Stretch]]] = {}
    for i, stretch in enumerate(level):
        groups.setdefault(root(i), ([], []))[0].append(stretch)
    for j, stretch in enumerate(upright, len(level)):
        groups.setdefault(root(j), ([], []))[1].append(stretch)
    return [(rows, columns) for rows, columns in groups.values() if rows and columns]


def _grid(level: list[Stretch], upright: list[Stretch]) -> Grid | None:
    level = [stretch for stretch in level if stretch[2] - stretch[1] >= _SHORTEST]
    upright = [stretch for stretch in upright if stretch[2] - stretch[1] >= _SHORTEST]
    if not level or not upright:
        return None
    left, right = min(stretch[1] for stretch in level), max(stretch[2] for stretch in level)
    top, bottom = min(stretch[1] for stretch in upright), max(stretch[2] for stretch in upright)
    xs, ys = _places(upright), _places(level)
    open_left, open_right = left < xs[0] - 2 * _REACH, right > xs[-1] + 2 * _REACH
    open_top, open_bottom = top < ys[0] - 2 * _REACH, bottom > ys[-1] + 2 * _REACH
    xs = [left] * open_left + xs + [right] * open_right
    ys = [top] * open_top + ys + [bottom] * open_bottom
    height, width = len(ys) - 1, len(xs) - 1
    if height < 1 or width < 1 or height * width > _CELLS or height * width * (len(level) + len(upright)) > _SIDES:
        return None
    right_of = [[_parts(upright, xs[j + 1], ys[i], ys[i + 1]) for j in range(width - 1)] for i in range(height)]
    below = [[_parts(level, ys[i + 1], xs[j], xs[j + 1]) for j in range(width)] for i in range(height - 1)]
    return _with_regions(xs, ys, right_of, below)


def _places(stretches: list[Stretch]) -> list[float]:
    return [(cluster[0][0] + cluster[-1][0]) / 2 for cluster in _clusters(stretches, _SNAP, _SPREAD)]


def _parts(stretches: list[Stretch], place: float, start: float, end: float) -> bool:
    """Whether lines at a place part two cells whose common side is given."""
    covered = sum(
        max(0.0, min(end, stop) - max(start, begin)) for at, begin, stop in stretches if abs(at - place) <= _SPREAD / 2
    )
    return covered >= _COVERED * (end - start)


def _with_regions(xs: list[float], ys: list[float], right_of: list[list[bool]], below: list[list[bool]]) -> Grid:
    """Cells that no line parts are merged; what is no rectangle keeps the rows and columns it spans."""
    height, width = len(ys) - 1, len(xs) - 1
    owner = [[-1] * width for _ in range(height)]
    regions: list[Region] = []
    for i in range(height):
        for j in range(width):
            if owner[i][j] >= 0:
                continue
            number, waiting = len(regions), [(i, j)]
            owner[i][j] = number
            bottom, first, last = i, j, j
            while waiting:
                row, column = waiting.pop()
                bottom, first, last = max(bottom, row), min(first, column), max(last, column)
                for near_row, near_column, parted in (
                    (row, column + 1, column + 1 >= width or right_of[row][column]),
                    (row, column - 1, column < 1 or right_of[row][column - 1]),
                    (row + 1, column, row + 1 >= height or below[row][column]),
                    (row - 1, column, row < 1 or below[row - 1][column]),
                ):
                    if not parted and owner[near_row][near_column] < 0:
                        owner[near_row][near_column] = number
                        waiting.append((near_row, near_column))
            regions.append(Region(i, first, bottom, last))
    return Grid(xs, ys, regions, owner)


def _telling(grids: list[Grid]) -> list[Grid]:
    """Of grids that lie inside one another the one with more cells: a frame around a table is none, nor is a box in a cell."""
    kept: list[Grid] = []
    for grid in sorted(grids, key=lambda grid: -len(grid.regions)):
        if not any(_inside(grid.box, other.box) or _inside(other.box, grid.box) for other in kept):
            kept.append(grid)
    return kept


def _inside(inner: Box, outer: Box) -> bool:
    before = outer[0] - _REACH <= inner[0] and outer[1] - _REACH <= inner[1]
    return before and inner[2] <= outer[2] + _REACH and inner[3] <= outer[3] + _REACH
