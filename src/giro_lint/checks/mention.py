"""Kinds ``mention`` and ``length``: what a section speaks of, and how much. May import: facts, model."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from typing import TYPE_CHECKING

from giro_lint.checks.facts import Facts
from giro_lint.checks.formulas import formula_holds
from giro_lint.model.diagnostic import Finding
from giro_lint.model.patterns import pattern
from giro_lint.model.source import Span

if TYPE_CHECKING:
    from giro_lint.ruleset.fields import WordGroup
    from giro_lint.ruleset.text_options import LengthOptions, MentionOptions


def check_mention(facts: Facts, options: MentionOptions) -> Generator[Finding, None, int | str]:
    """Look for the groups' words in the scope, sub-headings included."""
    text = facts.flow(*options.scope).text
    reason = _passed_over(facts, options, text)
    if reason:
        return reason
    open_groups: Sequence[WordGroup] = options.groups
    if options.settled:
        elsewhere = facts.flow(*options.settled).text
        open_groups = [group for group in options.groups if not (elsewhere and facts.says(group.words, elsewhere))]
    repeated = facts.flow(*options.repeated).text if options.repeated else None
    if options.demand == "none":
        yield from _unwanted(facts, options, open_groups, repeated)
        return len(options.groups)
    absent = [group for group in open_groups if not facts.says(_asked(group.words, repeated), text)]
    if absent if options.demand == "all" else len(absent) == len(options.groups):
        variant = absent[0].key if len(absent) == 1 else ""
        bare = options.bare and pattern(options.bare).fullmatch(text.replace("\n", ""))
        data = {"missing": "、".join(group.label for group in absent), "count": len(absent), "all": len(options.groups)}
        yield Finding(
            facts.document.home(options.scope[0]), _anchor(options), data, variant="bare" if bare else variant
        )
    return len(options.groups) or 1


def _asked(words: Sequence[str], repeated: str | None) -> Sequence[str]:
    """The words that count: with ``repeated`` only those that stand there too."""
    return words if repeated is None else [word for word in words if word in repeated]


def _passed_over(facts: Facts, options: MentionOptions, text: str) -> str:
    """Why the rule has nothing to look at, or empty."""
    if options.when and not all(formula_holds(facts, condition) for condition in options.when):
        return "condition"
    scope = options.scope[0]
    if scope not in facts.sections and any(entry.key == scope for entry in facts.document.edition.sections):
        return "no-section"
    if scope != "preamble" and (not text or text.isspace()):
        return "no-text"
    if options.least and len(text) - text.count("\n") < options.least:
        return "short"
    return "exempt" if options.unless and pattern(options.unless).search(text) else ""


def _unwanted(
    facts: Facts, options: MentionOptions, groups: Sequence[WordGroup], repeated: str | None
) -> Iterator[Finding]:
    """The first of the words that should not be there."""
    flow = facts.flow(*options.scope)
    places = [
        (at, at + len(word), group.label)
        for group in groups
        for word in _asked(group.words, repeated)
        if (at := flow.text.find(word)) >= 0
    ]
    if places:
        start, end, label = min(places, key=lambda place: place[:2])
        yield Finding(flow.span(start, end), _anchor(options), {"found": flow.text[start:end], "label": label})


def _anchor(options: MentionOptions) -> str:
    return "preamble" if options.scope[0] == "preamble" else f"section/{options.scope[0]}"


def check_length(facts: Facts, options: LengthOptions) -> Generator[Finding, None, int | str]:
    """Count the characters of a section without white space; ``bare`` tells a text that says nothing."""
    scope = options.scope[0]
    flow = facts.flow(scope)
    text = flow.text.replace("\n", "")
    section = facts.sections.get(scope)
    if section is None or not text:
        return "no-text"
    if any(rule in facts.course.active for rule in options.quiet_with):
        return "said-by-another"
    count = len(text)
    bare = bool(options.bare and pattern(options.bare).fullmatch(text))
    if bare or (options.minimum and count < options.minimum) or (options.maximum and count > options.maximum):
        label, lines = section.entry.label if section.entry else "", list(section.lines)
        body = Span(lines[0].text_start, lines[-1].end) if bare else section.heading.span
        said = {"count": count, "minimum": options.minimum, "maximum": options.maximum}
        data = {**said, "label": label, "found": text[:20]}
        yield Finding(body, f"section/{scope}", data, variant="bare" if bare and options.minimum else "")
    return count
