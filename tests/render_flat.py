"""Reports as they look once the layout is lost: copied from a page, out of a PDF, through a converter. May import: the standard library.

Every function takes a report in the tab-cell layout (a cell a line behind a TAB, an empty line behind a row), so that clean, faulty
and real reports can all be mutilated in the same ways.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from random import Random

Row = list[str]
Item = "str | Row"
"""A line of prose, or the cells of a row."""

Layout = Callable[[str], str]

_PAGE = "— {} —"
_BEFORE = (
    "当前位置： 首页 政务公开 政府信息公开年报 ",
    " 来源： 时间：2022-01-19 16:56 微信 微博 全真版 文字版 文件下载 相关链接： ",
)
_AFTER = " 附件下载 打印 关闭"


def items(text: str) -> list[str | Row]:
    """The lines and rows of a report; blank lines are left out."""
    found: list[str | Row] = []
    in_row = False
    for line in text.split("\n"):
        if line.startswith("\t"):
            if not in_row:
                found.append([])
            row = found[-1]
            assert isinstance(row, list)
            row.append(line[1:])
            in_row = True
        elif in_row and line.strip():
            row = found[-1]
            assert isinstance(row, list)
            row[-1] += line.strip()
        else:
            in_row = False
            if line.strip():
                found.append(line.strip())
    return found


def _pieces(text: str) -> list[str]:
    """Lines and cells one after the other; blank cells are not seen once the layout is lost."""
    return [
        piece.strip() for item in items(text) for piece in ([item] if isinstance(item, str) else item) if piece.strip()
    ]


# Everything on one line


def one_line(text: str) -> str:
    """All on one line with nothing between."""
    return "".join(_pieces(text)) + "\n"


def one_line_in_a_page(text: str) -> str:
    """All on one line, what a web page adds before and behind it."""
    pieces = _pieces(text)
    title = pieces[0] + (pieces[1] if "报告" not in pieces[0] else "")
    body = pieces[1 + ("报告" not in pieces[0]) :]
    return f"标题: {title}\n发布时间: 2022-01-19 16:56\n{_BEFORE[0]}{title}{_BEFORE[1]}{''.join(body)}{_AFTER}\n"


def one_line_with_spaces(text: str) -> str:
    """All on one line, a space between any two pieces."""
    return " ".join(_pieces(text)) + "\n"


def one_line_with_tabs(text: str) -> str:
    """All on one line, a TAB between any two pieces."""
    return "\t".join(_pieces(text)) + "\n"


# A cell a line


def cells_as_lines(text: str) -> str:
    """Every line and every cell a line."""
    return "\n".join(_pieces(text)) + "\n"


def cells_as_paragraphs(text: str) -> str:
    """Likewise, with blank lines between."""
    return "\n\n".join(_pieces(text)) + "\n"


def cells_with_bars(text: str, between: str = " |") -> str:
    """Every line a line, every cell a line with a bar behind it or below it; blank cells leave their bar."""
    return "".join(
        f"{item.strip()}\n" if isinstance(item, str) else "".join(f"{cell.strip()}{between}\n" for cell in item)
        for item in items(text)
    )


# A row a line


def _rows(text: str, separator: str) -> str:
    lines = [
        item if isinstance(item, str) else separator.join(cell.strip() for cell in item if cell.strip())
        for item in items(text)
    ]
    return "\n".join(line for line in lines if line) + "\n"


def rows_with_spaces(text: str) -> str:
    """A row a line, one space between cells."""
    return _rows(text, " ")


def rows_glued(text: str) -> str:
    """A row a line, nothing between cells."""
    return _rows(text, "")


def tables_in_one_line(text: str) -> str:
    """The lines of prose as they were, each table one line with a space between cells."""
    lines: list[str] = []
    open_table = False
    for item in items(text):
        if isinstance(item, str):
            lines.append(item)
            open_table = False
        else:
            cells = " ".join(cell.strip() for cell in item if cell.strip())
            if open_table:
                lines[-1] += " " + cells
            else:
                lines.append(cells)
            open_table = True
    return "\n".join(lines) + "\n"


def sections_as_lines(text: str) -> str:
    """One line a section, heading and all."""
    return re.sub(r"\n(?![一二三四五六]、\D{2,25}\n)", "", _rows(text, "")) + "\n"


def _wide(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def aligned(text: str) -> str:
    """As a PDF prints it with its layout kept: columns set off with runs of spaces, long labels in two lines around the figures."""
    lines: list[str] = []
    for item in items(text):
        if isinstance(item, str):
            lines += ["    " + item[at : at + 36] if not at else item[at : at + 36] for at in range(0, len(item), 36)]
            lines.append("")
            continue
        labels, figures = _parted(item)
        label = " ".join(labels)
        tail = ""
        if figures and len(label) > 24:
            label, tail = label[:24], label[24:]
        elif not figures:
            label = "   ".join(labels)
        lines.append("  " + label + " " * max(2, 54 - _wide(label)) + "".join(f"  {figure:>6}" for figure in figures))
        if tail:
            lines.append("  " + tail)
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _figure(cell: str) -> bool:
    return re.fullmatch(r"\s*[-－+]?[\d,.]+(?:万?元)?\s*", cell) is not None


def _parted(row: Row) -> tuple[list[str], list[str]]:
    """The labels of a row and what follows them; in a row of headers there are labels alone."""
    cells = [cell.strip() for cell in row if cell.strip()]
    if not any(map(_figure, cells)):
        return cells, []
    first = next(at for at, cell in enumerate(cells) if not re.search(r"[\u4e00-\u9fff]{2}", cell) or _figure(cell))
    return cells[:first], cells[first:]


# Lines cut where the page ended


def wrapped(text: str, width: int = 40) -> str:
    """All lines cut at a width; a row is a line with nothing between its cells."""
    lines = [
        line[at : at + width] for line in _rows(text, " ").split("\n") for at in range(0, max(1, len(line)), width)
    ]
    return "\n".join(lines) + "\n"


def with_page_numbers(text: str, every: int = 23) -> str:
    """A page number between lines, again and again."""
    lines: list[str] = []
    for number, line in enumerate(text.split("\n")):
        lines.append(line)
        if number % every == every - 1:
            lines.append(_PAGE.format(number // every + 1))
    return "\n".join(lines)


# Markdown of a converter


def converted(text: str, seed: int = 0) -> str:
    """Markdown pipes: tables torn apart with captions repeated, labels before their rows, labels cut in two, page numbers."""
    random = Random(seed)
    lines: list[str] = []
    caption = ""
    for item in items(text):
        if isinstance(item, str):
            caption = item if item[:1] in "一二三四五六" and item[1:2] == "、" else caption
            lines += ["", *(item[at : at + 30] for at in range(0, len(item), 30))]
            continue
        cells = [cell.strip() for cell in item if cell.strip()]
        labels, figures = _parted(item)
        if not figures:
            lines += ["| " + " | ".join(cells) + " |", "|---" * len(cells) + "|"]
            continue
        way = random.randrange(6)
        if way == 0 and labels:
            lines += ["", *labels, "| " + " | ".join(figures) + " |", "|---" * len(figures) + "|"]
        elif way == 1 and labels and len(labels[-1]) > 6:
            half = len(labels[-1]) // 2
            cut = [*labels[:-1], labels[-1][:half], labels[-1][half:]]
            lines.append("| " + " | ".join([*cut, *figures]) + " |")
        elif way == 2:
            lines += [f"## 表：{caption[2:]}", "| " + " | ".join(cells) + " |", "|---" * len(cells) + "|"]
        elif way == 3 and labels and len(labels[-1]) > 8:
            half = len(labels[-1]) // 2
            lines += [labels[-1][:half], "| " + " | ".join([labels[-1][half:], *figures]) + " |"]
        else:
            lines.append("| " + " | ".join([*cells, "", ""][: len(cells) + random.randrange(3)]) + " |")
        if random.random() < 0.1:
            lines += ["", _PAGE.format(random.randrange(1, 9)), ""]
    return "\n".join(lines) + "\n"


# Damage at random


def damaged(text: str, seed: int, changes: int = 30) -> str:
    """A report with lines cut, joined and dropped line ends at random places."""
    random = Random(seed)
    lines = text.split("\n")
    for _ in range(changes):
        at = random.randrange(len(lines) - 1)
        way = random.randrange(3)
        if way == 0 and len(lines[at]) > 2:
            cut = random.randrange(1, len(lines[at]))
            lines[at : at + 1] = [lines[at][:cut], lines[at][cut:]]
        elif way == 1:
            lines[at : at + 2] = [lines[at] + lines[at + 1]]
        else:
            lines[at : at + 2] = [lines[at] + " " + lines[at + 1].strip()]
        if len(lines) < 3:
            break
    return "\n".join(lines)


SEPARATED: dict[str, Layout] = {
    "one_line_with_spaces": one_line_with_spaces,
    "one_line_with_tabs": one_line_with_tabs,
    "cells_as_lines": cells_as_lines,
    "cells_as_paragraphs": cells_as_paragraphs,
    "cells_with_bars": cells_with_bars,
    "bars_below_cells": lambda text: cells_with_bars(text, "\n|"),
    "rows_with_spaces": rows_with_spaces,
    "tables_in_one_line": tables_in_one_line,
    "aligned": aligned,
    "paged": lambda text: with_page_numbers(rows_with_spaces(text)),
    "converted": converted,
}
"""Layouts in which the figures can still be told apart."""

GLUED: dict[str, Layout] = {
    "one_line": one_line,
    "one_line_in_a_page": one_line_in_a_page,
    "rows_glued": rows_glued,
    "sections_as_lines": sections_as_lines,
    "wrapped": wrapped,
}
"""Layouts in which figures stick together, or are cut."""

LAYOUTS = SEPARATED | GLUED
