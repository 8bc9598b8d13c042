"""Writes what the documentation takes from the program: a page a rule under ``docs/rules/``, their index, the command line."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))
from giro_lint.cli.options import build_parser
from giro_lint.explain import describe_example, shortest_example
from giro_lint.ruleset.builtin import builtin_with_examples
from giro_lint.ruleset.rules import Rule

OUT = Path(__file__).parent / "rules"
FAMILIES = {
    "DOC": "The document and its sections 文件和章节",
    "HDG": "Title and headings 标题",
    "CNT": "Content of the sections 内容",
    "ART": "The table of Article 20 clauses 第二十条各项",
    "TBL": "Shape of the tables 表格结构",
    "CEL": "Cell values 单元格",
    "SUM": "Sums 合计",
    "BAL": "Balance 平衡",
    "NVT": "Narrative against tables 正文与表格",
    "DAT": "Dates and years 日期和年度",
    "CON": "Preamble and contact 依据和联系方式",
    "SIG": "Signature 落款",
    "TYP": "Typography and wording 文字和标点",
    "LNT": "The linter's own 工具自身",
}


def page(rule: Rule) -> str:
    """The page of a rule, in both languages."""
    parts = [f"({rule.id})=\n# {rule.id} {rule.name}\n"]
    kinds = f" · {', '.join(rule.body_kinds)}" if rule.body_kinds else ""
    parts.append(f"`{rule.severity.value}` · `{rule.tier}` · {' / '.join(rule.editions)} · kind `{rule.kind}`{kinds}\n")
    for lang, words in (
        ("zh", ("检查什么", "为什么", "依据", "怎样修改", "会指出的例子", "不会指出的例子")),
        ("en", ("What it checks", "Why", "Basis", "How to mend it", "Fails", "Passes")),
    ):
        says = "\n".join(f"- {_code(texts[lang])}" for texts in rule.messages.values())
        parts.append(f"## {words[0]}\n\n{says}\n\n## {words[1]}\n\n{_safe(rule.why[lang])}\n")
        if rule.basis[lang]:
            parts.append(f"## {words[2]}\n\n{_safe(rule.basis[lang])}\n")
        parts.append(f"## {words[3]}\n\n{_safe(rule.remedy[lang])}\n")
        for title, wanted in ((words[4], True), (words[5], False)):
            example = shortest_example(rule, finds=wanted)
            if example is not None:
                parts.append(f"## {title}\n\n````text\n{describe_example(example, lang)}````\n")
    return "\n".join(parts)


def _safe(text: str) -> str:
    for mark in "\\`*_<>[]{}$":
        text = text.replace(mark, "\\" + mark)
    return text


def _code(text: str) -> str:
    return f"`` {text} ``" if "`" in text else f"`{text}`"


def command_line() -> str:
    """The reference of every command, from its parser."""
    parser = build_parser()
    parts = ["# Command line\n", f"{parser.description}\n"]
    for action in parser._actions:  # noqa: SLF001  argparse has no other way to its commands
        if not isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            continue
        said = {choice.dest: choice.help or "" for choice in action._choices_actions}  # noqa: SLF001
        for name, command in action.choices.items():
            parts.append(f"## giro-lint {name}\n\n{_safe(said[name])}\n\n| argument | meaning |\n|---|---|")
            parts += [_argument(each) for each in command._actions if each.dest != "help"]  # noqa: SLF001
            parts.append("")
    return "\n".join(parts)


def _argument(action: argparse.Action) -> str:
    value = action.metavar or ("\\|".join(map(str, action.choices)) if action.choices else action.dest.upper())
    name = ", ".join(action.option_strings)
    takes = "" if action.nargs == 0 else f" {value}" if name else str(value)
    return f"| `{name}{takes}` | {_safe(action.help or '')} |"


def main() -> None:
    """Write all pages; pages of rules that are gone are removed."""
    (OUT.parent / "command-line.md").write_text(command_line(), encoding="utf-8")
    ruleset = builtin_with_examples()
    OUT.mkdir(exist_ok=True)
    for old in OUT.glob("*.md"):
        old.unlink()
    for rule in ruleset.rules:
        (OUT / f"{rule.id}.md").write_text(page(rule), encoding="utf-8")
    lines = ["# Rules\n", "`giro-lint rules` prints the same list, `giro-lint explain RULE` the same pages.\n"]
    for family, title in FAMILIES.items():
        rules = [rule for rule in ruleset.rules if rule.id.startswith(family)]
        if rules:
            lines.append(f"## {family}: {title}\n")
            lines.append("| rule | name | severity | tier | editions |\n|---|---|---|---|---|")
            lines += [
                f"| [{r.id}]({r.id}.md) | {r.name} | {r.severity.value} | {r.tier} | {', '.join(r.editions)} |"
                for r in rules
            ]
            lines.append("")
    toc = "\n".join(rule.id for rule in ruleset.rules)
    lines.append(f"```{{toctree}}\n:hidden:\n\n{toc}\n```\n")
    (OUT / "index.md").write_text("\n".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
