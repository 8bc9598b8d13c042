"""The numbers that Word sets by itself."""

from __future__ import annotations

import pytest

from builder import Cell
from giro_lint.reading.docx import read_docx
from giro_lint.reading.docx_layout import numbered
from giro_lint.reading.docx_numerals import numeral
from render_docx import WHO, package, paragraph, run, table


@pytest.mark.parametrize(
    ("style", "count", "text"),
    [
        ("decimal", 12, "12"),
        ("decimalZero", 7, "07"),
        ("decimalFullWidth", 12, "１２"),
        ("decimalEnclosedCircle", 3, "③"),
        ("decimalEnclosedCircle", 21, "21"),
        ("decimalEnclosedParen", 2, "⑵"),
        ("decimalEnclosedFullstop", 2, "⒉"),
        ("lowerLetter", 1, "a"),
        ("upperLetter", 26, "Z"),
        ("lowerLetter", 28, "bb"),
        ("lowerLetter", 10**6, "1000000"),
        ("upperRoman", 1994, "MCMXCIV"),
        ("lowerRoman", 4, "iv"),
        ("lowerRoman", 10**6, "1000000"),
        ("chineseCounting", 1, "一"),
        ("chineseCounting", 10, "十"),
        ("chineseCounting", 11, "十一"),
        ("chineseCounting", 20, "二十"),
        ("chineseCounting", 99, "九十九"),
        ("chineseCounting", 101, "一○一"),
        ("chineseCountingThousand", 15, "十五"),
        ("chineseCountingThousand", 101, "一百零一"),
        ("chineseCountingThousand", 110, "一百一十"),
        ("chineseCountingThousand", 1001, "一千零一"),
        ("chineseCountingThousand", 10000, "10000"),
        ("japaneseCounting", 6, "六"),
        ("japaneseCounting", 21, "二十一"),
        ("japaneseCounting", 111, "百十一"),
        ("chineseLegalSimplified", 12, "壹拾贰"),
        ("ideographDigital", 10, "一〇"),
        ("taiwaneseCountingThousand", 12, "十二"),
        ("ideographTraditional", 2, "乙"),
        ("ideographTraditional", 11, "甲"),
        ("ideographZodiac", 1, "子"),
        ("ideographEnclosedCircle", 2, "㊁"),
        ("bullet", 2, ""),
        ("none", 2, ""),
        ("unheardOf", 2, "2"),
        ("ideographTraditional", 0, "0"),
    ],
)
def test_numerals(style, count, text):
    assert numeral(count, style) == text


@pytest.mark.parametrize(
    ("number", "text", "both"),
    [
        ("一、", "总体情况", "一、总体情况"),
        ("（一）", "\t主动公开", "（一）主动公开"),
        ("1.", "信访", "1.信访"),
        ("1.", "2020年", "1. 2020年"),
        ("1.1", "总则", "1.1 总则"),
        ("一", "总体情况", "一 总体情况"),
        ("第一部分", "总体情况", "第一部分 总体情况"),
        ("①", "甲", "①甲"),
        ("", "\t甲", "甲"),
        ("三、", "", "三、"),
    ],
)
def test_a_number_stands_before_its_text(number, text, both):
    assert numbered(number, text) == both


def level(place, style, pattern, more=""):
    return f'<w:lvl w:ilvl="{place}"><w:start w:val="1"/><w:numFmt w:val="{style}"/>{more}<w:lvlText w:val="{pattern}"/></w:lvl>'


def abstract(key, *levels, more=""):
    return f'<w:abstractNum w:abstractNumId="{key}"><w:multiLevelType w:val="multilevel"/>{more}{"".join(levels)}</w:abstractNum>'


def instance(key, of, more=""):
    return f'<w:num w:numId="{key}"><w:abstractNumId w:val="{of}"/>{more}</w:num>'


def num(place, key):
    return f'<w:numPr><w:ilvl w:val="{place}"/><w:numId w:val="{key}"/></w:numPr>'


HEADINGS = abstract(
    1, level(0, "chineseCounting", "%1、"), level(1, "chineseCounting", "（%2）"), level(2, "decimal", "%3.")
)


def lines(numbering, *items, styles=""):
    """The lines of paragraphs ``x`` with some properties each."""
    data = package("".join(paragraph(run("x"), properties) for properties in items), numbering, styles)
    return read_docx(data, "a.docx").text.split()


def test_levels_count_apart_and_begin_anew_below_a_higher_one():
    items = [num(0, 1), num(1, 1), num(1, 1), num(2, 1), num(0, 1), num(1, 1), num(2, 1), num(2, 1)]
    found = lines(HEADINGS + instance(1, 1), *items)
    assert found == ["一、x", "（一）x", "（二）x", "1.x", "二、x", "（一）x", "1.x", "2.x"]


def test_instances_share_the_count_unless_one_begins_anew():
    again = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    numbering = HEADINGS + instance(1, 1) + instance(2, 1) + instance(3, 1, again)
    assert lines(numbering, num(0, 1), num(0, 2), num(0, 3), num(0, 3), num(0, 1)) == [
        "一、x",
        "二、x",
        "五、x",
        "六、x",
        "七、x",
    ]


def test_an_instance_can_have_a_level_of_its_own():
    own = f'<w:lvlOverride w:ilvl="0">{level(0, "decimal", "（%1）")}</w:lvlOverride>'
    assert lines(HEADINGS + instance(1, 1, own), num(0, 1), num(0, 1), num(1, 1)) == ["（1）x", "（2）x", "（一）x"]


def test_numbers_of_several_levels():
    numbering = abstract(
        1,
        level(0, "chineseCounting", "第%1章"),
        level(1, "decimal", "%1.%2"),
        level(2, "decimal", "%1.%2.%3", "<w:isLgl/>"),
    )
    found = lines(numbering + instance(1, 1), num(0, 1), num(1, 1), num(2, 1), num(2, 1))
    assert " ".join(found) == "第一章 x 一.1 x 1.1.1 x 1.1.2 x"


def test_a_level_can_go_on_counting():
    numbering = abstract(1, level(0, "decimal", "%1."), level(1, "decimal", "（%2）", '<w:lvlRestart w:val="0"/>'))
    assert lines(numbering + instance(1, 1), num(0, 1), num(1, 1), num(0, 1), num(1, 1)) == [
        "1.x",
        "（1）x",
        "2.x",
        "（2）x",
    ]


def test_a_higher_level_that_was_not_counted_shows_its_start():
    numbering = abstract(1, level(0, "decimal", "%1."), level(1, "decimal", "%1.%2.")) + instance(1, 1)
    assert lines(numbering, num(1, 1), num(0, 1), num(1, 1)) == ["1.1.x", "1.x", "1.1.x"]


def test_no_number_and_bullets():
    numbering = HEADINGS + abstract(2, level(0, "bullet", "\uf0b7")) + instance(1, 1) + instance(2, 2)
    assert lines(numbering, num(0, 0), num(0, 2), num(0, 9), num(7, 1), num(0, 1)) == ["x", "x", "x", "x", "一、x"]


STYLES = (
    '<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="h1"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="H2"><w:name w:val="h2"/><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Sub"><w:name w:val="sub"/><w:basedOn w:val="H2"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Off"><w:name w:val="off"/><w:basedOn w:val="H1"/><w:pPr><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr></w:style>'
)


def test_styles_bring_numbers():
    linked = abstract(
        1,
        level(0, "chineseCounting", "%1、", '<w:pStyle w:val="H1"/>'),
        level(1, "chineseCounting", "（%2）", '<w:pStyle w:val="H2"/>'),
    )
    items = [f'<w:pStyle w:val="{name}"/>' for name in ("H1", "H2", "Sub", "Off", "H1")]
    own = '<w:pStyle w:val="H1"/>' + num(0, 0)
    assert lines(linked + instance(1, 1), *items, own, styles=STYLES) == [
        "一、x",
        "（一）x",
        "（二）x",
        "x",
        "二、x",
        "x",
    ]


def test_a_numbering_can_be_that_of_a_style():
    linked = abstract(1, more='<w:numStyleLink w:val="List"/>') + abstract(
        2, level(0, "decimal", "%1）"), more='<w:styleLink w:val="List"/>'
    )
    assert lines(linked + instance(1, 1), num(0, 1)) == ["1）x"]


def test_paragraphs_that_are_deleted_or_hidden_do_not_count():
    mark = f"<w:rPr><w:del {WHO}/></w:rPr>"
    hidden = paragraph(run("密", "<w:vanish/>"), num(0, 1) + "<w:rPr><w:vanish/></w:rPr>")
    gone = paragraph(f"<w:del {WHO}>{run('删')}</w:del>", num(0, 1) + mark)
    body = paragraph(run("甲"), num(0, 1)) + gone + hidden + paragraph(run("乙"), num(0, 1))
    assert read_docx(package(body, HEADINGS + instance(1, 1)), "a.docx").text == "一、甲\n二、乙\n"


def test_labels_of_a_table_can_be_numbered():
    body = table(
        [[Cell("甲"), Cell("1")], [Cell("乙"), Cell("2")]],
        cell=lambda t: paragraph(run(t), "" if t.isdecimal() else num(0, 1)),
    )
    source = read_docx(package(body, HEADINGS + instance(1, 1)), "a.docx")
    assert source.text == "\t一、甲\n\t1\n\n\t二、乙\n\t2\n\n"
    assert source.text[source.places[2].start : source.places[2].end] == "二、乙"


def test_a_pattern_without_bounds_is_no_number():
    endless = abstract(1, level(0, "decimal", "%1" * 1000)) + abstract(
        2, level(0, "decimal", "%1.", '<w:start w:val="99999999999999"/>')
    )
    assert lines(endless + instance(1, 1) + instance(2, 2), num(0, 1), num(0, 2)) == ["x", "1.x"]
