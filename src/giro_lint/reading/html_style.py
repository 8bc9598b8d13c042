"""What a page's own style says of an element: whether it is shown, as what, and how. May import: html_tokens, html_tree.

Only what stands in the page is known: attributes, and the rules of its style sheets for a class or an id.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import attrs

from giro_lint.reading.html_tokens import attributes
from giro_lint.reading.html_tree import Node

_HINT = re.compile(r"style|hidden|class|id|role", re.IGNORECASE)
_SIMPLE = re.compile(r"(?:[a-zA-Z][\w-]*)?(?P<name>[.#][\w-]+)\Z")
_COMMENT = re.compile(r"/\*(?s:.*?)(?:\*/|\Z)")
_BRACE = re.compile(r"[{}]")
_DECLARATION = re.compile(
    r"(?<![\w-])(display|visibility|mso-hide|font-size|white-space|list-style(?:-type)?)[ \t\n\r\f]*+:[ \t\n\r\f]*+([^;!]*+)",
    re.IGNORECASE,
)
_ZERO = re.compile(r"0(?:\.0*)?(?:[a-z]{2,4}|%)?")
_LONGEST = 500_000
"""Of a longer style sheet only the beginning is read."""

_LINE_ENDS = {"pre": True, "pre-wrap": True, "pre-line": True, "break-spaces": True, "normal": False, "nowrap": False}

NAVIGATION = frozenset({"banner", "complementary", "contentinfo", "menu", "menubar", "navigation", "search", "toolbar"})
"""Roles of what surrounds the content of a page."""

Declared = Mapping[str, str]
"""The value of each property that matters here, both in small letters."""


@attrs.frozen
class Look:
    """What style says of an element.

    Args:
        display: ``none`` for what is not shown, else the value of ``display``, or empty.
        line_ends: whether line ends in its text are shown, or None where nothing is said.
        marker: the value of ``list-style``, or empty.
        navigation: whether its role is not the page's content.

    """

    display: str = ""
    line_ends: bool | None = None
    marker: str = ""
    navigation: bool = False


PLAIN = Look()
_HIDDEN = Look("none")


class Styles:
    """The style of a page.

    Args:
        page: the page's own text.
        sheets: start and end offset of its style sheets.

    """

    def __init__(self, page: str, sheets: Iterable[tuple[int, int]]) -> None:
        self._page = page
        self._rules: dict[str, dict[str, str]] = {}
        self._looks: dict[str, Look] = {}
        for start, end in sheets:
            _add_rules(self._rules, page[start : min(end, start + _LONGEST)])

    def look(self, node: Node) -> Look:
        """What style says of an element."""
        raw = self._page[node.attributes : node.inner]
        if raw not in self._looks:
            self._looks[raw] = self._looked(node) if _HINT.search(raw) else PLAIN
        return self._looks[raw]

    def _looked(self, node: Node) -> Look:
        given = attributes(self._page, node.attributes, node.inner)
        if "hidden" in given and self._value(given, "hidden").lower() != "until-found":
            return _HIDDEN
        declared: dict[str, str] = {}
        for key in (*(f".{word}" for word in self._value(given, "class").split()), f"#{self._value(given, 'id')}"):
            declared.update(self._rules.get(key, {}))
        declared.update(_declared(self._value(given, "style")))
        unseen = (
            declared.get("visibility") in {"hidden", "collapse"}
            or declared.get("mso-hide") == "all"
            or _ZERO.fullmatch(declared.get("font-size", "")) is not None
        )
        look = Look(
            "none" if unseen else declared.get("display", ""),
            _LINE_ENDS.get(declared.get("white-space", "")),
            declared.get("list-style-type", declared.get("list-style", "")),
            self._value(given, "role").lower() in NAVIGATION,
        )
        return PLAIN if look == PLAIN else look

    def _value(self, given: Mapping[str, tuple[int, int]], name: str) -> str:
        return self._page[slice(*given[name])] if name in given else ""


def _declared(style: str) -> dict[str, str]:
    return {name.lower(): value.strip().lower() for name, value in _DECLARATION.findall(style)}


def _add_rules(rules: dict[str, dict[str, str]], sheet: str) -> None:
    """Add the declarations of plain rules by class (``.name``) or id (``#name``); rules inside of others are left out."""
    sheet = _COMMENT.sub("", sheet)
    depth = begin = 0
    selector = ""
    for brace in _BRACE.finditer(sheet):
        if brace.group() == "{":
            if depth == 0:
                selector = sheet[begin : brace.start()].rpartition(";")[2].strip()
            depth += 1
        elif depth:
            depth -= 1
            declared = _declared(sheet[begin : brace.start()]) if depth == 0 and selector[:1] != "@" else {}
            for part in selector.split(",") if declared else ():
                if simple := _SIMPLE.match(part.strip()):
                    rules.setdefault(simple["name"], {}).update(declared)
        begin = brace.end()
