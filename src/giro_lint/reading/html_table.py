"""Which rows of a page's tables are figures and which only lay text out, and the cells that go on downwards. May import: html_page."""

from __future__ import annotations

import re

import attrs

from giro_lint.reading.html_page import Page

_PROSE = 60
"""A cell with a sentence in it and so many letters is text, not a figure or a label."""
_NESTED = 2
"""So many rows inside a cell are a table of their own."""
_HEADING = re.compile(r"第?[一二三四五六七八九十]{1,2}[、.．]")
_LONGEST_HEADING = 60
_WIDEST = 1000
_TALLEST = 65534
_OPEN = 40
"""So many cells at most go on downwards side by side."""


def cells_of(page: Page, row: int) -> list[int]:
    """The cells of a row that are shown, as indices."""
    found = []
    at, last = row + 1, page.nodes[row].last
    while at < last:
        kind = page.kinds[at]
        if kind == "td":
            found.append(at)
        at = at + 1 if kind in {"inline", "block"} else page.nodes[at].last
    return found


def rows_of(page: Page, table: int) -> list[int]:
    """The rows of a table that are shown, without those of tables in its cells, as indices."""
    found = []
    at, last = table + 1, page.nodes[table].last
    while at < last:
        kind = page.kinds[at]
        if kind == "tr":
            found.append(at)
        at = at + 1 if kind in {"inline", "block", "group"} else page.nodes[at].last
    return found


@attrs.define(eq=False, repr=False)
class Open:
    """A cell that goes on in the rows below: its first column, its width and how many rows are left."""

    column: int
    width: int
    left: int


@attrs.define(eq=False, repr=False)
class Table:
    """A table that is being written.

    Args:
        single: whether no row has more than one cell, so that the table only lays text out.
        spare: how many cells that go on downwards may still be written.
        open: the cells of the rows above that go on downwards, by column.
        begun: those of the current row.
        column: the next column of the current row.
        passed: how many of the open ones the current row has passed.

    """

    single: bool = False
    spare: int = 0
    open: list[Open] = attrs.field(factory=list)
    begun: list[Open] = attrs.field(factory=list)
    column: int = 0
    passed: int = 0

    @classmethod
    def of(cls, page: Page, table: int) -> Table:
        """A table of a page."""
        single = all(len(cells_of(page, row)) <= 1 for row in rows_of(page, table))
        return cls(single, 200 + 4 * page.amount("cells", table))

    def is_text(self, page: Page, cells: list[int]) -> bool:
        """Whether a row only lays text out: it has sentences, a table, or nothing but a heading."""
        if self.single or any(_holds_text(page, cell) for cell in cells):
            return True
        if len(cells) != 1 or self.open or page.amount("shown", cells[0]) > _LONGEST_HEADING:
            return False
        words = page.shown_text(cells[0], page.nodes[cells[0]].last, _LONGEST_HEADING)
        return _HEADING.match(words) is not None

    def before(self, page: Page, cell: int) -> int:
        """Take a cell's place in its row.

        Args:
            page: the page.
            cell: index of the cell.

        Returns:
            How many cells that go on from above stand before it.

        """
        count = self._pass(self.column)
        width = min(max(page.number(page.nodes[cell], "colspan", 1), 1), _WIDEST)
        height = page.number(page.nodes[cell], "rowspan", 1)
        height = _TALLEST if height == 0 else min(max(height, 1), _TALLEST)
        if height > 1 and len(self.open) + len(self.begun) < _OPEN:
            self.begun.append(Open(self.column, width, height - 1))
        self.column += width
        return count

    def end_row(self) -> int:
        """End a row; how many cells that go on from above stand at its end."""
        count = self._pass(_WIDEST * _WIDEST)
        for cell in self.open:
            cell.left -= 1
        self.open = sorted([*(cell for cell in self.open if cell.left), *self.begun], key=lambda cell: cell.column)
        self.begun, self.column, self.passed = [], 0, 0
        return count

    def end_group(self) -> None:
        """No cell goes on beyond the group of rows it stands in."""
        self.open = []

    def _pass(self, column: int) -> int:
        count = 0
        while self.passed < len(self.open) and self.open[self.passed].column <= column:
            cell = self.open[self.passed]
            self.column = column = max(self.column, cell.column + cell.width) if column < _WIDEST * _WIDEST else column
            self.passed += 1
            count += 1
        count = min(count, self.spare)
        self.spare -= count
        return count


def _holds_text(page: Page, cell: int) -> bool:
    rows = page.amount("rows", cell)
    return rows >= _NESTED or (page.amount("stops", cell) > 0 and page.amount("shown", cell) >= _PROSE)
