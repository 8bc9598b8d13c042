"""Users' own rule files: what works, and what is refused with file, line, column and a suggestion."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from giro_lint import Config, Ruleset, RulesetError, lint_text
from giro_lint.cli import main
from giro_lint.examples import run_examples
from giro_lint.ruleset.builtin import builtin_with_examples
from giro_lint.ruleset.regexes import regex_problem
from giro_lint.schema import rules_schema
from shared import ROOT

TEXTS = "    why: {zh: 原因。, en: Reason.}\n    remedy: {zh: 改正。, en: Mend it.}\n    message: {zh: 多于一千件, en: more than a thousand}\n"
GOOD = f"""rules:
  - id: HOUSE001
    name: many-penalties
    kind: relation
    severity: info
    expect: proactive.penalty.decisions <= 1000
{TEXTS}    examples:
      - {{base: clean-2021, set: {{proactive/penalty/decisions: "1001"}}, finds: [proactive/penalty/decisions]}}
      - {{base: clean-2021, finds: []}}
"""


def write(tmp_path, text):
    path = tmp_path / "house.yaml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_own_rules_run_beside_the_built_in_ones(tmp_path):
    ruleset = Ruleset.builtin() + Ruleset.from_yaml(write(tmp_path, GOOD))
    text = builtin_with_examples().bases["clean-2021"].replace("\t行政处罚\n\t6\n", "\t行政处罚\n\t1001\n")
    assert "HOUSE001" in {d.rule for d in lint_text(text, rules=ruleset).diagnostics}
    assert {d.rule for d in lint_text(text, rules=ruleset, config=Config(select=("HOUSE",))).diagnostics} == {
        "HOUSE001"
    }


def test_own_rules_are_tested_by_the_command(tmp_path, capsys):
    path = write(tmp_path, GOOD)
    assert main(["test-rules", path]) == 0
    assert "1 条规则，2 个示例，0 个不符" in capsys.readouterr().out
    assert main(["check", "--rules", path, "--select", "HOUSE", str(ROOT / "examples" / "clean-2019.txt")]) == 0
    assert main(["test-rules", write(tmp_path, GOOD.replace('"1001"', '"1000"'))]) == 1


def test_strictness_goes_both_ways(tmp_path):
    for change, words in (
        (("finds: [proactive/penalty/decisions]", "finds: [proactive/penalty/nothing]"), "unexpected"),
        (('"1001"', '"5"'), "not found"),
        (("proactive/penalty/decisions: ", "proactive/penalty/nothing: "), "no cell"),
        (("base: clean-2021, finds: []", "base: clean-2050, finds: []"), "clean-2050"),
        (("      - {base: clean-2021, finds: []}\n", ""), "passes"),
    ):
        path = write(tmp_path, GOOD.replace(*change))
        ruleset = builtin_with_examples() + Ruleset.from_yaml(path)
        problems = [
            r.problem for r in run_examples(ruleset, tuple(r for r in ruleset.rules if r.id == "HOUSE001")) if r.problem
        ]
        assert any(words in problem for problem in problems), (change, problems)


@pytest.mark.parametrize(
    ("change", "line", "words"),
    [
        (("kind: relation", "kind: relatoin"), 4, "did you mean 'relation'"),
        (("severity: info", "severity: note"), 5, "severity"),
        (("    expect: ", "    exepct: "), 6, "did you mean 'expect'"),
        (("proactive.penalty.decisions", "proactive.penalyt.decisions"), 6, "did you mean 'penalty'"),
        (("proactive.penalty.decisions", "proactive.penalty"), 6, "'proactive.penalty' 应为“表.行.列” / "),
        (("proactive.penalty.decisions", "proactiv.penalty.decisions"), 6, "did you mean 'proactive'"),
        (("decisions <= 1000", "decisions <= <= 1000"), 6, "column"),
        (("decisions <= 1000", "__import__('os')"), 6, "formula"),
        (("id: HOUSE001", "id: SUM001"), 2, "prefix"),
        (("id: HOUSE001", "id: house"), 2, "prefix"),
        (("name: many-penalties", "name: ''"), 2, "name"),
        (("en: Mend it.}", "}"), 8, "en"),
        (("{zh: 多于一千件, en: more than a thousand}", "{zh: '{__class__.x}', en: x}"), 9, "placeholder"),
        (("rules:\n", "rule:\n"), 1, "rules"),
        (("kind: relation", "kind: engine"), 4, "kind"),
        (("    expect: ", "    editions: ['2020']\n    expect: "), 6, "2020"),
        (("    expect: ", "    expect: x\n    expect: "), 7, "twice"),
    ],
)
def test_mistakes_are_refused_at_their_place(tmp_path, change, line, words):
    assert change[0] in GOOD
    with pytest.raises(RulesetError) as caught:
        Ruleset.from_yaml(write(tmp_path, GOOD.replace(*change, 1)))
    assert words in str(caught.value)
    assert caught.value.line == line, str(caught.value)
    assert caught.value.column > 0
    assert caught.value.path.endswith("house.yaml")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("rules: &a\n  - *a\n", "alias"),
        ("a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(f"{chr(98 + i)}: &{chr(98 + i)} [*{chr(97 + i)}, *{chr(97 + i)}, *{chr(97 + i)}, *{chr(97 + i)}, *{chr(97 + i)}, *{chr(97 + i)}, *{chr(97 + i)}, *{chr(97 + i)}]\n" for i in range(8)), "aliases"),
        ("rules: [\n", "YAML"),
        ("rules: {}\n", "list"),
        ("- 1\n", "rules"),
        ("rules:\n  - 5\n", "mapping"),
        ("", "rules"),
        ("\x00", "YAML"),
        ("rules:\n" + "  " * 2000 + "- a\n", "mapping"),
        ("[" * 1000, "YAML"),
    ],
)  # fmt: skip
def test_odd_yaml_is_refused(tmp_path, text, words):
    path = write(tmp_path, text)
    with pytest.raises(RulesetError, match=words):
        Ruleset.from_yaml(path)
    assert main(["check", "--rules", path, str(ROOT / "examples" / "clean-2019.txt")]) == 2


def test_repeated_ids_are_refused(tmp_path):
    twice = GOOD + GOOD.split("rules:\n", 1)[1]
    with pytest.raises(RulesetError, match="twice"):
        Ruleset.from_yaml(write(tmp_path, twice))
    once = Ruleset.from_yaml(write(tmp_path, GOOD))
    with pytest.raises(RulesetError, match="exists already"):
        _ = Ruleset.builtin() + once + once


@pytest.mark.parametrize(
    "source",
    [
        "(a+)+b",
        "(a|aa)+b",
        "(?:x*)*",
        "(?:[a-z]+)*y",
        "(a*){60}",
        "((a{1,200}){1,200})",
        "x" * 5000,
        "(unclosed",
        "(?P<n>a)(?P<n>b)",
    ],
)
def test_explosive_and_broken_regular_expressions_are_refused(tmp_path, source):
    assert regex_problem(source)
    rule = f"rules:\n  - id: HOUSE002\n    name: house-pattern\n    kind: pattern\n    severity: info\n    gate: [a]\n    find: '{source}'\n{TEXTS}"
    with pytest.raises(RulesetError) as caught:
        Ruleset.from_yaml(write(tmp_path, rule))
    assert caught.value.line == 7


@pytest.mark.parametrize("source", ["收到.{0,20}申请", "[0-9]+件", r"(?:一|二)+、", "a*b*c", r"(?<!\d)\d{4}年"])
def test_plain_regular_expressions_are_accepted(source):
    assert regex_problem(source) == ""


@given(st.text(max_size=200))
def test_any_rule_file_is_accepted_or_refused_with_one_error(tmp_path_factory, text):
    path = tmp_path_factory.mktemp("rules") / "any.yaml"
    path.write_text(text, encoding="utf-8", errors="replace")
    with pytest.raises(RulesetError):
        Ruleset.from_yaml(str(path))


def test_the_schema_accepts_the_rules_that_come_with_it():
    validator = Draft202012Validator(rules_schema())
    for path in sorted((ROOT / "rules").glob("*.yaml")):
        if path.name in {"vocabulary.yaml", "profiles.yaml"}:
            continue
        data = YAML(typ="safe", pure=True).load(path)
        for rule in data["rules"]:
            problems = [e.message for e in validator.iter_errors({"rules": [_as_texts(rule)]})]
            assert problems == [], (path.name, rule["id"])


def _as_texts(value):
    """Plain scalars as the loader reads them, but numbers and flags as the schema names them."""
    if isinstance(value, dict):
        return {key: _as_texts(part) for key, part in value.items()}
    return [_as_texts(part) for part in value] if isinstance(value, list) else value
