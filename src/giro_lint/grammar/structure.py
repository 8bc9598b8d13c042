"""Tokens to blocks: a grammar over the string of token codes. May import: lexer, model.document, pyparsing.

Because every token is one letter, a place in the code string is the index of a token.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import pairwise

import pyparsing as pp

from giro_lint.grammar.lexer import SPACE, Token, tokenize
from giro_lint.grammar.numbers import chinese_numeral
from giro_lint.model.document import Block, Grid, GridRow, Line

_LINE_END = re.compile(r"\r\n|\n|\r|\Z")
_BLANK_LINES = re.compile(r"(?:(?:\r\n|\n|\r)[ \xa0\u2000-\u200b\u3000\ufeff]*+)+\Z")
_BARS = re.compile(r"[|｜│]")
_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
_NUMBER = re.compile(
    r"(?P<lead>[^\S\r\n]*(?:#{1,6}[ \t]+)?(?:\*\*)?[^\S\r\n]*)"
    r"(?P<number>第?[一二三四五六七八九十]{1,3}(?:部分|章)?|[\d０-９]{1,2}|[（(]\s*(?:[一二三四五六七八九十]{1,3}|\d{1,2})\s*[）)]|[①-⑳])?"
    r"(?P<separator>[^\S\r\n]*[、．.，,：:]?[^\S\r\n]*)"
)
_ENDS = "。！？；：”）)!?;:"
_WRAP, _WIDE = 20, 80


_BLOCKS = {
    "heading": "[HhNnS]",
    "prose": "P+",
    "table": "[RTMD]+",
    "blank": "b",
}


@cache
def _grammar() -> pp.ParserElement:
    """The structure of a report: headings, paragraphs, tables, blank lines between them."""
    kinds = "|".join(f"(?P<{kind}>{codes})" for kind, codes in _BLOCKS.items())
    return pp.ZeroOrMore(pp.Regex(kinds, as_match=True).leave_whitespace()).leave_whitespace().streamline()


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
        part = tokens[match.start() : match.end()]
        if match.lastgroup == "table":
            blocks += _table(text, part)
        elif match.lastgroup == "heading":
            blocks.append(_heading(text, part[0]))
        elif match.lastgroup == "prose":
            blocks += _paragraphs(text, part)
    return blocks


def _trimmed(text: str, start: int, end: int) -> int:
    """End of a stretch without trailing white space."""
    return start + len(text[start:end].rstrip(SPACE))


def _heading(text: str, token: Token) -> Line:
    code, start, end = token
    end = _trimmed(text, start, end)
    match = _NUMBER.match(text, start, end)
    number = match["number"] or "" if match else ""
    separator = match["separator"] if match and number else ""
    text_start = match.end("separator" if number else "lead") if match else start
    if text[end - 2 : end] == "**":
        end -= 2
    return Line(start, end, code, number, _ordinal(number), separator, min(text_start, end))


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
    rows = [GridRow(start, end, _cells(text, code, start, end)) for code, start, end in tokens if code not in "Db"]
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


def _cells(text: str, code: str, start: int, end: int) -> list[tuple[int, int]]:
    """Offsets of the cells of a row, without line ends; bars and TABs are not part of a cell."""
    if code == "R":
        return _split_lines(text, start, end)
    line_end = _LINE_END.search(text, start, end)
    stop = line_end.start() if line_end else end
    if code == "T":
        bounds = [match.start() for match in re.finditer("\t", text[start:stop])]
    else:
        bounds = [match.start() for match in _BARS.finditer(text[start:stop])]
    edges = [-1, *bounds, stop - start]
    cells = [(start + a + 1, start + b) for a, b in pairwise(edges)]
    if code == "M":
        cells = cells[1:] if not text[slice(*cells[0])].strip(SPACE) else cells
        cells = (
            cells[:-1]
            if cells and not text[slice(*cells[-1])].strip(SPACE) and text[stop - 1 : stop].strip() in "|｜│"
            else cells
        )
    return [_without_padding(text, *cell) for cell in cells]


def _split_lines(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Offsets of cells that begin with a TAB each."""
    cells: list[tuple[int, int]] = []
    at, piece = start + 1, ""
    for piece in text[start + 1 : end].split("\t"):
        cells.append((at, at + len(piece.rstrip("\r\n"))))
        at += len(piece) + 1
    last, stop = cells[-1]
    if text[stop - 1 : stop].isspace():  # blank lines behind the row may hold spaces
        cells[-1] = (last, last + len(_BLANK_LINES.sub("", text[last:stop])))
    return cells


def _without_padding(text: str, start: int, end: int) -> tuple[int, int]:
    """The cell without the ordinary spaces that bars are set off with."""
    piece = text[start:end]
    begin = start + len(piece) - len(piece.lstrip(" "))
    return min(begin, end), max(min(begin, end), start + len(piece.rstrip(" ")))
