"""Top-level sections by meaning: number, wording, aliases, order. May import: headings, labels, numbers, model."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping
from itertools import pairwise

from giro_lint.binding.headings import CONTENTS, Wordings, stand_alone, wordings_of
from giro_lint.binding.labels import closest, core
from giro_lint.grammar.numbers import chinese_numeral
from giro_lint.model.document import Block, Grid, Line, Section
from giro_lint.model.form import Edition, Entry, TableForm, Vocabulary

_HEADING = 120
_LONG = 60
_SURE = 3
"""So many sections written in a form tell that the report writes its sections in it."""
_WORDY = 5
"""So many letters are enough to tell damaged words by."""
_LABELS = 3
"""So many labels of a table in the prose are a table whose layout was lost."""

Known = Callable[[str, str], bool]
"""Whether a core with a number is a label of a table."""


class _Candidate:
    def __init__(self, position: int, line: Line, text: str) -> None:
        self.position, self.line, self.text = position, line, text
        self.entry: Entry | None = None
        self.wording = "extra"
        self.aspect = ""

    @property
    def due(self) -> int:
        return chinese_numeral(self.entry.number) or 0 if self.entry else 0


def find_sections(
    text: str, blocks: list[Block], edition: Edition, vocabulary: Vocabulary, in_table: Known
) -> tuple[list[Block], list[Section], list[Line]]:
    """Group the blocks of a report into sections.

    Args:
        text: the source text.
        blocks: all its blocks.
        edition: the edition whose sections are looked for.
        vocabulary: the aspects of the first section.
        in_table: whether a core with a number is a label of a table or its beginning, so that its line is no heading.

    Returns:
        The blocks before the first section, the sections, and headings whose numbers start again inside a section.

    """
    wordings = wordings_of(edition)
    blocks = stand_alone(text, blocks, edition)
    candidates = _candidates(text, blocks, wordings, in_table)
    candidates = _without_contents(blocks, candidates, wordings)
    candidates = _of_one_form(candidates, wordings)
    _recognise(candidates, wordings, edition, vocabulary)
    kept, restarts = _top_level(candidates)
    if not any(candidate.entry for candidate in kept):
        return blocks, [], []
    sections = []
    for candidate, following in zip(kept, [*kept[1:], None], strict=True):
        stop = following.position if following else len(blocks)
        inside = blocks[candidate.position + 1 : stop]
        end = inside[-1].end if inside else candidate.line.end
        sections.append(
            Section(
                candidate.entry, candidate.line, candidate.line.start, end, inside, candidate.wording, candidate.aspect
            )
        )
    return blocks[: kept[0].position], sections, restarts


def _candidates(text: str, blocks: list[Block], wordings: Wordings, in_table: Known) -> list[_Candidate]:
    """Lines that may be headings of sections: numbered 一、, or with known words."""
    found = []
    for position, block in enumerate(blocks):
        if isinstance(block, Grid) or block.style == "n" or block.end - block.start > _HEADING:
            continue
        letters = wordings.core(text[block.text_start : block.end])
        if letters in wordings.known or (
            letters and _may_head(block, letters, wordings) and not in_table(letters, block.number)
        ):
            found.append(_Candidate(position, block, letters))
    return found


def _may_head(line: Line, letters: str, wordings: Wordings) -> bool:
    """Whether a line without known words is numbered as a section, or nearly has the words of one."""
    if line.style == "H":
        return True
    return line.style in {"N", "S"} and len(letters) >= _WORDY and _close(letters, wordings) is not None


def _close(letters: str, wordings: Wordings, taken: Container[str] = ()) -> str | None:
    """Key of the prescribed wording that a damaged one can only be; comparing letters first is cheap."""
    mine = set(letters)
    alike = [(key, due) for key, due in wordings.due if key not in taken and len(mine & set(due)) * 2 >= len(set(due))]
    return closest(letters, alike) if alike and len(letters) <= _LONG else None


def _without_contents(blocks: list[Block], candidates: list[_Candidate], wordings: Wordings) -> list[_Candidate]:
    """Leave out a table of contents: headings that stand close together before any table and come again."""
    first_grid = next((block.start for block in blocks if isinstance(block, Grid)), None)
    head: list[_Candidate] = []
    for candidate in candidates:
        known = candidate.text in wordings.known
        begun = head[0].line.start if head else candidate.line.start
        if (known and any(candidate.text == other.text for other in head)) or candidate.line.start - begun > CONTENTS:
            break
        if first_grid is not None and candidate.line.start > first_grid:
            break
        head.append(candidate)
    later = {candidate.text for candidate in candidates[len(head) :]}
    again = {candidate.text for candidate in head if candidate.text in wordings.known and candidate.text in later}
    return candidates[len(head) :] if len(again) >= len(wordings.due) - 2 else candidates


def _of_one_form(candidates: list[_Candidate], wordings: Wordings) -> list[_Candidate]:
    """Keep the candidates that are written in the form in which this report writes its sections.

    「一、」 counts always. Known words in another form (1. or （一） or no number) count where no 「一、」 heading has that
    section, and the less usual words only where several sections are written in that form.
    """
    if all(candidate.line.style == "H" for candidate in candidates):
        return candidates

    def meaning(candidate: _Candidate) -> tuple[str, str]:
        entry, how = wordings.known.get(candidate.text, (None, ""))
        return (entry.key if entry else ""), how

    numbered = {meaning(c)[0] for c in candidates if c.line.style == "H"}
    forms = {"N": 0, "h": 0, "S": 0, "P": 0}
    for candidate in candidates:
        key, how = meaning(candidate)
        fits = (
            not candidate.line.number
            or candidate.line.ordinal == chinese_numeral(wordings.known[candidate.text][0].number)
            if key
            else False
        )
        if candidate.line.style in forms and key not in numbered and how in {"exact", "alias"} and fits:
            forms[candidate.line.style] += 1
    kept: list[_Candidate] = []
    taken = set(numbered)
    for candidate in candidates:
        style = candidate.line.style
        key, how = meaning(candidate)
        if style == "H":
            kept.append(candidate)
            continue
        usual = how in {"exact", "alias"} and len(candidate.text) >= 4
        sure = forms[style] >= _SURE
        if (
            key in taken
            or (style == "h" and not sure)
            or (not usual and not sure and style != "S")
            or (not key and not sure)
        ):
            continue
        if key:
            taken.add(key)
        kept.append(candidate)
    return kept


def _recognise(candidates: list[_Candidate], wordings: Wordings, edition: Edition, vocabulary: Vocabulary) -> None:
    """Tell which section each candidate is, from the surest signs to the weakest."""
    for candidate in candidates:
        entry, how = wordings.known.get(candidate.text, (None, "extra"))
        if how in {"exact", "alias"}:
            candidate.entry, candidate.wording = entry, how
    _unname_restarts(candidates)
    if all(candidate.entry for candidate in candidates):
        return
    _aspects(candidates, vocabulary)
    taken = {candidate.entry.key for candidate in candidates if candidate.entry}
    for candidate in candidates:
        entry, how = wordings.known.get(candidate.text, (None, "extra"))
        if candidate.entry is None and not candidate.aspect and entry is not None and entry.key not in taken:
            candidate.entry, candidate.wording = entry, how
            taken.add(entry.key)
    extents = _extents(candidates)
    for candidate in candidates:
        if candidate.entry is None and not candidate.aspect and len(taken) < len(wordings.due):
            key = _close(candidate.text, wordings, taken)
            entry = next((e for e in edition.sections if e.key == key), None)
            if entry is not None and _in_place(candidate, entry, extents, edition):
                candidate.entry, candidate.wording = entry, "close"
                extents[entry.key] = candidate.position, candidate.position
                taken.add(entry.key)
    _by_place(candidates, wordings, edition, extents)


def _unname_restarts(candidates: list[_Candidate]) -> None:
    """A known heading whose number starts again is a sub-heading where its section comes with the due number as well."""
    if all(c.entry is None or c.line.ordinal == c.due for c in candidates):
        return
    due = {(c.entry.key, c.due) for c in candidates if c.entry and c.line.ordinal == c.due}
    last = 0
    for candidate in candidates:
        if candidate.entry is None:
            continue
        ordinal = candidate.line.ordinal
        proper = (candidate.entry.key, candidate.due) in due
        if proper and ordinal != candidate.due and ordinal <= last:
            candidate.entry, candidate.wording = None, "extra"
        else:
            last = ordinal


def _aspects(candidates: list[_Candidate], vocabulary: Vocabulary) -> None:
    """Headings that name an aspect of the first section; ambiguous ones only where others stand beside them."""
    named = {}
    for candidate in candidates:
        if candidate.entry is None and candidate.line.style == "H":
            aspect = next((a for a in vocabulary.aspects if any(word in candidate.text for word in a.renamed)), None)
            if aspect is not None:
                named[candidate.position] = aspect
    plain = {aspect.key for aspect in vocabulary.aspects[2:]}
    sure = any(aspect.key in plain for aspect in named.values())
    taken = {candidate.entry.key for candidate in candidates if candidate.entry}
    for candidate in candidates:
        aspect = named.get(candidate.position)
        if aspect is not None and (sure or {"proactive", "applications"} <= taken):
            candidate.aspect = aspect.key


def _extents(candidates: list[_Candidate]) -> dict[str, tuple[int, int]]:
    """The first and the last position of each section."""
    extents: dict[str, tuple[int, int]] = {}
    for candidate in candidates:
        if candidate.entry:
            first, _ = extents.get(candidate.entry.key, (candidate.position, 0))
            extents[candidate.entry.key] = first, candidate.position
    return extents


def _in_place(candidate: _Candidate, entry: Entry, extents: Mapping[str, tuple[int, int]], edition: Edition) -> bool:
    """Whether a candidate stands between the sections that come before and after an entry, one of which is there."""
    order = [e.key for e in edition.sections]
    rank = order.index(entry.key)
    before = [extents[key][1] for key in order[:rank] if key in extents]
    after = [extents[key][0] for key in order[rank + 1 :] if key in extents]
    return bool(before or after) and max(before, default=-1) < candidate.position < min(
        after, default=candidate.position + 1
    )


def _by_place(
    candidates: list[_Candidate], wordings: Wordings, edition: Edition, extents: dict[str, tuple[int, int]]
) -> None:
    """A heading in other words, standing where a missing section should, with its number and some of its words."""
    for entry in edition.sections:
        if any(candidate.entry is entry for candidate in candidates):
            continue
        for candidate in candidates:
            line = candidate.line
            fits = (
                candidate.entry is None
                and not candidate.aspect
                and line.style == "H"
                and line.ordinal == chinese_numeral(entry.number)
            )
            pairs = {a + b for a, b in pairwise(candidate.text)}
            if fits and pairs & wordings.telling[entry.key] and _in_place(candidate, entry, extents, edition):
                candidate.entry, candidate.wording = entry, "place"
                extents[entry.key] = candidate.position, candidate.position
                break


def _top_level(candidates: list[_Candidate]) -> tuple[list[_Candidate], list[Line]]:
    """Keep sections and headings that go on counting; numbers that start again are sub-headings."""
    kept: list[_Candidate] = []
    restarts: list[Line] = []
    last = run = 0
    known = max((candidate.position for candidate in candidates if candidate.entry), default=-1)
    for candidate in candidates:
        ordinal = candidate.line.ordinal
        if candidate.entry is None:
            if candidate.line.style != "H":
                continue
            if kept and (ordinal <= last or ordinal == run + 1 > 1):
                restarts.append(candidate.line)
                run = ordinal
                continue
            if not kept and candidate.position > known:
                continue
        kept.append(candidate)
        last, run = ordinal or last + 1, 0
    return kept, restarts


def without_lost_table(text: str, blocks: list[Block], forms: list[TableForm]) -> list[Block]:
    """Leave out the cells of a table that stand as prose, one a line or all in one.

    Args:
        text: the source text.
        blocks: what stands below the heading of a section.
        forms: the tables that belong there.

    Returns:
        The blocks that are no such cells; all of them where there is a typed table.

    """
    lines = [block for block in blocks if isinstance(block, Line)]
    if not forms or len(lines) < len(blocks):
        return blocks
    labels = {core(entry.label) for form in forms for part in form.blocks for entry in (*part.rows, *part.columns)}
    words = [core(text[line.start : line.end]) for line in lines]
    whole = [sum(label in each for label in labels) >= _LABELS for each in words]
    if sum(each in labels for each in words) < _LABELS and not any(whole):
        return blocks
    return [
        line for line, each, lost in zip(lines, words, whole, strict=True) if each and each not in labels and not lost
    ]
