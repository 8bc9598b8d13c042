"""Applies fixes to texts and files. May import: api, reading, model.

The edits of one round do not overlap; the result is linted again until nothing more can be mended.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable, Iterable

import attrs

from giro_lint.api import lint_bytes, lint_text, plan_for
from giro_lint.config import Config
from giro_lint.engine import Plan
from giro_lint.model.diagnostic import Applicability, Edit, Fix
from giro_lint.model.report import Report
from giro_lint.model.source import Span
from giro_lint.reading.decode import encode
from giro_lint.ruleset.rules import Ruleset

MOST_ROUNDS = 10


@attrs.frozen(eq=False, repr=False)
class Mended:
    """A file with what could be mended in it.

    Args:
        before: the file's text as it was.
        after: its text now; equal to ``before`` when there is nothing to mend.
        data: the bytes to write, in the encoding of the file.
        count: number of fixes that were applied.
        report: what is found in the mended file.

    """

    before: str
    after: str
    data: bytes
    count: int
    report: Report


def fix_text(
    text: str, *, path: str = "<text>", rules: Ruleset | None = None, config: Config | None = None, unsafe: bool = False
) -> str:
    """Mend what can be mended in a text.

    Args:
        text: the report, or the source of its web page.
        path: the name that diagnostics show; its ending tells the medium.
        rules: the rules; by default the built-in ones.
        config: options.
        unsafe: apply unsafe fixes as well, which may change figures.

    Returns:
        The mended text; equal to the given one when there is nothing to mend.

    """
    return _mend(text, path, plan_for(rules, config), unsafe=unsafe)[0]


def fix_bytes(data: bytes, *, path: str, plan: Plan, unsafe: bool = False) -> Mended:
    """Mend what can be mended in the bytes of a text, Markdown or web page file; its encoding and line ends stay.

    Args:
        data: the whole file.
        path: its name.
        plan: rules and options.
        unsafe: apply unsafe fixes as well, which may change figures.

    Returns:
        The mended file; nothing is mended in other media, nor where the encoding cannot write the result.

    """
    report = lint_bytes(data, path=path, plan=plan)
    source = report.source
    before = source.origin.text if source.origin else source.text
    if source.media not in {"text", "markdown", "html"} or encode(before, data, source.encoding) != data:
        return Mended(before, before, data, 0, report)
    after, count = _mend(before, path, plan, unsafe=unsafe)
    written = encode(after, data, source.encoding) if count else None
    if written is None:
        return Mended(before, before, data, 0, report)
    return Mended(before, after, written, count, lint_bytes(written, path=path, plan=plan))


def _mend(text: str, path: str, plan: Plan, *, unsafe: bool) -> tuple[str, int]:
    count = 0
    for _ in range(MOST_ROUNDS):
        chosen = chosen_fixes(lint_text(text, path=path, plan=plan), unsafe=unsafe)
        mended = apply_edits(text, (edit for fix in chosen for edit in fix))
        if mended == text:
            break
        text, count = mended, count + len(chosen)
    return text, count


def chosen_fixes(
    report: Report, *, unsafe: bool, placed: Callable[[Edit], Edit | None] | None = None
) -> list[list[Edit]]:
    """The fixes to apply in one round, as edits of the file's own text.

    All of a fix is taken or none, the earliest first, none that overlaps another or cannot be written in the file.

    Args:
        report: what was found.
        unsafe: whether unsafe fixes are taken as well.
        placed: an edit as it has to be made in the file, None where it cannot; by default as the source says.

    """

    def opened(edit: Edit) -> Edit | None:
        found = report.source.opened_edit(edit.span, edit.text)
        return Edit(*found) if found is not None else None

    taken: list[list[Edit]] = []
    occupied: list[Span] = []
    for fix in allowed_fixes(report, unsafe=unsafe).values():
        edits = [found for edit in fix.edits if (found := (placed or opened)(edit)) is not None]
        if len(edits) == len(fix.edits) and all(_free(edit.span, occupied) for edit in edits):
            taken.append(edits)
            for edit in edits:
                insort(occupied, edit.span)
    return taken


def allowed_fixes(report: Report, *, unsafe: bool) -> dict[int, Fix]:
    """The fixes that may be applied, by the index of their diagnostic."""
    allowed = {Applicability.SAFE, Applicability.UNSAFE} if unsafe else {Applicability.SAFE}
    return {
        at: d.fix for at, d in enumerate(report.diagnostics) if d.fix is not None and d.fix.applicability in allowed
    }


def _free(span: Span, occupied: list[Span]) -> bool:
    """Whether a span overlaps none of some spans that are sorted and do not overlap each other."""
    at = bisect_left(occupied, span)
    beside = occupied[max(at - 1, 0) : at + 1]
    return not any(span == other or (span.start < other.end and other.start < span.end) for other in beside)


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """The text with all edits applied; they must not overlap."""
    for edit in sorted(edits, key=lambda edit: edit.span, reverse=True):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text
