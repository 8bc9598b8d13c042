"""From the letters of a source text to the pieces of a Word document they came from. May import: reading, model.

A reader leaves white space out of a paragraph and puts some in, sets numbers before it and puts the paragraphs of a cell together; the
letters that are no white space keep their order.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import NamedTuple

from giro_lint.model.source import Span
from giro_lint.reading.docx import Traced
from giro_lint.reading.docx_runs import Piece


class Letter(NamedTuple):
    """A letter of the document.

    Args:
        piece: index of its piece in the trail of its place.
        at: offset in the piece.

    """

    piece: int
    at: int


Letters = list[Letter | None]
"""For each letter of a text the one it is; None for one that the reader put in or that Word sets by itself."""


def letters_of(text: str, pieces: Sequence[Piece]) -> Letters:
    """Tell where the letters of a place came from.

    Args:
        text: the text of the place.
        pieces: what it was put together from.

    Returns:
        As many as the text has letters.

    """
    shown = "".join([piece.text for piece in pieces])
    origins = [
        Letter(number, at) if piece.element is not None else None
        for number, piece in enumerate(pieces)
        for at in range(len(piece.text))
    ]
    found: Letters = []
    behind = at = 0
    while at < len(text):
        end, stop = _blank_end(text, at), _blank_end(shown, behind)
        if end > at:
            found += _blanks(text[at:end], shown[behind:stop], origins[behind:stop])
        elif stop < len(shown) and shown[stop] == text[at]:
            found.append(origins[stop])
            end, stop = at + 1, stop + 1
        else:
            return [None] * len(text)
        at, behind = end, stop
    return found


def _blank_end(text: str, at: int) -> int:
    """The end of the white space that begins at an offset."""
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _blanks(text: str, shown: str, origins: Letters) -> Letters:
    """White space and what it was: as far as both begin and end alike."""
    pairs = list(zip(text, shown, strict=False))
    front = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    tails = zip(reversed(text[front:]), reversed(shown[front:]), strict=False)
    back = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], tails))
    middle: Letters = [None] * (len(text) - front - back)
    return origins[:front] + middle + origins[len(origins) - back :] if back else origins[:front] + middle


class Way:
    """The way back from spans of the source to the document.

    Args:
        traced: the document.

    """

    def __init__(self, traced: Traced) -> None:
        self.traced = traced
        places = traced.source.places
        self._starts = [place.start for place in places]
        self._ends = [place.end for place in places]
        self._letters: dict[int, Letters] = {}

    def letters(self, place: int) -> Letters:
        """The letters of a place, told by its index."""
        if place not in self._letters:
            start, end, _ = self.traced.source.places[place]
            self._letters[place] = letters_of(self.traced.source.text[start:end], self.traced.trails[place].pieces)
        return self._letters[place]

    def piece(self, place: int, letter: Letter) -> Piece:
        """The piece of a letter."""
        return self.traced.trails[place].pieces[letter.piece]

    def nearest(self, offset: int) -> int | None:
        """The place that an offset stands in or touches, else the next one; None where there are no places."""
        at = bisect_left(self._ends, offset)
        return min(at, len(self._ends) - 1) if self._ends else None

    def touched(self, span: Span) -> range:
        """The places that have letters in a span."""
        return range(bisect_right(self._ends, span.start), bisect_left(self._starts, span.end))

    def pieces_in(self, span: Span) -> Iterator[Piece]:
        """The pieces that the letters of a span came from, in the order of the text, some of them several times."""
        for place in self.touched(span):
            start = self._starts[place]
            letters = self.letters(place)
            inside = letters[max(span.start - start, 0) : max(span.end - start, 0)]
            yield from (self.piece(place, letter) for letter in inside if letter is not None)

    def inside(self, span: Span) -> tuple[int, Letters] | None:
        """The one place that holds a span, and all its letters; None where there is none."""
        place = self.nearest(span.start)
        if place is None or not self._starts[place] <= span.start <= span.end <= self._ends[place]:
            return None
        return place, self.letters(place)

    def offset_in(self, place: int, offset: int) -> int:
        """An offset of the source text as one of the text of a place."""
        return offset - self._starts[place]
