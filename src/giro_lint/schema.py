"""The JSON schemas of what giro-lint reads and writes. May import: ruleset, model."""

from __future__ import annotations

from typing import Any

import attrs

from giro_lint.model.plain import SCHEMA
from giro_lint.ruleset.options import KINDS

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def report_schema() -> dict[str, Any]:
    """The schema of ``--format json``."""
    position = _object({"line": _count(1), "column": _count(1)})
    span = _object({"start": position, "end": position})
    text: dict[str, Any] = {"type": "string"}
    edit = _object({"range": {"$ref": "#/$defs/range"}, "text": text})
    related = _object({"path": {"type": ["string", "null"]}, "range": {"$ref": "#/$defs/range"}, "message": text})
    fix = _object({"title": text, "applicability": {"enum": ["safe", "unsafe", "display"]}, "edits": _list(edit)})
    diagnostic = {
        "rule": {"type": "string", "pattern": "^[A-Z]{2,8}-?[0-9]{1,4}$"},
        "name": text,
        "severity": {"enum": ["error", "warning", "info"]},
        "message": {"type": "string", "minLength": 1},
        "message_key": text,
        "data": {"type": "object", "additionalProperties": text},
        "range": {"$ref": "#/$defs/range"},
        "anchor": text,
        "location": _object(
            {
                "page": _count(1),
                "box": _list({"type": "number"}),
                "table": _count(1),
                "row": _count(1),
                "cell": _count(1),
                "paragraph": _count(1),
                "text": text,
            },
            {"page", "box", "table", "row", "cell", "paragraph"},
        ),
        "related": _list(related),
        "fix": fix,
        "basis": text,
        "url": text,
        "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{16}$"},
    }
    optional = {"location", "related", "fix"}
    outcomes = _object({name: _count(0) for name in ("passed", "failed", "skipped", "crashed")})
    outcome = _object(
        {
            "rule": text,
            "status": {"enum": ["passed", "failed", "skipped", "crashed"]},
            "checked": _count(0),
            "reason": text,
        }
    )
    entry = {
        "path": text,
        "media": text,
        "encoding": text,
        "title": text,
        "body": text,
        "body_kind": {"type": ["string", "null"]},
        "year": {"type": ["integer", "null"]},
        "edition": {"type": ["string", "null"]},
        "diagnostics": _list({"$ref": "#/$defs/diagnostic"}),
        "suppressed": _list(_object({**diagnostic, "reason": text}, optional)),
        "outcomes": outcomes,
        "rule_outcomes": _list(outcome),
    }
    whole = {
        "schema": {"const": SCHEMA},
        "tool": _object({"name": {"const": "giro-lint"}, "version": text}),
        "column_unit": {"const": "codepoint"},
        "files": _list(_object(entry, {"rule_outcomes"})),
        "summary": _object({name: _count(0) for name in ("files", "errors", "warnings", "infos")}),
    }
    definitions = {"range": span, "diagnostic": _object(diagnostic, optional)}
    return {"$schema": _DIALECT, "$id": SCHEMA, "title": "giro-lint report", **_object(whole), "$defs": definitions}


def rules_schema() -> dict[str, Any]:
    """The schema of a rule file, made from the option classes of the kinds."""
    words = _object({"zh": {"type": "string", "minLength": 1}, "en": {"type": "string", "minLength": 1}})
    severity = {"enum": ["error", "warning", "info"]}
    common: dict[str, Any] = {
        "id": {"type": "string", "pattern": "^[A-Z]{2,8}-?[0-9]{1,4}$"},
        "name": {"type": "string", "minLength": 1},
        "tier": {"enum": ["core", "extended"]},
        "severity": severity,
        "severities": {"type": "object", "additionalProperties": severity},
        "editions": _list({"type": "string"}),
        "body_kinds": _list({"type": "string"}),
        "first_year": {"type": ["integer", "string"]},
        "basis": words,
        "message": words,
        "messages": {"type": "object", "additionalProperties": words},
        "related": {"type": "object", "additionalProperties": words},
        "why": words,
        "remedy": words,
        "fix_title": words,
        "examples": _list({"type": "object"}),
    }
    needed = {"id", "name", "kind", "severity", "why", "remedy"}
    kinds = []
    for kind, options in KINDS.items():
        fields = attrs.fields(options)
        properties = {**common, "kind": {"const": kind}, **{field.name: field.metadata["schema"] for field in fields}}
        required = needed | {field.name for field in fields if field.default is attrs.NOTHING}
        kinds.append(
            {
                **_object(properties, set(properties) - required),
                "oneOf": [{"required": ["message"]}, {"required": ["messages"]}],
            }
        )
    return {
        "$schema": _DIALECT,
        "$id": "giro-lint/rules/1",
        "title": "giro-lint rules",
        **_object({"rules": _list({"oneOf": kinds})}),
    }


def _object(properties: dict[str, Any], optional: set[str] | frozenset[str] = frozenset()) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": sorted(set(properties) - optional),
        "additionalProperties": False,
    }


def _list(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


def _count(least: int) -> dict[str, Any]:
    return {"type": "integer", "minimum": least}
