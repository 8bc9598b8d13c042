"""Binds a table of stacked blocks, each under a header of its own (the clauses of Article 20). May import: rows, index, labels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from os.path import commonprefix

from giro_lint.binding.index import Meaning, TableLabels
from giro_lint.binding.labels import closest, label_core, squeeze
from giro_lint.binding.rows import Draft, Row, after_row
from giro_lint.grammar.numbers import parse_cell
from giro_lint.model.form import Block, Edition, Entry
from giro_lint.model.patterns import lazy
from giro_lint.model.source import Span
from giro_lint.model.values import CellState

_UNUSUAL = frozenset(" \t\r\n\xa0\u2002\u2003\u3000()")
"""What no caption of the form has: white space and half-width brackets."""
_REMARK = lazy(r"[（(][^（）()元]*[）)]\s*\Z")
_LONGER = 8
"""So many letters more than its label a caption may have."""


class _Part:
    """A block as typed: its caption, its header cells and its rows of figures."""

    def __init__(self, caption: Span | None = None, caption_text: str = "", key: str = "") -> None:
        self.caption, self.caption_text, self.key = caption, caption_text, key
        self.header: list[tuple[str, Row, int]] = []
        self.rows: list[tuple[Row, int]] = []

    def goes_on(self, row: Row, text: str) -> bool:
        """Whether the caption in a row is that of this block again: it was merged downwards and taken apart."""
        return bool(self.caption) and text == label_core(self.caption_text) and bool(set(row.cores) - {"", text})

    @property
    def place(self) -> Span:
        """Where something about the block is said."""
        if self.caption or not (self.header or self.rows):
            return self.caption or Span(0, 0)
        return self.header[0][1].span(self.header[0][2]) if self.header else self.rows[0][0].span(self.rows[0][1])


class _Captions:
    """The captions of all editions: keys of blocks by core, and what these cores begin and end with."""

    def __init__(self, known: TableLabels) -> None:
        self.keys = {text: found[0].entry.key for text, found in known.blocks.items()}
        self.head = commonprefix(list(self.keys))  # noqa: RUF071  letters are what is compared
        self.tail = commonprefix([text[::-1] for text in self.keys])[::-1]  # noqa: RUF071

    def key(self, text: str) -> str | None:
        """Key of the block that a caption names, empty for one that no edition has, None where it is no caption."""
        if text in self.keys:
            return self.keys[text]
        if len(self.head) < 2 or self.head not in text:
            return None
        inside = [key for label, key in self.keys.items() if label in text and len(text) <= len(label) + _LONGER]
        if inside:
            return inside[0]
        short = len(text) <= max(map(len, self.keys)) + 1
        return "" if short and text.startswith(self.head) and text.endswith(self.tail) else None


_captions = lru_cache(maxsize=8)(_Captions)


def edition_used(rows: list[Row], draft: Draft, editions: tuple[Edition, ...]) -> Edition | None:
    """The edition whose headers the table has most of, or None when no header tells."""
    told = draft.known.editions
    votes = Counter([told[text] for row in rows for text in row.labels if text in told])
    best = votes.most_common(2)
    if not best or (len(best) == 2 and best[0][1] == best[1][1] and draft.edition.id in votes):
        return draft.edition if best else None
    return next(edition for edition in editions if edition.id == best[0][0])


def bind_blocks(draft: Draft) -> None:
    """Split the rows into blocks by caption, header and row label, then bind each block."""
    forms = {block.entry.key: block for block in draft.form.blocks}
    parts = _parts(draft)
    _renumber(draft, parts)
    order: list[str] = []
    for part in parts:
        block = forms.get(part.key)
        if block is None:
            _foreign(draft, part)
            continue
        if not (part.header or part.rows):
            continue
        if part.key not in order:
            order.append(part.key)
        _bind(draft, part, block)
    _complete(draft, forms, order)


def _complete(draft: Draft, forms: dict[str, Block], order: list[str]) -> None:
    """Note the blocks and rows that are missing, one note a table, and blocks in another order."""
    missing = [block.entry for key, block in forms.items() if key not in order]
    rows = [
        (block, entry)
        for key, block in forms.items()
        if key in order
        for entry in block.rows
        if entry.key not in draft.labels
    ]
    cut = (
        bool(missing)
        and bool(order)
        and all(list(forms).index(entry.key) > list(forms).index(order[-1]) for entry in missing)
    )
    if cut:
        rows = [(block, entry) for block, entry in rows if block.entry.key != order[-1]]
    if missing:
        labels = "、".join(entry.label for entry in missing)
        draft.note("block-missing", draft.place, missing[0].key, missing=labels, count=len(missing))
    if rows:
        names = [entry.key for block in forms.values() for entry in block.rows]
        block, first = rows[0]
        span = after_row(draft.labels, names, first.key, draft.columns.get(block.entry.key, draft.place))
        labels = "、".join(entry.label for _, entry in rows)
        draft.note("row-missing", span, first.key, missing=labels, block=block.entry.label, count=len(rows))
    due = [key for key in forms if key in order]
    if order != due:
        moved = next(key for key, other in zip(order, due, strict=True) if key != other)
        draft.note("block-order", draft.columns.get(moved, draft.place), moved, found=forms[moved].entry.label)


def _parts(draft: Draft) -> list[_Part]:
    """The blocks as typed; rows that have neither a known label nor figures are titles or remarks."""
    known = draft.known
    captions = _captions(known)
    parts = [_Part()]
    for row in draft.rows:
        for position, text in enumerate(row.cores):
            if not text or row.repeated(position):
                continue
            key = captions.key(text)
            if key is not None:
                if not parts[-1].goes_on(row, text):
                    parts.append(_Part(row.span(position), row.texts[position], key))
                continue
            if text in known.words or text in known.columns:
                if parts[-1].rows:
                    parts.append(_Part())
                first = position + 1 if text in known.words else position
                parts[-1].header = [(row.cores[i], row, i) for i in range(first, len(row.cores))]
            elif row.figures or text in known.rows:
                parts[-1].rows.append((row, position))
            break
    return [part for part in parts if part.rows or part.header or part.caption]


def _renumber(draft: Draft, parts: list[_Part]) -> None:
    """Give each block the key that all its rows tell of; where its caption says another, that is noted."""
    told = [_told(draft, part) for part in parts]
    captions, named = Counter(part.key for part in parts if part.key), Counter(key for key in told if key)
    once_each = max(captions.values(), default=0) < 2 and max(named.values(), default=0) < 2
    for part, key in zip(parts, told, strict=True):
        if not key or key == part.key:
            continue
        if part.key and (named[key] > 1 or (key in captions and not once_each)):
            continue  # which of several blocks is meant cannot be told
        if part.caption:
            due = _label(draft, key)
            draft.note("caption-number", part.caption, key, found=squeeze(part.caption_text), expected=due)
        part.key = key


def _told(draft: Draft, part: _Part) -> str:
    """The one block that all rows of a part belong to, or empty."""
    keys = set()
    for row, position in part.rows:
        if found := draft.known.rows.get(row.cores[position]):
            keys.add(next((m.block for m in found if m.edition is draft.edition), found[0].block))
    return keys.pop() if len(keys) == 1 else ""


def _label(draft: Draft, key: str) -> str:
    return next(
        (m.entry.label for found in draft.known.blocks.values() for m in found if m.entry.key == key),
        key,
    )


def _foreign(draft: Draft, part: _Part) -> None:
    """A block that the edition does not have."""
    kind = "block-retired" if part.key else "block-extra"
    first = part.rows[0][0].texts[part.rows[0][1]] if part.rows else ""
    draft.note(kind, part.place, part.key, found=squeeze(part.caption_text) or squeeze(first))


def _bind(draft: Draft, part: _Part, block: Block) -> None:
    key = block.entry.key
    if part.caption:
        draft.columns.setdefault(key, part.caption)
        text = part.caption_text.strip()
        if not _UNUSUAL.isdisjoint(text):
            draft.note("caption-typography", part.caption, key, found=text, expected=block.entry.label)
    columns = _header(draft, part, block)
    for row, position in part.rows:
        entry = _row_entry(draft, block, row, position)
        if entry is not None:
            _values(draft, row, position, entry.key, columns)


def _header(draft: Draft, part: _Part, block: Block) -> list[str]:
    """Keys of the columns by physical position, an empty key where a merged header goes on."""
    due = [column.key for column in block.columns]
    found: list[str] = []
    wrong: list[tuple[str, Span]] = []
    mixed: list[tuple[str, Span]] = []
    previous = ""
    header = list(part.header)
    while header and not header[-1][0]:
        header.pop()
    for text, row, position in header:
        if not text or text == previous:
            found.append("")
            continue
        previous = text
        meanings = draft.known.columns.get(text) or draft.known.columns.get(_unremarked(row.texts[position])) or ()
        meaning = next((m for m in meanings if m.edition is draft.edition and m.block == block.entry.key), None)
        if meaning is not None:
            found.append(_column(draft, meaning, block, row, position))
        elif any(m.edition is not draft.edition for m in meanings) and not any(
            m.edition is draft.edition for m in meanings
        ):
            mixed.append((squeeze(row.texts[position]), row.span(position)))
            found.append(f"?{position}")
        else:
            free = [(c.key, label_core(c.label)) for c in block.columns if c.key not in found]
            key = closest(text, free)
            wrong.append((squeeze(row.texts[position]), row.span(position)))
            found.append(key or f"?{position}")
    if mixed:
        draft.note(
            "mixed-editions",
            mixed[0][1],
            block.entry.key,
            found="、".join(text for text, _ in mixed),
            block=block.entry.label,
        )
    elif wrong or [key for key in found if key] != due:
        _wrong_header(draft, part, block, found, wrong)
    return found or due


def _unremarked(text: str) -> str:
    """The core of a header without a remark in brackets at its end; a unit of money is no remark."""
    return label_core(_REMARK.sub("", text))


def _wrong_header(
    draft: Draft, part: _Part, block: Block, found: Sequence[str], wrong: Sequence[tuple[str, Span]]
) -> None:
    place = wrong[0][1] if wrong else part.place
    labels = {column.key: column.label for column in block.columns}
    written = "、".join(text for text, _ in wrong) or "、".join(labels.get(key, key) for key in found if key) or "—"
    kind = "header-wrong" if part.header else "header-missing"
    draft.note(
        kind, place, block.entry.key, found=written, expected="、".join(labels.values()), block=block.entry.label
    )


def _column(draft: Draft, meaning: Meaning, block: Block, row: Row, position: int) -> str:
    anchor = f"{block.entry.key}/{meaning.entry.key}"
    draft.columns.setdefault(anchor, row.span(position))
    draft.seen(meaning.entry, meaning.how, row, position, anchor)
    if meaning.how == "renamed":
        draft.note(
            "column-renamed",
            row.span(position),
            anchor,
            found=squeeze(row.texts[position]),
            expected=meaning.entry.label,
        )
    return meaning.entry.key


def _row_entry(draft: Draft, block: Block, row: Row, position: int) -> Entry | None:
    """The row of the form that a typed row is; its oddities are noted."""
    text, span = row.cores[position], row.span(position)
    meanings = draft.known.rows.get(text, ())
    meaning = next((m for m in meanings if m.edition is draft.edition and m.block == block.entry.key), None)
    entry, how = (meaning.entry, meaning.how) if meaning else (None, "exact")
    if entry is None:
        elsewhere = next((m for m in meanings if m.edition is draft.edition), None)
        if elsewhere is not None:
            said = _said(row, position, block)
            draft.note("row-misplaced", span, elsewhere.entry.key, **said, expected=_label(draft, elsewhere.block))
            draft.labels.setdefault(elsewhere.entry.key, span)
            return elsewhere.entry
        if meanings:
            draft.note("row-retired", span, meanings[0].entry.key, **_said(row, position, block))
            return None
        key = closest(text, [(e.key, label_core(e.label)) for e in block.rows if e.key not in draft.labels])
        entry, how = next((e for e in block.rows if e.key == key), None), "close"
    if entry is None:
        if any(parse_cell(cell).state is CellState.NUMBER for cell in row.texts[position + 1 :]):
            draft.note("row-extra", span, block.entry.key, **_said(row, position, block))
        return None
    if entry.key in draft.labels:
        draft.note("row-duplicate", span, entry.key, **_said(row, position, block))
        return None
    draft.labels[entry.key] = span
    draft.seen(entry, how, row, position, entry.key)
    if how == "renamed":
        draft.note("row-renamed", span, entry.key, found=squeeze(row.texts[position]), expected=entry.label)
    return entry


def _said(row: Row, position: int, block: Block) -> dict[str, str]:
    return {"found": squeeze(row.texts[position]), "block": block.entry.label}


def _values(draft: Draft, row: Row, label: int, key: str, columns: list[str]) -> None:
    """Bind the figures of a row to its columns; merged cells leave blanks or repeat themselves."""
    positions = list(range(label + 1, len(row.texts)))
    names = [name for name in columns if name]
    if len(positions) > len(names):
        filled = [i for i in positions if not row.blank(i)]
        if len(positions) == len(columns):
            positions = [i for i, name in zip(positions, columns, strict=True) if name]
        elif len(filled) == len(names):
            positions = filled
        else:
            while len(positions) > len(names) and row.blank(positions[-1]):
                positions.pop()
            if len(names) == 1 and len({squeeze(row.texts[i]) for i in positions}) == 1:
                positions = positions[:1]
    if len(positions) != len(names):
        draft.note(
            "row-width", row.span(label), key, found=len(positions), expected=len(names), row=squeeze(row.texts[label])
        )
        return
    draft.put(key, names, row, positions)
