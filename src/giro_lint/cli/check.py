"""The command ``check``. May import: api, reporting, model."""

from __future__ import annotations

import gc
import os
import sys
import time
from collections.abc import Iterable, Iterator
from typing import Any

import attrs

from giro_lint.api import find_files, lint_bytes, lint_file, plan_for
from giro_lint.config import Config
from giro_lint.engine import Plan
from giro_lint.model.diagnostic import Severity
from giro_lint.model.errors import GiroLintError
from giro_lint.model.report import Report
from giro_lint.reporting.formats import Output, open_sinks, parse_outputs, without_targets
from giro_lint.reporting.job import Job
from giro_lint.reporting.text import TextStyle, render_statistics, render_summary
from giro_lint.ruleset.rules import Ruleset

_ENDINGS = ".txt .md .html .docx .pdf .doc .wps"
_PATIENCE = 1.0
_YOUNG = 20_000
"""So many new objects are looked through for garbage at once: about what a report takes."""
_BAR = 24


def rules_of(own: Iterable[str]) -> Ruleset:
    """The built-in rules and those of the user's files.

    Raises:
        RulesetError: for a file that cannot be used.

    """
    ruleset = Ruleset.builtin()
    for path in own:
        ruleset += Ruleset.from_yaml(path)
    return ruleset


def run_check(options: Any, *, alone: bool = False) -> int:
    """Lint, write every format asked for, and tell the exit status.

    Args:
        options: as parsed.
        alone: whether the process does nothing else, so that what was made up to here stays to its end.

    """
    outputs = parse_outputs(options.format or ["text"])
    plan = plan_for(rules_of(options.own_rules), _config(options))
    names = list(options.paths) or ["."]
    files = without_targets([name for path in names for name in _files(path)], names, outputs)
    if not files:
        raise GiroLintError(f"{', '.join(names)}: 没有找到可检查的文件（{_ENDINGS}） / no file to check ({_ENDINGS})")
    if alone:
        gc.freeze()
        gc.set_threshold(_YOUNG)
        gc.enable()
    reports: list[Report] = []
    with open_sinks(outputs, _job(options, plan)) as sinks:
        for report in _linted(files, options, plan):
            sinks.add(report)
            reports.append(attrs.evolve(report, document=None))
        status = _status(reports, options.fail_on)
        sinks.end(status)
    _conclude(reports, options, to_screen=Output("text") in outputs)
    return status


def _files(path: str) -> Iterable[str]:
    return [path] if path == "-" else find_files([path])


def _job(options: Any, plan: Plan) -> Job:
    rules = {rule.id: rule for rule in plan.ruleset.rules if rule.kind == "engine"} | {r.id: r for r in plan.rules}
    return Job(
        rules=[rules[name] for name in sorted(rules)],
        lang=options.lang,
        root=os.getcwd(),
        outcomes=options.show_outcomes,
        source=not options.quiet,
        colour=_colour(sys.stdout),
    )


def _config(options: Any) -> Config:
    def split(words: list[str]) -> tuple[str, ...]:
        return tuple(part.strip() for word in words for part in word.split(",") if part.strip())

    return Config(
        select=split(options.select),
        extend_select=split(options.extend_select),
        ignore=split(options.ignore),
        profile=options.profile,
        lang=options.lang,
        year=options.year,
        edition=options.edition,
        body_kind=options.body_kind,
    )


def _linted(files: list[str], options: Any, plan: Plan) -> Iterator[Report]:
    """The reports, with a progress bar on a terminal when it takes long."""
    started = time.monotonic()
    shown = False
    for number, name in enumerate(files, 1):
        if name == "-":
            yield lint_bytes(sys.stdin.buffer.read(), path=options.stdin_filename, plan=plan)
        else:
            yield lint_file(name, plan=plan)
        if sys.stderr.isatty() and not options.quiet and len(files) > 1 and time.monotonic() - started > _PATIENCE:
            shown = True
            done = _BAR * number // len(files)
            sys.stderr.write(f"\r[{'#' * done}{'.' * (_BAR - done)}] {number}/{len(files)}")
            sys.stderr.flush()
    if shown:
        sys.stderr.write("\r" + " " * (_BAR + 24) + "\r")


def _colour(stream: object) -> bool:
    isatty = getattr(stream, "isatty", None)
    return bool(isatty and isatty()) and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"


def _conclude(reports: list[Report], options: Any, *, to_screen: bool) -> None:
    style = TextStyle(options.lang)
    stream = sys.stdout if to_screen else sys.stderr
    if options.statistics:
        stream.write(render_statistics(reports, style))
    if not options.quiet:
        totals = {severity: sum(report.count(severity) for report in reports) for severity in Severity}
        held = sum(len(report.suppressed) for report in reports)
        stream.write(render_summary(len(reports), totals, held, style))


def _status(reports: list[Report], fail_on: str) -> int:
    if not all(report.done for report in reports):
        return 2
    if fail_on == "never":
        return 0
    least = Severity(fail_on).rank
    return int(any(d.severity.rank >= least for report in reports for d in report.diagnostics))
