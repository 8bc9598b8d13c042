"""What several rules need to know of a document, computed once. May import: sums, binding, model, ruleset."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import attrs

from giro_lint.binding.flows import make_flow
from giro_lint.binding.labels import short_label
from giro_lint.checks.solver import Number
from giro_lint.checks.sums import Sums, judge
from giro_lint.model.document import Block, Cell, Document, Flow, Grid, Line, Note, Table
from giro_lint.model.form import Entry, Knowledge
from giro_lint.model.formula import Comparison, Formula, Term
from giro_lint.model.patterns import pattern
from giro_lint.model.source import Span
from giro_lint.model.values import CellState
from giro_lint.ruleset.rules import Rule

Odd = tuple[str, str, str, Cell]
"""Table key, row key, column key and a cell that is not a plain count."""


@attrs.define(eq=False, repr=False)
class Facts:
    """A document with what rules share about it.

    Args:
        document: the bound report.
        knowledge: the editions it was bound by.
        equation_rules: the equation rules that apply to it, by key of their table.
        claim_rules: the claim rules that apply to it, by id.
        active: ids of the rules that are on.

    """

    document: Document
    knowledge: Knowledge
    equation_rules: Mapping[str, Sequence[Rule]]
    claim_rules: Mapping[str, Rule]
    active: frozenset[str] = frozenset()
    memory: dict[object, Any] = attrs.field(factory=dict)
    _flows: dict[tuple[str, ...], Flow] = attrs.field(factory=dict)
    _sums: dict[str, Sums] = attrs.field(factory=dict)
    _claimed: dict[str, tuple[Span, ...]] = attrs.field(factory=dict)
    _odd: list[Odd] | None = None
    _regions: tuple[list[int], list[tuple[str, str]]] | None = None

    def lines(self, scope: str) -> list[Line]:
        """The headings and paragraphs of a scope.

        Args:
            scope: ``preamble``, a section key (the first of that key), ``extra`` for all sections that the form does not
                have, or ``prose`` for everything.

        """
        document = self.document
        if scope == "preamble":
            return [block for block in document.preamble if isinstance(block, Line)]
        if scope == "prose":
            return [*self.lines("preamble"), *(line for section in document.sections for line in section.lines)]
        if scope == "extra":
            return [line for section in document.sections if section.entry is None for line in section.lines]
        section = document.section(scope)
        return list(section.lines) if section else []

    def flow(self, *scopes: str) -> Flow:
        """The prose of some scopes without white space."""
        if scopes not in self._flows:
            self._flows[scopes] = make_flow(
                self.document.source.text, (line for scope in scopes for line in self.lines(scope))
            )
        return self._flows[scopes]

    def notes(self, table: str) -> list[Note]:
        """What the binding noted in a table."""
        bound = self.document.tables.get(table)
        return bound.notes if bound else []

    def odd_cells(self) -> list[Odd]:
        """All cells that are not a plain count."""
        if self._odd is None:
            self._odd = [
                (table.key, row, column, cell)
                for table in self.document.tables.values()
                for (row, column), cell in table.cells.items()
                if cell.value.flags
                or cell.value.state is not CellState.NUMBER
                or type(cell.value.value) is not int
                or cell.value.value < 0
            ]
        return self._odd

    def sums(self, table: str) -> Sums | None:
        """The equations of a table, judged and explained, or None where there is no such table."""
        bound = self.document.tables.get(table)
        if bound is None:
            return None
        if table not in self._sums:
            self._sums[table] = judge(bound, self.equation_rules.get(table, ()), groups(self.knowledge))
        return self._sums[table]

    def amounts(self, table: Table, row: str, column: str) -> list[Number]:
        """The figures a cell may stand for: as typed, and as corrected by the sums."""
        cell = table.cells.get((row, column))
        if cell is None or cell.amount is None:
            return []
        sums = self.sums(table.key)
        corrected = sums.corrected.get((row, column)) if sums else None
        return [cell.amount] if corrected is None else [cell.amount, corrected]

    def claimed(self, rule: str) -> tuple[Span, ...]:
        """Where a claim rule finds something in this document, whether it is on or not."""
        if rule not in self._claimed:
            from giro_lint.checks.claim import check_claim

            known = self.claim_rules.get(rule)
            found = check_claim(self, known.options) if known and self.document.edition.id in known.editions else ()
            self._claimed[rule] = tuple(finding.span for finding in found)
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

    def region(self, offset: int) -> tuple[str, str]:
        """Kind of the block at an offset (``prose``, ``heading``, ``cell``, ``title``) and key of its section (or ``preamble``)."""
        if self._regions is None:
            self._regions = self._mapped()
        starts, regions = self._regions
        found = bisect_right(starts, offset) - 1
        return regions[found] if found >= 0 else ("prose", "front")

    def _mapped(self) -> tuple[list[int], list[tuple[str, str]]]:
        document = self.document
        found: list[tuple[int, tuple[str, str]]] = []
        if document.title:
            found += [(document.title.start, ("title", "front")), (document.title.end, ("prose", "preamble"))]
        found += [(block.start, (_kind(block), "preamble")) for block in document.preamble]
        for section in document.sections:
            found.append((section.heading.start, ("heading", section.key)))
            found += [(block.start, (_kind(block), section.key)) for block in section.blocks]
        if document.signature.body_span or document.signature.date_span:
            spans = [span for span in (document.signature.body_span, document.signature.date_span) if span]
            found.append((min(span.start for span in spans), ("prose", "signature")))
        found.sort(key=lambda item: item[0])
        return [start for start, _ in found], [region for _, region in found]


def _kind(block: Block) -> str:
    if isinstance(block, Grid):
        return "cell"
    return "heading" if block.style in {"H", "h", "S"} else "prose"


@lru_cache(maxsize=8)
def groups(knowledge: Knowledge) -> Mapping[str, list[Entry]]:
    """Rows and columns by the group they belong to, over all editions."""
    found: dict[str, dict[str, Entry]] = {}
    for edition in knowledge.editions:
        for table in edition.tables.values():
            for block in table.blocks:
                for entry in (*block.rows, *block.columns):
                    if entry.group:
                        found.setdefault(entry.group, {}).setdefault(entry.key, entry)
    return {group: list(entries.values()) for group, entries in found.items()}


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


def dotted(facts: Facts, name: str, *, summed: bool) -> list[Number] | None:
    """The values of ``table.row.column``; of a group's members when summed. None when a cell is missing or no number."""
    table_key, row, column = name.split(".")
    table = facts.document.tables.get(table_key)
    if table is None:
        return None
    if not summed:
        return facts.amounts(table, row, column) or None
    members = [entry.key for entry in groups(facts.knowledge).get(row, ()) if (entry.key, column) in table.cells]
    across = [entry.key for entry in groups(facts.knowledge).get(column, ()) if (row, entry.key) in table.cells]
    pairs = [(key, column) for key in members] or [(row, key) for key in across]
    if not pairs:
        return None
    typed = [facts.amounts(table, *pair) for pair in pairs]
    if not all(typed):
        return None
    return list({sum(values[0] for values in typed), sum(values[-1] for values in typed)})


def side_values(facts: Facts, terms: Sequence[Term]) -> list[Number] | None:
    """All values that a sum of dotted terms may have, or None when it cannot be told."""
    totals: list[Number] = [0]
    for term in terms:
        values = [term.factor] if not term.name else dotted(facts, term.name, summed=term.summed)
        if values is None:
            return None
        factor = term.factor if term.name else 1
        totals = list({total + factor * value for total in totals for value in values})
    return totals


_HOLDS: dict[str, Callable[[Number, Number], bool]] = {
    "=": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
}


def holds(comparison: Comparison, left: Number, right: Number) -> bool:
    """Whether a comparison holds of two values."""
    return _HOLDS[comparison.operator](left, right)


def formula_holds(facts: Facts, formula: Formula) -> bool | None:
    """Whether a formula of dotted names holds; None when it cannot be told."""
    for part in formula.comparisons:
        left, right = side_values(facts, part.left), side_values(facts, part.right)
        if left is None or right is None:
            return None
        if not any(holds(part, a, b) for a in left for b in right):
            return False
    return True


def cell_span(facts: Facts, name: str) -> Span | None:
    """The place of ``table.row.column``."""
    table_key, row, column = name.split(".")
    table = facts.document.tables.get(table_key)
    cell = table.cells.get((row, column)) if table else None
    return cell.span if cell else None
