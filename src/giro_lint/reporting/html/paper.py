"""A report as it looks in print, with its findings marked. May import: escape, marks, tables, model."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

import attrs

from giro_lint.model.document import Document, Grid, Line
from giro_lint.model.source import Source, Span
from giro_lint.reporting.html.escape import attributes, escaped
from giro_lint.reporting.html.marks import Marks
from giro_lint.reporting.html.tables import Box, Figure, lay_out

_LINE = re.compile(r"[^\r\n]+")
_NUMBER = re.compile(r"[-+−－]?[0-9０-９][0-9０-９,，.．%％]*")
_FEW = 6
"""A table of more columns is not squeezed into a small screen."""
_HASHES = re.compile(r"[ \t]{0,3}#{1,6}(?:[ \t]+|(?=[\r\n]|$))")
"""What makes a line of Markdown a heading."""
_LEVELS = {"H": "h3", "S": "h3", "h": "h4"}


@attrs.frozen
class _Part:
    """A stretch of the text and what it is: ``title``, ``section``, ``line``, ``grid``, ``sign``."""

    start: int
    end: int
    kind: str
    block: Line | Grid | None = None


def draw(source: Source, document: Document | None, marks: Marks) -> Iterator[str]:
    """The text of a file as HTML, piece by piece; all of it is there, whether it was bound or not."""
    at = 0
    figures = _figures(document) if document else {}
    for part in sorted(_parts(document), key=lambda part: part.start) if document else ():
        if part.start < at:
            continue
        yield from _loose(source, at, part.start, marks)
        yield _part(source, part, marks, figures)
        at = part.end
    yield from _loose(source, at, len(source.text), marks)


def _figures(document: Document) -> dict[int, Figure]:
    return {
        cell.start: (table, row, column)
        for table in document.tables.values()
        for (row, column), cell in table.cells.items()
    }


def _parts(document: Document) -> Iterator[_Part]:
    if document.title:
        yield _Part(document.title.start, document.title.end, "title")
    for block in chain(document.preamble, *(section.blocks for section in document.sections)):
        yield _Part(block.start, block.end, "grid" if isinstance(block, Grid) else "line", block)
    for section in document.sections:
        yield _Part(section.heading.start, section.heading.end, "section", section.heading)
    for span in (document.signature.body_span, document.signature.date_span):
        if span:
            yield _Part(span.start, span.end, "sign")


def _part(source: Source, part: _Part, marks: Marks, figures: dict[int, Figure]) -> str:
    if isinstance(part.block, Grid):
        return _table(source, part.block, marks, figures)
    if part.kind == "title":
        lines = [_line(source.text, *place, marks) for place in _places(source, part.start, part.end, marks)]
        return f"<h2>{'<br>'.join(lines)}</h2>\n"
    content = _line(source.text, part.start, part.end, marks)
    if part.kind == "section":
        return f"<h3>{content}</h3>\n"
    if part.kind == "sign":
        return f'<p class="sign">{content}</p>\n'
    style = part.block.style if part.block else "P"
    if style == "P":
        return f"<p>{content}</p>\n"
    tag = _LEVELS.get(style)
    return f"<{tag}>{content}</{tag}>\n" if tag == "h4" else f'<p class="item">{content}</p>\n'


def _places(source: Source, start: int, end: int, marks: Marks) -> list[tuple[int, int]]:
    """The lines of a stretch that have text or a mark."""
    found = [match.span() for match in _LINE.finditer(source.text, start, end)]
    return [place for place in found if source.text[slice(*place)].strip() or marks.within(*place)]


def _line(text: str, start: int, end: int, marks: Marks) -> str:
    """A line as HTML; the marks of a heading of Markdown are not shown."""
    hashes = _HASHES.match(text, start, end)
    if hashes is None or marks.within(start, hashes.end()):
        return marks.write(text, start, end)
    return f'<span class="hash">{escaped(hashes[0])}</span>{marks.write(text, hashes.end(), end)}'


def _loose(source: Source, start: int, end: int, marks: Marks) -> Iterator[str]:
    """What no part of the document covers."""
    for place in _places(source, start, end, marks):
        line = _line(source.text, *place, marks)
        alone = _HASHES.fullmatch(source.text, *place) and not marks.within(*place)
        yield f"{line}\n" if alone else f'<p class="loose">{line}</p>\n'


def _table(source: Source, grid: Grid, marks: Marks, figures: dict[int, Figure]) -> str:
    laid = lay_out(source.text, grid, figures)
    many = ' class="many"' if max((len(row.cells) for row in grid.rows), default=0) > _FEW else ""
    rows = [f"<tr>{''.join(_cell(source, box, marks) for box in row)}</tr>\n" for row in laid]
    return f'<div class="wide" tabindex="0"><table{many}>\n{"".join(rows)}</table></div>\n'


def _cell(source: Source, box: Box, marks: Marks) -> str:
    text = source.text[box.start : box.end].strip()
    tag = "th" if box.head and text else "td"
    kind = "" if box.head else "n" if _NUMBER.fullmatch(text) or not text else "t"
    merged = [place for place in box.merged if marks.within(*place) or not source.text[slice(*place)].strip()]
    places = [(box.start, box.end), *merged]
    content = "".join(marks.write(source.text, *_trimmed(source.text, *place, marks)) for place in places)
    said = attributes(
        class_=kind if kind != "n" else "",
        colspan=box.width if box.width > 1 else None,
        rowspan=box.height if box.height > 1 else None,
    )
    return f"<{tag}{said}>{content}</{tag}>"


def _trimmed(text: str, start: int, end: int, marks: Marks) -> tuple[int, int]:
    """A cell without the white space around its text, unless that is what is marked."""
    content = text[start:end]
    if not content.strip():
        return start, end
    left, right = start + len(content) - len(content.lstrip()), end - len(content) + len(content.rstrip())
    inner = Span(left, right)
    return (left, right) if not marks.within(start, inner.start) and not marks.within(inner.end, end) else (start, end)
