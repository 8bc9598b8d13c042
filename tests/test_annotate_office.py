"""What LibreOffice makes of documents that were written back into; skipped where it is not installed."""

from __future__ import annotations

import random
import re
import shutil
import subprocess

import pytest
from lxml import etree

import render_docx
from giro_lint import Config, fix_text, plan_for
from giro_lint.reading.docx import read_docx
from giro_lint.reading.office import convert, find_program
from giro_lint.word.comments import annotate_bytes
from giro_lint.word.tracking import track_bytes
from shared import ROOT
from word_parts import W, comments, main, members, with_members

FAULTY = (ROOT / "examples" / "faulty-2021.txt").read_text(encoding="utf-8")
EVERYTHING = plan_for(config=Config(profile="all"))
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
DC = "{http://purl.org/dc/elements/1.1/}"
STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"

pytestmark = pytest.mark.skipif(find_program() is None, reason="LibreOffice is not installed")


def with_changes(text):
    """The text after many changes; LibreOffice opens no document that names a footnote it does not have."""
    data = render_docx.tracked(text, random.Random(7))
    content = re.sub(rb"<w:r><w:footnoteReference[^>]*/></w:r>", b"", members(data)["word/document.xml"])
    return with_members(data, word__document_dot_xml=content)


def opened(data, wanted="fodt"):
    return convert(data, ".docx", wanted, find_program())


def paragraphs(element):
    """The texts of the paragraphs of a flat document, without its comments and without what was taken away."""
    found = []
    for each in element.find(f".//{OFFICE}text").iter(TEXT + "p", TEXT + "h"):
        gone = {TEXT + "tracked-changes", OFFICE + "annotation"}
        if not any(above.tag in gone for above in each.iterancestors()):
            found.append("".join(_letters(each)).strip())
    return [text for text in found if text]


def _letters(element):
    yield element.text or ""
    for inner in element:
        if inner.tag != OFFICE + "annotation":
            yield from _letters(inner)
        yield inner.tail or ""


def squeezed(texts):
    return "".join("".join(texts).split())


@pytest.mark.parametrize("shape", ["strict", "boxed", "tracked"])
def test_every_comment_is_there_and_the_text_is_as_before(shape):
    renders = {"boxed": render_docx.boxed, "tracked": with_changes}
    data = renders.get(shape, render_docx.plain)(FAULTY)
    if shape == "strict":
        with_strict = etree.tostring(main(data)).replace(W[1:-1].encode(), STRICT)
        data = with_members(data, word__document_dot_xml=with_strict)
    result = annotate_bytes(data, path="a.docx", plan=EVERYTHING)
    flat = etree.fromstring(opened(result.data), etree.XMLParser(huge_tree=True))
    notes = list(flat.iter(OFFICE + "annotation"))
    assert {note.findtext(DC + "creator") for note in notes if note.findtext(DC + "creator") != "校对"} == {"giro-lint"}
    shown = sorted("\n".join("".join(p.itertext()) for p in note.iter(TEXT + "p")) for note in notes)
    assert shown == sorted(comments(result.data).values())
    assert len(shown) == len(result.report.diagnostics) == len(list(flat.iter(OFFICE + "annotation-end")))
    assert paragraphs(flat) == paragraphs(etree.fromstring(opened(data), etree.XMLParser(huge_tree=True)))


def test_tracked_changes_are_there_and_accepted_they_are_the_mended_text():
    result = track_bytes(render_docx.plain(FAULTY), path="a.docx", plan=EVERYTHING, unsafe=True)
    assert result.left == ()
    flat = etree.fromstring(opened(result.mended.data))
    changes = flat.find(f".//{TEXT}tracked-changes")
    assert {each.text for each in changes.iter(DC + "creator")} == {"giro-lint"}
    kinds = {kind: len(list(changes.iter(TEXT + kind))) for kind in ("insertion", "deletion")}
    assert kinds == {kind: len(list(main(result.mended.data).iter(W + kind[:3]))) for kind in kinds}
    due = fix_text(FAULTY, config=Config(profile="all"), unsafe=True)
    again = opened(result.mended.data, "docx")
    assert squeezed(read_docx(again, "a.docx").text) == squeezed(due)


@pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="poppler is not installed")
def test_the_pages_can_be_drawn(tmp_path):
    data = annotate_bytes(render_docx.plain(FAULTY), path="a.docx", plan=EVERYTHING).data
    with_notes = 'pdf:writer_pdf_Export:{"ExportNotes":{"type":"boolean","value":"true"}}'
    (tmp_path / "a.pdf").write_bytes(opened(data, with_notes))
    subprocess.run(["pdftoppm", "-r", "30", "-png", "a.pdf", "page"], cwd=tmp_path, check=True, capture_output=True)
    assert list(tmp_path.glob("page-*.png"))
    assert len(re.findall(rb"/Subtype\s*/Text\b", (tmp_path / "a.pdf").read_bytes())) == len(comments(data))
