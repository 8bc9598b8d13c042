"""What browsers and word processors save: writes the samples in tests/samples/saved. May import: print_samples, render_html.

Run as a program it needs Chromium, Xvfb, xdotool, LibreOffice and python-docx; the tests only read the samples.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from print_samples import as_docx
from render_html import render_bytes

_DISPLAY = ":77"
_PATIENCE = 60


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


def by_browser(page: bytes, folder: Path) -> bytes:
    """A page as Chromium saves it when its user asks for "Webpage, Complete"."""
    served, target = folder / "site", folder / "report.html"
    served.mkdir()
    (served / "page.html").write_bytes(page)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(served)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/page.html"
    options = ["--no-sandbox", "--disable-gpu", "--no-first-run", f"--user-data-dir={folder / 'profile'}"]
    size = ["--window-size=1200,900", "--window-position=0,0"]
    screen = subprocess.Popen(["Xvfb", _DISPLAY, "-screen", "0", "1200x900x24"], stderr=subprocess.DEVNULL)
    environment = {**os.environ, "DISPLAY": _DISPLAY}
    browser = subprocess.Popen(["chromium", *options, *size, address], env=environment, stderr=subprocess.DEVNULL)
    try:
        _wait(lambda: _keys("search", "--onlyvisible", "--class", "chromium"))
        time.sleep(6)  # until the page is drawn
        _keys("mousemove", "600", "500", "click", "1")
        _keys("key", "ctrl+s")
        _wait(lambda: _keys("search", "--name", "Save File"))
        _keys("windowfocus", _keys("search", "--name", "Save File"))
        time.sleep(1)
        _keys("key", "ctrl+a")
        _keys("type", "--delay", "30", str(target))
        time.sleep(1)
        _keys("key", "alt+s")
        _wait(target.exists)
        time.sleep(2)  # until it is written
        return target.read_bytes()
    finally:
        browser.terminate()
        browser.wait()
        screen.terminate()
        screen.wait()
        server.shutdown()


def _keys(*words: str) -> str:
    environment = {**os.environ, "DISPLAY": _DISPLAY}
    done = subprocess.run(["xdotool", *words], env=environment, check=False, capture_output=True, text=True)
    return done.stdout.strip()


def _wait(what: Callable[[], object]) -> None:
    end = time.monotonic() + _PATIENCE
    while not what():
        if time.monotonic() > end:
            raise TimeoutError
        time.sleep(0.5)


def by_office(document: bytes, folder: Path, *formats: str) -> bytes:
    """A Word document as LibreOffice writes it again, by way of other formats."""
    file = folder / "report.docx"
    file.write_bytes(document)
    home = f"-env:UserInstallation=file://{folder / 'office'}"
    for number, ending in enumerate(formats):
        out = folder / str(number)
        command = ["soffice", home, "--headless", "--convert-to", ending, "--outdir", str(out), str(file)]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
        file = out / f"report.{ending}"
    return file.read_bytes()


SAMPLES = {
    "faulty-2021-browser.html": (
        "faulty-2021",
        lambda text, folder: by_browser(render_bytes(text, "content-system"), folder),
    ),
    "faulty-2019-browser.html": ("faulty-2019", lambda text, folder: by_browser(render_bytes(text, "word"), folder)),
    "faulty-2021-browser-gbk.html": (
        "faulty-2021",
        lambda text, folder: by_browser(render_bytes(text, "chinese-encoding"), folder),
    ),
    "faulty-2021-office.docx": ("faulty-2021", lambda text, folder: by_office(as_docx(text), folder, "docx")),
    "faulty-2019-odt.docx": ("faulty-2019", lambda text, folder: by_office(as_docx(text), folder, "odt", "docx")),
    "faulty-2021-office.html": ("faulty-2021", lambda text, folder: by_office(as_docx(text), folder, "html")),
}
"""Each sample with the example it is made from."""


def main() -> None:
    """Save every sample that was named, or all, anew."""
    here = Path(__file__).parent
    target = here / "samples" / "saved"
    target.mkdir(parents=True, exist_ok=True)
    for name in sys.argv[1:] or SAMPLES:
        example, saved = SAMPLES[name]
        text = (here.parent / "examples" / f"{example}.txt").read_text(encoding="utf-8")
        with tempfile.TemporaryDirectory() as folder:
            (target / name).write_bytes(saved(text, Path(folder)))


if __name__ == "__main__":
    sys.exit(main())
