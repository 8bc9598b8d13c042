"""The command ``annotate``: the findings of a Word document as comments in it. May import: api, word, reporting, settings, model."""

from __future__ import annotations

import argparse
import os
import sys

from giro_lint.api import lint_file, read_file
from giro_lint.cli.check import conclude, status_of, workspace_of
from giro_lint.model.errors import GiroLintError, ReadError
from giro_lint.model.files import write_atomically
from giro_lint.word.comments import annotate_bytes

_WORDS = {"zh": "{target}：{count} 条批注。\n", "en": "{target}: {count} comment(s).\n"}


def run_annotate(options: argparse.Namespace) -> int:
    """Write a copy of a Word document with its findings as comments.

    Returns:
        The exit status, as of ``check``.

    Raises:
        GiroLintError: for a file that cannot be annotated, or a target that is there already.

    """
    path, target = options.path, options.output or _beside(options.path)
    if not options.force and os.path.lexists(target):
        raise GiroLintError(
            f"{target}: 已经存在，没有改动；--force 覆盖 / exists already and was left alone; --force replaces it"
        )
    workspace = workspace_of(options)
    plan = workspace.plan_for(path)
    try:
        data = read_file(path)
    except ReadError:
        found = lint_file(path, plan=plan).diagnostics
        raise GiroLintError("; ".join(f"{path}: {each.rule} {each.message}" for each in found)) from None
    annotated = annotate_bytes(data, path=path, plan=plan)
    try:
        write_atomically(target, annotated.data)
    except OSError as problem:
        raise GiroLintError(f"{target}: 无法写入 / cannot be written: {problem.strerror}") from None
    lang = plan.config.lang
    if not options.quiet:
        sys.stdout.write(_WORDS[lang].format(target=target, count=annotated.count))
    conclude([annotated.report], options, lang, to_screen=True)
    return status_of([annotated.report], options.fail_on)


def _beside(path: str) -> str:
    """The name of the copy: that of the document with ``.reviewed`` before its ending."""
    stem, ending = os.path.splitext(path)
    return f"{stem}.reviewed{ending}"
