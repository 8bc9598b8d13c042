"""A formula of a rule in linear form. May import: attrs."""

from __future__ import annotations

from decimal import Decimal

import attrs


@attrs.frozen
class Term:
    """A factor times a name; a constant when the name is empty; the members of a group when ``summed``."""

    factor: int | Decimal
    name: str
    summed: bool = False


@attrs.frozen
class Comparison:
    """Two sums of terms and the operator between them."""

    left: tuple[Term, ...]
    operator: str
    right: tuple[Term, ...]


@attrs.frozen
class Formula:
    """Comparisons that have to hold together, with the text they were written as."""

    text: str
    comparisons: tuple[Comparison, ...]

    @property
    def names(self) -> list[str]:
        """All names in the order of the text."""
        return [term.name for part in self.comparisons for term in (*part.left, *part.right) if term.name]
