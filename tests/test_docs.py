"""The documentation's code runs and prints what it says."""

import re
import shlex

import pytest

from giro_lint.cli import main
from giro_lint.ruleset.builtin import builtin_with_examples
from giro_lint.ruleset.rules import Ruleset
from giro_lint.settings.workspace import Workspace
from shared import ROOT

PAGES = [ROOT / "README.md", ROOT / "README.zh-CN.md", *sorted((ROOT / "docs").glob("*.md"))]
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(*languages):
    found = [
        (path, number, body)
        for path in PAGES
        for number, (language, body) in enumerate(FENCE.findall(path.read_text(encoding="utf-8")))
        if language in languages
    ]
    return [pytest.param(body, id=f"{path.name}-{number}") for path, number, body in found]


@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.parametrize("body", blocks("python"))
def test_python(body, monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    exec(compile(body, "<docs>", "exec"), {})  # noqa: S102


@pytest.mark.parametrize("body", blocks("yaml"))
def test_rule_files_and_configurations(body, tmp_path):
    if not body.startswith("rules:\n  - id:"):
        report = tmp_path / "report.txt"
        (tmp_path / "giro-lint.yaml").write_text(body, encoding="utf-8")
        assert Workspace().plan_for(str(report)).rules
        return
    path = tmp_path / "rules.yaml"
    path.write_text(body, encoding="utf-8")
    assert main(["test-rules", str(path)]) == 0


@pytest.mark.parametrize("body", blocks("console"))
def test_commands_print_what_is_shown(body, monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    command, _, shown = body.partition("\n")
    main(shlex.split(command.removeprefix("$ giro-lint ")))
    printed = capsys.readouterr().out
    pattern = re.escape(shown.rstrip("\n")).replace(r"\.\.\.", ".*")
    assert re.match(pattern, printed, re.DOTALL), printed


def test_every_rule_family_and_kind_is_spoken_of():
    from giro_lint.ruleset.options import KINDS

    own = (ROOT / "docs" / "own-rules.md").read_text(encoding="utf-8")
    assert [kind for kind in KINDS if kind not in {"engine", "culprit", "blocked"} and f"`{kind}`" not in own] == []
    assert isinstance(builtin_with_examples(), Ruleset)


def test_links_lead_somewhere():
    for path in PAGES:
        for target in re.findall(r"\]\(([^)#:]+?)(?:#[^)]*)?\)", path.read_text(encoding="utf-8")):
            assert (path.parent / target).exists() or target.startswith(("rules/", "command-line")), (path.name, target)
