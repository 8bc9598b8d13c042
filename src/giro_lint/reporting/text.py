"""Format ``text``: for people at a terminal. May import: model.

Carets stand below what is meant, also under Chinese characters, which are two columns wide.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple
from unicodedata import category, east_asian_width

from giro_lint.model.diagnostic import Diagnostic, Fix, Related, Severity
from giro_lint.model.report import Report
from giro_lint.model.source import Source, Span
from giro_lint.reporting.job import Job
from giro_lint.reporting.places import one_line, place_words
from giro_lint.reporting.words import SEVERITIES

_WIDEST = 100
_COLOURS = {Severity.ERROR: "31;1", Severity.WARNING: "33;1", Severity.INFO: "36"}
_WORDS: Mapping[str, Mapping[str, str]] = {
    "zh": {
        "fix": "可修正",
        "unsafe": "可修正（涉及数字，须先核实）",
        "hand": "请手工修改（网页源代码中这里被标签隔开）",
        "related": "相关",
        "summary": "检查 {files} 个文件：{errors} 个错误，{warnings} 个警告，{infos} 个提示。",
        "clean": "检查 {files} 个文件，没有发现问题。",
        "passed": "通过",
        "failed": "有问题",
        "skipped": "未适用",
        "crashed": "出错",
        "checked": "检查 {count} 处",
        "held": "另有 {count} 项按配置或基线不显示。",
    },
    "en": {
        "fix": "can be fixed",
        "unsafe": "can be fixed (a figure: check it first)",
        "hand": "to be mended by hand (tags stand within it in the page's source)",
        "related": "related",
        "summary": "{files} file(s) checked: {errors} error(s), {warnings} warning(s), {infos} info(s).",
        "clean": "{files} file(s) checked, nothing found.",
        "passed": "passed",
        "failed": "failed",
        "skipped": "skipped",
        "crashed": "crashed",
        "checked": "{count} checked",
        "held": "{count} more held back by the configuration or the baseline.",
    },
}


class TextStyle(NamedTuple):
    """How to write for people: language, colour, whether source lines are shown."""

    lang: str = "zh"
    colour: bool = False
    source: bool = True


class TextWriter:
    """Writes the diagnostics of a file as soon as it is checked."""

    def __init__(self, job: Job) -> None:
        self.job = job

    def add(self, report: Report) -> str:
        """The diagnostics of a file and, where they are asked for, how each rule ended."""
        style = TextStyle(self.job.lang, self.job.colour, self.job.source)
        return render_file(report, style) + (render_outcomes(report, style) if self.job.outcomes else "")

    def end(self, status: int) -> str:  # noqa: ARG002
        """Nothing more."""
        return ""


def render_file(report: Report, style: TextStyle) -> str:
    """The diagnostics of one file, empty when there are none."""
    return "".join(_diagnostic(report, diagnostic, style) for diagnostic in report.diagnostics)


def _diagnostic(report: Report, diagnostic: Diagnostic, style: TextStyle) -> str:
    words = _WORDS[style.lang]
    (line, column), _ = report.source.opened(diagnostic.span)
    severity = _paint(SEVERITIES[style.lang][diagnostic.severity], _COLOURS[diagnostic.severity], style)
    where = place_words(report.source, diagnostic.span, style.lang)
    place = _paint(f"{one_line(report.path)}:{line}:{column}", "1", style) + (f" ({where})" if where else "")
    parts = [f"{place}: {severity} {diagnostic.rule} {one_line(diagnostic.message)}"]
    if style.source and report.source.text:
        parts += _excerpt(report.source, diagnostic.span, style, _COLOURS[diagnostic.severity])
    if style.source:
        parts += [_related(report.source, other, words["related"]) for other in diagnostic.related[:6]]
        if diagnostic.fix and diagnostic.fix_title:
            parts.append(f"    = {words[_way(report.source, diagnostic.fix)]}: {one_line(diagnostic.fix_title)}")
    return "\n".join(parts) + "\n"


def _way(source: Source, fix: Fix) -> str:
    """How a fix can be made: in a page only where its places are copies of the page's own text."""
    if source.origin is not None and any(source.opened_edit(edit.span, edit.text) is None for edit in fix.edits):
        return "hand"
    return "fix" if fix.applicability.value == "safe" else "unsafe"


def _related(source: Source, other: Related, word: str) -> str:
    (line, column), _ = source.opened(other.span)
    return f"    = {word} {line}:{column} {one_line(other.message)}"


def _excerpt(source: Source, span: Span, style: TextStyle, colour: str) -> list[str]:
    """The first line of a span with carets below it; long lines are cut around the place."""
    line, column = source.position(span.start)
    text = source.line_text(line)
    end_line, end_column = source.position(span.end)
    stop = end_column - 1 if end_line == line else len(text)
    first = max(0, column - 1 - _WIDEST // 3)
    shown = text[first : first + _WIDEST]
    marked = text[max(first, column - 1) : min(first + _WIDEST, max(stop, column))]
    gutter = "" if source.origin else str(line)
    lead = _width(one_line(text[first : column - 1])) + (1 if first else 0)
    carets = "^" * max(1, _width(one_line(marked)))
    cut = ("…" if first else "") + one_line(shown) + ("…" if first + _WIDEST < len(text) else "")
    return [f"    {gutter} | {cut}", f"    {' ' * len(gutter)} | {' ' * lead}{_paint(carets, colour, style)}"]


def _width(text: str) -> int:
    return sum(2 if east_asian_width(c) in "WF" else 0 if category(c) in {"Mn", "Me"} else 1 for c in text)


def _paint(text: str, code: str, style: TextStyle) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if style.colour else text


def render_outcomes(report: Report, style: TextStyle) -> str:
    """How each rule ended, a line a rule."""
    words = _WORDS[style.lang]
    lines = [
        f"{one_line(report.path)}: {o.rule} {words[o.status]} "
        + (words["checked"].format(count=o.checked) if o.checked else o.reason)
        for o in report.outcomes
    ]
    return "\n".join(lines) + "\n" if lines else ""


def render_statistics(reports: Iterable[Report], style: TextStyle) -> str:
    """How often each rule spoke, the most frequent first."""
    counts: dict[tuple[str, str, Severity], int] = {}
    for report in reports:
        for d in report.diagnostics:
            counts[d.rule, d.name, d.severity] = counts.get((d.rule, d.name, d.severity), 0) + 1
    rows = sorted(counts.items(), key=lambda item: (-item[1], item[0][0]))
    return "".join(
        f"{count:6} {rule} {SEVERITIES[style.lang][severity]} {name}\n" for (rule, name, severity), count in rows
    )


def render_summary(files: int, totals: Mapping[Severity, int], held: int, style: TextStyle) -> str:
    """The last line: what was checked and what was found."""
    words = _WORDS[style.lang]
    key = "summary" if any(totals.values()) else "clean"
    line = words[key].format(
        files=files, errors=totals[Severity.ERROR], warnings=totals[Severity.WARNING], infos=totals[Severity.INFO]
    )
    return line + ("\n" + words["held"].format(count=held) if held else "") + "\n"
