"""Faults in the title, the dates, the contact fields, the signature and the narrative. May import: planting, builder, hypothesis."""

from __future__ import annotations

import re
from typing import Any

import attrs
from hypothesis import strategies as st

from builder import ReportSpec, render_text_with_map
from planting import Planted, edited, planter, replaced, section_span


@planter
def title_without_work(spec: ReportSpec, _: Any) -> Planted | None:
    return replaced(spec, "政府信息公开工作年度报告", "政府信息公开年度报告", "HDG001", also=("DOC022",))


@planter
def title_year_doubled(spec: ReportSpec, _: Any) -> Planted | None:
    return replaced(spec, f"{spec.year}年政府信息公开", f"{spec.year}年度政府信息公开", "HDG003", also=("DOC022",))


@planter
def title_without_year(spec: ReportSpec, _: Any) -> Planted | None:
    return replaced(spec, f"{spec.year}年政府信息公开", "政府信息公开", "HDG002", also=("DOC022",))


@planter
def wrong_title_year(spec: ReportSpec, _: Any) -> Planted | None:
    other = spec.year + 1 if spec.year != 2020 else 2019
    also = ("DAT", "NVT", "DOC022", "CNT019")
    planted = replaced(spec, f"{spec.year}年政府信息公开", f"{other}年政府信息公开", "DAT002", "DAT003", also=also)
    return planted and attrs.evolve(planted, at=None)


@planter
def period_of_another_year(spec: ReportSpec, _: Any) -> Planted:
    text, marks = render_text_with_map(
        attrs.evolve(spec, period=spec.period.replace(str(spec.year), str(spec.year - 1)))
    )
    return Planted(text, ("DAT002",), marks["period",])


@planter
def period_too_short(spec: ReportSpec, _: Any) -> Planted:
    text, marks = render_text_with_map(attrs.evolve(spec, period=spec.period.replace("12月31日", "11月30日")))
    return Planted(text, ("DAT001",), marks["period",])


@planter
def impossible_date(spec: ReportSpec, data: Any) -> Planted:
    text, marks = render_text_with_map(
        attrs.evolve(
            spec, date=f"{spec.year + 1}年{data.draw(st.sampled_from(('2月30日', '13月2日', '4月31日', '1月32日')))}"
        )
    )
    return Planted(text, ("DAT010",), marks["date",])


@planter
def date_in_the_report_year(spec: ReportSpec, _: Any) -> Planted:
    text, marks = render_text_with_map(attrs.evolve(spec, date=f"{spec.year}年1月20日"))
    return Planted(text, ("DAT006",), marks["date",])


@planter
def late_date(spec: ReportSpec, _: Any) -> Planted | None:
    text, marks = render_text_with_map(attrs.evolve(spec, date=f"{spec.year + 1}年4月18日"))
    if spec.kind in {"township", "subdistrict"}:
        return None
    return Planted(text, ("DAT007", "DAT008"), marks["date",])


@planter
def dotted_date(spec: ReportSpec, _: Any) -> Planted:
    text, marks = render_text_with_map(attrs.evolve(spec, date=f"{spec.year + 1}.1.18"))
    return Planted(text, ("DAT011",), marks["date",])


@planter
def phone_with_too_few_digits(spec: ReportSpec, _: Any) -> Planted:
    text, marks = render_text_with_map(attrs.evolve(spec, phone="0579-80123"))
    return Planted(text, ("CON004",), marks["phone",])


@planter
def phone_without_area_code(spec: ReportSpec, _: Any) -> Planted:
    text, marks = render_text_with_map(attrs.evolve(spec, phone="80012345"))
    return Planted(text, ("CON003",), marks["phone",])


@planter
def short_postcode(spec: ReportSpec, _: Any) -> Planted:
    text, marks = render_text_with_map(attrs.evolve(spec, postcode="32145"))
    return Planted(text, ("CON002",), marks["postcode",])


@planter
def another_body_signs(spec: ReportSpec, _: Any) -> Planted:
    text, marks = render_text_with_map(attrs.evolve(spec, signature="望川县林业局"))
    return Planted(text, ("SIG003", "SIG006"), marks["signature",], ("HDG005",))


@planter
def no_signature(spec: ReportSpec, _: Any) -> Planted:
    text, marks = render_text_with_map(spec)
    return Planted(text[: marks["signature",][0]], ("SIG001",), None, ("SIG002",))


def _narrated(spec: ReportSpec, number: int, word: str) -> re.Match[str] | None:
    text, _ = render_text_with_map(spec)
    return re.search(rf"{word}(?:共|共计|总数为?|数为?)?(?P<n>{number})件", text)


@planter
def narrative_contradicts_new(spec: ReportSpec, _: Any) -> Planted | None:
    new = spec.number("applications", "new")
    found = _narrated(spec, new, "(?:收到|接到|受理)(?:的)?(?:政府|政务)?信息公开申请")
    if not new or found is None:
        return None
    text, _ = render_text_with_map(spec)
    return Planted(
        edited(text, found.span("n"), str(new + 137)), ("NVT001",), (found.start("n"), found.start("n") + 3), ("NVT",)
    )


@planter
def narrative_says_none(spec: ReportSpec, _: Any) -> Planted | None:
    if not spec.number("applications", "new"):
        return None
    whose = "全县" if spec.kind == "government" else ""  # else it may speak of the government's own office
    aspects = [
        a if i != 1 else attrs.evolve(a, paragraphs=(f"本年度{whose}未收到政府信息公开申请。",))
        for i, a in enumerate(spec.aspects)
    ]
    text, _ = render_text_with_map(attrs.evolve(spec, aspects=tuple(aspects)))
    return Planted(text, ("NVT002",), None, ("NVT012", "CNT005"))


@planter
def half_width_comma(spec: ReportSpec, _: Any) -> Planted | None:
    text, marks = render_text_with_map(spec)
    start, end = section_span(marks, text, "problems")
    at = text.find("，", start, end)
    return Planted(edited(text, (at, at + 1), ","), ("TYP001",), (at, at + 1)) if at >= 0 else None


@planter
def doubled_stop(spec: ReportSpec, _: Any) -> Planted | None:
    text, marks = render_text_with_map(spec)
    at = text.index("。", section_span(marks, text, "problems")[0])
    return Planted(edited(text, (at, at + 1), "。。"), ("TYP004",), (at, at + 2))


@planter
def wrong_word(spec: ReportSpec, _: Any) -> Planted:
    text, _ = render_text_with_map(
        attrs.evolve(spec, other=(*spec.other[:-1], spec.other[-1].rstrip("。") + "，除此以外没有其它情况。"))
    )
    at = text.rindex("其它")
    return Planted(text, ("TYP012",), (at, at + 2))


@planter
def markup_residue(spec: ReportSpec, data: Any) -> Planted:
    residue = data.draw(st.sampled_from(("[bookmark: _GoBack]", "&nbsp;", "错误!未找到引用源。", "<br/>")))
    text, _ = render_text_with_map(attrs.evolve(spec, other=(residue + spec.other[0], *spec.other[1:])))
    at = text.index(residue)
    return Planted(text, ("DOC017",), (at, at + len(residue)), ("TYP001",))
