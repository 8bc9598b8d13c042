"""Pages to the tab-cell layout: a paragraph a line, a cell a line that begins with a TAB. May import: the readers of PDF, model."""

from __future__ import annotations

from collections.abc import Sequence

from giro_lint.model.source import Place
from giro_lint.reading.pdf_breaks import joined_tables, same_table
from giro_lint.reading.pdf_cells import PrintedTable, drawn_table
from giro_lint.reading.pdf_columns import with_tables
from giro_lint.reading.pdf_grid import find_grids
from giro_lint.reading.pdf_lines import Piece, printed_lines
from giro_lint.reading.pdf_margins import without_margins
from giro_lint.reading.pdf_page import Box, Page
from giro_lint.reading.pdf_paragraphs import Measure, Paragraph, Printed, measures, paragraphs, text_width

Block = Printed | PrintedTable


def text_of(pages: Sequence[Page]) -> tuple[str, list[Place]]:
    """The text of a document.

    Args:
        pages: its pages, in order.

    Returns:
        The text in the tab-cell layout, and a place for every printed line and every cell.

    """
    tables: list[list[PrintedTable]] = []
    lines: list[list[Piece]] = []
    for page in pages:
        drawn, free = _parts(page)
        tables.append(drawn)
        lines.append(free)
    lines = without_margins(pages, lines)
    blocks: list[Block] = []
    plain: list[list[Piece]] = []
    for page, found, drawn in zip(pages, with_tables(lines, text_width(lines)), tables, strict=True):
        blocks += _in_order(page, [*found, *drawn])
        plain.append([item for item in found if isinstance(item, Piece)])
    return _Writer(pages).write(blocks, measures(plain))


def _parts(page: Page) -> tuple[list[PrintedTable], list[Piece]]:
    """The drawn tables of a page and the lines outside them."""
    grids = find_grids(page.rules)
    inside: list[list[int]] = [[] for _ in grids]
    free = []
    for index, glyph in enumerate(page.glyphs):
        owner = next((i for i, grid in enumerate(grids) if grid.cell_at(glyph.x, glyph.y) is not None), None)
        if owner is None:
            free.append(glyph)
        else:
            inside[owner].append(index)
    drawn = [
        drawn_table(page.number, grid, [page.glyphs[i] for i in members])
        for grid, members in zip(grids, inside, strict=True)
    ]
    return [table for table in drawn if any(any(row.texts) for row in table.rows)], printed_lines(free)


def _in_order(page: Page, found: list[Piece | PrintedTable]) -> list[Block]:
    places: list[tuple[float, Block]] = [
        (item.box[1], item) if isinstance(item, PrintedTable) else (item.y, Printed(page.number, item))
        for item in found
    ]
    return [block for _, block in sorted(places, key=lambda place: place[0])]


class _Writer:
    """Puts the text together and remembers where its parts stand."""

    def __init__(self, pages: Sequence[Page]) -> None:
        self.pages = {page.number: page for page in pages}
        self.parts: list[str] = []
        self.length = 0
        self.places: list[Place] = []

    def write(self, blocks: Sequence[Block], measured: Sequence[Measure]) -> tuple[str, list[Place]]:
        """The text and the places of some blocks."""
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
                while end < len(blocks) and isinstance(blocks[end], Printed):
                    end += 1
                lines = [line for line in blocks[at:end] if isinstance(line, Printed)]
                for paragraph in paragraphs(lines, measured):
                    self._paragraph(paragraph)
            at = end
        return "".join(self.parts), self.places

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
        for row in table.rows:
            for cell in row.cells:
                self._add("\t")
                at = self.length
                for page, box, end in cell.parts:
                    self._place(at, self.length + end, page, box)
                    at = self.length + end
                self._add(cell.text + "\n")
            self._add("\n")


def _follows(above: PrintedTable, below: PrintedTable) -> bool:
    return below.page == above.page + 1 and not (above.lines or below.lines) and same_table(above, below)
