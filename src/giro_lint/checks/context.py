"""What a figure in a sentence refers to: which time, and the whole or a part. May import: sentences, facts, grammar.numbers, model."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache

from giro_lint.checks.facts import Facts
from giro_lint.checks.sentences import Sentence
from giro_lint.checks.solver import Number
from giro_lint.grammar.numbers import NUMBER_PATTERN, parse_number
from giro_lint.model.patterns import compiled, lazy, pattern

_DELIMITER = lazy("[，；。（）：]")
_DIGIT = lazy("[0-9]")
_LEAD = 8
_AFTER = 14
_YEAR = lazy(r"(?<![较比与同0-9])(?P<year>20\d\d)年")
_SPAN_OF_YEARS = lazy(r"20\d\d年?(?:[至—\-–～~、和及]{1,2}|到)20\d\d年(?!\d)")
_TITLE = lazy(r"《[^》]{0,60}》?")


def clause(sentence: Sentence, start: int, end: int) -> str:
    """The clause of a stretch of a sentence; a short one before it, such as 其中 or 去年, belongs to it.

    Args:
        sentence: the sentence.
        start: index in its text where the stretch begins.
        end: index behind it.

    Returns:
        The clause with the stretch in it, at most 14 characters of what follows.

    """
    text, marks = sentence.text, _marks(sentence)
    last = bisect_left(marks, start) - 1
    begin = marks[last] + 1 if last >= 0 else 0
    earlier = marks[last - 1] + 1 if last > 0 else 0
    if (
        last >= 0
        and text[marks[last]] in "，："
        and marks[last] - earlier <= _LEAD
        and not _DIGIT.search(text, earlier, marks[last])
    ):
        begin = earlier
    following = bisect_left(marks, end)
    if following < len(marks) and marks[following] < end + _AFTER:
        return text[begin : marks[following]]
    return text[begin : end + _AFTER]


def _marks(sentence: Sentence) -> list[int]:
    """Where the clauses of a sentence end."""
    marks: list[int] | None = sentence.memory.get("marks")
    if marks is None:
        marks = sentence.memory["marks"] = [mark.start() for mark in _DELIMITER.finditer(sentence.text)]
    return marks


def of_other_time(facts: Facts, sentence: Sentence, words: str, start: int, end: int) -> bool:
    """Whether a stretch of a sentence, in its clause, speaks of another year than the report's, or of a part of the year."""
    ahead = words[: max(words.rfind(sentence.text[start:end]), 0)]
    if pattern(facts.document.vocabulary.other_time).search(ahead):
        return True
    said, years = _times(facts, sentence)
    stop = len(sentence.before) + end
    if _SPAN_OF_YEARS.search(said, len(sentence.before), stop):
        return True
    told = [year for behind, year in years if behind <= stop]
    return bool(told) and facts.document.year is not None and told[-1] != facts.document.year


def _times(facts: Facts, sentence: Sentence) -> tuple[str, list[tuple[int, int]]]:
    """A sentence with what stands before it, titles blanked; and the years it names, each with the index behind it."""
    if "times" not in sentence.memory:
        said = _TITLE.sub(lambda title: "＿" * len(title.group()), sentence.before + sentence.text)
        carried = pattern(facts.document.vocabulary.carried)
        named = [match for match in _YEAR.finditer(said) if not carried.search(said[: match.start()][-4:])]
        sentence.memory["times"] = said, [(match.end(), int(match["year"])) for match in named]
    times: tuple[str, list[tuple[int, int]]] = sentence.memory["times"]
    return times


def of_part(facts: Facts, sentence: Sentence, words: str, start: int, unit: str) -> bool:
    """Whether a place of a sentence counts a part, as its clause or a list tells: of a channel, of a kind of applicant."""
    vocabulary = facts.document.vocabulary
    if pattern(vocabulary.channels).search(words) or pattern(vocabulary.part_words).search(words):
        return True
    return _list_opening(facts, sentence, start, unit) is not None


def of_channel(facts: Facts, sentence: Sentence, start: int) -> bool:
    """Whether the clause before a place names a channel."""
    return pattern(facts.document.vocabulary.channels).search(clause(sentence, start, start)) is not None


def heads(facts: Facts, sentence: Sentence, start: int, unit: str) -> list[Number] | None:
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
    places = [_list_opening(facts, sentence, start, unit), _open_bracket(sentence.text, start)]
    found = [place for place in places if place is not None]
    if not found:
        return None
    return _last_figure(sentence, max(found), unit) or [number for number, _ in figures(sentence.previous, unit)]


def _open_bracket(text: str, start: int) -> int | None:
    opening, closing = text.rfind("（", 0, start), text.rfind("）", 0, start)
    return opening if opening > closing else None


def _list_opening(facts: Facts, sentence: Sentence, start: int, unit: str) -> int | None:
    """Where the list of parts begins that a place stands in: one that no semicolon or bracket ended, nor its sum."""
    key = ("list", start, unit)
    if key not in sentence.memory:
        sentence.memory[key] = _found_opening(facts, sentence, start, unit)
    opening: int | None = sentence.memory[key]
    return opening


def _found_opening(facts: Facts, sentence: Sentence, start: int, unit: str) -> int | None:
    text = sentence.text
    opening = -1
    for match in pattern(facts.document.vocabulary.part_opening).finditer(text, 0, start):
        opening = match.start()
    if opening < 0:
        return None
    between = text[opening:start]
    if "；" in between or between.count("）") > between.count("（"):
        return None
    parts = _figures_between(sentence, opening, start, unit)
    ahead = _last_figure(sentence, opening, unit) if parts else []
    if parts and not ahead:
        ahead = [number for number, _ in figures(sentence.previous, unit)][-1:]
    return None if ahead and sum(parts) == ahead[0] else opening


def _last_figure(sentence: Sentence, stop: int, unit: str) -> list[Number]:
    """The last figure before a place of a sentence, if there is one."""
    return _figures_between(sentence, 0, stop, unit)[-1:]


def _figures_between(sentence: Sentence, start: int, stop: int, unit: str) -> list[Number]:
    """The figures of a stretch of a sentence; those that follow a place are found once for all stretches that begin there."""
    key = ("figures", start, unit)
    if key not in sentence.memory:
        sentence.memory[key] = [(n, start + match.end()) for n, match in figures(sentence.text[start:], unit)]
    found: list[tuple[Number, int]] = sentence.memory[key]
    return [number for number, end in found if end <= stop]


def figures(text: str, unit: str) -> Iterator[tuple[Number, re.Match[str]]]:
    """The figures of a text that a unit follows."""
    for match in figure_with(unit).finditer(text):
        number = figure(match["n"])
        if number is not None:
            yield number, match


def figure(text: str) -> Number | None:
    """A number in prose, in digits or as a numeral."""
    return int(text) if text.isascii() and text.isdigit() else parse_number(text)


@lru_cache(maxsize=16)
def figure_with(unit: str) -> re.Pattern[str]:
    """A regular expression for a figure ``n`` and a unit ``unit`` behind it."""
    return compiled(f"(?P<n>{NUMBER_PATTERN})(?P<unit>{unit})")
