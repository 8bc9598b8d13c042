"""Labels compared as people read them: typography does not count. May import: the standard library.

The core of a label is what remains without number, white space and punctuation.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from giro_lint.grammar.lexer import SPACE
from giro_lint.model.patterns import lazy

_WIDE = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}
_DROPPED = dict.fromkeys(map(ord, SPACE + "、．.，,；;：:。（）()《》〈〉<>“”\"‘’'「」/／\\-—－_*#【】[]〔〕|"))
_CORE = {**_WIDE, **_DROPPED}
_SQUEEZE = dict.fromkeys(map(ord, SPACE))
_NUMBER = lazy(
    r"\s*(?P<number>[（(][一二三四五六七八九十\d]{1,3}[）)][、．.]?|[一二三四五六七八九十]{1,3}[、．.，,]|[\d０-９]{1,2}[、．.，,]?|[①-⑳])(?=\D)"
)
_WORD = lazy(r"[^\W\d_]")
_VARIANTS = str.maketrans("它", "他")
_REMARK = lazy(r"(?<=\w)（[^（）]{8,}）\Z")
_CLOSE = 0.6
_APART = 0.08


@lru_cache(maxsize=8192)
def core(text: str) -> str:
    """The letters and digits of a label without its number; empty for a figure, a blank or a mark."""
    if not _WORD.search(text):
        return ""
    match = _NUMBER.match(text)
    rest = text[match.end() :] if match else text
    return (rest if _WORD.search(rest) else text).translate(_CORE)


@lru_cache(maxsize=8192)
def label_core(text: str) -> str:
    """The core of a label of a table, with characters made one that are often taken for each other (其它, 其他)."""
    return core(text).translate(_VARIANTS)


def has_letters(text: str, start: int, end: int) -> bool:
    """Whether a stretch of a text has a letter, so that its core is not empty."""
    return _WORD.search(text, start, end) is not None


def number_of(text: str) -> str:
    """The number a label begins with, as written without white space, or empty."""
    match = _NUMBER.match(text)
    return squeeze(match["number"]) if match else ""


def squeeze(text: str) -> str:
    """A text without white space and invisible characters."""
    words = "".join(text.split())
    return words.translate(_SQUEEZE) if "\u200b" in words or "\ufeff" in words else words


def short_label(label: str) -> str:
    """A label of the form as people call it: without the long remark in brackets that it ends with."""
    return _REMARK.sub("", label)


def ordinal_of(number: str) -> str:
    """The bare numeral of a number such as ``（三）`` or ``3.``, in ASCII digits where it is Arabic."""
    return number.translate(_CORE)


def closeness(one: str, other: str) -> float:
    """How alike two cores are, from 0 to 1: twice the matching characters over all characters."""
    from difflib import SequenceMatcher

    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def closest(text: str, candidates: Iterable[tuple[str, str]], least: float = _CLOSE) -> str | None:
    """The key of the candidate that a damaged label can only have been.

    Args:
        text: core of the label.
        candidates: pairs of key and core.
        least: the closeness it needs.

    Returns:
        The key of the closest candidate, or None when none is close or two are equally so.

    """
    if not 2 <= len(text) <= 60:
        return None
    share = least - _APART  # a candidate that is shorter or longer than this allows cannot matter
    near = [
        (key, label) for key, label in candidates if 2 * min(len(text), len(label)) >= share * (len(text) + len(label))
    ]
    ranked = sorted(((closeness(text, label), key) for key, label in near), reverse=True)[:2]
    if not ranked or ranked[0][0] < least:
        return None
    if len(ranked) == 2 and ranked[0][0] - ranked[1][0] < _APART:
        return None
    return ranked[0][1]
