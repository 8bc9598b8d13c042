"""Finds the report in a page: the element that holds it, and what inside of it the site added. May import: html_page, html_title.

Nothing here knows the form or a site. A report is sentences and tables; what a site adds is links, short lines and small
tables. Where it is not plain that something was added by the site, it is kept.
"""

from __future__ import annotations

import re

import attrs

from giro_lint.reading.html_page import Page
from giro_lint.reading.html_title import Title, find_title

_NAVIGATION = frozenset({"nav", "aside"})
_AROUND = frozenset({"header", "footer"})
_DENSE = 0.6
"""A block with so large a part of its letters in links is a list of links."""
_TABLE = 12
"""So many cells are rather a table of the report than a row of links."""
_SHARE = 0.9
"""So large a part of the marks of prose and the cells is the report."""
_LEAST = 12
"""With fewer marks of prose and cells nothing is told apart."""
_FEW = 2
_MOST = 0.5
_SENTENCE = 12
_TINY = 4
_SEEN = 400
_DATE = re.compile(
    r"[2２二][0-9０-９〇○零Ｏ一二三四五六七八九]{3}[年./-][0-9０-９一二三四五六七八九十]{1,3}[月./-][0-9０-９一二三四五六七八九十]{1,3}日?\Z"
)
_STOP = re.compile("[。！？]")
_COLON = re.compile("[：:]")


@attrs.frozen
class Body:
    """Where the report stands in its page.

    Args:
        at: index of the element that holds it.
        left_out: indices of elements that the site added.
        title: its title, where that stands outside of the element, or None.

    """

    at: int
    left_out: frozenset[int]
    title: Title | None


def find_body(page: Page) -> Body:
    """Find the report in a page.

    Args:
        page: the page.

    Returns:
        The place; the whole page where no smaller element is plainly the report.

    """
    left_out = _left_out(page)
    at = _innermost(page, left_out)
    return Body(at, left_out, find_title(page, at, left_out))


def _left_out(page: Page) -> frozenset[int]:
    """The elements that a site added: navigation, lists of links."""
    found: set[int] = set()
    index, last, signed = 1, len(page.nodes), 0
    while index < last:
        node = page.nodes[index]
        if page.kinds[index] not in {"text", "br", "none"}:
            if node.tag in _AROUND and index >= signed and _signed(page, index + 1, node.last, frozenset()):
                signed = node.last  # it ends the report
            if _added(page, index, kept=index < signed):
                found.add(index)
                index = node.last
                continue
        index += 1
    return frozenset(found)


def _added(page: Page, index: int, *, kept: bool) -> bool:
    node = page.nodes[index]
    if page.amount("marks", index) > _MOST * page.amount("marks", 0):
        return False
    if node.tag in _NAVIGATION or page.look(index).navigation:
        return True
    links = page.amount("links", index)
    if node.tag in _AROUND:
        return links > 0 and not page.amount("headings", index) and not kept
    if page.kinds[index] == "inline" or links < _FEW or page.amount("stops", index) or page.amount("headings", index):
        return False
    return page.amount("cells", index) < _TABLE and page.amount("linked", index) > _DENSE * page.amount(
        "letters", index
    )


def _signed(page: Page, first: int, last: int, left_out: frozenset[int]) -> bool:
    """Whether a line ends with a date and has no label before it, as the end of a report."""
    return any(
        _DATE.search(line.words) and not _COLON.search(line.words) for line in page.lines(first, last, left_out, _SEEN)
    )


def _innermost(page: Page, left_out: frozenset[int]) -> int:
    """Go down from the root as long as one child holds the report and what stands beside it looks like the site's own."""
    at = best = 0
    while True:
        total = page.amount("marks", at) + page.amount("cells", at)
        heavy = [
            child
            for child in page.children(at)
            if page.amount("marks", child) + page.amount("cells", child) >= _SHARE * total
        ]
        if total < _LEAST or len(heavy) != 1 or page.kinds[heavy[0]] == "text":
            return best
        if not _leavable(page, at, heavy[0], left_out):
            return best
        at = heavy[0]
        if page.kinds[at] in {"block", "td"}:
            best = at


def _leavable(page: Page, at: int, child: int, left_out: frozenset[int]) -> bool:
    """Whether what stands in an element beside one of its children may be left out."""
    if page.kinds[at] in {"table", "group", "tr"} and page.amount("stops", child) < _FEW > page.amount("rows", child):
        return False  # a table of figures
    last, behind = page.nodes[at].last, page.nodes[child].last
    if _signed(page, behind, last, left_out):
        return False
    before = list(page.lines(at + 1, child, left_out, _SEEN))
    after = list(page.lines(behind, last, left_out, _SEEN))
    if any(_STOP.search(line.words) and len(line.words) > _SENTENCE for line in (*before, *after)):
        return False
    if page.between("links", at + 1, child) + page.between("links", behind, last):
        return True
    plain = [line for line in before if not (line.heading or line.cell or _COLON.search(line.words))]
    plain += [line for line in after if not _COLON.search(line.words)]
    return all(len(line.words) <= _TINY for line in plain)
