"""Kind ``edition``: the edition used, due, mixed and cited. May import: facts, grammar.citation, model, options."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING

from giro_lint.checks.facts import Facts
from giro_lint.grammar.citation import find_doc_numbers
from giro_lint.model.diagnostic import Finding
from giro_lint.model.document import Document
from giro_lint.model.form import Edition
from giro_lint.model.source import Span

if TYPE_CHECKING:
    from giro_lint.ruleset.text_options import EditionOptions


def check_edition(facts: Facts, options: EditionOptions) -> Generator[Finding, None, int | str]:
    """Compare the edition that the year asks for with the one that is used or cited."""
    document = facts.document
    if options.check == "mixed":
        yield from _mixed(facts)
        return len(document.tables) or "no-table"
    due = _due(document)
    if due is None:
        return "no-year"
    if options.check == "mismatch":
        yield from _mismatch(document, due)
        return 1 if document.used else "no-table"
    return (yield from _cited(facts, due))


def _due(document: Document) -> Edition | None:
    """The edition that the year asks for, unless title and statistical period ask for different ones."""
    end = document.period[0].end_date.year if document.period else None
    told = [year for year in (document.title.year if document.title else None, end) if year is not None]
    dues = {edition.id for year in told for edition in document.editions if edition.covers(year)}
    return document.due if len(dues) <= 1 or document.year not in told else None


def _mixed(facts: Facts) -> Generator[Finding, None, None]:
    first = {table.key: note for table, note in reversed(facts.noted.get("mixed-editions", ()))}
    used = facts.document.used or facts.document.edition
    for note in first.values():
        yield Finding(Span(note.start, note.end), note.anchor, {**note.data, "edition": used.id, "basis": used.basis})


def _mismatch(document: Document, due: Edition) -> Generator[Finding, None, None]:
    used = document.used
    if used is None or used is due:
        return
    table = next(table for table in document.tables.values() if table.edition is used)
    span = next((span for key, span in table.columns.items() if "/" in key), Span(table.start, table.end))
    data = {"year": document.year, "due": due.id, "due_basis": due.basis, "used": used.id, "used_basis": used.basis}
    yield Finding(span, table.key, data)


def _cited(facts: Facts, due: Edition) -> Generator[Finding, None, int | str]:
    """Numbers of the other editions, unless the one that is due is cited beside them."""
    flow = facts.flow("preamble")
    if due.basis in flow.text:
        return 1
    cited = [(number, f"{number.issuer}〔{number.year}〕{number.number}号") for number in find_doc_numbers(flow.text)]
    others = [edition.basis for edition in facts.document.editions if edition is not due]
    if not any(written.endswith(due.basis) for _, written in cited):
        for number, written in cited:
            if any(written.endswith(basis) for basis in others):
                data = {"year": facts.document.year, "found": written, "expected": due.basis}
                yield Finding(flow.span(number.start, number.end), "preamble/basis", data)
                break
    return len(cited) or "nothing-cited"
