"""Prose as one string without white space, with the way back to the source. May import: model, lexer."""

from __future__ import annotations

import re
from collections.abc import Iterable

from giro_lint.grammar.lexer import SPACE
from giro_lint.model.document import Flow, Line
from giro_lint.model.patterns import lazy

_WORDS = lazy(f"[^{re.escape(SPACE)}]+")
_WIDE = lazy("[０-９％－＋]")
_SAME = dict(zip("０１２３４５６７８９％－＋", "0123456789%-+", strict=True))


def make_flow(text: str, lines: Iterable[Line]) -> Flow:
    """The flow of some lines.

    Args:
        text: the source text.
        lines: headings and paragraphs, in order.

    Returns:
        Their text without white space, full-width digits narrowed, every line ended by LF.

    """
    pieces: list[str] = []
    starts: list[int] = []
    origins: list[int] = []
    length = 0
    search = _WORDS.search
    for line in lines:
        end = line.start
        while end < line.end and (match := search(text, end, line.end)):
            start, end = match.span()
            starts.append(length)
            origins.append(start)
            pieces.append(text[start:end])
            length += end - start
        starts.append(length)
        origins.append(line.end)
        pieces.append("\n")
        length += 1
    words = _WIDE.sub(lambda wide: _SAME[wide.group()], "".join(pieces))
    return Flow(words, starts, origins) if starts else Flow("", [0], [0])
