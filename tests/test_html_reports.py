"""A report is found in its page whatever the page looks like: the same findings as in the text, each at its place in the page."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from builder import render_text
from faults import PLANTERS
from giro_lint import Config, lint_bytes, lint_file, lint_text, plan_for
from render_html import STYLES, render_bytes, shown
from shared import SHARED, needs_shared
from strategies import reports

SHORT = 60
"""Of a longer stretch only the ends are sure to be shown without anything between."""


def linted(text, style, plan):
    report = lint_bytes(render_bytes(text, style), path="report.html", plan=plan)
    assert report.source.media == "html"
    return report


def told(report):
    return sorted((d.rule, d.anchor, d.evidence, d.message) for d in report.diagnostics)


def check_places(report):
    """What a diagnostic's range covers in the page is what the diagnostic is about."""
    source = report.source
    for diagnostic in report.diagnostics:
        words = "".join(source.text[diagnostic.span.start : diagnostic.span.end].split())
        placed = source.origin_span(diagnostic.span)
        piece = shown(source.origin.text[placed.start : placed.end])
        assert piece == words if len(words) < SHORT else piece.startswith(words[:9]), diagnostic


@pytest.mark.parametrize("style", sorted(STYLES))
@settings(max_examples=2)
@given(spec=reports())
def test_a_clean_report_is_silent_in_every_style(style, spec):
    plan = plan_for(config=Config(profile="all", body_kind=spec.kind))
    report = linted(render_text(spec), style, plan)
    assert [f"{d.rule} {d.message}" for d in report.diagnostics] == []
    assert (report.year, report.edition, report.body) == (spec.year, spec.edition, spec.body)


@pytest.mark.parametrize("name", sorted(PLANTERS))
@settings(max_examples=2)
@given(spec=reports(), data=st.data())
def test_a_fault_is_found_in_the_page_as_in_the_text(name, spec, data):
    planted = PLANTERS[name](spec, data)
    assume(planted is not None)
    plan = plan_for(config=Config(profile="all", body_kind=spec.kind))
    expected = told(lint_text(planted.text, plan=plan))
    for style in (data.draw(st.sampled_from(["content-system", "word"])), data.draw(st.sampled_from(sorted(STYLES)))):
        report = linted(planted.text, style, plan)
        assert told(report) == expected
        check_places(report)


@needs_shared
def test_a_real_page():
    report = lint_file(SHARED / "samples" / "shuyang-fgj-2023.html", plan=plan_for(config=Config(profile="all")))
    found = {(d.rule, report.source.opened(d.span)[0][0]) for d in report.diagnostics}
    due = {
        ("HDG001", 227),
        ("CON005", 230),
        ("NVT012", 231),
        ("TYP009", 236),
        ("ART006", 282),
        ("CEL004", 420),
        ("HDG008", 1197),
    }
    assert due <= found
    assert {rule for rule, _ in found - due} <= {"CON007", "CNT009", "DAT005"}
    assert report.body.endswith("发展和改革局")
    check_places(report)
