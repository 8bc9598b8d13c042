"""PDF with a text layer to a source in the tab-cell layout. May import: the readers of PDF, model.

PDFium takes the file apart in a process of its own (`pdf_worker`), so that a damaged file cannot harm the linter.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from typing import Any

from giro_lint.model.errors import ReadError
from giro_lint.model.source import Source
from giro_lint.reading.pdf_characters import is_unknown
from giro_lint.reading.pdf_page import Page, page_of
from giro_lint.reading.pdf_text import text_of

_SECONDS = 30
_GARBLED = 0.2
"""A text layer of which so large a share has no known characters cannot be read."""
_IDEOGRAPHS, _WORDS, _SOME = 0.05, 0.7, 50
"""A longer text with a smaller share of ideographs and of Latin letters and digits is in no language."""
_FEW = 8
"""A page with fewer glyphs and an image over much of it is a picture."""
_PICTURE = 0.4
_SHOWN = 9
_HEAD = 1024
_LINEAR = re.compile(rb"/Linearized\b[^>]*?/L\s+(\d{1,12})\b")
_STOPPED = frozenset({9, 24})
"""The signals of a process that took too long."""


def read_pdf(data: bytes, path: str) -> Source:
    """The source of a PDF.

    Args:
        data: the file.
        path: the name that diagnostics show.

    Returns:
        The source, with the page and the box of every printed line and every cell.

    Raises:
        ReadError: ``extra`` without pypdfium2, ``damaged``, ``encrypted``, ``limit``, ``scanned`` for a file without text, ``garbled``
            for one whose fonts do not tell their characters, ``pictures`` for one without tables some pages of which are pictures.

    """
    _complete(data)
    pages = [page_of(number, raw) for number, raw in enumerate(_taken_apart(data), 1)]
    _readable(pages)
    built = text_of(pages)
    pictures = [page.number for page in pages if _is_picture(page)]
    if pictures and "\t" not in built.text:
        raise ReadError("pictures", ", ".join(map(str, pictures[:_SHOWN])))
    return Source(built.text, path, "pdf", "", places=built.places, pictures=built.pictures, unruled=built.unruled)


def _complete(data: bytes) -> None:
    """Refuse a file that was cut off: without an end, or shorter than its head says."""
    linear = _LINEAR.search(data[:_HEAD])
    if (b"%%EOF" not in data and b"startxref" not in data) or (linear and len(data) < int(linear[1])):
        raise ReadError("damaged", "PDF, %%EOF")


def _taken_apart(data: bytes) -> Sequence[Mapping[str, Any]]:
    """What the pages hold, as `pdf_worker.take_apart` gives it."""
    spec = find_spec("pypdfium2")
    if spec is None or not spec.origin:
        raise ReadError("extra", "pdf")
    if getattr(sys, "frozen", False) or not sys.executable:
        from giro_lint.reading.pdf_worker import take_apart

        result: Mapping[str, Any] = take_apart(data)
    else:
        result = _asked(data, os.path.dirname(os.path.dirname(spec.origin)))
    if "error" in result:
        raise ReadError(*result["error"])
    pages: Sequence[Mapping[str, Any]] = result["pages"]
    return pages


def _asked(data: bytes, folder: str) -> Mapping[str, Any]:
    """The answer of the program that takes PDFs apart."""
    program = os.path.join(os.path.dirname(os.path.abspath(__file__)), "pdf_worker.py")
    command = [sys.executable, "-I", "-S", program, str(_SECONDS), folder]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=_SECONDS, check=False)  # noqa: S603  our own program
    except subprocess.TimeoutExpired:
        raise ReadError("limit", f"> {_SECONDS} s") from None
    if done.returncode != 0:
        raise ReadError("limit", f"> {_SECONDS} s") if -done.returncode in _STOPPED else ReadError("damaged", "PDF")
    try:
        answer: Mapping[str, Any] = json.loads(done.stdout)
    except ValueError:
        raise ReadError("damaged", "PDF") from None
    return answer


def _readable(pages: Sequence[Page]) -> None:
    """Refuse a document whose text cannot be read: a scan, or fonts without known characters."""
    pictures = [page for page in pages if _is_picture(page)]
    hidden, shown = sum(page.hidden for page in pages), sum(map(_visible, pages))
    if shown < _FEW * len(pages) and (pictures or not shown or hidden > shown):
        raise ReadError("scanned", str(len(pages)))
    texts = [glyph.text for page in pages for glyph in page.glyphs if not glyph.text.isspace()]
    unknown = max(sum(page.unmapped for page in pages), sum(map(is_unknown, texts)))
    ideographs = sum("\u4e00" <= text <= "\u9fff" for text in texts)
    words = sum(text.isascii() and text.isalnum() for text in texts)
    wrong = ideographs < _IDEOGRAPHS * shown and words < _WORDS * shown and shown > _SOME
    if wrong or unknown > _GARBLED * max(1, shown):
        raise ReadError("garbled", str(len(pages)))


def _visible(page: Page) -> int:
    return sum(not glyph.text.isspace() for glyph in page.glyphs)


def _is_picture(page: Page) -> bool:
    return page.images > _PICTURE and _visible(page) < _FEW
