"""A page of a PDF as glyphs and ruling lines, in points from the top left corner. May import: pdf_characters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

import attrs

from giro_lint.reading.pdf_characters import meant

Box = tuple[float, float, float, float]
"""Left, top, right and bottom, in points from the top left corner of the page."""

_UNITS = 100
_TESTS = 2_000_000
_LARGE, _OVER = 2.5, 2
"""Type so many times as large as most of the page, on which so many characters stand, is a watermark."""


@attrs.define(eq=False)
class Glyph:
    """A printed character.

    Args:
        text: the character.
        left: where its advance begins.
        top: upper edge of its em.
        right: where its advance ends.
        bottom: lower edge of its em.
        size: size of the type.
        turn: quarter turns clockwise in which it is read, relative to the page.
        order: its place in the file.

    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    turn: int
    order: int

    @property
    def x(self) -> float:
        """Its middle."""
        return (self.left + self.right) / 2

    @property
    def y(self) -> float:
        """Its middle."""
        return (self.top + self.bottom) / 2

    @property
    def box(self) -> Box:
        """The box of its em."""
        return self.left, self.top, self.right, self.bottom


@attrs.frozen(eq=False)
class Page:
    """A page, turned so that most of its text reads from left to right.

    Args:
        number: 1-based.
        width: in points.
        height: in points.
        glyphs: its visible characters and spaces, in the order of the file.
        rules: boxes of shapes that may be ruling lines.
        images: the share of the page that images cover.
        pictures: boxes of the larger ones.
        hidden: how many characters are not painted.
        unmapped: how many glyphs have no known character.
        turn: quarter turns clockwise that the page was turned back by.

    """

    number: int
    width: float
    height: float
    glyphs: list[Glyph]
    rules: list[Box]
    images: float = 0.0
    pictures: list[Box] = attrs.field(factory=list)
    hidden: int = 0
    unmapped: int = 0
    turn: int = 0

    def as_seen(self, box: Box) -> Box:
        """A box of the turned page as it stands on the page that the reader sees."""
        left, top, right, bottom = box
        if self.turn == 1:
            return self.height - bottom, left, self.height - top, right
        if self.turn == 2:
            return self.width - right, self.height - bottom, self.width - left, self.height - top
        if self.turn == 3:
            return top, self.width - right, bottom, self.width - left
        return box


def page_of(number: int, raw: Mapping[str, Any]) -> Page:
    """The page that the program which takes PDFs apart tells of.

    Args:
        number: 1-based.
        raw: as `pdf_worker.take_apart` describes it.

    Returns:
        The page; duplicates that imitate bold type are left out.

    """
    width, height = raw["size"]
    numbers: list[int] = raw["glyphs"]
    text: str = raw["text"]
    turns = Counter(numbers[6::7])
    turn = turns.most_common(1)[0][0] if turns else 0
    glyphs: list[Glyph] = []
    recent: dict[str, Glyph] = {}
    for order, character in enumerate(text):
        left, top, right, bottom, _, size, direction = numbers[7 * order : 7 * order + 7]
        box = _turned((left / _UNITS, top / _UNITS, right / _UNITS, bottom / _UNITS), turn, width, height)
        glyph = Glyph(meant(character), *box, size / _UNITS, (direction - turn) % 4, order)
        twin = recent.get(glyph.text)
        if twin and abs(twin.x - glyph.x) < 0.2 * glyph.size and abs(twin.y - glyph.y) < 0.2 * glyph.size:
            continue
        recent[glyph.text] = glyph
        glyphs.append(glyph)
    rules, pictures = (
        [_turned((a, b, c, d), turn, width, height) for a, b, c, d in zip(*[iter(flat)] * 4, strict=True)]
        for flat in ([value / _UNITS for value in raw[kind]] for kind in ("rules", "pictures"))
    )
    if turn % 2:
        width, height = height, width
    glyphs = _without_watermark(glyphs)
    return Page(number, width, height, glyphs, rules, raw["images"], pictures, raw["hidden"], raw["unmapped"], turn)


def _without_watermark(glyphs: list[Glyph]) -> list[Glyph]:
    """The glyphs without large type that other text is printed over."""
    sizes = sorted(glyph.size for glyph in glyphs if not glyph.text.isspace())
    usual = sizes[len(sizes) // 2] if sizes else 0.0
    large_ones = [glyph for glyph in glyphs if glyph.size > _LARGE * usual]
    if len(large_ones) * len(glyphs) > _TESTS:
        return glyphs
    behind = {
        large.size
        for large in large_ones
        if sum(glyph.size < 0.5 * large.size and _is_on(large, glyph) for glyph in glyphs) > _OVER
    }
    return [glyph for glyph in glyphs if glyph.size not in behind]


def _is_on(large: Glyph, glyph: Glyph) -> bool:
    """Whether the middle of a glyph stands on another one."""
    return large.left < glyph.x < large.right and large.top < glyph.y < large.bottom


def _turned(box: Box, turn: int, width: float, height: float) -> Box:
    """A box of a page after the page was turned back by some quarter turns."""
    left, top, right, bottom = box
    if turn == 1:  # text runs downwards: turn the page anticlockwise
        return top, width - right, bottom, width - left
    if turn == 2:
        return width - right, height - bottom, width - left, height - top
    if turn == 3:
        return height - bottom, left, height - top, right
    return box


def around(boxes: list[Box]) -> Box:
    """The smallest box around some boxes."""
    return (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )
