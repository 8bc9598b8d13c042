"""Finds the fewest wrong cells that explain every failing equation of a table. May import: the standard library.

A fault is one cell, two cells of one line that are off by opposite amounts, or two or three cells whose lines meet. The faults
of a table have to cover the failing equations without overlap, and the cover has to be the only one of its cost.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from itertools import combinations, product
from typing import NamedTuple

Key = tuple[str, str]
Number = int | Decimal
_MOST_EQUATIONS = 24
_MOST_STEPS = 20_000
_COST = 2
_SWAP_COST = 3


class Equation(NamedTuple):
    """An equation over the cells of a table: the sum of factor times cell has to be zero.

    Args:
        rule: id of the rule it comes from.
        line: key of the row or column it runs along.
        place: the cell that holds the result.
        terms: factor and cell.
        residual: what the sum is.
        blocked: why it cannot be judged, or empty.
        waits_for: ``total`` when the total is blank and parts are not, ``parts`` when it is the other way round, or empty.

    """

    rule: str
    line: str
    place: Key
    terms: tuple[tuple[Number, Key], ...]
    residual: Number = 0
    blocked: str = ""
    waits_for: str = ""


class Fault(NamedTuple):
    """Cells with the amounts they are off by, and the equations that this explains."""

    cells: tuple[tuple[Key, Number], ...]
    equations: tuple[int, ...]
    cost: int
    swapped: bool = False


class Solution(NamedTuple):
    """What is wrong: faults that explain equations, and the equations that nothing explains."""

    faults: tuple[Fault, ...]
    unexplained: tuple[int, ...]


def solve(equations: list[Equation], values: Mapping[Key, Number], fixed: Iterable[Key] = ()) -> Solution:
    """Explain the failing equations.

    Args:
        equations: all equations of the table.
        values: the figures of its cells.
        fixed: cells that no fault can be in, such as blank ones.

    Returns:
        The unique cheapest explanation, part by part; what has none stays unexplained.

    """
    failing = [i for i, equation in enumerate(equations) if equation.residual and not equation.blocked]
    if not failing or len(failing) > _MOST_EQUATIONS:
        return Solution((), tuple(failing))
    search = _Search(equations, values, frozenset(fixed), frozenset(failing))
    faults: list[Fault] = []
    unexplained: list[int] = []
    candidates = search.candidates()
    for part in _components(failing, candidates):
        inside = [fault for fault in candidates if set(fault.equations) <= part]
        cover = _cheapest_cover(frozenset(part), inside)
        if cover is None:
            unexplained += sorted(part)
        else:
            faults += cover
    return Solution(tuple(faults), tuple(unexplained))


Half = tuple[Key, frozenset[int], Number]
"""A cell, equations through it that its amount satisfies, and that amount."""


class _Search:
    def __init__(
        self, equations: list[Equation], values: Mapping[Key, Number], fixed: frozenset[Key], failing: frozenset[int]
    ) -> None:
        self.equations, self.values = equations, values
        self.fixed, self.failing = fixed, failing
        self.through: dict[Key, dict[int, Number]] = defaultdict(dict)
        for i, equation in enumerate(self.equations):
            if not equation.blocked:
                for factor, key in equation.terms:
                    self.through[key][i] = self.through[key].get(i, 0) + factor

    def candidates(self) -> list[Fault]:
        """All faults that fit the failing equations."""
        cells = sorted({key for i in self.failing for _, key in self.equations[i].terms} - self.fixed)
        singles = [fault for key in cells if (fault := self._single(key))]
        halves = self._halves(cells)
        return [*singles, *self._swaps(cells), *self._bundles(halves), *self._chains(cells, halves)]

    def _change(self, key: Key, line: int, besides: Number = 0) -> Number | None:
        """By how much a cell has to change for an equation to hold, when other cells of it change it by so much."""
        needed, factor = -(self.equations[line].residual + besides), self.through[key][line]
        return needed // factor if needed % factor == 0 else None

    def _amount(self, key: Key, among: Iterable[int]) -> Number | None:
        """By how much a cell has to change for some equations to hold, when they agree and the result is a count."""
        return self._agreed(key, {self._change(key, i) for i in among})

    def _agreed(self, key: Key, amounts: set[Number | None]) -> Number | None:
        amount = amounts.pop() if len(amounts) == 1 else None
        return amount if amount and self.values[key] + amount >= 0 else None

    def _single(self, key: Key) -> Fault | None:
        through = self.through[key]
        if len(through) < 2 or not self.failing.issuperset(through):
            return None
        amount = self._amount(key, through)
        return Fault(((key, amount),), tuple(sorted(through)), _COST) if amount else None

    def _swaps(self, cells: list[Key]) -> list[Fault]:
        """Two cells of a line that holds, off by opposite amounts: the place is told where only one pair can be meant."""
        half: dict[int, list[Half]] = defaultdict(list)
        for key in cells:
            broken = [i for i in self.through[key] if i in self.failing]
            sound = [i for i in self.through[key] if i not in self.failing]
            if broken and len(sound) == 1 and (amount := self._amount(key, broken)):
                half[sound[0]].append((key, frozenset(broken), amount))
        pairs: dict[frozenset[int], list[tuple[tuple[Key, Number], tuple[Key, Number]]]] = defaultdict(list)
        for line, keys in half.items():
            for (one, covered, amount), (two, others, opposite) in combinations(keys, 2):
                peers = self.through[one][line] == self.through[two][line]
                if peers and amount + opposite == 0 and not covered & others:
                    pairs[covered | others].append(((one, amount), (two, opposite)))
        return [
            Fault(found[0] if len(found) == 1 else (), tuple(sorted(covered)), _SWAP_COST, swapped=True)
            for covered, found in pairs.items()
        ]

    def _halves(self, cells: list[Key]) -> dict[int, list[Half]]:
        """By failing equation: its cells whose other equations all fail, and by one amount."""
        halves: dict[int, list[Half]] = defaultdict(list)
        for key in cells:
            for shared in self.failing.intersection(self.through[key]):
                rest = [i for i in self.through[key] if i != shared]
                if rest and self.failing.issuperset(rest) and (amount := self._amount(key, rest)):
                    halves[shared].append((key, frozenset(rest), amount))
        return halves

    def _bundles(self, halves: Mapping[int, list[Half]]) -> list[Fault]:
        """Two or three wrong cells of one line that fails."""
        faults = []
        for shared, inside in halves.items():
            for size in (2, 3):
                for chosen in combinations(inside, size):
                    covered = frozenset.union(*(rest for _, rest, _ in chosen))
                    total = sum(self.through[key][shared] * amount for key, _, amount in chosen)
                    apart = len(covered) == sum(len(rest) for _, rest, _ in chosen)
                    if apart and total == -self.equations[shared].residual:
                        changes = tuple((key, amount) for key, _, amount in chosen)
                        faults.append(Fault(changes, tuple(sorted(covered | {shared})), _COST * size))
        return faults

    def _chains(self, cells: list[Key], halves: Mapping[int, list[Half]]) -> list[Fault]:
        """A wrong cell with another one in each of two failing lines through it."""
        faults = []
        for key in cells:
            through = frozenset(self.through[key])
            if not self.failing >= through:
                continue
            for one, two in combinations(sorted(through), 2):
                rest = {self._change(key, i) for i in through - {one, two}}
                for (first, a, by), (last, b, other) in product(halves.get(one, ()), halves.get(two, ())):
                    if key in (first, last) or a & b or (a | b) & through:
                        continue
                    here = {
                        self._change(key, one, self.through[first][one] * by),
                        self._change(key, two, self.through[last][two] * other),
                    }
                    if amount := self._agreed(key, here | rest):
                        faults.append(
                            Fault(
                                ((first, by), (key, amount), (last, other)), tuple(sorted(a | b | through)), 3 * _COST
                            )
                        )
        return faults


def _components(failing: list[int], faults: list[Fault]) -> list[set[int]]:
    parts = [{i} for i in failing]
    for fault in faults:
        joined = [part for part in parts if part & set(fault.equations)]
        parts = [part for part in parts if part not in joined] + [set().union(*joined)]
    return parts


def _cheapest_cover(part: frozenset[int], faults: list[Fault]) -> list[Fault] | None:
    """The only cheapest set of faults that covers each equation once, or None."""
    best: list[list[Fault]] = []
    cost = 10**9
    steps = 0

    def extend(left: frozenset[int], chosen: list[Fault], paid: int) -> None:
        nonlocal best, cost, steps
        steps += 1
        if steps > _MOST_STEPS or paid > cost:
            return
        if not left:
            if paid < cost:
                best, cost = [], paid
            best.append(list(chosen))
            return
        hardest = min(left, key=lambda i: sum(i in fault.equations for fault in faults))
        for fault in faults:
            if hardest in fault.equations and left.issuperset(fault.equations):
                extend(left.difference(fault.equations), [*chosen, fault], paid + fault.cost)

    extend(part, [], 0)
    return best[0] if len(best) == 1 and steps <= _MOST_STEPS else None
