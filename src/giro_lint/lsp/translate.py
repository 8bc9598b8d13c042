"""Reports in the words of the language server protocol. May import: positions, model, ruleset, lsprotocol."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lsprotocol import types

from giro_lint.lsp.positions import Places
from giro_lint.model.diagnostic import Applicability, Diagnostic, Severity
from giro_lint.model.document import Document
from giro_lint.model.report import Report
from giro_lint.model.source import Span
from giro_lint.ruleset.rules import Rule

_SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.INFO: types.DiagnosticSeverity.Information,
}
_WORDS = {
    "zh": {"basis": "依据", "why": "说明", "remedy": "改法", "more": "规则说明"},
    "en": {"basis": "Basis", "why": "Why", "remedy": "Remedy", "more": "About the rule"},
}


def diagnostics_of(report: Report, places: Places, uri: str) -> list[types.Diagnostic]:
    """The diagnostics of a report for the file of an address."""
    return [diagnostic_of(found, places, uri) for found in report.diagnostics]


def diagnostic_of(found: Diagnostic, places: Places, uri: str) -> types.Diagnostic:
    """A diagnostic for the file of an address."""
    related = [
        types.DiagnosticRelatedInformation(types.Location(uri, places.range(other.span)), other.message)
        for other in found.related
    ]
    return types.Diagnostic(
        range=places.range(found.span),
        message=found.message,
        severity=_SEVERITIES[found.severity],
        code=found.rule,
        code_description=types.CodeDescription(found.url) if found.url else None,
        source="giro-lint",
        related_information=related or None,
        data={"fingerprint": found.fingerprint},
    )


def fix_actions(
    report: Report, places: Places, uri: str, version: int | None, shown: types.Range
) -> Iterator[types.CodeAction]:
    """The fixes of the diagnostics in a range; a safe one is preferred, one that a person has to make is not offered."""
    for found in touching(report, places, shown):
        fix = found.fix
        if fix is None or fix.applicability is Applicability.DISPLAY:
            continue
        placed = [report.source.opened_edit(edit.span, edit.text) for edit in fix.edits]
        edits = [types.TextEdit(places.file_range(span), text) for each in placed if each for span, text in [each]]
        if len(edits) == len(placed):
            document = types.OptionalVersionedTextDocumentIdentifier(uri=uri, version=version)
            yield types.CodeAction(
                title=f"{found.rule}: {found.fix_title}",
                kind=types.CodeActionKind.QuickFix,
                diagnostics=[diagnostic_of(found, places, uri)],
                is_preferred=fix.applicability is Applicability.SAFE,
                edit=types.WorkspaceEdit(document_changes=[types.TextDocumentEdit(document, list(edits))]),
            )


def touching(report: Report, places: Places, shown: types.Range) -> list[Diagnostic]:
    """The diagnostics of a report that touch a range."""
    low, high = (shown.start.line, shown.start.character), (shown.end.line, shown.end.character)
    ranges = [(found, places.range(found.span)) for found in report.diagnostics]
    return [
        found
        for found, place in ranges
        if (place.start.line, place.start.character) <= high and low <= (place.end.line, place.end.character)
    ]


def hover_of(
    report: Report, places: Places, position: types.Position, rules: dict[str, Rule], lang: str
) -> types.Hover | None:
    """What the rules say of a position: message, legal basis, why it matters, how to mend it."""
    met = [found for found in report.diagnostics if places.holds(found.span, position)]
    if not met:
        return None
    parts = [_explained(found, rules[found.rule], lang) for found in met if found.rule in rules]
    return types.Hover(
        types.MarkupContent(types.MarkupKind.Markdown, "\n\n---\n\n".join(parts)), places.range(met[0].span)
    )


def _explained(found: Diagnostic, rule: Rule, lang: str) -> str:
    words = _WORDS[lang]
    lines = [f"**{found.rule}** {_plain(found.message)}"]
    if found.basis:
        lines.append(f"*{words['basis']}*: {_plain(found.basis)}")
    lines += [f"*{words['why']}*: {_plain(rule.why[lang])}", f"*{words['remedy']}*: {_plain(rule.remedy[lang])}"]
    if found.url:
        lines.append(f"[{words['more']}]({found.url})")
    return "\n\n".join(lines)


def _plain(text: str) -> str:
    """A text whose characters Markdown does not take for marks."""
    return "".join(f"\\{c}" if c in "\\`*_{}[]<>#|!" else c for c in text)


def symbols_of(document: Document, places: Places) -> list[types.DocumentSymbol]:
    """Sections with their headings, and tables with their rows, as an outline."""
    text = document.source.text
    found: list[types.DocumentSymbol] = []
    for section in document.sections:
        heading = section.heading
        inner = [
            _symbol(text[line.span.start : line.end], types.SymbolKind.String, line.span, line.span, places)
            for line in section.lines
            if line.style != "P" and line.end > line.span.start
        ]
        inner += [
            _table(table.form.label, table.rows, _trimmed(text, table.start, table.end), text, places)
            for table in document.tables.values()
            if section.start <= table.start < section.end
        ]
        whole = Span(section.start, max(section.end, heading.end))
        found.append(
            _symbol(text[heading.span.start : heading.end], types.SymbolKind.Module, whole, heading.span, places, inner)
        )
    return found


def _trimmed(text: str, start: int, end: int) -> Span:
    """A stretch without the white space at its end."""
    return Span(start, start + len(text[start:end].rstrip()))


def _table(label: str, rows: Mapping[str, Span], whole: Span, text: str, places: Places) -> types.DocumentSymbol:
    inner = [
        _symbol(text[span.start : span.end] or key, types.SymbolKind.Field, span, span, places)
        for key, span in rows.items()
    ]
    return _symbol(label, types.SymbolKind.Array, whole, Span(whole.start, whole.start), places, inner)


def _symbol(
    name: str,
    kind: types.SymbolKind,
    whole: Span,
    name_span: Span,
    places: Places,
    children: list[types.DocumentSymbol] | None = None,
) -> types.DocumentSymbol:
    outer, inner = places.range(whole), places.range(name_span)
    if (outer.start.line, outer.start.character) > (inner.start.line, inner.start.character):
        outer = types.Range(inner.start, outer.end)
    if (outer.end.line, outer.end.character) < (inner.end.line, inner.end.character):
        outer = types.Range(outer.start, inner.end)
    return types.DocumentSymbol(" ".join(name.split()) or "—", kind, outer, inner, children=children or None)
