"""Reads the headers of a table of labelled rows: a tree of columns typed in rows of merged cells. May import: rows, index, labels."""

from __future__ import annotations

from giro_lint.binding.index import Meaning
from giro_lint.binding.labels import closest, label_core, squeeze
from giro_lint.binding.rows import EXTRA, Draft, Row
from giro_lint.model.form import Entry


class _Head:
    """A header cell: its place, and the column it is, as far as that is known."""

    def __init__(self, text: str, row: Row, position: int, meaning: Meaning | None, key: str = EXTRA) -> None:
        self.text = text
        self.row = row
        self.position = position
        self.meaning = meaning
        self.key = key


def find_columns(draft: Draft, header: list[Row]) -> list[str]:
    """Keys of the columns in the order of the text.

    Args:
        draft: the table in the making; its columns are noted down with their places.
        header: the rows before the first row of figures.

    Returns:
        The keys, `EXTRA` for a column that the form does not have; none when there is no header.

    """
    due = draft.form.blocks[0].columns
    inner = {entry.group for entry in due if entry.group}
    rows = [_heads(draft, row, inner) for row in header]
    for above, row in zip(rows, header[1:], strict=False):
        _complete(draft, above, [text for text in row.cores if text])
    _resolve(draft, [head for cells in rows for head in cells])
    for cells in rows:
        if len(cells) > 1 and cells[0].key == EXTRA:
            del cells[0]  # it heads the labels of the rows
        for head in cells:
            _register(draft, head)
    return _ordered(rows, due, inner)


def is_header(draft: Draft, row: Row) -> bool:
    """Whether a row has labels of columns or the corner and nothing of a row."""
    if row.figures or len(texts := {text for text in row.cores if text}) < 2:
        return False
    known = draft.known
    inner = {entry.group for entry in draft.form.blocks[0].columns if entry.group}
    return all(
        text in known.columns
        or text in known.words
        or any(meaning.entry.key in inner for meaning in known.groups.get(text, ()))
        or is_corner(draft, text)
        for text in texts
    )


def is_corner(draft: Draft, text: str) -> bool:
    """Whether a label is the corner note, or much of it."""
    corner = label_core(draft.form.corner)
    return len(text) >= 6 and (text in corner or corner in text or closest(text, [("corner", corner)]) is not None)


def note_corner(draft: Draft, header: list[Row]) -> None:
    """Note the printed remark on how the figures hang together where it is altered or missing."""
    if not draft.form.corner or not header:
        return
    due = label_core(draft.form.corner)
    pieces = ""
    for row in header:
        for position, text in enumerate(row.cores):
            if text == due:
                draft.seen(Entry("corner", draft.form.corner), "exact", row, position, "corner")
                return
            if text and text in due and not row.repeated(position):
                pieces += text
            elif is_corner(draft, text) and due not in text:
                draft.note(
                    "corner-altered",
                    row.span(position),
                    "corner",
                    found=squeeze(row.texts[position]),
                    expected=draft.form.corner,
                )
                return
            elif due in text:
                return
    if not pieces:
        draft.note("corner-missing", draft.place, "corner", expected=draft.form.corner)
    elif pieces != due:
        draft.note("corner-altered", draft.place, "corner", found=pieces, expected=draft.form.corner)


def _heads(draft: Draft, row: Row, inner: set[str]) -> list[_Head]:
    """The columns and the groups of columns that a header row names, repeated cells once."""
    heads: list[_Head] = []
    for position, text in enumerate(row.cores):
        if not text or row.repeated(position):
            continue
        meaning = next((m for m in draft.known.meanings.get(text, ()) if m.role not in {"row", "block"}), None)
        if meaning is None and is_corner(draft, text):
            continue
        if meaning is None or meaning.role == "column" or meaning.entry.key in inner:
            heads.append(_Head(text, row, position, meaning, meaning.entry.key if meaning else EXTRA))
    return heads if any(head.meaning for head in heads) else []  # a row of unknown words is a title


def _complete(draft: Draft, heads: list[_Head], below: list[str]) -> None:
    """Put the second lines of columns that a converter typed as a row of their own to the first ones."""
    joined: list[tuple[_Head, str]] = []
    waiting = iter(heads)
    for text in below:
        head = next((each for each in waiting if each.text + text in draft.known.columns), None)
        if head is None:
            return
        joined.append((head, head.text + text))
    for head, text in joined:
        meaning = next(m for m in draft.known.meanings[text] if m.role not in {"row", "block"})
        head.text, head.meaning, head.key = text, meaning, meaning.entry.key


def _resolve(draft: Draft, heads: list[_Head]) -> None:
    """Tell which column an unknown header is, and which of two headers of one column is the extra one."""
    due = draft.form.blocks[0].columns
    named: dict[str, set[str]] = {}
    for head in heads:
        named.setdefault(head.key, set()).add(head.text)
    exact = {entry.key: label_core(entry.label) for entry in due}
    for head in heads:
        if (
            head.key in exact
            and len(named[head.key]) > 1
            and head.text != exact[head.key]
            and exact[head.key] in named[head.key]
        ):
            head.key, head.meaning = EXTRA, None
    for head in heads:
        if head.meaning is None and head.text not in {label for key in named if key != EXTRA for label in named[key]}:
            free = [(entry.key, exact[entry.key]) for entry in due if entry.key not in named]
            key = closest(head.text, free)
            if key is not None:
                head.key = key
                named[key] = {head.text}


def _register(draft: Draft, head: _Head) -> None:
    span = head.row.span(head.position)
    entry = next((entry for entry in draft.form.blocks[0].columns if entry.key == head.key), None)
    if entry is None:
        if head.key == EXTRA:
            draft.note("column-extra", span, "", found=squeeze(head.row.texts[head.position]))
    elif head.key not in draft.columns:
        draft.columns[head.key] = span
        draft.seen(entry, head.meaning.how if head.meaning else "close", head.row, head.position, head.key)


def _ordered(rows: list[list[_Head]], due: tuple[Entry, ...], inner: set[str]) -> list[str]:
    """The columns in the order of the text: those of a group stand where the group's header stands."""
    grouped = {entry.key for entry in due if entry.group}
    outer: list[str] = []
    leaves: list[str] = []
    for heads in rows:
        keys = [head.key for head in heads]
        inside = grouped.intersection(keys)
        if inside and len(inside) < len(set(keys) - {EXTRA} - inner) and not inner.intersection(keys):
            return list(_once(keys))  # one row with all columns
        target = leaves if inside else outer
        target += [key for key in keys if key == EXTRA or key not in (*outer, *leaves)]
    order: list[str] = []
    for key in outer:
        order += leaves if key in inner else [key]
    return order if inner.intersection(outer) else [*outer[:-1], *leaves, *outer[-1:]]


def _once(keys: list[str]) -> dict[str, None] | list[str]:
    return keys if keys.count(EXTRA) > 1 else dict.fromkeys(keys)
