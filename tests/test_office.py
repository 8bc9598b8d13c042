"""Documents of older word processors; what needs LibreOffice is skipped where it is not installed."""

from __future__ import annotations

import http.server
import io
import os
import sys
import threading
import time
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import render_docx
from giro_lint import lint_bytes, lint_file, lint_text
from giro_lint.model.errors import ReadError
from giro_lint.reading import office
from giro_lint.reading.office import convert, find_program, read_office
from shared import ROOT

SAMPLES = Path(__file__).parent / "samples"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
BASE = (ROOT / "rules" / "bases" / "clean-2021.txt").read_text(encoding="utf-8")

installed = pytest.mark.skipif(find_program() is None, reason="LibreOffice is not installed")
posix = pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a shell script")


@pytest.fixture
def absent(monkeypatch):
    monkeypatch.setattr(office, "find_program", lambda: None)


@pytest.fixture
def stand_in(tmp_path, monkeypatch):
    """Put a script in LibreOffice's stead."""

    def put(script):
        path = tmp_path / "bin" / "soffice"
        path.parent.mkdir()
        path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        path.chmod(0o755)
        monkeypatch.setenv("PATH", f"{path.parent}{os.pathsep}{os.environ['PATH']}")
        return str(path)

    return put


def runs(process):
    status = Path(f"/proc/{process}/status")
    return status.exists() and "State:\tZ" not in status.read_text(encoding="utf-8")


def refusal(data, path="a.doc"):
    with pytest.raises(ReadError) as caught:
        read_office(data, path)
    return caught.value.reason, caught.value.detail


# Without LibreOffice


@pytest.mark.parametrize("ending", [".doc", ".wps", ".rtf", ".odt"])
def test_without_the_program_there_is_one_clear_diagnostic(absent, ending):
    data = {".rtf": b"{\\rtf1 x}", ".odt": odt("")}.get(ending, OLE + bytes(2000))
    (found,) = lint_bytes(data, path="报告" + ending).diagnostics
    assert (found.rule, found.message_key) == ("DOC000", "unreadable-file.converter")
    assert ending in found.message
    assert "LibreOffice" in found.message
    assert ".docx" in found.message


def test_a_word_document_of_before_under_a_new_name(absent):
    assert lint_bytes(OLE + bytes(2000), path="a.docx").diagnostics[0].message_key == "unreadable-file.converter"


def test_a_password_is_told_without_the_program(absent):
    package = OLE + bytes(1000) + "EncryptedPackage".encode("utf-16-le") + bytes(1000)
    assert refusal(package, "a.docx") == ("encrypted", "")
    word = bytearray(OLE + bytes(4096))
    word[1024:1026] = b"\xec\xa5"
    assert refusal(bytes(word)) == ("converter", ".doc")
    word[1024 + 11] = 0x01
    assert refusal(bytes(word)) == ("encrypted", "")
    assert refusal(odt("", '<manifest:encryption-data xmlns:manifest="x"/>'), "a.odt") == ("encrypted", "")


def test_a_text_or_a_new_document_under_an_old_name(absent):
    report = lint_bytes(BASE.encode("gb18030"), path="a.doc")
    assert (report.source.media, report.source.encoding, list(report.diagnostics)) == ("text", "gb18030", [])
    report = lint_bytes(render_docx.plain(BASE), path="a.wps")
    assert (report.source.media, list(report.diagnostics)) == ("docx", [])


def test_what_is_neither(absent):
    assert refusal(bytes(range(256)) * 10) == ("damaged", ".doc")
    assert refusal(b"PK\x03\x04 opendocument")[0] == "damaged"
    assert refusal(b"<?xml version='1.0'?><w:wordDocument/>") == ("converter", ".doc")


@pytest.mark.skipif(sys.platform == "win32", reason="paths of another kind")
def test_where_the_program_is_looked_for(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(office, "_PLACES", (str(tmp_path / "program" / "soffice"),))
    monkeypatch.setenv("ProgramFiles", str(tmp_path))
    assert find_program() is None
    place = tmp_path / "program" / "soffice"
    place.parent.mkdir()
    place.write_text("#!/bin/sh\n", encoding="utf-8")
    assert find_program() is None
    place.chmod(0o755)
    assert find_program() == str(place)
    (tmp_path / "libreoffice").write_text("#!/bin/sh\n", encoding="utf-8")
    (tmp_path / "libreoffice").chmod(0o755)
    assert find_program() == str(tmp_path / "libreoffice")


# With something in its stead


@posix
def test_a_program_that_makes_nothing(stand_in):
    stand_in("exit 77")
    assert refusal(OLE) == ("conversion", "soffice: 77")


@posix
def test_a_program_that_makes_rubbish(stand_in):
    stand_in(
        'for out; do [ "$last" = --outdir ] && break; last=$out; done; mkdir -p "$out"; echo x > "$out/input.docx"'
    )
    assert refusal(OLE)[0] == "damaged"


@posix
def test_a_program_that_hangs_is_ended_with_all_it_started(stand_in, tmp_path, monkeypatch):
    monkeypatch.setattr(office, "SECONDS", 1)
    stand_in(f"sleep 300 & echo $! > {tmp_path}/child; echo $2 > {tmp_path}/profile; wait")
    assert refusal(OLE) == ("conversion", "> 1 s")
    child = int((tmp_path / "child").read_text(encoding="utf-8"))
    for _ in range(100):  # the system may take a moment
        if not runs(child):
            break
        time.sleep(0.05)
    assert not runs(child)


@posix
def test_names_from_outside_are_not_passed_on_and_nothing_is_left_behind(stand_in, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    stand_in(f'echo "$@" > {tmp_path}/words; exit 1')
    refusal(OLE, "-env:x; rm -rf ~ .doc")
    words = (tmp_path / "words").read_text(encoding="utf-8")
    assert "rm -rf" not in words
    assert "/input.doc" in words
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bin", "words"]


# With LibreOffice


def odt(content, manifest=""):
    out = io.BytesIO()
    office_names = "urn:oasis:names:tc:opendocument:xmlns:"
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        file.writestr(
            "META-INF/manifest.xml",
            f'<manifest:manifest xmlns:manifest="{office_names}manifest:1.0" manifest:version="1.2"><manifest:file-entry '
            'manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/><manifest:file-entry '
            f'manifest:full-path="content.xml" manifest:media-type="text/xml"/>{manifest}</manifest:manifest>',
        )
        file.writestr(
            "content.xml",
            f'<office:document-content xmlns:office="{office_names}office:1.0" xmlns:text="{office_names}text:1.0" '
            f'xmlns:draw="{office_names}drawing:1.0" xmlns:svg="{office_names}svg-compatible:1.0" '
            f'xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.2"><office:body><office:text>{content}</office:text>'
            "</office:body></office:document-content>",
        )
    return out.getvalue()


@installed
def test_an_old_word_document():
    report = lint_file(SAMPLES / "yunxi-2023.doc")
    found = [(d.rule, d.anchor, report.source.location(d.span)) for d in report.diagnostics]
    assert found == [("SUM010", "applications/partial/natural", {"table": 2, "row": 7, "cell": 3})]
    assert (report.source.media, report.path) == ("docx", str(SAMPLES / "yunxi-2023.doc"))


@installed
@pytest.mark.parametrize("wanted", ["doc", "odt"])
def test_there_and_back_the_findings_stay(wanted):
    wrong = BASE.replace("\t（七）总计\n\t17\n", "\t（七）总计\n\t19\n").replace(
        "云溪县商务局\n2024年", "云溪县商务局\n2024年2月"
    )
    assert wrong != BASE
    due = sorted((d.rule, d.anchor) for d in lint_text(wrong).diagnostics)
    data = convert(render_docx.automatic(wrong), ".docx", wanted, find_program())
    report = lint_bytes(data, path=f"a.{wanted}")
    assert sorted((d.rule, d.anchor) for d in report.diagnostics) == due
    assert due


@installed
def test_several_at_once():
    data = (SAMPLES / "yunxi-2023.doc").read_bytes()
    with ThreadPoolExecutor(2) as pool:
        texts = set(pool.map(lambda at: read_office(data, f"{at}.doc").text, range(2)))
    assert len(texts) == 1
    assert "总体情况" in texts.pop()


@installed
def test_no_link_is_followed():
    asked = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_error(404)

        do_HEAD = do_OPTIONS = do_GET  # noqa: N815

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    link = f'xlink:href="http://127.0.0.1:{server.server_port}/x.png" xlink:type="simple" xlink:actuate="onLoad"'
    picture = f'<draw:frame svg:width="5cm" svg:height="3cm"><draw:image {link}/></draw:frame>'
    try:
        assert "甲" in read_office(odt(f"<text:p>甲{picture}</text:p>"), "a.odt").text
    finally:
        server.shutdown()
        server.server_close()
    assert asked == []


@installed
def test_a_document_that_it_cannot_read():
    assert refusal(OLE + bytes(3000))[0] in {"conversion", "damaged"}
