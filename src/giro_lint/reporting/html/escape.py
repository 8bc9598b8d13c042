"""Texts as HTML: every text of a report goes through here. May import: the standard library."""

from __future__ import annotations

import html
import re

_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
_PICTURES = 0x2400


def shown(text: str) -> str:
    """The text with a visible sign for every character that a page cannot show or that would turn the writing around."""
    return _UNSEEN.sub(lambda match: _sign(match[0]), text)


def _sign(character: str) -> str:
    if character < " ":
        return chr(_PICTURES + ord(character))
    return " " if character.isspace() else "\ufffd"


def escaped(text: str) -> str:
    """The text as it may stand in an element or a quoted attribute."""
    return html.escape(shown(text), quote=True)


def attributes(**values: str | int | None) -> str:
    """Attributes with a space before each; those without a value are left out, ``_`` stands for ``-`` and is dropped at the end."""
    return "".join(
        f' {name.rstrip("_").replace("_", "-")}="{escaped(str(value))}"'
        for name, value in values.items()
        if value not in {None, ""}
    )
