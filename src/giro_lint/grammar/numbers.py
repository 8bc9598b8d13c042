"""Numbers as reports write them, and what else a table cell holds. May import: model, pyparsing.

12, １２, 1,234, 1.2万, 二百零三, －2, 13.84万元. The terminals of the other value grammars (dates, contact, citation)
are here too. Everything is total: any text is taken, in linear time, and nothing is raised.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache, lru_cache

import pyparsing as pp

from giro_lint.model.patterns import compiled
from giro_lint.model.values import Amount, CellState, CellValue

# Terminals. A class of many separate characters takes 0.25 ms to compile, so \s and \w serve where they can.

DIGIT = "[0-9０-９]"
SPACE = r"(?:[^\S\r\n]|[\u200b\ufeff])"
GAP = r"(?:[^\S\t\r\n]|[\u200b\ufeff]){0,4}"
INVISIBLE = " \t\n\v\f\r\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u2060\u3000\ufeff" + "".join(
    map(chr, range(0x2000, 0x200E))
)
TO_ASCII = str.maketrans("０１２３４５６７８９，．", "0123456789,.")


def terminal(name: str, pattern: str) -> pp.ParserElement:
    """Make a terminal that yields its match, so that each part of a value knows its own place.

    Args:
        name: the name of the part.
        pattern: its regular expression.

    """
    return pp.Regex(compiled(f"(?P<{name}>{pattern})"), as_match=True).leave_whitespace().set_name(name)


def finished(grammar: pp.ParserElement) -> pp.ParserElement:
    """Make a grammar ready for use by several threads: no skipped white space, no expanded tabs, streamlined."""
    return grammar.leave_whitespace(recursive=False).parse_with_tabs().streamline()


def parts_of(text: str, grammar: pp.ParserElement) -> dict[str, re.Match[str]]:
    """Parse the beginning of a text.

    Args:
        text: any text, a short one.
        grammar: a finished grammar of terminals with names.

    Returns:
        The matches by name; none where the grammar does not take the text.

    """
    try:
        return {match.lastgroup: match for match in grammar.parse_string(text)}
    except pp.ParseException:
        return {}


# Numbers

CHINESE_DIGIT = "[〇○◯零一二三四五六七八九]"
_NUMERALS = "〇○◯零一二两三四五六七八九十百千万亿"
_FINANCIAL = "壹贰叁肆伍陆柒捌玖拾佰仟"
_LETTERS_O = "OoＯｏ"
_O_TO_ZERO = str.maketrans(_LETTERS_O, "0000")
_DIGIT_VALUES = {
    char: value
    for value, chars in enumerate(("零〇○◯", "一壹", "二贰两", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖"))
    for char in chars
}
_STEPS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_MYRIADS = (("亿", 10**8), ("万", 10**4))
_EXPONENTS = {"百万": 6, "千万": 7, "百亿": 10, "千亿": 11, "万亿": 12, "百": 2, "千": 3, "万": 4, "亿": 8}

# Longer ones are numbers of nothing; 24 digits, their sums and half units are exact in the 28 digits of Decimal.
_LONGEST = 24

_BEHIND_FIRST = rf"(?:{DIGIT}{{0,2}}(?:[,，]{DIGIT}{{3}}){{1,5}}(?!{DIGIT})|{DIGIT}{{0,{_LONGEST - 1}}}(?!{DIGIT}))"
_DECIMALS = rf"(?:[.．]{DIGIT}{{1,12}}(?!{DIGIT}))?"
_FIGURE = rf"(?<!{DIGIT})(?<!{DIGIT}[.．]){DIGIT}{_BEHIND_FIRST}{_DECIMALS}"
_SCALE = f"(?:{'|'.join(_EXPONENTS)})"

# What it begins with comes first and what may not stand before it second: so a text is searched three times as fast.
NUMBER_PATTERN = (
    f"(?:[0-9０-９{_NUMERALS}](?:"
    rf"(?<={DIGIT})(?<!{DIGIT}{DIGIT})(?<!{DIGIT}[.．]{DIGIT}){_BEHIND_FIRST}{_DECIMALS}{_SCALE}?"
    f"|(?<!{DIGIT})[{_NUMERALS}]{{0,{_LONGEST - 1}}}))"
)
"""A number in prose: the source of a regular expression without capturing groups, to be set into larger ones.

It takes ASCII and full-width digits, grouped or not, with decimals and 百千万亿 behind them, or a run of Chinese
numerals. It does not begin inside a number, and its repeats are bounded, so that it stays linear wherever it is set.
"""


def chinese_numeral(text: str) -> int | None:
    """Read a Chinese numeral.

    Args:
        text: digit by digit (二〇二〇), with units (二百零三, 十五, 两万, 一亿零三, 壹拾贰) or short (一千五 for 1500).

    Returns:
        The number; None where the text is no such numeral or has more than 24 characters.

    """
    return _numeral(text) if 0 < len(text) <= _LONGEST else None


@lru_cache(maxsize=1024)
def _numeral(text: str) -> int | None:
    digits = [_DIGIT_VALUES.get(char, 0 if char in "0" + _LETTERS_O else -1) for char in text]
    if -1 in digits:
        return _with_units(text)
    if text.isascii() or ("两" in text and len(text) > 1):
        return None
    return int("".join(map(str, digits)))


def _with_units(text: str) -> int | None:
    """Read a numeral with 亿 and 万."""
    for mark, size in _MYRIADS:
        head, found, tail = text.partition(mark)
        if found:
            high, low = _with_units(head), _rest(tail, size)
            return None if high is None or low is None else high * size + low
    return _below_myriad(text)


def _rest(text: str, size: int) -> int | None:
    """Read what follows 亿 or 万: nothing, a digit of the next place (一万二), or a smaller numeral, with 零 or not."""
    if not text:
        return 0
    if len(text) == 1 and _DIGIT_VALUES.get(text):
        return _DIGIT_VALUES[text] * size // 10
    value = _with_units(text[1:] if _DIGIT_VALUES.get(text[0]) == 0 else text)
    return value if value is not None and value < size else None


def _below_myriad(text: str) -> int | None:
    """Read a numeral of 千, 百, 十 and digits, 1 to 9999."""
    total, place, digit, zero = 0, 10_000, None, False
    for char in text:
        step = _STEPS.get(char)
        if step is None:
            value = _DIGIT_VALUES.get(char)
            if value is None or digit is not None or (value == 0 and (zero or not total)):
                return None
            digit, zero = value or None, zero or not value
        else:
            if digit is None and step == 10 and (zero or not total):
                digit = 1
            if digit is None or step >= place:
                return None
            total, place, digit, zero = total + digit * step, step, None, False
    if digit is None:
        return None if zero or not total else total
    short = 10 < place < 10_000 and not zero
    return total + digit * (place // 10 if short else 1)


def _exactly(text: str) -> Decimal | None:
    """Read a number without sign; the exponent of the result is that of the last digit written."""
    plain = text.translate(TO_ASCII)
    if match := compiled(f"({_FIGURE})({_SCALE})?").fullmatch(plain):
        return Decimal(match[1].replace(",", "")).scaleb(_EXPONENTS.get(match[2], 0))
    value = chinese_numeral(plain)
    return None if value is None else Decimal(value)


def _simplest(number: Decimal) -> int | Decimal:
    return int(number) if number == number.to_integral_value() else number


def parse_number(text: str) -> int | Decimal | None:
    """Read a number without sign and unit.

    Args:
        text: the number in ASCII or full-width digits (12, １２, 1,234, 13.84, 1.2万) or as a Chinese numeral, with
            nothing but white space around it.

    Returns:
        An int where it is integral, else a Decimal; None where it is no number or one of more than 24 digits.

    """
    return _remembered_number(text) if len(text) <= _LONGEST_REMEMBERED else _number(text)


def _number(text: str) -> int | Decimal | None:
    number = _exactly(text.strip(INVISIBLE))
    return None if number is None else _simplest(number)


_LONGEST_REMEMBERED = 64
_remembered_number = lru_cache(maxsize=1024)(_number)


def find_numbers(text: str) -> list[tuple[int | Decimal, int, int]]:
    """Find the numbers of a text by `NUMBER_PATTERN`.

    Args:
        text: any text.

    Returns:
        Value, start and end of each, in order; a 一 of any other word (统一) is among them.

    """
    found = []
    for match in compiled(NUMBER_PATTERN).finditer(text):
        value = parse_number(match[0])
        if value is not None:
            found.append((value, *match.span()))
    return found


# Cells

_MINUS = "-‐‑‒–—―−－﹣─"
_PLACEHOLDER_MARKS = _MINUS + "━_＿/／\\＼*＊…⋯·.．"
_PLACEHOLDER_WORDS = frozenset({"无", "空", "未", "暂无", "不适用", "无此项", "n/a", "na"})
_LESS = frozenset("减↓负" + _MINUS)
_UNITS = (
    "批次|人次|件次|条次|篇次|场次|件|条|个|份|项|宗|起|例|次|人|篇|部|家|户|期|场|批|类|名|位|页|则|枚|套|本|台|[%％]"
)
_MONEY = {"元": 0, "角": -1} | {f"{scale}元": exponent for scale, exponent in _EXPONENTS.items()}
_RESIDUE = (
    r"(?:\[bookmark:[^\[\]\r\n]{0,80}\]|&(?:#x?[0-9A-Fa-f]{1,6}|[A-Za-z]{2,8});"
    r"|<[^<>\r\n]{0,80}>|\{[#.][^{}\r\n]{0,80}\}|[\s\u200b\ufeff])"
)
_FLAGS = {
    "fullwidth": "[０-９，．＋－—Ｏｏ]",
    "grouped": "[,，]",
    "chinese": f"[{_NUMERALS}{_FINANCIAL}]",
    "leading_zero": rf"\A[^0-9０-９]*[0０]{DIGIT}",
    "letter_o": f"[{_LETTERS_O}]",
    "fraction": rf"[.．]{DIGIT}+\Z",
}
_LONGEST_CELL = 200


@cache
def _cell_grammar() -> pp.ParserElement:
    whole = rf"(?!(?:{_SCALE}|亿)?元)"  # the 万 of 万元 belongs to the unit
    letters = rf"(?={DIGIT}*[{_LETTERS_O}])[0-9０-９{_LETTERS_O}]{{1,{_LONGEST}}}"
    figure = rf"{_FIGURE}(?:{_SCALE}{whole})?"
    chinese = rf"(?:[{_NUMERALS[:-2]}{_FINANCIAL}{_LETTERS_O}0０]|[万亿]{whole}){{1,{_LONGEST}}}"
    money = "|".join(sorted(_MONEY, key=len, reverse=True))

    sign = terminal("sign", rf"(?:[{_MINUS}+＋↑↓负]|增加?|减少?){SPACE}*")
    currency = terminal("currency", rf"(?:[¥￥]|人民币){SPACE}*")
    number = terminal("number", rf"{letters}|{figure}|{chinese}")
    unit = terminal("unit", rf"{SPACE}*(?:\r?\n{SPACE}*)?(?:{money}|{_UNITS})")
    return finished(pp.Opt(sign) + pp.Opt(currency) + number + pp.Opt(unit) + terminal("end", r"\Z"))


def parse_cell(text: str) -> CellValue:
    """Tell what a table cell holds.

    Args:
        text: the text of the cell, without its marks (TAB, bars).

    Returns:
        Its state, figure, unit, place and flags. A cell with more than one figure and its unit, such as
        22（其中修订16件）, is TEXT, and so is a number of more than 24 digits.

    """
    return _remembered_cell(text) if len(text) <= _LONGEST_REMEMBERED else _cell(text)


def _cell(text: str) -> CellValue:
    core = text.strip(INVISIBLE)
    start = text.find(core)
    flags = set() if text.strip("\t\r\n") == core else {"padded"}
    if core.isascii() and core.isdigit() and len(core) <= _LONGEST:
        if core[0] == "0" and core != "0":
            flags.add("leading_zero")
        return CellValue(CellState.NUMBER, int(core), "", start, start + len(core), frozenset(flags))

    shift, clean = _without_residue(core)
    if clean != core:
        flags.add("residue")
        start += shift
    if not clean:
        return CellValue(CellState.BLANK, None, "", 0, len(text), frozenset(flags - {"padded"}))

    state = CellState.TEXT
    if clean.lower() in _PLACEHOLDER_WORDS or not clean.strip(_PLACEHOLDER_MARKS):
        state = CellState.PLACEHOLDER
    elif figure := _figure(clean):
        value, unit, begin, end, marks = figure
        return CellValue(CellState.NUMBER, value, unit, start + begin, start + end, marks | flags)
    return CellValue(state, None, "", start, start + len(clean), frozenset(flags))


def _without_residue(core: str) -> tuple[int, str]:
    """Drop `[bookmark: _GoBack]`, `&nbsp;`, `<br>`, `{#…}` on both sides: where the rest begins, and the rest."""
    if len(core) > _LONGEST_CELL or {"[", "<", "&", "{"}.isdisjoint(core):
        return 0, core
    match = compiled(rf"(?s){_RESIDUE}*+(.*?){_RESIDUE}*").fullmatch(core)
    return (match.start(1), match[1]) if match else (0, core)


def _figure(core: str) -> tuple[int | Decimal, str, int, int, frozenset[str]] | None:
    """Read a figure with sign and unit: its value, unit, start, end and flags."""
    parts = _figure_parts(core)
    number = _exactly_in(parts)
    if number is None:
        return None
    sign = parts.get("sign")
    value = _simplest(-number if sign and not _LESS.isdisjoint(sign[0]) else number)
    start, end = (sign or parts["number"]).start(), parts["number"].end()
    unit = parts["unit"][0].lstrip(INVISIBLE) if "unit" in parts else "元" if "currency" in parts else ""
    flags = {name for name, pattern in _FLAGS.items() if compiled(pattern).search(core[start:end])}
    flags.update(name for name, given in (("signed", sign), ("unit", unit), ("fraction", value != int(value))) if given)
    return value, unit, start, end, frozenset(flags)


def _figure_parts(core: str) -> dict[str, re.Match[str]]:
    possible = len(core) <= _LONGEST_CELL and compiled(f"[0-9０-９{_LETTERS_O}{_NUMERALS}{_FINANCIAL}]").search(core)
    return parts_of(core, _cell_grammar()) if possible else {}


def _exactly_in(parts: dict[str, re.Match[str]]) -> Decimal | None:
    return _exactly(parts["number"][0].translate(_O_TO_ZERO)) if parts else None


_remembered_cell = lru_cache(maxsize=4096)(_cell)


# Amounts


def parse_amount(text: str, unit: str = "") -> Amount | None:
    """Read a sum of money as the interval that its digits stand for.

    Args:
        text: the sum with nothing but white space or a converter's residue around it: 13.84万元, ¥500, 138392.10元.
        unit: the unit of a figure that has none, such as that in the header of its column: 元, 万元.

    Returns:
        The amount in 元; None where the text is no figure or has no unit of money.

    """
    return _remembered_amount(text, unit) if len(text) <= _LONGEST_REMEMBERED else _amount(text, unit)


def _amount(text: str, unit: str) -> Amount | None:
    cell = parse_cell(text)
    written = cell.unit or unit
    number = _exactly_in(_figure_parts(text[cell.start : cell.end])) if cell.state is CellState.NUMBER else None
    if number is None or cell.value is None or written not in _MONEY:
        return None
    exponent = _MONEY[written]
    last_digit = number.adjusted() - len(number.as_tuple().digits) + 1
    value = number.copy_sign(Decimal(cell.value)).scaleb(exponent)
    half = Decimal(5).scaleb(last_digit + exponent - 1)
    low, high, value = (Decimal(_simplest(each)) for each in (value - half, value + half, value))
    return Amount(low, high, value, written)


_remembered_amount = lru_cache(maxsize=1024)(_amount)
