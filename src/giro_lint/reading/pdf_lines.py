"""Glyphs to printed lines: what stands on one line, and where a gap is a space. May import: pdf_page, pdf_characters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

import attrs

from giro_lint.reading.pdf_characters import is_wide
from giro_lint.reading.pdf_page import Box, Glyph, around

_OVERLAP = 0.55
"""So much of the height of the smaller of two pieces on one line has to be common, such as that of a superscript."""
_NEAR = 12
_SPREAD_OUT = 2.2
"""Two characters so many ems apart may be one word."""
_SINGLE = 6
"""A line with more single characters is one of many narrow columns."""
_MOST = 40
"""Tables have no more columns."""
_NARROW = 0.12
"""A gap between two headers is so many ems wider than those between the characters of each."""
_COLUMN = 1.5
"""A gap of so many ems is a space whatever stands beside it."""


@attrs.define(eq=False)
class Piece:
    """Glyphs printed side by side without a wide gap, or a whole printed line.

    Args:
        glyphs: visible ones and spaces, from left to right.
        left: edges of the visible ones.
        top: likewise.
        right: likewise.
        bottom: likewise.
        size: size of most of the type.

    """

    glyphs: list[Glyph]
    left: float
    top: float
    right: float
    bottom: float
    size: float

    @classmethod
    def of(cls, glyphs: list[Glyph]) -> Piece:
        """The piece of some glyphs, of which one at least is visible."""
        visible = [glyph for glyph in glyphs if not glyph.text.isspace()]
        largest = max(visible, key=lambda glyph: glyph.size)
        box = around([glyph.box for glyph in visible])
        same = [glyph for glyph in visible if glyph.size > 0.75 * largest.size]
        size = sorted(glyph.size for glyph in same)[len(same) // 2]
        middle = sum(glyph.y for glyph in same) / len(same)
        return cls(glyphs, box[0], middle - size / 2, box[2], middle + size / 2, size)

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
        """Its box."""
        return self.left, self.top, self.right, self.bottom

    @property
    def text(self) -> str:
        """Its text, with spaces where a reader sees them."""
        return line_text(self.glyphs)

    @property
    def spaced_end(self) -> bool:
        """Whether a space ends it."""
        return self.glyphs[-1].text.isspace()


def printed_lines(glyphs: Sequence[Glyph]) -> list[Piece]:
    """The printed lines of some glyphs.

    Args:
        glyphs: in the order of the file.

    Returns:
        The lines from top to bottom.

    """
    lines: list[tuple[Piece, list[Glyph]]] = []
    for run in sorted(map(Piece.of, _runs(glyphs)), key=lambda piece: piece.y):
        best, most = -1, _OVERLAP
        for index in range(len(lines) - 1, max(-1, len(lines) - 1 - _NEAR), -1):
            share = _common(lines[index][0], run)
            if share > most:
                best, most = index, share
        if best < 0:
            lines.append((run, list(run.glyphs)))
        else:
            main, members = lines[best]
            members += run.glyphs
            heavier = (run.size, run.right - run.left) > (main.size * 1.05, 0) or (
                run.size > 0.8 * main.size and run.right - run.left > main.right - main.left
            )
            lines[best] = (run if heavier else main, members)
    found = [Piece.of(sorted(members, key=lambda glyph: (glyph.left, glyph.order))) for _, members in lines]
    return sorted(found, key=lambda piece: (piece.y, piece.left))


def pieces_of(line: Piece, gap: float = 0.55) -> list[Piece]:
    """The pieces of a line that wide gaps set apart.

    Args:
        line: a printed line.
        gap: the width of such a gap in ems.

    Returns:
        The pieces from left to right; single characters that were spread out to fill a cell are one piece.

    """
    groups: list[list[Glyph]] = []
    for glyph in line.glyphs:
        if glyph.text.isspace():
            continue
        before = groups[-1][-1] if groups else None
        if before and glyph.left - before.right < gap * max(glyph.size, before.size):
            groups[-1].append(glyph)
        else:
            groups.append([glyph])
    single = [len(group) == 1 and is_wide(group[0].text) for group in groups]
    merged: list[list[Glyph]] = []
    for index, group in enumerate(groups):
        pair = index > 0 and single[index - 1] and single[index] and sum(single) <= _SINGLE and len(merged[-1]) == 1
        if pair and group[0].left - merged[-1][0].right <= _SPREAD_OUT * group[0].size:
            merged[-1] += group
        else:
            merged.append(group)
    return [Piece.of(group) for group in merged]


def cut_between(piece: Piece, columns: Sequence[Piece]) -> list[Piece]:
    """A piece cut at gaps that stand between columns and are wider than those inside its words.

    Args:
        piece: a piece of a line.
        columns: figures that show the columns, from left to right.

    """
    visible = [glyph for glyph in piece.glyphs if not glyph.text.isspace()]
    gaps = [
        min(after.left - before.right, after.x - before.x - piece.size)
        if is_wide(before.text) and is_wide(after.text)
        else after.left - before.right
        for before, after in pairwise(visible)
    ]
    if not gaps or len(columns) > _MOST or piece.right < columns[0].x or piece.left > columns[-1].x:
        return [piece]
    usual = sorted(gaps)[(len(gaps) - 1) // 2] if len(gaps) > 1 else 0.0
    groups = [[visible[0]]]
    for gap, (before, after) in zip(gaps, pairwise(visible), strict=True):
        middle = (before.right + after.left) / 2
        between = any(one.right < middle < other.left for one, other in pairwise(columns))
        if between and gap > max(0.0, usual) + _NARROW * piece.size:
            groups.append([after])
        else:
            groups[-1].append(after)
    return [Piece.of(group) for group in groups]


def line_text(glyphs: Iterable[Glyph]) -> str:
    """The text of glyphs on one line, from left to right, without spaces at its ends."""
    parts: list[str] = []
    before: Glyph | None = None
    spaced = False
    for glyph in glyphs:
        if glyph.text.isspace() or glyph.text in "\u200b\ufeff\xad":
            spaced = True
            continue
        if before is not None and _apart(before, glyph, spaced=spaced):
            parts.append(" ")
        parts.append(glyph.text)
        before, spaced = glyph, False
    return "".join(parts)


def joined(first: str, second: str, *, spaced: bool = False) -> str:
    """Two lines of one text put together; a space stands between words of Latin letters only.

    Args:
        first: the line above.
        second: the line below.
        spaced: whether the line above ends with a space.

    """
    word = first[-1:].isascii() and second[:1].isascii() and first[-1:].isalpha() and second[:1].isalpha()
    return f"{first} {second}" if word and spaced else first + second


def _apart(one: Glyph, other: Glyph, *, spaced: bool) -> bool:
    """Whether a reader sees a space between two glyphs."""
    gap = (other.left - one.right) / max(one.size, other.size)
    if gap >= _COLUMN:
        return True
    if is_wide(one.text) or is_wide(other.text):
        return spaced and gap >= 0.55
    if one.text.isdigit() and other.text.isdigit():
        return gap >= (0.18 if spaced else 0.5)
    return gap >= (0.1 if spaced else 0.22)


def _runs(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Stretches of glyphs that were printed one after the other on one line; each has a visible glyph."""
    runs: list[list[Glyph]] = []
    for glyph in glyphs:
        before = runs[-1][-1] if runs else None
        near = (
            before is not None
            and before.turn == glyph.turn
            and abs(before.y - glyph.y) <= 0.2 * max(glyph.size, before.size)
            and -0.6 * glyph.size <= glyph.left - before.right <= 3 * glyph.size
        )
        if near:
            runs[-1].append(glyph)
        else:
            runs.append([glyph])
    return [run for run in runs if any(not glyph.text.isspace() for glyph in run)]


def _common(one: Piece, other: Piece) -> float:
    """The common height of two pieces as a share of the smaller one."""
    height = min(one.bottom, other.bottom) - max(one.top, other.top)
    return height / min(one.size, other.size)
