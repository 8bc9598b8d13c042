"""Tables over page breaks: repeated headers are left out, rows and labels cut by the break are put together. May import: pdf_cells."""

from __future__ import annotations

import re

import attrs

from giro_lint.reading.pdf_cells import Cell, PrintedTable, TableRow

_NUMBERED = re.compile(r"\s*(?:[（(]?[一二三四五六七八九十\d０-９]{1,3}[）)、.．]|[①-⑳]|第[一二三四五六七八九十])")
_BESIDE = 14.0
"""How far the edges of two parts of one table may differ, in points."""
_SAME = 5.0
"""How far the edges of a cell may differ on two pages."""


def same_table(above: PrintedTable, below: PrintedTable) -> bool:
    """Whether what stands at the top of a page can go on the table at the foot of the page before."""
    if not (above.drawn and below.drawn):
        common = min(above.box[2], below.box[2]) - max(above.box[0], below.box[0])
        return above.drawn == below.drawn and common > 0.6 * min(
            above.box[2] - above.box[0], below.box[2] - below.box[0]
        )
    return abs(above.box[0] - below.box[0]) <= _BESIDE and abs(above.box[2] - below.box[2]) <= _BESIDE


def put_together(above: list[TableRow], below: list[TableRow]) -> list[TableRow]:
    """The rows of a table that a page break parts.

    Args:
        above: its rows before the break; the last one may be changed.
        below: its rows behind the break.

    Returns:
        All rows, without the headers that were repeated.

    """
    repeated = 0
    while repeated < min(len(above), len(below)) and _repeats(above[repeated], below[repeated]):
        repeated += 1
    rest = below[repeated:]
    if not (above and rest):
        return above + rest
    first, last = rest[0], above[-1]
    if _goes_on(last, first):
        for cell, more in zip(last.cells, first.cells, strict=True):
            _append(cell, more)
        return above + rest[1:]
    for cell in first.cells:
        if cell.is_label and (open_one := _unclosed(last, cell)) is not None:
            _move(open_one, cell)
        elif cell.text and not _NUMBERED.match(cell.text) and cell.is_label:
            begun = _cut(above, cell, first)
            if begun is not None:
                _move(begun, cell)
    return above + rest


def _unclosed(last: TableRow, cell: Cell) -> Cell | None:
    """The cell of the last row that a cell at the same place closes the bracket of."""
    if cell.text.count("）") <= cell.text.count("（"):
        return None
    near = (
        one for one in last.cells if abs(one.left - cell.left) < _BESIDE and one.text.count("（") > one.text.count("）")
    )
    return next(near, None)


def _move(cell: Cell, more: Cell) -> None:
    """Put the text of a cell behind that of another; the cell stays, empty."""
    _append(cell, more)
    more.text, more.parts = "", [(page, box, 0) for page, box, _ in more.parts]


def _repeats(one: TableRow, other: TableRow) -> bool:
    """Whether a row is a header printed again; a row of figures is not."""
    return any(one.texts) and one.texts == other.texts and not any(cell.is_figure for cell in one.cells)


def _alike(one: Cell, other: Cell) -> bool:
    return abs(one.left - other.left) <= _SAME and abs(one.right - other.right) <= _SAME


def _goes_on(last: TableRow, first: TableRow) -> bool:
    """Whether a row was cut: one part holds its figures, and its label goes on."""
    if len(last.cells) != len(first.cells) or not all(map(_alike, last.cells, first.cells)):
        return False
    labels = [
        (one, other) for one, other in zip(last.cells, first.cells, strict=True) if one.is_label or other.is_label
    ]
    figures = [
        (one, other) for one, other in zip(last.cells, first.cells, strict=True) if not (one.is_label or other.is_label)
    ]
    if not labels or not figures:
        return False
    above, below = any(one.text for one, _ in figures), any(other.text for _, other in figures)
    if above and not below and not any(one.text for one, _ in labels):
        return True  # figures that stand above their label
    if above == below or any(_NUMBERED.match(other.text) for _, other in labels):
        return False
    if above:
        return any(one.full and other.text for one, other in labels)
    return all(not other.text or (one.full and _NUMBERED.match(one.text)) for one, other in labels)


def _cut(above: list[TableRow], cell: Cell, first: TableRow) -> Cell | None:
    """The label at the foot of the page before that a label at the top of a page ends, or None."""
    at = first.cells.index(cell)
    if not any(other.text for other in first.cells[at + 1 :]):
        return None
    for row in reversed(above):
        begun = next((one for one in row.cells if _alike(one, cell)), None)
        if begun is None or not (begun.deep or row is above[-1]):
            return None
        if begun.text:
            return begun if begun.is_label and begun.full and _NUMBERED.match(begun.text) else None
        if begun.fresh:
            return None
    return None


def _without_rest(above: list[TableRow], below: list[TableRow]) -> list[TableRow]:
    """The rows of a page in a table without lines, without what ends the labels of the last row of the page before."""
    last = above[-1]
    rest = list(below)
    while len(rest) > 1 and any(cell.is_figure for cell in last.cells):
        ended = [_begun(last, cell) for cell in rest[0].cells]
        if not ended or None in ended:
            break
        for one, cell in zip(ended, rest[0].cells, strict=True):
            if one is not None:
                _append(one, cell)
        del rest[0]
    return rest


def _begun(row: TableRow, cell: Cell) -> Cell | None:
    """The label of a row that a label without a number at the same place goes on."""
    if not cell.is_label or _NUMBERED.match(cell.text):
        return None
    return next((one for one in row.cells if one.is_label and abs(one.left - cell.left) < _BESIDE), None)


def _append(cell: Cell, more: Cell) -> None:
    length = len(cell.text)
    cell.text += more.text
    cell.parts += [(page, box, length + end) for page, box, end in more.parts]
    cell.full = more.full


def joined_tables(parts: list[PrintedTable]) -> PrintedTable:
    """One table of the parts that stand on pages that follow each other.

    Args:
        parts: one at least, in order.

    """
    first = parts[0]
    rows = first.rows
    for part in parts[1:]:
        rows = put_together(rows, part.rows if part.drawn else _without_rest(rows, part.rows))
    return attrs.evolve(first, rows=rows)
