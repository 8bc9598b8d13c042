"""What applies to a file and from where: defaults, configuration file, overrides, the caller. May import: shape, config, model."""

from __future__ import annotations

import os
from collections.abc import Mapping
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any, NamedTuple

import attrs

from giro_lint.config import Config
from giro_lint.model.errors import ConfigError, unknown_of_few
from giro_lint.ruleset.rules import Ruleset

if TYPE_CHECKING:  # the shape of a configuration file is not loaded where there is none
    from giro_lint.settings.shape import Choices, Override, Settings

CALLER = "命令行 / command line"
DEFAULT = "默认 / default"
_SIMPLE = ("profile", "body_kind", "deadline", "year", "edition")


class Setting(NamedTuple):
    """A value that applies, and where it was said: `DEFAULT`, `CALLER` or file and line."""

    value: Any
    origin: str


def matching_overrides(settings: Settings | None, path: str) -> tuple[Override, ...]:
    """The overrides that fit a file, in the order of the configuration file."""
    if settings is None or not settings.overrides:
        return ()
    name = relative_name(path, os.path.dirname(os.path.abspath(settings.path)))
    return tuple(override for override in settings.overrides if fnmatchcase(name, override.path))


def relative_name(path: str, folder: str) -> str:
    """A file's path from a folder, with slashes; the whole path when it stands elsewhere."""
    whole = os.path.abspath(path)
    try:
        name = os.path.relpath(whole, folder)
    except ValueError:  # another drive
        name = whole
    return (whole if name.startswith("..") else name).replace("\\", "/")


def applied(
    settings: Settings | None, overrides: tuple[Override, ...], given: Mapping[str, Any], ruleset: Ruleset
) -> dict[str, Setting]:
    """What applies to the files that some overrides fit.

    Args:
        settings: the configuration file, or None.
        overrides: its overrides that fit.
        given: options of the caller, which count before all others; None for one that was not given.
        ruleset: the rules, by which prefixes and names are resolved.

    Returns:
        The setting of each option of `Config` that a configuration file can say; severities under ``rules.`` and the rule's id.

    Raises:
        ConfigError: for an unknown rule or profile, with its place.

    """
    default = Config()
    found = {name: Setting(getattr(default, name), DEFAULT) for name in (*_SIMPLE, "lang")}
    for layer, above in _layers(settings, overrides):
        for name in (*_SIMPLE, "lang"):
            if value := getattr(layer, name, ""):
                found[name] = Setting(value, _origin(settings, above + name))
        for rule, setting in _severities(settings, layer, above, ruleset).items():
            found[f"rules.{rule}"] = setting
    for name, value in given.items():
        if value is not None:
            found[name] = Setting(value, CALLER)
    profile = found["profile"]
    if profile.value not in ruleset.profiles:
        place = "" if profile.origin in {CALLER, DEFAULT} else f"{profile.origin}: "
        raise ConfigError(f"{place}{unknown_of_few('规则组合', 'profile', profile.value, ruleset.profiles)}")
    return found


def _layers(settings: Settings | None, overrides: tuple[Override, ...]) -> list[tuple[Choices, str]]:
    if settings is None:
        return []
    numbers = {id(override): number for number, override in enumerate(settings.overrides)}
    return [(settings, ""), *((override, f"overrides[{numbers[id(override)]}].") for override in overrides)]


def _origin(settings: Settings | None, address: str) -> str:
    if settings is None or address not in settings.places:
        return DEFAULT
    return f"{settings.path}:{settings.places[address][0]}"


def _severities(settings: Settings | None, layer: Choices, above: str, ruleset: Ruleset) -> dict[str, Setting]:
    """Severities by rule id; a longer prefix counts before a shorter one."""
    found: dict[str, Setting] = {}
    for word in sorted(layer.rules, key=len):
        address = f"{above}rules.{word}"
        try:
            chosen = ruleset.matching([word])
        except ConfigError as problem:
            line, column = settings.places[address] if settings else (0, 0)
            raise ConfigError(f"{settings.path if settings else ''}:{line}:{column}: {problem}") from None
        for rule in chosen:
            found[rule] = Setting(layer.rules[word], _origin(settings, address))
    return found


def config_of(found: Mapping[str, Setting], settings: Settings | None, base: Config) -> Config:
    """The options of a run.

    Args:
        found: what applies, from `applied`.
        settings: the configuration file, for its suppressions.
        base: options that no configuration file can say, such as selectors and the baseline.

    """
    values = {name: setting.value for name, setting in found.items() if not name.startswith("rules.")}
    severities = {name[6:]: setting.value for name, setting in found.items() if name.startswith("rules.")}
    return attrs.evolve(
        base,
        **values,
        severities={**severities, **base.severities},
        suppress=(*base.suppress, *(settings.suppress if settings else ())),
        idle=False,
        root=base.root or (os.path.dirname(os.path.abspath(settings.path)) if settings else ""),
    )
