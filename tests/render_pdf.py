"""Reports in the tab-cell layout printed as PDFs in several ways. May import: reportlab and the standard library.

The text is what the other tests lint, so that a PDF and its text can be compared finding by finding.
"""

from __future__ import annotations

import html
import io
import re
from collections.abc import Callable, Iterator

import attrs

_WIDTHS = {
    4: {1: (4,), 2: (1, 3), 3: (1, 1, 2), 4: (1, 1, 1, 1)},
    10: {2: (3, 7), 4: (3, 1, 5, 1), 8: (3, 1, 1, 1, 1, 1, 1, 1), 9: (1, 2, 1, 1, 1, 1, 1, 1, 1), 10: (1,) * 10},
    15: {2: (5, 10), 7: (1, 1, 1, 1, 1, 5, 5), 15: (1,) * 15},
}
"""Columns that the cells of a row cover, by the width of the table and the number of cells."""

_LABELS = {4: 1, 10: 3, 15: 0}
_HEADING = re.compile(r"[一二三四五六]、")
FIGURE = re.compile(r"[-+\d.０-９，,]+(?:元|万元)?\Z")


@attrs.frozen
class Cell:
    """A cell of a printed table: its text, its first row and column, how many it covers."""

    text: str
    row: int
    column: int
    height: int
    width: int


@attrs.frozen
class Sheet:
    """A table: how many columns it has, how many rows head it, how many rows, and its cells."""

    columns: int
    header: int
    rows: int
    cells: list[Cell]


Block = str | Sheet


def blocks_of(text: str) -> Iterator[Block]:
    """Paragraphs and tables of a report in the tab-cell layout."""
    rows: list[list[str]] = []
    for line in [*text.split("\n"), "\0"]:
        if line.startswith("\t"):
            if not rows or rows[-1] is None:
                rows = [row for row in rows if row is not None] + [[]]
            rows[-1].append(line[1:])
        elif not line and rows:
            if rows[-1] is not None:
                rows.append(None)
        else:
            if rows:
                yield from _sheets([row for row in rows if row])
                rows = []
            if line.strip("\0 "):
                yield line


def is_regular(text: str) -> bool:
    """Whether the rows of all tables have as many cells as rows of the form, so that it is known which cells are merged."""
    tables = [
        [row.split("\n") for row in table.strip("\n").split("\n\n")]
        for table in re.findall(r"(?:(?:\t.*\n)+\n+)+", text)
    ]
    widths = [[len(row) for row in rows] for rows in tables]
    return all(width in _WIDTHS[min(w for w in _WIDTHS if max(rows) <= w)] for rows in widths for width in rows)


def _sheets(rows: list[list[str]]) -> Iterator[Sheet]:
    most = max(map(len, rows))
    columns = next(width for width in (4, 10, 15) if most <= width)
    first = next((i for i, row in enumerate(rows) if any(FIGURE.match(cell.strip()) for cell in row)), len(rows))
    grid = []
    for row in rows:
        widths = _WIDTHS[columns].get(len(row)) or (1,) * (len(row) - 1) + (columns - len(row) + 1,)
        starts = [sum(widths[:i]) for i in range(len(widths))]
        grid.append(list(zip(row, starts, widths, strict=True)))
    cells: dict[tuple[int, int], Cell] = {}
    above: dict[int, tuple[int, int]] = {}
    for number, row in enumerate(grid):
        for text, start, width in row:
            merged = not text and start in above and (number < first or start + width <= _LABELS[columns])
            if merged and cells[above[start]].width == width:
                key = above[start]
                cells[key] = attrs.evolve(cells[key], height=number - key[0] + 1)
            else:
                key = number, start
                cells[key] = Cell(text, number, start, 1, width)
            for column in range(start, start + width):
                above.pop(column, None)
            above[start] = key
    yield Sheet(columns, first, len(rows), list(cells.values()))


@attrs.frozen
class Look:
    """How a report is printed.

    Args:
        lines: whether tables have ruling lines.
        strokes: which ruling lines, if they have any: one of `STROKES`.
        pictured: how headings begin below which a table stands as a picture.
        repeat: whether headers of tables are repeated on every page.
        numbers: how a page number is written, with ``{n}`` and ``{all}``, or empty.
        head: a running header, or empty.
        upright: whether 三、本年度办理结果 is printed a character a line.
        turn: quarter turns of the page.
        size: of the type of the text.
        indent: first-line indent in characters.
        leading: distance of lines as a multiple of the size.
        wide: whether the page is a landscape.
        swap: what characters are printed as others.
        centred: whether figures stand in the middle of their cells.
        padding: above and below the text of a cell.
        cut: the row before which a page break cuts the table of applications, or 0.

    """

    lines: bool = True
    repeat: bool = False
    numbers: str = "— {n} —"
    head: str = ""
    upright: bool = False
    turn: int = 0
    size: int = 15
    indent: int = 2
    leading: float = 1.8
    wide: bool = False
    swap: tuple[tuple[str, str], ...] = ()
    centred: bool = True
    padding: int = 3
    cut: int = 0
    strokes: str = "grid"
    pictured: tuple[str, ...] = ()


EVERYWHERE, TOP, FOOT = ((0, 0), (-1, -1)), ((0, 0), (-1, 0)), ((0, -1), (-1, -1))
STROKES = {
    "grid": (("GRID", *EVERYWHERE),),
    "frame": (("BOX", *EVERYWHERE),),
    "three": (("LINEABOVE", *TOP), ("LINEBELOW", *TOP), ("LINEBELOW", *FOOT)),
    "level": (("LINEABOVE", *EVERYWHERE), ("LINEBELOW", *EVERYWHERE)),
    "columns": (("BOX", *EVERYWHERE), ("LINEBEFORE", *EVERYWHERE)),
}
"""Ruling lines: all of them, around the table, above and below it and its head, between its rows, between its columns."""

LOOKS = {
    "ruled": Look(),
    "repeated": Look(repeat=True, numbers="- {n} -", size=18, leading=2.0),
    "upright": Look(upright=True, numbers="第 {n} 页 共 {all} 页", head="政府信息公开工作年度报告"),
    "turned": Look(turn=90, numbers="{n} / {all}"),
    "radicals": Look(swap=(("一", "⼀"), ("行", "⾏"), ("人", "⼈"), ("民", "⺠"), ("长", "⻓"), ("不", "\uf967"))),
    "tight": Look(padding=1, size=11, leading=1.5, centred=False),
    "cut": Look(cut=13, repeat=True, numbers="· {n} ·"),
    "cut-headless": Look(cut=16, upright=True, numbers="{n} of {all}", head="云溪县 2024"),
    "bare-cut": Look(cut=11, lines=False, repeat=True),
    "bare": Look(lines=False, numbers="{n}"),
    "bare-left": Look(lines=False, centred=False, padding=2),
    "framed": Look(strokes="frame", cut=13, repeat=True),
    "three": Look(strokes="three", upright=True),
    "level": Look(strokes="level", cut=17),
    "columns": Look(strokes="columns", padding=1),
}


def print_pdf(text: str, look: Look, **options: str) -> bytes:
    """A report as a PDF.

    Args:
        text: the report in the tab-cell layout.
        look: how it is printed.
        options: of reportlab's canvas, such as a password.

    """
    from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_RIGHT
    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Spacer

    if "STSong-Light" not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))

    def shown(piece: str) -> str:
        for old, new in look.swap:
            piece = piece.replace(old, new)
        return html.escape(piece)

    size, leading = look.size, look.size * look.leading
    base = {"fontName": "STSong-Light", "fontSize": size, "leading": leading, "wordWrap": "CJK"}
    body = ParagraphStyle("body", **base, firstLineIndent=look.indent * size, alignment=TA_JUSTIFY)
    title = ParagraphStyle("title", **{**base, "fontSize": size + 4, "leading": leading * 1.3}, alignment=TA_CENTER)
    sign = ParagraphStyle("sign", **base, alignment=TA_RIGHT)
    page = landscape(A4) if look.wide else A4
    parts = list(blocks_of(text))
    first = next((i for i, part in enumerate(parts) if isinstance(part, str) and len(part) > 45), 1)
    count = 0

    def story() -> Iterator[object]:
        for number, part in enumerate(parts):
            if isinstance(part, Sheet):
                for index, piece in enumerate(_pieces(part, look)):
                    if index:
                        yield PageBreak()
                    yield _table(piece, look, page[0] - 120, shown)
                yield Spacer(1, leading)
            else:
                above, below = number < min(first, 2), number >= len(parts) - 2 and len(part) < 25
                yield Paragraph(shown(part), title if above else sign if below else body)
                if look.pictured and part.startswith(look.pictured):
                    yield _picture(page[0] - 120)

    def furniture(canvas, document) -> None:
        canvas.setFont("STSong-Light", 10)
        if look.numbers:
            canvas.drawCentredString(page[0] / 2, 34, look.numbers.format(n=document.page, all=count))
        if look.head:
            canvas.drawCentredString(page[0] / 2, page[1] - 34, look.head)
        if look.turn:
            canvas.setPageRotation(look.turn)

    margins = {"leftMargin": 60, "rightMargin": 60, "topMargin": 72, "bottomMargin": 72}
    for _ in range(2):  # the first time tells the number of pages
        out = io.BytesIO()
        document = SimpleDocTemplate(out, pagesize=page, invariant=True, **margins, **options)
        document.build(list(story()), onFirstPage=furniture, onLaterPages=furniture)
        count = document.page
    return out.getvalue()


def _picture(width: float):
    """A picture as large as a table."""
    from PIL import Image as Pixels
    from reportlab.platypus import Image

    out = io.BytesIO()
    Pixels.new("L", (60, 20), 200).save(out, "PNG")
    out.seek(0)
    return Image(out, width, width / 3)


def _pieces(sheet: Sheet, look: Look) -> Iterator[Sheet]:
    """The table, or the two parts of it on both sides of a page break."""
    if not look.cut or sheet.columns != 10 or sheet.rows <= look.cut:
        yield sheet
        return
    head = sheet.header if look.repeat else 0
    above = [attrs.evolve(c, height=min(c.height, look.cut - c.row)) for c in sheet.cells if c.row < look.cut]
    below = [c for c in sheet.cells if c.row < head]
    for cell in sheet.cells:
        end = cell.row + cell.height
        if end > look.cut:
            start = max(cell.row, look.cut)
            text = cell.text if cell.row >= look.cut else ""
            below.append(Cell(text, start - look.cut + head, cell.column, end - start, cell.width))
    yield Sheet(sheet.columns, sheet.header, look.cut, above)
    yield Sheet(sheet.columns, head, sheet.rows - look.cut + head, below)


def _table(sheet: Sheet, look: Look, width: float, shown: Callable[[str], str]):
    from reportlab.lib import colors
    from reportlab.lib.enums import TA_CENTER, TA_LEFT
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph, Table

    shares = {4: (4, 3, 3, 3), 10: (1.6, 2.6, 5.2, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.7), 15: (1,) * 15}[sheet.columns]
    unit = width / sum(shares)
    size = {4: 11, 10: 8.5, 15: 8.5}[sheet.columns]
    style = {"fontName": "STSong-Light", "fontSize": size, "leading": size * 1.25, "wordWrap": "CJK"}
    middle = ParagraphStyle("figure", **style, alignment=TA_CENTER if look.centred else TA_LEFT)
    label = ParagraphStyle("label", **style, alignment=TA_LEFT)
    data: list[list[object]] = [[""] * sheet.columns for _ in range(sheet.rows)]
    commands: list[tuple] = [
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("LEFTPADDING", (0, 0), (-1, -1), 2 if look.lines else 5),
        ("RIGHTPADDING", (0, 0), (-1, -1), 2 if look.lines else 5),
        ("TOPPADDING", (0, 0), (-1, -1), look.padding),
        ("BOTTOMPADDING", (0, 0), (-1, -1), look.padding),
    ]
    if look.lines:
        commands += [(*stroke, 0.5, colors.black) for stroke in STROKES[look.strokes]]
    for cell in sheet.cells:
        figure = bool(FIGURE.match(cell.text.strip())) or (cell.row < sheet.header and sheet.columns > 4)
        text = shown(cell.text)
        if look.upright and cell.height > 6:
            data[cell.row][cell.column] = Paragraph("<br/>".join(text), middle)
        else:
            data[cell.row][cell.column] = Paragraph(text, middle if figure else label)
        if cell.height > 1 or cell.width > 1:
            last = (cell.column + cell.width - 1, cell.row + cell.height - 1)
            commands.append(("SPAN", (cell.column, cell.row), last))
    return Table(
        data, [share * unit for share in shares], style=commands, repeatRows=sheet.header if look.repeat else 0
    )
