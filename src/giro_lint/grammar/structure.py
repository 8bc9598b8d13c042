"""Tokens to blocks: a grammar over the string of token codes. May import: lexer, model.document, pyparsing.

Because every token is one letter, a place in the code string is the index of a token.
"""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import pairwise

import pyparsing as pp

from giro_lint.grammar.lexer import ROW_END, ROW_END_OF_LF, SPACE, Token, run_of, tokenize
from giro_lint.grammar.numbers import chinese_numeral
from giro_lint.model.document import Block, Grid, GridRow, Line, RowText
from giro_lint.model.patterns import lazy

_ROW_END, _ROW_END_OF_LF = lazy(ROW_END), lazy(ROW_END_OF_LF)
_BARS = lazy(r"[|｜│]")
_TABS = lazy(r"\t")
_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
_NUMBER = lazy(
    r"(?P<lead>[^\S\r\n]*(?:#{1,6}[ \t]+)?(?:\*\*)?[^\S\r\n]*)"
    r"(?P<number>第?[一二三四五六七八九十]{1,3}(?:部分|章)?|[\d０-９]{1,2}|[（(]\s*(?:[一二三四五六七八九十]{1,3}|\d{1,2})\s*[）)]|[①-⑳])?"
    r"(?P<separator>[^\S\r\n]*[、．.，,：:]?[^\S\r\n]*)"
)
_ENDS = "。！？；：”）)!?;:"
_WRAP, _WIDE = 20, 80
_HEADING = 60
"""Headings of so many characters are remembered."""
LONGEST_REMEMBERED = 400
"""Rows of so many characters are remembered by their text: headers and rows of zeros come again in every report."""

# A part of a report: a heading, the prose below it, a table, blank lines; each may be absent, but not all of them.
_PART = "(?=.)(?P<heading>[HhNnS])?(?P<prose>P+)?(?P<table>[RTMD]+)?b*"


@cache
def _grammar() -> pp.ParserElement:
    """The structure of a report: part after part."""
    return run_of(_PART)


def parse_blocks(text: str) -> list[Block]:
    """Headings, paragraphs and tables of a text, in order.

    Args:
        text: any text.

    Returns:
        The blocks; blank lines are in none of them.

    """
    tokens = tokenize(text)
    blocks: list[Block] = []
    for match in _grammar().parse_string("".join(code for code, _, _ in tokens)):
        if match["heading"]:
            blocks.append(_heading(text, tokens[match.start()]))
        if match["prose"]:
            blocks += _paragraphs(text, tokens[slice(*match.span("prose"))])
        if match["table"]:
            blocks += _table(text, tokens[slice(*match.span("table"))])
    return blocks


def _trimmed(text: str, start: int, end: int) -> int:
    """End of a stretch without trailing white space."""
    return start + len(text[start:end].rstrip(SPACE))


def _heading(text: str, token: Token) -> Line:
    code, start, end = token
    piece = text[start:end]
    length, number, separator, begin = (_remembered_heading if len(piece) <= _HEADING else _numbered)(piece)
    return Line(start, start + length, code, number, _ordinal(number), separator, start + begin)


def _numbered(line: str) -> tuple[int, str, str, int]:
    """Of a heading, wherever it stands: its length without what ends the line, its number, what follows that, and where its text begins."""
    bare = line.rstrip(SPACE)
    match = _NUMBER.match(bare)
    number = match["number"] or "" if match else ""
    separator = match["separator"] if match and number else ""
    begin = match.end("separator" if number else "lead") if match else 0
    length = len(bare.removesuffix("**"))
    return length, number, separator, min(begin, length)


_remembered_heading = lru_cache(maxsize=1024)(_numbered)


@lru_cache(maxsize=512)
def _ordinal(number: str) -> int:
    """The value of a heading's number, 0 when there is none."""
    bare = number.strip("（）()第部分章 \xa0\u3000").translate(_DIGITS)
    if "①" <= bare[:1] <= "⑳":
        return ord(bare[0]) - ord("①") + 1
    return int(bare) if bare.isdecimal() else chinese_numeral(bare) or 0


def _paragraphs(text: str, tokens: list[Token]) -> list[Block]:
    """Paragraphs of lines that follow each other; lines of a wrapped text are put together.

    A line goes on in the next when it is neither short nor long and does not end a sentence, and only where the sentence ends
    in such a line; a signature below an unfinished sentence stays apart.
    """
    lines = [(start, _trimmed(text, start, end)) for _, start, end in tokens]
    if len(lines) == 1:
        return [_paragraph(text, *lines[0])]
    blocks: list[Block] = []
    first = 0
    for number, (start, stop) in enumerate(lines):
        inside = text[stop - 1 : stop] in "：:" and text.count("（", lines[first][0], stop) > text.count(
            "）", lines[first][0], stop
        )
        if (text[stop - 1 : stop] in _ENDS and not inside) or not _WRAP <= stop - start <= _WIDE:
            wrapped = number > first and text[stop - 1 : stop] in _ENDS and stop - start <= _WIDE
            parts = [(lines[first][0], stop)] if wrapped else lines[first : number + 1]
            blocks += [_paragraph(text, *part) for part in parts]
            first = number + 1
    return blocks + [_paragraph(text, *part) for part in lines[first:]]


def _paragraph(text: str, start: int, stop: int) -> Line:
    return Line(start, stop, text_start=stop - len(text[start:stop].lstrip(SPACE)))


def _table(text: str, tokens: list[Token]) -> list[Block]:
    """A table, or paragraphs where single cells stand alone: lines that were indented with a TAB."""
    rows = [row for token in tokens for row in _rows(text, *token)]
    if len(rows) <= 2:
        filled = [[cell for cell in row.cells if text[slice(*cell)].strip(SPACE)] for row in rows]
        if all(len(cells) <= 1 for cells in filled):
            lone = [cell for cells in filled for cell in cells]
            return [_indented(text, row.start, *cell) for row, cell in zip(rows, lone, strict=False)]
    return [Grid(rows[0].start, _trimmed(text, rows[0].start, rows[-1].end), rows)] if rows else []


def _indented(text: str, line: int, start: int, end: int) -> Line:
    for block in parse_blocks(text[start:end].lstrip(SPACE)):
        if isinstance(block, Line):
            shift = end - len(text[start:end].lstrip(SPACE))
            return Line(
                line,
                shift + block.end,
                block.style,
                block.number,
                block.ordinal,
                block.separator,
                shift + block.text_start,
            )
    return Line(line, end, text_start=start)


def _rows(text: str, code: str, start: int, end: int) -> list[GridRow]:
    """The rows of a token; a border has none."""
    if code == "D":
        return []
    ends = _ROW_END_OF_LF if text.find("\r", start, end) < 0 else _ROW_END
    stops = [match.end() for match in ends.finditer(text, start, end)] if code == "R" else []
    if not stops or stops[-1] != end:
        stops.append(end)
    return [
        GridRow(start, stop, (_remembered_row if stop - start <= LONGEST_REMEMBERED else _row)(code, text[start:stop]))
        for start, stop in pairwise([start, *stops])
    ]


def _row(code: str, row: str) -> RowText:
    """The cells of a row by the code of its token."""
    bounds = _cell_lines(row) if code == "R" else _cells_within_line(code, row)
    return RowText(tuple(bounds), tuple([row[start:end] for start, end in bounds]))


_remembered_row = lru_cache(maxsize=2048)(_row)


def _cell_lines(row: str) -> list[tuple[int, int]]:
    """Bounds of cells that begin with a TAB each, without line ends."""
    blank = _ROW_END.search(row)
    cells: list[tuple[int, int]] = []
    at = 1
    for piece in row[1 : blank.start() if blank else None].split("\t"):
        cells.append((at, at + len(piece.rstrip("\r\n"))))
        at += len(piece) + 1
    return cells


def _cells_within_line(code: str, row: str) -> list[tuple[int, int]]:
    """Bounds of cells between TABs or bars, which are not part of a cell."""
    line = row.partition("\n")[0].partition("\r")[0]
    bounds = [match.start() for match in (_TABS if code == "T" else _BARS).finditer(line)]
    cells = [(a + 1, b) for a, b in pairwise([-1, *bounds, len(line)])]
    if code == "M":
        cells = cells[1:] if not line[slice(*cells[0])].strip(SPACE) else cells
        closed = line[-1:].strip() in "|｜│"
        cells = cells[:-1] if cells and closed and not line[slice(*cells[-1])].strip(SPACE) else cells
    return [_without_padding(line, *cell) for cell in cells]


def _without_padding(row: str, start: int, end: int) -> tuple[int, int]:
    """The cell without the ordinary spaces that bars are set off with."""
    piece = row[start:end]
    begin = start + len(piece) - len(piece.lstrip(" "))
    return min(begin, end), max(min(begin, end), start + len(piece.rstrip(" ")))
