"""How a caller asks for findings to be held back. May import: comparable, errors, attrs."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from typing import Any

import attrs

from giro_lint.model.comparable import Comparable
from giro_lint.model.errors import ConfigError


def _reason(_: Any, __: Any, value: str) -> None:
    if not value.strip():
        raise ConfigError("抑制须写明理由（reason） / a suppression needs a reason")


def _day(_: Any, __: Any, value: str) -> None:
    if value and not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        raise ConfigError(
            f"until: {value!r} 不是日期，写法如 2027-01-31 / {value!r} is no day; write it like 2027-01-31"
        )


@attrs.frozen(eq=False, repr=False)
class Suppression(Comparable):
    """Findings held back, with a reason.

    Args:
        rule: id or prefix.
        reason: why; it has to be given.
        path: glob over the file's path, any when empty.
        anchor: glob over the structural address, any when empty.
        until: last day it counts, as ``YYYY-MM-DD``, or empty.

    """

    rule: str
    reason: str = attrs.field(validator=_reason)
    path: str = ""
    anchor: str = ""
    until: str = attrs.field(default="", validator=_day)

    def covers(self, name: str) -> bool:
        """Whether it counts for a file of a name, written with slashes."""
        return not self.path or fnmatchcase(name, self.path) or fnmatchcase(name, f"*/{self.path}")
