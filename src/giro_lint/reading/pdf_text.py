"""Pages to the tab-cell layout: a paragraph a line, a cell a line that begins with a TAB. May import: the readers of PDF, model."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from giro_lint.model.source import Place
from giro_lint.reading.pdf_breaks import joined_tables, same_table
from giro_lint.reading.pdf_cells import PrintedTable, drawn_table, folded, parts_figures
from giro_lint.reading.pdf_columns import with_tables
from giro_lint.reading.pdf_grid import find_grids
from giro_lint.reading.pdf_lines import Piece, printed_lines
from giro_lint.reading.pdf_margins import without_margins
from giro_lint.reading.pdf_page import Box, Glyph, Page, around
from giro_lint.reading.pdf_paragraphs import Measure, Paragraph, Printed, measures, paragraphs, text_width

_TABLE = 0.04
"""The share of its page that a picture of a table is high at least."""
_SLICE = 2.0
_MOST = 20
"""A page with more pictures shows no tables by them."""
_UNDER = 3
"""A picture under more characters is a background."""


@attrs.frozen(eq=False)
class Picture:
    """A picture that may be one of a table."""

    box: Box


Block = Printed | PrintedTable | Picture


@attrs.frozen(eq=False)
class Built:
    """The text of a document.

    Args:
        text: in the tab-cell layout.
        places: a place for every printed line and every cell.
        pictures: where pictures stand that may be of tables, as offsets.
        unruled: where tables stand whose cells no line parts.

    """

    text: str
    places: list[Place]
    pictures: list[int]
    unruled: list[tuple[int, int]]


def text_of(pages: Sequence[Page]) -> Built:
    """The text of a document.

    Args:
        pages: its pages, in order.

    Returns:
        The text in the tab-cell layout and where its parts stand.

    """
    tables: list[list[PrintedTable]] = []
    lines: list[list[Piece]] = []
    goes_on = False
    for page in pages:
        drawn, free, goes_on = _parts(page, goes_on=goes_on)
        tables.append(drawn)
        lines.append(free)
    lines = without_margins(pages, lines)
    blocks: list[Block] = []
    plain: list[list[Piece]] = []
    for page, found, drawn in zip(pages, with_tables(lines, text_width(lines)), tables, strict=True):
        blocks += _in_order(page, [*found, *drawn], list(map(Picture, _pictures(page))))
        plain.append([item for item in found if isinstance(item, Piece)])
    return _Writer(pages).write(blocks, measures(plain))


def _parts(page: Page, *, goes_on: bool) -> tuple[list[PrintedTable], list[Piece], bool]:
    """The drawn tables of a page and the lines outside them; lines that part no rows or columns of figures draw none.

    Args:
        page: the page.
        goes_on: whether the last lines of the page before draw no table.

    Returns:
        The tables, the lines, and whether the last lines of this page draw no table.

    """
    grids = find_grids(page.rules)
    inside: list[list[Glyph]] = [[] for _ in grids]
    free = []
    for glyph in page.glyphs:
        owner = next((i for i, grid in enumerate(grids) if grid.cell_at(glyph.x, glyph.y) is not None), None)
        if owner is None:
            free.append(glyph)
        else:
            inside[owner].append(glyph)
    drawn = []
    for grid, members in zip(grids, inside, strict=True):
        goes_on = (goes_on and grid is grids[0] and len(grid.ys) == 2) or not parts_figures(grid, members)
        if goes_on:
            free += members
        else:
            drawn.append(drawn_table(page.number, grid, members))
    free.sort(key=lambda glyph: glyph.order)
    kept = [table for table in drawn if any(any(row.texts) for row in table.rows)]
    return kept, printed_lines(folded(free)), goes_on and bool(grids)


def _pictures(page: Page) -> list[Box]:
    """The pictures of a page that may be of tables: as large as one, and with no text over them; their slices are put together."""
    found: list[Box] = []
    for box in sorted(page.pictures, key=lambda box: (box[1], box[0])):
        if found and abs(box[0] - found[-1][0]) < _SLICE and -_SLICE < box[1] - found[-1][3] < _SLICE:
            found[-1] = around([found[-1], box])
        else:
            found.append(box)
    if len(found) > _MOST:
        return []
    return [
        (left, top, right, bottom)
        for left, top, right, bottom in found
        if bottom - top > _TABLE * page.height
        and sum(left < glyph.x < right and top < glyph.y < bottom for glyph in page.glyphs) <= _UNDER
    ]


def _in_order(page: Page, found: list[Piece | PrintedTable], pictures: list[Picture]) -> list[Block]:
    places: list[tuple[float, Block]] = [
        (item.box[1], item) if isinstance(item, PrintedTable) else (item.y, Printed(page.number, item))
        for item in found
    ]
    places += [(picture.box[1], picture) for picture in pictures]
    return [block for _, block in sorted(places, key=lambda place: place[0])]


class _Writer:
    """Puts the text together and remembers where its parts stand."""

    def __init__(self, pages: Sequence[Page]) -> None:
        self.pages = {page.number: page for page in pages}
        self.parts: list[str] = []
        self.length = 0
        self.places: list[Place] = []
        self.pictures: list[int] = []
        self.unruled: list[tuple[int, int]] = []

    def write(self, blocks: Sequence[Block], measured: Sequence[Measure]) -> Built:
        """The text of some blocks."""
        at = 0
        while at < len(blocks):
            block, end = blocks[at], at + 1
            if isinstance(block, PrintedTable):
                parts = [block]
                while (
                    end < len(blocks) and isinstance(after := blocks[end], PrintedTable) and _follows(parts[-1], after)
                ):
                    parts.append(after)
                    end += 1
                self._table(joined_tables(parts))
            else:
                while end < len(blocks) and not isinstance(blocks[end], PrintedTable):
                    end += 1
                self._lines(blocks[at:end], measured)
            at = end
        return Built("".join(self.parts), self.places, self.pictures, self.unruled)

    def _lines(self, blocks: Sequence[Block], measured: Sequence[Measure]) -> None:
        """Write lines; a picture among them stands behind the paragraph that it is in."""
        lines = [line for line in blocks if isinstance(line, Printed)]
        before = [number - at for at, number in enumerate(i for i, b in enumerate(blocks) if isinstance(b, Picture))]
        count = 0
        for paragraph in paragraphs(lines, measured):
            self.pictures += [self.length for number in before if number == count]
            before = [number for number in before if number != count]
            self._paragraph(paragraph)
            inside = range(count + 1, count + len(paragraph.parts))
            count = inside.stop
            self.pictures += [self.length for number in before if number in inside]
        self.pictures += [self.length for number in before if number == count]

    def _add(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def _place(self, start: int, end: int, page: int, box: Box) -> None:
        seen = self.pages[page].as_seen(box)
        self.places.append(Place(start, end, {"page": page, "box": [round(value, 1) for value in seen]}))

    def _paragraph(self, paragraph: Paragraph) -> None:
        at = self.length
        for page, box, end in paragraph.parts:
            self._place(at, self.length + end, page, box)
            at = self.length + end
        self._add(paragraph.text + "\n\n")

    def _table(self, table: PrintedTable) -> None:
        for line in table.lines:
            self._paragraph(Paragraph(line.text, [(table.page, line.box, len(line.text))]))
        begin = self.length
        for row in table.rows:
            for cell in row.cells:
                self._add("\t")
                at = self.length
                for page, box, end in cell.parts:
                    self._place(at, self.length + end, page, box)
                    at = self.length + end
                self._add(cell.text + "\n")
            self._add("\n")
        if not table.drawn:
            self.unruled.append((begin, self.length))


def _follows(above: PrintedTable, below: PrintedTable) -> bool:
    return below.page == above.page + 1 and not (above.lines or below.lines) and same_table(above, below)
