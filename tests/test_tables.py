"""Tables are bound to the form however they are typed; what differs from the form is told once."""

from __future__ import annotations

import re
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder import Cell, table_rows
from form_labels import EDITIONS
from giro_lint.api import lint_text, parse_text
from giro_lint.config import Config
from giro_lint.engine import make_plan
from giro_lint.ruleset.rules import Ruleset
from layouts import (
    LOOSE,
    STYLES,
    cell_lines,
    figures,
    filled_bars,
    numbered,
    padded_bars,
    repeated_bars,
    report,
    reworded,
    tab_lines,
    without,
)

SHAPE = ("ART", "TBL")
TABLES = ("proactive", "applications", "litigation")


@cache
def plan():
    return make_plan(Ruleset.builtin(), Config(profile="all", select=SHAPE, ignore=("ART010", "ART013")))


def findings(text, *ignored):
    return sorted({(d.rule, d.anchor) for d in lint_text(text, plan=plan()).diagnostics if d.rule not in ignored})


def rules(text, *ignored):
    return [rule for rule, _ in findings(text, *ignored)]


def bound(text, table):
    return {key: cell.text.strip() for key, cell in parse_text(text).tables[table].cells.items()}


def all_bound(text, edition, tables=TABLES, except_rows=()):
    spec = numbered(edition)
    for table in tables:
        due = {key: value for key, value in figures(spec, table).items() if key[0] not in except_rows}
        assert bound(text, table) == due
    return True


# Every way of typing


@pytest.mark.parametrize("style", [*STYLES, *LOOSE])
@pytest.mark.parametrize("edition", EDITIONS)
def test_each_way_of_typing_a_table_is_bound(edition, style):
    text = report(edition, style=style)
    assert all_bound(text, edition)
    assert findings(text) == []


@pytest.mark.parametrize("style", [cell_lines, padded_bars, tab_lines])
@pytest.mark.parametrize("edition", EDITIONS)
def test_the_number_of_a_label_may_have_a_cell_of_its_own(edition, style):
    def apart(rows):
        return [[part for cell in row for part in _parted(cell)] for row in rows]

    def _parted(cell):
        number = re.match(r"[1-8]\.(?=\D)|（[一二七]）", cell.text)
        return [Cell(number[0]), Cell(cell.text[number.end() :], cell.key)] if number else [cell]

    text = report(edition, {"applications": apart}, style)
    assert all_bound(text, edition, ["applications"])
    assert findings(text) == []


@pytest.mark.parametrize("style", [tab_lines, padded_bars])
@pytest.mark.parametrize("edition", EDITIONS)
def test_the_end_of_a_long_label_may_stand_in_a_row_of_its_own(edition, style):
    def broken(rows):
        typed = []
        for row in rows:
            end = next((at for at, cell in enumerate(row) if cell.text.endswith("已获取信息")), None)
            if end is None:
                typed.append(row)
                continue
            typed.append([*row[:end], Cell(row[end].text[:-1], row[end].key), *row[end + 1 :]])
            typed.append([Cell("息" if at == end else "") for at in range(len(row))])
        return typed

    text = report(edition, {"applications": broken}, style)
    assert all_bound(text, edition, ["applications"])
    assert findings(text) == []


LABELS = {
    "half-width": (lambda t: t.translate(str.maketrans("（）：，", "():,")), ["ART008", "TBL008"]),
    "spaces": (lambda t: re.sub("(?<=[一-龥])(?=[一-龥])", " ", t), ["ART008"]),
    "no-break spaces": (lambda t: re.sub("(?<=[一-龥])(?=[一-龥])", "\u00a0", t), ["ART008"]),
    "enumeration commas": (lambda t: re.sub(r"^(\d)\.(?=\D)", r"\1、", t), []),
    "wide points": (lambda t: re.sub(r"^(\d)\.(?=\D)", r"\1．", t), []),
    "no numbers": (lambda t: re.sub(r"^(\d)\.(?=\D)", "", t), []),
    "合计": (lambda t: t.replace("总计", "合计"), []),
    "其它": (lambda t: t.replace("其他", "其它"), []),
    "damaged": (lambda t: t.replace("其他法律行政法规禁止公开", "其他法律行政止公开"), ["TBL005"]),
    "wrong numbers": (lambda t: t.replace("8.属于", "7.属于").replace("（七）总计", "（六）总计"), ["TBL006"]),
}


@pytest.mark.parametrize("style", [cell_lines, padded_bars, filled_bars])
@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("name", LABELS)
def test_labels_are_recognised_however_they_are_written(name, edition, style):
    change, expected = LABELS[name]
    text = report(edition, dict.fromkeys(TABLES, reworded(change)), style)
    assert all_bound(text, edition)
    assert sorted(set(rules(text))) == expected


@pytest.mark.parametrize("edition", EDITIONS)
def test_labels_may_be_broken_over_two_lines(edition):
    def broken(text):
        return (
            text if len(text) < 6 or re.match(r"\d", text) else text[: len(text) // 2] + "\n" + text[len(text) // 2 :]
        )

    text = report(edition, dict.fromkeys(TABLES, reworded(broken)))
    assert all_bound(text, edition)
    assert set(rules(text)) <= {"ART008", "TBL015"}


# The table of Article 20


def split(rows, typed):
    """Five tables instead of one."""
    parts = []
    for row in rows:
        if row[0].text.startswith("第二十条"):
            parts.append([])
        parts[-1].append(row)
    return "\n说明：以下各表口径相同。\n\n".join(typed(part) for part in parts)


def outside(rows, typed):
    """Captions as paragraphs above five tables."""
    parts = []
    for row in rows:
        if row[0].text.startswith("第二十条"):
            parts.append((row[0].text, []))
        else:
            parts[-1][1].append(row)
    return "".join(f"\n{caption}\n\n{typed(part)}" for caption, part in parts)


@pytest.mark.parametrize("typed", [cell_lines, padded_bars])
@pytest.mark.parametrize("way", [split, outside])
@pytest.mark.parametrize("edition", EDITIONS)
def test_a_table_in_pieces_is_put_together(edition, way, typed):
    def style(rows):
        return way(rows, typed) if rows[0][0].text.startswith("第二十条") else typed(rows)

    text = report(edition, style=style)
    assert all_bound(text, edition)
    assert findings(text) == []


def captions_in_front(rows):
    out, caption = [], ""
    for row in rows:
        if row[0].text.startswith("第二十条"):
            caption = row[0].text
        else:
            out.append([Cell(caption), *row])
            caption = ""
    return out


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("edition", EDITIONS)
def test_captions_may_stand_in_the_first_column(edition, style):
    text = report(edition, {"proactive": captions_in_front}, style)
    assert all_bound(text, edition)
    assert findings(text) == []


def test_what_is_cut_off_is_one_finding():
    assert findings(report("2021", {"proactive": lambda rows: rows[:10]})) == [("ART002", "proactive/clause_8")]
    assert findings(report("2021", {"proactive": lambda rows: rows[:8]})) == [("ART002", "proactive/clause_6")]
    for stop in (8, 12, 20, 26):
        assert rules(report("2021", {"applications": lambda rows, stop=stop: rows[:stop]})) == ["TBL003"]
        assert rules(report("2019", {"applications": lambda rows, stop=stop: rows[:stop]})) == (
            ["TBL002"] if stop < 26 else []
        )


def test_rows_and_blocks_that_are_missing_are_one_finding_each():
    assert findings(report("2019", {"proactive": without("其他对外", "行政强制")})) == [
        ("ART004", "proactive/other_external")
    ]
    assert findings(report("2021", {"applications": without("重复申请", "三安全", "大量反复")})) == [
        ("TBL003", "applications/safety")
    ]

    def no_fees(rows):
        at = next(i for i, row in enumerate(rows) if "第（八）项" in row[0].text)
        return rows[:at] + rows[at + 3 :]

    assert findings(report("2019", {"proactive": no_fees})) == [("ART001", "proactive/clause_8")]


def test_wrong_captions_are_told_by_the_rows_below_them():
    text = report("2021", {"proactive": reworded(lambda t: t.replace("（六）", "（五）"))})
    assert findings(text) == [("ART002", "proactive/clause_6")]
    assert all_bound(text, "2021")
    text = report("2021", {"proactive": reworded(lambda t: t.replace("（八）", "（七）"))})
    assert findings(text) == [("ART002", "proactive/clause_8")]
    assert all_bound(text, "2021")


# Editions


def test_a_report_on_the_form_of_another_edition_is_not_told_row_by_row():
    assert findings(report("2019", year=2023)) == []
    assert findings(report("2021", year=2020), "TBL002") == []
    assert parse_text(report("2019", year=2023)).used.id == "2019"


@pytest.mark.parametrize("style", [cell_lines, padded_bars, repeated_bars])
def test_what_is_left_of_the_old_form_is_told(style):
    old = table_rows(numbered("2019"), "proactive")
    assert findings(report("2021", {"proactive": lambda rows: rows + old[-3:]}, style)) == [
        ("ART003", "proactive/clause_9")
    ]

    def with_row(rows):
        at = next(i for i, row in enumerate(rows) if row[0].text == "行政许可")
        return [*rows[: at + 1], [Cell("其他对外管理服务事项"), Cell("5", None, 3)], *rows[at + 1 :]]

    text = report("2021", {"proactive": with_row}, style)
    assert findings(text) == [("ART003", "proactive/other_external")]
    assert all_bound(text, "2021")


def test_a_header_of_the_other_edition_is_left_to_the_rule_on_editions():
    old = table_rows(numbered("2019"), "proactive")

    def mixed(rows):
        at = next(i for i, row in enumerate(rows) if "（六）" in row[0].text)
        before = next(i for i, row in enumerate(old) if "（六）" in row[0].text)
        return rows[:at] + old[before : before + 4] + rows[at + 4 :]

    text = report("2021", {"proactive": mixed})
    assert findings(text) == []
    assert [note.kind for note in parse_text(text).tables["proactive"].notes] == ["mixed-editions"]


def one_row_of_other_outcomes(rows):
    out = []
    for row in rows:
        texts = [cell.text for cell in row]
        if any(text.startswith("1.申请人") for text in texts):
            out.append([Cell(""), Cell("（六）其他处理", None, 2), *row[3:]])
        elif not any(text.startswith("2.申请人") or text == "3.其他" for text in texts):
            out.append(row)
    return out


@pytest.mark.parametrize("style", [cell_lines, padded_bars, filled_bars])
def test_the_sixth_outcome_in_one_row_is_told_once(style):
    text = report("2021", {"applications": one_row_of_other_outcomes}, style)
    assert findings(text) == [("TBL004", "applications/other_handling")]


# The table of applications


@pytest.mark.parametrize("style", [cell_lines, padded_bars])
def test_a_row_without_its_label_is_bound_by_its_place(style):
    text = report("2021", {"applications": reworded(lambda t: "" if "重复申请" in t else t)}, style)
    assert all_bound(text, "2021")
    assert findings(text) == [("TBL005", "applications/repeat")]


def with_column(rows):
    out = []
    for number, row in enumerate(rows):
        if number < 2:
            wide = {0: 1, 1: 2}[number]
            out.append([Cell(c.text, c.key, c.width + 1) if i == wide else c for i, c in enumerate(row)])
        else:
            out.append([*row[:-1], Cell("小计" if number == 2 else "888"), row[-1]])
    return out


@pytest.mark.parametrize("style", [cell_lines, padded_bars, filled_bars])
def test_a_column_of_subtotals_does_not_shift_the_others(style):
    text = report("2021", {"applications": with_column}, style)
    assert all_bound(text, "2021")
    assert rules(text) == ["TBL010"]


def with_group_totals(rows):
    out = []
    for row in rows:
        at = next((i for i, cell in enumerate(row) if re.match("（[三四五六]）.{4}$", cell.text)), None)
        if at is not None and not cell_is_figure(row[at + 1]):
            out.append([*row[:at], Cell(row[at].text, None, 2), *[Cell("777")] * 7])
            row = [*[Cell("")] * (at + 1), *row[at + 1 :]]
        out.append(row)
    return out


def cell_is_figure(cell):
    return cell.text.isdecimal()


@pytest.mark.parametrize("style", [cell_lines, padded_bars, filled_bars])
@pytest.mark.parametrize("edition", EDITIONS)
def test_totals_of_the_groups_are_not_taken_for_rows(edition, style):
    text = report(edition, {"applications": with_group_totals}, style)
    assert all_bound(text, edition)
    assert rules(text) == ["TBL009"]


def test_subtotals_below_the_groups_are_not_taken_for_rows():
    def subtotals(rows):
        out = []
        for row in rows:
            out.append(row)
            if any(word in cell.text for cell in row for word in ("8.属于行政查询", "3.补正后", "5.要求行政")):
                out.append([Cell(""), Cell(""), Cell("小计"), *[Cell("777")] * 7])
        return out

    text = report("2021", {"applications": subtotals})
    assert all_bound(text, "2021")
    assert rules(text) == ["TBL009"]


@pytest.mark.parametrize("style", [cell_lines, padded_bars, filled_bars])
def test_headers_repeated_after_a_page_break_are_passed_over(style):
    text = report("2021", {"applications": lambda rows: rows[:14] + rows[:3] + rows[14:]}, style)
    assert all_bound(text, "2021")
    assert findings(text) == []


def test_a_table_split_in_two_is_put_together():
    def style(rows):
        return (
            cell_lines(rows[:14]) + "\n（续上表）\n\n" + cell_lines(rows[:3] + rows[14:])
            if len(rows) > 25
            else cell_lines(rows)
        )

    text = report("2021", style=style)
    assert all_bound(text, "2021")
    assert findings(text) == []


def exchanged(rows):
    out = []
    for number, row in enumerate(rows):
        cells = list(row)
        if number == 2:
            cells[2], cells[3] = cells[3], cells[2]
        elif number > 2:
            cells[-6], cells[-5] = cells[-5], cells[-6]
        out.append(cells)
    return out


def without_column(rows):
    out = []
    for number, row in enumerate(rows):
        cells = list(row)
        if number == 1:
            cells[2] = Cell(cells[2].text, None, 4)
        elif number > 1:
            del cells[3 if number == 2 else -5]
        out.append(cells)
    return out


@pytest.mark.parametrize("style", [cell_lines, padded_bars, filled_bars])
def test_columns_are_bound_by_their_headers(style):
    text = report("2021", {"applications": exchanged}, style)
    assert all_bound(text, "2021")
    assert findings(text) == [("TBL001", "applications/research")]
    text = report("2021", {"applications": without_column}, style)
    due = {key: value for key, value in figures(numbered("2021"), "applications").items() if key[1] != "research"}
    assert bound(text, "applications") == due
    assert findings(text) == [("TBL001", "applications/research")]


@pytest.mark.parametrize("style", [cell_lines, padded_bars, filled_bars])
def test_one_header_row_with_all_columns_is_enough(style):
    def flat(rows):
        return [[Cell("项目", None, 3), rows[1][1], *rows[2][2:7], rows[1][3]], *rows[3:]]

    text = report("2021", {"applications": flat}, style)
    assert all_bound(text, "2021")
    assert rules(text) == ["TBL007"]


def test_without_any_header_the_order_of_the_form_is_taken():
    text = report("2021", {"applications": lambda rows: rows[3:]})
    assert all_bound(text, "2021")
    assert rules(text) == ["TBL001"]


@pytest.mark.parametrize("by", [-1, 1])
def test_a_row_with_another_number_of_cells_is_not_bound(by):
    def change(rows):
        at = next(i for i, row in enumerate(rows) if any("重复申请" in cell.text for cell in row))
        row = rows[at][:-1] if by < 0 else [*rows[at], Cell("5")]
        return [*rows[:at], row, *rows[at + 1 :]]

    text = report("2021", {"applications": change})
    assert all_bound(text, "2021", except_rows=("repeat",))
    assert findings(text) == [("TBL011", "applications/repeat")]


def test_rows_that_the_form_does_not_have():
    def more(rows):
        return [*rows[:20], [Cell(""), Cell(""), Cell("6.其他不予处理情形"), *[Cell("3")] * 7], *rows[20:]]

    text = report("2021", {"applications": more})
    assert all_bound(text, "2021")
    assert rules(text) == ["TBL003"]
    text = report("2021", {"applications": lambda rows: [*rows[:20], rows[19], *rows[20:]]})
    assert all_bound(text, "2021")
    assert findings(text) == [("TBL003", "applications/repeat")]


def test_blank_rows_are_still_rows():
    def blank(rows):
        return [[Cell("") if cell.key and cell.key[0] == "applications" else cell for cell in row] for row in rows]

    text = report("2021", {"applications": blank})
    assert len(parse_text(text).tables["applications"].cells) == 25 * 7
    assert findings(text) == []


# The table of reviews and lawsuits


@pytest.mark.parametrize("style", STYLES)
def test_a_column_of_labels_in_front_is_passed_over(style):
    def labelled(rows):
        return [[Cell("项目"), *rows[0]], [Cell(""), *rows[1]], [Cell(""), *rows[2]], [Cell("件数"), *rows[3]]]

    text = report("2021", {"litigation": labelled}, style)
    assert all_bound(text, "2021")
    assert findings(text) == []


def test_the_litigation_table_needs_its_fifteen_cells():
    assert rules(report("2021", {"litigation": lambda rows: [*rows[:3], rows[3][:14]]})) == ["TBL012"]
    assert rules(report("2021", {"litigation": lambda rows: rows[:3]})) == ["TBL012"]
    assert rules(report("2021", {"litigation": lambda rows: [*rows, rows[3]]})) == ["TBL016"]
    assert rules(report("2021", {"litigation": lambda rows: rows[1:]})) == ["TBL014"]
    assert rules(report("2021", {"litigation": reworded(lambda t: t.replace("结果维持", "维持原判"))})) == ["TBL013"]


# Pieces that a converter left


def test_a_table_in_ruins_says_nothing_about_its_shape():
    text = report("2021", style=padded_bars)
    lines = text.split("\n")
    at = next(i for i, line in enumerate(lines) if "5.要求行政机关确认" in line)
    values = [part for part in lines[at].split("|") if part.strip()][-7:]
    lines[at : at + 1] = ["", "5.要求行政机关确认或重新出具", "已获取信息", "|" + "|".join(values) + "|"]
    ruined = "\n".join(lines)
    assert all_bound(ruined, "2021")
    assert findings(ruined) == []


def test_a_row_of_fifteen_figures_is_the_litigation_table_without_any_header():
    def style(rows):
        return padded_bars([rows[3]]) if rows[0][0].text == "行政复议" else padded_bars(rows)

    text = report("2021", style=style)
    assert all_bound(text, "2021")


def test_a_figure_with_a_remark_is_that_figure():
    text = report("2021", {"proactive": reworded(lambda t: "2（其中修订1件）" if t == "2" else t)})
    cell = parse_text(text).tables["proactive"].cells["regulations", "repealed"]
    assert cell.amount == 2
    assert "noted" in cell.value.flags
    assert text[cell.span.start : cell.span.end] == "2"


def test_a_table_bound_before_does_not_decide_for_one_with_other_figures():
    def beside(figure):
        def change(rows):
            return [[*row, Cell(figure(row[1].text))] if len(row) == 2 and row[1].key else row for row in rows]

        return report("2021", {"proactive": change})

    repeated, another = beside(lambda text: text), beside(lambda text: text + "1")
    for text, due in ((repeated, []), (repeated, []), (another, ["TBL011"]), (repeated, []), (another, ["TBL011"])):
        assert sorted({*rules(text)}) == due


# What only looks like a table of the form


@pytest.mark.parametrize("style", [cell_lines, padded_bars])
@pytest.mark.parametrize("table", TABLES)
def test_titles_and_remarks_inside_a_table_are_passed_over(table, style):
    def framed(rows):
        return [[Cell("本机关情况统计表（单位：件）")], *rows, [Cell("注：以上数量含上年度结转数量")]]

    text = report("2021", {table: framed}, style)
    assert all_bound(text, "2021")
    assert findings(text) == []


@pytest.mark.parametrize("style", [cell_lines, padded_bars])
@pytest.mark.parametrize(
    "rows",
    [
        [["公开类别", "条数"], ["行政许可", "41"], ["行政处罚", "42"], ["行政强制", "43"], ["行政事业性收费", "44"]],
        [["申请人情况", "自然人", "法人或其他组织", "总计"], ["数量", "41", "42", "83"]],
        [["答复类型", "数量"], ["予以公开", "41"], ["部分公开", "42"], ["其他处理", "43"], ["重复申请", "1"]],
    ],
    ids=["kinds of information", "kinds of applicant", "kinds of reply"],
)
def test_tables_of_the_narrative_are_no_part_of_the_form(rows, style):
    own = style([[Cell(text) for text in row] for row in rows])
    text = report("2021", style=style).replace(
        "我局扎实推进信息公开。\n", f"我局公开信息如下。\n{own}\n以上数据截至年底。\n", 1
    )
    assert own in text
    assert all_bound(text, "2021")
    assert findings(text) == []


PIECES = (
    "",
    "\t",
    "\n",
    "\n\n",
    "|",
    "0",
    "总计",
    "一、",
    "其他",
    "（三）",
    "9999999",
    "第二十条第（六）项",
    "信息内容",
    "重复申请",
)
EDITS = st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 80), st.sampled_from(PIECES)), min_size=1, max_size=6)


@given(edition=st.sampled_from(EDITIONS), style=st.sampled_from(STYLES), edits=EDITS)
def test_torn_tables_are_taken_as_they_are(edition, style, edits):
    text = report(edition, style=style)
    for place, length, piece in edits:
        at = place % (len(text) + 1)
        text = text[:at] + piece + text[at + length :]
    every = make_plan(Ruleset.builtin(), Config(profile="all", select=("ART", "TBL", "CEL", "SUM", "BAL")))
    found = lint_text(text, plan=every)
    assert [outcome for outcome in found.outcomes if outcome.status == "crashed"] == []
    for diagnostic in found.diagnostics:
        assert 0 <= diagnostic.span.start <= diagnostic.span.end <= len(text)
        assert "{" not in diagnostic.message
    anchors = [(d.rule, d.anchor, d.message_key, d.span) for d in found.diagnostics]
    assert len(anchors) == len(set(anchors))


@pytest.mark.parametrize("style", [cell_lines, tab_lines, padded_bars])
def test_a_table_may_be_nothing_but_its_header(style):
    text = report("2021", {"applications": lambda rows: rows[:3]}, style)
    assert "TBL003" in rules(text)
