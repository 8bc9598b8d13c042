"""What browsers and word processors save of the sample reports has the findings of the text. May import: the helpers beside it."""

from __future__ import annotations

import pytest

from giro_lint import Config, lint_file, lint_text, plan_for
from save_samples import SAMPLES
from shared import ROOT


def findings(report):
    return sorted((d.rule, d.anchor, d.message) for d in report.diagnostics)


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_what_was_saved_has_the_findings_of_the_text(name):
    example, _ = SAMPLES[name]
    plan = plan_for(config=Config(profile="all"))
    told = findings(lint_text((ROOT / "examples" / f"{example}.txt").read_text(encoding="utf-8"), plan=plan))
    assert len(told) > 10
    assert findings(lint_file(ROOT / "tests" / "samples" / "saved" / name, plan=plan)) == told
