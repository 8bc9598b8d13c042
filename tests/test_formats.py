"""The formats for other programs, each read back by the rules of who reads it."""

from __future__ import annotations

import io
import json
import re
import urllib.parse
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from junitparser import Error, Failure, JUnitXml, Skipped

from giro_lint.api import plan_for
from giro_lint.model.diagnostic import Severity
from giro_lint.model.source import Source, Span
from giro_lint.reporting.formats import FORMATS, render
from giro_lint.reporting.job import Job
from giro_lint.reporting.places import one_line, path_uri, relative_path
from reports import FAULTY, all_kinds, diagnostic, docx_report, held_report, linted, report, strange_reports, web_report
from shared import ROOT

MACHINE = ["json", "jsonl", "sarif", "github", "gitlab", "junit"]


def job(lang="zh", root=""):
    return Job(rules=plan_for().rules, lang=lang, root=root)


def diagnostics(reports):
    return [d for each in reports for d in each.diagnostics]


# --- SARIF -----------------------------------------------------------------


@cache
def sarif_schema():
    schema = json.loads((ROOT / "tests" / "schemas" / "sarif-2.1.0.schema.json").read_text(encoding="utf-8"))
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)


def sarif(reports, status=1, **options):
    log = json.loads(render("sarif", reports, job(**options), status))
    sarif_schema().validate(log)
    (run,) = log["runs"]
    return run


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_sarif_is_valid_and_complete(lang):
    reports = all_kinds()
    run = sarif(reports, lang=lang)
    rules = run["tool"]["driver"]["rules"]
    assert {rule.id for rule in plan_for().rules} <= {rule["id"] for rule in rules}
    assert len({rule["id"] for rule in rules}) == len(rules)
    known = {rule.id: rule for rule in plan_for().rules}
    for rule in rules:
        if rule["id"] in known:
            assert rule["fullDescription"]["text"] == known[rule["id"]].why[lang]
            assert known[rule["id"]].remedy[lang] in rule["help"]["text"]
            assert rule["helpUri"] == known[rule["id"]].url
            assert rule["properties"]["family"] == rule["id"][:3]
    assert len(run["results"]) == len(diagnostics(reports)) + 1
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in run["results"])
    assert len(run["artifacts"]) == len(reports)
    assert run["columnKind"] == "unicodeCodePoints"


def test_sarif_levels_places_and_fingerprints():
    one = linted(FAULTY)
    run = sarif([one])
    levels = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
    for result, d in zip(run["results"], one.diagnostics, strict=True):
        (line, column), (end_line, end_column) = one.source.opened(d.span)
        physical = result["locations"][0]["physicalLocation"]
        assert physical["region"] == {
            "startLine": line,
            "startColumn": column,
            "endLine": end_line,
            "endColumn": end_column,
        }
        assert physical["artifactLocation"]["uri"] == "%E6%8A%A5%E5%91%8A/2021%20%E5%B9%B4.txt"
        assert result["level"] == levels[d.severity]
        assert result["partialFingerprints"] == {"giroLint/v1": d.fingerprint}
        assert len(result.get("relatedLocations", [])) == len(d.related)


def test_sarif_tells_how_the_run_ended():
    assert sarif([linted(FAULTY)], status=1)["invocations"][0] == {"executionSuccessful": True, "exitCode": 1}
    ended = sarif(all_kinds(), status=2)["invocations"][0]
    assert (ended["executionSuccessful"], ended["exitCode"]) == (False, 2)
    assert [n["descriptor"]["id"] for n in ended["toolExecutionNotifications"]] == ["DOC000"]


def test_sarif_fixes_are_edits_of_the_opened_file():
    fixed = [result for result in sarif([linted(FAULTY)])["results"] if "fixes" in result]
    kinds = {result["ruleId"]: result["fixes"][0]["properties"]["applicability"] for result in fixed}
    assert kinds == {"HDG010": "safe", "DAT011": "safe", "SUM010": "unsafe"}
    (result,) = sarif([web_report()])["results"]
    (replacement,) = result["fixes"][0]["artifactChanges"][0]["replacements"]
    assert replacement["deletedRegion"] == {"startLine": 2, "startColumn": 5, "endLine": 2, "endColumn": 6}
    assert replacement["insertedContent"] == {"text": "&lt;"}
    assert result["fixes"][0]["properties"] == {"applicability": "unsafe"}


def test_sarif_of_a_document_without_lines():
    (result,) = sarif([docx_report()])["results"]
    (location,) = result["locations"]
    assert "region" not in location["physicalLocation"]
    assert {"name": "第 2 个表第 5 行第 3 格", "properties": {"table": 2, "row": 5, "cell": 3}} in location[
        "logicalLocations"
    ]
    assert result["message"]["text"] == "第 2 个表第 5 行第 3 格: 不对"
    assert "fixes" not in result


def test_sarif_keeps_what_is_held_back():
    (result,) = sarif([held_report()])["results"]
    assert result["suppressions"] == [{"kind": "external", "status": "accepted", "justification": "经核实无误"}]
    assert all(r["suppressions"] == [] for r in sarif([linted(FAULTY)])["results"])


# --- GitHub ----------------------------------------------------------------

COMMAND = re.compile(r"::(?P<name>[a-z]+) (?P<properties>.*?)::(?P<data>.*)")


def annotations(text):
    """Workflow commands as the runner reads them: a line a command, properties split at commas, then unescaped."""
    found = []
    for line in io.StringIO(text, newline=None):
        match = COMMAND.fullmatch(line.rstrip("\n"))
        assert match, line
        properties = dict(part.split("=", 1) for part in match["properties"].split(","))
        for escaped, plain in (("%3A", ":"), ("%2C", ","), ("%0D", "\r"), ("%0A", "\n"), ("%25", "%")):
            properties = {key: value.replace(escaped, plain) for key, value in properties.items()}
        found.append((match["name"], properties, match["data"]))
    return found


def test_github_annotations():
    one = linted(FAULTY)
    found = annotations(render("github", [one], job()))
    for (name, properties, message), d in zip(found, one.diagnostics, strict=True):
        assert name == {"error": "error", "warning": "warning", "info": "notice"}[d.severity.value]
        assert properties["file"] == one.path
        assert properties["title"] == f"{d.rule} {d.name}"
        (line, column), _ = one.source.opened(d.span)
        assert int(properties["line"]) == line
        if properties["endLine"] == properties["line"]:
            assert int(properties["col"]) == column
        assert message.replace("%25", "%") == d.message


def test_github_columns_only_within_one_line():
    ((_, properties, _),) = annotations(render("github", [report(Source("甲\n乙"), diagnostic(Span(0, 3)))], job()))
    assert (properties["line"], properties["endLine"]) == ("1", "2")
    assert not {"col", "endColumn"} & set(properties)


def test_github_of_a_document_without_lines():
    ((_, properties, message),) = annotations(render("github", [docx_report()], job("en")))
    assert set(properties) == {"file", "title"}
    assert message.startswith("table 2, row 5, cell 3: ")


@pytest.mark.parametrize(("name", "shown"), [("a\udce4\udcb8\udcad\nb", "a中 b"), ("x\udcff\ud800", "x\ufffd\ufffd")])
def test_names_that_the_system_could_not_decode_are_shown(name, shown):
    assert one_line(name) == shown


# --- GitLab ----------------------------------------------------------------


def test_gitlab_findings():
    reports = all_kinds()
    found = json.loads(render("gitlab", reports, job()))
    assert len(found) == len(diagnostics(reports))
    assert len({each["fingerprint"] for each in found}) == len(found)
    for each in found:
        assert set(each) == {"type", "check_name", "description", "severity", "fingerprint", "location"}
        assert each["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert each["location"]["lines"]["begin"] >= 1


def test_gitlab_paths_are_relative():
    inside = report(Source("甲", path="/work/reports/a.txt"), diagnostic())
    assert json.loads(render("gitlab", [inside], job(root="/work")))[0]["location"]["path"] == "reports/a.txt"


def test_equal_findings_have_stable_fingerprints_of_their_own():
    twice = report(Source("甲甲"), diagnostic(Span(0, 1)), diagnostic(Span(1, 2)))
    first, second = json.loads(render("gitlab", [twice], job()))
    (alone,) = json.loads(render("gitlab", [report(Source("\n甲"), diagnostic(Span(1, 2)))], job()))
    assert first["fingerprint"] != second["fingerprint"]
    assert first["fingerprint"] == alone["fingerprint"]


# --- JUnit -----------------------------------------------------------------

ALLOWED = {
    # element: attributes, children (junit-10.xsd of Jenkins' xUnit plugin, as far as it is used here)
    "testsuites": ({"name", "time", "tests", "failures", "errors"}, {"testsuite"}),
    "testsuite": ({"name", "tests", "failures", "errors", "skipped", "time"}, {"testcase"}),
    "testcase": ({"name", "classname", "time"}, {"failure", "error", "skipped"}),
    "failure": ({"type", "message"}, set()),
    "error": ({"type", "message"}, set()),
    "skipped": ({"type", "message"}, set()),
}


def junit(reports):
    xml = JUnitXml.fromstring(render("junit", reports, job()).encode("utf-8"))
    for element in xml._elem.iter():
        attributes, children = ALLOWED[element.tag]
        assert set(element.attrib) <= attributes
        assert {child.tag for child in element} <= children
    return xml


def test_junit_suites():
    reports = all_kinds()
    xml = junit(reports)
    assert [suite.name for suite in xml][:3] == ["报告/2021 年.txt", "b.txt", "c.txt"]
    for suite, one in zip(xml, reports, strict=True):
        results = [result for case in suite for result in case.result]
        assert suite.tests == len(list(suite)) == max(1, len(one.diagnostics) + len(one.suppressed))
        assert suite.failures == sum(isinstance(result, Failure) for result in results)
        assert suite.errors == sum(isinstance(result, Error) for result in results)
        assert suite.skipped == sum(isinstance(result, Skipped) for result in results) == len(one.suppressed)
    clean = list(xml)[2]
    assert [case.is_passed for case in clean] == [True]
    assert xml.failures + xml.errors == len(diagnostics(reports))


def test_junit_cases_say_where_and_what():
    (suite,) = junit([linted(FAULTY)])
    case = next(case for case in suite if case.name.startswith("SUM010"))
    assert case.name == "SUM010 wrong-cell (209:2)"
    (failure,) = case.result
    assert failure.type == "error"
    assert failure.message in failure.text
    assert "209:2" in failure.text


# --- JSON ------------------------------------------------------------------


def test_json_lines_are_the_diagnostics_of_json():
    reports = all_kinds()
    lines = render("jsonl", reports, job()).split("\n")
    assert lines.pop() == ""
    whole = json.loads(render("json", reports, job()))
    assert [json.loads(line) for line in lines] == [
        {"path": entry["path"], **d} for entry in whole["files"] for d in entry["diagnostics"]
    ]


# --- all -------------------------------------------------------------------


@given(st.lists(strange_reports(), max_size=3))
def test_whatever_stands_in_a_report_the_formats_can_be_read(reports):
    count = len(diagnostics(reports))
    sarif_schema().validate(json.loads(render("sarif", reports, Job())))
    assert len(annotations(render("github", reports, job()))) == count
    assert len(json.loads(render("gitlab", reports, job()))) == count
    assert sum(suite.failures for suite in junit(reports)) == count
    assert render("jsonl", reports, job()).count("\n") == count
    assert [len(entry["diagnostics"]) for entry in json.loads(render("json", reports, job()))["files"]] == [
        len(each.diagnostics) for each in reports
    ]


@pytest.mark.parametrize("name", FORMATS)
def test_no_report_at_all(name):
    assert isinstance(render(name, [], job()), str)


@pytest.mark.parametrize("name", MACHINE)
def test_the_output_is_the_same_every_time(name):
    assert render(name, all_kinds(), job()) == render(name, all_kinds(), job())


@pytest.mark.parametrize(
    ("path", "root", "uri"),
    [
        ("a/b.txt", "", "a/b.txt"),
        ("./a.txt", "", "a.txt"),
        ("a b%.txt", "", "a%20b%25.txt"),
        ("a:b.txt", "", "a%3Ab.txt"),
        ("?#.txt", "", "%3F%23.txt"),
        ("/w/x/年.txt", "/w", "x/%E5%B9%B4.txt"),
        ("/elsewhere/a.txt", "/w", "file:///elsewhere/a.txt"),
        ("/w/../a.txt", "/w", "file:///w/../a.txt"),
        ("C:\\r\\a.txt", "", "file:///C:/r%5Ca.txt"),
        ("<stdin>", "/w", "%3Cstdin%3E"),
        ("../a.txt", "/w", "../a.txt"),
        ("\udcff.txt", "", "%FF.txt"),
        ("\ud800.txt", "", "%3F.txt"),
    ],
)
def test_paths_as_uris(path, root, uri):
    assert path_uri(path, root) == uri
    assert urllib.parse.urlsplit(uri).scheme in {"", "file"}


def test_a_path_outside_the_folder_stays():
    assert relative_path("/w/a.txt", "/w") == "a.txt"
    assert relative_path("/wx/a.txt", "/w") == "/wx/a.txt"
    assert relative_path("/w", "/w") == "."
    assert relative_path("a/../b.txt", "/w") == "a/../b.txt"
