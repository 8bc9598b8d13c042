"""Where something stands, as other programs and people want to be told. May import: model."""

from __future__ import annotations

import os
from collections.abc import Mapping
from re import Match
from unicodedata import category
from urllib.parse import quote

from giro_lint.model.patterns import compiled, lazy
from giro_lint.model.source import Source, Span

_WORDS: Mapping[str, Mapping[str, str]] = {
    "zh": {
        "page": "第 {} 页",
        "table": "第 {} 个表",
        "row": "第 {} 行",
        "cell": "第 {} 格",
        "paragraph": "第 {} 段",
        "comma": "",
    },
    "en": {
        "page": "page {}",
        "table": "table {}",
        "row": "row {}",
        "cell": "cell {}",
        "paragraph": "paragraph {}",
        "comma": ", ",
    },
}
_STRAY = lazy("[\ud800-\udfff]")
_DRIVE = lazy(r"[A-Za-z]:[\\/]")


def one_line(text: str) -> str:
    """The text with a space for every character that would move the cursor, colour a terminal or turn the writing around.

    A file's name that the system could not decode is shown as UTF-8, and what is none as �.
    """
    if not text.isascii() and _STRAY.search(text):
        text = _STRAY.sub(_byte, text).encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return "".join(" " if category(c) in {"Cc", "Cf", "Zl", "Zp", "Cs"} else c for c in text)


def _byte(stray: Match[str]) -> str:
    return stray[0] if "\udc80" <= stray[0] <= "\udcff" else "\N{REPLACEMENT CHARACTER}"


def place_words(source: Source, span: Span, lang: str) -> str:
    """Where a span stands in a document without lines, in words; empty for one that has lines."""
    location = source.location(span) or {}
    words = _WORDS[lang]
    said = [
        words[key].format(location[key]) for key in ("page", "table", "row", "cell", "paragraph") if key in location
    ]
    return words["comma"].join(said)


def relative_path(path: str, root: str) -> str:
    """A path as it is told from a folder, with ``/`` between its parts; one outside of the folder stays as it is."""
    if root and os.path.isabs(path):
        inside = os.path.relpath(path, root) if _same_drive(path, root) else path
        if inside != os.pardir and not inside.startswith(os.pardir + os.sep):
            path = inside
    name = path.replace("\\", "/") if os.sep == "\\" else path
    return compiled(r"^(\./+)+(?=.)").sub("", name)


def _same_drive(path: str, root: str) -> bool:
    return os.path.splitdrive(path)[0].lower() == os.path.splitdrive(root)[0].lower()


def path_uri(path: str, root: str) -> str:
    """A path as a URI reference (RFC 3986), relative where `relative_path` is; every other octet than unreserved ones is escaped."""
    name = relative_path(path, root)
    octets = name.encode("utf-8", "surrogateescape") if _encodable(name) else name.encode("utf-8", "replace")
    if _DRIVE.match(name):
        return "file:///" + name[0] + ":/" + quote(octets[3:], safe="/")
    if name.startswith("//"):
        return "file:" + quote(octets, safe="/")
    return ("file://" if name.startswith("/") else "") + quote(octets, safe="/")


def _encodable(name: str) -> bool:
    try:
        name.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return False
    return True
