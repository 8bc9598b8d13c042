"""A Word document that is written back into: opened, named, stamped. May import: parts, repack, reading, model."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from itertools import count
from typing import TYPE_CHECKING

from giro_lint.model.errors import ConfigError, ReadError
from giro_lint.reading.docx import Traced, read_traced
from giro_lint.reading.docx_package import W
from giro_lint.reading.docx_styles import child, value
from giro_lint.reading.media import medium_by_bytes
from giro_lint.reading.office import is_ciphered
from giro_lint.word.parts import Part

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

AUTHOR, INITIALS = "giro-lint", "GL"
TRANSITIONAL = W[1:-1]
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_DIGITS = 10
_OWN = "giro"


class WordDocument:
    """A document with the way back to its elements, and its main part as bytes.

    Args:
        data: the whole file.
        path: its name.

    Raises:
        ReadError: ``media`` for what is no Word document of today, and those of `read_docx`.

    """

    def __init__(self, data: bytes, path: str) -> None:
        if medium_by_bytes(data, path) != "docx":
            raise ReadError("encrypted" if is_ciphered(data) else "media", os.path.splitext(path)[1].lower())
        self.bytes, self.path = data, path
        self.traced: Traced = read_traced(data, path)
        self.package = self.traced.package
        main = self.package.read(self.package.main)
        self.part = Part(main, self.package.main)
        self.namespace = STRICT if STRICT.encode() in main or STRICT.encode("utf-16-le") in main else TRANSITIONAL
        self.order: dict[Element, int] = {element: at for at, element in enumerate(self.traced.root.iter("*"))}
        if len(self.order) != len(self.part):
            raise ReadError("damaged", self.package.main[:60])

    def protection(self) -> str:
        """How Word keeps the document from being edited: ``readOnly``, ``comments``, ``trackedChanges``, ``forms``, or empty.

        Source: ECMA-376 part 1, 17.15.1.29.
        """
        settings = self.package.part("settings")
        if not switched_on(child(settings, "documentProtection")):
            return ""
        return value(child(settings, "documentProtection"), "edit") or ""

    def named(self, scope: Element, name: str) -> tuple[str, str, str]:
        """How an element of Word's is written where another stands.

        Args:
            scope: the element in whose content it is written.
            name: its name.

        Returns:
            The name with prefix, the prefix of attributes, and the declaration that is needed.

        """
        for prefix, namespace in scope.nsmap.items():
            if prefix and namespace == TRANSITIONAL:  # the reader takes the strict one for it
                return f"{prefix}:{name}", prefix, ""
        return f"{_OWN}:{name}", _OWN, f' xmlns:{_OWN}="{self.namespace}"'


def switched_on(protection: Element | None) -> bool:
    """Whether a protection is enforced."""
    return protection is not None and (value(protection, "enforcement") or "0").lower() not in {"0", "false", "off"}


def unused(*roots: Element | None) -> Iterator[int]:
    """Numbers that are no ``w:id`` below some elements, from 0 on."""
    said = (element.get(W + "id", "") for root in roots if root is not None for element in root.iter("*"))
    used = {int(text) for text in said if text.isascii() and text.isdecimal() and len(text) <= _DIGITS}
    return (number for number in count() if number not in used)


def moment() -> str:
    """The time that comments and changes are marked with: that of ``SOURCE_DATE_EPOCH``, else now, by the local clock as Word does.

    Raises:
        ConfigError: for a ``SOURCE_DATE_EPOCH`` that is no number of seconds.

    """
    said = os.environ.get("SOURCE_DATE_EPOCH")
    try:
        time = dt.datetime.fromtimestamp(int(said), dt.UTC) if said else dt.datetime.now().astimezone()
    except (ValueError, OverflowError, OSError):
        raise ConfigError(
            f"SOURCE_DATE_EPOCH: {said!r} 不是可用的秒数 / {said!r} is no number of seconds that can be used"
        ) from None
    return time.strftime("%Y-%m-%dT%H:%M:%SZ")


def xml_text(text: str) -> str:
    """A text as it is written between tags; what XML cannot hold is left out."""
    kept = "".join(
        c for c in text if c in "\t\n\r" or "\x20" <= c < "\ud800" or "\ue000" <= c < "\ufffe" or c > "\uffff"
    )
    return (
        kept.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\r", "&#13;")
        .replace('"', "&quot;")
    )
