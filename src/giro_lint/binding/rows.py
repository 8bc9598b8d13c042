"""Typed rows as the table binders see them, and the table in the making. May import: model, labels, index, grammar."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Any

from giro_lint.binding.index import TableLabels
from giro_lint.binding.labels import label_core, number_of, ordinal_of, squeeze
from giro_lint.grammar.numbers import parse_cell
from giro_lint.grammar.structure import LONGEST_REMEMBERED
from giro_lint.model.document import Cell, GridRow, Note, Table
from giro_lint.model.form import Edition, Entry, TableForm
from giro_lint.model.source import Span
from giro_lint.model.values import CellState, CellValue

_HALF_WIDTH = frozenset("():,")
EXTRA = "?"
"""What the key of a column begins with that no edition has."""
_LINE_ENDS = frozenset("\r\n")
_CLOSING = frozenset("）)")

SHAPE = frozenset({
    "block-missing", "cells-missing", "column-extra", "column-missing", "column-order", "corner-altered", "corner-missing",
    "group-header", "header-incomplete", "header-missing", "header-order", "header-wrong", "label-damaged", "label-missing",
    "row-extra", "row-missing", "row-unlabelled", "row-width",
})  # fmt: skip
"""Kinds of note that say nothing where a converter broke the table up."""


class _Reading:
    """What the cells of a row say, wherever the row stands; rows of the same cells share one.

    Args:
        texts: the cells.

    Attributes:
        texts: likewise.
        cores: the cores of labels, empty for figures and blanks.
        labels: the cores that are not empty.
        values: what the cells without a label hold, None for labels.
        counts: the plain counts in them, None for all other cells.
        figures: positions of the cells that hold a figure.
        blank: whether a cell holds nothing that can be seen.
        wordy: whether some cell without a label holds words nevertheless.
        visible: bounds of the visible text in each cell, all of it where it is blank.
        shape: the texts without the figures: what is the same in another report.

    """

    def __init__(self, texts: tuple[str, ...]) -> None:
        self.texts = texts
        cells = [(_remembered_cell if len(text) <= LONGEST_REMEMBERED else _cell)(text) for text in texts]
        cores, values, figures, blank, visible, shape = zip(*cells, strict=True) if cells else ((),) * 6
        self.cores: tuple[str, ...] = cores
        self.labels = tuple(filter(None, cores))
        self.values: tuple[CellValue | None, ...] = values
        self.counts = tuple([value and value.plain_count for value in self.values])
        self.figures = tuple([i for i, is_one in enumerate(figures) if is_one])
        self.blank: tuple[bool, ...] = blank
        self.wordy = any(value is not None and value.state is CellState.TEXT for value in values)
        self.visible: tuple[tuple[int, int], ...] = visible
        self.shape: tuple[str | None, ...] = shape


_remembered = lru_cache(maxsize=2048)(_Reading)


def _cell(text: str) -> tuple[str, CellValue | None, bool, bool, tuple[int, int], str | None]:
    """What `_Reading` says of one cell: core, value, whether it is a figure, whether it is blank, visible, shape."""
    core = label_core(text)
    plain = None if core else parse_cell(text)
    figure = plain is not None and plain.state is CellState.NUMBER
    blank = plain is not None and plain.state is CellState.BLANK
    return core, plain and _with_remark(text, plain), figure, blank, _visible(text), None if figure else text


_remembered_cell = lru_cache(maxsize=4096)(_cell)


def cell_value(text: str) -> CellValue:
    """What a cell without a label holds."""
    return _with_remark(text, parse_cell(text))


def _with_remark(text: str, value: CellValue) -> CellValue:
    """What a cell holds; a figure with a remark in brackets behind it is that figure, with the flag ``noted``."""
    if value.state is not CellState.TEXT:
        return value
    bare = text.rstrip()
    opening = max(bare.rfind("（"), bare.rfind("("))
    if opening < 0 or bare[-1] not in _CLOSING or not _CLOSING.isdisjoint(bare[opening:-1]):
        return value
    figure = parse_cell(bare[:opening].rstrip())
    return figure._replace(flags=figure.flags | {"noted"}) if figure.state is CellState.NUMBER else value


def _visible(text: str) -> tuple[int, int]:
    bare = text.strip()
    begin = text.index(bare) if bare else 0
    return begin, begin + len(bare or text)


class Row:
    """A typed row with the cores of its labels.

    Args:
        row: the row as typed.

    Attributes:
        start: offset of its first cell.
        end: offset behind it.
        bounds: bounds of its cells, counted from its start.
        reading: what the cells say.

    """

    __slots__ = ("bounds", "end", "reading", "start")

    def __init__(self, row: GridRow) -> None:
        start, end = row.start, row.end
        bounds, texts = row.typed
        self.start, self.end, self.bounds = start, end, bounds
        self.reading = (_remembered if end - start <= LONGEST_REMEMBERED else _Reading)(texts)

    @property
    def texts(self) -> tuple[str, ...]:
        """The texts of its cells."""
        return self.reading.texts

    @property
    def cores(self) -> tuple[str, ...]:
        """The cores of their labels, empty for figures and blanks."""
        return self.reading.cores

    @property
    def labels(self) -> tuple[str, ...]:
        """The cores that are not empty."""
        return self.reading.labels

    @property
    def figures(self) -> tuple[int, ...]:
        """Positions of the cells that hold a figure."""
        return self.reading.figures

    def blank(self, position: int) -> bool:
        """Whether a cell holds nothing that can be seen."""
        return self.reading.blank[position]

    def all_blank(self, first: int) -> bool:
        """Whether all cells from a position on hold nothing that can be seen."""
        return False not in self.reading.blank[first:]

    def repeated(self, position: int) -> bool:
        """Whether a cell repeats the label before it, as a merged cell does that was taken apart."""
        return position > 0 and bool(self.cores[position]) and self.cores[position] == self.cores[position - 1]

    def span(self, position: int) -> Span:
        """The visible text of a cell, or its whole stretch when it is blank."""
        start = self.start + self.bounds[position][0]
        begin, end = self.reading.visible[position]
        return Span(start + begin, start + end)


class LabelSpans(Mapping[str, Span]):
    """Where labels stand, told for those that are asked for.

    Args:
        rows: typed rows.
        places: the row and the position in it of each label, by key.

    """

    def __init__(self, rows: Sequence[Row], places: Mapping[str, tuple[int, int]]) -> None:
        self._rows, self._places = rows, places

    def __getitem__(self, key: str) -> Span:
        at, position = self._places[key]
        return self._rows[at].span(position)

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


class Typed:
    """The typed rows of a table of the form.

    Args:
        rows: its rows.
        is_broken: tells whether rows or labels of it stand as plain lines between them, as a converter leaves them.

    """

    def __init__(self, rows: list[Row], is_broken: Callable[[], bool]) -> None:
        self.rows, self._is_broken = rows, is_broken

    @cached_property
    def broken(self) -> bool:
        """Whether it is broken; few reports need to be asked."""
        return self._is_broken()


@lru_cache(maxsize=1024)
def _typography(label: str) -> tuple[bool, bool, str]:
    """Whether a label has half-width marks, whether it is broken over lines, and its number as written."""
    broken = not _LINE_ENDS.isdisjoint(label.strip())
    return not _HALF_WIDTH.isdisjoint(label), broken, number_of(label)


class Draft:
    """A table in the making.

    Args:
        form: the form it is bound to.
        edition: the edition of that form.
        known: the labels of the table in all editions.
        typed: the typed rows that belong to it.
        section: key of the section it stands in, or None.
        cells: the cells bound so far.
        filled: keys of their rows.
        labels: label spans of the rows found.
        columns: label spans of the columns found.

    """

    def __init__(
        self, form: TableForm, edition: Edition, known: TableLabels, typed: Typed, section: str | None
    ) -> None:
        self.form, self.edition, self.known = form, edition, known
        self.typed, self.rows, self.section = typed, typed.rows, section
        self.cells: dict[tuple[str, str], Cell] = {}
        self.filled: set[str] = set()
        self.labels: dict[str, Span] = {}
        self.columns: dict[str, Span] = {}
        self.notes: list[Note] = []
        self.half_width: list[Span] = []
        self.separators: list[Span] = []
        self.numbers: dict[str, tuple[Span, str, str]] = {}
        self.breaks: list[Span] = []

    @property
    def place(self) -> Span:
        """The first row, where what concerns the whole table is said."""
        return Span(self.rows[0].start, self.rows[0].end)

    def note(self, kind: str, span: Span, anchor: str = "", /, **data: Any) -> None:
        """Remember something that differs from the form; the anchor is below the table's own."""
        address = f"{self.form.key}/{anchor}" if anchor else self.form.key
        self.notes.append(Note(kind, span.start, span.end, address, data))

    def put(self, row: str, columns: Iterable[str], typed: Row, positions: Iterable[int]) -> None:
        """Bind typed cells to the columns of a row; a column that no edition has (``?``) is left out."""
        self.filled.add(row)
        cells, start, bounds, texts, values = self.cells, typed.start, typed.bounds, typed.texts, typed.reading.values
        for column, position in zip(columns, positions, strict=True):
            if column[0] != EXTRA:
                begin, end = bounds[position]
                text = texts[position]
                cells[row, column] = Cell(start + begin, start + end, text, values[position] or cell_value(text))

    def seen(self, entry: Entry, how: str, typed: Row, position: int, anchor: str) -> None:
        """Look at the typography of a label that was recognised."""
        text = typed.texts[position]
        half_width, broken, written = _typography(text)
        if how == "close":
            expected = entry.number + entry.label
            self.note("label-damaged", typed.span(position), anchor, found=squeeze(text), expected=expected)
        if half_width:
            self.half_width.append(typed.span(position))
        if broken and not entry.number and any(entry in block.columns for block in self.form.blocks):
            self.breaks.append(typed.span(position))
        if entry.number and written != entry.number:
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
        if self.notes and self.typed.broken:
            self.notes = [note for note in self.notes if note.kind not in SHAPE]
        start, end = self.rows[0].start, max(row.end for row in self.rows)
        return Table(
            self.form, self.edition, start, end, self.section, self.cells, self.labels, self.columns, self.notes
        )


def after_row(labels: Mapping[str, Span], order: Sequence[str], key: str, fallback: Span) -> Span:
    """Where a missing row should stand: the label before it that is there, else the fallback."""
    before = order[: order.index(key)] if key in order else ()
    return next((labels[name] for name in reversed(before) if name in labels), fallback)
