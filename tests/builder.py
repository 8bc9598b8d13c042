"""A report as plain data, and its renderings with offsets. May import: form_labels, the standard library and attrs.

Nothing here comes from the linter: labels, layouts and offsets are written down a second time, so that tests have an
independent opinion.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import attrs
from attrs import validators

from form_labels import APPLICANTS, CHALLENGES, CLAUSES, EDITIONS, HEADINGS, OUTCOMES, RESULTS, outcome_rows

Key = tuple[str, ...]
"""Name of a part: ``(table, row, column)``, ``("section", key)``, ``("row", table, row)``, ``("title",)`` ..."""

Marks = dict[Key, tuple[int, int]]
"""Start and end offset (code points, end exclusive) of each named part."""

Tables = Mapping[str, Mapping[str, Mapping[str, "int | str"]]]
"""Cells by table, row and column."""

KINDS = ("government", "gov_office", "department", "township", "subdistrict", "service_centre")

_CORNER = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
_WIDTHS = {"proactive": 4, "applications": 10, "litigation": 15}
_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_SUBHEADING = re.compile(r"（[一二三四五六七八九]）[^。]*\Z")


@attrs.frozen
class Aspect:
    """One of the five aspects of section 一: its title without （一）, and its paragraphs."""

    title: str
    paragraphs: tuple[str, ...]


@attrs.frozen
class ReportSpec:
    """A report before it is laid out.

    Args:
        edition: ``2019`` or ``2021``, which decides on the tables.
        year: the report year.
        body: full name of the reporting body.
        kind: one of ``KINDS``.
        self_name: how the body calls itself (我局).
        title: the title, one or two lines.
        preamble: paragraphs before section 一; ``{period}``, ``{address}``, ``{postcode}``, ``{phone}``, ``{email}``
            stand for the fields below.
        period: wording of the statistical period.
        address: with city and county.
        postcode: of the address.
        phone: with area code.
        email: of the body.
        opening: paragraphs of section 一 before its first aspect.
        aspects: the five aspects.
        tables: cells by table, row and column; every cell, totals included.
        problems: lines of section 五; one like ``（一）主要问题`` is a heading.
        other: lines of section 六.
        signature: the name at the end.
        date: the date below it, as written.
        headings: wording of the six section headings by key.

    Raises:
        ValueError: where the edition or the kind is unknown.

    """

    edition: str = attrs.field(validator=validators.in_(EDITIONS))
    year: int
    body: str
    kind: str = attrs.field(validator=validators.in_(KINDS))
    self_name: str
    title: tuple[str, ...]
    preamble: tuple[str, ...]
    period: str
    address: str
    postcode: str
    phone: str
    email: str
    opening: tuple[str, ...]
    aspects: tuple[Aspect, ...]
    tables: Tables
    problems: tuple[str, ...]
    other: tuple[str, ...]
    signature: str
    date: str
    headings: Mapping[str, str] = attrs.field(factory=lambda: dict(HEADINGS))

    def with_cell(self, table: str, row: str, column: str, text: int | str) -> ReportSpec:
        """Copy with another text in one cell.

        Args:
            table: key of the table.
            row: key of the row.
            column: key of the column.
            text: what to write there.

        Returns:
            The copy; nothing else is adjusted.

        Raises:
            KeyError: where the edition has no such cell.

        """
        tables = {name: {key: dict(cells) for key, cells in rows.items()} for name, rows in self.tables.items()}
        if column not in tables[table][row]:
            raise KeyError(column)
        tables[table][row][column] = text
        return attrs.evolve(self, tables=tables)

    def number(self, table: str, row: str, column: str = "total") -> int:
        """The count in a cell."""
        return int(self.tables[table][row][column])

    def narrative(self) -> str:
        """Section 一 without its heading, one line a paragraph."""
        lines = list(self.opening)
        for ordinal, aspect in zip("一二三四五", self.aspects, strict=False):
            lines += [f"（{ordinal}）{aspect.title}", *aspect.paragraphs]
        return "\n".join(lines)


@attrs.frozen
class Cell:
    """A cell of a table: its text, its name where it has one, and how many columns it covers."""

    text: str
    key: Key | None = None
    width: int = 1


def table_rows(spec: ReportSpec, table: str) -> list[list[Cell]]:
    """Lay a table out as rows of cells.

    Args:
        spec: the report.
        table: ``proactive``, ``applications`` or ``litigation``.

    Returns:
        The rows; a cell merged downwards is continued by an empty one, a cell merged sideways stands once.

    """
    return {"proactive": _proactive, "applications": _applications, "litigation": _litigation}[table](spec)


def _value(spec: ReportSpec, key: Key, width: int = 1) -> Cell:
    table, row, column = key
    return Cell(str(spec.tables[table][row][column]), key, width)


def _proactive(spec: ReportSpec) -> list[list[Cell]]:
    rows = []
    for clause, columns, entries in CLAUSES[spec.edition]:
        last = _WIDTHS["proactive"] - len(columns)
        widths = [1] * (len(columns) - 1) + [last]
        rows.append([Cell(f"第二十条第（{clause}）项", ("clause", clause), _WIDTHS["proactive"])])
        heads = [Cell(label, None, width) for label, width in zip(columns.values(), widths, strict=True)]
        rows.append([Cell("信息内容"), *heads])
        for row, label in entries.items():
            cells = [_value(spec, ("proactive", row, name), w) for name, w in zip(columns, widths, strict=True)]
            rows.append([Cell(label, ("row", "proactive", row)), *cells])
    return rows


def _applications(spec: ReportSpec) -> list[list[Cell]]:
    def figures(row: str) -> list[Cell]:
        return [_value(spec, ("applications", row, column)) for column in (*APPLICANTS, "total")]

    def label(text: str, row: str, width: int) -> Cell:
        return Cell(text, ("row", "applications", row), width)

    natural, *organisations = APPLICANTS.values()
    rows = [
        [Cell(_CORNER, None, 3), Cell("申请人情况", None, 7)],
        [Cell("", None, 3), Cell(natural), Cell("法人或其他组织", None, 5), Cell("总计")],
        [Cell("", None, 3), Cell(""), *map(Cell, organisations), Cell("")],
        [label("一、本年新收政府信息公开申请数量", "new", 3), *figures("new")],
        [label("二、上年结转政府信息公开申请数量", "carried_in", 3), *figures("carried_in")],
    ]
    third, before = "三、本年度办理结果", ""
    for row in outcome_rows(spec.edition):
        group, text = OUTCOMES[row]
        head = [Cell(third)]
        if group:
            head.append(Cell(group if group != before else ""))
        rows.append([*head, label(text, row, 1 if group else 2), *figures(row)])
        third, before = "", group
    rows.append([Cell(""), label("（七）总计", "total", 2), *figures("total")])
    rows.append([label("四、结转下年度继续办理", "carried_out", 3), *figures("carried_out")])
    return rows


def _litigation(spec: ReportSpec) -> list[list[Cell]]:
    results = [Cell(label) for label in (*RESULTS.values(), "总计")]
    return [
        [Cell("行政复议", None, 5), Cell("行政诉讼", None, 10)],
        [*results, Cell("未经复议直接起诉", None, 5), Cell("复议后起诉", None, 5)],
        [*[Cell("")] * 5, *results, *results],
        [_value(spec, ("litigation", row, column)) for row in CHALLENGES for column in (*RESULTS, "total")],
    ]


@attrs.frozen
class _Part:
    """A line of the report, in pieces that may have a name; or a whole table."""

    kind: str
    pieces: tuple[tuple[str, Key | None], ...] = ()
    table: str = ""


def _parts(spec: ReportSpec) -> Iterator[_Part]:
    for template in spec.preamble:
        bits = _PLACEHOLDER.split(template)  # text and names in turn
        named = [(getattr(spec, bit), (bit,)) if index % 2 else (bit, None) for index, bit in enumerate(bits)]
        yield _Part("paragraph", tuple(named))
    for key, heading in spec.headings.items():
        yield _Part("section", ((heading, ("section", key)),))
        if key in spec.tables:
            yield _Part("table", table=key)
        lines = {"overall": spec.narrative().split("\n"), "problems": spec.problems, "other": spec.other}.get(key, ())
        for line in lines:
            name = ("heading", key, line[1]) if _SUBHEADING.match(line) else None
            yield _Part("subheading" if name else "paragraph", ((line, name),))


class _Writer:
    """Collects text and remembers where the named parts are."""

    def __init__(self) -> None:
        self._texts: list[str] = []
        self._length = 0
        self.marks: Marks = {}

    def add(self, text: str, key: Key | None = None) -> None:
        """Append a text, under a name or without."""
        if key is not None:
            self.marks[key] = (self._length, self._length + len(text))
        self._texts.append(text)
        self._length += len(text)

    def add_line(self, part: _Part, before: str = "", after: str = "\n") -> None:
        """Append the pieces of a line."""
        self.add(before)
        for text, key in part.pieces:
            self.add(text, key)
        self.add(after)

    def result(self) -> tuple[str, Marks]:
        """The text and the places of its parts."""
        return "".join(self._texts), self.marks


def render_text_with_map(spec: ReportSpec) -> tuple[str, Marks]:
    """Lay a report out with a cell a line: a cell begins with a TAB, an empty line ends a row.

    Args:
        spec: the report.

    Returns:
        The text, and the offsets of its named parts.

    """
    return _render_lines(spec, None)


def render_inline_with_map(spec: ReportSpec, separator: str = "\t") -> tuple[str, Marks]:
    """Lay a report out with a table row a line.

    Args:
        spec: the report.
        separator: what stands between two cells: a TAB, or ``" | "``.

    Returns:
        The text, and the offsets of its named parts; a cell that goes on downwards is an empty cell.

    """
    return _render_lines(spec, separator)


def _render_lines(spec: ReportSpec, separator: str | None) -> tuple[str, Marks]:
    out = _Writer()
    out.add("\n".join(spec.title), ("title",))
    out.add("\n\n")
    for part in _parts(spec):
        if not part.table:
            out.add_line(part)
            continue
        for row in table_rows(spec, part.table):
            for index, cell in enumerate(row):
                out.add("\t" if separator is None else separator if index else "")
                out.add(cell.text, cell.key)
                out.add("\n" if separator is None else "")
            out.add("\n")
        if separator is not None:
            out.add("\n")
    out.add("\n")
    _sign(out, spec, "\n")
    return out.result()


def render_markdown_with_map(spec: ReportSpec) -> tuple[str, Marks]:
    """Lay a report out in Markdown: ``#`` title, ``##`` sections, pipe tables whose merged cells leave empty ones.

    Args:
        spec: the report.

    Returns:
        The text, and the offsets of its named parts.

    """
    out = _Writer()
    out.add("# ")
    out.add("".join(spec.title), ("title",))
    out.add("\n\n")
    for part in _parts(spec):
        if not part.table:
            out.add_line(part, {"section": "## ", "subheading": "### "}.get(part.kind, ""), "\n\n")
            continue
        for index, row in enumerate(table_rows(spec, part.table)):
            out.add("|")
            for cell in row:
                out.add(" ")
                out.add(cell.text, cell.key)
                out.add(" |" + "  |" * (cell.width - 1))
            out.add("\n")
            if index == 0:
                out.add("|" + " --- |" * _WIDTHS[part.table] + "\n")
        out.add("\n")
    _sign(out, spec, "\n\n")
    return out.result()


def _sign(out: _Writer, spec: ReportSpec, gap: str) -> None:
    out.add(spec.signature, ("signature",))
    out.add(gap)
    out.add(spec.date, ("date",))
    out.add("\n")


def render_text(spec: ReportSpec) -> str:
    """As ``render_text_with_map``, the text alone."""
    return render_text_with_map(spec)[0]


def render_inline(spec: ReportSpec, separator: str = "\t") -> str:
    """As ``render_inline_with_map``, the text alone."""
    return render_inline_with_map(spec, separator)[0]


def render_markdown(spec: ReportSpec) -> str:
    """As ``render_markdown_with_map``, the text alone."""
    return render_markdown_with_map(spec)[0]
