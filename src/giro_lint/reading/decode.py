"""Bytes to text: BOM, UTF-8, UTF-16 without BOM, GB18030, in this order. May import: model.errors."""

from __future__ import annotations

import codecs

from giro_lint.model.errors import ReadError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BARE = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF32_LE: "utf-32-le",
    codecs.BOM_UTF32_BE: "utf-32-be",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
"""The codec behind a byte order mark, without the mark."""
_SIGNATURES = (
    (b"%PDF-", "PDF"),
    (b"PK\x03\x04", "ZIP"),
    (b"\xd0\xcf\x11\xe0", "OLE"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"\x7fELF", "ELF"),
    (b"\x1f\x8b", "GZIP"),
    (b"{\\rtf", "RTF"),
)
_SAMPLE = 4096


def decode(data: bytes) -> tuple[str, str]:
    """Decode the bytes of a text file.

    Args:
        data: the whole file.

    Returns:
        The text, line ends untouched, without a byte order mark; and the codec.

    Raises:
        ReadError: ``binary`` for a file that is no text, ``encoding`` for a text in an encoding that cannot be told.

    """
    kind = next((name for signature, name in _SIGNATURES if data.startswith(signature)), "")
    if kind:
        raise ReadError("binary", kind)
    codec = next((codec for mark, codec in _BOMS if data.startswith(mark)), "")
    if codec:
        return _strict(data, codec), codec
    if b"\0" in data:
        return _without_mark(data)
    try:
        text, codec = data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        text, codec = _strict(data, "gb18030"), "gb18030"
        if not _chinese(text):
            raise ReadError("encoding", "") from None
    if not _readable(text):
        raise ReadError("binary", "控制字符 / control characters")
    return text, codec


def encode(text: str, data: bytes, codec: str) -> bytes | None:
    """A changed text in the encoding of the file it was decoded from, its byte order mark included.

    Args:
        text: the new text.
        data: the file as it was.
        codec: the codec that `decode` told for it.

    Returns:
        The bytes, or None where the codec cannot write every character back.

    """
    mark = next((mark for mark, name in _BOMS if data.startswith(mark) and name == codec), b"")
    plain = _BARE.get(mark, codec)
    try:
        return mark + text.encode(plain)
    except UnicodeEncodeError:
        return None


def _strict(data: bytes, codec: str) -> str:
    try:
        return data.decode(codec)
    except (UnicodeDecodeError, UnicodeError) as problem:
        raise ReadError("encoding", f"{codec}: {getattr(problem, 'reason', problem)}") from None


def _without_mark(data: bytes) -> tuple[str, str]:
    """UTF-16 without a byte order mark, told by where its zero bytes stand; else the file is binary."""
    sample = data[:_SAMPLE]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    for codec, many, few in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        if many > 2 * few and many * 50 > len(sample):
            try:
                text = data.decode(codec)
            except UnicodeDecodeError:
                continue
            if _readable(text):
                return text, codec
    raise ReadError("binary", "NUL")


def _readable(text: str) -> bool:
    """Whether a text is for reading: hardly any control characters."""
    sample = text[:_SAMPLE]
    return sum(c < " " and c not in "\t\n\r\f" for c in sample) * 50 <= len(sample)


def _chinese(text: str) -> bool:
    """Whether a text that was taken for GB18030 is plausible: most of what is not ASCII are common ideographs or marks."""
    letters = [c for c in text[:_SAMPLE] if c > "\x7f"]
    plausible = sum(
        "\u4e00" <= c <= "\u9fff"
        or "\u3000" <= c <= "\u303f"
        or "\uff00" <= c <= "\uffef"
        or c in "“”‘’—…·①②③④⑤⑥⑦⑧⑨⑩　"
        for c in letters
    )
    rare = sum(c >= "\u9fa6" or "\ue000" <= c <= "\uf8ff" for c in letters if "\u4e00" <= c <= "\uf8ff")
    return bool(letters) and plausible * 10 >= len(letters) * 8 and rare * 20 <= len(letters)
