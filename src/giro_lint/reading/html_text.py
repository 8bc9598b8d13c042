"""Builds the text of a page in the tab-cell layout and remembers where each piece stands in the page. May import: model.source."""

from __future__ import annotations

import html
import re
from bisect import bisect_right

from giro_lint.model.source import Segment

_ODD = re.compile(r"[ \t\n\r\f]+|&(?:#[xX]?[0-9a-fA-F]{1,8}|[a-zA-Z][a-zA-Z0-9]{1,31});?")
_SPACE = frozenset(" \t\n\r\f")
_WIDE = (
    (0x2E80, 0xA4CF), (0xAC00, 0xD7A3), (0xF900, 0xFAFF), (0xFE30, 0xFE6F), (0xFF00, 0xFFEF), (0x1F300, 0x1F9FF),
    (0x20000, 0x3FFFF), (0x2014, 0x2026),
)  # fmt: skip
_STARTS = sorted(start for start, _ in _WIDE)
_ENDS = dict(_WIDE)


def _wide(char: str) -> bool:
    """Whether a letter is one of those between which a line end is no space (and the marks Chinese sets as wide)."""
    place = bisect_right(_STARTS, ord(char)) - 1
    return place >= 0 and ord(char) <= _ENDS[_STARTS[place]]


class Writer:
    """A text in the making.

    White space is shown as a browser shows it: none at the ends of a line, one space elsewhere; a line end between two wide
    letters is nothing.

    Args:
        page: the page's own text.

    """

    def __init__(self, page: str) -> None:
        self._page = page
        self._pieces: list[str] = []
        self._length = 0
        self._last = ""
        """The last letter of the current line."""
        self._ends = 2
        """How many line ends the text ends with; the beginning counts as a blank line."""
        self._gap: tuple[int, int] | None = None
        self._joint = False
        self.segments: list[Segment] = []
        self.pictures: list[int] = []
        self._pictured = False

    @property
    def text(self) -> str:
        """What was written so far."""
        return "".join(self._pieces)

    def write(self, start: int, end: int, *, line_ends: bool = False, tabs: bool = False) -> None:
        """Write a text of the page.

        Args:
            start: offset in the page.
            end: offset behind it.
            line_ends: whether line ends in it are shown.
            tabs: whether other white space in it is shown as it is.

        """
        page, at = self._page, start
        for odd in _ODD.finditer(page, start, end):
            if odd.start() > at:
                self._copy(at, odd.start())
            at = odd.end()
            if page[odd.start()] == "&":
                self._entity(odd.start(), at)
            elif line_ends:
                self._preserved(odd.start(), at, tabs=tabs)
            else:
                self._gap = (self._gap[0] if self._gap else odd.start(), at)
        if at < end:
            self._copy(at, end)

    def _preserved(self, start: int, end: int, *, tabs: bool) -> None:
        at = start
        while at < end:
            stop = at + 1
            if self._page[at] in "\n\r":
                stop += self._page[at : at + 2] == "\r\n"
                self.new_line(blank=self._ends > 0)
            elif tabs:
                self._put(self._page[at], at, stop)
            else:
                self._gap = (self._gap[0] if self._gap else at, stop)
            at = stop

    def _entity(self, start: int, end: int) -> None:
        shown = html.unescape(self._page[start:end])
        if shown == self._page[start:end]:
            self._copy(start, end)
        elif shown in _SPACE:
            self._gap = (self._gap[0] if self._gap else start, end)
        elif shown:
            self.stand(shown, start, end)

    def _copy(self, start: int, end: int) -> None:
        self._settle(self._page[start])
        self._put(self._page[start:end], start, end)

    def stand(self, shown: str, start: int, end: int) -> None:
        """Write something that stands for a stretch of the page as a whole."""
        self._settle(shown[0])
        self._put(shown, start, end)

    def _settle(self, following: str) -> None:
        """Write the white space that was waiting for another letter, if it is seen."""
        gap, joint = self._gap, self._joint
        self._gap, self._joint = None, False
        if not self._last:
            return
        if joint:
            if self._last.isalnum() and following.isalnum() and not (_wide(self._last) or _wide(following)):
                self._put(" ")
        elif gap:
            wrapped = any(char in "\n\r" for char in self._page[slice(*gap)])
            if wrapped and _wide(self._last) and _wide(following):
                return
            same = gap[1] - gap[0] == 1 and self._page[gap[0]] != " "  # no copy, though as long as one
            self._put(" ", *(() if same else gap))

    def _put(self, shown: str, start: int = -1, end: int = -1) -> None:
        if start >= 0:
            begin, stop = self._length, self._length + len(shown)
            before = self.segments[-1] if self.segments else None
            copied = len(shown) == end - start
            if (
                copied
                and before
                and before[1] == begin
                and before[3] == start
                and before[1] - before[0] == before[3] - before[2]
            ):
                self.segments[-1] = (before[0], stop, before[2], end)
            else:
                self.segments.append((begin, stop, start, end))
        self._pieces.append(shown)
        self._length += len(shown)
        self._last = shown[-1]
        self._pictured = False
        self._ends = 0

    def picture(self) -> None:
        """Remember that a picture stands here, unless words stand beside it."""
        self._pictured = not self._last

    def new_line(self, *, blank: bool = False) -> None:
        """End the line, if there is one; with a blank line behind it where asked for."""
        self._gap, self._joint = None, False
        if self._pictured:
            self.pictures.append(self._length)
            self._pictured = False
        for _ in range((1 + blank) - self._ends):
            self._pieces.append("\n")
            self._length += 1
            self._ends += 1
        self._last = ""

    def join(self) -> None:
        """A line break inside a cell: nothing, or a space between letters and digits."""
        self._gap, self._joint = None, True

    def open_cell(self) -> None:
        """Begin a cell on a line of its own."""
        self.new_line()
        self._pieces.append("\t")
        self._length += 1
        self._ends = 0

    def close_cell(self, place: int) -> None:
        """End a cell; one in which nothing was written is remembered at its place in the page."""
        if not self._last:
            self.segments.append((self._length, self._length, place, place))
        self.new_line()
