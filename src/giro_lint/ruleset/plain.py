"""Rules as plain data and back: the compiled form.

May import: model, rules. What the compiled form holds was checked when it was made, so that reading it back needs no option classes:
options become plain namespaces with the same attributes. Values that are not plain are marked: ``(_REGEX, source, gate, choice)``,
``(_FORMULA, text, comparisons)``, ``(_MANY, values)``, ``(_SPACE, plain values by name, others by name)``.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import attrs

from giro_lint.model.diagnostic import Severity
from giro_lint.model.formula import Comparison, Formula, Term
from giro_lint.model.patterns import Regex
from giro_lint.ruleset.rules import TEXTS, Rule

_REGEX, _FORMULA, _MANY, _SPACE = "regex:", "formula:", "many:", "space:"
_MARKS = frozenset({_REGEX, _FORMULA, _MANY, _SPACE})
_SEVERITIES = {severity.value: severity for severity in Severity}


def plain_rule(rule: Rule) -> dict[str, Any]:
    """A rule as plain data, without its texts and examples."""
    fields = [field.name for field in attrs.fields(Rule) if field.name not in {"examples", "origin", "texts"}]
    return {name: _plain(getattr(rule, name)) for name in fields}


def plain_texts(rule: Rule) -> dict[str, Any]:
    """The texts of a rule as plain data."""
    return {name: _plain(getattr(rule, name)) for name in TEXTS}


def rule_from_plain(data: Mapping[str, Any], texts: Mapping[str, Any]) -> Rule:
    """The rule of some plain data.

    Args:
        data: what `plain_rule` made.
        texts: what `plain_texts` made, or a mapping that fetches it when it is asked.

    """
    known = dict(data)
    known["options"] = _value(known["options"])
    known["severity"] = _SEVERITIES[known["severity"]]
    if known["severities"]:
        known["severities"] = {variant: _SEVERITIES[word] for variant, word in known["severities"].items()}
    return Rule(**known, texts=texts, origin="builtin")


def _plain(value: Any) -> Any:
    """A value as `marshal` can hold it."""
    if isinstance(value, Severity):
        return value.value
    if isinstance(value, Formula):
        return _FORMULA, value.text, tuple((_side(c.left), c.operator, _side(c.right)) for c in value.comparisons)
    if isinstance(value, Regex):
        choice = tuple((str(part), part.gate) for part in value.choice)
        return (_REGEX, str(value), value.gate, choice) if value else ""
    if isinstance(value, SimpleNamespace):
        return _space(vars(value))
    if attrs.has(type(value)):
        return _space({field.name: getattr(value, field.name) for field in attrs.fields(type(value))})
    if isinstance(value, tuple | list):
        parts = tuple(_plain(part) for part in value)
        return parts if all(_is_bare(part) for part in parts) else (_MANY, parts)
    return {key: _plain(part) for key, part in value.items()} if isinstance(value, Mapping) else value


def _space(values: Mapping[str, Any]) -> tuple[str, dict[str, Any], dict[str, Any]]:
    """The marked form of a namespace."""
    parts = {name: _plain(value) for name, value in values.items()}
    bare = {name: part for name, part in parts.items() if _is_bare(part)}
    return _SPACE, bare, {name: part for name, part in parts.items() if name not in bare}


def _is_bare(value: Any) -> bool:
    """Whether a plain value is what it stands for."""
    if isinstance(value, tuple):
        return all(_is_bare(part) for part in value) and not (value and value[0] in _MARKS)
    return not isinstance(value, dict)


def _side(terms: tuple[Term, ...]) -> tuple[tuple[Any, ...], ...]:
    return tuple((str(t.factor) if isinstance(t.factor, Decimal) else t.factor, t.name, t.summed) for t in terms)


def _value(value: Any) -> Any:
    """The value of some plain data."""
    if not value or not isinstance(value, tuple):
        return value
    mark = value[0]
    if mark == _SPACE:
        space = SimpleNamespace(**value[1])
        for name, part in value[2].items():
            setattr(space, name, _value(part))
        return space
    if mark == _REGEX:
        return Regex.gated(*value[1:])
    if mark == _FORMULA:
        return Formula(value[1], tuple(Comparison(_terms(left), op, _terms(right)) for left, op, right in value[2]))
    return tuple(map(_value, value[1])) if mark == _MANY else value


def _terms(data: tuple[tuple[Any, ...], ...]) -> tuple[Term, ...]:
    return tuple(Term(Decimal(f) if isinstance(f, str) else f, name, summed) for f, name, summed in data)
