"""Classes that are compared and shown by the values of their fields."""

import pytest

from giro_lint import Applicability, Config, ConfigError, Diagnostic, Edit, Fix, Severity, Span, Suppression


def diagnostic(**values):
    return Diagnostic(
        **{"rule": "DOC001", "name": "x", "severity": Severity.ERROR, "message": "m", "span": Span(1, 2), "anchor": "a"}
        | values
    )


def test_equal_values_make_equal_things():
    assert diagnostic() == diagnostic()
    assert diagnostic() != diagnostic(rule="DOC002")
    assert diagnostic() != "DOC001"
    assert Config() == Config()
    assert Config(lang="en") != Config()
    assert len({Suppression("SUM", "known"), Suppression("SUM", "known"), Suppression("BAL", "known")}) == 2


def test_they_show_what_they_hold():
    assert (
        repr(Suppression("SUM010", "known"))
        == "Suppression(rule='SUM010', reason='known', path='', anchor='', until='')"
    )
    assert repr(Span(1, 2)) == "Span(start=1, end=2)"
    assert "rule='DOC001'" in repr(diagnostic())


def test_nothing_can_be_changed():
    for thing, name in ((diagnostic(), "rule"), (Span(1, 2), "start"), (Config(), "lang"), (Fix(()), "edits")):
        with pytest.raises(AttributeError):
            setattr(thing, name, None)
    assert Fix((Edit(Span(0, 1), ""),)).applicability is Applicability.SAFE
    with pytest.raises(ConfigError):
        Suppression("SUM", " ")
