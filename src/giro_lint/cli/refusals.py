"""What argparse says of a wrong command line, in Chinese and English. May import: model.errors.

Imported once something is wrong, not before.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping

from giro_lint.model.errors import unknown, unknown_of_few

_ARGUMENT = re.compile(r"argument (?P<name>[^:]+): (?P<rest>.*)", re.DOTALL)
_CHOICE = re.compile(
    r"invalid choice: '(?P<word>.*)'(?:, maybe you meant .*?)? \(choose from (?P<known>.*)\)", re.DOTALL
)
_UNKNOWN = re.compile(r"unrecognized arguments: (?P<words>.*)", re.DOTALL)
_SAYINGS: Mapping[str, str] = {
    r"the following arguments are required: (.*)": "缺少 {0}",
    r"expected one argument": "后面要有一个值",
    r"expected at least one argument": "后面至少要有一个值",
    r"expected at most one argument": "后面最多一个值",
    r"expected (\d+) arguments?": "后面要有 {0} 个值",
    r"ignored explicit argument (.*)": "不带值，多了 {0}",
    r"invalid \S+ value: (.*)": "不能是 {0}",
    r"not allowed with argument (.*)": "不能与 {0} 同用",
    r"one of the arguments (.*) is required": "须有 {0} 之一",
}
"""What argparse says, as regular expressions, and the same in Chinese."""


def refusal(message: str, options: Iterable[str] = ()) -> str:
    """The message of argparse in both languages.

    Args:
        message: what argparse says.
        options: the options there are, for suggestions.

    Returns:
        ``中文 / English``; what argparse may say besides stays English behind a general word in Chinese.

    """
    if message.endswith("required: COMMAND"):
        return "没有写命令，如 giro-lint check 报告.docx / no command was given; write giro-lint check report.docx"
    if match := _UNKNOWN.fullmatch(message):
        return _not_known(match["words"], list(options))
    if match := _ARGUMENT.fullmatch(message):
        name, rest = match["name"], match["rest"]
        return _no_choice(name, rest) or (f"{name}: {rest}" if " / " in rest else _said(rest, f"{name} "))
    return _said(message, "")


def _said(message: str, name: str) -> str:
    for pattern, chinese in _SAYINGS.items():
        if match := re.fullmatch(pattern, message, re.DOTALL):
            return f"{name}{chinese.format(*match.groups())} / {name}{message}"
    return f"{name}用法不对 / {name}{message}"


def _no_choice(name: str, rest: str) -> str:
    match = _CHOICE.fullmatch(rest)
    if match is None:
        return ""
    word = match["word"]
    known = [each.strip(" '") for each in match["known"].split(",")]
    if name != "COMMAND":
        return f"{name}: {unknown_of_few('选项值', 'value', word, known)}"
    if os.path.exists(word):
        return f"没有写命令，可用 giro-lint check {word} / no command was given; use giro-lint check {word}"
    return unknown_of_few("命令", "command", word, known)


def _not_known(words: str, options: list[str]) -> str:
    first = words.split(maxsplit=1)[0].partition("=")[0]
    if first.startswith("-"):
        return unknown("选项", "option", first, options)
    return f"多余的参数 {words} / unexpected arguments: {words}"
