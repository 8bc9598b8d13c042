"""Regular expressions: compiled when they are first needed, spared where they cannot match. May import: matchers.

Every expression of the package is made here: those of modules by `lazy`, those put together at run time by `compiled`, those of rules
and of the vocabulary by `pattern`.

Most texts lack a word without which an expression of a rule cannot match. Looking for that word costs a tenth of running the expression,
and an expression that never runs need not be compiled.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property, lru_cache
from typing import Any, cast

from giro_lint.model.matchers import compiled

__all__ = ["Gate", "Pattern", "Regex", "choice", "compiled", "declared", "lazy", "pattern"]

Gate = tuple[tuple[str, ...], ...]
"""Groups of words: every match contains a word of each group."""


class Regex(str):
    """The source of a regular expression with what is known of its matches.

    Attributes:
        gate: the words that every match contains; none where none can be told.
        choice: expressions one of which matches wherever this one does, and which are faster to search for, where there are some.

    """

    __slots__ = ("choice", "gate")

    gate: Gate
    choice: tuple[Regex, ...]

    @classmethod
    def gated(cls, source: str, gate: Gate, choice: Iterable[tuple[str, Gate]] = ()) -> Regex:
        """A source with its words and its choice, of which each has words too."""
        regex = cls(source)
        regex.gate = gate
        regex.choice = tuple([cls.gated(*part) for part in choice])
        return regex


class Pattern:
    """A regular expression that looks for its words first.

    Args:
        source: the expression.
        gate: the words that every match contains, or none.

    """

    def __init__(self, source: str, gate: Gate = ()) -> None:
        self.source, self.gate = source, gate

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The expression as `re` has it."""
        return compiled(self.source)

    def may_match(self, text: str) -> bool:
        """Whether a text has a word of each group."""
        for group in self.gate:  # plain loops: this runs thousands of times a report
            for word in group:
                if word in text:
                    break
            else:
                return False
        return True

    def search(self, text: str, start: int = 0, stop: int = sys.maxsize) -> re.Match[str] | None:
        """As `re.Pattern.search`."""
        for group in self.gate:  # as in `may_match`, which it does not call: this runs most
            for word in group:
                if word in text:
                    break
            else:
                return None
        return self.compiled.search(text, start, stop)

    def match(self, text: str, start: int = 0, stop: int = sys.maxsize) -> re.Match[str] | None:
        """As `re.Pattern.match`."""
        return self.compiled.match(text, start, stop) if self.may_match(text) else None

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """As `re.Pattern.fullmatch`."""
        return self.compiled.fullmatch(text) if self.may_match(text) else None

    def finditer(self, text: str, start: int = 0, stop: int = sys.maxsize) -> Iterator[re.Match[str]]:
        """As `re.Pattern.finditer`."""
        return self.compiled.finditer(text, start, stop) if self.may_match(text) else iter(())

    def sub(self, new: str | Callable[[re.Match[str]], str], text: str) -> str:
        """As `re.Pattern.sub`."""
        return self.compiled.sub(new, text) if self.may_match(text) else text


@lru_cache(maxsize=4096)
def pattern(source: str) -> Pattern:
    """The pattern of a source; a `Regex` brings its words along."""
    return Pattern(source, getattr(source, "gate", ()))


def choice(source: str) -> list[Pattern]:
    """The patterns one of which matches wherever an expression does: those that a `Regex` brings along, or its own."""
    return [pattern(each) for each in getattr(source, "choice", ()) or (source,)]


class _Lazy:
    """Stands for a compiled expression until it is first used, and takes over its methods then."""

    def __init__(self, source: str) -> None:
        self.pattern = source

    def __getattr__(self, name: str) -> Any:
        made = compiled(self.pattern)
        for method in ("search", "match", "fullmatch", "finditer", "findall", "split", "sub"):
            setattr(self, method, getattr(made, method))
        return getattr(made, name)


_DECLARED: list[str] = []


def lazy(source: str) -> re.Pattern[str]:
    """The expression of a module, compiled at its first use; for constants only, it is never forgotten.

    Args:
        source: the expression, a valid one.

    """
    _DECLARED.append(source)
    return cast("re.Pattern[str]", _Lazy(source))


def declared() -> tuple[str, ...]:
    """The sources of all expressions of the modules that are loaded."""
    return tuple(_DECLARED)
