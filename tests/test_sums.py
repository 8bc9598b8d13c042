"""The figures of a table: one wrong cell is one finding, at that cell; what blanks hide is never called wrong."""

from __future__ import annotations

from functools import cache, lru_cache

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from builder import render_markdown, render_text
from giro_lint.api import lint_text, parse_text
from giro_lint.config import Config
from giro_lint.engine import Plan, make_plan
from giro_lint.fixing import fix_text
from giro_lint.ruleset.rules import Ruleset
from shared import ROOT
from strategies import reports

BASES = ("clean-2019", "clean-2021", "zero-2019", "zero-2021")
AMOUNTS = (3, 17, 101, 1009)
"""Amounts of which no two give a third, nor the same difference."""
CORE = {"SUM001", "SUM002", "SUM003", "SUM004", "SUM005", "SUM006", "SUM010", "SUM011", "BAL001", "BAL002"}


@cache
def plan(*selected: str) -> Plan:
    return make_plan(Ruleset.builtin(), Config(profile="all", select=selected or ("SUM", "BAL")))


document_of = lru_cache(maxsize=64)(parse_text)


def cells_of(text, table="applications"):
    return document_of(text).tables[table].cells


def changed(text, changes, table="applications"):
    """The text with other texts in some cells."""
    cells = cells_of(text, table)
    for key in sorted(changes, key=lambda key: cells[key].start, reverse=True):
        cell = cells[key]
        text = text[: cell.start] + str(changes[key]) + text[cell.end :]
    return text


@cache
def base(name):
    text = (ROOT / "rules" / "bases" / f"clean-{name[-4:]}.txt").read_text(encoding="utf-8")
    return changed(text, dict.fromkeys(cells_of(text), 0)) if name.startswith("zero") else text


def found(text, *selected):
    """Rule, anchor and expected figure of every finding."""
    diagnostics = lint_text(text, plan=plan(*selected)).diagnostics
    return sorted((d.rule, d.anchor, d.data.get("expected", "")) for d in diagnostics)


def wrong(changes, cells):
    """What is due for independent faults: SUM010 at each."""
    return sorted(("SUM010", f"applications/{row}/{column}", str(cells[row, column].amount)) for row, column in changes)


def rules_in(text, *selected):
    return [rule for rule, _, _ in found(text, *selected)]


# One wrong cell


@pytest.mark.parametrize("name", BASES)
@pytest.mark.parametrize("delta", [1, -1])
def test_each_single_wrong_cell_is_the_only_finding(name, delta):
    text = base(name)
    cells = cells_of(text)
    tried = 0
    for key, cell in cells.items():
        if cell.amount + delta >= 0:
            tried += 1
            assert found(changed(text, {key: cell.amount + delta})) == wrong({key: delta}, cells), key
    assert tried > 100 or delta < 0


@given(spec=reports(), data=st.data())
def test_a_single_wrong_cell_of_any_report(spec, data):
    text = data.draw(st.sampled_from((render_text, render_markdown)))(spec)
    cells = cells_of(text)
    key = data.draw(st.sampled_from(sorted(cells)))
    amount = data.draw(st.integers(0, 99_999).filter(lambda n: n != cells[key].amount))
    assert found(changed(text, {key: amount})) == wrong({key: amount}, cells)


def test_the_fix_of_a_figure_is_applied_when_asked_alone():
    text = changed(base("clean-2021"), {("granted", "natural"): 9})
    diagnostic = lint_text(text, plan=plan()).diagnostics[0]
    assert diagnostic.fix is not None
    assert diagnostic.fix.edits[0].text == "7"
    config = Config(select=("SUM", "BAL"))
    assert fix_text(text, config=config) == text
    assert fix_text(text, config=config, unsafe=True) == base("clean-2021")


def test_a_wrong_cell_with_a_remark_is_reported_at_its_figure():
    text = changed(base("clean-2021"), {("granted", "natural"): "9（其中延期2件）"})
    diagnostic = lint_text(text, plan=plan()).diagnostics[0]
    assert (diagnostic.rule, text[diagnostic.span.start : diagnostic.span.end]) == ("SUM010", "9")


def test_the_broken_sums_are_related_places():
    text = changed(base("clean-2019"), {("total", "natural"): 12})
    (diagnostic,) = lint_text(text, plan=plan()).diagnostics
    cells = cells_of(text)
    assert {related.span for related in diagnostic.related} == {
        cells["total", "total"].span,
        cells["new", "natural"].span,
    }


# Several wrong cells


@given(name=st.sampled_from(BASES), data=st.data(), number=st.integers(2, 3))
def test_two_or_three_faults_of_different_amounts_are_each_reported(name, data, number):
    text = base(name)
    cells = cells_of(text)
    keys = data.draw(st.lists(st.sampled_from(sorted(cells)), min_size=number, max_size=number, unique=True))
    amounts = data.draw(st.permutations(AMOUNTS))
    changes = {key: cells[key].amount + amount for key, amount in zip(keys, amounts, strict=False)}
    assert found(changed(text, changes)) == wrong(changes, cells)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (("granted", "natural"), ("granted", "business")),
        (("new", "natural"), ("new", "legal")),
        (("total", "natural"), ("total", "business")),
        (("granted", "natural"), ("partial", "natural")),
        (("granted", "total"), ("partial", "total")),
        (("new", "natural"), ("carried_in", "natural")),
    ],
)
@pytest.mark.parametrize("name", ["clean-2019", "clean-2021"])
def test_two_cells_of_a_line_off_by_the_same_amount_are_one_finding(name, one, two):
    text = base(name)
    cells = cells_of(text)
    for more, less in ((one, two), (two, one)):
        if cells[less].amount:
            assert rules_in(changed(text, {more: cells[more].amount + 1, less: cells[less].amount - 1})) == ["SUM011"]


@given(name=st.sampled_from(BASES[:2]), data=st.data())
def test_a_misplaced_count_is_one_finding_wherever_it_is(name, data):
    text = base(name)
    cells = cells_of(text)
    outcomes = [
        key for key in cells if key[0] not in {"new", "carried_in", "carried_out", "total"} and key[1] != "total"
    ]
    less = data.draw(st.sampled_from([key for key in outcomes if cells[key].amount]))
    axis = data.draw(st.integers(0, 1))
    more = data.draw(st.sampled_from([key for key in outcomes if key != less and key[axis] == less[axis]]))
    by = data.draw(st.integers(1, cells[less].amount))
    changes = {more: cells[more].amount + by, less: cells[less].amount - by}
    assert rules_in(changed(text, changes)) == ["SUM011"]


def test_without_an_explanation_the_equations_themselves_are_reported():
    text = changed(base("clean-2019"), {("new", "natural"): 12, ("new", "total"): 18})
    assert found(text) == [("BAL001", "applications/new/total", ""), ("BAL002", "applications/new/natural", "")]
    text = changed(base("clean-2021"), {("granted", "natural"): 8, ("granted", "total"): 13})
    assert found(text) == [("SUM003", "applications/total/natural", ""), ("SUM003", "applications/total/total", "")]


def test_faults_that_can_be_two_pairs_of_cells_are_reported_as_sums():
    text = changed(base("clean-2021"), {("granted", "natural"): 8, ("partial", "business"): 2})
    places = {
        ("SUM001", "granted/total"),
        ("SUM001", "partial/total"),
        ("SUM003", "total/natural"),
        ("SUM003", "total/business"),
    }
    assert {(rule, anchor.partition("/")[2]) for rule, anchor, _ in found(text)} == places


def test_totals_left_out_of_many_rows_are_one_finding():
    text = base("clean-2021")
    rows = [
        row
        for (row, column), cell in cells_of(text).items()
        if column == "total" and cell.amount and row not in {"new", "total"}
    ]
    assert len(rows) > 6
    changes = {(row, "total"): 0 for row in rows}
    assert rules_in(changed(text, changes)).count("SUM001") == 1


# Both forms of （六）, whatever the edition


@pytest.mark.parametrize(("name", "year"), [("clean-2019", 2023), ("clean-2021", 2020)])
def test_either_form_of_the_sixth_outcome_adds_up(name, year):
    checks = make_plan(Ruleset.builtin(), Config(profile="all", select=("SUM", "BAL"), year=year))
    text = base(name)
    assert lint_text(text, plan=checks).diagnostics == ()
    row = "other_handling" if name == "clean-2019" else "other_reason"
    cell = cells_of(text)[row, "natural"]
    (diagnostic,) = lint_text(changed(text, {(row, "natural"): cell.amount + 5}), plan=checks).diagnostics
    assert (diagnostic.rule, diagnostic.anchor) == ("SUM010", f"applications/{row}/natural")


# Blanks


@given(spec=reports(), data=st.data())
def test_blank_cells_never_make_a_sum_wrong(spec, data):
    text = render_text(spec)
    table = data.draw(st.sampled_from(("applications", "litigation")))
    keys = data.draw(st.sets(st.sampled_from(sorted(cells_of(text, table))), min_size=1, max_size=60))
    blanks = {key: data.draw(st.sampled_from(("", "/", "—", "\u00a0"))) for key in sorted(keys)}
    assert CORE.isdisjoint(rules_in(changed(text, blanks, table)))


@given(spec=reports(), data=st.data())
def test_blanks_do_not_hide_what_they_cannot_explain(spec, data):
    text = render_text(spec)
    cells = cells_of(text)
    row = data.draw(st.sampled_from([row for row, column in cells if column == "natural"]))
    text = changed(text, {(row, "business"): "", (row, "natural"): cells[row, "total"].amount + 1})
    assert not CORE.isdisjoint(rules_in(text))


def test_a_blank_total_is_told_once_and_not_as_a_blank_cell():
    text = changed(base("clean-2021"), {("granted", "total"): "", ("partial", "total"): ""})
    assert found(text, "SUM", "BAL", "CEL") == [("SUM008", "applications/granted/total", "")]
    text = changed(base("clean-2021"), {("secret", "total"): ""})
    assert rules_in(text, "SUM", "BAL", "CEL") == ["CEL004"]


def test_blank_applicants_below_a_filled_total_are_told_once():
    text = base("clean-2019")
    blanks = {key: "" for key in cells_of(text) if key[1] != "total" and key[0] not in {"total", "carried_out"}}
    assert found(changed(text, blanks), "SUM", "BAL", "CEL") == [
        ("CEL004", "applications", ""),
        ("SUM007", "applications/new/total", ""),
    ]


def test_texts_block_their_sums():
    text = changed(base("clean-2021"), {("granted", "natural"): "七件左右"})
    assert rules_in(text, "SUM", "BAL", "CEL") == ["CEL001"]


# Reviews and lawsuits


@pytest.mark.parametrize("name", ["clean-2019", "clean-2021"])
def test_each_wrong_cell_of_the_litigation_table_breaks_its_own_total(name):
    text = base(name)
    rules = {"review": "SUM004", "direct": "SUM005", "after_review": "SUM006"}
    for key, cell in cells_of(text, "litigation").items():
        expected = [(rules[key[0]], f"litigation/{key[0]}/total", "")]
        assert found(changed(text, {key: cell.amount + 2}, "litigation")) == expected, key


@given(spec=reports(), data=st.data())
def test_any_wrong_cell_of_any_litigation_table(spec, data):
    text = render_text(spec)
    cells = cells_of(text, "litigation")
    key = data.draw(st.sampled_from(sorted(cells)))
    amount = data.draw(st.integers(0, 9999))
    assume(amount != cells[key].amount)
    assert [anchor for _, anchor, _ in found(changed(text, {key: amount}, "litigation"))] == [
        f"litigation/{key[0]}/total"
    ]


@given(spec=reports())
def test_clean_reports_are_silent(spec):
    for render in (render_text, render_markdown):
        assert lint_text(render(spec), plan=plan("ART", "TBL", "CEL", "SUM", "BAL")).diagnostics == ()
