"""The command ``check``. May import: api, reporting, model."""

from __future__ import annotations

import gc
import os
import sys
import time
from collections.abc import Iterable, Iterator
from typing import Any

import attrs

from giro_lint.api import find_files, lint_bytes, lint_file
from giro_lint.config import Config
from giro_lint.model.diagnostic import Severity
from giro_lint.model.errors import ConfigError, GiroLintError
from giro_lint.model.report import Report
from giro_lint.reporting.formats import Output, open_sinks, parse_outputs, without_targets
from giro_lint.reporting.job import Job
from giro_lint.reporting.text import TextStyle, render_statistics, render_summary
from giro_lint.settings.workspace import Workspace

_ENDINGS = ".txt .md .html .docx .pdf .doc .wps"
_PATIENCE = 1.0
_YOUNG = 20_000
"""So many new objects are looked through for garbage at once: about what a report takes."""
_BAR = 24


def run_check(options: Any, *, alone: bool = False) -> int:
    """Lint, write every format asked for, and tell the exit status.

    Args:
        options: as parsed.
        alone: whether the process does nothing else, so that what was made up to here stays to its end.

    """
    _check_together(options)
    outputs = parse_outputs(options.format or ["text"])
    workspace = workspace_of(options)
    names = list(options.paths) or ["."]
    files = without_targets(_once(name for path in names for name in _files(path)), names, outputs)
    if not files:
        raise GiroLintError(f"{', '.join(names)}: 没有找到可检查的文件（{_ENDINGS}） / no file to check ({_ENDINGS})")
    if alone:
        gc.freeze()
        gc.set_threshold(_YOUNG)
        gc.enable()
    mending = None
    if options.fix or options.diff:
        from giro_lint.cli.mend import Mending

        mending = Mending(workspace, options.unsafe, options.track)
    if mending and options.diff:
        return mending.show(files)
    reports: list[Report] = []
    job = _job(options, workspace, files[0])
    with open_sinks(outputs, job) as sinks:
        for report in mending.reports(files) if mending else _linted(files, options, workspace):
            sinks.add(report)
            reports.append(attrs.evolve(report, document=None))
        for report in _configurations(workspace, reports):
            sinks.add(report)
            reports.append(report)
        status = status_of(reports, options.fail_on)
        sinks.end(status)
    to_screen = Output("text") in outputs
    if mending and not options.quiet:
        words = {"zh": f"改正 {mending.count} 处。\n", "en": f"{mending.count} fix(es) applied.\n"}
        (sys.stdout if to_screen else sys.stderr).write(words[job.lang])
    conclude(reports, options, job.lang, to_screen=to_screen)
    return status


def _check_together(options: Any) -> None:
    """Refuse options that say nothing, or nothing together.

    Raises:
        ConfigError: for such options.

    """
    if options.unsafe and not (options.fix or options.diff):
        raise ConfigError("--unsafe 要与 --fix 或 --diff 同用 / --unsafe goes with --fix or --diff")
    if options.track and not (options.fix or options.diff):
        raise ConfigError("--track 要与 --fix 或 --diff 同用 / --track goes with --fix or --diff")
    if options.diff and options.format:
        raise ConfigError(
            "--diff 只输出差异，不能与 --format 同用 / --diff writes a diff and does not go with --format"
        )
    for name in ("select", "extend_select", "ignore"):
        if any(not word.strip(", ") for word in getattr(options, name)):
            said = "--" + name.replace("_", "-")
            raise ConfigError(f"{said}: 没有写规则编号 / names no rule")


def _once(names: Iterable[str]) -> list[str]:
    """The files without those that were named before, in whatever way."""
    found: dict[str, str] = {}
    for name in names:
        found.setdefault(os.path.normpath(name), name)
    return list(found.values())


def _files(path: str) -> Iterable[str]:
    return [path] if path == "-" else find_files([path])


def _job(options: Any, workspace: Workspace, path: str) -> Job:
    """What the formats need to know; rules and language are those of the first file."""
    plan = workspace.plan_for(options.stdin_filename if path == "-" else path)
    rules = {rule.id: rule for rule in plan.ruleset.rules if rule.kind == "engine"} | {r.id: r for r in plan.rules}
    return Job(
        rules=[rules[name] for name in sorted(rules)],
        lang=plan.config.lang,
        root=os.getcwd(),
        outcomes=options.show_outcomes,
        source=not options.quiet,
        colour=_colour(sys.stdout),
    )


def workspace_of(options: Any) -> Workspace:
    """What applies to the files, by the options and the configuration files."""

    def split(words: list[str]) -> tuple[str, ...]:
        return tuple(part.strip() for word in words for part in word.split(",") if part.strip())

    base = Config(
        select=split(options.select), extend_select=split(options.extend_select), ignore=split(options.ignore)
    )
    return Workspace(
        given={name: getattr(options, name) for name in ("profile", "lang", "year", "edition", "body_kind")},
        base=base,
        config_file=options.config,
        own_rules=options.own_rules,
        baseline=options.baseline,
        suppressions=not options.no_suppressions,
    )


def _linted(files: list[str], options: Any, workspace: Workspace) -> Iterator[Report]:
    """The reports, with a progress bar on a terminal when it takes long."""
    started = time.monotonic()
    shown = False
    for number, report in enumerate(_reports(files, options, workspace), 1):
        yield report
        if sys.stderr.isatty() and not options.quiet and len(files) > 1 and time.monotonic() - started > _PATIENCE:
            shown = True
            done = _BAR * number // len(files)
            sys.stderr.write(f"\r[{'#' * done}{'.' * (_BAR - done)}] {number}/{len(files)}")
            sys.stderr.flush()
    if shown:
        sys.stderr.write("\r" + " " * (_BAR + 24) + "\r")


def _reports(files: list[str], options: Any, workspace: Workspace) -> Iterator[Report]:
    """The reports in the order of the files, made by several processes where that was asked for."""
    jobs = options.jobs or os.cpu_count() or 1
    if jobs > 1 and len(files) > 1 and "-" not in files:
        from giro_lint.parallel import lint_files

        yield from lint_files(files, workspace, min(jobs, len(files)))
        return
    for name in files:
        if name == "-":
            path = options.stdin_filename
            yield lint_bytes(sys.stdin.buffer.read(), path=path, plan=workspace.plan_for(path))
        else:
            yield lint_file(name, plan=workspace.plan_for(name))


def _configurations(workspace: Workspace, reports: list[Report]) -> list[Report]:
    """What is to be said of the configuration files of a run."""
    if not workspace.suppresses:
        return []
    import datetime as dt

    from giro_lint.settings.idle import configuration_reports

    return list(configuration_reports(workspace, reports, dt.datetime.now(tz=dt.UTC).date()))


def _colour(stream: object) -> bool:
    isatty = getattr(stream, "isatty", None)
    return bool(isatty and isatty()) and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"


def conclude(reports: list[Report], options: Any, lang: str, *, to_screen: bool) -> None:
    """Write statistics and summary, to standard error where another format has standard output."""
    style = TextStyle(lang)
    stream = sys.stdout if to_screen else sys.stderr
    if options.statistics:
        stream.write(render_statistics(reports, style))
    if not options.quiet:
        totals = {severity: sum(report.count(severity) for report in reports) for severity in Severity}
        held = sum(len(report.suppressed) for report in reports)
        stream.write(render_summary(len(reports), totals, held, style))


def status_of(reports: list[Report], fail_on: str) -> int:
    """The exit status of some reports."""
    if not all(report.done for report in reports):
        return 2
    if fail_on == "never":
        return 0
    least = Severity(fail_on).rank
    return int(any(d.severity.rank >= least for report in reports for d in report.diagnostics))
