"""Which tables of a report lost their layout, and what becomes of them and of the text around. May import: binding, model."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

import attrs

from giro_lint.binding.index import LabelIndex, Meaning, label_index
from giro_lint.binding.labels import label_core
from giro_lint.binding.rows import SHAPE, Typed
from giro_lint.binding.sections import without_lost_table
from giro_lint.binding.tables import is_complete
from giro_lint.grammar.lexer import SPACE
from giro_lint.model.document import Block, Grid, Line, Section, Table
from giro_lint.model.form import Edition, Knowledge, TableForm
from giro_lint.model.patterns import lazy
from giro_lint.model.source import Remark, Source, Span

if TYPE_CHECKING:  # what reads text that lost its layout is not loaded where none did
    from giro_lint.binding.flat import Identities, Lost

EVENT = "layout-lost"
_FIGURES_LOST = frozenset({"row-width", "cells-missing"})
"""Notes that say that figures of a typed table could not be told apart."""
_MISPLACED = _FIGURES_LOST | {
    "corner-altered", "header-incomplete", "header-missing", "header-order", "header-wrong", "label-damaged",
    "label-missing", "number-wrong", "row-unlabelled",
}  # fmt: skip
"""Notes that the wrong cells of a printed table without ruling lines would have too."""
_PICTURE = lazy(r"!\[[^\[\]\r\n]{0,200}\](?:\([^()\r\n]{0,500}\)|\[[^\[\]\r\n]{0,200}\])")
"""A picture in Markdown."""
_EDGE = lazy(r"[|｜│\t]")
_ABOVE = 60
_MOST = 2 / 3
"""Where more rows than that are one cell, cells stand below each other."""
_SENTENCES = ("。", "；", "：")
_DIGITS = "0123456789"


class Settled:
    """What became of the tables that lost their layout.

    Args:
        tables: the tables by key, those included that were bound as typed.
        declined: keys of the tables that are there but cannot be read.
        remarks: one a table that was declined.

    """

    def __init__(self, tables: dict[str, Table], declined: frozenset[str], remarks: list[Remark]) -> None:
        self.tables, self.declined, self.remarks = tables, declined, remarks


def settle(
    source: Source,
    sections: list[Section],
    tables: dict[str, Table],
    typed: dict[str, Typed],
    due: Edition,
    knowledge: Knowledge,
    identities: Identities,
) -> Settled:
    """Read the tables that the layout does not give, and take what they occupy out of the prose.

    Args:
        source: the text, and where pictures stand in it.
        sections: the sections, whose blocks are changed.
        tables: the tables bound as typed.
        typed: their rows.
        due: the edition to bind to.
        knowledge: all editions.
        identities: the sums of a table.

    """
    index, text = label_index(knowledge), source.text
    settled = dict(tables)
    lost: list[Lost] = []
    for key, form in due.tables.items():
        bound = tables.get(key)
        if bound is not None and bound.sound and not bound.notes:
            continue
        sound = bound is not None and is_complete(bound)
        garbled = bound is not None and bound.worded
        unruled = bound is not None and any(a < bound.end and bound.start < b for a, b in source.unruled)
        kinds = {note.kind for note in bound.notes} if bound is not None else set()
        hints = SHAPE | _MISPLACED if unruled else SHAPE
        noted = bool(kinds & hints)
        if sound and not garbled and not noted:
            continue
        home = _home(sections, form, due)
        split = home is not None and bound is not None and bound.start < home.heading.start < bound.end
        torn = unruled and bound is not None and _misplaced(text, home, bound)
        torn = torn or (key in typed and (typed[key].broken or split or _torn(text, typed[key], key, index)))
        if split and bound is not None and home is not None:
            bound.section = home.key
        if sound and bound is not None and not (torn and garbled):
            if torn:
                bound.notes = [note for note in bound.notes if note.kind not in hints]
            continue
        if home is None or (bound is not None and not torn and not kinds & _FIGURES_LOST):
            continue
        from giro_lint.binding.flat import Lost, find_lost

        end = min((other.start for other in sections if other.start > home.start), default=len(text))
        found = find_lost(text, home.heading.end, end, key, due, knowledge, identities, home.key)
        if found is None and torn and bound is not None:
            found = Lost(form, bound.start, bound.end, None, "count")
        if found is None and bound is None and home.key == form.section:
            pictured = _picture(source, home.heading.end, end)
            found = Lost(form, *pictured, None, "picture") if pictured else None
        if found is None or (found.table is None and bound is not None and not torn):
            continue
        lost.append(found)
        if found.table is not None:
            settled[key] = found.table
        else:
            settled.pop(key, None)
    for section in sections:
        _clear(
            text,
            section,
            [each for each in lost if section.start <= each.start and each.start < max(section.end, section.start + 1)],
            due,
        )
    declined = [each for each in lost if each.table is None]
    remarks = [
        Remark(EVENT, Span(each.start, each.start), each.reason, {"label": each.form.label, "anchor": each.form.key})
        for each in declined
    ]
    return Settled(settled, frozenset(each.form.key for each in declined), remarks)


def _misplaced(text: str, home: Section | None, bound: Table) -> bool:
    """Whether a table without ruling lines has notes that the wrong cells would have too; one damaged label of a row is one."""
    told = [note for note in bound.notes if note.kind in _MISPLACED]
    if len(told) == 1 and told[0].kind == "label-damaged" and told[0].anchor.rpartition("/")[2] in bound.rows:
        return False
    if told or home is None or all(note.kind != "corner-missing" for note in bound.notes):
        return bool(told)
    lead = text[home.heading.end : bound.start].strip()  # words that end no sentence may be a part of the headers
    return bool(lead) and not lead.endswith(_SENTENCES)


def _picture(source: Source, start: int, end: int) -> Span | None:
    """Where a table stands in its section as a picture: in a section of tables, a picture is nothing else."""
    if (match := _PICTURE.search(source.text, start, end)) is not None:
        return Span(*match.span())
    at = next((at for at in source.pictures if start <= at <= end), None)
    return None if at is None else Span(at, at)


def used_edition(settled: Settled, told: Edition | None) -> Edition | None:
    """The edition that a report fills in: the one its typed headers tell, unless that table was declined or read anew."""
    stacked = [table for table in settled.tables.values() if table.form.layout == "blocks"]
    return stacked[0].edition if stacked else None if settled.declined else told


def _torn(text: str, typed: Typed, key: str, index: LabelIndex) -> bool:
    """Whether typed rows show that the layout is lost.

    Most rows are one cell; a row holds the labels of two rows, or of a row and a column; a cell a label with another label or with
    figures; or a label goes on over the edge of a cell or stands between the rows.
    """
    if sum(len(row.texts) == 1 for row in typed.rows) > _MOST * len(typed.rows):
        return True
    for row in typed.rows:
        rows = [m for core in row.cores if core for m in _only(core, key, index, "row")]
        heads = any(_only(core, key, index, "column") for core in row.cores if core)
        crowded = heads or len({m.entry.key for m in rows}) > 1
        if crowded and any(m.table.layout != "line" for m in rows):
            return True
    from giro_lint.binding.flat_text import read

    start, end = typed.rows[0].start, max(row.end for row in typed.rows)
    reading = read(text, max(0, start - _ABOVE), end, index, key)
    cells = [(row.start + begin, row.start + end) for row in typed.rows for begin, end in row.bounds]
    starts = [cell[0] for cell in cells]
    found: dict[int, list[str]] = {}
    for hit in reading.hits:
        at = bisect_right(starts, hit.start) - 1
        if at >= 0 and hit.end <= cells[at][1]:
            found.setdefault(at, []).append(hit.core)
        elif _only(hit.core, key, index, "row") and (hit.start > start or _EDGE.search(text, hit.start, hit.end)):
            return True
    figures = {bisect_right(starts, run.start) - 1 for run in reading.runs}
    return any(
        (len(cores) > 1 or at in figures)
        and "".join(cores) == label_core("字" + text[slice(*cells[at])])[1:].strip(_DIGITS)
        for at, cores in found.items()
    )


def _only(core: str, key: str, index: LabelIndex, role: str) -> list[Meaning]:
    """What a label names in a role, nothing where it may have another."""
    found = index.of[key].meanings.get(core, [])
    return found if all(m.role == role for m in found) else []


def _home(sections: list[Section], form: TableForm, due: Edition) -> Section | None:
    """The section of a table; where its heading is lost, the nearest one before."""
    order = [entry.key for entry in due.sections]
    for key in reversed(order[: order.index(form.section) + 1]):
        found = next((section for section in sections if section.key == key), None)
        if found is not None:
            return found
    return None


def _clear(text: str, section: Section, lost: list[Lost], due: Edition) -> None:
    """Put a table without rows where tables stand as prose; other cells that stand as prose are left out."""
    if not lost:
        forms = [form for form in due.tables.values() if form.section == section.key]
        if section.entry and forms:
            section.blocks = without_lost_table(text, section.blocks, forms)
        return
    blocks: list[Block] = []
    for block in section.blocks:
        blocks += _outside(text, block, lost)
    blocks += [Grid(each.start, each.end, []) for each in lost]
    section.blocks = sorted(blocks, key=lambda block: block.start)


def _outside(text: str, block: Block, lost: list[Lost]) -> list[Block]:
    """What a block has outside of the tables."""
    pieces = [(block.start, block.end)]
    for each in lost:
        pieces = [
            piece
            for start, end in pieces
            for piece in ((start, min(end, each.start)), (max(start, each.end), end))
            if piece[0] < piece[1]
        ]
    if pieces == [(block.start, block.end)]:
        return [block]
    if isinstance(block, Grid):
        return []
    kept: list[Block] = []
    for start, end in pieces:
        words = text[start:end]
        if words.strip(SPACE):
            begin = end - len(words.lstrip(SPACE))
            stop = start + len(words.rstrip(SPACE))
            kept.append(
                attrs.evolve(block, end=stop)
                if start == block.start and block.text_start < stop
                else Line(start, stop, text_start=begin)
            )
    return kept
