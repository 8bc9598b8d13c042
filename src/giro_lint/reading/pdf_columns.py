"""Tables without ruling lines: where they stand on a page, told by rows of figures. May import: pdf_lines, pdf_cells, pdf_blocks.

Nothing is guessed: where labels and figures cannot be matched with certainty the lines stay lines.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from giro_lint.reading.pdf_blocks import Zone, rows_of_zone
from giro_lint.reading.pdf_cells import PrintedTable, TableRow
from giro_lint.reading.pdf_lines import Piece, cut_between, pieces_of
from giro_lint.reading.pdf_page import around

FIGURE = re.compile(r"[-+－＋−]?[\d０-９][\d０-９,，.．]*(?:元|万元|件|个|项)?\Z|[-－—–/／]{1,2}\Z")
_HEADING = re.compile(r"第?[一二三四五六七八九十]{1,3}(?:部分|章)?[、．.]|[（(][一二三四五六七八九十]{1,3}[）)]")
_BESIDE = 0.95
"""A label line so many ems above or below its figures belongs to them."""
_BETWEEN = 9.0
"""Rows of figures of one table are no further apart, in ems."""
_ABOVE = 4.2
_WIDE = 0.62
_PREFIX = 3
_HEADERS = 12.0
"""Headers stand no further above the figures, in ems."""
_MANY = 4
_STACKED = 0.85
_PIECES = 800
"""A page has not so many pieces of text in one table."""
_COLUMNS = 0.9
"""Headers so many ems apart stand above columns."""


class _Line:
    """A printed line of a page with its pieces and what they are."""

    def __init__(self, line: Piece, width: float, pieces: list[Piece] | None = None) -> None:
        self.line = line
        self.pieces = pieces or pieces_of(line)
        self.figures = [piece for piece in self.pieces if FIGURE.match(piece.text)]
        self.lone = len(self.pieces) == 1
        text = line.text
        self.prose = (
            self.lone
            and not self.figures
            and (text.endswith(("。", "；", "：")) or line.right - line.left > _WIDE * width)
        )
        labels = [piece for piece in self.pieces if piece not in self.figures]
        self.is_row = len(self.pieces) > 1 and (
            len(self.figures) > 2 or all(piece.x < figure.x for piece in labels for figure in self.figures[:1])
        )
        self.is_row = self.is_row and bool(self.figures)


def with_tables(pages: Sequence[Sequence[Piece]], width: float) -> list[list[Piece | PrintedTable]]:
    """The lines of each page with the tables among them.

    Args:
        pages: for each page its lines outside drawn tables, from top to bottom.
        width: of full lines of the text, in points.

    Returns:
        For each page lines and tables in order.

    """
    seen = [[_Line(line, width) for line in lines] for lines in pages]
    columns: list[Piece] = []
    for number in range(len(seen) - 1, -1, -1):
        seen[number], columns = _headers_apart(seen[number], width, columns)
    captions = {caption for lines in seen for caption in _captions(lines)}
    zones = [_zones(lines, captions) for lines in seen]
    for number, (lines, found) in enumerate(zip(seen, zones, strict=True), 1):
        if number < len(zones) and zones[number] and zones[number][0][0] == 0:
            _with_foot(lines, found, captions)
    rows = [
        [_rows(page, lines[start:end]) for start, end in found]
        for page, (lines, found) in enumerate(zip(seen, zones, strict=True), 1)
    ]
    _decline(seen, zones, rows)
    return [_blocks(page, *parts) for page, parts in enumerate(zip(seen, zones, rows, strict=True), 1)]


def _headers_apart(lines: list[_Line], width: float, columns: list[Piece]) -> tuple[list[_Line], list[Piece]]:
    """The lines of a page, those above a row of figures cut where narrow gaps between headers stand between its columns.

    Args:
        lines: the lines.
        width: of full lines of the text.
        columns: the figures at the top of the next page, if these stand in columns.

    Returns:
        The lines, and the figures at the top of this page.

    """
    found = list(lines)
    foot = lines[-1].line.y if lines else 0.0
    for i in range(len(lines) - 1, -1, -1):
        line = lines[i]
        if line.figures:
            columns, foot = (line.figures, line.line.y) if len(line.figures) > 2 and line.is_row else ([], 0.0)
        elif columns and foot - line.line.y < _HEADERS * line.line.size:
            pieces = [part for piece in line.pieces for part in cut_between(piece, columns)]
            if len(pieces) > len(line.pieces) and (len(line.pieces) > 1 or len(pieces) >= _MANY):
                found[i] = _Line(line.line, width, pieces)
        else:
            columns = []
    top = lines[0].line.y if lines else 0.0
    return found, columns if lines and foot - top < _HEADERS * lines[0].line.size else []


def _decline(seen: list[list[_Line]], zones: list[list[tuple[int, int]]], rows: list[list[list[TableRow]]]) -> None:
    """Leave lines what goes on, over a page break, in what cannot be matched."""
    over = [
        (page, bool(here and there and here[-1][1] == len(seen[page]) and there[0][0] == 0))
        for page, (here, there) in enumerate(pairwise(zones))
    ]
    for page, goes_on in [*over, *reversed(over)]:
        if goes_on and not (rows[page][-1] and rows[page + 1][0]):
            rows[page][-1], rows[page + 1][0] = [], []


def _captions(lines: list[_Line]) -> set[str]:
    """How lone lines between rows of figures begin: captions inside a table."""
    rows = [i for i, line in enumerate(lines) if line.is_row]
    between = {i for above, below in pairwise(rows) if _connected(lines, above, below) for i in range(above + 1, below)}
    return {lines[i].line.text[:_PREFIX] for i in between if lines[i].lone and not lines[i].figures}


def _with_foot(lines: list[_Line], zones: list[tuple[int, int]], captions: set[str]) -> None:
    """Add the headers at the foot of a page whose figures stand on the next."""
    start = len(lines)
    while start > 0 and _is_head(lines[start - 1], captions) and not (zones and start <= zones[-1][1]):
        start -= 1
    if start == len(lines):
        return
    if zones and zones[-1][1] == start:
        zones[-1] = zones[-1][0], len(lines)
    else:
        zones.append((start, len(lines)))


def _is_head(line: _Line, captions: set[str]) -> bool:
    if line.figures or line.prose:
        return False
    if line.lone:
        return line.line.text[:_PREFIX] in captions
    return all(after.left - before.right > _COLUMNS * before.size for before, after in pairwise(line.pieces))


def _blocks(
    page: int, lines: list[_Line], zones: list[tuple[int, int]], tables: list[list[TableRow]]
) -> list[Piece | PrintedTable]:
    """The lines of a page and its tables; what was declined is a table of lines, which keeps them apart."""
    result: list[Piece | PrintedTable] = []
    at = 0
    for (start, end), rows in zip(zones, tables, strict=True):
        result += [line.line for line in lines[at:start]]
        plain = [line.line for line in lines[start:end]]
        result.append(
            PrintedTable(page, around([line.box for line in plain]), rows, drawn=False, lines=[] if rows else plain)
        )
        at = end
    return [*result, *(line.line for line in lines[at:])]


def _rows(page: int, lines: list[_Line]) -> list[TableRow]:
    pieces = [piece for line in lines for piece in line.pieces]
    if len(pieces) > _PIECES:
        return []
    edge = min((piece.left for line in lines for piece in line.figures), default=0.0)
    level = [line for line in lines if line.figures]
    if any(after.line.y - line.line.y < _STACKED * line.line.size for line, after in pairwise(level)):
        return []  # figures that are wrapped
    rows = [[piece for piece in line.pieces if piece.right > edge] for line in level]
    return rows_of_zone(page, Zone(pieces, rows))


def _zones(lines: list[_Line], captions: set[str]) -> list[tuple[int, int]]:
    """First and last line (exclusive) of each table."""
    rows = [i for i, line in enumerate(lines) if line.is_row or _is_figures_of_label(lines, i)]
    zones: list[tuple[int, int]] = []
    group: list[int] = []
    for i in rows:
        if group and not _connected(lines, group[-1], i):
            zones += _zone(lines, group, captions)
            group = []
        group.append(i)
    return zones + _zone(lines, group, captions)


def _is_figures_of_label(lines: list[_Line], i: int) -> bool:
    """Whether a lone figure has a label line close above or below it, further to the left."""
    here = lines[i]
    if not (here.lone and here.figures):
        return False
    figure = here.figures[0]
    near = [lines[j] for j in (i - 1, i + 1) if 0 <= j < len(lines)]
    return any(
        abs(other.line.y - figure.y) < _BESIDE * figure.size
        and other.pieces[0].right < figure.left
        and not other.figures
        for other in near
    )


def _connected(lines: list[_Line], above: int, below: int) -> bool:
    """Whether nothing between two rows of figures ends a table."""
    size = lines[below].line.size
    inner = lines[above : below + 1]
    if _same_columns(lines[above].figures, lines[below].figures):
        steps = [after.line.y - before.line.y for before, after in pairwise(inner)]
        return max(steps) < _ABOVE * size and not any(line.prose and line.line.text.endswith("。") for line in inner)
    if lines[below].line.y - lines[above].line.y > _BETWEEN * size or lines[above].line.size > 1.3 * size:
        return False
    return not any(_ends(lines, i, size) for i in range(above + 1, below))


def _same_columns(one: list[Piece], other: list[Piece]) -> bool:
    """Whether two rows have three figures or more in the same places."""
    return len(one) == len(other) > 2 and all(abs(a.x - b.x) < 1.5 * a.size for a, b in zip(one, other, strict=True))


def _ends(lines: list[_Line], i: int, size: float) -> bool:
    line = lines[i]
    if line.prose or line.line.size > 1.3 * size:
        return True
    beside = any(
        lines[j].figures and abs(lines[j].line.y - line.line.y) < _BESIDE * size
        for j in (i - 2, i - 1, i + 1, i + 2)
        if 0 <= j < len(lines)
    )
    return line.lone and not beside and bool(_HEADING.match(line.line.text))


def _zone(lines: list[_Line], rows: list[int], captions: set[str]) -> list[tuple[int, int]]:
    """The lines of a table with its headers above and a wrapped label below, or nothing where it is no table."""
    if not rows:
        return []
    first, last = rows[0], rows[-1]
    size = lines[first].line.size
    figures = min(piece.left for i in rows for piece in lines[i].figures)
    start, waiting = first, 0
    for i in range(first - 1, -1, -1):
        line, below = lines[i], lines[i + 1]
        far = below.line.y - line.line.y > _ABOVE * size
        if far or line.prose or line.line.size > 1.3 * size or waiting > 4:
            break
        beside = lines[first].line.y - line.line.y < _BESIDE * size
        header = not line.figures and (not line.lone or line.line.x > figures)
        if line.is_row or ((line.lone and not beside) and _HEADING.match(line.line.text)):
            break
        if header or beside or line.line.text[:_PREFIX] in captions:
            start, waiting = i, 0
        elif i == 0 and all(_is_label(part, figures) for part in lines[:start]):
            start = 0  # what a page break cut off the last label
        else:
            waiting += 1
    headed = any(_is_head(line, captions) for line in lines[start:first])
    headed = headed or (first == 0 and bool(captions))  # its headers stand on the page before
    if len(rows) < 2 and len(lines[first].figures) < 5 and not headed:
        return []
    end = last + 1
    while end < len(lines) and _is_rest(lines, end, last, figures):
        end += 1
    return [(start, end)]


def _is_label(line: _Line, figures: float) -> bool:
    """Whether a line holds nothing but pieces of labels."""
    return not line.figures and line.line.right < figures + line.line.size and not _HEADING.match(line.line.text)


def _is_rest(lines: list[_Line], i: int, last: int, figures: float) -> bool:
    """Whether a line below the last figures ends the labels beside them."""
    line = lines[i]
    if not _is_label(line, figures) or line.line.size > 1.1 * lines[last].line.size:
        return False
    above = [
        piece for other in lines[max(0, i - 2) : i] for piece in other.pieces if piece.right < figures + piece.size
    ]
    return all(
        any(abs(piece.left - rest.left) < piece.size and 0 < rest.y - piece.y < 1.7 * piece.size for piece in above)
        for rest in line.pieces
    )
