"""The commands that tell of rules and reports without linting: explain, rules, extract, test-rules, schema.

May import: everything below.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence

from giro_lint.model.errors import GiroLintError, ReadError
from giro_lint.ruleset.builtin import builtin_with_examples, user_ruleset
from giro_lint.ruleset.rules import Ruleset


def _with_examples(own: Sequence[str]) -> Ruleset:
    ruleset = builtin_with_examples()
    for path in own:
        ruleset += user_ruleset(path)
    return ruleset


def run_explain(options: argparse.Namespace) -> int:
    """Print the page of a rule."""
    from giro_lint.explain import explain_rule

    ruleset = _with_examples(options.own_rules)
    word = options.rule
    sys.stdout.write(explain_rule(ruleset, ruleset.get(word.upper() if word[-1:].isdecimal() else word), options.lang))
    return 0


def run_rules(options: argparse.Namespace) -> int:
    """List the rules as a table or as JSON."""
    ruleset = _with_examples(options.own_rules)
    if options.format == "json":
        data = [
            {
                "id": rule.id,
                "name": rule.name,
                "kind": rule.kind,
                "tier": rule.tier,
                "severity": rule.severity.value,
                "editions": list(rule.editions),
                "basis": rule.basis[options.lang],
                "why": rule.why[options.lang],
                "remedy": rule.remedy[options.lang],
                "url": rule.url,
            }
            for rule in ruleset.rules
        ]
        sys.stdout.write(json.dumps(data, ensure_ascii=False, indent=2) + "\n")
        return 0
    for rule in ruleset.rules:
        first = rule.why[options.lang].split("。")[0].split(". ")[0].rstrip(".")
        sys.stdout.write(
            f"{rule.id}  {rule.severity.value:7}  {'/'.join(rule.editions):9}  {rule.tier:8}  {rule.name:34}  {first}\n"
        )
    return 0


def run_extract(options: argparse.Namespace) -> int:
    """Print a report as data."""
    from giro_lint.api import lint_bytes, lint_file, plan_for, read_file
    from giro_lint.config import Config
    from giro_lint.engine import document_of
    from giro_lint.extract import document_csv, document_data, document_text
    from giro_lint.reading.media import read_source

    plan = plan_for(None, Config(lang=options.lang))
    name = options.stdin_filename if options.path == "-" else options.path
    data = None
    try:
        data = sys.stdin.buffer.read() if options.path == "-" else read_file(name)
        source = read_source(data, name)
    except ReadError:
        report = lint_file(name, plan=plan) if data is None else lint_bytes(data, path=name, plan=plan)
        raise GiroLintError("; ".join(f"{name}: {d.rule} {d.message}" for d in report.diagnostics)) from None
    document = document_of(source, plan)
    if options.format == "json":
        sys.stdout.write(json.dumps(document_data(document), ensure_ascii=False, indent=2) + "\n")
    else:
        sys.stdout.write(document_csv(document) if options.format == "csv" else document_text(document))
    return 0


def run_test_rules(options: argparse.Namespace) -> int:
    """Run the examples of the built-in rules or of the user's own."""
    from giro_lint.examples import run_examples

    builtin = builtin_with_examples()
    count = bad = 0
    own = [user_ruleset(path) for path in options.path]
    chosen = [rule for ruleset in own for rule in ruleset.rules] or list(builtin.rules)
    ruleset = builtin
    for extra in own:
        ruleset += extra
    for result in run_examples(ruleset, tuple(chosen)):
        count += 1
        if result.problem:
            bad += 1
            sys.stdout.write(f"{result.rule} #{result.number}: {result.problem}\n")
    words = {
        "zh": "{rules} 条规则，{count} 个示例，{bad} 个不符。\n",
        "en": "{rules} rules, {count} examples, {bad} do not hold.\n",
    }
    sys.stdout.write(words[options.lang].format(rules=len(chosen), count=count, bad=bad))
    return int(bad > 0)


def run_schema(options: argparse.Namespace) -> int:
    """Print a JSON schema."""
    from giro_lint.schema import report_schema, rules_schema
    from giro_lint.settings.shape import config_schema

    schema = {"report": report_schema, "rules": rules_schema, "config": config_schema}[options.name]()
    sys.stdout.write(json.dumps(schema, ensure_ascii=False, indent=2) + "\n")
    return 0
