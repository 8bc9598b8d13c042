"""Format ``junit``: test results as Jenkins and other build servers read them. May import: model.

A file is a test suite, a diagnostic a test case that fails, a file without diagnostics one test case that passes, a finding held back
one that is skipped. There is no standard; this keeps to what the schema of Jenkins' xUnit plugin (``junit-10.xsd``) allows.
"""

from __future__ import annotations

from xml.etree import ElementTree as ET

import attrs

from giro_lint.model.diagnostic import Diagnostic
from giro_lint.model.patterns import lazy
from giro_lint.model.report import Report
from giro_lint.reporting.job import Job
from giro_lint.reporting.places import place_words, relative_path
from giro_lint.reporting.words import SEVERITIES

_NO_XML = lazy("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BROKEN = frozenset({"DOC000", "LNT004"})


@attrs.define
class JunitWriter:
    """Keeps the suites and writes them at the end."""

    job: Job
    suites: list[ET.Element] = attrs.field(factory=list)

    def add(self, report: Report) -> str:
        """Keep a file."""
        broken = sum(d.rule in _BROKEN for d in report.diagnostics)
        name = _clean(relative_path(report.path, self.job.root))
        cases = [*report.diagnostics, *report.suppressed]
        counts = {
            "tests": max(len(cases), 1),
            "failures": len(report.diagnostics) - broken,
            "errors": broken,
            "skipped": len(report.suppressed),
        }
        suite = ET.Element(
            "testsuite", {"name": name, **{key: str(count) for key, count in counts.items()}, "time": "0"}
        )
        for diagnostic in report.diagnostics:
            self._failed(self._case(suite, name, report, diagnostic), report, diagnostic)
        for held in report.suppressed:
            ET.SubElement(self._case(suite, name, report, held.diagnostic), "skipped", {"message": _clean(held.reason)})
        if not cases:
            ET.SubElement(suite, "testcase", {"name": "giro-lint", "classname": name, "time": "0"})
        self.suites.append(suite)
        return ""

    def end(self, status: int) -> str:  # noqa: ARG002
        """The document, ended by a line end."""
        totals = {
            key: str(sum(int(suite.get(key, "0")) for suite in self.suites)) for key in ("tests", "failures", "errors")
        }
        root = ET.Element("testsuites", {"name": "giro-lint", **totals, "time": "0"})
        root.extend(self.suites)
        ET.indent(root)
        return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"

    def _case(self, suite: ET.Element, name: str, report: Report, diagnostic: Diagnostic) -> ET.Element:
        said = f"{diagnostic.rule} {diagnostic.name} ({self._place(report, diagnostic)})"
        return ET.SubElement(suite, "testcase", {"name": _clean(said), "classname": name, "time": "0"})

    def _failed(self, case: ET.Element, report: Report, diagnostic: Diagnostic) -> None:
        message = _clean(diagnostic.message)
        tag = "error" if diagnostic.rule in _BROKEN else "failure"
        failure = ET.SubElement(case, tag, {"type": diagnostic.severity.value, "message": message})
        place = _clean(f"{report.path}:{self._place(report, diagnostic)}")
        failure.text = f"{place}: {SEVERITIES[self.job.lang][diagnostic.severity]} {message}"
        if diagnostic.fix_title:
            failure.text += f"\n{_clean(diagnostic.fix_title)}"

    def _place(self, report: Report, diagnostic: Diagnostic) -> str:
        (line, column), _ = report.source.opened(diagnostic.span)
        return place_words(report.source, diagnostic.span, self.job.lang) or f"{line}:{column}"


def _clean(text: str) -> str:
    """The text without the characters that no XML document may contain."""
    return _NO_XML.sub("\ufffd", text)
