"""Sentences of a scope, each with the headings it stands under and what its paragraph said before. May import: facts, flows, model."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any

import attrs

from giro_lint.binding.flows import make_flow
from giro_lint.checks.facts import Facts, any_of
from giro_lint.model.document import Flow, Line
from giro_lint.model.patterns import lazy

_OTHER_STOPS = "！？"
_LONGEST = 2000
_BEFORE = 400
_ENDED = "。！？；：.!?;:"
_SHORTEST_WRAPPED = 15
_BEGINS = frozenset("（一二三四五六七八九十")
_HEADING = lazy(
    r"(?P<upper>（[一二三四五六七八九十]{1,3}）|[一二三四五六七八九十]{1,3}、)?(?:\d{1,2}[.、．])?(?P<words>[^。；，：\n]{0,40})"
)
_NARROW, _WIDE = ",;:()!?", "，；：（）！？"
_STOP = lazy(r"\.(?<![0-9A-Za-z.]\.)(?![0-9A-Za-z.])")
_NEW_PARAGRAPH = lazy(r"[ \t\xa0\u2000-\u200b]{2}|\u3000")


class Sentence:
    """A sentence in a flow.

    Args:
        flow: the flow.
        start: index in the flow.
        text: its words, without the mark that ends it; narrow punctuation is widened, each mark for one.
        headings: words of the numbered headings it stands under, the upper and the lower one, or empty.
        memory: what was worked out about it already.

    """

    def __init__(
        self, flow: Flow, start: int, text: str, headings: tuple[str, str], narrative: str, paragraph: int
    ) -> None:
        self.flow, self.start, self.text, self.headings = flow, start, text, headings
        self._narrative, self._paragraph = narrative, paragraph
        self.memory: dict[object, Any] = {}

    @cached_property
    def context(self) -> str:
        """The words of its headings, and its own in a line below."""
        return f"{' '.join(self.headings).strip()}\n{self.text}"

    @cached_property
    def before(self) -> str:
        """At most 400 characters before it in its paragraph."""
        return self._narrative[max(self._paragraph, self.start - _BEFORE) : self.start]

    @cached_property
    def previous(self) -> str:
        """The sentence before it in its paragraph, or empty."""
        return self.before.rstrip("。！？").rpartition("。")[2]


class Narrative:
    """The sentences of a scope, and which of them have some words.

    Args:
        text: the words of the scope, which the sentences are parts of.
        sentences: the sentences in order.
        starts: where they begin in the text.

    """

    def __init__(self, text: str, sentences: Sequence[Sentence], starts: Sequence[int]) -> None:
        self.text, self.sentences, self.starts = text, sentences, starts
        self._having: dict[tuple[str, ...], Sequence[int]] = {}

    def having(self, words: tuple[str, ...]) -> Sequence[int]:
        """The numbers of the sentences that have one of some words, in order; all sentences when no word is asked for."""
        found = self._having.get(words)
        if found is None:
            found = self._having[words] = self._found(words) if words else range(len(self.sentences))
        return found

    def _found(self, words: tuple[str, ...]) -> Sequence[int]:
        """One look through the text: behind a word the next sentence is looked at."""
        text, search, starts, sentences = self.text, any_of(words).search, self.starts, self.sentences
        found = []
        match = search(text)
        while match:
            at, end = match.span()
            number = bisect_right(starts, at) - 1
            if number >= 0 and end <= starts[number] + len(sentences[number].text):
                found.append(number)
                at = starts[number + 1] - 1 if number + 1 < len(starts) else len(text)
            match = search(text, at + 1)
        return found


def narrative_of(facts: Facts, *scopes: str) -> Narrative:
    """The sentences of some scopes, in order; a paragraph that was broken into lines of equal width is one."""
    key = ("narrative", *scopes)
    if key not in facts.memory:
        told = [scope for scope in scopes if facts.lines(scope)] or scopes[:1]
        if len(scopes) == 1:
            facts.memory[key] = _narrative(_flow(facts, *scopes))
        elif len(told) == 1:
            facts.memory[key] = narrative_of(facts, *told)
        else:
            facts.memory[key] = _joined([narrative_of(facts, scope) for scope in told])
    narrative: Narrative = facts.memory[key]
    return narrative


def _flow(facts: Facts, scope: str) -> Flow:
    lines = facts.lines(scope)
    paragraphs = list(_paragraphs(facts, lines))
    return facts.flow(scope) if len(paragraphs) == len(lines) else make_flow(facts.text, paragraphs)


def _joined(parts: Sequence[Narrative]) -> Narrative:
    text, starts = "", list[int]()
    for part in parts:
        starts += [len(text) + start for start in part.starts]
        text += part.text
    return Narrative(text, [sentence for part in parts for sentence in part.sentences], starts)


def _narrative(flow: Flow) -> Narrative:
    text = _STOP.sub("。", flow.text) if "." in flow.text else flow.text
    for narrow, wide in zip(_NARROW, _WIDE, strict=True):
        text = text.replace(narrow, wide)
    headings = ("", "")
    paragraph = begin = 0
    found = []
    for line in _with_stops_alone(text).split("\n"):
        start = begin
        for words in line.split("。"):
            if words:
                if start == begin:
                    paragraph = begin
                    if words[0] in _BEGINS or words[0].isdecimal():
                        headings = _headings(words, headings)
                while len(words) > _LONGEST:
                    found.append(Sentence(flow, start, words[:_LONGEST], headings, text, paragraph))
                    start, words = start + _LONGEST, words[_LONGEST:]  # noqa: PLW2901  the rest of it
                found.append(Sentence(flow, start, words, headings, text, paragraph))
            start += len(words) + 1
        begin += len(line) + 1
    return Narrative(text, found, [sentence.start for sentence in found])


def _headings(words: str, above: tuple[str, str]) -> tuple[str, str]:
    """The words of the upper and the lower heading that hold from the first sentence of a paragraph on."""
    numbered = _HEADING.match(words)
    if numbered and numbered["upper"]:
        return numbered["words"], ""
    return (above[0], numbered["words"]) if numbered and numbered.start("words") else above


def _with_stops_alone(text: str) -> str:
    """A text in which every sentence ends with the same mark."""
    for mark in _OTHER_STOPS:
        text = text.replace(mark, "。")
    return text


def _paragraphs(facts: Facts, lines: Iterable[Line]) -> Iterator[Line]:
    text = facts.text
    last: Line | None = None
    for line in lines:
        if last is not None and _goes_on(text, last, line):
            last = attrs.evolve(last, end=line.end)
            continue
        if last is not None:
            yield last
        last = line
    if last is not None:
        yield last


def _goes_on(text: str, line: Line, following: Line) -> bool:
    """Whether a line goes on in the next one: it ends inside a sentence, and nothing tells a new paragraph."""
    if following.style != "P" or text[line.end - 1] in _ENDED:
        return False
    between = text[line.end : following.start]
    begun = line.end - text.rfind("\n", 0, line.end) - 1
    return (
        between.strip(" \t\xa0\u3000") in {"\n", "\r\n", "\r"}
        and begun >= _SHORTEST_WRAPPED
        and _NEW_PARAGRAPH.match(text, following.start, following.end) is None
    )
