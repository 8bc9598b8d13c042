"""What the styles of a Word document say of numbering and hidden text. May import: docx_package."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

import attrs

from giro_lint.reading.docx_package import W

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

T = TypeVar("T")
_VAL = W + "val"
_WHOLE = re.compile(r"\s*[+-]?\d{1,9}\s*\Z", re.ASCII)
_OFF = frozenset({"0", "false", "off"})
_CHAIN = 50


def child(element: Element | None, *path: str) -> Element | None:
    """The first child of a name, and its first child of the next name, and so on; None where there is none."""
    for name in path:
        if element is None:
            return None
        element = next(element.iterchildren(W + name), None)
    return element


def value(element: Element | None, name: str = "val") -> str | None:
    """An attribute of an element, None where either is missing."""
    return element.get(W + name) if element is not None else None


def number(element: Element | None, name: str = "val") -> int | None:
    """An attribute that is a whole number of a sensible size, else None."""
    text = value(element, name)
    return int(text) if text and _WHOLE.match(text) else None


def switched(element: Element | None, name: str) -> bool | None:
    """Whether properties switch something on or off; None where they do not speak of it."""
    found = child(element, name)
    return None if found is None else found.get(_VAL, "1").lower() not in _OFF


@attrs.frozen
class Style:
    """A style.

    Args:
        based_on: id of the style it is based on.
        num: id of the numbering it brings; 0 takes one away.
        level: level of that numbering, from 0.
        hidden: whether its text is hidden.

    """

    based_on: str | None
    num: int | None
    level: int | None
    hidden: bool | None


class Styles:
    """The styles of a document.

    Args:
        root: the root of the part, or None.

    """

    def __init__(self, root: Element | None) -> None:
        self._styles: dict[str, Style] = {}
        self.usual: str | None = None
        """Id of the style of paragraphs that name none."""
        for element in root.iterchildren(W + "style") if root is not None else ():
            name = value(element, "styleId") or ""
            numbered = child(element, "pPr", "numPr")
            self._styles[name] = Style(
                based_on=value(child(element, "basedOn")),
                num=number(child(numbered, "numId")),
                level=number(child(numbered, "ilvl")),
                hidden=switched(child(element, "rPr"), "vanish"),
            )
            usual = (value(element, "default") or "0").lower() not in _OFF
            if usual and value(element, "type") == "paragraph":
                self.usual = name

    def hidden(self, name: str | None) -> bool:
        """Whether text in a style is hidden."""
        return self._first(name, lambda style: style.hidden)[1] or False

    def numbering(self, name: str | None) -> tuple[str, int | None, int | None]:
        """The numbering that a style brings.

        Args:
            name: id of the style.

        Returns:
            Id of the style in the chain that says so, id of the numbering (None where there is none), and level.

        """
        source, num = self._first(name, lambda style: style.num)
        _, level = self._first(name, lambda style: style.level)
        return source, num, level

    def _first(self, name: str | None, read: Callable[[Style], T | None]) -> tuple[str, T | None]:
        """The nearest style of a chain that says something, and what it says."""
        for _ in range(_CHAIN):
            style = self._styles.get(name) if name is not None else None
            if name is None or style is None:
                break
            said = read(style)
            if said is not None:
                return name, said
            name = style.based_on
        return "", None
