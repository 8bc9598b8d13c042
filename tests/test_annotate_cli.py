"""The command ``annotate`` and ``check --fix --track``: what they write, what they refuse, what they say."""

from __future__ import annotations

import sys

import pytest

import render_docx
from giro_lint.cli import main
from shared import ROOT
from word_parts import anchored, comments, members, settled, with_members

FAULTY = (ROOT / "examples" / "faulty-2021.txt").read_text(encoding="utf-8")
CLEAN = (ROOT / "rules" / "bases" / "clean-2021.txt").read_text(encoding="utf-8")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SETTINGS = (
    b'<w:settings xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    b'<w:documentProtection w:edit="readOnly" w:enforcement="1"/></w:settings>'
)


@pytest.fixture
def report(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "report.docx"
    path.write_bytes(render_docx.plain(FAULTY))
    return path


def test_a_copy_with_comments_is_written(report, capsys):
    before = report.read_bytes()
    assert main(["annotate", "report.docx"]) == 1
    out = capsys.readouterr().out
    written = (report.parent / "report.reviewed.docx").read_bytes()
    count = len(comments(written))
    assert out.startswith(f"report.reviewed.docx：{count} 条批注。\n")
    assert count == len(anchored(written)) > 5
    assert report.read_bytes() == before


def test_options_choose_what_is_commented_and_the_status(report, capsys):
    assert main(["annotate", "report.docx", "-o", "a.docx", "--select", "SUM010", "--lang", "en"]) == 1
    assert capsys.readouterr().out.startswith("a.docx: 1 comment(s).\n")
    assert main(["annotate", "report.docx", "-o", "b.docx", "--select", "DAT011", "--quiet"]) == 0
    assert capsys.readouterr().out == ""
    assert main(["annotate", "report.docx", "-o", "c.docx", "--select", "DAT011", "--fail-on", "info"]) == 1
    (report.parent / "giro-lint.yaml").write_text("rules: {SUM010: off}\n", encoding="utf-8")
    assert main(["annotate", "report.docx", "-o", "d.docx"]) == 1
    assert not any("SUM010" in text for text in comments((report.parent / "d.docx").read_bytes()).values())


def test_a_report_without_findings_is_copied(report, capsys):
    report.write_bytes(render_docx.plain(CLEAN))
    assert main(["annotate", "report.docx"]) == 0
    assert (report.parent / "report.reviewed.docx").read_bytes() == report.read_bytes()


def test_no_file_is_replaced_unless_asked(report, capsys):
    before = report.read_bytes()
    for target in ("report.docx", "./report.docx"):
        assert main(["annotate", "report.docx", "-o", target]) == 2
        assert "--force" in capsys.readouterr().err
    assert report.read_bytes() == before
    assert main(["annotate", "report.docx", "-o", "report.docx", "--force"]) == 1
    assert members(report.read_bytes())["word/comments.xml"]
    assert main(["annotate", "report.docx", "-o", "absent/report.docx"]) == 2
    assert main(["annotate", "absent.docx"]) == 2
    assert sorted(path.name for path in report.parent.iterdir()) == ["report.docx"]


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.doc", OLE + b"\0" * 4096, "另存为 .docx"),
        ("a.docx", OLE + "EncryptedPackage".encode("utf-16-le") + b"\0" * 4096, "密码"),
        ("a.docx", b"PK\x03\x04 nothing", "DOC000"),
        ("a.txt", FAULTY.encode(), "另存为 .docx"),
        ("a.pdf", b"%PDF-1.7", "另存为 .docx"),
        ("a.xlsx", b"PK\x03\x04", "另存为 .docx"),
        ("a.docx", with_members(render_docx.plain(FAULTY), word__settings_dot_xml=SETTINGS), "受保护"),
        ("a.docx", with_members(render_docx.plain(FAULTY), word__document_dot_xml=b"<w:p"), "DOC000"),
        ("a.docx", with_members(render_docx.plain(FAULTY), word__document_dot_xml=None), "DOC000"),
    ],
)
def test_what_cannot_be_annotated_is_one_error(tmp_path, capsys, name, content, says):
    path = tmp_path / name
    path.write_bytes(content)
    assert main(["annotate", str(path)]) == 2
    error = capsys.readouterr().err
    assert says in error
    assert error.count("\n") == 1
    assert [each.name for each in tmp_path.iterdir()] == [name]


def test_without_lxml_it_says_what_to_install(report, capsys, monkeypatch):
    monkeypatch.setitem(sys.modules, "lxml", None)
    monkeypatch.setitem(sys.modules, "lxml.etree", None)
    assert main(["annotate", "report.docx"]) == 2
    assert "giro-lint[docx]" in capsys.readouterr().err


# check --fix


def test_fix_alone_leaves_a_document_and_says_how(report, capsys):
    before = report.read_bytes()
    assert main(["check", "--fix", "report.docx"]) == 1
    assert capsys.readouterr().err.count("--fix --track") == 2
    assert report.read_bytes() == before


def test_track_writes_changes_and_shows_them(report, capsys):
    before = report.read_bytes()
    assert main(["check", "--diff", "--track", "report.docx"]) == 1
    shown = capsys.readouterr().out
    assert "-2024.2.6\n+2024年2月6日\n" in shown
    assert report.read_bytes() == before
    assert main(["check", "--fix", "--track", "report.docx"]) == 1
    assert "改正 " in capsys.readouterr().out
    assert "2024年2月6日" in settled(report.read_bytes(), accept=True)[0]
    after = report.read_bytes()
    assert main(["check", "--fix", "--track", "report.docx"]) == 1
    assert "改正 0 处" in capsys.readouterr().out
    assert report.read_bytes() == after


def test_what_is_left_is_told(report, capsys):
    report.write_bytes(render_docx.figured(FAULTY, "5、存在的主要问题及改进情况"))
    main(["check", "--fix", "--track", "report.docx"])
    assert "HDG010 没有改动：这里是 Word 自动生成的文字" in capsys.readouterr().err
    main(["check", "--fix", "--track", "--lang", "en", "report.docx"])
    assert "HDG010 left alone: Word sets this text" in capsys.readouterr().err


def test_track_with_other_files(report, capsys):
    text = report.parent / "report.txt"
    text.write_text(FAULTY, encoding="utf-8")
    assert main(["check", "--fix", "--track", "report.txt"]) == 1
    assert "2024年2月6日" in text.read_text(encoding="utf-8")
    assert main(["check", "--track", "report.docx"]) == 2
    assert "--track" in capsys.readouterr().err
    damaged = report.parent / "damaged.docx"
    damaged.write_bytes(b"PK\x03\x04")
    assert main(["check", "--fix", "--track", "damaged.docx"]) == 2
    assert damaged.read_bytes() == b"PK\x03\x04"
