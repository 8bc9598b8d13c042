"""The hooks, run by the real pre-commit from a clone of this repository."""

import os
import re
import shutil
import subprocess
import sys

import pytest

from shared import ROOT

pytestmark = pytest.mark.integration

DOCUMENTED = re.search(
    r"```yml\n(# .pre-commit.*?)```", (ROOT / "docs" / "integrations.md").read_text(encoding="utf-8"), re.DOTALL
)
FAULTY = (ROOT / "examples" / "faulty-2021.txt").read_text(encoding="utf-8")
CLEAN = (ROOT / "examples" / "clean-2019.txt").read_text(encoding="utf-8")
RULE = """\
rules:
  - id: HOUSE001
    name: many-penalties
    kind: relation
    editions: ["2021"]
    severity: info
    expect: proactive.penalty.decisions <= 1000
    message: {zh: "{cell}填 {value}，超过一千件", en: "{cell} says {value}, more than a thousand"}
    why: {zh: 须说明。, en: It has to be explained.}
    remedy: {zh: 说明。, en: Explain it.}
    examples:
      - {base: clean-2021, set: {proactive/penalty/decisions: "1001"}, finds: [proactive/penalty/decisions]}
      - {base: clean-2021, finds: []}
"""


def git(folder, *arguments):
    identity = ["-c", "user.name=giro-lint", "-c", "user.email=giro-lint@example.org", "-c", "commit.gpgsign=false"]
    done = subprocess.run(["git", *identity, *arguments], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def hooks(tmp_path_factory):
    """A repository of its own with the files that this one holds, as a user's pre-commit would fetch it."""
    folder = tmp_path_factory.mktemp("hooks") / "giro-lint"
    names = git(ROOT, "ls-files", "--cached", "--others", "--exclude-standard").splitlines()
    for name in names:
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "all")
    return folder, git(folder, "rev-parse", "HEAD").strip()


@pytest.fixture
def user(hooks, tmp_path, monkeypatch, tmp_path_factory):
    """A user's repository, and a way to run one hook in it."""
    source, revision = hooks
    monkeypatch.setenv("PRE_COMMIT_HOME", str(source.parent / "cache"))
    for name in [name for name in os.environ if name.startswith(("PYTHONPATH", "VIRTUAL_ENV"))]:
        monkeypatch.delenv(name)
    git(tmp_path, "init", "-q")

    def run(hook):
        config = f"repos:\n  - repo: {source}\n    rev: {revision}\n    hooks: [{{id: {hook}}}]\n"
        if not hook:  # what the documentation shows
            config = (
                DOCUMENTED[1].replace("https://github.com/giro-lint/giro-lint", str(source)).replace("v0.1.0", revision)
            )
        (tmp_path / ".pre-commit-config.yaml").write_text(config, encoding="utf-8")
        git(tmp_path, "add", "-A")
        command = [sys.executable, "-m", "pre_commit", "run", "--all-files", "--color", "never"]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr

    return tmp_path, run


def test_a_faulty_report_stops_the_commit_and_a_clean_one_passes(user):
    folder, run = user
    (folder / "README.md").write_text("# 说明\n", encoding="utf-8")
    (folder / "report.txt").write_text(CLEAN, encoding="utf-8")
    status, out = run("giro-lint")
    assert status == 0, out
    (folder / "report.txt").write_text(FAULTY, encoding="utf-8")
    status, out = run("giro-lint")
    assert status == 1
    assert "report.txt:209:2: 错误 SUM010" in out
    assert "README" not in out


def test_the_fixing_hook_mends_and_stops_once(user):
    folder, run = user
    mendable = CLEAN.replace("2020年1月16日", "2020年01月16日")
    assert mendable != CLEAN
    (folder / "report.txt").write_text(mendable, encoding="utf-8")
    status, out = run("giro-lint-fix")
    assert status == 1, out
    assert "files were modified" in out
    assert (folder / "report.txt").read_text(encoding="utf-8") == CLEAN
    assert run("giro-lint-fix")[0] == 0


def test_own_rules_are_checked_with_their_examples(user):
    folder, run = user
    (folder / "house-rules.yaml").write_text(RULE, encoding="utf-8")
    status, out = run("giro-lint-rules")
    assert status == 0, out
    (folder / "house-rules.yaml").write_text(RULE.replace('"1001"', '"999"'), encoding="utf-8")
    status, out = run("giro-lint-rules")
    assert status == 1
    assert "HOUSE001" in out


def test_the_configuration_of_the_documentation_reads_word_and_leaves_other_files(user):
    folder, run = user
    (folder / "reports").mkdir()
    shutil.copy(ROOT / "tests" / "samples" / "yunxi-2023.docx", folder / "reports")
    (folder / "reports" / "seal.png").write_bytes(b"\x89PNG\r\n")
    (folder / "notes.txt").write_text("一\n", encoding="utf-8")
    status, out = run("")
    assert status == 1
    assert "SUM010" in out
    assert "DOC000" not in out
    assert "notes.txt" not in out
