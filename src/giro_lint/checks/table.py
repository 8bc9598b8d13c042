"""Kind ``table``: what the binding noted about the shape of a table. May import: facts, model."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from giro_lint.checks.facts import Facts
from giro_lint.model.diagnostic import Finding
from giro_lint.model.document import Note, Table
from giro_lint.model.patterns import pattern
from giro_lint.model.source import Span

if TYPE_CHECKING:
    from giro_lint.ruleset.figure_options import TableOptions

_SHOWN = 6
"""So many names are listed in a message."""


def check_table(facts: Facts, options: TableOptions) -> Generator[Finding, None, int | str]:
    """Report the notes of the kinds asked for; with ``once`` the first of each kind speaks for all."""
    if not facts.noted.keys().isdisjoint(options.notes):
        yield from _noted(facts, options)
    key = ("entries", options.table)
    if key not in facts.memory:
        tables = [table for table in facts.document.tables.values() if options.table in {"", table.key}]
        facts.memory[key] = sum(len(table.rows) or len(table.cells) for table in tables)
    return facts.memory[key] or "no-table"


def _noted(facts: Facts, options: TableOptions) -> Iterator[Finding]:
    for table in facts.document.tables.values():
        if options.table in {"", table.key}:
            for kind in options.notes:
                found = (note for where, note in facts.noted.get(kind, ()) if where is table)
                notes = [note for note in found if _meant(facts, options, note)]
                for note in notes[:1] if options.once else notes:
                    yield _finding(table, note, notes, kind if len(options.notes) > 1 else "", once=options.once)


def _meant(facts: Facts, options: TableOptions, note: Note) -> bool:
    """Whether a note is of those asked for; an old form used throughout is told by the edition, not row by row."""
    found = str(note.data.get("found", ""))
    if options.matching and not pattern(options.matching).search(found):
        return False
    if options.unless and pattern(options.unless).search(found):
        return False
    used = facts.document.used
    return "other" not in note.data or used is None or used.id != note.data["other"]


def _finding(table: Table, note: Note, notes: Sequence[Note], variant: str, *, once: bool) -> Finding:
    said = dict.fromkeys(str(other.data.get("row") or other.data.get("found", "")) for other in notes)
    count = max(len(notes), int(note.data.get("count", 1)))
    data: dict[str, Any] = {
        "table": table.form.label,
        "edition": table.edition.id,
        **note.data,
        "count": count,
        "all": "、".join(list(said)[:_SHOWN]) + ("……" if len(said) > _SHOWN else ""),
    }
    related = tuple((Span(other.start, other.end), "more", dict(other.data)) for other in notes[1:]) if once else ()
    return Finding(Span(note.start, note.end), note.anchor, data, variant=variant, related=related)
