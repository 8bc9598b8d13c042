"""What the linter says: findings, fixes and diagnostics. May import: comparable, source, attrs."""

import enum
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

import attrs

from giro_lint.model.comparable import Comparable
from giro_lint.model.source import Span

_NOTHING: Mapping[str, Any] = MappingProxyType({})


class Severity(enum.Enum):
    """How grave a diagnostic is; ``off`` exists in configurations only."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """2 for an error, 1 for a warning, 0 for an info."""
        return _RANKS[self]


_RANKS = {Severity.ERROR: 2, Severity.WARNING: 1, Severity.INFO: 0}


class Applicability(enum.Enum):
    """Who may apply a fix: ``--fix``, ``--fix --unsafe``, or only a person."""

    SAFE = "safe"
    UNSAFE = "unsafe"
    DISPLAY = "display"


class Edit(NamedTuple):
    """Replace the text of a span; an empty text deletes it."""

    span: Span
    text: str


class Fix(NamedTuple):
    """Edits that mend one diagnostic."""

    edits: tuple[Edit, ...]
    applicability: Applicability = Applicability.SAFE


class Related(NamedTuple):
    """Another place that belongs to a diagnostic.

    Args:
        span: the place.
        message: what it has to do with it, in the language of the report.
        path: the other file, or None for the same one.

    """

    span: Span
    message: str
    path: str | None = None


class Addend(NamedTuple):
    """A figure in an equation: how often it counts (below zero on the right-hand side), its value, its place."""

    factor: Any
    value: Any
    span: Span


class Sum(NamedTuple):
    """An equation of a table that does not hold.

    Args:
        name: the row or column it runs along, as people call it.
        terms: its figures, that of the total first.

    """

    name: str
    terms: tuple[Addend, ...]


class Finding(NamedTuple):
    """What a check yields: a place and data; the engine adds the rest.

    Args:
        span: the place in the source text.
        anchor: structural address such as ``applications/total/natural``.
        data: what the message may speak of; values are shown with ``str``.
        variant: key of the rule's message, when it has several.
        related: other places, each with the key of a rule's note and its data.
        fix: edits that mend it.
        sums: the equations that do not hold because of it.

    """

    span: Span
    anchor: str
    data: Mapping[str, Any] = _NOTHING
    variant: str = ""
    related: tuple[tuple[Span, str, Mapping[str, Any]], ...] = ()
    fix: Fix | None = None
    sums: tuple[Sum, ...] = ()


@attrs.frozen(eq=False, repr=False, slots=False)
class Diagnostic(Comparable):
    """One thing that is wrong, at one place.

    Args:
        rule: id of the rule.
        name: its readable name.
        severity: after configuration.
        message: one line, rendered in the language asked for.
        span: place in ``Source.text``.
        anchor: structural address.
        message_key: rule name and variant, for tools that phrase it themselves.
        data: the values of the message, as strings.
        evidence: the text at the place with white space removed; it enters the fingerprint.
        related: further places.
        fix: how to mend it, with a title.
        fix_title: what the fix does, rendered.
        basis: law, document or standard, rendered.
        url: page of the rule.
        sums: the equations that do not hold because of it, for drawing.

    """

    rule: str
    name: str
    severity: Severity
    message: str
    span: Span
    anchor: str
    message_key: str = ""
    data: Mapping[str, str] = _NOTHING
    evidence: str = ""
    related: tuple[Related, ...] = ()
    fix: Fix | None = None
    fix_title: str = ""
    basis: str = ""
    url: str = ""
    sums: tuple[Sum, ...] = ()

    @property
    def fingerprint(self) -> str:
        """Sixteen hexadecimal digits from rule, anchor and evidence; moved lines do not change it."""
        import hashlib

        key = f"{self.rule}\x1f{self.anchor}\x1f{self.message_key}\x1f{self.evidence}"
        return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:16]
