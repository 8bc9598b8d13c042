"""Kind ``heading``: number, wording and typography of headings. May import: facts, section, labels, numbers, model, options."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from giro_lint.binding.labels import squeeze
from giro_lint.checks.facts import Facts
from giro_lint.checks.section import heading_text, in_order
from giro_lint.grammar.numbers import chinese_numeral
from giro_lint.model.diagnostic import Edit, Finding, Fix
from giro_lint.model.document import Line, Section
from giro_lint.model.patterns import lazy, pattern
from giro_lint.model.source import Span

if TYPE_CHECKING:
    from giro_lint.ruleset.text_options import HeadingOptions

_HEADING = 40
"""A longer line that begins with a number is a paragraph."""
_STOPS = "。：:；;"
_INSIDE = lazy("[，。；：、,;:]")
_HEADS = ("h", "S")
_SUB_NUMBER = lazy("[（(]([一二三四五六七八九十]{1,3})[）)]")
_NUMERALS = "一二三四五六七八九十"
_LEVELS = {"h": 1, "N": 2, "n": 3}


def check_heading(facts: Facts, options: HeadingOptions) -> Generator[Finding, None, int | str]:
    """Run one of the checks on all headings."""
    if not facts.document.sections:
        return "no-section"
    yield from _CHECKS[options.check](facts, options)
    return len(facts.document.sections)


def idle_headings(facts: Facts, rules: Sequence[HeadingOptions]) -> Sequence[int | str | None]:
    """Which rules have no first finding."""
    looked = len(facts.document.sections)
    if not looked:
        return ["no-section"] * len(rules)
    return [looked if next(_CHECKS[rule.check](facts, rule), None) is None else None for rule in rules]


def _styled(facts: Facts) -> Mapping[str, Sequence[tuple[Section, Line]]]:
    """The lines below the headings of sections, each with its section, by style."""
    if "styled" not in facts.memory:
        found: dict[str, list[tuple[Section, Line]]] = {}
        for section in facts.document.sections:
            for line in section.lines:
                found.setdefault(line.style, []).append((section, line))
        facts.memory["styled"] = found
    styled: Mapping[str, Sequence[tuple[Section, Line]]] = facts.memory["styled"]
    return styled


def _headings(facts: Facts) -> Sequence[tuple[Section, Line]]:
    """Section headings and the short numbered lines below them that read as headings, in the order of the text."""
    if "headings" not in facts.memory:
        below = [item for style in _HEADS for item in _styled(facts).get(style, ()) if _is_short(item[1])]
        found = [*((section, section.heading) for section in facts.document.sections), *below]
        facts.memory["headings"] = sorted(found, key=lambda item: item[1].start)
    headings: Sequence[tuple[Section, Line]] = facts.memory["headings"]
    return headings


def _is_short(line: Line) -> bool:
    return line.end - line.text_start <= _HEADING


def _number_span(line: Line) -> Span:
    """Number and separator of a heading."""
    return Span(line.text_start - len(line.separator) - len(line.number), line.text_start)


def _wording(facts: Facts, _: HeadingOptions) -> Iterator[Finding]:
    for section in facts.document.sections:
        if section.entry and section.wording in {"renamed", "close", "place"}:
            data = {
                "found": heading_text(facts, section.heading),
                "expected": section.entry.label,
                "number": section.entry.number,
            }
            yield Finding(section.heading.span, f"section/{section.key}", data)


def _number(facts: Facts, _: HeadingOptions) -> Iterator[Finding]:
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


def _style(facts: Facts, _: HeadingOptions) -> Iterator[Finding]:
    """Section numbers in another form than 一、, all in one finding."""
    wrong = []
    for section in facts.document.sections:
        line = section.heading
        plain = all(letter in _NUMERALS for letter in line.number)
        if line.number and section.entry and (not plain or line.separator.strip() != "、"):
            wrong.append(
                (section, _NUMERALS[line.ordinal - 1] if 1 <= line.ordinal <= len(_NUMERALS) else section.entry.number)
            )
    if wrong:
        section, numeral = wrong[0]
        edits = tuple(Edit(_number_span(each.heading), f"{number}、") for each, number in wrong)
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


def _sequence(facts: Facts, _: HeadingOptions) -> Iterator[Finding]:
    """Numbers of the top level that start again inside a section, each run once."""
    last: Section | None = None
    tabled = _tabled(facts)
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


def _runs(facts: Facts, options: HeadingOptions) -> Sequence[tuple[Section, list[Line]]]:
    """The （一） lines of each section of prose, without those that only quote a number.

    Beside a table such lines are rather labels that fell out of it.
    """
    key = ("runs", options.unless)
    if key not in facts.memory:
        tabled = _tabled(facts)
        found: list[tuple[Section, list[Line]]] = []
        for section, line in _styled(facts).get("h", ()):
            if section.key in tabled or _quoted(facts, line, options):
                continue
            if not found or found[-1][0] is not section:
                found.append((section, []))
            found[-1][1].append(line)
        facts.memory[key] = found
    runs: Sequence[tuple[Section, list[Line]]] = facts.memory[key]
    return runs


def _tabled(facts: Facts) -> set[str]:
    """Keys of the sections that hold the form's tables."""
    return {form.section for form in facts.document.edition.tables.values()}


def _quoted(facts: Facts, line: Line, options: HeadingOptions) -> bool:
    """Whether a line begins with a number that its text only speaks of; told once for all rules that leave such lines out."""
    key = ("quoted", options.unless, line.start)
    if key not in facts.memory:
        found = bool(options.unless) and pattern(options.unless).search(heading_text(facts, line)) is not None
        facts.memory[key] = found
    quoted: bool = facts.memory[key]
    return quoted


def _sub_order(facts: Facts, options: HeadingOptions) -> Iterator[Finding]:
    """The first number of each run of （一）（二） that is not the next and stands in no paragraph either."""
    for section, lines in _runs(facts, options):
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


def _sub_restart(facts: Facts, options: HeadingOptions) -> Iterator[Finding]:
    """（一） again in one section without a heading of another kind between the runs."""
    for section, lines in _runs(facts, options):
        between = [line.start for line in section.lines if line.style in {"N", "S", "H"}]
        again = [line for line in lines[1:] if line.ordinal == 1 and lines[0].ordinal == 1]
        for line in again[:1]:
            if not any(lines[0].start < start < line.start for start in between):
                data = {"found": squeeze(line.number)}
                yield Finding(line.span, f"section/{section.key}", data, related=((lines[0].span, "first", {}),))


def _sub_mixed(facts: Facts, options: HeadingOptions) -> Iterator[Finding]:
    """Two ways of writing （一） in one report: all of the rarer one in one finding."""
    lines = [line for _, found in _runs(facts, options) for line in found]
    wide = [line for line in lines if _is_wide(line)]
    narrow = [line for line in lines if not _is_wide(line)]
    if not wide or not narrow:
        return
    rare, brackets = (narrow, "（）") if len(wide) >= len(narrow) else (wide, "()")
    edits = []
    for line in rare:
        start = _number_span(line).start
        due = f"{brackets[0]}{squeeze(line.number).strip('()（）')}{brackets[1]}"
        edits.append(Edit(Span(start, start + len(line.number)), due))
    data = {
        "found": squeeze(rare[0].number),
        "expected": edits[0].text,
        "count": len(rare),
        "common": len(lines) - len(rare),
    }
    yield Finding(edits[0].span, "heading", data, fix=Fix(tuple(edits)))


def _is_wide(line: Line) -> bool:
    number = squeeze(line.number)
    return number[0] == "（" and number[-1] == "）"


def _separator(facts: Facts, options: HeadingOptions) -> Iterator[Finding]:
    """「1、」 where 「1.」 is due, 「（一）、」 where nothing is: each once, then the labels of tables."""
    items = [line for _, line in _styled(facts).get("N", ()) if line.separator.strip() == "、"]
    if items:
        data = {
            "found": squeeze(items[0].number) + "、",
            "expected": squeeze(items[0].number) + ".",
            "count": len(items),
        }
        edits = [Edit(_mark_span(line), ".") for line in items]
        yield Finding(_number_span(items[0]), _anchor(facts, items[0]), data, fix=Fix(tuple(edits)))
    heads = [
        line for _, lines in _runs(facts, options) for line in lines if line.separator.strip() in {"、", "．", "."}
    ]
    if heads:
        number = squeeze(heads[0].number)
        data = {"found": number + heads[0].separator.strip(), "expected": number, "count": len(heads)}
        yield Finding(
            _number_span(heads[0]),
            _anchor(facts, heads[0]),
            data,
            fix=Fix(tuple(Edit(_mark_span(line), "") for line in heads)),
        )
    for table in facts.document.tables.values():
        notes = [note for note in table.notes if note.kind == "label-separator"]
        if notes:
            note = notes[0]
            data = {"found": "1、", "expected": "1.", "label": table.form.label, "count": len(notes), **note.data}
            yield Finding(Span(note.start, note.end), note.anchor, data, variant="table")


def _anchor(facts: Facts, line: Line) -> str:
    return f"section/{facts.region(line.start)[1]}"


def _mark_span(line: Line) -> Span:
    return Span(line.text_start - len(line.separator), line.text_start)


def _stop(facts: Facts, options: HeadingOptions) -> Iterator[Finding]:
    """A heading that stands alone on its line and ends with a mark."""
    text = facts.text
    for section, line in _alone(facts, options):
        if text[line.end - 1] in _STOPS:
            fix = Fix((Edit(Span(line.end - 1, line.end), ""),))
            data = {"found": text[line.end - 1], "heading": heading_text(facts, line)[:-1]}
            yield Finding(line.span, f"section/{section.key}", data, fix=fix)


def _alone(facts: Facts, options: HeadingOptions) -> Sequence[tuple[Section, Line]]:
    """Headings of one clause with their text below them: no items of a list, no beginnings of a paragraph."""
    key = ("alone", options.unless)
    if key not in facts.memory:
        facts.memory[key] = list(_found_alone(facts, options))
    alone: Sequence[tuple[Section, Line]] = facts.memory[key]
    return alone


def _found_alone(facts: Facts, options: HeadingOptions) -> Iterator[tuple[Section, Line]]:
    text = facts.text
    for section in facts.document.sections:
        if not _splits(section):
            yield section, section.heading
        heads = [(line, below) for line, below in pairwise(section.lines) if line.style in _HEADS]
        listed = {line.style for line, below in heads if line.style == below.style}
        for line, below in heads:
            if not _is_short(line) or line.style in listed or below.style not in {"P", "N", "n"}:
                continue
            one_clause = not _INSIDE.search(text, line.text_start, line.end - 1)
            if one_clause and not _quoted(facts, line, options):
                yield section, line


def _splits(section: Section) -> bool:
    """Whether the section's first paragraph stands on the line of its heading."""
    return bool(section.blocks) and section.blocks[0].start == section.heading.end


def _stop_mixed(facts: Facts, options: HeadingOptions) -> Iterator[Finding]:
    text = facts.text
    lines = [line for _, line in _alone(facts, options) if line.style == "h"]
    stopped = [line for line in lines if text[line.end - 1 : line.end] in _STOPS]
    if stopped and len(stopped) < len(lines):
        yield Finding(
            stopped[0].span, "heading", {"count": len(stopped), "all": len(lines), "found": text[stopped[0].end - 1]}
        )


def _indent(facts: Facts, _: HeadingOptions) -> Iterator[Finding]:
    """White space before a heading where most headings of its level have none; a TAB begins a cell."""
    text = facts.text
    headings = _headings(facts)
    indented: dict[str, list[tuple[Section, Line, Span]]] = {}
    for section, line in headings:
        if text[line.start].isspace():
            lead = Span(line.start, line.span.start)
            if lead.end > lead.start and text[lead.start] != "\t" and text[lead.start : lead.end].isspace():
                indented.setdefault(line.style, []).append((section, line, lead))
    if not indented:
        return
    levels = Counter(line.style for _, line in headings)
    for style in levels:
        found = indented.get(style, ())
        if len(found) * 2 < levels[style]:
            for section, line, lead in found:
                data = {"count": lead.end - lead.start, "heading": squeeze(text[lead.end : line.end])}
                fix = Fix((Edit(lead, ""),))
                yield Finding(Span(line.start, line.end), f"section/{section.key}", data, fix=fix)


def _space(facts: Facts, _: HeadingOptions) -> Iterator[Finding]:
    """White space between number and words, all in one finding; behind 第一部分 it is due."""
    found = []
    for section, line in _headings(facts):
        if line.separator.strip() != line.separator and line.number and not line.number.startswith("第"):
            found.append((section, line))
    if found:
        section, line = found[0]
        data = {"found": line.number + line.separator, "count": len(found)}
        edits = tuple(Edit(_mark_span(each), each.separator.strip()) for _, each in found)
        yield Finding(_number_span(line), f"section/{section.key}", data, fix=Fix(edits))


def _jump(facts: Facts, _: HeadingOptions) -> Iterator[Finding]:
    """（1） directly below 一、, where （一） or 1. is due."""
    deepest = _styled(facts).get("n", ())
    for section in dict.fromkeys(section for section, _ in deepest):
        level = 0
        for line in section.lines:
            deep = _LEVELS.get(line.style, 0)
            if deep == _LEVELS["n"] and level == 0 and line.number[:1] in "（(" and line.ordinal == 1:
                yield Finding(line.span, f"section/{section.key}", {"found": squeeze(line.number)})
                break
            level = deep or level


_CHECKS: dict[str, Callable[[Facts, HeadingOptions], Iterator[Finding]]] = {
    "wording": _wording,
    "number": _number,
    "style": _style,
    "sequence": _sequence,
    "sub-order": _sub_order,
    "sub-restart": _sub_restart,
    "sub-mixed": _sub_mixed,
    "separator": _separator,
    "stop": _stop,
    "stop-mixed": _stop_mixed,
    "indent": _indent,
    "space": _space,
    "jump": _jump,
}
