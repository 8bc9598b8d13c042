"""Page numbers and running headers and footers, which are no part of the text. May import: pdf_page, pdf_lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from giro_lint.reading.pdf_lines import Piece
from giro_lint.reading.pdf_page import Page

_NUMBER = re.compile(
    r"[\s\-—–－―─_·•.~～|第页共,，/／()（）\[\]【】]*(?:\d{1,3}|[０-９]{1,3})"
    r"(?:[\s\-—–－―─_·•.~～|第页共,，/／()（）\[\]【】]*(?:of)?\s*\d{0,3}[\s\-—–－―─_·•.~～|第页共/／()（）\[\]【】]*)\Z"
    r"|(?:page|p\.?)\s*\d{1,3}(?:\s*(?:/|of)\s*\d{1,3})?\Z",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")
_ZONE = 0.15
"""Share of the page, at its top and its foot, in which a page number stands."""
_EDGE = 0.11
"""Share of the page in which a running header or footer stands."""
_LINES = 3
"""So many lines a running header or footer has at most."""
_CLOSE = 4.0


def without_margins(pages: Sequence[Page], lines: Sequence[list[Piece]]) -> list[list[Piece]]:
    """The lines of each page without page numbers, running headers and footers.

    Args:
        pages: the pages.
        lines: for each page its lines outside tables, from top to bottom.

    Returns:
        For each page the lines that are left.

    """
    outer = [_outer(page, found) for page, found in zip(pages, lines, strict=True)]
    places: dict[str, list[tuple[int, float]]] = {}
    for number, found in enumerate(outer):
        for line in found:
            places.setdefault(_shape(line), []).append((number, _place(pages[number], line)))
    result = []
    for number, (page, found) in enumerate(zip(pages, lines, strict=True)):
        running = {id(line) for line in outer[number] if _runs(places[_shape(line)], page, line, len(pages))}
        kept = [line for line in found if id(line) not in running]
        result.append(_without_number(page, kept))
    return result


def _shape(line: Piece) -> str:
    return _DIGITS.sub("0", "".join(line.text.split()))


def _place(page: Page, line: Piece) -> float:
    """Where a line stands, from the nearer edge of the page; negative from its foot."""
    return line.y if line.y < page.height / 2 else line.y - page.height


def _outer(page: Page, lines: list[Piece]) -> list[Piece]:
    """The first and last lines of a page that stand where headers and footers do."""
    top = [line for line in lines[:_LINES] if line.bottom < _EDGE * page.height]
    foot = [line for line in lines[-_LINES:] if line.top > (1 - _EDGE) * page.height]
    return top + foot


def _runs(places: list[tuple[int, float]], page: Page, line: Piece, pages: int) -> bool:
    """Whether a line stands at this place on most pages."""
    here = _place(page, line)
    numbers = Counter(number for number, place in places if abs(place - here) <= _CLOSE)
    return len(numbers) >= 2 and len(numbers) * 5 >= (pages - 1) * 3


def _without_number(page: Page, lines: list[Piece]) -> list[Piece]:
    """The lines of a page without a page number above the first or below the last of them."""
    kept = list(lines)
    if kept and kept[-1].top > (1 - _ZONE) * page.height and _NUMBER.match(kept[-1].text.strip()):
        del kept[-1]
    if kept and kept[0].bottom < _ZONE * page.height and _NUMBER.match(kept[0].text.strip()):
        del kept[0]
    return kept
