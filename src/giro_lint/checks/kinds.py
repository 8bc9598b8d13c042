"""The shape of a check, and the evaluator of every kind. May import: the checks."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from typing import Any

from giro_lint.checks.facts import Facts
from giro_lint.model.diagnostic import Finding

Checked = Generator[Finding, None, int | str]
"""Findings, then how many things were looked at, or why there was nothing to look at."""

Check = Callable[[Facts, Any], Checked]

Sieve = Callable[[Facts, Sequence[Any]], Sequence[int | str | None]]
"""One look at a report for all rules of a kind, given by their options: what a rule looked at where it is certain that its check finds
nothing, the same as its check would return; None where the check has to be run."""


def evaluators() -> dict[str, Check]:
    """The evaluator of each kind of rule."""
    from giro_lint.checks.breakdown import check_breakdown
    from giro_lint.checks.cell import check_cell
    from giro_lint.checks.claim import check_claim
    from giro_lint.checks.contact import check_contact
    from giro_lint.checks.date import check_date
    from giro_lint.checks.edition import check_edition
    from giro_lint.checks.equation import check_blocked, check_culprit, check_equation
    from giro_lint.checks.heading import check_heading
    from giro_lint.checks.mention import check_length, check_mention
    from giro_lint.checks.pattern import check_overlap, check_pairs, check_pattern
    from giro_lint.checks.relation import check_relation
    from giro_lint.checks.section import check_section
    from giro_lint.checks.signature import check_signature
    from giro_lint.checks.table import check_table
    from giro_lint.checks.title import check_title

    return {
        "edition": check_edition,
        "section": check_section,
        "title": check_title,
        "heading": check_heading,
        "mention": check_mention,
        "length": check_length,
        "table": check_table,
        "cell": check_cell,
        "equation": check_equation,
        "culprit": check_culprit,
        "blocked": check_blocked,
        "relation": check_relation,
        "claim": check_claim,
        "breakdown": check_breakdown,
        "date": check_date,
        "contact": check_contact,
        "signature": check_signature,
        "pattern": check_pattern,
        "pairs": check_pairs,
        "overlap": check_overlap,
    }


def sieves() -> dict[Check, Sieve]:
    """The sieves of the evaluators that have one."""
    from giro_lint.checks import (
        cell,
        claim,
        contact,
        date,
        equation,
        heading,
        pattern,
        section,
        signature,
        table,
        title,
    )

    return {
        section.check_section: section.idle_sections,
        title.check_title: title.idle_titles,
        heading.check_heading: heading.idle_headings,
        table.check_table: table.idle_tables,
        cell.check_cell: cell.idle_cells,
        equation.check_equation: equation.idle_equations,
        signature.check_signature: signature.idle_signatures,
        pattern.check_pattern: pattern.idle_patterns,
        claim.check_claim: claim.idle_claims,
        date.check_date: date.idle_dates,
        contact.check_contact: contact.idle_contacts,
    }
