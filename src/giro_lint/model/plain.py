"""Reports as plain data, the shape of ``--format json``. May import: model.

Lines and columns are 1-based, columns count code points, ends are exclusive.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from giro_lint._version import __version__
from giro_lint.model.diagnostic import Diagnostic, Edit
from giro_lint.model.report import Report
from giro_lint.model.source import Source, Span

SCHEMA = "giro-lint/report/1"
_QUOTED = 80


def whole_data(files: list[dict[str, Any]]) -> dict[str, Any]:
    """The entries of several files in one document."""
    totals = Counter(diagnostic["severity"] for entry in files for diagnostic in entry["diagnostics"])
    return {
        "schema": SCHEMA,
        "tool": {"name": "giro-lint", "version": __version__},
        "column_unit": "codepoint",
        "files": files,
        "summary": {
            "files": len(files),
            "errors": totals["error"],
            "warnings": totals["warning"],
            "infos": totals["info"],
        },
    }


def report_data(report: Report) -> dict[str, Any]:
    """One file."""
    status = [outcome.status for outcome in report.outcomes]
    return {
        "path": report.path,
        "media": report.source.media,
        "encoding": report.source.encoding,
        "title": report.title,
        "body": report.body,
        "body_kind": report.body_kind,
        "year": report.year,
        "edition": report.edition,
        "diagnostics": [diagnostic_data(report.source, diagnostic) for diagnostic in report.diagnostics],
        "suppressed": [
            {**diagnostic_data(report.source, held.diagnostic), "reason": held.reason} for held in report.suppressed
        ],
        "outcomes": {name: status.count(name) for name in ("passed", "failed", "skipped", "crashed")},
    }


def outcomes_data(report: Report) -> list[Mapping[str, Any]]:
    """How each rule ended."""
    return [{"rule": o.rule, "status": o.status, "checked": o.checked, "reason": o.reason} for o in report.outcomes]


def diagnostic_data(source: Source, diagnostic: Diagnostic) -> dict[str, Any]:
    """One diagnostic."""
    data: dict[str, Any] = {
        "rule": diagnostic.rule,
        "name": diagnostic.name,
        "severity": diagnostic.severity.value,
        "message": diagnostic.message,
        "message_key": diagnostic.message_key,
        "data": dict(diagnostic.data),
        "range": range_data(source, diagnostic.span),
        "anchor": diagnostic.anchor,
    }
    if location := location_data(source, diagnostic.span):
        data["location"] = location
    if diagnostic.related:
        data["related"] = [
            {"path": other.path, "range": range_data(source, other.span), "message": other.message}
            for other in diagnostic.related
        ]
    if diagnostic.fix and (edits := edits_data(source, diagnostic.fix.edits)):
        data["fix"] = {
            "title": diagnostic.fix_title,
            "applicability": diagnostic.fix.applicability.value,
            "edits": edits,
        }
    return {**data, "basis": diagnostic.basis, "url": diagnostic.url, "fingerprint": diagnostic.fingerprint}


def edits_data(source: Source, edits: Sequence[Edit]) -> list[dict[str, Any]]:
    """Edits in the file that the user opens; none when one of them cannot be made there."""
    made = [source.opened_edit(edit.span, edit.text) for edit in edits]
    if source.origin is not None and None in made:
        return []
    return [
        {"range": range_data(source, edit.span), "text": new[1] if new else edit.text}
        for edit, new in zip(edits, made, strict=True)
    ]


def location_data(source: Source, span: Span) -> dict[str, Any]:
    """Where a span stands in a document without lines, and the text of its line there; empty for other media."""
    location = source.location(span)
    return {**location, "text": source.line_text(source.position(span.start)[0]).strip()[:_QUOTED]} if location else {}


def range_data(source: Source, span: Span) -> dict[str, dict[str, int]]:
    """A span as lines and columns."""
    start, end = source.opened(span)
    return {"start": {"line": start[0], "column": start[1]}, "end": {"line": end[0], "column": end[1]}}
