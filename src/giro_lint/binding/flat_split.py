"""Digits that stick together as the figures of a row, where only one reading is possible. May import: the standard library.

Figures have no leading zeros and no cell is blank: under that a string of digits has few splits. Those are kept that the sums of the
form allow, over all rows at once; only a single one that is left is an answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import combinations
from math import comb

Key = tuple[str, str]
"""Row and column."""

Identity = Sequence[tuple[int | Decimal, Key]]
"""Factors and cells that make nothing when they are added up."""

Terms = Sequence[tuple[int | Decimal, int, int]]
"""The same by line and place in the line."""

_SPLITS = 12_000
"""A row with more ways to cut it is not tried."""
_CHOICES = 20_000
"""So many combinations of rows are looked at."""


def single(digits: str, columns: int) -> list[str] | None:
    """The figures of a row without sums: one a digit, where no digit can begin a longer figure.

    Args:
        digits: ASCII digits.
        columns: how many cells the row has.

    Returns:
        The figures; None where another reading is possible, the one in which a cell is blank included.

    """
    sure = columns == 1 or (len(digits) == columns and not digits[:-1].strip("0"))
    return ([digits] if columns == 1 else list(digits)) if sure else None


def solve(
    rows: Sequence[tuple[str | Sequence[int], Sequence[Key]]], identities: Sequence[Identity]
) -> list[list[int]] | None:
    """Cut the digits of all rows so that every sum holds.

    Args:
        rows: of each the digits that stick together, or the figures where they can be told; and its cells.
        identities: what has to hold.

    Returns:
        The figures of each row, or None where no way or more than one way is left, too many would have to be tried, or a cell that
        sticks to another is in no sum.

    """
    home = {cell: (line, i) for line, (_, cells) in enumerate(rows) for i, cell in enumerate(cells)}
    inside: list[list[Terms]] = [[] for _ in rows]
    across: list[Terms] = []
    bound: set[Key] = set()
    for identity in identities:
        if not all(cell in home for _, cell in identity):
            return None
        terms = [(factor, *home[cell]) for factor, cell in identity]
        bound.update(cell for _, cell in identity)
        lines = {line for _, line, _ in terms}
        (inside[lines.pop()] if len(lines) == 1 else across).append(terms)
    choices: list[list[list[int]]] = []
    count = 1
    for (figures, cells), terms_inside in zip(rows, inside, strict=True):
        if isinstance(figures, str) and not bound.issuperset(cells):
            return None
        found = _ways(figures, len(cells), terms_inside)
        count *= len(found)
        if not 0 < count <= _CHOICES:
            return None
        choices.append(found)
    return _only(choices, across)


def _ways(figures: str | Sequence[int], parts: int, sums: Sequence[Terms]) -> list[list[int]]:
    """The readings of one row that its own sums allow; none where there are too many to try."""
    ways: Iterable[list[int]] = [list(figures)] if not isinstance(figures, str) else _splits(figures, parts)
    return [way for way in ways if all(not sum(factor * way[i] for factor, _, i in terms) for terms in sums)]


def _splits(digits: str, parts: int) -> Iterator[list[int]]:
    """All ways to cut digits into figures without leading zeros, unless there are too many."""
    if len(digits) < parts or comb(len(digits) - 1, parts - 1) > _SPLITS:
        return
    for cuts in combinations(range(1, len(digits)), parts - 1):
        pieces = [digits[a:b] for a, b in zip((0, *cuts), (*cuts, len(digits)), strict=True)]
        if all(len(piece) == 1 or piece[0] != "0" for piece in pieces):
            yield [int(piece) for piece in pieces]


def _only(choices: Sequence[list[list[int]]], sums: Sequence[Terms]) -> list[list[int]] | None:
    """The only combination of readings that fits the sums across rows."""
    loose = [line for line, found in enumerate(choices) if len(found) > 1]
    rank = {line: i for i, line in enumerate(loose)}
    due: list[list[Terms]] = [[] for _ in range(len(loose) + 1)]
    for terms in sums:  # judged as soon as the last of its loose rows is chosen
        due[1 + max((rank[line] for _, line, _ in terms if line in rank), default=-1)].append(terms)
    chosen = [found[0] for found in choices]
    answers: list[list[list[int]]] = []

    def choose(level: int) -> None:
        if any(sum(factor * chosen[line][i] for factor, line, i in terms) for terms in due[level]):
            return
        if level == len(loose):
            answers.append(list(chosen))
            return
        for way in choices[loose[level]]:
            chosen[loose[level]] = way
            choose(level + 1)
            if len(answers) > 1:
                return

    choose(0)
    return answers[0] if len(answers) == 1 else None
