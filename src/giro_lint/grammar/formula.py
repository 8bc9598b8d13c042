"""The formulas of rules: linear comparisons as people write them. May import: model.formula, pyparsing.

comparison := side ("=" | "!=" | "<" | "<=" | ">" | ">=") side
formula    := comparison ("and" comparison)*
side       := ["-"] term (("+" | "-") term)*
term       := [number "*"] (name | "sum(" name ")") | number
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache

import pyparsing as pp

from giro_lint.model.formula import Comparison, Formula, Term

_LONGEST = 400
_TERM = "a name, a number or sum(group)"
_EXPECTED = {
    "name": "名称",
    "number": "数字",
    _TERM: "名称、数字或 sum(组)",
    "comparison operator": "比较符号",
    "end of text": "算式的结尾",
}
"""What the grammar says that it expected, in Chinese."""


@cache
def _grammar() -> pp.ParserElement:
    name = pp.Regex(r"[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)*").set_name("name")
    number = pp.Regex(r"\d+(?:\.\d+)?").set_name("number")
    total = pp.Group(pp.Suppress(pp.Keyword("sum") + "(") + name("group") + pp.Suppress(")"))
    named = total("total") | name("name")
    term = pp.Group((number("factor") + pp.Suppress(pp.one_of("* ×")) + named) | named | number("constant"))
    term.set_name(_TERM)
    side = pp.Group(pp.Optional(pp.Literal("-"))("minus") + term + (pp.one_of("+ -") + term)[...])
    operator = pp.one_of("<= >= != = < >").set_name("comparison operator")
    comparison = pp.Group(side("left") + operator("operator") + side("right"))
    formula = pp.DelimitedList(comparison, delim=pp.Suppress(pp.Keyword("and")))
    return (formula + pp.StringEnd()).streamline()


def parse_formula(text: str) -> Formula:
    """A formula in linear form.

    Args:
        text: such as ``new + carried_in = total + carried_out``; at most 400 characters.

    Returns:
        Its comparisons; names are not resolved.

    Raises:
        ValueError: when the text is no formula; the message tells the column.

    """
    if len(text) > _LONGEST:
        raise ValueError(f"算式最多 {_LONGEST} 个字符 / a formula has at most {_LONGEST} characters")
    try:
        parsed = _grammar().parse_string(text)
    except pp.ParseException as problem:
        wanted = problem.msg.removeprefix("Expected ")
        raise ValueError(
            f"不是算式，第 {problem.column} 个字符处应为{_EXPECTED.get(wanted, wanted)} / "
            f"no formula, column {problem.column}: expected {wanted}"
        ) from None
    return Formula(
        text, tuple(Comparison(_side(part["left"]), part["operator"], _side(part["right"])) for part in parsed)
    )


def _side(parsed: pp.ParseResults) -> tuple[Term, ...]:
    terms = []
    sign = 1
    for part in parsed:
        if isinstance(part, str):
            sign = -1 if part == "-" else 1
            continue
        factor = sign * _number(part.get("factor", part.get("constant", "1")))
        if "total" in part:
            terms.append(Term(factor, part["total"]["group"], summed=True))
        else:
            terms.append(Term(factor, part.get("name", "")))
        sign = 1
    return tuple(terms)


def _number(text: str) -> int | Decimal:
    return Decimal(text) if "." in text else int(text)
