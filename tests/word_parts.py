"""What a Word document holds, read apart from the program: its members, comments, anchored texts and tracked changes. May import: lxml."""

from __future__ import annotations

import io
import zipfile
from copy import deepcopy

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_SHOWN = {W + "t"}
_MARKS = ("commentRangeStart", "commentRangeEnd")


def members(data):
    """The content of every member."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def with_members(data, **changes):
    """The archive with other members, packed anew; ``__`` in a name is a slash, ``_dot_`` a dot, None takes one away."""
    named = {name.replace("__", "/").replace("_dot_", "."): content for name, content in changes.items()}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (members(data) | named).items():
            if content is not None:
                archive.writestr(name, content)
    return out.getvalue()


def main(data):
    """The root of the main part."""
    return etree.fromstring(members(data)["word/document.xml"].replace(STRICT, W[1:-1].encode()))


def comments(data):
    """The texts of the comments by id, those of the program's author alone."""
    root = etree.fromstring(members(data)["word/comments.xml"].replace(STRICT, W[1:-1].encode()))
    return {
        comment.get(W + "id"): "\n".join("".join(p.itertext(W + "t")) for p in comment.iter(W + "p"))
        for comment in root
        if comment.get(W + "author") == "giro-lint"
    }


def anchored(data):
    """The text in the range of each comment, without white space, by id; marks have to stand as the schema says."""
    texts, open_now, closed = {}, set(), set()
    for element in main(data).iter("*"):
        name = element.tag.removeprefix(W)
        if name in _MARKS:
            assert element.getparent().tag == W + "p"
            assert element.getparent().find(W + "pPr") in (None, element.getparent()[0])
        if name == "commentRangeStart":
            assert element.get(W + "id") not in texts
            texts[element.get(W + "id")] = ""
            open_now.add(element.get(W + "id"))
        elif name == "commentRangeEnd":
            open_now.remove(element.get(W + "id"))
            run = element.getnext()
            assert [child.get(W + "id") for child in run.iter(W + "commentReference")] == [element.get(W + "id")]
        elif name == "commentReference":
            assert element.get(W + "id") not in closed
            closed.add(element.get(W + "id"))
        elif element.tag in _SHOWN:
            for key in open_now:
                texts[key] += "".join((element.text or "").split())
    assert not open_now
    assert closed == set(texts)
    return texts


def without_comments(data):
    """The main part in its canonical form without what marks comments."""
    root = deepcopy(main(data))
    for reference in list(root.iter(W + "commentReference")):
        run = reference.getparent()
        run.remove(reference)
        if not len(run):
            run.getparent().remove(run)
    for name in _MARKS:
        for mark in list(root.iter(W + name)):
            mark.getparent().remove(mark)
    return etree.tostring(root, method="c14n")


def settled(data, *, accept):
    """The texts of the paragraphs once the changes of giro-lint are accepted or rejected, and the ids of these changes."""
    root = main(data)
    ids = []
    for kind, kept in (("ins", accept), ("del", not accept)):
        for change in list(root.iter(W + kind)):
            if change.get(W + "author") != "giro-lint":
                continue
            ids.append(change.get(W + "id"))
            assert change.get(W + "date")
            assert {child.tag for child in change} == {W + "r"}
            assert not list(change.iter(W + ("t" if kind == "del" else "delText")))
            if not kept:
                change.getparent().remove(change)
    return ["".join(map(_shown, p.iter(W + "t", W + "delText"))) for p in root.iter(W + "p")], ids


def _shown(text):
    return text.text if text.get("{http://www.w3.org/XML/1998/namespace}space") == "preserve" else text.text.strip(" ")
