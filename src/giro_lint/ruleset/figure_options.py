"""The options of the kinds of rule that look at figures: tables, cells, sums, claims. May import: model, fields."""

from __future__ import annotations

import attrs

from giro_lint.model.formula import Formula
from giro_lint.ruleset.fields import Statement, choice, flag, formula, formulas, names, number, regex, statements, text

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
        partial: nor of a figure that is itself a part, as this tells when it matches the words of its clause before it.
        share: what says how much of the total a part is; passed over.
        stop: a label that this matches at its beginning is no part any more.
        unless: nothing is said when the list matches this.
        overlapping: nor, of more than the total, when it matches this: parts that may share items.
        quiet_after: ids of claim rules whose finding in the sentence explains the difference.

    """

    check: str = choice("above", "below")
    units: str = regex()
    opening: str = regex()
    open_end: str = regex()
    vague: str = regex("")
    partial: str = regex("")
    share: str = regex("")
    stop: str = regex("")
    unless: str = regex("")
    overlapping: str = regex("")
    quiet_after: tuple[str, ...] = names()
