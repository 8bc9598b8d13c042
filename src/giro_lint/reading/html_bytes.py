"""The bytes of a web page to text: by its own bytes first, then by what it says of itself. May import: decode, model.errors."""

from __future__ import annotations

import re

from giro_lint.model.errors import ReadError
from giro_lint.reading.decode import decode

_HEAD = 4096
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_CODECS = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "gb18030": "gb18030",
    "gb_2312-80": "gb18030",
    "big5": "big5hkscs",
}
_FEW = 100
"""One in so many letters may be damaged."""


def decode_page(data: bytes) -> tuple[str, str]:
    """Decode the bytes of a web page.

    A page that is UTF-8 is read as such whatever it says of itself: pages are often saved anew. NUL bytes, which browsers
    pass over, are read as spaces.

    Args:
        data: the whole file.

    Returns:
        The text, line ends untouched, and the codec; damaged letters become U+FFFD where they are few.

    Raises:
        ReadError: ``binary`` for a file that is no text, ``encoding`` for a text whose encoding cannot be told.

    """
    try:
        return decode(data)
    except ReadError as problem:
        if problem.reason == "binary":
            if problem.detail == "NUL" and data.count(0) * _FEW <= len(data):
                return decode_page(data.replace(b"\0", b" "))
            raise
    return _forgiving(data)


def _forgiving(data: bytes) -> tuple[str, str]:
    """By the declared codec, else by the one that leaves the fewest letters damaged."""
    found = _DECLARED.search(data, 0, _HEAD)
    declared = _CODECS.get(found[1].decode("ascii", "replace").lower(), "") if found else ""
    best: tuple[int, str, str] | None = None
    for codec in dict.fromkeys(filter(None, (declared, "utf-8", "gb18030"))):
        text = data.decode(codec, "replace")
        damaged = text.count("\ufffd")
        if best is None or damaged < best[0]:
            best = damaged, text, codec
        if codec == declared and damaged * _FEW <= _letters(text):
            break
    if best is None or best[0] * _FEW > _letters(best[1]):
        raise ReadError("encoding", "")
    return best[1], best[2]


def _letters(text: str) -> int:
    """How many code points are not ASCII."""
    return len(text) - len(text.encode("ascii", "ignore"))
