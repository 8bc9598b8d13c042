"""The options of the command line. May import: argparse.

Only the parser of the command that was given is built: each costs as much as linting a short report.
"""

from __future__ import annotations

import argparse
import os
import sys

from giro_lint.cli import CHECK_DEFAULTS, STDIN, version

TYPE_CHECKING = False  # as in `typing`, which is not needed to tell what is wrong with an option
if TYPE_CHECKING:
    from typing import Any, NoReturn

_TROUBLE = 2
_USUAL_WIDTH = 80
_MOST_JOBS = 256


class _Formatter(argparse.HelpFormatter):
    """Help whose first word is in both languages."""

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, "用法 / usage: " if prefix is None else prefix)


class _Parser(argparse.ArgumentParser):
    """A parser whose errors are one line with a hint, in the exit status of the contract; options may stand between paths."""

    _between = False

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Parse; a command with several paths takes those behind an option as well."""
        several = next((action for action in self._actions if action.nargs == "*"), None)
        if several is None or self._between:
            return super().parse_known_args(args, namespace)
        words = list(sys.argv[1:] if args is None else args)
        stop = words.index("--") if "--" in words else len(words)
        self._between = True
        if self.usage is None:  # argparse would make it, and take the English word from its front
            formatter = self._get_formatter()
            formatter.add_usage(None, self._actions, self._mutually_exclusive_groups, "")
            self.usage = formatter.format_help().strip()
        try:
            found, unknown = self.parse_known_intermixed_args(words[:stop], namespace)
        finally:
            self._between = False
        setattr(found, several.dest, [*getattr(found, several.dest), *words[stop + 1 :]])
        return found, unknown

    def _asked_command(self) -> argparse.ArgumentParser:
        """The parser of the command that was given, if one was, for what argparse notices behind it."""
        found = [parser for action in self._actions if action.dest == "command" for parser in action.choices or ()]
        return self._actions[-1].choices[found[0]] if len(found) == 1 else self  # type: ignore[index]

    def error(self, message: str) -> NoReturn:
        from giro_lint.cli.refusals import refusal

        asked = self._asked_command()
        said = refusal(message, asked._option_string_actions)  # noqa: SLF001
        sys.stderr.write(f"giro-lint: {said}\n{asked.prog} --help 列出用法 / lists what can be given\n")
        raise SystemExit(_TROUBLE)


def build_parser(only: str = "") -> argparse.ArgumentParser:
    """The parser.

    Args:
        only: the command that was given; what is no command builds the parsers of all.

    """
    parser = _Parser(
        prog="giro-lint",
        description="检查政府信息公开工作年度报告 / checks annual reports on open government information",
        allow_abbrev=False,
        formatter_class=_formatter,
        add_help=False,
    )
    _help(parser)
    parser.add_argument("--version", action="version", version=version(), help="显示版本 / show the version")
    commands = parser.add_subparsers(
        title="命令 / commands",
        prog="giro-lint",
        dest="command",
        metavar="COMMAND",
        required=True,
        parser_class=_Parser,
    )
    for name, (words, options) in _COMMANDS.items():
        if only not in _COMMANDS or name == only:
            command = commands.add_parser(
                name, help=words, description=words, allow_abbrev=False, formatter_class=_formatter, add_help=False
            )
            _help(command)
            options(command)
    return parser


def _help(parser: argparse.ArgumentParser) -> None:
    """Give a parser its option for help, and call the groups of its arguments in both languages."""
    parser.add_argument("-h", "--help", action="help", help="显示用法 / show what can be given")
    parser._positionals.title = "参数 / arguments"  # noqa: SLF001  argparse has no other way to these
    parser._optionals.title = "选项 / options"  # noqa: SLF001


def _formatter(prog: str) -> argparse.HelpFormatter:
    """Formats help as wide as the terminal; told its width, argparse need not import what it would ask."""
    try:
        width = int(os.environ.get("COLUMNS", "")) or _USUAL_WIDTH
    except ValueError:
        try:
            width = os.get_terminal_size(sys.__stdout__.fileno()).columns or _USUAL_WIDTH  # type: ignore[union-attr]
        except (AttributeError, ValueError, OSError):
            width = _USUAL_WIDTH
    return _Formatter(prog, width=width - 2)


def _check(check: argparse.ArgumentParser) -> None:
    check.set_defaults(**CHECK_DEFAULTS)
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
        metavar="FORMAT[=FILE]",
        help="格式，可重复 / formats, repeatable: text, json, jsonl, sarif, github, gitlab, junit, html",
    )
    _judged(check)
    check.add_argument("--fix", action="store_true", help="改正有把握的问题 / mend what is certain")
    check.add_argument("--unsafe", action="store_true", help="与 --fix 同用，也改数字 / with --fix: figures as well")
    check.add_argument(
        "--track",
        action="store_true",
        help="与 --fix 同用：Word 文件以修订方式修改 / with --fix: Word files, as tracked changes",
    )
    check.add_argument("--diff", action="store_true", help="只显示会怎样改 / show what --fix would change")
    check.add_argument("--jobs", type=_jobs, metavar="N", help="进程数，0 为按 CPU / processes, 0 by CPU")
    _stdin_name(check)
    check.add_argument("--quiet", action="store_true", help="不显示原文和总结 / no source lines, no summary")
    check.add_argument("--statistics", action="store_true", help="各规则出现次数 / how often each rule spoke")
    check.add_argument("--show-outcomes", action="store_true", help="每条规则的结果 / how each rule ended")


def _annotate(annotate: argparse.ArgumentParser) -> None:
    annotate.set_defaults(**CHECK_DEFAULTS)
    annotate.add_argument("path", metavar="PATH", help="Word 文件（.docx、.docm） / a Word document (.docx, .docm)")
    annotate.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        help="写到哪里，默认 名称.reviewed.docx / where to; NAME.reviewed.docx by default",
    )
    annotate.add_argument("--force", action="store_true", help="覆盖已有的文件 / replace a file that exists")
    _judged(annotate)
    annotate.add_argument("--quiet", action="store_true", help="不显示总结 / no summary")


def _judged(command: argparse.ArgumentParser) -> None:
    """What a report is judged by, and what the exit status depends on."""
    for option, words in (
        (
            "--select",
            "只运行这些规则（编号或前缀，逗号分隔） / run these rules alone: ids or prefixes, comma-separated",
        ),
        ("--extend-select", "另外运行这些规则 / run these rules as well"),
        ("--ignore", "不运行这些规则 / leave these rules out"),
    ):
        command.add_argument(option, action="append", default=[], metavar="RULES", help=words)
    command.add_argument(
        "--profile", metavar="NAME", help="规则组合，默认 recommended / set of rules: recommended, strict, all"
    )
    command.add_argument(
        "--fail-on",
        choices=("error", "warning", "info", "never"),
        help="达到此级别时退出状态为 1，默认 error / status 1 at or above, by default error",
    )
    command.add_argument("--year", type=_year, metavar="YYYY", help="报告年度 / report year")
    command.add_argument("--edition", metavar="2019|2021", help="按此版格式检查 / check against this edition")
    command.add_argument(
        "--body-kind", metavar="KIND", help="机关类型，如 department / kind of body, such as department"
    )
    _own_rules(command)
    _configured(command)
    command.add_argument("--baseline", metavar="FILE", help="基线：已知问题不再显示 / findings that are known")
    command.add_argument("--no-suppressions", action="store_true", help="不用抑制和基线 / no suppressions, no baseline")
    command.add_argument("--lang", choices=("zh", "en"), help="语言，默认 zh / language")


def _explain(explain: argparse.ArgumentParser) -> None:
    explain.add_argument("rule", metavar="RULE", help="规则编号或名称 / id or name of a rule")
    _language(explain)
    _own_rules(explain)


def _rules(rules: argparse.ArgumentParser) -> None:
    rules.add_argument("--format", choices=("table", "json"), default="table", help="格式，默认 table / format")
    _language(rules)
    _own_rules(rules)


def _extract(extract: argparse.ArgumentParser) -> None:
    extract.add_argument("path", metavar="PATH", help="文件或 - / a file or -")
    extract.add_argument("--format", choices=("json", "csv", "text"), default="json", help="格式，默认 json / format")
    _stdin_name(extract)
    _language(extract)


def _test_rules(tests: argparse.ArgumentParser) -> None:
    tests.add_argument(
        "path",
        metavar="PATH",
        nargs="*",
        help="自定义规则文件，默认内置规则 / own rule files; built-in rules by default",
    )
    _language(tests)


def _schema(schema: argparse.ArgumentParser) -> None:
    schema.add_argument("name", choices=("report", "rules", "config"), help="哪一份 / which one")


def _jobs(word: str) -> int:
    if not word.isascii() or not word.isdigit() or int(word) > _MOST_JOBS:
        raise argparse.ArgumentTypeError(
            f"应为 0 到 {_MOST_JOBS} 的整数，不能是 {word!r} / a whole number from 0 to {_MOST_JOBS}, not {word!r}"
        )
    return int(word)


def _year(word: str) -> int:
    if not word.isascii() or not word.isdigit():
        raise argparse.ArgumentTypeError(f"应为四位数的年度，不能是 {word!r} / a year of four digits, not {word!r}")
    return int(word)


def _baseline(baseline: argparse.ArgumentParser) -> None:
    baseline.add_argument(
        "action",
        choices=("write", "check", "prune"),
        help="写基线；列出新的和过时的；删去过时的 / write it; list what is new and stale; drop what is stale",
    )
    baseline.add_argument("paths", metavar="PATH", nargs="*", default=[], help="文件、目录 / files, folders")
    baseline.add_argument("--file", default="giro-lint.baseline", metavar="FILE", help="基线文件 / baseline file")
    _configured(baseline)
    _language(baseline)


def _config(config: argparse.ArgumentParser) -> None:
    config.add_argument("action", choices=("show",), help="显示 / print it")
    config.add_argument("path", metavar="FILE", help="报告 / a report")
    _configured(config)


def _init(init: argparse.ArgumentParser) -> None:
    init.add_argument("folder", metavar="FOLDER", nargs="?", default=".", help="目录，默认当前目录 / folder")


def _lsp(_: argparse.ArgumentParser) -> None:
    """The language server has no options."""


def _completion(completion: argparse.ArgumentParser) -> None:
    completion.add_argument(
        "shell", choices=("bash", "zsh", "fish", "tcsh", "powershell"), help="哪种命令行 / which shell"
    )


def _configured(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--config", metavar="FILE", help="配置文件，默认逐级向上查找 / configuration, else found upwards"
    )


def _stdin_name(command: argparse.ArgumentParser) -> None:
    command.add_argument("--stdin-filename", metavar="NAME", default=STDIN, help="标准输入的文件名 / name of stdin")


def _language(command: argparse.ArgumentParser) -> None:
    command.add_argument("--lang", choices=("zh", "en"), default="zh", help="语言，默认 zh / language")


def _own_rules(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--rules", action="append", default=[], metavar="FILE", dest="own_rules", help="另加的规则文件 / further rules"
    )


_COMMANDS = {
    "check": ("检查报告 / lint reports", _check),
    "annotate": ("把问题写成 Word 批注 / findings as comments in a Word document", _annotate),
    "explain": ("说明一条规则 / explain a rule", _explain),
    "rules": ("列出规则 / list the rules", _rules),
    "extract": ("把报告转成数据 / the report as data", _extract),
    "test-rules": ("运行规则的示例 / run the examples of rules", _test_rules),
    "schema": ("输出 JSON Schema / print a JSON schema", _schema),
    "baseline": ("已知问题的基线 / findings that are known", _baseline),
    "config": ("查看生效的配置 / what configuration applies", _config),
    "init": ("写一份配置文件 / write a configuration file", _init),
    "lsp": ("编辑器的语言服务器 / language server for editors", _lsp),
    "completion": ("命令行补全脚本 / completion for a shell", _completion),
}
