"""Suppressions of configuration files that hold nothing back, told at their own place. May import: settings, engine, api, model.

One file cannot tell whether a suppression for many is still needed; this looks at a whole run.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable, Iterator

from giro_lint.api import find_files, read_file
from giro_lint.engine import Plan, engine_report
from giro_lint.model.diagnostic import Finding
from giro_lint.model.errors import ConfigError
from giro_lint.model.report import Report
from giro_lint.model.source import Source, Span
from giro_lint.model.suppression import Suppression
from giro_lint.reading.decode import decode
from giro_lint.settings.apply import relative_name
from giro_lint.settings.shape import Settings
from giro_lint.settings.workspace import Workspace
from giro_lint.suppression import idle_event


def configuration_reports(workspace: Workspace, reports: Iterable[Report], today: dt.date) -> Iterator[Report]:
    """A report for each configuration file that has suppressions without use, past their day or of no rule.

    Args:
        workspace: of the run.
        reports: all of the run.
        today: the day that end dates are compared with.

    Returns:
        Reports whose source is the configuration file; none for a file where all is well.

    """
    by_home: dict[str, list[Report]] = {}
    for report in reports:
        settings = workspace.settings_for(report.path)
        if settings is not None and settings.suppress:
            by_home.setdefault(settings.path, []).append(report)
    for mine in by_home.values():
        settings = workspace.settings_for(mine[0].path)
        plan = workspace.plan_for(mine[0].path)
        if settings is None:
            continue
        found = list(_idle(settings, plan, mine, today))
        if found:
            text, encoding = decode(read_file(settings.path))
            source = Source(text, settings.path, "text", encoding)
            yield engine_report(
                source, plan, [(event, _placed(source, finding, place)) for event, finding, place in found]
            )


def _placed(source: Source, finding: Finding, place: tuple[int, int]) -> Finding:
    line, column = place
    start = source.line_starts[line - 1] + column - 1
    end = source.line_starts[line - 1] + len(source.line_text(line))
    return finding._replace(span=Span(start, max(start, end)))


def _idle(
    settings: Settings, plan: Plan, reports: list[Report], today: dt.date
) -> Iterator[tuple[str, Finding, tuple[int, int]]]:
    used = {held.by for report in reports for held in report.suppressed if held.by}
    folder = os.path.dirname(os.path.abspath(settings.path))
    looked_at = {relative_name(report.path, folder) for report in reports}
    run = {rule.id for rule in plan.rules}
    for number, suppression in enumerate(settings.suppress):
        anchor, place = f"suppress/{number + 1}", settings.places[f"suppress[{number}]"]
        try:
            meant = plan.ruleset.matching([suppression.rule])
        except ConfigError:
            close = plan.ruleset.closest(suppression.rule)
            said = {"rule": suppression.rule, "close": close}
            yield "unknown-rule", Finding(Span(0, 0), anchor, said, variant="close" if close else ""), place
            continue
        event, data = idle_event(suppression, today)
        if suppression not in used and (
            event == "expired" or (meant & run and _all_seen(suppression, folder, looked_at))
        ):
            yield event, Finding(Span(0, 0), anchor, data), place


def _all_seen(suppression: Suppression, folder: str, looked_at: set[str]) -> bool:
    """Whether every file that a suppression counts for was linted."""
    names = (relative_name(path, folder) for path in find_files([folder]))
    return all(name in looked_at for name in names if suppression.covers(name))
