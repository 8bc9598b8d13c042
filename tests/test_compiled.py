"""The compiled form of the rules: equal to the YAML, never stale, never needed to be made by hand."""

import json
import shutil

import pytest

from giro_lint.ruleset import builtin
from giro_lint.ruleset.plain import plain_rule, rule_from_plain


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    """A copy of the checkout's rules and code, with its own compiled form."""
    package = tmp_path / "src" / "giro_lint"
    shutil.copytree(builtin._PACKAGE, package, ignore=shutil.ignore_patterns("__pycache__", "_compiled"))
    shutil.copytree(builtin.rules_folder(), tmp_path / "rules")
    monkeypatch.setattr(builtin, "_PACKAGE", package)
    monkeypatch.setattr(builtin, "_COMPILED", package / "_compiled")
    return tmp_path


def test_every_rule_survives_the_compiled_form():
    for rule in builtin.builtin_ruleset().rules:
        again = rule_from_plain(json.loads(json.dumps(plain_rule(rule))))
        assert plain_rule(again) == plain_rule(rule)


def test_a_true_form_is_used_without_parsing_yaml(checkout, monkeypatch):
    first = builtin._compiled()["rules"]
    monkeypatch.setattr(builtin, "_from_yaml", lambda: pytest.fail("YAML was parsed although the form is true"))
    assert builtin._compiled()["rules"] == first


def test_a_stale_form_is_never_used(checkout):
    builtin._compiled()
    path = checkout / "rules" / "signature.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("severity: info", "severity: error", 1), encoding="utf-8")
    severities = {rule["id"]: rule["severity"] for rule in builtin._compiled()["rules"]["rules"]}
    assert "error" in {severities[name] for name in severities if name.startswith("SIG")}


def test_a_damaged_form_is_made_again(checkout):
    expected = builtin._compiled()["rules"]
    (checkout / "src" / "giro_lint" / "_compiled" / "rules.json").write_text("{", encoding="utf-8")
    assert builtin._compiled()["rules"] == json.loads(json.dumps(expected))


def test_a_folder_that_cannot_be_written_to_does_no_harm(checkout, monkeypatch):
    (checkout / "src" / "giro_lint" / "_compiled").write_text("in the way", encoding="utf-8")
    assert builtin._compiled()["rules"]["rules"]
