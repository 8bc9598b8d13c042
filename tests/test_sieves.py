"""A sieve tells of a rule what its check would have told, and a rule of which it tells nothing is run."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder import render_markdown, render_text
from faults import PLANTERS
from giro_lint import Config, Ruleset, engine, lint_text, plan_for
from giro_lint.checks.facts import Facts
from giro_lint.checks.kinds import sieves
from giro_lint.engine import document_of
from giro_lint.grammar.lexer import run_of
from giro_lint.model.source import Source
from shared import ROOT
from strategies import reports

BASES = [(ROOT / "rules" / "bases" / f"clean-{year}.txt").read_text(encoding="utf-8") for year in ("2019", "2021")]


def facts_of(text):
    plan = plan_for(config=Config(profile="all"))
    document = document_of(Source(text), plan)
    return Facts(document, plan.agenda(document).course)


def ended(check, facts, options):
    """All findings of a check, and what it returned."""
    found = []
    findings = check(facts, options)
    try:
        while True:
            found.append(next(findings))
    except StopIteration as stop:
        return found, stop.value


def agree(text):
    """Compare each sieve with its check in one report; the number of rules that sieves told of, and of the others."""
    rules = Ruleset.builtin().rules
    evaluators = plan_for(config=Config(profile="all")).checks
    told_of = left = 0
    for check, sieve in sieves().items():
        mine = [rule for rule in rules if rule.kind != "engine" and evaluators[rule.kind] is check]
        told = sieve(facts_of(text), tuple(rule.options for rule in mine))
        assert len(told) == len(mine)
        for rule, looked in zip(mine, told, strict=True):
            if looked is None:
                left += 1
                continue
            told_of += 1
            assert ended(check, facts_of(text), rule.options) == ([], looked), rule.id
    return told_of, left


@given(reports(), st.sampled_from([render_text, render_markdown]))
def test_sieves_and_checks_agree_on_clean_reports(spec, render):
    told_of, left = agree(render(spec))
    assert told_of > 10 * left


@given(st.sampled_from(sorted(PLANTERS)), reports(), st.data())
def test_sieves_and_checks_agree_on_faulty_reports(name, spec, data):
    planted = PLANTERS[name](spec, data)
    if planted is not None:
        agree(planted.text)


@pytest.mark.parametrize("text", ["", "无", "一、总体情况\n", "2023年政府信息公开工作年度报告\n一、总体情况\n无。\n"])
def test_sieves_and_checks_agree_on_texts_that_lack_much(text):
    agree(text)


def test_a_sieve_that_crashes_leaves_its_rules_to_their_checks(monkeypatch):
    def broken(_facts, _rules):
        raise ZeroDivisionError("by design")

    text = BASES[0].replace("\t1\n", "\t7\n")
    sound = lint_text(text, config=Config(profile="all"))
    monkeypatch.setattr(engine, "sieves", lambda: dict.fromkeys(sieves(), broken))
    report = lint_text(text, config=Config(profile="all"))
    assert report.diagnostics
    assert (report.diagnostics, report.outcomes) == (sound.diagnostics, sound.outcomes)


def test_a_run_ends_where_its_terminal_does_not_match():
    matches = run_of("a+|b").parse_string("aabXa")
    assert [match.group() for match in matches] == ["aa", "b"]
    assert list(run_of("a").parse_string("Xa")) == []
