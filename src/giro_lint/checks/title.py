"""Kind ``title``: the title of the report. May import: facts, model, options."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from giro_lint.checks.facts import Facts, unless_found
from giro_lint.model.diagnostic import Edit, Finding, Fix
from giro_lint.model.document import Title
from giro_lint.model.patterns import lazy, pattern
from giro_lint.model.source import Span

if TYPE_CHECKING:
    from giro_lint.ruleset.text_options import TitleOptions

_YEAR_INSIDE = lazy(r"[0-9０-９]{4}年(?=度)|[0-9０-９]{4}(?:年度?)?|[〇○零一二三四五六七八九]{4}(?:年度?)?")
_LINE_END = lazy(r"[\r\n]")
_WORD = 2
"""Letters of a word that a title may leave out and still be close to the prescribed one."""
_STOPS = "。，；：、.,;:!！"


def check_title(facts: Facts, options: TitleOptions) -> Generator[Finding, None, int | str]:
    """Run one of the checks on the title; only ``missing`` speaks where there is none."""
    title = facts.document.title
    if title is None:
        if options.check != "missing":
            return "no-title"
        yield Finding(Span(0, 0), "title", {"expected": facts.document.vocabulary.title_core}, variant="missing")
        return 1
    yield from _CHECKS[options.check](facts, title, options)
    return 1


def idle_titles(facts: Facts, rules: Sequence[TitleOptions]) -> Sequence[int | str | None]:
    """Which rules have no first finding."""
    title = facts.document.title
    if title is None:
        return [None if rule.check == "missing" else "no-title" for rule in rules]
    return [unless_found(_CHECKS[rule.check](facts, title, rule), 1) for rule in rules]


def _span(title: Title) -> Span:
    return Span(title.start, title.end)


def _missing(facts: Facts, title: Title, _: TitleOptions) -> Iterator[Finding]:
    """A title without the prescribed words; the year may stand inside them, and one word of them may be left out."""
    due = facts.document.vocabulary.title_core
    if not _has(due, title.text):
        shared = sum(
            block.size for block in SequenceMatcher(None, due, title.text, autojunk=False).get_matching_blocks()
        )
        close = shared >= len(due) - _WORD
        yield Finding(_span(title), "title", {"found": title.text, "expected": due}, variant="close" if close else "")


def _has(words: str, text: str) -> bool:
    """Whether a text has some words, leaving out a year (2023, 2023年, 2023年度) where that is in their way."""
    without = (
        text[: m.start()] + text[stop:] for m in _YEAR_INSIDE.finditer(text) for stop in (m.end(), m.start() + 4)
    )
    return words in text or any(words in each for each in without)


def _year(_: Facts, title: Title, __: TitleOptions) -> Iterator[Finding]:
    if title.year is None:
        yield Finding(_span(title), "title/year", {"found": title.text})


def _pattern(_: Facts, title: Title, options: TitleOptions) -> Iterator[Finding]:
    match = pattern(options.find).search(title.text)
    if match:
        yield Finding(_span(title), "title", {"found": match.group(), "title": title.text, "year": title.year or ""})


def _place(facts: Facts, title: Title, _: TitleOptions) -> Iterator[Finding]:
    if not title.body:
        yield Finding(_span(title), "title/body", {"found": title.text}, variant="absent")
    elif pattern(facts.document.vocabulary.placeless).search(title.body):
        yield Finding(_span(title), "title/body", {"found": title.body})


def _broken(facts: Facts, title: Title, _: TitleOptions) -> Iterator[Finding]:
    """A line break between two letters of the fixed words of the title."""
    if not _LINE_END.search(facts.text, title.start, title.end):
        return
    text = facts.text[title.start : title.end]
    core = facts.document.vocabulary.title_core
    letters = [i for i, letter in enumerate(text) if not letter.isspace()]
    at = "".join(text[i] for i in letters).find(core)
    if at >= 0:
        broken = _LINE_END.search(text, letters[at], letters[at + len(core) - 1])
        if broken:
            before = "".join(text[letters[at] : broken.start()].split())
            yield Finding(_span(title), "title", {"found": title.text, "before": before, "after": core[len(before) :]})


def _stop(facts: Facts, title: Title, _: TitleOptions) -> Iterator[Finding]:
    """A mark at the end of the title, wherever the binding ends it."""
    text = facts.document.source.text
    end = title.end if text[title.end : title.end + 1] and text[title.end] in _STOPS else title.end - 1
    last = text[end : end + 1]
    if last and last in _STOPS:
        span = Span(end, end + 1)
        yield Finding(span, "title", {"found": last}, fix=Fix((Edit(span, ""),)))


def _preamble_name(facts: Facts, title: Title, options: TitleOptions) -> Iterator[Finding]:
    """The report's own name in the preamble, in words other than those of a title that is right."""
    due = facts.document.vocabulary.title_core
    if not _has(due, title.text):
        return
    flow = facts.flow("preamble")
    for match in pattern(options.find).finditer(flow.text):
        if match["name"] not in title.text and not _has(match["name"], title.text):
            yield Finding(flow.span(*match.span("name")), "preamble", {"found": match["name"], "expected": due})
            return


_CHECKS: dict[str, Callable[[Facts, Title, TitleOptions], Iterator[Finding]]] = {
    "missing": _missing,
    "year": _year,
    "pattern": _pattern,
    "place": _place,
    "broken": _broken,
    "stop": _stop,
    "preamble-name": _preamble_name,
}
