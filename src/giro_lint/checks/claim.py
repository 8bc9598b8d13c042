"""Kind ``claim``: what the narrative says against the tables. May import: facts, sentences, context, grammar.numbers, model.

Silence is the rule wherever time, scope or part of a figure cannot be told, and where the narrative has the right figure as well.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Sequence
from decimal import Decimal
from itertools import compress
from typing import TYPE_CHECKING, Any, NamedTuple

from giro_lint.checks.context import clause, figure, heads, of_channel, of_other_time, of_part
from giro_lint.checks.facts import Facts
from giro_lint.checks.formulas import agree, cell_span, holds, side
from giro_lint.checks.sentences import Sentence, narrative_of
from giro_lint.checks.solver import Number
from giro_lint.grammar.numbers import NUMBER_PATTERN, parse_amount
from giro_lint.model.diagnostic import Finding
from giro_lint.model.formula import Formula
from giro_lint.model.patterns import Pattern, pattern
from giro_lint.model.source import Span
from giro_lint.model.values import Amount

if TYPE_CHECKING:
    from giro_lint.ruleset.fields import Statement
    from giro_lint.ruleset.figure_options import ClaimOptions

_TOLERANCE = Decimal("0.01")
_PLACEHOLDERS = {
    "{n}": f"(?P<n>{NUMBER_PATTERN})",
    "{m}": f"(?P<m>{NUMBER_PATTERN}元)",
    "{p}": r"(?P<p>\d{1,3}(?:\.\d{1,6})?)",
}


class _Said:
    """A statement where it is made: the number, sum or share it gives, whether that fits, and what would have."""

    def __init__(
        self, sentence: Sentence, match: re.Match[str], value: Number | str, fits: bool, expected: Sequence[Number]
    ) -> None:
        self.sentence, self.match, self.value = sentence, match, value
        self.fits, self.expected = fits, expected

    @property
    def span(self) -> Span:
        """The figure, else all of the statement."""
        group = next((name for name in ("p", "m", "n") if name in self.match.re.groupindex), 0)
        start = self.sentence.start
        return self.sentence.flow.span(start + self.match.start(group), start + self.match.end(group))


def check_claim(facts: Facts, options: ClaimOptions) -> Generator[Finding, None, int | str]:
    """Yield each statement whose figures are all wrong in the same way; statements that contradict each other are left alone."""
    findings, looked = _found(facts, options)
    yield from findings
    return looked or "nothing-said"


def idle_claims(facts: Facts, rules: Sequence[ClaimOptions]) -> Sequence[int | str | None]:
    """Which rules find nothing; what the others find is kept for their checks."""
    found = [_found(facts, rule) for rule in rules]
    return [None if findings else looked or "nothing-said" for findings, looked in found]


class _Way(NamedTuple):
    """A way to make a statement.

    Attributes:
        number: place of the statement among those of the rule.
        statement: the statement.
        pattern: how it is made, the placeholders filled in.
        unless: what sets it aside where the clause has it.
        unless_sentence: what sets it aside where the sentence has it.
    """

    number: int
    statement: Statement
    pattern: Pattern
    unless: Pattern | None
    unless_sentence: Pattern | None


class _Rule(NamedTuple):
    """The ways to make the statements of a rule, earlier ones first, and what its words are compared with."""

    ways: Sequence[_Way]
    needs: Pattern | None
    unless: Pattern | None
    unless_before: Pattern | None
    unless_sentence: Pattern | None


def _rule(options: ClaimOptions) -> _Rule:
    ways = [
        _way(number, statement, source, options.unit)
        for number, statement in enumerate(options.statements)
        for source in statement.patterns
    ]
    words = (options.needs, options.unless, options.unless_before, options.unless_sentence)
    return _Rule(ways, *map(_given, words))


def _way(number: int, statement: Statement, source: str, unit: str) -> _Way:
    given = _given(statement.unless), _given(statement.unless_sentence)
    return _Way(number, statement, _filled(source, unit), *given)


def _given(source: str) -> Pattern | None:
    return pattern(source) if source else None


def _filled(source: str, unit: str) -> Pattern:
    gate = getattr(source, "gate", ())
    for placeholder, expression in _PLACEHOLDERS.items():
        source = source.replace(placeholder, expression)
    return Pattern(source.replace("{u}", f"(?:{unit})"), gate)


_Found = tuple[Sequence[Finding], int]
"""The findings of a rule, and how many statements were judged."""


def _found(facts: Facts, options: ClaimOptions) -> _Found:
    """What a rule finds, worked out once for all that ask."""
    key = ("claim", id(options))
    found: _Found | None = facts.memory.get(key)
    if found is None:
        found = facts.memory[key] = _compared(facts, options)
    return found


def _compared(facts: Facts, options: ClaimOptions) -> _Found:
    """The statements of a rule, compared with the tables.

    One is set aside only where one of its kind does not fit: what all of them say is right, whatever they speak of.
    """
    rule = facts.course.ready(options, _rule)
    looked = 0
    wrong: list[tuple[int, _Said]] = []
    for number, told in _made(facts, options, rule).items():
        made = [one for _, one in told]
        if not all(one.fits for one in made):
            made = [one for way, one in told if not _set_aside(facts, one, options, rule, way)]
            if made and not any(one.fits for one in made) and len({one.value for one in made}) == 1:
                wrong.append((number, made[0]))
        looked += len(made)
    if wrong and any(facts.failed(each) for each in options.quiet_after):
        wrong = []
    return [_finding(facts, one, options, options.statements[number]) for number, one in wrong], looked


def _made(facts: Facts, options: ClaimOptions, rule: _Rule) -> dict[int, list[tuple[_Way, _Said]]]:
    """The statements that the narrative makes, by their number in the rule."""
    narrative = narrative_of(facts, *options.scope)
    made: dict[int, list[tuple[_Way, _Said]]] = {}
    for place in narrative.having(options.gate):
        sentence = narrative.sentences[place]
        ways = _possible(sentence, rule)
        if ways:
            for way, one in _statements(facts, sentence, options, ways):
                made.setdefault(way.number, []).append((way, one))
    return made


def _possible(sentence: Sentence, rule: _Rule) -> Sequence[_Way]:
    """The ways in which a sentence may make a statement, as its words tell."""
    text = sentence.text
    ways = [way for way in rule.ways if way.pattern.may_match(text)]
    if not ways or (rule.needs and not rule.needs.search(sentence.context)):
        return ()
    return ways


def _finding(facts: Facts, said: _Said, options: ClaimOptions, statement: Statement) -> Finding:
    data = {
        "found": said.match.group(),
        "number": said.value,
        "expected": said.expected[0] if said.expected else "",
        "sentence": said.sentence.text[:60],
    }
    return Finding(said.span, options.anchor, data, related=_cells(facts, statement))


def _foreign(facts: Facts, sentence: Sentence) -> bool:
    """Whether a sentence speaks of another body or of more than one."""
    foreign: bool | None = sentence.memory.get("foreign")
    if foreign is None:
        foreign = sentence.memory["foreign"] = facts.foreign_scope(sentence.text)
    return foreign


def _statements(
    facts: Facts, sentence: Sentence, options: ClaimOptions, ways: Sequence[_Way]
) -> list[tuple[_Way, _Said]]:
    """The statements of a sentence that can be judged; an earlier one of the rule takes its words from the later ones."""
    found: list[tuple[_Way, _Said]] = []
    taken: list[tuple[int, int]] = []
    for way in ways:
        for match in way.pattern.compiled.finditer(sentence.text):
            start, end = span = match.span()
            if not _overlaps(taken, start, end):
                taken.append(span)
                said = _judged(facts, sentence, match, options, way.statement)
                if said is not None:
                    found.append((way, said))
    return found


def _overlaps(taken: Sequence[tuple[int, int]], begin: int, end: int) -> bool:
    for start, stop in taken:  # noqa: SIM110  a plain loop: this runs for every statement
        if start < end and begin < stop:
            return True
    return False


def _set_aside(facts: Facts, said: _Said, options: ClaimOptions, rule: _Rule, way: _Way) -> bool:
    """Whether the clause of a statement speaks of something else, of another time, of a part, or of parts of an unknown whole."""
    sentence, (start, end) = said.sentence, said.match.span()
    text = sentence.text
    if rule.unless_sentence and rule.unless_sentence.search(text):
        return True
    if options.scoped and _foreign(facts, sentence):
        return True
    begin, stop = clause(sentence, start, end)
    words = text[begin:stop]
    if rule.unless and rule.unless.search(words):
        return True
    if way.unless and way.unless.search(words):
        return True
    if way.unless_sentence and way.unless_sentence.search(text):
        return True
    if rule.unless_before and rule.unless_before.search(text[:start]):
        return True
    if of_other_time(facts, sentence, begin, start, end):
        return True
    if options.whole and of_part(facts, sentence, words, start, options.unit):
        return True
    return bool(options.heads) and not _asked(facts, sentence, said.match, options, way.statement)


def _asked(
    facts: Facts, sentence: Sentence, match: re.Match[str], options: ClaimOptions, statement: Statement
) -> Sequence[Formula]:
    """What is expected of a statement: of a part, what goes with the figure that it is a part of; nothing where that is unknown."""
    if not options.heads:
        return statement.expect
    wholes = heads(facts, sentence, match.start(), options.unit)
    if wholes is None:
        return () if of_channel(facts, sentence, match.start()) else statement.expect
    fitting = _fitting(facts, options, wholes)
    if len(fitting) != len(statement.expect):
        return statement.expect if True in fitting else ()
    return list(compress(statement.expect, fitting))


def _fitting(facts: Facts, options: ClaimOptions, wholes: Sequence[Number]) -> Sequence[bool]:
    """Which of the formulas for wholes a figure fits; the parts of a list share theirs."""
    key = ("heads", id(options), *wholes)
    fitting: Sequence[bool] | None = facts.memory.get(key)
    if fitting is None:
        verdicts = [[_verdict(facts, formula, whole)[0] for whole in wholes] for formula in options.heads]
        fitting = facts.memory[key] = [True in each for each in verdicts]
    return fitting


def _judged(
    facts: Facts, sentence: Sentence, match: re.Match[str], options: ClaimOptions, statement: Statement
) -> _Said | None:
    """A statement with its verdict; None where it cannot be told."""
    named = match.re.groupindex
    value: Number | Amount | None = 0
    if "m" in named:
        value = parse_amount(match["m"])
    elif "n" in named:
        value = figure(match["n"])
    if value is None:
        return None
    if "p" in named:
        return _share(facts, sentence, match, value, statement) if not isinstance(value, Amount) else None
    expected: list[Number] = []
    several = options.heads and len(statement.expect) > 1  # of a single one it is told where it does not fit
    asked = _asked(facts, sentence, match, options, statement) if several else statement.expect
    for formula in asked:
        fits, figures = _verdict(facts, formula, value, options.cell_unit)
        if fits:
            return _Said(sentence, match, _shown(value), fits=True, expected=())
        if fits is False:
            expected += figures
    if not expected:
        return None
    part = options.scoped and facts.may_be_part(sentence.text)
    if part and not isinstance(value, Amount) and value < max(expected):
        return None
    return _Said(sentence, match, _shown(value), fits=False, expected=expected)


def _shown(value: Number | Amount) -> Number | str:
    return _plain(value.value) if isinstance(value, Amount) else value


def _plain(value: Number) -> str:
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)


def _verdict(
    facts: Facts, formula: Formula, said: Number | Amount, cell_unit: str = ""
) -> tuple[bool | None, Sequence[Number]]:
    """Whether a formula holds, None when that cannot be told; and what would have been right."""
    if isinstance(said, Amount):
        return _verdict_on_amount(facts, formula, said, cell_unit)
    expected: list[Number] = []
    for part in formula.comparisons:
        left, test, right = part
        rights, known = side(facts, right)
        if left[0].name == "n":
            if test == "=" and known and rights is not None and said in rights:
                expected += rights
                continue
            lefts: Sequence[Number] | None = [said]
            otherwise = rights
        else:
            lefts, figures = side(facts, left)
            otherwise, known = lefts, known and figures
        if not known or lefts is None or rights is None:
            return None, ()
        if not agree(part, lefts, rights):
            return False, otherwise or ()
        expected += rights
    return True, expected


def _verdict_on_amount(
    facts: Facts, formula: Formula, said: Amount, cell_unit: str
) -> tuple[bool | None, Sequence[Number]]:
    """The same for a sum of money, which every comparison of the formula is about."""
    for part in formula.comparisons:
        if not side(facts, part.right).figures or not (part.left[0].name == "n" or side(facts, part.left).figures):
            return None, ()
        cell = _amount(facts, part.right[0].name, cell_unit)
        if cell is None:
            return None, ()
        if not (holds(part, said.low, cell.high) or said.agrees(cell)):
            return False, [cell.value]
    return True, ()


def _amount(facts: Facts, name: str, unit: str) -> Amount | None:
    """The sum of money in a cell; a 0 is exactly nothing."""
    table, row, column = name.split(".")
    cell = facts.document.tables[table].cells[row, column]
    amount = parse_amount(cell.text, unit)
    return amount._replace(low=amount.value, high=amount.value) if amount and not amount.value else amount


def _share(facts: Facts, sentence: Sentence, match: re.Match[str], part: Number, statement: Statement) -> _Said | None:
    """A percentage against the part's share of each figure that it may be a share of."""
    share = Decimal(match["p"])
    exponent = share.as_tuple().exponent
    half = Decimal(5).scaleb(int(exponent) - 1)
    shares: list[Number] = []
    for formula in statement.share_of:
        wholes = side(facts, formula.comparisons[0].right)
        for whole in wholes.values or ():
            if whole and wholes.figures:
                exact = Decimal(part) * 100 / Decimal(whole)
                if abs(exact - share) <= max(half, _TOLERANCE):
                    return _Said(sentence, match, str(share), fits=True, expected=())
                shares.append(exact.quantize(Decimal("0.01")))
    return _Said(sentence, match, str(share), fits=False, expected=shares) if shares else None


def _cells(facts: Facts, statement: Statement) -> tuple[tuple[Span, str, dict[str, Any]], ...]:
    """The cells of a statement that have a place of their own."""
    names = dict.fromkeys(
        name for formula in (*statement.expect, *statement.share_of) for name in formula.names if "." in name
    )
    spans = [span for name in names if (span := cell_span(facts, name))]
    return tuple((span, "cell", {}) for span in spans[:3])
