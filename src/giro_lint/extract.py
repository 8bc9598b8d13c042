"""A bound report as data and as text. May import: api, binding, model."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from typing import Any

from giro_lint.binding.labels import squeeze
from giro_lint.model.document import Document, Grid

SCHEMA = "giro-lint/document/1"


def document_data(document: Document) -> dict[str, Any]:
    """The report as plain data: what it says of itself, its sections, every table cell by its keys.

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
                "line": source.position(section.heading.start)[0],
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
                    "line": source.position(cell.start)[0],
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


def document_csv(document: Document) -> str:
    """Every table cell, a line a cell: table, row, column, text, value, unit, line."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["table", "row", "column", "text", "value", "unit", "line"])
    for table in document.tables.values():
        for (row, column), cell in table.cells.items():
            text = squeeze(cell.text)
            safe = f"'{text}" if text[:1] in {"=", "+", "-", "@"} and not text[1:].isdecimal() else text
            writer.writerow(
                [
                    table.key,
                    row,
                    column,
                    safe,
                    "" if cell.value.value is None else cell.value.value,
                    cell.value.unit,
                    document.source.position(cell.start)[0],
                ]
            )
    return out.getvalue()


def document_text(document: Document) -> str:
    """The report in the tab-cell layout: a cell is a line that begins with a TAB, an empty line ends a row.

    A text that a reader built is given as it is, because the positions of its diagnostics count in it.
    """
    text = document.source.text
    if document.source.media not in {"text", "markdown"}:
        return text
    parts: list[str] = []
    front = [document.title] if document.title else []
    parts += [_lines(text[title.start : title.end]) for title in front]
    for block in (
        *document.preamble,
        *(b for section in document.sections for b in (section.heading, *section.blocks)),
    ):
        if isinstance(block, Grid):
            parts += ["".join(f"\t{_lines(text[start:end])}" for start, end in row.cells) + "\n" for row in block.rows]
        else:
            parts.append(_lines(text[block.span.start : block.end]))
    signature = document.signature
    parts += [_lines(text[span.start : span.end]) for span in (signature.body_span, signature.date_span) if span]
    return "".join(parts)


def _lines(text: str) -> str:
    return text.strip().replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ") + "\n"
