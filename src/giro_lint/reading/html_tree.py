"""The tokens of a web page as a flat tree, with the end tags that people leave out. May import: html_tokens, model.errors.

The nodes stand in the order of the page, each with the index behind its last descendant, so that nothing here or later
needs recursion: a page may be nested as deep as it likes.
"""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from giro_lint.model.errors import ReadError
from giro_lint.reading.html_tokens import Token

MOST = 500_000
"""A page with more tags and texts is not read."""

TEXT, RAW_TEXT, ROOT = "#text", "#raw", "#root"
"""Names of nodes that are no elements."""

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
CELLS = frozenset({"td", "th"})
GROUPS = frozenset({"tbody", "thead", "tfoot"})

_VOID = frozenset({
    "area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "input", "keygen", "link", "meta",
    "param", "source", "track", "wbr",
})  # fmt: skip
BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dialog", "dir", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "header", "hgroup", "hr", "html", "legend", "li", "listing", "main",
    "menu", "nav", "ol", "p", "plaintext", "pre", "search", "section", "summary", "ul", "xmp", *HEADINGS,
})  # fmt: skip
"""Elements that begin a line of their own."""

_PARTS = CELLS | GROUPS | {"table", "tr", "caption", "colgroup"}
_SPECIAL = BLOCKS | _PARTS | {"button", "object", "select", "template"}
_FENCES = CELLS | {"table", "caption", "template", "object", "button"}
"""What an end tag from inside does not reach beyond."""
_KEEPS_PARAGRAPH = frozenset({"body", "html"})
_OUT_OF_TABLE = BLOCKS - {"form", "html", "body"}
_LISTS = {"li": ("ol", "ul", "menu", "dir"), "dd": ("dl",), "dt": ("dl",)}
_ITEMS = {"li": ("li",), "dd": ("dd", "dt"), "dt": ("dd", "dt")}
_NONE = -1


@attrs.define(eq=False, repr=False)
class Node:
    """An element or a text of a page.

    Args:
        tag: name in small letters, or ``TEXT`` or ``RAW_TEXT``.
        start: offset in the page.
        inner: offset behind the start tag, or behind the text.
        attributes: offset at which the attributes begin.
        last: index behind the last descendant.

    """

    tag: str
    start: int
    inner: int
    attributes: int
    last: int


def build_tree(tokens: Iterable[Token]) -> list[Node]:
    """The nodes of a page in its order; the first is the root.

    Args:
        tokens: texts and tags.

    Returns:
        The nodes.

    Raises:
        ReadError: ``limit`` for a page with too many of them.

    """
    tree = _Tree()
    for token in tokens:
        if len(tree.nodes) > MOST:
            raise ReadError("limit", f"> {MOST} 个 HTML 元素 / elements")
        if token.kind == "text":
            tree.add(TEXT, token)
        elif token.kind == "raw":
            tree.add(RAW_TEXT, token)
        elif token.kind == "end":
            tree.end(token)
        else:
            tree.open(token)
    tree.close_to(0)
    return tree.nodes


class _Tree:
    """The nodes so far and the open elements."""

    def __init__(self) -> None:
        self.nodes = [Node(ROOT, 0, 0, 0, 0)]
        self._open: list[int] = [0]
        self._at: dict[str, int] = {}
        """Place of the innermost open element in the stack, by tag."""
        self._before: list[int] = [_NONE]
        """What stood there before each open element."""
        self._special: list[int] = []
        self._fences: list[int] = []

    def add(self, tag: str, token: Token) -> None:
        """A node without descendants."""
        self.nodes.append(Node(tag, token.start, token.end, token.attributes, len(self.nodes) + 1))

    def _push(self, tag: str, start: int, inner: int, attributes: int) -> None:
        place = len(self._open)
        self._open.append(len(self.nodes))
        self.nodes.append(Node(tag, start, inner, attributes, 0))
        self._before.append(self._at.get(tag, _NONE))
        self._at[tag] = place
        if tag in _SPECIAL:
            self._special.append(place)
            if tag in _FENCES:
                self._fences.append(place)

    def close_to(self, place: int) -> None:
        """Close the open elements from a place in the stack on."""
        end = len(self.nodes)
        while len(self._open) > place:
            node = self.nodes[self._open.pop()]
            node.last = end
            self._at[node.tag] = self._before.pop()
            if node.tag in _SPECIAL:
                self._special.pop()
                if node.tag in _FENCES:
                    self._fences.pop()

    def _place(self, *tags: str) -> int:
        """The innermost open element of some tags, as a place in the stack."""
        best = _NONE
        for tag in tags:
            if (place := self._at.get(tag, _NONE)) > best:
                best = place
        return best

    @property
    def _fence(self) -> int:
        return self._fences[-1] if self._fences else _NONE

    def _close_inside(self, *tags: str, fence: int) -> bool:
        place = self._place(*tags)
        if place > fence:
            self.close_to(place)
            return True
        return False

    def open(self, token: Token) -> None:
        """A start tag, with the end tags it implies."""
        tag = token.name
        if tag in {"html", "body"} and self._place(tag) > _NONE:
            return
        if tag in _SPECIAL or tag == "a":
            self._imply(tag, token.start)
        if tag in _VOID or token.kind == "empty":
            self.add(tag, token)
        else:
            self._push(tag, token.start, token.end, token.attributes)

    def _imply(self, tag: str, start: int) -> None:
        if tag not in {"a", "select"}:
            self._close_inside("select", fence=self._place("table"))
        if tag in _PARTS:
            self._imply_part(tag, start)
        elif tag in _OUT_OF_TABLE:
            table = self._place("table")
            if table > self._place("td", "th", "caption"):
                self.close_to(table + 1)  # it stands between the cells: the table's end tag may be missing
        if (tag in BLOCKS or tag == "table") and tag not in _KEEPS_PARAGRAPH:
            self._close_inside("p", fence=self._fence)
        if tag in _ITEMS:
            self._close_inside(*_ITEMS[tag], fence=max(self._fence, self._place(*_LISTS[tag])))
        elif tag in HEADINGS and self.nodes[self._open[-1]].tag in HEADINGS:
            self.close_to(len(self._open) - 1)
        elif tag == "a":
            self._close_inside("a", fence=self._special[-1] if self._special else _NONE)

    def _imply_part(self, tag: str, start: int) -> None:
        table = self._place("table")
        if tag == "table":
            if table > self._place("td", "th", "caption"):
                self.close_to(table)
        elif tag in CELLS:
            self._close_inside("td", "th", "caption", fence=max(table, self._place("tr")))
            if self._place("tr") <= table:
                self._push("tr", start, start, start)
        elif tag == "tr":
            fence = max(table, self._place(*GROUPS))
            if not self._close_inside("tr", fence=fence):
                self._close_inside("caption", fence=fence)
        elif table != _NONE:
            self.close_to(table + 1)

    def end(self, token: Token) -> None:
        """An end tag; one without its start tag is passed over, but ``</p>`` and ``</br>`` break the line."""
        tag = token.name
        if tag == "br":
            self.add(tag, token)
        elif tag in {"html", "body"} or tag in _VOID:
            return
        elif tag == "p":
            if not self._close_inside("p", fence=self._fence):
                self.add("p", token)
        elif tag in HEADINGS:
            self._close_inside(*HEADINGS, fence=self._fence)
        elif tag in {"td", "th", "tr", "caption"} or tag in GROUPS:
            self._close_inside(tag, fence=self._place("table"))
        elif tag == "table":
            self._close_inside(tag, fence=_NONE)
        elif tag in _FENCES:
            self._close_inside(tag, fence=self._place(*CELLS, "table"))
        elif tag in _SPECIAL:
            self._close_inside(tag, fence=self._fence)
        else:
            self._close_inside(tag, fence=self._special[-1] if self._special else _NONE)
