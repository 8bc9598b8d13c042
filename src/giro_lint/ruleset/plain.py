"""Rules as plain data and back: the compiled form.

May import: model, rules. What the compiled form holds was checked when it was made, so that reading it back needs no option classes:
options become plain namespaces with the same attributes.
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
from giro_lint.ruleset.rules import Rule

_FORMULA, _REGEX = "formula", "regex"


def plain_rule(rule: Rule) -> dict[str, Any]:
    """A rule as JSON can hold it, without its examples."""
    fields = [field.name for field in attrs.fields(Rule) if field.name not in {"examples", "origin"}]
    return {name: _plain(getattr(rule, name)) for name in fields}


def rule_from_plain(data: Mapping[str, Any]) -> Rule:
    """The rule of some plain data."""
    known = dict(data)
    known["options"] = _options(known["options"])
    known["severity"] = Severity(known["severity"])
    known["severities"] = {variant: Severity(word) for variant, word in known["severities"].items()}
    return Rule(**known, origin="builtin")


def _plain(value: Any) -> Any:
    """A value as JSON can hold it."""
    if isinstance(value, Severity):
        return value.value
    if isinstance(value, Formula):
        return {_FORMULA: value.text, "parts": [[_side(c.left), c.operator, _side(c.right)] for c in value.comparisons]}
    if isinstance(value, Regex):
        return {_REGEX: str(value), "gate": [list(group) for group in value.gate]}
    if isinstance(value, SimpleNamespace):
        return {name: _plain(part) for name, part in vars(value).items()}
    if attrs.has(type(value)):
        return {field.name: _plain(getattr(value, field.name)) for field in attrs.fields(type(value))}
    if isinstance(value, tuple | list):
        return [_plain(part) for part in value]
    return {key: _plain(part) for key, part in value.items()} if isinstance(value, Mapping) else value


def _side(terms: tuple[Term, ...]) -> list[list[Any]]:
    return [[str(t.factor) if isinstance(t.factor, Decimal) else t.factor, t.name, int(t.summed)] for t in terms]


def _options(value: Any) -> Any:
    """The value of some plain data: lists as tuples, mappings as namespaces, formulas as they were."""
    if isinstance(value, list):
        return tuple(map(_options, value))
    if not isinstance(value, dict):
        return value
    if _REGEX in value:
        return Regex.gated(value[_REGEX], tuple(map(tuple, value["gate"])))
    if _FORMULA in value:
        return Formula(
            value[_FORMULA], tuple(Comparison(_terms(left), op, _terms(right)) for left, op, right in value["parts"])
        )
    return SimpleNamespace(**{name: _options(part) for name, part in value.items()})


def _terms(data: list[list[Any]]) -> tuple[Term, ...]:
    return tuple(
        Term(Decimal(factor) if isinstance(factor, str) else factor, name, bool(summed))
        for factor, name, summed in data
    )
