"""The command ``check``. May import: api, reporting, model."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Iterator

from giro_lint.api import find_files, lint_bytes, lint_file
from giro_lint.config import Config
from giro_lint.model.diagnostic import Severity
from giro_lint.model.errors import ConfigError, GiroLintError
from giro_lint.model.report import Report
from giro_lint.reporting.text import TextStyle, render_file, render_outcomes, render_statistics, render_summary
from giro_lint.settings.workspace import Workspace

_ENDINGS = ".txt .md .html .docx .pdf .doc .wps"
_FORMATS = ("text", "json")
_PATIENCE = 1.0
_BAR = 24


def run_check(options: argparse.Namespace) -> int:
    """Lint, write every format asked for, and tell the exit status."""
    outputs = [_output(word) for word in options.format or ["text"]]
    workspace = workspace_of(options)
    names = list(options.paths) or ["."]
    files = [name for path in names for name in ([path] if path == "-" else find_files([path]))]
    if not files:
        raise GiroLintError(f"{', '.join(names)}: 没有找到可检查的文件（{_ENDINGS}） / no file to check ({_ENDINGS})")
    if options.fix or options.diff:
        from giro_lint.cli.mend import run_mend

        return run_mend(options, files, workspace)
    lang = options.lang or workspace.applied_to(files[0])["lang"].value
    to_screen = ("text", "") in outputs
    style = TextStyle(lang, in_colour(sys.stdout), source=not options.quiet)
    reports: list[Report] = []
    for report in _linted(files, options, workspace):
        reports.append(report)
        if to_screen:
            sys.stdout.write(render_file(report, style))
            if options.show_outcomes:
                sys.stdout.write(render_outcomes(report, style))
    for name, target in outputs:
        if (name, target) != ("text", ""):
            _write(name, target, reports, options)
    conclude(reports, options, style, to_screen=to_screen)
    return status_of(reports, options.fail_on)


def _output(word: str) -> tuple[str, str]:
    name, _, target = word.partition("=")
    if name not in _FORMATS:
        raise ConfigError(f"unknown format {name!r}; known: {', '.join(_FORMATS)}")
    return name, target


def workspace_of(options: argparse.Namespace) -> Workspace:
    """What applies to the files, by the options and the configuration files."""

    def split(words: list[str]) -> tuple[str, ...]:
        return tuple(part.strip() for word in words for part in word.split(",") if part.strip())

    given = {name: getattr(options, name) for name in ("profile", "lang", "year", "edition", "body_kind")}
    base = Config(
        select=split(options.select), extend_select=split(options.extend_select), ignore=split(options.ignore)
    )
    return Workspace(
        given=given,
        base=base,
        config_file=options.config,
        own_rules=options.own_rules,
        baseline=options.baseline,
        suppressions=not options.no_suppressions,
    )


def _linted(files: list[str], options: argparse.Namespace, workspace: Workspace) -> Iterator[Report]:
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


def _reports(files: list[str], options: argparse.Namespace, workspace: Workspace) -> Iterator[Report]:
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


def in_colour(stream: object) -> bool:
    """Whether a stream is a terminal that shows colours and the user did not refuse them."""
    isatty = getattr(stream, "isatty", None)
    return bool(isatty and isatty()) and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"


def _write(name: str, target: str, reports: list[Report], options: argparse.Namespace) -> None:
    """Write a format to its file, or to standard output."""
    if name == "json":
        from giro_lint.reporting.json import render_json

        content = render_json(reports, outcomes=options.show_outcomes)
    else:
        content = "".join(render_file(report, TextStyle(options.lang or "zh")) for report in reports)
    if not target:
        sys.stdout.write(content)
        return
    try:
        with open(target, "w", encoding="utf-8", newline="\n") as file:
            file.write(content)
    except OSError as problem:
        raise GiroLintError(f"{target}: {problem.strerror}") from None


def conclude(reports: list[Report], options: argparse.Namespace, style: TextStyle, *, to_screen: bool) -> None:
    """Write the summary, to standard error where another format has standard output."""
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
