"""The text of cells and the rows of a drawn table. May import: pdf_page, pdf_lines, pdf_grid, pdf_characters."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

import attrs

from giro_lint.reading.pdf_characters import is_wide
from giro_lint.reading.pdf_grid import Grid
from giro_lint.reading.pdf_lines import Piece, joined, pieces_of, printed_lines
from giro_lint.reading.pdf_page import Box, Glyph, around

_FIGURE = re.compile(r"[\s\d０-９.,，．＋+\-－—–―−/／%％()（）元万亿件个]*\Z")
_SPREAD, _EVEN = 0.1, 0.3
"""Characters of a line that stand so many ems apart, and whose distances differ by no more, were spread out."""
_STACK = 3
"""So many lines of figures, or a header above a figure, in each of two cells side by side are rows that no line parts."""
_UPRIGHT, _STEP = 4, 1.9
"""So many characters below each other, no further apart in ems, are a text that runs from top to bottom."""
_LOW = 7.0
"""A row without text that is lower than this stands between two lines that should be one."""


@attrs.define(eq=False)
class Cell:
    """A cell of a row.

    Args:
        text: its text.
        left: its left edge.
        right: its right edge.
        parts: for each page it stands on the page and the box there, with the end of its part of the text.
        fresh: whether it begins in this row, or goes on from the row above.
        deep: whether it goes on in the row below.
        full: whether its last printed line reaches its right edge.

    """

    text: str
    left: float
    right: float
    parts: list[tuple[int, Box, int]]
    fresh: bool = True
    deep: bool = False
    full: bool = False

    @property
    def is_label(self) -> bool:
        """Whether it holds words."""
        return bool(self.text) and not _FIGURE.match(self.text)

    @property
    def is_figure(self) -> bool:
        """Whether it holds a figure."""
        return _is_figure(self.text)


@attrs.define(eq=False)
class TableRow:
    """A row of a table: its cells from left to right, those that are merged sideways once."""

    cells: list[Cell]

    @property
    def texts(self) -> list[str]:
        """The texts of its cells."""
        return [cell.text for cell in self.cells]


@attrs.define(eq=False)
class PrintedTable:
    """A table, or the part of it on a page.

    Args:
        page: 1-based.
        box: its edges on that page.
        rows: its rows.
        drawn: whether it has ruling lines.
        lines: its printed lines instead of rows, where these cannot be told apart.

    """

    page: int
    box: Box
    rows: list[TableRow]
    drawn: bool = True
    lines: list[Piece] = attrs.field(factory=list)


def parts_figures(grid: Grid, glyphs: Sequence[Glyph]) -> bool:
    """Whether the lines of a grid part the figures inside: a frame around a table, or lines between some columns, do not.

    Args:
        grid: its cells.
        glyphs: what is printed inside, in the order of the file.

    """
    stacked: Counter[int] = Counter()
    for index, members in enumerate(_members(grid, glyphs)):
        heights = [glyph.y for glyph in members if not glyph.text.isspace()]
        if not any(glyph.text.isdigit() for glyph in members) or max(heights) - min(heights) < members[0].size / 2:
            continue  # no figures, or one line
        lines = [pieces_of(line) for line in printed_lines(members)]
        figures = [[piece for piece in line if _is_figure(piece.text)] for line in lines]
        if sum(_is_row(*level) for level in zip(lines, figures, strict=True)) > 1:
            return False
        alone = [len(line) == len(found) for line, found in zip(lines, figures, strict=True)]
        headed = any(alone) and not all(figures)
        stacked[grid.regions[index].top] += headed or (len(alone) >= _STACK and all(alone))
    if len(grid.ys) == 2 and any(_is_row_of_headers(members) for members in _members(grid, glyphs)):
        return False
    return max(stacked.values(), default=0) < (2 if len(grid.ys) > 2 else 1)


def _is_row_of_headers(glyphs: list[Glyph]) -> bool:
    """Whether headers of several columns stand in one cell."""
    lines = (pieces_of(line) for line in printed_lines(glyphs)) if glyphs else ()
    return any(len(line) > 2 and all(len(piece.text) > 1 for piece in line) for line in lines)


def _is_figure(text: str) -> bool:
    return _FIGURE.match(text) is not None and any(character.isdigit() for character in text)


def _is_row(line: list[Piece], figures: list[Piece]) -> bool:
    """Whether a line of a cell is a row of a table: several figures side by side, or one behind a label."""
    return len(figures) > 1 or (len(figures) == 1 and len(line) == 2)


def drawn_table(page: int, grid: Grid, glyphs: Sequence[Glyph]) -> PrintedTable:
    """The rows of a table with ruling lines.

    Args:
        page: 1-based.
        grid: its cells.
        glyphs: what is printed inside, in the order of the file.

    Returns:
        The table; a cell merged downwards is continued by empty ones.

    """
    cells = [_cell(page, grid, index, inside) for index, inside in enumerate(_members(grid, glyphs))]
    rows = []
    for number, owners in enumerate(grid.owner):
        here = list(dict.fromkeys(owners))
        begun = [index for index in here if grid.regions[index].top == number]
        low = grid.ys[number + 1] - grid.ys[number] < _LOW
        if not begun or (low and not any(cells[index].text for index in begun)):
            continue
        row = []
        for index in here:
            fresh, deep = grid.regions[index].top == number, grid.regions[index].bottom > number
            cell = cells[index]
            row.append(
                attrs.evolve(cell, deep=deep)
                if fresh
                else Cell("", cell.left, cell.right, [(page, cell.parts[0][1], 0)], fresh=False, deep=deep)
            )
        rows.append(TableRow(row))
    return PrintedTable(page, grid.box, rows)


def _members(grid: Grid, glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """The glyphs of each cell."""
    members: list[list[Glyph]] = [[] for _ in grid.regions]
    for glyph in glyphs:
        owner = grid.cell_at(glyph.x, glyph.y)
        if owner is not None:
            members[owner].append(glyph)
    return members


def _cell(page: int, grid: Grid, index: int, glyphs: list[Glyph]) -> Cell:
    left, top, right, bottom = grid.region_box(index)
    text, full = cell_text(glyphs, right)
    return Cell(text, left, right, [(page, (left, top, right, bottom), len(text))], full=full)


def cell_text(glyphs: list[Glyph], edge: float) -> tuple[str, bool]:
    """The text of a cell, its lines put together.

    Args:
        glyphs: in the order of the file.
        edge: the right edge of the cell.

    Returns:
        The text, and whether its last line (or a column of single characters) fills the width of the cell.

    """
    visible = [glyph for glyph in glyphs if not glyph.text.isspace()]
    if not visible:
        return "", False
    if _is_upright(visible):
        return "".join(glyph.text for glyph in visible), True
    lines = printed_lines(glyphs)
    text = _line_of(lines[0])
    for before, line in pairwise(lines):
        text = joined(text, _line_of(line), spaced=before.spaced_end)
    last = lines[-1]
    return text, edge - last.right < 1.6 * last.size


def _line_of(line: Piece) -> str:
    """The text of a line of a cell; characters that are spread out evenly to fill it have no spaces between."""
    visible = [glyph for glyph in line.glyphs if not glyph.text.isspace()]
    gaps = [other.left - one.right for one, other in pairwise(visible)]
    even = len(gaps) > 1 and min(gaps) > _SPREAD * line.size and max(gaps) - min(gaps) < _EVEN * line.size
    return "".join(glyph.text for glyph in visible) if even and all(is_wide(g.text) for g in visible) else line.text


def _is_upright(glyphs: list[Glyph]) -> bool:
    """Whether a text runs from top to bottom, in one column or in several from right to left."""
    if sum(glyph.turn != 0 for glyph in glyphs) * 2 > len(glyphs):
        return True
    down = along = 0
    for one, other in pairwise(glyphs):
        near = max(one.size, other.size)
        down += abs(other.x - one.x) < 0.4 * near and 0.5 * near < other.y - one.y < 2.5 * near
        along += abs(other.y - one.y) < 0.3 * near and 0.3 * near < other.x - one.x < 2.5 * near
    return down > 2 * along and down > 1


def folded(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Glyphs with the texts that run from top to bottom set as lines, in the middle of the place they take.

    Args:
        glyphs: in the order of the file.

    """
    found: list[Glyph] = []
    run: list[Glyph] = []
    for glyph in [*glyphs, None]:
        if glyph is not None and run and _is_below(run[-1], glyph):
            run.append(glyph)
            continue
        found += _folded_run(run)
        run = [] if glyph is None else [glyph]
    return found


def _is_below(one: Glyph, other: Glyph) -> bool:
    """Whether two glyphs follow each other in a text that runs from top to bottom, or is turned."""
    near = max(one.size, other.size)
    if one.turn != other.turn or not (is_wide(one.text) and is_wide(other.text)):
        return False
    step = one.y - other.y if one.turn == 3 else other.y - one.y
    return abs(other.x - one.x) < 0.4 * near and 0.5 * near < step < _STEP * near


def _folded_run(run: list[Glyph]) -> list[Glyph]:
    if len(run) < _UPRIGHT:
        return run
    middle, half = (run[0].y + run[-1].y) / 2, run[0].size / 2
    left, right = min(glyph.left for glyph in run), max(glyph.right for glyph in run)
    return [
        attrs.evolve(glyph, left=left + 0.001 * at, top=middle - half, right=right, bottom=middle + half, turn=0)
        for at, glyph in enumerate(run)
    ]


def lines_cell(page: int, lines: list[Piece], left: float, right: float) -> Cell:
    """A cell of a table without ruling lines.

    Args:
        page: 1-based.
        lines: its printed lines, or none.
        left: its left edge.
        right: its right edge.

    """
    text = ""
    for line in lines:
        text = joined(text, line.text) if text else line.text
    box = around([line.box for line in lines]) if lines else (left, 0.0, right, 0.0)
    return Cell(text, left, right, [(page, box, len(text))])
