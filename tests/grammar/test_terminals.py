"""Grammars put together of terminals skip no white space anywhere."""

import pyparsing as pp

from giro_lint.grammar import citation, contact, dates, numbers


def elements(element):
    yield element
    for part in element.recurse():
        yield from elements(part)


def test_no_part_of_a_finished_grammar_skips_white_space():
    grammars = [citation._grammar(), contact._phone_grammar(), dates._grammar(), numbers._cell_grammar()]
    parts = [part for grammar in grammars for part in elements(grammar)]
    assert sum(isinstance(part, pp.Regex) for part in parts) > 20
    assert not [part for part in parts if part.skipWhitespace]
