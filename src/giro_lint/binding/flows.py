"""Prose as one string without white space, with the way back to the source. May import: model, lexer."""

from __future__ import annotations

import re
from collections.abc import Iterable

from giro_lint.grammar.lexer import SPACE
from giro_lint.model.document import Flow, Line
from giro_lint.model.patterns import lazy

_WORDS = lazy(f"[^{re.escape(SPACE)}]+")
_WIDE = lazy("[０-９％－＋]")
_SAME = {ord(wide): ord(narrow) for wide, narrow in zip("０１２３４５６７８９％－＋", "0123456789%-+", strict=True)}


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
    for line in lines:
        wide = _WIDE.search(text, line.start, line.end) is not None
        for match in _WORDS.finditer(text, line.start, line.end):
            starts.append(length)
            origins.append(match.start())
            pieces.append(match.group().translate(_SAME) if wide else match.group())
            length += match.end() - match.start()
        starts.append(length)
        origins.append(line.end)
        pieces.append("\n")
        length += 1
    return Flow("".join(pieces), starts, origins) if starts else Flow("", [0], [0])
