"""Places in a report as an editor counts them: lines from 0, columns in the units that client and server agreed on.

May import: model, lsprotocol. The units matter at this edge only; everything else counts code points.
"""

from __future__ import annotations

from collections.abc import Callable

import attrs
from lsprotocol import types

from giro_lint.model.source import Source, Span, line_starts

Units = Callable[[str], int]
"""The length of a text in the units of the client."""


@attrs.frozen(eq=False, repr=False)
class Places:
    """Converts between spans of a source text and ranges of the file that is open in the editor.

    Args:
        source: the text that was linted.
        units: how the client measures a text.

    """

    source: Source
    units: Units
    _file: str = attrs.field(init=False)
    _starts: list[int] = attrs.field(init=False)

    @_file.default
    def _own_text(self) -> str:
        return self.source.origin.text if self.source.origin else self.source.text

    @_starts.default
    def _own_lines(self) -> list[int]:
        return line_starts(self._file)

    def range(self, span: Span) -> types.Range:
        """A span of the source text as a range of the open file."""
        return self.file_range(self.source.origin_span(span))

    def file_range(self, span: Span) -> types.Range:
        """A span of the file's own text as a range."""
        return types.Range(self._position(span.start), self._position(span.end))

    def _position(self, offset: int) -> types.Position:
        line, column = self.source.opened_position(offset)
        start = self._starts[line - 1]
        return types.Position(line - 1, self.units(self._file[start : start + column - 1]))

    def holds(self, span: Span, place: types.Position) -> bool:
        """Whether a range shows a position, its end included."""
        shown = self.range(span)
        return (
            (shown.start.line, shown.start.character)
            <= (place.line, place.character)
            <= (
                shown.end.line,
                shown.end.character,
            )
        )
