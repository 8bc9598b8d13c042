"""A page as its readers see it: what each element is, and how much of what it shows. May import: html_tokens, html_tree, html_style.

The amounts are kept as running sums over the nodes in their order, so that those of any element are one subtraction.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate
from typing import NamedTuple

from giro_lint.reading.html_style import PLAIN, Look, Styles
from giro_lint.reading.html_tokens import attributes, tokenize
from giro_lint.reading.html_tree import BLOCKS, CELLS, GROUPS, HEADINGS, RAW_TEXT, ROOT, TEXT, Node, build_tree

_HIDDEN = frozenset({
    "#raw", "audio", "button", "canvas", "datalist", "embed", "iframe", "input", "link", "map", "meta", "meter",
    "noembed", "noframes", "noscript", "object", "optgroup", "option", "progress", "rp", "rt", "script", "select", "style",
    "svg", "template", "textarea", "title", "video", "xml",
})  # fmt: skip
_BY_DISPLAY = {
    "block": "block", "flex": "block", "grid": "block", "list-item": "block", "flow-root": "block", "inline": "inline",
    "inline-block": "inline", "table": "table", "table-row": "tr", "table-cell": "td", "table-row-group": "group",
}  # fmt: skip
_BY_TAG = {
    **dict.fromkeys(BLOCKS, "block"), **dict.fromkeys(CELLS, "td"), **dict.fromkeys(GROUPS, "group"),
    "table": "table", "tr": "tr", "caption": "block", "br": "br", "col": "none", "colgroup": "none",
    TEXT: "text", **dict.fromkeys(_HIDDEN, "none"),
}  # fmt: skip
_SPACES = re.compile(r"[\s\u200b\ufeff]++|&(?:nbsp;?|#160;|#12288;|e[mn]sp;)")
_NO_LETTERS = re.compile(r"&#?[a-zA-Z0-9]{1,9};|[\W_]")
_STOPS = re.compile("[。！？]")
_MARKS = re.compile("[，。；、：]")
_XML = re.compile(r"\ufeff?\s*<\?xml\s")
_HREF = re.compile(r"\bhref\b", re.IGNORECASE)
_TAB = re.compile(r"font:\s*7\.0pt")
_MOST_OF_IT = 0.5


class Shown(NamedTuple):
    """A line of a page.

    Args:
        words: its letters without white space, the first ones of many.
        at: index of the text it begins with.
        heading: whether it is a heading by its tag.
        cell: whether it stands in a cell.

    """

    words: str
    at: int
    heading: bool
    cell: bool


class Page:
    """A page.

    Args:
        text: the page's own text.

    Raises:
        ReadError: ``limit`` for a page with too many elements.

    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.nodes = build_tree(tokenize(text, xml=_XML.match(text) is not None))
        self._styles = Styles(text, self._sheets())
        self.kinds: list[str] = []
        """What each node is shown as: ``text``, ``inline``, ``block``, ``br``, ``table``, ``group``, ``tr``, ``td`` or ``none``."""
        self._looks: dict[int, Look] = {}
        self._sums: dict[str, list[int]] = {}
        self._measure()

    def _sheets(self) -> list[tuple[int, int]]:
        nodes = self.nodes
        return [
            (nodes[at + 1].start, nodes[at + 1].inner)
            for at, node in enumerate(nodes)
            if node.tag == "style" and at + 1 < node.last and nodes[at + 1].tag == RAW_TEXT
        ]

    def _measure(self) -> None:
        """Tell the kind of each node and sum up what is shown."""
        texts = self._texts()
        sizes, stops = (list(accumulate(texts[name], initial=0)) for name in ("shown", "stops"))
        names = (*texts, "linked", "links", "cells", "rows", "headings")
        counts: dict[str, list[int]] = {name: [0] * len(self.nodes) for name in names}
        hidden = link = 0
        for at, node in enumerate(self.nodes):
            if at < hidden:
                self.kinds.append("none")
                continue
            kind = self._kind(at, node)
            if kind == "none" and node.tag not in _HIDDEN and stops[node.last] - stops[at] > _MOST_OF_IT * stops[-1]:
                kind = _BY_TAG.get(node.tag, "inline")  # a script shows it later
            if kind == "inline" and sizes[node.last] == sizes[at] and self._is_tab(node):
                kind = "none"
            self.kinds.append(kind)
            if kind == "none":
                hidden = node.last
            elif kind == "text":
                for name in ("shown", "letters") if at < link else texts:
                    counts[name][at] = texts[name][at]
                if at < link:
                    counts["linked"][at] = texts["letters"][at]
            elif node.tag == "a" and _HREF.search(self.text, node.attributes, node.inner):
                counts["links"][at] = 1
                link = max(link, node.last)
            elif kind == "td":
                counts["cells"][at] = 1
            elif kind == "tr":
                counts["rows"][at] = 1
            elif node.tag in HEADINGS:
                counts["headings"][at] = 1
        self._sums = {name: list(accumulate(found, initial=0)) for name, found in counts.items()}

    def _texts(self) -> dict[str, list[int]]:
        """What each text holds: ``shown``, ``letters``, ``stops`` and ``marks`` as in `amount`."""
        found = {name: [0] * len(self.nodes) for name in ("shown", "letters", "stops", "marks")}
        for at, node in enumerate(self.nodes):
            if node.tag == TEXT and (words := _SPACES.sub("", self.text[node.start : node.inner])):
                found["shown"][at] = len(words)
                found["letters"][at] = len(_NO_LETTERS.sub("", words))
                found["stops"][at], found["marks"][at] = len(_STOPS.findall(words)), len(_MARKS.findall(words))
        return found

    def _kind(self, at: int, node: Node) -> str:
        kind = _BY_TAG.get(node.tag, "inline")
        if kind in {"text", "none", "br"}:
            return kind
        look = self._styles.look(node)
        if look is not PLAIN:
            self._looks[at] = look
        display = look.display
        if display == "none":
            return "none"
        if kind in {"inline", "block"} or node.tag == "li":
            return _BY_DISPLAY.get(display.split(" ")[0], kind)
        return kind

    def _is_tab(self, node: Node) -> bool:
        """Whether an element without letters is the gap that Word sets behind the number of a list."""
        return node.tag == "span" and _TAB.search(self.text, node.attributes, node.inner) is not None

    @property
    def has_elements(self) -> bool:
        """Whether there is any tag."""
        return any(node.tag not in {ROOT, TEXT} for node in self.nodes)

    def look(self, at: int) -> Look:
        """What style says of an element that is shown."""
        return self._looks.get(at, PLAIN)

    def amount(self, name: str, at: int) -> int:
        """How much an element holds.

        Args:
            name: ``shown`` (what is no white space), ``letters`` (and digits), ``linked`` (such in links), ``links``, ``stops``
                (ends of sentences outside links), ``marks`` (marks of prose outside links), ``cells``, ``rows`` or ``headings``.
            at: index of the element.

        """
        sums = self._sums[name]
        return sums[self.nodes[at].last] - sums[at]

    def between(self, name: str, first: int, last: int) -> int:
        """How much the nodes from one index to another (exclusive) hold."""
        return self._sums[name][last] - self._sums[name][first]

    def children(self, at: int) -> list[int]:
        """The nodes right inside an element that are shown."""
        found = []
        child, last = at + 1, self.nodes[at].last
        while child < last:
            if self.kinds[child] != "none":
                found.append(child)
            child = self.nodes[child].last
        return found

    def number(self, node: Node, name: str, default: int) -> int:
        """A whole number that is the value of an attribute."""
        values = attributes(self.text, node.attributes, node.inner)
        if name not in values:
            return default
        digits = re.match(r"\s*\+?(-?[0-9]{1,6})", self.text[slice(*values[name])])
        return int(digits[1]) if digits else default

    def lines(self, first: int, last: int, left_out: frozenset[int], limit: int) -> Iterator[Shown]:
        """The lines that nodes show.

        Args:
            first: index of the first node.
            last: index behind the last one.
            left_out: indices of elements that are passed over.
            limit: so many letters of a line are given.

        """
        words, begun = "", -1
        heading = cell = 0
        at = first
        while at < last:
            node, kind = self.nodes[at], self.kinds[at]
            if kind == "text":
                piece = _SPACES.sub("", self.text[node.start : min(node.inner, node.start + 4 * limit)])
                if piece and begun < 0:
                    begun = at
                if len(words) < limit:
                    words += piece
            elif kind not in {"inline", "none"}:
                if begun >= 0:
                    yield Shown(words[:limit], begun, begun < heading, begun < cell)
                    words, begun = "", -1
                heading = node.last if node.tag in HEADINGS else heading
                cell = node.last if kind == "td" else cell
            at = node.last if kind == "none" or at in left_out else at + 1
        if begun >= 0:
            yield Shown(words[:limit], begun, begun < heading, begun < cell)

    def shown_text(self, first: int, last: int, limit: int) -> str:
        """The letters that nodes show, without white space, up to a number of letters."""
        found: list[str] = []
        size = 0
        for at in range(first, last):
            if size >= limit:
                break
            if self.kinds[at] == "text":
                node = self.nodes[at]
                found.append(_SPACES.sub("", self.text[node.start : node.inner])[:limit])
                size += len(found[-1])
        return "".join(found)[:limit]
