"""Digits that stick together: the only reading, or none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giro_lint.binding.flat_split import single, solve

COLUMNS = ("a", "b", "c", "total")


def row(key):
    return [(key, column) for column in COLUMNS]


def adds_up(key):
    return [(1, (key, "a")), (1, (key, "b")), (1, (key, "c")), (-1, (key, "total"))]


def column(name):
    return [(1, ("x", name)), (1, ("y", name)), (-1, ("sum", name))]


@pytest.mark.parametrize(
    ("digits", "columns", "figures"),
    [("000", 3, ["0", "0", "0"]), ("007", 3, ["0", "0", "7"]), ("100", 3, None), ("0012", 3, None), ("16", 1, ["16"])],
)
def test_without_sums(digits, columns, figures):
    assert single(digits, columns) == figures


@pytest.mark.parametrize(
    ("digits", "figures"),
    [
        ("0000", [0, 0, 0, 0]),
        ("1001", [1, 0, 0, 1]),
        ("120012", [12, 0, 0, 12]),
        ("1234", None),  # does not add up
        ("12315", None),  # 12 + 3 is 15, but four cells have no such sum
        ("112", None),  # too few
    ],
)
def test_one_row(digits, figures):
    solved = solve([(digits, row("x"))], [adds_up("x")])
    assert solved == (None if figures is None else [figures])


def test_two_readings_are_none():
    # 1, 10, 1, 12 and 11, 0, 1, 12
    assert solve([("110112", row("x"))], [adds_up("x")]) is None


def test_the_columns_decide_between_two_readings():
    rows = [("110112", row("x")), ([0, 0, 0, 0], row("y")), ([11, 0, 1, 12], row("sum"))]
    sums = [adds_up("x"), *map(column, COLUMNS)]
    assert solve(rows, sums) == [[11, 0, 1, 12], [0, 0, 0, 0], [11, 0, 1, 12]]


def test_a_cell_in_no_sum_is_not_cut():
    assert solve([("1001", row("x"))], []) is None


@given(st.lists(st.integers(0, 2000), min_size=3, max_size=3))
def test_the_true_reading_is_found_or_none(parts):
    figures = [*parts, sum(parts)]
    solved = solve([("".join(map(str, figures)), row("x"))], [adds_up("x")])
    assert solved in (None, [figures])


@given(st.text("0123456789", max_size=60), st.text("0123456789", max_size=60))
def test_long_digits_end_soon(one, other):
    solve([(one, row("x")), (other, row("y"))], [adds_up("x"), adds_up("y")])
