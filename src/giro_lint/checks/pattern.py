"""Kinds ``pattern``, ``pairs`` and ``overlap``: the wording and typography of the prose. May import: facts, labels, model."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from giro_lint.binding.labels import closeness, squeeze
from giro_lint.checks.facts import Facts, any_of
from giro_lint.model.diagnostic import Edit, Finding, Fix
from giro_lint.model.document import Flow, Line
from giro_lint.model.patterns import Pattern, choice, compiled, lazy, pattern
from giro_lint.model.source import Span

if TYPE_CHECKING:
    from giro_lint.ruleset.text_options import OverlapOptions, PairsOptions, PatternOptions

_LIST_MARK = lazy(r"(?:^|\W)(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3}|[A-Za-z]|[①-⑳])[）)]\Z")
_RUN_IN = lazy("[。：]")
_BRIEF = 28
_REACH = 12
_NEAR = 10
_CHROME = 120
_MOST = 60
_LONGEST = 2000
_VERY_MANY = 20


def check_pattern(facts: Facts, options: PatternOptions) -> Generator[Finding, None, int | str]:
    """Yield the matches inside the scope, if the text has a word of the gate."""
    text = facts.flow("prose").text if options.flow else facts.text
    if not options.gate or any(word in text for word in options.gate):
        found = list(_findings(facts, options, text))
        if found and options.quiet and pattern(options.quiet).search(text):
            return "excepted"
        if found and len(found) >= options.least:
            yield from [_gathered(found)] if options.once else found
    return len(text) or "no-text"


def idle_patterns(facts: Facts, rules: Sequence[PatternOptions]) -> Sequence[int | str | None]:
    """Which rules find nothing: the text they search lacks a word of theirs, or their expression matches nowhere."""
    flow, text = facts.flow("prose").text, facts.text
    in_flow, in_text = len(flow) or "no-text", len(text) or "no-text"
    told: list[int | str | None] = []
    for wants_flow, gate, parts in facts.course.ready(rules, _sought):
        searched, idle = (flow, in_flow) if wants_flow else (text, in_text)
        told.append(None if (not gate or _has(searched, gate)) and _matches(searched, parts) else idle)
    return told


def _matches(text: str, parts: Sequence[Pattern]) -> bool:
    """Whether one of some expressions matches in a text."""
    for part in parts:
        for words in part.gate:
            if not _has(text, words):
                break
        else:
            if part.compiled.search(text):
                return True
    return False


def _sought(rules: Sequence[PatternOptions]) -> Sequence[tuple[bool, tuple[str, ...], Sequence[Pattern]]]:
    """Of each rule, whether it searches the flow, words one of which it needs, and the parts of its expression."""
    return [(rule.flow, rule.gate, choice(rule.find)) for rule in rules]


def _has(text: str, words: tuple[str, ...]) -> bool:
    """Whether a text has one of some words; single letters are looked for a good deal faster, very many words in one go."""
    if len(words) > _VERY_MANY:
        return any_of(words).search(text) is not None
    for word in words:  # noqa: SIM110  a plain loop: this runs a hundred times a report
        if word[0] in text and word in text:
            return True
    return False


def _gathered(found: list[Finding]) -> Finding:
    """The first of some findings; its fix mends all of them."""
    first = found[0]
    edits = tuple(edit for finding in found if finding.fix for edit in finding.fix.edits)
    return Finding(first.span, first.anchor, {**first.data, "count": len(found)}, fix=Fix(edits) if edits else None)


def _findings(facts: Facts, options: PatternOptions, text: str) -> Iterator[Finding]:
    regex = pattern(options.find).compiled
    groups: Sequence[str | int] = [name for name in regex.groupindex if name.startswith("at")] or [0]
    for match in regex.finditer(text):
        group = next((name for name in groups if match.start(name) >= 0), None)
        if group is None or (options.unless and pattern(options.unless).search(match.group())):
            continue
        start, end = match.span(group)
        span = facts.flow("prose").span(start, end) if options.flow else Span(start, end)
        kind, section = facts.region(span.start)
        if kind == "heading":
            sentence = _behind_heading(text, start)
        else:
            sentence = kind == "prose" and (section != "preamble" or _in_sentences(text, start))
        scopes = {"all", kind, section, "sentences" if sentence else "all"}
        if scopes.isdisjoint(options.scope) or (section == "front" and kind != "title"):
            continue
        mended = _mended(options, match, group)
        whole = span.end - span.start == end - start
        fix = Fix((Edit(span, mended),)) if mended is not None and whole else None
        data = {
            "found": _brief(match.group(group)),
            "context": squeeze(match.group()),
            "around": text[max(0, start - _NEAR) : end + _NEAR // 2].replace("\n", ""),
            "expected": _brief(mended or ""),
            "count": 1,
        }
        yield Finding(span, anchor_of(section), data, fix=fix)


def _in_sentences(text: str, index: int) -> bool:
    """Whether the line at an index holds a sentence, or leads in to what follows; lines that a web page adds do neither."""
    line = text[slice(*_line_at(text, index))]
    return "。" in line or ("，" in line and line.endswith("："))


def _behind_heading(text: str, index: int) -> bool:
    """Whether the line of a heading has gone on with its text before an index."""
    return _RUN_IN.search(text, _line_at(text, index)[0], index) is not None


def _line_at(text: str, index: int) -> tuple[int, int]:
    """Where the line at an index begins and where it ends."""
    end = text.find("\n", index)
    return text.rfind("\n", 0, index) + 1, end if end >= 0 else len(text)


def _mended(options: PatternOptions, match: re.Match[str], group: str | int) -> str | None:
    """What should stand at a match, or None where the rule cannot tell."""
    written = match.group(group)
    mended = match.expand(options.fix) if options.fix else written
    for pair in options.swap:
        wrong, _, right = pair.partition("→")
        mended = mended.replace(wrong, right)
    return mended if mended != written else None


def _brief(words: str) -> str:
    words = squeeze(words)
    return words if len(words) <= _BRIEF else f"{words[: _BRIEF - 1]}…"


def anchor_of(section: str) -> str:
    """The structural address of a section of the text."""
    return section if section in {"preamble", "signature", "title"} else f"section/{section}"


def in_chrome(facts: Facts, flow: Flow, index: int) -> bool:
    """Whether the line at an index of a flow is one that a web page adds around a report."""
    start, end = _line_at(flow.text, index)
    return end - start <= _CHROME and pattern(facts.document.vocabulary.chrome).search(flow.text[start:end]) is not None


def check_pairs(facts: Facts, options: PairsOptions) -> Generator[Finding, None, int | str]:
    """Yield the first bracket or quote of a paragraph that has no partner, unless a page break tore the two apart."""
    marks = facts.course.ready(options, _marks)
    partners = marks.partners
    written = "".join(marks.regex.findall(facts.flow("prose").text)).split("\n")
    wrong = [number for number, line in enumerate(written) if not _in_pairs(line, marks.kinds)]
    lines = facts.lines("prose")
    lone = _lone(facts, marks, wrong) if wrong else []
    looked = sum(map(len, written))
    seen: set[int] = set()
    for number, place in _without_torn(sorted(lone), facts.text, lines, partners) if lone else ():
        if number not in seen and _meant(facts, options, lines[number]):
            seen.add(number)
            yield _unpaired(facts, partners, place)
    return looked or "nothing-said"


class _Mark:
    """A bracket or quote: which pair it is of, whether it opens, and the mark that is its partner."""

    def __init__(self, kind: int, opens: bool, partner: str) -> None:
        self.kind, self.opens, self.partner = kind, opens, partner


class _Marks:
    """All brackets and quotes of a rule, those that open and those that close by kind, and what finds them and ends of lines."""

    def __init__(
        self, partners: Mapping[str, _Mark], kinds: tuple[tuple[str, str], ...], regex: re.Pattern[str]
    ) -> None:
        self.partners, self.kinds, self.regex = partners, kinds, regex


def _marks(options: PairsOptions) -> _Marks:
    found: dict[str, _Mark] = {}
    for kind, marks in enumerate(options.pairs):
        half = len(marks) // 2
        for one, other in zip(marks[:half], marks[half:], strict=True):
            found |= {one: _Mark(kind, True, other), other: _Mark(kind, False, one)}
    kinds = [["", ""] for _ in options.pairs]
    for one, mark in found.items():
        kinds[mark.kind][not mark.opens] += one
    return _Marks(
        found,
        tuple((opening, closing) for opening, closing in kinds),
        compiled("[\n" + re.escape("".join(found)) + "]"),
    )


@lru_cache(maxsize=512)
def _in_pairs(marks: str, kinds: tuple[tuple[str, str], ...]) -> bool:
    """Whether each of the marks of a paragraph has its partner; pairs of different kinds may overlap."""
    for opening, closing in kinds:
        depth = 0
        for mark in marks:
            depth += (mark in opening) - (mark in closing)
            if depth < 0:
                return False
        if depth:
            return False
    return True


def _lone(facts: Facts, marks: _Marks, numbers: Sequence[int]) -> list[tuple[int, int]]:
    """Number of the paragraph and place of each mark without partner in one of some paragraphs."""
    text = facts.text
    lines = facts.lines("prose")
    lone: list[tuple[int, int]] = []
    for number in numbers:
        line = lines[number]
        open_marks: dict[int, list[int]] = {}
        for match in marks.regex.finditer(text, line.start, line.end):
            mark = marks.partners.get(match.group())
            if mark is None:
                continue
            if mark.opens:
                open_marks.setdefault(mark.kind, []).append(match.start())
            elif open_marks.get(mark.kind):
                open_marks[mark.kind].pop()
            elif not _LIST_MARK.search(text[max(line.start, match.end() - 8) : match.end()]):
                lone.append((number, match.start()))
        lone += [(number, place) for places in open_marks.values() for place in places]
    return lone


def _meant(facts: Facts, options: PairsOptions, line: Line) -> bool:
    section = facts.region(line.start)[1]
    if section == "preamble" and "。" not in facts.document.source.text[line.start : line.end]:
        return False
    return not options.scope or section in options.scope


def _without_torn(
    lone: list[tuple[int, int]], text: str, lines: list[Line], partners: Mapping[str, _Mark]
) -> list[tuple[int, int]]:
    """Marks without partner, leaving out those of unfinished lines that find it in one of the next lines."""
    left = list(lone)
    for number, place in lone:
        mark = partners[text[place]]
        if not mark.opens or text[lines[number].end - 1] in "。！？":
            continue
        for other in left:
            found = partners[text[other[1]]]
            if 0 < other[0] - number <= _REACH and found.kind == mark.kind and not found.opens:
                left = [each for each in left if each not in {other, (number, place)}]
                break
    return left


def _unpaired(facts: Facts, partners: Mapping[str, _Mark], place: int) -> Finding:
    text = facts.document.source.text
    mark = partners[text[place]]
    around = text[max(0, place - 6) : place + 10].split("\n")
    data = {"found": text[place], "expected": mark.partner, "context": squeeze(max(around, key=len))}
    return Finding(
        Span(place, place + 1), anchor_of(facts.region(place)[1]), data, variant="" if mark.opens else "closing"
    )


def check_overlap(facts: Facts, options: OverlapOptions) -> Generator[Finding, None, int | str]:
    """Yield a paragraph that nearly repeats an earlier one."""
    said: list[_Said] = []
    for line in facts.lines("prose"):
        if len(said) < _MOST and line.end - line.text_start >= options.least:
            words = squeeze(facts.text[line.text_start : line.end])
            if options.least <= len(words) <= _LONGEST:
                said.append(_Said(line, words))
    told: set[int] = set()
    for position, before in sorted(_maybe_alike(said, options.share)):
        one, other = said[position], said[before]
        if position in told:
            continue
        share = closeness(one.words, other.words) * 100
        if share > options.share:
            told.add(position)
            place = anchor_of(facts.region(one.line.start)[1])
            data = {"found": one.words[:20], "share": round(share)}
            yield Finding(one.line.span, place, data, related=((other.line.span, "first", {}),))
    return len(said) or "no-text"


def _maybe_alike(said: Sequence[_Said], share: int) -> Iterator[tuple[int, int]]:
    """Positions of two paragraphs, the later one first, that may be so alike by their lengths and letters."""
    order = sorted((len(each.words), position) for position, each in enumerate(said))
    for rank, (short, one) in enumerate(order, 1):
        reach = (200 - share) * short
        for long, other in order[rank:]:
            if share * long >= reach:
                break
            if said[one].may_be(said[other], share):
                yield max(one, other), min(one, other)


class _Said:
    """A long paragraph and its words without white space."""

    def __init__(self, line: Line, words: str) -> None:
        self.line, self.words = line, words

    @cached_property
    def letters(self) -> frozenset[str]:
        """The characters of the words."""
        return frozenset(self.words)

    def may_be(self, longer: _Said, share: int) -> bool:
        """Whether it may be nearly equal to a paragraph that is not shorter by their letters; what is cheap to tell is told first."""
        words, others = self.words, longer.words
        spare = 200 * len(words) - share * (len(words) + len(others))
        for letter in words:  # more letters that the other paragraph lacks than such a share allows
            if letter not in others:
                spare -= 200
                if spare < 0:
                    return False
        mine, theirs = len(self.letters), len(longer.letters)
        if 100 * min(mine, theirs) < share * max(mine, theirs):
            return False
        common = len(self.letters & longer.letters)
        return 100 * common >= share * (mine + theirs - common)
