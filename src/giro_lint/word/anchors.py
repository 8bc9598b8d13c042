"""Where in a Word document a comment belongs: a range of paragraphs or of what stands directly in them.

May import: letters, reading, model.

A comment begins before and ends behind children of a paragraph, never within a link, a tracked change or a field, and never in a text
box (Word allows no comments there): the range grows to what holds it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from giro_lint.model.source import Span
from giro_lint.reading.docx_package import W
from giro_lint.reading.docx_runs import BOX, Piece
from giro_lint.word.letters import Way

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_P, _PROPERTIES, _FIELD = W + "p", W + "pPr", W + "fldChar"
_KIND = W + "fldCharType"


class Anchor(NamedTuple):
    """A range of a document.

    Args:
        first: the paragraph that it begins in.
        start: the child of it that it begins before; None for a paragraph that is empty.
        last: the paragraph that it ends in.
        end: the child of it that it ends behind; None for a paragraph that is empty.

    """

    first: Element
    start: Element | None
    last: Element
    end: Element | None


class Anchors:
    """Finds the ranges of the spans of a document.

    Args:
        way: the way back.
        order: number of every element in the order of the document.

    """

    def __init__(self, way: Way, order: dict[Element, int]) -> None:
        self._way, self._order = way, order

    def of(self, span: Span) -> Anchor | None:
        """The range of a span: the runs its letters stand in, else the paragraphs of its place.

        Args:
            span: the place in the source text.

        Returns:
            The range, or None for a document without a paragraph.

        """
        found = self._of_elements(_elements(self._way.pieces_in(span))) if span.end > span.start else None
        if found is None:
            found = self._beside(span.start)
        return found or self._of_place(span.start)

    def _of_elements(self, elements: Iterable[Element]) -> Anchor | None:
        stands = [stand for stand in map(_stand, elements) if stand is not None]
        if not stands:
            return None
        first, start = min(stands, key=lambda stand: self._order[stand[1]])
        last, end = max(stands, key=lambda stand: self._order[stand[1]])
        return Anchor(first, _out_of_field(first, start, back=True), last, _out_of_field(last, end, back=False))

    def _beside(self, offset: int) -> Anchor | None:
        """The range of the letter before an offset, else of the one behind it; a number that Word sets is its whole paragraph."""
        held = self._way.inside(Span(offset, offset))
        if held is None:
            return None
        place, letters = held
        at = self._way.offset_in(place, offset)
        beside = letters[at - 1] if at else letters[at] if letters else None
        return self._of_elements(_elements([self._way.piece(place, beside)])) if beside is not None else None

    def _of_place(self, offset: int) -> Anchor | None:
        """The paragraphs of a place, of the nearest one before it or behind it that has some, else the first of the document."""
        at, trails = self._way.nearest(offset), self._way.traced.trails
        if at is not None:
            for trail in (*reversed(trails[: at + 1]), *trails[at + 1 :]):
                if trail.paragraphs:
                    return self._whole(trail.paragraphs)
        first = next(self._way.traced.root.iter(_P), None)
        return self._whole([first]) if first is not None else None

    def _whole(self, paragraphs: Iterable[Element]) -> Anchor:
        ranges: list[tuple[Element, Element | None, Element | None]] = []
        for paragraph in paragraphs:
            outer = _stand(paragraph)
            if outer is not None:
                ranges.append((outer[0], outer[1], outer[1]))
            else:
                content = [element for element in paragraph if element.tag != _PROPERTIES]
                ranges.append((paragraph, content[0], content[-1]) if content else (paragraph, None, None))
        first = min(ranges, key=lambda each: self._order[each[0]])
        last = max(ranges, key=lambda each: self._order[each[0]])
        return Anchor(first[0], first[1], last[0], last[2])


def _elements(pieces: Iterable[Piece]) -> Iterable[Element]:
    """The elements of some pieces, each once."""
    return dict.fromkeys(piece.element for piece in pieces if piece.element is not None)


def _stand(element: Element) -> tuple[Element, Element] | None:
    """The paragraph outside of all text boxes that holds an element, and the child of it that does."""
    found, below = None, element
    for above in element.iterancestors():
        if above.tag == BOX:
            found = None
        elif above.tag == _P and found is None:
            found = (above, below)
        below = above
    return found


def _out_of_field(paragraph: Element, child: Element, *, back: bool) -> Element:
    """The child of a paragraph, or the one that begins or ends the field it stands in."""
    depth, begun = 0, child
    passed = False
    for element in paragraph:
        before = depth
        for mark in element.iter(_FIELD):
            depth = max(0, depth + {"begin": 1, "end": -1}.get(mark.get(_KIND, ""), 0))
        if not before:
            begun = element
        if element is child:
            if back:
                return begun
            passed = True
        if passed and not depth:
            return element
    return child
