"""Writes paragraphs and cells down as the text that the one grammar reads, with their places. May import: model.

A paragraph is a line; a cell is a line that begins with a TAB; an empty line ends a row.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from giro_lint.model.source import Place, Span

Location = Mapping[str, int]

_TEXT_END = re.compile(r"[0-9A-Za-z\u4e00-\u9fff]\Z")
_FIGURE_NEXT = re.compile(r"\s*[0-9]")
_DOTS = (".", "．")
_WRAPPED = re.compile(r"[\u4e00-\u9fff/]{1,40}\Z")
_FIGURES = re.compile(r"[0-9A-Za-z]\Z"), re.compile(r"[0-9A-Za-z]")
_SET_OFF = re.compile(r"(?P<number>[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[）)、．.]) *\t[ \t]*")
_TABS = re.compile(r" *\t[ \t]*")


def numbered(number: str, text: str) -> str:
    """A paragraph with the number that stands before it; a space keeps apart what would run together."""
    text = text.lstrip("\t")
    if not number or not text:
        return number + text
    apart = _TEXT_END.search(number) or (number.endswith(_DOTS) and _FIGURE_NEXT.match(text))
    return f"{number} {text}" if apart else number + text


def lines_of(text: str) -> list[str]:
    """The lines of a paragraph that are not blank; a TAB is a space, except behind a number and at the ends."""
    return [line for line in map(_line, text.split("\n")) if line.strip()]


def _line(text: str) -> str:
    text = text.strip("\t")
    match = _SET_OFF.match(text)
    return _TABS.sub(" ", numbered(match["number"], text[match.end() :]) if match else text)


def cell_of(paragraphs: list[str]) -> str:
    """The paragraphs of a cell as one text.

    A label that goes on in the next line keeps its line end; anything else is put together, with a space where figures or
    words would run together.
    """
    text = ""
    for line in (line for paragraph in paragraphs for line in lines_of(paragraph)):
        if not text:
            text = line
        elif _WRAPPED.match(line) and _WRAPPED.match(text.rpartition("\n")[2]):
            text += "\n" + line
        elif _FIGURES[0].search(text) and _FIGURES[1].match(line):
            text += " " + line
        else:
            text += line
    return text


class Layout:
    """A text in the making."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._in_row = False
        self._blank = True
        self.places: list[Place] = []

    def paragraph(self, lines: list[str], location: Location) -> Span:
        """Add a paragraph.

        Args:
            lines: its lines.
            location: where it stands.

        Returns:
            Its place in the text.

        """
        self.end_row()
        text = "\n".join(lines)
        span = self._place(text, location)
        self._add("\n")
        self._blank = False
        return span

    def cell(self, text: str, location: Location) -> Span:
        """Add a cell to the row.

        Args:
            text: its text, empty where a merged cell goes on from above.
            location: where it stands.

        Returns:
            Its place in the text.

        """
        self._add("\t")
        span = self._place(text, location)
        self._add("\n")
        self._in_row = True
        self._blank = False
        return span

    def end_row(self) -> None:
        """End the row, if there is one."""
        if self._in_row:
            self._in_row = False
            self.blank()

    def blank(self) -> None:
        """Add an empty line, unless there is one."""
        if not self._blank:
            self._add("\n")
        self._blank = True

    @property
    def end(self) -> int:
        """Offset of what is added next."""
        return self._length

    @property
    def text(self) -> str:
        """The text so far."""
        return "".join(self._pieces)

    def _place(self, text: str, location: Location) -> Span:
        span = Span(self._length, self._length + len(text))
        self.places.append(Place(span.start, span.end, location))
        self._add(text)
        return span

    def _add(self, text: str) -> None:
        self._pieces.append(text)
        self._length += len(text)
