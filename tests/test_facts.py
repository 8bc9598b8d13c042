"""What is worked out once for many rules or many reports is what every rule would have worked out for itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder import render_markdown, render_text
from giro_lint import Config, Ruleset, lint_text, plan_for
from giro_lint.binding.flows import make_flow
from giro_lint.checks.facts import Facts
from giro_lint.checks.sentences import narrative_of
from giro_lint.engine import document_of
from giro_lint.model.source import Source
from giro_lint.model.values import CellState
from shared import ROOT
from strategies import reports

BASES = [(ROOT / "rules" / "bases" / f"clean-{year}.txt").read_text(encoding="utf-8") for year in ("2019", "2021")]
SCOPES = (("prose",), ("overall", "extra"), ("problems", "other"), ("overall", "extra", "applications"), ("extra",))


def facts_of(text: str) -> Facts:
    plan = plan_for(config=Config(profile="all"))
    document = document_of(Source(text), plan)
    return Facts(document, plan.agenda(document).course)


@given(reports(), st.sampled_from([render_text, render_markdown]))
def test_a_flow_of_flows_is_the_flow_of_their_lines(spec, render):
    text = render(spec)
    facts = facts_of(text)
    for scopes in SCOPES:
        joined, whole = facts.flow(*scopes), make_flow(text, [line for scope in scopes for line in facts.lines(scope)])
        assert joined.text == whole.text
        assert [joined.offset(i) for i in range(len(joined.text))] == [whole.offset(i) for i in range(len(whole.text))]


def test_a_repeated_section_stays_at_its_place_in_the_prose():
    doubled = BASES[1].replace("二、", "一、总体情况\n又一段。\n二、", 1)
    facts = facts_of(doubled)
    assert len(facts.document.sections) == 7
    assert facts.flow("prose").text == make_flow(doubled, facts.lines("prose")).text


@given(reports(), st.data())
def test_sentences_are_found_by_their_words(spec, data):
    narrative = narrative_of(facts_of(render_text(spec)), "overall", "extra", "problems")
    starts = st.integers(0, max(len(narrative.text) - 4, 0))
    words = [narrative.text[at : at + data.draw(st.integers(1, 4))] for at in data.draw(st.lists(starts, max_size=4))]
    due = [i for i, s in enumerate(narrative.sentences) if not words or any(word in s.text for word in words)]
    assert sorted(narrative.having(tuple(words))) == due


@given(
    reports(), st.lists(st.sampled_from(["申请", "公开", "诉讼", "(一)", "1.", "处理费", "未收到", "结转", "责任追究"]))
)
def test_words_are_told_alike_one_by_one_and_together(spec, words):
    facts = facts_of(render_text(spec))
    prose, part = facts.flow("prose").text, facts.flow("problems").text
    assert facts.says(words) == any(word in prose for word in words)
    assert facts.says(words, part) == any(word in part for word in words)


@given(reports())
def test_every_cell_is_either_plain_or_odd(spec):
    first = next(iter(spec.tables["applications"]))
    facts = facts_of(render_text(spec.with_cell("applications", first, "natural", "１ 件")))
    for key, table in facts.document.tables.items():
        figures = facts.figures(key)
        assert set(figures.plain).isdisjoint((row, column) for row, column, _ in figures.odd)
        assert set(table.cells) == {*figures.plain, *((row, column) for row, column, _ in figures.odd)}
        numbers = {place: cell.amount for place, cell in table.cells.items() if cell.value.state is CellState.NUMBER}
        assert figures.numbers == numbers


@pytest.mark.parametrize("order", [(0, 1, 0), (1, 0, 1)])
def test_a_plan_serves_reports_of_different_editions_one_after_another(order):
    shared = plan_for(Ruleset.builtin(), Config(profile="all"))
    for base in order:
        text = BASES[base].replace("1\n", "7\n")
        alone = lint_text(text, plan=plan_for(Ruleset.builtin(), Config(profile="all")))
        report = lint_text(text, plan=shared)
        assert report.diagnostics
        assert report.diagnostics == alone.diagnostics
        assert report.outcomes == alone.outcomes
