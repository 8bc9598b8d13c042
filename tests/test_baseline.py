"""The baseline: known findings are held back, new ones are not, stale ones are named; moved lines change nothing."""

import os

import pytest

from giro_lint.baseline import Baseline
from giro_lint.cli import main
from giro_lint.model.errors import ConfigError
from shared import ROOT

FAULTY = (ROOT / "examples" / "faulty-2021.txt").read_text(encoding="utf-8")


@pytest.fixture
def tree(tmp_path, monkeypatch):
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "a.txt").write_text(FAULTY, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(capsys, *arguments):
    status = main(list(arguments))
    return status, capsys.readouterr().out


def test_known_findings_are_held_back_until_they_are_mended(tree, capsys):
    assert run(capsys, "baseline", "write")[0] == 0
    listed = Baseline.read("giro-lint.baseline").entries
    assert {entry.path for entry in listed} == {"reports/a.txt"}
    status, out = run(capsys, "check", "--baseline", "giro-lint.baseline", "--fail-on", "info")
    assert status == 0
    assert f"{len(listed)} 项" in out
    assert run(capsys, "baseline", "check")[0] == 0

    moved = FAULTY.replace("\n一、总体情况", "\n\n\n一、总体情况", 1)
    assert moved != FAULTY
    (tree / "reports" / "a.txt").write_text(moved, encoding="utf-8")
    assert run(capsys, "check", "reports", "--baseline", "giro-lint.baseline", "--fail-on", "info")[0] == 0

    mended = FAULTY.replace("2024.2.6", "2024年1月16日")
    (tree / "reports" / "a.txt").write_text(mended, encoding="utf-8")
    status, out = run(capsys, "check", "--baseline", "giro-lint.baseline", "--fail-on", "info")
    assert status == 1
    assert "LNT005" in out
    assert "DAT011" not in out
    status, out = run(capsys, "baseline", "check")
    assert status == 1
    assert "已过时 reports/a.txt DAT011" in out
    assert run(capsys, "baseline", "prune")[0] == 0
    assert run(capsys, "baseline", "check")[0] == 0
    assert len(Baseline.read("giro-lint.baseline").entries) < len(listed)


def test_a_new_finding_is_shown(tree, capsys):
    run(capsys, "baseline", "write")
    worse = FAULTY.replace("五、", "七、", 1)
    (tree / "reports" / "a.txt").write_text(worse.replace("其他需要报告的事项", "其他", 1), encoding="utf-8")
    status, out = run(capsys, "baseline", "check", "--lang", "en")
    assert status == 1
    assert "new reports/a.txt HDG" in out


def test_entries_of_files_that_were_not_looked_at_stay_unless_the_file_is_gone(tree, capsys):
    (tree / "reports" / "b.txt").write_text(FAULTY, encoding="utf-8")
    run(capsys, "baseline", "write")
    assert run(capsys, "baseline", "prune", "reports/a.txt")[0] == 0
    assert {entry.path for entry in Baseline.read("giro-lint.baseline").entries} == {"reports/a.txt", "reports/b.txt"}
    (tree / "reports" / "b.txt").unlink()
    assert run(capsys, "baseline", "prune", "reports/a.txt")[0] == 0
    assert {entry.path for entry in Baseline.read("giro-lint.baseline").entries} == {"reports/a.txt"}


def test_the_configuration_may_name_it_from_its_own_folder(tree, capsys):
    run(capsys, "baseline", "write", "--file", "known.baseline")
    (tree / "giro-lint.yaml").write_text("baseline: known.baseline\n", encoding="utf-8")
    assert run(capsys, "check", "reports/a.txt", "--fail-on", "info")[0] == 0
    assert run(capsys, "check", "reports/a.txt", "--no-suppressions")[0] == 1
    assert run(capsys, "baseline", "check", "--file", "known.baseline")[0] == 0


def test_what_a_rule_that_does_not_run_would_find_is_not_stale(tree, capsys):
    run(capsys, "baseline", "write")
    status, out = run(capsys, "check", "--baseline", "giro-lint.baseline", "--ignore", "DAT", "--fail-on", "info")
    assert (status, "LNT005" in out) == (0, False)


@pytest.mark.parametrize("content", ["oops\n", "0123456789abcdef\tSUM001\n"])
def test_what_is_no_baseline_is_refused_with_its_line(tree, content):
    (tree / "x").write_text("# head\n" + content, encoding="utf-8")
    with pytest.raises(ConfigError, match="x:2:1"):
        Baseline.read("x")
    assert main(["check", "reports", "--baseline", "x"]) == 2
    assert main(["baseline", "check", "--file", "none"]) == 2


def test_a_file_that_cannot_be_read_is_told_and_keeps_its_findings(tree, capsys):
    run(capsys, "baseline", "write")
    before = Baseline.read("giro-lint.baseline").entries
    (tree / "reports" / "a.txt").write_bytes(b"PK\x03\x04")
    for action in ("check", "prune", "write"):
        status = main(["baseline", action, "--file", "other" if action == "write" else "giro-lint.baseline"])
        assert status == 2
        assert "reports/a.txt: DOC000 " in capsys.readouterr().err
    assert Baseline.read("giro-lint.baseline").entries == before


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="a file system with named pipes")
def test_a_baseline_takes_the_place_of_no_pipe_or_device(tree, capsys):
    os.mkfifo("pipe")
    assert main(["baseline", "write", "--file", "pipe"]) == 2
    assert "pipe: 不是普通文件" in capsys.readouterr().err
    assert (tree / "pipe").is_fifo()
