"""Bytes that nobody vouches for: a Word document is read or refused with a reason, whatever it holds."""

from __future__ import annotations

import io
import re
import sys
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import render_docx
from giro_lint import lint_bytes
from giro_lint.model.errors import ReadError
from giro_lint.reading import archive, docx_package
from giro_lint.reading.archive import MEGABYTE, Archive
from giro_lint.reading.docx import read_docx
from render_docx import NAMESPACES, package, paragraph, run
from shared import ROOT

BASE = (ROOT / "rules" / "bases" / "clean-2021.txt").read_text(encoding="utf-8")


def packed(document, **parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("word/document.xml", document)
        for name, part in parts.items():
            file.writestr(name, part)
    return out.getvalue()


def body(content):
    return f"<w:document {NAMESPACES}><w:body>{content}</w:body></w:document>"


def refusal(data):
    with pytest.raises(ReadError) as caught:
        read_docx(data, "a.docx")
    return caught.value.reason, caught.value.detail


def reason(data):
    """Why a document is refused, empty where it is read."""
    try:
        read_docx(data, "a.docx")
    except ReadError as problem:
        return problem.reason
    return ""


# Damage


@pytest.fixture(scope="module")
def whole():
    return render_docx.automatic(BASE)


@pytest.fixture(scope="module")
def bare(whole):
    """The parts that are read, without compression."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            if name.endswith((".rels", "document.xml", "numbering.xml")):
                new.writestr(name, old.read(name))
    return out.getvalue()


@settings(max_examples=80)
@given(data=st.data())
def test_cut_and_flipped_bytes(whole, bare, data):
    source = bytearray(data.draw(st.sampled_from([whole, bare])))
    if data.draw(st.booleans()):
        del source[data.draw(st.integers(0, len(source))) :]
    else:
        places = st.tuples(st.integers(0, len(source) - 1), st.integers(0, 255))
        for at, byte in data.draw(st.lists(places, min_size=1, max_size=20)):
            source[at] = byte
    assert reason(bytes(source)) in {"", "damaged", "limit", "encrypted"}


@settings(max_examples=80)
@given(data=st.data())
def test_flipped_characters_of_the_xml(bare, data):
    with zipfile.ZipFile(io.BytesIO(bare)) as file:
        document, numbering = file.read("word/document.xml").decode(), file.read("word/numbering.xml").decode()
        relations = file.read("word/_rels/document.xml.rels")
    values = st.sampled_from(["-1", "0", "1", "99999999999", "x", "", "%1%2%3%9", "\uf0b7", "begin", "end", "10000"])

    def changed(xml):
        spots = [m.span(1) for m in re.finditer(r'w:\w+="([^"]*)"', xml)]
        for start, end in sorted(
            data.draw(st.lists(st.sampled_from(spots), min_size=1, max_size=8, unique=True)), reverse=True
        ):
            xml = xml[:start] + data.draw(values) + xml[end:]
        return xml

    parts = {"word/numbering.xml": changed(numbering), "word/_rels/document.xml.rels": relations}
    source = read_docx(packed(changed(document), **parts), "a.docx")
    assert "总体情况" in source.text


_NAMES = ["p", "r", "t", "tbl", "tr", "tc", "sdt", "sdtContent", "ins", "del", "pPr", "rPr", "numPr", "vanish", "br", "tab", "pict", "txbxContent",
          "tcPr", "vMerge", "gridSpan", "hyperlink", "sym", "fldChar", "moveTo", "trPr", "drawing"]  # fmt: skip
_TREES = st.recursive(
    st.text("甲乙1 <&", max_size=3),
    lambda inner: st.tuples(
        st.sampled_from(_NAMES),
        st.sampled_from(["", ' w:val="2"', ' w:fldCharType="begin"', ' w:char="F0FE"']),
        st.lists(inner, max_size=4),
    ),
    max_leaves=40,
)


def spelled(tree):
    if isinstance(tree, str):
        return tree.replace("&", "&amp;").replace("<", "&lt;")
    name, attribute, inner = tree
    return f"<w:{name}{attribute}>{''.join(map(spelled, inner))}</w:{name}>"


@settings(max_examples=80)
@given(st.lists(_TREES, max_size=4))
def test_elements_in_any_order(trees):
    source = read_docx(packed(body("".join(map(spelled, trees)))), "a.docx")
    assert [place.start for place in source.places] == sorted(place.start for place in source.places)
    assert all(place.end <= len(source.text) for place in source.places)


def test_what_is_no_document():
    assert refusal(b"") == ("damaged", "ZIP: File is not a zip file")
    assert refusal(packed("<a/>")) == ("damaged", "word/document.xml: <a>")
    assert refusal(packed("<a>"))[0] == "damaged"
    empty = io.BytesIO()
    zipfile.ZipFile(empty, "w").close()
    assert refusal(empty.getvalue()) == ("damaged", "word/document.xml")
    assert read_docx(packed(f"<w:document {NAMESPACES}/>"), "a.docx").text == ""


def test_a_part_that_is_named_but_missing_does_no_harm():
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Type="x/numbering" '
        'Target="NULL"/><Relationship Id="s" Type="x/styles" Target="../../../etc/passwd"/></Relationships>'
    )
    data = packed(body(paragraph(run("甲"))), **{"word/_rels/document.xml.rels": relations})
    assert read_docx(data, "a.docx").text == "甲\n"


def test_a_damaged_checksum(bare):
    at = bare.index("总体情况".encode())
    assert refusal(bare[:at] + "总休".encode() + bare[at + 6 :]) == ("damaged", "word/document.xml")


def test_a_member_with_a_password():
    data = bytearray(packed(body("")))
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + flags] |= 1
    assert refusal(bytes(data)) == ("encrypted", "")


def test_utf_16():
    assert (
        read_docx(
            packed(f'<?xml version="1.0" encoding="utf-16"?>{body(paragraph(run("甲")))}'.encode("utf-16")), "a.docx"
        ).text
        == "甲\n"
    )
    assert refusal(packed(b"\xff\xfe<")) == ("damaged", "word/document.xml: UTF-16")


# Attacks


@pytest.mark.parametrize("codec", ["utf-8", "utf-16", "utf-16-le"])
def test_no_entity_is_expanded(codec):
    entities = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 10}">' for i in range(1, 12))
    bomb = f'<!DOCTYPE w [<!ENTITY e0 "x">{entities}]>' + body(paragraph("<w:r><w:t>&e11;</w:t></w:r>"))
    assert refusal(packed(bomb.encode(codec))) == ("damaged", "word/document.xml: DOCTYPE")


def test_no_file_is_read():
    assert refusal(packed(f'<!DOCTYPE w [<!ENTITY e SYSTEM "file:///etc/passwd">]>{body("&e;")}'))[0] == "damaged"


def test_an_encoding_that_hides_a_document_type():
    hidden = b'<?xml version="1.0" encoding="utf-7"?>+ADw-+ACE-DOCTYPE w +AFs-+ADw-+ACE-ENTITY e "x"+AD4-+AF0-+AD4-'
    assert refusal(packed(hidden + body("").encode()))[0] == "damaged"


def test_an_archive_that_unpacks_to_far_more():
    blanks = packed(body(paragraph(f"<w:r><w:t>{' ' * 5 * MEGABYTE}</w:t></w:r>")))
    assert len(blanks) < MEGABYTE / 10
    assert refusal(blanks)[0] == "limit"


def test_sizes_are_bounded(monkeypatch):
    data = packed(body(paragraph(run("甲" * 1000))))
    monkeypatch.setattr(docx_package, "_PART_SIZE", 1000)
    assert refusal(data)[0] == "limit"
    monkeypatch.undo()
    monkeypatch.setattr(archive, "_TOTAL", 1000)
    assert refusal(data)[0] == "limit"
    monkeypatch.undo()
    monkeypatch.setattr(archive, "_MEMBERS", 0)
    assert refusal(data) == ("limit", "ZIP > 0 个文件 / members")
    monkeypatch.undo()
    monkeypatch.setattr(docx_package, "_NODES", 10)
    assert refusal(data) == ("limit", "word/document.xml: XML > 10 个节点 / nodes")


def test_a_member_that_is_larger_than_it_says():
    data = bytearray(packed(body(paragraph(run("甲乙丙" * 100)))))
    at = data.index(b"PK\x01\x02") + 24
    data[at : at + 4] = (10).to_bytes(4, "little")
    assert refusal(bytes(data)) == ("damaged", "word/document.xml")
    assert Archive(packed("x" * 10)).read("word/document.xml", 10) == b"x" * 10


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"),
        ("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"),
        ("<w:p><w:r><w:pict><w:txbxContent>", "</w:txbxContent></w:pict></w:r></w:p>"),
        ("<w:p><w:hyperlink>", "</w:hyperlink></w:p>"),
        ("<mc:AlternateContent><mc:Choice>", "</mc:Choice></mc:AlternateContent>"),
    ],
)
def test_elements_nested_without_end(before, after):
    assert refusal(packed(body(before * 100_000 + after * 100_000)))[0] == "limit"
    for depth in (50, 80):
        assert reason(packed(body(before * depth + after * depth))) in {"", "limit"}


def test_ten_thousand_columns():
    cell = '<w:tc><w:tcPr><w:gridSpan w:val="10000"/><w:vMerge/></w:tcPr><w:p/></w:tc>'
    assert (
        read_docx(packed(body(f"<w:tbl>{f'<w:tr>{cell * 3}</w:tr>' * 3}</w:tbl>")), "a.docx").text
        == "\t\n\t\n\t\n\n" * 3
    )


# What is told


def test_a_missing_library_is_told(monkeypatch, whole):
    monkeypatch.setitem(sys.modules, "lxml", None)
    monkeypatch.setitem(sys.modules, "lxml.etree", None)
    (found,) = lint_bytes(whole, path="a.docx").diagnostics
    assert found.rule == "DOC000"
    assert "giro-lint[docx]" in found.message


def test_a_damaged_file_is_one_diagnostic(whole):
    (found,) = lint_bytes(whole[:-100], path="a.docx").diagnostics
    assert (found.rule, found.message_key) == ("DOC000", "unreadable-file.damaged")
    assert lint_bytes(package(paragraph(run("甲"))), path="a.docm").diagnostics[0].rule == "DOC023"
