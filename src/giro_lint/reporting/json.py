"""Format ``json``: one document for all files. May import: model."""

from __future__ import annotations

import json
from typing import Any

import attrs

from giro_lint.model.plain import outcomes_data, report_data, whole_data
from giro_lint.model.report import Report
from giro_lint.reporting.job import Job


@attrs.define
class JsonWriter:
    """Keeps the files as plain data and writes them at the end."""

    job: Job
    files: list[dict[str, Any]] = attrs.field(factory=list)

    def add(self, report: Report) -> str:
        """Keep a file."""
        entry = report_data(report)
        if self.job.outcomes:
            entry["rule_outcomes"] = outcomes_data(report)
        self.files.append(entry)
        return ""

    def end(self, status: int) -> str:  # noqa: ARG002
        """The document, ended by a line end."""
        return json.dumps(whole_data(self.files), ensure_ascii=False, indent=2) + "\n"
