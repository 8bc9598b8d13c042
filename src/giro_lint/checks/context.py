"""What a figure in a sentence refers to: which time, and the whole or a part. May import: sentences, facts, grammar.numbers, model."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from giro_lint.checks.facts import Facts
from giro_lint.checks.sentences import Sentence
from giro_lint.checks.solver import Number
from giro_lint.grammar.numbers import NUMBER_PATTERN, parse_number
from giro_lint.model.patterns import pattern

_DELIMITER = re.compile("[，；。（）：]")
_DIGIT = re.compile("[0-9]")
_LEAD = 8
_AFTER = 14
_YEAR = re.compile(r"(?<![较比与同0-9])(?P<year>20\d\d)年")
_SPAN_OF_YEARS = re.compile(r"20\d\d年?(?:[至—\-–～~、和及]{1,2}|到)20\d\d年(?!\d)")
_TITLE = re.compile(r"《[^》]{0,60}》?")


def clause(sentence: Sentence, start: int, end: int) -> str:
    """The clause of a stretch of a sentence; a short one before it, such as 其中 or 去年, belongs to it.

    Args:
        sentence: the sentence.
        start: index in its text where the stretch begins.
        end: index behind it.

    Returns:
        The clause with the stretch in it, at most 14 characters of what follows.

    """
    text = sentence.text
    marks = [mark.start() for mark in _DELIMITER.finditer(text, 0, start)]
    begin = marks[-1] + 1 if marks else 0
    earlier = marks[-2] + 1 if len(marks) > 1 else 0
    if (
        marks
        and text[marks[-1]] in "，："
        and marks[-1] - earlier <= _LEAD
        and not _DIGIT.search(text, earlier, marks[-1])
    ):
        begin = earlier
    following = _DELIMITER.search(text, end, end + _AFTER)
    return text[begin : following.start() if following else end + _AFTER]


def of_other_time(facts: Facts, sentence: Sentence, start: int, end: int) -> bool:
    """Whether a stretch of a sentence speaks of another year than the report's, or of a part of the year."""
    year = facts.document.year
    words = clause(sentence, start, end)
    ahead = words[: max(words.rfind(sentence.text[start:end]), 0)]
    if pattern(facts.document.vocabulary.other_time).search(ahead):
        return True
    said = _TITLE.sub(lambda title: "＿" * len(title.group()), sentence.before + sentence.text[:end])
    if _SPAN_OF_YEARS.search(said, len(sentence.before)):
        return True
    carried = pattern(facts.document.vocabulary.carried)
    years = [int(match["year"]) for match in _YEAR.finditer(said) if not carried.search(said[: match.start()][-4:])]
    return bool(years) and year is not None and years[-1] != year


def of_part(facts: Facts, sentence: Sentence, start: int, end: int, unit: str) -> bool:
    """Whether a stretch of a sentence counts a part: of a channel, a kind of applicant, or a list that is not complete."""
    words = clause(sentence, start, end)
    vocabulary = facts.document.vocabulary
    named = any(pattern(each).search(words) for each in (vocabulary.channels, vocabulary.part_words))
    return named or _list_opening(facts, sentence, start, unit) is not None


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
    here = [number for number, _ in figures(sentence.text[: max(found)], unit)]
    return here[-1:] or [number for number, _ in figures(sentence.previous, unit)]


def _open_bracket(text: str, start: int) -> int | None:
    opening, closing = text.rfind("（", 0, start), text.rfind("）", 0, start)
    return opening if opening > closing else None


def _list_opening(facts: Facts, sentence: Sentence, start: int, unit: str) -> int | None:
    """Where the list of parts begins that a place stands in: one that no semicolon or bracket ended, nor its sum."""
    text = sentence.text
    found = [match.start() for match in pattern(facts.document.vocabulary.part_opening).finditer(text, 0, start)]
    if not found:
        return None
    between = text[found[-1] : start]
    if "；" in between or between.count("）") > between.count("（"):
        return None
    ahead = list(figures(text[: found[-1]], unit)) or list(figures(sentence.previous, unit))
    parts = [number for number, _ in figures(between, unit)]
    return None if ahead and parts and sum(parts) == ahead[-1][0] else found[-1]


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
    return re.compile(f"(?P<n>{NUMBER_PATTERN})(?P<unit>{unit})")
