"""Typed rows as the table binders see them, and the table in the making. May import: model, labels, index, grammar.numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import attrs

from giro_lint.binding.index import LabelIndex
from giro_lint.binding.labels import label_core, number_of, ordinal_of, squeeze
from giro_lint.grammar.numbers import parse_cell
from giro_lint.model.document import Cell, GridRow, Note, Table
from giro_lint.model.form import Edition, Entry, TableForm
from giro_lint.model.source import Span
from giro_lint.model.values import CellState, CellValue

_HALF_WIDTH = frozenset("():,")
_REMARK = re.compile(r"\s*[（(][^（）()]*[）)]\s*\Z")

SHAPE = frozenset({
    "block-missing", "cells-missing", "column-extra", "column-missing", "column-order", "corner-altered", "corner-missing",
    "group-header", "header-incomplete", "header-missing", "header-order", "header-wrong", "label-damaged", "label-missing",
    "row-extra", "row-missing", "row-unlabelled", "row-width",
})  # fmt: skip
"""Kinds of note that say nothing where a converter broke the table up."""


@attrs.define(eq=False, repr=False)
class Row:
    """A typed row.

    Args:
        start: offset of its first cell.
        end: offset behind it.
        cells: offsets of its cells.
        texts: their texts.
        cores: the cores of their labels, empty for figures and blanks.
        figures: positions of the cells that hold a figure.

    """

    start: int
    end: int
    cells: list[tuple[int, int]]
    texts: list[str]
    cores: list[str]
    figures: list[int]

    @classmethod
    def read(cls, text: str, row: GridRow) -> Row:
        """The row with its texts and cores."""
        texts = [text[start:end] for start, end in row.cells]
        cores = [label_core(piece) for piece in texts]
        figures = [
            i for i, piece in enumerate(texts) if piece and not cores[i] and parse_cell(piece).state is CellState.NUMBER
        ]
        return cls(row.start, row.end, row.cells, texts, cores, figures)

    def blank(self, position: int) -> bool:
        """Whether a cell holds nothing that can be seen."""
        return not self.cores[position] and parse_cell(self.texts[position]).state is CellState.BLANK

    def repeated(self, position: int) -> bool:
        """Whether a cell repeats the label before it, as a merged cell does that was taken apart."""
        return position > 0 and bool(self.cores[position]) and self.cores[position] == self.cores[position - 1]

    def span(self, position: int) -> Span:
        """The visible text of a cell, or its whole stretch when it is blank."""
        start, end = self.cells[position]
        piece = self.texts[position]
        if piece and not (piece[0].isspace() or piece[-1].isspace()):
            return Span(start, end)
        lead = len(piece) - len(piece.lstrip())
        return Span(start + lead, start + len(piece.rstrip())) if piece.strip() else Span(start, end)


@attrs.define(eq=False, repr=False)
class Typed:
    """The typed rows of a table of the form.

    Args:
        rows: its rows.
        broken: whether rows or labels of it stand as plain lines between them, as a converter leaves them.

    """

    rows: list[Row] = attrs.field(factory=list)
    broken: bool = False


def cell_value(text: str) -> CellValue:
    """What a cell holds; a figure with a remark in brackets behind it is that figure, with the flag ``noted``."""
    value = parse_cell(text)
    if value.state is not CellState.TEXT or not (remark := _REMARK.search(text)):
        return value
    figure = parse_cell(text[: remark.start()])
    return attrs.evolve(figure, flags=figure.flags | {"noted"}) if figure.state is CellState.NUMBER else value


@attrs.define(eq=False, repr=False)
class Draft:
    """A table in the making.

    Args:
        form: the form it is bound to.
        edition: the edition of that form.
        index: the labels of all editions.
        rows: the typed rows that belong to it.
        section: key of the section it stands in, or None.
        broken: as in `Typed`.

    """

    form: TableForm
    edition: Edition
    index: LabelIndex
    rows: list[Row]
    section: str | None
    broken: bool = False
    cells: dict[tuple[str, str], Cell] = attrs.field(factory=dict)
    labels: dict[str, Span] = attrs.field(factory=dict)
    columns: dict[str, Span] = attrs.field(factory=dict)
    notes: list[Note] = attrs.field(factory=list)
    half_width: list[Span] = attrs.field(factory=list)
    separators: list[Span] = attrs.field(factory=list)
    numbers: dict[str, tuple[Span, str, str]] = attrs.field(factory=dict)
    breaks: list[Span] = attrs.field(factory=list)

    @property
    def place(self) -> Span:
        """The first row, where what concerns the whole table is said."""
        return Span(self.rows[0].start, self.rows[0].end)

    def note(self, kind: str, span: Span, anchor: str = "", /, **data: Any) -> None:
        """Remember something that differs from the form; the anchor is below the table's own."""
        address = f"{self.form.key}/{anchor}" if anchor else self.form.key
        self.notes.append(Note(kind, span.start, span.end, address, data))

    def put(self, row: str, column: str, typed: Row, position: int) -> None:
        """Bind a typed cell to its row and column."""
        start, end = typed.cells[position]
        text = typed.texts[position]
        self.cells[row, column] = Cell(start, end, text, cell_value(text))

    def seen(self, entry: Entry, how: str, typed: Row, position: int, anchor: str) -> None:
        """Look at the typography of a label that was recognised."""
        text = typed.texts[position]
        if how == "close":
            expected = entry.number + entry.label
            self.note("label-damaged", typed.span(position), anchor, found=squeeze(text), expected=expected)
        if not _HALF_WIDTH.isdisjoint(text):
            self.half_width.append(typed.span(position))
        broken = ("\n" in text or "\r" in text) and not {"\n", "\r"}.isdisjoint(text.strip())
        if broken and not entry.number and any(entry in block.columns for block in self.form.blocks):
            self.breaks.append(typed.span(position))
        if entry.number:
            written = number_of(text)
            if written == entry.number:
                return
            if ordinal_of(written) != ordinal_of(entry.number):
                self.numbers.setdefault(entry.key, (typed.span(position), written, entry.number))
            elif entry.number.endswith(".") and written.endswith("、"):
                self.separators.append(typed.span(position))

    def gathered(self) -> None:
        """Turn what was seen cell by cell into one note a table each."""
        for kind, spans in (
            ("label-halfwidth", self.half_width),
            ("label-separator", self.separators),
            ("header-break", self.breaks),
        ):
            if spans:
                self.note(kind, spans[0], "", count=len(spans))
        wrong = [(span, written, due) for span, written, due in self.numbers.values() if written]
        missing = [(span, written, due) for span, written, due in self.numbers.values() if not written]
        for kind, found in (("number-wrong", wrong), ("number-missing", missing)):
            if found:
                span, written, due = found[0]
                self.note(kind, span, "", found=written, expected=due, count=len(found))

    def table(self) -> Table:
        """The finished table."""
        self.gathered()
        if self.broken:
            self.notes = [note for note in self.notes if note.kind not in SHAPE]
        start, end = self.rows[0].start, max(row.end for row in self.rows)
        return Table(
            self.form, self.edition, start, end, self.section, self.cells, self.labels, self.columns, self.notes
        )


def after_row(labels: Mapping[str, Span], order: Sequence[str], key: str, fallback: Span) -> Span:
    """Where a missing row should stand: the label before it that is there, else the fallback."""
    before = order[: order.index(key)] if key in order else ()
    return next((labels[name] for name in reversed(before) if name in labels), fallback)
