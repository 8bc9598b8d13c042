"""A PDF that cannot be read gives one clear diagnostic: scans, passwords, damage, limits."""

import io
import random
import zlib
from pathlib import Path

import pytest

from giro_lint import lint_bytes
from giro_lint.model.errors import ReadError
from giro_lint.reading import pdf, pdf_worker
from giro_lint.reading.pdf import read_pdf
from render_pdf import Look, print_pdf

pytest.importorskip("pypdfium2")
pytest.importorskip("reportlab")

ROOT = Path(__file__).parent.parent
REPORT = (ROOT / "examples" / "faulty-2021.txt").read_text(encoding="utf-8")
OFFICE = (ROOT / "tests" / "samples" / "pdf" / "faulty-2021-office.pdf").read_bytes()


def reason(data):
    with pytest.raises(ReadError) as raised:
        read_pdf(data, "report.pdf")
    return raised.value.reason


def canvas_with(draw, pages=1, **options):
    from reportlab.pdfgen import canvas

    out = io.BytesIO()
    paper = canvas.Canvas(out, invariant=True, **options)
    for _ in range(pages):
        draw(paper)
        paper.showPage()
    paper.save()
    return out.getvalue()


def picture(paper):
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    paper.drawImage(ImageReader(Image.new("L", (60, 80), "white")), 0, 0, 595, 842)


def raw(*objects):
    """A PDF of bare objects; the first is its catalogue."""
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n%b" % (len(objects) + 1, table)
    return out + head + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(out))


def stream(data, extra=b""):
    return b"<<%b/Length %d>>stream\n%b\nendstream" % (extra, len(data), data)


PAGE = (
    b"<</Type/Catalog/Pages 2 0 R>>",
    b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
    b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 500 500]/Contents 4 0 R/Resources<</XObject<</A 5 0 R>>>>>>",
)


def test_a_scan_is_named_as_one():
    assert reason(canvas_with(picture, pages=3)) == "scanned"
    assert reason(canvas_with(lambda _paper: None)) == "scanned"
    found = lint_bytes(canvas_with(picture, pages=3), path="scan.pdf").diagnostics
    assert [(diagnostic.rule, "3" in diagnostic.message) for diagnostic in found] == [("DOC000", True)]


def test_text_that_is_not_painted_over_a_picture_is_a_scan():
    def scan(paper):
        picture(paper)
        text = paper.beginText(60, 700)
        text.setTextRenderMode(3)
        for line in range(30):
            text.textLine(f"recognised line number {line}")
        paper.drawText(text)

    assert reason(canvas_with(scan)) == "scanned"


def test_a_report_whose_tables_are_pictures_is_named():
    words = (REPORT.split("\t")[0] * 2).strip()
    with_pictures = print_pdf(words, Look())
    assert read_pdf(with_pictures, "report.pdf").text

    def page(paper):
        if paper.getPageNumber() == 2:
            picture(paper)
        else:
            for line in range(20):
                paper.drawString(60, 700 - 20 * line, "a line of text that fills the page as far as a line can")

    assert reason(canvas_with(page, pages=3)) == "pictures"


def test_a_password_is_named_and_an_empty_one_opens():
    from reportlab.lib.pdfencrypt import StandardEncryption

    def words(paper):
        paper.drawString(60, 700, "open to everybody")

    locked = StandardEncryption("secret", ownerPassword="other")
    free = StandardEncryption("", ownerPassword="other", canCopy=0)
    assert reason(canvas_with(words, encrypt=locked)) == "encrypted"
    assert read_pdf(canvas_with(words, encrypt=free), "report.pdf").text == "open to everybody\n\n"


def test_a_damaged_file_is_named():
    assert reason(OFFICE[: len(OFFICE) // 2]) == "damaged"
    assert reason(b"%PDF-1.7\n%%EOF") == "damaged"
    assert reason(b"%PDF-1.5\n1 0 obj<</Linearized 1/L 99999/H[5 6]>>endobj\n%%EOF") == "damaged"


def test_fonts_that_do_not_tell_their_characters_are_named():
    assert reason(OFFICE.replace(b"/ToUnicode", b"/XoUnicode")) == "garbled"


def test_too_many_pages_are_named():
    assert reason(canvas_with(lambda paper: paper.drawString(9, 9, "x"), pages=pdf_worker.MAX_PAGES + 1)) == "limit"
    assert reason(raw(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 900>>")) == "limit"


def test_a_page_without_end_is_refused():
    assert reason(canvas_with(lambda paper: paper.drawString(9, 9, "x"), pagesize=(5e6, 5e6))) == "damaged"


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(
            (
                stream(b"/A Do "),
                stream(b"/A Do " * 9, b"/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</A 5 0 R>>>>"),
            ),
            id="recursion",
        ),
        pytest.param(
            (stream(zlib.compress(b"0 0 m 1 1 l S " * 9_000_000, 9), b"/Filter/FlateDecode"), b"null"), id="bomb"
        ),
    ],
)
def test_a_page_that_explodes_is_refused(content):
    assert reason(raw(*PAGE, *content)) in {"damaged", "limit", "scanned"}


def test_a_page_with_too_many_lines_keeps_its_text():
    def draw(paper):
        paper.drawString(60, 700, "a line of text that stays")
        for index in range(30_000):
            paper.line(index % 500, index // 500, index % 500 + 4, index // 500)

    assert read_pdf(canvas_with(draw), "report.pdf").text == "a line of text that stays\n\n"


def test_a_program_that_hangs_or_dies_is_an_error_of_the_file(monkeypatch, tmp_path):
    program = tmp_path / "pdf_worker.py"
    monkeypatch.setattr(pdf, "_SECONDS", 1)
    monkeypatch.setattr(pdf, "__file__", str(tmp_path / "pdf.py"))
    for code, expected in (
        ("import time; time.sleep(60)", "limit"),
        ("import os; os.abort()", "damaged"),
        ("print('no answer')", "damaged"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "limit"),
    ):
        program.write_text(code)
        assert reason(OFFICE) == expected


def test_without_the_extra_it_is_named(monkeypatch):
    monkeypatch.setattr(pdf, "find_spec", lambda _name: None)
    assert reason(OFFICE) == "extra"
    assert "giro-lint[pdf]" in lint_bytes(OFFICE, path="report.pdf").diagnostics[0].message


def test_a_frozen_program_reads_in_its_own_process(monkeypatch):
    monkeypatch.setattr("sys.frozen", True, raising=False)
    assert read_pdf(OFFICE, "report.pdf").text.startswith("禾渚区水利局")


@pytest.mark.parametrize("seed", range(8))
def test_damaged_bytes_give_a_report_or_one_error(seed):
    chance = random.Random(seed)
    for whole in (print_pdf(REPORT, Look()), OFFICE):
        data = bytearray(whole)
        if seed % 2:
            del data[chance.randrange(len(data)) :][: chance.randrange(1, 4000)]
        for _ in range(chance.choice((1, 20, 300))):
            data[chance.randrange(len(data))] = chance.randrange(256)
        report = lint_bytes(bytes(data), path="report.pdf")
        unread = [diagnostic for diagnostic in report.diagnostics if diagnostic.rule == "DOC000"]
        assert len(report.diagnostics) == 1 or not unread
        assert not any(diagnostic.rule == "LNT004" for diagnostic in report.diagnostics)
