"""Where a label belongs: an index over the labels of all editions, made once per knowledge. May import: model, labels."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache

import attrs

from giro_lint.binding.labels import label_core
from giro_lint.model.form import Edition, Entry, Knowledge, TableForm


@attrs.frozen(eq=False, repr=False)
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


@attrs.frozen(eq=False, repr=False)
class LabelIndex:
    """Labels by core.

    Args:
        meanings: all meanings of a core, by table.
        tables: keys of the tables that a core can stand in.

    """

    meanings: dict[str, dict[str, list[Meaning]]]
    tables: dict[str, frozenset[str]]

    def find(self, text: str, table: str, *roles: str) -> list[Meaning]:
        """The meanings that a core has in a table, limited to roles."""
        known = self.meanings[table].get(text)
        return [meaning for meaning in known if meaning.role in roles] if known else []

    def row_with_figures(self, text: str, table: str) -> bool:
        """Whether a core is the label of a row with figures behind it and nothing else."""
        bare = text.rstrip("0123456789")
        return bare != text and bool(self.find(bare, table, "row"))

    def names(self, text: str, number: str) -> bool:
        """Whether a core is a label of a table, or begins one that has this number, or begins with it."""
        bare = text.rstrip("0123456789") or text
        return bare in self.tables or (
            len(text) > 1
            and bool(number)
            and any(
                (label.startswith(text) or text.startswith(label))
                and any(m.entry.number.startswith(number) for m in found)
                for labels in self.meanings.values()
                for label, found in labels.items()
            )
        )

    def part_of(self, text: str, table: str) -> bool:
        """Whether a core is a piece of a longer label of a table, as a converter leaves one that it cut."""
        return len(text) > 1 and any(
            text in label and text != label for label, keys in self.tables.items() if table in keys
        )


@lru_cache(maxsize=8)
def label_index(knowledge: Knowledge) -> LabelIndex:
    """The index over all editions of a knowledge."""
    meanings: dict[str, dict[str, list[Meaning]]] = {}
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
    return LabelIndex(meanings, {letters: frozenset(keys) for letters, keys in tables.items()})
