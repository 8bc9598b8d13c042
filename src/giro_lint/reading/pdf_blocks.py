"""Pieces of a table without ruling lines to rows: wrapped labels joined, figures under headers. May import: pdf_lines, pdf_cells."""

from __future__ import annotations

import re
from itertools import pairwise

import attrs

from giro_lint.reading.pdf_cells import Cell, TableRow, lines_cell
from giro_lint.reading.pdf_lines import Piece

_NUMBERED = re.compile(
    r"\s*(?:[（(]?[一二三四五六七八九十\d０-９]{1,3}[）)、.．]|[①-⑳]|第[一二三四五六七八九十]{1,3}条)"
)
_LEADING = 1.85
"""Lines of one cell are no further apart, in ems."""
_LEVEL = 0.3
_ROOM = 1.15
_LOOSE = 2.1
_BESIDE = 1.8
"""A figure so many ems beside every column belongs to none of them."""


@attrs.frozen(eq=False)
class Zone:
    """A table without ruling lines.

    Args:
        pieces: all its pieces of text.
        rows: those of them that are figures, row by row from top to bottom.

    """

    pieces: list[Piece]
    rows: list[list[Piece]]


@attrs.define(eq=False)
class _Block:
    """The lines of a cell."""

    lines: list[Piece]

    @property
    def left(self) -> float:
        return min(line.left for line in self.lines)

    @property
    def right(self) -> float:
        return max(line.right for line in self.lines)

    @property
    def x(self) -> float:
        return (self.left + self.right) / 2

    @property
    def y(self) -> float:
        return (self.lines[0].y + self.lines[-1].y) / 2

    @property
    def size(self) -> float:
        return self.lines[0].size


@attrs.define(eq=False)
class _Part:
    """Headers and the rows of figures below them."""

    header: list[_Block] = attrs.field(factory=list)
    rows: list[list[Piece]] = attrs.field(factory=list)


def rows_of_zone(page: int, zone: Zone) -> list[TableRow]:
    """The rows of a table.

    Args:
        page: 1-based.
        zone: its pieces.

    Returns:
        The rows, or none where the pieces cannot be matched with certainty.

    """
    if not zone.rows:
        return _header_rows(page, _blocks(zone, zone.pieces))
    figures = {id(piece) for row in zone.rows for piece in row}
    blocks = _blocks(zone, [piece for piece in zone.pieces if id(piece) not in figures])
    edge = min(piece.left for row in zone.rows for piece in row)
    heights = [sum(piece.y for piece in row) / len(row) for row in zone.rows]
    labels: list[list[_Block]] = [[] for _ in zone.rows]
    parts = [_Part()]
    right = [block.y for block in blocks if block.right > edge + 0.5 * block.size]
    heads = [block for block in blocks if not _label_of(block, heights, edge, right, labels)]
    for height, found in zip(heights, labels, strict=True):
        if _clash(found):  # captions and headers of the next part
            apart = [b for b in found if len(b.lines) == 1 and abs(b.y - height) > 0.75 * b.size]
            heads += apart
            found[:] = [block for block in found if block not in apart]
    for number, row in enumerate(zone.rows):
        above = [
            block for block in heads if block.y < heights[number] and (number == 0 or block.y > heights[number - 1])
        ]
        if above and parts[-1].rows:
            parts.append(_Part())
        parts[-1].header += above
        parts[-1].rows.append(row)
    if any(_clash(found) for found in labels):
        return []
    result: list[TableRow] = []
    at = 0
    for part in parts:
        result += _header_rows(page, part.header)
        places = _places(part, edge)
        if places is None:
            return []
        for row in part.rows:
            cells = [
                lines_cell(page, block.lines, block.left, block.right)
                for block in sorted(labels[at], key=lambda block: block.left)
            ]
            figure_cells = _figure_cells(page, row, places)
            if figure_cells is None:
                return []
            result.append(TableRow(cells + figure_cells))
            at += 1
    return result + _header_rows(page, [block for block in heads if block.y > heights[-1]])


def _blocks(zone: Zone, pieces: list[Piece]) -> list[_Block]:
    """The cells of words: a line goes on in the next where it is full and nothing tells that another cell begins."""
    level = [piece for row in zone.rows for piece in row]
    edge = min((piece.left for piece in level), default=0.0)
    blocks: list[_Block] = []
    for piece in sorted(pieces, key=lambda piece: (piece.y, piece.left)):
        best = None
        for block in blocks:
            if _near(block.lines[-1], piece) and _goes_on(block.lines[-1], piece, pieces, level, edge):
                best = block
        if best:
            best.lines.append(piece)
        else:
            blocks.append(_Block([piece]))
    return blocks


def _near(above: Piece, below: Piece) -> bool:
    """Whether a line stands right below another and begins no label of its own."""
    if not 0.6 * below.size < below.y - above.y < _LEADING * below.size or _NUMBERED.match(below.text):
        return False
    common = min(below.right, above.right) - max(below.left, above.left)
    return common >= 0.5 * min(below.right - below.left, above.right - above.left)


def _goes_on(above: Piece, below: Piece, pieces: list[Piece], figures: list[Piece], edge: float) -> bool:
    """Whether a line that is full goes on in the one below it."""
    if _own_rows(above, below, pieces, figures) or _spans(above, below, pieces) or _between(above, below, pieces):
        return False
    if _heads(above, below, pieces, edge) or _head_of_row(above, below, pieces, figures):
        return False
    room = (_LOOSE if _below(above, below, figures) else _ROOM) * above.size
    wider = (below.right - below.left) - (above.right - above.left)
    return wider <= room and _room(above, pieces, figures) <= room


def _own_rows(above: Piece, below: Piece, pieces: list[Piece], figures: list[Piece]) -> bool:
    """Whether two lines are labels of rows of their own: each has figures beside it and nothing between."""
    for line in (above, below):
        level = [other for other in figures if abs(other.y - line.y) < _LEVEL * line.size]
        if not level or any(abs(other.y - line.y) < _LEVEL * line.size and other.left > line.right for other in pieces):
            return False
    return True


def _spans(above: Piece, below: Piece, pieces: list[Piece]) -> bool:
    """Whether a line is a header of several columns, of which the piece below is one."""
    return any(
        abs(other.y - below.y) < _LEVEL * below.size and min(other.right, above.right) - max(other.left, above.left) > 0
        for other in pieces
        if other is not below and other is not above
    )


def _below(above: Piece, below: Piece, figures: list[Piece]) -> bool:
    """Whether a line stands right below another and has no figures beside it, as the rest of a label does."""
    near = abs(above.left - below.left) < _LEVEL * below.size and below.y - above.y < 1.7 * below.size
    return near and not any(abs(other.y - below.y) < _LEVEL * below.size for other in figures)


def _heads(above: Piece, below: Piece, pieces: list[Piece], edge: float) -> bool:
    """Whether a line is a caption and the one below it begins a row of headers."""
    if above.text.count("（") > above.text.count("）") or below.right > edge - 0.5 * below.size:
        return False
    right = [other for other in pieces if other.right > edge]
    level = [
        any(abs(other.y - line.y) < _LEVEL * line.size for other in right if other is not line)
        for line in (above, below)
    ]
    return level == [False, True]


def _head_of_row(above: Piece, below: Piece, pieces: list[Piece], figures: list[Piece]) -> bool:
    """Whether a line stands in a row of headers and the one below it beside figures."""
    edge = min((piece.left for piece in figures), default=0.0)
    head = any(
        abs(other.y - above.y) < _LEVEL * above.size and other.right > edge for other in pieces if other is not above
    )
    return head and any(abs(other.y - below.y) < _LEVEL * below.size for other in figures)


def _room(line: Piece, pieces: list[Piece], figures: list[Piece]) -> float:
    """How much more text would have had room on a line: up to the edge of its column as other lines show it."""
    others = [other for other in pieces if other is not line]
    column = [
        other.right
        for other in others
        if other.y > line.y and (abs(other.left - line.left) < line.size or abs(other.x - line.x) < 0.4 * line.size)
    ]
    after = [piece.left for piece in [*others, *figures] if piece.left > line.right - 0.1 * line.size]
    reach = min(after, default=line.right) - 0.2 * line.size
    wide = [right for right in column if right <= reach]
    return min(reach, max(wide, default=line.right)) - line.right


def _between(above: Piece, below: Piece, pieces: list[Piece]) -> bool:
    """Whether another piece of the column stands between two lines."""
    return any(
        above.y + 1 < other.y < below.y - 1 and min(other.right, below.right) - max(other.left, below.left) > 0
        for other in pieces
        if other is not above and other is not below
    )


def _label_of(block: _Block, heights: list[float], edge: float, right: list[float], labels: list[list[_Block]]) -> bool:
    """Put a block to the row of figures beside it, if it stands left of the figures and beside a row.

    The label of a group stands between two rows; where headers stand between them too, it is one of these.
    """
    if block.right > edge + 0.5 * block.size:
        return False
    near = min(range(len(heights)), key=lambda i: abs(heights[i] - block.y))
    first = min(range(len(heights)), key=lambda i: abs(heights[i] - block.lines[0].y))
    if abs(heights[first] - block.lines[0].y) < _LEVEL * block.size and len(block.lines) == 2:
        near = first  # figures beside the first line
    reach = max(0.75 * block.size, (block.lines[-1].y - block.lines[0].y) / 2 + 0.2 * block.size)
    between = any(
        above < block.y < below and not any(above < y < below for y in right) for above, below in pairwise(heights)
    )
    if abs(heights[near] - block.y) <= reach or between:
        labels[near].append(block)
        return True
    return False


def _clash(blocks: list[_Block]) -> bool:
    """Whether two labels of a row stand one above the other."""
    return any(
        min(one.right, other.right) - max(one.left, other.left) > 0.3 * one.size
        for i, one in enumerate(blocks)
        for other in blocks[:i]
    )


def _header_rows(page: int, blocks: list[_Block]) -> list[TableRow]:
    rows: list[list[_Block]] = []
    for block in sorted(blocks, key=lambda block: block.y):
        if rows and any(_level(block, other) for other in rows[-1]) and not _clash([*rows[-1], block]):
            rows[-1].append(block)
        else:
            rows.append([block])
    kept: list[list[_Block]] = []
    for number, row in enumerate(rows):
        inner = bool(kept) and number + 1 < len(rows)
        near = inner and rows[number + 1][0].y - kept[-1][0].y < 4.5 * row[0].size
        if (
            near
            and not _clash([*kept[-1], *row])
            and not any(_under(block, other) for block in row for other in blocks)
        ):
            kept[-1] += row  # cells merged downwards, whose text stands in their middle
        else:
            kept.append(row)
    ordered = [sorted(row, key=lambda block: block.left) for row in kept]
    return [TableRow([lines_cell(page, block.lines, block.left, block.right) for block in row]) for row in ordered]


def _level(one: _Block, other: _Block) -> bool:
    """Whether two headers stand side by side: their middles, or the first line of each, are level."""
    first = abs(one.lines[0].y - other.lines[0].y) < _LEVEL * one.size and abs(one.y - other.y) < 1.5 * one.size
    return first or abs(one.y - other.y) < 0.7 * one.size


def _places(part: _Part, edge: float) -> list[tuple[float, float]] | None:
    """Left and right edges of the columns of figures, as headers or the fullest row of figures show them."""
    leaves = sorted(
        (
            block
            for block in part.header
            if block.right > edge and not any(_under(block, other) for other in part.header)
        ),
        key=lambda block: block.left,
    )
    fullest = max(part.rows, key=len)
    shown = sorted((piece.left, piece.right) for piece in fullest)
    apart = all(one.right < other.left for one, other in pairwise(leaves))
    if len(leaves) >= len(shown) and apart:
        return [(block.left, block.right) for block in leaves]
    return shown


def _under(block: _Block, other: _Block) -> bool:
    return other.y > block.y + 0.5 * block.size and min(block.right, other.right) - max(block.left, other.left) > 0


def _figure_cells(page: int, row: list[Piece], places: list[tuple[float, float]]) -> list[Cell] | None:
    """The cells of a row of figures, blank where it has none, or None where two figures fall into one column."""
    ordered = sorted(row, key=lambda piece: piece.left)
    strange = any(min(_distance(piece, place) for place in places) > _BESIDE * piece.size for piece in ordered)
    if len(ordered) == len(places) or strange:
        return [lines_cell(page, [piece], piece.left, piece.right) for piece in ordered]
    chosen: dict[int, Piece] = {}
    for piece in ordered:
        at = min(range(len(places)), key=lambda i: _distance(piece, places[i]))
        if at in chosen:
            return None
        chosen[at] = piece
    if sorted(chosen) != list(chosen):
        return None
    return [lines_cell(page, [chosen[i]] if i in chosen else [], *place) for i, place in enumerate(places)]


def _distance(piece: Piece, place: tuple[float, float]) -> float:
    left, right = place
    return min(abs(piece.x - (left + right) / 2), abs(piece.left - left), abs(piece.right - right))
