"""Reports as Word documents, in the ways Word can hold the same text. May import: builder, python-docx.

The XML is written here, apart from the reader that is tested; python-docx puts it into a package.
"""

from __future__ import annotations

import io
import random
import re
from collections.abc import Iterator, Sequence
from typing import Any
from xml.sax.saxutils import escape

import attrs
from docx import Document
from docx.oxml import parse_xml

from builder import Cell

NAMESPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "v": "urn:schemas-microsoft-com:vml",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    }.items()
)
Rows = list[list[Cell]]
WHO = 'w:id="1" w:author="校对" w:date="2024-01-15T09:00:00Z"'

_LEVELS = (
    (re.compile(r"([一二三四五六七八九十]{1,3})、(?=\S)"), "japaneseCounting", "%1、"),
    (re.compile(r"（([一二三四五六七八九十]{1,3})）(?=\S)"), "chineseCountingThousand", "（%2）"),
    (re.compile(r"(\d{1,2})\.(?=[^\s\d])"), "decimal", "%3."),
)
_ORDINALS = ["", *"一二三四五六七八九十", *(f"十{digit}" for digit in "一二三四五六七八九")]


# Blocks of a text in the tab-cell layout


def blocks_of(text: str) -> Iterator[str | Rows]:
    """The paragraphs (empty ones too) and tables of a text in the tab-cell layout."""
    rows: Rows = []
    row: list[Cell] = []
    for line in text.rstrip("\n").split("\n"):
        if line.startswith("\t"):
            row.append(Cell(line[1:]))
            continue
        if row:
            rows.append(row)
            row = []
            if not line:
                continue
        if rows:
            yield _spread(rows)
            rows = []
        yield line
    if row:
        rows.append(row)
    if rows:
        yield _spread(rows)


def _spread(rows: Rows) -> Rows:
    """The rows with cells as wide as it takes to make all rows equal: the first cell of a row takes what is left."""
    widest = max(map(len, rows))
    return [[Cell(row[0].text, None, widest - len(row) + 1), *row[1:]] for row in rows]


# Elements


def run(text: str, properties: str = "") -> str:
    """A run; TABs and line ends become elements."""
    inside = "".join(
        {"\t": "<w:tab/>", "\n": "<w:br/>"}.get(piece, f'<w:t xml:space="preserve">{escape(piece)}</w:t>')
        for piece in re.split(r"([\t\n])", text)
        if piece
    )
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{inside}</w:r>"


def paragraph(content: str, properties: str = "") -> str:
    """A paragraph of runs."""
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{content}</w:p>"


def table(rows: Rows, *, merged: bool = False, cell: Any = None) -> str:
    """A table.

    Args:
        rows: its rows.
        merged: whether an empty cell without a name goes on from the cell above it.
        cell: writes the content of a cell from its text; a paragraph of one run by default.

    """
    write = cell or (lambda text: paragraph(run(text)))
    widest = sum(cell.width for cell in rows[0])
    grid = '<w:gridCol w:w="900"/>' * widest
    down = _merges(rows) if merged else {}
    lines = []
    for at, row in enumerate(rows):
        cells = []
        for position, one in enumerate(row):
            span = f'<w:gridSpan w:val="{one.width}"/>' if one.width > 1 else ""
            properties = f"<w:tcPr>{span}{down.get((at, position), '')}</w:tcPr>"
            cells.append(f"<w:tc>{properties}{write(one.text)}</w:tc>")
        lines.append(f"<w:tr>{''.join(cells)}</w:tr>")
    return f'<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(lines)}</w:tbl>'


def _merges(rows: Rows) -> dict[tuple[int, int], str]:
    """Which cells begin a vertical merge and which go on, by row and position."""
    found: dict[tuple[int, int], str] = {}
    above: dict[int, tuple[int, int, int]] = {}
    for at, row in enumerate(rows):
        column, here = 0, {}
        for position, one in enumerate(row):
            if not one.text and one.key is None and column in above and above[column][2] == one.width:
                found.setdefault(above[column][:2], '<w:vMerge w:val="restart"/>')
                found[at, position] = "<w:vMerge/>"
            here[column] = (at, position, one.width)
            column += one.width
        above = here
    return found


def text_box(lines: Sequence[str]) -> str:
    """A run with a text box as Word writes it: a drawing, and a picture with the same text for older programs."""
    inside = "".join(paragraph(run(line)) for line in lines)
    content = f"<w:txbxContent>{inside}</w:txbxContent>"
    drawing = (
        '<w:drawing><wp:anchor behindDoc="0" distT="0" distB="0" distL="0" distR="0" simplePos="0" locked="0" layoutInCell="1" '
        'allowOverlap="1" relativeHeight="2"><wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="column"><wp:posOffset>0'
        '</wp:posOffset></wp:positionH><wp:positionV relativeFrom="paragraph"><wp:posOffset>0</wp:posOffset></wp:positionV>'
        '<wp:extent cx="5000000" cy="900000"/><wp:wrapTopAndBottom/><wp:docPr id="1" name="Box"/><a:graphic><a:graphicData '
        'uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr>'
        '<a:xfrm><a:off x="0" y="0"/><a:ext cx="5000000" cy="900000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        f"</wps:spPr><wps:txbx>{content}</wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>"
    )
    picture = f'<w:pict><v:shape style="width:400pt;height:70pt"><v:textbox>{content}</v:textbox></v:shape></w:pict>'
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{drawing}</mc:Choice><mc:Fallback>{picture}</mc:Fallback>'
        "</mc:AlternateContent></w:r>"
    )


def control(content: str) -> str:
    """A content control around something."""
    return f'<w:sdt><w:sdtPr><w:alias w:val="x"/></w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>'


# Packages


def package(body: str, numbering: str = "", styles: str = "") -> bytes:
    """A document.

    Args:
        body: the content of ``w:body``.
        numbering: the content of ``w:numbering``.
        styles: further styles.

    Returns:
        The bytes of the file.

    """
    document = Document()
    old = document.element.body
    old.getparent().replace(old, parse_xml(f"<w:body {NAMESPACES}>{body}<w:sectPr/></w:body>"))
    if numbering:
        element = document.part.numbering_part.element
        for child in list(element):
            element.remove(child)
        for child in parse_xml(f"<w:numbering {NAMESPACES}>{numbering}</w:numbering>"):
            element.append(child)
    if styles:
        for child in parse_xml(f"<w:styles {NAMESPACES}>{styles}</w:styles>"):
            document.styles.element.append(child)
    section = document.sections[0]
    section.header.paragraphs[0].text = "内部资料"
    section.footer.paragraphs[0].text = "第1页"
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def plain(text: str) -> bytes:
    """A text in the tab-cell layout as a document: a paragraph a line, a run each."""
    return package(
        "".join(table(b) if isinstance(b, list) else paragraph(run(b) if b else "") for b in blocks_of(text))
    )


def template(text: str, tables: Sequence[Rows]) -> bytes:
    """As `plain`, its tables in the shape of the official template.

    Args:
        text: the report.
        tables: the rows of its tables with their widths, in order.

    """
    shaped = iter(tables)
    return package(
        "".join(
            table(next(shaped), merged=True) if isinstance(b, list) else paragraph(run(b) if b else "")
            for b in blocks_of(text)
        )
    )


def automatic(text: str) -> bytes:
    """As `plain`, with the numbers of headings left to Word."""
    counter = _Counter()
    parts = [
        table(b) if isinstance(b, list) else paragraph(run(counter.rest(b)) if b else "", counter.properties)
        for b in blocks_of(text)
        if not counter.look("" if isinstance(b, list) else b)
    ]
    return package("".join(parts), counter.numbering())


def figured(text: str, heading: str) -> bytes:
    """As `plain`, with one heading whose number, a figure and its mark, is left to Word.

    Args:
        text: the report.
        heading: the heading, with its number.

    """
    figure, mark, rest = heading.partition("、")
    numbering = (
        f'<w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:start w:val="{figure}"/><w:numFmt w:val="decimal"/>'
        f'<w:suff w:val="nothing"/><w:lvlText w:val="%1{mark}"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
    )
    own = paragraph(run(rest), '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')
    parts = (
        table(b) if isinstance(b, list) else own if b == heading else paragraph(run(b) if b else "")
        for b in blocks_of(text)
    )
    return package("".join(parts), numbering)


@attrs.define
class _Counter:
    """Tells which numbers Word would count to by itself; where another is due, an instance that begins there."""

    counts: list[int] = attrs.field(factory=lambda: [0, 0, 0])
    starts: list[tuple[int, int]] = attrs.field(factory=list)
    properties: str = ""
    end: int = 0

    def look(self, line: str) -> None:
        """Find the number of a line, and what Word has to be told for it."""
        self.properties, self.end = "", 0
        for level, (regex, _, _) in enumerate(_LEVELS):
            match = regex.match(line)
            if match is None or not (match[1] in _ORDINALS or match[1].isdecimal()):
                continue
            ordinal = int(match[1]) if match[1].isdecimal() else _ORDINALS.index(match[1])
            instance = 1
            if ordinal != self.counts[level] + 1:
                self.starts.append((level, ordinal))
                instance = 1 + len(self.starts)
            self.counts[level:] = [ordinal] + [0] * (2 - level)
            self.end = match.end()
            self.properties = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{instance}"/></w:numPr>'
            return

    def rest(self, line: str) -> str:
        """The line without its number."""
        return line[self.end :]

    def numbering(self) -> str:
        """The content of the numbering part."""
        levels = "".join(
            f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{style}"/><w:suff w:val="nothing"/>'
            f'<w:lvlText w:val="{pattern}"/></w:lvl>'
            for level, (_, style, pattern) in enumerate(_LEVELS)
        )
        nums = "".join(
            f'<w:num w:numId="{at}"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="{level}">'
            f'<w:startOverride w:val="{start}"/></w:lvlOverride></w:num>'
            for at, (level, start) in enumerate(self.starts, 2)
        )
        first = '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
        return f'<w:abstractNum w:abstractNumId="7"><w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>{first}{nums}'


def boxed(text: str) -> bytes:
    """As `plain`, with the title (what stands above the first empty line) in a text box."""
    title, _, rest = text.partition("\n\n")
    body = "".join(table(b) if isinstance(b, list) else paragraph(run(b) if b else "") for b in blocks_of(rest))
    return package(paragraph(text_box(title.split("\n"))) + paragraph("") + body)


def controlled(text: str) -> bytes:
    """As `plain`, with content controls around paragraphs, runs, rows and the content of cells."""
    parts = []
    for at, block in enumerate(blocks_of(text)):
        if isinstance(block, list):
            written = table(block, cell=lambda cell: control(paragraph(run(cell))))
            written = re.sub(r"<w:tr>.*?</w:tr>", lambda row: control(row.group()), written, flags=re.DOTALL)
            parts.append(
                re.sub(r"<w:tc>(?!.*<w:tc>).*?</w:tc>", lambda cell: control(cell.group()), written, flags=re.DOTALL)
            )
        else:
            parts.append(
                control(paragraph(run(block) if block else ""))
                if at % 2
                else paragraph(control(run(block)) if block else "")
            )
    return package("".join(parts))


def tracked(text: str, chosen: random.Random) -> bytes:
    """As `plain`, after changes that were tracked and not accepted yet, hidden text, fields, and runs in pieces."""

    def pieces(line: str) -> str:
        cuts = sorted(chosen.sample(range(len(line) + 1), min(len(line), chosen.randint(0, 4))))
        return "".join(changed(line[a:b]) for a, b in zip([0, *cuts], [*cuts, len(line)], strict=True))

    def changed(piece: str) -> str:
        how = chosen.randrange(9)
        if how == 0:
            return f"<w:ins {WHO}>{run(piece)}</w:ins>"
        if how == 1:
            return f"<w:del {WHO}><w:r><w:delText>删去的字</w:delText></w:r></w:del>{run(piece)}"
        if how == 2:
            return f"<w:moveTo {WHO}>{run(piece)}</w:moveTo>"
        if how == 3:
            return f"<w:moveFrom {WHO}>{run('移走的字')}</w:moveFrom>{run(piece)}"
        if how == 4:
            return run(piece) + run("隐藏的字", "<w:vanish/>")
        if how == 5:
            field = "<w:r><w:fldChar w:fldCharType={}/></w:r>"
            code = '<w:r><w:instrText xml:space="preserve"> REF _Ref1 \\h </w:instrText></w:r>'
            return field.format('"begin"') + code + field.format('"separate"') + run(piece) + field.format('"end"')
        if how == 6:
            return f'<w:hyperlink w:anchor="a">{run(piece)}</w:hyperlink><w:proofErr w:type="spellStart"/>'
        if how == 7:
            return f"<w:smartTag w:element='x' w:uri='y'>{run(piece)}</w:smartTag><w:r><w:footnoteReference w:id='2'/></w:r>"
        return run(piece)

    gone = f"<w:del {WHO}><w:r><w:delText>整段删去。</w:delText></w:r></w:del>"
    parts = []
    for block in blocks_of(text):
        if isinstance(block, list):
            rows = table(block, cell=lambda cell: paragraph(pieces(cell)))
            dropped = f"<w:tr><w:trPr><w:del {WHO}/></w:trPr><w:tc>{paragraph(gone)}</w:tc></w:tr>"
            parts.append(rows.replace("</w:tr>", "</w:tr>" + dropped, 1))
            continue
        half = len(block) // 2
        if chosen.random() < 0.2 and half:
            parts.append(
                paragraph(pieces(block[:half]), f"<w:rPr><w:del {WHO}/></w:rPr>") + paragraph(pieces(block[half:]))
            )
        else:
            parts.append(paragraph(pieces(block)))
        if chosen.random() < 0.1:
            parts.append(paragraph(gone, f"<w:rPr><w:del {WHO}/></w:rPr>"))
    return package("".join(parts))
