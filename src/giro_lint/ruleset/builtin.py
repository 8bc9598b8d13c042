"""The rules that come with giro-lint, and users' own: how they are found, compiled and read. May import: ruleset.

What was made of the YAML files is kept as the compiled form (`store` tells how it is kept true): an installed package never parses YAML,
and a checkout sees an edit at once. It has two parts: what every run needs, with the texts of the rules folded up in it until one is
asked for; and the examples.
"""

from __future__ import annotations

import marshal
import os
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import attrs

from giro_lint.model.errors import RulesetError
from giro_lint.ruleset.knowledge import make_knowledge
from giro_lint.ruleset.plain import plain_rule, plain_texts, rule_from_plain
from giro_lint.ruleset.rules import Ruleset
from giro_lint.ruleset.store import digest, load, rule_files, rules_folder, save

_LARGEST = 2_000_000
_NO_RULES = ("vocabulary.yaml", "profiles.yaml")


@lru_cache(maxsize=1)
def builtin_ruleset() -> Ruleset:
    """The built-in rules without their examples, from the compiled form where it is true, else from YAML.

    Raises:
        RulesetError: when the rules are missing or wrong.

    """
    data = compiled_form("rules")
    texts = _Texts(data["texts"])
    return Ruleset(
        rules=tuple(rule_from_plain(item, _LateTexts(item["id"], texts)) for item in data["rules"]),
        knowledge=make_knowledge(data["vocabulary"], data["editions"]),
        profiles=data["profiles"],
    )


@lru_cache(maxsize=1)
def builtin_with_examples() -> Ruleset:
    """The built-in rules with examples and the clean reports these start from."""
    data = compiled_form("examples")
    ruleset = builtin_ruleset()
    rules = tuple(attrs.evolve(rule, examples=tuple(data["examples"].get(rule.id, ()))) for rule in ruleset.rules)
    return attrs.evolve(ruleset, rules=rules, bases=data["bases"])


class _Texts:
    """The texts of all built-in rules, unfolded when they are first needed."""

    def __init__(self, folded: bytes) -> None:
        self._folded = folded
        self._unfolded: dict[str, dict[str, Any]] | None = None

    def of(self, rule: str) -> Mapping[str, Any]:
        """Those of a rule."""
        if self._unfolded is None:
            self._unfolded = marshal.loads(self._folded)  # noqa: S302  part of a file of the package
        return self._unfolded[rule]


class _LateTexts(dict[str, Any]):
    """The texts of one rule, there when one is asked for."""

    __slots__ = ("_all", "_rule")

    def __init__(self, rule: str, texts: _Texts) -> None:
        self._rule, self._all = rule, texts

    def __missing__(self, name: str) -> Any:
        self.update(self._all.of(self._rule))
        if name not in self:
            raise KeyError(name)
        return self[name]


def compiled_form(part: str) -> dict[str, Any]:
    """A part of the compiled form, from its file where that is true.

    Args:
        part: ``rules`` or ``examples``.

    Raises:
        RulesetError: when the rules are missing or wrong.

    """
    try:
        data = load(part, digest())
    except OSError:
        data = None
    return data if isinstance(data, dict) else compile_rules()[part]


def compile_rules() -> dict[str, dict[str, Any]]:
    """Compile the rules and keep the result; a folder that cannot be written to is left alone.

    The digest is told before the sources are parsed: an edit meanwhile makes the form stale, never wrongly true.

    Returns:
        The compiled form, by part.

    """
    try:
        made_from = digest()
    except OSError:
        made_from = b""
    parts = _from_yaml()
    if made_from:
        for name, data in parts.items():
            save(name, (made_from, data))
    return parts


def _from_yaml() -> dict[str, dict[str, Any]]:
    from giro_lint.ruleset.load import load_rules

    if not rule_files():
        raise RulesetError(
            "内置规则缺失，请重新安装 giro-lint / the built-in rules are missing; install giro-lint again",
            rules_folder(),
        )
    folder = rules_folder()
    vocabulary = _read(os.path.join(folder, "vocabulary.yaml"))
    editions = [_read(path) for path in rule_files("editions")]
    profiles = _read(os.path.join(folder, "profiles.yaml"))
    knowledge = make_knowledge(vocabulary, editions)
    rules = []
    for path in rule_files():
        if os.path.basename(path) not in _NO_RULES:
            rules += load_rules(_read(path), path, knowledge, builtin=True)
    seen: dict[str, str] = {}
    for rule in rules:
        for word in (rule.id, rule.name):
            if word in seen:
                raise RulesetError(
                    f"{word} 出现两次，另见 {seen[word]} / {word} stands twice, also in {seen[word]}", rule.origin
                )
            seen[word] = rule.origin
    rules.sort(key=lambda rule: rule.id)
    return {
        "rules": {
            "vocabulary": _bare(vocabulary),
            "editions": _bare(editions),
            "profiles": _bare(profiles),
            "rules": [plain_rule(rule) for rule in rules],
            "texts": marshal.dumps({rule.id: plain_texts(rule) for rule in rules}, 4),
        },
        "examples": {
            "examples": {rule.id: _bare(list(rule.examples)) for rule in rules},
            "bases": {os.path.basename(path)[:-4]: _text(path) for path in rule_files("bases", ".txt")},
        },
    }


def _bare(value: Any) -> Any:
    """A value of a YAML file without the places it remembers."""
    if isinstance(value, Mapping):
        return {key: _bare(part) for key, part in value.items()}
    return [_bare(part) for part in value] if isinstance(value, list | tuple) else value


def _read(path: str) -> Any:
    from giro_lint.ruleset.yamltree import read_yaml

    return read_yaml(_text(path), path)


def _text(path: str) -> str:
    with open(path, encoding="utf-8") as file:
        return file.read()


def user_ruleset(path: str) -> Ruleset:
    """The rules of a user's file, with their examples.

    Args:
        path: the YAML file.

    Returns:
        These rules alone, over the built-in editions.

    Raises:
        RulesetError: for a file that cannot be read or used.

    """
    from giro_lint.ruleset.load import load_rules
    from giro_lint.ruleset.yamltree import read_yaml

    try:
        if os.path.getsize(path) > _LARGEST:
            raise RulesetError("规则文件不得超过 2 MB / a rule file has at most 2 MB", path)
        text = _text(path)
    except OSError as problem:
        raise RulesetError(f"无法读取 / cannot be read: {problem.strerror}", path) from None
    except UnicodeDecodeError:
        raise RulesetError("不是 UTF-8 文本，请另存为 UTF-8 / is not UTF-8; save it as UTF-8", path) from None
    base = builtin_ruleset()
    return attrs.evolve(base, rules=tuple(load_rules(read_yaml(text, path), path, base.knowledge, builtin=False)))
