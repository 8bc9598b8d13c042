"""Runs the examples that stand beside the rules. May import: api, binding, model, ruleset.

An example is a text, or a clean report changed at a few places; it says what the rule has to find in it. Both ways are strict:
every finding has to be expected, every expectation has to be met.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from giro_lint.api import lint_bytes
from giro_lint.binding.labels import squeeze
from giro_lint.config import Config
from giro_lint.engine import document_of, make_plan
from giro_lint.grammar.structure import parse_blocks
from giro_lint.model.diagnostic import Diagnostic
from giro_lint.model.document import Document, Grid
from giro_lint.model.errors import GiroLintError, unknown, unknown_of_few
from giro_lint.model.report import Report
from giro_lint.model.source import Source, Span
from giro_lint.model.suppression import Suppression
from giro_lint.ruleset.rules import Rule, Ruleset

_KEYS = {
    "base",
    "text",
    "hex",
    "set",
    "replace",
    "delete",
    "finds",
    "year",
    "edition",
    "body_kind",
    "path",
    "suppress",
    "deadline",
}

_LACKS = "须有查出问题的示例和没有问题的示例各一 / needs an example that it finds something in and one that it passes"


@attrs.frozen
class ExampleResult:
    """What became of one example: ``problem`` is empty when it holds."""

    rule: str
    number: int
    problem: str = ""


def run_examples(ruleset: Ruleset, rules: tuple[Rule, ...] | None = None) -> Iterator[ExampleResult]:
    """Run the examples of rules.

    Args:
        ruleset: all rules, with the clean reports that examples start from.
        rules: the rules whose examples are run; by default all.

    Returns:
        A result an example; and one for each rule that lacks a failing or a passing example.

    """
    for rule in rules if rules is not None else ruleset.rules:
        failing = passing = 0
        for number, example in enumerate(rule.examples, 1):
            failing += bool(example.get("finds"))
            passing += not example.get("finds")
            try:
                yield ExampleResult(rule.id, number, _problem(ruleset, rule, example))
            except GiroLintError as problem:
                yield ExampleResult(rule.id, number, str(problem))
        if rule.kind != "engine" and not (failing and passing):
            yield ExampleResult(rule.id, 0, _LACKS)


def _problem(ruleset: Ruleset, rule: Rule, example: Mapping[str, Any]) -> str:
    strange = set(example) - _KEYS
    if strange or "finds" not in example:
        return unknown("键", "key", min(strange), _KEYS) if strange else "缺少 'finds' / lacks 'finds'"
    report = lint_example(ruleset, rule, example)
    found = [d for d in report.diagnostics if d.rule == rule.id]
    crash = next((d.message for d in report.diagnostics if d.rule == "LNT004"), "")
    expected = list(example["finds"] or [])
    left = list(expected)
    for diagnostic in found:
        match = next((word for word in left if _meets(word, diagnostic, report)), None)
        if match is None:
            what = f"{diagnostic.anchor} «{_at(diagnostic, report)}» {diagnostic.message}"
            return f"不应有而有 / unexpected: {what}"
        left.remove(match)
    return crash or (f"应有而没有 / not found: {left[0]}" if left else "")


def _meets(word: str, diagnostic: Diagnostic, report: Report) -> bool:
    if word.startswith("«"):
        return squeeze(word.strip("«»")) == squeeze(_at(diagnostic, report))
    return word == diagnostic.anchor


def _at(diagnostic: Diagnostic, report: Report) -> str:
    return report.source.text[diagnostic.span.start : diagnostic.span.end]


def lint_example(ruleset: Ruleset, rule: Rule, example: Mapping[str, Any], *, lang: str = "zh") -> Report:
    """The report of an example under its rule alone.

    Raises:
        GiroLintError: for an example that cannot be built.

    """
    suppress = tuple(Suppression(**item) for item in example.get("suppress") or ())
    chosen = () if rule.kind == "engine" else (rule.id,)
    config = Config(
        select=chosen,
        year=int(example["year"]) if "year" in example else None,
        edition=example.get("edition"),
        body_kind=example.get("body_kind"),
        suppress=suppress,
        deadline=example.get("deadline") or "",
        lang=lang,
    )
    plan = make_plan(ruleset, config)
    if "hex" in example:
        return lint_bytes(bytes.fromhex(example["hex"]), path=example.get("path", "example.txt"), plan=plan)
    return lint_bytes(
        build_example(ruleset, example).encode("utf-8"), path=example.get("path", "example.txt"), plan=plan
    )


def build_example(ruleset: Ruleset, example: Mapping[str, Any]) -> str:
    """The text of an example.

    Raises:
        GiroLintError: for an unknown base, a place that is not there, or a text that does not occur exactly once.

    """
    if "text" in example:
        return str(example["text"])
    base = example.get("base", "")
    if base not in ruleset.bases:
        raise GiroLintError(unknown_of_few("基准报告", "base", base, ruleset.bases))
    text = ruleset.bases[base]
    document = document_of(Source(text), make_plan(ruleset, Config()))
    edits: list[tuple[Span, str]] = [(_cell(document, place), new) for place, new in (example.get("set") or {}).items()]
    for place in example.get("delete") or ():
        edits += [(span, "") for span in _parts(document, place)]
    for old, new in (example.get("replace") or {}).items():
        if text.count(old) != 1:
            times = text.count(old)
            raise GiroLintError(
                f"{old!r} 在 {base} 中出现 {times} 次，应恰好一次 / {old!r} occurs {times} times in {base}, not once"
            )
        at = text.index(old)
        edits.append((Span(at, at + len(old)), new or ""))
    for span, new in sorted(edits, key=lambda edit: edit[0], reverse=True):
        text = text[: span.start] + new + text[span.end :]
    return text


def _cell(document: Document, place: str) -> Span:
    parts = place.split("/")
    table = document.tables.get(parts[0])
    cell = table.cells.get((parts[1], parts[2])) if table and len(parts) == 3 else None
    if cell is None:
        raise GiroLintError(f"没有单元格 {place!r} / there is no cell {place!r}")
    return Span(cell.start, cell.end)


def _parts(document: Document, place: str) -> list[Span]:
    """The stretches that make up a section, a table, a row or a column."""
    parts = place.split("/")
    if parts[0] == "section":
        section = document.section(parts[1])
        if section is None:
            raise GiroLintError(f"没有章节 {parts[1]!r} / there is no section {parts[1]!r}")
        following = [other.start for other in document.sections if other.start > section.start]
        return [Span(section.start, min(following, default=section.end))]
    table = document.tables.get(parts[0])
    if table is None:
        raise GiroLintError(f"没有表格 {parts[0]!r} / there is no table {parts[0]!r}")
    if len(parts) == 1:
        return [Span(table.start, table.end)]
    if parts[1] == "*":
        spans = [Span(cell.start - 1, cell.end + 1) for (_, column), cell in table.cells.items() if column == parts[2]]
        header = table.columns[parts[2]]
        return [*spans, Span(header.start - 1, header.end + 1)]
    label = table.rows.get(parts[1]) or table.columns.get(parts[1])
    if label is None:
        raise GiroLintError(f"没有行 {place!r} / there is no row {place!r}")
    rows = [row for block in parse_blocks(document.source.text) if isinstance(block, Grid) for row in block.rows]
    row = next(row for row in rows if row.start <= label.start < row.end)
    if len(parts) == 3 and parts[2] == "cells":
        return [Span(cell.start - 1, cell.end + 1) for (key, _), cell in table.cells.items() if key == parts[1]][-1:]
    return [Span(row.start, row.end)]
