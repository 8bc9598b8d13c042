"""Blocks in which the headings of sections stand alone. May import: flat_heads, labels, grammar, model.

A heading may share its line with its paragraph, go on over a line break, lack the mark behind its number, or stand
inside a report that was pasted as one line; here each becomes a line of its own. What a heading means is told elsewhere.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

import attrs

from giro_lint.binding.flat_heads import split_missing, split_running
from giro_lint.binding.labels import core
from giro_lint.grammar.lexer import SPACE
from giro_lint.grammar.numbers import chinese_numeral
from giro_lint.grammar.structure import parse_blocks
from giro_lint.model.document import Block, Grid, GridRow, Line
from giro_lint.model.form import Edition, Entry
from giro_lint.model.patterns import lazy

_INLINE = 12
"""So many letters behind a heading's words are a paragraph, whatever stands between."""
_PARAGRAPH = 60
"""So many are one even behind words that are not quite those of the form."""
_HEADING = 120
CONTENTS = 600
"""A table of contents has at most so many characters."""
_MAY_GO_ON = frozenset("HNS")
"""Styles of the headings that may go on with text."""
_NUMBER = r"第?(?P<number>[一二三四五六七八九十]{1,2}|\d{1,2})(?:部分|章)?"
_BARE_NUMBER = lazy(rf"[{re.escape(SPACE)}#*]*{_NUMBER}(?=[^、．.，,：:）)])[{re.escape(SPACE)}]*")
_NUMBERED = lazy(rf"[{re.escape(SPACE)}]*[一二三四五六七八九十]{{1,2}}[{re.escape(SPACE)}]*[、．.]")
_UNKNOWN = (None, "renamed")
_SUB_NUMBER = lazy(r"[（(]\s*(?P<number>[一二三四五六七八九十]{1,3})\s*[）)]")
_NOTE = lazy(r"[（(][^（）()]*[）)][\s。：:]*$")
_PAGE = lazy(r"[\s.．。·…⋯—_-]{2,}\d{1,3}\s*$|(?<=[^\d\s])\s*\d{1,3}\s*$")
_BREAKS = "：:。 \t\u3000\xa0\u2002"


@attrs.frozen(eq=False, repr=False, slots=False)
class Wordings:
    """The wordings of an edition's section headings.

    Args:
        known: entry and how (``exact``, ``alias``, ``renamed``) by core.
        due: key and core of the prescribed wordings.
        telling: by key, the pairs of letters that only the wordings of that section have.
        tabled: by key, the labels of the table that the section has.

    """

    known: dict[str, tuple[Entry, str]]
    due: tuple[tuple[str, str], ...]
    telling: dict[str, frozenset[str]]
    tabled: dict[str, tuple[str, ...]]

    def core(self, text: str) -> str:
        """The core of a heading; without a note in brackets or the page number of a table of contents where that makes it known."""
        whole, known = core(text), self.known
        if whole in known:
            return whole
        if ("）" in text or ")" in text) and (shorter := core(_NOTE.sub("", text))) in known:
            return shorter
        if text.rstrip()[-1:].isdecimal() and (shorter := core(_PAGE.sub("", text))) in known:
            return shorter
        return whole


@lru_cache(maxsize=8)
def wordings_of(edition: Edition) -> Wordings:
    """The wordings of an edition."""
    known: dict[str, tuple[Entry, str]] = {}
    for entry in edition.sections:
        for how, labels in (("exact", (entry.label,)), ("alias", entry.aliases), ("renamed", entry.renamed)):
            for label in labels:
                known.setdefault(core(label), (entry, how))
    pairs: dict[str, set[str]] = {entry.key: set() for entry in edition.sections}
    for label, (entry, _) in known.items():
        pairs[entry.key].update(a + b for a, b in pairwise(label))
    telling = {
        key: frozenset(own.difference(*(other for name, other in pairs.items() if name != key)))
        for key, own in pairs.items()
    }
    tabled = {
        form.section: tuple(
            core(label)
            for block in form.blocks
            for label in (
                *form.words,
                form.corner,
                block.entry.label,
                *(e.label for e in (*block.columns, *block.rows)),
            )
            if core(label)
        )
        for form in edition.tables.values()
    }
    return Wordings(known, tuple((entry.key, core(entry.label)) for entry in edition.sections), telling, tabled)


def stand_alone(text: str, blocks: list[Block], edition: Edition) -> list[Block]:
    """The blocks of a report with every section heading on a line of its own.

    Args:
        text: the source text.
        blocks: its blocks.
        edition: the edition whose headings are looked for.

    Returns:
        The blocks; headings that were lines of their own already are left as they are.

    """
    wordings = wordings_of(edition)
    if _is_usual(text, blocks, wordings):
        return blocks
    apart: list[Block] = []
    for block in blocks:
        apart += _split_grid(text, block, wordings) if isinstance(block, Grid) else (block,)
    alone: list[Block] = []
    for block in _join_wrapped(text, split_running(text, apart, edition), wordings):
        if isinstance(block, Line) and block.style in _MAY_GO_ON:
            alone += _split_inline(text, block, wordings)
        else:
            alone.append(
                _renumbered(text, block, wordings) if isinstance(block, Line) and block.style == "P" else block
            )
    return split_missing(text, alone, edition, _present(text, alone, wordings))


def _is_usual(text: str, blocks: list[Block], wordings: Wordings) -> bool:
    """Whether the lines numbered 一、 are the headings of all sections, in order and too far apart for a table of contents."""
    heads = [block for block in blocks if isinstance(block, Line) and block.style == "H"]
    if len(heads) != len(wordings.due) or heads[-1].start - heads[0].start <= CONTENTS:
        return False
    for head, (key, _) in zip(heads, wordings.due, strict=True):
        entry, how = wordings.known.get(core(text[head.text_start : head.end]), _UNKNOWN)
        if entry is None or entry.key != key or entry.number != head.number or how == "renamed":
            return False
    return True


def _present(text: str, blocks: list[Block], wordings: Wordings) -> dict[str, int]:
    """Where the sections begin that have a line as their heading, by their number."""
    present: dict[str, int] = {}
    for block in blocks:
        if isinstance(block, Line) and block.style not in {"h", "n"} and block.end - block.start <= _HEADING:
            known = wordings.known.get(wordings.core(text[block.text_start : block.end]))
            if known and (block.number == known[0].number or known[1] != "renamed"):
                present[known[0].number] = block.start
    return present


def _split_grid(text: str, block: Grid, wordings: Wordings) -> list[Block]:
    """A table that the whole report was typed in, cut at the headings of sections; what is no table then, as lines."""
    lone = [row for row in block.rows if len(row.typed.bounds) == 1]
    if not any(_heads_section(row, wordings) for row in lone):
        return [block]
    parts: list[Block] = []
    rows: list[GridRow] = []
    for row in block.rows:
        if _heads_section(row, wordings):
            parts += [*_lines_or_grid(text, rows), *_lines_or_grid(text, [row])]
            rows = []
        else:
            rows.append(row)
    return [*parts, *_lines_or_grid(text, rows)]


def _heads_section(row: GridRow, wordings: Wordings) -> bool:
    """Whether a row is one cell with a number and the words of a section's heading."""
    if len(row.typed.texts) != 1:
        return False
    cell = row.typed.texts[0]
    match = _NUMBERED.match(cell)
    return match is not None and wordings.known.get(core(cell[match.end() :]), _UNKNOWN)[1] != "renamed"


def _lines_or_grid(text: str, rows: list[GridRow]) -> list[Block]:
    """Rows as a table, those of one cell each as lines."""
    if not all(len(row.cells) == 1 for row in rows):
        end = rows[-1].start + len(text[rows[-1].start : rows[-1].end].rstrip(SPACE))
        return [Grid(rows[0].start, end, rows)]
    lines: list[Block] = []
    for row in rows:
        start, end = row.cells[0]
        for line in parse_blocks(text[start:end]):
            if isinstance(line, Line):
                first = row.start if line.start == 0 else start + line.start
                lines.append(attrs.evolve(line, start=first, end=start + line.end, text_start=start + line.text_start))
    return lines


def _join_wrapped(text: str, blocks: list[Block], wordings: Wordings) -> list[Block]:
    """A heading that goes on in the next line, as one."""
    joined: list[Block] = []
    for block in blocks:
        before = joined[-1] if joined else None
        wrapped = (
            isinstance(block, Line) and isinstance(before, Line) and block.style == "P" and before.style in _MAY_GO_ON
        )
        if wrapped and isinstance(before, Line) and block.end - before.start <= _HEADING:
            alone, both = core(text[before.text_start : before.end]), core(text[before.text_start : block.end])
            ways = [wordings.known[words][1] if words in wordings.known else "" for words in (alone, both)]
            if ways[1] and (not ways[0] or (ways[0] == "renamed" != ways[1])):
                joined[-1] = attrs.evolve(before, end=block.end)
                continue
        joined.append(block)
    return joined


def _renumbered(text: str, block: Line, wordings: Wordings) -> Line:
    """A paragraph that is a heading whose number has no mark behind it, read with its number."""
    if block.end - block.start > _HEADING:
        return block
    match = _BARE_NUMBER.match(text, block.start, block.end)
    if match is None or wordings.known.get(core(text[match.end() : block.end]), (None, "renamed"))[1] == "renamed":
        return block
    number = text[match.start() : match.end()].strip(SPACE + "#*")
    ordinal = chinese_numeral(match["number"]) or (int(match["number"]) if match["number"].isdecimal() else 0)
    return Line(
        block.start,
        block.end,
        "H",
        number,
        ordinal,
        text[match.start() + text[match.start() : match.end()].index(number) + len(number) : match.end()],
        match.end(),
    )


def _split_inline(text: str, block: Line, wordings: Wordings) -> list[Block]:
    """A heading that its paragraph follows on the same line, as two blocks."""
    letters = core(text[block.text_start : block.end])
    if letters in wordings.known:
        return [block]
    labels = sorted((label for label in wordings.known if letters.startswith(label)), key=len, reverse=True)
    for label in labels:
        stop = _behind(text, block, len(label))
        mark = text[stop : stop + 1]
        entry, how = wordings.known[label]
        plain, more = how != "renamed", len(letters) - len(label)
        glued = (more >= _INLINE) if plain else (more >= _PARAGRAPH and block.number == entry.number)
        glued = glued or (plain and letters[len(label) :].startswith(wordings.tabled.get(entry.key, ())))
        if (
            glued
            or (mark in _BREAKS and (plain or mark in "：:。"))
            or (plain and more == 1 and text[block.end - 1] == "。")
        ):
            rest = stop + len(text[stop : block.end]) - len(text[stop : block.end].lstrip(_BREAKS))
            heading = attrs.evolve(block, end=stop)
            return [heading, _rest(text, stop, rest, block.end)] if core(text[rest : block.end]) else [block]
    return [block]


def _rest(text: str, start: int, rest: int, end: int) -> Line:
    """What follows a heading on its line: a sub-heading or a paragraph."""
    match = _SUB_NUMBER.match(text, rest, end)
    if match is None:
        return Line(start, end, text_start=rest)
    return Line(start, end, "h", match.group(), chinese_numeral(match["number"]) or 0, "", match.end())


def _behind(text: str, block: Line, letters: int) -> int:
    """Offset behind so many letters of a heading's words."""
    seen = 0
    for offset in range(block.text_start, block.end):
        if seen == letters:
            return offset
        seen += len(core("字" + text[offset])) - 1
    return block.end
