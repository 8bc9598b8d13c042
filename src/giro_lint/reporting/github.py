"""Format ``github``: workflow commands that GitHub Actions turns into annotations. May import: model.

https://docs.github.com/actions/reference/workflow-commands-for-github-actions
"""

from __future__ import annotations

import attrs

from giro_lint.model.diagnostic import Diagnostic, Severity
from giro_lint.model.report import Report
from giro_lint.reporting.job import Job
from giro_lint.reporting.places import one_line, place_words, relative_path

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


@attrs.frozen
class GithubWriter:
    """Writes the annotations of a file as soon as it is checked."""

    job: Job

    def add(self, report: Report) -> str:
        """A line an annotation."""
        return "".join(self._annotation(report, diagnostic) for diagnostic in report.diagnostics)

    def end(self, status: int) -> str:  # noqa: ARG002
        """Nothing more."""
        return ""

    def _annotation(self, report: Report, diagnostic: Diagnostic) -> str:
        properties: dict[str, object] = {"file": relative_path(report.path, self.job.root)}
        message = diagnostic.message
        if where := place_words(report.source, diagnostic.span, self.job.lang):
            message = f"{where}: {message}"
        else:
            (line, column), (end_line, end_column) = report.source.opened(diagnostic.span)
            properties |= {"line": line, "endLine": end_line}
            if line == end_line:  # columns count only within one line
                properties |= {"col": column, "endColumn": end_column}
        properties["title"] = f"{diagnostic.rule} {diagnostic.name}"
        said = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items())
        return f"::{_COMMANDS[diagnostic.severity]} {said}::{_data(one_line(message))}\n"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
