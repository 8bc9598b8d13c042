"""What a configuration file may say, as classes from which its JSON schema is made. May import: config, ruleset.fields, model."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import attrs

from giro_lint.config import BODY_KINDS
from giro_lint.model.diagnostic import Severity
from giro_lint.model.errors import ConfigError
from giro_lint.model.suppression import Suppression
from giro_lint.ruleset.fields import choice, names, number, text

Place = tuple[int, int]
"""Line and column in a configuration file, both 1-based."""

_SEVERITIES = (*(severity.value for severity in Severity), "off")
_DEADLINE = re.compile(r"(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]*")


def _severities(value: Any) -> dict[str, str]:
    if not isinstance(value, Mapping):
        raise TypeError(
            "应为规则和级别的对应，如 TYP003: off / a mapping of rule and severity is expected, like TYP003: off"
        )
    for rule, severity in value.items():
        if severity not in _SEVERITIES:
            words = ", ".join(_SEVERITIES)
            raise ValueError(
                f"{rule}: 应为 {words} 之一，不能是 {severity!r} / one of {words} is expected, not {severity!r}"
            )
        if not _NAME.fullmatch(rule):
            raise ValueError(f"{rule!r} 不是规则的编号、前缀或名称 / {rule!r} is no id, prefix or name of a rule")
    return dict(value)


def _deadline(value: Any) -> str:
    if value and not (isinstance(value, str) and _DEADLINE.fullmatch(value)):
        raise ValueError(
            f"应为日期，如 01-20，不能是 {value!r} / a day of the year is expected, like 01-20, not {value!r}"
        )
    return str(value)


def _suppressions(value: Any) -> tuple[Suppression, ...]:
    return tuple(part if isinstance(part, Suppression) else _suppression(part) for part in _list(value))


def _suppression(value: Any) -> Suppression:
    known = [field.name for field in attrs.fields(Suppression)]
    if not isinstance(value, Mapping) or not {"rule", "reason"} <= set(value) <= set(known):
        more = ", ".join(known[2:])
        raise TypeError(
            f"抑制须有 rule 和 reason，可有 {more} / a suppression has rule and reason, and may have {more}"
        )
    if not all(isinstance(part, str) for part in value.values()):
        raise TypeError("抑制的各项应为文字 / the parts of a suppression are texts")
    try:
        return Suppression(**value)
    except ConfigError as problem:
        raise ValueError(str(problem)) from None


def _list(value: Any) -> Any:
    if isinstance(value, str | Mapping) or value is None:
        raise TypeError("应为列表 / a list is expected")
    return value


_SEVERITY_SCHEMA = {
    "type": "object",
    "propertyNames": {"pattern": _NAME.pattern},
    "additionalProperties": {"enum": list(_SEVERITIES)},
}
_SUPPRESSION_SCHEMA = {
    "type": "object",
    "required": ["rule", "reason"],
    "additionalProperties": False,
    "properties": {
        "rule": {"type": "string"},
        "reason": {"type": "string", "minLength": 1},
        "path": {"type": "string"},
        "anchor": {"type": "string"},
        "until": {"type": "string", "format": "date"},
    },
}


@attrs.frozen
class Choices:
    """What may be said of all files, or in an override of some; an empty value says nothing.

    Args:
        profile: ``recommended``, ``strict`` or ``all``.
        body_kind: kind of the reporting body.
        deadline: the last day for publishing in the year after the report year, as ``MM-DD``, of a local notice.
        year: report year.
        edition: id of the edition to check against.
        rules: severity by id, prefix or name of rules, or ``off``; the longer name counts.

    """

    profile: str = text("")
    body_kind: str = choice("", *BODY_KINDS, default="")
    deadline: str = attrs.field(
        default="", converter=_deadline, metadata={"schema": {"type": "string", "pattern": _DEADLINE.pattern}}
    )
    year: int = number(0)
    edition: str = text("")
    rules: Mapping[str, str] = attrs.field(factory=dict, converter=_severities, metadata={"schema": _SEVERITY_SCHEMA})


@attrs.frozen
class Override(Choices):
    """Choices for the files of a path.

    Args:
        path: glob over the path below the configuration file's folder.
        place: where it stands in the file.

    """

    path: str = text("")
    place: Place = attrs.field(default=(1, 1), kw_only=True)


@attrs.frozen
class Settings(Choices):
    """A configuration file.

    Args:
        lang: language of messages.
        own_rules: further rule files, paths from the configuration file's folder.
        previous: glob of last year's report, with ``{year-1}``; kept for rules that compare years.
        baseline: file of findings that are known, likewise.
        suppress: findings to hold back.
        overrides: choices for some paths; of several that fit, the later one counts.
        path: the configuration file.
        places: where each key stands, by dotted address such as ``rules.TYP003``.

    """

    lang: str = choice("", "zh", "en", default="")
    own_rules: tuple[str, ...] = names()
    previous: str = text("")
    baseline: str = text("")
    suppress: tuple[Suppression, ...] = attrs.field(
        default=(),
        converter=_suppressions,
        metadata={"schema": {"type": "array", "items": _SUPPRESSION_SCHEMA}},
    )
    overrides: tuple[Override, ...] = ()
    path: str = ""
    places: Mapping[str, Place] = attrs.field(factory=dict)


def config_schema() -> dict[str, Any]:
    """The JSON schema of a configuration file, for editors."""
    override = {
        "type": "object",
        "required": ["path"],
        "additionalProperties": False,
        "properties": _properties(Override),
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "giro-lint/config/1",
        "title": "giro-lint configuration",
        "type": "object",
        "additionalProperties": False,
        "properties": {**_properties(Settings), "overrides": {"type": "array", "items": override}},
    }


def _properties(kind: type) -> dict[str, Any]:
    return {field.name: field.metadata["schema"] for field in attrs.fields(kind) if "schema" in field.metadata}
