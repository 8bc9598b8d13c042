"""Format ``gitlab``: a GitLab code quality report. May import: model.

https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from typing import Any

import attrs

from giro_lint.model.diagnostic import Diagnostic, Severity
from giro_lint.model.report import Report
from giro_lint.reporting.job import Job
from giro_lint.reporting.places import place_words, relative_path

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


@attrs.define
class GitlabWriter:
    """Keeps the findings and writes them at the end."""

    job: Job
    findings: list[dict[str, Any]] = attrs.field(factory=list)
    met: Counter[tuple[str, str]] = attrs.field(factory=Counter)

    def add(self, report: Report) -> str:
        """Keep the findings of a file."""
        path = relative_path(report.path, self.job.root)
        self.findings += [self._finding(path, report, diagnostic) for diagnostic in report.diagnostics]
        return ""

    def end(self, status: int) -> str:  # noqa: ARG002
        """The list, ended by a line end."""
        return json.dumps(self.findings, ensure_ascii=False, indent=2) + "\n"

    def _finding(self, path: str, report: Report, diagnostic: Diagnostic) -> dict[str, Any]:
        where = place_words(report.source, diagnostic.span, self.job.lang)
        (line, _), (end, _) = report.source.opened(diagnostic.span)
        return {
            "type": "issue",
            "check_name": diagnostic.rule,
            "description": f"{diagnostic.rule} {where}: {diagnostic.message}"
            if where
            else f"{diagnostic.rule} {diagnostic.message}",
            "severity": _SEVERITIES[diagnostic.severity],
            "fingerprint": self._fingerprint(path, diagnostic),
            "location": {"path": path, "lines": {"begin": 1} if where else {"begin": line, "end": end}},
        }

    def _fingerprint(self, path: str, diagnostic: Diagnostic) -> str:
        """Unique in the list, for GitLab drops repeated ones; equal findings of a file are counted."""
        key = path, diagnostic.fingerprint
        self.met[key] += 1
        said = "\x1f".join((*key, str(self.met[key])))
        return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:32]
