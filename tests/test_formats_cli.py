"""Formats on the command line: where they go, what is refused, and that none changes the exit status."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from giro_lint.cli import main
from giro_lint.model.errors import ConfigError
from giro_lint.reporting.formats import FORMATS, Output, parse_outputs
from shared import ROOT

CLEAN, FAULTY = str(ROOT / "examples" / "clean-2019.txt"), str(ROOT / "examples" / "faulty-2021.txt")


@pytest.fixture
def run(capfd):
    def call(*arguments):
        status = main([str(a) for a in arguments])
        out, err = capfd.readouterr()
        return status, out, err

    return call


def test_outputs_are_read():
    assert parse_outputs(["text", "sarif=a=b.sarif", "json=-"][:2]) == (Output("text"), Output("sarif", "a=b.sarif"))
    assert parse_outputs(["json=-"]) == (Output("json"),)
    assert parse_outputs(["text", "text"]) == (Output("text"),)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["sariff"], "did you mean 'sarif'"),
        (["xml"], "known: text, json, jsonl, sarif, github, gitlab, junit, html"),
        (["json="], "a file name is expected"),
        (["text", "json"], "standard output or a file can take one format"),
        (["json=a", "sarif=a"], "sarif=a: .* can take one format"),
    ],
)
def test_what_cannot_be_done_is_refused(words, said):
    with pytest.raises(ConfigError, match=said):
        parse_outputs(words)


@pytest.mark.parametrize("name", FORMATS)
def test_no_format_changes_the_exit_status(run, tmp_path, name):
    bad = tmp_path / "bad.pdf.txt"
    bad.write_bytes(b"\x00\x01\x02" * 99)
    for arguments, status in (
        ([CLEAN], 0),
        ([FAULTY], 1),
        ([FAULTY, "--fail-on", "never"], 0),
        ([FAULTY, CLEAN, bad], 2),
    ):
        assert run("check", *arguments, "-f", name)[0] == status
        assert run("check", *arguments, "-f", f"{name}={tmp_path / 'out'}")[0] == status


def test_several_formats_at_once(run, tmp_path):
    sarif, html = tmp_path / "out.sarif", tmp_path / "out.html"
    status, out, err = run("check", FAULTY, "-f", "text", "-f", f"sarif={sarif}", "-f", f"html={html}")
    assert (status, err) == (1, "")
    assert "SUM010" in out
    ran = json.loads(sarif.read_text(encoding="utf-8"))["runs"][0]
    assert len(ran["results"]) == 16
    assert ran["invocations"][0]["exitCode"] == 1
    assert "DOC000" in {rule["id"] for rule in ran["tool"]["driver"]["rules"]}
    assert html.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_a_page_of_an_earlier_run_is_not_taken_for_a_report(run, tmp_path):
    (tmp_path / "report.html").write_text(
        "<html><body><p>云溪县商务局2023年年度报告</p></body></html>", encoding="utf-8"
    )
    run("check", FAULTY, "-f", f"html={tmp_path / 'found.html'}")
    _, out, _ = run("check", str(tmp_path), "-f", "json")
    assert [file["path"] for file in json.loads(out)["files"]] == [str(tmp_path / "report.html")]
    _, out, _ = run("check", str(tmp_path / "found.html"), "-f", "json")
    assert len(json.loads(out)["files"]) == 1, "it was asked for"


def test_a_target_that_cannot_be_written(run, tmp_path):
    for target in (tmp_path / "none" / "out.json", tmp_path):
        status, out, err = run("check", FAULTY, "-f", f"json={target}")
        assert (status, out) == (2, "")
        assert err.startswith("giro-lint: ")
        assert err.count("\n") == 1


def test_a_full_disk_is_told(run):
    status, _, err = run("check", FAULTY, "-f", "json=/dev/full")
    assert status == 2
    assert "/dev/full: " in err


def test_the_output_is_not_checked_and_no_input_is_written_over(run, tmp_path):
    report = tmp_path / "report.txt"
    text = (ROOT / "examples" / "clean-2019.txt").read_bytes()
    report.write_bytes(text)
    target = tmp_path / "result.txt"
    target.write_text("last time's", encoding="utf-8")
    assert run("check", tmp_path, "-f", f"text={target}")[0] == 0
    status, _, err = run("check", report, "-f", f"text={report}")
    assert status == 2
    assert "written over" in err
    assert report.read_bytes() == text


def test_colours_are_for_terminals_and_never_in_files(run, tmp_path):
    target = tmp_path / "out.txt"
    run("check", FAULTY, "-f", f"text={target}")
    assert "\x1b" not in target.read_text(encoding="utf-8")
    assert "SUM010" in target.read_text(encoding="utf-8")


@pytest.mark.parametrize(("date", "way"), [("2024.2.6", "可修正"), ("2024.<b>2.6</b>", "请手工修改")])
def test_what_cannot_be_mended_in_the_page_is_not_called_fixable(run, tmp_path, date, way):
    lines = Path(FAULTY).read_text(encoding="utf-8").splitlines()
    page = tmp_path / "page.html"
    page.write_text("".join(f"<p>{date if line == '2024.2.6' else line}</p>\n" for line in lines), encoding="utf-8")
    out = run("check", page, "--select", "DAT011")[1]
    assert f"    = {way}" in out
    assert ("改正 1 处" in run("check", page, "--select", "DAT011", "--fix")[1]) == (way == "可修正")
