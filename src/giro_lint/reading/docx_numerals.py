"""Counts as Word writes them in automatic numbers (ECMA-376 part 1, 17.18.59 ST_NumberFormat). May import: the standard library only."""

from __future__ import annotations

from collections.abc import Callable, Mapping

_DIGITS = "零一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_LEGAL_OLD = "零壹貳參肆伍陸柒捌玖"
_ROMAN = (
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
)
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_TEN_THOUSAND = 10_000
_LONGEST = 40
"""A numeral without a base, such as a letter repeated, goes on with digits where it would be longer."""


def numeral(count: int, style: str) -> str:
    """A count as a numbering format writes it.

    Args:
        count: at least 0.
        style: name of the format, such as ``chineseCounting``; digits for one that is not known.

    Returns:
        The numeral; empty for formats without one.

    """
    write = _FORMATS.get(style)
    return write(count) if write else str(count)


def _named(digits: str, units: str, *, one: bool, zero: str) -> Callable[[int], str]:
    """Numerals with named powers: 一百零一. ``one`` tells whether the tens of 10 to 19 are written as 一十."""

    def write(count: int) -> str:
        if count >= _TEN_THOUSAND:
            return str(count)
        text, gap = "", False
        for power in (3, 2, 1, 0):
            digit = count // 10**power % 10
            if not digit:
                gap = bool(text)
                continue
            text += (zero if gap else "") + digits[digit] + (units[power - 1] if power else "")
            gap = False
        if not one and text.startswith(digits[1] + units[0]):
            text = text[1:]
        return text or digits[0]

    return write


def _positional(digits: str) -> Callable[[int], str]:
    """Digits by place: 一〇一."""
    return lambda count: "".join(digits[int(figure)] for figure in str(count))


def _counting(count: int) -> str:
    """一 to 九十九 by name, larger ones by place."""
    return (
        _named(_DIGITS, "十百千", one=False, zero="零")(count)
        if count < 100
        else _positional("○一二三四五六七八九")(count)
    )


def _japanese(count: int) -> str:
    """As Chinese, without 一 before 十, 百 and 千, and without 零."""
    text = _named("〇" + _DIGITS[1:], "十百千", one=True, zero="")(count)
    return text.replace("一十", "十").replace("一百", "百").replace("一千", "千")


def _listed(marks: str, *, again: bool = False) -> Callable[[int], str]:
    """A mark a count: ①. What has no mark is written in digits, or counted from the first mark ``again``."""

    def write(count: int) -> str:
        if count < 1 or (count > len(marks) and not again):
            return str(count)
        return marks[(count - 1) % len(marks)]

    return write


def _letters(first: str) -> Callable[[int], str]:
    """From a to z, then from aa to zz, as Word does."""

    def write(count: int) -> str:
        times, place = divmod(count - 1, 26)
        return chr(ord(first) + place) * (times + 1) if 0 < count <= 26 * _LONGEST else str(count)

    return write


def _roman(count: int) -> str:
    if not 0 < count < 4000:
        return str(count)
    text = ""
    for worth, letters in _ROMAN:
        text += letters * (count // worth)
        count %= worth
    return text


def _nothing(_: int) -> str:
    return ""


_CHINESE = _named(_DIGITS, "十百千", one=False, zero="零")
_FORMATS: Mapping[str, Callable[[int], str]] = {
    "none": _nothing,
    "bullet": _nothing,
    "decimalZero": "{:02}".format,
    "decimalFullWidth": lambda count: str(count).translate(_FULL_WIDTH),
    "decimalFullWidth2": lambda count: str(count).translate(_FULL_WIDTH),
    "decimalEnclosedCircle": _listed("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"),
    "decimalEnclosedCircleChinese": _listed("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"),
    "decimalEnclosedFullstop": _listed("⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛"),
    "decimalEnclosedParen": _listed("⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"),
    "lowerLetter": _letters("a"),
    "upperLetter": _letters("A"),
    "lowerRoman": lambda count: _roman(count).lower(),
    "upperRoman": _roman,
    "chineseCounting": _counting,
    "taiwaneseCounting": _counting,
    "chineseCountingThousand": _CHINESE,
    "taiwaneseCountingThousand": _CHINESE,
    "japaneseCounting": _japanese,
    "chineseLegalSimplified": _named(_LEGAL, "拾佰仟", one=True, zero="零"),
    "ideographLegalTraditional": _named(_LEGAL_OLD, "拾佰仟", one=True, zero="零"),
    "ideographDigital": _positional("〇一二三四五六七八九"),
    "japaneseDigitalTenThousand": _positional("〇一二三四五六七八九"),
    "taiwaneseDigital": _positional("○一二三四五六七八九"),
    "ideographTraditional": _listed("甲乙丙丁戊己庚辛壬癸", again=True),
    "ideographZodiac": _listed("子丑寅卯辰巳午未申酉戌亥", again=True),
    "ideographEnclosedCircle": _listed("㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉"),
}
