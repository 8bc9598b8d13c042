"""Fixes: idempotent, never a new finding, only what was asked for, and the file's encoding and line ends stay."""

import os
import stat

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from faults import PLANTERS
from giro_lint import Config, lint_text, plan_for
from giro_lint.cli import main
from giro_lint.fixing import apply_edits, fix_bytes, fix_text
from giro_lint.model.diagnostic import Applicability, Edit
from giro_lint.model.source import Span
from shared import ROOT
from strategies import reports

FAULTY = (ROOT / "examples" / "faulty-2021.txt").read_text(encoding="utf-8")
ALL = Config(profile="all")


@st.composite
def planted_faults(draw):
    """A report with one fault of any kind."""
    spec = draw(reports())
    made = PLANTERS[draw(st.sampled_from(sorted(PLANTERS)))](spec, _Draw(draw))
    assume(made is not None)
    return made.text


class _Draw:
    """What planters draw with, inside a composite strategy."""

    def __init__(self, draw):
        self.draw = draw


def keys(report):
    return {(d.rule, d.anchor) for d in report.diagnostics}


@settings(max_examples=30)
@given(planted_faults(), st.booleans())
def test_fixing_is_idempotent_and_makes_no_new_finding(text, unsafe):
    before = lint_text(text, config=ALL)
    after = fix_text(text, config=ALL, unsafe=unsafe)
    report = lint_text(after, config=ALL)
    assert keys(report) <= keys(before)
    assert fix_text(after, config=ALL, unsafe=unsafe) == after
    applied = {d.rule for d in before.diagnostics if d.fix and d.fix.applicability is Applicability.SAFE}
    assert after != text or not applied


@given(planted_faults())
def test_a_figure_is_never_changed_unless_asked(text):
    after = fix_text(text, config=ALL)
    figures = [line for line in text.splitlines() if line.startswith("\t")]
    kept = [line for line in after.splitlines() if line.startswith("\t")]
    assert [value(line) for line in kept] == [value(line) for line in figures]


def value(line):
    """A cell's figure, whatever its digits look like; other cells as they are."""
    bare = line.strip()
    return int(bare) if bare.isdecimal() else None


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-be"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encoding_mark_and_line_ends_stay(tmp_path, codec, end):
    path = tmp_path / "report.txt"
    data = FAULTY.replace("\n", end).encode(codec)
    data = b"\xfe\xff" + data if codec == "utf-16-be" else data
    path.write_bytes(data)
    main(["check", "--fix", "--quiet", str(path)])
    written = path.read_bytes()
    assert written != data
    assert written[:3] == data[:3] if codec == "utf-8-sig" else written[:2] == data[:2]
    text = written.decode("utf-16" if codec == "utf-16-be" else codec)
    assert "2024年2月6日" in text
    assert len(text.split(end)) == len(FAULTY.split("\n"))
    assert not set("\r\n") - set(end) & set(text)


def test_a_file_that_cannot_be_written_back_is_left_alone():
    data = FAULTY.encode("gb18030").replace("禾渚".encode("gb18030"), b"\x84\x31\xa4\x37", 1)
    mended = fix_bytes(data, path="a.txt", plan=plan_for())
    assert mended.data == data or mended.after.encode("gb18030") == mended.data


def test_fix_writes_and_diff_does_not(tmp_path, capsys):
    path = tmp_path / "report.txt"
    path.write_text(FAULTY, encoding="utf-8")
    path.chmod(0o640)
    assert main(["check", "--diff", str(path)]) == 1
    out = capsys.readouterr().out
    assert "-5、存在的主要问题及改进情况\n+五、存在的主要问题及改进情况\n" in out
    assert path.read_text(encoding="utf-8") == FAULTY
    assert main(["check", "--fix", str(path)]) == 1
    out = capsys.readouterr().out
    assert "改正 " in out
    assert "SUM010" in out
    assert "五、存在的主要问题及改进情况" in path.read_text(encoding="utf-8")
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert main(["check", "--diff", str(path)]) == 0
    assert os.listdir(tmp_path) == ["report.txt"]


def test_a_figure_is_changed_when_asked_and_only_where_one_answer_exists(tmp_path, capsys):
    path = tmp_path / "report.txt"
    path.write_text(FAULTY, encoding="utf-8")
    main(["check", "--fix", "--unsafe", "--quiet", str(path)])
    out = capsys.readouterr().out
    assert "SUM010" not in out
    lines = path.read_text(encoding="utf-8").split("\n")
    assert lines[208] == "\t4"


def test_a_link_goes_on_pointing_where_it_did(tmp_path):
    real, link = tmp_path / "real.txt", tmp_path / "link.txt"
    real.write_text(FAULTY, encoding="utf-8")
    link.symlink_to(real)
    main(["check", "--fix", "--quiet", str(link)])
    assert link.is_symlink()
    assert real.read_text(encoding="utf-8") != FAULTY


def test_a_folder_that_cannot_be_written_is_one_message(tmp_path, capsys, monkeypatch):
    path = tmp_path / "report.txt"
    path.write_text(FAULTY, encoding="utf-8")

    def refuse(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "replace", refuse)
    assert main(["check", "--fix", str(path)]) == 2
    assert "Permission denied" in capsys.readouterr().err
    assert path.read_text(encoding="utf-8") == FAULTY
    assert os.listdir(tmp_path) == ["report.txt"]


def test_stdin_cannot_be_mended(capsys):
    assert main(["check", "--fix", "-"]) == 2
    assert "--fix" in capsys.readouterr().err


def test_edits_are_applied_from_the_end():
    edits = [Edit(Span(0, 1), "甲"), Edit(Span(3, 3), "丁"), Edit(Span(1, 3), "")]
    assert apply_edits("abcde", edits) == "甲丁de"


def test_a_file_that_is_read_only_is_left_as_it_was(tmp_path, capsys):
    path = tmp_path / "a.txt"
    path.write_text(FAULTY, encoding="utf-8")
    path.chmod(0o444)
    assert main(["check", "--fix", str(path)]) == 2
    assert f"{path}: 文件只读" in capsys.readouterr().err
    assert path.read_text(encoding="utf-8") == FAULTY
