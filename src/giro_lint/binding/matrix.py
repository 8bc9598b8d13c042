"""Binds a table of labelled rows under a tree of headers (the table of applications). May import: header, rows, index, labels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache

from giro_lint.binding.header import find_columns, is_header, note_corner
from giro_lint.binding.index import TableLabels
from giro_lint.binding.labels import closest, label_core, short_label, squeeze
from giro_lint.binding.rows import EXTRA, Draft, Row, after_row
from giro_lint.grammar.numbers import parse_cell
from giro_lint.model.form import Entry, TableForm
from giro_lint.model.patterns import lazy
from giro_lint.model.source import Span
from giro_lint.model.values import CellState

_SHOWN = 5
"""So many missing rows are named."""
_FIGURES = 3
"""So many figures without a header make a row of figures."""
_SUBSTRING = 4
"""A piece of a label has at least so many letters."""
_NUMBER = lazy(
    r"\s*(?:[0-9０-９]{1,2}\s*[.．、]|[（(]\s*[0-9０-９一二三四五六七八九十]{1,2}\s*[）)]|[一二三四五六七八九十]{1,2}\s*、)\s*"
)
"""The number of a label that has a cell of its own."""
_DAMAGED = 0.7
"""How alike a damaged label has to be to the one it is taken for."""


class _Data:
    """A row of figures: its key or None, where its figures begin, and the row above it."""

    def __init__(self, row: Row, key: str | None, first: int, before: str | None) -> None:
        self.row, self.key, self.first, self.before = row, key, first, before


def bind_matrix(draft: Draft) -> None:
    """Find the columns in the header rows, then the row and the figures of every other row."""
    body = next((i for i, row in enumerate(draft.rows) if _is_data(draft, row)), len(draft.rows))
    header = draft.rows[:body]
    columns = find_columns(draft, header)
    note_corner(draft, header)
    rows = _labelled(draft, draft.rows[body:])
    columns = _fitting(draft, columns, rows)
    for data in rows:
        if data.key:
            _values(draft, data.row, data.key, data.first, columns)
    _adopt(draft, [data for data in rows if data.key is None], columns)
    _group_totals(draft)
    _complete(draft, columns)


@lru_cache(maxsize=16)
def _known_rows(labels: TableLabels, form: TableForm) -> Mapping[str, Entry]:
    """Rows of the form in force, then those that only other editions have, by key."""
    rows = {entry.key: entry for block in form.blocks for entry in block.rows}
    for meanings in labels.rows.values():
        for meaning in meanings:
            rows.setdefault(meaning.entry.key, meaning.entry)
    return rows


def _is_data(draft: Draft, row: Row) -> bool:
    """Whether a row has a row label of this table that is no column label, or nothing but figures."""
    known = draft.known
    if any(text in known.rows and text not in known.columns for text in row.labels):
        return True
    return len(row.figures) >= _FIGURES and not any(text in known.columns or text in known.words for text in row.labels)


def _labelled(draft: Draft, rows: list[Row]) -> list[_Data]:
    """The rows of figures with the keys that their labels tell; headers that a page break repeated are left out."""
    known = _known_rows(draft.known, draft.form)
    found: list[_Data] = []
    last: str | None = None
    for row, below in zip(rows, [*rows[1:], None], strict=False):
        if is_header(draft, row):
            continue
        noted = len(draft.notes)
        key, first = _label(draft, row, known)
        if len(draft.notes) > noted and below is not None and _goes_on(draft, row, key, below):
            draft.notes[noted:] = [note for note in draft.notes[noted:] if note.kind != "label-damaged"]
        if key or not row.all_blank(first):
            found.append(_Data(row, key, first, last))
        last = key or last
    return found


def _goes_on(draft: Draft, row: Row, key: str | None, below: Row) -> bool:
    """Whether the row below holds nothing but the rest of a row's label, which a drawn table set on a line of its own."""
    if below.figures or len(below.labels) != 1:
        return False
    whole = [draft.known.rows.get(text + below.labels[0], []) for text in row.labels]
    return any(meaning.entry.key == key for meanings in whole for meaning in meanings)


def _fitting(draft: Draft, columns: list[str], rows: list[_Data]) -> list[str]:
    """The columns found, or those of the form where a header is lost or in pieces and the rows have all their figures."""
    due = [entry.key for entry in draft.form.blocks[0].columns]
    widths = Counter(len(data.row.figures) for data in rows if data.key)
    usual = widths.most_common(1)[0][0] if widths else 0
    if len(columns) > 1 and (usual != len(due) or len(columns) == len(due)):
        return columns
    if len(columns) <= 1:
        draft.note("header-missing", draft.place)
        draft.columns = {}
    elif EXTRA not in columns:
        draft.notes = [note for note in draft.notes if note.kind != "label-damaged"]
    return due


def _label(draft: Draft, row: Row, known: Mapping[str, Entry]) -> tuple[str | None, int]:
    """Key of a row, or None, and the position at which its figures begin."""
    key: str | None = None
    group: tuple[str, int] | None = None
    known_rows, known_groups, cores = draft.known.rows, draft.known.groups, row.cores
    position = 0
    while position < len(cores):
        text = cores[position]
        if not text:
            if key or not (row.blank(position) or _numbers_label(draft, row, position)):
                break
        elif parse_cell(row.texts[position]).state is CellState.PLACEHOLDER:
            break
        elif not row.repeated(position):
            rows = known_rows.get(text)
            groups = known_groups.get(text)
            if groups and not (rows and _figures_follow(draft, row, position)):
                group = groups[0].entry.key, position
                draft.seen(groups[0].entry, groups[0].how, row, position, group[0])
            elif rows:
                meaning = next((m for m in rows if m.edition is draft.edition), rows[0])
                key = _row(draft, meaning.entry, meaning.how, row, position)
            elif key is not None:
                break
            elif not _labels_follow(draft, row, position):
                key = _guess(draft, row, position, known)
                if key is None:
                    if row.figures:
                        draft.note("row-extra", row.span(position), "", found=squeeze(row.texts[position]))
                    return None, len(row.texts)
        position += 1
    if key is None and group and not row.all_blank(position):
        draft.note("group-figures", row.span(group[1]), group[0], found=squeeze(row.texts[group[1]]))
        return None, len(row.texts)
    return key, position


def _numbers_label(draft: Draft, row: Row, position: int) -> bool:
    """Whether a cell holds nothing but the number of the label in the next one."""
    return _NUMBER.fullmatch(row.texts[position]) is not None and _labels_follow(draft, row, position)


def _figures_follow(draft: Draft, row: Row, position: int) -> bool:
    following = next((i for i in range(position + 1, len(row.texts)) if not row.repeated(i) and not row.blank(i)), None)
    if following is None:
        return position + 1 < len(row.texts)
    return not row.cores[following] and not _numbers_label(draft, row, following)


def _labels_follow(draft: Draft, row: Row, position: int) -> bool:
    """Whether the label of the row comes further on: what stands here is a piece of a merged cell."""
    return any(text in draft.known.rows for text in row.cores[position + 1 :])


def _guess(draft: Draft, row: Row, position: int, known: Mapping[str, Entry]) -> str | None:
    """Key of the row that a damaged or cut label can only be."""
    text = row.cores[position]
    free = [(name, label_core(entry.label)) for name, entry in known.items() if name not in draft.labels]
    close = closest(text, free, _DAMAGED)
    if close is not None:
        return _row(draft, known[close], "close", row, position)
    own = {entry.key for entry in draft.form.blocks[0].rows}
    cut = [name for name, label in free if name in own and len(text) >= _SUBSTRING and text in label]
    return _row(draft, known[cut[0]], "cut", row, position) if cut else None


def _row(draft: Draft, entry: Entry, how: str, row: Row, position: int) -> str:
    if entry.key in draft.labels:
        draft.note("row-duplicate", row.span(position), entry.key, found=squeeze(row.texts[position]))
    else:
        draft.labels[entry.key] = row.span(position)
        if how != "cut":
            draft.seen(entry, how, row, position, entry.key)
    return entry.key


def _values(draft: Draft, row: Row, key: str, first: int, columns: list[str]) -> None:
    """Bind the figures of a row; blanks that only pad it are dropped, any other number of cells is noted."""
    if key in draft.filled:
        return
    positions: Sequence[int] = range(first, len(row.texts))
    if len(positions) > len(columns):
        positions = _unpadded(row, positions, len(columns))
    if len(positions) != len(columns):
        span = draft.labels.get(key, Span(row.start, row.end))
        draft.note(
            "row-width",
            span,
            key,
            found=len(positions),
            expected=len(columns),
            row=squeeze(row.texts[first - 1]) if first else key,
        )
        return
    draft.put(key, columns, row, positions)


def _unpadded(row: Row, positions: Sequence[int], due: int) -> Sequence[int]:
    """The positions without blanks that pad the row: behind, in front, or between the figures."""
    filled = [i for i in positions if not row.blank(i)]
    while len(positions) > due and row.blank(positions[-1]):
        positions = positions[:-1]
    surplus = len(positions) - due
    if surplus > 0 and all(row.blank(i) for i in positions[:surplus]):
        return positions[surplus:]
    return filled if surplus > 0 and len(filled) == due else positions


def _adopt(draft: Draft, unlabelled: list[_Data], columns: list[str]) -> None:
    """Give a row without a label the one key that is missing between its neighbours; otherwise the row is noted."""
    due = [entry.key for entry in draft.form.blocks[0].rows]
    beside = Counter(data.before for data in unlabelled)
    for data in unlabelled:
        start = due.index(data.before) + 1 if data.before in due else 0
        gap: list[str] = []
        for key in due[start:]:
            if key in draft.labels:
                break
            gap.append(key)
        place = Span(data.row.start, data.row.end)
        if len(gap) == 1 == beside[data.before]:
            draft.labels[gap[0]] = place
            entry = next(entry for entry in draft.form.blocks[0].rows if entry.key == gap[0])
            draft.note("label-missing", place, gap[0], expected=entry.number + entry.label)
            _values(draft, data.row, gap[0], data.first, columns)
        else:
            draft.note("row-unlabelled", place, "", found=squeeze("".join(data.row.texts)))


def _group_totals(draft: Draft) -> None:
    """A row of another edition beside the rows that took its place holds their total: it is noted, its figures are left out."""
    known = _known_rows(draft.known, draft.form)
    present = [known[key] for key in draft.labels if key in known and known[key].group]
    divided = {entry.group for entry in present if entry.number.endswith(".")}
    for entry in present:
        if entry.group in divided and not entry.number.endswith("."):
            span = draft.labels.pop(entry.key)
            draft.note("group-figures", span, entry.key, found=entry.number + entry.label)
            for key in [key for key in draft.cells if key[0] == entry.key]:
                del draft.cells[key]


def _complete(draft: Draft, columns: list[str]) -> None:
    """Note the rows and columns that the form has and the table lacks, and columns in another order."""
    block = draft.form.blocks[0]
    due = [entry.key for entry in block.columns]
    missing = [entry for entry in block.columns if entry.key not in columns]
    found = [key for key in columns if key != EXTRA]
    place = next(iter(draft.columns.values()), draft.place)
    if missing:
        draft.note(
            "column-missing",
            place,
            missing[0].key,
            missing="、".join(entry.label for entry in missing),
            count=len(missing),
        )
    elif found != due and draft.columns:
        moved = next(key for key, other in zip(found, due, strict=False) if key != other)
        draft.note(
            "column-order",
            draft.columns[moved],
            moved,
            found="、".join(_names(block.columns, found)),
            expected="、".join(_names(block.columns, due)),
        )
    _missing_rows(draft, place)


def _missing_rows(draft: Draft, place: Span) -> None:
    """One note for all rows that are missing; rows of another edition in their stead are another note."""
    own = [entry.key for entry in draft.form.blocks[0].rows]
    known = _known_rows(draft.known, draft.form)
    absent = [entry for entry in draft.form.blocks[0].rows if entry.key not in draft.labels]
    stray = [known[key] for key in draft.labels if key not in own and key in known]
    swapped = {entry.group for entry in stray if entry.group}
    if stray and swapped:
        other = [
            meaning.edition.id
            for found in draft.known.rows.values()
            for meaning in found
            if meaning.entry.key == stray[0].key
        ]
        expected = "、".join(entry.label for entry in absent if entry.group in swapped)
        draft.note(
            "rows-of-other-edition",
            draft.labels[stray[0].key],
            stray[0].key,
            found=stray[0].number + stray[0].label,
            expected=expected,
            other=other[0],
        )
        absent = [entry for entry in absent if entry.group not in swapped]
    if absent:
        span = after_row(draft.labels, own, absent[0].key, place)
        names = [short_label(entry.number + entry.label) for entry in absent]
        labels = "、".join(names[:_SHOWN]) + ("……" if len(names) > _SHOWN else "")
        draft.note("row-missing", span, absent[0].key, missing=labels, count=len(absent))
        draft.notes = [note for note in draft.notes if note.kind != "row-unlabelled"]


def _names(entries: tuple[Entry, ...], keys: list[str]) -> list[str]:
    labels = {entry.key: entry.label for entry in entries}
    return [labels.get(key, key) for key in keys]
