"""Sentences of a scope, each with the headings it stands under and what its paragraph said before. May import: facts, flows, model."""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs

from giro_lint.binding.flows import make_flow
from giro_lint.checks.facts import Facts
from giro_lint.model.document import Flow, Line

_SENTENCE = re.compile(r"[^。！？\n]{1,2000}")
_BEFORE = 400
_ENDED = "。！？；：.!?;:"
_SHORTEST_WRAPPED = 15
_HEADING = re.compile(
    r"(?P<upper>（[一二三四五六七八九十]{1,3}）|[一二三四五六七八九十]{1,3}、)?(?:\d{1,2}[.、．])?(?P<words>[^。；，：\n]{0,40})"
)
_NARROW, _WIDE = ",;:()!?", "，；：（）！？"
_STOP = re.compile(r"(?<![0-9A-Za-z.])\.(?![0-9A-Za-z.])")
_NEW_PARAGRAPH = re.compile(r"[ \t\xa0\u2000-\u200b]{2}|\u3000")


@attrs.frozen(eq=False, repr=False)
class Sentence:
    """A sentence in a flow.

    Args:
        flow: the flow.
        start: index in the flow.
        text: its words, without the mark that ends it; narrow punctuation is widened, each mark for one.
        heading: words of the numbered headings it stands under, the upper one first, or empty.
        before: at most 400 characters before it in its paragraph.

    """

    flow: Flow
    start: int
    text: str
    heading: str
    before: str

    @property
    def previous(self) -> str:
        """The sentence before it in its paragraph, or empty."""
        return self.before.rstrip("。！？").rpartition("。")[2]


def sentences(facts: Facts, *scopes: str) -> Iterator[Sentence]:
    """The sentences of some scopes, in order; a paragraph that was broken into lines of equal width is one."""
    for scope in scopes:
        key = ("sentences", scope)
        if key not in facts.memory:
            flow = make_flow(facts.document.source.text, _paragraphs(facts, scope))
            facts.memory[key] = tuple(_sentences(flow))
        yield from facts.memory[key]


def _sentences(flow: Flow) -> Iterator[Sentence]:
    upper = lower = ""
    paragraph = 0
    text = _STOP.sub("。", flow.text)
    for narrow, wide in zip(_NARROW, _WIDE, strict=True):
        text = text.replace(narrow, wide)
    for match in _SENTENCE.finditer(text):
        words = match.group()
        if match.start() == 0 or text[match.start() - 1] == "\n":
            paragraph = match.start()
            numbered = _HEADING.match(words)
            if numbered and numbered["upper"]:
                upper, lower = numbered["words"], ""
            elif numbered and numbered.start("words"):
                lower = numbered["words"]
        yield Sentence(
            flow,
            match.start(),
            words,
            f"{upper} {lower}".strip(),
            text[max(paragraph, match.start() - _BEFORE) : match.start()],
        )


def _paragraphs(facts: Facts, scope: str) -> Iterator[Line]:
    text = facts.document.source.text
    last: Line | None = None
    for line in facts.lines(scope):
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
    between = text[line.end : following.start]
    broken = following.style == "P" and between.strip(" \t\xa0\u3000") in {"\n", "\r\n", "\r"}
    begun = text[text.rfind("\n", 0, line.end) + 1 : line.end]
    return (
        broken
        and len(begun) >= _SHORTEST_WRAPPED
        and text[line.end - 1] not in _ENDED
        and _NEW_PARAGRAPH.match(text, following.start, following.end) is None
    )
