"""Kind ``heading``: number, wording and typography of headings. May import: heading_lines, heading_numbers, facts, section, model."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Generator, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from giro_lint.binding.labels import squeeze
from giro_lint.checks import heading_numbers
from giro_lint.checks.facts import Facts, unless_found
from giro_lint.checks.heading_lines import HEADS, headings_of, is_quoted, is_short
from giro_lint.checks.section import heading_text
from giro_lint.model.diagnostic import Edit, Finding, Fix
from giro_lint.model.document import Line, Section
from giro_lint.model.patterns import lazy
from giro_lint.model.source import Span

if TYPE_CHECKING:
    from giro_lint.ruleset.text_options import HeadingOptions

_STOPS = "。：:；;"
_INSIDE = lazy("[，。；：、,;:]")


def check_heading(facts: Facts, options: HeadingOptions) -> Generator[Finding, None, int | str]:
    """Run one of the checks on all headings."""
    if not facts.document.sections:
        return "no-section"
    if _said(facts, options):
        return "said-by-another"
    yield from _CHECKS[options.check](facts, options)
    return len(facts.document.sections)


def idle_headings(facts: Facts, rules: Sequence[HeadingOptions]) -> Sequence[int | str | None]:
    """Which rules have no first finding."""
    looked = len(facts.document.sections)
    if not looked:
        return ["no-section"] * len(rules)
    return [
        "said-by-another" if _said(facts, rule) else unless_found(_CHECKS[rule.check](facts, rule), looked)
        for rule in rules
    ]


def _said(facts: Facts, options: HeadingOptions) -> bool:
    """Whether a rule that is on tells the same places."""
    return any(rule in facts.course.active for rule in options.quiet_with)


def _wording(facts: Facts, _: HeadingOptions) -> Iterator[Finding]:
    for section in facts.document.sections:
        if section.entry and section.wording in {"renamed", "close", "place"}:
            data = {
                "found": heading_text(facts, section.heading),
                "expected": section.entry.label,
                "number": section.entry.number,
            }
            yield Finding(section.heading.span, f"section/{section.key}", data)


def _stop(facts: Facts, options: HeadingOptions) -> Iterator[Finding]:
    """A heading that stands alone on its line and ends with a mark."""
    text = facts.text
    for section, line in _alone(facts, options):
        if text[line.end - 1] in _STOPS:
            fix = Fix((Edit(Span(line.end - 1, line.end), ""),))
            data = {"found": text[line.end - 1], "heading": heading_text(facts, line)[:-1]}
            yield Finding(line.span, f"section/{section.key}", data, fix=fix)


def _alone(facts: Facts, options: HeadingOptions) -> Sequence[tuple[Section, Line]]:
    """Headings of one clause with their text below them: no items of a list, no beginnings of a paragraph."""
    key = ("alone", options.unless)
    if key not in facts.memory:
        facts.memory[key] = list(_found_alone(facts, options))
    alone: Sequence[tuple[Section, Line]] = facts.memory[key]
    return alone


def _found_alone(facts: Facts, options: HeadingOptions) -> Iterator[tuple[Section, Line]]:
    text = facts.text
    for section in facts.document.sections:
        if not _splits(section):
            yield section, section.heading
        heads = [(line, below) for line, below in pairwise(section.lines) if line.style in HEADS]
        listed = {line.style for line, below in heads if line.style == below.style}
        for line, below in heads:
            if not is_short(line) or line.style in listed or below.style not in {"P", "N", "n"}:
                continue
            one_clause = not _INSIDE.search(text, line.text_start, line.end - 1)
            if one_clause and not is_quoted(facts, line, options):
                yield section, line


def _splits(section: Section) -> bool:
    """Whether the section's first paragraph stands on the line of its heading."""
    return bool(section.blocks) and section.blocks[0].start == section.heading.end


def _stop_mixed(facts: Facts, options: HeadingOptions) -> Iterator[Finding]:
    text = facts.text
    lines = [line for _, line in _alone(facts, options) if line.style == "h"]
    stopped = [line for line in lines if text[line.end - 1 : line.end] in _STOPS]
    if stopped and len(stopped) < len(lines):
        yield Finding(
            stopped[0].span, "heading", {"count": len(stopped), "all": len(lines), "found": text[stopped[0].end - 1]}
        )


def _indent(facts: Facts, _: HeadingOptions) -> Iterator[Finding]:
    """White space before a heading where most headings of its level have none; a TAB begins a cell."""
    text = facts.text
    headings = headings_of(facts)
    indented: dict[str, list[tuple[Section, Line, Span]]] = {}
    for section, line in headings:
        if text[line.start].isspace():
            lead = Span(line.start, line.span.start)
            if lead.end > lead.start and text[lead.start] != "\t" and text[lead.start : lead.end].isspace():
                indented.setdefault(line.style, []).append((section, line, lead))
    if not indented:
        return
    levels = Counter(line.style for _, line in headings)
    for style in levels:
        found = indented.get(style, ())
        if len(found) * 2 < levels[style]:
            for section, line, lead in found:
                data = {"count": lead.end - lead.start, "heading": squeeze(text[lead.end : line.end])}
                fix = Fix((Edit(lead, ""),))
                yield Finding(Span(line.start, line.end), f"section/{section.key}", data, fix=fix)


_CHECKS: dict[str, Callable[[Facts, HeadingOptions], Iterator[Finding]]] = {
    "wording": _wording,
    "number": heading_numbers.check_number,
    "style": heading_numbers.check_style,
    "sequence": heading_numbers.check_sequence,
    "sub-order": heading_numbers.check_sub_order,
    "sub-restart": heading_numbers.check_sub_restart,
    "sub-mixed": heading_numbers.check_sub_mixed,
    "separator": heading_numbers.check_separator,
    "stop": _stop,
    "stop-mixed": _stop_mixed,
    "indent": _indent,
    "space": heading_numbers.check_space,
    "jump": heading_numbers.check_jump,
}
