"""The words that every match of a regular expression contains, told from its syntax tree. May import: regexes, model.patterns."""

from __future__ import annotations

import re
from typing import Any

from giro_lint.model.patterns import Gate
from giro_lint.ruleset.regexes import syntax_tree

_MOST_WORDS, _MOST_GROUPS = 16, 3
_MOST_PARTS = 6
_TOKEN = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\\\]])*\]|[()|]|[^\\\[()|]+", re.DOTALL)
"""A piece of an expression: an escape, a set, a bracket, a bar, or anything between them."""


def required_words(source: str) -> Gate:
    """Words that every match of an expression contains, as its syntax tree tells.

    Args:
        source: a valid regular expression.

    Returns:
        At most three groups, the longest words first; none where the expression has no such word.

    """
    tree = syntax_tree(source)
    if tree.state.flags & re.IGNORECASE:
        return ()
    return tuple(sorted(set(_groups(tree)), key=_worth, reverse=True)[:_MOST_GROUPS])


def alternatives(source: str) -> tuple[str, ...]:
    """The expressions one of which matches wherever an expression does, where each of them has words of its own.

    Searching for them one by one is mostly faster: those whose words are missing need not be searched for at all.

    Args:
        source: a valid regular expression.

    Returns:
        At most six of them; none where the expression is no choice, or where one of them has no such word.

    """
    parts = _split(source)
    if len(parts) == 1 and source.startswith("(?:") and source.endswith(")"):
        parts = _split(source[3:-1])
    if not 1 < len(parts) <= _MOST_PARTS or source.startswith(("(?i", "(?m", "(?s", "(?x")):
        return ()
    try:
        return tuple(parts) if all(map(required_words, parts)) else ()
    except re.error:  # a bracket that belongs to another one, or a reference to a group of another part
        return ()


def _split(source: str) -> list[str]:
    """An expression cut at the bars outside of all brackets."""
    parts, depth = [""], 0
    for token in _TOKEN.findall(source):
        depth += (token == "(") - (token == ")")  # noqa: S105  no secret
        if token == "|" and not depth:  # noqa: S105
            parts.append("")
        else:
            parts[-1] += token
    return parts


def _worth(group: tuple[str, ...]) -> tuple[int, int, tuple[str, ...]]:
    """Long words and few of them tell most; the words themselves make the order certain."""
    return min(map(len, group)), -len(group), group


def _best(tree: Any) -> tuple[str, ...]:
    return max(_groups(tree), key=_worth, default=())


def _groups(tree: Any) -> list[tuple[str, ...]]:
    """The groups of a sequence of elements."""
    candidates: list[tuple[str, ...]] = []
    run = ""
    for operator, argument in tree:
        if str(operator) == "LITERAL":
            run += chr(argument)
            continue
        candidates.append((run,))
        run = ""
        candidates += _inside(str(operator), argument)
    candidates.append((run,))
    return [words for words in candidates if words and all(words) and len(words) <= _MOST_WORDS]


def _inside(operator: str, argument: Any) -> list[tuple[str, ...]]:
    """The groups of one element of a syntax tree."""
    if operator == "SUBPATTERN":
        return _groups(argument[-1])
    if operator == "ATOMIC_GROUP":
        return _groups(argument)
    if operator in {"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"} and argument[0] > 0:
        return _groups(argument[2])
    if operator == "BRANCH":
        parts = [_best(part) for part in argument[1]]
        return [tuple(dict.fromkeys(word for part in parts for word in part))] if all(parts) else []
    if operator == "IN" and all(str(kind) == "LITERAL" for kind, _ in argument):
        return [tuple(chr(code) for _, code in argument)]
    return []
