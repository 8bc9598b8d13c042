"""The built-in rules: their examples, their texts, and that each of the catalogue's families is there."""

import re
import string

import attrs
import pytest

from giro_lint.cli import main
from giro_lint.examples import run_examples
from giro_lint.explain import explain_rule
from giro_lint.ruleset.builtin import builtin_with_examples
from shared import SHARED, needs_shared

RULESET = builtin_with_examples()
CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.mark.parametrize("rule", RULESET.rules, ids=lambda rule: rule.id)
def test_examples_hold(rule):
    assert [f"#{r.number}: {r.problem}" for r in run_examples(RULESET, (rule,)) if r.problem] == []


@pytest.mark.parametrize("rule", RULESET.rules, ids=lambda rule: rule.id)
def test_texts_are_complete_in_both_languages(rule):
    for words in (*rule.messages.values(), *rule.related.values(), rule.why, rule.remedy):
        assert CHINESE.search(words["zh"])
        assert re.search(r"[A-Za-z]{2}", re.sub(r"\{\w+\}", "", words["en"])), words
        fields = {
            lang: {name for _, name, _, _ in string.Formatter().parse(words[lang]) if name} for lang in ("zh", "en")
        }
        assert len(fields["zh"]) == len(fields["en"]), words  # a date may be written in two ways
    assert explain_rule(RULESET, rule, "en")


def test_names_and_ids_are_unique():
    words = [word for rule in RULESET.rules for word in (rule.id, rule.name)]
    assert len(words) == len(set(words))


def test_the_command_runs_them_too(capsys, monkeypatch):
    """Rules that need no other: that the examples of all hold is told above."""
    some = attrs.evolve(RULESET, rules=tuple(rule for rule in RULESET.rules if rule.id.startswith(("CON", "HDG"))))
    monkeypatch.setattr("giro_lint.cli.info.builtin_with_examples", lambda: some)
    assert main(["test-rules"]) == 0
    count = sum(len(rule.examples) for rule in some.rules)
    assert f"{len(some.rules)} 条规则，{count} 个示例，0 个不符" in capsys.readouterr().out


def test_editions_meet_without_gap():
    editions = RULESET.knowledge.editions
    assert [(e.id, e.first_year, e.last_year) for e in editions] == [("2019", 2019, 2020), ("2021", 2021, None)]
    assert RULESET.knowledge.due(2018) is None
    assert RULESET.knowledge.due(2030).id == "2021"


@needs_shared
def test_every_core_rule_of_the_catalogue_is_there():
    import csv

    known = {rule.id: rule for rule in RULESET.rules}
    with (SHARED / "spec" / "rules.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["tier"] == "core" and not row["id"].startswith("XYR"):
                assert row["id"] in known
                assert known[row["id"]].tier == "core"
