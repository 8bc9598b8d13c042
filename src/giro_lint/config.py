"""What a caller may ask for: rules, severities, language, facts of the report. May import: model."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import attrs

from giro_lint.model.comparable import Comparable
from giro_lint.model.diagnostic import Severity
from giro_lint.model.errors import ConfigError

if TYPE_CHECKING:
    from giro_lint.model.suppression import Suppression

BODY_KINDS = ("government", "gov_office", "department", "vertical", "township", "subdistrict", "service_centre")


def _one_of(*allowed: Any) -> Any:
    def validate(_: Any, field: Any, value: Any) -> None:
        if value not in allowed:
            words = ", ".join(str(word) for word in allowed if word is not None)
            raise ConfigError(
                f"{field.name}: {value!r} 不可用，应为 {words} 之一 / {value!r} will not do; expected one of {words}"
            )

    return validate


def _year(_: Any, __: Any, value: int | None) -> None:
    if value is not None and not 1990 <= value <= 2100:
        raise ConfigError(f"year: {value} 不是报告年度，如 2023 / {value} is no report year; write it like 2023")


def _names(value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        raise ConfigError(f"应为规则的列表，不是文字 {value!r} / a list of rules is expected, not the text {value!r}")
    return tuple(value)


def _month_and_day(_: Any, __: Any, value: str) -> None:
    month, _, day = value.partition("-")
    if value and not (
        len(value) == 5 and month.isdecimal() and day.isdecimal() and 1 <= int(month) <= 12 and 1 <= int(day) <= 31
    ):
        raise ConfigError(
            f"deadline: {value!r} 不是日期，写法如 01-20 / {value!r} is no day of the year; write it like 01-20"
        )


@attrs.frozen(eq=False, repr=False, slots=False)
class Config(Comparable):
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
        idle: whether suppressions that held nothing back are told beside the findings of each file.
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
    idle: bool = True
