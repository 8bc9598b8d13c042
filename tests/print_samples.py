"""What browsers and word processors print: writes the samples in tests/samples/pdf. May import: render_pdf, python-docx.

Run as a program it needs Chromium, LibreOffice and python-docx; the tests only read the samples.
"""

from __future__ import annotations

import html
import io
import subprocess
import sys
import tempfile
from pathlib import Path

from render_pdf import FIGURE, Sheet, blocks_of

STYLES = {
    "collapsed": "table{border-collapse:collapse;width:100%} td{border:1px solid #000;padding:4px;font-size:14px}",
    "spaced": "table{border:1px solid #999;width:100%} td{border:1px solid #999;padding:2px;font-size:13px}",
    "inset": "td{font-size:14px;padding:3px;border:1px inset #808080} table{border:2px outset #808080;width:100%}",
    "none": "table{width:100%} td{padding:4px 6px;font-size:13px}",
    "level": "table{border-collapse:collapse;width:100%} td{border-top:1px solid #333;border-bottom:1px solid #333;font-size:13px;padding:5px}",
}


def as_html(text: str, style: str, *, head: bool = False, chrome: bool = False, upright: bool = False) -> str:
    """A report as a web page.

    Args:
        text: the report in the tab-cell layout.
        style: one of `STYLES`.
        head: whether the headers of tables are repeated on every printed page.
        chrome: whether the page has a navigation.
        upright: whether high merged labels are written from top to bottom.

    """
    parts = list(blocks_of(text))
    out = [
        "<!doctype html><html lang=zh-CN><head><meta charset=utf-8><title>政府信息公开工作年度报告</title><style>",
        "body{font-family:'WenQuanYi Zen Hei',serif;font-size:18px;line-height:1.8} p{text-indent:2em;margin:0 0 .4em}",
        "h1{text-align:center;font-size:26px} .f{text-align:center} .s{text-align:right;text-indent:0}",
        STYLES[style],
        "</style></head><body>",
    ]
    if chrome:
        out.append("<div>首页 &gt; 政务公开 &gt; 政府信息公开年报</div><div>发布时间：2024-01-20 浏览次数：35</div>")
    first = next((i for i, part in enumerate(parts) if isinstance(part, str) and len(part) > 45), 1)
    for number, part in enumerate(parts):
        if isinstance(part, Sheet):
            out.append(_html_table(part, head=head, upright=upright))
        elif number < first and number < 2:
            out.append(f"<h1>{html.escape(part)}</h1>")
        else:
            sign = number >= len(parts) - 2 and len(part) < 25
            out.append(f"<p{' class=s' if sign else ''}>{html.escape(part)}</p>")
    return "\n".join([*out, "</body></html>"])


def _html_table(sheet: Sheet, *, head: bool, upright: bool) -> str:
    rows: list[list[str]] = [[] for _ in range(sheet.rows)]
    for cell in sheet.cells:
        span = f" colspan={cell.width}" * (cell.width > 1) + f" rowspan={cell.height}" * (cell.height > 1)
        if upright and cell.height > 6:
            span += " style='writing-mode:vertical-rl'"
        figure = " class=f" * bool(FIGURE.match(cell.text.strip()) or cell.row < sheet.header)
        rows[cell.row].append(f"<td{span}{figure}>{html.escape(cell.text)}</td>")
    lines = [f"<tr>{''.join(row)}</tr>" for row in rows]
    if head and sheet.columns > 4:
        lines = ["<thead>", *lines[: sheet.header], "</thead><tbody>", *lines[sheet.header :], "</tbody>"]
    return "<table>" + "".join(lines) + "</table>"


def as_docx(text: str, *, ruled: bool = True, repeat: bool = False, upright: bool = False) -> bytes:
    """A report as a Word document with a page number at its foot.

    Args:
        text: the report in the tab-cell layout.
        ruled: whether tables have ruling lines.
        repeat: whether headers are repeated on every page.
        upright: whether high merged labels are typed a character a line.

    """
    import docx
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt

    document = docx.Document()
    style = document.styles["Normal"]
    style.font.name, style.font.size = "WenQuanYi Zen Hei", Pt(15)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "WenQuanYi Zen Hei")
    parts = list(blocks_of(text))
    first = next((i for i, part in enumerate(parts) if isinstance(part, str) and len(part) > 45), 1)
    for number, part in enumerate(parts):
        if isinstance(part, str):
            paragraph = document.add_paragraph(part)
            title, sign = number < min(first, 2), number >= len(parts) - 2 and len(part) < 25
            paragraph.alignment = (
                WD_ALIGN_PARAGRAPH.CENTER if title else WD_ALIGN_PARAGRAPH.RIGHT if sign else WD_ALIGN_PARAGRAPH.JUSTIFY
            )
            paragraph.paragraph_format.space_after = Pt(0)
            if not (title or sign):
                paragraph.paragraph_format.first_line_indent = Pt(30)
            continue
        table = document.add_table(part.rows, part.columns)
        if ruled:
            table.style = "Table Grid"
        size = Pt({4: 11, 10: 9, 15: 8}[part.columns])
        widths = {4: (4, 3, 3, 3), 10: (1.6, 2.6, 5.2, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.7), 15: (1,) * 15}[part.columns]
        table.autofit = False
        for column, width in zip(table.columns, widths, strict=True):
            for cell in column.cells:
                cell.width = Pt(430 * width / sum(widths))
        for cell in part.cells:
            here = table.cell(cell.row, cell.column)
            if cell.width > 1 or cell.height > 1:
                here = here.merge(table.cell(cell.row + cell.height - 1, cell.column + cell.width - 1))
            shown = "\n".join(cell.text) if upright and cell.height > 6 else cell.text
            run = here.paragraphs[0].add_run(shown)
            run.font.size = size
            here.paragraphs[0].paragraph_format.space_after = Pt(0)
        if repeat and part.columns > 4:
            for row in table.rows[: part.header]:
                mark = OxmlElement("w:tblHeader")
                row._tr.get_or_add_trPr().append(mark)
    foot = document.sections[0].footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    foot.add_run("— ")
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    foot._p.append(field)
    foot.add_run(" —")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def by_browser(page: str, folder: Path, *, head: bool = True) -> bytes:
    """A web page as Chromium prints it, with its date and address at the edges or without."""
    source, target = folder / "page.html", folder / "page.pdf"
    source.write_text(page, encoding="utf-8")
    options = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-pdf-tagging",
        f"--user-data-dir={folder / 'profile'}",
        f"--print-to-pdf={target}",
    ]
    if not head:
        options.append("--no-pdf-header-footer")
    subprocess.run(["chromium", *options, source.as_uri()], check=True, capture_output=True, timeout=120)
    return target.read_bytes()


def by_office(document: bytes, folder: Path) -> bytes:
    """A Word document as LibreOffice prints it."""
    (folder / "report.docx").write_bytes(document)
    home = f"-env:UserInstallation=file://{folder / 'office'}"
    command = [
        "soffice",
        home,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(folder),
        str(folder / "report.docx"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return (folder / "report.pdf").read_bytes()


SAMPLES = {
    "faulty-2021-browser.pdf": (
        "faulty-2021",
        lambda text, folder: by_browser(as_html(text, "collapsed", upright=True), folder),
    ),
    "faulty-2019-browser-borders.pdf": (
        "faulty-2019",
        lambda text, folder: by_browser(as_html(text, "spaced", head=True), folder, head=False),
    ),
    "faulty-2021-browser-level.pdf": ("faulty-2021", lambda text, folder: by_browser(as_html(text, "level"), folder)),
    "faulty-2019-office.pdf": (
        "faulty-2019",
        lambda text, folder: by_office(as_docx(text, repeat=True, upright=True), folder),
    ),
    "faulty-2021-office.pdf": ("faulty-2021", lambda text, folder: by_office(as_docx(text), folder)),
    "faulty-2021-office-bare.pdf": ("faulty-2021", lambda text, folder: by_office(as_docx(text, ruled=False), folder)),
}
"""Each sample with the example it is printed from."""


def main() -> None:
    """Print every sample anew."""
    here = Path(__file__).parent
    target = here / "samples" / "pdf"
    target.mkdir(parents=True, exist_ok=True)
    for name, (example, printed) in SAMPLES.items():
        text = (here.parent / "examples" / f"{example}.txt").read_text(encoding="utf-8")
        with tempfile.TemporaryDirectory() as folder:
            (target / name).write_bytes(printed(text, Path(folder)))


if __name__ == "__main__":
    sys.exit(main())
