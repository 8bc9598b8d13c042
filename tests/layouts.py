"""Tables whose figures are all different, typed in the ways converters type them. May import: builder, form_labels.

A table is a list of rows of `Cell`s, so that a test can change it before it is typed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import count

from builder import Cell, ReportSpec, table_rows
from form_labels import APPLICANTS, CHALLENGES, CLAUSES, HEADINGS, RESULTS, outcome_rows

Rows = list[list[Cell]]
Figures = Mapping[tuple[str, str], str]
Change = Callable[[Rows], Rows]

YEARS = {"2019": 2020, "2021": 2023}


def numbered(edition: str) -> ReportSpec:
    """A report whose cells are numbered, so that each shows where it was bound; its sums are wrong."""
    number = count(1)
    rows = ("new", "carried_in", *outcome_rows(edition), "total", "carried_out")
    tables = {
        "proactive": {
            row: {c: next(number) for c in columns} for _, columns, entries in CLAUSES[edition] for row in entries
        },
        "applications": {row: {column: next(number) for column in (*APPLICANTS, "total")} for row in rows},
        "litigation": {row: {column: next(number) for column in (*RESULTS, "total")} for row in CHALLENGES},
    }
    year = YEARS[edition]
    words = dict.fromkeys(
        ("body", "self_name", "period", "address", "postcode", "phone", "email", "signature", "date"), ""
    )
    empty = dict.fromkeys(("title", "preamble", "opening", "aspects", "problems", "other"), ())
    return ReportSpec(edition=edition, year=year, kind="department", tables=tables, **words, **empty)


def figures(spec: ReportSpec, table: str) -> Figures:
    """The text of every cell of a table by row and column."""
    return {(row, column): str(value) for row, cells in spec.tables[table].items() for column, value in cells.items()}


# Ways to type a table


def cell_lines(rows: Rows) -> str:
    """A cell a line, a merged cell once."""
    return "".join("".join(f"\t{cell.text}\n" for cell in row) + "\n" for row in rows)


def tab_lines(rows: Rows) -> str:
    """A row a line, cells apart by TABs, a merged cell once."""
    return "".join("\t".join(cell.text for cell in row) + "\n" for row in rows) + "\n"


def _spread(row: list[Cell], *, repeat: bool) -> list[str]:
    return [text for cell in row for text in (cell.text, *[cell.text if repeat else ""] * (cell.width - 1))]


def _bars(rows: list[list[str]]) -> str:
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([lines[0], "|" + " --- |" * len(rows[0]), *lines[1:]]) + "\n\n"


def padded_tab_lines(rows: Rows) -> str:
    """A row a line, cells apart by TABs, merged cells followed by blank ones."""
    return "".join("\t".join(_spread(row, repeat=False)) + "\n" for row in rows) + "\n"


def padded_bars(rows: Rows) -> str:
    """A Markdown table whose merged cells are followed by blank ones."""
    return _bars([_spread(row, repeat=False) for row in rows])


def repeated_bars(rows: Rows) -> str:
    """A Markdown table whose cells merged sideways repeat their text."""
    return _bars([_spread(row, repeat=True) for row in rows])


def filled_bars(rows: Rows) -> str:
    """A Markdown table whose merged cells repeat their text sideways and downwards."""
    grid: list[list[str]] = []
    for row in rows:
        above = grid[-1] if grid else []
        cells = _spread(row, repeat=True)
        grid.append([text or (above[i] if i < len(above) else "") for i, text in enumerate(cells)])
    return _bars(grid)


def _without_merged(row: list[Cell]) -> list[Cell]:
    return [cell for cell in row if cell.text or cell.key]


def open_bars(rows: Rows) -> str:
    """A row a line, a bar behind every cell, nothing where a cell goes on sideways or downwards."""
    return "".join(" | ".join(cell.text for cell in _without_merged(row)) + " |\n" for row in rows) + "\n"


def trailing_bars(rows: Rows) -> str:
    """Likewise between bars, with the bars of the cells that lack at the end."""
    lines = []
    for row in rows:
        cells = _without_merged(row)
        lines.append(
            f"| {' | '.join(cell.text for cell in cells)} | {'|' * (sum(c.width for c in row) - len(cells))}\n"
        )
    return "".join(lines) + "\n"


def halved_headers(rows: Rows) -> str:
    """A row a line; the second lines of the narrow headers are a row of their own."""
    lines = open_bars(rows).split("\n")
    for at, line in enumerate(lines):
        if "商业企业" in line and "自然人" not in line:
            lines[at] = line.replace("商业企业", "商业").replace("科研机构", "科研") + "\n企业 | 机构 |"
    return "\n".join(lines)


STYLES = (cell_lines, tab_lines, padded_tab_lines, padded_bars, repeated_bars, filled_bars)
LOOSE = (open_bars, trailing_bars, halved_headers)
"""Ways that do not tell where a cell goes on."""


# Reports


def report(
    edition: str,
    changes: Mapping[str, Change] | None = None,
    style: Callable[[Rows], str] = cell_lines,
    year: int | None = None,
) -> str:
    """A report with the three tables of an edition.

    Args:
        edition: whose tables.
        changes: what to do to the rows of a table, by its key.
        style: how tables are typed.
        year: report year; by default one of the edition's.

    Returns:
        Title, six headings, and the tables.

    """
    spec, year = numbered(edition), year or YEARS[edition]
    lines = [f"云溪县商务局{year}年政府信息公开工作年度报告", ""]
    for key, heading in HEADINGS.items():
        rows = table_rows(spec, key) if key in spec.tables else []
        change = (changes or {}).get(key)
        lines += [heading, style(change(rows) if change else rows) if rows else "我局扎实推进信息公开。"]
    return "\n".join([*lines, "云溪县商务局", f"{year + 1}年1月20日", ""])


def reworded(change: Callable[[str], str]) -> Change:
    """Change the text of every cell."""
    return lambda rows: [[Cell(change(cell.text), cell.key, cell.width) for cell in row] for row in rows]


def without(*words: str) -> Change:
    """Leave out the rows that contain one of some words."""
    return lambda rows: [row for row in rows if not any(word in cell.text for cell in row for word in words)]
