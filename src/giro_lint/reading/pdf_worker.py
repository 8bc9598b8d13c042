"""The program that takes a PDF apart, in a process of its own. May import: the standard library and pypdfium2.

PDFium is native code, and what it reads is untrusted: a page that makes it crash, hang or grow must not harm the linter. The bytes come
in through standard input, the glyphs and ruling lines of the pages go out as JSON. It imports nothing of giro-lint, so that it starts
fast.
"""

from __future__ import annotations

import ctypes
import json
import math
import sys
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

MAX_PAGES = 500
MAX_GLYPHS = 250_000
MAX_SEGMENTS = 120_000
"""Segments of paths that are looked at on a page, and objects of it."""
MAX_RULES = 6_000
MAX_PICTURES = 500
_PICTURE = 0.3
"""Images that take more of the width of a page are told of."""
_DEPTH = 6
_MEMORY = 500 * 1024 * 1024
_UNITS = 100
"""Coordinates are given in hundredths of a point."""
_THIN = 3.2
"""A shape not thicker than this is a ruling line, in points."""
_THICK = 6.5
"""A shape four times as long as thick may be as thick as this."""
_SHORT = 3.0
_DASH = 14.0
"""Dots and dashes are no longer; so many of them, no further apart than this, are a line."""
_DASHES, _GAP = 3, 6.0
_HUGE = 100_000.0
_INVISIBLE = 3
_HYPHENS = {0x2: 0x2D, 0xFFFE: 0x2D}
_TEXT, _PATH, _IMAGE, _FORM = 1, 2, 3, 5
_LINE, _BEZIER, _MOVE = 0, 1, 2

Affine = tuple[float, float, float, float, float, float]
Point = tuple[float, float]


class PdfProblem(Exception):  # noqa: N818
    """A file that cannot be read.

    Args:
        reason: as in ReadError.
        detail: likewise.

    """

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(reason, detail)
        self.reason, self.detail = reason, detail


def take_apart(data: bytes) -> dict[str, Any]:
    """Glyphs and ruling lines of a PDF.

    Args:
        data: the file.

    Returns:
        ``pages``: for each its ``size`` in points, ``text`` (a character a glyph), ``glyphs`` (seven whole numbers a glyph, in
        hundredths of a point from the top left corner: left, top, right, bottom, baseline, size, and the direction of reading in
        quarter turns clockwise), ``rules`` (left, top, right, bottom of shapes that may be ruling lines), ``images`` (the share of
        the page that images cover), ``pictures`` (left, top, right, bottom of the larger ones), ``hidden`` (glyphs that are not
        painted) and ``unmapped`` (glyphs whose character is unknown).
        Or ``error``: reason and detail.

    """
    import pypdfium2.raw as pdfium

    try:
        return {"pages": list(_pages(pdfium, data))}
    except PdfProblem as problem:
        return {"error": [problem.reason, problem.detail]}


def _pages(pdfium: Any, data: bytes) -> Iterator[dict[str, Any]]:
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        locked = pdfium.FPDF_GetLastError() in {pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY}
        raise PdfProblem("encrypted" if locked else "damaged", "PDF")
    try:
        count = pdfium.FPDF_GetPageCount(document)
        if count > MAX_PAGES:
            raise PdfProblem("limit", f"{count} > {MAX_PAGES} 页 / pages")
        if count < 1:
            raise PdfProblem("damaged", "PDF: 0 页 / pages")
        glyphs = 0
        for index in range(count):
            page = pdfium.FPDF_LoadPage(document, index)
            if not page:
                raise PdfProblem("damaged", f"PDF: 第 {index + 1} 页 / page {index + 1}")
            try:
                found = _Page(pdfium, page).read(MAX_GLYPHS - glyphs)
            finally:
                pdfium.FPDF_ClosePage(page)
            glyphs += len(found["text"])
            yield found
    finally:
        pdfium.FPDF_CloseDocument(document)


class _Page:
    """A page while it is read."""

    def __init__(self, pdfium: Any, page: Any) -> None:
        self.pdfium, self.page = pdfium, page
        self.width, self.height = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
        if not (0 < self.width < _HUGE and 0 < self.height < _HUGE):
            raise PdfProblem("damaged", f"PDF, {self.width:.0f} x {self.height:.0f} pt")
        self.seen = self._seen()
        self.rules: list[int] = []
        self.dashes: list[tuple[float, float, float, float]] = []
        self.images = 0.0
        self.pictures: list[int] = []
        self.left = MAX_SEGMENTS

    def read(self, most: int) -> dict[str, Any]:
        """Everything about the page."""
        result: dict[str, Any] = {"size": [round(self.width, 2), round(self.height, 2)]}
        result.update(self._glyphs(most))
        self._objects(self.page, (1.0, 0.0, 0.0, 1.0, 0.0, 0.0), 0)
        if self.left <= 0:
            self.rules, self.dashes = [], []  # a part of the lines would part the wrong cells
        for box in _strung(self.dashes):
            self.rules += [round(value * _UNITS) for value in box]
        result["rules"] = self.rules
        result["pictures"] = self.pictures
        result["images"] = round(min(1.0, self.images / (self.width * self.height)), 3)
        return result

    def _seen(self) -> Affine:
        """From the space of the page to what is seen: points from the top left corner, turned as the page is."""
        x, y = ctypes.c_int(), ctypes.c_int()
        scale = min(_UNITS, int(10_000_000 / max(self.width, self.height)))
        size = (0, 0, int(self.width * scale), int(self.height * scale), 0)
        corners: list[Point] = []
        span = max(self.width, self.height)
        for at in ((0.0, 0.0), (span, 0.0), (0.0, span)):
            self.pdfium.FPDF_PageToDevice(self.page, *size, *at, x, y)
            corners.append((x.value / scale, y.value / scale))
        (ox, oy), (ax, ay), (bx, by) = corners
        return ((ax - ox) / span, (ay - oy) / span, (bx - ox) / span, (by - oy) / span, ox, oy)

    # Text

    def _glyphs(self, most: int) -> dict[str, Any]:
        pdfium = self.pdfium
        text_page = pdfium.FPDFText_LoadPage(self.page)
        if not text_page:
            return {"text": "", "glyphs": [], "hidden": 0, "unmapped": 0}
        try:
            count = pdfium.FPDFText_CountChars(text_page)
            if count > most:
                raise PdfProblem("limit", f"> {MAX_GLYPHS} 个字符 / characters")
            return self._characters(text_page, count)
        finally:
            pdfium.FPDFText_ClosePage(text_page)

    def _characters(self, text_page: Any, count: int) -> dict[str, Any]:
        pdfium = self.pdfium
        text: list[str] = []
        flat: list[int] = []
        hidden = unmapped = 0
        box, matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
        left, right, low, high = (ctypes.c_double() for _ in range(4))
        x, y = ctypes.c_double(), ctypes.c_double()
        for index in range(count):
            code = pdfium.FPDFText_GetUnicode(text_page, index)
            if pdfium.FPDFText_IsGenerated(text_page, index) == 1 and code not in _HYPHENS:
                continue
            code = _HYPHENS.get(code, code)
            if code < 0x20 or 0xD800 <= code < 0xE000 or code > 0x10FFFF:
                unmapped += code == 0
                continue
            shown = pdfium.FPDFText_GetTextObject(text_page, index)
            if shown and pdfium.FPDFTextObj_GetTextRenderMode(shown) == _INVISIBLE:
                hidden += code > 0x20
                continue
            known = pdfium.FPDFText_HasUnicodeMapError(text_page, index) != 1
            unmapped += not known or code == 0xFFFD or 0xE000 <= code <= 0xF8FF
            pdfium.FPDFText_GetMatrix(text_page, index, matrix)
            direction = self._direction(matrix.a, matrix.b)
            size = pdfium.FPDFText_GetFontSize(text_page, index) * math.sqrt(
                abs(matrix.a * matrix.d - matrix.b * matrix.c)
            )
            if direction is None or not 1.0 <= size < 500:
                continue
            pdfium.FPDFText_GetCharOrigin(text_page, index, x, y)
            pdfium.FPDFText_GetLooseCharBox(text_page, index, box)
            pdfium.FPDFText_GetCharBox(text_page, index, left, right, low, high)
            loose = self._box(box.left, box.bottom, box.right, box.top)
            tight = self._box(left.value, low.value, right.value, high.value)
            origin = self._point(x.value, y.value)
            placed = _glyph_box(loose, tight, origin, size, direction)
            if placed is None or not (-1 <= placed[0] <= self.width + 1 and -1 <= placed[1] <= self.height + 1):
                continue
            text.append(chr(code))
            flat += [round(value * _UNITS) for value in (*placed, size)]
            flat.append(direction)
        return {"text": "".join(text), "glyphs": flat, "hidden": hidden, "unmapped": unmapped}

    def _direction(self, a: float, b: float) -> int | None:
        """Quarter turns clockwise in which a glyph is read, or None for one that stands askew."""
        m = self.seen
        dx, dy = m[0] * a + m[2] * b, m[1] * a + m[3] * b
        length = math.hypot(dx, dy)
        if not length:
            return None
        if abs(dy) < 0.09 * length:
            return 0 if dx > 0 else 2
        if abs(dx) < 0.09 * length:
            return 1 if dy > 0 else 3
        return None

    def _point(self, x: float, y: float) -> Point:
        m = self.seen
        return m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]

    def _box(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        ax, ay = self._point(left, bottom)
        bx, by = self._point(right, top)
        return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)

    # Ruling lines

    def _objects(self, holder: Any, matrix: Affine, depth: int) -> None:
        pdfium = self.pdfium
        inside = depth > 0
        count = pdfium.FPDFFormObj_CountObjects(holder) if inside else pdfium.FPDFPage_CountObjects(holder)
        for index in range(count):
            if self.left <= 0 or len(self.rules) >= 4 * MAX_RULES:
                return
            item = pdfium.FPDFFormObj_GetObject(holder, index) if inside else pdfium.FPDFPage_GetObject(holder, index)
            kind = pdfium.FPDFPageObj_GetType(item)
            if kind == _TEXT:
                continue
            self.left -= 1
            if kind == _FORM and depth < _DEPTH:
                self._objects(item, _times(self._matrix(item), matrix), depth + 1)
            elif kind == _PATH:
                self._path(item, _times(self._matrix(item), matrix))
            elif kind == _IMAGE:
                self._image(_times(self._matrix(item), matrix))

    def _matrix(self, item: Any) -> Affine:
        matrix = self.pdfium.FS_MATRIX()
        self.pdfium.FPDFPageObj_GetMatrix(item, matrix)
        return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f

    def _image(self, matrix: Affine) -> None:
        corners = [self._point(*_apply(matrix, x, y)) for x, y in ((0, 0), (1, 0), (0, 1), (1, 1))]
        box = _bounds(corners)
        width, height = box[2] - box[0], box[3] - box[1]
        if min(width, height) <= _THIN:
            self._rule(box)
        elif width < _HUGE and height < _HUGE:
            self.images += width * height
            if width > _PICTURE * self.width and len(self.pictures) < 4 * MAX_PICTURES:
                self.pictures += [round(value * _UNITS) for value in box]

    def _path(self, item: Any, matrix: Affine) -> None:
        pdfium = self.pdfium
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        if not pdfium.FPDFPath_GetDrawMode(item, fill, stroke) or not (fill.value or stroke.value):
            return
        outlines = self._outlines(item, matrix)
        if stroke.value:
            for points in outlines:
                for (ax, ay), (bx, by) in pairwise(points):
                    if abs(ax - bx) <= 0.7 or abs(ay - by) <= 0.7:
                        self._rule(_bounds([(ax, ay), (bx, by)]))
            return
        boxes = [_bounds(points) for points in outlines if len(points) > 2]
        for index, box in enumerate(boxes):
            if _is_thin(box):
                self._rule(box)
            elif index and _frames(boxes[index - 1], box):
                self._frame(box)

    def _outlines(self, item: Any, matrix: Affine) -> list[list[Point]]:
        """The points of the outlines of a path, closed ones with the first point again at the end."""
        pdfium = self.pdfium
        x, y = ctypes.c_float(), ctypes.c_float()
        count = min(pdfium.FPDFPath_CountSegments(item), self.left)
        self.left -= count
        outlines: list[list[Point]] = []
        for index in range(count):
            segment = pdfium.FPDFPath_GetPathSegment(item, index)
            pdfium.FPDFPathSegment_GetPoint(segment, x, y)
            point = self._point(*_apply(matrix, x.value, y.value))
            kind = pdfium.FPDFPathSegment_GetType(segment)
            if kind == _MOVE or not outlines:
                outlines.append([point])
            else:
                outlines[-1].append(point)
            if pdfium.FPDFPathSegment_GetClose(segment) and outlines[-1][0] != point:
                outlines[-1].append(outlines[-1][0])
        return outlines

    def _frame(self, box: tuple[float, float, float, float]) -> None:
        left, top, right, bottom = box
        for side in (
            (left, top, right, top),
            (left, bottom, right, bottom),
            (left, top, left, bottom),
            (right, top, right, bottom),
        ):
            self._rule(side)

    def _rule(self, box: tuple[float, float, float, float]) -> None:
        if not all(abs(value) < _HUGE for value in box):
            return
        if box[2] < 0 or box[3] < 0 or box[0] > self.width or box[1] > self.height:
            return
        length = max(box[2] - box[0], box[3] - box[1])
        if length <= _DASH:
            self.dashes.append(box)
        if length < _SHORT:
            return
        self.rules += [round(value * _UNITS) for value in box]


def _glyph_box(
    loose: tuple[float, float, float, float],
    tight: tuple[float, float, float, float],
    origin: Point,
    size: float,
    direction: int,
) -> tuple[float, float, float, float, float] | None:
    """Left, top, right, bottom and baseline of a glyph; its advance along the line, its em across it."""
    x, y = origin
    if direction in {1, 3}:  # read downwards or upwards
        top, bottom = loose[1], loose[3]
        if bottom - top < 0.05 * size:
            top, bottom = tight[1], tight[3]
        across = (x - 0.2 * size, x + 0.8 * size) if direction == 1 else (x - 0.8 * size, x + 0.2 * size)
        return across[0], top, across[1], bottom, y
    left, right = loose[0], loose[2]
    if right - left < 0.05 * size or right - left > 3 * size:
        left, right = min(x, tight[0]), max(x, tight[2])
    middle = y - 0.36 * size if direction == 0 else y + 0.36 * size
    if tight[3] > tight[1] and tight[2] > tight[0]:  # a vertical script hangs its glyphs from the origin
        middle = min(max(middle, tight[1] - 0.45 * size), tight[3] + 0.45 * size)
    return left, middle - 0.5 * size, right, middle + 0.5 * size, y


def _apply(m: Affine, x: float, y: float) -> Point:
    return m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]


def _times(first: Affine, then: Affine) -> Affine:
    """The map that applies one map, then another."""
    a, b = _apply((*then[:4], 0.0, 0.0), first[0], first[1])
    c, d = _apply((*then[:4], 0.0, 0.0), first[2], first[3])
    e, f = _apply(then, first[4], first[5])
    return a, b, c, d, e, f


def _bounds(points: list[Point]) -> tuple[float, float, float, float]:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def _is_thin(box: tuple[float, float, float, float]) -> bool:
    """Whether a filled box is drawn as a line."""
    thin, long = sorted((box[2] - box[0], box[3] - box[1]))
    return thin <= _THIN or (thin <= _THICK and long >= 4 * thin)


def _strung(dashes: list[tuple[float, float, float, float]]) -> Iterator[tuple[float, float, float, float]]:
    """The lines that dots and dashes of one line make."""
    for across in (0, 1):
        level = sorted(
            (round(box[across] + box[across + 2]), box[1 - across], box)
            for box in dashes
            if box[across + 2] - box[across] <= min(_THIN, box[3 - across] - box[1 - across] + 0.5)
        )
        runs: list[list[tuple[float, float, float, float]]] = []
        last = (-_HUGE, 0.0)
        for place, start, box in level:
            if place - last[0] > 1 or not -0.5 <= start - last[1] <= _GAP:
                runs.append([])
            runs[-1].append(box)
            last = place, box[3 - across]
        for run in runs:
            if len(run) >= _DASHES:
                yield _bounds([(x, y) for left, top, right, bottom in run for x, y in ((left, top), (right, bottom))])


def _frames(outer: tuple[float, float, float, float], inner: tuple[float, float, float, float]) -> bool:
    """Whether two outlines are the outside and the inside of a border."""
    gaps = [inner[0] - outer[0], inner[1] - outer[1], outer[2] - inner[2], outer[3] - inner[3]]
    return all(0 <= gap <= _THIN for gap in gaps) and max(gaps) > 0


def _confine(seconds: int) -> None:
    """Bound memory and time of this process where the system can."""
    try:
        import resource
    except ImportError:  # no such thing on Windows; the parent ends the process there
        return
    for kind, most in ((resource.RLIMIT_AS, _MEMORY), (resource.RLIMIT_CPU, seconds), (resource.RLIMIT_CORE, 0)):
        try:
            resource.setrlimit(kind, (most, most))
        except (OSError, ValueError):
            continue


def main() -> None:
    """Read a PDF from standard input, write what it holds to standard output.

    Arguments of the command line: the seconds it may take, and the folders to import from.
    """
    sys.path[:0] = sys.argv[2:]
    data = sys.stdin.buffer.read()
    _confine(int(sys.argv[1]))
    try:
        result = take_apart(data)
    except MemoryError:
        result = {"error": ["limit", f"> {_MEMORY // 1024 // 1024} MB"]}
    sys.stdout.buffer.write(json.dumps(result, separators=(",", ":")).encode("ascii"))


if __name__ == "__main__":
    main()
