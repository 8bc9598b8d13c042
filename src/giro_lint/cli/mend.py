"""``check --fix`` and ``check --diff``. May import: fixing, settings, reporting, cli.check, model."""

from __future__ import annotations

import argparse
import sys
from difflib import unified_diff

from giro_lint.api import lint_file, read_file
from giro_lint.cli.check import conclude, in_colour, status_of
from giro_lint.fixing import Mended, fix_bytes
from giro_lint.model.errors import ConfigError, GiroLintError, ReadError
from giro_lint.model.files import write_atomically
from giro_lint.model.report import Report
from giro_lint.reporting.text import TextStyle, render_file
from giro_lint.settings.workspace import Workspace


def run_mend(options: argparse.Namespace, files: list[str], workspace: Workspace) -> int:
    """Mend files, or show what would be mended; then report what is left as ``check`` does.

    With ``--diff`` nothing is written, and the exit status is 1 when something would be.
    """
    if "-" in files:
        raise ConfigError("--fix 不能用于标准输入 / --fix cannot mend standard input; name a file")
    lang = options.lang or workspace.applied_to(files[0])["lang"].value
    style = TextStyle(lang, in_colour(sys.stdout), source=not options.quiet)
    reports: list[Report] = []
    count = 0
    for name in files:
        plan = workspace.plan_for(name)
        try:
            data = read_file(name)
        except ReadError:
            reports.append(lint_file(name, plan=plan))
            continue
        mended = fix_bytes(data, path=name, plan=plan, unsafe=options.unsafe)
        count += mended.count
        reports.append(mended.report)
        if options.diff:
            sys.stdout.write(_diff(name, mended))
        elif mended.count:
            _write(name, mended.data)
    if options.diff:
        return 2 if not all(report.done for report in reports) else int(count > 0)
    for report in reports:
        sys.stdout.write(render_file(report, style))
    if not options.quiet:
        sys.stdout.write(f"改正 {count} 处。\n" if lang == "zh" else f"{count} fix(es) applied.\n")
    conclude(reports, options, style, to_screen=True)
    return status_of(reports, options.fail_on)


def _write(name: str, data: bytes) -> None:
    try:
        write_atomically(name, data)
    except OSError as problem:
        raise GiroLintError(f"{name}: {problem.strerror}; 没有改动 / left as it was") from None


def _diff(name: str, mended: Mended) -> str:
    """What would change, as a unified diff; only LF, CRLF and CR end its lines."""
    before, after = (_lines(text) for text in (mended.before, mended.after))
    lines = unified_diff(before, after, f"a/{name}", f"b/{name}", lineterm="")
    return "".join(f"{line}\n" for line in lines)


def _lines(text: str) -> list[str]:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return lines[:-1] if not lines[-1] else lines
