"""The command line: parses options, dispatches, and turns errors into exit statuses. May import: argparse; the commands when they run.

Exit status: 0 nothing at or above ``--fail-on``, 1 findings at or above it, 2 the job could not be done.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

from giro_lint._version import __version__

_TROUBLE = 2


class _Parser(argparse.ArgumentParser):
    """A parser whose errors are one line with a hint, in the exit status of the contract."""

    def error(self, message: str) -> NoReturn:
        sys.stderr.write(f"giro-lint: {message}\n{self.prog} --help 列出用法 / lists what can be given\n")
        raise SystemExit(_TROUBLE)


def build_parser() -> argparse.ArgumentParser:
    """The parser of all commands."""
    parser = _Parser(
        prog="giro-lint",
        description="检查政府信息公开工作年度报告 / checks annual reports on open government information",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"giro-lint {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True, parser_class=_Parser)
    _check(commands.add_parser("check", help="检查报告 / lint reports", allow_abbrev=False))
    explain = commands.add_parser("explain", help="说明一条规则 / explain a rule", allow_abbrev=False)
    explain.add_argument("rule", metavar="RULE", help="规则编号或名称 / id or name of a rule")
    rules = commands.add_parser("rules", help="列出规则 / list the rules", allow_abbrev=False)
    rules.add_argument("--format", choices=("table", "json"), default="table")
    extract = commands.add_parser("extract", help="把报告转成数据 / the report as data", allow_abbrev=False)
    extract.add_argument("path", metavar="PATH", help="文件或 - / a file or -")
    extract.add_argument("--format", choices=("json", "csv", "text"), default="json")
    tests = commands.add_parser("test-rules", help="运行规则的示例 / run the examples of rules", allow_abbrev=False)
    tests.add_argument(
        "path",
        metavar="PATH",
        nargs="*",
        help="自定义规则文件，默认内置规则 / own rule files; built-in rules by default",
    )
    schema = commands.add_parser("schema", help="输出 JSON Schema / print a JSON schema", allow_abbrev=False)
    schema.add_argument("name", choices=("report", "rules", "config"))
    baseline = commands.add_parser("baseline", help="已知问题的基线 / findings that are known", allow_abbrev=False)
    baseline.add_argument("action", choices=("write", "check", "prune"))
    baseline.add_argument("paths", metavar="PATH", nargs="*", help="文件、目录 / files, folders")
    baseline.add_argument("--file", default="giro-lint.baseline", metavar="FILE", help="基线文件 / baseline file")
    config = commands.add_parser("config", help="查看生效的配置 / what configuration applies", allow_abbrev=False)
    config.add_argument("action", choices=("show",))
    config.add_argument("path", metavar="FILE", help="报告 / a report")
    for command in (baseline, config):
        command.add_argument("--config", metavar="FILE", help="配置文件 / configuration file")
    init = commands.add_parser("init", help="写一份配置文件 / write a configuration file", allow_abbrev=False)
    init.add_argument("folder", metavar="FOLDER", nargs="?", default=".")
    commands.add_parser("lsp", help="编辑器的语言服务器 / language server for editors", allow_abbrev=False)
    completion = commands.add_parser("completion", help="命令行补全脚本 / completion for a shell", allow_abbrev=False)
    completion.add_argument("shell", choices=("bash", "zsh", "fish", "tcsh", "powershell"))
    for command in (explain, rules, extract, tests, baseline):
        command.add_argument("--lang", choices=("zh", "en"), default="zh")
    for command in (explain, rules):
        command.add_argument(
            "--rules",
            action="append",
            default=[],
            metavar="FILE",
            dest="own_rules",
            help="另加的规则文件 / further rules",
        )
    return parser


def _jobs(word: str) -> int:
    number = int(word)
    if not 0 <= number <= 256:
        raise ValueError
    return number


def _check(check: argparse.ArgumentParser) -> None:
    check.add_argument(
        "paths",
        metavar="PATH",
        nargs="*",
        help="文件、目录或 -（标准输入），默认当前目录 / files, folders or - for stdin",
    )
    check.add_argument(
        "-f",
        "--format",
        action="append",
        default=[],
        metavar="FORMAT[=FILE]",
        help="text 或 json，可重复 / text or json, repeatable",
    )
    for option in ("--select", "--extend-select", "--ignore"):
        check.add_argument(
            option,
            action="append",
            default=[],
            metavar="RULES",
            help="规则编号或前缀，逗号分隔 / ids or prefixes, comma-separated",
        )
    check.add_argument("--profile", metavar="NAME", help="recommended, strict, all")
    check.add_argument(
        "--fail-on",
        choices=("error", "warning", "info", "never"),
        default="error",
        help="达到此级别时退出状态为 1 / status 1 at or above",
    )
    check.add_argument("--year", type=int, metavar="YYYY", help="报告年度 / report year")
    check.add_argument("--edition", metavar="2019|2021", help="按此版格式检查 / check against this edition")
    check.add_argument("--body-kind", metavar="KIND", help="机关类型 / kind of body")
    check.add_argument(
        "--rules", action="append", default=[], metavar="FILE", dest="own_rules", help="另加的规则文件 / further rules"
    )
    check.add_argument(
        "--config", metavar="FILE", help="配置文件，默认逐级向上查找 / configuration, else found upwards"
    )
    check.add_argument("--baseline", metavar="FILE", help="基线：已知问题不再显示 / findings that are known")
    check.add_argument("--no-suppressions", action="store_true", help="不用抑制和基线 / no suppressions, no baseline")
    check.add_argument("--fix", action="store_true", help="改正有把握的问题 / mend what is certain")
    check.add_argument("--unsafe", action="store_true", help="与 --fix 同用，也改数字 / with --fix: figures as well")
    check.add_argument("--diff", action="store_true", help="只显示会怎样改 / show what --fix would change")
    check.add_argument("--jobs", type=_jobs, default=1, metavar="N", help="进程数，0 为按 CPU / processes, 0 by CPU")
    check.add_argument("--lang", choices=("zh", "en"))
    check.add_argument("--stdin-filename", default="<stdin>", metavar="NAME", help="标准输入的文件名 / name of stdin")
    check.add_argument("--quiet", action="store_true", help="不显示原文和总结 / no source lines, no summary")
    check.add_argument("--statistics", action="store_true", help="各规则出现次数 / how often each rule spoke")
    check.add_argument("--show-outcomes", action="store_true", help="每条规则的结果 / how each rule ended")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command.

    Args:
        arguments: what stands behind the program's name; by default the process's.

    Returns:
        The exit status.

    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        options = build_parser().parse_args(arguments)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else _TROUBLE
    from giro_lint.model.errors import GiroLintError

    try:
        return _run(options)
    except GiroLintError as problem:
        sys.stderr.write(f"giro-lint: {problem}\n")
        return _TROUBLE
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _TROUBLE
    except KeyboardInterrupt:
        return 130


def _run(options: argparse.Namespace) -> int:
    if options.command == "check":
        from giro_lint.cli.check import run_check

        return run_check(options)
    if options.command == "baseline":
        from giro_lint.cli.baseline import run_baseline

        return run_baseline(options)
    if options.command == "lsp":
        return _serve()
    if options.command == "completion":
        return _complete(options.shell)
    if options.command in {"config", "init"}:
        from giro_lint.cli import setup

        return setup.run_init(options) if options.command == "init" else setup.run_config_show(options)
    from giro_lint.cli import info

    return {
        "explain": info.run_explain,
        "rules": info.run_rules,
        "extract": info.run_extract,
        "test-rules": info.run_test_rules,
        "schema": info.run_schema,
    }[options.command](options)


def _complete(shell: str) -> int:
    """Print the completion script of a shell, if the extra is installed."""
    from giro_lint.model.errors import ConfigError

    try:
        from shtab import complete
    except ImportError:
        raise ConfigError(
            "补全脚本需要另外安装：pip install 'giro-lint[completion]' / completion scripts need an extra"
        ) from None
    sys.stdout.write(complete(build_parser(), shell))
    return 0


def _serve() -> int:
    """Run the language server, if its extra is installed."""
    from giro_lint.model.errors import ConfigError

    try:
        from giro_lint.lsp.server import run_server
    except ImportError as problem:
        raise ConfigError(
            f"语言服务器需要另外安装：pip install 'giro-lint[lsp]' / the language server needs an extra ({problem.name})"
        ) from None
    return run_server()
