"""A typed table laid out as the form prints it: which cells of a text are one merged cell. May import: model.

A cell that is merged over columns is typed once, followed by blank ones, or repeated; one that is merged over rows has blank or equal
ones below it. How wide a cell is follows from the figures below it: those that the binding found, by row and column of the form.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

import attrs

from giro_lint.model.document import Grid, GridRow, Table

Figure = tuple[Table, str, str]
"""The table, row and column that a figure was bound to."""


@attrs.define(eq=False)
class Box:
    """A cell of the table as printed.

    Args:
        start: where its text begins.
        end: where it ends.
        column: the first column it stands in, from 0.
        width: number of columns.
        head: whether it is a header or a label.
        figure: whether it is a figure of the form.
        height: number of rows.
        merged: places of the blank or equal cells that it takes in.

    """

    start: int
    end: int
    column: int
    width: int
    head: bool
    figure: bool
    height: int = 1
    merged: list[tuple[int, int]] = attrs.field(factory=list)


@attrs.define(eq=False)
class _Row:
    """A row in the making: its texts, the figures among its cells, the cells that go on from another, and the widths."""

    row: GridRow
    texts: list[str]
    figures: list[Figure | None]
    going_on: list[bool] = attrs.field(factory=list)
    widths: list[int] = attrs.field(factory=list)

    @property
    def first(self) -> int:
        """Index of the first figure, or the number of cells."""
        return next((i for i, figure in enumerate(self.figures) if figure), len(self.figures))

    @property
    def header(self) -> bool:
        """Whether there is no figure of the form in it."""
        return self.first == len(self.figures)

    def full(self, width: int) -> bool:
        """Whether it has a cell for every column."""
        return len(self.texts) == width

    def goes_on(self, index: int, above: _Row | None, width: int) -> bool:
        """Whether a cell goes on from another: it is blank or says the same, and no figure was bound to it."""
        text = self.texts[index]
        if self.figures[index] is not None or not text:
            return self.figures[index] is None
        if not self.full(width):
            return False
        label = any(character.isalpha() for character in text)
        if index and text == self.texts[index - 1] and (label or self.first < index):
            return True
        return (
            above is not None
            and label
            and index < self.first
            and [text] == above.texts[index : index + 1]
            and above.full(width)
        )

    def run(self, index: int, width: int) -> int:
        """How many cells from here on go on from others and are exactly so wide together; 0 when none are."""
        for taken in range(1, len(self.texts) - index + 1):
            if not self.going_on[index + taken - 1]:
                return 0
            if sum(self.widths[index : index + taken]) >= width:
                return taken if sum(self.widths[index : index + taken]) == width else 0
        return 0


def lay_out(text: str, grid: Grid, figures: Mapping[int, Figure]) -> list[list[Box]]:
    """The rows of a table as printed.

    Args:
        text: the text that the grid stands in.
        grid: the table as typed.
        figures: the bound figures by the offset at which their cells begin.

    Returns:
        The cells of each row; the widths of the cells of a row and of those that reach into it from above make up the same number.

    """
    rows = [
        _Row(row, [text[start:end].strip() for start, end in row.cells], [figures.get(start) for start, _ in row.cells])
        for row in grid.rows
    ]
    width = max((len(row.texts) for row in rows), default=0)
    for above, row in zip([None, *rows], rows, strict=False):
        row.going_on = [row.goes_on(index, above, width) for index in range(len(row.texts))]
    below: _Row | None = None
    base: _Row | None = None
    for row in reversed(rows):
        row.widths = _widths(row, width, below, base)
        below, base = row, base if row.header else row
    return _boxes(rows)


def _widths(row: _Row, width: int, below: _Row | None, base: _Row | None) -> list[int]:
    """Width of each cell of a row in a table of so many columns; ``base`` is the row of figures that a header belongs to."""
    count = len(row.texts)
    spare = width - count
    if spare == 0 or count == 0:
        return [1] * count
    if row.header:
        told = _header_widths(row, width, below, base) if below and base and count > 1 else None
        return told or [*[1] * (count - 1), spare + 1]
    found = next(figure for figure in row.figures if figure)
    padded = count - 1 if found[0].form.layout == "blocks" else max(row.first - 1, 0)
    return [spare + 1 if i == padded else 1 for i in range(count)]


def _header_widths(row: _Row, width: int, below: _Row, base: _Row) -> list[int] | None:
    """Widths of the cells of a header row, told from the rows below it; None when they cannot be told."""
    labels = sum(base.widths[: base.first])
    corner = [labels] if labels else []
    columns, inside = width - labels, len(row.texts) - len(corner)
    parts = _partitions(base)
    if inside == columns:
        widths: list[int] | None = [1] * columns
    elif inside in parts:
        widths = parts[inside]
    elif below is not base and below.widths[: len(corner)] == corner:
        widths = _by_blanks(inside, list(zip(below.texts, below.widths, strict=True))[len(corner) :])
    else:
        widths = [columns] if inside == 1 else None
    return [*corner, *widths] if widths and sum(widths) == columns else None


def _partitions(below: _Row) -> dict[int, list[int]]:
    """The ways in which the figures of a row belong together, by the number of parts: outer groups, groups, columns."""
    figures = [figure for figure in below.figures if figure]
    if not figures:
        return {}
    table = figures[0][0]
    groups = {entry.key: entry.group for block in table.form.blocks for entry in (*block.rows, *block.columns)}
    lines = [row for _, row, _ in figures] if table.form.layout == "line" else [column for _, _, column in figures]
    inner = [len(list(run)) for _, run in groupby(lines)]
    outer = [len(list(run)) for _, run in groupby(lines, key=lambda key: groups.get(key) or key)]
    return {len(inner): inner, len(outer): outer}


def _by_blanks(count: int, under: Sequence[tuple[str, int]]) -> list[int] | None:
    """Widths of cells over a header row: a blank cell continues one cell above it, cells with text stand under a wider one."""
    runs: list[list[int]] = []
    for blank, run in groupby(under, key=lambda cell: not cell[0]):
        widths = [width for _, width in run]
        runs += [[width] for width in widths] if blank else [widths]
    if len(runs) == count:
        return [sum(run) for run in runs]
    wide = [run for run in runs if len(run) > 1]
    parts = count - len(runs) + 1
    if len(wide) != 1 or parts < 1 or len(wide[0]) % parts:
        return None
    size = len(wide[0]) // parts
    return [
        w
        for run in runs
        for w in ([sum(run[i : i + size]) for i in range(0, len(run), size)] if run is wide[0] else [sum(run)])
    ]


def _boxes(rows: Sequence[_Row]) -> list[list[Box]]:
    """Cells with their columns; labels and headers that go on are one with the cell above, or else with the one before."""
    bound = not all(row.header for row in rows)
    laid: list[list[Box]] = []
    above: dict[int, Box] = {}
    for row in rows:
        boxes: list[Box] = []
        owners: dict[int, Box] = {}
        column = index = 0
        while index < len(row.widths):
            before = boxes[-1] if bound and boxes and boxes[-1].column + boxes[-1].width == column else None
            box, taken = _box(row, index, column, above if bound else {}, before)
            width = sum(row.widths[index : index + taken])
            owners |= dict.fromkeys(range(column, column + width), box)
            if box.column == column and box.height == 1:
                boxes.append(box)
            index += taken
            column += width
        above = owners
        laid.append(boxes)
    return laid


def _box(row: _Row, index: int, column: int, above: Mapping[int, Box], before: Box | None) -> tuple[Box, int]:
    """The box that a cell becomes or joins, and how many cells it takes."""
    upper = above.get(column)
    if row.going_on[index]:
        first = row.header or not before  # behind a label, what goes on is the label
        if first and upper and upper.head and upper.column == column and index < row.first:
            taken = row.run(index, upper.width)
            if taken:
                upper.height += 1
                upper.merged += row.row.cells[index : index + taken]
                return upper, taken
        if before:
            before.width += row.widths[index]
            before.merged.append(row.row.cells[index])
            return before, 1
    start, end = row.row.cells[index]
    return Box(start, end, column, row.widths[index], head=index < row.first, figure=row.figures[index] is not None), 1
