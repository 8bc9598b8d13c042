"""What a planted fault is, and how a fault is planted in a clean report. May import: builder."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import attrs

from builder import Marks, ReportSpec, render_text_with_map

APPLICANTS = ("natural", "business", "research", "welfare", "legal", "other_org")


@attrs.frozen
class Planted:
    """A faulty report.

    Args:
        text: the report.
        rules: ids of the rules one of which has to speak.
        at: the place it has to speak at, or None for any.
        also: prefixes of rules that may speak as well.
        count: how often the rule has to speak.

    """

    text: str
    rules: tuple[str, ...]
    at: tuple[int, int] | None = None
    also: tuple[str, ...] = ()
    count: int = 1


Planter = Callable[[ReportSpec, Any], "Planted | None"]
PLANTERS: dict[str, Planter] = {}


def planter(function: Planter) -> Planter:
    """Register a fault under its function's name."""
    PLANTERS[function.__name__] = function
    return function


def with_cell(
    spec: ReportSpec, table: str, row: str, column: str, new: int | str, *rules: str, also: tuple[str, ...] = ()
) -> Planted:
    """A report with something else in a cell, which rules have to say at the cell."""
    text, marks = render_text_with_map(spec.with_cell(table, row, column, new))
    return Planted(text, rules, marks[table, row, column], also)


def edited(text: str, span: tuple[int, int], new: str) -> str:
    """A text with something else in a stretch."""
    return text[: span[0]] + new + text[span[1] :]


def replaced(spec: ReportSpec, old: str, new: str, *rules: str, also: tuple[str, ...] = ()) -> Planted | None:
    """A report with other words, which rules have to say where they stand."""
    text, _ = render_text_with_map(spec)
    at = text.find(old)
    return (
        Planted(edited(text, (at, at + len(old)), new), rules, (at, at + max(1, len(new))), also) if at >= 0 else None
    )


def section_span(marks: Marks, text: str, key: str) -> tuple[int, int]:
    """The stretch of a section, its heading included."""
    start = marks["section", key][0]
    after = [span[0] for name, span in marks.items() if name[0] == "section" and span[0] > start]
    return start, min(after, default=marks["signature",][0])
