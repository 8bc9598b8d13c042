"""Archives with members replaced: what is not replaced is copied byte for byte, whatever wrote the archive."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giro_lint.model.errors import ReadError
from giro_lint.word.repack import repack
from word_parts import members


class _Pipe(io.RawIOBase):
    """A stream that cannot go back, so that sizes stand behind the members."""

    def __init__(self):
        self.content = b""

    def writable(self):
        return True

    def write(self, piece):
        self.content += bytes(piece)
        return len(piece)


def packed(contents, *, method=zipfile.ZIP_DEFLATED, streamed=False, large=False, lead=b"", comment=b""):
    out = _Pipe() if streamed else io.BytesIO()
    if lead:
        out.write(lead)
    with zipfile.ZipFile(out, "w", method) as archive:
        archive.comment = comment
        for name, content in contents.items():
            with archive.open(name, "w", force_zip64=large) as member:
                member.write(content)
    return out.content if streamed else out.getvalue()


def raw(data, name):
    """The packed bytes of a member."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        info = archive.getinfo(name)
    names, extras = struct.unpack_from("<2H", data, info.header_offset + 26)
    start = info.header_offset + 30 + names + extras
    return data[start : start + info.compress_size]


NAMES = st.sampled_from(["a.xml", "word/document.xml", "word/media/image1.png", "目录/文件.xml"])
CONTENTS = st.dictionaries(NAMES, st.binary(max_size=300), min_size=1)


@given(
    CONTENTS,
    CONTENTS,
    st.sampled_from([zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED, zipfile.ZIP_BZIP2]),
    st.booleans(),
    st.booleans(),
    st.sampled_from([b"", b"#!/bin/sh\n"]),
    st.sampled_from([b"", b"note"]),
)
def test_members_are_replaced_added_and_else_copied(before, changes, method, streamed, large, lead, comment):
    data = packed(before, method=method, streamed=streamed, large=large, lead=lead, comment=comment)
    result = repack(data, changes)
    assert members(result) == before | changes
    for name in before.keys() - changes.keys():
        assert raw(result, name) == raw(data, name)
    with zipfile.ZipFile(io.BytesIO(result)) as archive:
        assert archive.comment == comment
        assert archive.namelist()[: len(before)] == list(before)
    assert repack(result, changes) == result


def test_sizes_of_the_large_kind_become_plain_ones():
    data = packed({"a.xml": b"a" * 99, "b.xml": b"b"})
    at = data.index(b"PK\1\2")
    size, length, name = struct.unpack_from("<2IH", data, at + 20)
    entry = bytearray(data[at : at + 46 + name])
    struct.pack_into("<2I", entry, 20, 0xFFFFFFFF, 0xFFFFFFFF)
    struct.pack_into("<H", entry, 30, 24)
    struct.pack_into("<I", entry, 42, 0xFFFFFFFF)
    extra = struct.pack("<2H3Q", 1, 24, length, size, 0)[:28]
    struct.pack_into("<H", entry, 30, len(extra))
    large = bytearray(data[:at] + entry + extra + data[at + 46 + name :])
    end = large.rindex(b"PK\5\6")
    struct.pack_into("<I", large, end + 12, struct.unpack_from("<I", large, end + 12)[0] + len(extra))
    assert members(bytes(large)) == members(data)
    result = repack(bytes(large), {"b.xml": b"new"})
    assert members(result) == {"a.xml": b"a" * 99, "b.xml": b"new"}
    assert b"\xff\xff\xff\xff" not in result


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_of_two_members_of_one_name_the_last_counts():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("Word/a.xml", b"first")
        archive.writestr("b.xml", b"b")
        archive.writestr("word\\a.xml", b"last")
    assert members(repack(out.getvalue(), {"word/A.xml": b"new"})) == {"b.xml": b"b", "word\\a.xml": b"new"}


@pytest.mark.parametrize("data", [b"", b"PK\3\4", packed({"a": b""}).replace(b"PK\1\2", b"PK\1\3")])
def test_what_is_no_archive_is_one_error(data):
    with pytest.raises(ReadError) as caught:
        repack(data, {"a": b""})
    assert caught.value.reason == "damaged"
