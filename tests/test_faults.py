"""A clean report is silent; a report with one fault gets that fault's diagnostic at its place and nothing from other families."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from builder import render_inline, render_markdown, render_text
from faults import PLANTERS
from giro_lint import Config, Severity, lint_text, plan_for
from strategies import reports


@given(reports())
def test_a_clean_report_is_silent_at_every_tier(spec):
    report = lint_text(render_text(spec), plan=plan_for(config=Config(profile="all", body_kind=spec.kind)))
    assert [f"{d.rule} {d.message}" for d in report.diagnostics] == []
    assert (report.year, report.edition, report.body) == (spec.year, spec.edition, spec.body)


@given(reports(), st.sampled_from([render_markdown, render_inline, lambda spec: render_inline(spec, " | ")]))
def test_a_clean_report_has_no_error_and_no_warning_in_other_layouts(spec, render):
    report = lint_text(render(spec), path="report.md")
    assert [f"{d.rule} {d.message}" for d in report.diagnostics if d.severity is not Severity.INFO] == []


@pytest.mark.parametrize("name", sorted(PLANTERS))
@settings(max_examples=6)
@given(spec=reports(), data=st.data())
def test_one_fault_is_found_at_its_place(name, spec, data):
    planted = PLANTERS[name](spec, data)
    assume(planted is not None)
    report = lint_text(planted.text, plan=plan_for(config=Config(body_kind=spec.kind)))
    found = [d for d in report.diagnostics if d.rule in planted.rules]
    others = [
        f"{d.rule} {d.message}" for d in report.diagnostics if not d.rule.startswith((*planted.rules, *planted.also))
    ]
    assert found, [f"{d.rule} {d.message}" for d in report.diagnostics]
    assert others == []
    assert len(found) == planted.count
    if planted.at:
        assert any(
            d.span.start < max(planted.at[1], planted.at[0] + 1) and planted.at[0] < max(d.span.end, d.span.start + 1)
            for d in found
        )


def test_there_are_enough_kinds_of_fault():
    assert len(PLANTERS) >= 40
