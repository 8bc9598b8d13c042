"""Which lines of a report are headings, for the checks of kind ``heading``. May import: facts, section, model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from giro_lint.checks.facts import Facts
from giro_lint.checks.section import heading_text
from giro_lint.model.document import Line, Section
from giro_lint.model.patterns import pattern
from giro_lint.model.source import Span

if TYPE_CHECKING:
    from giro_lint.ruleset.text_options import HeadingOptions

HEADS = ("h", "S")
"""Styles of the headings below those of sections."""
_HEADING = 40
"""A longer line that begins with a number is a paragraph."""


def by_style(facts: Facts) -> Mapping[str, Sequence[tuple[Section, Line]]]:
    """The lines below the headings of sections, each with its section, by style."""
    if "styled" not in facts.memory:
        found: dict[str, list[tuple[Section, Line]]] = {}
        for section in facts.document.sections:
            for line in section.lines:
                found.setdefault(line.style, []).append((section, line))
        facts.memory["styled"] = found
    styled: Mapping[str, Sequence[tuple[Section, Line]]] = facts.memory["styled"]
    return styled


def headings_of(facts: Facts) -> Sequence[tuple[Section, Line]]:
    """Section headings and the short numbered lines below them that read as headings, in the order of the text."""
    if "headings" not in facts.memory:
        below = [item for style in HEADS for item in by_style(facts).get(style, ()) if is_short(item[1])]
        found = [*((section, section.heading) for section in facts.document.sections), *below]
        facts.memory["headings"] = sorted(found, key=lambda item: item[1].start)
    headings: Sequence[tuple[Section, Line]] = facts.memory["headings"]
    return headings


def is_short(line: Line) -> bool:
    """Whether a numbered line is short enough for a heading."""
    return line.end - line.text_start <= _HEADING


def number_span(line: Line) -> Span:
    """Number and separator of a heading."""
    return Span(line.text_start - len(line.separator) - len(line.number), line.text_start)


def mark_span(line: Line) -> Span:
    """Separator behind the number of a heading."""
    return Span(line.text_start - len(line.separator), line.text_start)


def runs(facts: Facts, options: HeadingOptions) -> Sequence[tuple[Section, list[Line]]]:
    """The （一） lines of each section of prose, without those that only quote a number.

    Beside a table such lines are rather labels that fell out of it.
    """
    key = ("runs", options.unless)
    if key not in facts.memory:
        tabled = tabled_sections(facts)
        found: list[tuple[Section, list[Line]]] = []
        for section, line in by_style(facts).get("h", ()):
            if section.key in tabled or is_quoted(facts, line, options):
                continue
            if not found or found[-1][0] is not section:
                found.append((section, []))
            found[-1][1].append(line)
        facts.memory[key] = found
    runs: Sequence[tuple[Section, list[Line]]] = facts.memory[key]
    return runs


def tabled_sections(facts: Facts) -> set[str]:
    """Keys of the sections that hold the form's tables."""
    return {form.section for form in facts.document.edition.tables.values()}


def is_quoted(facts: Facts, line: Line, options: HeadingOptions) -> bool:
    """Whether a line begins with a number that its text only speaks of; told once for all rules that leave such lines out."""
    key = ("quoted", options.unless, line.start)
    if key not in facts.memory:
        found = bool(options.unless) and pattern(options.unless).search(heading_text(facts, line)) is not None
        facts.memory[key] = found
    quoted: bool = facts.memory[key]
    return quoted


def anchor_at(facts: Facts, line: Line) -> str:
    """The address of the section that a line stands in."""
    return f"section/{facts.region(line.start)[1]}"
