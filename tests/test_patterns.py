"""The words that a regular expression is looked up by: every match has one of them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giro_lint.model.patterns import Pattern, Regex, pattern
from giro_lint.ruleset.builtin import builtin_ruleset
from giro_lint.ruleset.gates import required_words


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
