"""The errors that callers of giro-lint may catch, and what their texts have in common. May import: the standard library only.

An error has no language of its own, so its text is in both: ``中文 / English``, with what needs no language, such as the place, in front.
"""

from __future__ import annotations

TYPE_CHECKING = False  # as in `typing`, which is not needed to tell what is wrong
if TYPE_CHECKING:
    from collections.abc import Iterable


class GiroLintError(Exception):
    """Anything that keeps giro-lint from doing the job; its text names the place and the remedy."""


class RulesetError(GiroLintError):
    """A rule file, an edition file or a vocabulary that cannot be used.

    Args:
        message: what is wrong and how to mend it.
        path: the file.
        line: 1-based, 0 when unknown.
        column: 1-based in code points, 0 when unknown.

    """

    def __init__(self, message: str, path: str = "", line: int = 0, column: int = 0) -> None:
        self.message, self.path, self.line, self.column = message, path, line, column
        place = ":".join(str(part) for part in (path, line, column) if part)
        super().__init__(f"{place}: {message}" if place else message)


class ConfigError(GiroLintError):
    """An option or a configuration value that cannot be used."""


class ReadError(GiroLintError):
    """A file whose bytes cannot become text.

    Args:
        reason: a key of the texts of rule DOC000, such as ``binary`` or ``unknown-media``.
        detail: what the reader saw, for the message.

    """

    def __init__(self, reason: str, detail: str = "") -> None:
        self.reason, self.detail = reason, detail
        super().__init__(f"{reason}: {detail}" if detail else reason)


def closest(word: str, known: Iterable[str]) -> str:
    """The known word that a misspelt one is closest to, whatever its case; empty when none is close."""
    from difflib import get_close_matches

    words = list(known)
    if word.isdecimal():  # a number is wrong, not misspelt
        return ""
    found = (get_close_matches(form, words, 1) for form in (word.upper(), word, word.lower()))
    return next((close[0] for close in found if close), "")


def unknown(chinese: str, english: str, word: str, known: Iterable[str] = ()) -> str:
    """The message that there is no such thing, with the closest one that there is.

    Args:
        chinese: what the thing is called in Chinese.
        english: and in English.
        word: what was asked for.
        known: what there is.

    """
    close = closest(word, known)
    said = f"，是否指 {close!r}？", f"; did you mean {close!r}?"
    return f"没有{chinese} {word!r}{said[0] if close else ''} / unknown {english} {word!r}{said[1] if close else ''}"


def unknown_of_few(chinese: str, english: str, word: str, known: Iterable[str]) -> str:
    """The same for a few things: all that there are, where none is close."""
    words = list(known)
    if closest(word, words):
        return unknown(chinese, english, word, words)
    listed = ", ".join(words)
    return f"没有{chinese} {word!r}，可用：{listed} / unknown {english} {word!r}; known: {listed}"
