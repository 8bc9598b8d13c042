"""The words for severities and families of rules in both languages. May import: model."""

from __future__ import annotations

from collections.abc import Mapping

from giro_lint.model.diagnostic import Severity

SEVERITIES: Mapping[str, Mapping[Severity, str]] = {
    "zh": {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.INFO: "提示"},
    "en": {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "info"},
}
"""Severities by language."""

FAMILIES: Mapping[str, Mapping[str, str]] = {
    "zh": {
        "DOC": "文件和章节",
        "HDG": "标题",
        "CNT": "内容",
        "ART": "第二十条各项",
        "TBL": "表格结构",
        "CEL": "单元格",
        "SUM": "合计",
        "BAL": "收支平衡",
        "NVT": "正文与表格",
        "DAT": "日期和年度",
        "CON": "依据和联系方式",
        "SIG": "落款",
        "TYP": "文字和标点",
        "XYR": "跨年度",
        "LNT": "工具自身",
    },
    "en": {
        "DOC": "Document and sections",
        "HDG": "Title and headings",
        "CNT": "Content of the sections",
        "ART": "Clauses of Article 20",
        "TBL": "Shape of the tables",
        "CEL": "Cell values",
        "SUM": "Sums",
        "BAL": "Balance",
        "NVT": "Narrative against tables",
        "DAT": "Dates and years",
        "CON": "Preamble and contact",
        "SIG": "Signature",
        "TYP": "Typography and wording",
        "XYR": "Across years",
        "LNT": "The linter's own",
    },
}
"""What the families of built-in rules are about, by the first three letters of an id."""


def family(rule: str) -> str:
    """The family of a rule: the letters that its id begins with."""
    return rule.rstrip("0123456789").rstrip("-_")


def family_name(rule: str, lang: str) -> str:
    """What the family of a rule is about; the letters themselves for users' own rules."""
    letters = family(rule)
    return FAMILIES[lang].get(letters, letters)
