"""Reports as web pages, in the ways that editors, office programs and content systems write them. May import: attrs and the standard library.

A page is made from the text of a report in the tab-cell layout, whole or faulty, so that what is found in the text has to be
found in the page. All words around the reports are invented.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from functools import partial

import attrs

_WIDTHS = {
    10: {2: (3, 7), 4: (3, 1, 5, 1), 8: (3, *[1] * 7), 9: (1, 2, *[1] * 7), 10: (1,) * 10},
    15: {2: (5, 10), 7: (1, 1, 1, 1, 1, 5, 5), 15: (1,) * 15},
}
"""How many columns the cells of a row cover, by the width of the table and the number of cells."""

_DIGIT = re.compile(r"\d")


@attrs.frozen
class Table:
    """Rows of the texts of cells."""

    rows: list[list[str]]


Block = str | Table


def blocks_of(text: str) -> Iterator[Block]:
    """The lines and tables of a text in the tab-cell layout, in order."""
    rows: list[list[str]] = []
    row: list[str] = []
    for line in text.split("\n"):
        if line.startswith("\t"):
            row.append(line[1:])
            continue
        if row:
            rows.append(row)
            row = []
        if line.strip():
            if rows:
                yield Table(rows)
                rows = []
            yield line
    if row:
        rows.append(row)
    if rows:
        yield Table(rows)


# Ways to write words


def plain(text: str) -> str:
    """The text with the letters that need it written as entities."""
    return html.escape(text, quote=False)


def split(text: str) -> str:
    """Every figure and every few letters in an element of their own."""
    pieces = re.findall(r"\d|[^\d]{1,5}", text)
    return "".join(
        f'<span style="font-family: 仿宋_GB2312;"><font face="仿宋">{plain(piece)}</font></span>' for piece in pieces
    )


def numeric(text: str) -> str:
    """Every letter as a number."""
    return "".join(f"&#x{ord(letter):X};" if ord(letter) % 2 else f"&#{ord(letter)};" for letter in text)


def commented(text: str) -> str:
    """With a remark and an empty element in the middle."""
    half = len(text) // 2
    return f"{plain(text[:half])}<!-- 审核：<td>0</td> --><b></b>{plain(text[half:])}"


def wrapped(text: str) -> str:
    """Lines of the source broken between Chinese letters, as Word does."""
    return re.sub(r"([\u4e00-\u9fff]{17})(?=[\u4e00-\u9fff])", "\\1\n  ", plain(text))


def worded(text: str) -> str:
    """Figures and letters in spans of their own language, an empty paragraph mark at the end, as Word writes them."""
    pieces = re.findall(r"[\x21-\x7e]+|[^\x21-\x7e]+", text)
    spans = [
        f"<span lang=EN-US style='font-size:16.0pt;\nfont-family:仿宋'>{plain(piece)}</span>"
        if piece.isascii()
        else f"<span style='font-size:16.0pt;font-family:\n仿宋'>{wrapped(piece)}</span>"
        for piece in pieces
    ]
    return "".join(spans) + "<span lang=EN-US><o:p></o:p></span>"


# Styles


@attrs.frozen
class Style:
    """How a page is written; in the templates ``{}`` is the content.

    Args:
        page: the whole page; ``{title}`` is the title, ``{body}`` the report.
        title: the title inside the report, or empty where it stands elsewhere.
        paragraph: a line.
        table: a table.
        row: a row; ``{}`` is its cells.
        cell: a cell; ``{span}`` is its attributes, ``{text}`` its content.
        head: a cell of the first row, where it is written differently.
        blank: the content of a cell without any.
        words: how words are written.
        merged: whether cells are merged downwards; else the cells below are empty.

    """

    page: str
    title: str = "<h1>{}</h1>\n"
    paragraph: str = "<p>{}</p>\n"
    table: str = "<table>{}</table>\n"
    row: str = "<tr>{}</tr>\n"
    cell: str = "<td{span}>{text}</td>"
    head: str = ""
    blank: str = ""
    words: Callable[[str], str] = plain
    merged: bool = True


def render_html(text: str, style: Style) -> str:
    """A report as a page.

    Args:
        text: the report in the tab-cell layout; the lines before the first blank one are its title.
        style: how the page is written.

    Returns:
        The page.

    """
    front, _, rest = text.partition("\n\n")
    lines = front.split("\n")
    body = [style.title.replace("{}", "<br>".join(map(style.words, lines)))]
    for block in blocks_of(rest):
        if isinstance(block, Table):
            body.append(style.table.replace("{}", _rows(block, style)))
        else:
            body.append(style.paragraph.replace("{}", style.words(block)))
    return style.page.replace("{title}", plain("".join(lines))).replace("{body}", "".join(body))


def _rows(table: Table, style: Style) -> str:
    spans = _spans(table.rows) if style.merged else None
    rows = []
    for number, row in enumerate(table.rows):
        cells = []
        for position, text in enumerate(row):
            width, height = spans[number][position] if spans else (1, 1)
            if not height:
                continue  # a cell above goes on here
            said = (f' colspan="{width}"' if width > 1 else "") + (f' rowspan="{height}"' if height > 1 else "")
            template = style.head if style.head and number == 0 else style.cell
            content = style.words(text) if text.strip() else (style.blank or text)
            cells.append(template.replace("{span}", said).replace("{text}", content))
        rows.append(style.row.replace("{}", "".join(cells)))
    return "".join(rows)


def _spans(rows: list[list[str]]) -> list[list[tuple[int, int]]] | None:
    """Width and height of each cell, height 0 for one that only goes on; None for a table whose rows do not fit."""
    known = _WIDTHS.get(max(map(len, rows)))
    if known is None or any(len(row) not in known for row in rows):
        return None
    spans: list[list[tuple[int, int]]] = []
    above: dict[int, tuple[int, int, int]] = {}
    for number, row in enumerate(rows):
        column, found = 0, []
        for position, (text, width) in enumerate(zip(row, known[len(row)], strict=True)):
            label = column < 3 if len(known) == 5 else number == 2
            if not text and number and column in above and above[column][2] == width and (label or number < 3):
                first, place, _ = above[column]
                spans_of = spans[first] if first < number else found
                spans_of[place] = (width, spans_of[place][1] + 1)
                found.append((width, 0))
            else:
                above = {at: cell for at, cell in above.items() if not column <= at < column + width}
                above[column] = (number, position, width)
                found.append((width, 1))
            column += width
        spans.append(found)
    return spans


_PLAIN = (
    '<!DOCTYPE html>\n<html lang="zh">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n</head>\n'
    "<body>\n{body}</body>\n</html>\n"
)

_CMS = """<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml"><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8" />
<title>{title}_云溪县人民政府门户网站</title><meta name="ArticleTitle" content="{title}" />
<meta name="PubDate" content="2021-01-25 09:12" /><link href="/css/a.css" rel="stylesheet" />
<script>if (1 < 2 && document.title != "<p>") { document.write("<div>一、总体情况</div>"); }</script>
<style>.tip{display:none} @media print {.con{display:none}} td{padding:2px}</style></head><body>
<div class="top"><div class="w"><span>今天是2025年3月8日 星期六</span><a href="/wap">手机版</a><a href="/old">长者模式</a></div></div>
<div class="logo"><img src="/logo.png" alt="云溪县人民政府"></div>
<ul class="menu"><li><a href="/">首页</a></li><li><a href="/zwgk">政务公开</a></li><li><a href="/bsfw">办事服务</a></li>
<li><a href="/hd">互动交流</a></li></ul>
<form action="/search"><input name="q" value="请输入关键字"><select><option>全部<option>一、总体情况</select><button>搜索</button></form>
<div class="crumb">当前位置：<a href="/">首页</a> &gt; <a href="/zwgk">政务公开</a> &gt; <a href="/nb">政府信息公开年报</a></div>
<div class="main"><div class="left"><dl><dt><a href="/zn">政府信息公开指南</a></dt><dd><a href="/zd">政府信息公开制度</a></dd></dl></div>
<div class="right"><table class="meta"><tr><td>索引号</td><td>000014349/2021-00012</td><td>主题分类</td><td>政务公开</td></tr>
<tr><td>发布机构</td><td>云溪县政务公开办</td><td>发布日期</td><td>2021-01-25</td></tr><tr><td>名称</td><td colspan=3>{title}</td></tr>
<tr><td>文号</td><td></td><td>有效性</td><td>有效</td></tr></table>
<h1 class="tit">{title}</h1>
<div class="info"><span>发布时间：2021-01-25 09:12</span><span>来源：本站</span><span>字体：<a href="#">大</a> <a href="#">中</a>
<a href="#">小</a></span><span class="share">分享到：<a href="#">微信</a><a href="#">微博</a></span></div>
<div class="tip">正在加载，请稍候。</div>
<div id="zoom" class="con">
{body}</div>
<div class="pages">上一篇：<a href="/1.html">云溪县2019年政府信息公开工作年度报告</a></div>
<div class="pages">下一篇：<a href="/2.html">没有了</a></div>
<div class="print"><a href="javascript:print()">【打印】</a><a href="javascript:close()">【关闭】</a></div>
<div class="qr">扫一扫在手机打开当前页<img src="qr.png"></div></div></div>
<div class="foot"><a href="/about">关于我们</a><a href="/map">网站地图</a><p>主办：云溪县人民政府办公室 承办：云溪县大数据中心</p>
<p>网站标识码：3300000001 某ICP备00000000号</p></div><script src="/js/a.js"></script></body></html>
"""

_SEMANTIC = """<!doctype html><html><head><meta charset=utf-8><title>{title}-云溪县人民政府</title></head><body>
<header><a href=/>云溪县人民政府</a> <a href=/en>English</a></header>
<nav>您的位置：<a href=/>首页</a>/<a href=/gk>信息公开</a>/年报</nav>
<main><article><header><h1>{title}</h1></header>
{body}</article><aside><h3>相关信息</h3><ul><li><a href=/a>县教育局：一、总体情况</a><li><a href=/b>政策解读。</a></ul></aside></main>
<footer><p><a href=/law>法律声明</a></p><p>联系电话：0579-00000000。版权所有：云溪县人民政府办公室，2024年1月31日更新。</p></footer></body></html>
"""

_WORD = """<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns="http://www.w3.org/TR/REC-html40">
<head><meta http-equiv=Content-Type content="text/html; charset=utf-8"><meta name=Generator content="Microsoft Word 15">
<title>{title}</title>
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->
<style>
<!-- /* Style Definitions */ p.MsoNormal, li.MsoNormal {margin:0cm; font-size:10.5pt;} @page WordSection1 {size:595.3pt 841.9pt;}
div.WordSection1 {page:WordSection1;} -->
</style></head>
<body lang=ZH-CN style='text-justify-trim:punctuation'><div class=WordSection1 style='layout-grid:15.6pt'>
{body}<p class=MsoNormal><span lang=EN-US>&nbsp;</span></p></div></body></html>
"""

_LAYOUT = """<HTML><HEAD><META http-equiv=Content-Type content="text/html; charset=utf-8"><TITLE>{title}</TITLE></HEAD>
<BODY bgColor=#ffffff><CENTER><TABLE width=1000 border=0><TR><TD colSpan=2><IMG src=banner.jpg></TD></TR>
<TR><TD width=200 vAlign=top><TABLE><TR><TD><A href=a.htm>机构设置</A></TD></TR><TR><TD><A href=b.htm>政策文件</A></TD></TR>
<TR><TD><A href=c.htm>年度报告</A></TD></TR></TABLE></TD>
<TD vAlign=top><TABLE width="100%"><TBODY><TR><TD>
{body}
</TD></TR></TBODY></TABLE></TD></TR>
<TR><TD colSpan=2 align=middle><A href=d.htm>网站声明</A> | <A href=e.htm>联系我们</A></TD></TR></TABLE></CENTER></BODY></HTML>
"""

_HIDDEN = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title>
<style>.print-only, .sr { display : none } #pop{visibility:hidden}</style></head><body>
<div class="print-only">打印页眉：{title}。一、总体情况。打印内容，仅供内部使用。</div>
<div id="pop">二、主动公开政府信息情况</div><div hidden>三、收到和处理政府信息公开申请情况</div>
<p style="DISPLAY: none">隐藏的一段话。</p><template><p>模板里的一段话。</p></template>
<!-- <p>四、注释里的标题</p> -->
{body}<p style="font-size:0px">看不见的一行。</p><noscript>请启用脚本。</noscript></body></html>
"""

_ASPX = """<!DOCTYPE html>
<html><head><meta charset="utf-8" /><title>
	{title}
</title></head><body><form method="post" action="./show.aspx" id="form1">
<div class="aspNetHidden"><input type="hidden" name="__VIEWSTATE" value="/wEPDwUK" /></div>
<table class="wrap" align="center"><tr><td><table><tr><td><a href="/">首页</a></td><td><a href="/n">新闻</a></td></tr></table></td></tr>
<tr><td class="content">{body}</td></tr><tr><td>版权所有 &copy; 云溪县人民政府 <a href="/s">站点地图</a></td></tr></table></form></body></html>
"""

_FLAT = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}-望海市人民政府</title></head><body>
<p>望海市人民政府门户网站</p><p>今天是：2025年3月8日 星期六</p><p><a href=/>首页</a></p><p>当前位置：<a href=/>首页</a>>>政府信息公开年报</p>
{body}<p>【字体：大 中 小】</p><p>打印</p><p>版权所有：望海市人民政府办公室</p><p>建议使用1024×768分辨率浏览本网站。</p></body></html>
"""

_AROUND = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>年报</title></head><body><div class=a><h1>{title}</h1>
<div>发布时间：2021年1月25日 10:20 信息来源：县政务公开办 点击数：45 字号：大 中 小</div><div class=c>{body}</div><div>责任编辑：张三</div>
<div class=rel><h3>相关文档</h3><p><a href=1>云溪县民政局2018年政府信息公开工作年度报告</a> 2019-01-20</p>
<p><a href=2>云溪县民政局2017年政府信息公开工作年度报告</a> 2018-01-20</p></div></div>
<div class=pop><p>您访问的链接即将离开“云溪县人民政府门户网站”，是否继续？</p><a href=a>继续访问</a><a href=b>放弃</a></div></body></html>
"""

_LIBRE = """<!DOCTYPE html>
<html>
<head>
	<meta http-equiv="content-type" content="text/html; charset=utf-8"/>
	<title>{title}</title>
	<meta name="generator" content="LibreOffice 7.4.7.2 (Linux)"/>
	<style type="text/css">
		@page { size: 21cm 29.7cm; margin: 2cm }
		p { line-height: 115%; margin-bottom: 0.25cm; background: transparent }
	</style>
</head>
<body lang="zh-CN" link="#000080" vlink="#800000" dir="ltr">{body}</body>
</html>
"""

_NOTHING = "{body}"
_ROW = "<tr>\n  {}\n</tr>\n"
_TH = "<th{span}><strong>{text}</strong></th>"

STYLES: dict[str, Style] = {
    "plain": Style(_PLAIN),
    "unmerged": Style(_PLAIN, merged=False),
    "content-system": Style(
        _CMS,
        title="",
        paragraph='<p style="text-indent: 2em; text-align: justify;">{}</p>\n',
        cell='<td{span} style="border: 1px solid #000" valign="center"><p align="center"> {text}</p>\n</td>',
        words=split,
    ),
    "semantic": Style(_SEMANTIC, title="", row=_ROW),
    "word": Style(
        _WORD,
        title="<p class=MsoTitle align=center><b>{}</b></p>\n",
        paragraph="<p class=MsoNormal style='text-indent:\n32.0pt'>{}</p>\n\n",
        table="<table class=MsoTableGrid border=1 cellspacing=0 cellpadding=0\n style='border-collapse:collapse'>{}"
        "<![if !supportMisalignedColumns]><tr height=0><td width=63></td><td width=63></td></tr><![endif]></table>\n",
        row=" <tr style='height:1.0cm'>\n  {} </tr>\n",
        cell="<td width=63{span} style='width:47.0pt;padding:0cm'>\n  <p class=MsoNormal align=center>{text}</p>\n  </td>\n",
        blank="<span lang=EN-US><o:p>&nbsp;</o:p></span>",
        words=worded,
    ),
    "layout-tables": Style(
        _LAYOUT,
        title="<P align=center><FONT size=5>{}</FONT></P>\n",
        paragraph="<P>{}</P>\n",
        table="<TABLE borderColor=#000000 cellSpacing=0 border=1><TBODY>{}</TBODY></TABLE>\n",
        row="<TR>{}</TR>\n",
        cell="<TD{span} align=middle>{text}</TD>",
    ),
    "spans": Style(_PLAIN, words=split, cell="<td{span}>\n  {text}\n</td>\n"),
    "chinese-encoding": Style(
        _PLAIN.replace('<meta charset="utf-8">', '<meta http-equiv="Content-Type" content="text/html; charset=gb2312">')
    ),
    "head-cells": Style(
        _PLAIN, table="<table><thead></thead><tbody>{}</tbody><tfoot></tfoot></table>\n", head=_TH, row=_ROW
    ),
    "paragraphs-in-cells": Style(
        _PLAIN,
        paragraph="<div><p>{}</p></div>",
        cell='<td{span}><p style="text-align:center"><span>{text}</span><span><br></span></p></td>',
    ),
    "blank-entities": Style(
        _PLAIN, blank="&nbsp;", paragraph="<p>{}</p><p>&nbsp;</p>\n", cell="<td{span}>{text}\n</td>"
    ),
    "capitals": Style(
        _LAYOUT.replace("{body}", "<DIV id=zoom>{body}</DIV>"),
        title="<H2>{}</H2>",
        paragraph="<P class=a>{}<P>",
        table="<TABLE border=1 width=100%>{}</TABLE>",
        row="<TR>{}</TR>",
        cell="<TD nowrap{span}>{text}</TD>",
    ),
    "end-tags-missing": Style(
        _PLAIN, paragraph="<p>{}\n", table="<table>\n{}</table>\n", row="<tr>{}\n", cell="<td{span}>{text}\n"
    ),
    "table-end-missing": Style(_PLAIN, table="<table>\n{}\n", row="<tr>{}</tr>\n"),
    "line-breaks": Style(
        _PLAIN.replace("{body}", '<div style="font-size:16px">{body}</div>'),
        title="{}<br /><br />",
        paragraph="　　{}<br/>\n",
    ),
    "comments": Style(_HIDDEN, words=commented, cell="<!-- 单元格 --><td{span}><!--{--> {text}<!-- } --></td>"),
    "fragment": Style(_NOTHING),
    "fragment-without-paragraphs": Style(_NOTHING, title="<div>{}</div>", paragraph="<div>{}</div>", merged=False),
    "pseudo-tables": Style(
        _PLAIN,
        table='<div style="display:table">{}</div>',
        row='<div style="display: table-row;">{}</div>',
        cell='<div style="display:table-cell;border:1px">{text}</div>',
        merged=False,
    ),
    "writer": Style(
        _LIBRE,
        title='<p align="center" style="line-height: 100%">\n<font face="方正小标宋"><font size="6">{}</font></font></p>\n',
        paragraph='<p align="justify" style="text-indent: 1.13cm">\n<font face="仿宋">{}</font></p>\n',
        table='<table width="665" cellpadding="7" cellspacing="0">\n\t<col width="200"/>\n<col width="60"/>\n{}</table>\n',
        row='\t<tr valign="top">\n\t\t{}\n\t</tr>\n',
        cell='<td{span} style="border: 1px solid #000000"><p align="center">\n\t\t\t{text}</p>\n\t\t</td>',
        blank="<br/>\n",
        words=wrapped,
    ),
    "numbers-for-letters": Style(_PLAIN, words=numeric),
    "title-of-window": Style(_PLAIN.replace("<title>{title}<", "<title>{title} - 云溪县人民政府网站<"), title=""),
    "server-form": Style(_ASPX),
    "flat": Style(_FLAT, title="<h3 align=center>{}</h3><p>发布日期：2021-01-25 来源：本站 浏览次数：123 次</p>"),
    "information-bar": Style(_AROUND, title=""),
    "markup-of-xml": Style(
        '<?xml version="1.0" encoding="utf-8"?>\n<html xmlns="http://www.w3.org/1999/xhtml"><head><title>{title}</title>'
        '<script src="a.js"/></head><body><p/>{body}</body></html>',
        cell="<td{span}><p>{text}</p></td>",
    ),
}
"""The styles by name."""


def render_bytes(text: str, name: str) -> bytes:
    """A report as the bytes of a page in one of the styles."""
    page = render_html(text, STYLES[name])
    return page.encode("gb18030" if name == "chinese-encoding" else "utf-8")


def shown(piece: str) -> str:
    """What a stretch of a page shows, without white space."""
    piece = re.sub(r"<!--.*?-->|<[^>]*>", "", piece, flags=re.DOTALL)
    return "".join(html.unescape(piece).split())


RENDERERS = {name: partial(render_bytes, name=name) for name in STYLES}
"""Functions from the text of a report to the bytes of a page, by the name of the style."""
