"""Web pages to sources: the report of a page in the tab-cell layout, every piece with its place in the page. May import: html_*, model.

The page's own text is what positions count in; ``docs/reading-html.md`` says what is read and what is left out.
"""

from __future__ import annotations

import re

import attrs

from giro_lint.model.source import Origin, Source
from giro_lint.reading.html_body import find_body
from giro_lint.reading.html_bytes import decode_page
from giro_lint.reading.html_flow import write_body, write_lines
from giro_lint.reading.html_page import Page

_TABLE = re.compile(r"<table(?=[\s>])", re.IGNORECASE)
_CELL = re.compile(r"<t[dh](?=[\s>])", re.IGNORECASE)
_LINK = re.compile(r"<(?=[a-zA-Z][\w.+-]*:|[\w.+-]+@)")
_CELLS = 8
"""A table of the form has more cells than that."""


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
    return Source(writer.text, path, "html", origin=Origin(text, writer.segments), pictures=writer.pictures)


def holds_tables(text: str) -> bool:
    """Whether a plain text or Markdown has its tables in HTML, as converters write tables with merged cells."""
    return _TABLE.search(text) is not None and sum(1 for _ in _CELL.finditer(text)) > _CELLS


def read_mixed(text: str, path: str) -> Source:
    """The source of a text or Markdown with HTML in it: its lines as they are, its tables as those of a page.

    Args:
        text: the file's own text.
        path: the name that diagnostics show.

    Returns:
        The source, with the file's text as its origin.

    Raises:
        ReadError: ``limit`` for a text with too many elements.

    """
    writer = write_lines(Page(_LINK.sub("＜", text)), text)
    return Source(writer.text, path, "html", origin=Origin(text, writer.segments), pictures=writer.pictures)
