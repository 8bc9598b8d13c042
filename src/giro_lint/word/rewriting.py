"""A run of a Word document in pieces: what stays, what is taken away, what is put in. May import: document, reading."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from giro_lint.reading.docx_package import W
from giro_lint.reading.docx_runs import SPACE, shown_offsets
from giro_lint.reading.docx_styles import child
from giro_lint.word.document import AUTHOR, WordDocument, xml_text

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_PROPERTIES = W + "rPr"
_KEPT, _DELETED, _INSERTED = "", "del", "ins"


class Change(NamedTuple):
    """Replace a stretch of the text that is seen of a ``w:t``; offsets in code points, ``start`` equal to ``end`` to put in alone."""

    start: int
    end: int
    text: str


def rewritten(
    document: WordDocument, run: Element, changes: Mapping[Element, list[Change]], numbers: Iterator[int], when: str
) -> bytes:
    """A run with changes of its texts, tracked.

    Args:
        document: the document.
        run: the run.
        changes: what is changed, by the ``w:t`` of the run; the changes of one do not overlap.
        numbers: unused numbers for the tracked changes.
        when: their time.

    Returns:
        The XML that takes the place of the run; every part of it has the properties of the run.

    """
    part, order = document.part, document.order
    outer = part.extent(order[run])
    begin, end = part.raw(outer.start, outer.inner), part.raw(outer.stop, outer.end)
    properties = b""
    pieces: list[tuple[str, bytes]] = []
    for element in run:
        extent = part.extent(order[element])
        raw = part.raw(extent.start, extent.end)
        if element.tag == _PROPERTIES:
            properties = raw
        elif element in changes:
            pieces += _cut(document, element, sorted(changes[element]))
        else:
            pieces.append((_KEPT, raw))
    fresh = _fresh(document, run, properties)
    scope = run.getparent()
    out = []
    for kind, group in groupby(pieces, key=lambda piece: piece[0]):
        content = b"".join(piece for _, piece in group)
        written = begin + (fresh if kind == _INSERTED else properties) + content + end
        if kind:
            name, prefix, declared = document.named(run if scope is None else scope, kind)
            head = f'{prefix}:id="{next(numbers)}" {prefix}:author="{AUTHOR}" {prefix}:date="{when}"'
            written = f"<{name}{declared} {head}>".encode() + written + f"</{name}>".encode()
        out.append(written)
    return b"".join(out)


def _cut(document: WordDocument, element: Element, changes: list[Change]) -> Iterator[tuple[str, bytes]]:
    """The pieces of a text; what is not seen of it (soft hyphens) stays with what stands before it."""
    text, offsets = element.text or "", shown_offsets(element)
    behind, end = (0, len(text)) if element.get(SPACE) == "preserve" else (offsets[0], offsets[-1] + 1)
    for change in changes:
        first = offsets[change.start] if change.start < len(offsets) else end
        last = offsets[change.end - 1] + 1 if change.end > change.start else first
        yield from _texts(document, element, (_KEPT, text[behind:first]), (_DELETED, text[first:last]))
        yield from _texts(document, element, (_INSERTED, change.text))
        behind = last
    yield from _texts(document, element, (_KEPT, text[behind:end]))


def _texts(document: WordDocument, element: Element, *pieces: tuple[str, str]) -> Iterator[tuple[str, bytes]]:
    """Texts in place of one, each in an element of its kind; empty ones are left out."""
    scope = element.getparent()
    for kind, text in pieces:
        if text and scope is not None:
            name, _, declared = document.named(scope, "delText" if kind == _DELETED else "t")
            yield kind, f'<{name}{declared} xml:space="preserve">{xml_text(text)}</{name}>'.encode()


def _fresh(document: WordDocument, run: Element, properties: bytes) -> bytes:
    """The properties of a run for text that is new: without the note of how they were before."""
    element = child(run, "rPr")
    old = child(element, "rPrChange")
    if element is None or old is None:
        return properties
    whole, gone = (document.part.extent(document.order[each]) for each in (element, old))
    return document.part.raw(whole.start, gone.start) + document.part.raw(gone.end, whole.end)
