"""Edition files and the vocabulary to `Knowledge`. May import: model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from giro_lint.model.errors import RulesetError
from giro_lint.model.form import Block, Edition, Entry, Knowledge, TableForm, Vocabulary


def make_knowledge(vocabulary: Mapping[str, Any], editions: Sequence[Mapping[str, Any]]) -> Knowledge:
    """Build the knowledge from plain data, as YAML or the compiled form give it.

    Args:
        vocabulary: contents of ``vocabulary.yaml``.
        editions: contents of the files under ``editions/``.

    Returns:
        The knowledge, editions in the order of their years.

    Raises:
        RulesetError: when a part is missing.

    """
    try:
        made = sorted((_edition(data) for data in editions), key=lambda edition: edition.first_year)
        return Knowledge(tuple(made), _vocabulary(vocabulary))
    except (KeyError, TypeError, ValueError) as problem:
        raise RulesetError(
            f"版本文件或词汇表缺少或用错 {problem} / an edition file or the vocabulary lacks or misuses {problem}"
        ) from None


def _edition(data: Mapping[str, Any]) -> Edition:
    first, last = data["years"]
    return Edition(
        id=str(data["id"]),
        basis=data["basis"],
        first_year=int(first),
        last_year=None if last is None else int(last),
        sections=tuple(_entry(part) for part in data["sections"]),
        tables={part["key"]: _table(part) for part in data["tables"]},
    )


def _table(data: Mapping[str, Any]) -> TableForm:
    parts = data.get("blocks") or [data]
    return TableForm(
        key=data["key"],
        label=data["label"],
        section=data["section"],
        layout=data["layout"],
        blocks=tuple(Block(_entry(part), _entries(part["columns"]), _entries(part["rows"])) for part in parts),
        groups=_entries(data.get("groups", ())),
        corner=data.get("corner", ""),
        words=tuple(data.get("words", ())),
    )


def _entries(data: Sequence[Mapping[str, Any]]) -> tuple[Entry, ...]:
    return tuple(_entry(part) for part in data)


def _entry(data: Mapping[str, Any]) -> Entry:
    return Entry(
        key=data["key"],
        label=data["label"],
        number=data.get("number", ""),
        group=data.get("group", ""),
        aliases=tuple(data.get("aliases", ())),
        renamed=tuple(data.get("renamed", ())),
    )


def _vocabulary(data: Mapping[str, Any]) -> Vocabulary:
    plain = {key: value for key, value in data.items() if key not in {"aspects", "body_kinds", "contact_labels"}}
    return Vocabulary(
        **plain,
        aspects=_entries(data["aspects"]),
        body_kinds=tuple((regex, kind) for regex, kind in data["body_kinds"]),
        contact_labels={key: tuple(labels) for key, labels in data["contact_labels"].items()},
    )
