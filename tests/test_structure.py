"""Tokens become blocks: headings, paragraphs, tables."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder import render_inline, render_markdown, render_text_with_map
from giro_lint.grammar.structure import parse_blocks
from giro_lint.model.document import Grid, Line
from strategies import reports


def shapes(text):
    return [
        block.style if isinstance(block, Line) else [len(row.cells) for row in block.rows]
        for block in parse_blocks(text)
    ]


def cells(text):
    return [
        [text[start:end] for start, end in row.cells]
        for block in parse_blocks(text)
        if isinstance(block, Grid)
        for row in block.rows
    ]


def test_tab_cells():
    assert cells("\t规章\n\t0\n\t\n\n\t规范性\n文件\n\t 1 \n\t2\n") == [["规章", "0", ""], ["规范性\n文件", " 1 ", "2"]]


@pytest.mark.parametrize("blank", ["", " ", "\u3000", "\u200b"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_blank_line_ends_a_row_of_tab_cells(blank, end):
    lines = ["\ta", "\t0 ", blank, blank, "\tb", "\t1", blank, ""]
    assert cells(end.join(lines)) == [["a", "0 "], ["b", "1"]]


def test_markdown_cells_lose_their_padding_and_borders():
    assert cells("| 规章 | 0 |  |\n|---|---|---|\n| a | b | c |\n") == [["规章", "0", ""], ["a", "b", "c"]]


def test_inline_cells():
    assert cells("规章\t0\t\n行政许可\t3\t4\n") == [["规章", "0", ""], ["行政许可", "3", "4"]]


def test_blank_lines_do_not_split_a_table_but_prose_does():
    assert shapes("\ta\n\t0\n\n\n\tc\n\t0\n") == [[2, 2]]
    assert shapes("\ta\n\t0\n说明\n\tc\n\t0\n") == [[2], "P", [2]]


def test_a_line_indented_with_a_tab_is_no_table():
    assert shapes("\t永康市\n") == ["P"]
    assert shapes("\t\t2021年1月5日\n") == ["P"]
    assert shapes("\t一、总体情况\n内容。\n") == ["H", "P"]


@pytest.mark.parametrize(
    ("text", "number", "ordinal", "separator", "words"),
    [
        ("一、总体情况", "一", 1, "、", "总体情况"),
        ("5、 存在的问题", "5", 5, "、 ", "存在的问题"),
        ("（十二）其他", "（十二）", 12, "", "其他"),
        ("## **三、收到**", "三", 3, "、", "收到"),
        ("第二部分 主动公开", "第二部分", 2, " ", "主动公开"),
        ("# 标题", "", 0, "", "标题"),
    ],
)
def test_parts_of_a_heading(text, number, ordinal, separator, words):
    (line,) = parse_blocks(text)
    assert (line.number, line.ordinal, line.separator, text[line.text_start : line.end]) == (
        number,
        ordinal,
        separator,
        words,
    )


def test_a_long_line_that_does_not_end_goes_on():
    text = "本年度报告根据条例和格式的要求编制，全文包括\n总体情况等六个部分。\n下一段。\n"
    assert shapes(text) == ["P", "P"]


@given(reports())
def test_every_cell_of_a_report_is_a_cell(spec):
    text, marks = render_text_with_map(spec)
    found = {
        cell for block in parse_blocks(text) if isinstance(block, Grid) for row in block.rows for cell in row.cells
    }
    assert {span for key, span in marks.items() if len(key) == 3 and key[0] in spec.tables} <= found


@given(reports(), st.sampled_from([render_markdown, render_inline]))
def test_other_layouts_have_the_same_cells(spec, render):
    """A caption that stands alone on its line is a paragraph where cells share a line."""

    def filled(text):
        return sorted(cell for row in cells(text) for cell in row if cell.strip() and not cell.startswith("第二十条"))

    assert filled(render(spec)) == filled(render_text_with_map(spec)[0])


@given(st.text(alphabet="\t\n|一、（）1.#*-　表 。", max_size=200))
def test_blocks_lie_inside_the_text_in_order(text):
    last = 0
    for block in parse_blocks(text):
        assert last <= block.start <= block.end <= len(text)
        last = block.end


def test_a_signature_below_an_unfinished_sentence_stays_apart():
    text = "本年度没有其他需要报告的事项，也没有收取信息处理费\n云溪县商务局\n2024年1月5日\n"
    assert shapes(text) == ["P", "P", "P"]
