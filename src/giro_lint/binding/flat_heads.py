"""Headings inside running text: a report whose sections share a line. May import: labels, lexer, numbers, model.

Only lines that hold several sections are cut, and only where a heading stands with the number that the form gives it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache
from itertools import pairwise

import attrs

from giro_lint.grammar.lexer import SPACE
from giro_lint.grammar.numbers import chinese_numeral
from giro_lint.model.document import Block, Grid, Line
from giro_lint.model.form import Edition
from giro_lint.model.patterns import compiled, lazy

_FLAT = 300
"""A line this long may hold a whole report."""
_LONG = 4
"""A heading of fewer letters needs its number and a sentence before it."""
_SAFE = 8
"""One of so many letters in the usual words may have another number."""
_SURE = 3
"""So many sections inside long lines are a report that lost its line ends."""
_NEAR = 12
"""Three headings with no more than this between them are a list of the parts."""
_LIST = 60
"""No section is so short before the next."""
_OPENING = lazy(r"(?:\d万?元|[。！？；）)”》\d|｜│\r\n]|\A)[\s#*]*\Z")
_DIGITS = "一二三四五六七八九十"
_SUB = lazy(r"(?P<before>[。；：:！？]|\A)(?P<gap>\s*)[（(](?P<number>[一二三四五六七八九十])[）)]")
_MARKS = SPACE + "#*"


@lru_cache(maxsize=8)
def _headings(edition: Edition) -> tuple[re.Pattern[str], dict[str, str]]:
    """A number and the words of a heading, wherever they stand; and the number due by words."""
    due = {label: entry.number for entry in edition.sections for label in (entry.label, *entry.aliases, *entry.renamed)}
    words = "|".join(re.escape(label) for label in sorted(due, key=len, reverse=True))
    gap = f"[{re.escape(SPACE)}]*"
    number = (
        rf"(?P<number>[{_DIGITS}\d](?<![{_DIGITS}（(第][{_DIGITS}]))"  # looking behind it is quicker than before it
    )
    return compiled(rf"{number}(?P<separator>{gap}[、．.]{gap})(?P<words>{words})(?![》”])"), due


def split_running(text: str, blocks: Sequence[Block], edition: Edition) -> list[Block]:
    """The blocks, lines that hold several sections cut before and behind their headings.

    Args:
        text: the source text.
        blocks: its blocks; a table that holds several sections in a row is none.
        edition: the edition whose headings are looked for.

    Returns:
        The blocks; all others as they are.

    """
    matches = {
        at: _unlisted(text, block.start, block.end, edition)
        for at, block in enumerate(blocks)
        if block.end - block.start >= _FLAT and isinstance(block, Line)
    }
    numbers = {match["number"] for found in matches.values() for match in _proper(found, edition)}
    if len(numbers) < _SURE:
        return list(blocks)
    return [
        part
        for at, block in enumerate(blocks)
        for part in (
            _cut_all(text, block, _found(text, block.start, matches[at], edition, numbers))
            if at in matches
            else [block]
        )
    ]


def split_missing(text: str, blocks: list[Block], edition: Edition, present: Mapping[str, int]) -> list[Block]:
    """The blocks, cut at the heading of a section that no line begins with.

    Args:
        text: the source text.
        blocks: its blocks.
        edition: the edition whose headings are looked for.
        present: where headings stand that lines begin with, by the number due.

    Returns:
        The blocks; a heading is looked for between its neighbours only, with its number and behind the end of a sentence or a table.

    """
    order = [entry.number for entry in edition.sections]
    if len(present) == len(order) or len(present) < _SURE:
        return blocks
    regex, due = _headings(edition)
    usual = {label for entry in edition.sections for label in (entry.label, *entry.aliases)}
    for rank, number in enumerate(order):
        if number in present:
            continue
        first = max((present[other] for other in order[:rank] if other in present), default=-1)
        last = min((present[other] for other in order[rank + 1 :] if other in present), default=len(text))
        for match in regex.finditer(text, first + 1, last) if first >= 0 or not rank else ():
            sure = match["number"] == number or (len(match["words"]) >= _SAFE and match["words"] in usual)
            proper = number == due[match["words"]] and len(match["words"]) >= _LONG and sure
            listed = regex.search(text, match.end(), match.end() + _LIST) is not None
            if (
                proper
                and not listed
                and _opens(text, 0, match.start(), regex.finditer(text, max(first, 0), match.start()))
            ):
                blocks = [part for block in blocks for part in _cut(text, block, match)]
                break
    return blocks


def _cut(text: str, block: Block, match: re.Match[str]) -> list[Block]:
    """A block cut before and behind a heading inside it."""
    if not block.start <= match.start() < block.end:
        return [block]
    if isinstance(block, Line):
        head = attrs.evolve(block, end=block.start + len(text[block.start : match.start()].rstrip(_MARKS)))
        before: list[Block] = [head] if text[block.text_start : match.start()].strip(_MARKS) else []
        behind: list[Block] = _paragraphs(text, match.end(), block.end)
    else:
        rows = [row for row in block.rows if row.start < match.start()]
        rest = [row for row in block.rows if row.start >= match.end()]
        before = [Grid(block.start, match.start(), rows)] if rows and match.start() > block.start else []
        behind = [Grid(match.end(), block.end, rest)] if match.end() < block.end else []
    return [*before, _heading(match), *behind]


def _heading(match: re.Match[str]) -> Line:
    number = match["number"]
    ordinal = int(number) if number.isdecimal() else chinese_numeral(number) or 0
    style = "N" if number.isdecimal() else "H"
    return Line(match.start(), match.end(), style, number, ordinal, match["separator"], match.start("words"))


def without_sections(text: str, block: Grid, edition: Edition) -> Block:
    """A table in which whole sections stand in one row, as a line: its cells are the words of a page."""
    for row in block.rows:
        if row.end - row.start >= _FLAT and _found(
            text, row.start, _unlisted(text, row.start, row.end, edition), edition
        ):
            return _paragraph(text, block.start, block.end)
    return block


def _unlisted(text: str, start: int, end: int, edition: Edition) -> list[re.Match[str]]:
    """The headings in a stretch, those in a list of the parts left out."""
    matches = list(_headings(edition)[0].finditer(text, start, end))
    listed: set[int] = set()
    for begin in range(len(matches) - 2):
        gaps = [(matches[at].end(), matches[at + 1].start()) for at in (begin, begin + 1)]
        if all(right - left <= _NEAR and "。" not in text[left:right] for left, right in gaps):
            listed.update((begin, begin + 1, begin + 2))
    return [match for at, match in enumerate(matches) if at not in listed]


def _proper(matches: Iterable[re.Match[str]], edition: Edition) -> list[re.Match[str]]:
    """The headings with the number that the form gives them."""
    due = _headings(edition)[1]
    return [match for match in matches if due[match["words"]] == match["number"] and len(match["words"]) >= _LONG]


def _found(
    text: str, start: int, matches: list[re.Match[str]], edition: Edition, elsewhere: AbstractSet[str] = frozenset()
) -> list[re.Match[str]]:
    """The headings in a stretch, where several have the number that the form gives them, there or elsewhere.

    One with another number counts where its section has no other heading and a sentence, a table or the stretch begins with it.
    """
    due = _headings(edition)[1]
    proper = _proper(matches, edition)
    numbers = {match["number"] for match in proper}.union(elsewhere)
    if not proper or len(numbers) < _SURE:
        return []
    first = edition.sections[0].number

    def begins(match: re.Match[str]) -> bool:
        number = due[match["words"]]
        known = number == match["number"] or len(match["words"]) >= _LONG
        placed = match.start() > proper[0].start() or number == first
        return known and placed and _opens(text, start, match.start(), matches)

    return [match for match in matches if match in proper or (due[match["words"]] not in numbers and begins(match))]


def _opens(text: str, start: int, at: int, others: Iterable[re.Match[str]]) -> bool:
    """Whether a sentence, a table, a line or another heading ends before an offset."""
    if _OPENING.search(text, max(start, at - _NEAR), at):
        return True
    return any(other.end() <= at and not text[other.end() : at].strip(_MARKS) for other in others)


def _cut_all(text: str, block: Block, found: list[re.Match[str]]) -> list[Block]:
    """A line with sections in it, cut before and behind their headings."""
    if not found:
        return [block]
    parts: list[Block] = []
    if text[block.start : found[0].start()].strip(_MARKS):
        parts.append(_paragraph(text, block.start, found[0].start()))
    for match, stop in zip(found, [*(m.start() for m in found[1:]), block.end], strict=True):
        parts.append(_heading(match))
        parts += _paragraphs(text, match.end(), stop)
    return parts


def _paragraphs(text: str, start: int, end: int) -> list[Block]:
    """The text of a section, cut before its sub-headings where they are numbered without a gap."""
    marks = list(_SUB.finditer(text[start:end]))
    numbers = [chinese_numeral(mark["number"]) for mark in marks]
    edges = [start, end]
    if numbers == list(range(1, len(numbers) + 1)) and len(numbers) > 1:
        edges = [start, *(start + mark.end("gap") for mark in marks), end]
    parts: list[Block] = []
    for at, (left, right) in enumerate(pairwise(edges)):
        if not text[left:right].strip(_MARKS):
            continue
        paragraph = _paragraph(text, left, right)
        if at:
            number = text[left:right].lstrip(SPACE)[:3]
            begin = paragraph.text_start
            paragraph = Line(left, paragraph.end, "h", number, at, "", min(begin + 3, paragraph.end))
        parts.append(paragraph)
    return parts


def _paragraph(text: str, start: int, end: int) -> Line:
    piece = text[start:end]
    return Line(start, start + len(piece.rstrip(_MARKS)), text_start=end - len(piece.lstrip(SPACE)))
