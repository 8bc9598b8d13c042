"""The lexer is total and lossless, and tells the kinds of line apart."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder import render_inline, render_markdown, render_text
from giro_lint.grammar.lexer import CODES, is_plain, tokenize
from shared import SHARED, needs_shared
from strategies import reports

BOTH = [
    "\n",
    " ",
    "\u3000",
    "\xa0",
    "\u2028",
    "-",
    "#",
    "**",
    "一、",
    "（一）",
    "(二)",
    "1.",
    "2、",
    "第一部分",
    "总计",
    "0",
    "１２",
    "。",
    "注：",
    "\x00",
    "\u200b",
]
PIECES = st.sampled_from([*BOTH, "\t", "\r\n", "\r", "|", "｜", "𠮷"])
PLAIN_PIECES = st.sampled_from([*BOTH, "\n\t", "\n\n", "┌", "+", "本机关全年主动公开政府信息若干条"])
"""Pieces of texts without CR and bars, whose TABs begin lines."""


def codes(text):
    return "".join(code for code, _, _ in tokenize(text))


def assert_lossless(text):
    tokens = tokenize(text)
    assert "".join(text[start:end] for _, start, end in tokens) == text
    assert all(a[2] == b[1] for a, b in pairwise(tokens))
    assert {code for code, _, _ in tokens} <= set(CODES)


@given(st.lists(PIECES, max_size=60).map("".join))
def test_any_mixture_of_marks_is_lossless(text):
    assert_lossless(text)


@given(st.lists(PLAIN_PIECES, max_size=60).map("".join))
def test_a_plain_text_has_the_tokens_of_the_same_text_with_other_line_ends(text):
    assert is_plain(text)
    other = text.replace("\n", "\r")
    assert is_plain(other) == ("\n" not in text)
    assert tokenize(other) == tokenize(text)


@given(st.text(max_size=400))
def test_any_text_is_lossless(text):
    assert_lossless(text)


@given(reports(), st.sampled_from([render_text, render_markdown, render_inline]))
def test_reports_are_lossless(spec, render):
    assert_lossless(render(spec))


@needs_shared
@pytest.mark.parametrize(
    "path",
    sorted([*SHARED.glob("seeds/*.txt"), *SHARED.glob("samples/*.md"), *SHARED.glob("samples/*.txt")]),
    ids=lambda p: p.name,
)
def test_real_reports_are_lossless(path):
    assert_lossless(path.read_bytes().decode())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一、总体情况\n", "H"),
        ("　　一、总体情况\n", "H"),
        ("## 一、总体情况\n", "H"),
        ("第一部分 总体情况\n", "H"),
        ("（一）主动公开\n", "h"),
        ("(二)依申请公开", "h"),
        ("5、 存在的问题\n", "N"),
        ("1.5万元\n", "P"),
        ("（1）数量\n", "n"),
        ("# 标题\n", "S"),
        ("\t规章\n\t0\n\n\t合计\n", "R"),
        ("规章\t0\t0\n", "T"),
        ("| 规章 | 0 |\n|---|---|\n", "MD"),
        ("规章｜0\n", "M"),
        ("2020年，我局公开信息。\n", "P"),
        ("\t根据条例的规定，我局认真编制了本年度的报告。\n", "P"),
        ("\n \n\u3000\n", "b"),
        ("", ""),
    ],
)
def test_kinds_of_line(text, expected):
    assert codes(text) == expected


def test_a_label_goes_on_without_a_tab_and_a_figure_does_not():
    assert _rows("\t本年新\n制作数量\n\t公开数量\n") == ["\t本年新\n制作数量\n\t公开数量\n"]
    assert codes("\t0\n注：数据含上年结转\n") == "RP"
    assert codes("\t22\n（其中修订16件）\n\t5\n") == "R"


def test_a_heading_right_after_a_table_is_a_heading():
    assert codes("\t总计\n三、收到和处理政府信息公开申请情况\n") == "RH"


def _rows(text):
    return [text[start:end] for code, start, end in tokenize(text) if code == "R"]


@pytest.mark.parametrize(
    "unit", ["\t", "\t0\n", "#", "# ", "|", "-", " ", "一、", "\t字\n", "x\t。", "（", "\r", "\u3000\xa0"]
)
def test_long_repeats_end(unit):
    text = unit * 200_000
    assert_lossless(text)
