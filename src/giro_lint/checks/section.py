"""Kind ``section``: presence, order and content of the top-level sections. May import: facts, labels, numbers, model, options."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from typing import TYPE_CHECKING

from giro_lint.binding.labels import core, has_letters, squeeze
from giro_lint.checks.facts import Facts, unless_found
from giro_lint.grammar.numbers import chinese_numeral
from giro_lint.model.diagnostic import Finding
from giro_lint.model.document import Grid, Line, Section
from giro_lint.model.form import Entry
from giro_lint.model.patterns import lazy, pattern
from giro_lint.model.source import Span

if TYPE_CHECKING:
    from giro_lint.ruleset.text_options import SectionOptions

_LABELS = 3
"""So many labels of a table in a section without that table tell that its layout was lost."""
_ITEM_BEFORE = lazy("[^、，；：。（）《》“”\\n由括为和及是含]+\\Z")
_ITEM_BEHIND = lazy("[^、，；：。（）《》“”\\n等共和五六七八]*")
_NAME = 20
_SENTENCE = 15
_SHORT = 4
_LETTERS = 40


def check_section(facts: Facts, options: SectionOptions) -> Generator[Finding, None, int | str]:
    """Run one of the checks on the sections that the options name, all when they name none."""
    if not facts.document.sections:
        return "no-section"
    if _lost(facts, options):
        return "layout-lost"
    wanted = _wanted(facts, options)
    yield from _CHECKS[options.check](facts, wanted, options)
    return len(wanted)


def idle_sections(facts: Facts, rules: Sequence[SectionOptions]) -> Sequence[int | str | None]:
    """Which rules have no first finding."""
    if not facts.document.sections:
        return ["no-section"] * len(rules)
    told: list[int | str | None] = []
    for rule in rules:
        if _lost(facts, rule):
            told.append("layout-lost")
            continue
        wanted = _wanted(facts, rule)
        told.append(unless_found(_CHECKS[rule.check](facts, wanted, rule), len(wanted)))
    return told


def _lost(facts: Facts, options: SectionOptions) -> bool:
    """Whether a rule asks for a table whose layout was lost."""
    return options.check == "table-missing" and options.table in facts.document.declined


def _wanted(facts: Facts, options: SectionOptions) -> Sequence[Entry]:
    """The sections of the form that a rule is about."""
    entries = facts.document.edition.sections
    return [entry for entry in entries if entry.key in options.sections] if options.sections else entries


def heading_text(facts: Facts, line: Line) -> str:
    """The words of a heading without its number and without line breaks."""
    return squeeze(facts.text[line.text_start : line.end])


def in_order(facts: Facts) -> bool:
    """Whether every section that is there stands once and in the prescribed order."""
    if "in order" not in facts.memory:
        order = [entry.key for entry in facts.document.edition.sections]
        ranks = [order.index(section.key) for section in facts.document.sections if section.entry]
        facts.memory["in order"] = ranks == sorted(set(ranks))
    ordered: bool = facts.memory["in order"]
    return ordered


def _missing(facts: Facts, wanted: Sequence[Entry], options: SectionOptions) -> Iterator[Finding]:
    """Sections that are not there; one whose sub-headings stand below another section has lost its heading alone."""
    document = facts.document
    order = [entry.key for entry in document.edition.sections]
    for entry in wanted:
        if facts.sections.get(entry.key) is None:
            before = [facts.sections.get(key) for key in order[: order.index(entry.key)]]
            place = next((section.heading.span for section in reversed(before) if section), document.home(entry.key))
            data = {"label": entry.label, "number": entry.number}
            left = _left_behind(facts, entry, options)
            if left is not None:
                data["found"] = heading_text(facts, left)
                place = left.span
            yield Finding(place, f"section/{entry.key}", data, variant="heading-lost" if left else "")


def _left_behind(facts: Facts, entry: Entry, options: SectionOptions) -> Line | None:
    """A sub-heading that belongs to a missing section, below the section that stands before its place."""
    if not options.find:
        return None
    known = [other.key for other in facts.document.edition.sections]
    before = [s for s in facts.document.sections if s.entry and known.index(s.key) < known.index(entry.key)]
    for line in before[-1].lines if before else ():
        match = pattern(options.find).search(heading_text(facts, line)) if line.style != "P" else None
        if match and match.groupdict().get(entry.key):
            return line
    return None


def _order(facts: Facts, _: Sequence[Entry], __: SectionOptions) -> Iterator[Finding]:
    """The first section without which the others would be in order, else the first that stands wrongly."""
    if in_order(facts):
        return
    sections = _first_of_each(facts)
    order = [entry.key for entry in facts.document.edition.sections]
    ranks = [order.index(section.key) for section in sections]
    if ranks == sorted(ranks):
        return
    alone = [i for i in range(len(ranks)) if (rest := ranks[:i] + ranks[i + 1 :]) == sorted(rest)]
    moved = sections[alone[0] if alone else next(i for i, rank in enumerate(ranks) if rank != sorted(ranks)[i])]
    due = sorted(sections, key=lambda section: order.index(section.key))
    data = {
        "label": moved.entry.label if moved.entry else "",
        "found": "、".join(heading_text(facts, section.heading) for section in sections),
        "expected": "、".join(section.entry.label for section in due if section.entry),
        "place": ranks.index(order.index(moved.key)) + 1,
        "due": due.index(moved) + 1,
    }
    yield Finding(moved.heading.span, f"section/{moved.key}", data)


def _duplicate(facts: Facts, wanted: Sequence[Entry], _: SectionOptions) -> Iterator[Finding]:
    twice = []
    for entry in wanted if not in_order(facts) else ():
        same = [section for section in facts.document.sections if section.key == entry.key]
        if len(same) > 1:
            twice.append((entry, same))
    report = len(twice) > len(wanted) // 2
    for entry, same in twice[:1] if report else twice:
        data = {"label": entry.label, "count": len(twice) if report else len(same)}
        place, variant = same[0].heading.span, "report" if report else ""
        yield Finding(
            same[1].heading.span, f"section/{entry.key}", data, variant=variant, related=((place, "first", {}),)
        )


def _extra(facts: Facts, _: Sequence[Entry], options: SectionOptions) -> Iterator[Finding]:
    for section in facts.document.sections:
        if section.entry is None and not section.aspect:
            found = heading_text(facts, section.heading)
            retired = options.find and pattern(options.find).search(found)
            yield Finding(section.heading.span, "section/extra", {"found": found}, variant="retired" if retired else "")


def _promoted(facts: Facts, _: Sequence[Entry], __: SectionOptions) -> Iterator[Finding]:
    labels = {aspect.key: aspect.label for aspect in facts.document.vocabulary.aspects}
    home = facts.document.edition.sections[0]
    for section in facts.document.sections:
        if section.aspect:
            data = {
                "found": heading_text(facts, section.heading),
                "aspect": labels[section.aspect],
                "home": home.label,
                "number": home.number,
            }
            yield Finding(section.heading.span, f"section/{section.aspect}", data)


def _empty(facts: Facts, wanted: Sequence[Entry], _: SectionOptions) -> Iterator[Finding]:
    """Sections without a word; a table that is missing, or aspects raised to sections, explain themselves."""
    document = facts.document
    tabled = {table.section for table in document.edition.tables.values()}
    for entry in wanted:
        section = facts.sections.get(entry.key)
        if section is None or entry.key in tabled or any(_says(facts.text, block) for block in section.blocks):
            continue
        following = next((other for other in document.sections if other.start > section.start), None)
        again = sum(other.key == entry.key for other in document.sections) > 1
        if not again and not (following and following.aspect):
            yield Finding(section.heading.span, f"section/{entry.key}", {"label": entry.label, "number": entry.number})


def _says(text: str, block: Line | Grid) -> bool:
    return isinstance(block, Grid) or has_letters(text, block.text_start, block.end)


def _table_missing(facts: Facts, _: Sequence[Entry], options: SectionOptions) -> Iterator[Finding]:
    """A table that its section lacks; silent where its labels stand as prose, for then its layout was lost."""
    form = facts.document.edition.tables[options.table]
    section = facts.sections.get(form.section)
    if section is None or options.table in facts.document.tables:
        return
    labels = {core(entry.label) for part in form.blocks for entry in (*part.rows, *part.columns)}
    words = core(facts.text[section.heading.end : section.end])
    grid = any(isinstance(block, Grid) for block in section.blocks)
    if not grid and sum(label in words for label in labels if len(label) >= _LABELS) >= _LABELS:
        return
    label = section.entry.label if section.entry else ""
    number = section.entry.number if section.entry else ""
    data = {"label": form.label, "section": label, "number": number}
    yield Finding(section.heading.span, options.table, data, variant="unrecognised" if grid else "")


def _misplaced(facts: Facts, _: Sequence[Entry], __: SectionOptions) -> Iterator[Finding]:
    """Tables under another section's heading; sections in the wrong order explain themselves, and an annex is said once."""
    away = [table for table in facts.document.tables.values() if table.section != table.form.section]
    if not away or not in_order(facts):
        return
    names = {entry.key: entry for entry in facts.document.edition.sections}
    strayed = [table for table in away if facts.sections.get(table.form.section) and table.section in names]
    last = facts.document.sections[-1].key
    if len(strayed) > 1 and all(table.section == last for table in facts.document.tables.values()):
        data = {"label": "、".join(table.form.label for table in strayed), "count": len(strayed)}
        yield Finding(Span(strayed[0].start, strayed[0].end), strayed[0].key, data, variant="annex")
    else:
        for table in strayed:
            data = {
                "label": table.form.label,
                "found": names[table.section or ""].label,
                "expected": names[table.form.section].label,
                "number": names[table.form.section].number,
            }
            yield Finding(Span(table.start, table.end), table.key, data)


def _text_in_table_section(facts: Facts, wanted: Sequence[Entry], options: SectionOptions) -> Iterator[Finding]:
    """More than one sentence of prose beside a table; notes that the options leave out do not count.

    Where the next section is missing, its text stands here, which is that rule's to say.
    """
    text = facts.text
    order = [entry.key for entry in facts.document.edition.sections]
    for entry in wanted:
        section = facts.sections.get(entry.key)
        following = order[order.index(entry.key) + 1 :][:1]
        if section is None or not any(isinstance(block, Grid) for block in section.blocks):
            continue
        if text.count("。", section.start, section.end) <= 1:
            continue
        if following and facts.sections.get(following[0]) is None:
            continue
        lines = [line for line in section.lines if not _left_out(squeeze(text[line.start : line.end]), options)]
        words = "".join(squeeze(text[line.start : line.end]) for line in lines)
        if words.count("。") > 1 and len(words) >= _LETTERS:
            data = {"label": entry.label, "count": words.count("。")}
            yield Finding(Span(lines[0].text_start, lines[-1].end), f"section/{entry.key}", data)


def _left_out(words: str, options: SectionOptions) -> bool:
    return bool(options.unless) and pattern(options.unless).search(words) is not None


def _preamble(facts: Facts, _: Sequence[Entry], __: SectionOptions) -> Iterator[Finding]:
    """No words between the title and the first section, and none inside it that belong there."""
    chrome = pattern(facts.document.vocabulary.chrome)
    texts = (squeeze(facts.text[line.start : line.end]) for line in facts.lines("preamble"))
    if facts.document.period or any(len(words) >= _SENTENCE and not chrome.search(words) for words in texts):
        return
    yield Finding(facts.document.home("title"), "preamble", {})


def _parts_count(facts: Facts, _: Sequence[Entry], options: SectionOptions) -> Iterator[Finding]:
    """A number of parts in the preamble other than that of the headings, which are as prescribed."""
    document = facts.document
    whole = len(document.sections) == len(document.edition.sections) and in_order(facts)
    if not whole or not all(section.entry for section in document.sections):
        return
    flow = facts.flow("preamble")
    for match in pattern(options.find).finditer(flow.text):
        count = _numeral(match["count"])
        if count != len(document.sections):
            data = {"found": match["count"], "expected": len(document.sections)}
            yield Finding(flow.span(*match.span("count")), "preamble/parts", data)
            return


def _numeral(written: str) -> int:
    return int(written) if written.isdecimal() else chinese_numeral(written) or 0


def _parts_wording(facts: Facts, wanted: Sequence[Entry], _: SectionOptions) -> Iterator[Finding]:
    """A part named otherwise in the preamble's list than in its heading, which is as prescribed."""
    flow = facts.flow("preamble")
    sections = [(entry, facts.sections.get(entry.key)) for entry in wanted]
    words = core(flow.text)
    listed = [section for _, section in sections if section and core(heading_text(facts, section.heading)) in words]
    if len(listed) < len(wanted) - 2:
        return
    for entry, section in sections:
        if section is None or section in listed or section.wording not in {"exact", "alias"}:
            continue
        if any(core(label) in words for label in (entry.label, *entry.aliases)):
            continue
        renamed = (label for label in entry.renamed if label in flow.text and len(label) >= _SHORT)
        found = max(renamed, key=len, default="")
        if found:
            start, end = _item(flow.text, flow.text.index(found), len(found))
            data = {"found": flow.text[start:end], "expected": heading_text(facts, section.heading)}
            yield Finding(flow.span(start, end), "preamble/parts", data)


def _item(text: str, at: int, length: int) -> tuple[int, int]:
    """The item of a list that holds some words: up to a mark or a particle before them, a mark or 等, 共, 和 behind them."""
    before = _ITEM_BEFORE.search(text, max(at - _NAME, 0), at)
    behind = _ITEM_BEHIND.match(text, at + length, at + length + _NAME)
    return (before.start() if before else at), (behind.end() if behind else at + length)


def _first_of_each(facts: Facts) -> list[Section]:
    seen: dict[str, Section] = {}
    for section in facts.document.sections:
        if section.entry:
            seen.setdefault(section.key, section)
    return list(seen.values())


_CHECKS: dict[str, Callable[[Facts, Sequence[Entry], SectionOptions], Iterator[Finding]]] = {
    "missing": _missing,
    "order": _order,
    "duplicate": _duplicate,
    "extra": _extra,
    "promoted": _promoted,
    "empty": _empty,
    "table-missing": _table_missing,
    "table-misplaced": _misplaced,
    "text-in-table-section": _text_in_table_section,
    "preamble": _preamble,
    "parts-count": _parts_count,
    "parts-wording": _parts_wording,
}
