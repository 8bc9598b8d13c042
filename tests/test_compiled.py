"""The compiled form of the rules: equal to the YAML, never stale, never needed to be made by hand."""

import os
import shutil
import time
from pathlib import Path

import pytest

from giro_lint.ruleset import builtin, store
from giro_lint.ruleset.plain import plain_rule, plain_texts, rule_from_plain


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    """A copy of the checkout's rules and code, older than a minute, with its own compiled form."""
    package = tmp_path / "src" / "giro_lint"
    shutil.copytree(store.PACKAGE, package, ignore=shutil.ignore_patterns("__pycache__", "_compiled"))
    shutil.copytree(store.rules_folder(), tmp_path / "rules")
    monkeypatch.setattr(store, "PACKAGE", str(package))
    return tmp_path


@pytest.fixture
def quiet(checkout, monkeypatch):
    """The same, seen a minute later: nothing was changed in the last seconds."""
    now = time.time_ns
    monkeypatch.setattr(store.time, "time_ns", lambda: now() + 60 * 10**9)
    return checkout


def severities():
    return {rule["id"]: rule["severity"] for rule in builtin.compiled_form("rules")["rules"]}


def edit(checkout):
    """Change a severity and nothing that a folder shows but the times: the size stays, the time of writing is set back."""
    path = checkout / "rules" / "signature.yaml"
    before = path.stat()
    text = path.read_text(encoding="utf-8")
    assert "severity: warning\n" in text
    path.write_text(text.replace("severity: warning\n", "severity: error  \n", 1), encoding="utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_size == before.st_size


def test_every_rule_survives_the_compiled_form():
    for rule in builtin.builtin_ruleset().rules:
        again = rule_from_plain(plain_rule(rule), plain_texts(rule))
        assert plain_rule(again) == plain_rule(rule)
        assert plain_texts(again) == plain_texts(rule)


def test_the_compiled_form_is_what_the_yaml_says(checkout):
    fresh = builtin.compile_rules()
    assert builtin.compiled_form("rules") == fresh["rules"]
    assert builtin.compiled_form("examples") == fresh["examples"]


def test_texts_are_there_when_they_are_asked_for():
    rule = builtin.builtin_ruleset().rules[0]
    assert rule.why["zh"]
    assert rule.messages
    with pytest.raises(KeyError):
        rule.texts["none"]


def test_a_true_form_is_used_without_parsing_yaml(checkout, monkeypatch):
    first = builtin.compiled_form("rules")
    monkeypatch.setattr(builtin, "_from_yaml", lambda: pytest.fail("YAML was parsed although the form is true"))
    assert builtin.compiled_form("rules") == first


def test_sources_that_are_as_they_were_are_not_read_again(quiet, monkeypatch):
    first = builtin.compiled_form("rules")
    monkeypatch.setattr(store, "_digest_of", lambda _: pytest.fail("sources were read although none has changed"))
    assert builtin.compiled_form("rules") == first


def test_sources_that_changed_a_moment_ago_are_read_again(checkout):
    builtin.compiled_form("rules")
    assert not (checkout / "src" / "giro_lint" / "_compiled" / "seen").exists()


@pytest.mark.parametrize("tells", [True, False])
def test_a_stale_form_is_never_used(quiet, monkeypatch, tells):
    monkeypatch.setattr(store, "_TELLS_CHANGES", tells and store._TELLS_CHANGES)
    before = severities()
    assert severities() == before
    edit(quiet)
    assert {name for name, severity in severities().items() if severity != before[name]}


@pytest.mark.parametrize("name", ["rules/new.yaml", "src/giro_lint/ruleset/gates.py", "rules/bases/clean-2021.txt"])
def test_every_source_counts(quiet, name):
    first = store.digest()
    assert store.digest() == first
    with (quiet / name).open("a", encoding="utf-8") as file:
        file.write("\n")
    assert store.digest() != first


@pytest.mark.parametrize("name", ["rules", "examples", "seen"])
@pytest.mark.parametrize("content", [b"", b"{", b"\xff" * 40])
def test_a_damaged_form_is_made_again(quiet, monkeypatch, name, content):
    monkeypatch.setattr(builtin, "_from_yaml", lambda: {"rules": {"rules": []}, "examples": {"bases": {}}})
    expected = builtin.compiled_form("rules"), builtin.compiled_form("examples")
    (quiet / "src" / "giro_lint" / "_compiled" / name).write_bytes(content)
    assert (builtin.compiled_form("rules"), builtin.compiled_form("examples")) == expected


def test_a_folder_that_cannot_be_written_to_does_no_harm(checkout):
    (checkout / "src" / "giro_lint" / "_compiled").write_text("in the way", encoding="utf-8")
    assert builtin.compiled_form("rules")["rules"]


def test_a_checkout_without_rules_says_so(checkout):
    shutil.rmtree(Path(store.rules_folder()))
    with pytest.raises(builtin.RulesetError, match="missing"):
        builtin.compiled_form("rules")
