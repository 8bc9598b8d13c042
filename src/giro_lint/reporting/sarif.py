"""Format ``sarif``: Static Analysis Results Interchange Format 2.1.0, for code scanning. May import: model, ruleset.rules.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import attrs

from giro_lint._version import __version__
from giro_lint.model.diagnostic import Applicability, Diagnostic, Severity
from giro_lint.model.plain import edits_data, range_data
from giro_lint.model.report import Report
from giro_lint.model.source import Source, Span
from giro_lint.reporting.job import Job
from giro_lint.reporting.places import path_uri, place_words
from giro_lint.reporting.words import family, family_name
from giro_lint.ruleset.rules import Rule

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_HOME = "https://giro-lint.readthedocs.io/"
_ROOT = "%SRCROOT%"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_PROBLEMS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "recommendation"}
_LANGUAGES = {"zh": "zh-CN", "en": "en-US"}
_WORDS = {
    "zh": {"remedy": "怎样修改", "basis": "依据", "root": "检查时所在的目录"},
    "en": {"remedy": "How to mend it", "basis": "Basis", "root": "the folder the check was run in"},
}


@attrs.define
class SarifWriter:
    """Keeps the results and writes one run at the end."""

    job: Job
    rules: dict[str, dict[str, Any]] = attrs.field(factory=dict)
    index: dict[str, int] = attrs.field(factory=dict)
    artifacts: dict[str, dict[str, Any]] = attrs.field(factory=dict)
    results: list[dict[str, Any]] = attrs.field(factory=list)
    notifications: list[dict[str, Any]] = attrs.field(factory=list)

    def __attrs_post_init__(self) -> None:
        for rule in self.job.rules:
            self._know(rule.id, _descriptor(rule, self.job.lang))

    def add(self, report: Report) -> str:
        """Keep a file and its results."""
        location = self._artifact(report)
        for diagnostic in report.diagnostics:
            self.results.append({**self._result(report.source, location, diagnostic), "suppressions": []})
            if diagnostic.rule in {"DOC000", "LNT004"}:
                self.notifications.append(self._notification(report.source, location, diagnostic))
        for held in report.suppressed:
            external = {"kind": "external", "status": "accepted", "justification": held.reason}
            self.results.append({**self._result(report.source, location, held.diagnostic), "suppressions": [external]})
        return ""

    def end(self, status: int) -> str:
        """The log, ended by a line end."""
        invocation: dict[str, Any] = {"executionSuccessful": status < 2, "exitCode": status}
        if self.notifications:
            invocation["toolExecutionNotifications"] = self.notifications
        driver = {
            "name": "giro-lint",
            "version": __version__,
            "informationUri": _HOME,
            "language": _LANGUAGES[self.job.lang],
            "rules": list(self.rules.values()),
        }
        run = {
            "tool": {"driver": driver},
            "invocations": [invocation],
            "language": _LANGUAGES[self.job.lang],
            "columnKind": "unicodeCodePoints",
            "originalUriBaseIds": {_ROOT: {"description": {"text": _WORDS[self.job.lang]["root"]}}},
            "artifacts": list(self.artifacts.values()),
            "results": self.results,
        }
        log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
        return json.dumps(log, ensure_ascii=False, indent=2) + "\n"

    def _know(self, rule: str, descriptor: Mapping[str, Any]) -> int:
        if rule not in self.index:
            self.index[rule] = len(self.rules)
            self.rules[rule] = dict(descriptor)
        return self.index[rule]

    def _artifact(self, report: Report) -> dict[str, Any]:
        """The place of a file; a file that is checked twice is listed once."""
        file = self._file(report.path)
        artifact: dict[str, Any] = {"location": file, "roles": ["analysisTarget"]}
        if report.source.encoding:
            artifact["encoding"] = report.source.encoding
        index = list(self.artifacts).index(file["uri"]) if file["uri"] in self.artifacts else len(self.artifacts)
        self.artifacts.setdefault(file["uri"], artifact)
        return {**file, "index": index}

    def _file(self, path: str) -> dict[str, Any]:
        uri = path_uri(path, self.job.root)
        return {"uri": uri} if uri.startswith("file:") else {"uri": uri, "uriBaseId": _ROOT}

    def _result(self, source: Source, location: Mapping[str, Any], diagnostic: Diagnostic) -> dict[str, Any]:
        rule = {"id": diagnostic.rule, "name": diagnostic.name}
        result: dict[str, Any] = {
            "ruleId": diagnostic.rule,
            "ruleIndex": self._know(diagnostic.rule, rule),
            "level": _LEVELS[diagnostic.severity],
            "message": {"text": self._message(source, diagnostic)},
            "locations": [self._location(source, location, diagnostic)],
            "partialFingerprints": {"giroLint/v1": diagnostic.fingerprint},
        }
        if diagnostic.related:
            result["relatedLocations"] = [
                {
                    "id": number,
                    "physicalLocation": self._physical(source, location, other.span)
                    if other.path is None
                    else {"artifactLocation": self._file(other.path)},
                    "message": {"text": other.message},
                }
                for number, other in enumerate(diagnostic.related, 1)
            ]
        if fix := self._fix(source, location, diagnostic):
            result["fixes"] = [fix]
        result["properties"] = {"messageKey": diagnostic.message_key, "data": dict(diagnostic.data)}
        return result

    def _notification(self, source: Source, location: Mapping[str, Any], diagnostic: Diagnostic) -> dict[str, Any]:
        return {
            "descriptor": {"id": diagnostic.rule, "index": self.index[diagnostic.rule]},
            "level": "error",
            "message": {"text": diagnostic.message},
            "locations": [{"physicalLocation": self._physical(source, location, diagnostic.span)}],
        }

    def _message(self, source: Source, diagnostic: Diagnostic) -> str:
        where = place_words(source, diagnostic.span, self.job.lang)
        return f"{where}: {diagnostic.message}" if where else diagnostic.message

    def _location(self, source: Source, location: Mapping[str, Any], diagnostic: Diagnostic) -> dict[str, Any]:
        logical: list[dict[str, Any]] = [{"fullyQualifiedName": diagnostic.anchor}] if diagnostic.anchor else []
        if place := source.location(diagnostic.span):
            where = place_words(source, diagnostic.span, self.job.lang)
            logical.append({"name": where, "properties": dict(place)})
        physical = {"physicalLocation": self._physical(source, location, diagnostic.span)}
        return {**physical, "logicalLocations": logical} if logical else physical

    @staticmethod
    def _physical(source: Source, location: Mapping[str, Any], span: Span) -> dict[str, Any]:
        """The file and, in one that has lines, the region."""
        if source.places:
            return {"artifactLocation": location}
        return {"artifactLocation": location, "region": _region(range_data(source, span))}

    def _fix(self, source: Source, location: Mapping[str, Any], diagnostic: Diagnostic) -> dict[str, Any]:
        """The fix as changes of the file; none where a person has to decide or the file is not text."""
        fix = diagnostic.fix
        if fix is None or source.places or fix.applicability is Applicability.DISPLAY:
            return {}
        replacements = [
            {"deletedRegion": _region(edit["range"]), "insertedContent": {"text": edit["text"]}}
            for edit in edits_data(source, fix.edits)
        ]
        if not replacements:
            return {}
        return {
            "description": {"text": diagnostic.fix_title or diagnostic.message},
            "artifactChanges": [{"artifactLocation": location, "replacements": replacements}],
            "properties": {"applicability": fix.applicability.value},
        }


def _region(place: Mapping[str, Mapping[str, int]]) -> dict[str, int]:
    start, end = place["start"], place["end"]
    return {
        "startLine": start["line"],
        "startColumn": start["column"],
        "endLine": end["line"],
        "endColumn": end["column"],
    }


def _descriptor(rule: Rule, lang: str) -> dict[str, Any]:
    words, why, remedy, basis = _WORDS[lang], rule.why[lang], rule.remedy[lang], rule.basis[lang]
    text = f"{why}\n{words['remedy']}: {remedy}" + (f"\n{words['basis']}: {basis}" if basis else "")
    markdown = f"{_plain(why)}\n\n**{words['remedy']}**  \n{_plain(remedy)}\n"
    if basis:
        markdown += f"\n**{words['basis']}**  \n{_plain(basis)}\n"
    return {
        "id": rule.id,
        "name": rule.name,
        "shortDescription": {"text": why.split("。")[0].split(". ")[0].rstrip(".") + ("。" if lang == "zh" else ".")},
        "fullDescription": {"text": why},
        "help": {"text": text, "markdown": f"{markdown}\n[{rule.id}]({rule.url})\n"},
        "helpUri": rule.url,
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {
            "family": family(rule.id),
            "tags": [family_name(rule.id, lang)],
            "tier": rule.tier,
            "editions": list(rule.editions),
            "basis": basis,
            "problem.severity": _PROBLEMS[rule.severity],
        },
    }


def _plain(text: str) -> str:
    """A text without the marks of Markdown."""
    return "".join(f"\\{c}" if c in "\\`*_<>[]#|" else c for c in text)
