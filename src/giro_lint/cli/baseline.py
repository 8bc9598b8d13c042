"""The command ``baseline``: write, check, prune. May import: api, baseline, settings, model."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Iterator

from giro_lint.api import find_files, lint_file
from giro_lint.baseline import Baseline, Entry
from giro_lint.model.errors import GiroLintError
from giro_lint.model.report import Report
from giro_lint.settings.workspace import Workspace


def run_baseline(options: argparse.Namespace) -> int:
    """Write the findings of today, tell what is new and stale, or drop what is stale; status 2 for a file that could not be checked."""
    if os.path.exists(options.file) and not os.path.isfile(options.file):
        raise GiroLintError(
            f"{options.file}: 不是普通文件，请用 --file 换一个名称 / no regular file; give another name with --file"
        )
    if options.action == "write":
        reports = list(_reports(options))
        found = Baseline.of(options.file, reports)
        found.write()
        sys.stdout.write(
            _words(
                options, f"{options.file}：{len(found.entries)} 条\n", f"{options.file}: {len(found.entries)} entries\n"
            )
        )
        return _unread(reports)
    known = Baseline.read(options.file)
    reports = list(_reports(options))
    now = set(Baseline.of(options.file, reports).entries)
    looked_at = {known.name_of(report.path) for report in reports if report.done}
    stale = [entry for entry in known.entries if entry not in now and _known_gone(entry, known, looked_at)]
    new = sorted(now - set(known.entries))
    for entry in stale:
        sys.stdout.write(_words(options, f"已过时 {_line(entry)}\n", f"stale {_line(entry)}\n"))
    if options.action == "prune":
        known.without(stale).write()
        return _unread(reports)
    for entry in new:
        sys.stdout.write(_words(options, f"新问题 {_line(entry)}\n", f"new {_line(entry)}\n"))
    return _unread(reports) or int(bool(stale or new))


def _unread(reports: Iterable[Report]) -> int:
    """Say which files could not be checked; 2 where there are some."""
    missed = [report for report in reports if not report.done]
    for report in missed:
        sys.stderr.write("".join(f"{report.path}: {found.rule} {found.message}\n" for found in report.diagnostics))
    return 2 if missed else 0


def _reports(options: argparse.Namespace) -> Iterator[Report]:
    """The reports of the files, linted without the baseline; files and folders as for ``check``."""
    workspace = Workspace(config_file=options.config, use_baseline=False)
    for path in find_files(options.paths or ["."]):
        yield lint_file(path, plan=workspace.plan_for(path))


def _known_gone(entry: Entry, known: Baseline, looked_at: set[str]) -> bool:
    """Whether a missing finding is gone for good: its file was looked at or does not exist any more."""
    return entry.path in looked_at or not os.path.exists(os.path.join(known.folder, entry.path))


def _line(entry: Entry) -> str:
    return f"{entry.path} {entry.rule} {entry.anchor} {entry.fingerprint}"


def _words(options: argparse.Namespace, chinese: str, english: str) -> str:
    return chinese if options.lang == "zh" else english
