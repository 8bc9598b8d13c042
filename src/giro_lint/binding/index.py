"""Where a label belongs: an index over the labels of all editions, made once per knowledge. May import: model, labels."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache

import attrs

from giro_lint.binding.labels import label_core
from giro_lint.model.form import Edition, Entry, Knowledge, TableForm


@attrs.frozen(eq=False, repr=False, slots=False)
class Meaning:
    """What a label means.

    Args:
        role: ``row``, ``column``, ``group``, ``block``, ``corner`` or ``word``.
        entry: the part of the form that it names.
        edition: the edition it belongs to.
        table: the table it stands in.
        block: key of its block.
        how: as in `Section.wording`.

    """

    role: str
    entry: Entry
    edition: Edition
    table: TableForm
    block: str = ""
    how: str = "exact"


Meanings = dict[str, list[Meaning]]
"""Meanings by core."""


class TableLabels:
    """The labels of one table by core, over all editions.

    Args:
        meanings: all of them.

    Attributes:
        rows: those of rows.
        columns: those of columns.
        groups: headings inside the table.
        blocks: captions of its parts.
        words: further labels that only this table has.
        editions: the edition of a column label that only one edition has.
        text: all of them as lines.
        cores: all of them as a set.
        longest: the length of the longest.

    """

    def __init__(self, meanings: Meanings) -> None:
        roles: dict[str, Meanings] = defaultdict(dict)
        editions: dict[str, set[str]] = defaultdict(set)
        for text, found in meanings.items():
            for meaning in found:
                roles[meaning.role].setdefault(text, []).append(meaning)
                if meaning.role == "column":
                    editions[text].add(meaning.edition.id)
        self.meanings = meanings
        self.rows, self.columns, self.groups = roles["row"], roles["column"], roles["group"]
        self.blocks, self.words = roles["block"], roles["word"]
        self.editions = {text: ids.pop() for text, ids in editions.items() if len(ids) == 1}
        self.text = "\n".join(meanings)
        self.cores = frozenset(meanings)
        self.longest = max(map(len, meanings))

    def row_with_figures(self, text: str) -> bool:
        """Whether a core is the label of a row with figures behind it and nothing else."""
        bare = text.rstrip("0123456789")
        return bare != text and bare in self.rows

    def part_of(self, text: str) -> bool:
        """Whether a core is a piece of a longer label, as a converter leaves one that it cut."""
        return (
            1 < len(text) < self.longest
            and text in self.text
            and any(text in each and text != each for each in self.meanings)
        )


class LabelIndex:
    """Labels by core.

    Args:
        of: the labels of each table.
        tables: keys of the tables that a core can stand in.

    """

    def __init__(self, of: dict[str, TableLabels], tables: dict[str, frozenset[str]]) -> None:
        self.of, self.tables = of, tables

    def names(self, text: str, number: str) -> bool:
        """Whether a core is a label of a table, or begins one that has this number, or begins with it."""
        bare = text.rstrip("0123456789") or text
        return bare in self.tables or (
            len(text) > 1
            and bool(number)
            and any(
                (label.startswith(text) or text.startswith(label))
                and any(m.entry.number.startswith(number) for m in found)
                for labels in self.of.values()
                for label, found in labels.meanings.items()
            )
        )


@lru_cache(maxsize=8)
def label_index(knowledge: Knowledge) -> LabelIndex:
    """The index over all editions of a knowledge."""
    meanings: dict[str, Meanings] = {}
    tables: dict[str, set[str]] = defaultdict(set)

    def add(role: str, entry: Entry, edition: Edition, table: TableForm, block: str = "") -> None:
        for how, labels in (("exact", (entry.label,)), ("alias", entry.aliases), ("renamed", entry.renamed)):
            for label in labels:
                letters = label_core(label)
                tables[letters].add(table.key)
                known = meanings.setdefault(table.key, {}).setdefault(letters, [])
                known.append(Meaning(role, entry, edition, table, block, how))

    for edition in knowledge.editions:
        for table in edition.tables.values():
            for block in table.blocks:
                if table.layout == "blocks":
                    add("block", block.entry, edition, table, block.entry.key)
                for row in block.rows:
                    add("row", row, edition, table, block.entry.key)
                for column in block.columns:
                    add("column", column, edition, table, block.entry.key)
            for group in table.groups:
                add("group", group, edition, table)
            for word in table.words:
                add("word", Entry("word", word), edition, table)
            if table.corner:
                add("corner", Entry("corner", table.corner), edition, table)
    labels = {key: TableLabels(known) for key, known in meanings.items()}
    return LabelIndex(labels, {letters: frozenset(keys) for letters, keys in tables.items()})
