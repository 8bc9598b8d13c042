"""What a reader sees of a Word document, element by element."""

from __future__ import annotations

import io
import re
import zipfile

import docx
import pytest

from builder import Cell
from giro_lint import lint_bytes
from giro_lint.model.source import Span
from giro_lint.reading.docx import read_docx
from render_docx import WHO, control, package, paragraph, run, table, text_box


def read(*parts, **more):
    return read_docx(package("".join(parts), **more), "a.docx")


def text_of(*parts, **more):
    return read(*parts, **more).text


def counts(source):
    return {remark.variant: remark.data["count"] for remark in source.remarks}


def shown(source):
    """Pieces of text by place."""
    return [(source.text[p.start : p.end], dict(p.location)) for p in source.places]


# Paragraphs


def test_paragraphs_are_lines_and_blank_ones_one_empty_line():
    assert text_of(paragraph(run("甲")), paragraph(""), paragraph(run("　")), paragraph(run("乙"))) == "甲\n\n乙\n"


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("<w:r><w:t>一</w:t><w:br/><w:t>二</w:t></w:r>", "一\n二"),
        ('<w:r><w:t>一</w:t><w:br w:type="page"/></w:r>', "一"),
        ("<w:r><w:t>一</w:t><w:cr/><w:cr/><w:t>二</w:t></w:r>", "一\n二"),
        ("<w:r><w:tab/><w:t>一</w:t><w:tab/><w:tab/><w:t>二</w:t><w:tab/></w:r>", "一 二"),
        ("<w:r><w:t>（一）</w:t><w:tab/><w:t>主动公开</w:t></w:r>", "（一）主动公开"),
        ("<w:r><w:t>1.</w:t><w:tab/><w:t>2020年</w:t></w:r>", "1. 2020年"),
        ("<w:r><w:t>0579</w:t><w:noBreakHyphen/><w:t>80012345</w:t></w:r>", "0579-80012345"),
        ("<w:r><w:t>公</w:t><w:softHyphen/><w:t>\u00ad开</w:t></w:r>", "公开"),
        ("<w:r><w:t> 一 </w:t></w:r><w:r><w:t xml:space='preserve'> 二 </w:t></w:r>", "一 二 "),
        ("<w:r><w:t xml:space='preserve'>一\t\n二</w:t></w:r>", "一  二"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:t>是</w:t></w:r>', "☑是"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F081"/><w:t>是</w:t></w:r>', "①是"),
        ('<w:r><w:sym w:font="Symbol" w:char="F032"/><w:sym w:font="宋体" w:char="2022"/></w:r>', "2•"),
        ('<w:r><w:sym w:font="Symbol" w:char="zz"/><w:t>是</w:t></w:r>', "是"),
        ('<w:hyperlink w:anchor="x"><w:r><w:t>甲</w:t></w:r></w:hyperlink><w:proofErr w:type="gramStart"/>', "甲"),
        ("<w:smartTag w:uri='u' w:element='e'><w:r><w:t>甲</w:t></w:r></w:smartTag>", "甲"),
        (control("<w:r><w:t>甲</w:t></w:r>"), "甲"),
        ("<w:r><w:footnoteReference w:id='1'/><w:commentReference w:id='1'/><w:t>甲</w:t></w:r>", "甲"),
        ('<w:fldSimple w:instr=" DATE "><w:r><w:t>2024年</w:t></w:r></w:fldSimple>', "2024年"),
        ("<m:oMath><m:r><m:t>1+1</m:t></m:r></m:oMath>", "1+1"),
        (
            "<w:r><w:ruby><w:rubyPr/><w:rt><w:r><w:t>jia</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>甲</w:t></w:r></w:rubyBase></w:ruby></w:r>",
            "甲",
        ),
        (
            (
                "<w:r><mc:AlternateContent><mc:Choice Requires='w14'><w:t>新</w:t></mc:Choice><mc:Fallback><w:t>旧</w:t></mc:Fallback>"
                "</mc:AlternateContent></w:r>"
            ),
            "新",
        ),
    ],
)
def test_what_stands_in_a_paragraph(content, text):
    assert text_of(f"<w:p>{content}</w:p>") == text + "\n"


def field(kind):
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def test_codes_of_fields_are_left_out_and_results_are_kept():
    inner = field("begin") + run("内码") + field("separate") + run("内果") + field("end")
    outer = field("begin") + run("外码") + inner + field("separate") + run("外果") + field("end")
    assert text_of(paragraph(run("前") + outer + run("后"))) == "前外果后\n"


def test_a_field_goes_on_over_paragraphs_but_a_code_without_end_does_not():
    toc = paragraph(field("begin") + run("TOC") + field("separate") + run("一")) + paragraph(run("二") + field("end"))
    assert text_of(toc, paragraph(run("三"))) == "一\n二\n三\n"
    assert text_of(paragraph(field("begin") + run("码")), paragraph(run("文"))) == "文\n"


# Tracked changes and hidden text


def ins(content):
    return f"<w:ins {WHO}>{content}</w:ins>"


def gone(text):
    return f"<w:del {WHO}><w:r><w:delText>{text}</w:delText></w:r></w:del>"


def test_changes_are_read_as_accepted_and_counted():
    source = read(paragraph(run("甲") + ins(run("乙") + run("丙")) + ins(run("丁")) + gone("戊") + run("己")))
    assert source.text == "甲乙丙丁己\n"
    assert counts(source) == {"": 2}
    assert source.remarks[0].span == Span(0, 5)


def test_a_move_counts_once():
    away = f"<w:moveFrom {WHO}>{run('移')}</w:moveFrom>"
    here = f"<w:moveTo {WHO}>{run('移')}</w:moveTo>"
    source = read(paragraph(run("甲") + away), paragraph(run("乙") + here))
    assert source.text == "甲\n乙移\n"
    assert counts(source) == {"": 1}


def test_a_deleted_paragraph_mark_joins_two_paragraphs():
    mark = f"<w:rPr><w:del {WHO}/></w:rPr>"
    source = read(
        paragraph(run("甲"), mark), paragraph(gone("全"), mark), paragraph(run("乙")), paragraph(run("丙"), mark)
    )
    assert source.text == "甲乙\n丙\n"
    assert counts(source) == {"": 2}


def test_deleted_rows_and_cells_are_left_out():
    body = table([[Cell("甲"), Cell("乙")], [Cell("丙"), Cell("丁")], [Cell("戊"), Cell("己")]])
    body = body.replace("<w:tr>", f"<w:tr><w:trPr><w:del {WHO}/></w:trPr>", 1)
    body = body.replace(
        '<w:tcPr></w:tcPr><w:p><w:r><w:t xml:space="preserve">丁',
        f"<w:tcPr><w:cellDel {WHO}/></w:tcPr><w:p><w:r><w:t>丁",
    )
    source = read(body)
    assert source.text == "\t丙\n\n\t戊\n\t己\n\n"
    assert counts(source)[""] >= 1
    assert shown(source)[1] == ("戊", {"table": 1, "row": 2, "cell": 1})


def test_changes_of_format_are_no_changes_of_text():
    assert not read(paragraph(run("甲", f"<w:b/><w:rPrChange {WHO}><w:rPr/></w:rPrChange>"))).remarks


def test_hidden_text_is_left_out_and_counted():
    hidden = "<w:vanish/>"
    source = read(
        paragraph(run("甲") + run("密", hidden) + run("文", hidden) + run("乙") + run("丙", '<w:vanish w:val="0"/>'))
    )
    assert source.text == "甲乙丙\n"
    assert counts(source) == {"hidden": 1}
    assert not read(paragraph(run("甲") + run("  ", hidden))).remarks


def test_styles_can_hide_text():
    styles = (
        '<w:style w:type="character" w:styleId="Base"><w:name w:val="base"/><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="Sub"><w:name w:val="sub"/><w:basedOn w:val="Base"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Secret"><w:name w:val="secret"/><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="Loop"><w:name w:val="loop"/><w:basedOn w:val="Loop"/></w:style>'
    )
    body = paragraph(run("甲") + run("密", '<w:rStyle w:val="Sub"/>') + run("乙", '<w:rStyle w:val="Loop"/>'))
    secret = paragraph(run("密") + run("丙", '<w:vanish w:val="false"/>'), '<w:pStyle w:val="Secret"/>')
    assert text_of(body, secret, styles=styles) == "甲乙\n丙\n"


def test_the_remarks_become_diagnostics_with_a_place():
    report = lint_bytes(package(paragraph(run("题")) + paragraph(ins(run("甲")))), path="a.docx")
    (found,) = [d for d in report.diagnostics if d.rule == "DOC025"]
    assert report.source.location(found.span) == {"paragraph": 2}
    source = read(
        paragraph(run("题")), paragraph(run("甲") + run("密", "<w:vanish/>")), table([[Cell("1"), Cell("2")]] * 2)
    )
    assert source.location(source.remarks[0].span) == {"paragraph": 2}


# Text boxes


def test_a_text_box_stands_once_above_or_below_its_paragraph():
    box = text_box(["标题", "副题"])
    assert text_of(paragraph(run("甲") + box)) == "标题\n副题\n甲\n"
    assert text_of(
        paragraph(run("甲") + box.replace(">0</wp:posOffset></wp:positionV>", ">900000</wp:posOffset></wp:positionV>"))
    ) == ("甲\n标题\n副题\n")


def test_other_boxes():
    picture = "<w:r><w:pict><v:shape><v:textbox><w:txbxContent><w:p><w:r><w:t>框</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    art = '<w:r><w:pict><v:shape><v:textpath string="艺术字"/></v:shape></w:pict></w:r>'
    assert text_of(paragraph(picture + run("甲")), paragraph(art)) == "甲\n框\n艺术字\n\n"


def test_a_box_within_a_table_stands_behind_it():
    body = table(
        [[Cell("甲"), Cell("乙")], [Cell("丙"), Cell("丁")]],
        cell=lambda t: paragraph(run(t) + (text_box(["框"]) if t == "甲" else "")),
    )
    source = read(body)
    assert source.text == "\t甲\n\t乙\n\n\t丙\n\t丁\n\n框\n"
    assert shown(source)[-1] == ("框", {"paragraph": 1})


# Tables


def test_merged_cells():
    rows = [
        [Cell("角", None, 2), Cell("甲")],
        [Cell("", None, 2), Cell("乙")],
        [Cell("丙"), Cell("丁"), Cell("", ("x",))],
    ]
    assert text_of(table(rows, merged=True)) == "\t角\n\t甲\n\n\t\n\t乙\n\n\t丙\n\t丁\n\t\n\n"


def test_a_merge_that_goes_on_from_nothing_shows_its_text_and_one_that_does_hides_it():
    body = table([[Cell("甲"), Cell("1")], [Cell("乙"), Cell("2")], [Cell("丙"), Cell("3")]])
    parts = body.split("<w:tcPr></w:tcPr>")
    body = parts[0] + "".join(
        f"<w:tcPr>{'<w:vMerge/>' if i in (0, 2) else ''}</w:tcPr>{part}" for i, part in enumerate(parts[1:])
    )
    assert text_of(body) == "\t甲\n\t1\n\n\t\n\t2\n\n\t丙\n\t3\n\n"


def test_cells_merged_sideways_the_old_way():
    body = table([[Cell("甲"), Cell(""), Cell("1")], [Cell("乙"), Cell("丙"), Cell("2")]])
    body = body.replace("<w:tcPr></w:tcPr>", '<w:tcPr><w:hMerge w:val="restart"/></w:tcPr>', 1)
    body = body.replace("<w:tcPr></w:tcPr>", '<w:tcPr><w:hMerge w:val="continue"/></w:tcPr>', 1)
    assert text_of(body) == "\t甲\n\t1\n\n\t乙\n\t丙\n\t2\n\n"


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["本年新", "制作数量"], "本年新\n制作数量"),
        (["本年收费金额", "（单位：万元）"], "本年收费金额（单位：万元）"),
        (["", "12", ""], "12"),
        (["12", "34"], "12 34"),
        (["12", "（含上年1件）"], "12（含上年1件）"),
        (["三、本年度", "办理结果"], "三、本年度办理结果"),
        (["（三）不予公开", "1.属于国家秘密"], "（三）不予公开1.属于国家秘密"),
    ],
)
def test_paragraphs_of_a_cell_are_one_text(lines, text):
    apart = table(
        [[Cell("x"), Cell("y")]] * 2,
        cell=lambda t: "".join(paragraph(run(line)) for line in lines) if t == "x" else paragraph(run(t)),
    )
    broken = table([[Cell("x"), Cell("y")]] * 2, cell=lambda t: paragraph(run("\n".join(lines) if t == "x" else t)))
    assert text_of(apart) == text_of(broken) == f"\t{text}\n\ty\n\n" * 2


def test_a_frame_is_read_as_if_it_were_not_there():
    inner = paragraph(run("甲")) + table([[Cell("1"), Cell("2")], [Cell("3"), Cell("4")]]) + paragraph(run("乙"))
    source = read(f"<w:tbl><w:tr><w:tc>{inner}</w:tc></w:tr></w:tbl>", paragraph(run("丙")))
    assert source.text == "甲\n\t1\n\t2\n\n\t3\n\t4\n\n乙\n丙\n"
    assert [place for _, place in shown(source)] == [{"table": 1, "row": 1, "cell": 1}] * 6 + [{"paragraph": 1}]


def test_prose_across_a_table_is_prose_and_a_caption_is_a_cell():
    rows = [[Cell("题", None, 2)], [Cell("x", None, 2)], [Cell("1"), Cell("2")]]
    body = table(
        rows, cell=lambda t: paragraph(run("全年工作有序。")) + paragraph(run("完")) if t == "x" else paragraph(run(t))
    )
    assert text_of(body) == "\t题\n\n全年工作有序。\n完\n\t1\n\t2\n\n"


def test_content_controls_around_everything():
    cell = re.sub(r"<w:tc>.*?</w:tc>", lambda m: control(m.group()), table([[Cell("1"), Cell("2")]] * 2))
    row = re.sub(r"<w:tr>.*?</w:tr>", lambda m: control(m.group()), cell)
    assert text_of(control(control(paragraph(run("甲"))) + row)) == "甲\n\t1\n\t2\n\n\t1\n\t2\n\n"


# Places


def test_places_are_those_that_python_docx_finds():
    rows = [[Cell("角", None, 2), Cell("甲")], [Cell("乙"), Cell("丙"), Cell("丁")]]
    data = package(
        paragraph(run("一")) + paragraph("") + table(rows) + paragraph(run("二")) + table(rows) + paragraph(run("三"))
    )
    source, document = read_docx(data, "a.docx"), docx.Document(io.BytesIO(data))
    paragraphs = [p.text for p in document.paragraphs if p.text.strip()]
    assert len(source.places) == 3 + 2 * 5
    for text, place in shown(source):
        if "paragraph" in place:
            assert paragraphs[place["paragraph"] - 1] == text
        else:
            cells = document.tables[place["table"] - 1].rows[place["row"] - 1]._tr.tc_lst
            assert docx.table._Cell(cells[place["cell"] - 1], document.tables[0]).text == text


def test_what_another_program_wrote():
    document = docx.Document()
    document.add_heading("标题", 0)
    grid = document.add_table(3, 4)
    for at, cell in enumerate(cell for row in grid.rows for cell in row.cells):
        cell.text = str(at)
    grid.cell(0, 1).merge(grid.cell(1, 2)).text = "并"
    document.add_paragraph("完")
    out = io.BytesIO()
    document.save(out)
    assert (
        read_docx(out.getvalue(), "a.docx").text
        == "标题\n\t0\n\t并\n\t3\n\n\t4\n\t\n\t7\n\n\t8\n\t9\n\t10\n\t11\n\n完\n"
    )


def test_headers_and_footers_are_left_out():
    assert "内部资料" not in text_of(paragraph(run("甲")))


def repacked(change):
    """A document whose parts were written in another way."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package(paragraph(run("甲"))))) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(*change(name, old.read(name)))
    return out.getvalue()


@pytest.mark.parametrize("change", [lambda name: name.replace("/", "\\"), str.upper, lambda name: "/" + name])
def test_names_of_parts_as_some_programs_write_them(change):
    assert read_docx(repacked(lambda name, part: (change(name), part)), "a.docx").text == "甲\n"


def test_a_main_part_of_another_name():
    def change(name, part):
        return name.replace("word/document.xml", "word/d.xml"), part.replace(b"word/document.xml", b"/word/d.xml")

    assert read_docx(repacked(change), "a.docx").text == "甲\n"
    assert (
        read_docx(repacked(lambda name, part: (name, part.replace(b"word/document.xml", b"word/d.xml"))), "a.docx").text
        == "甲\n"
    )


def test_the_strict_kind_of_document():
    def change(name, part):
        for kind in (b"officeDocument", b"wordprocessingml"):
            part = part.replace(
                b"http://schemas.openxmlformats.org/" + kind + b"/2006/", b"http://purl.oclc.org/ooxml/" + kind + b"/"
            )
        return name, part

    data = repacked(change)
    assert b"purl.oclc.org/ooxml/wordprocessingml/main" in data
    assert read_docx(data, "a.docx").text == "甲\n"
