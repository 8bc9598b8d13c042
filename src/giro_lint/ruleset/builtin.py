"""The rules that come with giro-lint, and users' own: where they lie and how their compiled form is kept true. May import: ruleset.

The compiled form stands beside a copy of the very bytes it was made from. It is used only while they are equal, so it cannot be
stale: an installed package never parses YAML, and a checkout sees an edit at once.
"""

from __future__ import annotations

import json
import os
from functools import lru_cache
from pathlib import Path
from typing import Any

import attrs

from giro_lint.model.errors import RulesetError
from giro_lint.ruleset.knowledge import make_knowledge
from giro_lint.ruleset.plain import plain_rule, rule_from_plain
from giro_lint.ruleset.rules import Ruleset

_PACKAGE = Path(__file__).resolve().parent.parent
_COMPILED = _PACKAGE / "_compiled"
_CODE = (
    "ruleset/fields.py",
    "ruleset/load.py",
    "ruleset/options.py",
    "ruleset/figure_options.py",
    "ruleset/text_options.py",
    "ruleset/plain.py",
    "ruleset/yamltree.py",
    "ruleset/gates.py",
    "ruleset/regexes.py",
    "grammar/formula.py",
)
_LARGEST = 2_000_000


def rules_folder() -> Path:
    """The folder with the rules: inside an installed package, at the top of a checkout."""
    inside = _PACKAGE / "rules"
    return inside if inside.is_dir() else _PACKAGE.parent.parent / "rules"


def _source_files() -> list[Path]:
    folder = rules_folder()
    return [
        *sorted(folder.glob("*.yaml")),
        *sorted(folder.glob("editions/*.yaml")),
        *sorted(folder.glob("bases/*.txt")),
    ]


def _sources() -> bytes:
    files = [*_source_files(), *(_PACKAGE / name for name in _CODE)]
    return b"\0".join(str(path.name).encode() + b"\0" + path.read_bytes() for path in files)


@lru_cache(maxsize=1)
def builtin_ruleset() -> Ruleset:
    """The built-in rules without their examples, from the compiled form where it is true, else from YAML.

    Raises:
        RulesetError: when the rules are missing or wrong.

    """
    return _ruleset(_compiled()["rules"])


@lru_cache(maxsize=1)
def builtin_with_examples() -> Ruleset:
    """The built-in rules with examples and the clean reports these start from."""
    compiled = _compiled(examples=True)
    ruleset = builtin_ruleset()
    rules = tuple(attrs.evolve(rule, examples=tuple(compiled["examples"].get(rule.id, ()))) for rule in ruleset.rules)
    return attrs.evolve(ruleset, rules=rules, bases=compiled["bases"])


def compile_rules() -> dict[str, Any]:
    """Compile the rules and keep the result; a folder that cannot be written to is left alone.

    The bytes that mark the form are read before they are parsed: an edit meanwhile makes the form stale, never wrongly true.

    Returns:
        The compiled form, by the name of its file.

    """
    sources = _sources()
    data = _from_yaml()
    try:
        _COMPILED.mkdir(exist_ok=True)
        (_COMPILED / "sources").unlink(missing_ok=True)
        for name, part in data.items():
            _write(_COMPILED / f"{name}.json", json.dumps(part, ensure_ascii=False, separators=(",", ":")).encode())
        _write(_COMPILED / "sources", sources)
    except OSError:
        pass
    return data


def _write(path: Path, content: bytes) -> None:
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    draft.write_bytes(content)
    draft.replace(path)


def _compiled(*, examples: bool = False) -> dict[str, Any]:
    names = ("rules", "examples") if examples else ("rules",)
    try:
        if (_COMPILED / "sources").read_bytes() == _sources():
            parts = {name: json.loads((_COMPILED / f"{name}.json").read_bytes()) for name in names}
            return {"rules": parts["rules"], **parts.get("examples", {})}
    except (OSError, ValueError):
        pass
    data = compile_rules()
    return {"rules": data["rules"], **data["examples"]}


def _from_yaml() -> dict[str, Any]:
    from giro_lint.ruleset.load import load_rules

    folder = rules_folder()
    if not folder.is_dir():
        raise RulesetError("the built-in rules are missing; install giro-lint again", str(folder))
    vocabulary = _read(folder / "vocabulary.yaml")
    editions = [_read(path) for path in sorted(folder.glob("editions/*.yaml"))]
    profiles = _read(folder / "profiles.yaml")
    knowledge = make_knowledge(vocabulary, editions)
    rules = []
    for path in sorted(folder.glob("*.yaml")):
        if path.name not in {"vocabulary.yaml", "profiles.yaml"}:
            rules += load_rules(_read(path), str(path), knowledge, builtin=True)
    seen: dict[str, str] = {}
    for rule in rules:
        for word in (rule.id, rule.name):
            if word in seen:
                raise RulesetError(f"{word} stands twice, also in {seen[word]}", rule.origin)
            seen[word] = rule.origin
    rules.sort(key=lambda rule: rule.id)
    return {
        "rules": {
            "vocabulary": vocabulary,
            "editions": editions,
            "profiles": profiles,
            "rules": [plain_rule(rule) for rule in rules],
        },
        "examples": {
            "examples": {rule.id: list(rule.examples) for rule in rules},
            "bases": {path.stem: path.read_text(encoding="utf-8") for path in sorted(folder.glob("bases/*.txt"))},
        },
    }


def _read(path: Path) -> Any:
    from giro_lint.ruleset.yamltree import read_yaml

    return read_yaml(path.read_text(encoding="utf-8"), str(path))


def _ruleset(data: dict[str, Any]) -> Ruleset:
    return Ruleset(
        rules=tuple(rule_from_plain(item) for item in data["rules"]),
        knowledge=make_knowledge(data["vocabulary"], data["editions"]),
        profiles=data["profiles"],
    )


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
            raise RulesetError("a rule file has at most 2 MB", path)
        text = Path(path).read_text(encoding="utf-8")
    except OSError as problem:
        raise RulesetError(f"cannot be read: {problem.strerror}", path) from None
    except UnicodeDecodeError:
        raise RulesetError("is not UTF-8; save it as UTF-8", path) from None
    base = builtin_ruleset()
    return attrs.evolve(base, rules=tuple(load_rules(read_yaml(text, path), path, base.knowledge, builtin=False)))
