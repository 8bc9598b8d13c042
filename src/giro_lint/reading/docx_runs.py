"""The text of a paragraph of a Word document as a reader sees it. May import: docx_package, docx_styles, model.errors.

Changes that were tracked are read as accepted, hidden text and the codes of fields are left out, and text boxes are handed on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import attrs

from giro_lint.model.errors import ReadError
from giro_lint.reading.docx_package import W
from giro_lint.reading.docx_styles import Styles, child, switched, value

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

DEEPEST = 64
"""So many levels of elements within elements are followed."""

_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_VML = "{urn:schemas-microsoft-com:vml}"
_ANCHOR = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"

ALTERNATIVES = _COMPATIBILITY + "AlternateContent"
_CHOICES = (_COMPATIBILITY + "Choice", _COMPATIBILITY + "Fallback")
BOX = W + "txbxContent"
_WORD_ART = _VML + "textpath"

_INSERTED = {W + "ins": "ins", W + "moveTo": "to"}
_DELETED = {W + "del": "del", W + "moveFrom": "from"}
_TEXTS = frozenset({W + "t", _MATH + "t"})
_MARKS = {
    W + "tab": "\t",
    W + "ptab": "\t",
    W + "br": "\n",
    W + "cr": "\n",
    W + "noBreakHyphen": "-",
}
_DRAWN = frozenset({W + "drawing", W + "pict", W + "object"})
_PICTURES = frozenset({
    "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic", "{urn:schemas-microsoft-com:vml}imagedata",
})  # fmt: skip
_CONTAINERS = frozenset(
    {W + name for name in ("hyperlink", "smartTag", "customXml", "sdt", "sdtContent", "dir", "bdo", "fldSimple", "ruby", "rubyBase")}
    | {_MATH + name for name in (
        "oMath", "oMathPara", "r", "e", "num", "den", "sup", "sub", "deg", "fName", "f", "d", "rad", "sSub", "sSup", "sSubSup",
        "nary", "func", "bar", "acc", "box", "borderBox", "groupChr", "limLow", "limUpp", "lim", "m", "mr", "eqArr", "sPre", "phant",
    )}
)  # fmt: skip
_NOT_TEXT = {ord(c): " " for c in "\t\n\r"} | {0xAD: None}
_LINE, _HIGH = 180_000, 4_000_000
"""A box that begins less than half a line below the top of its paragraph, or not far below that of its page, stands above the text
it is anchored in (EMU, 360000 a centimetre)."""
_DIGITS = 12
_OF_TEXT = frozenset({"paragraph", "line"})
_PRIVATE = range(0xF000, 0xF100)
_WINGDINGS = {0xA8: "□", 0xA3: "□", 0x6F: "□", 0xFE: "☑", 0x52: "☑", 0xFC: "√", 0xFB: "×", 0xFD: "☒"}
_SYMBOL = {0xB7: "•", 0xD7: "·", 0xB4: "×", 0xB1: "±", 0xA3: "≤", 0xB3: "≥", 0xB8: "÷", 0xB0: "°"}
_CIRCLED = "⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿"


@attrs.define
class Tally:
    """How often something occurs that the reader remarks on; what is of one kind and stands together counts once."""

    counts: dict[str, int] = attrs.field(factory=dict)
    going: str = ""
    new: bool = False

    def add(self, kind: str) -> None:
        """Count an occurrence, unless it goes on."""
        if kind != self.going:
            self.counts[kind] = self.counts.get(kind, 0) + 1
            self.new = True
        self.going = kind


class Piece(NamedTuple):
    """A piece of text and where it comes from.

    Args:
        text: the piece.
        element: what holds it (``w:t``, ``w:tab``, ``w:sym`` and so on); None for a number that Word sets.
        in_field: whether it is part of the result of a field.

    """

    text: str
    element: Element | None
    in_field: bool = False


@attrs.define
class Paragraph:
    """A paragraph as it is read.

    Args:
        pieces: its text; TABs and line ends are those that Word sets.
        above: text boxes that stand above it.
        below: text boxes that stand below it.
        art: words set as pictures, which stand above it.
        pictured: whether a picture is anchored in it.

    """

    pieces: list[Piece] = attrs.field(factory=list)
    above: list[Element] = attrs.field(factory=list)
    below: list[Element] = attrs.field(factory=list)
    art: list[Piece] = attrs.field(factory=list)
    pictured: bool = False


class Runs:
    """Reads the paragraphs of a document one after another: a field may go on over several.

    Args:
        styles: the styles.

    """

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._fields: list[bool] = []
        self._shown = True
        self._inserted = 0
        self.changes = Tally()
        self.hidden = Tally()

    def read(self, element: Element, style: str | None) -> Paragraph:
        """The text of a paragraph.

        Args:
            element: the paragraph.
            style: id of its style.

        Returns:
            Its text and its text boxes.

        Raises:
            ReadError: ``limit`` for elements nested too deep.

        """
        found = Paragraph()
        self._walk(element, found, self._styles.hidden(style), DEEPEST)
        while self._fields and not self._fields[-1]:  # a code without end would swallow the rest of the text
            self._fields.pop()
        self._shown = all(self._fields)
        return found

    def _walk(self, parent: Element, found: Paragraph, hidden: bool, depth: int) -> None:
        if not depth:
            raise ReadError("limit", f"XML > {DEEPEST} 层 / levels")
        for element in parent:
            tag = element.tag
            if tag == W + "r":
                self._run(element, found, hidden, depth)
            elif tag in _INSERTED:
                self.changes.add(_INSERTED[tag])
                self._inserted += 1
                self._walk(element, found, hidden, depth - 1)
                self._inserted -= 1
            elif tag in _DELETED:
                self.changes.add(_DELETED[tag])
            elif tag in _CONTAINERS:
                self._walk(element, found, hidden, depth - 1)
            elif tag == ALTERNATIVES:
                for chosen in chosen_of(element):
                    self._walk(chosen, found, hidden, depth - 1)
            elif tag in _TEXTS:
                self._text(element, found, hidden)

    def _run(self, run: Element, found: Paragraph, hidden: bool, depth: int) -> None:
        properties = child(run, "rPr")
        if properties is not None:
            own = switched(properties, "vanish")
            name = value(child(properties, "rStyle"))
            hidden = own if own is not None else hidden or self._styles.hidden(name)
        self._content(run, found, hidden, depth)

    def _content(self, run: Element, found: Paragraph, hidden: bool, depth: int) -> None:
        if not depth:
            raise ReadError("limit", f"XML > {DEEPEST} 层 / levels")
        for element in run:
            tag = element.tag
            if tag in _TEXTS:
                self._text(element, found, hidden)
            elif tag in _MARKS:
                self._put(_MARKS[tag], element, found, hidden)
            elif tag == W + "fldChar":
                self._field(value(element, "fldCharType"))
            elif tag == W + "sym":
                shown = _symbol(value(element, "font") or "", value(element, "char") or "")
                self._put(shown, element, found, hidden)
            elif tag in _DRAWN:
                if self._shown and not hidden:
                    _draw(element, found)
            elif tag == ALTERNATIVES:
                for chosen in chosen_of(element):
                    self._content(chosen, found, hidden, depth - 1)
            elif tag in _CONTAINERS:
                self._walk(element, found, hidden, depth - 1)

    def _text(self, element: Element, found: Paragraph, hidden: bool) -> None:
        self._put(shown_text(element), element, found, hidden)

    def _put(self, text: str, element: Element, found: Paragraph, hidden: bool) -> None:
        if not self._shown or not text:
            return
        if hidden:
            if text.strip():
                self.hidden.add("text")
            return
        found.pieces.append(Piece(text, element, bool(self._fields)))
        self.hidden.going = ""
        if not self._inserted:
            self.changes.going = ""

    def _field(self, kind: str | None) -> None:
        """Follow the parts of a field: its code is left out, its result is kept."""
        if kind == "begin":
            self._fields.append(False)
        elif self._fields and kind == "separate":
            self._fields[-1] = True
        elif self._fields and kind == "end":
            self._fields.pop()
        self._shown = all(self._fields)


def joined(pieces: list[Piece]) -> str:
    """The text of some pieces."""
    return "".join([piece.text for piece in pieces])


def shown_text(element: Element) -> str:
    """What is seen of the text of an element: no line ends, no soft hyphens, and spaces at its ends only where they are kept."""
    text = (element.text or "").translate(_NOT_TEXT)
    return text.strip(" ") if element.get(SPACE) != "preserve" and element.tag == W + "t" else text


def shown_offsets(element: Element) -> list[int]:
    """For each letter of `shown_text` its offset in the text of the element."""
    text = element.text or ""
    offsets = [at for at, letter in enumerate(text) if ord(letter) not in _NOT_TEXT or _NOT_TEXT[ord(letter)]]
    shown = text.translate(_NOT_TEXT)
    front = len(shown) - len(shown.lstrip(" ")) if len(shown) > len(shown_text(element)) else 0
    return offsets[front : front + len(shown_text(element))]


def chosen_of(alternatives: Element) -> list[Element]:
    """The one of several ways to write the same that is read: the first that is meant for programs of today."""
    return next(([found] for name in _CHOICES if (found := alternatives.find(name)) is not None), [])


def _draw(drawing: Element, found: Paragraph) -> None:
    """Hand on the text boxes of a drawing and the words that it sets as a picture; the ones in a box are the box's own."""
    high = _stands_high(drawing)
    waiting = [drawing]
    while waiting:
        element = waiting.pop()
        if element.tag == BOX:
            (found.above if high else found.below).append(element)
        elif element.tag == ALTERNATIVES:
            waiting += chosen_of(element)
        else:
            if element.tag == _WORD_ART and (words := (element.get("string") or "").translate(_NOT_TEXT).strip()):
                found.art.append(Piece(words, element))
            found.pictured = found.pictured or element.tag in _PICTURES
            waiting += reversed(element)


def _stands_high(drawing: Element) -> bool:
    """Whether a drawing stands above the text that it is anchored in: not below its first line, or near the top of the page."""
    position = drawing.find(f"{_ANCHOR}anchor/{_ANCHOR}positionV")
    offset = position.findtext(f"{_ANCHOR}posOffset") if position is not None else None
    if position is None or offset is None:
        return False
    offset = offset.strip()
    if position.get("relativeFrom") in _OF_TEXT:
        return _below(offset, _LINE)
    return _below(offset, _HIGH)


def _below(offset: str, limit: int) -> bool:
    return offset.startswith("-") or (offset.isdecimal() and len(offset) < _DIGITS and int(offset) < limit)


def _symbol(font: str, code: str) -> str:
    """The character that a symbol of a font shows; empty where no character looks like it."""
    try:
        point = int(code, 16)
    except ValueError:
        return ""
    if point not in _PRIVATE:
        return chr(point) if 0x20 <= point <= 0xFFFF and not 0xD800 <= point <= 0xDFFF and point != 0x2028 else ""
    point -= _PRIVATE.start
    if font.lower().startswith("wingdings"):
        return _CIRCLED[point - 0x80] if 0x80 <= point < 0x80 + len(_CIRCLED) else _WINGDINGS.get(point, "")
    return chr(point) if 0x20 <= point < 0x40 else _SYMBOL.get(point, "")
