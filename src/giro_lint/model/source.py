"""The text that is linted and its positions. May import: the standard library and attrs."""

from bisect import bisect_right
from functools import cached_property
from typing import NamedTuple

import attrs

from giro_lint.model.patterns import lazy

_LINE_END = lazy(r"\r\n|\n|\r")


class Span(NamedTuple):
    """A half-open stretch of a source text.

    Args:
        start: offset of the first code point.
        end: offset behind the last one; equal to ``start`` for an empty place.

    """

    start: int
    end: int


@attrs.frozen(slots=False, eq=False, repr=False)
class Source:
    """A text with the file it came from; offsets count its code points and never change.

    Args:
        text: the whole text, exactly as decoded (line ends untouched).
        path: the name that diagnostics show.
        media: ``text`` or ``markdown``.
        encoding: the codec the bytes were decoded with.

    """

    text: str
    path: str = "<text>"
    media: str = "text"
    encoding: str = "utf-8"

    @cached_property
    def line_starts(self) -> list[int]:
        """Offsets at which the lines begin; only LF, CRLF and CR end a line, as in editors."""
        return [0, *(match.end() for match in _LINE_END.finditer(self.text))]

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, both 1-based, columns in code points."""
        line = bisect_right(self.line_starts, offset)
        return line, offset - self.line_starts[line - 1] + 1

    def line_text(self, line: int) -> str:
        """Text of a line (1-based) without its line end."""
        start = self.line_starts[line - 1]
        end = self.line_starts[line] if line < len(self.line_starts) else len(self.text)
        return self.text[start:end].rstrip("\r\n")
