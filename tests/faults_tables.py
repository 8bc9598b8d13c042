"""Faults in the shape of tables: rows, columns, labels. May import: planting, builder, hypothesis."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st

from builder import Marks, ReportSpec, render_text_with_map
from form_labels import outcome_rows
from planting import APPLICANTS, Planted, edited, planter, replaced


def _rows(text: str, marks: Marks, spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The typed row, its blank line included, that each span lies in."""
    for start, _ in spans:
        begin = text.rfind("\n\n", 0, start)
        begin = max(begin + 2, text.rfind("\n", 0, text.rfind("情况\n", 0, start) + 3) + 1) if begin >= 0 else 0
        end = text.find("\n\n", start)
        yield begin, end + 2


@planter
def missing_row(spec: ReportSpec, data: Any) -> Planted:
    text, marks = render_text_with_map(spec)
    row = data.draw(
        st.sampled_from(
            [r for r in outcome_rows(spec.edition) if r not in {"granted", "no_supplement", "other_handling"}]
        )
    )
    rule = "TBL002" if spec.edition == "2019" else "TBL003"
    (span,) = _rows(text, marks, [marks["row", "applications", row]])
    heads = {"secret": "（三）不予公开", "not_held": "（四）无法提供", "petition": "（五）不予处理"}
    kept = f"\t\n\t{heads[row]}\n\n" if row in heads else ""
    return Planted(edited(text, span, kept), (rule,), None, ("TBL006",))


@planter
def missing_column(spec: ReportSpec, data: Any) -> Planted:
    text, marks = render_text_with_map(spec)
    column = data.draw(st.sampled_from(APPLICANTS[1:-1]))
    label = {"business": "商业企业", "research": "科研机构", "welfare": "社会公益组织", "legal": "法律服务机构"}[column]
    spans = [span for name, span in marks.items() if len(name) == 3 and name[0] == "applications" and name[2] == column]
    at = text.index(f"\t{label}\n")
    for start, end in sorted([*spans, (at + 1, at + 1 + len(label))], reverse=True):
        text = edited(text, (start - 1, end + 1), "")
    return Planted(text, ("TBL001",), None, ("NVT",))


@planter
def missing_clause(spec: ReportSpec, data: Any) -> Planted:
    text, marks = render_text_with_map(spec)
    clauses = [name[1] for name in marks if name[0] == "clause"]
    clause = data.draw(st.sampled_from(clauses[1:]))
    start = marks["clause", clause][0] - 1
    later = [span[0] - 1 for name, span in marks.items() if name[0] == "clause" and span[0] > start + 1]
    end = min(later, default=marks["section", "applications"][0])
    return Planted(edited(text, (start, end), ""), ("ART001" if spec.edition == "2019" else "ART002",), None, ("NVT",))


@planter
def missing_clause_row(spec: ReportSpec, _: Any) -> Planted:
    text, marks = render_text_with_map(spec)
    (span,) = _rows(text, marks, [marks["row", "proactive", "compulsion"]])
    return Planted(edited(text, span, ""), ("ART004",))


@planter
def damaged_label(spec: ReportSpec, data: Any) -> Planted | None:
    old, new = data.draw(
        st.sampled_from(
            (
                ("其他法律行政法规禁止公开", "其他法律行政止公开"),
                ("属于行政执法案卷", "属于行政执法卷"),
                ("补正后申请内容仍不明确", "补正后申请仍不明"),
                ("本机关不掌握相关政府信息", "本机关不掌握相关信息"),
            )
        )
    )
    return replaced(spec, old, new, "TBL005")


@planter
def corner_left_out(spec: ReportSpec, _: Any) -> Planted | None:
    return replaced(spec, "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", "", "TBL007")


@planter
def wrong_edition(spec: ReportSpec, _: Any) -> Planted | None:
    if spec.edition != "2019":
        return None
    text, _ = render_text_with_map(spec)
    years = {spec.year - 1: 2022, spec.year: 2023, spec.year + 1: 2024}
    moved = re.sub(r"20[12]\d(?=年)", lambda m: str(years.get(int(m.group()), int(m.group()))), text)
    return Planted(
        moved, ("DOC013",), None, ("DOC014", "CNT010", "CNT002", "TBL004", "NVT020", "CNT011", "DAT007", "DAT008")
    )
