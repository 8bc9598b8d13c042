"""The words that a regular expression is looked up by: every match has one of them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giro_lint.model.patterns import Pattern, Regex, choice, pattern
from giro_lint.ruleset.builtin import builtin_ruleset
from giro_lint.ruleset.gates import alternatives, required_words


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("收到(?:政府)?信息公开申请", (("信息公开申请",), ("收到",))),
        ("(?:收到|接到).{0,9}件", (("收到", "接到"), ("件",))),
        ("[收接]到", (("到",), ("收", "接"))),
        (r"\d+", ()),
        ("a*b?", ()),
        ("(?:ab)+", (("ab",),)),
        ("(?i)abc", ()),
        ("(?=abc)", ()),
        ("(?:ab|)", ()),
        ("(?:《[^》]*》|(?P<at>其它))", (("》", "其它"),)),
    ],
)
def test_words_that_every_match_contains(source, words):
    assert {frozenset(group) for group in required_words(source)} == set(map(frozenset, words))


ATOMS = st.sampled_from(
    ["a", "b", "ab", "(?:a|bc)", "[ab]", ".", "c?", "(?:bc)+", "(?:a|b)*", "(?=a)", r"\w", "^", "(c)"]
)


@given(st.lists(ATOMS, min_size=1, max_size=6).map("".join), st.text(alphabet="abcd", max_size=12))
def test_a_gate_never_hides_a_match(source, text):
    gated, plain = Pattern(source, required_words(source)), re.compile(source)
    assert bool(gated.search(text)) == bool(plain.search(text))
    assert [m.span() for m in gated.finditer(text)] == [m.span() for m in plain.finditer(text)]
    assert bool(gated.fullmatch(text)) == bool(plain.fullmatch(text))
    assert bool(gated.match(text)) == bool(plain.match(text))
    assert gated.sub("x", text) == plain.sub("x", text)


def test_the_built_in_rules_bring_their_words_along():
    patterns = [
        value
        for rule in builtin_ruleset().rules
        for value in vars(rule.options).values()
        if isinstance(value, Regex) and value
    ]
    assert sum(bool(each.gate) for each in patterns) > len(patterns) / 2
    assert pattern(patterns[0]).gate == patterns[0].gate


@pytest.mark.parametrize(
    ("source", "parts"),
    [
        ("收到|接到", ("收到", "接到")),
        ("(?:收到|接到)", ("收到", "接到")),
        (r"收[|)]到|接\|到|(?:a|b)c", (r"收[|)]到", r"接\|到", "(?:a|b)c")),
        ("收到", ()),
        ("(?:收|接)到", ()),
        (r"收到|\d+", ()),
        ("(?i)a|b", ()),
        ("(?P<a>x)|y(?P=a)", ()),
        ("(?:a|b)(?:c|d)", ()),
        ("a|b|c|d|e|f|g", ()),
    ],
)
def test_the_alternatives_of_an_expression(source, parts):
    assert alternatives(source) == parts


CHOICES = st.lists(st.lists(ATOMS, min_size=1, max_size=3).map("".join), min_size=2, max_size=4).map("|".join)


@given(CHOICES, st.booleans(), st.text(alphabet="abcd", max_size=12))
def test_an_alternative_matches_where_the_expression_does(source, bracketed, text):
    source = f"(?:{source})" if bracketed else source
    parts = alternatives(source)
    assert not parts or any(re.search(part, text) for part in parts) == bool(re.search(source, text))


def test_some_built_in_rules_are_searched_for_by_their_alternatives():
    found = [choice(rule.options.find) for rule in builtin_ruleset().rules if rule.kind == "pattern"]
    assert any(len(parts) > 1 for parts in found)
    assert all(part.gate for parts in found if len(parts) > 1 for part in parts)
