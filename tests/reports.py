"""Reports made by hand, for formats: strange names, texts and places that no rule would give."""

from __future__ import annotations

from hypothesis import strategies as st

from giro_lint import lint_text
from giro_lint.model.diagnostic import Applicability, Diagnostic, Edit, Fix, Related, Severity
from giro_lint.model.report import Report, Suppressed
from giro_lint.model.source import Origin, Place, Source, Span
from shared import ROOT

HOSTILE = "<script>window.hacked=1</script>\"'&]]>--><!--</script>\x00\x1b[31m\u202e\ufffe%0A::error::,:\r\n::x"
FAULTY = (ROOT / "examples" / "faulty-2021.txt").read_text(encoding="utf-8")
FAULTY_2019 = (ROOT / "examples" / "faulty-2019.txt").read_text(encoding="utf-8")
CLEAN = (ROOT / "examples" / "clean-2019.txt").read_text(encoding="utf-8")


START = Span(0, 0)


def diagnostic(span=START, message="不对", **changes):
    values = {"rule": "XXX001", "name": "made-up", "severity": Severity.WARNING, "anchor": "title", **changes}
    return Diagnostic(message=message, span=span, **values)


def report(source, *diagnostics, suppressed=()):
    return Report(source, "", "", None, None, None, tuple(diagnostics), tuple(suppressed))


def docx_report():
    """A report on a Word file: places, no lines."""
    places = [Place(0, 3, {"paragraph": 1}), Place(4, 5, {"table": 2, "row": 5, "cell": 3})]
    source = Source("甲乙\n\t1\n", path="报告.docx", media="docx", encoding="", places=places)
    fix = Fix((Edit(Span(4, 5), "2"),))
    return report(source, diagnostic(Span(4, 5), fix=fix, fix_title="改为 2", related=(Related(Span(0, 2), "甲"),)))


def web_report():
    """A report on a web page: positions count in its own source."""
    source = Source("甲乙", path="a b#1.html", origin=Origin("<html>\n<p>甲乙</p>", [(0, 2, 10, 12)]), media="html")
    fix = Fix((Edit(Span(1, 2), "<"),), Applicability.UNSAFE)
    return report(source, diagnostic(Span(1, 2), fix=fix, fix_title="改"))


def held_report():
    """A report with a finding held back."""
    return report(Source("甲", path="held.txt"), suppressed=[Suppressed(diagnostic(Span(0, 1)), "经核实无误")])


def broken_report():
    """A file that could not be read."""
    source = Source("", "gone.pdf", "unknown", "")
    return report(source, diagnostic(rule="DOC000", name="unreadable", severity=Severity.ERROR, message="读不出"))


def linted(text, path="报告/2021 年.txt"):
    return lint_text(text, path=path)


def all_kinds():
    """Every sort of report at once."""
    return [linted(FAULTY), linted(FAULTY_2019, "b.txt"), linted(CLEAN, "c.txt"), *made()]


def made():
    """The reports that no text gives."""
    hostile = report(
        Source(HOSTILE, path=HOSTILE),
        diagnostic(
            Span(0, 40), message=HOSTILE, name=HOSTILE, anchor=HOSTILE, basis=HOSTILE, url="javascript:alert(1)"
        ),
        diagnostic(Span(3, 3), message=HOSTILE, severity=Severity.ERROR, related=(Related(Span(0, 9), HOSTILE),)),
    )
    return [docx_report(), web_report(), held_report(), broken_report(), hostile]


SIGNS = st.sampled_from("甲乙 \t\n\r<>&\"'%:,]-!/\\\x00\x1b\x85\u2028\u202e\ufeff\ufffe\U00020bb7\ud800#")
TEXTS = st.text(SIGNS, max_size=30)


@st.composite
def strange_reports(draw):
    """A report with arbitrary text, name, message and overlapping places."""
    text = draw(TEXTS)
    offsets = st.integers(0, len(text))

    def span():
        return Span(*sorted((draw(offsets), draw(offsets))))

    found = [
        diagnostic(
            span(),
            message=draw(TEXTS),
            severity=draw(st.sampled_from(Severity)),
            related=tuple(Related(span(), draw(TEXTS)) for _ in range(draw(st.integers(0, 2)))),
        )
        for _ in range(draw(st.integers(0, 5)))
    ]
    found.sort(key=lambda d: (d.span.start, d.span.end))
    return report(Source(text, path=draw(TEXTS)), *found)
