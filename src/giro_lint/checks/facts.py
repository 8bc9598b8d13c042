"""What several rules need to know of a document, computed once. May import: course, cells, sums, binding, model."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from giro_lint.binding.flows import make_flow
from giro_lint.binding.labels import short_label
from giro_lint.checks.cells import Figures, Shape, figures_of, shape_of
from giro_lint.checks.course import Course
from giro_lint.checks.solver import Key, Number
from giro_lint.checks.sums import Sums, instances, judge
from giro_lint.model.diagnostic import Finding
from giro_lint.model.document import Block, Document, Flow, Grid, Line, Note, Section, Table
from giro_lint.model.form import Knowledge
from giro_lint.model.patterns import compiled, pattern
from giro_lint.model.source import Span


class Worth(NamedTuple):
    """What a side of a comparison comes to.

    Attributes:
        values: all values that it may have, or None when it cannot be told.
        figures: whether every cell holds a figure; of a group at least one, for its blanks are zeros.
    """

    values: Sequence[Number] | None
    figures: bool


MANY = 3
"""More words than these are found faster by one expression than one by one."""


@lru_cache(maxsize=512)
def any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    """An expression that finds any of some words, all in one go."""
    return compiled("|".join(map(re.escape, words)))


_Counts = dict[str, int | None]


class Facts:
    """A document with what rules share about it.

    Args:
        document: the bound report.
        course: what the rules share whatever the document.
        memory: what checks worked out for other rules of their kind.
        sides: what the sides of formulas come to, by identity of their terms.
        counts: the plain counts that formulas name, by name: of cells, and of the cells of groups together; None where there is none.

    """

    def __init__(self, document: Document, course: Course) -> None:
        self.document, self.course = document, course
        self.memory: dict[object, Any] = {}
        self.sides: dict[int, Worth] = {}
        self.counts: tuple[_Counts, _Counts] = ({}, {})
        self._lines: dict[str, list[Line]] = {}
        self._flows: dict[tuple[str, ...], Flow] = {}
        self._figures: dict[str, Figures] = {}
        self._sums: dict[str, Sums] = {}
        self._settled: dict[str, Mapping[Key, int]] = {}
        self._claimed: dict[str, tuple[Span, ...]] = {}

    @cached_property
    def knowledge(self) -> Knowledge:
        """The editions that the document was bound by."""
        return self.course.knowledge

    # Prose

    @cached_property
    def text(self) -> str:
        """The source text."""
        return self.document.source.text

    @cached_property
    def sections(self) -> Mapping[str, Section]:
        """The first section of each key."""
        return {section.key: section for section in reversed(self.document.sections)}

    def lines(self, scope: str) -> list[Line]:
        """The headings and paragraphs of a scope.

        Args:
            scope: ``preamble``, a section key (the first of that key), ``extra`` for all sections that the form does not
                have, or ``prose`` for everything.

        """
        if scope not in self._lines:
            self._lines[scope] = list(self._lines_of(scope))
        return self._lines[scope]

    def _lines_of(self, scope: str) -> Iterable[Line]:
        sections = self.document.sections
        if scope == "preamble":
            return (block for block in self.document.preamble if isinstance(block, Line))
        if scope == "prose":
            return [*self.lines("preamble"), *(line for section in sections for line in section.lines)]
        if scope == "extra":
            return (line for section in sections if section.entry is None for line in section.lines)
        section = self.sections.get(scope)
        return section.lines if section else ()

    def flow(self, *scopes: str) -> Flow:
        """The prose of some scopes without white space."""
        if scopes not in self._flows:
            self._flows[scopes] = self._made_flow(scopes)
        return self._flows[scopes]

    def _made_flow(self, scopes: tuple[str, ...]) -> Flow:
        """A flow of its lines, or put together of flows that other rules need as well."""
        if scopes == ("prose",):
            keys = [section.key for section in self.document.sections]
            if len(set(keys)) == len(keys):
                scopes = ("preamble", *keys)
        if len(scopes) == 1:
            return make_flow(self.text, self.lines(scopes[0]))
        told = [scope for scope in scopes if self.lines(scope)]
        return joined([self.flow(scope) for scope in told]) if len(told) > 1 else self.flow(*(told or scopes[:1]))

    def says(self, words: Sequence[str], text: str | None = None) -> bool:
        """Whether the prose, or a text, has one of some words."""
        text = self.flow("prose").text if text is None else text
        if len(words) > MANY:
            return any_of(tuple(words)).search(text) is not None
        for word in words:  # noqa: SIM110  a plain loop: this runs hundreds of times a report
            if word in text:
                return True
        return False

    # Tables

    @cached_property
    def noted(self) -> Mapping[str, Sequence[tuple[Table, Note]]]:
        """What the binding noted in tables, by kind of note."""
        found: dict[str, list[tuple[Table, Note]]] = {}
        for table in self.document.tables.values():
            for note in table.notes:
                found.setdefault(note.kind, []).append((table, note))
        return found

    @cached_property
    def shapes(self) -> Mapping[str, Shape]:
        """Which cells each table has, by key of the table."""
        return {key: shape_of(table) for key, table in self.document.tables.items()}

    def figures(self, table: str) -> Figures:
        """What stands in the cells of a table of the document."""
        if table not in self._figures:
            self._figures[table] = figures_of(self.document.tables[table])
        return self._figures[table]

    def sums(self, table: str) -> Sums | None:
        """The equations of a table, judged and explained, or None where there is no such table."""
        bound = self.document.tables.get(table)
        if bound is None:
            return None
        if table not in self._sums:
            rules = self.course.equation_rules.get(table, ())
            asked = instances(self.shapes[table], rules, self.knowledge)
            self._sums[table] = judge(bound, self.figures(table), asked)
        return self._sums[table]

    def settled(self, table: str) -> Mapping[Key, int]:
        """The plain counts of a table; none at all where its sums tell that some of them are wrong."""
        if table not in self._settled:
            sums = self.sums(table)
            self._settled[table] = {} if sums is None or sums.corrected else self.figures(table).plain
        return self._settled[table]

    def amounts(self, table: str, key: Key) -> list[Number]:
        """The figures that a cell may stand for: as typed, and as corrected by the sums; none where there is none."""
        bound = self.document.tables.get(table)
        cell = bound.cells.get(key) if bound else None
        if cell is None or cell.amount is None:
            return []
        sums = self.sums(table)
        corrected = sums.corrected.get(key) if sums else None
        return [cell.amount] if corrected is None else [cell.amount, corrected]

    # The narrative

    def claimed(self, rule: str) -> tuple[Span, ...]:
        """Where a claim rule finds something in this document, whether it is on or not."""
        if rule not in self._claimed:
            from giro_lint.checks.claim import check_claim

            asked = self.course.claim_rules.get(rule)
            self._claimed[rule] = tuple(finding.span for finding in check_claim(self, asked.options)) if asked else ()
        return self._claimed[rule]

    def failed(self, rule: str) -> bool:
        """Whether a claim rule has a finding in this document."""
        return bool(self.claimed(rule))

    def foreign_scope(self, sentence: str) -> bool:
        """Whether a sentence counts for more or for less than the body whose report it is.

        A body of unknown kind may be either, so that any word of scope makes its sentence a foreign one.
        """
        vocabulary = self.document.vocabulary
        words = {"government": (vocabulary.scope_own,), None: (vocabulary.scope_own, vocabulary.scope_wide)}
        asked = words.get(self.document.body_kind, (vocabulary.scope_wide,))
        return any(pattern(each).search(sentence) for each in asked)

    def may_be_part(self, sentence: str) -> bool:
        """Whether a sentence of a government's report may speak of its own office alone: it does not say of whom."""
        wide = pattern(self.document.vocabulary.scope_wide)
        return self.document.body_kind == "government" and wide.search(sentence) is None

    # Places

    def region(self, offset: int) -> tuple[str, str]:
        """Kind of the block at an offset (``prose``, ``heading``, ``cell``, ``title``) and key of its section (or ``preamble``)."""
        starts, regions = self._regions
        found = bisect_right(starts, offset) - 1
        return regions[found] if found >= 0 else ("prose", "front")

    @cached_property
    def _regions(self) -> tuple[list[int], list[tuple[str, str]]]:
        document = self.document
        found: list[tuple[int, tuple[str, str]]] = []
        if document.title:
            found += [(document.title.start, ("title", "front")), (document.title.end, ("prose", "preamble"))]
        found += [(block.start, (_kind(block), "preamble")) for block in document.preamble]
        for section in document.sections:
            key = section.key
            found.append((section.heading.start, ("heading", key)))
            found += [(block.start, (_kind(block), key)) for block in section.blocks]
        if document.signature.body_span or document.signature.date_span:
            spans = [span for span in (document.signature.body_span, document.signature.date_span) if span]
            found.append((min(span.start for span in spans), ("prose", "signature")))
        found.sort(key=lambda item: item[0])
        return [start for start, _ in found], [region for _, region in found]


def unless_found(findings: Iterator[Finding], looked: int | str) -> int | str | None:
    """What a sieve tells of a rule with some findings: what it looked at, None where there is a first one."""
    return looked if next(findings, None) is None else None


def joined(flows: Sequence[Flow]) -> Flow:
    """The flow of several flows, one behind the other."""
    text = ""
    starts: list[int] = []
    origins: list[int] = []
    for flow in flows:
        shift = len(text)
        text += flow.text
        starts += [shift + start for start in flow.starts]
        origins += flow.origins
    return Flow(text, starts, origins)


def _kind(block: Block) -> str:
    if isinstance(block, Grid):
        return "cell"
    return "heading" if block.style in {"H", "h", "S"} else "prose"


@lru_cache(maxsize=8)
def labels(knowledge: Knowledge, preferred: str = "") -> Mapping[tuple[str, str], str]:
    """Labels as printed, by key of table and key of row, column or block; the preferred edition's, else the latest's."""
    found: dict[tuple[str, str], str] = {}
    for edition in sorted(knowledge.editions, key=lambda edition: edition.id == preferred):
        for table in edition.tables.values():
            for block in table.blocks:
                for entry in (*block.rows, *block.columns, *table.groups, block.entry):
                    found[table.key, entry.key] = (
                        (entry.number + entry.label)
                        if entry.number and not entry.number.endswith("、")
                        else entry.label
                    )
    return found


def cell_name(facts: Facts, table: str, row: str, column: str) -> str:
    """How people call a cell: row label, a middle dot, column label."""
    bound = facts.document.tables.get(table)
    names = labels(facts.knowledge, bound.edition.id if bound else "")
    short = short_label(names.get((table, row), row))
    return f"{short}·{names.get((table, column), column)}"
