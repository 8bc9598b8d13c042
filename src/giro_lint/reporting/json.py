"""Format ``json``: one document for all files. May import: model."""

from __future__ import annotations

import json
from collections.abc import Iterable

from giro_lint.model.plain import outcomes_data, reports_data
from giro_lint.model.report import Report


def render_json(reports: Iterable[Report], *, outcomes: bool = False) -> str:
    """The reports as one JSON document, ended by a line end.

    Args:
        reports: the reports.
        outcomes: add how each rule ended, under ``rule_outcomes`` of a file.

    """
    kept = list(reports)
    data = reports_data(kept)
    if outcomes:
        for entry, report in zip(data["files"], kept, strict=True):
            entry["rule_outcomes"] = outcomes_data(report)
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
