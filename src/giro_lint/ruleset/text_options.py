"""The options of the kinds of rule that look at structure and wording. May import: model, fields."""

from __future__ import annotations

import attrs

from giro_lint.model.formula import Formula
from giro_lint.ruleset.fields import WordGroup, choice, flag, formulas, names, number, regex, text, word_groups

HEADING_CHECKS = (
    "wording", "number", "style", "sequence", "sub-order", "sub-restart", "sub-mixed", "separator", "stop", "stop-mixed",
    "indent", "space", "jump",
)  # fmt: skip
SECTION_CHECKS = (
    "missing", "order", "duplicate", "extra", "promoted", "empty", "table-missing", "table-misplaced", "text-in-table-section",
    "preamble", "parts-count", "parts-wording",
)  # fmt: skip
DATE_CHECKS = (
    "period", "period-year", "year-conflict", "stale-year", "plan-year", "early", "deadline", "local-deadline",
    "impossible", "style", "late-citation",
)  # fmt: skip
CONTACT_CHECKS = ("missing", "postcode", "area-code", "digits", "punctuation", "url", "place", "region")
SIGNATURE_CHECKS = ("body", "date", "differs", "body-differs", "order", "office", "spaces", "after")
TITLE_CHECKS = ("missing", "year", "pattern", "place", "broken", "stop", "preamble-name")


@attrs.frozen(eq=False, repr=False)
class EngineOptions:
    """A rule that the engine itself reports: ``event`` names the occasion."""

    event: str = text()


@attrs.frozen(eq=False, repr=False)
class EditionOptions:
    """The edition used, due and cited."""

    check: str = choice("mismatch", "mixed", "cited")


@attrs.frozen(eq=False, repr=False)
class SectionOptions:
    """Presence, order and content of sections.

    Args:
        check: what to look for.
        sections: keys of sections, all when empty.
        table: key of the table for ``table-missing``.
        find: for ``extra`` the headings of retired chapters; for ``parts-count`` the group ``count`` is a number of parts;
            for ``missing`` sub-headings that only a section of the form has, in a group named as the section's key.
        unless: for ``text-in-table-section`` the lines that do not count.

    """

    check: str = choice(*SECTION_CHECKS)
    sections: tuple[str, ...] = names()
    table: str = text("")
    find: str = regex("")
    unless: str = regex("")


@attrs.frozen(eq=False, repr=False)
class TitleOptions:
    """The title.

    Args:
        check: what to look for.
        find: for ``pattern`` what the title must not have; for ``preamble-name`` the group ``name`` is the report's name.

    """

    check: str = choice(*TITLE_CHECKS)
    find: str = regex("")


@attrs.frozen(eq=False, repr=False)
class HeadingOptions:
    """Numbers, wording and typography of headings.

    Args:
        check: what to look for.
        unless: a numbered line whose words this matches is no heading.
        quiet_with: ids of rules that say the same where they are on.

    """

    check: str = choice(*HEADING_CHECKS)
    unless: str = regex("")
    quiet_with: tuple[str, ...] = names()


@attrs.frozen(eq=False, repr=False)
class MentionOptions:
    """Words that a section has to contain, or must not.

    Args:
        scope: where to look.
        groups: what has to be spoken of, each with the words that do.
        demand: ``all`` groups, ``any`` of them, or ``none``.
        when: only where these formulas hold of the tables.
        unless: nothing is said where this is found in the scope.
        least: a scope of fewer characters is left to other rules.
        settled: a group that is spoken of in these scopes counts as found, or for ``none`` as none.
        repeated: only words that stand in these scopes as well.
        bare: a scope that this matches as a whole says nothing, which the variant ``bare`` tells.

    """

    scope: tuple[str, ...] = names()
    groups: tuple[WordGroup, ...] = word_groups()
    demand: str = choice("all", "any", "none", default="all")
    when: tuple[Formula, ...] = formulas()
    unless: str = regex("")
    least: int = number(0)
    settled: tuple[str, ...] = names()
    repeated: tuple[str, ...] = names()
    bare: str = regex("")


@attrs.frozen(eq=False, repr=False)
class LengthOptions:
    """Length of a section in characters without white space.

    Args:
        scope: key of the section.
        minimum: fewer are too few; 0 for none.
        maximum: more are too many; 0 for none.
        bare: a text that says nothing.
        quiet_with: ids of rules that say the same where they are on.

    """

    scope: tuple[str, ...] = names()
    minimum: int = number(0)
    maximum: int = number(0)
    bare: str = regex("")
    quiet_with: tuple[str, ...] = names()


@attrs.frozen(eq=False, repr=False)
class DateOptions:
    """Dates: period, report year, signature.

    Args:
        check: what to look at.
        find: where a year is told: its group ``year``; a match without that group is passed over.
        unless: nothing is said of a sentence (``period``: of a text, ``deadline``: of a body) in which this is found.
        styles: styles of dates that prose should not have.
        signed_styles: styles that the date of signature should not have.

    """

    check: str = choice(*DATE_CHECKS)
    find: str = regex("")
    unless: str = regex("")
    styles: tuple[str, ...] = names()
    signed_styles: tuple[str, ...] = names()


@attrs.frozen(eq=False, repr=False)
class ContactOptions:
    """The contact fields of the preamble.

    Args:
        check: what to look at.
        unless: ``place``: an address in which this is found is complete; ``missing``, ``area-code``: nothing is said of
            a text in which this is found.
        regions: for ``region``, a line a province: its name, the first two or four digits of its postcodes, the beginnings of
            its area codes; spaces between the three, commas inside.

    """

    check: str = choice(*CONTACT_CHECKS)
    unless: str = regex("")
    regions: tuple[str, ...] = names()


@attrs.frozen(eq=False, repr=False)
class SignatureOptions:
    """Name and date at the end.

    Args:
        check: what to look for.
        find: for ``body-differs`` the group ``body`` is the author that the preamble names.
        unless: for ``after`` the lines that may stand below the signature; for ``body-differs`` names that say nothing.

    """

    check: str = choice(*SIGNATURE_CHECKS)
    find: str = regex("")
    unless: str = regex("")


@attrs.frozen(eq=False, repr=False)
class PatternOptions:
    """A regular expression over the text.

    Args:
        find: what is wrong; groups whose names begin with ``at`` narrow the place; a match without any of them is passed over.
        gate: literals one of which the text has to contain; empty only when ``find`` begins with a literal.
        scope: where: kinds of block, keys of sections, ``sentences`` (prose without what a web page adds), or ``all``.
        flow: search the prose without white space and line breaks.
        unless: a match that this matches as well is no finding.
        fix: replacement template for a safe fix; it may refer to groups of ``find``.
        swap: pairs such as ``其它→其他`` that a safe fix replaces in the place, after ``fix`` where both are given.
        quiet: nothing is said of a text in which this is found.
        once: at most one finding a document; its fix mends all places.
        least: fewer matches than this are nothing.

    """

    find: str = regex()
    gate: tuple[str, ...] = names()
    scope: tuple[str, ...] = names("all")
    flow: bool = flag(default=False)
    unless: str = regex("")
    fix: str = text("")
    swap: tuple[str, ...] = names()
    quiet: str = regex("")
    once: bool = flag(default=False)
    least: int = number(1)


@attrs.frozen(eq=False, repr=False)
class PairsOptions:
    """Brackets and quotes that have to come in pairs.

    Args:
        pairs: each is the opening marks, then as many closing ones.
        scope: keys of sections (or ``preamble``), all when empty.

    """

    pairs: tuple[str, ...] = names()
    scope: tuple[str, ...] = names()


@attrs.frozen(eq=False, repr=False)
class OverlapOptions:
    """Paragraphs of one report that are nearly equal: ``share`` is the percentage of common characters."""

    share: int = number(90)
    least: int = number(30)
