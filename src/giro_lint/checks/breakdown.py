"""Kind ``breakdown``: a total and the parts a sentence lists for it. May import: context, sentences, facts, model.

A list ends with its sentence, its bracket, a label that begins a new statement, or where it is open a semicolon; brackets
inside it are skipped.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from giro_lint.checks.context import figure, figure_with
from giro_lint.checks.facts import Facts
from giro_lint.checks.sentences import Sentence, narrative_of
from giro_lint.checks.solver import Number
from giro_lint.model.diagnostic import Finding
from giro_lint.model.patterns import lazy, pattern
from giro_lint.model.source import Span

if TYPE_CHECKING:
    from giro_lint.ruleset.figure_options import BreakdownOptions

_NESTED = lazy(r"[（(][^（()）]*[）)]")
_END = lazy(r"[）)]")
_SEMICOLON = lazy("[；;]")
_MARKS = "，,、；;和及与以 ：:有"
_GAP = lazy(r"[，,（(。：:]{0,2}")
_CLAUSE = "，,；;。：:（("
_FARTHEST = 2
"""So many marks may stand between a total and its list."""
_BLANK = "＿"
_LONGEST_LABEL = 24
_ENOUGH = 3


class _List(NamedTuple):
    """A total, its place, the parts, the figures among them with other units, the words, and the most it may be a list of."""

    total: Number
    span: Span
    parts: list[Number]
    others: list[Number]
    words: str
    most: Number


class _Figure(NamedTuple):
    """A figure of a text: its number, None where it cannot be told, its unit, where it begins, where its digits and its unit end."""

    number: Number | None
    unit: str
    start: int
    digits_end: int
    end: int


class _Words(NamedTuple):
    """What stands behind an opening, whatever of it is counted.

    Attributes:
        total: the figure before it.
        unit: the unit of the total.
        span: the place of the total.
        words: the words of the list.
        figures: the figures among them, each with its unit and its label.
        known: the figures with the unit of the total before it.
        most: where the list begins its sentence, the largest of these: it may be a list of that one; else 0.
    """

    total: Number
    unit: str
    span: Span
    words: str
    figures: list[tuple[Number, str, str]]
    known: set[Number]
    most: Number


def check_breakdown(facts: Facts, options: BreakdownOptions) -> Generator[Finding, None, int | str]:
    """Compare the parts of each list with the total before it."""
    looked = 0
    for sentence in _candidates(facts, options):
        for listed in _lists(sentence, options):
            looked += 1
            variant = _ABOVE_OR_BELOW[options.check](listed, options)
            if variant is None or (options.unless and pattern(options.unless).search(listed.words)):
                continue
            if _explained(facts, sentence, options):
                continue
            whole = sum(listed.parts)
            data = {
                "total": listed.total,
                "sum": whole,
                "difference": abs(listed.total - whole),
                "parts": "+".join(map(str, listed.parts)),
            }
            yield Finding(listed.span, "section/overall", data, variant=variant)
    return looked or "nothing-said"


def _candidates(facts: Facts, options: BreakdownOptions) -> Iterator[Sentence]:
    """The sentences that may open a list, as their words tell."""
    gate = pattern(options.opening).gate
    narrative = narrative_of(facts, "overall")
    for number in narrative.having(gate[0] if gate else ()):
        yield narrative.sentences[number]


def _above(listed: _List, options: BreakdownOptions) -> str | None:
    """The parts make more: unless a beginning of the list, or the list without one of them, makes the total."""
    whole = sum(listed.parts)
    if (
        whole <= max(listed.total, listed.most)
        or listed.total in accumulate(listed.parts)
        or whole - listed.total in listed.parts
    ):
        return None
    overlapping = options.overlapping and pattern(options.overlapping).search(listed.words)
    return None if overlapping or listed.total in listed.parts else ""


def _below(listed: _List, options: BreakdownOptions) -> str | None:
    """The parts make less and nothing says that more are left out: ``far`` where the list is probably a partial one."""
    whole = sum(listed.parts)
    if whole >= listed.total or len(listed.parts) < 2 or pattern(options.open_end).search(listed.words):
        return None
    if listed.total - whole in (*listed.others, sum(listed.others)):
        return None
    return "" if whole * 5 >= listed.total * 4 and len(listed.parts) >= _ENOUGH else "far"


_ABOVE_OR_BELOW = {"above": _above, "below": _below}


def _explained(facts: Facts, sentence: Sentence, options: BreakdownOptions) -> bool:
    """Whether a figure of the sentence is already reported as wrong."""
    place = sentence.flow.span(sentence.start, sentence.start + len(sentence.text))
    return any(place.start <= span.start < place.end for rule in options.quiet_after for span in facts.claimed(rule))


def _lists(sentence: Sentence, options: BreakdownOptions) -> Iterator[_List]:
    key = (options.units, options.opening, options.open_end, options.vague, options.partial, options.share)
    opened: list[_Words] | None = sentence.memory.get(key)
    if opened is None:
        opened = sentence.memory[key] = list(_opened(sentence, options))
    for each in opened:
        parts, others = _parts(each, options)
        if parts and sum(parts) not in each.known:
            yield _List(each.total, each.span, parts, others, each.words, each.most)


def _opened(sentence: Sentence, options: BreakdownOptions) -> Iterator[_Words]:
    """What opens a list behind a total, but for lists that open another one."""
    openings = list(pattern(options.opening).finditer(sentence.text))
    figures = _figures(sentence.text, options) if openings else ()
    for position, opening in enumerate(openings):
        start, end = opening.span()
        before = [each for each in figures if each.end <= start]
        text, shift, told = sentence.text, 0, before
        if not before and start <= _FARTHEST:  # the list begins its sentence
            text, shift = sentence.before + text, len(sentence.before)
            told = _figures(text[: shift + start], options)
        head = _head(text, told, shift + start, options)
        words = _words(sentence.text, opening, options) if head else None
        if head is None or words is None:
            continue
        nested = position + 1 < len(openings) and openings[position + 1].start() < end + len(words)
        if not (nested and pattern(options.opening).search(words)):
            known = _known(before if start else _figures(sentence.previous, options), head.unit)
            span = sentence.flow.span(
                sentence.start - shift + head.start,
                sentence.start - shift + head.end,
            )
            most = 0 if before else max(known, default=0)
            yield _Words(head.number or 0, head.unit, span, words, list(_labelled(figures, words, end)), known, most)


def _figures(text: str, options: BreakdownOptions) -> list[_Figure]:
    """The figures of a text that a unit follows."""
    return [
        _Figure(figure(match["n"]), match["unit"], match.start(), match.end("n"), match.end())
        for match in figure_with(options.units).finditer(text)
    ]


def _known(figures: Sequence[_Figure], unit: str) -> set[Number]:
    """The numbers with the unit of the total before the one next to a list: it may split one of them once more."""
    said = list(figures)
    while said and said[-1].number is None:
        said.pop()
    return {each.number for each in said[:-1] if each.number is not None and each.unit == unit}


def _head(text: str, figures: Sequence[_Figure], end: int, options: BreakdownOptions) -> _Figure | None:
    """The figure directly before a list that begins at an offset."""
    found = next((each for each in reversed(figures) if each.number is not None), None)
    if found is None or not _GAP.fullmatch(text, found.end, end):
        return None
    vague = options.vague and pattern(options.vague).search(text[max(found.start - 3, 0) : found.digits_end])
    if vague or not options.partial:
        return None if vague else found
    clause = 1 + max(text.rfind(mark, 0, found.start) for mark in _CLAUSE)
    return None if pattern(options.partial).search(text[clause : found.start]) else found


def _words(text: str, opening: re.Match[str], options: BreakdownOptions) -> str | None:
    """The list behind its opening, with the brackets and shares inside it blanked; None where brackets do not come in pairs."""
    tail = text[opening.end() :]
    for _ in range(3 if "（" in tail or "(" in tail else 0):
        tail = _NESTED.sub(_blanked, tail)
    share = pattern(options.share) if options.share else None
    if share and share.may_match(tail):
        tail = share.compiled.sub(_blanked, tail)
    end = _END.search(tail)
    listed = tail[: end.start()] if end else tail
    if pattern(options.open_end).search(listed):
        listed = _SEMICOLON.split(listed)[0]
    return None if "（" in listed or "(" in listed else listed


def _blanked(found: re.Match[str]) -> str:
    return _BLANK * len(found.group())


def _labelled(figures: Sequence[_Figure], words: str, start: int) -> Iterator[tuple[Number, str, str]]:
    """The figures of a list whose words begin at an offset, each with its unit and its label; blanked ones are left out."""
    behind = 0
    for number, unit, first, _, end in figures:
        at = first - start
        if number is not None and at >= 0 and end - start <= len(words) and words[at] != _BLANK:
            yield number, unit, words[behind:at].replace(_BLANK, "").strip(_MARKS)
            behind = end - start


def _parts(listed: _Words, options: BreakdownOptions) -> tuple[list[Number], list[Number]]:
    """The parts with the unit of the total and those with others; none where a label is too long to be one."""
    found: list[Number] = []
    others: list[Number] = []
    stops = pattern(options.stop).compiled.match if options.stop else None
    for number, unit, label in listed.figures:
        if stops and stops(label):
            break
        if unit != listed.unit:
            others.append(number)
            continue
        if len(label) > _LONGEST_LABEL or "，" in label:
            return [], []
        found.append(number)
    return found, others
