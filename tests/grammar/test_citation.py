"""Document and decree numbers: giro_lint.grammar.citation."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giro_lint.grammar.citation import find_decrees, find_doc_numbers

PIECES = [
    "国办函", "云政办发", "根据", "和", "的", "以", "号", "第", "令", "国务院", "〔", "〕", "[", "]", "（", "）",
    "【", "】", "《", "》", "2019", "２０２０", "19", "60", "060", "６", "七百一十一", "十百", " ", "\xa0",
    "\u3000", "\n", "\t", "𠮷", "①", "〔2019〕", "国办函〔2020〕109号", "令第711号",
]  # fmt: skip
texts = st.one_of(st.text(), st.lists(st.sampled_from(PIECES), max_size=12).map("".join))

HOSTILE = [
    "（" * 100_000, "〔2019〕" * 100_000, "〔2019" * 100_000, "国" * 100_000 + "〔", "按照" * 100_000,
    "令" * 100_000, "令第" * 100_000, "令第1" * 100_000, "令第一" * 100_000, "1," * 100_000, "二" * 100_000,
    "0571-" * 50_000, "〔" + " " * 500_000, "号" * 100_000,
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "issuer", "number", "marks"),
    [
        ("云政办发〔2020〕60号", "云政办发", "60", ""),
        ("云政办发〔2020〕60 号", "云政办发", "60", "spaced"),
        ("云政办发 〔2020〕60号", "云政办发", "60", "spaced"),
        ("云政办发〔 2020 〕60\xa0号", "云政办发", "60", "spaced"),
        ("云政办发〔2020〕第60号", "云政办发", "60", "has_di"),
        ("云政办发〔2020〕060号", "云政办发", "60", "leading_zero"),
        ("云政办发〔2020〕第 06 号", "云政办发", "6", "has_di leading_zero spaced"),
        ("云政办发〔２０２０〕６０号", "云政办发", "60", ""),
        ("〔2020〕60号", "", "60", ""),
    ],
)
def test_document_number(text, issuer, number, marks):
    (found,) = find_doc_numbers(text)
    assert (found.issuer, found.year, found.number) == (issuer, "2020", number)
    assert (found.start, found.end, found.opening, found.closing) == (0, len(text), "〔", "〕")
    assert {mark for mark in ("has_di", "leading_zero", "spaced") if getattr(found, mark)} == set(marks.split())


@pytest.mark.parametrize(
    "brackets", ["〔〕", "[]", "()", "（）", "【】", "〈〉", "［］", "<>", "《》", "﹝﹞", "〔]", "（)"]
)
def test_any_bracket(brackets):
    opening, closing = brackets
    (found,) = find_doc_numbers(f"见云政办发{opening}2020{closing}60号。")
    assert (found.opening, found.closing, found.number) == (opening, closing, "60")


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("根据云政办发〔2020〕60号文件", ["云政办发〔2020〕60号"]),
        ("按照《云溪县的通知》（云政办发〔2020〕60号）要求", ["云政办发〔2020〕60号"]),
        ("《通知》和云政办发〔2020〕60号", ["云政办发〔2020〕60号"]),
        ("云政办发〔2020〕60号和国办函〔2020〕109号", ["云政办发〔2020〕60号", "国办函〔2020〕109号"]),
        ("（和政办发〔2020〕60号）", ["和政办发〔2020〕60号"]),
        ("经信办发〔2020〕1号", ["经信办发〔2020〕1号"]),
        ("的〔2020〕1号", ["〔2020〕1号"]),
    ],
)
def test_the_issuer_ends_where_the_sentence_leads_to_it(text, cited):
    assert [text[found.start : found.end] for found in find_doc_numbers(text)] == cited


@pytest.mark.parametrize(
    "text",
    [
        "", "〔2020〕", "（2020）云01行初12号", "〔2020〕60", "〔20〕60号", "2020年60号", "（2020年）60号",
        "〔2020〕\t60号", "国务院令第711号", "〔2020〕123456号",
    ],
)  # fmt: skip
def test_no_document_number(text):
    assert find_doc_numbers(text) == []


@pytest.mark.parametrize(
    ("text", "decree", "number", "issuer"),
    [
        ("国务院令第711号", "国务院令第711号", "711", "国务院"),
        ("（中华人民共和国国务院令第711号）", "中华人民共和国国务院令第711号", "711", "中华人民共和国国务院"),
        ("以国务院令（第 711 号）公布", "国务院令（第 711 号", "711", "国务院"),
        ("国务院令711号", "国务院令711号", "711", "国务院"),
        ("国务院令第七百一十一号", "国务院令第七百一十一号", "711", "国务院"),
        ("国务院令第七一一号", "国务院令第七一一号", "711", "国务院"),
        ("国务院令第０７１１号", "国务院令第０７１１号", "711", "国务院"),
        ("令第711号", "令第711号", "711", ""),
    ],
)
def test_decree(text, decree, number, issuer):
    (found,) = find_decrees(text)
    assert (text[found.start : found.end], found.number, found.issuer) == (decree, number, issuer)
    assert find_doc_numbers(text) == []


@pytest.mark.parametrize("text", ["", "令", "令第号", "令第十百号", "国办函〔2020〕109号", "令第123456号"])
def test_no_decree(text):
    assert find_decrees(text) == []


@given(texts)
def test_citations_are_found_where_they_stand(text):
    for find in (find_doc_numbers, find_decrees):
        end_before = 0
        for found in find(text):
            assert end_before <= found.start < found.end <= len(text)
            assert find(text[found.start : found.end]) == [found._replace(start=0, end=found.end - found.start)]
            end_before = found.end


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:10])
def test_hostile_texts_end(text):
    assert find_doc_numbers(text) == []
    assert find_decrees(text) == []
