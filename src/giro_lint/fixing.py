"""Applies fixes to a text. May import: api, model.

The edits of one round do not overlap; the result is linted again until nothing more can be mended.
"""

from __future__ import annotations

from collections.abc import Iterable

from giro_lint.api import lint_text, plan_for
from giro_lint.config import Config
from giro_lint.model.diagnostic import Applicability, Diagnostic, Edit
from giro_lint.ruleset.rules import Ruleset

_MOST_ROUNDS = 10


def fix_text(
    text: str, *, path: str = "<text>", rules: Ruleset | None = None, config: Config | None = None, unsafe: bool = False
) -> str:
    """Mend what can be mended in a text.

    Args:
        text: the report.
        path: the name that diagnostics show; its ending tells the medium.
        rules: the rules; by default the built-in ones.
        config: options.
        unsafe: apply unsafe fixes as well, which may change figures.

    Returns:
        The mended text; equal to the given one when there is nothing to mend.

    """
    plan = plan_for(rules, config)
    for _ in range(_MOST_ROUNDS):
        mended = apply_edits(text, chosen_edits(lint_text(text, path=path, plan=plan).diagnostics, unsafe=unsafe))
        if mended == text:
            break
        text = mended
    return text


def chosen_edits(diagnostics: Iterable[Diagnostic], *, unsafe: bool) -> list[Edit]:
    """The edits to apply in one round: all of a fix or none, the earliest first, none that overlaps another."""
    allowed = {Applicability.SAFE, Applicability.UNSAFE} if unsafe else {Applicability.SAFE}
    taken: list[Edit] = []
    for diagnostic in sorted(diagnostics, key=lambda d: (d.span.start, d.span.end, d.rule)):
        fix = diagnostic.fix
        if (
            fix
            and fix.applicability in allowed
            and not any(_overlap(edit, other) for edit in fix.edits for other in taken)
        ):
            taken += fix.edits
    return taken


def _overlap(one: Edit, other: Edit) -> bool:
    if one.span == other.span:
        return True
    return one.span.start < other.span.end and other.span.start < one.span.end


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """The text with all edits applied; they must not overlap."""
    for edit in sorted(edits, key=lambda edit: edit.span, reverse=True):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text
