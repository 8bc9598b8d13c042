"""Findings as comments in a Word document. May import: anchors, document, engine, reporting words, reading, model.

Source: ECMA-376 part 1, 17.13.4 (comments), part 2 (content types, relationships).
"""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import attrs

from giro_lint.api import lint_bytes
from giro_lint.engine import Plan, run
from giro_lint.model.diagnostic import Diagnostic
from giro_lint.model.errors import GiroLintError, ReadError
from giro_lint.model.report import Report
from giro_lint.reading.docx_package import W, parse_xml, relations_of
from giro_lint.reporting.places import one_line, place_words
from giro_lint.reporting.words import SEVERITIES
from giro_lint.word.anchors import Anchor, Anchors
from giro_lint.word.document import AUTHOR, INITIALS, STRICT, WordDocument, moment, unused, xml_text
from giro_lint.word.letters import Way
from giro_lint.word.parts import Part
from giro_lint.word.repack import repack

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_WORDS: Mapping[str, Mapping[str, str]] = {
    "zh": {
        "found": "原文：“{}”",
        "related": "相关：{}",
        "remedy": "怎样修改：{}",
        "basis": "依据：{}",
        "where": "（{}）",
    },
    "en": {
        "found": "Text: “{}”",
        "related": "Related: {}",
        "remedy": "How to mend it: {}",
        "basis": "Basis: {}",
        "where": " ({})",
    },
}
_MOST_RELATED = 6
_LONGEST = 80
_UNTOUCHED = frozenset({"readOnly", "forms"})
_TYPES = "[Content_Types].xml"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_STRICT_RELATION = "http://purl.oclc.org/ooxml/officeDocument/relationships/comments"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_ENDS, _BEGINS, _EMPTY = 0, 1, 2
"""What stands at one place: the ends of comments, then their beginnings, then comments on nothing."""


@attrs.frozen(eq=False, repr=False)
class Annotated:
    """A document with its findings as comments.

    Args:
        data: the bytes of the document.
        report: what was found.
        count: number of comments that were put in; a comment that stands there already is not put in again.

    """

    data: bytes
    report: Report
    count: int


def annotate_bytes(data: bytes, *, path: str, plan: Plan) -> Annotated:
    """Put every finding of a Word document into it as a comment at its place; nothing else of the document changes.

    Args:
        data: the whole file (.docx, .docm).
        path: its name.
        plan: rules and options; their language is that of the comments.

    Returns:
        The document and its report.

    Raises:
        GiroLintError: for a file that is no such document, is damaged, encrypted or protected, or has no paragraph.

    """
    try:
        document = WordDocument(data, path)
        if document.protection() in _UNTOUCHED:
            raise GiroLintError(
                f"{path}: 文档受保护，不能加批注；请先在 Word 中停止保护 / the document is protected; stop the protection in Word first"
            )
        report = run(document.traced.source, plan)
        written, count = _Comments(document, plan).write(report)
    except ReadError as problem:
        raise GiroLintError(f"{path}: {_reason(data, path, plan, problem)}") from None
    return Annotated(written, report, count)


def _reason(data: bytes, path: str, plan: Plan, problem: ReadError) -> str:
    """Why a file cannot be annotated."""
    if problem.reason == "media":
        return "不是 .docx 文档，不能加批注；请先另存为 .docx / is no .docx document; save it as .docx first"
    found = lint_bytes(data, path=path, plan=plan).diagnostics
    return next((f"{each.rule} {each.message}" for each in found if each.rule == "DOC000"), str(problem))


class _Comments:
    """Writes comments into a document."""

    def __init__(self, document: WordDocument, plan: Plan) -> None:
        self._document, self._plan = document, plan
        self._package = document.package
        self._name = self._package.related(self._package.main, "comments")
        self._there = bool(self._name) and self._name in self._package
        self._changes: dict[str, bytes] = {}

    def write(self, report: Report) -> tuple[bytes, int]:
        """The bytes of the document with the comments, and their number."""
        document = self._document
        old = self._package.part("comments") if self._there else None
        if old is not None and old.tag != W + "comments":
            raise ReadError("damaged", self._name[:60])
        known = _known(old)
        anchors = Anchors(Way(document.traced), document.order)
        numbers, when = unused(old, document.traced.root), moment()
        comments: list[tuple[int, list[str]]] = []
        for found in report.diagnostics:
            anchor = anchors.of(found.span)
            if anchor is None:
                raise GiroLintError(f"{report.path}: 文档没有段落 / the document has no paragraph")
            lines = self._lines(report, found, _squeezed(anchor, document.order))
            if known["".join(lines)]:
                known["".join(lines)] -= 1
                continue
            number = next(numbers)
            comments.append((number, lines))
            self._mark(anchor, number)
        if not comments:
            return document.bytes, 0
        self._changes[self._package.main] = document.part.data()
        self._put(comments, when, old)
        return repack(document.bytes, self._changes), len(comments)

    def _lines(self, report: Report, found: Diagnostic, shown: str) -> list[str]:
        """The paragraphs of a comment."""
        lang = self._plan.config.lang
        words = _WORDS[lang]
        lines = [f"{SEVERITIES[lang][found.severity]} {found.rule} {found.message}"]
        if found.evidence and found.evidence != shown:
            text = " ".join(report.source.text[found.span.start : found.span.end].split())
            lines.append(words["found"].format(text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"))
        for other in found.related[:_MOST_RELATED]:
            where = "" if other.path else place_words(report.source, other.span, lang)
            lines.append(words["related"].format(other.message) + (words["where"].format(where) if where else ""))
        remedy = self._plan.ruleset.get(found.rule).remedy[lang]
        lines.append(words["remedy"].format(remedy))
        if found.basis:
            lines.append(words["basis"].format(found.basis))
        return [one_line(line) for line in lines]

    def _mark(self, anchor: Anchor, number: int) -> None:
        """Mark a range of the document as the one of a comment."""
        document = self._document
        begin = self._element(anchor.first, "commentRangeStart", number)
        end = self._element(anchor.last, "commentRangeEnd", number)
        run, _, declared = document.named(anchor.last, "r")
        reference = f"<{run}{declared}>{self._element(anchor.last, 'commentReference', number)}</{run}>"
        part, order = document.part, document.order
        if anchor.start is None and anchor.end is None and anchor.first is anchor.last:
            self._fill(anchor.first, begin + end + reference)
            return
        if anchor.start is None:
            self._fill(anchor.first, begin)
        else:
            part.insert(part.extent(order[anchor.start]).start, begin, _BEGINS)
        if anchor.end is None:
            self._fill(anchor.last, end + reference)
        else:
            part.insert(part.extent(order[anchor.end]).end, end + reference, _ENDS)

    def _fill(self, paragraph: Element, xml: str) -> None:
        """Put something into a paragraph that has no content."""
        self._document.part.append(self._document.order[paragraph], xml)

    def _element(self, scope: Element, name: str, number: int) -> str:
        named, prefix, declared = self._document.named(scope, name)
        return f'<{named}{declared} {prefix}:id="{number}"/>'

    def _put(self, comments: list[tuple[int, list[str]]], when: str, old: Element | None) -> None:
        """Write the comments into their part, which is made and named where there is none."""
        namespace = self._document.namespace
        if old is not None:
            part = Part(self._package.read(self._name), self._name)
            for number, lines in comments:
                part.append(0, _comment(number, lines, when, f' xmlns:w="{namespace}"'))
            self._changes[self._name] = part.data()
            return
        if not self._name:
            self._name = self._relate()
        self._declare()
        inside = "".join(_comment(number, lines, when) for number, lines in comments)
        self._changes[self._name] = f'{_DECLARATION}<w:comments xmlns:w="{namespace}">{inside}</w:comments>'.encode()

    def _relate(self) -> str:
        """Name a part for the comments, and have the main part name it."""
        main = self._package.main
        folder = posixpath.dirname(main)
        names = (f"comments{number or ''}.xml" for number in range(len(self._document.order) + 2))
        target = next(name for name in names if posixpath.join(folder, name) not in self._package)
        name = relations_of(main)
        kind = _STRICT_RELATION if self._document.namespace == STRICT else _RELATION
        if name not in self._package:
            content = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'
            data = (_DECLARATION + content).encode()
        else:
            data = self._package.read(name)
        root = parse_xml(data, name)
        used = {element.get("Id", "").lower() for element in root}
        key = next(key for key in (f"rId{number}" for number in range(1, len(used) + 2)) if key.lower() not in used)
        part = Part(data, name)
        part.append(0, f'<{_plain(root, "Relationship")} Id="{key}" Type="{kind}" Target="{target}"/>')
        self._changes[name] = part.data()
        return posixpath.join(folder, target)

    def _declare(self) -> None:
        """Declare the type of the part with the comments, unless that is done."""
        data = self._package.read(_TYPES)
        root = parse_xml(data, _TYPES)
        wanted = "/" + self._name
        if any(element.get("PartName", "").lower() == wanted.lower() for element in root):
            return
        part = Part(data, _TYPES)
        part.append(0, f'<{_plain(root, "Override")} PartName="{xml_text(wanted)}" ContentType="{_TYPE}"/>')
        self._changes[_TYPES] = part.data()


def _plain(root: Element, name: str) -> str:
    """The name of an element in the namespace of a part's root."""
    return f"{root.prefix}:{name}" if root.prefix else name


def _comment(number: int, lines: list[str], when: str, declared: str = "") -> str:
    mark = "<w:r><w:annotationRef/></w:r>"
    content = "".join(
        f'<w:p>{"" if at else mark}<w:r><w:t xml:space="preserve">{xml_text(line)}</w:t></w:r></w:p>'
        for at, line in enumerate(lines)
    )
    head = f'w:id="{number}" w:author="{AUTHOR}" w:date="{when}" w:initials="{INITIALS}"'
    return f"<w:comment{declared} {head}>{content}</w:comment>"


def _known(old: Element | None) -> Counter[str]:
    """How often each text stands in the comments that this program has put in before."""
    ours = (each for each in old if each.get(W + "author") == AUTHOR) if old is not None else iter(())
    return Counter("".join(text.text or "" for text in comment.iter(W + "t")) for comment in ours)


def _squeezed(anchor: Anchor, order: Mapping[Element, int]) -> str:
    """The text of a range within one paragraph without white space; empty for others."""
    if anchor.first is not anchor.last or anchor.start is None or anchor.end is None:
        return ""
    start, end = order[anchor.start], order[anchor.end]
    texts = (text.text or "" for child in anchor.first if start <= order[child] <= end for text in _texts(child))
    return "".join("".join(texts).split())


def _texts(element: Element) -> Iterator[Element]:
    return element.iter(W + "t")
