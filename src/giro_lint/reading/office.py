"""Documents of older word processors (.doc, .wps, .odt, .rtf) to sources, by way of LibreOffice. May import: archive, decode, docx, model.

LibreOffice gets a copy under a fixed name in a folder of its own, with a profile of its own that neither runs macros nor follows
links, and a time limit; the folder is removed.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from giro_lint.model.errors import ReadError
from giro_lint.model.source import Source
from giro_lint.reading.archive import MEGABYTE, Archive
from giro_lint.reading.decode import decode
from giro_lint.reading.docx import read_docx

SECONDS = 60
"""LibreOffice may take so long for a file."""

_OLE, _ZIP, _RTF = b"\xd0\xcf\x11\xe0", b"PK\x03\x04", b"{\\rtf"
_CIPHERED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_SECTOR = 512
_WORD_BEGINS = b"\xec\xa5"
_WORD_FLAGS, _WORD_CIPHERED = 10, 0x0100
_MANIFEST = "META-INF/manifest.xml"
_LARGEST = 64 * MEGABYTE
_PLACES = (
    "/usr/lib/libreoffice/program/soffice",
    "/usr/local/bin/soffice",
    "/opt/libreoffice/program/soffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
)
_WINDOWS_PLACE = ("LibreOffice", "program", "soffice.exe")
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse">
<value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableActiveContent" oor:op="fuse">
<value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse">
<value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse">
<value>0</value></prop></item>
</oor:items>
"""


def read_office(data: bytes, path: str) -> Source:
    """The source of a document that Word or another word processor has to convert first.

    Args:
        data: the whole file.
        path: its name.

    Returns:
        The source as of the .docx file that LibreOffice makes of it; of a plain text under such a name, the text's.

    Raises:
        ReadError: ``converter`` where there is no LibreOffice, ``conversion`` where it fails or takes too long,
            ``encrypted``, and those of `read_docx`.

    """
    kind = _kind(data)
    if not kind:
        try:
            text, encoding = decode(data)
        except ReadError:
            raise ReadError("damaged", _ending(path)) from None
        if not text.lstrip().startswith(("<", "MIME-Version")):
            return Source(text, path, "text", encoding)
    if is_ciphered(data):
        raise ReadError("encrypted", "")
    program = find_program()
    if program is None:
        raise ReadError("converter", _ending(path))
    return read_docx(convert(data, kind or ".doc", "docx", program), path)


def find_program() -> str | None:
    """The path of LibreOffice's command, or None where it is not installed."""
    for name in ("soffice", "libreoffice"):
        found = shutil.which(name)
        if found and os.path.isabs(found):  # on Windows the current folder is searched as well
            return found
    windows = [os.environ.get(name) for name in ("ProgramFiles", "ProgramFiles(x86)", "ProgramW6432")]
    places = [*_PLACES, *(os.path.join(folder, *_WINDOWS_PLACE) for folder in windows if folder)]
    return next((place for place in places if os.path.isfile(place) and os.access(place, os.X_OK)), None)


def convert(data: bytes, ending: str, wanted: str, program: str) -> bytes:
    """Convert a document.

    Args:
        data: the whole file.
        ending: its ending, with the dot.
        wanted: the format it is to have, as LibreOffice calls it.
        program: LibreOffice's command.

    Returns:
        The bytes of the converted file.

    Raises:
        ReadError: ``conversion`` where LibreOffice fails or takes too long.

    """
    with tempfile.TemporaryDirectory(prefix="giro-lint-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        source, out, profile = folder / f"input{ending}", folder / "out", folder / "profile"
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
        source.write_bytes(data)
        options = ["--headless", "--invisible", "--nologo", "--norestore", "--nodefault", "--nolockcheck"]
        status = _run([
            program,
            f"-env:UserInstallation={profile.as_uri()}",
            *options,
            "--convert-to",
            wanted,
            "--outdir",
            str(out),
            str(source),
        ])  # fmt: skip
        result = out / f"input.{wanted.partition(':')[0]}"
        if status is None:
            raise ReadError("conversion", f"> {SECONDS} s")
        try:
            with result.open("rb") as file:
                converted = file.read(_LARGEST + 1)
        except OSError:
            raise ReadError("conversion", f"soffice: {status}") from None
        if len(converted) > _LARGEST:
            raise ReadError("limit", f"> {_LARGEST // MEGABYTE} MB")
        return converted


def _run(command: list[str]) -> int | None:
    """Run a command and all that it starts to its end or to the time limit; its exit status, or None."""
    flags = getattr(subprocess, "CREATE_NO_WINDOW", 0)
    try:
        process = subprocess.Popen(  # noqa: S603  no shell, and every word of the command is ours
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            creationflags=flags,
        )
    except OSError as problem:
        raise ReadError("conversion", problem.strerror or "soffice") from None
    try:
        return process.wait(SECONDS)
    except subprocess.TimeoutExpired:
        return None
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process that is still running, with those it started."""
    if process.poll() is not None:
        return
    if sys.platform == "win32":
        killer = os.path.join(os.environ.get("SYSTEMROOT", r"C:\Windows"), "System32", "taskkill.exe")
        subprocess.run([killer, "/F", "/T", "/PID", str(process.pid)], capture_output=True, check=False)  # noqa: S603
    else:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _kind(data: bytes) -> str:
    """The ending that the first bytes call for, empty where they tell nothing."""
    kinds = ((_OLE, ".doc"), (_ZIP, ".odt"), (_RTF, ".rtf"))
    return next((ending for mark, ending in kinds if data.startswith(mark)), "")


def is_ciphered(data: bytes) -> bool:
    """Whether a document is protected by a password, so that LibreOffice would ask for it."""
    kind = _kind(data)
    if kind == ".odt":
        archive = Archive(data)
        return _MANIFEST in archive and b"encryption-data" in archive.read(_MANIFEST, MEGABYTE)
    if kind != ".doc":
        return False
    if _CIPHERED_PACKAGE in data:
        return True
    for start in range(_SECTOR, len(data) - _SECTOR, _SECTOR):
        if data.startswith(_WORD_BEGINS, start):
            flags = int.from_bytes(data[start + _WORD_FLAGS : start + _WORD_FLAGS + 2], "little")
            return bool(flags & _WORD_CIPHERED)
    return False


def _ending(path: str) -> str:
    return os.path.splitext(path)[1].lower() or ".doc"
