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
STDIN = "<stdin>"
"""What standard input is called unless an option says otherwise."""
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
    "stdin_filename": STDIN,
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


def version() -> str:
    """Name, version and the editions of the form that are known, told by their files."""
    from giro_lint.ruleset.store import rule_files

    editions = [os.path.basename(name).removesuffix(".yaml") for name in rule_files("editions")]
    return f"giro-lint {__version__} (editions {', '.join(editions)})"


def main(arguments: Sequence[str] | None = None, *, alone: bool = False) -> int:
    """Run the command.

    Args:
        arguments: what stands behind the program's name; by default the process's.
        alone: whether the process does nothing else.

    Returns:
        The exit status.

    """
    _ready_streams()
    words = sys.argv[1:] if arguments is None else list(arguments)
    try:
        status = _commanded(words, alone=alone)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return 130
    except OSError as problem:
        if problem.filename:
            _tell(f"{problem.filename}: 读写失败 / cannot be read or written: {problem.strerror}")
            return _TROUBLE
        _let_go_of_output()
        if not isinstance(problem, BrokenPipeError):
            _tell(f"无法写出结果 / the output cannot be written: {problem.strerror or problem}")
        return _TROUBLE
    except Exception as problem:
        if sys.flags.dev_mode:
            raise
        _tell(_crash(problem))
        return _TROUBLE
    return status


def _ready_streams() -> None:
    """Streams that were closed read and write nothing; the others write UTF-8, whatever the terminal says."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115  open to the end of the process
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _commanded(words: list[str], *, alone: bool) -> int:
    """Do what the words say; the exit status."""
    if words == ["--version"]:
        sys.stdout.write(f"{version()}\n")
        return 0
    try:
        options = _options(words)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else _TROUBLE
    from giro_lint.model.errors import GiroLintError

    try:
        return _run(options, alone=alone)
    except GiroLintError as problem:
        _tell(str(problem))
        return _TROUBLE


def _tell(message: str) -> None:
    """Write a message to standard error, where there is one that can be written to."""
    import contextlib

    with contextlib.suppress(OSError):
        sys.stderr.write(f"giro-lint: {message}\n")


def _let_go_of_output() -> None:
    """Send what is still to be written nowhere, so that the end of the process does not fail on it again."""
    import contextlib

    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _crash(problem: Exception) -> str:
    """What a fault of this program is called in one line; ``python -X dev`` shows the whole course of it."""
    import traceback

    frames = traceback.extract_tb(problem.__traceback__)
    place = f"{os.path.basename(frames[-1].filename)}:{frames[-1].lineno}" if frames else ""
    words = " ".join(f"{type(problem).__name__}: {problem}".split())[:200]
    return f"程序内部出错，请报告这个问题 / an internal error, please report it: {words} ({place}; {__version__})"


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
