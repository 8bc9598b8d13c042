"""Comparing and showing attrs classes by their fields. May import: nothing of ours.

attrs writes and compiles these methods anew for every class, which takes more of a start than all else about the class.
"""

from __future__ import annotations

from typing import Any


class Comparable:
    """Base of attrs classes made with ``eq=False, repr=False``: equality, hash and repr by the values of the fields."""

    __slots__ = ()

    def _values(self) -> tuple[Any, ...]:
        return tuple(getattr(self, field.name) for field in self.__attrs_attrs__)  # type: ignore[attr-defined]

    def __eq__(self, other: object) -> bool:
        return self._values() == other._values() if isinstance(other, type(self)) else NotImplemented

    def __hash__(self) -> int:
        return hash((type(self), *self._values()))

    def __repr__(self) -> str:
        names = (field.name for field in self.__attrs_attrs__)  # type: ignore[attr-defined]
        return f"{type(self).__name__}({', '.join(f'{name}={getattr(self, name)!r}' for name in names)})"
