"""The commands that need a library of their own: ``lsp`` and ``completion``. May import: lsp, options, model; shtab."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator

from giro_lint.model.errors import ConfigError


def run_lsp(_: argparse.Namespace) -> int:
    """Run the language server on standard input and output."""
    try:
        from giro_lint.lsp.server import run_server
    except ImportError as problem:
        raise ConfigError(
            "语言服务器需要另外安装：pip install 'giro-lint[lsp]' / "
            f"the language server needs an extra: pip install 'giro-lint[lsp]' ({problem.name})"
        ) from None
    return run_server()


def run_completion(options: argparse.Namespace) -> int:
    """Print the completion script of a shell."""
    try:
        from shtab import DIRECTORY, FILE, complete
    except ImportError:
        raise ConfigError(
            "补全脚本需要另外安装：pip install 'giro-lint[completion]' / "
            "completion scripts need an extra: pip install 'giro-lint[completion]'"
        ) from None
    from giro_lint.cli.options import build_parser

    parser = build_parser()
    completed = {"PATH": FILE, "FILE": FILE, "FOLDER": DIRECTORY}
    for action in _actions(parser):
        if action.metavar in completed:
            action.complete = completed[action.metavar]  # type: ignore[attr-defined]
    sys.stdout.write(complete(parser, options.shell))
    return 0


def _actions(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    """The options and arguments of a parser and of its commands."""
    for action in parser._actions:  # noqa: SLF001  argparse has no other way to them
        yield action
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            for command in action.choices.values():
                yield from _actions(command)
