"""Finds the form's tables among the typed ones and binds each by its layout, or as one like it was bound. May import: binding, model."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache, partial
from itertools import groupby, pairwise
from operator import itemgetter
from typing import Any, Literal, NamedTuple

from giro_lint.binding.blocks import bind_blocks, edition_used
from giro_lint.binding.index import LabelIndex, TableLabels, label_index
from giro_lint.binding.labels import label_core
from giro_lint.binding.line import bind_line
from giro_lint.binding.matrix import bind_matrix
from giro_lint.binding.rows import Draft, LabelSpans, Row, Typed, cell_value
from giro_lint.grammar.structure import LONGEST_REMEMBERED
from giro_lint.model.document import Cell, Grid, LazyCells, Order, Table
from giro_lint.model.form import Edition, Knowledge, TableForm

_BINDERS: dict[str, Callable[[Draft], None]] = {"blocks": bind_blocks, "matrix": bind_matrix, "line": bind_line}
_EVIDENCE = 3
"""So many different labels of a table make it that table."""
_AROUND = 400
"""How far above a table its rows may have been left as plain lines, in code points."""
_FRAGMENT = 6
_LAYOUTS = 64
"""So many layouts of a table are remembered, each of at most so many rows:"""
_ROWS = 64

_Place = tuple[int, int]
"""A row and a position in it."""
_Key = tuple[str, str]


class _Layout(NamedTuple):
    """Where a binder found what.

    Attributes:
        order: the cells and their places.
        rows: of each row that has cells, its place, their keys, and what fetches them from what all cells of the row hold.
        labels: the labels of rows.
        columns: those of columns.
        complete: whether the form has no further cell.
    """

    order: Order
    rows: Sequence[tuple[int, Sequence[_Key], Callable[[Sequence[int | None]], Sequence[int | None]]]]
    labels: Mapping[str, _Place]
    columns: Mapping[str, _Place]
    complete: bool


def gather_rows(text: str, grids: list[Grid], knowledge: Knowledge) -> dict[str, Typed]:
    """The typed rows of each table of the form.

    Args:
        text: the source text.
        grids: the typed tables, in order.
        knowledge: the editions.

    Returns:
        Rows by table key; a table that was split is put together, one that is not of the form is left out.

    """
    index = label_index(knowledge)
    lines = _line_widths(knowledge)
    gathered: dict[str, list[list[Row]]] = {}
    for grid in grids:
        for key, rows in _segments(index, lines, [Row(row) for row in grid.rows]):
            gathered.setdefault(key, []).append(rows)
    found: dict[str, Typed] = {}
    for key, segments in gathered.items():
        labels = index.of[key]
        rows = [row for segment in _own(labels, knowledge, key, segments) for row in segment]
        words = labels.meanings.keys() & set().union(*[row.reading.labels for row in rows])
        if len(words) >= _EVIDENCE or any(_is_line_of(row, lines) == key for row in rows):
            found[key] = Typed(rows, partial(_broken, text, rows, labels))
    return found


def _own(known: TableLabels, knowledge: Knowledge, table: str, segments: list[list[Row]]) -> list[list[Row]]:
    """The pieces of a table without other tables of the report that use some of its labels.

    A piece without any header whose rows stand in a piece with headers too, is no part of it; nor is, of a table with one set of
    columns, a piece with some headers and fewer figures below them than it has columns.
    """
    if len(segments) == 1:
        return segments
    forms = [edition.tables[table] for edition in knowledge.editions if table in edition.tables]
    widest = max(len(block.columns) if form.layout == "matrix" else 0 for form in forms for block in form.blocks)
    texts: list[set[str]] = [set().union(*[row.labels for row in rows]) for rows in segments]
    labels = [{m.entry.key for text in words for m in known.rows.get(text, ())} for words in texts]
    heads = {*known.columns, *known.words, *known.blocks}
    headed = [not heads.isdisjoint(words) for words in texts]
    told: set[str] = set().union(*(found for found, sure in zip(labels, headed, strict=True) if sure))
    kept = []
    for i, rows in enumerate(segments):
        figures = max((len(row.figures) for row in rows), default=0)
        copied = bool(labels[i]) and not headed[i] and labels[i] <= told
        small = headed[i] and len(labels[i]) < _EVIDENCE and 0 < figures < widest
        if not copied and not small:
            kept.append(rows)
    return kept


def _line_widths(knowledge: Knowledge) -> dict[int, str]:
    """Tables whose figures stand in one row, by the number of these figures."""
    forms = [form for edition in knowledge.editions for form in edition.tables.values() if form.layout == "line"]
    return {len(block.rows) * len(block.columns): form.key for form in forms for block in form.blocks}


def _is_line_of(row: Row, lines: dict[int, str]) -> str:
    """The table of one row of figures that a row without labels can only be, or empty."""
    return lines.get(len(row.texts), "") if len(row.figures) == len(row.texts) else ""


def _segments(index: LabelIndex, lines: dict[int, str], rows: list[Row]) -> list[tuple[str, list[Row]]]:
    """Runs of rows of one table: a row goes where its labels point, one without labels stays with those before it."""
    segments: list[tuple[str, list[Row]]] = []
    waiting: list[Row] = []
    here, cores = "", frozenset[str]()
    for row in rows:
        labels = row.reading.labels
        if labels and cores.issuperset(labels):
            segments[-1][1].append(row)
            continue
        line = "" if labels else _is_line_of(row, lines)
        if line and line != here:
            segments.append((line, [*waiting, *_headers(index, segments), row]))
            here, cores, waiting = line, index.of[line].cores, []
            continue
        tables = [index.tables[text] for text in labels if text in index.tables]
        if all(here in keys for keys in tables):
            (segments[-1][1] if segments else waiting).append(row)
            continue
        counts: dict[str, int] = {}
        for found in tables:
            for key in found:
                counts[key] = counts.get(key, 0) + 1
        best = max(counts.values())
        keys = sorted(key for key, count in counts.items() if count == best)
        if here in keys:
            segments[-1][1].append(row)
        else:
            here = keys[0]
            segments.append((here, [*waiting, row]))
            cores, waiting = index.of[here].cores, []
    return segments


def _headers(index: LabelIndex, segments: list[tuple[str, list[Row]]]) -> list[Row]:
    """Take the rows without figures and row labels from the end of the last segment: they head what follows."""
    if not segments:
        return []
    table, rows = segments[-1]
    known = index.of[table]
    taken: list[Row] = []
    while rows and not rows[-1].figures:
        if any(text in known.rows and text not in known.columns for text in rows[-1].labels):
            break
        taken.append(rows.pop())
    if not rows:
        segments.pop()
    return taken[::-1]


def _broken(text: str, rows: Sequence[Row], known: TableLabels) -> bool:
    """Whether plain lines above or between the rows hold labels of the table with figures, or pieces of its labels."""
    first = rows[0].start
    gaps = [(above.end, below.start) for above, below in pairwise(rows) if above.end < below.start]
    for start, end in [(max(0, first - _AROUND), first), *gaps]:
        lines = text[start:end].replace("\r", "\n").split("\n")
        plain = [line for line in lines if line and line[0] != "\t"]  # neither blank nor a cell of the table before
        for letters in map(label_core, plain):
            if known.row_with_figures(letters) or _is_fragment(letters, known):
                return True
    return False


def _is_fragment(letters: str, known: TableLabels) -> bool:
    return len(letters) >= _FRAGMENT and (letters in known.rows or known.part_of(letters))


def bind_tables(
    typed: dict[str, Typed], due: Edition, knowledge: Knowledge, section_at: Callable[[int], str | None]
) -> tuple[dict[str, Table], Edition | None]:
    """Bind the rows of each table to the form.

    Args:
        typed: typed rows by table key.
        due: the edition to bind to, unless the table's own headers tell of another.
        knowledge: the editions.
        section_at: key of the section at an offset.

    Returns:
        The tables by key, and the edition that the headers tell of, or None.

    """
    index = label_index(knowledge)
    tables: dict[str, Table] = {}
    used: Edition | None = None
    for key, found in typed.items():
        draft = Draft(due.tables[key], due, index.of[key], found, section_at(found.rows[0].start))
        if draft.form.layout == "blocks":
            used = edition_used(found.rows, draft, knowledge.editions)
            if used is not None:
                draft.edition, draft.form = used, used.tables[key]
        tables[key] = _bound(draft)
    return tables, used


def _bound(draft: Draft) -> Table:
    """The table, bound as the last one that had the same labels and its figures in the same cells, where there was one."""
    rows = draft.rows
    shape = (draft.edition, *[row.reading.shape for row in rows])
    layouts = _layouts(draft.known)
    layout = layouts.get(shape)
    if layout:
        return _laid_out(draft, layout)
    _BINDERS[draft.form.layout](draft)
    table = draft.table()
    small = len(rows) <= _ROWS and all(row.end - row.start <= LONGEST_REMEMBERED for row in rows)
    if small and layout is None and not table.notes and not draft.typed.broken:
        if len(layouts) >= _LAYOUTS:
            layouts.clear()
        # told at the second table of a shape: a process that reads one report needs no layout
        layouts[shape] = None if shape not in layouts else _layout_of(table, rows) or False
    return table


@lru_cache(maxsize=8)
def _layouts(_: TableLabels) -> dict[tuple[object, ...], _Layout | Literal[False] | None]:
    """The layouts remembered of a table, by its edition and the shapes of its rows.

    None stands for a shape that was met once, False for one without a layout.
    """
    return {}


def _layout_of(table: Table, rows: list[Row]) -> _Layout | None:
    """Where a table was bound without a note; None where some figure in it was not, so that another figure might matter."""
    starts = {row.start + begin: (at, i) for at, row in enumerate(rows) for i, (begin, _) in enumerate(row.bounds)}
    spans = {row.span(i): (at, i) for at, row in enumerate(rows) for i in range(len(row.bounds))}
    places = {key: starts[cell.start] for key, cell in table.cells.items()}
    loose = {
        (at, i)
        for at, row in enumerate(rows)
        for i, value in enumerate(row.reading.values)
        if value and not row.blank(i)
    }
    if not loose.issubset(places.values()) or not spans.keys() >= {*table.rows.values(), *table.columns.values()}:
        return None
    found = []
    for at, group in groupby(places.items(), key=lambda item: item[1][0]):
        cells = list(group)
        found.append((at, [key for key, _ in cells], _fetching([i for _, (_, i) in cells])))
    return _Layout(
        Order(places),
        found,
        {key: spans[span] for key, span in table.rows.items()},
        {key: spans[span] for key, span in table.columns.items()},
        is_complete(table),
    )


def _fetching(positions: list[int]) -> Callable[[Sequence[int | None]], Sequence[int | None]]:
    """What fetches some positions of a sequence, one alone too as a sequence."""
    first, last = positions[0], positions[-1]
    in_a_row = positions == list(range(first, last + 1))
    return itemgetter(slice(first, last + 1)) if in_a_row else itemgetter(*positions)


class _Maker:
    """Makes cells of typed rows where a layout places them."""

    def __init__(self, rows: list[Row], places: Mapping[_Key, _Place]) -> None:
        self.rows, self.places = rows, places

    def __call__(self, key: _Key) -> Cell:
        """The cell of a row and a column."""
        at, position = self.places[key]
        row = self.rows[at]
        begin, end = row.bounds[position]
        text = row.texts[position]
        return Cell(row.start + begin, row.start + end, text, row.reading.values[position] or cell_value(text))


def _laid_out(draft: Draft, layout: _Layout) -> Table:
    """The table of a draft, its rows bound as they were bound before."""
    rows = draft.rows
    counts: dict[_Key, Any] = {}
    wordy = False
    for at, keys, fetch in layout.rows:
        reading = rows[at].reading
        counts.update(zip(keys, fetch(reading.counts), strict=True))
        wordy = wordy or reading.wordy
    if None in counts.values():
        counts = {key: count for key, count in counts.items() if count is not None}
    bound = LazyCells(layout.order, counts, _Maker(rows, layout.order.places))
    spans = LabelSpans(rows, layout.labels), LabelSpans(rows, layout.columns)
    table = Table(draft.form, draft.edition, rows[0].start, rows[-1].end, draft.section, bound, *spans, [])
    table.sound = layout.complete and not wordy and not table.worded
    return table


def is_complete(table: Table) -> bool:
    """Whether every cell of the form is there."""
    return table.cells.keys() >= _cells_due(table.form)


@lru_cache(maxsize=16)
def _cells_due(form: TableForm) -> frozenset[tuple[str, str]]:
    """The keys of all cells of a form."""
    return frozenset((row.key, column.key) for block in form.blocks for row in block.rows for column in block.columns)
