"""What a rule is about, for people. May import: examples, ruleset, model."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from giro_lint.examples import lint_example
from giro_lint.model.errors import GiroLintError
from giro_lint.ruleset.rules import Rule, Ruleset

_WORDS = {
    "zh": {
        "severity": "级别",
        "editions": "适用格式",
        "kinds": "适用机关",
        "what": "检查什么",
        "why": "为什么",
        "basis": "依据",
        "remedy": "怎样修改",
        "fails": "会指出的例子",
        "passes": "不会指出的例子",
        "of": "在完整的报告 {base} 中",
        "set": "单元格 {place} 改为“{new}”",
        "delete": "删去 {place}",
        "replace": "“{old}”改为“{new}”",
        "same": "不作改动",
        "text": "文本：{text}",
        "custom": "惯例，没有明文规定",
        "option": "检查时指定 {key}：{value}",
    },
    "en": {
        "severity": "Severity",
        "editions": "Editions",
        "kinds": "Kinds of body",
        "what": "What it checks",
        "why": "Why",
        "basis": "Basis",
        "remedy": "How to mend it",
        "fails": "An example that fails",
        "passes": "An example that passes",
        "of": "in the complete report {base}",
        "set": "cell {place} is “{new}”",
        "delete": "{place} is deleted",
        "replace": "“{old}” becomes “{new}”",
        "same": "nothing is changed",
        "text": "the text: {text}",
        "custom": "custom; no rule of law says so",
        "option": "with {key} set to {value}",
    },
}


def explain_rule(ruleset: Ruleset, rule: Rule, lang: str) -> str:
    """The page of a rule: what, why, basis, remedy, a failing and a passing example.

    Args:
        ruleset: the rules with their examples.
        rule: the rule.
        lang: ``zh`` or ``en``.

    Returns:
        Plain text.

    """
    words = _WORDS[lang]
    severities = "、".join(
        [rule.severity.value, *(f"{s.value}（{variant}）" for variant, s in rule.severities.items())]
    )
    parts = [
        f"{rule.id}  {rule.name}",
        f"{words['severity']}: {severities}    {words['editions']}: {'、'.join(rule.editions)}",
    ]
    if rule.body_kinds:
        parts[-1] += f"    {words['kinds']}: {'、'.join(rule.body_kinds)}"
    messages = "\n".join(f"  {texts[lang]}" for texts in rule.messages.values())
    parts += [
        f"{words['what']}\n{messages}",
        f"{words['why']}\n  {rule.why[lang]}",
        f"{words['basis']}\n  {rule.basis[lang] or words['custom']}",
        f"{words['remedy']}\n  {rule.remedy[lang]}",
    ]
    for key, wanted in (("fails", True), ("passes", False)):
        example = shortest_example(rule, finds=wanted)
        if example is not None:
            parts.append(f"{words[key]}\n{describe_example(example, lang)}{_outcome(ruleset, rule, example, lang)}")
    return "\n\n".join(parts) + "\n"


def shortest_example(rule: Rule, *, finds: bool) -> Mapping[str, Any] | None:
    """The example that is quickest to read, among those that the rule finds something in or among the others."""
    fitting = [example for example in rule.examples if bool(example.get("finds")) is finds]
    return min(fitting, key=lambda example: len(str(example)), default=None)


def describe_example(example: Mapping[str, Any], lang: str) -> str:
    """What an example changes in its clean report, a line a change."""
    words = _WORDS[lang]
    if "text" in example or "hex" in example:
        return (
            "  "
            + words["text"].format(
                text=str(example.get("text", example.get("hex")))[:200].strip().replace("\n", "\n    ")
            )
            + "\n"
        )
    lines = [words["set"].format(place=place, new=new or "") for place, new in (example.get("set") or {}).items()]
    lines += [words["delete"].format(place=place) for place in example.get("delete") or ()]
    lines += [
        words["replace"].format(old=_short(old), new=_short(new or ""))
        for old, new in (example.get("replace") or {}).items()
    ]
    lines += [
        words["option"].format(key=key, value=example[key])
        for key in ("year", "edition", "body_kind", "deadline")
        if key in example
    ]
    return (
        "  "
        + words["of"].format(base=example.get("base"))
        + "\n"
        + "".join(f"  - {line}\n" for line in lines or [words["same"]])
    )


def _short(text: str) -> str:
    plain = text.replace("\n", "⏎").replace("\t", "⇥")
    return plain if len(plain) <= 120 else plain[:117] + "…"


def _outcome(ruleset: Ruleset, rule: Rule, example: Mapping[str, Any], lang: str) -> str:
    """What the linter says of an example."""
    try:
        report = lint_example(ruleset, rule, example, lang=lang)
    except GiroLintError:
        return ""
    found = [d for d in report.diagnostics if d.rule == rule.id]
    return "".join(
        f"  {report.source.position(d.span.start)[0]}:{report.source.position(d.span.start)[1]} {d.severity.value} {d.message}\n"
        for d in found
    )
