"""The list of findings beside a report: messages, equations, places, how to mend. May import: escape, marks, words, model."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import attrs

from giro_lint.model.diagnostic import Addend, Diagnostic, Severity, Sum
from giro_lint.model.report import Report
from giro_lint.model.source import Span
from giro_lint.reporting.html.escape import attributes, escaped
from giro_lint.reporting.html.marks import CLASSES, MOST_RELATED, Marks
from giro_lint.reporting.html.words import WORDS
from giro_lint.reporting.places import place_words
from giro_lint.reporting.words import SEVERITIES, family, family_name

SIGNS = {Severity.ERROR: "■", Severity.WARNING: "▲", Severity.INFO: "●"}
"""A shape for each severity, so that it is not told by colour alone."""
_EXCERPT = 60


@attrs.frozen
class FindingList:
    """Writes the findings of one file.

    Args:
        report: the file.
        marks: numbers of findings and places.
        lang: language of the page.
        with_text: whether the text stands beside the list, so that places can be shown there.

    """

    report: Report
    marks: Marks
    lang: str
    with_text: bool

    def items(self, diagnostics: Sequence[Diagnostic]) -> Iterator[str]:
        """A list item a finding."""
        for number, diagnostic in enumerate(diagnostics, 1):
            yield self._item(number, diagnostic)

    def _item(self, number: int, diagnostic: Diagnostic) -> str:
        prefix, kind = self.marks.prefix, CLASSES[diagnostic.severity]
        severity = SEVERITIES[self.lang][diagnostic.severity]
        said = attributes(
            class_=f"f {kind}",
            id=f"{prefix}n{number}",
            data_n=number,
            data_s=kind,
            data_k=family(diagnostic.rule),
            data_kn=family_name(diagnostic.rule, self.lang),
        )
        target = f' href="#{prefix}m{number}"' if self.with_text else ""
        return (
            f'<li{said}><a class="go"{target}><b class="r {kind}">{number}</b>'
            f"<span>{escaped(diagnostic.message)}</span></a>"
            f'<p class="meta"><span class="sev">{SIGNS[diagnostic.severity]} {severity}</span> '
            f"{_link(diagnostic.url, diagnostic.rule)} <span>{escaped(self._place(diagnostic))}</span></p>"
            f'<div class="more">{"".join(self._more(diagnostic))}</div></li>\n'
        )

    def _place(self, diagnostic: Diagnostic) -> str:
        source = self.report.source
        (line, _), _ = source.opened(diagnostic.span)
        return place_words(source, diagnostic.span, self.lang) or WORDS[self.lang]["line"].format(line)

    def _more(self, diagnostic: Diagnostic) -> Iterator[str]:
        words = WORDS[self.lang]
        if not self.with_text:
            yield f'<p class="quote">{escaped(self._quote(diagnostic))}</p>'
        if diagnostic.sums:
            yield f'<div class="sums" role="group"{attributes(aria_label=words["sums"])}>'
            yield from (self._sum(each, diagnostic) for each in diagnostic.sums)
            yield "</div>"
        related = [other for other in diagnostic.related if other.path is None][:MOST_RELATED]
        if related and not diagnostic.sums:
            places = "".join(
                f"<li>{self._button(other.span, self._said(other.span) or '＿')} {escaped(other.message)}</li>"
                for other in related
            )
            yield f'<p class="k">{words["related"]}</p><ul>{places}</ul>'
        if diagnostic.fix and diagnostic.fix_title:
            note = words["fix_safe" if diagnostic.fix.applicability.value == "safe" else "fix_unsafe"]
            yield f'<p><span class="k">{words["fix"]}</span> {escaped(diagnostic.fix_title)} <small>（{note}）</small></p>'
        yield f'<p><span class="k">{words["basis"]}</span> {escaped(diagnostic.basis or words["custom"])}</p>'

    def _quote(self, diagnostic: Diagnostic) -> str:
        """The text around the place, for pages without the text of the file."""
        source, span = self.report.source, diagnostic.span
        if not source.text:
            return ""
        line, column = source.position(span.start)
        text = source.line_text(line)
        first = max(0, column - 1 - _EXCERPT // 2)
        return (
            ("…" if first else "")
            + text[first : first + _EXCERPT].strip()
            + ("…" if first + _EXCERPT < len(text) else "")
        )

    def _said(self, span: Span) -> str:
        return " ".join(self.report.source.text[span.start : span.end].split())[:_EXCERPT]

    def _button(self, span: Span, text: str, kind: str = "") -> str:
        """A text that leads to a place; the place is told by its number."""
        said = attributes(class_=f"t {kind}".strip(), type_="button", data_p=self.marks.places.get(span))
        return f"<button{said}>{escaped(text)}</button>"

    def _sum(self, each: Sum, diagnostic: Diagnostic) -> str:
        """An equation as people write it: the parts, what they make, and the total that says otherwise."""
        left = [term for term in each.terms if term.factor > 0]
        right = [term for term in each.terms if term.factor < 0]
        name = f'<span class="line">{escaped(each.name)}</span>'
        zeros = any(not term.value for term in each.terms[1:])
        note = f" <small>{WORDS[self.lang]['zeros']}</small>" if zeros else ""
        if len(left) == 1:
            said = f"{self._side(right, diagnostic)} <i>≠</i> {self._term(left[0], diagnostic, 'x')}"
        else:
            said = f"{self._side(left, diagnostic)} <i>≠</i> {self._side(right, diagnostic)}"
        return f'<p class="sum">{name} {said}{note}</p>'

    def _side(self, terms: Sequence[Addend], diagnostic: Diagnostic) -> str:
        shown = [term for term in terms if term.value] or list(terms[:1])
        hidden = "".join(
            f"<i hidden{attributes(data_p=self.marks.places.get(term.span))}></i>"
            for term in terms
            if term not in shown
        )
        total = sum(abs(term.factor) * term.value for term in terms)
        written = " + ".join(self._term(term, diagnostic) for term in shown)
        return written + hidden + (f" = <b>{escaped(str(total))}</b>" if len(shown) > 1 else "")

    def _term(self, term: Addend, diagnostic: Diagnostic, kind: str = "") -> str:
        times = "" if abs(term.factor) == 1 else f"{abs(term.factor)}×"
        kind = f"{kind} me".strip() if term.span == diagnostic.span else kind
        return times + self._button(term.span, str(term.value), kind)


def _link(url: str, text: str) -> str:
    """A link to a page in the web; plain text where the address is none."""
    if not url.startswith(("https://", "http://")):
        return escaped(text)
    return f'<a class="rule"{attributes(href=url)} target="_blank" rel="noopener noreferrer">{escaped(text)}</a>'


def bar(counts: Mapping[Severity, int], most: int, width: int = 120) -> str:
    """A small bar of what was found, by severity; ``most`` is the count that fills it."""
    parts = []
    at = 0.0
    for severity in (Severity.ERROR, Severity.WARNING, Severity.INFO):
        size = width * counts.get(severity, 0) / most if most else 0
        if size:
            parts.append(f'<rect class="{CLASSES[severity]}" x="{at:.1f}" width="{max(size - 1, 1):.1f}" height="10"/>')
        at += size
    view = f'width="{width}" height="10" viewBox="0 0 {width} 10" preserveAspectRatio="none" aria-hidden="true"'
    return f'<svg class="bar" {view}>{"".join(parts)}</svg>'
