"""The library: values in, values out; any input gives a report; equal input gives an equal report."""

import json
import random
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import giro_lint
from builder import render_text
from giro_lint import (
    Config,
    ConfigError,
    Severity,
    Suppression,
    lint_bytes,
    lint_file,
    lint_paths,
    lint_text,
    parse_text,
    plan_for,
)
from giro_lint.reporting.formats import render
from giro_lint.schema import report_schema
from shared import ROOT
from strategies import reports

FAULTY = (ROOT / "examples" / "faulty-2021.txt").read_text(encoding="utf-8")
STRICT = {"profile": "all"}
VALIDATOR = Draft202012Validator(report_schema())
MARKS = "\t\n|#一二三四五六七八、（）()0123456789年月日。，：；《》〔〕 　\xa0\r\x00\u2028𠮷件条"


def check_sound(report):
    """Every span lies inside the text, the order is the text's, the JSON form is valid and round-trips."""
    size = len(report.source.text)
    starts = [d.span.start for d in report.diagnostics]
    assert starts == sorted(starts)
    for d in report.diagnostics:
        assert d.rule != "LNT004", d.message
        assert 0 <= d.span.start <= d.span.end <= size
        assert "{" not in d.message
        assert all(0 <= r.span.start <= r.span.end <= size for r in d.related)
        assert all(0 <= e.span.start <= e.span.end <= size for e in (d.fix.edits if d.fix else ()))
    text = render("json", [report])
    data = json.loads(text)
    VALIDATOR.validate(data)
    assert json.dumps(data, ensure_ascii=False, indent=2) + "\n" == text
    assert data["files"] == [report.to_dict()]


@given(st.text(alphabet=st.one_of(st.sampled_from(MARKS), st.characters()), max_size=500))
def test_any_text_gives_a_sound_report(text):
    check_sound(lint_text(text, config=Config(**STRICT)))


@given(st.binary(max_size=300))
def test_any_bytes_give_a_sound_report(data):
    check_sound(lint_bytes(data, path="x.txt"))


@given(reports(), st.integers(0, 10**9), st.sampled_from(["truncate", "shuffle", "drop", "repeat", "noise"]))
def test_damaged_reports_give_sound_reports(spec, seed, how):
    text, chance = render_text(spec), random.Random(seed)
    lines = text.splitlines(keepends=True)
    if how == "truncate":
        text = text[: chance.randrange(len(text))]
    elif how == "shuffle":
        chance.shuffle(lines)
        text = "".join(lines)
    elif how == "drop":
        text = "".join(line for line in lines if chance.random() > 0.2)
    elif how == "repeat":
        text = "".join(line * chance.choice([1, 1, 1, 2]) for line in lines)
    else:
        text = "".join(chance.choice(MARKS) if chance.random() < 0.05 else c for c in text)
    check_sound(lint_text(text, config=Config(**STRICT)))


@given(reports())
def test_equal_input_gives_equal_output(spec):
    text = render_text(spec).replace("，", ",", 3)
    assert render("json", [lint_text(text)]) == render("json", [lint_text(text)])


def test_fingerprints_survive_moved_lines():
    def prints(text):
        return sorted(d.fingerprint for d in lint_text(text).diagnostics)

    assert prints(FAULTY) == prints(FAULTY.replace("\n一、总体情况", "\n\n\n一、总体情况"))
    assert len(set(prints(FAULTY))) > 5


def test_threads_agree():
    expected = render("json", [lint_text(FAULTY)])
    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(lambda _: render("json", [lint_text(FAULTY)]), range(40))) == {expected}


def test_english_and_chinese_say_the_same_things():
    chinese, english = (lint_text(FAULTY, config=Config(lang=lang)) for lang in ("zh", "en"))
    assert [(d.rule, d.span) for d in chinese.diagnostics] == [(d.rule, d.span) for d in english.diagnostics]
    assert all(a.message != b.message for a, b in zip(chinese.diagnostics, english.diagnostics, strict=True))


def test_select_ignore_and_severities():
    everything = {d.rule for d in lint_text(FAULTY).diagnostics}
    assert {d.rule for d in lint_text(FAULTY, config=Config(select=("SUM",))).diagnostics} == {
        r for r in everything if r.startswith("SUM")
    }
    assert "SUM010" not in {d.rule for d in lint_text(FAULTY, config=Config(ignore=("SUM010",))).diagnostics}
    lowered = lint_text(FAULTY, config=Config(severities={"SUM010": "info", "SUM004": "off"}))
    assert {d.severity for d in lowered.diagnostics if d.rule == "SUM010"} == {Severity.INFO}
    assert "SUM004" not in {d.rule for d in lowered.diagnostics}


def test_a_severity_turns_a_rule_on_unless_the_caller_chose_others():
    extended = next(rule.id for rule in plan_for().ruleset.rules if rule.tier == "extended")
    severities = {extended: "warning", "SUM010": "info"}

    def run(**options):
        return {rule.id: rule.severity for rule in plan_for(None, Config(**options, severities=severities)).rules}

    assert run()[extended] == Severity.WARNING
    assert extended not in run(ignore=(extended,))
    assert extended not in run(select=("SUM",))
    assert run(select=("SUM",))["SUM010"] == Severity.INFO


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"select": ("SUMM",)}, "did you mean"),
        ({"ignore": ("row-totl",)}, "row-total"),
        ({"profile": "strictest"}, "strict"),
        ({"edition": "2020"}, "2021"),
        ({"severities": {"SUM001": "fatal"}}, "fatal"),
        ({"severities": {"SUM999": "error"}}, "SUM999"),
    ],
)
def test_wrong_options_are_refused_with_a_hint(options, words):
    with pytest.raises(ConfigError, match=words):
        plan_for(config=Config(**options))


@pytest.mark.parametrize("options", [{"lang": "fr"}, {"year": 20}, {"body_kind": "club"}, {"select": "SUM"}])
def test_wrong_values_are_refused_when_the_options_are_made(options):
    with pytest.raises(ConfigError):
        Config(**options)


def test_suppressions_hold_back_and_report_themselves():
    first = next(d for d in lint_text(FAULTY).diagnostics if d.rule == "SUM010")
    held = lint_text(FAULTY, config=Config(suppress=(Suppression("SUM010", "经核实", anchor=first.anchor),)))
    assert [s.diagnostic.rule for s in held.suppressed] == ["SUM010"]
    assert "SUM010" not in {d.rule for d in held.diagnostics}
    idle = lint_text(
        FAULTY,
        config=Config(suppress=(Suppression("SUM001", "经核实"), Suppression("SUM010", "旧", until="2020-01-01"))),
    )
    assert {"LNT001", "LNT002", "SUM010"} <= {d.rule for d in idle.diagnostics}
    with pytest.raises(ConfigError, match="reason"):
        Suppression("SUM010", " ")


def test_baselines_hold_back_what_is_known_and_name_what_is_gone():
    known = tuple(("<text>", d.fingerprint) for d in lint_text(FAULTY).diagnostics)
    report = lint_text(FAULTY, config=Config(baseline=(*known, ("<text>", "0" * 16), ("other.txt", "1" * 16))))
    assert [d.rule for d in report.diagnostics] == ["LNT005"]
    assert len(report.suppressed) == len(known)


def test_year_edition_and_kind_can_be_told():
    assert lint_text(FAULTY, config=Config(year=2022)).year == 2022
    assert parse_text(FAULTY, config=Config(edition="2019")).edition.id == "2019"
    assert lint_text(FAULTY, config=Config(body_kind="government")).body_kind == "government"


def test_files_that_cannot_be_read_do_not_stop_the_others(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"\x00\x01\x02\xff" * 50)
    (tmp_path / "b.txt").write_text(FAULTY, encoding="utf-8")
    (tmp_path / "c.jpg").write_bytes(b"\xff\xd8\xff")
    reports = list(lint_paths([tmp_path]))
    assert [(r.path.rsplit("/", 1)[-1], r.done) for r in reports] == [("a.txt", False), ("b.txt", True)]
    assert [d.rule for d in reports[0].diagnostics] == ["DOC000"]
    assert [d.rule for d in lint_file(tmp_path / "none.txt").diagnostics] == ["DOC000"]
    with pytest.raises(ConfigError):
        list(lint_paths([tmp_path / "nowhere"]))


def test_the_public_names_are_there_and_importing_is_lazy():
    import subprocess
    import sys

    assert all(getattr(giro_lint, name) is not None for name in giro_lint.__all__)
    assert dir(giro_lint) == giro_lint.__all__
    with pytest.raises(AttributeError):
        giro_lint.nothing  # noqa: B018
    code = "import sys, giro_lint; print(sorted(m for m in ('attrs', 'pyparsing', 'ruamel.yaml') if m in sys.modules))"
    assert (
        subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.strip() == "[]"
    )


def test_a_crashing_rule_is_a_diagnostic_and_the_others_run_on(monkeypatch):
    from giro_lint import engine

    def broken(_facts, _options):
        raise ZeroDivisionError("by design")
        yield

    plan = plan_for(config=Config())
    import attrs

    crashing = attrs.evolve(plan, checks={**plan.checks, "signature": broken})
    report = engine.run(giro_lint.parse_text(FAULTY).source, crashing)
    assert "LNT004" in {d.rule for d in report.diagnostics}
    assert "SUM010" in {d.rule for d in report.diagnostics}
    assert not report.done
    assert {o.status for o in report.outcomes if o.rule.startswith("SIG")} <= {"crashed", "skipped"}


def test_outcomes_tell_that_every_rule_looked_at_something():
    report = lint_text(FAULTY, config=Config(profile="all"))
    assert all(o.checked > 0 for o in report.outcomes if o.status == "passed")
    assert all(o.reason for o in report.outcomes if o.status == "skipped")
    assert len({o.rule for o in report.outcomes}) == len(report.outcomes) > 100
