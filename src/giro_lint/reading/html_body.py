"""Finds the report in a page: the element that holds it, what around and inside it belongs to the site, and its title. May import: html_page.

Nothing here knows the form or a site. A report is sentences and tables; what a site adds is links, short lines and small
tables. Where it is not plain that something was added by the site, it is kept.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher

import attrs

from giro_lint.reading.html_page import Page
from giro_lint.reading.html_tokens import attributes
from giro_lint.reading.html_tree import HEADINGS, RAW_TEXT

_NAVIGATION = frozenset({"nav", "aside"})
_AROUND = frozenset({"header", "footer"})
_DENSE = 0.6
"""A block with so large a part of its letters in links is a list of links."""
_TABLE = 12
"""So many cells are rather a table of the report than a row of links."""
_SHARE = 0.9
"""So large a part of the marks and cells is the report."""
_LEAST = 12
_MOST = 0.5
_DATE = re.compile(r"[12２]\d{3}年[0-9０-９]{1,2}月|[〇○零一二]{4}年")
_YEAR = re.compile(r"[2２][0０][0-9０-９]{2}|二[〇○零Ｏ０O][〇○零一二三四五六七八九Ｏ０O]{2}")
_SEPARATOR = re.compile(r"\s*(?:[_|｜»>]|&gt;|&mdash;|&ndash;|&raquo;|[-—–]+)\s*")
_LETTERS = re.compile(r"[^\w]+|&[a-z]{2,6};|<[^>]*>")
_TITLE_METAS = ("articletitle", "og:title", "title", "dc.title", "contenttitle")
_LONGEST_TITLE = 80
_SHORT = 6
_FRONT = 1500
"""So many letters at the beginning are searched for a title."""
_ALIKE = 0.75
_TAIL = 6


@attrs.frozen
class Body:
    """Where the report stands in its page.

    Args:
        at: index of the element that holds it.
        left_out: indices of elements inside that belong to the site.
        title: index of an element outside that is its title, or -1.
        title_span: start and end offset of a title that is not shown, such as that of the window, or None.

    """

    at: int
    left_out: frozenset[int]
    title: int = -1
    title_span: tuple[int, int] | None = None


def find_body(page: Page) -> Body:
    """Find the report in a page.

    Args:
        page: the page.

    Returns:
        The place; the whole page where no smaller element is plainly the report.

    """
    at = _innermost(page)
    left_out = _left_out(page, at)
    front = _front(page, at, left_out)
    outside = _outside_title(page, at) if at else -1
    if outside >= 0:
        words = _words(page.shown_text(outside, page.nodes[outside].last, _LONGEST_TITLE))
        return Body(at, left_out) if _alike(words, front) else Body(at, left_out, title=outside)
    return Body(at, left_out, title_span=_unseen_title(page, at, front))


def _innermost(page: Page) -> int:
    """Go down from the root as long as one child holds the report and what is left out looks like a site's own."""
    at = best = 0
    while True:
        total = page.amount("marks", at) + page.amount("cells", at)
        children = page.children(at)
        heavy = [
            child for child in children if page.amount("marks", child) + page.amount("cells", child) >= _SHARE * total
        ]
        if total < _LEAST or len(heavy) != 1 or page.kinds[heavy[0]] == "text":
            return best
        child = heavy[0]
        if not _leavable(page, at, child):
            return best
        at = child
        if page.kinds[at] in {"block", "td"}:
            best = at


def _leavable(page: Page, at: int, child: int) -> bool:
    """Whether what stands in an element beside one of its children may be left out."""
    node, inner = page.nodes[at], page.nodes[child]
    if page.kinds[at] in {"table", "group", "tr"} and page.between("cells", at, child) + page.between(
        "cells", inner.last, node.last
    ):
        shown = page.between("shown", at + 1, child) + page.between("shown", inner.last, node.last)
        linked = page.between("linked", at + 1, child) + page.between("linked", inner.last, node.last)
        if shown and linked <= _DENSE * shown:
            return False
    if page.between("stops", at + 1, child) + page.between("stops", inner.last, node.last):
        return False
    if page.between("shown", inner.last, node.last) and _DATE.search(
        page.shown_text(inner.last, node.last, _FRONT)
    ):
        return False
    before, after = page.between("shown", at + 1, child), page.between("shown", inner.last, node.last)
    links = page.between("links", at + 1, child) + page.between("links", inner.last, node.last)
    return not (before or after) or links > 0 or (not after and page.between("cells", at + 1, child) > 0)


def _left_out(page: Page, at: int) -> frozenset[int]:
    """The elements inside that a site added: navigation, lists of links."""
    found: set[int] = set()
    index, last = at + 1, page.nodes[at].last
    while index < last:
        if page.kinds[index] not in {"text", "br", "none"} and _added(page, index, at):
            found.add(index)
            index = page.nodes[index].last
        else:
            index += 1
    return frozenset(found)


def _added(page: Page, index: int, at: int) -> bool:
    node = page.nodes[index]
    shown, links = page.amount("shown", index), page.amount("links", index)
    mostly = page.amount("marks", index) > _MOST * page.amount("marks", at)
    if node.tag in _NAVIGATION or page.look(index).navigation:
        return not mostly
    if node.tag in _AROUND:
        dated = _DATE.search(page.shown_text(index, node.last, _FRONT)) if page.amount("stops", index) == 0 else None
        return not mostly and links > 0 and not page.amount("headings", index) and not dated
    if page.kinds[index] == "inline" or links < 2 or page.amount("stops", index) or page.amount("headings", index):
        return False
    return page.amount("cells", index) < _TABLE and page.amount("linked", index) > _DENSE * shown


def _words(text: str) -> str:
    return _LETTERS.sub("", text)


def _front(page: Page, at: int, left_out: frozenset[int]) -> str:
    """The beginning of the report: its letters up to the end of the first sentence or a table."""
    found: list[str] = []
    size, index, last = 0, at + 1, page.nodes[at].last
    while index < last and size < _FRONT:
        node, kind = page.nodes[index], page.kinds[index]
        if index in left_out or kind == "none":
            index = node.last
            continue
        if kind == "text":
            words = _words(page.text[node.start : min(node.inner, node.start + _FRONT)])
            found.append(words)
            size += len(words)
            if page.amount("stops", index):
                break
        elif found and kind == "table":
            break
        index += 1
    return "".join(found)


def _alike(title: str, front: str) -> bool:
    """Whether a title, or something that can only be meant as it, stands at the beginning of the report."""
    if not title or title in front:
        return True
    matcher = SequenceMatcher(None, title, front[: 4 * _LONGEST_TITLE], autojunk=False)
    return sum(block.size for block in matcher.get_matching_blocks() if block.size > 1) >= _ALIKE * len(title)


def _outside_title(page: Page, at: int) -> int:
    """The element before the report that is its title: a heading or a short line that names a year."""
    best, rank = -1, 0
    index = 1
    while index < at:
        node, kind = page.nodes[index], page.kinds[index]
        if kind == "none":
            index = node.last
            continue
        heading = node.tag in HEADINGS
        if (heading or kind in {"block", "td"}) and node.last <= at and 0 < page.amount("shown", index) <= _LONGEST_TITLE:
            words = page.shown_text(index, node.last, _LONGEST_TITLE + 1)
            worth = 2 * bool(_YEAR.search(words)) + heading
            plain = not page.amount("linked", index) and len(words) > _SHORT and "：" not in words
            if plain and worth >= max(rank, 2):
                best, rank = index, worth
            index = node.last
            continue
        index += 1
    return best


def _unseen_title(page: Page, at: int, front: str) -> tuple[int, int] | None:
    """The title of the window or of the page's own description, where the report begins without one."""
    body = page.nodes[at]
    best: tuple[int, tuple[int, int]] | None = None
    for span in _named_titles(page):
        words = _words(page.text[slice(*span)])
        if len(words) < _SHORT or len(words) > _LONGEST_TITLE:
            continue
        if _alike(words, front):
            return None
        if _YEAR.search(words):
            worth = 2
        else:
            worth = int(words[-_TAIL:] in page.shown_text(at, body.last, _FRONT))
        if worth and (best is None or worth > best[0]):
            best = worth, span
    return best[1] if best else None


def _named_titles(page: Page) -> list[tuple[int, int]]:
    """Headings that are not part of the report, titles in ``meta``, then that of the window without the name of the site."""
    metas: list[tuple[int, int]] = []
    windows: list[tuple[int, int]] = []
    for index, node in enumerate(page.nodes):
        if node.tag == "meta":
            values = attributes(page.text, node.attributes, node.inner)
            name = next((page.text[slice(*values[key])].lower() for key in ("name", "property") if key in values), "")
            if name in _TITLE_METAS and "content" in values:
                metas.append(_without_site(page.text, *values["content"]))
        elif node.tag == "title" and index + 1 < node.last and page.nodes[index + 1].tag == RAW_TEXT:
            inside = page.nodes[index + 1]
            windows.append(_without_site(page.text, inside.start, inside.inner))
    return metas[:8] + windows[:4]


def _without_site(text: str, start: int, end: int) -> tuple[int, int]:
    """The piece of a title that names a year, else the longest, where a separator splits it."""
    end = min(end, start + 4 * _LONGEST_TITLE)
    pieces: list[tuple[int, int]] = []
    at = start
    for separator in _SEPARATOR.finditer(text, start, end):
        pieces.append((at, separator.start()))
        at = separator.end()
    pieces.append((at, end))
    pieces = [_stripped(text, *piece) for piece in pieces]
    dated = [piece for piece in pieces if _YEAR.search(text, *piece)]
    if len(dated) > 1:
        return _stripped(text, start, end)
    return dated[0] if dated else max(pieces, key=lambda piece: piece[1] - piece[0])


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return end - len(piece.lstrip()), max(start + len(piece.rstrip()), end - len(piece.lstrip()))
