"""A formula of a rule in linear form. May import: the standard library.

Built by the hundred at every start, so these are named tuples.
"""

from decimal import Decimal
from typing import NamedTuple


class Term(NamedTuple):
    """A factor times a name; a constant when the name is empty; the members of a group when ``summed``."""

    factor: int | Decimal
    name: str
    summed: bool = False


class Comparison(NamedTuple):
    """Two sums of terms and the operator between them."""

    left: tuple[Term, ...]
    operator: str
    right: tuple[Term, ...]


class Formula(NamedTuple):
    """Comparisons that have to hold together, with the text they were written as."""

    text: str
    comparisons: tuple[Comparison, ...]

    @property
    def names(self) -> list[str]:
        """All names in the order of the text."""
        return [term.name for part in self.comparisons for term in (*part.left, *part.right) if term.name]
