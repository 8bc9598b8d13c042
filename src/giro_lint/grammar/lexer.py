"""Text to tokens: one regular expression, an alternative for each kind of line or table row. May import: pyparsing.

The lexer is total and lossless: the tokens of any text, put together, are that text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

import pyparsing as pp

from giro_lint.model.patterns import compiled, lazy

Token = tuple[str, int, int]
"""Code, start offset and end offset; the end includes the line end."""

CODES = {
    "R": "table rows whose cells are lines beginning with a TAB, each with the blank lines behind it",
    "b": "blank lines",
    "T": "a table row within one line, cells separated by TABs, likewise",
    "D": "the line below the header of a Markdown table, or the border of a drawn one",
    "M": "a table row within one line, cells separated by bars, likewise",
    "H": "a heading numbered 一、",
    "h": "a heading numbered （一）",
    "N": "a line numbered 1. or 1、",
    "n": "a line numbered （1）",
    "S": "a Markdown heading without a number",
    "P": "any other line",
}

SPACE = " \t\r\n\xa0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u3000\ufeff"
"""White space and invisible characters as reports contain them."""

_SP = r"[ \xa0\u2000-\u200b\u3000\ufeff]"
_NL = r"(?:\r\n|\n|\r)"
_EOL = r"(?:\r\n|\n|\r|\Z)"
_LINE = rf"[^\r\n]*+{_EOL}"
_BLANKS = rf"(?:{_SP}*+{_NL})*"
_CHINESE = r"[一二三四五六七八九十]{1,3}"
_MARK = rf"{_SP}*+(?:\#{{1,6}}[ \t]++)?(?:\*\*)?{_SP}*+"

# Groups are not repeated possessively: Python before 3.11.5 matches some of them wrongly.
# A label may go on over a line break without a TAB; a figure may only be followed by a bracket.
_STOP = rf"(?!\t|{_SP}*+(?:[\r\n]|\Z|{_CHINESE}、|\d{{1,2}}、|\#))(?![^\r\n]{{0,60}}[|｜│。])"
_WRAPPED = rf"(?:(?<![\d\s０-９\u200b\ufeff]){_NL}{_STOP}[^\t\r\n]{{1,60}}(?=[\r\n]|\Z))*"
_BRACKET = r"(?:(?:\r\n|\n|\r)(?=[（(])(?![（(][一二三四五六七八九十])[^\t\r\n。]{1,60}(?=[\r\n]|\Z))?"
# Most cells are one line with the next cell or a blank line below it: nothing can go on there.
_PLAIN_CELL = r"\t[^\t\r\n。]*+\n(?=[\t\n])"
_CELL = rf"(?:{_PLAIN_CELL}|\t(?![^\t\r\n]{{12,}}。)[^\t\r\n]*+(?!\t){_WRAPPED}{_BRACKET}{_EOL})"
_RULE = r"|+:=\- \t─━═┌├└┬┼┴┐┤┘╔╠╚╦╬╩╗╣╝"

ROW_END = rf"(?:\n|\r(?!\n))(?!\t)(?:{_SP}*+{_NL})+"
"""Where one of the rows in a token ``R`` ends: the end of its last line (LF or CR) and the blank lines behind it."""
ROW_END_OF_LF = rf"\n(?!\t)(?:{_SP}*+\n)+"
"""The same in a table without CR, found in half the time."""

_ROWS = 200
"""So many rows are one token at most: what the expression keeps while it matches grows with them."""

_TABLES = {
    "R": rf"(?:(?:{_CELL})+{_BLANKS}){{1,{_ROWS}}}",
    "b": rf"(?:{_SP}*+{_NL})+|{_SP}++\Z",
    "T": rf"(?=[^\t\r\n]*+\t)(?![^\r\n]*。{_SP}*+[\r\n])[^\t\r\n]*+\t{_LINE}{_BLANKS}",
    "D": rf"(?=[{_RULE}])(?=[^\r\n]*[|+─━═])[{_RULE}]++{_EOL}{_BLANKS}",
    "M": rf"(?:{_SP}*+[|｜│]|[^\r\n|｜│。]{{1,80}}+[|｜│](?![^\r\n]*。)){_LINE}{_BLANKS}",
}
_NUMBERED = {
    "H": rf"(?:第{_CHINESE}(?:部分|章|、)|{_CHINESE}{_SP}*+[、．.，,：:]){_LINE}",
    "h": rf"[（(]{_SP}*+{_CHINESE}{_SP}*+[）)]{_LINE}",
    "N": rf"[\d０-９]{{1,2}}{_SP}*+[、．.](?![\d０-９]){_LINE}",
    "n": rf"(?:[（(]\d{{1,2}}[）)]|[①-⑳]){_LINE}",
}
_LINES = {
    "S": rf"{_SP}*+\#{{1,6}}[ \t]{_LINE}",
    "P": rf"[^\r\n]++{_EOL}",
}
_BARS = "|｜│"
_PLAIN_T = rf"\t(?!.*。{_SP}*+\n){_LINE}{_BLANKS}"
# In a plain text nothing but LF ends a line, and there is no TAB behind the beginning of one.
_PLAINER = (
    (_EOL, r"(?:\n|\Z)"),
    (_NL, r"\n"),
    (r"[^\t\r\n。]", r"[^\n。]"),
    (r"[^\t\r\n]", "."),
    (r"[^\r\n]", "."),
)


class Run(pp.Regex):
    """A terminal repeated as often as it matches, each match for itself: what `ZeroOrMore` of it gives, in one step.

    A report has some hundred tokens, each of which a repetition would take through all steps of a parser.
    """

    def parseImpl(self, instring: str, loc: int, do_actions: bool = True) -> tuple[int, list[re.Match[str]]]:  # noqa: ARG002, N802
        """The matches from an offset on, and where the last one ends."""
        found = []
        for match in self.re.finditer(instring, loc):
            if match.start() != loc:
                break
            found.append(match)
            loc = match.end()
        return loc, found


def run_of(pattern: str) -> pp.ParserElement:
    """A grammar of one terminal, repeated; white space counts.

    Args:
        pattern: its regular expression, which matches no empty text.

    """
    return Run(compiled(pattern)).leave_whitespace().parse_with_tabs().streamline()


def _either(patterns: Mapping[str, str]) -> str:
    return "|".join(f"(?P<{code}>{regex})" for code, regex in patterns.items())


def _source(tables: Mapping[str, str]) -> str:
    return f"{_either(tables)}|{_MARK}(?:{_either(_NUMBERED)})|{_either(_LINES)}"


def _plain_source() -> str:
    """The same tokens for a plain text, told in half the time."""
    source = _source({code: _PLAIN_T if code == "T" else regex for code, regex in _TABLES.items() if code != "M"})
    for general, plain in _PLAINER:
        source = source.replace(general, plain)
    return source


_ANY_TEXT, _PLAIN_TEXT = lazy(_source(_TABLES)), lazy(_plain_source())


@cache
def _grammar(*, plain: bool) -> pp.ParserElement:
    return run_of((_PLAIN_TEXT if plain else _ANY_TEXT).pattern)


def is_plain(text: str) -> bool:
    """Whether lines end with LF, TABs stand at their beginning only and no bars anywhere: what most texts are."""
    return (
        "\r" not in text
        and not any(bar in text for bar in _BARS)
        and text.count("\t") == text.count("\n\t") + text.startswith("\t")
    )


def tokenize(text: str) -> list[Token]:
    """Split a text into tokens.

    Args:
        text: any text.

    Returns:
        The tokens in order; each begins where the one before ends.

    """
    tokens = []
    for match in _grammar(plain=is_plain(text)).parse_string(text):
        if (code := match.lastgroup) is None:  # every alternative has a name
            raise AssertionError
        tokens.append((code, *match.span()))
    return tokens
