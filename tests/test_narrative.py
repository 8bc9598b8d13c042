"""What the narrative says against the tables, sentence by sentence. May import: giro_lint, sentences.txt."""

from __future__ import annotations

from pathlib import Path

import pytest

from giro_lint import Config, Report, Ruleset, lint_text
from giro_lint.ruleset.builtin import builtin_with_examples

BASE = builtin_with_examples().bases["clean-2019"]
FIRST = BASE.index("畅通信函")
LAST = BASE.index("（三）政府信息管理")
FIGURES = ("NVT001", "NVT002", "NVT004", "NVT005", "NVT006", "NVT007", "NVT008", "NVT009", "NVT010", "NVT011", "NVT014")
RULES = (*FIGURES, "NVT015", "NVT016", "NVT023")


def _cases() -> list[tuple[frozenset[str], str, str]]:
    found = []
    for line in (Path(__file__).parent / "sentences.txt").read_text(encoding="utf-8").split("\n"):
        if line and not line.startswith("#"):
            rules, _, rest = line.partition(" ")
            kind, _, sentence = rest[1:].partition(" ") if rest.startswith("@") else ("department", "", rest)
            found.append((frozenset(f"NVT{rule}" for rule in rules.split(",") if rule != "-"), kind, sentence))
    return found


CASES = _cases()


def lint(sentence: str, kind: str = "department") -> Report:
    """The report with a sentence in place of the part 依申请公开."""
    return lint_text(f"{BASE[:FIRST]}{sentence}\n{BASE[LAST:]}", config=Config(select=RULES, body_kind=kind))


@pytest.mark.parametrize(("rules", "kind", "sentence"), CASES, ids=[sentence for _, _, sentence in CASES])
def test_sentence(rules: frozenset[str], kind: str, sentence: str) -> None:
    assert {diagnostic.rule for diagnostic in lint(sentence, kind).diagnostics} == rules


def test_there_are_sentences_of_both_kinds() -> None:
    silent = sum(not rules for rules, _, _ in CASES)
    assert silent >= 60
    assert len(CASES) - silent >= 40


def test_every_rule_on_figures_has_a_wrong_sentence() -> None:
    spoken = {rule for rules, _, _ in CASES for rule in rules}
    assert set(FIGURES) - spoken <= {"NVT014"}


def test_the_place_is_the_figure() -> None:
    report = lint("2020年，全年收到政府信息公开申请１８件。")
    [diagnostic] = report.diagnostics
    assert report.source.text[diagnostic.span.start : diagnostic.span.end] == "１８"
    assert diagnostic.data["expected"] == "17"


def test_a_paragraph_broken_into_lines_is_read_as_one() -> None:
    wrapped = "畅通各类受理渠道，完善登记、审核、答复流程。全年收到政府信\n息公开申请15件，均已按期答复，群众反映良好，没有出现差错。"
    assert [diagnostic.rule for diagnostic in lint(wrapped).diagnostics] == ["NVT001"]


def test_a_new_paragraph_is_not_read_as_one_with_the_last() -> None:
    apart = "畅通各类受理渠道，完善登记、审核、答复流程。全年收到政府信\n\n息公开申请15件，均已按期答复，群众反映良好，没有出现差错。"
    assert not lint(apart).diagnostics


def test_a_figure_that_fits_the_sums_is_accepted() -> None:
    wrong_cell = BASE.replace(
        "一、本年新收政府信息公开申请数量\n\t11\n\t3\n\t0\n\t1\n\t2\n\t0\n\t17",
        "一、本年新收政府信息公开申请数量\n\t11\n\t3\n\t0\n\t1\n\t2\n\t0\n\t71",
    )
    assert wrong_cell != BASE
    assert not lint_text(wrong_cell, config=Config(select=RULES)).diagnostics


def test_a_blank_cell_is_not_taken_for_zero() -> None:
    blank = BASE.replace(
        "一、本年新收政府信息公开申请数量\n\t11\n\t3\n\t0\n\t1\n\t2\n\t0\n\t17",
        "一、本年新收政府信息公开申请数量\n\t\n\t\n\t\n\t\n\t\n\t\n\t",
    )
    assert blank != BASE
    found = {diagnostic.rule for diagnostic in lint_text(blank, config=Config(select=RULES)).diagnostics}
    assert "NVT001" not in found


def test_one_wrong_total_is_one_diagnostic() -> None:
    report = lint("全年收到政府信息公开申请15件，其中自然人申请11件、法人或其他组织申请6件；上年结转3件。共办结20件。")
    assert [diagnostic.rule for diagnostic in report.diagnostics] == ["NVT001"]


def test_a_bare_section_six_is_one_diagnostic() -> None:
    text = builtin_with_examples().bases["clean-2021"]
    text = text.replace("2023年，我局未收取信息处理费。除此以外，没有需要报告的其他事项。", "无")
    both = lint_text(text, config=Config(select=("CNT010", "CNT011")))
    assert [diagnostic.rule for diagnostic in both.diagnostics] == ["CNT010"]
    alone = lint_text(text, config=Config(select=("CNT011",)))
    assert [diagnostic.rule for diagnostic in alone.diagnostics] == ["CNT011"]


def test_the_rules_of_claims_have_no_unknown_kind_of_pattern() -> None:
    for rule in Ruleset.builtin().rules:
        if rule.kind == "claim":
            for statement in rule.options.statements:
                assert statement.expect or statement.share_of
                assert bool(statement.share_of) == any("{p}" in source for source in statement.patterns)
