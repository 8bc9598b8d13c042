"""Word documents (.docx, .docm) to sources in the tab-cell layout. May import: the docx modules beside it, model, lxml.

Paragraphs and tables are read in their order, with the numbers that Word sets by itself; headers, footers, footnotes and comments
are left out. Places: the paragraph (those that are not blank and stand in no table, counted from 1), or table, row and cell.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from giro_lint.model.errors import ReadError
from giro_lint.model.source import Remark, Source, Span
from giro_lint.reading.docx_layout import Layout, Location, cell_of, lines_of, numbered
from giro_lint.reading.docx_numbering import Numbering
from giro_lint.reading.docx_package import Package, W
from giro_lint.reading.docx_runs import ALTERNATIVES, DEEPEST, Paragraph, Piece, Runs, chosen_of, joined
from giro_lint.reading.docx_styles import Styles, child, number, switched, value

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_BODY, _P, _TABLE, _ROW, _CELL = W + "body", W + "p", W + "tbl", W + "tr", W + "tc"
_WRAPPERS = frozenset(W + name for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo"))
_STOP = "。"
_WIDEST = 10_000
_BESIDE = 2
"""So many cells in a table of one row are no table: a name and a date set side by side."""


class Trail(NamedTuple):
    """The way back from a place of the source to the document.

    Args:
        paragraphs: the paragraphs (``w:p``) that stand there, empty for a cell that goes on from the one above.
        pieces: what its text was put together from, in order; white space may have been left out or put between.

    """

    paragraphs: tuple[Element, ...]
    pieces: Sequence[Piece]


class Traced(NamedTuple):
    """A Word document that was read, with the way back.

    Args:
        source: as `read_docx` gives it.
        package: the document's parts.
        root: the root of the main part, whose elements the trails name.
        trails: one for each of the places of the source.

    """

    source: Source
    package: Package
    root: Element
    trails: list[Trail]


def read_docx(data: bytes, path: str) -> Source:
    """The source of a Word document.

    Args:
        data: the whole file.
        path: its name.

    Returns:
        The source, with places and with remarks on tracked changes and hidden text.

    Raises:
        ReadError: ``extra`` where lxml is not installed, ``damaged``, ``encrypted`` or ``limit``.

    """
    return read_traced(data, path).source


def read_traced(data: bytes, path: str) -> Traced:
    """The source of a Word document, with the way back from its places to the elements.

    Args:
        data: the whole file.
        path: its name.

    Returns:
        Both.

    Raises:
        ReadError: as `read_docx`.

    """
    try:
        import lxml.etree  # noqa: F401
    except ImportError:
        raise ReadError("extra", "docx") from None
    package = Package(data)
    reader = _Reader(package)
    root = package.document()
    for body in root.iterchildren(_BODY):
        reader.blocks(body, None, DEEPEST)
    return Traced(reader.source(path), package, root, reader.trails)


class _Block(NamedTuple):
    """A paragraph that was read: its text with its number, where that comes from, and what stands around it."""

    text: str
    trail: Trail
    around: Paragraph


class _Reader:
    """Reads the blocks of a document one after another."""

    def __init__(self, package: Package) -> None:
        styles = Styles(package.part("styles"))
        self._usual = styles.usual
        self._runs = Runs(styles)
        self._numbering = Numbering(package.part("numbering"), styles)
        self._layout = Layout()
        self._paragraphs = 0
        self._tables = 0
        self._boxes: list[Element] = []
        self._carried: list[Piece] = []
        self._first: dict[int, Span] = {}
        self.trails: list[Trail] = []
        self._pictures: list[int] = []

    def source(self, path: str) -> Source:
        """What was read."""
        changes, hidden = self._runs.changes, self._runs.hidden
        moved = max(changes.counts.get("to", 0), changes.counts.get("from", 0))
        counts = (
            (changes, "", changes.counts.get("ins", 0) + changes.counts.get("del", 0) + moved),
            (hidden, "hidden", hidden.counts.get("text", 0)),
        )
        end = Span(self._layout.end, self._layout.end)
        remarks = [
            Remark("tracked-changes", self._first.get(id(tally), end), variant, {"count": count})
            for tally, variant, count in counts
            if count
        ]
        return Source(
            self._layout.text, path, "docx", "", places=self._layout.places, remarks=remarks, pictures=self._pictures
        )

    def blocks(self, parent: Element, where: Location | None, depth: int) -> None:
        """Read the paragraphs and tables of a body, a cell or a text box.

        Args:
            parent: what holds them.
            where: the cell that they stand in, None outside of tables.
            depth: so many levels of nesting are allowed below.

        Raises:
            ReadError: ``limit``.

        """
        if not depth:
            raise ReadError("limit", f"XML > {DEEPEST} 层 / levels")
        carried, self._carried = self._carried, []
        for element in _flat(parent, _P, _TABLE):
            if element.tag == _TABLE:
                self._table(element, where, depth)
                continue
            block = self._paragraph(element)
            if block is None:
                continue
            for art in block.around.art:
                self._write([art.text], where, Trail((element,), [art]))
            for box in block.around.above:
                self.blocks(box, where, depth - 1)
            if block.around.pictured and not block.text.strip():
                self._pictures.append(self._layout.end)
            self._write(lines_of(block.text), where, block.trail)
            for box in block.around.below:
                self.blocks(box, where, depth - 1)
        if self._carried:
            self._write(lines_of(joined(self._carried)), where, Trail((), self._carried))
        self._carried = carried

    def _paragraph(self, element: Element) -> _Block | None:
        """A paragraph with its number, or None for one that is not there once changes are accepted and hidden text is left out."""
        properties = child(element, "pPr")
        style = value(child(properties, "pStyle")) or self._usual
        found = self._runs.read(element, style)
        mark = child(properties, "rPr")
        if mark is not None:
            if child(mark, "del") is not None or child(mark, "moveFrom") is not None:
                self._runs.changes.add("del" if child(mark, "del") is not None else "from")
                self._carried += found.pieces
                around = found.above or found.below or found.art
                return _Block("", Trail((element,), []), found) if around else None
            if child(mark, "ins") is not None or child(mark, "moveTo") is not None:
                self._runs.changes.add("ins" if child(mark, "ins") is not None else "to")
            if switched(mark, "vanish") and not joined(found.pieces).strip():
                return None
        pieces = found.pieces
        if self._carried:
            pieces, self._carried = self._carried + pieces, []
        number = self._numbering.next(properties, style)
        trail = Trail((element,), [Piece(number, None), *pieces] if number else pieces)
        return _Block(numbered(number, joined(pieces)), trail, found)

    def _write(self, lines: list[str], where: Location | None, trail: Trail) -> None:
        """Write a paragraph down."""
        if not lines:
            self._layout.end_row()
            self._layout.blank()
            return
        if where is None:
            self._paragraphs += 1
        self.trails.append(trail)
        self._noticed(self._layout.paragraph(lines, where or {"paragraph": self._paragraphs}))

    def _noticed(self, span: Span) -> None:
        """Give what was counted since the last piece of text this piece as its place."""
        for tally in (self._runs.changes, self._runs.hidden):
            if tally.new:
                tally.new = False
                self._first.setdefault(id(tally), span)

    def _table(self, table: Element, where: Location | None, depth: int) -> None:
        """A table; one within a cell of another is read where it stands, and has the place of that cell."""
        if where is None:
            self._tables += 1
        rows = [row for row in _flat(table, _ROW) if not self._is_gone(row)]
        cells = [[cell for cell in _flat(row, _CELL) if not self._is_dropped(cell)] for row in rows]
        single = all(len(row) <= 1 for row in cells) or (len(cells) == 1 and len(cells[0]) <= _BESIDE)
        self._layout.end_row()
        merged: set[int] = set()
        for at, (row, typed) in enumerate(zip(rows, cells, strict=True), 1):
            column, above, merged = number(child(row, "trPr", "gridBefore")) or 0, merged, set()
            for position, cell in enumerate(typed, 1):
                place = where or {"table": self._tables, "row": at, "cell": position}
                going = child(cell, "tcPr", "vMerge")
                if going is not None:
                    merged.add(column)
                if going is not None and value(going) != "restart" and column in above:
                    self.trails.append(Trail((), []))
                    self._layout.cell("", place)
                else:
                    self._cell(cell, place, depth, alone=len(typed) == 1, single=single)
                column += min(max(number(child(cell, "tcPr", "gridSpan")) or 1, 1), _WIDEST)
            self._layout.end_row()
        if where is None:
            boxes, self._boxes = self._boxes, []
            for box in boxes:
                self.blocks(box, None, depth - 1)

    def _cell(self, cell: Element, place: Location, depth: int, *, alone: bool, single: bool) -> None:
        """A cell; what is laid out within a frame, or is prose across the whole table, is read as if the table were not there."""
        inner = list(_flat(cell, _P, _TABLE))
        if any(block.tag == _TABLE for block in inner):
            self.blocks(cell, place, depth - 1)
            return
        carried, self._carried = self._carried, []
        texts: list[str] = []
        trails: list[Trail] = []
        for element in inner:
            block = self._paragraph(element)
            if block is not None:
                for art in block.around.art:
                    texts.append(art.text)
                    trails.append(Trail((element,), [art]))
                texts.append(block.text)
                trails.append(block.trail)
                self._boxes += block.around.above + block.around.below
        if self._carried:
            texts.append(joined(self._carried))
            trails.append(Trail((), self._carried))
        self._carried = carried
        if single or (alone and any(_STOP in text for text in texts)):
            for lines, trail in zip(map(lines_of, texts), trails, strict=True):
                if lines:
                    self._write(lines, place, trail)
        else:
            self.trails.append(trails[0] if len(trails) == 1 else _together(trails))
            self._noticed(self._layout.cell(cell_of(texts), place))

    def _is_gone(self, row: Element) -> bool:
        """Whether a row is deleted or hidden."""
        properties = child(row, "trPr")
        if child(properties, "del") is not None:
            self._runs.changes.add("del")
            return True
        if switched(properties, "hidden"):
            self._runs.hidden.add("text")
            return True
        return False

    def _is_dropped(self, cell: Element) -> bool:
        """Whether a cell is deleted, or goes on from the one to its left."""
        properties = child(cell, "tcPr")
        if child(properties, "cellDel") is not None:
            self._runs.changes.add("del")
            return True
        across = child(properties, "hMerge")
        return across is not None and value(across) != "restart"


def _together(trails: list[Trail]) -> Trail:
    """The trail of a cell of several paragraphs, or of none."""
    paragraphs = tuple(element for trail in trails for element in trail.paragraphs)
    return Trail(paragraphs, [piece for trail in trails for piece in trail.pieces])


def _flat(parent: Element, *wanted: str) -> Iterator[Element]:
    """The elements of some names below another, out of the wrappings that content controls and tracked changes put around them."""
    levels = [iter(parent)]
    while levels:
        for element in levels[-1]:
            tag = element.tag
            if tag in wanted:
                yield element
            elif tag in _WRAPPERS:
                levels.append(iter(element))
                break
            elif tag == ALTERNATIVES:
                levels.append(iter(chosen_of(element)))
                break
        else:
            levels.pop()
