"""Regular expressions of rules, compiled when they are first used. May import: the standard library."""

from __future__ import annotations

import re
from functools import lru_cache


@lru_cache(maxsize=2048)
def pattern(source: str) -> re.Pattern[str]:
    """The compiled form of a regular expression."""
    return re.compile(source)
