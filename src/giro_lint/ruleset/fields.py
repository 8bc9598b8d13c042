"""Fields of option classes: each converts what YAML gives, and passes on what is converted already.

May import: model, grammar.formula, gates.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

import attrs

from giro_lint.model.formula import Formula
from giro_lint.model.patterns import Regex
from giro_lint.ruleset.gates import alternatives, required_words

_UNSET: Any = object()
_STANDS_FOR = re.compile(r"\{[mnpu]\}")


@attrs.frozen(eq=False, repr=False)
class WordGroup:
    """Something that a text speaks of: its key, what people call it, and the words that do."""

    key: str
    label: str
    words: tuple[str, ...]


@attrs.frozen(eq=False, repr=False)
class Statement:
    """Ways to say one thing, and what has to hold where it is said.

    Args:
        patterns: regular expressions over a sentence without white space; ``{n}`` stands for a number, ``{u}`` for a
            unit, ``{m}`` for a sum of money with its unit, ``{p}`` for the figure of a percentage.
        expect: formulas over ``n`` (the number or sum of money), ``year`` (the report's) and dotted names, one of which
            has to hold.
        share_of: for a percentage: the figures that ``n`` may be a share of.
        unless: nothing is said when the clause matches this.
        unless_sentence: nor when the sentence does.

    """

    patterns: tuple[str, ...]
    expect: tuple[Formula, ...]
    share_of: tuple[Formula, ...] = ()
    unless: str = ""
    unless_sentence: str = ""


def _field(schema: dict[str, Any], default: Any, converter: Callable[[Any], Any]) -> Any:
    given = {} if default is _UNSET else {"default": default}
    return attrs.field(converter=converter, metadata={"schema": schema}, **given)


def text(default: Any = _UNSET) -> Any:
    """A field for a text."""
    return _field({"type": "string"}, default, _text)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("应为文字 / a text is expected")
    return value


def choice(*allowed: str, default: Any = _UNSET) -> Any:
    """A field for one of some words."""

    def convert(value: Any) -> str:
        if value not in allowed:
            words = ", ".join(word for word in allowed if word)
            raise ValueError(f"应为 {words} 之一，不能是 {value!r} / one of {words} is expected, not {value!r}")
        return str(value)

    return _field({"enum": [word for word in allowed if word]}, default, convert)


def flag(*, default: bool) -> Any:
    """A field for yes or no."""

    def convert(value: Any) -> bool:
        if value in {True, "true"}:
            return True
        if value in {False, "false"}:
            return False
        raise ValueError(f"应为 true 或 false，不能是 {value!r} / true or false is expected, not {value!r}")

    return _field({"type": "boolean"}, default, convert)


def number(default: Any = _UNSET) -> Any:
    """A field for a whole number that is not negative."""

    def convert(value: Any) -> int:
        if not re.fullmatch("[0-9]{1,9}", str(value)):
            raise ValueError(f"应为整数，不能是 {value!r} / a whole number is expected, not {value!r}")
        return int(value)

    return _field({"type": "integer", "minimum": 0}, default, convert)


def names(*default: str) -> Any:
    """A field for a list of words."""
    return _field({"type": "array", "items": {"type": "string"}}, default, _names)


def _names(value: Any) -> tuple[str, ...]:
    if isinstance(value, str) or not all(isinstance(part, str) for part in value):
        raise TypeError("应为文字的列表 / a list of texts is expected")
    return tuple(value)


def regex(default: Any = _UNSET) -> Any:
    """A field for a regular expression; it is compiled when it is first used."""
    return _field({"type": "string", "format": "regex"}, default, as_regex)


def as_regex(value: Any) -> Regex:
    """A regular expression with the words that every match contains; figures and units stand for themselves."""
    if isinstance(value, Regex):
        return value
    source = _text(value)
    try:
        plain = _STANDS_FOR.sub(r"(?:\\d)", source)
        parts = alternatives(source) if plain == source else ()
        return Regex.gated(source, required_words(plain), [(part, required_words(part)) for part in parts])
    except re.error as problem:
        raise ValueError(f"不是正则表达式 / not a regular expression: {problem}") from None


def formula() -> Any:
    """A field for a formula."""
    return _field({"type": "string", "format": "giro-lint-formula"}, _UNSET, as_formula)


def formulas() -> Any:
    """A field for a list of formulas."""
    return _field(
        {"type": "array", "items": {"type": "string", "format": "giro-lint-formula"}},
        (),
        lambda value: tuple(as_formula(part) for part in value),
    )


def as_formula(value: Any) -> Formula:
    """A formula from its text."""
    if isinstance(value, Formula):
        return value
    if isinstance(value, str):
        from giro_lint.grammar.formula import parse_formula

        return parse_formula(value)
    raise TypeError("应为算式 / a formula is expected")


def word_groups() -> Any:
    """A field for groups of words."""
    item = {
        "type": "object",
        "required": ["key", "label", "words"],
        "additionalProperties": False,
        "properties": {
            "key": {"type": "string"},
            "label": {"type": "string"},
            "words": {"type": "array", "items": {"type": "string"}},
        },
    }
    return _field({"type": "array", "items": item}, (), lambda value: tuple(_group(part) for part in value))


def _group(value: Any) -> WordGroup:
    if isinstance(value, WordGroup):
        return value
    if not isinstance(value, Mapping) or set(value) != {"key", "label", "words"}:
        raise TypeError("词组须有 key、label 和 words / a group has key, label and words")
    return WordGroup(_text(value["key"]), _text(value["label"]), _names(value["words"]))


def statements() -> Any:
    """A field for statements and what has to hold where they are made."""
    patterns = {"type": "array", "items": {"type": "string", "format": "regex"}}
    conditions = {"type": "array", "items": {"type": "string", "format": "giro-lint-formula"}}
    properties = {
        "patterns": patterns,
        "expect": conditions,
        "share_of": conditions,
        "unless": {"type": "string", "format": "regex"},
        "unless_sentence": {"type": "string", "format": "regex"},
    }
    item = {"type": "object", "required": ["patterns"], "additionalProperties": False, "properties": properties}
    return _field({"type": "array", "items": item}, _UNSET, lambda value: tuple(_statement(part) for part in value))


def _statement(value: Any) -> Statement:
    if isinstance(value, Statement):
        return value
    known = {field.name for field in attrs.fields(Statement)}
    if not isinstance(value, Mapping) or not {"patterns"} <= set(value) <= known:
        more = ", ".join(sorted(known - {"patterns"}))
        raise TypeError(f"陈述须有 patterns，可有 {more} / a statement has patterns and may have {more}")
    expect, share_of = (tuple(as_formula(part) for part in value.get(key, ())) for key in ("expect", "share_of"))
    unless, unless_sentence = (as_regex(value.get(key, "")) for key in ("unless", "unless_sentence"))
    patterns = tuple(as_regex(part) for part in _names(value["patterns"]))
    return Statement(patterns, expect, share_of, unless, unless_sentence)
