"""The title of a report where it stands outside: in a heading of the page, its window or its description. May import: html_page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

import attrs

from giro_lint.reading.html_page import Page
from giro_lint.reading.html_tokens import attributes
from giro_lint.reading.html_tree import HEADINGS, RAW_TEXT

_YEAR = re.compile(r"[2２][0０][0-9０-９]{2}|二[〇○零Ｏ０O][〇○零一二三四五六七八九Ｏ０O]{2}")
_SEPARATOR = re.compile(r"\s*(?:[_|｜»>]|&gt;|&mdash;|&ndash;|&raquo;|[-—–]+)\s*")
_NO_LETTERS = re.compile(r"[^\w]+|&#?[a-zA-Z0-9]{2,8};")
_METAS = ("articletitle", "og:title", "title", "dc.title", "contenttitle")
_LONGEST = 80
_SHORT = 5
_FRONT = 1500
"""So many letters at the beginning are looked at."""
_ALIKE = 0.75
_TAIL = 4
_DATED, _FITTING = 8, 2


@attrs.frozen
class Title:
    """A title outside of the report.

    Args:
        worth: how much it looks like one.
        words: its letters.
        at: index of its element, or -1.
        span: start and end offset in the page, for one that is not shown.

    """

    worth: int
    words: str
    at: int = -1
    span: tuple[int, int] | None = None


def find_title(page: Page, at: int, left_out: frozenset[int]) -> Title | None:
    """Find the title of a report that begins without one.

    Args:
        page: the page.
        at: index of the element that holds the report.
        left_out: indices of elements that are not part of it.

    Returns:
        The title, or None where the report begins with it or none is found.

    """
    last = page.nodes[at].last
    beginning = page.shown_text(at, last, _FRONT)
    titles = [*_shown(page, at, beginning), *_unseen(page, beginning)]
    best = max(titles, key=lambda title: title.worth, default=None)
    if best is None or not best.worth:
        return None
    front = ""
    for line in page.lines(at + 1, last, left_out, _LONGEST + 1):
        if page.amount("stops", line.at) or len(line.words) > _LONGEST or len(front) > _FRONT or (line.cell and front):
            break
        front += _letters(line.words)
    return None if _alike(best.words, front) else best


def _letters(text: str) -> str:
    return _NO_LETTERS.sub("", text)


def _alike(title: str, front: str) -> bool:
    """Whether a title, or something that can only be meant as it, stands at the beginning of the report."""
    if title in front:
        return True
    blocks = SequenceMatcher(None, title, front[: 4 * _LONGEST], autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks if block.size > 1) >= _ALIKE * len(title)


def _worth(words: str, beginning: str) -> int:
    """How much some words look like the title of a report: they name a year, or end as the report speaks of itself."""
    if not _SHORT < sum(not letter.isdecimal() for letter in words) <= len(words) <= _LONGEST:
        return 0
    return _DATED if _YEAR.search(words) else _FITTING * (words[-_TAIL:] in beginning)


def _shown(page: Page, at: int, beginning: str) -> Iterator[Title]:
    """The headings and short lines before the report, the last first."""
    found: list[Title] = []
    index = 1
    while index < at:
        node, kind = page.nodes[index], page.kinds[index]
        heading = node.tag in HEADINGS
        alone = (heading or kind in {"block", "td"}) and node.last <= at
        if kind != "none" and not (alone and 0 < page.amount("shown", index) <= _LONGEST):
            index += 1
            continue
        words = "" if kind == "none" else page.shown_text(index, node.last, _LONGEST)
        worth = 0 if "：" in words or page.amount("linked", index) else _worth(_letters(words), beginning)
        if worth >= (_FITTING if heading else _DATED):
            found.append(Title(worth + heading, _letters(words), index))
        index = node.last
    return reversed(found)


def _unseen(page: Page, beginning: str) -> Iterator[Title]:
    """Titles in ``meta``, then that of the window, without the name of the site."""
    for index, node in enumerate(page.nodes):
        if node.tag == "meta":
            values = attributes(page.text, node.attributes, node.inner)
            name = next((page.text[slice(*values[key])].lower() for key in ("name", "property") if key in values), "")
            span = values.get("content") if name in _METAS else None
        elif node.tag == "title" and index + 1 < node.last and page.nodes[index + 1].tag == RAW_TEXT:
            span = page.nodes[index + 1].start, page.nodes[index + 1].inner
        else:
            span = None
        if span:
            span = _without_site(page.text, *span)
            words = _letters(page.text[slice(*span)])
            yield Title(_worth(words, beginning) - (node.tag == "title"), words, span=span)


def _without_site(text: str, start: int, end: int) -> tuple[int, int]:
    """The piece of a title that names a year, else the longest, where a separator splits it."""
    end = min(end, start + 4 * _LONGEST)
    pieces: list[tuple[int, int]] = []
    at = start
    for separator in _SEPARATOR.finditer(text, start, end):
        pieces.append(_stripped(text, at, separator.start()))
        at = separator.end()
    pieces.append(_stripped(text, at, end))
    dated = [piece for piece in pieces if _YEAR.search(text, *piece)]
    if len(dated) > 1:
        return _stripped(text, start, end)
    return dated[0] if dated else max(pieces, key=lambda piece: piece[1] - piece[0])


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    begin = end - len(piece.lstrip())
    return begin, max(begin, start + len(piece.rstrip()))
