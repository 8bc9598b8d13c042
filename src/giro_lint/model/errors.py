"""The errors that callers of giro-lint may catch. May import: the standard library only."""

from __future__ import annotations


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
