"""What reading other media costs, as ratios to what the library below takes to parse the same file.

May import: giro_lint, the renderers of the tests. Web pages and Word documents are rendered from ``examples/``, PDFs are the samples of
the tests and renderings. What needs a library that is not installed is left out, and says so.
"""

from __future__ import annotations

import io
import sys
import time
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from html.parser import HTMLParser
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import NamedTuple

from giro_lint import Config, Ruleset, lint_bytes, plan_for
from giro_lint.engine import Plan
from giro_lint.reading.media import read_source

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "tests" / "samples"
EXAMPLES = ("clean-2019", "faulty-2021")
PAGES = ("plain", "content-system", "word")
ROUNDS = {"report.html": 9, "report.docx": 7, "report.pdf": 3}
"""How often a file of each medium is measured; the best time of each counts."""

Floor = Callable[[bytes], object]


class _Nothing(HTMLParser):
    """Parses and does nothing with it."""


def html_floor(data: bytes) -> None:
    """Parse a page with the standard library's parser."""
    parser = _Nothing()
    parser.feed(data.decode("utf-8"))
    parser.close()


def xml_floor(data: bytes) -> object:
    """Unzip and parse the main part of a Word document with lxml."""
    from lxml import etree

    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return etree.fromstring(package.read("word/document.xml"))


def docx_floor(data: bytes) -> object:
    """Open a Word document with python-docx and take the text of its paragraphs and cells."""
    import docx

    document = docx.Document(io.BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [paragraph.text for paragraph in document.paragraphs], cells


def pdf_floor(data: bytes) -> list[str]:
    """Take the text of all pages of a PDF with pypdfium2."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    texts = []
    for page in document:
        text_page = page.get_textpage()
        texts.append(text_page.get_text_range())
        text_page.close()
        page.close()
    document.close()
    return texts


def pages() -> Iterator[tuple[str, bytes]]:
    """Web pages in three styles."""
    from render_html import render_bytes

    for style in PAGES:
        for name, text in _texts():
            yield f"{name}, {style}", render_bytes(text, style)


def documents() -> Iterator[tuple[str, bytes]]:
    """Word documents: a sample of a word processor, and renderings."""
    import render_docx

    yield from ((path.name, path.read_bytes()) for path in sorted(SAMPLES.glob("*.docx")))
    for name, text in _texts():
        yield f"{name}, plain", render_docx.plain(text)
        yield f"{name}, numbers left to Word", render_docx.automatic(text)


def prints() -> Iterator[tuple[str, bytes]]:
    """PDFs: samples of browsers and word processors, and renderings."""
    yield from ((path.name, path.read_bytes()) for path in sorted((SAMPLES / "pdf").glob("*.pdf")))
    if find_spec("reportlab"):
        from render_pdf import LOOKS, print_pdf

        for name, text in _texts():
            yield f"{name}, bare", print_pdf(text, LOOKS["bare"])


def _texts() -> Iterator[tuple[str, str]]:
    for name in EXAMPLES:
        yield name, (ROOT / "examples" / f"{name}.txt").read_text(encoding="utf-8")


class _Times(NamedTuple):
    """A file's name and its best times, in seconds."""

    name: str
    reading: float
    linting: float
    floors: list[float]


def _timed(name: str, path: str, data: bytes, floors: Sequence[Floor], plan: Plan) -> _Times:
    """Measure one after the other, again and again, so that what else the machine does meets all alike."""

    def read(data: bytes) -> object:
        return read_source(data, path)

    def lint(data: bytes) -> object:
        return lint_bytes(data, path=path, plan=plan)

    lint(data)
    calls = (read, lint, *floors)
    rounds = [[_seconds(call, data) for call in calls] for _ in range(ROUNDS[path])]
    best = [min(times) for times in zip(*rounds, strict=True)]
    return _Times(name, best[0], best[1], best[2:])


def _seconds(call: Floor, data: bytes) -> float:
    begin = time.perf_counter()
    call(data)
    return time.perf_counter() - begin


def _medium(label: str, path: str, files: Iterable[tuple[str, bytes]], floors: dict[str, Floor], plan: Plan) -> None:
    """Print the ratios of a medium: the median of its files, and the dearest one."""
    found = [_timed(name, path, data, list(floors.values()), plan) for name, data in files]
    for at, floor in enumerate(floors):
        read = median(file.reading / file.floors[at] for file in found)
        lint = median(file.linting / file.floors[at] for file in found)
        most, name = max((file.reading / file.floors[at], file.name) for file in found)
        print(f"{label} ({len(found)} files), warm: reading {read:.1f} x, linting {lint:.1f} x {floor}")
        print(f"  dearest to read: {most:.1f} x ({name})")


def media() -> None:
    """Measure all media whose libraries are installed."""
    sys.path.insert(0, str(ROOT / "tests"))
    plan = plan_for(Ruleset.builtin(), Config(profile="all"))
    _medium("web pages", "report.html", pages(), {"html.parser with nothing to do": html_floor}, plan)
    if find_spec("lxml") and find_spec("docx"):
        floors: dict[str, Floor] = {
            "zipfile and lxml on word/document.xml": xml_floor,
            "python-docx taking the text": docx_floor,
        }
        _medium("Word documents", "report.docx", documents(), floors, plan)
    else:
        print("Word documents: not measured, lxml and python-docx are needed")
    if find_spec("pypdfium2"):
        _medium("PDF files", "report.pdf", prints(), {"pypdfium2 taking the text of all pages": pdf_floor}, plan)
    else:
        print("PDF files: not measured, pypdfium2 is needed")


if __name__ == "__main__":
    media()
