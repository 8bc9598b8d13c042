"""Fixes as tracked changes in Word documents: accepted they are the mended text, rejected the old one."""

from __future__ import annotations

import random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from lxml import etree

import render_docx
from faults import PLANTERS
from giro_lint import Config, fix_text, lint_bytes, plan_for
from giro_lint.reading.docx import read_docx
from giro_lint.word.tracking import track_bytes
from render_docx import WHO, control, paragraph, run, text_box
from shared import ROOT
from strategies import reports
from word_parts import W, main, members, settled, with_members

FAULTY = (ROOT / "examples" / "faulty-2021.txt").read_text(encoding="utf-8")
CONFIG = Config(profile="all")
EVERYTHING = plan_for(config=CONFIG)


def tracked(data, plan=EVERYTHING, *, unsafe=False):
    """The mended document, after everything that has to hold of any."""
    result = track_bytes(data, path="a.docx", plan=plan, unsafe=unsafe)
    before, after = members(data), members(result.mended.data)
    assert {name for name in after if after[name] != before.get(name)} <= {"word/document.xml"}
    old = [text for text in settled(data, accept=False)[0] if text]
    assert [text for text in settled(result.mended.data, accept=False)[0] if text] == old
    _, ids = settled(result.mended.data, accept=True)
    used = [element.get(W + "id") for element in main(result.mended.data).iter(W + "ins", W + "del")]
    assert all(used.count(number) == 1 for number in ids)
    assert bool(ids) == bool(result.mended.count)
    known = {(d.rule, d.anchor, d.message) for d in lint_bytes(data, path="a.docx", plan=plan).diagnostics}
    found = {(d.rule, d.anchor, d.message) for d in result.mended.report.diagnostics if d.rule != "DOC025"}
    assert found <= known
    assert any(d.rule == "DOC025" for d in result.mended.report.diagnostics) or not ids
    again = track_bytes(result.mended.data, path="a.docx", plan=plan, unsafe=unsafe)
    assert (again.mended.count, again.mended.data) == (0, result.mended.data)
    return result


def lines(text):
    return [line.strip() for line in text.split("\n") if line.strip()]


@pytest.mark.parametrize("name", sorted(PLANTERS))
@settings(max_examples=2)
@given(spec=reports(), data=st.data())
def test_accepted_changes_are_the_mended_text(name, spec, data):
    planted = PLANTERS[name](spec, data)
    assume(planted is not None)
    config = Config(profile="all", body_kind=spec.kind)
    render = data.draw(st.sampled_from([render_docx.plain, render_docx.controlled]))
    unsafe = data.draw(st.booleans())
    result = tracked(render(planted.text), plan_for(config=config), unsafe=unsafe)
    if not result.left:
        due = lines(fix_text(planted.text, config=config, unsafe=unsafe))
        assert lines(read_docx(result.mended.data, "a.docx").text) == due
        assert [line for text in settled(result.mended.data, accept=True)[0] for line in lines(text)] == due


@settings(max_examples=10)
@given(st.integers(0, 999))
def test_changes_links_and_fields_that_are_there_stay(seed):
    data = render_docx.tracked(FAULTY, random.Random(seed))
    result = tracked(data, unsafe=True)
    assert {reason for _, reason in result.left} <= {"change", "field", "shape"}


def test_a_figure_changes_only_when_asked():
    data = render_docx.plain(FAULTY)
    assert any(d.rule == "SUM010" for d in tracked(data).mended.report.diagnostics)
    assert not any(d.rule == "SUM010" for d in tracked(data, unsafe=True).mended.report.diagnostics)


# Runs


def of_date(*content, properties="", **more):
    """What becomes of the date of signature of a report, written in some way: its paragraph and the reasons."""
    whole = render_docx.plain(FAULTY)
    old = paragraph(run("2024.2.6"))
    inside = members(whole)["word/document.xml"].decode()
    assert inside.count(old) == 1
    changed = inside.replace(old, paragraph("".join(content), properties)).encode()
    result = tracked(with_members(whole, word__document_dot_xml=changed, **more), DATES)
    last = list(main(result.mended.data).iter(W + "p"))[-1]
    return last, [reason for _, reason in result.left]


DATES = plan_for(config=Config(select=("DAT011", "DOC025")))
FIELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'


def shape(element):
    """An element as nested names, with its texts."""
    name = element.tag.removeprefix(W)
    return f"{name}={element.text}" if name in {"t", "delText"} else [name, *map(shape, element)]


def test_the_properties_of_the_runs_are_kept():
    last, _ = of_date(run("2024", "<w:b/>"), run(".2.", "<w:i/>"), run("6", "<w:u/>"))
    assert shape(last) == [
        "p",
        ["r", ["rPr", ["b"]], "t=2024"],
        ["del", ["r", ["rPr", ["i"]], "delText=.2."]],
        ["ins", ["r", ["rPr", ["i"]], "t=年2月6日"]],
        ["del", ["r", ["rPr", ["u"]], "delText=6"]],
    ]


def test_what_stands_around_the_change_is_kept_as_it_is():
    note = f"<w:rPr><w:b/><w:rPrChange {WHO}><w:rPr/></w:rPrChange></w:rPr>"
    last, _ = of_date(f'<w:r w:rsidR="00A1">{note}<w:tab/><w:t>2024.2.6</w:t><w:br w:type="page"/></w:r>')
    changed = ["rPr", ["b"], ["rPrChange", ["rPr"]]]
    assert shape(last) == [
        "p",
        ["r", changed, ["tab"], "t=2024"],
        ["del", ["r", changed, "delText=.2.6"]],
        ["ins", ["r", ["rPr", ["b"]], "t=年2月6日"]],
        ["r", changed, ["br"]],
    ]
    assert {each.get(W + "rsidR") for each in last.iter(W + "r")} == {"00A1"}


@pytest.mark.parametrize(
    "content",
    [
        "<w:r><w:t> 2024.2.6 </w:t></w:r>",
        "<w:r><w:t>2024&#46;2.6</w:t></w:r>",
        "<w:r><w:t><![CDATA[2024.2.6]]></w:t></w:r>",
        "<w:r><w:t>20\u00ad24.\u00ad2.6</w:t></w:r>",
        "<w:r><w:t>2024.</w:t><w:t>2.6</w:t></w:r>",
        f'<w:hyperlink w:anchor="x">{run("2024.2.6")}</w:hyperlink>',
        f"<w:smartTag w:uri='u' w:element='e'>{run('2024.')}</w:smartTag>{run('2.6')}",
        control(run("2024.2.6")),
        run("2024") + '<w:bookmarkStart w:id="0" w:name="b"/>' + run(".2.6") + '<w:bookmarkEnd w:id="0"/>',
        run("2024.2.6") + f"<w:ins {WHO}>{run('')}</w:ins>",
    ],
)
def test_every_way_to_write_plain_text(content):
    last, left = of_date(content)
    assert left == []
    kept = "".join(t.text for t in last.iter(W + "t"))
    assert kept.replace("\u00ad", "") == "2024年2月6日"


@pytest.mark.parametrize(
    ("content", "properties", "reason"),
    [
        (FIELD.format("begin") + FIELD.format("separate") + run("2024.2.6") + FIELD.format("end"), "", "field"),
        (f'<w:fldSimple w:instr=" DATE ">{run("2024.2.6")}</w:fldSimple>', "", "field"),
        (text_box(["2024.2.6"]), "", "box"),
        (run("2024.") + f"<w:ins {WHO}>{run('2.6')}</w:ins>", "", "change"),
        (f"<w:moveTo {WHO}>{run('2024.2.6')}</w:moveTo>", "", "change"),
        (control(run("2024.2.6")).replace("<w:sdtPr>", '<w:sdtPr><w:lock w:val="contentLocked"/>'), "", "control"),
        ("<m:oMath><m:r><m:t>2024.2.6</m:t></m:r></m:oMath>", "", "other"),
        (run("2024") + '<w:r><w:sym w:font="宋体" w:char="002E"/></w:r>' + run("2.6"), "", "other"),
        ("<w:r><w:t>2024</w:t><w:cr/></w:r>" + run(".2.6"), "", None),
    ],
)
def test_what_is_no_plain_text_is_left_alone(content, properties, reason):
    last, left = of_date(content, properties=properties)
    assert left == ([reason] if reason else [])
    assert not list(last.iter(W + "delText"))


def test_a_number_that_word_sets_is_left_alone():
    data = render_docx.figured(FAULTY, "5、存在的主要问题及改进情况")
    result = tracked(data)
    assert ("HDG010", "number") in [(found.rule, reason) for found, reason in result.left]


PROTECTED = b'<w:settings xmlns:w="%s"><w:documentProtection w:edit="%s" w:enforcement="%s"/></w:settings>'


@pytest.mark.parametrize(
    ("edit", "on", "changes"),
    [
        (b"readOnly", b"1", False),
        (b"comments", b"on", False),
        (b"trackedChanges", b"1", True),
        (b"readOnly", b"0", True),
    ],
)
def test_a_protected_document(edit, on, changes):
    settings_part = PROTECTED % (W[1:-1].encode(), edit, on)
    data = with_members(render_docx.plain(FAULTY), word__settings_dot_xml=settings_part)
    result = tracked(data)
    assert bool(result.mended.count) is changes
    assert {reason for _, reason in result.left} == (set() if changes else {"protected"})


def test_every_change_is_well_placed():
    root = main(tracked(render_docx.plain(FAULTY), unsafe=True).mended.data)
    for change in root.iter(W + "ins", W + "del"):
        assert change.getparent().tag == W + "p"
        assert [child.tag for child in change] == [W + "r"]
    assert etree.tostring(root)
