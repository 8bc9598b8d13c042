"""Tables whose layout was lost: bound by their labels where the figures can be told apart, else declined. May import: binding, model.

What counts as certain is told in docs/lost-layout.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import attrs

from giro_lint.binding.flat_split import Identity, single, solve
from giro_lint.binding.flat_text import Hit, Reading, Run, apart, figure_text, is_whole, read, set_off
from giro_lint.binding.index import LabelIndex, label_index
from giro_lint.binding.rows import cell_value
from giro_lint.model.document import Cell, Note, Table
from giro_lint.model.form import Edition, Entry, Knowledge, TableForm
from giro_lint.model.source import Span

Identities = Callable[[TableForm, Edition], Sequence[Identity]]
"""The sums that a table of an edition has to satisfy."""

_EVIDENCE = 3
"""So many different labels of a table are that table."""
_CONFIRMED = 0.6
"""So many of the rows need their label before their figures; the others lie between them."""
_SENTENCE = "。"
_STARTS = 12
_HEADS = frozenset({"word", "corner", "block", "column"})
"""Roles of labels that head a table."""


@attrs.frozen(eq=False, repr=False)
class Lost:
    """A table that stands as running text.

    Args:
        form: its form.
        start: where it begins.
        end: where it ends.
        table: the table, or None where its figures cannot be told apart.
        reason: why not: ``glued``, ``count`` or ``picture``.

    """

    form: TableForm
    start: int
    end: int
    table: Table | None = None
    reason: str = ""


@attrs.frozen(eq=False, repr=False)
class _Row:
    """A row of the form: its key, its label's meaning and its cells; a table of one line has one without a key."""

    key: str
    cells: list[tuple[str, str]]


def find_lost(
    text: str,
    start: int,
    end: int,
    key: str,
    due: Edition,
    knowledge: Knowledge,
    identities: Identities,
    section: str | None,
) -> Lost | None:
    """Look for a table in running text.

    Args:
        text: the source text.
        start: where its section begins.
        end: where the section ends.
        key: key of the table.
        due: the edition to bind to.
        knowledge: all editions.
        identities: the sums of a table, which tell figures apart that stick together.
        section: key of the section.

    Returns:
        The table, bound or declined; None where nothing like it stands there.

    """
    index = label_index(knowledge)
    reading = read(text, start, end, index, key)
    if len({hit.core for hit in reading.hits}) < _EVIDENCE or not reading.runs:
        return None
    others = [edition for edition in knowledge.editions if edition is not due and key in edition.tables]
    forms = [(due, due.tables[key]), *((edition, edition.tables[key]) for edition in others)]
    if due.tables[key].layout == "blocks":
        forms = [(edition, form) for edition, form in forms if edition is _told(reading, index, key, due)]
    for edition, form in forms:
        reader = _Reader(text, reading, index, form, edition, section)
        for begin in reader.starts():
            table = reader.bind(begin, identities)
            if table is not None:
                if edition is not due and form.layout != "blocks":
                    _as_due(table, due)
                return Lost(form, *_extent(text, start, end, table.start, table.end), table)
    first, last = _occupied(text, reading)
    glued = _Reader(text, reading, index, due.tables[key], due, section).sticks()
    return Lost(due.tables[key], *_extent(text, start, end, first, last), None, "glued" if glued else "count")


def _as_due(table: Table, due: Edition) -> None:
    """A table with the rows of another edition as one of the edition due: that it has them is noted."""
    mine = table.form
    form = due.tables[mine.key]
    own = {row.key for block in form.blocks for row in block.rows}
    theirs = [row for block in mine.blocks for row in block.rows if row.key not in own]
    instead = [row.label for block in form.blocks for row in block.rows if row.key not in table.rows]
    if theirs:
        first = theirs[0]
        span = table.rows[first.key]
        data = {"found": first.number + first.label, "expected": "、".join(instead), "other": table.edition.id}
        note = Note("rows-of-other-edition", span.start, span.end, f"{form.key}/{first.key}", data)
        table.notes.append(note)
    table.form, table.edition = form, due


def _told(reading: Reading, index: LabelIndex, key: str, due: Edition) -> Edition:
    """The edition that most headers are of; the one due where they do not tell."""
    votes: dict[str, int] = {}
    editions = {due.id: due}
    for hit in reading.hits:
        told = {m.edition.id: m.edition for m in index.of[key].columns.get(hit.core, ())}
        if len(told) == 1:
            editions |= told
            name = next(iter(told))
            votes[name] = votes.get(name, 0) + 1
    best = max(votes, key=lambda name: votes[name], default=due.id)
    return editions[due.id if votes.get(due.id, 0) == votes.get(best, 0) else best]


def _occupied(text: str, reading: Reading) -> tuple[int, int]:
    """From the first label to the figures behind the last one."""
    first, last = reading.hits[0].start, reading.hits[-1].end
    behind = next((run for run in reading.runs if run.start >= last), None)
    if behind and _SENTENCE not in text[last : behind.start]:
        last = behind.end
    return first, last


def _extent(text: str, start: int, end: int, first: int, last: int) -> tuple[int, int]:
    """The table with what stands around it in its section and is no sentence."""
    head = first if _SENTENCE in text[start:first] else start
    tail = last if _SENTENCE in text[last:end] else end
    return head, tail


@attrs.define(eq=False, repr=False)
class _Reader:
    """Fits a reading to a form."""

    text: str
    reading: Reading
    index: LabelIndex
    form: TableForm
    edition: Edition
    section: str | None

    def starts(self) -> Iterator[int]:
        """Where the table may begin: at a label that heads it."""
        first = self.form.blocks[0].rows[0].key
        count = 0
        for hit in self.reading.hits:
            heads = any(m.role in _HEADS for m in self.index.of[self.form.key].meanings.get(hit.core, ()))
            if (heads or first in self._rows(hit)) and count < _STARTS:
                count += 1
                yield hit.start

    def bind(self, begin: int, identities: Identities) -> Table | None:
        """The table that begins at an offset, or None where anything does not fit."""
        due = self._due()
        runs = self._tidied(self._following(begin), due)
        found, rest = runs[: len(due)], runs[len(due) :]
        if len(found) < len(due) or not self._placed(begin, due, found, rest):
            return None
        if not all(self._fits(row, run) for row, run in zip(due, found, strict=True)):
            return None
        figures = self._figures(due, found, identities)
        if figures is None:
            return None
        labels = self._labels(begin, due, found)
        cells = {
            cell: Cell(*figure, figure_text(self.text, figure), cell_value(figure_text(self.text, figure)))
            for row, places in zip(due, figures, strict=True)
            for cell, figure in zip(row.cells, places, strict=True)
        }
        columns = self._columns(begin, found[0].start)
        return Table(self.form, self.edition, begin, found[-1].end, self.section, cells, labels, columns, [])

    def sticks(self) -> bool:
        """Whether the figures of several cells stand as one somewhere."""
        widths = {row.key: len(row.cells) for row in self._due()}
        last: Hit | None = None
        hits = iter(self.reading.hits)
        ahead = next(hits, None)
        for run in self.reading.runs:
            while ahead and ahead.end <= run.start:
                last, ahead = ahead, next(hits, None)
            keys = self._rows(last) if last and self.form.layout != "line" else {""}
            width = max((widths.get(key, 1) for key in keys), default=1)
            if width > 1 and len(run.figures) == 1 and run.end - run.start >= width:
                return True
        return False

    def _due(self) -> list[_Row]:
        """The rows of the form in their order."""
        rows = [
            _Row(row.key, [(row.key, column.key) for column in block.columns])
            for block in self.form.blocks
            for row in block.rows
        ]
        return [_Row("", [cell for row in rows for cell in row.cells])] if self.form.layout == "line" else rows

    def _following(self, begin: int) -> list[Run]:
        """The runs of figures behind an offset up to the first sentence."""
        runs: list[Run] = []
        last = begin
        for run in self.reading.runs:
            if run.start < begin:
                continue
            if _SENTENCE in self.text[last : run.start]:
                break
            runs.append(run)
            last = run.end
        return runs

    def _tidied(self, runs: list[Run], due: Sequence[_Row]) -> list[Run]:
        """The runs without page numbers, several rows with no label between taken apart."""
        width = len(due[0].cells)
        if len({len(row.cells) for row in due}) > 1 or width == 1:
            return runs
        inline = [run for run in runs if len(run.figures) == width and not _broken(self.text, run)]
        tidied: list[Run] = []
        for run in runs:
            figures = run.figures
            if len(figures) != width and 2 * len(inline) >= len(due):
                figures = tuple(figure for figure in figures if not set_off(self.text, figure))
            if figures and len(figures) % width == 0:
                tidied += [Run(figures[at : at + width]) for at in range(0, len(figures), width)]
            elif figures:
                tidied.append(run)
        return tidied

    def _fits(self, row: _Row, run: Run) -> bool:
        if len(run.figures) == len(row.cells):
            return len(row.cells) > 1 or is_whole(figure_text(self.text, run.figures[0]))
        return len(run.figures) == 1 and figure_text(self.text, run.figures[0]).isdecimal()

    def _figures(
        self, due: Sequence[_Row], runs: Sequence[Run], identities: Identities
    ) -> list[Sequence[tuple[int, int]]] | None:
        """The figures of every row: as they stand apart, or the only way in which digits can be cut."""
        told = [len(run.figures) == len(row.cells) for row, run in zip(due, runs, strict=True)]
        if all(told):
            return [run.figures for run in runs]
        if any(whole and not apart(self.text, run) for whole, run in zip(told, runs, strict=True)):
            return None  # a line end may have cut a figure
        if not all(self._confirmed(row, place) for row, place in self._intervals(due, runs)):
            return None
        texts = [[figure_text(self.text, figure) for figure in run.figures] for run in runs]
        digits = [None if whole else _ascii(pieces[0]) for whole, pieces in zip(told, texts, strict=True)]
        sums = identities(self.form, self.edition)
        summed = {cell for identity in sums for _, cell in identity}
        answer: list[Sequence[tuple[int, int]]] = []
        open_rows: list[tuple[str | list[int], list[tuple[str, str]]]] = []
        for row, run, pieces, glued in zip(due, runs, texts, digits, strict=True):
            if summed.isdisjoint(row.cells):
                cut = pieces if glued is None else single(glued, len(row.cells))
                if cut is None:
                    return None
                answer.append(_cut(run, list(map(len, cut))) if glued is not None else run.figures)
                continue
            if glued is None and not all(piece.isdecimal() for piece in pieces):
                return None
            open_rows.append((glued if glued is not None else [int(piece) for piece in pieces], row.cells))
            answer.append(run.figures)
        if open_rows:
            solved = solve(open_rows, sums)
            if solved is None:
                return None
            values = iter(solved)
            for at, (row, run, glued) in enumerate(zip(due, runs, digits, strict=True)):
                if not summed.isdisjoint(row.cells):
                    figures = next(values)
                    answer[at] = run.figures if glued is None else _cut(run, [len(str(value)) for value in figures])
        return answer

    def _intervals(self, due: Sequence[_Row], runs: Sequence[Run]) -> Iterator[tuple[_Row, tuple[int, int]]]:
        """Each row with the stretch between the figures before and its own."""
        last = self.reading.hits[0].start
        for row, run in zip(due, runs, strict=True):
            yield row, (last, run.start)
            last = run.end

    def _placed(self, begin: int, due: Sequence[_Row], runs: Sequence[Run], rest: Sequence[Run]) -> bool:
        """Whether every label that was found stands where the form has it.

        A label that a converter took out of its row is passed over: another label stands between it and the next figures, and its
        own row has none.
        """
        last = begin
        confirmed: set[str] = set()
        astray: set[str] = set()
        for row, run in zip(due, runs, strict=True):
            hits = self.reading.between(last, run.start)
            if self._confirmed(row, (last, run.start)):
                confirmed.add(row.key)
            if row.key:
                elsewhere = [hit for hit in hits if self._foreign(hit, row.key)]
                if elsewhere and (row.key not in confirmed or elsewhere[-1] is hits[-1]):
                    return False
                astray.update(key for hit in elsewhere for key in self._rows(hit) or {""})
            last = run.end
        if astray & {*confirmed, ""}:
            return False
        behind = rest[-1].end if rest else last
        if self.form.layout != "line" and any(self._foreign(hit, "") for hit in self.reading.between(last, behind)):
            return False
        if self.form.layout == "blocks":
            return len(confirmed) == len(due) and self._blocks_headed(begin, due, runs)
        if self.form.layout == "line":
            return bool(confirmed) and (not rest or _SENTENCE in self.text[last:] or len(rest) < 2)
        return len(confirmed) >= _CONFIRMED * len(due) and self._columns_in_order(begin, runs[0].start)

    def _confirmed(self, row: _Row, place: tuple[int, int]) -> bool:
        hits = self.reading.between(*place)
        if not row.key:
            return len({hit.core for hit in hits}) >= _EVIDENCE
        return any(row.key in self._rows(hit) for hit in hits)

    def _rows(self, hit: Hit) -> set[str]:
        """Keys of the rows that a label may be in this edition."""
        return {m.entry.key for m in self.index.of[self.form.key].rows.get(hit.core, ()) if m.edition is self.edition}

    def _foreign(self, hit: Hit, key: str) -> bool:
        """Whether a label can only be that of another row."""
        meanings = self.index.of[self.form.key].meanings[hit.core]
        return all(m.role == "row" for m in meanings) and key not in self._rows(hit)

    def _columns(self, begin: int, end: int) -> dict[str, Span]:
        columns: dict[str, Span] = {}
        for hit in self.reading.between(begin, end):
            for m in self.index.of[self.form.key].columns.get(hit.core, ()):
                if m.edition is self.edition:
                    columns.setdefault(m.entry.key, Span(hit.start, hit.end))
        return columns

    def _columns_in_order(self, begin: int, end: int) -> bool:
        """Whether the headers that were found stand in the order of the form; one that is merged downwards may come early."""
        entries: dict[str, Entry] = {entry.key: entry for entry in self.form.blocks[0].columns}
        order = [key for key, entry in entries.items() if entry.group]
        found = [key for key in self._columns(begin, end) if key in order]
        return [key for key in order if key in found] == found

    def _blocks_headed(self, begin: int, due: Sequence[_Row], runs: Sequence[Run]) -> bool:
        """Whether the headers above the figures of each block are its own, in order."""
        at, last = 0, begin
        for block in self.form.blocks:
            found: list[str] = []
            for hit in self.reading.between(last, runs[at].start):
                meanings = self.index.of[self.form.key].columns.get(hit.core, ())
                own = [m.entry.key for m in meanings if m.edition is self.edition and m.block == block.entry.key]
                if meanings and not own:
                    return False
                found += own[:1]
            if found and found != [column.key for column in block.columns]:
                return False
            at += len(block.rows)
            last = runs[at - 1].end
        return at == len(due)

    def _labels(self, begin: int, due: Sequence[_Row], runs: Sequence[Run]) -> dict[str, Span]:
        """The labels of the rows; a row whose label is in pieces has its first figure."""
        labels: dict[str, Span] = {}
        last = begin
        for row, run in zip(due, runs, strict=True):
            hits = [hit for hit in self.reading.between(last, run.start) if row.key in self._rows(hit)]
            keys = [row.key] if row.key else list(dict.fromkeys(key for key, _ in row.cells))
            for key in keys:
                labels[key] = Span(hits[-1].start, hits[-1].end) if hits else Span(*run.figures[0])
            last = run.end
        return labels


def _ascii(digits: str) -> str:
    return "".join(str(int(digit)) for digit in digits)


def _broken(text: str, run: Run) -> bool:
    return "\n" in text[run.start : run.end] or "\r" in text[run.start : run.end]


def _cut(run: Run, lengths: Sequence[int]) -> list[tuple[int, int]]:
    """The places of figures that stick together."""
    at = run.start
    places = []
    for length in lengths:
        places.append((at, at + length))
        at += length
    return places
