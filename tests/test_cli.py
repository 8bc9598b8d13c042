"""The command: what it prints, what it returns, what it does with bad input."""

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from giro_lint import cli, lint_text
from giro_lint.cli import main
from giro_lint.cli.options import build_parser
from giro_lint.schema import report_schema, rules_schema
from shared import ROOT

CLEAN, FAULTY = str(ROOT / "examples" / "clean-2019.txt"), str(ROOT / "examples" / "faulty-2021.txt")


@pytest.fixture
def run(capfd):
    def call(*arguments):
        status = main([str(a) for a in arguments])
        out, err = capfd.readouterr()
        return status, out, err

    return call


def test_a_clean_report(run):
    status, out, err = run("check", CLEAN)
    assert (status, out, err) == (0, "检查 1 个文件，没有发现问题。\n", "")


def test_a_faulty_report_in_text(run):
    status, out, _ = run("check", FAULTY)
    assert status == 1
    assert f"{FAULTY}:209:2: 错误 SUM010" in out
    assert "209 |" in out
    assert "^" in out


@pytest.mark.parametrize(("level", "status"), [("error", 1), ("warning", 1), ("info", 1), ("never", 0)])
def test_fail_on(run, level, status):
    assert run("check", FAULTY, "--fail-on", level)[0] == status
    assert run("check", FAULTY, "--fail-on", level, "--format", "json")[0] == status


def test_fail_on_counts_at_or_above(run, tmp_path):
    text = (ROOT / "rules" / "bases" / "clean-2021.txt").read_text(encoding="utf-8")
    path = tmp_path / "info.txt"
    path.write_text(text.replace("2024年1月19日", "2024年01月19日"), encoding="utf-8")
    assert [run("check", path, "--fail-on", level)[0] for level in ("error", "warning", "info")] == [0, 0, 1]


def test_json_is_valid_and_alone_on_stdout(run):
    status, out, err = run("check", "--format", "json", FAULTY, CLEAN)
    data = json.loads(out)
    Draft202012Validator(report_schema()).validate(data)
    assert status == 1
    assert [f["path"] for f in data["files"]] == [FAULTY, CLEAN]
    assert data["summary"]["files"] == 2
    assert "2 个文件" in err
    wrong = next(d for d in data["files"][0]["diagnostics"] if d["rule"] == "SUM010")
    assert wrong["data"]["actual"] == "5"
    assert wrong["data"]["expected"] == "4"
    assert wrong["range"] == {"start": {"line": 209, "column": 2}, "end": {"line": 209, "column": 3}}


def test_several_formats_at_once(run, tmp_path):
    target = tmp_path / "out.json"
    status, out, _ = run("check", FAULTY, "-f", "text", "-f", f"json={target}")
    assert status == 1
    assert "SUM010" in out
    assert json.loads(target.read_text(encoding="utf-8"))["summary"]["files"] == 1


def test_quiet_statistics_and_outcomes(run):
    assert "|" not in run("check", FAULTY, "--quiet")[1]
    assert "     1 SUM010" in run("check", FAULTY, "--statistics")[1]
    assert "SUM005 通过" in run("check", FAULTY, "--show-outcomes")[1]
    data = json.loads(run("check", FAULTY, "--show-outcomes", "-f", "json")[1])
    Draft202012Validator(report_schema()).validate(data)
    assert {o["status"] for o in data["files"][0]["rule_outcomes"]} >= {"passed", "failed", "skipped"}


def test_selectors_year_edition_kind_and_language(run):
    out = run("check", FAULTY, "--select", "SUM,BAL", "--lang", "en", "--quiet")[1]
    assert all(" SUM" in line for line in out.splitlines())
    assert " error " in out
    assert "DOC016" in run("check", FAULTY, "--year", "2018")[1]
    assert run("check", FAULTY, "--edition", "2019", "--body-kind", "government", "--profile", "strict")[0] == 1


def test_stdin(run, monkeypatch):
    class Bytes:
        buffer = io.BytesIO((ROOT / "examples" / "faulty-2021.txt").read_bytes())

    monkeypatch.setattr(sys, "stdin", Bytes)
    status, out, _ = run("check", "-", "--stdin-filename", "from-editor.txt", "--quiet")
    assert status == 1
    assert out.startswith("from-editor.txt:")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["check", "--colour", FAULTY], "--colour"),
        (["check", "--format", "xml", FAULTY], "xml"),
        (["check", "--select", "SUMM", FAULTY], "did you mean"),
        (["check", "--profile", "harsh", FAULTY], "harsh"),
        (["check", "nowhere.txt"], "nowhere.txt"),
        (["check", "--rules", "nowhere.yaml", FAULTY], "nowhere.yaml"),
        (["check", "--year", "twenty", FAULTY], "--year"),
        (["check", "--jobs", "many", FAULTY], "--jobs: 应为 0 到 256 的整数"),
        (["check", "--unsafe", FAULTY], "--fix"),
        (["check", "--diff", "--format", "json", FAULTY], "--format"),
        (["check", "--select", ",", FAULTY], "--select"),
        (["check", "--extend-select", "", FAULTY], "--extend-select"),
        (["frobnicate"], "frobnicate"),
        (["explain", "SUM999"], "SUM999"),
        ([], "no command was given"),
    ],
)
def test_what_cannot_be_done_is_status_2_and_one_message(run, arguments, words):
    status, out, err = run(*arguments)
    assert status == 2
    assert words in err
    assert "Traceback" not in err
    assert out == ""


def test_a_folder_without_reports_and_one_with_other_files(run, tmp_path):
    status, _, err = run("check", tmp_path)
    assert status == 2
    assert str(tmp_path) in err
    (tmp_path / "novel.txt").write_text("从前有座山。\n" * 50, encoding="utf-8")
    status, out, _ = run("check", tmp_path)
    assert status == 1
    assert out.count("DOC023") == 1


@pytest.mark.parametrize(
    ("content", "rules", "expected"),
    [
        (b"", {"DOC023"}, 1),
        (b"\x00\x01\x02\x03" * 100, {"DOC000"}, 2),
        (b"%PDF-1.4 ...", {"DOC000"}, 2),
        ("云溪县商务局2017年政府信息公开工作年度报告\n一、概述\n内容。\n二、主动公开政府信息情况\n内容。\n".encode(), {"DOC016"}, 1),
        (b"x" * 10_000_000, {"DOC023"}, 1),
        (b"\n" * 300_000, {"DOC023"}, 1),
        ("字" .encode() * 3_000_000, {"DOC023"}, 1),
        (b"\t" * 1_000_000, {"DOC023"}, 1),
        ("它说，".encode() * 100_000, {"DOC023"}, 1),
        (b"\r\n" * 300_000, {"DOC023"}, 1),
        (b"\n" * 600_000, {"DOC000"}, 2),
        (b"\t" * 1_100_000, {"DOC000"}, 2),
        (b"|a" * 1_100_000, {"DOC000"}, 2),
        (b"x" * 17 * 1024 * 1024, {"DOC000"}, 2),
    ],
)  # fmt: skip
def test_odd_files_end_with_one_clear_diagnostic(run, tmp_path, content, rules, expected):
    path = tmp_path / "odd.txt"
    path.write_bytes(content)
    status, out, err = run("check", path, "--quiet")
    assert status == expected
    assert {line.split(" ")[2] for line in out.splitlines()} == rules
    assert "Traceback" not in err


def test_a_report_cut_in_the_middle_of_a_table(run, tmp_path):
    text = (ROOT / "rules" / "bases" / "clean-2021.txt").read_text(encoding="utf-8")
    path = tmp_path / "cut.txt"
    path.write_text(text[: text.index("5.属于三类内部事务信息")], encoding="utf-8")
    status, out, _ = run("check", path, "--quiet")
    assert status == 1
    found = [line.split(" ")[2] for line in out.splitlines()]
    assert found.count("TBL003") == 1
    assert found.count("DOC001") == 3
    assert not any(rule.startswith(("SUM", "BAL", "CEL")) for rule in found)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends_do_not_change_what_is_found(run, tmp_path, encoding, ends):
    text = (ROOT / "examples" / "faulty-2021.txt").read_text(encoding="utf-8")
    path = tmp_path / "report.txt"
    path.write_bytes(text.replace("\n", ends).encode(encoding))
    data = json.loads(run("check", path, "-f", "json")[1])["files"][0]
    plain = json.loads(run("check", FAULTY, "-f", "json")[1])["files"][0]
    assert data["encoding"].startswith(encoding.split("-sig")[0].removesuffix("-le").removesuffix("-be"))
    assert [(d["rule"], d["range"], d["message"]) for d in data["diagnostics"]] == [
        (d["rule"], d["range"], d["message"]) for d in plain["diagnostics"]
    ]


def test_a_thousand_files(run, tmp_path):
    text = (ROOT / "examples" / "clean-2019.txt").read_bytes()
    for number in range(300):
        (tmp_path / f"{number}.txt").write_bytes(text)
    status, out, _ = run("check", tmp_path)
    assert status == 0
    assert "300 个文件" in out


def test_the_caret_stands_below_the_place(run, tmp_path):
    path = tmp_path / "caret.txt"
    text = (ROOT / "rules" / "bases" / "clean-2021.txt").read_text(encoding="utf-8")
    path.write_text(text.replace("2024年1月19日", "2024年2月30日"), encoding="utf-8")
    lines = run("check", path)[1].splitlines()
    at = next(i for i, line in enumerate(lines) if "DAT010" in line)
    assert lines[at + 1].endswith("| 2024年2月30日")
    assert lines[at + 2].endswith("| " + "^" * (4 + 2 + 1 + 2 + 2 + 2))


def test_explain_in_both_languages(run):
    chinese, english = run("explain", "SUM010")[1], run("explain", "sum010", "--lang", "en")[1]
    assert "怎样修改" in chinese
    assert "How to mend it" in english
    assert run("explain", "wrong-cell")[1] == chinese


def test_rules_as_a_table_and_as_json(run):
    table = run("rules")[1].splitlines()
    data = json.loads(run("rules", "--format", "json")[1])
    assert len(table) == len(data) > 150
    assert all(item["why"] and item["remedy"] for item in data)


def test_schemas(run):
    for name, schema in (("report", report_schema()), ("rules", rules_schema())):
        assert json.loads(run("schema", name)[1]) == schema
        Draft202012Validator.check_schema(schema)


def test_extract_in_all_formats(run):
    data = json.loads(run("extract", FAULTY)[1])
    assert data["body"] == "禾渚区水利局"
    assert {c["state"] for c in data["tables"]["applications"]} >= {"number"}
    rows = list(csv.DictReader(io.StringIO(run("extract", FAULTY, "--format", "csv")[1])))
    assert any(
        (r["table"], r["row"], r["column"], r["value"]) == ("applications", "not_held", "natural", "5") for r in rows
    )
    assert "\t1.属于国家秘密\n" in run("extract", FAULTY, "--format", "text")[1]


def test_the_text_that_extract_shows_gives_the_same_findings(run, tmp_path):
    path = tmp_path / "again.txt"
    path.write_text(run("extract", FAULTY, "--format", "text")[1], encoding="utf-8")
    once, again = (json.loads(run("check", "-f", "json", p)[1])["files"][0]["diagnostics"] for p in (FAULTY, path))
    assert [(d["rule"], d["message"]) for d in once] == [(d["rule"], d["message"]) for d in again]


def test_quick_answers_import_nothing_heavy():
    for arguments in (["--version"], ["--help"], ["check", "--no-such-option"]):
        code = f"import sys; from giro_lint.cli import main; main({arguments!r}); print([m for m in ('pyparsing', 'ruamel.yaml', 'attrs') if m in sys.modules])"
        done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
        assert done.stdout.splitlines()[-1] == "[]"


def test_linting_imports_nothing_that_a_plain_report_does_not_need():
    rare = (
        "ruamel.yaml",
        "hashlib",
        "json",
        "giro_lint.binding.flat",
        "giro_lint.settings.load",
        "giro_lint.suppression",
    )
    code = f"import sys; from giro_lint.cli import main; main(['check', {CLEAN!r}]); print([m for m in {rare!r} if m in sys.modules])"
    main(["check", CLEAN])
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["check", CLEAN], 0, "没有发现问题"),
        (["check", FAULTY], 1, "SUM010"),
        (["check", "nowhere.txt"], 2, "nowhere.txt"),
    ],
)
def test_the_process_of_its_own_says_everything_and_tells_the_status(arguments, status, words, tmp_path):
    end = tmp_path / "end"
    code = f"import atexit, pathlib; atexit.register(pathlib.Path({str(end)!r}).touch); from giro_lint.cli import entry; raise SystemExit(entry())"
    done = subprocess.run([sys.executable, "-c", code, *arguments], check=False, capture_output=True, text=True)
    assert done.returncode == status
    assert words in done.stdout + done.stderr
    assert end.exists()


def test_a_reader_that_goes_away_leaves_no_traceback():
    with subprocess.Popen(
        [sys.executable, "-m", "giro_lint", "rules", "--format", "json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 2


@pytest.mark.parametrize("paths", [[], ["report.txt"], ["a.txt", "-", "b"]])
def test_paths_alone_give_the_options_that_the_parser_gives(paths):
    told = vars(cli._options(["check", *paths]))
    assert told == vars(build_parser("check").parse_args(["check", *paths]))
    assert told == vars(build_parser().parse_args(["check", *paths]))


def test_the_version_names_the_editions(run):
    from giro_lint import Ruleset, __version__

    editions = ", ".join(edition.id for edition in Ruleset.builtin().knowledge.editions)
    assert run("--version") == (0, f"giro-lint {__version__} (editions {editions})\n", "")


@pytest.mark.skipif(not Path("/dev/full").is_char_device(), reason="there is no disk that is always full")
@pytest.mark.parametrize("arguments", [("--version",), ("rules",), ("check", FAULTY), ("check", FAULTY, "-f", "json")])
@pytest.mark.parametrize("python", [(), ("-u",)])
def test_a_full_disk_is_one_message(arguments, python):
    with open("/dev/full", "w") as disk:
        ran = subprocess.run(
            [sys.executable, *python, "-m", "giro_lint", *arguments], stdout=disk, stderr=subprocess.PIPE, check=False
        )
    assert ran.returncode == 2
    assert ran.stderr.decode().startswith("giro-lint: 无法写出结果 / the output cannot be written: ")
    assert b"Traceback" not in ran.stderr


@pytest.mark.skipif(os.name != "posix", reason="a shell that can close streams")
@pytest.mark.parametrize(("closed", "path", "status"), [(">&-", FAULTY, 1), ("2>&-", FAULTY, 1), ("<&-", "-", 1)])
def test_closed_streams_change_nothing(closed, path, status):
    command = f'"{sys.executable}" -m giro_lint check "{path}" {closed}'
    ran = subprocess.run(command, shell=True, capture_output=True, check=False)  # noqa: S602  the words are ours
    assert ran.returncode == status
    assert b"Traceback" not in ran.stderr


def test_a_fault_of_the_program_is_status_2_and_one_line(run, monkeypatch):
    def broken(*_, **__):
        raise KeyError("a\nb")

    monkeypatch.setattr(cli, "_run", broken)
    status, out, err = run("rules")
    assert (status, out) == (2, "")
    assert "an internal error, please report it: KeyError: 'a\\nb' (test_cli.py:" in err
    assert err.count("\n") == 1


def test_options_stand_between_paths(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("a.txt", "-b.txt"):
        Path(name).write_bytes(Path(FAULTY).read_bytes())
    for words in (
        ["a.txt", "--quiet", "./-b.txt"],
        ["--quiet", "a.txt", "--", "-b.txt"],
        ["a.txt", "--quiet", "--", "-b.txt"],
        ["--quiet", "--", "a.txt", "-b.txt"],
    ):
        status, out, err = run("check", *words)
        assert (status, err) == (1, "")
        assert {line.partition(":")[0].removeprefix("./") for line in out.splitlines()} == {"a.txt", "-b.txt"}


def test_a_file_is_checked_once(run, tmp_path):
    path = tmp_path / "report.txt"
    path.write_bytes(Path(FAULTY).read_bytes())
    _, out, _ = run("check", tmp_path, path, f"{tmp_path}/./report.txt", "-f", "json")
    assert json.loads(out)["summary"]["files"] == 1


def test_extract_says_why_a_file_cannot_be_read(run, tmp_path):
    binary = tmp_path / "binary.txt"
    binary.write_bytes(b"PK\x03\x04")
    for path, words in ((binary, "请提供"), (tmp_path / "none.txt", "请检查路径"), (tmp_path, "请检查路径")):
        status, out, err = run("extract", path)
        assert (status, out) == (2, "")
        assert f"{path}: DOC000 " in err
        assert words in err
    assert "check its path" in run("extract", tmp_path / "none.txt", "--lang", "en")[2]


def test_extract_of_standard_input_takes_its_name(run, monkeypatch):
    class Bytes:
        buffer = io.BytesIO("<p>云溪县商务局<b>2023</b>年政府信息公开工作年度报告</p>".encode())

    monkeypatch.setattr(sys, "stdin", Bytes)
    status, out, _ = run("extract", "-", "--stdin-filename", "page.html", "--format", "text")
    assert (status, out.strip()) == (0, "云溪县商务局2023年政府信息公开工作年度报告")


@pytest.mark.parametrize("start", ["", "\ufeff", "\n\n  "])
def test_a_web_page_that_was_saved_as_text_is_read_as_a_page(run, tmp_path, start):
    page = f"{start}<!DOCTYPE html>\n<html><body><p>云溪县商务局<b>2023</b>年政府信息公开工作年度报告</p></body></html>"
    path = tmp_path / "page.txt"
    path.write_text(page, encoding="utf-8")
    assert run("extract", path, "--format", "text")[1].strip() == "云溪县商务局2023年政府信息公开工作年度报告"
    assert lint_text(page, path="page.txt").source.media == "html"
    assert lint_text(f"本报告{page}", path="page.txt").source.media == "text"


@pytest.mark.parametrize("ending", ["txt", "doc", "docx", "pdf", "html", "odt"])
def test_a_file_of_no_bytes_is_called_empty_whatever_its_name(run, tmp_path, ending):
    path = tmp_path / f"empty.{ending}"
    path.touch()
    status, out, _ = run("check", path, "--quiet")
    assert (status, "DOC023" in out) == (1, True)


def test_a_word_document_needs_no_ending(run, monkeypatch):
    class Bytes:
        buffer = io.BytesIO((ROOT / "tests" / "samples" / "yunxi-2023.docx").read_bytes())

    monkeypatch.setattr(sys, "stdin", Bytes)
    assert json.loads(run("check", "-", "-f", "json")[1])["files"][0]["media"] == "docx"
