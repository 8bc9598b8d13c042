"""Reads members of a ZIP archive that nobody vouches for. May import: model.errors.

Nothing is written to disk, no name of a member is used as a path, and sizes are bounded before and while a member is unpacked.
"""

from __future__ import annotations

import io
import zipfile
import zlib

from giro_lint.model.errors import ReadError

MEGABYTE = 1024 * 1024
_MEMBERS = 20_000
_TOTAL = 256 * MEGABYTE
_RATIO = 500
"""A member that grows more than this is a bomb; reports grow by 10 to 30, a table of nothing but blank cells by 230."""
_SMALL = MEGABYTE
_ENTRY = b"PK\x01\x02"
_CIPHERED = 0x1


class Archive:
    """A ZIP archive in memory.

    Args:
        data: its bytes.

    Raises:
        ReadError: ``damaged`` for bytes that are no archive, ``limit`` for one with too many members.

    """

    def __init__(self, data: bytes) -> None:
        if data.count(_ENTRY) > _MEMBERS:
            raise ReadError("limit", f"ZIP > {_MEMBERS} 个文件 / members")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            self._members = {_plain(info.filename): info for info in self._zip.infolist()}
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as problem:
            raise ReadError("damaged", f"ZIP: {problem}"[:100]) from None
        self._taken = 0

    def __contains__(self, name: str) -> bool:
        return _plain(name) in self._members

    def read(self, name: str, limit: int) -> bytes:
        """Unpack a member.

        Args:
            name: with slashes; letters count as the same in either case, as the format says.
            limit: the most bytes it may have.

        Returns:
            Its bytes.

        Raises:
            ReadError: ``damaged`` where it is missing or broken, ``encrypted``, or ``limit`` where it, its growth or all that
                was read is too large.

        """
        info = self._members.get(_plain(name))
        if info is None:
            raise ReadError("damaged", name)
        if info.flag_bits & _CIPHERED:
            raise ReadError("encrypted", "")
        large = ReadError("limit", f"{name[:60]} > {limit // MEGABYTE} MB")
        if info.file_size > limit or self._taken + info.file_size > _TOTAL:
            raise large
        if info.file_size > _SMALL and info.file_size > _RATIO * info.compress_size:
            raise ReadError("limit", f"{name[:60]}: 1 : {info.file_size // max(info.compress_size, 1)}")
        try:
            with self._zip.open(info) as member:
                data = member.read(limit + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError):
            raise ReadError("damaged", name[:60]) from None
        if len(data) > limit:
            raise large
        self._taken += len(data)
        return data


def _plain(name: str) -> str:
    """A name as names are compared: some programs write backslashes, and large and small letters are the same."""
    return name.replace("\\", "/").lstrip("/").lower()
