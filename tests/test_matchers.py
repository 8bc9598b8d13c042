"""Kept matchers: the same as compiled expressions, used by the interpreter that wrote them alone, never needed."""

import marshal
import re
from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giro_lint import lint_text
from giro_lint.model import matchers
from giro_lint.model.patterns import declared, lazy
from giro_lint.preparing import prepare_table, prepare_table_if_due

SOURCES = [
    "第[一二三]条",
    r"(?P<year>\d{4})年(?:(?P<month>\d\d?)月)?",
    "(?i)ab",
    "(?s)a.b",
    "[^，。]{2,}(?!的)",
    "(a)|b(?<=b)",
]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty folder for the table; nothing is remembered before or behind."""
    monkeypatch.setattr(matchers, "_FOLDER", str(tmp_path))
    for cached in (matchers._table, matchers.compiled):
        cached.cache_clear()
    yield tmp_path
    for cached in (matchers._table, matchers.compiled):
        cached.cache_clear()


def rebuilt(source):
    return matchers._matcher(source, matchers.table()[source], matchers._table()[1])


def test_every_expression_of_the_package_is_kept_and_equals_the_compiled_one(folder):
    prepare_table()
    table = matchers.table()
    assert len(table) > 300
    assert set(declared()) <= set(table)
    for source in table:
        kept, compiled = rebuilt(source), re.compile(source)
        assert kept == compiled
        assert (kept.pattern, kept.flags, kept.groups) == (compiled.pattern, compiled.flags, compiled.groups)
        assert dict(kept.groupindex) == dict(compiled.groupindex)


@given(st.sampled_from(SOURCES), st.text(alphabet="第一二三条2021年1月aAbB\n，的", max_size=20))
def test_a_kept_matcher_matches_as_a_compiled_one(source, text):
    code = array("I")
    kept, compiled = matchers._matcher(source, matchers._entry(source, code), memoryview(code)), re.compile(source)
    assert [(m.span(), m.groups(), m.lastgroup) for m in kept.finditer(text)] == [
        (m.span(), m.groups(), m.lastgroup) for m in compiled.finditer(text)
    ]


def test_what_is_kept_is_used(folder, monkeypatch):
    matchers.write_table(SOURCES)
    monkeypatch.setattr(matchers.re, "compile", lambda source: pytest.fail(f"{source} was compiled"))
    assert [matchers.compiled(source).pattern for source in SOURCES] == SOURCES
    assert not matchers.missing() or not set(SOURCES) - set(matchers.table())


def test_another_interpreter_uses_nothing(folder, monkeypatch):
    matchers.write_table(SOURCES)
    monkeypatch.setattr(matchers, "_interpreter", lambda: ("cpython", 0))
    matchers._table.cache_clear()
    assert matchers.table() == {}
    assert matchers.compiled(SOURCES[0]) == re.compile(SOURCES[0])


def damaged(content):
    """A file of the right form with another index, or another end."""
    return len(content).to_bytes(8, "little") + content


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"\xff" * 40,
        damaged(b"\xff" * 40),
        damaged(marshal.dumps(7)),
        damaged(marshal.dumps((1, 2, 3))),
        damaged(marshal.dumps((matchers._interpreter(), 0, 7))),
        damaged(marshal.dumps((matchers._interpreter(), 8, {"ab": (0, 0, 1, 0, {}, (None,))}))) + b"\0" * 4,
    ],
)
def test_a_damaged_table_is_no_table(folder, content):
    (folder / matchers.table_path().rpartition("/")[2]).write_bytes(content)
    assert matchers.table() == {}
    assert matchers.compiled(SOURCES[0]) == re.compile(SOURCES[0])


@pytest.mark.parametrize(
    "entry",
    [
        None,
        (),
        (0, 0, 9, 0, {}, ()),
        (0, 0, 2, 0, {}, (None,)),
        (0, 0, 0, 0, {}, (None,)),
        (0, "a", 1, 0, {}, ()),
        (0, 1),
    ],
)
def test_an_entry_that_cannot_be_used_is_compiled(folder, entry):
    content = damaged(marshal.dumps((matchers._interpreter(), 8, {"ab": entry}))) + b"\xff" * 8
    (folder / matchers.table_path().rpartition("/")[2]).write_bytes(content)
    assert "ab" in matchers.table()
    assert matchers.compiled("ab") == re.compile("ab")


def test_an_expression_that_is_none_says_so(folder):
    with pytest.raises(re.error):
        matchers.compiled("(")


def test_a_lazy_expression_is_as_a_compiled_one():
    stand_in, compiled = lazy(SOURCES[1]), re.compile(SOURCES[1])
    text = "2021年1月，2022年"
    assert stand_in.pattern == compiled.pattern
    for _ in range(2):
        assert stand_in.search(text).span() == compiled.search(text).span()
        assert stand_in.findall(text) == compiled.findall(text)
        assert stand_in.sub("x", text) == compiled.sub("x", text)
        assert stand_in.groupindex == compiled.groupindex


def test_a_run_that_lacks_much_makes_the_table(folder):
    lint_text("政府信息公开工作年度报告")
    [matchers.compiled(f"{source}{number}") for source in SOURCES for number in range(9)]
    prepare_table_if_due()
    first = (folder / matchers.table_path().rpartition("/")[2]).stat().st_mtime_ns
    assert matchers.table()
    prepare_table_if_due()
    assert (folder / matchers.table_path().rpartition("/")[2]).stat().st_mtime_ns == first


def test_a_folder_that_cannot_be_written_to_does_no_harm(folder, monkeypatch):
    blocked = folder / "file"
    blocked.write_text("in the way", encoding="utf-8")
    monkeypatch.setattr(matchers, "_FOLDER", str(blocked))
    [matchers.compiled(f"{source}{number}") for source in SOURCES for number in range(9)]
    prepare_table_if_due()
    assert matchers.table() == {}
