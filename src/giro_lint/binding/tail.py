"""The end of a report: the body's name and the date. May import: front, labels, grammar.dates, model."""

from __future__ import annotations

from functools import lru_cache

from giro_lint.binding.front import line_spans, named
from giro_lint.binding.labels import squeeze
from giro_lint.grammar.dates import find_dates
from giro_lint.grammar.lexer import SPACE
from giro_lint.model.document import Block, Line, Signature
from giro_lint.model.form import Vocabulary
from giro_lint.model.patterns import lazy, pattern
from giro_lint.model.source import Span
from giro_lint.model.values import DateValue

_LAST_LINES = 80
_NAME = 30
_FEW = 3
_PAGE = lazy(r"[—–－-]+\d{1,3}[—–－-]+")
"""The number of a page, without white space."""
_WORD = lazy(r"\S+")
_MONTH = lazy(r"[\d〇○零一二三四五六七八九]{4}年[\d一二三四五六七八九十]{1,2}月")
"""A date without its day, which is no date of signature and hides no name above it."""
_SENTENCE = frozenset("，。；？！")
_AROUND = SPACE + "（）()【】[]*#—-"


class _Tail:
    """A line near the end: its block, its text without white space, and the name and the date it holds, with their offsets."""

    def __init__(self, block: int, start: int, end: int, words: str) -> None:
        self.block, self.start, self.end, self.words = block, start, end, words
        self.name = ""
        self.name_span: Span | None = None
        self.date: DateValue | None = None
        self.date_span: Span | None = None
        self.chrome = False


def find_signature(text: str, blocks: list[Block], vocabulary: Vocabulary) -> tuple[Signature, int]:
    """Name and date at the end of the last section.

    A name and a date that stand together are the signature, the last such pair. Without one, a lone date or a lone name
    counts where nothing but what a web page adds stands below it.

    Args:
        text: the source text.
        blocks: what stands below the last heading.
        vocabulary: how the name of a body ends, and what a web page adds.

    Returns:
        The signature, its parts None where missing, and the number of blocks that are not part of it; a paragraph that
        the signature follows without a blank line is cut before it.

    """
    lines = _lines(text, blocks, vocabulary)
    picked = _pair(lines) or _lone(lines)
    signature = Signature()
    if not picked:
        return signature, len(blocks)
    for line in picked:
        if line.name_span and signature.body_span is None:
            signature.body, signature.body_span = line.name, line.name_span
        if line.date_span and signature.date_span is None:
            signature.date, signature.date_span = line.date, line.date_span
    after = [line for line in lines if line.start >= picked[-1].end and not line.chrome]
    signature.after = [Span(line.start, line.end) for line in after]
    return signature, _cut(text, blocks, picked[0])


def _cut(text: str, blocks: list[Block], first: _Tail) -> int:
    block = blocks[first.block]
    if isinstance(block, Line) and text[block.text_start : first.start].strip(SPACE):
        block.end = block.start + len(text[block.start : first.start].rstrip(SPACE))
        return first.block + 1
    return first.block


def _lines(text: str, blocks: list[Block], vocabulary: Vocabulary) -> list[_Tail]:
    """The lines below the last table, the last ones of many."""
    found: list[_Tail] = []
    for index in range(len(blocks) - 1, -1, -1):
        block = blocks[index]
        if not isinstance(block, Line) or len(found) >= _LAST_LINES:
            break
        inside = [
            _read(text, index, block, *_last_words(text, *span, vocabulary), vocabulary)
            for span in line_spans(text, block.start, block.end)
        ]
        found[:0] = [line for line in inside if line.words and not _PAGE.fullmatch(line.words)]
    return found


def _last_words(text: str, start: int, end: int, vocabulary: Vocabulary) -> tuple[int, int]:
    """What follows the last sentence of a line that does not end with one: a text that lost its line ends.

    What a web page adds behind it on the same line is left out.
    """
    stop = text.rfind("。", start, end) + 1
    if not stop:
        return start, end
    words = list(_WORD.finditer(text, stop, end))
    while len(words) > 1 and pattern(vocabulary.chrome).search(words[-1].group()):
        words.pop()
        end = words[-1].end()
    rest = squeeze(text[stop:end])
    return (stop, end) if _FEW < len(rest) <= 2 * _NAME else (start, end)


def _read(text: str, index: int, block: Line, start: int, end: int, vocabulary: Vocabulary) -> _Tail:
    """What a line says of body and date; a numbered line and a sentence say nothing."""
    words = squeeze(text[start:end])
    line = _Tail(index, start, end, words)
    short = len(words) <= 2 * _NAME
    line.chrome = (_remembered_chrome if short else _is_chrome)(words, vocabulary)
    numbered = block.style != "P" and start <= block.text_start
    if line.chrome or numbered or not short or not _SENTENCE.isdisjoint(words):
        return line
    dates = find_dates(text[start:end])
    stop = end
    if dates and len(squeeze(text[start + dates[-1].end : end])) <= 2:
        line.date = dates[-1]
        line.date_span = Span(start + line.date.start, start + line.date.end)
        stop = line.date_span.start
    _take_name(text, line, stop, vocabulary)
    if line.date and line.name_span is None and len(squeeze(text[start:stop]).strip("：:")) > 4:
        line.date = line.date_span = None
    return line


def _is_chrome(words: str, vocabulary: Vocabulary) -> bool:
    """Whether a line is what a web page adds, or a month alone."""
    return pattern(vocabulary.chrome).search(words) is not None or _MONTH.fullmatch(words) is not None


_remembered_chrome = lru_cache(maxsize=1024)(_is_chrome)


def _take_name(text: str, line: _Tail, stop: int, vocabulary: Vocabulary) -> None:
    piece = text[line.start : stop]
    label = pattern(vocabulary.signature_label).match(piece)
    begin = line.start + (label.end() if label else 0)
    seal = pattern(vocabulary.signature_seal).search(text, begin, stop)
    stop = seal.start() if seal else stop
    piece = text[begin:stop]
    begin += len(piece) - len(piece.lstrip(_AROUND))
    end = begin + len(text[begin:stop].rstrip(_AROUND))
    if text[begin:stop].rstrip(SPACE).endswith(("）", ")")) and ("（" in text[begin:end] or "(" in text[begin:end]):
        end += 1
    name = squeeze(text[begin:end])
    if len(name) >= 3 and named(name, vocabulary):
        line.name, line.name_span = name, Span(begin, end)


def _pair(lines: list[_Tail]) -> list[_Tail]:
    """The last line with both, or the last two neighbours of which one has the name and one the date."""
    for position in range(len(lines) - 1, -1, -1):
        line = lines[position]
        if line.name and line.date:
            return [line]
        above = lines[position - 1] if position else None
        if above and ((above.name and line.date) or (above.date and line.name and not _date_of(lines, position - 1))):
            return [above, line]
    return []


def _date_of(lines: list[_Tail], position: int) -> bool:
    """Whether the date of a line belongs to a name above it."""
    return position > 0 and bool(lines[position - 1].name)


def _lone(lines: list[_Tail]) -> list[_Tail]:
    for line in reversed(lines):
        if line.date or line.name:
            return [line]
        if not line.chrome:
            return []
    return []
