"""Format ``jsonl``: a JSON object a diagnostic, each on a line of its own. May import: model."""

from __future__ import annotations

import json

import attrs

from giro_lint.model.plain import diagnostic_data
from giro_lint.model.report import Report
from giro_lint.reporting.job import Job


@attrs.frozen
class JsonLinesWriter:
    """Writes the diagnostics of a file as soon as it is checked."""

    job: Job

    def add(self, report: Report) -> str:
        """A line a diagnostic: those of the format ``json`` with the ``path`` of the file before them."""
        return "".join(
            json.dumps({"path": report.path, **diagnostic_data(report.source, diagnostic)}, ensure_ascii=False) + "\n"
            for diagnostic in report.diagnostics
        )

    def end(self, status: int) -> str:  # noqa: ARG002
        """Nothing more."""
        return ""
