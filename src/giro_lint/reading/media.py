"""Which reader a file needs, told by its ending and its first bytes. May import: the readers of this package, model.

Readers of media that need a library are imported when a file of theirs is met.
"""

from __future__ import annotations

import attrs

from giro_lint.model.errors import ReadError
from giro_lint.model.source import Source

MEDIA = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".shtml": "html",
    ".docx": "docx",
    ".docm": "docx",
    ".pdf": "pdf",
    ".doc": "office",
    ".wps": "office",
    ".odt": "office",
    ".rtf": "office",
}
"""The medium of a file by its ending."""

_REFUSED = frozenset({".xls", ".xlsx", ".et", ".ppt", ".pptx", ".ofd", ".ceb", ".zip", ".rar", ".7z", ".png", ".jpg"})
_PDF, _ZIP, _OLE, _RTF = b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{\\rtf"
_SNIFFED = 1024
_WORD = b"word/document.xml"
_PAGE = ("<!doctype html", "<html")
_BLANK = "\ufeff \t\r\n"
_TEXT_MEGABYTES = 16
_LINES, _CELLS = 500_000, 1_000_000
"""So many lines, and lines and cells together, a text may have; a report has some hundred."""


def ending_of(path: str) -> str:
    """The ending of a file's name in small letters, with its dot, or empty."""
    dot = path.rfind(".")
    return path[dot:].lower() if dot > max(path.rfind("/"), path.rfind("\\")) else ""


def medium_of(path: str) -> str:
    """The medium that a file's name tells; ``text`` for an unknown ending."""
    return MEDIA.get(ending_of(path), "text")


def read_source(data: bytes, path: str) -> Source:
    """The source of a file.

    Args:
        data: its bytes.
        path: its name; its ending tells the medium, unless the first bytes contradict it.

    Returns:
        The source.

    Raises:
        ReadError: for bytes that cannot be read; its reason is a key of the texts of rule DOC000.

    """
    ending = ending_of(path)
    if ending in _REFUSED:
        raise ReadError("media", ending)
    medium = medium_by_bytes(data, path)
    if medium == "html":
        from giro_lint.reading.html import read_html_bytes

        return read_html_bytes(data, path)
    if medium == "docx":
        from giro_lint.reading.docx import read_docx

        return read_docx(data, path)
    if medium == "pdf":
        from giro_lint.reading.pdf import read_pdf

        return read_pdf(data, path)
    if medium == "office":
        from giro_lint.reading.office import read_office

        return read_office(data, path)
    from giro_lint.reading.decode import decode

    if len(data) > _TEXT_MEGABYTES * 1024 * 1024:
        raise ReadError("large", str(_TEXT_MEGABYTES))
    text, encoding = decode(data)
    _bounded(text)
    if (mixed := _mixed(text, path)) is not None:
        return attrs.evolve(mixed, encoding=encoding)
    return Source(text, path, medium, encoding)


def _mixed(text: str, path: str) -> Source | None:
    """The source of a text whose tables are written in HTML, or None."""
    if "<t" not in text and "<T" not in text:
        return None
    from giro_lint.reading.html import holds_tables, read_mixed

    return read_mixed(text, path) if holds_tables(text) else None


def _bounded(text: str) -> None:
    """Refuse a text that would take more memory than its length lets expect."""
    lines = max(text.count("\n"), text.count("\r"))
    if lines > _LINES:
        raise ReadError("limit", f"> {_LINES} 行 / lines")
    if lines + text.count("\t") + text.count("|") > _CELLS:
        raise ReadError("limit", f"> {_CELLS} 格 / cells")


def source_of(text: str, path: str) -> Source:
    """The source of a text that is decoded already, such as the content of an editor's window.

    Args:
        text: the file's own text.
        path: its name; its ending tells whether it is a web page, unless the text begins as one.

    """
    medium = medium_of(path)
    if medium == "text" and _is_page(text[:_SNIFFED]):
        medium = "html"
    if medium == "html":
        from giro_lint.reading.html import read_html

        return read_html(text, path)
    return _mixed(text, path) or Source(text, path, medium if medium == "markdown" else "text")


def medium_by_bytes(data: bytes, path: str) -> str:
    """The medium of a file by its first bytes where they leave no doubt, else the one that its name tells.

    Args:
        data: its bytes.
        path: its name.

    Returns:
        One of `MEDIA`.

    """
    told = MEDIA.get(ending_of(path), "text")
    if data.startswith(_PDF):
        return "pdf"
    head = data[:_SNIFFED].decode("utf-8", "replace").lower()
    if told == "text":
        if data.startswith(_ZIP) and _WORD in data:
            return "docx"
        return "html" if _is_page(head) else told
    if told in {"office", "docx", "pdf"} and not data:
        return "text"
    if told in {"office", "docx"}:
        if data.startswith(_ZIP):
            return "office" if b"opendocument" in data[:_SNIFFED] else "docx"
        if data.startswith((_OLE, _RTF)):
            return "office"
        if any(tag in head for tag in _PAGE):
            return "html"
    return told


def _is_page(head: str) -> bool:
    """Whether a text begins as a web page does, such as a page that was saved as text."""
    return head.lstrip(_BLANK).lower().startswith(_PAGE)
