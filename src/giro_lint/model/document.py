"""A report as read and bound: blocks, sections, tables, what was noticed on the way. May import: model, attrs."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

import attrs

from giro_lint.model.form import Edition, Entry, TableForm, Vocabulary
from giro_lint.model.source import Remark, Source, Span
from giro_lint.model.values import CellState, CellValue, DateValue, PeriodValue

_NOTHING: Mapping[str, Any] = MappingProxyType({})


@attrs.define(eq=False, repr=False, slots=False)
class Line:
    """A heading or a paragraph.

    Args:
        start: offset of the first code point, leading white space included.
        end: offset behind the last one that is not white space.
        style: code of the lexer (``H`` 一、 ``h`` （一） ``N`` 1. ``n`` （1） ``S`` Markdown), ``P`` for a paragraph.
        number: the number as written, or empty.
        ordinal: its value, or 0.
        separator: what stands between number and text, white space included.
        text_start: offset of the text behind number and separator.

    """

    start: int
    end: int
    style: str = "P"
    number: str = ""
    ordinal: int = 0
    separator: str = ""
    text_start: int = 0

    @property
    def span(self) -> Span:
        """The line without leading white space."""
        return Span(min(self.text_start - len(self.number) - len(self.separator), self.end), self.end)


class RowText(NamedTuple):
    """What a typed row says, wherever it stands; rows of the same text share one.

    Args:
        bounds: start and end of each cell, counted from the start of the row.
        texts: the text of each cell.

    """

    bounds: tuple[tuple[int, int], ...]
    texts: tuple[str, ...]


@attrs.define(eq=False, repr=False, slots=False)
class GridRow:
    """A row of a table as typed.

    Args:
        start: offset of its first code point.
        end: offset behind it and the blank lines below.
        typed: its cells.

    """

    start: int
    end: int
    typed: RowText

    @property
    def cells(self) -> list[tuple[int, int]]:
        """Offsets of its cells."""
        return [(self.start + begin, self.start + end) for begin, end in self.typed.bounds]


@attrs.define(eq=False, repr=False, slots=False)
class Grid:
    """A table as typed: rows that follow each other."""

    start: int
    end: int
    rows: list[GridRow]


Block = Line | Grid


class Note(NamedTuple):
    """Something that the binding noticed; a rule decides whether it is worth a word.

    Args:
        kind: what it is, such as ``row-missing``.
        start: offset of the place.
        end: offset behind it.
        anchor: structural address.
        data: what a message may speak of.

    """

    kind: str
    start: int
    end: int
    anchor: str
    data: Mapping[str, Any] = _NOTHING


@attrs.define(eq=False, repr=False)
class Cell:
    """A cell of a bound table.

    Args:
        start: offset of the cell's text, white space included.
        end: offset behind it.
        text: the text as typed.
        value: what it says.

    """

    start: int
    end: int
    text: str
    value: CellValue

    @property
    def span(self) -> Span:
        """The figure or text of the cell without the white space around it."""
        value = self.value
        if value.state is CellState.BLANK:
            return Span(self.start, self.end)
        return Span(self.start + value.start, self.start + value.end)

    @property
    def amount(self) -> Any:
        """The number of the cell; a blank or placeholder counts as 0, a text as None."""
        return 0 if self.value.value is None and self.value.state is not CellState.TEXT else self.value.value


class Order:
    """The cells of a table in their order; tables that were bound alike share one.

    Args:
        places: the typed row and the position in it of each cell, by the keys of row and column.

    """

    def __init__(self, places: Mapping[tuple[str, str], tuple[int, int]]) -> None:
        self.places = places


class LazyCells(Mapping[tuple[str, str], Cell]):
    """Cells of a table that are made when somebody asks for them: most reports are judged by the counts in them alone.

    Args:
        order: which cells there are.
        counts: the plain counts among them; every other cell is odd.
        make: makes the cell of a key.

    """

    def __init__(
        self, order: Order, counts: Mapping[tuple[str, str], int], make: Callable[[tuple[str, str]], Cell]
    ) -> None:
        self.order, self.counts, self._make = order, counts, make
        self._made: dict[tuple[str, str], Cell] = {}

    @property
    def odd(self) -> Sequence[tuple[str, str]]:
        """Keys of the cells that hold anything but a plain count."""
        counts = self.counts
        return [key for key in self if key not in counts] if len(counts) < len(self) else ()

    def __getitem__(self, key: tuple[str, str]) -> Cell:
        cell = self._made.get(key)
        if cell is None:
            cell = self._made[key] = self._make(key)
        return cell

    def __contains__(self, key: object) -> bool:
        return key in self.order.places

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self.order.places)

    def __len__(self) -> int:
        return len(self.order.places)


@attrs.define(eq=False, repr=False, slots=False)
class Table:
    """A table of the form, bound to its rows and columns.

    Args:
        form: the table in the edition it was bound to.
        edition: that edition.
        start: offset of its first row.
        end: offset behind its last row.
        section: key of the section it stands in, or None.
        cells: the cells by row key and column key.
        rows: label spans of the rows that are there, in the order of the text.
        columns: label spans of the columns that are there, in the order of the text; several blocks share keys.
        notes: what differs from the form.
        sound: whether it is known that every cell of the form is there and that none holds words.

    """

    form: TableForm
    edition: Edition
    start: int
    end: int
    section: str | None
    cells: Mapping[tuple[str, str], Cell]
    rows: Mapping[str, Span]
    columns: Mapping[str, Span]
    notes: list[Note]
    sound: bool = False

    @property
    def key(self) -> str:
        """Key of the table."""
        return self.form.key

    @property
    def worded(self) -> bool:
        """Whether some cell holds words."""
        cells = self.cells
        asked = cells.odd if isinstance(cells, LazyCells) else cells
        return any(cells[key].value.state is CellState.TEXT for key in asked)


@attrs.define(eq=False, repr=False, slots=False)
class Section:
    """A top-level section.

    Args:
        entry: the section of the form it was recognised as, or None for one that the form does not have.
        heading: its heading.
        start: offset of the heading's line.
        end: offset behind its last block.
        blocks: what stands below the heading.
        wording: how its heading was recognised: ``exact``, ``alias``, ``renamed``, ``close``, ``place`` or ``extra``.
        aspect: key of the aspect of the first section that its heading names, or empty.

    """

    entry: Entry | None
    heading: Line
    start: int
    end: int
    blocks: list[Block]
    wording: str = "exact"
    aspect: str = ""
    _lines: tuple[list[Block], list[Line]] | None = attrs.field(default=None, init=False)

    @property
    def key(self) -> str:
        """Key of the section, ``extra`` for one the form does not have."""
        return self.entry.key if self.entry else "extra"

    @property
    def lines(self) -> Sequence[Line]:
        """The headings and paragraphs below the heading, picked out once for as long as the blocks are the same list."""
        kept = self._lines
        if kept is None or kept[0] is not self.blocks:
            kept = self._lines = self.blocks, [block for block in self.blocks if isinstance(block, Line)]
        return kept[1]


class Flow(NamedTuple):
    """Prose without white space and with normalised digits, and the way back to the source.

    Args:
        text: the prose, paragraphs ended by LF.
        starts: offsets in ``text`` at which the pieces begin.
        origins: offsets in the source of these pieces.

    """

    text: str
    starts: list[int]
    origins: list[int]

    def offset(self, index: int) -> int:
        """Offset in the source of a place in the flow."""
        piece = bisect_right(self.starts, index) - 1
        return self.origins[piece] + index - self.starts[piece]

    def span(self, start: int, end: int) -> Span:
        """Span in the source of a stretch of the flow (``end`` exclusive)."""
        return Span(self.offset(start), self.offset(end - 1) + 1) if end > start else Span(*[self.offset(start)] * 2)


@attrs.define(eq=False, repr=False, slots=False)
class Title:
    """The title of the report: its lines, joined without white space, and the year it names."""

    start: int
    end: int
    text: str
    body: str = ""
    year: int | None = None
    year_span: Span | None = None


@attrs.define(eq=False, repr=False, slots=False)
class Signature:
    """What ends a report: the body's name and the date, each with its place, and the lines below that no web page adds."""

    body: str = ""
    body_span: Span | None = None
    date: DateValue | None = None
    date_span: Span | None = None
    after: list[Span] = attrs.field(factory=list)


@attrs.define(eq=False, repr=False, slots=False)
class Document:
    """A report, bound to the form.

    Args:
        source: its text.
        vocabulary: the words it was recognised by.
        editions: all editions known.
        edition: the edition it is checked against.
        due: the edition that its year asks for, or None.
        used: the edition whose table of Article 20 it fills in, or None.
        year: report year, or None.
        body: full name of the reporting body, or empty.
        body_kind: kind of body, or None.
        title: the title, or None.
        preamble: what stands between title and first section.
        sections: the top-level sections in the order of the text.
        tables: the tables that were found, by key.
        signature: name and date at the end.
        period: the statistical period and its place, or None.
        restarts: headings numbered like sections whose numbers start again inside one.
        deadline: the last day that a local notice allows for publishing, as ``MM-DD``, or empty.
        declined: keys of the tables that are there, but whose figures cannot be told apart.
        remarks: what the binding noticed that a rule of kind ``engine`` tells the user.

    """

    source: Source
    vocabulary: Vocabulary
    editions: tuple[Edition, ...]
    edition: Edition
    due: Edition | None
    used: Edition | None
    year: int | None
    body: str
    body_kind: str | None
    title: Title | None
    preamble: list[Block]
    sections: list[Section]
    tables: dict[str, Table]
    signature: Signature
    period: tuple[PeriodValue, Span] | None
    restarts: list[Line]
    deadline: str = ""
    declined: frozenset[str] = frozenset()
    remarks: Sequence[Remark] = ()

    def section(self, key: str) -> Section | None:
        """The first section of a key, or None."""
        return next((section for section in self.sections if section.key == key), None)

    def home(self, key: str) -> Span:
        """Where something that is missing should stand: the section's heading, else the title, else the beginning."""
        section = self.section(key)
        if section is not None:
            return section.heading.span
        return Span(self.title.start, self.title.end) if self.title else Span(0, 0)
