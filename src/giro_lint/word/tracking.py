"""Fixes as tracked changes in a Word document. May import: document, fixing, engine, reading, model.

Source: ECMA-376 part 1, 17.13.5.14 (``w:del``), 17.13.5.18 (``w:ins``), 17.3.3.7 (``w:delText``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

import attrs

from giro_lint.api import lint_bytes
from giro_lint.engine import Plan, run
from giro_lint.fixing import MOST_ROUNDS, Mended, allowed_fixes, chosen_fixes
from giro_lint.model.diagnostic import Diagnostic, Edit, Fix
from giro_lint.model.errors import ReadError
from giro_lint.model.source import Span
from giro_lint.reading.docx_package import W
from giro_lint.reading.docx_runs import ALTERNATIVES, BOX, Piece
from giro_lint.reading.docx_styles import child
from giro_lint.word.document import WordDocument, moment, unused
from giro_lint.word.letters import Letter, Way
from giro_lint.word.repack import repack
from giro_lint.word.rewriting import Change, rewritten

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_FORBIDDEN = frozenset({"readOnly", "forms", "comments"})
_BARRIERS = {
    BOX: "box",
    ALTERNATIVES: "box",
    W + "fldSimple": "field",
    **{W + name: "change" for name in ("ins", "del", "moveTo", "moveFrom")},
}
"""Why text within some elements is left alone."""
_AROUND_RUNS = frozenset(W + name for name in ("hyperlink", "smartTag", "sdt", "sdtContent", "p"))
_SET = "number"


@attrs.frozen(eq=False, repr=False)
class Tracked:
    """A document with what could be mended as tracked changes.

    Args:
        mended: the document.
        left: the diagnostics whose fix was left alone, each with the reason: ``number`` (text that Word sets), ``field``, ``box``,
            ``change`` (within a tracked change), ``control`` (a content control that is locked or bound to data), ``shape``
            (lines or cells would change), ``protected``, or ``other``.

    """

    mended: Mended
    left: tuple[tuple[Diagnostic, str], ...]


def track_bytes(data: bytes, *, path: str, plan: Plan, unsafe: bool = False) -> Tracked:
    """Mend what can be mended in a Word document, as tracked changes of the author giro-lint.

    Args:
        data: the whole file (.docx, .docm).
        path: its name.
        plan: rules and options.
        unsafe: apply unsafe fixes as well, which may change figures.

    Returns:
        The document; unchanged where it cannot be read, then the report says so.

    """
    original, before = data, None
    total, when = 0, moment()
    for turn in range(MOST_ROUNDS + 1):
        try:
            document = WordDocument(data, path)
        except ReadError:
            report = lint_bytes(original, path=path, plan=plan)
            return Tracked(Mended("", "", original, 0, report), ())
        text = document.traced.source.text
        before = text if before is None else before
        report = run(document.traced.source, plan)
        forbidden = document.protection() in _FORBIDDEN
        tracker = _Tracker(document)
        chosen = [] if forbidden else chosen_fixes(report, unsafe=unsafe, placed=tracker.placed)
        edits = [edit for fix in chosen for edit in fix if edit.text or edit.span.end > edit.span.start]
        if not edits or turn == MOST_ROUNDS:
            break
        data = tracker.write(edits, when)
        total += len(chosen)
    fixes = allowed_fixes(report, unsafe=unsafe)
    left = [(report.diagnostics[at], "protected" if forbidden else tracker.reason(fix)) for at, fix in fixes.items()]
    return Tracked(Mended(before or "", text, data, total, report), tuple(left))


class _Tracker:
    """Writes edits into a document as tracked changes."""

    def __init__(self, document: WordDocument) -> None:
        self._document = document
        self._way = Way(document.traced)

    def reason(self, fix: Fix) -> str:
        """Why a fix cannot be written."""
        reasons = (self._look(edit)[1] for edit in fix.edits)
        return next((reason for reason in reasons if reason), "other")

    def placed(self, edit: Edit) -> Edit | None:
        """The edit without what stays as it is, or None where it cannot be made in plain runs."""
        return self._look(edit)[0]

    def _look(self, edit: Edit) -> tuple[Edit | None, str]:
        """The edit as it is made, or why it is not."""
        edit = _trimmed(edit, self._document.traced.source.text)
        held = self._way.inside(edit.span)
        if held is None or not _plain_text(edit.text):
            return None, "shape"
        place, letters = held
        start, end = (self._way.offset_in(place, offset) for offset in edit.span)
        touched = letters[start:end] or letters[max(start - 1, 0) : start] or letters[:1]
        if not touched:
            return None, "shape"
        pieces = []
        for letter in touched:
            if letter is None:
                return None, _SET
            pieces.append(self._way.piece(place, letter))
        for piece in dict.fromkeys(pieces):
            reason = _unfit(piece)
            if reason:
                return None, reason
        whole = all(a and b and _follows(a, b, pieces[at]) for at, (a, b) in enumerate(pairwise(touched)))
        return (edit, "") if whole else (None, "shape")

    def write(self, edits: Iterable[Edit], when: str) -> bytes:
        """The bytes of the document with the edits, each of which was `placed`."""
        changes: dict[Element, list[Change]] = {}
        for edit in edits:
            for element, change in self._changes(edit):
                changes.setdefault(element, []).append(change)
        document = self._document
        runs: dict[Element, dict[Element, list[Change]]] = {}
        for element, found in changes.items():
            run_element = element.getparent()
            if run_element is not None:
                runs.setdefault(run_element, {})[element] = found
        numbers = unused(document.traced.root)
        for run_element in sorted(runs, key=document.order.__getitem__):
            xml = rewritten(document, run_element, runs[run_element], numbers, when)
            document.part.replace(document.order[run_element], xml)
        return repack(document.bytes, {document.package.main: document.part.data()})

    def _changes(self, edit: Edit) -> Iterator[tuple[Element, Change]]:
        """What an edit changes in each of the texts it touches; what is put in stands behind the first of what is taken away."""
        held = self._way.inside(edit.span)
        if held is None:
            return
        place, letters = held
        start, end = (self._way.offset_in(place, offset) for offset in edit.span)
        if start == end:
            beside, behind = (letters[start - 1], 1) if start else (letters[start], 0)
            if beside is not None:
                element = self._way.piece(place, beside).element
                if element is not None:
                    yield element, Change(beside.at + behind, beside.at + behind, edit.text)
            return
        spans: dict[int, list[int]] = {}
        for letter in letters[start:end]:
            if letter is not None:
                spans.setdefault(letter.piece, []).append(letter.at)
        text = edit.text
        for number, offsets in spans.items():
            element = self._way.piece(place, Letter(number, 0)).element
            if element is not None:
                yield element, Change(offsets[0], offsets[-1] + 1, text)
            text = ""


def _trimmed(edit: Edit, text: str) -> Edit:
    """An edit without what is the same before and after it at both ends."""
    (start, end), new = edit.span, edit.text
    old = text[start:end]
    front = _alike(old, new)
    back = _alike(old[front:][::-1], new[front:][::-1])
    return Edit(Span(start + front, end - back), new[front : len(new) - back])


def _alike(one: str, other: str) -> int:
    """How many letters two texts begin with in common."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _plain_text(text: str) -> bool:
    return not any(c in text for c in "\t\r\n")


def _follows(one: Letter, other: Letter, piece: Piece) -> bool:
    """Whether a letter stands right behind another, which is of a piece."""
    if other.piece == one.piece:
        return other.at == one.at + 1
    return other == Letter(one.piece + 1, 0) and one.at == len(piece.text) - 1


def _unfit(piece: Piece) -> str:
    """Why a piece is no plain text that can be changed, or empty."""
    element = piece.element
    if element is None:
        return _SET
    run_element = element.getparent()
    if piece.in_field:
        return "field"
    plain = element.tag == W + "t" and run_element is not None and run_element.tag == W + "r"
    within = True
    for above in () if run_element is None else run_element.iterancestors():
        reason = "control" if above.tag == W + "sdt" and _is_bound(above) else _BARRIERS.get(str(above.tag), "")
        if reason:
            return reason
        plain = plain and (not within or above.tag in _AROUND_RUNS)
        within = within and above.tag != W + "p"
    return "" if plain else "other"


def _is_bound(control: Element) -> bool:
    """Whether a content control is locked, or shows data that is held elsewhere."""
    properties = child(control, "sdtPr")
    return child(properties, "dataBinding") is not None or child(properties, "lock") is not None
