"""What a caller may ask for: rules, severities, language, facts of the report. May import: model."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fnmatch import fnmatchcase
from typing import Any

import attrs

from giro_lint.model.diagnostic import Severity
from giro_lint.model.errors import ConfigError

BODY_KINDS = ("government", "gov_office", "department", "vertical", "township", "subdistrict", "service_centre")


def _one_of(*allowed: Any) -> Any:
    def validate(_: Any, field: Any, value: Any) -> None:
        if value not in allowed:
            raise ConfigError(
                f"{field.name}: {value!r} will not do; expected one of {', '.join(str(word) for word in allowed if word is not None)}"
            )

    return validate


def _year(_: Any, __: Any, value: int | None) -> None:
    if value is not None and not 1990 <= value <= 2100:
        raise ConfigError(f"year: {value} is no report year")


def _names(value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        raise ConfigError(f"a list of rules is expected, not the text {value!r}")
    return tuple(value)


def _reason(_: Any, __: Any, value: str) -> None:
    if not value.strip():
        raise ConfigError("a suppression needs a reason")


def _day(_: Any, __: Any, value: str) -> None:
    if value and not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        raise ConfigError(f"until: {value!r} is no day; write it like 2027-01-31")


def _month_and_day(_: Any, __: Any, value: str) -> None:
    if value and not re.fullmatch(r"(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])", value):
        raise ConfigError(f"deadline: {value!r} is no day of the year; write it like 01-20")


@attrs.frozen
class Suppression:
    """Findings held back, with a reason.

    Args:
        rule: id or prefix.
        reason: why; it has to be given.
        path: glob over the file's path, any when empty.
        anchor: glob over the structural address, any when empty.
        until: last day it counts, as ``YYYY-MM-DD``, or empty.

    """

    rule: str
    reason: str = attrs.field(validator=_reason)
    path: str = ""
    anchor: str = ""
    until: str = attrs.field(default="", validator=_day)

    def covers(self, name: str) -> bool:
        """Whether it counts for a file of a name, written with slashes."""
        return not self.path or fnmatchcase(name, self.path) or fnmatchcase(name, f"*/{self.path}")


@attrs.frozen
class Config:
    """Options of a run.

    Args:
        select: rule ids or prefixes to run instead of the profile's.
        extend_select: ids or prefixes to run in addition.
        ignore: ids or prefixes to leave out.
        profile: ``recommended``, ``strict`` or ``all``.
        severities: severity by rule id, or ``off``.
        lang: language of messages, ``zh`` or ``en``.
        year: report year, when the text does not tell it rightly.
        edition: id of the edition to check against, likewise.
        body_kind: kind of the reporting body, likewise.
        suppress: findings to hold back.
        deadline: last day for publishing in the year after the report year, as ``MM-DD``, when a local notice sets an earlier one.
        baseline: path and fingerprint of findings that are known.
        root: folder that the paths of suppressions and of the baseline start from; compared with names as given when empty.

    """

    select: tuple[str, ...] = attrs.field(default=(), converter=_names)
    extend_select: tuple[str, ...] = attrs.field(default=(), converter=_names)
    ignore: tuple[str, ...] = attrs.field(default=(), converter=_names)
    profile: str = "recommended"
    severities: Mapping[str, Severity | str] = attrs.field(factory=dict)
    lang: str = attrs.field(default="zh", validator=_one_of("zh", "en"))
    year: int | None = attrs.field(default=None, validator=_year)
    edition: str | None = None
    body_kind: str | None = attrs.field(default=None, validator=_one_of(None, *BODY_KINDS))
    suppress: tuple[Suppression, ...] = ()
    baseline: tuple[tuple[str, str], ...] = ()
    deadline: str = attrs.field(default="", validator=_month_and_day)
    root: str = ""
