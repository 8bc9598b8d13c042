"""Kind ``heading``: the numbers of headings. May import: heading_lines, facts, section, labels, grammar.numbers, model."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from giro_lint.binding.labels import squeeze
from giro_lint.checks.facts import Facts
from giro_lint.checks.heading_lines import (
    anchor_at,
    by_style,
    headings_of,
    mark_span,
    number_span,
    runs,
    tabled_sections,
)
from giro_lint.checks.section import heading_text, in_order
from giro_lint.grammar.numbers import chinese_numeral
from giro_lint.model.diagnostic import Edit, Finding, Fix
from giro_lint.model.document import Line, Section
from giro_lint.model.patterns import lazy
from giro_lint.model.source import Span

if TYPE_CHECKING:
    from giro_lint.ruleset.text_options import HeadingOptions

_SUB_NUMBER = lazy("[（(]([一二三四五六七八九十]{1,3})[）)]")
_NUMERALS = "一二三四五六七八九十"
_LEVELS = {"h": 1, "N": 2, "n": 3}


def check_number(facts: Facts, _: HeadingOptions) -> Iterator[Finding]:
    """Numbers that are neither the fixed ones nor those that missing, extra or moved sections lead to.

    A number that goes on from a wrong one says nothing new; a report without any numbers is one finding.
    """
    sections = facts.document.sections
    if not in_order(facts):
        return
    previous = 0
    for counted, section in enumerate(sections, 1):
        ordinal = section.heading.ordinal
        if (
            section.entry
            and section.heading.number
            and ordinal not in {chinese_numeral(section.entry.number), counted, previous + 1}
        ):
            yield _wrong_number(facts, section)
        previous = ordinal or counted
    unnumbered = [section for section in sections if section.entry and not section.heading.number]
    if unnumbered:
        first = unnumbered[0]
        data = {
            "count": len(unnumbered),
            "expected": first.entry.number if first.entry else "",
            "label": heading_text(facts, first.heading),
        }
        yield Finding(first.heading.span, f"section/{first.key}", data, variant="absent")


def _wrong_number(facts: Facts, section: Section) -> Finding:
    entry = section.entry
    data = {
        "found": section.heading.number,
        "expected": entry.number if entry else "",
        "label": heading_text(facts, section.heading),
    }
    return Finding(section.heading.span, f"section/{section.key}", data)


def check_style(facts: Facts, _: HeadingOptions) -> Iterator[Finding]:
    """Section numbers in another form than 一、, all in one finding."""
    wrong = []
    for section in facts.document.sections:
        line = section.heading
        as_due = not line.number.strip(_NUMERALS) and line.separator.strip() == "、"
        if line.number and section.entry and not as_due:
            wrong.append(
                (section, _NUMERALS[line.ordinal - 1] if 1 <= line.ordinal <= len(_NUMERALS) else section.entry.number)
            )
    if wrong:
        section, numeral = wrong[0]
        edits = tuple(Edit(number_span(each.heading), f"{number}、") for each, number in wrong)
        data = {
            "found": squeeze(section.heading.number + section.heading.separator),
            "expected": f"{numeral}、",
            "count": len(wrong),
        }
        yield Finding(
            section.heading.span,
            f"section/{section.key}",
            data,
            variant="several" if len(wrong) > 1 else "",
            fix=Fix(edits),
        )


def check_sequence(facts: Facts, _: HeadingOptions) -> Iterator[Finding]:
    """Numbers of the top level that start again inside a section, each run once."""
    last: Section | None = None
    tabled = tabled_sections(facts)
    for line in facts.document.restarts:
        section = next(s for s in reversed(facts.document.sections) if s.start <= line.start)
        if section is not last and section.key not in tabled:
            data = {
                "found": line.number,
                "label": heading_text(facts, line),
                "section": heading_text(facts, section.heading),
            }
            yield Finding(line.span, f"section/{section.key}", data)
        last = section


def check_sub_order(facts: Facts, options: HeadingOptions) -> Iterator[Finding]:
    """The first number of each run of （一）（二） that is not the next and stands in no paragraph either."""
    for section, lines in runs(facts, options):
        previous, told = 0, False
        inside: set[int] | None = None
        for line in lines:
            if line.ordinal == 1 and previous:
                told = False
            elif line.ordinal != previous + 1 and not told:
                inside = _inside_paragraphs(facts, section, lines) if inside is None else inside
                if previous + 1 in inside:
                    previous = line.ordinal
                    continue
                due = _NUMERALS[previous] if previous < len(_NUMERALS) else str(previous + 1)
                data = {"found": squeeze(line.number), "expected": f"（{due}）"}
                yield Finding(line.span, f"section/{section.key}", data)
                told = True
            previous = line.ordinal


def _inside_paragraphs(facts: Facts, section: Section, lines: list[Line]) -> set[int]:
    """Numbers （一） that the section has more often than headings bear them."""
    words = squeeze(facts.text[section.heading.end : section.end])
    found = Counter(chinese_numeral(match[1]) or 0 for match in _SUB_NUMBER.finditer(words))
    return set(found - Counter(line.ordinal for line in lines))


def check_sub_restart(facts: Facts, options: HeadingOptions) -> Iterator[Finding]:
    """（一） again in one section without a heading of another kind between the runs."""
    for section, lines in runs(facts, options):
        between = [line.start for line in section.lines if line.style in {"N", "S", "H"}]
        again = [line for line in lines[1:] if line.ordinal == 1 and lines[0].ordinal == 1]
        for line in again[:1]:
            if not any(lines[0].start < start < line.start for start in between):
                data = {"found": squeeze(line.number)}
                yield Finding(line.span, f"section/{section.key}", data, related=((lines[0].span, "first", {}),))


def check_sub_mixed(facts: Facts, options: HeadingOptions) -> Iterator[Finding]:
    """Two ways of writing （一） in one report: all of the rarer one in one finding."""
    lines = [line for _, found in runs(facts, options) for line in found]
    wide = [line for line in lines if line.number[0] == "（" and line.number[-1] == "）"]
    if len(wide) in {0, len(lines)}:
        return
    narrow = [line for line in lines if line not in wide]
    rare, brackets = (narrow, "（）") if len(wide) >= len(narrow) else (wide, "()")
    edits = []
    for line in rare:
        start = number_span(line).start
        due = f"{brackets[0]}{squeeze(line.number).strip('()（）')}{brackets[1]}"
        edits.append(Edit(Span(start, start + len(line.number)), due))
    data = {
        "found": squeeze(rare[0].number),
        "expected": edits[0].text,
        "count": len(rare),
        "common": len(lines) - len(rare),
    }
    yield Finding(edits[0].span, "heading", data, fix=Fix(tuple(edits)))


def check_separator(facts: Facts, options: HeadingOptions) -> Iterator[Finding]:
    """「1、」 where 「1.」 is due, 「（一）、」 where nothing is: each once, then the labels of tables."""
    items = [line for _, line in by_style(facts).get("N", ()) if line.separator.strip() == "、"]
    if items:
        data = {
            "found": squeeze(items[0].number) + "、",
            "expected": squeeze(items[0].number) + ".",
            "count": len(items),
        }
        edits = [Edit(mark_span(line), ".") for line in items]
        yield Finding(number_span(items[0]), anchor_at(facts, items[0]), data, fix=Fix(tuple(edits)))
    heads = [line for _, lines in runs(facts, options) for line in lines if line.separator.strip() in {"、", "．", "."}]
    if heads:
        number = squeeze(heads[0].number)
        data = {"found": number + heads[0].separator.strip(), "expected": number, "count": len(heads)}
        yield Finding(
            number_span(heads[0]),
            anchor_at(facts, heads[0]),
            data,
            fix=Fix(tuple(Edit(mark_span(line), "") for line in heads)),
        )
    for table in facts.document.tables.values():
        notes = [note for note in table.notes if note.kind == "label-separator"]
        if notes:
            note = notes[0]
            data = {"found": "1、", "expected": "1.", "label": table.form.label, "count": len(notes), **note.data}
            yield Finding(Span(note.start, note.end), note.anchor, data, variant="table")


def check_space(facts: Facts, _: HeadingOptions) -> Iterator[Finding]:
    """White space between number and words, all in one finding; behind 第一部分 it is due."""
    found = []
    for section, line in headings_of(facts):
        if line.separator.strip() != line.separator and line.number and not line.number.startswith("第"):
            found.append((section, line))
    if found:
        section, line = found[0]
        data = {"found": line.number + line.separator, "count": len(found)}
        edits = tuple(Edit(mark_span(each), each.separator.strip()) for _, each in found)
        yield Finding(number_span(line), f"section/{section.key}", data, fix=Fix(edits))


def check_jump(facts: Facts, _: HeadingOptions) -> Iterator[Finding]:
    """（1） directly below 一、, where （一） or 1. is due."""
    deepest = by_style(facts).get("n", ())
    for section in dict.fromkeys(section for section, _ in deepest):
        level = 0
        for line in section.lines:
            deep = _LEVELS.get(line.style, 0)
            if deep == _LEVELS["n"] and level == 0 and line.number[:1] in "（(" and line.ordinal == 1:
                yield Finding(line.span, f"section/{section.key}", {"found": squeeze(line.number)})
                break
            level = deep or level
