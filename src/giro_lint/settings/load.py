"""A configuration file to `Settings`: strict keys, errors with line and column. May import: shape, ruleset.yamltree, model."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import attrs

from giro_lint.model.errors import ConfigError, ReadError, unknown_of_few
from giro_lint.reading.decode import decode
from giro_lint.ruleset.yamltree import Listed, Mapped, read_yaml
from giro_lint.settings.shape import Override, Place, Settings

_LARGEST = 1024 * 1024
_INNER = {"path", "places", "place", "overrides"}


def load_settings(path: str) -> Settings:
    """The settings of a file.

    Args:
        path: the file.

    Raises:
        ConfigError: with file, line, column and, for a misspelt key, the closest known one.

    """
    try:
        with open(path, "rb") as file:
            data = file.read(_LARGEST + 1)
    except OSError as problem:
        raise ConfigError(
            f"{path}: 读不了，请给出配置文件的路径 / "
            f"cannot be read; give the path of a configuration file ({problem.strerror})"
        ) from None
    if len(data) > _LARGEST:
        raise ConfigError(f"{path}: 超过 1 MB，不是配置文件 / larger than 1 MB; this is no configuration file")
    try:
        content = decode(data)[0]
    except ReadError:
        raise ConfigError(f"{path}: 不是文本，请另存为 UTF-8 / this is no text; save it as UTF-8") from None
    return read_settings(content, path)


def read_settings(text: str, path: str) -> Settings:
    """The settings that a text holds; otherwise as `load_settings`."""
    tree = read_yaml(text, path)
    if not isinstance(tree, Mapped):
        raise ConfigError(
            f"{path}:1:1: 配置应为键和值的对应，如 profile、rules / "
            "a configuration is a mapping of keys such as profile and rules"
        )
    places: dict[str, Place] = {}
    given = _values(tree, Settings, path, places, "", ("overrides",))
    overrides = []
    listed = tree.get("overrides") or Listed()
    if not isinstance(listed, Listed):
        raise _error(path, tree.value_places["overrides"], "overrides: 应为列表 / a list is expected")
    for number, (item, place) in enumerate(zip(listed, listed.places, strict=True)):
        if not isinstance(item, Mapped) or not item.get("path") or not isinstance(item["path"], str):
            raise _error(
                path,
                place,
                "overrides 的每一项须有 path，如 {path: '2020/*.txt', body_kind: township} / "
                "an override is a mapping with a path, such as {path: '2020/*.txt', body_kind: township}",
            )
        values = _values(item, Override, path, places, f"overrides[{number}].", ("path",))
        overrides.append(Override(**values, path=item["path"], place=place))
    return Settings(**given, overrides=tuple(overrides), path=path, places=places)


def _values(
    tree: Mapped, kind: type, path: str, places: dict[str, Place], above: str, others: Iterable[str]
) -> dict[str, Any]:
    """The converted values of a mapping by the fields of a class; their places are noted down."""
    known = {field.name: field for field in attrs.fields(kind) if field.name not in _INNER}
    given: dict[str, Any] = {}
    for key, value in tree.items():
        if key in others:
            continue
        if key not in known:
            raise _error(path, tree.key_places[key], unknown_of_few("键", "key", key, [*known, *others]))
        if value is None:
            continue
        try:
            given[key] = known[key].converter(value)
        except (TypeError, ValueError) as problem:
            raise _error(path, tree.value_places[key], f"{key}: {problem}") from None
        places[above + key] = tree.key_places[key]
        if isinstance(value, Mapped):
            places.update({f"{above}{key}.{inner}": place for inner, place in value.key_places.items()})
        elif isinstance(value, Listed):
            places.update({f"{above}{key}[{i}]": place for i, place in enumerate(value.places)})
    return given


def _error(path: str, place: Place, message: str) -> ConfigError:
    return ConfigError(f"{path}:{place[0]}:{place[1]}: {message}")
