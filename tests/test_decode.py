"""Bytes become text, or one clear error."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giro_lint.model.errors import ReadError
from giro_lint.reading.decode import decode
from giro_lint.reading.media import read_source

TEXT = "云溪县商务局2020年政府信息公开工作年度报告\r\n一、总体情况\n\t0\n"


@pytest.mark.parametrize(
    "codec", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_encodings(codec):
    assert decode(TEXT.encode(codec))[0] == TEXT


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\x89PNG\r\n", "binary"),
        (b"PK\x03\x04zip", "binary"),
        (b"\x00" * 10, "binary"),
        (bytes(range(256)) * 4, "binary"),
        (b"\xe9\x80" * 3 + b"\xff", "encoding"),
        (b"caf\xe9 cr\xe8me", "encoding"),
    ],
)
def test_what_is_no_text_is_refused(data, reason):
    with pytest.raises(ReadError) as caught:
        decode(data)
    assert caught.value.reason == reason


@given(st.binary(max_size=200))
def test_any_bytes_decode_or_are_refused(data):
    try:
        text, codec = decode(data)
    except ReadError:
        return
    assert isinstance(text, str)
    assert codec


@given(st.text(alphabet=st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), min_size=1))
def test_utf8_comes_back_as_it_is(text):
    source = text.encode()
    try:
        assert decode(source)[0] == text.removeprefix("\ufeff")
    except ReadError as problem:
        assert problem.reason == "binary"  # noqa: PT017  a text may begin like a picture


def test_the_ending_tells_the_medium():
    assert read_source(b"x", "a/b.md").media == "markdown"
    assert read_source(b"x", "a.b/c").media == "text"
    with pytest.raises(ReadError, match="media"):
        read_source(b"x", "report.xlsx")
