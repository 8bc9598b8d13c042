"""What the rules of a plan have in common for all reports of one edition. May import: model, ruleset."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import attrs

from giro_lint.model.form import Knowledge
from giro_lint.ruleset.rules import Rule

T = TypeVar("T")


@attrs.frozen(eq=False, repr=False, slots=False)
class Course:
    """What depends on the rules and the edition alone; made once for many reports.

    Args:
        knowledge: the editions that reports are bound by.
        equation_rules: the equation rules of the edition, by key of their table.
        claim_rules: the claim rules of the edition, by id.
        active: ids of the rules that are on.

    """

    knowledge: Knowledge
    equation_rules: Mapping[str, tuple[Rule, ...]]
    claim_rules: Mapping[str, Rule]
    active: frozenset[str]
    _ready: dict[int, tuple[Any, Any]] = attrs.field(factory=dict, init=False)

    def ready(self, options: Any, make: Callable[[Any], T]) -> T:
        """What a check makes of the options of a rule before it looks at any report; made when first asked for.

        Args:
            options: the options of a rule of this course, or of all rules that a sieve looks at.
            make: makes it; the same function for the same options.

        Returns:
            What `make` returned.

        """
        found = self._ready.get(id(options))
        if found is None:
            found = self._ready[id(options)] = (
                make(options),
                options,
            )  # kept, so that nothing else takes over its identity
        result: T = found[0]
        return result
