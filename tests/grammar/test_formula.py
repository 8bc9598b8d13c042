"""Formulas of rules: what is read, what is refused, and that any text ends quickly."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giro_lint.grammar.formula import parse_formula
from giro_lint.model.formula import Comparison, Term


def test_a_balance():
    formula = parse_formula("new + carried_in = total + carried_out")
    assert formula.comparisons == (
        Comparison((Term(1, "new"), Term(1, "carried_in")), "=", (Term(1, "total"), Term(1, "carried_out"))),
    )
    assert formula.names == ["new", "carried_in", "total", "carried_out"]


@pytest.mark.parametrize(
    ("text", "left", "operator", "right"),
    [
        ("total = sum(refused)", (Term(1, "total"),), "=", (Term(1, "refused", summed=True),)),
        ("a - 2*b >= 0", (Term(1, "a"), Term(-2, "b")), ">=", (Term(0, ""),)),
        ("-a<1.5", (Term(-1, "a"),), "<", (Term(__import__("decimal").Decimal("1.5"), ""),)),
        ("t.r.c != 3 × sum(g)", (Term(1, "t.r.c"),), "!=", (Term(3, "g", summed=True),)),
    ],
)
def test_terms(text, left, operator, right):
    assert parse_formula(text).comparisons == (Comparison(left, operator, right),)


def test_several_comparisons_hold_together():
    assert [c.operator for c in parse_formula("a = 0 and b > 0 and c <= 5").comparisons] == ["=", ">", "<="]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        "a + = b",
        "a = b = c",
        "a == b",
        "a = b or c = d",
        "__import__('os') = 1",
        "a = 9**9**9",
        "((((a)))) = b",
        "a = b;",
        "a. = b",
        "A = b",
        "a" * 401 + " = b",
    ],
)
def test_what_is_no_formula_is_refused(text):
    with pytest.raises(ValueError, match="column|characters"):
        parse_formula(text)


@given(st.text(alphabet="ab.+-*×=<>!()sum 019and", max_size=400))
def test_any_text_is_read_or_refused(text):
    try:
        formula = parse_formula(text)
    except ValueError:
        return
    assert parse_formula(formula.text) == formula
