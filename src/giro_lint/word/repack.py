"""A ZIP archive with some members replaced or added, all else copied byte for byte. May import: the standard library, model.errors.

Python's own module can only write a member anew, which would unpack and pack every picture of a document. Source: APPNOTE 6.3.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from itertools import pairwise
from typing import NamedTuple

from giro_lint.model.errors import ReadError

_CENTRAL = struct.Struct("<4s6H3I5H2I")
_LOCAL = struct.Struct("<4s5H3I2H")
_END = struct.Struct("<4s4H2IH")
_CENTRAL_MARK, _LOCAL_MARK, _END_MARK = b"PK\1\2", b"PK\3\4", b"PK\5\6"
_UTF8_NAME = 0x800
_DEFLATED = 8
_VERSION = 20
_ABSENT = 0xFFFFFFFF
_LARGE_EXTRA = 1


class _Entry(NamedTuple):
    """An entry of the directory: its fields as they stand, and its name, extra fields and comment in bytes."""

    fields: tuple[int, ...]
    name: bytes
    extra: bytes
    comment: bytes


def repack(data: bytes, changes: Mapping[str, bytes]) -> bytes:
    """Replace or add members of an archive.

    Args:
        data: the archive.
        changes: new content by name, with slashes; letters count as the same in either case.

    Returns:
        The archive with these members in place of the old ones, new ones at the end.

    Raises:
        ReadError: ``damaged`` for bytes that are no archive.

    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            entries = _directory(data, archive.start_dir, len(members))
            stop, comment = archive.start_dir, archive.comment
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, struct.error) as problem:
        raise ReadError("damaged", f"ZIP: {problem}"[:100]) from None
    wanted = {_plain(name): (name, content) for name, content in changes.items()}
    last = {_plain(member.filename): at for at, member in enumerate(members)}
    offsets = [*sorted({member.header_offset for member in members}), stop]
    ends = dict(pairwise(offsets))
    out = bytearray()
    moved: dict[int, int] = {}
    directory: list[bytes] = []
    date = (0, 0x21)
    for at, (member, entry) in enumerate(zip(members, entries, strict=True)):
        date = (entry.fields[4], entry.fields[5])
        name = _plain(member.filename)
        if name in wanted:
            if last[name] == at:
                directory.append(_written(out, entry.name, wanted.pop(name)[1], date, entry.fields[2] & _UTF8_NAME))
            continue
        start = member.header_offset
        if start not in moved:
            moved[start] = len(out)
            out += data[start : ends[start]]
        directory.append(_kept(entry, member, moved[start]))
    directory += [_written(out, name.encode(), content, date, _UTF8_NAME) for name, content in wanted.values()]
    begin, size = len(out), sum(map(len, directory))
    out += b"".join(directory)
    out += _END.pack(_END_MARK, 0, 0, len(directory), len(directory), size, begin, len(comment)) + comment
    return bytes(out)


def _directory(data: bytes, offset: int, count: int) -> list[_Entry]:
    entries = []
    for _ in range(count):
        mark, *fields = _CENTRAL.unpack_from(data, offset)
        if mark != _CENTRAL_MARK:
            raise zipfile.BadZipFile("directory")
        offset += _CENTRAL.size
        parts = []
        for size in fields[9:12]:
            parts.append(data[offset : offset + size])
            offset += size
        entries.append(_Entry(tuple(fields), *parts))
    return entries


def _kept(entry: _Entry, member: zipfile.ZipInfo, offset: int) -> bytes:
    """The entry of a member that was copied; sizes of the 64-bit kind become plain ones."""
    fields, extra = list(entry.fields), entry.extra
    if _ABSENT in (fields[7], fields[8], fields[15]):
        extra = _without_large(extra)
    fields[7], fields[8], fields[10], fields[15] = member.compress_size, member.file_size, len(extra), offset
    return _CENTRAL.pack(_CENTRAL_MARK, *fields) + entry.name + extra + entry.comment


def _without_large(extra: bytes) -> bytes:
    """Extra fields without the one of 64-bit sizes."""
    kept, at = b"", 0
    while at + 4 <= len(extra):
        kind, size = struct.unpack_from("<2H", extra, at)
        if kind != _LARGE_EXTRA:
            kept += extra[at : at + 4 + size]
        at += 4 + size
    return kept


def _written(out: bytearray, name: bytes, content: bytes, date: tuple[int, int], flags: int) -> bytes:
    """Write a member; its entry for the directory."""
    packer = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = packer.compress(content) + packer.flush()
    offset = len(out)
    shared = (_VERSION, flags, _DEFLATED, *date, zlib.crc32(content), len(packed), len(content), len(name), 0)
    out += _LOCAL.pack(_LOCAL_MARK, *shared) + name + packed
    return _CENTRAL.pack(_CENTRAL_MARK, _VERSION, *shared, 0, 0, 0, 0, offset) + name


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()
