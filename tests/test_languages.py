"""Whatever a user can see is said in Chinese and English: errors, words by language, help, the messages that checks ask for."""

import argparse
import ast
import itertools
import re
from collections import defaultdict
from pathlib import Path

import pytest

from giro_lint import Config, lint_text
from giro_lint.checks.kinds import evaluators
from giro_lint.cli.options import build_parser
from giro_lint.cli.refusals import refusal
from giro_lint.engine import _Stamp
from giro_lint.examples import lint_example
from giro_lint.grammar.formula import _EXPECTED, parse_formula
from giro_lint.model.errors import GiroLintError
from giro_lint.ruleset.builtin import builtin_with_examples
from giro_lint.ruleset.rules import Ruleset
from messages import HAN, HOME, UNREADABLE, Sources, name_of, package, problem_of
from shared import ROOT


def changed(changes):
    """The same with a text replaced in some modules."""
    modules = package()
    for name, (old, new) in changes.items():
        assert old in modules[name], name
        modules[name] = modules[name].replace(old, new)
    return modules


@pytest.fixture(scope="module")
def sources():
    """The sources of giro-lint."""
    return Sources(package())


def test_every_error_is_in_both_languages(sources):
    assert sources.check_sinks() == []
    assert len([text for text in sources.found if HAN.search(text)]) > 100, "the texts of errors were found"


def test_words_by_language_have_the_same_keys_and_placeholders(sources):
    assert sources.check_words() == []


CHANGES = {
    "settings/shape.py": ("应为列表 / a list is expected", "a list is expected"),
    "settings/load.py": ("overrides: 应为列表 / a list is expected", "overrides: a list is expected"),
    "ruleset/load.py": ("规则缺少 {key!r} / the rule lacks {key!r}", "the rule lacks {key!r}"),
    "ruleset/regexes.py": ("正则表达式最多 4000 个字符 / a regular", "a regular"),
    "ruleset/fields.py": ("应为算式 / a formula is expected", "应为算式"),
    "grammar/formula.py": ("算式最多 {_LONGEST} 个字符 / ", ""),
    "cli/mend.py": ("没有改动；请先另存为 .docx，再用 --fix --track / ", ""),
    "cli/setup.py": ("语言（回车：zh） / language (enter: zh): ", "language (enter: zh): "),
    "examples.py": ("应有而没有 / not found: ", "not found: "),
    "model/errors.py": ("没有{chinese} {word!r}，可用：{listed} / ", ""),
    "reading/media.py": ("行 / lines", "lines"),
    "cli/refusals.py": ("{name}用法不对 / {name}{message}", "wrong use of {name}: {message}"),
}


def test_a_message_in_one_language_is_found():
    problems = Sources(changed(CHANGES)).check_sinks()
    assert {problem.partition(":")[0] for problem in problems} == set(CHANGES)


WRONG_WORDS = {
    "cli/annotate.py": ("{target}: {count} comment(s).", "{target}: comments."),
    "cli/check.py": ("改正 {mending.count} 处。", "改正了。"),
    "cli/mend.py": ('("这里是域的结果", "the place is the result of a field")', '("这里是域的结果", "")'),
    "explain.py": ('"same": "nothing is changed",', ""),
    "lsp/translate.py": ('"more": "规则说明"', '"more": "the rule"'),
    "settings/apply.py": ("unknown_of_few('规则组合', 'profile'", "unknown_of_few('profile', '规则组合'"),
}


def test_words_that_are_not_the_same_are_found():
    problems = Sources(changed(WRONG_WORDS)).check_words()
    assert {problem.partition(":")[0] for problem in problems} == set(WRONG_WORDS)


def parsers():
    """The parser of the program, and that of each command."""
    parser = build_parser()
    commands = next(action for action in parser._actions if isinstance(action, argparse._SubParsersAction))
    return {"": parser, **commands.choices}, {each.dest: each.help for each in commands._choices_actions}


def test_help_is_in_both_languages():
    every, commands = parsers()
    for name, parser in every.items():
        for action in parser._actions:
            if not isinstance(action, argparse._SubParsersAction):
                assert action.help, (name, action.dest)
                assert problem_of(action.help) == "", (name, action.dest)
        assert problem_of(parser.description) == ""
        for line in parser.format_help().splitlines():
            assert not re.match(r"usage:|options:|positional arguments:", line), (name, line)
    assert [words for words in commands.values() if problem_of(words)] == []


@pytest.mark.parametrize(
    "arguments",
    [
        "",
        "chek",
        "README.md",
        "check --formt json",
        "check --format",
        "check --quiet=3",
        "check --fail-on bad",
        "check --jobs many",
        "check --year soon",
        "check --lang",
        "explain",
        "explain SUM001 SUM002",
        "explain SUM001 --colour",
        "schema",
        "schema reports",
        "baseline",
        "baseline wirte",
        "config show",
        "completion ksh",
    ],
)
def test_a_wrong_command_line_is_told_in_both_languages(arguments, capsys, monkeypatch):
    monkeypatch.chdir(ROOT)
    words = arguments.split()
    with pytest.raises(SystemExit):
        build_parser(words[0] if words else "").parse_args(words)
    said, hint = capsys.readouterr().err.removeprefix("giro-lint: ").splitlines()
    assert problem_of(said) == ""
    assert "用法不对" not in said, "said in so many words, not in general ones"
    assert hint.startswith("giro-lint")


def test_what_argparse_may_say_in_later_versions_is_told_as_well():
    assert refusal("something new") == "用法不对 / something new"
    assert refusal("argument --jobs: something new") == "--jobs 用法不对 / --jobs something new"
    said = "argument COMMAND: invalid choice: 'chek', maybe you meant 'check'? (choose from check, explain)"
    assert refusal(said) == "没有命令 'chek'，是否指 'check'？ / unknown command 'chek'; did you mean 'check'?"


def test_wrong_formulas_are_told_in_both_languages():
    pieces = ("new", "2", "*", "+", "=", "sum(", ")", "and", ".", "?", "-")
    said = set()
    for words in itertools.product(pieces, repeat=3):
        try:
            parse_formula(" ".join(words))
        except ValueError as problem:
            said.add(str(problem))
    assert [message for message in said if problem_of(message)] == []
    wanted = {message.rpartition("expected ")[2] for message in said}
    assert wanted <= set(_EXPECTED)
    assert len(wanted) > 2


def test_what_checks_ask_for_has_a_message(sources):
    """Variants and notes that stand in a check as texts, in some rule of the kinds that the module evaluates."""
    kinds = defaultdict(set)
    for kind, check in evaluators().items():
        kinds[Path(check.__code__.co_filename).relative_to(HOME).as_posix()].add(kind)
    rules = Ruleset.builtin().rules
    asked = 0
    for module, mine in kinds.items():
        variants = variants_in(sources, module)
        asked += len(variants)
        known = {key for rule in rules if rule.kind in mine for key in rule.messages} | {""}
        assert variants <= known, module
        noted = {key for rule in rules if rule.kind in mine for key in rule.related}
        assert related_in(sources, module) <= noted, module
    assert asked > 20, "variants were found"
    reasons = {
        text
        for call in sources.calls
        if name_of(call.func) in UNREADABLE and call.args
        for text in constants(sources, call.args[0])
    }
    assert len(reasons) > 10
    unreadable = next(rule for rule in rules if rule.id == "DOC000")
    assert reasons <= set(unreadable.messages)


def variants_in(sources, module):
    """The variants of findings that a module names."""
    found = set()
    for call in sources.calls:
        if call.home[0] == module and name_of(call.func) == "Finding":
            given = [keyword.value for keyword in call.keywords if keyword.arg == "variant"] + call.args[3:4]
            found |= {text for value in given for text in constants(sources, value)}
    return found


def related_in(sources, module):
    """The keys of related places that a module names: triples of a place, a key and data."""
    return {
        node.elts[1].value
        for node in sources.tuples
        if node.home[0] == module
        and len(node.elts) == 3
        and isinstance(node.elts[1], ast.Constant)
        and isinstance(node.elts[1].value, str)
        and isinstance(node.elts[2], ast.Dict | ast.Name | ast.Call)
        and isinstance(node.elts[0], ast.Call | ast.Attribute | ast.Name | ast.Subscript)
    }


def constants(sources, node):
    """The texts that an expression can be, as far as they stand in the source."""
    if isinstance(node, ast.Constant):
        return {node.value} if isinstance(node.value, str) else set()
    if isinstance(node, ast.IfExp):
        return constants(sources, node.body) | constants(sources, node.orelse)
    if isinstance(node, ast.Name):
        module, function = node.home
        values = sources.values_of(node.id, module, function)
        return {text for value in values for text in constants(sources, value)}
    if isinstance(node, ast.Call):
        made = sources.functions.get(name_of(node.func), ())
        returned = [n.value for f in made for n in ast.walk(f) if isinstance(n, ast.Return) and n.value is not None]
        return {text for value in returned for text in constants(sources, value)}
    return set()


def test_every_note_of_a_table_has_a_message():
    for rule in Ruleset.builtin().rules:
        if rule.kind == "table":
            assert "" in rule.messages or set(rule.options.notes) <= set(rule.messages), rule.id


def test_no_example_falls_back_to_another_message(monkeypatch):
    """A variant without a message is said with the usual one, a note without words as its key; no rule relies on the latter."""
    wrong = []
    stamp = _Stamp.diagnostic

    def watched(self, rule, finding):
        if finding.variant not in rule.messages and "" not in rule.messages:
            wrong.append((rule.id, finding.variant))
        wrong.extend((rule.id, key) for _, key, _ in finding.related if key not in rule.related)
        made = stamp(self, rule, finding)
        if re.search(r"\{[a-z_]+\}", made.message):
            wrong.append((rule.id, made.message))
        return made

    monkeypatch.setattr(_Stamp, "diagnostic", watched)
    ruleset = builtin_with_examples()
    for rule in ruleset.rules:
        for example in rule.examples:
            if example.get("finds"):
                lint_example(ruleset, rule, example, lang="en")
    assert wrong == []


def test_errors_of_the_library_are_in_both_languages():
    for options in (
        {"profile": "tight"},
        {"select": ("NOPE",)},
        {"edition": "1999"},
        {"severities": {"SUM001": "loud"}},
    ):
        with pytest.raises(GiroLintError) as caught:
            lint_text("", config=Config(**options))
        assert problem_of(str(caught.value)) == ""
