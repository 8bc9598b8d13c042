"""Text and Markdown files: they are their own source text. May import: decode, model."""

from __future__ import annotations

from giro_lint.model.errors import ReadError
from giro_lint.model.source import Source
from giro_lint.reading.decode import decode

MEDIA = {".txt": "text", ".text": "text", ".md": "markdown", ".markdown": "markdown"}
"""The medium of a file by its ending."""


def read_source(data: bytes, path: str) -> Source:
    """The source of a file.

    Args:
        data: its bytes.
        path: its name; the ending tells the medium.

    Returns:
        The source; its text is the file's.

    Raises:
        ReadError: for bytes that are no text.

    """
    dot = path.rfind(".")
    ending = path[dot:].lower() if dot > max(path.rfind("/"), path.rfind("\\")) else ""
    media = MEDIA.get(ending)
    if media is None and ending in {".html", ".htm", ".docx", ".doc", ".wps", ".pdf", ".odt", ".rtf", ".xls", ".xlsx"}:
        raise ReadError("media", ending)
    text, encoding = decode(data)
    return Source(text, path, media or "text", encoding)
