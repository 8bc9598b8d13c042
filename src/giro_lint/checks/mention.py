"""Kinds ``mention`` and ``length``: what a section speaks of, and how much. May import: facts, model."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from giro_lint.checks.facts import Facts
from giro_lint.checks.formulas import formula_holds
from giro_lint.model.diagnostic import Finding
from giro_lint.model.patterns import pattern
from giro_lint.model.source import Span

if TYPE_CHECKING:
    from giro_lint.ruleset.text_options import LengthOptions, MentionOptions


def check_mention(facts: Facts, options: MentionOptions) -> Generator[Finding, None, int | str]:
    """Look for the groups' words in the scope, sub-headings included."""
    text = facts.flow(*options.scope).text
    reason = _passed_over(facts, options, text)
    if reason:
        return reason
    elsewhere = facts.flow(*options.settled).text if options.settled else ""
    settled = {group.key for group in options.groups if _first(elsewhere, group.words)}
    found = _found(facts, options, text)
    if options.demand == "none":
        yield from _unwanted(facts, options, {key: at for key, at in found.items() if key not in settled})
        return len(options.groups)
    absent = [group for group in options.groups if group.key not in {*found, *settled}]
    if absent if options.demand == "all" else len(absent) == len(options.groups):
        variant = absent[0].key if len(absent) == 1 else ""
        bare = options.bare and pattern(options.bare).fullmatch(text.replace("\n", ""))
        data = {"missing": "、".join(group.label for group in absent), "count": len(absent), "all": len(options.groups)}
        yield Finding(
            facts.document.home(options.scope[0]), _anchor(options), data, variant="bare" if bare else variant
        )
    return len(options.groups) or 1


def _passed_over(facts: Facts, options: MentionOptions, text: str) -> str:
    """Why the rule has nothing to look at, or empty."""
    if options.when and not all(formula_holds(facts, condition) for condition in options.when):
        return "condition"
    sections = {entry.key for entry in facts.document.edition.sections}
    if options.scope[0] in sections and facts.document.section(options.scope[0]) is None:
        return "no-section"
    if not text.strip() and options.scope[0] != "preamble":
        return "no-text"
    if len(text.replace("\n", "")) < options.least:
        return "short"
    return "exempt" if options.unless and pattern(options.unless).search(text) else ""


def _unwanted(facts: Facts, options: MentionOptions, found: Mapping[str, tuple[int, int]]) -> Iterator[Finding]:
    """The first of the words that should not be there."""
    if found:
        flow = facts.flow(*options.scope)
        key, (start, end) = min(found.items(), key=lambda item: item[1])
        label = next(group.label for group in options.groups if group.key == key)
        yield Finding(flow.span(start, end), _anchor(options), {"found": flow.text[start:end], "label": label})


def _anchor(options: MentionOptions) -> str:
    return "preamble" if options.scope[0] == "preamble" else f"section/{options.scope[0]}"


def _found(facts: Facts, options: MentionOptions, text: str) -> dict[str, tuple[int, int]]:
    """Where each group is first spoken of."""
    other = facts.flow(*options.repeated).text if options.repeated else None
    places = {}
    for group in options.groups:
        at = _first(text, [word for word in group.words if other is None or word in other])
        if at is not None:
            places[group.key] = at
    return places


def _first(text: str, words: Sequence[str]) -> tuple[int, int] | None:
    places = [(at, at + len(word)) for word in words if (at := text.find(word)) >= 0]
    return min(places) if places else None


def check_length(facts: Facts, options: LengthOptions) -> Generator[Finding, None, int | str]:
    """Count the characters of a section without white space; ``bare`` tells a text that says nothing."""
    scope = options.scope[0]
    flow = facts.flow(scope)
    text = flow.text.replace("\n", "")
    section = facts.document.section(scope)
    if section is None or not text:
        return "no-text"
    if any(rule in facts.course.active for rule in options.quiet_with):
        return "said-by-another"
    count = len(text)
    label = section.entry.label if section.entry else ""
    lines = list(section.lines)
    body = Span(lines[0].text_start, lines[-1].end)
    data = {"count": count, "minimum": options.minimum, "maximum": options.maximum, "label": label, "found": text[:20]}
    if options.bare and pattern(options.bare).fullmatch(text):
        yield Finding(body, f"section/{scope}", data, variant="bare" if options.minimum else "")
    elif (options.minimum and count < options.minimum) or (options.maximum and count > options.maximum):
        yield Finding(section.heading.span, f"section/{scope}", data)
    return count
