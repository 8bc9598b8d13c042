"""Configuration files: found upwards, read strictly, applied in the order default, file, override, caller."""

import json
import re

import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from giro_lint import Config
from giro_lint.cli import main
from giro_lint.model.errors import GiroLintError
from giro_lint.settings.discovery import find_settings
from giro_lint.settings.load import read_settings
from giro_lint.settings.shape import config_schema
from giro_lint.settings.workspace import Workspace
from shared import ROOT

FAULTY = (ROOT / "examples" / "faulty-2021.txt").read_text(encoding="utf-8")


@pytest.fixture
def tree(tmp_path, monkeypatch):
    """Folders with a report in each, and a way to write configurations."""
    for name in ("a.txt", "2020/b.txt", "2020/deep/c.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(FAULTY, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(path, text):
    path.write_text(text, encoding="utf-8")
    return str(path)


def rules_of(path, **options):
    workspace = Workspace(**options)
    return {rule.id: rule.severity.value for rule in workspace.plan_for(str(path)).rules}


def test_the_nearest_file_upwards_counts(tree):
    assert find_settings(str(tree / "2020" / "b.txt")) is None
    outer = write(tree / "giro-lint.yaml", "lang: en\n")
    assert find_settings(str(tree / "2020" / "deep" / "c.txt")) == outer
    inner = write(tree / "2020" / ".giro-lint.yaml", "lang: zh\n")
    assert find_settings(str(tree / "2020" / "deep" / "c.txt")) == inner
    assert Workspace().settings_for("a.txt").lang == "en"
    assert Workspace(config_file=inner).settings_for("a.txt").lang == "zh"
    assert Workspace(discover=False).settings_for("a.txt") is None


def test_severities_by_id_prefix_and_name(tree):
    write(tree / "giro-lint.yaml", "rules:\n  SUM010: warning\n  SUM: off\n  stale-baseline: error\n")
    rules = rules_of("a.txt")
    assert rules["SUM010"] == "warning"
    assert "SUM001" not in rules
    assert rules["LNT005"] == "error"


def test_an_override_counts_for_its_files_and_the_caller_before_all(tree):
    write(
        tree / "giro-lint.yaml",
        "body_kind: department\noverrides:\n"
        "  - {path: '2020/*', body_kind: township, rules: {SUM: 'off'}}\n"
        "  - {path: '2020/deep/*', year: 2022}\n",
    )
    workspace = Workspace()
    plans = {name: workspace.plan_for(name) for name in ("a.txt", "2020/b.txt", "2020/deep/c.txt")}
    assert [plan.config.body_kind for plan in plans.values()] == ["department", "township", "township"]
    assert [plan.config.year for plan in plans.values()] == [None, None, 2022]
    assert workspace.plan_for("2020/b.txt") is plans["2020/b.txt"]
    assert "SUM010" in {rule.id for rule in plans["a.txt"].rules}
    assert "SUM010" not in {rule.id for rule in plans["2020/b.txt"].rules}
    given = Workspace(given={"body_kind": "government", "year": None})
    assert given.plan_for("2020/deep/c.txt").config.body_kind == "government"
    assert given.plan_for("2020/deep/c.txt").config.year == 2022


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("profil: strict\n", ":1:1: … / unknown key 'profil'; did you mean 'profile'"),
        ("lang: fr\n", ":1:7: lang: … / one of zh, en"),
        ("body_kind: ministry\n", ":1:12: body_kind: … / one of"),
        ("deadline: 1-20\n", ":1:11: deadline: … / a day of the year"),
        ("rules: [SUM]\n", ":1:8: rules: … / a mapping"),
        ("rules:\n  SUM001: loud\n", ":2:3: rules: SUM001: … / one of error"),
        ("suppress:\n  - {rule: SUM001}\n", ":2:3: suppress: … / a suppression has rule and reason"),
        ("suppress:\n  - {rule: SUM001, reason: ' '}\n", "a suppression needs a reason"),
        ("suppress:\n  - {rule: SUM001, reason: a, until: soon}\n", "'soon' is no day"),
        ("suppress: {rule: SUM001}\n", "a list is expected"),
        ("own_rules: house.yaml\n", "a list of texts"),
        ("overrides:\n  - {body_kind: township}\n", ":2:5: … / an override is a mapping with a path"),
        ("overrides:\n  - {path: [a], profile: strict}\n", ":2:5: … / an override is a mapping with a path"),
        ("overrides:\n  - {path: a, langs: en}\n", ":2:15: … / unknown key 'langs'"),
        ("overrides: a\n", ":1:12: overrides: … / a list"),
        ("- profile\n", ":1:1: … / a configuration is a mapping"),
        ("profile: strict\nprofile: all\n", ":2:1: … / the key 'profile' stands twice"),
        ("a: &a [*a]\n", "contains itself"),
        ("profile: [\n", "not valid YAML"),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_place(text, words):
    with pytest.raises(GiroLintError) as caught:
        read_settings(text, "giro-lint.yaml")
    assert re.search(re.escape(words).replace("…", ".*"), str(caught.value))
    assert str(caught.value).startswith("giro-lint.yaml:")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("rules:\n  SUMM: 'off'\n", "giro-lint.yaml:2:3: … / unknown rule 'SUMM'"),
        (
            "overrides:\n  - path: '*'\n    rules: {NOPE: info}\n",
            "giro-lint.yaml:3:13: … / unknown rule 'NOPE'; giro-lint rules lists",
        ),
        ("profile: tight\n", "giro-lint.yaml:1: … / unknown profile 'tight'; known: "),
        ("edition: '1999'\n", "unknown edition '1999'"),
        ("own_rules: [none.yaml]\n", "none.yaml"),
        ("baseline: none.txt\n", "none.txt"),
    ],
)
def test_names_are_resolved_when_a_plan_is_made(tree, text, words):
    write(tree / "giro-lint.yaml", text)
    with pytest.raises(GiroLintError) as caught:
        Workspace().plan_for("a.txt")
    assert re.search(re.escape(words).replace("…", ".*"), str(caught.value))


def test_an_empty_file_says_nothing(tree):
    write(tree / "giro-lint.yaml", "# nothing\nprofile:\n")
    assert Workspace().plan_for("a.txt").config == Config(root=str(tree), idle=False)


def test_own_rules_stand_beside_the_configuration(tree):
    rule = (
        "rules:\n  - {id: HOUSE001, name: no-hurrah, kind: pattern, severity: info, find: 万岁, scope: [sentences],\n"
        "     message: {zh: 口号, en: slogan}, why: {zh: 不宜, en: no}, remedy: {zh: 删, en: cut}}\n"
    )
    write(tree / "2020" / "house.yaml", rule)
    write(tree / "2020" / "giro-lint.yaml", "own_rules: [house.yaml]\n")
    assert "HOUSE001" in rules_of("2020/b.txt")
    assert "HOUSE001" not in rules_of("a.txt")


def test_the_schema_accepts_what_is_accepted():
    validator = Draft202012Validator(config_schema())
    text = (
        "profile: strict\nbody_kind: department\ndeadline: 01-20\nlang: zh\nrules: {TYP003: 'off', CNT004: warning}\n"
        "own_rules: [house-rules.yaml]\nprevious: '../{year-1}/*.txt'\nbaseline: known.baseline\n"
        "suppress:\n  - {path: '2020/*.txt', rule: SUM001, anchor: 'applications/*/legal', reason: 经核实无误, until: '2027-01-31'}\n"
        "overrides:\n  - {path: '2020/*', body_kind: township, rules: {SUM: info}}\n"
    )
    validator.validate(YAML(typ="safe", pure=True).load(text))
    settings = read_settings(text, "giro-lint.yaml")
    assert settings.suppress[0].anchor == "applications/*/legal"
    assert settings.overrides[0].rules == {"SUM": "info"}
    assert settings.places["overrides[0].rules.SUM"] == (12, 51)
    assert not validator.is_valid({"profil": "strict"})
    assert not validator.is_valid({"rules": {"SUM": "loud"}})


def test_show_tells_what_applies_and_from_where(tree, capsys):
    write(
        tree / "giro-lint.yaml",
        "lang: en\nrules: {SUM010: info}\nsuppress:\n  - {rule: DAT, path: a.txt, reason: 经核实}\n",
    )
    assert main(["config", "show", "a.txt"]) == 0
    out = capsys.readouterr().out
    place = str(tree / "giro-lint.yaml")
    assert f"lang: en  # {place}:1" in out
    assert f"  SUM010: info  # {place}:2" in out
    assert f"suppress: DAT *  # {place}:4 经核实" in out
    assert "profile: recommended  # 默认 / default" in out
    assert main(["config", "show", "2020/b.txt"]) == 0
    assert "suppress" not in capsys.readouterr().out


def test_init_writes_a_configuration_that_applies(tree, capsys):
    assert main(["init"]) == 0
    assert "giro-lint.yaml" in capsys.readouterr().out
    assert Workspace().settings_for("a.txt").profile == "recommended"
    before = (tree / "giro-lint.yaml").read_bytes()
    assert main(["init"]) == 2
    assert (tree / "giro-lint.yaml").read_bytes() == before


def test_what_the_template_offers_can_be_used(tree):
    """The lines that are commented out are a configuration as well."""
    assert main(["init", "2020"]) == 0
    text = (tree / "2020" / "giro-lint.yaml").read_text(encoding="utf-8")
    offered = "\n".join(line.removeprefix("# ") for line in text.splitlines()[1:])
    settings = read_settings(offered, "offered")
    assert settings.deadline == "01-20"
    assert settings.rules == {"TYP003": "off", "CNT004": "warning"}
    assert settings.overrides[0].body_kind == "township"
    assert settings.suppress[0].until == "2027-01-31"


def test_the_command_uses_the_configuration(tree, capsys):
    write(tree / "giro-lint.yaml", "lang: en\nrules: {SUM010: 'off'}\n")
    assert main(["check", "a.txt", "--format", "json"]) == 1
    data = json.loads(capsys.readouterr().out)
    assert "SUM010" not in {d["rule"] for d in data["files"][0]["diagnostics"]}
    assert main(["check", "a.txt"]) == 1
    assert "error" in capsys.readouterr().out
    assert main(["check", "a.txt", "--lang", "zh"]) == 1
    assert "错误" in capsys.readouterr().out


def held(capsys, *arguments):
    status = main(["check", "--format", "json", *arguments])
    files = json.loads(capsys.readouterr().out)["files"]
    return status, {file["path"]: file["diagnostics"] for file in files}


def test_suppressions_are_judged_over_all_files_they_count_for(tree, capsys):
    config = write(
        tree / "giro-lint.yaml",
        "suppress:\n"
        "  - {rule: SUM010, path: '2020/*', reason: 经核实}\n"
        "  - {rule: BAL001, path: '2020/*', reason: 经核实}\n"
        "  - {rule: DAT011, reason: 旧版, until: 2020-01-31}\n"
        "  - {rule: SUMM, reason: 笔误}\n",
    )
    status, found = held(capsys)
    assert status == 1
    told = [(d["rule"], d["range"]["start"]["line"], d["anchor"]) for d in found[config]]
    assert told == [("LNT001", 3, "suppress/2"), ("LNT002", 4, "suppress/3"), ("LNT003", 5, "suppress/4")]
    assert found[config][2]["message"] == "没有规则 SUMM，是否指 SUM？"
    assert not any(d["rule"].startswith("LNT") for path in found if path != config for d in found[path])
    assert "SUM010" not in {d["rule"] for d in found["./2020/b.txt"]}
    assert "SUM010" in {d["rule"] for d in found["./a.txt"]}

    _, found = held(capsys, "2020/b.txt")
    assert [d["rule"] for d in found[config]] == ["LNT002", "LNT003"], "c.txt was not looked at"
    _, found = held(capsys, "a.txt", "2020", "--select", "SUM,LNT")
    assert [d["rule"] for d in found[config]] == ["LNT002", "LNT003"], "BAL001 did not run"
    _, found = held(capsys, "--no-suppressions")
    assert config not in found


def test_the_deadline_of_a_local_notice(tree, capsys):
    write(tree / "giro-lint.yaml", "deadline: 01-10\n")
    text = FAULTY.replace("2024.2.6", "2024年1月16日")
    (tree / "a.txt").write_text(text, encoding="utf-8")
    _, found = held(capsys, "a.txt")
    assert [d["message"][:20] for d in found["a.txt"] if d["rule"] == "DAT009"] == ["落款日期 2024年1月16日 晚于配置"]
    _, found = held(capsys, "2020/b.txt")
    assert "DAT009" not in {d["rule"] for d in found["2020/b.txt"]}, "late by law as well: one diagnostic"


def test_several_processes_find_the_same_in_the_same_order(tree, capsys):
    for number in range(9):
        (tree / f"r{number}.txt").write_text(FAULTY, encoding="utf-8")
    write(tree / "2020" / "giro-lint.yaml", "rules: {SUM010: 'off'}\n")
    assert held(capsys, "--jobs", "2") == held(capsys)


@pytest.mark.parametrize("content", [b"profile: strict\0\n", b"\x80\xff"])
def test_a_configuration_that_is_no_text_is_named(tree, content):
    (tree / "giro-lint.yaml").write_bytes(content)
    with pytest.raises(GiroLintError, match=r"giro-lint\.yaml: .*UTF-8"):
        Workspace().plan_for("a.txt")
