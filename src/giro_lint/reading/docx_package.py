"""The parts of a Word document as trees of elements. May import: archive, lxml, model.errors.

A part is read whole, so its size, its number of elements and their nesting are bounded; a part with a document type is refused,
which leaves no entities to expand. The two sets of namespaces, transitional and strict, are read as one.
"""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from giro_lint.model.errors import ReadError
from giro_lint.reading.archive import MEGABYTE, Archive

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
"""The namespace of everything that this program reads of a document."""

_STRICT = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    b"http://purl.oclc.org/ooxml/officeDocument/relationships/": (
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
    ),
    b"http://purl.oclc.org/ooxml/drawingml/": b"http://schemas.openxmlformats.org/drawingml/2006/",
}
_PART_SIZE = 32 * MEGABYTE
_NODES = 1_500_000
"""So many elements and attributes a part may have; a report has some ten thousand."""
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_MAIN = "word/document.xml"
_UTF16 = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))
_DECLARATION = re.compile(rb"^\s*<\?xml[^>]*\?>")
_MARK = b"\xef\xbb\xbf"


class Package:
    """A Word document: its main part, and the parts that the main part names.

    Args:
        data: the whole file.

    Raises:
        ReadError: for bytes that are no Word document.

    """

    def __init__(self, data: bytes) -> None:
        self._archive = Archive(data)
        named = self.related("", "officeDocument")
        self.main = named if named in self._archive else _MAIN
        """Name of the main part."""

    def __contains__(self, name: str) -> bool:
        return name in self._archive

    def document(self) -> Element:
        """The root of the main part.

        Raises:
            ReadError: ``damaged`` or ``limit``.

        """
        root = self._tree(self.main)
        if root.tag != W + "document":
            raise ReadError("damaged", f"{self.main[:60]}: <{str(root.tag).rpartition('}')[2][:30]}>")
        return root

    def part(self, kind: str) -> Element | None:
        """The root of another part.

        Args:
            kind: how the relationship is called, such as ``numbering``.

        Returns:
            None where the document has none.

        Raises:
            ReadError: ``damaged`` or ``limit``.

        """
        name = self.related(self.main, kind)
        return self._tree(name) if name and name in self._archive else None

    def related(self, source: str, kind: str) -> str:
        """Name of the part that a part (empty for the package) names as its ``kind``, or empty; it need not be there."""
        name = relations_of(source)
        if name not in self._archive:
            return ""
        for relation in self._tree(name).iter(_RELATION):
            if relation.get("Type", "").endswith("/" + kind) and relation.get("TargetMode") != "External":
                folder = posixpath.dirname(source)
                return posixpath.normpath(posixpath.join("/" + folder, relation.get("Target", ""))).lstrip("/")
        return ""

    def read(self, name: str) -> bytes:
        """The bytes of a part.

        Raises:
            ReadError: ``damaged`` where there is none, ``limit``.

        """
        return self._archive.read(name, _PART_SIZE)

    def _tree(self, name: str) -> Element:
        return parse_xml(self.read(name), name)


def relations_of(part: str) -> str:
    """Name of the part that holds the relationships of a part, or of the package where that is empty."""
    folder, base = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{base}.rels")


def parse_xml(data: bytes, name: str) -> Element:
    """The root of a part.

    Args:
        data: its bytes, in UTF-8 or UTF-16 as the format prescribes.
        name: for messages.

    Returns:
        The root, without comments and processing instructions.

    Raises:
        ReadError: ``damaged`` for what is not well-formed or has a document type, ``limit`` for too many elements.

    """
    from lxml import etree

    data = utf8(data, name)
    if b"<!DOCTYPE" in data:
        raise ReadError("damaged", f"{name[:60]}: DOCTYPE")
    if data.count(b"<") + data.count(b"=") > _NODES:
        raise ReadError("limit", f"{name[:60]}: XML > {_NODES} 个节点 / nodes")
    for strict, transitional in _STRICT.items():
        data = data.replace(strict, transitional)
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as problem:
        reason = "limit" if "depth" in str(problem).lower() else "damaged"
        raise ReadError(reason, f"{name[:60]}: {problem}"[:160]) from None


def utf8(data: bytes, name: str) -> bytes:
    """The bytes of a part in UTF-8, without mark and declaration: what is looked at is what is parsed.

    Args:
        data: the part.
        name: for messages.

    Raises:
        ReadError: ``damaged``.

    """
    codec = next((codec for mark, codec in _UTF16 if data.startswith(mark)), "")
    if codec:
        try:
            data = data.decode(codec).encode()
        except UnicodeError:
            raise ReadError("damaged", f"{name[:60]}: UTF-16") from None
    return _DECLARATION.sub(b"", data.removeprefix(_MARK), count=1)


def coded(body: bytes, original: bytes, before: bytes) -> bytes:
    """The inverse of `utf8` for a part that was changed.

    Args:
        body: what `utf8` would give of the result.
        original: the part as it was.
        before: what `utf8` gave of that.

    Returns:
        The part with mark and declaration, in the encoding of the original.

    """
    if original.endswith(before):
        return original[: len(original) - len(before)] + body
    codec = "utf-16-be" if original.startswith((b"\xfe\xff", b"\0<")) else "utf-16-le"
    text = original.decode(codec).encode()
    return (text[: len(text) - len(before)] + body).decode().encode(codec)
