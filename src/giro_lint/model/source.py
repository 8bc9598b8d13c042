"""The text that is linted, its positions, and the way back to the file it was built from. May import: the standard library and attrs."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from functools import cached_property
from types import MappingProxyType
from typing import Any, NamedTuple

import attrs

from giro_lint.model.patterns import lazy

_LINE_END = lazy(r"\r\n|\n|\r")
_LAYOUT = frozenset("\t\r\n")
_NOTHING: Mapping[str, Any] = MappingProxyType({})

Position = tuple[int, int]
"""Line and column, both 1-based, columns in code points."""

Segment = tuple[int, int, int, int]
"""A stretch of a built text and the stretch of the file it shows: start, end, start in the file, end in the file.

Stretches of equal length are copies, code point by code point; others stand for each other as a whole (``&nbsp;`` and one space).
A stretch without length marks a place, such as an empty cell.
"""


class Span(NamedTuple):
    """A half-open stretch of a source text.

    Args:
        start: offset of the first code point.
        end: offset behind the last one; equal to ``start`` for an empty place.

    """

    start: int
    end: int


class Origin(NamedTuple):
    """The text of the file that a source text was built from, for files that are text themselves (web pages).

    Args:
        text: the file's own text, as decoded.
        segments: what was taken from where, in the order of the built text, without overlaps in it.

    """

    text: str
    segments: Sequence[Segment]


class Place(NamedTuple):
    """Where a stretch of a built text stands in a document that has no lines (Word, PDF).

    Args:
        start: offset of the stretch in the built text.
        end: offset behind it.
        location: ``table``, ``row``, ``cell`` or ``paragraph`` (1-based), or ``page`` (1-based) and ``box`` (left, top,
            right, bottom in points).

    """

    start: int
    end: int
    location: Mapping[str, Any]


class Remark(NamedTuple):
    """Something a reader noticed that a rule of kind ``engine`` tells the user.

    Args:
        event: the event of that rule, such as ``tracked-changes``.
        span: the place in the built text.
        variant: key of the rule's message.
        data: what the message may speak of.

    """

    event: str
    span: Span
    variant: str = ""
    data: Mapping[str, Any] = _NOTHING


@attrs.frozen(slots=False, eq=False, repr=False)
class Source:
    """A text with the file it came from; offsets count its code points and never change.

    Args:
        text: the whole text: exactly as decoded for text and Markdown, built in the tab-cell layout for other media.
        path: the name that diagnostics show.
        media: ``text``, ``markdown``, ``html``, ``docx`` or ``pdf``.
        encoding: the codec the bytes were decoded with, or empty.
        origin: the file's own text where the source text was built from one.
        places: where the stretches of a built text stand in a document without lines, in the order of the text.
        remarks: what the reader noticed.
        pictures: where pictures stand with no words beside them, as offsets in a built text.
        unruled: where tables stand whose cells were told by the gaps between them alone: first offset and the one behind the last.

    """

    text: str
    path: str = "<text>"
    media: str = "text"
    encoding: str = "utf-8"
    origin: Origin | None = None
    places: Sequence[Place] = ()
    remarks: Sequence[Remark] = ()
    pictures: Sequence[int] = ()
    unruled: Sequence[tuple[int, int]] = ()

    @cached_property
    def line_starts(self) -> list[int]:
        """Offsets at which the lines begin."""
        return line_starts(self.text)

    @cached_property
    def _origin_lines(self) -> list[int]:
        return line_starts(self.origin.text) if self.origin else self.line_starts

    def position(self, offset: int) -> Position:
        """Line and column of an offset in the source text."""
        return _position(self.line_starts, offset)

    def line_text(self, line: int) -> str:
        """Text of a line (1-based) of the source text without its line end."""
        start = self.line_starts[line - 1]
        end = self.line_starts[line] if line < len(self.line_starts) else len(self.text)
        return self.text[start:end].rstrip("\r\n")

    def opened_position(self, offset: int) -> Position:
        """Line and column of an offset in the text of the file that the user opens."""
        return _position(self._origin_lines, offset)

    def opened(self, span: Span) -> tuple[Position, Position]:
        """Where a span begins and ends in the file that the user opens.

        For a document without lines the positions count in the source text.
        """
        placed = self.origin_span(span)
        return _position(self._origin_lines, placed.start), _position(self._origin_lines, placed.end)

    def origin_span(self, span: Span) -> Span:
        """A span of the source text as a span of the file's own text; the nearest place where nothing was taken from the file."""
        if self.origin is None:
            return span
        first, last = _covered(self._starts, self.origin.segments, span)
        if first is None or last is None:
            return Span(0, 0)
        start, end = _origin_start(first, span.start), _origin_end(last, span.end)
        return Span(start, max(start, end))

    def editable(self, span: Span) -> Span | None:
        """The stretch of the file that an edit of a span changes, or None where the span is not a copy of one stretch."""
        if self.origin is None:
            return None if self.places else span
        segments = self.origin.segments
        at = max(bisect_right(self._starts, span.start) - 1, 0)
        begin: int | None = None
        expected = reached = 0
        for start, end, origin, origin_end in segments[at:]:
            if start > span.end or (begin is not None and start >= span.end):
                break
            if end < span.start or (end == span.start and span.end > span.start):
                continue
            if end - start != origin_end - origin or (begin is not None and (origin, start) != (expected, reached)):
                return None
            if begin is None:
                if start > span.start:
                    return None
                begin = origin + span.start - start
            expected, reached = origin + min(span.end, end) - start, end
            if end >= span.end:
                return Span(begin, expected)
        return None

    def opened_edit(self, span: Span, text: str) -> tuple[Span, str] | None:
        """An edit as it has to be made in the file that the user opens.

        Args:
            span: what is replaced, in the source text.
            text: what stands there then.

        Returns:
            The span in the file and the text as the file spells it; None where the place is no copy of one stretch of the file,
            and for line ends and cells, which a web page does not write as a text does.

        """
        placed = self.editable(span)
        if placed is None or (self.origin is not None and not _LAYOUT.isdisjoint(text)):
            return None
        return placed, _escaped(text) if self.origin is not None else text

    def location(self, span: Span) -> Mapping[str, Any] | None:
        """Where a span stands in a document without lines, or None for one that has lines."""
        if not self.places:
            return None
        at = bisect_left(self._place_ends, span.start if span.end == span.start else span.start + 1)
        return self.places[min(at, len(self.places) - 1)].location

    @cached_property
    def _starts(self) -> list[int]:
        return [segment[0] for segment in self.origin.segments] if self.origin else []

    @cached_property
    def _place_ends(self) -> list[int]:
        return [place.end for place in self.places]


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def line_starts(text: str) -> list[int]:
    """Offsets at which the lines of a text begin; only LF, CRLF and CR end a line, as in editors."""
    return [0, *(match.end() for match in _LINE_END.finditer(text))]


def _position(line_starts: list[int], offset: int) -> Position:
    line = bisect_right(line_starts, offset)
    return line, offset - line_starts[line - 1] + 1


def _covered(starts: list[int], segments: Sequence[Segment], span: Span) -> tuple[Segment | None, Segment | None]:
    """The segments in which a span begins and ends; the next and the one before where it begins or ends outside of any."""
    if not segments:
        return None, None
    if span.end == span.start:
        at = bisect_left(starts, span.start)
        if at < len(segments) and segments[at][0] == span.start:
            return segments[at], segments[at]
        before = segments[max(at - 1, 0)]
        return before, before
    first = max(bisect_right(starts, span.start) - 1, 0)
    while first < len(segments) - 1 and segments[first][1] <= span.start:
        first += 1
    last = max(bisect_left(starts, span.end) - 1, first)
    return segments[first], segments[last]


def _origin_start(segment: Segment, offset: int) -> int:
    start, end, origin, origin_end = segment
    if offset <= start or end - start != origin_end - origin:
        return origin if offset < end or start == end else origin_end
    return min(origin + offset - start, origin_end)


def _origin_end(segment: Segment, offset: int) -> int:
    start, end, origin, origin_end = segment
    if offset >= end or end - start != origin_end - origin:
        return origin_end if offset > start else origin
    return origin + offset - start
