"""Running text as labels and runs of figures, whatever stands between them. May import: index, labels, lexer, numbers, model.

A table that lost its layout is still a sequence: labels in the order of the form, the figures of a row behind its label. Here a stretch
of text becomes that sequence; nothing is decided about what belongs where.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache
from itertools import pairwise

import attrs

from giro_lint.binding.index import LabelIndex, Meaning
from giro_lint.binding.labels import label_core
from giro_lint.grammar.lexer import SPACE
from giro_lint.grammar.numbers import parse_cell
from giro_lint.model.patterns import compiled, lazy
from giro_lint.model.values import CellState

_DIGIT = "[0-9０-９]"
_GAP = f"[{re.escape(SPACE)}]*"
_PAGE = lazy(
    rf"(?m)^[^\S\r\n]*[—–－-]+[^\S\r\n]*{_DIGIT}{{1,3}}[^\S\r\n]*[—–－-]+[^\S\r\n]*$"
    rf"|—[^\S\r\n]*{_DIGIT}{{1,3}}[^\S\r\n]*—"
    rf"|第[^\S\r\n]*{_DIGIT}{{1,3}}[^\S\r\n]*页(?:[^\S\r\n]*[/／，,]?[^\S\r\n]*共[^\S\r\n]*{_DIGIT}{{1,3}}[^\S\r\n]*页)?"
    rf"|^[^\S\r\n]*{_DIGIT}{{1,3}}[^\S\r\n]*[/／][^\S\r\n]*{_DIGIT}{{1,3}}[^\S\r\n]*$"
    rf"|{_DIGIT}{{1,3}}[^\S\r\n]*[\r\n]*\f"
)
"""Page numbers that nothing else can be."""
_RULE = lazy(r"(?m)^(?=[^\r\n]*(?:-{3}|─|═|━))[|+:=\- \t─━═┌├└┬┼┴┐┤┘│]+$")
"""The line below the header of a Markdown table, or the border of a drawn one."""
_UNIT = lazy(
    rf"(?<={_DIGIT})(?:[^\S\r\n]?(?:万元|元|件|条|宗|项|个)(?![^\W\d_])"
    r"|[^\S\r\n]*(?:\r\n|\n|\r)[^\S\r\n]*万?元(?=[^\S\r\n]*(?:[\r\n]|\Z)))"
)
"""A unit behind a figure; one of money may be a line of its own."""
_LETTER = lazy(r"[^\W\d_]+")
_HAS_DIGIT = lazy(_DIGIT)
_NUMBER = lazy(
    rf"(?P<digits>{_DIGIT}{{1,2}}){_GAP}[.．、]{_GAP}[“\"‘《（(]*\Z|[（(]{_GAP}{_DIGIT}{{1,2}}{_GAP}[）)]{_GAP}\Z"
)
"""The number that a label begins with."""
_FIGURE = lazy(rf"[-－−+＋]?{_DIGIT}(?:[0-9０-９,，.．]*{_DIGIT})?|(?<![^\s|｜│])[/／—–－-]{{1,2}}(?![^\s|｜│])")
"""A figure, or a mark that stands alone for one."""
_BLANK_BEFORE = lazy(r"(?:\A|[\r\n])[^\S\r\n]*(?:\r\n|\n|\r)[^\S\r\n]*\Z")
_BLANK_BEHIND = lazy(r"[^\S\r\n]*(?:\r\n|\n|\r)[^\S\r\n]*(?:[\r\n]|\Z)")
_NEAR = 40
_BREAK = "\x00"


@attrs.frozen(eq=False, repr=False)
class Hit:
    """A label that was found: its core and its place in the source."""

    core: str
    start: int
    end: int


@attrs.frozen(eq=False, repr=False)
class Run:
    """Figures with no letter between them, or marks in their place right behind a label: their places in the source."""

    figures: tuple[tuple[int, int], ...]

    @property
    def start(self) -> int:
        """Offset of the first figure."""
        return self.figures[0][0]

    @property
    def end(self) -> int:
        """Offset behind the last figure."""
        return self.figures[-1][1]


@attrs.frozen(eq=False, repr=False)
class Reading:
    """A stretch of text as labels and runs of figures, each in the order of the text."""

    hits: list[Hit]
    runs: list[Run]

    def between(self, start: int, end: int) -> list[Hit]:
        """The labels inside a stretch."""
        return [hit for hit in self.hits if start <= hit.start and hit.end <= end]


@lru_cache(maxsize=32)
def _labels(index: LabelIndex, table: str) -> re.Pattern[str]:
    """The labels of a table in all editions, the longest first."""
    cores = [core for core in index.of[table].meanings if len(core) > 1 and not _HAS_DIGIT.search(core)]
    return compiled("|".join(re.escape(core) for core in sorted(cores, key=len, reverse=True)))


def read(text: str, start: int, end: int, index: LabelIndex, table: str) -> Reading:
    """Read a stretch of a text.

    Args:
        text: the source text.
        start: where the stretch begins.
        end: where it ends.
        index: the labels of all editions.
        table: key of the table whose labels are looked for.

    Returns:
        The labels of the table and all runs of figures; page numbers and the numbers that labels begin with are none.

    """
    units: dict[int, int] = {}
    work = text[start:end]
    for regex in (_PAGE, _RULE):
        work = regex.sub(lambda match: " " * len(match.group()), work)

    def without_unit(match: re.Match[str]) -> str:
        units[match.start()] = match.end()
        return " " * len(match.group())

    work = _UNIT.sub(without_unit, work)
    letters = [match.span() for match in _LETTER.finditer(work)]
    hits = _hits(work, letters, start, _labels(index, table))
    starts = {hit.start - start: hit for hit in hits}
    ends = {hit.end - start for hit in hits}
    edges = [(0, 0), *letters, (len(work), len(work))]
    runs = []
    for (_, left), (right, _) in pairwise(edges):
        if left == right or (not _HAS_DIGIT.search(work, left, right) and not work[left:right].strip()):
            continue
        stop = (
            _without_number(work, left, right, _numbers(starts.get(right), index, table))
            if right < len(work)
            else right
        )
        figures = [(m.start(), m.end()) for m in _FIGURE.finditer(work, left, stop)]
        if any(_HAS_DIGIT.search(work, a, b) for a, b in figures) or (figures and left in ends):
            runs.append(Run(tuple((start + a, start + units.get(b, b)) for a, b in figures)))
    return Reading(hits, runs)


def _hits(work: str, letters: list[tuple[int, int]], shift: int, regex: re.Pattern[str]) -> list[Hit]:
    """Where labels stand: their letters follow each other with no figure between."""
    pieces: list[str] = []
    starts: list[int] = []
    origins: list[int] = []
    length = last = 0
    for start, end in letters:
        if _HAS_DIGIT.search(work, last, start):
            starts.append(length)
            origins.append(last)
            pieces.append(_BREAK)
            length += 1
        starts.append(length)
        origins.append(start)
        pieces.append(label_core("字" + work[start:end])[1:])
        length += end - start
        last = end
    stream = "".join(pieces)
    if len(stream) != length:
        return []

    def origin(at: int) -> int:
        piece = bisect_right(starts, at) - 1
        return shift + origins[piece] + at - starts[piece]

    return [Hit(m.group(), origin(m.start()), origin(m.end() - 1) + 1) for m in regex.finditer(stream)]


def _numbers(hit: Hit | None, index: LabelIndex, table: str) -> set[str]:
    """The Arabic numbers that a label has in the form."""
    found: list[Meaning] = index.of[table].rows.get(hit.core, []) if hit else []
    return {"".join(filter(str.isdecimal, meaning.entry.number)) for meaning in found} - {""}


def _without_number(work: str, left: int, right: int, due: set[str]) -> int:
    """Where the figures end before a label: what is the label's own number is left out.

    A number that figures stand right before is the one the form has there, else its last digit.
    """
    match = _NUMBER.search(work, max(left, right - 12), right)
    if match is None:
        return right
    digits = match["digits"]
    if digits is None:
        return match.start()
    at = match.start()
    longer = at > left and (work[at - 1].isdecimal() or work[at - 1] in ".．,，")
    known = [number for number in due if digits.endswith(number)]
    if known:
        return at + len(digits) - max(map(len, known))
    return at + len(digits) - 1 if longer or len(digits) > 1 else at


def figure_text(text: str, figure: tuple[int, int]) -> str:
    """The figure as typed."""
    return text[figure[0] : figure[1]]


def is_whole(text: str) -> bool:
    """Whether a figure is one: a number without leading zeros, or a mark in its place."""
    value = parse_cell(text)
    return value.state in {CellState.NUMBER, CellState.PLACEHOLDER} and "leading_zero" not in value.flags


def set_off(text: str, figure: tuple[int, int]) -> bool:
    """Whether a figure stands alone between blank lines, as the number of a page does."""
    before, behind = text[max(0, figure[0] - _NEAR) : figure[0]], text[figure[1] : figure[1] + _NEAR]
    return _BLANK_BEFORE.search(before) is not None and _BLANK_BEHIND.match(behind) is not None


def apart(text: str, run: Run) -> bool:
    """Whether something else than line ends stands between the figures of a run."""
    pairs = pairwise(run.figures)
    return all(text[a[1] : b[0]].strip("\r\n") for a, b in pairs)
