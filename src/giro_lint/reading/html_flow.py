"""Writes the report of a page as lines and rows of cells. May import: the other modules of html."""

from __future__ import annotations

import attrs

from giro_lint.reading.html_body import Body
from giro_lint.reading.html_marker import Counter, begins_numbered
from giro_lint.reading.html_page import Page
from giro_lint.reading.html_table import Table, cells_of
from giro_lint.reading.html_text import Writer
from giro_lint.reading.html_tokens import attributes

_PREFORMATTED = frozenset({"pre", "listing"})
_PICTURES = frozenset({"img", "image"})
_START = 40


def write_body(page: Page, body: Body) -> Writer:
    """Write the title, where it stands outside, and the report of a page.

    Args:
        page: the page.
        body: where its report stands.

    Returns:
        The text with its segments.

    """
    writer = Writer(page.text)
    flow = _Flow(page, body.left_out, writer)
    if body.title and body.title.span:
        writer.write(*body.title.span)
    elif body.title:
        flow.run(body.title.at + 1, page.nodes[body.title.at].last)
    writer.new_line(blank=True)
    flow.run(body.at + 1, page.nodes[body.at].last)
    writer.new_line()
    return writer


def write_lines(page: Page, text: str) -> Writer:
    """Write all that a text with tags in it shows, its line ends and white space kept.

    Args:
        page: the text, read as a page.
        text: what to write its pieces from; as long as the page's.

    Returns:
        The text with its segments.

    """
    writer = Writer(text)
    _Flow(page, frozenset(), writer, line_ends=True).run(1, page.nodes[0].last)
    writer.new_line()
    return writer


@attrs.define(eq=False, repr=False)
class _Row:
    """A row of figures that is being written.

    Args:
        index: of its element.
        cells: indices of its cells.
        strays: texts between its cells, as offsets.

    """

    index: int
    cells: frozenset[int]
    strays: list[tuple[int, int]] = attrs.field(factory=list)


class _Flow:
    """Walks through the nodes and writes them; open elements stand in a list of their own."""

    def __init__(self, page: Page, left_out: frozenset[int], writer: Writer, *, line_ends: bool = False) -> None:
        self._page, self._left_out, self._writer = page, left_out, writer
        self._open: list[tuple[int, str, int]] = []
        """Index behind the last descendant, what is done when it is left, index."""
        self._tables: list[Table] = []
        self._lists: list[Counter | None] = []
        self._row: _Row | None = None
        self._in_cell = False
        self._marker: tuple[str, int] | None = None
        self._line_ends: list[tuple[bool, bool]] = [(line_ends, line_ends)]

    def run(self, first: int, last: int) -> None:
        """Write the nodes from one index to another (exclusive)."""
        page, index = self._page, first
        while index < last:
            while self._open and self._open[-1][0] <= index:
                self._leave()
            kind = page.kinds[index]
            if kind == "none" or index in self._left_out:
                index = page.nodes[index].last
                continue
            if kind == "text":
                self._text(index)
            elif kind == "br":
                self._break(blank=False)
            else:
                self._enter(index, kind)
            index += 1
        while self._open:
            self._leave()

    def _text(self, index: int) -> None:
        node = self._page.nodes[index]
        if self._row and not self._in_cell:
            self._row.strays.append((node.start, node.inner))
            return
        if self._marker and self._page.amount("shown", index):
            (number, place), self._marker = self._marker, None
            if not begins_numbered(self._page.text[node.start : node.start + _START]):
                self._writer.stand(number, place, place)
        line_ends, tabs = self._line_ends[-1]
        self._writer.write(node.start, node.inner, line_ends=line_ends and not self._in_cell, tabs=tabs)

    def _break(self, *, blank: bool) -> None:
        if self._in_cell:
            self._writer.join()
        elif self._row is None:
            self._writer.new_line(blank=blank)

    def _enter(self, index: int, kind: str) -> None:
        node, look = self._page.nodes[index], self._page.look(index)
        action = ""
        if kind == "tr" and not self._in_cell and self._row is None:
            action = self._enter_row(index)
        elif kind == "td" and self._row and index in self._row.cells and not self._in_cell:
            self._enter_cell(index)
            action = "cell"
        elif kind == "table" and not self._in_cell and self._row is None:
            self._break(blank=True)
            self._tables.append(Table.of(self._page, index))
            action = "table"
        elif kind == "group" and not self._in_cell and self._row is None:
            action = "group"
        elif kind != "inline":
            self._break(blank=True)
            action = "block"
        if node.tag in _PICTURES:
            self._writer.picture()
        if action or node.tag in {"ol", "ul", "li"}:
            self._open.append((node.last, action, index))
        self._enter_list(index)
        if node.tag in _PREFORMATTED or look.line_ends is not None:
            tabs = node.tag in _PREFORMATTED
            self._line_ends.append((tabs or look.line_ends is True, tabs))
            self._open.append((node.last, "line ends", index))

    def _enter_list(self, index: int) -> None:
        node, look = self._page.nodes[index], self._page.look(index)
        if node.tag == "ol":
            values = attributes(self._page.text, node.attributes, node.inner)
            kind = self._page.text[slice(*values["type"])] if "type" in values else ""
            self._lists.append(Counter.of(self._page.number(node, "start", 1), kind, look.marker))
            self._open.append((node.last, "list", index))
        elif node.tag == "ul":
            self._lists.append(None)
            self._open.append((node.last, "list", index))
        elif node.tag == "li" and self._lists and (counter := self._lists[-1]):
            counter.following = self._page.number(node, "value", counter.following)
            number = counter.take()
            listed = self._page.kinds[index] == "block" and "none" not in look.marker
            self._marker = (number, node.inner) if number and listed else None

    def _enter_row(self, index: int) -> str:
        page = self._page
        if not self._tables:
            self._tables.append(Table(spare=200))
        cells = cells_of(page, index)
        table = self._tables[-1]
        if not cells or page.number(page.nodes[index], "height", 1) == 0:
            table.end_row()
            return "passed row"
        if table.is_text(page, cells):
            table.end_row()
            self._break(blank=True)
            return "block"
        self._writer.new_line()
        self._row = _Row(index, frozenset(cells))
        return "row"

    def _enter_cell(self, index: int) -> None:
        node = self._page.nodes[index]
        for _ in range(self._tables[-1].before(self._page, index)):
            self._empty(node.start)
        self._writer.open_cell()
        self._in_cell = True

    def _empty(self, place: int) -> None:
        self._writer.open_cell()
        self._writer.close_cell(place)

    def _leave(self) -> None:
        last, action, index = self._open.pop()
        if action == "cell":
            self._in_cell = False
            self._marker = None
            self._writer.close_cell(self._page.nodes[index].inner)
        elif action == "row" and self._row:
            nodes = self._page.nodes
            place = nodes[last].start if last < len(nodes) else len(self._page.text)
            for _ in range(self._tables[-1].end_row()):
                self._empty(place)
            strays, self._row = self._row.strays, None
            self._writer.new_line(blank=True)
            for start, end in strays:
                self._writer.write(start, end)
                self._writer.new_line(blank=True)
        elif action == "table":
            self._tables.pop()
            self._writer.new_line(blank=True)
        elif action == "group":
            for table in self._tables[-1:]:
                table.end_group()
        elif action == "list":
            self._lists.pop()
        elif action == "line ends":
            self._line_ends.pop()
        elif action == "block":
            self._break(blank=True)
