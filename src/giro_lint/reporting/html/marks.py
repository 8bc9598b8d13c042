"""Where findings and the places they speak of stand in a text, and the text with them marked. May import: escape, model.

Marks may overlap in any way: the text is cut at every end of one, and every piece says which marks it belongs to.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

import attrs

from giro_lint.model.diagnostic import Diagnostic, Severity
from giro_lint.model.source import Span
from giro_lint.reporting.html.escape import attributes, escaped

CLASSES = {Severity.ERROR: "e", Severity.WARNING: "w", Severity.INFO: "i"}
"""Classes of severities in the page."""
MOST_RELATED = 60
"""So many places of one finding are marked."""


@attrs.frozen
class Mark:
    """A finding at its place.

    Args:
        number: of the finding in its file, from 1.
        span: the place.
        severity: decides on the looks.
        label: what a reader of the screen says of the reference.

    """

    number: int
    span: Span
    severity: Severity
    label: str


@attrs.define(eq=False)
class Marks:
    """The marks of one file.

    Args:
        prefix: what ids begin with, different for every file of a page.
        findings: the findings with their places, in the order of their numbers.
        places: numbers of the places that findings speak of, by span.

    """

    prefix: str
    findings: Sequence[Mark]
    places: dict[Span, int]
    _cuts: list[int] = attrs.field(init=False)
    _spans: list[tuple[int, int, Mark | int]] = attrs.field(init=False)
    _starts: list[int] = attrs.field(init=False)
    _longest: int = attrs.field(init=False)
    _ended: set[int] = attrs.field(init=False, factory=set)

    def __attrs_post_init__(self) -> None:
        spans: list[tuple[int, int, Mark | int]] = [(mark.span.start, mark.span.end, mark) for mark in self.findings]
        spans += [(span.start, span.end, number) for span, number in self.places.items()]
        self._spans = sorted(spans, key=lambda item: item[:2])
        self._starts = [start for start, _, _ in self._spans]
        self._longest = max((end - start for start, end, _ in spans), default=0)
        self._cuts = sorted({cut for start, end, _ in spans for cut in (start, end)})

    def within(self, start: int, end: int) -> bool:
        """Whether a stretch has a mark."""
        return bool(self._over(start, end))

    def write(self, text: str, start: int, end: int) -> str:
        """A stretch of the text as HTML with its marks.

        Args:
            text: the whole text.
            start: where the stretch begins.
            end: where it ends; a mark without length at its end belongs to it.

        """
        over = self._over(start, end)
        if not over:
            return escaped(text[start:end])
        parts = [self._carets(over, start)]
        cuts = self._cuts[bisect_right(self._cuts, start) : bisect_left(self._cuts, end)]
        at = start
        for cut in [*cuts, end] if end > start else []:
            parts.append(
                self._piece(
                    text[at:cut], [item for item in over if item[0] <= at and item[1] >= cut and item[1] > item[0]]
                )
            )
            parts += [
                self._reference(item[2]) for item in over if item[1] == cut > item[0] and isinstance(item[2], Mark)
            ]
            parts.append(self._carets(over, cut))
            at = cut
        parts += [
            self._reference(item[2])
            for item in over
            if isinstance(item[2], Mark) and item[0] < item[1] and item[1] > end
        ]
        return "".join(parts)

    def rest(self) -> list[Mark]:
        """The findings whose place was in none of the stretches written."""
        return [mark for mark in self.findings if mark.number not in self._ended]

    def reference(self, mark: Mark) -> str:
        """The reference of a finding, for one whose place cannot be shown."""
        return self._reference(mark)

    def _over(self, start: int, end: int) -> list[tuple[int, int, Mark | int]]:
        first = bisect_left(self._starts, start - self._longest)
        last = bisect_right(self._starts, end)
        return [
            item
            for item in self._spans[first:last]
            if (item[0] < end and item[1] > start) or (item[0] == item[1] and start <= item[0] <= end)
        ]

    def _piece(self, text: str, over: Iterable[tuple[int, int, Mark | int]]) -> str:
        marks = [item[2] for item in over]
        findings = sorted((m for m in marks if isinstance(m, Mark)), key=lambda m: -m.severity.rank)
        places = [m for m in marks if not isinstance(m, Mark)]
        content = escaped(text)
        if not findings and not places:
            return content
        kind = f"m {CLASSES[findings[0].severity]}" if findings else "p"
        unseen = " u" if text and not text.strip() else ""
        tag = "mark" if findings else "span"
        said = attributes(
            class_=kind + unseen,
            data_f=" ".join(str(mark.number) for mark in findings),
            data_p=" ".join(map(str, places)),
        )
        return f"<{tag}{said}>{content}</{tag}>"

    def _carets(self, over: Iterable[tuple[int, int, Mark | int]], at: int) -> str:
        """The marks without length at a place."""
        parts = []
        for start, end, mark in over:
            if start != at or end != at:
                continue
            if isinstance(mark, Mark):
                if mark.number not in self._ended:
                    said = attributes(class_=f"m {CLASSES[mark.severity]} c", data_f=mark.number)
                    parts.append(f"<mark{said}></mark>{self._reference(mark)}")
            else:
                parts.append(f"<span{attributes(class_='p', data_p=mark)}></span>")
        return "".join(parts)

    def _reference(self, mark: Mark | int) -> str:
        """The number behind a finding's place, once."""
        if not isinstance(mark, Mark) or mark.number in self._ended:
            return ""
        self._ended.add(mark.number)
        said = attributes(
            class_=f"r {CLASSES[mark.severity]}",
            id=f"{self.prefix}m{mark.number}",
            href=f"#{self.prefix}n{mark.number}",
            aria_label=mark.label,
        )
        return f"<a{said}>{mark.number}</a>"


def collect(prefix: str, diagnostics: Sequence[Diagnostic], labels: Sequence[str]) -> Marks:
    """The marks of the findings of a file and of the places in it that they speak of."""
    findings = [
        Mark(number, diagnostic.span, diagnostic.severity, label)
        for number, (diagnostic, label) in enumerate(zip(diagnostics, labels, strict=True), 1)
    ]
    places: dict[Span, int] = {}
    for diagnostic in diagnostics:
        for span in places_of(diagnostic):
            places.setdefault(span, len(places) + 1)
    return Marks(prefix, findings, places)


def places_of(diagnostic: Diagnostic) -> list[Span]:
    """The places that a finding speaks of: the figures of its equations and its related places in the same file."""
    related = [other.span for other in diagnostic.related if other.path is None]
    return [*(term.span for each in diagnostic.sums for term in each.terms), *related[:MOST_RELATED]]
