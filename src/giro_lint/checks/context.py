"""What a figure in a sentence refers to: which time, and the whole or a part. May import: sentences, facts, grammar.numbers, model.

What several rules ask of a sentence is worked out once and kept in the sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from giro_lint.checks.facts import Facts
from giro_lint.checks.sentences import Sentence
from giro_lint.checks.solver import Number
from giro_lint.grammar.numbers import NUMBER_PATTERN, parse_number
from giro_lint.model.patterns import compiled, lazy, pattern

_DELIMITER = lazy("[，；。（）：]")
_DIGIT = lazy("[0-9]")
_LEAD = 8
_AFTER = 14
_YEAR = lazy(r"20(?<![较比与同0-9]20)(?P<last>\d\d)年")
_CENTURY = 2000
_SPAN_OF_YEARS = lazy(r"20\d\d年?(?:[至—\-–～~、和及]{1,2}|到)20\d\d年(?!\d)")
_TITLE = lazy(r"《[^》]{0,60}》?")


class Figure(NamedTuple):
    """A figure that a unit follows.

    Attributes:
        number: what it says, None where it cannot be told.
        unit: its unit.
        start: index where it begins.
        digits_end: index behind its digits.
        end: index behind its unit.
    """

    number: Number | None
    unit: str
    start: int
    digits_end: int
    end: int


def clause(sentence: Sentence, start: int, end: int) -> tuple[int, int]:
    """The clause of a stretch of a sentence; a short one before it, such as 其中 or 去年, belongs to it.

    Args:
        sentence: the sentence.
        start: index in its text where the stretch begins.
        end: index behind it.

    Returns:
        Where the clause begins and where it ends, at most 14 characters behind the stretch.

    """
    marks, begins = _clauses(sentence)
    following = bisect_left(marks, end)
    stop = marks[following] if following < len(marks) else len(sentence.text)
    return begins[bisect_left(marks, start)], min(stop, end + _AFTER)


_Clauses = tuple[list[int], list[int]]


def _clauses(sentence: Sentence) -> _Clauses:
    """Where the clauses of a sentence end, and for each where it begins; the last one ends with the sentence."""
    clauses: _Clauses | None = sentence.memory.get("clauses")
    if clauses is None:
        text = sentence.text
        marks = [mark.start() for mark in _DELIMITER.finditer(text)]
        begins = [0]
        earlier = 0
        for mark in marks:
            short = mark - earlier <= _LEAD and text[mark] in "，：" and not _DIGIT.search(text, earlier, mark)
            begins.append(earlier if short else mark + 1)
            earlier = mark + 1
        clauses = sentence.memory["clauses"] = marks, begins
    return clauses


def of_other_time(facts: Facts, sentence: Sentence, begin: int, start: int, end: int) -> bool:
    """Whether a stretch of a sentence, whose clause begins somewhere, speaks of another year than the report's or of a part of it."""
    if pattern(facts.document.vocabulary.other_time).search(sentence.text[begin:start]):
        return True
    said, dated, years = _times(facts, sentence)
    if not dated:
        return False
    stop = len(sentence.before) + end
    if _SPAN_OF_YEARS.search(said, len(sentence.before), stop):
        return True
    told = [year for behind, year in years if behind <= stop]
    return bool(told) and facts.document.year is not None and told[-1] != facts.document.year


_Times = tuple[str, bool, list[tuple[int, int]]]


def _times(facts: Facts, sentence: Sentence) -> _Times:
    """A sentence with what stands before it, titles blanked; whether it has years; and those it is about, with the index behind."""
    times: _Times | None = sentence.memory.get("times")
    if times is None:
        said = sentence.before + sentence.text
        if "《" in said:
            said = _TITLE.sub(lambda title: "＿" * len(title.group()), said)
        carried = pattern(facts.document.vocabulary.carried)
        named = list(_YEAR.finditer(said))
        years = [
            (year.end(), _CENTURY + int(year["last"]))
            for year in named
            if not carried.search(said[max(year.start() - 4, 0) : year.start()])
        ]
        times = sentence.memory["times"] = said, bool(named), years
    return times


def of_part(facts: Facts, sentence: Sentence, words: str, start: int, unit: str) -> bool:
    """Whether a place of a sentence counts a part, as its clause or a list tells: of a channel, of a kind of applicant."""
    vocabulary = facts.document.vocabulary
    if pattern(vocabulary.channels).search(words) or pattern(vocabulary.part_words).search(words):
        return True
    return _list_around(facts, sentence, start, unit) is not None


def of_channel(facts: Facts, sentence: Sentence, start: int) -> bool:
    """Whether the clause before a place names a channel."""
    begin, end = clause(sentence, start, start)
    return pattern(facts.document.vocabulary.channels).search(sentence.text[begin:end]) is not None


def heads(facts: Facts, sentence: Sentence, start: int, unit: str) -> Sequence[Number] | None:
    """The figures that a part may be a part of.

    Args:
        facts: the document.
        sentence: the sentence.
        start: index in its text where the part stands.
        unit: regular expression of the units.

    Returns:
        The last figure before its list, or for a list that begins a sentence all of the sentence before; None where it
        stands in no list.

    """
    listed = _list_around(facts, sentence, start, unit)
    bracket = _open_bracket(sentence.text, start)
    if bracket is not None and (listed is None or bracket > listed.begin):
        return _last_figure(sentence, bracket, unit) or _figures_before(sentence, unit)
    return listed and (listed.ahead or _figures_before(sentence, unit))


def _open_bracket(text: str, start: int) -> int | None:
    opening = text.rfind("（", 0, start)
    return opening if opening >= 0 and opening > text.rfind("）", 0, start) else None


class _List(NamedTuple):
    """A list of parts in a sentence.

    Attributes:
        begin: where the words stand that open it.
        end: where these words end.
        ahead: the last figure before it in the sentence, if there is one.
        parts: what the figures behind its beginning come to together, each with the index behind it.
    """

    begin: int
    end: int
    ahead: Sequence[Number]
    parts: Sequence[tuple[int, Number]]


def _list_around(facts: Facts, sentence: Sentence, start: int, unit: str) -> _List | None:
    """The list that a place of a sentence stands in: one that no semicolon or bracket ended, nor its sum."""
    found = None
    for listed in _lists(facts, sentence, unit):
        if listed.end <= start:
            found = listed
    if found is None or _closed(sentence.text, found.begin, start):
        return None
    for end, total in reversed(found.parts):
        if end <= start:
            ahead = found.ahead or _figures_before(sentence, unit)[-1:]
            return None if ahead and total == ahead[0] else found
    return found


def _closed(text: str, begin: int, end: int) -> bool:
    """Whether a semicolon or a bracket ended a list before a place."""
    return text.find("；", begin, end) >= 0 or text.count("）", begin, end) > text.count("（", begin, end)


def _lists(facts: Facts, sentence: Sentence, unit: str) -> Sequence[_List]:
    """What opens a list in a sentence, each with the figures behind it."""
    key = ("lists", unit)
    lists: Sequence[_List] | None = sentence.memory.get(key)
    if lists is None:
        opening = pattern(facts.document.vocabulary.part_opening)
        spans = [match.span() for match in opening.finditer(sentence.text)]
        lists = sentence.memory[key] = [_list_at(sentence, begin, end, unit) for begin, end in spans]
    return lists


def _list_at(sentence: Sentence, begin: int, end: int, unit: str) -> _List:
    parts: list[tuple[int, Number]] = []
    total: Number = 0
    for each in figures_of(sentence, unit):
        if each.number is not None and each.start >= begin:
            total += each.number
            parts.append((each.end, total))
    return _List(begin, end, _last_figure(sentence, begin, unit), parts)


def _last_figure(sentence: Sentence, stop: int, unit: str) -> list[Number]:
    """The last figure before a place of a sentence, if there is one."""
    return [each.number for each in figures_of(sentence, unit) if each.number is not None and each.end <= stop][-1:]


def figures_of(sentence: Sentence, unit: str) -> Sequence[Figure]:
    """The figures of a sentence that a unit follows."""
    key = ("figures", unit)
    found: Sequence[Figure] | None = sentence.memory.get(key)
    if found is None:
        found = sentence.memory[key] = find_figures(sentence.text, unit)
    return found


def find_figures(text: str, unit: str) -> list[Figure]:
    """The figures of a text that a unit follows."""
    return [
        Figure(figure(match["n"]), match["unit"], match.start(), match.end("n"), match.end())
        for match in _figure_with(unit).finditer(text)
    ]


def _figures_before(sentence: Sentence, unit: str) -> list[Number]:
    """The figures of the sentence before."""
    key = ("before", unit)
    found: list[Number] | None = sentence.memory.get(key)
    if found is None:
        said = find_figures(sentence.previous, unit)
        found = sentence.memory[key] = [each.number for each in said if each.number is not None]
    return found


def figure(text: str) -> Number | None:
    """A number in prose, in digits or as a numeral."""
    return int(text) if text.isascii() and text.isdigit() else parse_number(text)


@lru_cache(maxsize=16)
def _figure_with(unit: str) -> re.Pattern[str]:
    """A regular expression for a figure ``n`` and a unit ``unit`` behind it."""
    return compiled(f"(?P<n>{NUMBER_PATTERN})(?P<unit>{unit})")
