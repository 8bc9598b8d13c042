"""A part of a Word document as bytes into which XML is put, so that nothing else of it changes. May import: reading, model.errors.

The elements are told by their number in the order of the document, which is the order in which lxml walks the tree of the same part.
"""

from __future__ import annotations

import re
from typing import NamedTuple
from xml.parsers import expat

from giro_lint.model.errors import ReadError
from giro_lint.reading.docx_package import coded, utf8

_TAG = re.compile(rb"""<([^\s/>"']+)(?:[^>"']|"[^"]*"|'[^']*')*>""")


class Extent(NamedTuple):
    """Where an element stands in the bytes of its part.

    Args:
        start: offset of its start tag.
        inner: offset behind the start tag.
        stop: offset of the end tag; equal to ``inner`` for a tag that is both.
        end: offset behind it.

    """

    start: int
    inner: int
    stop: int
    end: int


class Part:
    """A part and what is put into it.

    Args:
        data: its bytes.
        name: its name, for messages.

    Raises:
        ReadError: ``damaged``.

    """

    def __init__(self, data: bytes, name: str) -> None:
        self._original, self._name = data, name
        self._body = utf8(data, name)
        self._starts: list[int] = []
        self._stops: list[int] = []
        self._appended: dict[int, list[bytes]] = {}
        self._changes: list[tuple[int, int, int, int, bytes]] = []
        self._index()

    def _index(self) -> None:
        parser = expat.ParserCreate("utf-8")
        open_elements: list[int] = []

        def begins(_: str, __: dict[str, str]) -> None:
            open_elements.append(len(self._starts))
            self._starts.append(parser.CurrentByteIndex)
            self._stops.append(0)

        def ends(_: str) -> None:
            self._stops[open_elements.pop()] = parser.CurrentByteIndex

        parser.StartElementHandler, parser.EndElementHandler = begins, ends
        try:
            parser.Parse(self._body, True)
        except expat.ExpatError as problem:
            raise ReadError("damaged", f"{self._name[:60]}: {problem}"[:160]) from None

    def __len__(self) -> int:
        """How many elements there are."""
        return len(self._starts)

    def extent(self, at: int) -> Extent:
        """Where an element stands."""
        start, stop = self._starts[at], self._stops[at]
        inner = self._tag(start).end()
        if self._body[inner - 2 : inner] == b"/>":
            return Extent(start, inner, inner, inner)
        return Extent(start, inner, stop, self._body.index(b">", stop) + 1)

    def _tag(self, start: int) -> re.Match[bytes]:
        match = _TAG.match(self._body, start)
        if match is None:
            raise ReadError("damaged", self._name[:60])
        return match

    def raw(self, start: int, end: int) -> bytes:
        """Bytes of the part as it was."""
        return self._body[start:end]

    def insert(self, offset: int, xml: str, rank: int = 0) -> None:
        """Put something in.

        Args:
            offset: where.
            xml: what.
            rank: where several things are put in at one place, the lower ones come first, those of one rank in the order of the calls.

        """
        self._changes.append((offset, offset, rank, len(self._changes), xml.encode()))

    def replace(self, at: int, xml: bytes) -> None:
        """Put something in the place of an element."""
        extent = self.extent(at)
        self._changes.append((extent.start, extent.end, 0, len(self._changes), xml))

    def append(self, at: int, xml: str) -> None:
        """Put something in as the last of an element's content."""
        self._appended.setdefault(at, []).append(xml.encode())

    def data(self) -> bytes:
        """The bytes with everything put in, in the encoding that they had."""
        changes = list(self._changes)
        for at, pieces in self._appended.items():
            extent, content = self.extent(at), b"".join(pieces)
            if extent.inner == extent.end:
                content = b">" + content + b"</" + self._tag(extent.start)[1] + b">"
                changes.append((extent.end - 2, extent.end, 0, len(changes), content))
            else:
                changes.append((extent.stop, extent.stop, 0, len(changes), content))
        out, behind = [], 0
        for start, end, _, _, content in sorted(changes):
            out += [self._body[behind:start], content]
            behind = end
        out.append(self._body[behind:])
        return coded(b"".join(out), self._original, self._body)
