"""Findings as comments in Word documents: each has one, at its place, and nothing else of the document changes."""

from __future__ import annotations

import io
import random
import re

import docx
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from lxml import etree

import render_docx
from faults import PLANTERS
from giro_lint import Config, lint_bytes, plan_for
from giro_lint.model.errors import GiroLintError
from giro_lint.word.comments import annotate_bytes
from render_docx import WHO, control, package, paragraph, run, table, text_box
from shared import ROOT
from strategies import reports
from word_parts import W, anchored, comments, main, members, with_members, without_comments

FAULTY = (ROOT / "examples" / "faulty-2021.txt").read_text(encoding="utf-8")
EVERYTHING = plan_for(config=Config(profile="all"))
TOUCHED = {"word/document.xml", "word/comments.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"}


def annotated(data, plan=EVERYTHING, path="a.docx"):
    return annotate_bytes(data, path=path, plan=plan)


def checked(data, plan=EVERYTHING):
    """The annotated document, after everything that has to hold of any, and is quickly told."""
    result = annotated(data, plan)
    found = result.report.diagnostics
    if not found:
        assert result.data == data
        return result
    before, after = members(data), members(result.data)
    assert {name for name in after if after[name] != before.get(name)} <= TOUCHED
    assert set(before) <= set(after)
    assert without_comments(result.data) == without_comments(data)
    texts, ranges = comments(result.data), anchored(result.data)
    assert [text.split("\n")[0].split(" ", 2)[1:] for text in texts.values()] == [[d.rule, d.message] for d in found]
    assert set(texts) <= set(ranges)
    return result


@pytest.mark.parametrize("name", sorted(PLANTERS))
@settings(max_examples=2)
@given(spec=reports(), data=st.data())
def test_every_finding_has_its_comment_at_its_words(name, spec, data):
    planted = PLANTERS[name](spec, data)
    assume(planted is not None)
    plan = plan_for(config=Config(body_kind=spec.kind))
    render = data.draw(st.sampled_from([render_docx.plain, render_docx.controlled, render_docx.boxed]))
    result = checked(render(planted.text), plan)
    ranges = anchored(result.data)
    assert result.report.diagnostics
    for (number, _), found in zip(comments(result.data).items(), result.report.diagnostics, strict=True):
        assert found.evidence in ranges[number]


@settings(max_examples=8)
@given(st.integers(0, 99))
def test_documents_with_changes_links_and_fields_keep_all_of_them(seed):
    data = render_docx.tracked(FAULTY, random.Random(seed))
    result = checked(data)
    before, after = (docx.Document(io.BytesIO(each)) for each in (data, result.data))
    assert [p.text for p in after.paragraphs] == [p.text for p in before.paragraphs]
    found, again = result.report.diagnostics, lint_bytes(result.data, path="a.docx", plan=EVERYTHING).diagnostics
    assert [(d.rule, d.span, d.message) for d in again] == [(d.rule, d.span, d.message) for d in found]
    assert annotated(result.data).data == result.data


def test_numbers_that_word_sets_are_their_paragraph():
    result = checked(render_docx.automatic(FAULTY.replace("三、收到", "四、收到", 1)))
    ranges = anchored(result.data)
    texts = {text.split(" ")[1]: ranges[number] for number, text in comments(result.data).items()}
    assert texts["HDG009"] == "收到和处理政府信息公开申请情况"


def test_a_report_without_findings_stays_as_it_is():
    clean = render_docx.plain((ROOT / "rules" / "bases" / "clean-2021.txt").read_text(encoding="utf-8"))
    assert annotated(clean).data == clean


# What a comment says


def test_a_comment_tells_severity_message_words_basis_and_remedy_in_both_languages():
    data = render_docx.plain(FAULTY)
    chinese = comments(annotated(data).data)
    english = comments(annotated(data, plan_for(config=Config(profile="all", lang="en"))).data)
    text = next(text for text in chinese.values() if " TYP016 " in text)
    assert text.split("\n") == [
        "提示 TYP016 文号“[2021]30号”的写法不规范，应为“〔2021〕30号”",
        "原文：“[2021]30 号”",
        "怎样修改：写成“〔2021〕30号”。",
        "依据：GB/T 9704—2012 7.2.5",
    ]
    text = next(text for text in english.values() if " SUM010 " in text)
    lines = text.split("\n")
    assert lines[0].startswith("error SUM010 ")
    assert lines[1].startswith("Related: ")
    assert lines[1].endswith("(table 2, row 16, cell 10)")
    assert lines[-1].startswith("How to mend it: ")


def test_the_words_are_quoted_only_where_the_range_holds_more():
    plan = plan_for(config=Config(select=("TYP004",)))
    assert "原文：“。。”" in "".join(comments(annotated(render_docx.plain(FAULTY), plan).data).values())
    result = annotated(with_runs(FAULTY, "。。"), plan)
    assert list(anchored(result.data).values()) == ["。。"]
    assert "原文" not in "".join(comments(result.data).values())


def with_runs(text, words):
    """The text as a document, with runs of their own for some words."""
    apart = "".join(
        table(block)
        if isinstance(block, list)
        else paragraph("".join(run(piece) for piece in re.split(f"({re.escape(words)})", block) if piece))
        for block in render_docx.blocks_of(text)
    )
    return package(apart)


def test_author_initials_and_time(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    data = annotated(render_docx.plain(FAULTY)).data
    for comment in etree.fromstring(members(data)["word/comments.xml"]):
        said = [comment.get(W + name) for name in ("author", "initials", "date")]
        assert said == ["giro-lint", "GL", "2023-11-14T22:13:20Z"]
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "soon")
    with pytest.raises(GiroLintError, match="SOURCE_DATE_EPOCH"):
        annotated(render_docx.plain(FAULTY))


# Places


def ranges_of(block):
    """The main part of a report with one more paragraph in a section of prose, and the ranges of the comments on it."""
    whole = render_docx.plain(FAULTY.replace("。。", "。"))
    heading = paragraph(run("（五）监督保障情况"))
    inside = members(whole)["word/document.xml"].decode()
    assert inside.count(heading) == 1
    data = with_members(whole, word__document_dot_xml=inside.replace(heading, heading + block).encode())
    result = checked(data, plan_for(config=Config(select=("TYP004",))))
    return main(result.data), list(anchored(result.data).values())


LINK = '<w:hyperlink w:anchor="x">{}</w:hyperlink>'
FIELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (run("甲") + run("乙。。") + run("丙"), "乙。。"),
        (run("甲。") + run("。乙") + run("丙"), "甲。。乙"),
        (run("甲") + LINK.format(run("乙") + run("。。丙")), "乙。。丙"),
        (run("甲") + f"<w:ins {WHO}>{run('乙。。')}</w:ins>" + run("丙"), "乙。。"),
        (run("甲") + control(run("。。")) + run("丙"), "。。"),
        (run("甲") + FIELD.format("begin") + FIELD.format("separate") + run("。。") + FIELD.format("end"), "。。"),
        (run("甲") + text_box(["乙。。丙"]) + run("丁"), "乙。。丙乙。。丙"),
    ],
)
def test_the_range_is_what_stands_directly_in_the_paragraph(content, text):
    root, ranges = ranges_of(paragraph(content, '<w:jc w:val="left"/>'))
    assert ranges == [text]
    for start in root.iter(W + "commentRangeStart"):
        depth = 0
        for sibling in start.itersiblings():
            depth += sum({"begin": 1, "end": -1}.get(m.get(W + "fldCharType"), 0) for m in sibling.iter(W + "fldChar"))
            if sibling.tag == W + "commentRangeEnd":
                break
        assert depth == 0


def test_a_blank_cell_and_a_paragraph_without_content():
    text = FAULTY.replace("\t5\n\t0\n\t0\n\t0\n\t1", "\t\n\t0\n\t0\n\t0\n\t1", 1)
    assert text != FAULTY
    body = "".join(
        table(block, cell=lambda cell: paragraph(run(cell)) if cell else "<w:p/>")
        if isinstance(block, list)
        else paragraph(run(block))
        if block
        else '<w:p w:rsidR="00A1" />'
        for block in render_docx.blocks_of(text)
    )
    result = checked(package(body))
    texts, ranges = comments(result.data), anchored(result.data)
    blank = [number for number, said in texts.items() if said.split(" ")[1].startswith("CEL") and not ranges[number]]
    assert blank
    for start in main(result.data).iter(W + "commentRangeStart"):
        if start.get(W + "id") in blank:
            assert start.getparent().getparent().tag == W + "tc"
            assert start.getnext().tag == W + "commentRangeEnd"


def test_what_is_missing_stands_at_the_title():
    data = package(
        paragraph(run("禾渚区水利局2023年政府信息公开工作年度报告"))
        + paragraph(run("一、总体情况"))
        + paragraph(run("略。"))
    )
    result = checked(data)
    assert "DOC" in "".join(comments(result.data).values())
    assert set(anchored(result.data).values()) <= {
        "禾渚区水利局2023年政府信息公开工作年度报告", "一、总体情况", "略。", "禾渚区水利局2023年政府信息公开工作年度报告一、总体情况略。",
    }  # fmt: skip


def test_an_empty_document():
    result = checked(package("<w:p/>"))
    assert list(anchored(result.data).values()) == [""]
    with pytest.raises(GiroLintError, match="no paragraph"):
        annotated(package(""))


# Parts


def test_comments_that_are_there_stay():
    document = docx.Document(io.BytesIO(render_docx.plain(FAULTY)))
    document.add_comment(document.paragraphs[0].runs[0], text="请核对", author="校对", initials="J")
    document.add_comment(document.paragraphs[4].runs[0], text="再看", author="giro-lint", initials="J")
    out = io.BytesIO()
    document.save(out)
    result = annotated(out.getvalue())
    root = etree.fromstring(members(result.data)["word/comments.xml"])
    assert ["".join(c.itertext()) for c in list(root)[:2]] == ["请核对", "再看"]
    numbers = [comment.get(W + "id") for comment in root]
    assert len(set(numbers)) == len(numbers) == 2 + len(result.report.diagnostics)
    assert set(numbers) == set(anchored(result.data))
    before, after = members(out.getvalue()), members(result.data)
    assert {name for name in after if after[name] != before[name]} == {"word/document.xml", "word/comments.xml"}


def rewritten(data, name, change):
    return with_members(data, **{name.replace("/", "__").replace(".", "_dot_"): change(members(data)[name])})


def as_strict(content):
    return content.replace(W[1:-1].encode(), b"http://purl.oclc.org/ooxml/wordprocessingml/main")


def without_prefix(content):
    text = content.decode()
    text = re.sub(r"<(/?)w:", r"<\1", text)
    return text.replace("xmlns:w=", f'xmlns="{W[1:-1]}" xmlns:w=', 1).encode()


def default_alone(content):
    """Elements in the default namespace; attributes by a prefix that is declared on each."""
    text = without_prefix(content).decode()
    text = re.sub(r' xmlns:w="[^"]*"', "", text, count=1)
    return re.sub(r"<([a-zA-Z][^<>]*?) w:", rf'<\1 xmlns:w="{W[1:-1]}" w:', text).encode()


def other_prefix(content):
    text = content.decode().replace("xmlns:w=", "xmlns:ns0=")
    return re.sub(r"([</ ])w:", r"\1ns0:", text).encode()


def in_utf16(content):
    return content.decode().replace("UTF-8", "UTF-16").encode("utf-16")


def in_utf16_big(content):
    return "\ufeff".encode("utf-16-be") + content.decode().replace("UTF-8", "UTF-16").encode("utf-16-be")


def with_mark_and_notes(content):
    declaration, _, rest = content.partition(b"?>")
    return b"\xef\xbb\xbf" + declaration + b"?><!-- <w:p> --><?x <w:r?>" + rest.replace(b"<w:r>", b"<w:r><!--<w:t>-->")


SHAPES = [as_strict, without_prefix, default_alone, other_prefix, in_utf16, in_utf16_big, with_mark_and_notes]


@pytest.mark.parametrize("change", SHAPES, ids=lambda change: change.__name__)
def test_every_way_to_write_the_same_document(change):
    plain = render_docx.plain(FAULTY)
    data = rewritten(plain, "word/document.xml", change)
    due = annotated(plain)
    result = annotated(data)
    if change in (in_utf16, in_utf16_big):
        assert members(result.data)["word/document.xml"][:2] == members(data)["word/document.xml"][:2]
    assert list(anchored(result.data).values()) == list(anchored(due.data).values())
    assert comments(result.data) == comments(due.data)
    assert without_comments(result.data) == without_comments(data)
    assert annotated(result.data).data == result.data
    if change is as_strict:
        rels = members(result.data)["word/_rels/document.xml.rels"]
        assert b"purl.oclc.org/ooxml/officeDocument/relationships/comments" in rels
        assert W[1:-1].encode() not in members(result.data)["word/comments.xml"]


def test_parts_that_are_missing_empty_or_named_in_vain():
    plain = render_docx.plain(FAULTY)
    due = list(anchored(annotated(plain).data).values())
    folder = "word/_rels/document.xml.rels"
    vain = (
        b'<r:Relationships xmlns:r="http://schemas.openxmlformats.org/package/2006/relationships"><r:Relationship Id="rId1" '
        b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments" Target="/word/notes/c.xml"/></r:Relationships>'
    )
    for change, target in ((None, "word/comments.xml"), (vain, "word/notes/c.xml")):
        data = with_members(plain, word___rels__document_dot_xml_dot_rels=change)
        assert (folder in members(data)) is (change is not None)
        after = members(annotated(data).data)
        assert f'PartName="/{target}"'.encode() in after["[Content_Types].xml"]
        assert etree.fromstring(after[target]).tag == W + "comments"
        assert b"relationships/comments" in after[folder]
    empty = with_members(annotated(plain).data, word__comments_dot_xml=f'<c:comments xmlns:c="{W[1:-1]}"/>'.encode())
    empty = with_members(empty, word__document_dot_xml=members(plain)["word/document.xml"])
    assert list(anchored(annotated(empty).data).values()) == due
    taken = with_members(plain, word__comments_dot_xml=b"<other/>")
    assert "word/comments1.xml" in members(annotated(taken).data)


def test_a_part_that_is_no_comments_part_is_one_error():
    bad = with_members(annotated(render_docx.plain(FAULTY)).data, word__comments_dot_xml=b"<x/>")
    with pytest.raises(GiroLintError, match="DOC000|damaged"):
        annotated(bad)
