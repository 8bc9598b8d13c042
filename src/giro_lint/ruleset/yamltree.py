"""YAML to plain data with places: every scalar is a text, every key knows its line. May import: model.errors, ruamel.yaml."""

from __future__ import annotations

from typing import Any, cast

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from giro_lint.model.errors import RulesetError

_MOST_NODES = 200_000
_DEEPEST = 40
_TOO_MUCH = "别名展开后内容过多，请把内容写出来 / the aliases unfold to too much; write the parts out"


class Mapped(dict[str, Any]):
    """A mapping that knows where it and each of its keys and values stand: line and column, 1-based."""

    def __init__(self, place: tuple[int, int]) -> None:
        super().__init__()
        self.place = place
        self.key_places: dict[str, tuple[int, int]] = {}
        self.value_places: dict[str, tuple[int, int]] = {}


class Listed(list[Any]):
    """A list that knows where its items stand."""

    def __init__(self) -> None:
        super().__init__()
        self.places: list[tuple[int, int]] = []


def read_yaml(text: str, path: str) -> Any:
    """The contents of a YAML document.

    Args:
        text: the document.
        path: its file, for errors.

    Returns:
        `Mapped`, `Listed`, texts and None.

    Raises:
        RulesetError: with file, line and column, for a text that is no YAML, a repeated key, an alias that contains itself
            or a document that unfolds to more than 200,000 nodes.

    """
    try:
        node = YAML(typ="safe", pure=True).compose(text)
    except MarkedYAMLError as problem:
        mark = problem.problem_mark or problem.context_mark
        raise RulesetError(
            f"不是有效的 YAML / not valid YAML: {problem.problem}",
            path,
            mark.line + 1 if mark else 0,
            mark.column + 1 if mark else 0,
        ) from None
    except (YAMLError, RecursionError, ValueError) as problem:
        raise RulesetError(f"不是有效的 YAML / not valid YAML: {type(problem).__name__}", path) from None
    return _Builder(path).build(node, ()) if node is not None else Mapped((1, 1))


class _Builder:
    def __init__(self, path: str) -> None:
        self.path = path
        self.nodes = 0

    def build(self, node: Node, above: tuple[int, ...]) -> Any:
        self.nodes += 1
        place = _place(node)
        if id(node) in above:
            raise RulesetError(
                "别名包含自身，请把内容写出来 / an alias contains itself; write the part out", self.path, *place
            )
        if self.nodes > _MOST_NODES or len(above) > _DEEPEST:
            raise RulesetError(_TOO_MUCH, self.path, *place)
        if isinstance(node, ScalarNode):
            plain = node.style is None and node.value in {"", "~", "null"}
            return None if plain else str(node.value)
        if isinstance(node, SequenceNode):
            listed = Listed()
            for item in node.value:
                listed.append(self.build(item, (*above, id(node))))
                listed.places.append(_place(item))
            return listed
        return self._mapping(cast(MappingNode, node), above)

    def _mapping(self, node: MappingNode, above: tuple[int, ...]) -> Mapped:
        mapped = Mapped(_place(node))
        for key_node, value_node in node.value:
            if not isinstance(key_node, ScalarNode):
                raise RulesetError("键应为文字 / a key has to be a text", self.path, *_place(key_node))
            key = str(key_node.value)
            if key in mapped:
                raise RulesetError(f"键 {key!r} 出现两次 / the key {key!r} stands twice", self.path, *_place(key_node))
            mapped[key] = self.build(value_node, (*above, id(node)))
            mapped.key_places[key] = _place(key_node)
            mapped.value_places[key] = _place(value_node)
        return mapped


def _place(node: Node) -> tuple[int, int]:
    return node.start_mark.line + 1, node.start_mark.column + 1
