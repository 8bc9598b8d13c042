"""Kind ``breakdown``: a total and the parts a sentence lists for it. May import: context, sentences, facts, formulas, model.

A list ends with its sentence, its bracket, a label that begins a new statement, or where it is open a semicolon; brackets
inside it are skipped.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterable, Iterator, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from giro_lint.checks.context import Figure, figures_of, find_figures
from giro_lint.checks.facts import Facts
from giro_lint.checks.formulas import agree, side
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
_SEMICOLONS = frozenset("；;")
_MARKS = "，,、；;和及与以 ：:有"
_CLAUSE = "，,；;。：:（("
_GAP = lazy(r"[，,（(。：:]{0,2}")
_FARTHEST = 2
"""So many marks may stand between a total and its list."""
_BLANK = "＿"
_LONGEST_LABEL = 24
_ENOUGH = 3


class _List(NamedTuple):
    """A total, its place, the parts, the figures among them that are none, and what they are listed in."""

    total: Number
    span: Span
    parts: list[Number]
    others: list[Number]
    source: _Words


class _Words(NamedTuple):
    """What stands behind an opening, whatever of it is counted.

    Attributes:
        total: the figure before it.
        unit: the unit of the total.
        span: the place of the total.
        words: the words of the list.
        figures: the figures among them, each with its unit and its label.
        known: the figures with the unit of the total before it.
        sentence: the sentence of the list.
        apart: whether the list begins it, so that what it splits may be more than the figure before.
        cut: whether the words end at a semicolon, behind which the list may go on.
    """

    total: Number
    unit: str
    span: Span
    words: str
    figures: list[tuple[Number, str, str]]
    known: set[Number]
    sentence: Sentence
    apart: bool
    cut: bool


def check_breakdown(facts: Facts, options: BreakdownOptions) -> Generator[Finding, None, int | str]:
    """Compare the parts of each list with the total before it."""
    looked = 0
    for sentence in _candidates(facts, options):
        for listed in _lists(sentence, options):
            looked += 1
            variant = _ABOVE_OR_BELOW[options.check](listed, options)
            if variant is None or (options.unless and pattern(options.unless).search(listed.source.words)):
                continue
            whole = sum(listed.parts)
            if _explained(facts, sentence, options) or _carried(facts, listed, whole - listed.total, options):
                continue
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
    """The parts make more: unless a beginning of the list, the list without one of them, or all figures before it make the total."""
    whole = sum(listed.parts)
    source = listed.source
    if whole <= listed.total or listed.total in accumulate(listed.parts) or whole - listed.total in listed.parts:
        return None
    if source.apart and whole <= listed.total + sum(source.known):
        return None
    overlapping = options.overlapping and pattern(options.overlapping).search(source.words)
    return None if overlapping or listed.total in listed.parts else ""


def _below(listed: _List, options: BreakdownOptions) -> str | None:
    """The parts make less and nothing says that more are left out: ``far`` where the list is probably a partial one."""
    whole = sum(listed.parts)
    source = listed.source
    if whole >= listed.total or len(listed.parts) < 2 or source.cut or pattern(options.open_end).search(source.words):
        return None
    if listed.total - whole in (*listed.others, sum(listed.others)):
        return None
    if whole * 5 >= listed.total * 4 and len(listed.parts) >= _ENOUGH:
        return ""
    return None if source.apart and source.known else "far"


_ABOVE_OR_BELOW = {"above": _above, "below": _below}


def _explained(facts: Facts, sentence: Sentence, options: BreakdownOptions) -> bool:
    """Whether a figure of the sentence is already reported as wrong."""
    place = sentence.flow.span(sentence.start, sentence.start + len(sentence.text))
    return any(place.start <= span.start < place.end for rule in options.quiet_after for span in facts.claimed(rule))


def _carried(facts: Facts, listed: _List, excess: Number, options: BreakdownOptions) -> bool:
    """Whether the excess of a list of results is a figure before it, or fits what the tables say of the year before."""
    if not options.results or not pattern(options.results).search(listed.source.words):
        return False
    return excess in _earlier(listed.source, options) or any(
        agree(part, (excess,), side(facts, part.right).values or ())
        for formula in options.carried
        for part in formula.comparisons
    )


def _earlier(source: _Words, options: BreakdownOptions) -> set[Number]:
    """The figures with the unit of a total before it, in its sentence and in the one before."""
    if source.apart:
        return source.known
    return source.known | _numbers(find_figures(source.sentence.previous, options.units), source.unit)


def _lists(sentence: Sentence, options: BreakdownOptions) -> Iterator[_List]:
    key = (options.units, options.opening, options.open_end, options.vague, options.partial, options.share)
    opened: list[_Words] | None = sentence.memory.get(key)
    if opened is None:
        opened = sentence.memory[key] = list(_opened(sentence, options))
    for each in opened:
        parts, others = _parts(each, options)
        if parts and sum(parts) not in each.known:
            yield _List(each.total, each.span, parts, others, each)


def _opened(sentence: Sentence, options: BreakdownOptions) -> Iterator[_Words]:
    """What opens a list behind a total, but for lists that open another one."""
    openings = list(pattern(options.opening).finditer(sentence.text))
    figures = figures_of(sentence, options.units) if openings else ()
    for position, opening in enumerate(openings):
        start, end = opening.span()
        before = [each for each in figures if each.end <= start]
        total = _total(sentence, before, start, options)
        words = _words(sentence.text, opening, options) if total else None
        if total is None or words is None:
            continue
        nested = position + 1 < len(openings) and openings[position + 1].start() < end + len(words)
        if not (nested and pattern(options.opening).search(words)):
            number, unit, span = total
            known = _known(before or find_figures(sentence.previous, options.units), unit)
            cut = sentence.text[end + len(words) : end + len(words) + 1] in _SEMICOLONS
            labelled = list(_labelled(figures, words, end))
            yield _Words(number, unit, span, words, labelled, known, sentence, apart=not before, cut=cut)


def _known(figures: Sequence[Figure], unit: str) -> set[Number]:
    """The numbers with the unit of the total before the one next to a list: it may split one of them once more."""
    said = list(figures)
    while said and said[-1].number is None:
        said.pop()
    return _numbers(said[:-1], unit)


def _numbers(figures: Iterable[Figure], unit: str) -> set[Number]:
    """The numbers of the figures with a unit."""
    return {each.number for each in figures if each.number is not None and each.unit == unit}


def _total(
    sentence: Sentence, before: Sequence[Figure], end: int, options: BreakdownOptions
) -> tuple[Number, str, Span] | None:
    """The figure directly before a list, its unit and its place; in the sentence before when the list begins one."""
    text, shift = sentence.text, 0
    if not before and end <= _FARTHEST:
        text, shift = sentence.before + text, len(sentence.before)
        before = find_figures(text[: shift + end], options.units)
    for number, unit, start, digits_end, stop in reversed(before):
        if number is not None:
            if not _GAP.fullmatch(text, stop, shift + end):
                return None
            clause = 1 + max(text.rfind(mark, 0, start) for mark in _CLAUSE)
            vague = options.vague and pattern(options.vague).search(text[max(start - 3, 0) : digits_end])
            if vague or (options.partial and pattern(options.partial).search(text[clause:start])):
                return None
            begin = sentence.start - shift
            return number, unit, sentence.flow.span(begin + start, begin + stop)
    return None


def _words(text: str, opening: re.Match[str], options: BreakdownOptions) -> str | None:
    """The list behind its opening, with the brackets and shares inside it blanked; None where brackets do not come in pairs."""
    tail = text[opening.end() :]
    for _ in range(3 if "（" in tail or "(" in tail else 0):
        tail = _NESTED.sub(_blanked, tail)
    if options.share:
        tail = pattern(options.share).sub(_blanked, tail)
    end = _END.search(tail)
    listed = tail[: end.start()] if end else tail
    if pattern(options.open_end).search(listed):
        listed = _SEMICOLON.split(listed)[0]
    return None if "（" in listed or "(" in listed else listed


def _blanked(found: re.Match[str]) -> str:
    return _BLANK * len(found.group())


def _labelled(figures: Sequence[Figure], words: str, start: int) -> Iterator[tuple[Number, str, str]]:
    """The figures of a list whose words begin at an offset, each with its unit and its label; blanked ones are left out."""
    behind = 0
    for number, unit, first, _, end in figures:
        at = first - start
        if number is not None and at >= 0 and end - start <= len(words) and words[at] != _BLANK:
            yield number, unit, words[behind:at].replace(_BLANK, "").strip(_MARKS)
            behind = end - start


def _parts(listed: _Words, options: BreakdownOptions) -> tuple[list[Number], list[Number]]:
    """The parts with the unit of the total, and what is none: others, and what ends the list; none where a label is too long."""
    found: list[Number] = []
    others: list[Number] = []
    stops = pattern(options.stop).compiled.match if options.stop else None
    for number, unit, label in listed.figures:
        if stops and stops(label):
            others.append(number)
            break
        if unit != listed.unit:
            others.append(number)
            continue
        if len(label) > _LONGEST_LABEL or "，" in label:
            return [], []
        found.append(number)
    return found, others
