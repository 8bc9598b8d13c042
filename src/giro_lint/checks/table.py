"""Kind ``table``: what the binding noted about the shape of a table. May import: facts, model."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping, Sequence
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
    return _entries(facts).get(options.table, 0) or "no-table"


def idle_tables(facts: Facts, rules: Sequence[TableOptions]) -> Sequence[int | str | None]:
    """Which rules find nothing since the binding noted nothing of the kinds they ask for."""
    noted, entries = facts.noted.keys(), _entries(facts)
    return [(entries.get(rule.table, 0) or "no-table") if noted.isdisjoint(rule.notes) else None for rule in rules]


def _entries(facts: Facts) -> Mapping[str, int]:
    """How many rows (or cells) each table has, and all of them together under the empty key."""
    if "entries" not in facts.memory:
        found = {key: len(table.rows) or len(table.cells) for key, table in facts.document.tables.items()}
        facts.memory["entries"] = {**found, "": sum(found.values())}
    entries: Mapping[str, int] = facts.memory["entries"]
    return entries


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
