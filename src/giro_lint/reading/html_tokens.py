"""A web page to tokens with exact offsets, in linear time whatever the page holds. May import: the standard library.

``html.parser`` is not used: it needs quadratic time for unclosed comments and tags in the versions of Python that are about,
and does not tell where an attribute stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

SPACE = " \t\n\r\f"
"""What a browser collapses."""

RAW = frozenset({
    "iframe", "noembed", "noframes", "noscript", "plaintext", "script", "style", "textarea", "title", "xmp",
})  # fmt: skip
"""Elements whose content holds no tags."""

# The alternatives of the repeated group are disjoint, so that a tag without an end is read once.
_INSIDE = r"""(?:[^>=]++|=[ \t\n\r\f]*+(?:"[^"]*+"|'[^']*+'|(?=[^"' \t\n\r\f]))){0,200}"""
_NAME = r"[a-zA-Z][^ \t\n\r\f/>]*+"
_MARKUP = re.compile(rf"<(?:(?P<start>{_NAME})|/(?P<end>{_NAME})|(?P<comment>!--)|[!?/])")
_PIECE = re.compile(_INSIDE)
_COMMENT_END = re.compile(r"-?>|(?s:.*?)(?:--!?>|\Z)")
_RAW_END = re.compile(rf"</(?P<name>{'|'.join(sorted(RAW))})(?=[ \t\n\r\f/>])", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    r"""(?P<name>[^ \t\n\r\f/>=][^ \t\n\r\f/>=]*+)[ \t\n\r\f]*+"""
    r"""(?:=[ \t\n\r\f]*+(?:"(?P<double>[^"]*+)"|'(?P<single>[^']*+)'|(?P<bare>[^ \t\n\r\f>]*+)))?"""
)


class Token(NamedTuple):
    """A piece of a page.

    Args:
        kind: ``text``, ``raw`` (the content of script, title ...), ``start``, ``end``, or ``empty`` (an element of XML without
            content).
        name: of the tag, in small letters, empty for text.
        start: offset in the page.
        end: offset behind it.
        attributes: offset at which the attributes of a start tag begin.

    """

    kind: str
    name: str
    start: int
    end: int
    attributes: int = 0


def tokenize(page: str, *, xml: bool = False) -> Iterator[Token]:
    """The texts and tags of a page in order; comments and declarations are left out.

    Args:
        page: the page's own text.
        xml: whether ``/>`` ends an element, as in XHTML that says so.

    Returns:
        The tokens; a page that ends inside a comment ends before it, a tag that has no end ends at the next ``>``.

    """
    at, size = 0, len(page)
    rough = False  # after a tag without an end quotes no longer count
    while at < size:
        found = _MARKUP.search(page, at)
        if found is None:
            yield Token("text", "", at, size)
            return
        if found.start() > at:
            yield Token("text", "", at, found.start())
        kind = found.lastgroup
        if kind == "comment":
            closed = _COMMENT_END.match(page, found.end())
            at = closed.end() if closed else size
            continue
        if kind is None:
            at = page.find(">", found.end() - (page[found.end() - 1] == "/")) + 1 or size
            continue
        at = 0 if rough else _tag_end(page, found.end())
        if not at:
            rough = True
            at = page.find(">", found.end()) + 1
        if not at:
            return
        name = found[kind].lower()
        if xml and kind == "start" and page[at - 2] == "/":
            kind = "empty"
        yield Token(kind, name, found.start(), at, found.end())
        if kind == "start" and name in RAW:
            stop = _raw_end(page, name, at)
            if stop > at:
                yield Token("raw", name, at, stop)
            at = stop


def _tag_end(page: str, at: int) -> int:
    """Offset behind the tag whose name ends at an offset, 0 where it has no end."""
    while (piece := _PIECE.match(page, at)) and piece.end() > at:
        at = piece.end()
    return at + 1 if page[at : at + 1] == ">" else 0


def _raw_end(page: str, name: str, at: int) -> int:
    """Where the content of an element without tags ends: at its end tag, else at the end of the page."""
    for found in _RAW_END.finditer(page, at):
        if found["name"].lower() == name:
            return found.start()
    return len(page)


def attributes(page: str, start: int, end: int) -> dict[str, tuple[int, int]]:
    """Where the values of a tag's attributes stand.

    Args:
        page: the page's own text.
        start: offset at which the attributes begin.
        end: offset behind the tag.

    Returns:
        Start and end offset of the value (without quotes) by the attribute's name in small letters; the first of a name counts.

    """
    found: dict[str, tuple[int, int]] = {}
    for match in _ATTRIBUTE.finditer(page, start, end):
        group = match.lastgroup or "name"
        span = match.span(group) if group != "name" else (match.end("name"), match.end("name"))
        found.setdefault(match["name"].lower(), span)
    return found
