"""Refuses regular expressions that can explode. May import: the standard library.

Python's matcher backtracks; a repeat inside a repeat, or a repeat over alternatives that begin alike, can take exponential time.
"""

from __future__ import annotations

import re
from typing import Any

_MANY = 50


def regex_problem(source: str) -> str:
    """Why a regular expression cannot be used, or an empty text.

    Args:
        source: the regular expression.

    Returns:
        A sentence for the user: it does not compile, it is too long, or it can explode.

    """
    if len(source) > 4000:
        return "正则表达式最多 4000 个字符 / a regular expression has at most 4000 characters"
    try:
        re.compile(source)
    except (re.error, OverflowError, RecursionError) as problem:
        return f"不是正则表达式 / not a regular expression: {problem}"
    return _explosive(syntax_tree(source), inside=False)


def syntax_tree(source: str) -> Any:
    """The syntax tree that the standard library makes of a valid regular expression."""
    parser: Any = re._parser  # type: ignore[attr-defined]  # noqa: SLF001  there is no public way to it
    return parser.parse(source)


def _explosive(tree: Any, *, inside: bool) -> str:
    for operator, argument in tree:
        name = str(operator)
        if name in {"MAX_REPEAT", "MIN_REPEAT"}:
            _, most, body = argument
            many = most > _MANY
            if many and inside:
                return (
                    "重复之内又有重复，可能耗时极长，请不要嵌套 / "
                    "a repeat inside a repeat can take exponential time; write it without nesting"
                )
            if many and (problem := _ambiguous(body)):
                return problem
            if problem := _explosive(body, inside=inside or many):
                return problem
        elif name == "BRANCH":
            for part in argument[1]:
                if problem := _explosive(part, inside=inside):
                    return problem
        elif name == "SUBPATTERN":
            if problem := _explosive(argument[-1], inside=inside):
                return problem
        elif name in {"ASSERT", "ASSERT_NOT"}:
            if problem := _explosive(argument[1], inside=inside):
                return problem
        elif name == "ATOMIC_GROUP" and (problem := _explosive(argument, inside=inside)):
            return problem
    return ""


def _ambiguous(body: Any) -> str:
    """Whether a repeated body has alternatives that begin alike or may be empty."""
    for operator, argument in body:
        name = str(operator)
        if name == "SUBPATTERN" and (problem := _ambiguous(argument[-1])):
            return problem
        if name == "BRANCH":
            firsts = [_first(part) for part in argument[1]]
            if None in firsts or len(set(firsts)) < len(firsts):
                return (
                    "重复的各个分支开头相同，可能耗时极长，请使首字不同 / "
                    "a repeat over alternatives that begin alike can take exponential time; make their first characters differ"
                )
    return ""


def _first(part: Any) -> int | None:
    if not len(part):
        return None
    operator, argument = part[0]
    return argument if str(operator) == "LITERAL" else None
