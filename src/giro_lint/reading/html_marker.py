"""The numbers that a browser sets before the items of an ordered list. May import: the standard library."""

from __future__ import annotations

import re

import attrs

_DIGITS = "〇一二三四五六七八九"
_NUMBERED = re.compile(
    r"\s*(?:&nbsp;|\s)*(?:[（(]?\s*(?:\d{1,3}|[一二三四五六七八九十]{1,3})\s*[）)、.．]|第[一二三四五六七八九十]{1,3}|[①-⑳])"
)
_ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_BY_TYPE = {"1": "decimal", "a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}
_CHINESE = frozenset({
    "cjk-ideographic", "simp-chinese-informal", "trad-chinese-informal", "cjk-decimal", "japanese-informal", "ideographic",
})  # fmt: skip
_SILENT = frozenset({"none", "disc", "circle", "square"})
_MOST = 99


@attrs.define(eq=False, repr=False)
class Counter:
    """The numbers of one list.

    Args:
        following: the number of the next item.
        style: name of the kind of number, as in ``list-style-type``.

    """

    following: int
    style: str

    @classmethod
    def of(cls, start: int, kind: str, style: str) -> Counter:
        """The numbers of a list.

        Args:
            start: number of its first item.
            kind: value of its attribute ``type``.
            style: value of ``list-style``, which may say more than the kind of number.

        """
        words = style.split()
        known = [word for word in words if word in _CHINESE | _SILENT | set(_BY_TYPE.values())]
        return cls(start, known[0] if known else _BY_TYPE.get(kind.strip(), "decimal"))

    def take(self) -> str:
        """The number of the next item with the mark behind it; empty where none is shown."""
        number, self.following = self.following, self.following + 1
        if self.style in _SILENT:
            return ""
        if not 0 < number <= _MOST:
            return f"{number}."
        if self.style in _CHINESE:
            return f"{_chinese(number)}、"
        if self.style.endswith("alpha") and number <= len("abcdefghijklmnopqrstuvwxyz"):
            return f"{_cased(chr(ord('a') + number - 1), self.style)}."
        return f"{_cased(_roman(number), self.style)}." if self.style.endswith("roman") else f"{number}."


def begins_numbered(text: str) -> bool:
    """Whether a text begins with a number of its own."""
    return _NUMBERED.match(text) is not None


def _cased(word: str, style: str) -> str:
    return word.upper() if style.startswith("upper") else word


def _chinese(number: int) -> str:
    tens, ones = divmod(number, 10)
    lead = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return lead + (_DIGITS[ones] if ones else "")


def _roman(number: int) -> str:
    found = ""
    for value, letters in _ROMAN:
        while number >= value:
            found += letters
            number -= value
    return found
