"""Diagnostics that the configuration or the baseline holds back. May import: config, model."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Mapping, Sequence
from fnmatch import fnmatchcase
from typing import NamedTuple

from giro_lint.config import Config
from giro_lint.model.diagnostic import Diagnostic
from giro_lint.model.report import Suppressed
from giro_lint.model.suppression import Suppression


class Sifted(NamedTuple):
    """The diagnostics of a file, sifted.

    Args:
        shown: what is reported.
        held: what is held back, with the reason.
        idle: suppressions and baseline entries for this file that held nothing back: the event (``unused``, ``expired``,
            ``stale-baseline``) and the data of its message.

    """

    shown: list[Diagnostic]
    held: list[Suppressed]
    idle: list[tuple[str, Mapping[str, str]]]


def sift(path: str, diagnostics: Sequence[Diagnostic], config: Config, today: dt.date) -> Sifted:
    """Sift the diagnostics of a file.

    Args:
        path: the file.
        diagnostics: all of them.
        config: suppressions and baseline.
        today: the day that end dates are compared with.

    """
    name = _name(path, config.root)
    known = dict.fromkeys((fingerprint for file, fingerprint in config.baseline if file == name), False)
    mine = [rule for rule in config.suppress if rule.covers(name)]
    active = [rule for rule in mine if not expired(rule, today)]
    used: set[int] = set()
    shown: list[Diagnostic] = []
    held: list[Suppressed] = []
    for diagnostic in diagnostics:
        rule = next((rule for rule in active if _matches(rule, diagnostic)), None)
        if known and diagnostic.fingerprint in known:
            known[diagnostic.fingerprint] = True
        if rule is not None:
            used.add(id(rule))
            held.append(Suppressed(diagnostic, rule.reason, rule))
        elif known and diagnostic.fingerprint in known:
            held.append(Suppressed(diagnostic, "baseline"))
        else:
            shown.append(diagnostic)
    idle = [idle_event(rule, today) for rule in mine if id(rule) not in used] if config.idle else []
    idle += [("stale-baseline", {"fingerprint": fingerprint}) for fingerprint, met in known.items() if not met]
    return Sifted(shown, held, idle)


def idle_event(rule: Suppression, today: dt.date) -> tuple[str, Mapping[str, str]]:
    """The event of a suppression that held nothing back, and the data of its message."""
    data = {"rule": rule.rule, "anchor": rule.anchor or "*", "reason": rule.reason, "until": rule.until}
    return ("expired" if expired(rule, today) else "unused"), data


def _name(path: str, root: str) -> str:
    """A file's name as suppressions and the baseline write it: from the root, with slashes."""
    if root:
        try:
            below = os.path.relpath(path, root)
        except ValueError:  # another drive
            below = path
        path = os.path.abspath(path) if below.startswith("..") else below
    return path.replace("\\", "/")


def _matches(rule: Suppression, diagnostic: Diagnostic) -> bool:
    return diagnostic.rule.startswith(rule.rule) and (not rule.anchor or fnmatchcase(diagnostic.anchor, rule.anchor))


def expired(rule: Suppression, today: dt.date) -> bool:
    """Whether the last day of a suppression is over."""
    return bool(rule.until) and rule.until < today.isoformat()
