"""Web pages become lines and rows of cells, and every piece leads back to its place in the page."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giro_lint.model.errors import ReadError
from giro_lint.model.source import Span
from giro_lint.reading import html_tree
from giro_lint.reading.html import read_html, read_html_bytes

SENTENCE = "我局扎实推进政府信息公开工作，主动公开信息，按时答复申请，内容准确。"
PROSE = f"<p>{SENTENCE}</p>" * 4


def lines(page):
    """The lines that are not blank; a cell begins with a TAB."""
    return [line for line in read_html(page, "a.html").text.split("\n") if line.strip(" \n")]


def rows(page):
    """The rows of the tables, cells without their TAB."""
    blocks = read_html(page, "a.html").text.split("\n\n")
    return [
        [cell[1:] for cell in block.strip("\n").split("\n")] for block in blocks if block.strip("\n").startswith("\t")
    ]


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<p>一<p>二</p>三", ["一", "二", "三"]),
        ("一<br>二<BR/>三", ["一", "二", "三"]),
        ("<p>全年2<span>0</span>2<b>3</b>年</p>", ["全年2023年"]),
        ("<p>  收到\n  申请 12 \n件  </p>", ["收到申请 12 件"]),
        ("<p>共收到\n26件</p>", ["共收到 26件"]),
        ("<p>a<!-- b -->c<!--><p>d--></p>", ["ac", "d-->"]),
        ("<p>1 &lt; 2 &amp; &#19968;&#x4E8C; &middot; &copy &nosuch;</p>", ["1 < 2 & 一二 · © &nosuch;"]),
        ("<p>甲&nbsp;&nbsp;乙</p>", ["甲\xa0\xa0乙"]),
        ("<p>甲</p>乙</div><p>丙", ["甲", "乙", "丙"]),
        ("<script>a<p>b</script>甲<style>p{}</style><noscript>乙</noscript>", ["甲"]),
        ("<p>甲<span style='DISPLAY:none'>乙</span><i hidden>丙</i><u style=visibility:hidden>丁</u></p>", ["甲"]),
        ("<p>甲<span style='font-size:0px'>乙</span><span style='font-size:0.5em'>丙</span></p>", ["甲丙"]),
        (
            "<style>@media print{.b{display:none}}.a , p.c{display:none}</style><p class='x a'>甲<p class=b>乙<p class=c>丙",
            ["乙"],
        ),
        ("<p aria-hidden=true>甲</p>", ["甲"]),
        ("<select><option>甲<option>乙</select>丙<button>丁</button><textarea>戊</textarea>", ["丙"]),
        ("<ol><li>甲<li>乙</ol><ul><li>丙</ul>", ["1.甲", "2.乙", "丙"]),
        ("<ol start=3 style='list-style-type:cjk-ideographic'><li>甲<li>四、乙</ol>", ["三、甲", "四、乙"]),
        ("<ol type=a><li>甲<li value=4>乙</ol><ol style='list-style:none'><li>丙</ol>", ["a.甲", "d.乙", "丙"]),
        (
            "<p><![if !supportLists]>一、<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp;</span><![endif]>总体情况",
            ["一、总体情况"],
        ),
        ("<pre>甲\n\t1\n\t2\n</pre>", ["甲", "\t1", "\t2"]),
        ("<p style='white-space:pre-wrap'>甲\r\n乙</p><p>丙\r\n丁</p>", ["甲", "乙", "丙丁"]),
        ("<p title='a>b' x=\"c>d\" y=e>甲</p>", ["甲"]),
        ("<p title='a>甲</p>", ["甲"]),
        ("<b>甲<a", ["甲"]),
        ("<b>甲 < 乙 <3 & 丙</b>", ["甲 < 乙 <3 & 丙"]),
        ("甲\n\t1\n", ["甲", "\t1"]),
        ("", []),
    ],
)
def test_lines(page, expected):
    assert lines(page) == expected


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<table><tr><td>甲<td>1<tr><th>乙</th><td></td></table>", [["甲", "1"], ["乙", ""]]),
        ("<table><tr><td rowspan=2>甲<td>1<tr><td>2<tr><td>3<td>4</table>", [["甲", "1"], ["", "2"], ["3", "4"]]),
        ("<table><tr><td>1<td rowspan=2>甲<tr><td>2</table>", [["1", "甲"], ["2", ""]]),
        (
            "<table><tr><td colspan=3 rowspan=3>角<td colspan=2>头<tr><td>甲<td>乙<tr><td>1<td>2</table>",
            [["角", "头"], ["", "甲", "乙"], ["", "1", "2"]],
        ),
        (
            "<table><tbody><tr><td rowspan=9>甲<td>1</tbody><tbody><tr><td>乙<td>2</tbody></table>",
            [["甲", "1"], ["乙", "2"]],
        ),
        ("<table><tr><td rowspan=0>甲<td>1<tr><td>2<tr><td>3</table>", [["甲", "1"], ["", "2"], ["", "3"]]),
        ("<table><tr><td>本年<br>新收<td><p>1</p><p>2</p></table>", [["本年新收", "1 2"]]),
        ("<table><tr><td>甲<td><table><tr><td>5</table></table>", [["甲", "5"]]),
        ("<table><td>甲<td>1</table>", [["甲", "1"]]),
        ("<tr><td>甲<td>1<tr><td>乙<td>2", [["甲", "1"], ["乙", "2"]]),
        (
            "<table><tr><td>甲<td>1<tr style='display:none'><td>乙<td>2<tr><td>丙<td style='display:none'>3<td>4</table>",
            [["甲", "1"], ["丙", "4"]],
        ),
        ("<table><tr><td>甲<td>1<tr height=0><td><td></table>", [["甲", "1"]]),
        ("<table><tr><form><td>甲</td><td>1</td></form></tr></table>", [["甲", "1"]]),
        ("<table><tr><td>甲<td>1</tr><table><tr><td>乙<td>2</table>", [["甲", "1"], ["乙", "2"]]),
        (
            "<div style=display:table><p style='display: table-row'><b style=display:table-cell>甲</b><i style=display:table-cell>1</i></div>",
            [["甲", "1"]],
        ),
    ],
)
def test_rows(page, expected):
    assert rows(page) == expected


def test_a_paragraph_after_a_table_without_an_end_is_no_cell():
    assert lines("<table><tr><td>甲<td>1</td></tr><p>乙<div>丙</div><table><tr><td>丁<td>2") == [
        "\t甲", "\t1", "乙", "丙", "\t丁", "\t2",
    ]  # fmt: skip


def test_text_between_cells_is_kept():
    assert lines("<table>甲<tr>乙<td>1</td>丙<td>2</td></tr>丁</table>") == ["甲", "\t1", "\t2", "乙", "丙", "丁"]


def test_a_table_that_lays_text_out_is_text():
    inner = "<table><tr><td>甲<td>1<tr><td>乙<td>2</table>"
    assert lines(f"<table><tr><td>{PROSE[3:-4]}<td>{PROSE}<p>一、</p>{inner}</table>") == [
        *[SENTENCE] * 8, "一、", "\t甲", "\t1", "\t乙", "\t2",
    ]  # fmt: skip
    assert lines("<table><tr><td>一、总体情况<tr><td>二、其他</table>") == ["一、总体情况", "二、其他"]


def test_an_empty_cell_has_the_place_behind_its_tag():
    page = "<table><tr><td>甲</td><td class=a> </td><td><p><br></p></td></tr></table>"
    source = read_html(page, "a.html")
    assert source.text.strip("\n") == "\t甲\n\t\n\t"
    first, second = source.text.index("\t\n") + 1, source.text.rindex("\t") + 1
    assert source.origin_span(Span(first, first)) == Span(*[page.index(" </td>")] * 2)
    assert source.origin_span(Span(second, second)) == Span(*[page.index("<p><br>")] * 2)


def test_a_cell_that_goes_on_has_a_place_in_its_row():
    page = "<table><tr><td rowspan=2>甲<td>1<tr><td>2</table>"
    source = read_html(page, "a.html")
    blank = source.text.index("\t\n") + 1
    assert source.origin_span(Span(blank, blank)).start == page.index("<td>2")


def test_line_and_column_count_in_the_page():
    page = "<p>甲</p>\r\n<table>\r\n<tr><td>乙</td><td>𠮷1<b>2</b></td></tr></table>"
    source = read_html(page, "a.html")
    start = source.text.index("12")
    assert source.opened(Span(start, start + 2)) == ((3, 20), (3, 25))
    assert source.editable(Span(start, start + 2)) is None
    assert source.opened_edit(Span(start, start + 1), "3") == (Span(page.index("1<b>"), page.index("<b>")), "3")


@pytest.mark.parametrize(
    "page",
    [
        f"<title>{{}}</title>{PROSE}",
        f"<title>{{}}_云溪县人民政府</title>{PROSE}",
        f"<title>云溪县人民政府 - {{}}</title>{PROSE}",
        f"<title>信息公开</title><meta content='{{}}' name=ArticleTitle>{PROSE}",
        f"<body><a href=/>首页</a><h2>{{}}</h2><h3>2021-02-03</h3><div>{PROSE}</div></body>",
        f"<a href=/>首页</a><div><font>{{}}</font></div><div>来源：县商务局</div><div>{PROSE}</div>",
    ],
)
def test_a_title_outside_of_the_report_comes_first(page):
    title = "云溪县商务局2020年政府信息公开工作年度报告"
    source = read_html(page.replace("{}", title), "a.html")
    assert source.text.startswith(f"{title}\n\n我局")
    assert source.origin.text[slice(*source.origin.segments[0][2:])] == title


def test_a_title_inside_is_not_written_twice():
    title = "云溪县商务局2020年政府信息公开工作年度报告"
    for begin in (
        f"<h1>{title}</h1>",
        f"<p>云溪县商务局<br>{title[6:]}</p>",
        f"<p>云溪县商务局</p><p>{title[6:]}</p><p>（2021年1月）</p>",
    ):
        page = f"<title>{title}-云溪县</title><meta name=ArticleTitle content={title}>{begin}{PROSE}"
        assert "".join(lines(page)).count(title) == 1


CHROME = [
    "<nav><p>首页</p></nav>",
    "<div role=navigation>首页 信息</div>",
    "<ul><li><a href=1>首页</a><li><a href=2>信息公开</a></ul>",
    "<div>当前位置：<a href=1>首页</a> &gt; <a href=2>政府信息公开</a> &gt; <a href=3>年报</a></div>",
    "<table><tr><td><a href=1>机构职能</a><td><a href=2>政策文件</a></table>",
    "<aside>相关信息。</aside>",
    "<header><a href=/>某县人民政府</a></header>",
]


@pytest.mark.parametrize("piece", CHROME)
def test_what_the_site_added_is_left_out(piece):
    assert lines(f"<body>{piece}<div>{PROSE}</div></body>") == [SENTENCE] * 4
    assert lines(f"<body>{PROSE}{piece}</body>") == [SENTENCE] * 4


@pytest.mark.parametrize(
    "piece",
    [
        "<p>云溪县商务局</p><p>2021年1月20日</p>",
        "<footer><p>云溪县商务局</p><p><a href=a></a>2021年1月20日</p></footer>",
        "<p>六、其他需要报告的事项</p><p>没有其他需要报告的事项。</p>",
        "<p>附件：<a href=1>目录</a></p>",
    ],
)
def test_what_may_be_the_report_is_kept(piece):
    assert lines(f"<body><a href=/></a><div>{PROSE}</div>{piece}</body>")[:4] == [SENTENCE] * 4
    assert len(lines(f"<body><a href=/></a><div>{PROSE}</div>{piece}</body>")) > 4 or "附件" in piece


def test_a_report_that_a_script_shows_later_is_read():
    assert lines(f"<div style='display:none'>{PROSE}</div><p>正在加载页面</p>") == [*[SENTENCE] * 4, "正在加载页面"]


@pytest.mark.parametrize(
    ("page", "codec", "encoding"),
    [
        ("<p>政府信息公开</p>", "utf-8", "utf-8"),
        ("<p>政府信息公开</p>", "utf-8-sig", "utf-8-sig"),
        ("<p>政府信息公开</p>", "gb18030", "gb18030"),
        ("<p>政府信息公开</p>", "utf-16", "utf-16"),
        ("<meta charset=gb2312><p>政府信息公开</p>", "utf-8", "utf-8"),
        ("<meta charset='GBK'>" + "<b></b>" * 999 + "<p>政府信息公开</p>", "gb18030", "gb18030"),
        ("<b></b>" * 999 + "<p>政府信息公开</p>", "gb18030", "gb18030"),
        ("<meta charset=big5><p>政府資訊公開</p>", "big5", "big5hkscs"),
    ],
)
def test_encodings(page, codec, encoding):
    source = read_html_bytes(page.encode(codec), "a.html")
    assert source.encoding == encoding
    assert "公" in source.text
    assert source.text.strip("\n") in page


def test_a_damaged_letter_does_not_hinder():
    data = f"<meta charset=utf-8>{PROSE * 3}".encode().replace("按".encode(), b"\xe6\x8c", 1)
    assert read_html_bytes(data, "a.html").text.count("\ufffd") == 1
    assert "甲 乙" in read_html_bytes(f"{PROSE}<p>甲\0乙</p>".encode(), "a.html").text


@pytest.mark.parametrize("data", [b"\x00\x01\x02\x03" * 99, b"\x89PNG\r\n", "<p>é</p>".encode("latin-1")])
def test_bytes_that_are_no_page(data):
    with pytest.raises(ReadError):
        read_html_bytes(data, "a.html")


BOMBS = {
    "nesting": "<div><p>" * 30_000 + "甲",
    "nested tables": "<table><tr><td>" * 10_000 + "1" + "</table>" * 10_000,
    "nested lists": "<ol><li>" * 20_000,
    "nested footers": "<footer><a href=a>甲</a>" * 10_000 + "<p>2021年1月20日</p>",
    "end tags": "<i><p>" + "<span>" * 50_000 + "</i>" * 50_000,
    "colspan": "<table><tr>" + "<td colspan=10000>1" * 500,
    "rowspan": "<table><tr>" + "<td rowspan=65534 colspan=1000>1" * 500 + "<tr><td>2" * 10_000,
    "comments": "<!--" * 500_000,
    "tags without end": "<a b='" * 300_000,
    "quotes": "<a b='>'" * 20_000,
    "attributes": "<td " + "a=1 " * 200_000 + ">",
    "ampersands": "&" * 1_000_000,
    "white space": "<p>" + " \n" * 1_000_000,
    "style": "<style>" + ".a{" * 100_000 + "</style>" + "<p class=a>",
    "titles": "<title>2021年报告甲乙丙_a</title>" * 20_000,
    "hidden": "<p style='display:none'>一句。<div style='display:none'>" * 20_000,
    "links": "<div><a href=a>甲</a><a href=b>乙</a>" * 20_000,
}


@pytest.mark.parametrize("name", BOMBS)
def test_hostile_pages_are_read(name):
    source = read_html(f"<b>{BOMBS[name]}", "a.html")
    assert len(source.text) <= len(BOMBS[name]) * 2
    check_segments(source)


def test_a_page_with_too_many_elements_is_refused(monkeypatch):
    monkeypatch.setattr(html_tree, "MOST", 5_000)
    assert read_html("<p>" * 4_000, "a.html").text == ""
    with pytest.raises(ReadError) as refused:
        read_html("<p>" * 5_002, "a.html")
    assert refused.value.reason == "limit"


def check_segments(source):
    """Segments are in order, do not overlap, stay inside, and copies are copies."""
    text, page, behind = source.text, source.origin.text, 0
    for start, end, origin, origin_end in source.origin.segments:
        assert behind <= start <= end <= len(text)
        assert 0 <= origin <= origin_end <= len(page)
        if end - start == origin_end - origin:
            assert text[start:end] == page[origin:origin_end]
        behind = end


PIECES = [
    "<table>", "</table>", "<tr>", "</tr>", "<td>", "<td rowspan=2>", "<td colspan=2 rowspan=0>", "</td>", "<th>", "<p>", "</p>",
    "<br>", "<div>", "</div>", "<ol>", "<li>", "</ol>", "<span>", "</span>", "<a href=x>", "</a>", "<h1>", "</h2>", "<pre>", "\n",
    " ", "&nbsp;", "&lt", "&#13;", "&#0;", "&#1;", "<!--", "-->", "<!", "<", ">", "'", '"', "甲", "乙。", "2023年", "12", "\t", "\0", "\r\n",
    "<select>", "<option>", "</select>", "<style>.a{display:none}</style>", "<p class=a>", "<i hidden>", "<title>", "</title>",
    "<tbody>", "<caption>", "<nav>", "<footer>", "<form>", "</form>", "<div style='display:table-cell'>", "<script>", "</script>",
    "<div style='white-space:pre'>", "<ul>", "</body>", "<body>", "<td style=display:none>", "\u2028", "𠮷",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join) | st.text(max_size=60))
def test_any_page_is_read(page):
    source = read_html(f"<i></i>{page}", "a.html")
    check_segments(source)
    shown = [c for c in source.text if not c.isspace()]
    assert len(shown) <= len(page) * 2
