"""Web pages to sources: the report of a page in the tab-cell layout, every piece with its place in the page. May import: html_*, model.

The page's own text is what positions count in; ``docs/reading-html.md`` says what is read and what is left out.
"""

from __future__ import annotations

import attrs

from giro_lint.model.source import Origin, Source
from giro_lint.reading.html_body import find_body
from giro_lint.reading.html_bytes import decode_page
from giro_lint.reading.html_flow import write_body
from giro_lint.reading.html_page import Page


def read_html_bytes(data: bytes, path: str) -> Source:
    """The source of a web page.

    Args:
        data: the bytes of the page, in UTF-8, UTF-16, GB18030 or Big5.
        path: the name that diagnostics show.

    Returns:
        The source, with the page as its origin.

    Raises:
        ReadError: ``binary`` or ``encoding`` for bytes that are no text, ``limit`` for a page with too many elements.

    """
    text, encoding = decode_page(data)
    return attrs.evolve(read_html(text, path), encoding=encoding)


def read_html(text: str, path: str) -> Source:
    """The source of a web page that is decoded already.

    Args:
        text: the page's own text.
        path: the name that diagnostics show.

    Returns:
        The source, with the page as its origin; a text without any tag is taken as it is.

    Raises:
        ReadError: ``limit`` for a page with too many elements.

    """
    page = Page(text)
    if not page.has_elements:
        return Source(text, path)
    writer = write_body(page, find_body(page))
    return Source(writer.text, path, "html", origin=Origin(text, writer.segments))
