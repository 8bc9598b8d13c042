"""The result of linting one file. May import: document, diagnostic, source, attrs."""

from typing import TYPE_CHECKING, Any, NamedTuple

import attrs

from giro_lint.model.diagnostic import Diagnostic, Severity
from giro_lint.model.document import Document
from giro_lint.model.source import Source

if TYPE_CHECKING:
    from giro_lint.model.suppression import Suppression


class Outcome(NamedTuple):
    """How a rule ended: ``passed`` (it looked at ``checked`` things), ``failed``, ``skipped`` or ``crashed`` with a reason."""

    rule: str
    status: str
    checked: int = 0
    reason: str = ""


class Suppressed(NamedTuple):
    """A diagnostic that is held back, and why: by a suppression, or by the baseline where there is none."""

    diagnostic: Diagnostic
    reason: str
    by: "Suppression | None" = None


@attrs.frozen(eq=False, repr=False, slots=False)
class Report:
    """What was found in one file.

    Args:
        source: the text, for positions.
        title: title of the report, or empty.
        body: full name of the reporting body, or empty.
        body_kind: kind of body, or None when it cannot be told.
        year: report year, or None.
        edition: id of the edition the file was checked against, or None.
        diagnostics: in the order of the text.
        suppressed: what the configuration or the baseline holds back.
        outcomes: one for each rule that was asked for.
        document: the text bound to the form, for those who draw it; None for a file that could not be read.

    """

    source: Source
    title: str
    body: str
    body_kind: str | None
    year: int | None
    edition: str | None
    diagnostics: tuple[Diagnostic, ...]
    suppressed: tuple[Suppressed, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    document: Document | None = None

    @property
    def path(self) -> str:
        """The file's name as it was given."""
        return self.source.path

    @property
    def ok(self) -> bool:
        """Whether there is no error."""
        return not any(d.severity is Severity.ERROR for d in self.diagnostics)

    @property
    def done(self) -> bool:
        """Whether the file could be read and no rule crashed."""
        return not any(d.rule in {"DOC000", "LNT004"} for d in self.diagnostics)

    def to_dict(self) -> dict[str, Any]:
        """The report as plain data, the shape of an entry of ``files`` in ``--format json``."""
        from giro_lint.model.plain import report_data

        return report_data(self)

    def count(self, severity: Severity) -> int:
        """Number of diagnostics of a severity."""
        return sum(d.severity is severity for d in self.diagnostics)
