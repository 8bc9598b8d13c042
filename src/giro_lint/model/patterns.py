"""Regular expressions of rules: compiled when they are first needed, spared where they cannot match. May import: the standard library.

Most texts lack a word without which an expression cannot match. Looking for that word costs a tenth of running the expression, and
an expression that never runs need not be compiled.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from functools import cached_property, lru_cache
from typing import Any


class Regex(str):
    """The source of a regular expression with words one of which every match contains; no words where none can be told."""

    __slots__ = ("gate",)

    gate: tuple[str, ...]

    @classmethod
    def gated(cls, source: str, gate: tuple[str, ...]) -> Regex:
        """A source with its words."""
        regex = cls(source)
        regex.gate = gate
        return regex


class Pattern:
    """A regular expression that looks for its words first.

    Args:
        source: the expression.
        gate: words one of which every match contains, or none.

    """

    def __init__(self, source: str, gate: tuple[str, ...] = ()) -> None:
        self.source, self.gate = source, gate

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The expression as `re` has it."""
        return re.compile(self.source)

    def may_match(self, text: str) -> bool:
        """Whether a text has one of the words."""
        gate = self.gate
        return not gate or any(word in text for word in gate)

    def search(self, text: str, start: int = 0, stop: int = sys.maxsize) -> re.Match[str] | None:
        """As `re.Pattern.search`."""
        return self.compiled.search(text, start, stop) if self.may_match(text) else None

    def match(self, text: str, start: int = 0, stop: int = sys.maxsize) -> re.Match[str] | None:
        """As `re.Pattern.match`."""
        return self.compiled.match(text, start, stop) if self.may_match(text) else None

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """As `re.Pattern.fullmatch`."""
        return self.compiled.fullmatch(text) if self.may_match(text) else None

    def finditer(self, text: str, start: int = 0, stop: int = sys.maxsize) -> Iterator[re.Match[str]]:
        """As `re.Pattern.finditer`."""
        return self.compiled.finditer(text, start, stop) if self.may_match(text) else iter(())

    def sub(self, new: str, text: str) -> str:
        """As `re.Pattern.sub`."""
        return self.compiled.sub(new, text) if self.may_match(text) else text


@lru_cache(maxsize=4096)
def pattern(source: str) -> Pattern:
    """The pattern of a source; a `Regex` brings its words along."""
    return Pattern(source, getattr(source, "gate", ()))


def required_words(source: str) -> tuple[str, ...]:
    """Words one of which every match of an expression contains, as its syntax tree tells.

    Args:
        source: a valid regular expression.

    Returns:
        The words, the longest that can be told; none where the expression has no such word.

    """
    parser: Any = re._parser  # type: ignore[attr-defined]  # noqa: SLF001  the standard library's own syntax tree
    tree = parser.parse(source)
    return () if tree.state.flags & re.IGNORECASE else _words(tree)


_MOST_WORDS = 16


def _words(tree: Any) -> tuple[str, ...]:
    candidates: list[tuple[str, ...]] = []
    run = ""
    for operator, argument in tree:
        if str(operator) == "LITERAL":
            run += chr(argument)
            continue
        candidates.append((run,))
        run = ""
        candidates.append(_inside(str(operator), argument))
    candidates.append((run,))
    known = [words for words in candidates if words and all(words) and len(words) <= _MOST_WORDS]
    return max(known, key=lambda words: (min(map(len, words)), -len(words)), default=())


def _inside(operator: str, argument: Any) -> tuple[str, ...]:
    """The words of one element of a syntax tree."""
    if operator == "SUBPATTERN":
        return _words(argument[-1])
    if operator == "ATOMIC_GROUP":
        return _words(argument)
    if operator in {"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"} and argument[0] > 0:
        return _words(argument[2])
    if operator == "BRANCH":
        parts = [_words(part) for part in argument[1]]
        return tuple(dict.fromkeys(word for part in parts for word in part)) if all(parts) else ()
    if operator == "IN" and all(str(kind) == "LITERAL" for kind, _ in argument):
        return tuple(chr(code) for _, code in argument)
    return ()
