"""What a report says of itself: title, year, body, kind of body, statistical period. May import: labels, grammar, model."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from giro_lint.binding.labels import squeeze
from giro_lint.grammar.dates import find_periods, find_years
from giro_lint.model.document import Block, Flow, Line, Title
from giro_lint.model.form import Vocabulary
from giro_lint.model.patterns import compiled, lazy, pattern
from giro_lint.model.source import Span
from giro_lint.model.values import PeriodValue

_FRONT_LINES = 400
_TITLE_LINES = 4
_LONG = 60
_FAR = 4
"""A line so many times longer is too long whatever its white space."""
_NAME = 30
_NEAR = 40
_STOPS = "。．，；：、.,;:！!"
_SALUTES = ("：", ":")
"""How a line ends that says whom the report is for."""
_STOPPED = 1.5
"""A line that ends with a mark is rather a sentence than a title."""
_FEW = 3
_BEGINNING = 200
_BARE_YEAR = lazy(r"(?<![\d０-９])20[0-9]{2}(?![\d０-９])")
_LINE = lazy(r"[^\r\n]+")
_VISIBLE = lazy(r"[^\s\u200b\ufeff]")
_MARKUP = lazy(r"^[#*=\s]+|[*=\s。．，；：、.,;:！!]+$")
_SENTENCE = lazy(r"[，。；！？：:,;/>＞»|｜《]")
_YEAR_ALONE = lazy(r"[（(]?[^\W\d_a-zA-Z]{0,4}\d{0,4}年度?[）)]?")
_BRACKET = lazy(r"[（(][^（）()]*[）)]$")


def find_title(text: str, front: list[Block], vocabulary: Vocabulary) -> Title | None:
    """The title: the shortest run of short lines before the first section that reads as one.

    A web page has its navigation before the report and may say the title twice: the run that names a year and a body
    wins, the last of those that are equally full.

    Args:
        text: the source text.
        front: the blocks before the first section.
        vocabulary: the words of a title.

    Returns:
        The title with the year and the body it names, or None.

    """
    lines = [_unlabelled(text, span, vocabulary) for span in _lines(text, front) if not _in_quoted_title(text, span)]
    best: tuple[float, Title] | None = None
    for regex in (vocabulary.title_words, vocabulary.report_words):
        for last in range(len(lines)):
            first = _first_line(text, lines, last, regex)
            if first is None:
                continue
            title = _title(text, lines, first, last, vocabulary)
            fullness = (
                (title.year is not None) + named(title.body, vocabulary) - (_STOPPED * (text[title.end - 1] in _STOPS))
            )
            if best is None or fullness >= best[0]:
                best = fullness, title
        if best:
            return best[1]
    return _in_long_line(text, front, vocabulary)


def _lines(text: str, front: list[Block]) -> list[Span]:
    """The lines that are not blank, as spans."""
    lines = (block for block in front[:_FRONT_LINES] if isinstance(block, Line))
    spans = (span for line in lines for span in line_spans(text, line.start, line.end))
    return [span for span in spans if _VISIBLE.search(text, *span)][:_FRONT_LINES]


def line_spans(text: str, start: int, end: int) -> list[Span]:
    """The lines between two offsets, without line ends."""
    if start < end and text.find("\n", start, end) < 0 and text.find("\r", start, end) < 0:
        return [Span(start, end)]
    return [Span(*match.span()) for match in _LINE.finditer(text, start, end)]


def _in_quoted_title(text: str, span: Span) -> bool:
    """Whether a line lies within a title that the line before opened with 《: a wrapped paragraph that cites a notice."""
    before = text[max(0, span.start - _LONG) : span.start]
    opened = before.rfind("《") > before.rfind("》")
    return (
        opened
        and (after := text.find("》", span.start, span.end + _LONG)) >= 0
        and "《" not in text[span.start : after]
    )


def _unlabelled(text: str, span: Span, vocabulary: Vocabulary) -> Span:
    """The line without a label that a web page sets before a title."""
    match = pattern(vocabulary.title_label).match(text[span.start : span.end])
    return Span(span.start + match.end(), span.end) if match else span


def _first_line(text: str, lines: list[Span], last: int, regex: str) -> int | None:
    """First line of the shortest run that ends with a line and reads as a title, or None."""
    joined = ""
    for first in range(last, max(-1, last - _TITLE_LINES), -1):
        if lines[first].end - lines[first].start > _FAR * _LONG:
            return None
        line = _clean(text, lines[first])
        if len(line) > _LONG or _SENTENCE.search(line):
            return None
        joined = line + joined
        if pattern(regex).search(joined):
            return first
    return None


def _clean(text: str, span: Span) -> str:
    return squeeze(_MARKUP.sub("", text[span.start : span.end]))


def _title(text: str, lines: list[Span], first: int, last: int, vocabulary: Vocabulary) -> Title:
    """The title that a run of lines is, with the lines above and below that name its body and its year."""
    joined = "".join(_clean(text, span) for span in lines[first : last + 1])
    while first and not (named(_body(joined, vocabulary), vocabulary) and find_years(joined)):
        above = _clean(text, lines[first - 1])
        year_due = not find_years(joined) and _YEAR_ALONE.fullmatch(above) and find_years(above)
        body_due = not named(_body(joined, vocabulary), vocabulary) and _placed(_body(above, vocabulary), vocabulary)
        if not (year_due or body_due) or _SENTENCE.search(above) or pattern(vocabulary.chrome).search(above):
            break
        first -= 1
        joined = above + joined
    body = _body(joined, vocabulary)
    for line in lines[last + 1 : last + 3]:
        year_told, body_told = bool(find_years(joined)), named(body, vocabulary)
        if year_told and body_told:
            break
        below = _clean(text, line)
        if not year_told and _YEAR_ALONE.fullmatch(below) and find_years(below):
            joined += below
        elif (
            not body_told
            and not text[line.start : line.end].rstrip().endswith(_SALUTES)
            and _placed(below, vocabulary)
            and not pattern(vocabulary.chrome).search(below)
        ):
            joined, body = joined + below, below
        else:
            break
        last += 1
    return _made(text, *_inner(text, lines[first], lines[last]), joined, body)


def _made(text: str, start: int, end: int, joined: str, body: str) -> Title:
    """The title with the first year in it, which may lack its 年 or stand in digits set apart."""
    years = [(year, *place) for year, *place in find_years(text[start:end])]
    if not years and (bare := _BARE_YEAR.search(text, start, end)):
        years = [(int(bare.group()), bare.start() - start, bare.end() - start)]
    span = Span(start + years[0][1], start + years[0][2]) if years else None
    apart = [] if years else find_years(joined)
    return Title(start, end, joined, body, next((year for year, *_ in (*years, *apart)), None), span)


def _in_long_line(text: str, front: list[Block], vocabulary: Vocabulary) -> Title | None:
    """The title at the beginning of a line that goes on with the report: a text that lost its line ends."""
    above: Span | None = None
    for line in _lines(text, front)[:_FEW]:
        match = pattern(vocabulary.report_words).search(text, line.start, min(line.end, line.start + _BEGINNING))
        if match is None or line.end - line.start <= _LONG:
            above = line
            continue
        before = text[line.start : match.start()]
        stops = [(m.end(), m.group()) for m in compiled(r"\s+|[，。；：:>＞|]").finditer(before)] or [(0, "")]
        for at, mark in reversed([(0, ""), *stops][-_TITLE_LINES:]):  # a title of several lines is one of several words
            joined = squeeze(text[line.start + at : match.end()])
            if named(_body(joined, vocabulary), vocabulary):
                return _made(text, line.start + at, match.end(), joined, _body(joined, vocabulary))
            if mark.strip():
                break
        body = squeeze(text[above.start : above.end]) if above else ""
        if above and find_years(before) and len(before) <= _NAME and named(body, vocabulary):
            return _made(text, above.start, match.end(), body + squeeze(text[line.start : match.end()]), body)
    return None


def _inner(text: str, first: Span, last: Span) -> tuple[int, int]:
    """Offsets of the title without the marks of Markdown and white space around it."""
    lead = compiled(r"[#*=\s]*").match(text, first.start, first.end)
    return (lead.end() if lead else first.start), last.start + len(
        text[last.start : last.end].rstrip("*= \t\u3000\xa0")
    )


def _body(title: str, vocabulary: Vocabulary) -> str:
    noise = pattern(vocabulary.body_noise)
    return noise.sub("", noise.sub("", title))


def unremarked(name: str) -> str:
    """A name without a remark in brackets at its end."""
    return _BRACKET.sub("", name)


def named(name: str, vocabulary: Vocabulary) -> bool:
    """Whether a text of one line can be the name of a body."""
    return len(name) <= _NAME and _can_name(name, vocabulary)


@lru_cache(maxsize=1024)
def _can_name(name: str, vocabulary: Vocabulary) -> bool:
    bare = unremarked(name)
    return len(bare) >= 2 and not _SENTENCE.search(name) and pattern(vocabulary.body_suffix).search(bare) is not None


def _placed(name: str, vocabulary: Vocabulary) -> bool:
    return named(name, vocabulary) and pattern(vocabulary.place_words).search(name) is not None


@lru_cache(maxsize=256)
def kind_of_body(name: str, vocabulary: Vocabulary) -> str | None:
    """Kind of body that a full name tells of, or None; a second name in brackets does not count."""
    bare = unremarked(name)
    return next((kind for regex, kind in vocabulary.body_kinds if pattern(regex).search(bare)), None) if bare else None


def find_period(flow: Flow, vocabulary: Vocabulary) -> tuple[PeriodValue, Span] | None:
    """The statistical period in a flow and its place in the source, or None."""
    words = [match.start() for match in pattern(vocabulary.period_words).finditer(flow.text)]
    if not words:
        return None
    for period in find_periods(flow.text):
        if any(0 <= period.start - word <= _NEAR for word in words):
            return period, flow.span(period.start, period.end)
    return None


def find_report_year(preamble: Flow, overall: Flow, vocabulary: Vocabulary) -> int | None:
    """The report year of a text whose title and period do not tell it.

    Args:
        preamble: the prose before the first section.
        overall: the prose of the first section.
        vocabulary: the words of a title.

    Returns:
        The year before the words of the report's name in the preamble, else the one that the first section speaks of
        most, else None.

    """
    for year, _, end in find_years(preamble.text):
        named_after = pattern(vocabulary.report_words).search(preamble.text, end, end + _NEAR)
        if named_after and not _SENTENCE.search(preamble.text, end, named_after.start()):
            return year
    counts: dict[int, int] = {}
    for year in _of_sentences(overall):
        counts[year] = counts.get(year, 0) + 1
    return max(counts, key=lambda year: counts[year], default=None)


def _of_sentences(flow: Flow) -> Iterator[int]:
    """The years that sentences begin with."""
    for year, start, _ in find_years(flow.text):
        if start == 0 or flow.text[start - 1] in "\n。；":
            yield year
