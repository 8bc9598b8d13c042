"""Faults in the sections: missing, in another order, under other names, without content. May import: planting, builder, hypothesis."""

from __future__ import annotations

from typing import Any

import attrs
from hypothesis import strategies as st

from builder import ReportSpec, render_text_with_map
from planting import Planted, edited, planter, section_span

HEADINGS = {
    "overall": "一",
    "proactive": "二",
    "applications": "三",
    "litigation": "四",
    "problems": "五",
    "other": "六",
}


@planter
def missing_section(spec: ReportSpec, data: Any) -> Planted:
    text, marks = render_text_with_map(spec)
    key = data.draw(st.sampled_from(tuple(HEADINGS)))
    return Planted(edited(text, section_span(marks, text, key), ""), ("DOC001",), None, ("DOC020",))


@planter
def duplicated_section(spec: ReportSpec, data: Any) -> Planted:
    text, marks = render_text_with_map(spec)
    key = data.draw(st.sampled_from(("overall", "problems")))
    start, end = section_span(marks, text, key)
    return Planted(
        edited(text, (end, end), text[start:end]), ("DOC003",), (end, end + 3), ("HDG011", "CNT016", "DOC020", "TYP011")
    )


@planter
def renamed_section(spec: ReportSpec, data: Any) -> Planted:
    key, wording = data.draw(
        st.sampled_from(
            (
                ("overall", "一、概述"),
                ("problems", "五、存在的主要问题及改进措施"),
                ("other", "六、其他事项"),
                ("litigation", "四、行政复议、行政诉讼情况"),
            )
        )
    )
    text, marks = render_text_with_map(attrs.evolve(spec, headings={**spec.headings, key: wording}))
    return Planted(text, ("HDG008",), marks["section", key], ("DOC021",))


@planter
def misnumbered_section(spec: ReportSpec, data: Any) -> Planted:
    key = data.draw(st.sampled_from(tuple(HEADINGS)))
    number = data.draw(st.sampled_from([n for n in "一二三四五六七八" if n != HEADINGS[key]]))
    heading = number + spec.headings[key][1:]
    text, marks = render_text_with_map(attrs.evolve(spec, headings={**spec.headings, key: heading}))
    return Planted(text, ("HDG009",), marks["section", key], ("HDG011",))


@planter
def arabic_section_number(spec: ReportSpec, data: Any) -> Planted:
    key = data.draw(st.sampled_from(tuple(HEADINGS)))
    digit = list(HEADINGS).index(key) + 1
    heading = f"{digit}{data.draw(st.sampled_from('、.'))}{spec.headings[key][2:]}"
    text, marks = render_text_with_map(attrs.evolve(spec, headings={**spec.headings, key: heading}))
    return Planted(text, ("HDG010",), marks["section", key])


@planter
def swapped_sections(spec: ReportSpec, data: Any) -> Planted:
    text, marks = render_text_with_map(spec)
    one, two = data.draw(
        st.sampled_from(
            (
                ("proactive", "applications"),
                ("applications", "litigation"),
                ("litigation", "problems"),
                ("overall", "proactive"),
            )
        )
    )
    first, second = section_span(marks, text, one), section_span(marks, text, two)
    return Planted(text[: first[0]] + text[slice(*second)] + text[slice(*first)] + text[second[1] :], ("DOC002",))


@planter
def extra_section(spec: ReportSpec, _: Any) -> Planted:
    text, marks = render_text_with_map(spec)
    at = marks["signature",][0]
    while text[at - 1] == "\n":
        at -= 1
    return Planted(
        edited(text, (at, at), "\n七、下一步工作打算\n下一年将继续做好有关工作，认真落实各项要求。"),
        ("DOC004",),
        (at + 1, at + 10),
        ("DOC020",),
    )


@planter
def promoted_aspect(spec: ReportSpec, _: Any) -> Planted | None:
    text, marks = render_text_with_map(spec)
    spans = sorted(span for name, span in marks.items() if name[:2] == ("heading", "overall"))
    start, end = spans[4]
    return Planted(
        edited(text, (start, end), "二、监督保障"),
        ("DOC005",),
        (start, start + 6),
        ("DOC020", "DOC011", "HDG", "CNT001", "NVT", "CNT"),
    )


@planter
def missing_table(spec: ReportSpec, data: Any) -> Planted:
    text, marks = render_text_with_map(spec)
    key = data.draw(st.sampled_from(("proactive", "applications", "litigation")))
    rule = {"proactive": "DOC006", "applications": "DOC007", "litigation": "DOC008"}[key]
    _, end = section_span(marks, text, key)
    return Planted(edited(text, (marks["section", key][1] + 1, end), ""), (rule,), marks["section", key])


@planter
def empty_section(spec: ReportSpec, data: Any) -> Planted:
    text, marks = render_text_with_map(spec)
    key = data.draw(st.sampled_from(("overall", "problems")))
    return Planted(
        edited(text, (marks["section", key][1] + 1, section_span(marks, text, key)[1]), ""),
        ("DOC010",),
        marks["section", key],
    )


@planter
def thin_problems(spec: ReportSpec, _: Any) -> Planted:
    text, _marks = render_text_with_map(attrs.evolve(spec, problems=("无。",)))
    return Planted(text, ("CNT006",), None, ("CNT007",))


@planter
def aspects_left_out(spec: ReportSpec, _: Any) -> Planted:
    plain = ("本年度严格落实条例的各项规定，加强组织领导，规范工作流程，提高工作效率，" * 8 + "取得较好成效。",)
    text, marks = render_text_with_map(attrs.evolve(spec, opening=plain, aspects=()))
    return Planted(text, ("CNT001",), marks["section", "overall"], ("CNT", "NVT003", "NVT012"))


@planter
def fee_left_out(spec: ReportSpec, _: Any) -> Planted | None:
    text, _ = render_text_with_map(attrs.evolve(spec, other=("本年度没有其他需要报告的事项。",)))
    return Planted(text, ("CNT010",), None, ("NVT019", "NVT018", "CNT011")) if spec.edition == "2021" else None
