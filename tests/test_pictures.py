"""Tables that a report has as pictures: they are there, and nobody can read them."""

import re

import pytest

from giro_lint import lint_bytes
from layouts import report
from render_docx import package, paragraph, run
from render_html import STYLES, render_html

MISSING = {"DOC006", "DOC007", "DOC008"}
LINES = [line for line in re.sub(r"(?m)^\t.*\n\n?", "", report("2021")).split("\n") if line]
HEADINGS = ("二、", "三、", "四、")
PICTURE = '<w:p><w:r><w:drawing><pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"/></w:drawing></w:r></w:p>'
SHAPE = (
    '<w:p><w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:imagedata/></v:shape></w:pict></w:r></w:p>'
)


def markdown(pictured):
    return "\n\n".join(line + "\n\n![表](a.png)" * line.startswith(pictured) for line in LINES).encode(), "a.md"


def page(pictured):
    shown = render_html("\n\n" + "\n".join(LINES), STYLES["plain"])
    return re.sub(rf"(<p>(?:{'|'.join(pictured)})[^<]*</p>)", r'\1<p><img src="a.png"></p>', shown).encode(), "a.html"


def word(pictured, picture=PICTURE):
    return package("".join(paragraph(run(line)) + picture * line.startswith(pictured) for line in LINES)), "a.docx"


def old_word(pictured):
    return word(pictured, SHAPE)


def printed(pictured):
    pytest.importorskip("pypdfium2")
    pytest.importorskip("reportlab")
    from render_pdf import Look, print_pdf

    full = [line * 4 if line.endswith("。") else line for line in LINES]  # full lines tell headings apart
    return print_pdf("\n\n".join(full), Look(pictured=pictured)), "a.pdf"


WAYS = (markdown, page, word, old_word, printed)


def rules(made):
    return sorted(
        d.rule for d in lint_bytes(made[0], path=made[1]).diagnostics if d.rule in {*MISSING, "DOC024", "DOC010"}
    )


@pytest.mark.parametrize("way", WAYS)
def test_a_table_that_is_a_picture_is_not_missing(way):
    assert rules(way(HEADINGS)) == ["DOC024"] * 3


@pytest.mark.parametrize("way", WAYS)
def test_a_picture_stands_for_the_table_of_its_section_alone(way):
    assert rules(way(("三、",))) == ["DOC006", "DOC008", "DOC024"]


@pytest.mark.parametrize("way", WAYS)
def test_a_picture_among_the_prose_stands_for_nothing(way):
    assert set(rules(way(("一、", "五、")))) == MISSING


def test_a_picture_beside_words_is_no_table():
    text, name = page(HEADINGS)
    assert (
        set(rules((text.replace(b'<p><img src="a.png"></p>', b"").replace(b"<p>", b'<p><img src="a.png">'), name)))
        == MISSING
    )
