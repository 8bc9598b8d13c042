"""Printed lines to paragraphs, told by indentation, full lines, spacing and ends of sentences. May import: pdf_lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

import attrs

from giro_lint.reading.pdf_lines import Piece, joined

_LONG = 12
"""A line of so many ems tells where the text begins and ends."""
_INDENT = 1.2
_SHORT = 2.2
"""A line that ends so many ems before the edge ends a paragraph."""
_APART = 1.4
"""Lines further apart than so many times the usual distance belong to two paragraphs."""
_ENDS = "。！？；：!?;:”）)》"
_HEADING = re.compile(r"(?:第?[一二三四五六七八九十]{1,3}(?:部分|章)?[、．.]|[（(][一二三四五六七八九十]{1,3}[）)])")
_NEAR = 3
_LEADER = re.compile(r"[.…·．]{3,}\s*\d*\Z")
_WORD = re.compile(r"[!-~]+")


@attrs.frozen(eq=False)
class Measure:
    """Where the text of a page stands.

    Args:
        left: where its lines begin.
        right: where full lines end.
        pitch: the usual distance of two lines.
        size: of most of the type.

    """

    left: float
    right: float
    pitch: float
    size: float


@attrs.frozen(eq=False)
class Printed:
    """A printed line on its page."""

    page: int
    line: Piece


@attrs.define(eq=False)
class Paragraph:
    """A paragraph.

    Args:
        text: in one line.
        parts: for each printed line its page, its box, and the end of its part of the text.

    """

    text: str
    parts: list[tuple[int, tuple[float, float, float, float], int]]


def measures(pages: Sequence[list[Piece]]) -> list[Measure]:
    """Where the text of each page stands; a page with few long lines is measured with the others.

    Args:
        pages: for each page its lines outside tables.

    """
    everything = _measure([line for lines in pages for line in lines], None)
    return [_measure(lines, everything) for lines in pages]


def text_width(pages: Sequence[list[Piece]]) -> float:
    """The width of full lines, in points.

    Args:
        pages: for each page its lines outside drawn tables.

    """
    measure = _measure([line for lines in pages for line in lines], None)
    return measure.right - measure.left


def _measure(lines: list[Piece], usual: Measure | None) -> Measure:
    size = _common([round(line.size * 2) / 2 for line in lines]) or 12.0
    long = [line for line in lines if abs(line.size - size) < 1.5 and line.right - line.left > _LONG * size]
    if usual is not None and len(long) < 5:
        return usual
    if not long:
        left, right = min((line.left for line in lines), default=0.0), max((line.right for line in lines), default=0.0)
        return Measure(left, right + 2 * _SHORT * size, 0.0, size)  # no line is full
    left, right = min(_edges([line.left for line in long])), max(_edges([line.right for line in long]))
    steps = [
        below.y - above.y
        for above, below in pairwise(lines)
        if 0.8 * size < below.y - above.y < 4 * size
        and min(above.right, below.right) - max(above.left, below.left) > 3 * size
    ]
    return Measure(left, right, _common([round(step) for step in steps]) or 0.0, size)


def _common(values: list[float]) -> float:
    return Counter(values).most_common(1)[0][0] if values else 0.0


def _edges(values: list[float]) -> list[float]:
    """Places that a fifth of all values, or most of them, are near to."""
    counts = Counter(round(value / _NEAR) for value in values)
    least = max(2, len(values) / 5)
    often = [place for place in counts if counts[place - 1] + counts[place] + counts[place + 1] >= least]
    return [place * _NEAR for place in often or [counts.most_common(1)[0][0]]]


def paragraphs(lines: Sequence[Printed], measured: Sequence[Measure]) -> list[Paragraph]:
    """The paragraphs of lines that follow each other without a table between.

    Args:
        lines: in the order of reading.
        measured: where the text of each page stands.

    """
    found: list[Paragraph] = []
    before: Printed | None = None
    for printed in lines:
        text = printed.line.text
        if before is None or _begins(before, printed, measured):
            found.append(Paragraph(text, []))
        else:
            found[-1].text = joined(found[-1].text, text, spaced=before.line.spaced_end)
        found[-1].parts.append((printed.page, printed.line.box, len(found[-1].text)))
        before = printed
    return found


def _begins(before: Printed, printed: Printed, measured: Sequence[Measure]) -> bool:
    """Whether a line begins a paragraph."""
    above, line = before.line, printed.line
    here, there = measured[printed.page - 1], measured[before.page - 1]
    size = max(above.size, line.size)
    if abs(above.size - line.size) > 0.15 * size or _LEADER.search(above.text):
        return True
    ends = above.text[-1:] in _ENDS
    if _HEADING.match(line.text) and above.text[-1:] in "。！？；：":
        return True
    if (
        _is_title(above, there)
        and abs(line.x - (here.left + here.right) / 2) < line.size
        and printed.page == before.page
    ):
        return False
    if line.left - here.left > _INDENT * line.size and not _hangs(above, line, there, here):
        return True
    word = _WORD.match(line.text)
    room = _SHORT * size + (0.6 * size * min(40, len(word.group())) if word else 0)
    if there.right - above.right > room:
        return True
    if printed.page != before.page:
        return False
    step = line.y - above.y
    return bool(here.pitch) and step > _APART * max(here.pitch, 1.2 * size) and (ends or step > 2 * here.pitch)


def _is_title(line: Piece, measure: Measure) -> bool:
    """Whether a centred line in larger type fills the page, so that it goes on in the next."""
    room = line.size * 1.6
    full = line.left - measure.left < room and measure.right - line.right < room
    return full and line.size > 1.15 * measure.size and line.text[-1:] not in _ENDS


def _hangs(above: Piece, line: Piece, there: Measure, here: Measure) -> bool:
    """Whether a line stands below an indented one at the same place and that one is full: the whole paragraph is indented."""
    same = abs((above.left - there.left) - (line.left - here.left)) < 0.3 * line.size
    return (
        same
        and there.right - above.right < 0.6 * above.size
        and above.text[-1:] not in _ENDS
        and len(above.text) > _LONG
    )
