"""The commands that need a library of their own: ``lsp`` and ``completion``. May import: lsp, options, model; shtab."""

from __future__ import annotations

import argparse
import sys

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
        from shtab import complete
    except ImportError:
        raise ConfigError(
            "补全脚本需要另外安装：pip install 'giro-lint[completion]' / "
            "completion scripts need an extra: pip install 'giro-lint[completion]'"
        ) from None
    from giro_lint.cli.options import build_parser

    sys.stdout.write(complete(build_parser(), options.shell))
    return 0
