"""A bound report as data and as text. May import: api, binding, grammar, model."""

from __future__ import annotations

import csv
import io
from bisect import bisect_left
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from giro_lint.binding.labels import squeeze
from giro_lint.grammar.lexer import SPACE, tokenize
from giro_lint.grammar.structure import parse_blocks
from giro_lint.model.document import Document, Grid, GridRow, Line
from giro_lint.model.patterns import lazy
from giro_lint.model.source import Source, Span

SCHEMA = "giro-lint/document/1"
_EDGES = SPACE + "|｜│"
_LINE_END = lazy(r"[\r\n]")
_MARKS = lazy(r"#|\*\*")
_TITLE_MARKS = lazy(
    r"(?:(?<=[\r\n])|\A)[ \t]*(?:#{1,6}[ \t]+(?:\*\*)?|\*\*)|(?:[ \t]*\*\*|[ \t]+#+)[ \t]*(?=[\r\n]|\Z)"
)
_BEHIND = lazy(r"(?:(?:\r\n|\n|\r)[ \t]*)*")


def document_data(document: Document) -> dict[str, Any]:
    """The report as plain data: what it says of itself, its sections, every table cell by its keys.

    Lines count in the file that the user opens, as they do in diagnostics: of a web page in its HTML source. In a Word or PDF file,
    which has no lines, they count in the text that `document_text` gives, and ``location`` tells the place in the file.

    Args:
        document: the bound report.

    Returns:
        Data that JSON can hold; amounts with a fraction are texts, so that no digit is lost.

    """
    source = document.source
    signature = document.signature
    return {
        "schema": SCHEMA,
        "path": source.path,
        "title": document.title.text if document.title else "",
        "body": document.body,
        "body_kind": document.body_kind,
        "year": document.year,
        "edition": document.edition.id,
        "edition_used": document.used.id if document.used else None,
        "period": source.text[document.period[1].start : document.period[1].end] if document.period else "",
        "sections": [
            {
                "key": section.key,
                "number": section.heading.number,
                "heading": source.text[section.heading.text_start : section.heading.end],
                **_place(source, section.heading.span),
                "text": "\n".join(source.text[line.span.start : line.end] for line in section.lines),
            }
            for section in document.sections
        ],
        "tables": {
            table.key: [
                {
                    "row": row,
                    "column": column,
                    "text": cell.text,
                    "state": cell.value.state.value,
                    "value": _number(cell.value.value),
                    "unit": cell.value.unit,
                    **_place(source, cell.span),
                }
                for (row, column), cell in table.cells.items()
            ]
            for table in document.tables.values()
        },
        "signature": {"body": signature.body, "date": _date(document)},
    }


def _number(value: int | Decimal | None) -> int | str | None:
    return str(value) if isinstance(value, Decimal) else value


def _date(document: Document) -> str:
    date = document.signature.date
    return f"{date.year:04}-{date.month:02}-{date.day:02}" if date and date.year else ""


def _place(source: Source, span: Span) -> dict[str, Any]:
    """The line of a span, and its place in a document without lines."""
    location = source.location(span)
    return {"line": source.opened(span)[0][0]} | ({"location": dict(location)} if location is not None else {})


def document_csv(document: Document) -> str:
    """Every table cell, a line a cell: table, row, column, text, value, unit, line, location.

    Args:
        document: the bound report.

    Returns:
        CSV with a header. The line is that of `document_data`; the location is empty for a file that has lines, else written as
        ``table=2 row=5 cell=3`` or ``page=3``.

    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["table", "row", "column", "text", "value", "unit", "line", "location"])
    for table in document.tables.values():
        for (row, column), cell in table.cells.items():
            text, place = squeeze(cell.text), _place(document.source, cell.span)
            safe = f"'{text}" if text[:1] in {"=", "+", "-", "@"} and not text[1:].isdecimal() else text
            writer.writerow(
                [
                    table.key,
                    row,
                    column,
                    safe,
                    "" if cell.value.value is None else cell.value.value,
                    cell.value.unit,
                    place["line"],
                    " ".join(f"{key}={at}" for key, at in place.get("location", {}).items() if key != "box"),
                ]
            )
    return out.getvalue()


def document_text(document: Document) -> str:
    """The report in the tab-cell layout: a cell is a line that begins with a TAB, an empty line ends a row.

    Linting it gives the findings of linting the file, for nothing is left out and nothing is mended:

    - A text that a reader built is given as it is, because the positions of its diagnostics count in it.
    - Of any other text, rows typed on one line become rows of cells, headings that share a line get one of their own, and numbered
      headings and the title lose the marks of Markdown. Tables whose layout was lost stay as they stand.

    Args:
        document: the bound report.

    Returns:
        The text, its lines ended by LF.

    """
    text = document.source.text
    if document.source.media not in {"text", "markdown"}:
        return text
    edits = sorted((*_tables(document), *_headings(document), *_title(document)))
    parts: list[str] = []
    last = 0
    for start, end, new in edits:
        if start >= last:
            parts += [text[last:start], new]
            last = end
    return "".join([*parts, text[last:]]).replace("\r\n", "\n").replace("\r", "\n")


_Edit = tuple[int, int, str]
"""A stretch of the source text and what is shown instead."""


def _tables(document: Document) -> Iterator[_Edit]:
    """Typed tables as rows of cells, the lines that only rule them left out."""
    text = document.source.text
    blocks = (block for section in document.sections for block in (section.heading, *section.blocks))
    # a heading inside a table, a table that lost its layout
    apart = [block for block in blocks if isinstance(block, Line) or not block.rows]
    starts = [block.start for block in apart]
    rules = [(start, end) for code, start, end in tokenize(text) if code == "D"]
    above, below = {end: start for start, end in rules}, dict(rules)
    for grid in parse_blocks(text):
        if not isinstance(grid, Grid) or all(_is_cell_lines(text, row) for row in grid.rows):
            continue
        start, end = grid.start, grid.rows[-1].end
        last = bisect_left(starts, end) - 1
        if last >= 0 and apart[last].end > start:
            continue
        texts = [row.typed.texts for row in grid.rows]
        shown = "".join("".join(f"\t{cell}\n" for cell in cells) + "\n" for cells in texts)
        again = [row.typed.texts for each in parse_blocks(shown) if isinstance(each, Grid) for row in each.rows]
        if again == texts:
            yield above.get(start, start), below.get(end, end), shown


def _is_cell_lines(text: str, row: GridRow) -> bool:
    """Whether each cell of a row is a line that begins with a TAB."""
    return all(
        text[start - 1 : start] == "\t" and text[max(0, start - 2) : start - 1] in "\r\n" for start, _ in row.cells
    )


def _headings(document: Document) -> Iterator[_Edit]:
    """A line for each heading and for what stands behind it; numbered ones without marks."""
    text = document.source.text
    shared: list[tuple[int, int]] = []
    for block in (block for section in document.sections for block in (section.heading, *section.blocks)):
        begin = block.end - len(text[block.start : block.end].lstrip())
        first = _line_start(document.source, begin)
        if text[first:begin].strip(_EDGES):
            shared.append((len(text[:begin].rstrip(SPACE)), begin))
        if isinstance(block, Line) and block.style not in "PS":
            if _MARKS.search(text, block.start, block.span.start):
                yield block.start, block.span.start, ""
            if text.startswith("**", block.end):
                yield block.end, block.end + 2, ""
    yield from ((start, end, "\n") for start, end in shared)
    for first in sorted({_line_start(document.source, end) for _, end in shared}):  # a TAB would make them rows
        last = _LINE_END.search(text, first)
        tabs = (at for at in range(first, last.start() if last else len(text)) if text[at] == "\t")
        yield from ((at, at + 1, " ") for at in tabs)


def _line_start(source: Source, offset: int) -> int:
    return source.line_starts[source.position(offset)[0] - 1]


def _title(document: Document) -> Iterator[_Edit]:
    """The title without marks, and blank lines around it, for without marks it is a line like any other."""
    title, text = document.title, document.source.text
    if title is None:
        return
    begin = _line_start(document.source, title.start)
    line_end = _LINE_END.search(text, title.end)
    end = line_end.start() if line_end else len(text)
    marks = [match.span() for match in _TITLE_MARKS.finditer(text, begin, end)]
    if marks and begin == marks[0][0] and marks[0][1] <= title.start:
        yield begin, marks[0][1], "\n" if text[:begin].strip() else ""
        yield from ((first, last, "") for first, last in marks[1:])
        behind = _BEHIND.match(text, end)
        if behind and behind.end() < len(text):
            yield end, behind.end(), "\n\n"
