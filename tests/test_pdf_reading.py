"""What a page shows is what is read: characters, lines, paragraphs, cells and their places."""

import io
import json

import pytest

from giro_lint.cli import main
from giro_lint.reading.pdf import read_pdf
from giro_lint.reading.pdf_characters import meant
from giro_lint.reading.pdf_lines import line_text
from giro_lint.reading.pdf_page import Glyph
from render_pdf import LOOKS, Look, print_pdf

pytest.importorskip("pypdfium2")
pytest.importorskip("reportlab")

FULL = "一二三四五六七八九十" * 3  # a line of thirty characters fills the page


def page_with(*calls, pages=1, size=(595, 842)):
    """A PDF of pages on which canvas methods were called; texts are in STSong-Light."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen import canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    out = io.BytesIO()
    paper = canvas.Canvas(out, pagesize=size, invariant=True)
    for number in range(pages):
        paper.setFont("STSong-Light", 16)
        for call in calls:
            call(paper, number)
        paper.showPage()
    paper.save()
    return out.getvalue()


def text(x, y, words, size=16):
    def call(paper, _number):
        paper.setFont("STSong-Light", size)
        paper.drawString(x, 842 - y, words)

    return call


def lines(x, first, *words, pitch=28):
    return [text(x + 32 * line.startswith("　"), first + pitch * i, line.lstrip("　")) for i, line in enumerate(words)]


def read(data):
    return read_pdf(data, "report.pdf")


def paragraphs_of(data):
    return [line for line in read(data).text.split("\n") if line]


# --- characters -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("shown", "is_"),
    [
        ("⼀", "一"),
        ("⾏", "行"),
        ("⼈", "人"),
        ("⺠", "民"),
        ("⻓", "长"),
        ("⼾", "户"),
        ("\uf967", "不"),
        ("⻄", "西"),
        ("⻘", "青"),
    ],
)
def test_radicals_and_compatibility_forms_are_the_ideographs_they_show(shown, is_):
    assert meant(shown) == is_


@pytest.mark.parametrize("character", ["一", "１", "①", "，", "（", "Ａ", "―", "\xa0", "ﬁ", "㎡"])
def test_other_characters_stay(character):
    assert meant(character) == character


def test_the_tables_of_radicals_name_ideographs_only():
    for code in [*range(0x2E80, 0x2F00), *range(0x2F00, 0x2FD6)]:
        result = meant(chr(code))
        assert len(result) == 1
        assert result == chr(code) or "\u3400" <= result <= "\u9fff"


# --- lines ----------------------------------------------------------------------------------------------------------------


def glyphs(*parts, size=10.0):
    """Glyphs from texts and gaps in ems; ASCII is half as wide."""
    found, x = [], 0.0
    for part in parts:
        if isinstance(part, float):
            x += part * size
            continue
        for character in part:
            width = size * (0.5 if character.isascii() else 1.0)
            found.append(Glyph(character, x, 0.0, x + width, size, size, 0, len(found)))
            x += width
    return found


@pytest.mark.parametrize(
    ("parts", "line"),
    [
        (("申请", 0.25, "17", 0.25, "件"), "申请17件"),
        (("申请17 件",), "申请17件"),
        (("（区分处理的，只计这一情", 0.4, " ", "形）"), "（区分处理的，只计这一情 形）"),
        (("政府", 0.3, "信息"), "政府信息"),
        (("1", 0.1, "7", 0.15, "件"), "17件"),
        (("0793 8001357",), "0793 8001357"),
        (("甲", 3.0, "乙"), "甲 乙"),
        (("open data",), "open data"),
    ],
)
def test_a_gap_is_a_space_only_where_a_reader_sees_one(parts, line):
    assert line_text(glyphs(*parts)) == line


def test_digits_set_higher_or_lower_stand_in_their_line():
    data = page_with(*lines(60, 100, "收到申请　　件，办结"), text(124, 95, "17", 9), text(60, 128, "其他"))
    assert paragraphs_of(data)[0].startswith("收到申请17")


def test_text_printed_twice_to_look_bold_is_read_once():
    data = page_with(text(60, 100, "一、总体情况"), text(60.3, 100, "一、总体情况"))
    assert paragraphs_of(data) == ["一、总体情况"]


# --- paragraphs -----------------------------------------------------------------------------------------------------------


def test_lines_are_joined_by_indent_fullness_and_end():
    data = page_with(
        *lines(
            60,
            100,
            "　" + FULL[:28],
            FULL,
            "结束。",
            "　" + FULL[:28],
            "再一段。",
            "　一、总体情况",
            "　" + FULL[:28],
            FULL,
        )
    )
    assert paragraphs_of(data) == [
        FULL[:28] + FULL + "结束。",
        FULL[:28] + "再一段。",
        "一、总体情况",
        FULL[:28] + FULL,
    ]


def test_paragraphs_without_indent_are_told_by_their_short_last_lines():
    data = page_with(*lines(60, 100, FULL, FULL, "到此为止。", FULL, "完。", "（一）主动公开", FULL, FULL))
    assert paragraphs_of(data) == [FULL * 2 + "到此为止。", FULL + "完。", "（一）主动公开", FULL * 2]


@pytest.mark.parametrize("form", ["— {} —", "- {} -", "{}", "{} / 3", "第 {} 页 共 3 页", "第{}页", "·{}·", "－{}－"])
def test_a_page_number_inside_a_sentence_is_left_out(form):
    def number(paper, index):
        paper.setFont("STSong-Light", 10)
        paper.drawCentredString(297, 50, form.format(index + 1))

    found = paragraphs_of(page_with(*lines(60, 100, *[FULL] * 6), number, pages=3))
    assert found == [FULL * 18]


def test_running_headers_and_footers_are_left_out():
    def frame(paper, index):
        paper.setFont("STSong-Light", 9)
        paper.drawString(60, 810, "2024/1/20 10:33  政府信息公开年报")
        paper.drawString(60, 25, f"https://www.yunxi.example/report.html {index + 1}/4")

    found = paragraphs_of(page_with(*lines(60, 100, *[FULL] * 6), frame, pages=4))
    assert found == [FULL * 24]


def test_a_figure_at_the_foot_of_the_text_is_no_page_number():
    assert paragraphs_of(page_with(*lines(60, 100, "办结数量为", "17"))) == ["办结数量为", "17"]


# --- tables ---------------------------------------------------------------------------------------------------------------


def rules(*boxes):
    def call(paper, _number):
        for left, top, right, bottom in boxes:
            paper.line(left, 842 - top, right, 842 - bottom)

    return call


def test_merged_cells_stand_once_and_go_on_as_empty_ones():
    grid = rules(
        *[(60, y, 360, y) for y in (100, 180)],
        (160, 140, 360, 140),
        *[(x, 100, x, 180) for x in (60, 160, 360)],
        (260, 140, 260, 180),
    )
    data = page_with(
        grid, text(70, 145, "甲", 10), text(200, 125, "乙丙", 10), text(200, 165, "1", 10), text(300, 165, "2", 10)
    )
    assert read(data).text == "\t甲\n\t乙丙\n\n\t\n\t1\n\t2\n\n"


def test_a_label_above_and_below_its_figures_is_one_cell():
    grid = rules(*[(60, y, 300, y) for y in (100, 140)], *[(x, 100, x, 140) for x in (60, 150, 225, 300)])
    data = page_with(
        grid,
        text(62, 114, "2.没有现成信息", 10),
        text(62, 132, "需要另行制作", 10),
        text(180, 123, "4", 10),
        text(260, 123, "5", 10),
    )
    assert read(data).text == "\t2.没有现成信息需要另行制作\n\t4\n\t5\n\n"


def test_a_label_turned_or_set_a_character_a_line_is_read_downwards():
    grid = rules(*[(60, y, 260, y) for y in (100, 200)], *[(x, 100, x, 200) for x in (60, 110, 160, 260)])

    def turned(paper, _number):
        paper.saveState()
        paper.translate(130, 842 - 110)
        paper.rotate(-90)
        paper.setFont("STSong-Light", 10)
        paper.drawString(0, 0, "办理结果")
        paper.restoreState()

    column = [text(75, 112 + 12 * i, character, 10) for i, character in enumerate("三、本年度")]
    data = page_with(grid, *column, turned, text(200, 150, "3", 10))
    assert read(data).text == "\t三、本年度\n\t办理结果\n\t3\n\n"


def test_double_lines_and_thin_boxes_are_ruling_lines():
    def boxes(paper, _number):
        for left, top in ((60, 100), (162, 100), (60, 132), (162, 132)):
            paper.rect(left, 842 - top - 30, 100, 30)  # every cell with a border of its own
        for y in (300, 340):
            paper.rect(60, 842 - y, 200, 0.5, stroke=0, fill=1)
        for x in (60, 160, 260):
            paper.rect(x, 842 - 340, 0.5, 40, stroke=0, fill=1)

    words = [
        text(x, y, w, 10)
        for x, y, w in (
            (80, 120, "甲"),
            (180, 120, "1"),
            (80, 152, "乙"),
            (180, 152, "2"),
            (80, 325, "丙"),
            (180, 325, "3"),
        )
    ]
    assert read(page_with(boxes, *words)).text == "\t甲\n\t1\n\n\t乙\n\t2\n\n\t丙\n\t3\n\n"


def test_a_row_cut_by_a_page_break_is_put_together():
    def grid(paper, index):
        top, bottom = ((700, 780), (80, 160))[index]
        paper.setFont("STSong-Light", 10)
        for y in (top, (top + bottom) / 2, bottom):
            paper.line(60, 842 - y, 300, 842 - y)
        for x in (60, 150, 225, 300):
            paper.line(x, 842 - top, x, 842 - bottom)
        rows = (
            ((725, "1.信访举报", "1", "2"), (765, "2.没有现成信息另", "3", "4")),
            ((105, "行制作", "", ""), (145, "3.其他", "5", "6")),
        )[index]
        for y, *cells in rows:
            for x, words in zip((64, 180, 260), cells, strict=True):
                paper.drawString(x, 842 - y, words)

    assert (
        read(page_with(grid, pages=2)).text
        == "\t1.信访举报\n\t1\n\t2\n\n\t2.没有现成信息另行制作\n\t3\n\t4\n\n\t3.其他\n\t5\n\t6\n\n"
    )


def test_an_underline_and_a_frame_are_no_table():
    def frame(paper, _number):
        paper.rect(50, 842 - 300, 500, 220)
        paper.line(60, 842 - 103, 220, 842 - 103)

    data = page_with(frame, *lines(60, 100, "　" + FULL[:28], FULL, "结束。"))
    assert paragraphs_of(data) == [FULL[:28] + FULL + "结束。"]


def boxes(*places):
    def call(paper, _number):
        for left, top, right, bottom in places:
            paper.rect(left, 842 - bottom, right - left, bottom - top, stroke=0, fill=1)

    return call


def test_dots_and_short_dashes_are_ruling_lines():
    dots = [(x, y, x + 0.7, y + 0.7) for y in (100, 130, 160) for x in range(60, 261, 2)]
    dashes = [(x, y, x + 0.7, y + 2) for x in (60, 160, 260) for y in range(100, 161, 4)]
    words = [text(x, y, w, 10) for x, y, w in ((80, 119, "甲"), (180, 119, "1"), (80, 149, "乙"), (180, 149, "2"))]
    assert read(page_with(boxes(*dots, *dashes), *words)).text == "\t甲\n\t1\n\n\t乙\n\t2\n\n"


def test_a_line_as_thick_as_a_bar_parts_cells():
    bars = [(60, y, 262, y + 5) for y in (100, 130, 160)] + [(x, 100, x + 5, 165) for x in (60, 160, 257)]
    words = [text(x, y, w, 10) for x, y, w in ((80, 121, "甲"), (180, 121, "1"), (80, 151, "乙"), (180, 151, "2"))]
    assert read(page_with(boxes(*bars), *words)).text == "\t甲\n\t1\n\n\t乙\n\t2\n\n"


def test_characters_spread_out_to_fill_a_cell_have_no_spaces_between():
    grid = rules(*[(60, y, 300, y) for y in (100, 140)], *[(x, 100, x, 140) for x in (60, 200, 300)])
    data = page_with(
        grid, *[text(66 + 28 * i, 125, letter, 10) for i, letter in enumerate("予以公开")], text(250, 125, "3", 10)
    )
    assert read(data).text == "\t予以公开\n\t3\n\n"


FIGURES = [
    text(x, y, w, 10)
    for y, row in ((140, "甲312"), (160, "乙456"), (180, "丙789"))
    for x, w in zip((60, 205, 227, 249), row, strict=True)
]


def test_headers_closer_together_than_words_stand_above_their_figures():
    heads = [
        text(60, 120, "事项", 10),
        *[text(x, 120, w, 10) for x, w in ((198, "总计"), (220, "其他"), (242, "合计"))],
    ]
    source = read(page_with(*heads, *FIGURES))
    assert source.text.startswith("\t事项\n\t总计\n\t其他\n\t合计\n\n\t甲\n\t3\n\t1\n\t2\n\n")
    assert source.unruled == [(0, len(source.text))]


def test_figures_that_are_wrapped_are_no_rows():
    wrapped = [
        text(x, y, w, 10)
        for x, y, w in ((60, 205, "丁"), (205, 200, "1"), (227, 205, "5"), (249, 205, "6"), (205, 210, "0"))
    ]
    assert "\t" not in read(page_with(*FIGURES, *wrapped)).text


def test_a_text_set_from_top_to_bottom_without_lines_is_one_label():
    column = [text(60, 100 + 14 * i, letter, 10) for i, letter in enumerate("办理结果")]
    assert paragraphs_of(page_with(*lines(60, 300, FULL), *column)) == ["办理结果", FULL]


def test_two_tables_without_lines_share_no_row():
    rows = [
        text(x, y, w, 10)
        for y, *row in ((130, "总计", "1", "2", "3"), (200, "1", "2", "3", "4"), (215, "5", "6", "7", "8"))
        for x, w in zip((60, 205, 327, 449), row, strict=True)
    ]
    data = page_with(
        *rows,
        text(92, 160, "四、政府信息公开行政复议、行政诉讼情况"),
        text(60, 180, "维持", 10),
        text(205, 180, "纠正", 10),
    )
    assert read(data).text.count("总计") == 1


# --- pictures -------------------------------------------------------------------------------------------------------------


def images(*places):
    def call(paper, _number):
        from PIL import Image
        from reportlab.lib.utils import ImageReader

        for left, top, right, bottom in places:
            paper.drawImage(ImageReader(Image.new("L", (8, 8), 200)), left, 842 - bottom, right - left, bottom - top)

    return call


def test_a_picture_as_large_as_a_table_is_told():
    source = read(page_with(*lines(60, 100, FULL, FULL, "完。"), images((60, 200, 540, 400)), *lines(60, 500, FULL)))
    assert [source.text[:at].strip() for at in source.pictures] == [FULL + FULL + "完。"]


@pytest.mark.parametrize("place", [(400, 80, 540, 220), (60, 200, 540, 215), (60, 90, 540, 700)])
def test_a_stamp_a_line_and_a_background_are_no_tables(place):
    assert read(page_with(images(place), *lines(60, 100, FULL, FULL))).pictures == []


def test_slices_of_a_picture_are_one():
    slices = [(60, y, 540, y + 40) for y in range(200, 400, 40)]
    assert len(read(page_with(*lines(60, 100, FULL), images(*slices))).pictures) == 1


def test_a_watermark_below_the_text_is_left_out():
    data = page_with(text(100, 150, "内部", 90), *lines(60, 100, FULL, FULL, FULL, FULL))
    assert paragraphs_of(data) == [FULL * 4]


# --- places ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("look", ["ruled", "turned", "bare", "framed"])
def test_every_place_is_on_its_page_and_in_order(look):
    sample = (
        "云溪县商务局2024年政府信息公开工作年度报告\n\n"
        + FULL * 9
        + "。\n二、主动公开政府信息情况\n\t规章\n\t0\n\t0\n\t0\n\n\t行政规范性文件\n\t1\n\t2\n\t\n\n"
        + FULL
    )
    source = read(print_pdf(sample, LOOKS[look]))
    width, height = (842, 595) if look == "turned" else (595, 842)
    for place in source.places:
        left, top, right, bottom = place.location["box"]
        assert 0 <= left <= right <= width
        assert 0 <= top <= bottom <= height
        assert place.location["page"] == 1
    assert [place.start for place in source.places] == sorted(place.start for place in source.places)
    words = {source.text[place.start : place.end].strip() for place in source.places}
    assert {"规章", "行政规范性文件", "1", "2"} <= words


def test_a_finding_in_a_pdf_tells_page_and_box(tmp_path, capsys):
    from pathlib import Path

    example = (Path(__file__).parent.parent / "examples" / "faulty-2021.txt").read_text(encoding="utf-8")
    (tmp_path / "report.pdf").write_bytes(print_pdf(example, Look()))
    main(["check", "--format", "json", str(tmp_path / "report.pdf")])
    told = json.loads(capsys.readouterr().out)
    locations = [diagnostic["location"] for diagnostic in told["files"][0]["diagnostics"]]
    assert {place["page"] for place in locations} > {1}
    assert all(len(place["box"]) == 4 for place in locations)
