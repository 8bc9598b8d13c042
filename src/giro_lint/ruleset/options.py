"""The options of each kind of rule: attrs classes whose validators refuse what a kind cannot use. May import: model, fields."""

from __future__ import annotations

import attrs

from giro_lint.model.formula import Formula
from giro_lint.ruleset.fields import (
    Statement,
    WordGroup,
    choice,
    flag,
    formula,
    formulas,
    names,
    number,
    regex,
    statements,
    text,
    word_groups,
)

HEADING_CHECKS = (
    "wording", "number", "style", "sequence", "sub-order", "sub-restart", "sub-mixed", "separator", "stop", "stop-mixed",
    "indent", "space", "jump",
)  # fmt: skip
SECTION_CHECKS = (
    "missing", "order", "duplicate", "extra", "promoted", "empty", "table-missing", "table-misplaced", "text-in-table-section",
    "preamble", "parts-count", "parts-wording",
)  # fmt: skip
DATE_CHECKS = (
    "period", "period-year", "year-conflict", "stale-year", "plan-year", "early", "deadline", "impossible", "style", "late-citation",
)  # fmt: skip
CELL_TESTS = (
    "blank",
    "placeholder",
    "text",
    "negative",
    "fraction",
    "padded",
    "fullwidth",
    "grouped-mixed",
    "unit",
    "no-unit",
    "odd-digits",
    "places",
    "each",
    "not-integer",
)
CONTACT_CHECKS = ("missing", "postcode", "area-code", "digits", "punctuation", "url", "place", "region")
SIGNATURE_CHECKS = ("body", "date", "differs", "body-differs", "order", "office", "spaces", "after")
TITLE_CHECKS = ("missing", "year", "pattern", "place", "broken", "stop", "preamble-name")
SCOPES = (
    "prose",
    "heading",
    "title",
    "preamble",
    "cell",
    "overall",
    "proactive",
    "applications",
    "litigation",
    "problems",
    "other",
    "all",
)


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
        find: for ``extra`` the headings of retired chapters; for ``parts-count`` the group ``count`` is a number of parts.
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

    """

    check: str = choice(*HEADING_CHECKS)
    unless: str = regex("")


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
class TableOptions:
    """What the binding noted about the shape of tables.

    Args:
        notes: the kinds of note to report.
        table: key of the table, all when empty.
        matching: only where what was found matches this.
        unless: not where what was found matches this.
        once: one finding a table and kind of note.

    """

    notes: tuple[str, ...] = names()
    table: str = text("")
    matching: str = regex("")
    unless: str = regex("")
    once: bool = flag(default=False)


@attrs.frozen(eq=False, repr=False)
class CellOptions:
    """Cells that pass a test.

    Args:
        test: what to look for.
        tables: keys of tables, all when empty.
        columns: keys of columns, all when empty.
        except_columns: keys of columns left out.
        rows: keys of rows, all when empty.
        limit: numbers from this on are reported too, whatever the test; 0 for none.
        limit_kinds: kinds of body that the limit is for, all when empty.
        places: most decimals, for ``places``.
        per: key of the column with the number of items, for ``each``.
        low: least amount an item may have, in 元.
        high: most an item may have, in 元.
        once: one finding a table.

    """

    test: str = choice(*CELL_TESTS)
    tables: tuple[str, ...] = names()
    columns: tuple[str, ...] = names()
    except_columns: tuple[str, ...] = names()
    rows: tuple[str, ...] = names()
    limit: int = number(0)
    limit_kinds: tuple[str, ...] = names()
    places: int = number(0)
    per: str = text("")
    low: int = number(0)
    high: int = number(0)
    once: bool = flag(default=False)


@attrs.frozen(eq=False, repr=False)
class EquationOptions:
    """A linear equation that holds in every row or column of a table.

    Args:
        table: key of the table.
        for_each: ``row`` (names are columns) or ``column`` (names are rows).
        equation: such as ``new + carried_in = total + carried_out``.
        only: keys of the rows or columns it holds for, all when empty.
        excepting: keys it is not asked of.

    """

    table: str = text()
    for_each: str = choice("row", "column")
    equation: Formula = formula()
    only: tuple[str, ...] = names()
    excepting: tuple[str, ...] = names()


@attrs.frozen(eq=False, repr=False)
class CulpritOptions:
    """Cells that explain every equation of a table that fails: one cell, or two off by the same amount."""

    table: str = text()
    cells: str = choice("one", "two")


@attrs.frozen(eq=False, repr=False)
class BlockedOptions:
    """Sums whose total or parts are blank: ``blank`` says which."""

    table: str = text()
    blank: str = choice("total", "parts")


@attrs.frozen(eq=False, repr=False)
class RelationOptions:
    """A comparison that has to hold where a condition does.

    Args:
        table: key of a table whose rows or columns the names are; empty for dotted names.
        for_each: ``row`` or ``column`` with a table.
        only: keys of the rows or columns.
        when: conditions, all of which have to hold.
        expect: what has to hold then.
        at: the name whose cell is the place; else the first name of ``expect``.
        both: the conditions have to hold where the expectation does, too.
        once: one finding for all rows or columns.
        unless_body: not for a body whose full name matches this.

    """

    expect: Formula = formula()
    table: str = text("")
    for_each: str = choice("row", "column", "", default="")
    only: tuple[str, ...] = names()
    when: tuple[Formula, ...] = formulas()
    at: str = text("")
    both: bool = flag(default=False)
    once: bool = flag(default=False)
    unless_body: str = regex("")


@attrs.frozen(eq=False, repr=False)
class ClaimOptions:
    """What the narrative says against cells.

    Args:
        statements: what may be said, and what has to hold then.
        scope: where to look.
        gate: literals one of which a sentence has to contain.
        needs: the sentence or the heading above it has to match this.
        unless: nothing is said when the clause matches this.
        unless_before: nor when the sentence up to the statement does.
        unless_sentence: nor when the sentence does.
        scoped: whether words of another scope in the sentence silence the rule.
        whole: whether figures of a part (其中, a channel, a kind of applicant) are set aside.
        heads: for parts: formulas, one of which the figure has to fit that they are parts of; a statement that expects
            as many formulas is judged by those alone whose head fits.
        quiet_after: ids of rules after whose findings this one has nothing to add.
        unit: regular expression of the units.
        cell_unit: unit of money of the cells that a sum of money is compared with.
        anchor: structural address of its findings.

    """

    statements: tuple[Statement, ...] = statements()
    scope: tuple[str, ...] = names()
    gate: tuple[str, ...] = names()
    needs: str = regex("")
    unless: str = regex("")
    unless_before: str = regex("")
    unless_sentence: str = regex("")
    scoped: bool = flag(default=True)
    whole: bool = flag(default=True)
    heads: tuple[Formula, ...] = formulas()
    quiet_after: tuple[str, ...] = names()
    unit: str = regex("件|份|宗|起|条|个|次|项|例|封")
    cell_unit: str = text("")
    anchor: str = text("section/overall")


@attrs.frozen(eq=False, repr=False)
class BreakdownOptions:
    """A total and the parts that a sentence lists for it.

    Args:
        check: ``above`` for parts that make more than the total, ``below`` for less.
        units: regular expression of the units.
        opening: what stands between the total and its parts.
        open_end: what tells that the list is not complete.
        vague: nothing is said of a total that this matches, with what stands before it.
        stop: a label that this matches at its beginning is no part any more.
        unless: nothing is said when the list matches this.
        overlapping: nor, of more than the total, when it matches this: parts that may share items.
        quiet_after: ids of claim rules whose finding in the sentence explains the difference.

    """

    check: str = choice("above", "below")
    units: str = regex("条|件|篇|次|份|项|个|期|起|宗|人次|部|场")
    opening: str = regex("其中|包括|分别|：")
    open_end: str = regex("等")
    vague: str = regex("")
    stop: str = regex("")
    unless: str = regex("")
    overlapping: str = regex("")
    quiet_after: tuple[str, ...] = names()


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
        regions: for ``region``, a line a province: its name, the first two digits of its postcodes, the beginnings of
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


KINDS: dict[str, type] = {
    "engine": EngineOptions,
    "edition": EditionOptions,
    "section": SectionOptions,
    "title": TitleOptions,
    "heading": HeadingOptions,
    "mention": MentionOptions,
    "length": LengthOptions,
    "table": TableOptions,
    "cell": CellOptions,
    "equation": EquationOptions,
    "culprit": CulpritOptions,
    "blocked": BlockedOptions,
    "relation": RelationOptions,
    "claim": ClaimOptions,
    "breakdown": BreakdownOptions,
    "date": DateOptions,
    "contact": ContactOptions,
    "signature": SignatureOptions,
    "pattern": PatternOptions,
    "pairs": PairsOptions,
    "overlap": OverlapOptions,
}
