"""The prescribed form as data: what an edition file says. May import: the standard library and attrs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import attrs


@attrs.frozen(eq=False, repr=False, slots=False)
class Entry:
    """A named part of the form: a section, a clause block, a row or a column.

    Args:
        key: the name that rules use.
        label: the wording that the form prescribes.
        number: its printed number (``一``, ``（一）``, ``1``), or empty.
        group: key of the group it belongs to, or empty.
        aliases: other wordings that are accepted in silence.
        renamed: wordings that are recognised and reported.

    """

    key: str
    label: str
    number: str = ""
    group: str = ""
    aliases: tuple[str, ...] = ()
    renamed: tuple[str, ...] = ()


class Block(NamedTuple):
    """A part of a table with a header of its own (a clause of Article 20), or a whole table of one part."""

    entry: Entry
    columns: tuple[Entry, ...]
    rows: tuple[Entry, ...]


@attrs.frozen(eq=False, repr=False, slots=False)
class TableForm:
    """A table as the form prints it.

    Args:
        key: the name that rules use.
        label: what people call it.
        section: key of the section it stands in.
        layout: ``blocks`` (stacked headers), ``matrix`` (labelled rows under a tree of headers) or ``line`` (one row of cells).
        blocks: the parts; exactly one unless the layout is ``blocks``.
        groups: headings inside the table that have no cells of their own, rows and columns alike.
        corner: the note in the corner cell, or empty.
        words: further labels that only this table has, by which its rows are told from another's.

    """

    key: str
    label: str
    section: str
    layout: str
    blocks: tuple[Block, ...]
    groups: tuple[Entry, ...] = ()
    corner: str = ""
    words: tuple[str, ...] = ()


@attrs.frozen(eq=False, repr=False, slots=False)
class Edition:
    """One edition of the form.

    Args:
        id: ``2019`` or ``2021``: the year whose name it bears.
        basis: the document that prescribes it.
        first_year: first report year it applies to.
        last_year: last report year, or None while it is in force.
        sections: the sections in their fixed order.
        tables: the tables by key.

    """

    id: str
    basis: str
    first_year: int
    last_year: int | None
    sections: tuple[Entry, ...]
    tables: Mapping[str, TableForm]

    def covers(self, year: int) -> bool:
        """Whether reports of a year have to use this edition."""
        return self.first_year <= year and (self.last_year is None or year <= self.last_year)


@attrs.frozen(eq=False, repr=False, slots=False)
class Vocabulary:
    """The words by which the parts of a report are recognised, whatever the edition.

    Args:
        title_core: the words that every title has to contain.
        title_label: regular expression: the label that a web page sets before a title.
        title_words: regular expression: a line that may be the title of such a report.
        report_words: regular expression: a line that may be the title of the report before 2019 too.
        body_kinds: pairs of a regular expression over the full name of a body and its kind, first match wins.
        body_noise: regular expression: what stands in a title beside the body's name.
        body_suffix: regular expression: how the full name of a body ends.
        placeless: regular expression: a name that lacks its place.
        place_words: regular expression: words of a name that tell of a place.
        aspects: the five aspects of the first section, with the words that name them.
        contact_labels: labels of the contact fields, by field.
        period_words: regular expression: the words before the statistical period.
        own_form: the kind of body that may report on a form of its own, which is not this one.
        deadlines: latest date by kind of body, as ``MM-DD`` in the year after the report year.
        signature_label: regular expression: the label before a name or a date at the end.
        signature_seal: regular expression: the note of a seal behind a name at the end.
        chrome: regular expression: lines that a web page adds around a report.
        carried: regular expression: words before a year that figures are carried to.
        contact_behind: regular expression: what may stand between the label of a contact field and its colon.
        scope_wide: regular expression: words by which a body counts for others as well.
        scope_own: regular expression: words by which a government's report counts for one office alone.
        other_time: regular expression: words by which a figure is not one of the whole report year.
        part_opening: regular expression: what comes between a figure and its parts.
        channels: regular expression: words by which a figure counts what came through one channel.
        part_words: regular expression: words by which a figure counts another part: a kind of applicant, help for others.

    """

    title_core: str
    title_label: str
    title_words: str
    report_words: str
    body_kinds: tuple[tuple[str, str], ...]
    body_noise: str
    body_suffix: str
    placeless: str
    place_words: str
    aspects: tuple[Entry, ...]
    contact_labels: Mapping[str, tuple[str, ...]]
    period_words: str
    own_form: str
    deadlines: Mapping[str, str]
    chrome: str
    signature_label: str
    signature_seal: str
    scope_wide: str
    carried: str
    contact_behind: str
    scope_own: str
    other_time: str
    part_opening: str
    channels: str
    part_words: str


@attrs.frozen(eq=False, repr=False, slots=False)
class Knowledge:
    """Everything the binding has to know: all editions and the vocabulary."""

    editions: tuple[Edition, ...]
    vocabulary: Vocabulary

    def edition(self, name: str | None) -> Edition | None:
        """The edition of an id, or None."""
        return next((edition for edition in self.editions if edition.id == name), None)

    def due(self, year: int) -> Edition | None:
        """The edition that a report of a year has to use, or None before the first."""
        return next((edition for edition in self.editions if edition.covers(year)), None)
