"""The page for people: nothing of a report is lost or gets out of its place, everything is escaped, tables look as printed."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from giro_lint import lint_text, parse_text
from giro_lint.model.document import Grid, GridRow, RowText
from giro_lint.reporting.formats import render
from giro_lint.reporting.html import page as page_module
from giro_lint.reporting.html.escape import shown
from giro_lint.reporting.html.page import HtmlWriter
from giro_lint.reporting.html.paper import _figures
from giro_lint.reporting.html.tables import lay_out
from giro_lint.reporting.job import Job
from layouts import STYLES, cell_lines, tab_lines
from layouts import report as typed
from reports import CLEAN, FAULTY, FAULTY_2019, HOSTILE, all_kinds, held_report, linted, made, strange_reports
from shared import ROOT

VOID = {"meta", "br", "input", "rect"}


@attrs.define(eq=False)
class Node:
    tag: str
    attributes: dict
    children: list = attrs.field(factory=list)
    parent: object = None

    def all(self, tag="", **wanted):
        for child in self.children:
            if isinstance(child, Node):
                given_ = {key: child.attributes.get(key.replace("_", "-").rstrip("-")) for key in wanted}
                if (not tag or child.tag == tag) and given_ == wanted:
                    yield child
                yield from child.all(tag, **wanted)

    def having(self, name):
        return [node for node in self.all() if name in node.attributes]

    @property
    def text(self):
        return "".join(child if isinstance(child, str) else child.text for child in self.children)

    @property
    def classes(self):
        return set((self.attributes.get("class") or "").split())


class Tree(HTMLParser):
    """A strict reader: every element is closed where it has to be."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.root = self.at = Node("", {})
        self.feed(text)
        self.close()
        assert self.at is self.root, self.at.tag

    def handle_starttag(self, tag, attrs_):
        assert len({name for name, _ in attrs_}) == len(attrs_)
        node = Node(tag, dict(attrs_), parent=self.at)
        self.at.children.append(node)
        if tag not in VOID:
            self.at = node

    def handle_startendtag(self, tag, attrs_):
        self.at.children.append(Node(tag, dict(attrs_), parent=self.at))

    def handle_endtag(self, tag):
        assert tag == self.at.tag, (tag, self.at.tag)
        self.at = self.at.parent

    def handle_data(self, data):
        self.at.children.append(data)

    def handle_comment(self, data):
        raise AssertionError(data)


def page(reports, lang="zh"):
    return render("html", reports, Job(lang=lang))


def tree(reports, lang="zh"):
    return Tree(page(reports, lang)).root


def paper(article):
    return next(node for node in article.all("section") if "paper" in node.classes)


def plain(node):
    """What a reader sees of the report: the text without the references."""
    parts = []
    for child in node.children:
        if isinstance(child, str):
            parts.append(child)
        elif not child.classes & {"r", "whole"}:
            parts.append(plain(child))
    return "".join(parts)


def squeezed(text):
    return "".join(text.split())


# --- the text and its marks ------------------------------------------------


def check_page(reports):
    root = tree(reports)
    articles = list(root.all("article"))
    assert len(articles) == len(reports)
    for article, one in zip(articles, reports, strict=True):
        if not one.source.text:
            continue
        sheet = paper(article)
        assert squeezed(plain(sheet)) == squeezed(shown(one.source.text))
        references = [node for node in sheet.all("a") if "r" in node.classes]
        assert sorted(int(node.text) for node in references) == list(range(1, len(one.diagnostics) + 1))
        for number, d in enumerate(one.diagnostics, 1):
            marked = [n for n in sheet.all("mark") if str(number) in n.attributes["data-f"].split()]
            said = shown(one.source.text[d.span.start : d.span.end])
            assert squeezed("".join(node.text for node in marked)) == squeezed(said)
        items = [node for node in article.all("li") if "f" in node.classes]
        assert [node.attributes["data-n"] for node in items] == [str(n) for n in range(1, len(one.diagnostics) + 1)]
        for item, d in zip(items, one.diagnostics, strict=True):
            assert squeezed(shown(d.message)) in squeezed(item.text)
    ids = [node.attributes["id"] for node in root.having("id")]
    assert len(ids) == len(set(ids))
    return root


def test_the_whole_text_is_there_with_every_finding():
    check_page(all_kinds())


def test_headings_of_markdown_are_shown_without_their_marks():
    text = (ROOT / "examples" / "clean-2021.md").read_text(encoding="utf-8")
    (article,) = tree([linted(text, "a.md")]).all("article")
    sheet = paper(article)
    hidden = [node.text.strip() for node in sheet.all("span") if "hash" in node.classes]
    assert len(hidden) == sum(line.startswith("#") for line in text.splitlines())
    assert set(hidden) == {"#", "##", "###"}
    assert "##" not in next(sheet.all("h3")).children[-1]
    assert not [node for node in sheet.all("p") if node.text.strip() == "#"]


@given(st.lists(strange_reports(), min_size=1, max_size=3))
def test_whatever_stands_in_a_report(reports):
    check_page(reports)


@pytest.mark.parametrize("edition", ["2019", "2021"])
@pytest.mark.parametrize("style", [cell_lines, tab_lines])
def test_in_other_layouts(style, edition):
    check_page([lint_text(typed(edition, style=style))])


# --- safety ----------------------------------------------------------------


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_nothing_of_a_report_becomes_markup(lang):
    text = page([*made(), linted(FAULTY.replace("水利", HOSTILE[:30])), linted(HOSTILE)], lang)
    root = Tree(text).root
    assert [node.attributes.get("type") for node in root.all("script")] == ["application/json", None]
    for node in root.all():
        assert not [name for name in node.attributes if name.startswith("on") or name == "style"]
        for name in ("href", "src"):
            assert (node.attributes.get(name) or "#").startswith(("#", "https://giro-lint.readthedocs.io/"))
    assert not list(root.all("img")) + list(root.all("link")) + list(root.all("iframe"))
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\u202e\ufffe]", text)


def test_the_policy_allows_this_style_and_script_alone():
    root = tree([linted(FAULTY)])
    policy = next(n for n in root.all("meta") if n.attributes.get("http-equiv") == "Content-Security-Policy")
    (style,) = root.all("style")
    script = list(root.all("script"))[-1]
    hashes = [base64.b64encode(hashlib.sha256(n.text.encode("utf-8")).digest()).decode() for n in (style, script)]
    assert policy.attributes["content"] == (
        f"default-src 'none'; style-src 'sha256-{hashes[0]}'; script-src 'sha256-{hashes[1]}'; base-uri 'none'; form-action 'none'"
    )
    assert "unsafe" not in policy.attributes["content"]
    assert "@import" not in style.text
    assert "url(" not in style.text


# --- tables ----------------------------------------------------------------


def occupied(laid):
    """Every place of the printed table with the box on it."""
    places = {}
    for number, row in enumerate(laid):
        for box in row:
            for at in [(number + y, box.column + x) for y in range(box.height) for x in range(box.width)]:
                assert at not in places, at
                places[at] = box
    return places


def tables_of(text, path="<text>"):
    document = parse_text(text, path=path)
    figures = _figures(document)
    grids = [block for section in document.sections for block in section.blocks if isinstance(block, Grid)]
    return [(grid, lay_out(text, grid, figures), figures) for grid in grids]


@pytest.mark.parametrize("name", ["clean-2019.txt", "faulty-2019.txt", "clean-2021.md", "faulty-2021.txt"])
def test_tables_look_as_printed(name):
    text = (ROOT / "examples" / name).read_text(encoding="utf-8")
    widths = []
    for grid, laid, figures in tables_of(text, name):
        places = occupied(laid)
        width = max(column for _, column in places) + 1
        assert len(places) == width * len(laid)
        widths.append(width)
        bound = [box for row in laid for box in row if box.figure]
        assert [box.start for box in bound] == sorted(s for s in figures if grid.start <= s < grid.end)
    assert widths == [4, 10, 15]
    _, laid, _ = tables_of(text, name)[1]
    said = {text[box.start : box.end].strip(): (box.width, box.height) for row in laid for box in row}
    assert said["申请人情况"] == (7, 1)
    assert said["法人或其他组织"] == (5, 1)
    assert said["自然人"] == (1, 2)
    assert said["一、本年新收政府信息公开申请数量"] == (3, 1)
    assert said["（三）不予公开"] == (1, 8)
    assert said["三、本年度办理结果"][0] == 1
    _, laid, _ = tables_of(text, name)[2]
    said = {text[box.start : box.end].strip(): (box.width, box.height) for row in laid for box in row}
    assert (said["行政复议"], said["行政诉讼"], said["复议后起诉"]) == ((5, 1), (10, 1), (5, 1))


@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_tables_look_the_same_however_they_are_typed(edition):
    printed = []
    for style in [each for each in STYLES if each is not tab_lines]:  # there a caption is a line of its own
        text = typed(edition, style=style)
        shapes = []
        for _, laid, _ in tables_of(text, "report.md" if "bars" in style.__name__ else "report.txt"):
            occupied(laid)
            shapes += [[(text[b.start : b.end].strip(), b.column, b.width, b.height) for b in row] for row in laid]
        printed.append([row for row in shapes if row])
    assert all(each == printed[0] for each in printed), [len(each) for each in printed]


@st.composite
def grids(draw):
    """A text that is a table of any shape, with any of its cells bound as figures."""
    document = parse_text(CLEAN)
    table = document.tables[draw(st.sampled_from(sorted(document.tables)))]
    text, rows, figures = "", [], {}
    for texts in draw(st.lists(st.lists(st.sampled_from(["", " ", "甲", "1", "总计"]), max_size=6), max_size=6)):
        start, cells = len(text), []
        for cell in texts:
            cells.append((len(text) - start + 1, len(text) - start + 1 + len(cell)))
            text += f"\t{cell}"
            if draw(st.booleans()):
                figures[start + cells[-1][0]] = (table, *draw(st.sampled_from(sorted(table.cells))))
        text += "\n"
        rows.append(GridRow(start, len(text), RowText(tuple(cells), tuple(texts))))
    return text, Grid(0, len(text), rows), figures


@given(grids())
def test_a_table_of_any_shape_has_every_cell_once_and_none_on_another(made_):
    text, grid, figures = made_
    laid = lay_out(text, grid, figures)
    occupied(laid)
    shown_ = sorted(place for row in laid for box in row for place in [(box.start, box.end), *box.merged])
    assert shown_ == sorted(cell for row in grid.rows for cell in row.cells)
    for row in laid:
        for box in row:
            assert {text[slice(*place)].strip() for place in box.merged} <= {"", text[box.start : box.end].strip()}


# --- equations -------------------------------------------------------------


def test_a_broken_equation_is_drawn_from_its_cells():
    root = tree([linted(FAULTY)])
    (article,) = root.all("article")
    item = next(n for n in article.all("li") if "SUM010" in n.text)
    first, second = (node for node in item.all("p") if "sum" in node.classes)
    assert squeezed(first.text) == "1.本机关不掌握相关政府信息5+1=6≠5（为0的不列）"
    assert squeezed(second.text) == "自然人13+1+1+5+1+1=22≠21（为0的不列）"
    for equation, cells in ((first, 7), (second, 22)):
        numbers = [node.attributes["data-p"] for node in equation.having("data-p")]
        assert len(numbers) == cells
        for number, button in zip(numbers, equation.having("data-p"), strict=True):
            (place,) = [n for n in paper(article).having("data-p") if number in n.attributes["data-p"].split()]
            assert place.text == (button.text or "0")


# --- many files ------------------------------------------------------------


def test_an_overview_of_many_files():
    reports = [linted(FAULTY, "a.txt"), linted(CLEAN, "b.txt"), linted(FAULTY_2019, "c.txt")]
    root = tree(reports)
    (table,) = root.all("table", id="files")
    rows = [[cell.text for cell in row.children if isinstance(cell, Node)] for row in table.all("tr")][1:]
    assert [row[:7] for row in rows] == [
        ["a.txt", "禾渚区水利局", "2023", "2021 年格式", "2", "10", "4"],
        ["b.txt", "枫渡区市场监督管理局", "2019", "2019 年格式", "0", "0", "0"],
        ["c.txt", "榆汀县教育局", "2020", "2019 年格式", "3", "8", "6"],
    ]
    tiles = next(node for node in root.all("ul") if "tiles" in node.classes)
    assert [squeezed(node.text) for node in tiles.all("li")] == [
        "3文件",
        "1没有问题的文件",
        "5■错误",
        "18▲警告",
        "10●提示",
    ]


def test_many_articles_are_kept_as_text_until_asked_for(monkeypatch):
    reports = [linted(FAULTY, "a.txt"), *made()]
    direct = [node.attributes["id"] for node in tree(reports).all("article")]
    monkeypatch.setattr(page_module, "LARGEST_OPEN", 1000)
    root = tree(reports)
    assert not list(root.all("article"))
    kept = [node for node in root.all("script") if node.attributes.get("type") == "text/plain"]
    assert [next(Tree(node.text).root.all("article")).attributes["id"] for node in kept] == direct
    assert "<!--" not in page(reports)


def test_the_page_has_a_limit(monkeypatch):
    monkeypatch.setattr(page_module, "LARGEST_PAGE", 1)
    first, second = tree([linted(FAULTY, "a.txt"), linted(FAULTY, "b.txt")]).all("article")
    assert "（四）平台建设情况" in first.text
    assert "（四）平台建设情况" not in second.text
    assert "SUM010" in second.text
    assert "防汛抗旱" in second.text  # the line of a finding
    monkeypatch.setattr(page_module, "LONGEST_TEXT", 10)
    monkeypatch.setattr(page_module, "MOST_FINDINGS", 3)
    (article,) = tree([linted(FAULTY)]).all("article")
    assert len([node for node in article.all("li") if "f" in node.classes]) == 3
    assert "还有 13 条没有列出" in article.text


def test_what_is_held_back_is_counted():
    (article,) = tree([held_report()]).all("article")
    assert "另有 1 项按配置或基线不显示" in article.text
    assert "没有发现问题" in article.text


def test_an_article_keeps_no_report():
    writer = HtmlWriter(Job())
    writer.add(linted(FAULTY))
    assert all(isinstance(article, str) for article in writer.articles)
    assert not any(hasattr(value, "document") for value in attrs.asdict(writer, recurse=False).values())


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_word_is_in_the_language(lang):
    from giro_lint.reporting.html.words import WORDS

    assert WORDS["zh"].keys() == WORDS["en"].keys()
    root = tree([linted(CLEAN, "a.txt"), linted(CLEAN, "b.txt")], lang)
    (html,) = root.all("html")
    assert html.attributes["lang"] == {"zh": "zh-CN", "en": "en"}[lang]
    if lang == "en":
        spoken = [node for tag in ("h1", "nav", "footer", "figcaption", "aside", "template") for node in root.all(tag)]
        assert not re.search("[\u4e00-\u9fff]", "".join(node.text for node in spoken))
