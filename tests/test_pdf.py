"""A report printed as a PDF is read as the text it was printed from: the same findings at the same anchors."""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from builder import render_text
from faults import PLANTERS
from giro_lint import Config, Severity, lint_bytes, lint_text, plan_for
from print_samples import SAMPLES
from render_pdf import LOOKS, Look, is_regular, print_pdf
from shared import SHARED, needs_shared
from strategies import reports

pytest.importorskip("pypdfium2")
pytest.importorskip("reportlab")

ROOT = Path(__file__).parent.parent
UNSEEN = {"CEL006"}
"""White space at the edges of a cell: paper does not show it."""
PRINTED = {
    "suppress_health_check": list(HealthCheck),
    "phases": [Phase.explicit, Phase.generate],
}  # shrinking would print for minutes


def findings(report):
    return Counter((diagnostic.rule, diagnostic.anchor) for diagnostic in report.diagnostics)


def both(text, look, config):
    plan = plan_for(config=config)
    return findings(lint_text(text, plan=plan)), findings(
        lint_bytes(print_pdf(text, look), path="report.pdf", plan=plan)
    )


@pytest.mark.parametrize("name", sorted(LOOKS))
@settings(max_examples=2, **PRINTED)
@given(spec=reports())
def test_a_clean_report_is_silent_as_pdf(name, spec):
    told, found = both(render_text(spec), LOOKS[name], Config(profile="all", body_kind=spec.kind))
    assert (told, found) == (Counter(), Counter())


@pytest.mark.parametrize("look", ["ruled", "cut", "upright", "bare"])
@settings(max_examples=6, **PRINTED)
@given(spec=reports(), name=st.sampled_from(sorted(PLANTERS)), data=st.data())
def test_a_fault_is_found_in_the_pdf_as_in_the_text(look, spec, name, data):
    planted = PLANTERS[name](spec, data)
    assume(planted is not None)
    assume(is_regular(planted.text))
    told, found = both(planted.text, LOOKS[look], Config(body_kind=spec.kind))
    assert found == Counter({key: count for key, count in told.items() if key[0] not in UNSEEN})


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_what_browsers_and_word_processors_print_has_the_findings_of_the_text(name):
    example, _ = SAMPLES[name]
    text = (ROOT / "examples" / f"{example}.txt").read_text(encoding="utf-8")
    plan = plan_for(config=Config(profile="all"))
    told = findings(lint_text(text, plan=plan))
    assert len(told) > 10
    assert findings(lint_bytes((ROOT / "tests" / "samples" / "pdf" / name).read_bytes(), path=name, plan=plan)) == told


def damaged(text, *labels):
    for label in labels:
        assert label in text
        text = text.replace(label, label[:2] + "〓" + label[3:])
    return text


def rules_of(text, look):
    return {d.rule for d in lint_bytes(print_pdf(text, look), path="report.pdf").diagnostics}


def test_labels_that_are_damaged_are_told_where_lines_part_the_cells():
    text = (ROOT / "rules" / "bases" / "clean-2021.txt").read_text(encoding="utf-8")
    labels = ("保护第三方合法权益", "属于行政执法案卷")
    assert "TBL005" in rules_of(damaged(text, *labels), Look())
    assert "TBL005" in rules_of(damaged(text, labels[0]), Look(lines=False))
    assert "TBL005" not in rules_of(damaged(text, *labels), Look(lines=False))


@needs_shared
@pytest.mark.parametrize(
    ("name", "due"),
    [
        ("hongze-2024.pdf", {("TBL005", "applications/law_forbids"), ("TBL004", "applications/other_handling")}),
        ("huaian-2024.pdf", set()),
    ],
)
def test_what_is_known_of_real_reports_is_found_and_no_other_error(name, due):
    report = lint_bytes((SHARED / "samples" / name).read_bytes(), path=name)
    told = {(diagnostic.rule, diagnostic.anchor) for diagnostic in report.diagnostics}
    assert due <= told
    errors = {diagnostic.rule for diagnostic in report.diagnostics if diagnostic.severity is Severity.ERROR}
    assert errors <= {rule for rule, _ in due}
