"""The command line: parses options, dispatches, and turns errors into exit statuses. May import: argparse; the commands when they run.

Exit status: 0 nothing at or above ``--fail-on``, 1 findings at or above it, 2 the job could not be done.
"""

from __future__ import annotations

import os
import sys

from giro_lint._version import __version__

TYPE_CHECKING = False  # as in `typing`, which is not needed to tell the version
if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence
    from types import SimpleNamespace
    from typing import Any

_TROUBLE = 2
CHECK_DEFAULTS: dict[str, Any] = {
    "format": [],
    "select": [],
    "extend_select": [],
    "ignore": [],
    "profile": None,
    "fail_on": "error",
    "year": None,
    "edition": None,
    "body_kind": None,
    "own_rules": [],
    "config": None,
    "baseline": None,
    "no_suppressions": False,
    "fix": False,
    "unsafe": False,
    "track": False,
    "diff": False,
    "jobs": 1,
    "lang": None,
    "stdin_filename": "<stdin>",
    "quiet": False,
    "statistics": False,
    "show_outcomes": False,
}
"""What `check` does unless an option says otherwise."""


_HOMES = {
    "explain": ("info", "run_explain"),
    "rules": ("info", "run_rules"),
    "extract": ("info", "run_extract"),
    "test-rules": ("info", "run_test_rules"),
    "schema": ("info", "run_schema"),
    "annotate": ("annotate", "run_annotate"),
    "baseline": ("baseline", "run_baseline"),
    "config": ("setup", "run_config_show"),
    "init": ("setup", "run_init"),
    "lsp": ("extras", "run_lsp"),
    "completion": ("extras", "run_completion"),
}
"""Module and function of every command but ``check``."""


def entry() -> int:
    """Run the command as a process of its own: start-up makes no garbage to look for, and the end leaves memory to the system.

    Returns:
        The exit status, where the process does not end here: while it is traced, or when Python stays open behind it.

    """
    import atexit
    import gc

    gc.disable()  # `check` turns it on again before it lints
    status = main(alone=True)
    if sys.gettrace() or sys.getprofile() or sys.flags.inspect or not hasattr(atexit, "_run_exitfuncs"):
        return status
    atexit._run_exitfuncs()  # noqa: SLF001  what has to happen at the end does; only taking everything apart is spared
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:  # nobody reads any more
        status = _TROUBLE
    os._exit(status)


def main(arguments: Sequence[str] | None = None, *, alone: bool = False) -> int:
    """Run the command.

    Args:
        arguments: what stands behind the program's name; by default the process's.
        alone: whether the process does nothing else.

    Returns:
        The exit status.

    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    words = sys.argv[1:] if arguments is None else list(arguments)
    if words == ["--version"]:
        sys.stdout.write(f"giro-lint {__version__}\n")
        return 0
    try:
        options = _options(words)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else _TROUBLE
    from giro_lint.model.errors import GiroLintError

    try:
        return _run(options, alone=alone)
    except GiroLintError as problem:
        sys.stderr.write(f"giro-lint: {problem}\n")
        return _TROUBLE
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _TROUBLE
    except KeyboardInterrupt:
        return 130


def _options(words: list[str]) -> SimpleNamespace | argparse.Namespace:
    """The options; those of ``check`` and paths alone are told without argparse, which takes as long as linting a report."""
    if words[:1] == ["check"] and not any(word.startswith("-") for word in words if word != "-"):
        from types import SimpleNamespace

        return SimpleNamespace(command="check", paths=words[1:], **CHECK_DEFAULTS)
    from giro_lint.cli.options import build_parser

    return build_parser(words[0] if words else "").parse_args(words)


def _run(options: Any, *, alone: bool) -> int:
    if options.command == "check":
        from giro_lint.cli.check import run_check
        from giro_lint.model.matchers import missing

        status = run_check(options, alone=alone)
        if missing():
            from giro_lint.preparing import prepare_table_if_due

            prepare_table_if_due()
        return status
    return _other(options)


def _other(options: Any) -> int:
    """Run a command other than ``check``."""
    from importlib import import_module

    module, function = _HOMES[options.command]
    status: int = getattr(import_module(f"giro_lint.cli.{module}"), function)(options)
    return status
