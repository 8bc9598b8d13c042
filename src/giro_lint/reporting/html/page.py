"""The whole page: files, overview, style and script in one. May import: the modules beside it, model.

The page loads nothing: style and script stand in it and are the only ones its policy allows, by their hashes. Every file becomes an
article when it is checked, and only that text is kept. With many files the articles are kept as text in the page and put on view when
they are asked for; what is over the limits below is shown without the text of the report.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator
from importlib.resources import files

import attrs

from giro_lint._version import __version__
from giro_lint.api import OWN_PAGE
from giro_lint.model.diagnostic import Severity
from giro_lint.model.report import Report
from giro_lint.reporting.html.escape import attributes, escaped
from giro_lint.reporting.html.findings import FindingList
from giro_lint.reporting.html.marks import collect
from giro_lint.reporting.html.paper import draw
from giro_lint.reporting.html.summary import Overview
from giro_lint.reporting.html.words import WORDS
from giro_lint.reporting.job import Job
from giro_lint.reporting.places import relative_path
from giro_lint.reporting.words import SEVERITIES

LONGEST_TEXT = 400_000
"""A longer text is not shown, in code points."""
MOST_FINDINGS = 1_000
"""So many findings of a file are shown."""
LARGEST_PAGE = 40_000_000
"""When the articles have so many characters, further files are shown without their text."""
LARGEST_OPEN = 1_500_000
"""Pages of more characters put an article on view when it is asked for."""


@attrs.define(eq=False)
class HtmlWriter:
    """Keeps an article a file and writes the page at the end."""

    job: Job
    articles: list[str] = attrs.field(factory=list)
    overview: Overview = attrs.field(init=False)
    size: int = 0
    name: str = ""

    def __attrs_post_init__(self) -> None:
        self.overview = Overview(self.job.lang, self.job.root)

    def add(self, report: Report) -> str:
        """Keep a file."""
        number = len(self.articles) + 1
        article = "".join(self._article(report, number))
        self.articles.append(article)
        self.size += len(article)
        self.overview.add(report, number)
        self.name = self.name or relative_path(report.path, self.job.root)
        return ""

    def end(self, status: int) -> str:  # noqa: ARG002
        """The page."""
        return "".join(self._page())

    def _page(self) -> Iterator[str]:
        words = WORDS[self.job.lang]
        style, script = _asset("report.css"), _asset("report.js")
        policy = f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; base-uri 'none'; form-action 'none'"
        many = len(self.articles) != 1
        title = words["product"] if many else f"{self.name} - {words['product']}"
        yield f'<!DOCTYPE html>\n<html lang="{words["lang"]}">\n<head>\n<meta charset="utf-8">\n'
        yield f"{OWN_PAGE}\n"
        yield f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="color-scheme" content="light dark">\n'
        yield '<meta name="referrer" content="no-referrer">\n'
        yield f"<title>{escaped(title)}</title>\n<style>{style}</style>\n</head>\n<body>\n"
        yield f'<header class="top"><h1>{words["product"]}</h1><nav class="js"{attributes(aria_label=words["files"])}>'
        if many:
            yield f'<a id="home" href="#summary">{words["summary"]}</a>'
            yield f'<button type="button" id="pf"{attributes(title=words["previous_file"], aria_label=words["previous_file"])}>←</button>'
            yield f'<button type="button" id="nf"{attributes(title=words["next_file"], aria_label=words["next_file"])}>→</button>'
        yield f'<button type="button" id="theme">{words["theme"]}</button>'
        yield f'<button type="button" id="print">{words["print"]}</button></nav></header>\n<main>\n'
        if many:
            yield from self.overview.write()
        yield from self._bodies()
        made = words["made"].format(version=__version__)
        yield f'</main>\n<footer><span class="js">{words["keys"]}</span> <span>{made}</span></footer>\n'
        yield self._tools()
        yield f'<script type="application/json" id="words">{self._spoken()}</script>\n'
        yield f"<script>{script}</script>\n</body>\n</html>\n"

    def _bodies(self) -> Iterator[str]:
        """The articles: open while the page is small, else as text that no browser lays out before it is asked for."""
        if self.size <= LARGEST_OPEN or len(self.articles) == 1:
            yield from self.articles
            return
        yield f"<noscript><p>{WORDS[self.job.lang]['no_script']}</p></noscript>\n"
        for number, article in enumerate(self.articles, 1):
            yield f'<script type="text/plain" id="t{number}">{article}</script>\n'

    def _tools(self) -> str:
        """What stands above every list; the script puts it there."""
        words = WORDS[self.job.lang]
        chips = "".join(
            f'<button type="button" class="chip {kind}" data-s="{kind}" aria-pressed="true"></button>'
            for kind in ("e", "w", "i")
        )
        orders = "".join(
            f'<option value="{key}">{words[f"by_{key}"]}</option>' for key in ("severity", "place", "family")
        )
        return (
            f'<template id="tools"><div class="tools"><div class="step">'
            f'<button type="button" class="prev"{attributes(title=words["previous"], aria_label=words["previous"])}>‹</button>'
            f'<span class="at" role="status"></span>'
            f'<button type="button" class="next"{attributes(title=words["next"], aria_label=words["next"])}>›</button>'
            f'<button type="button" class="open" aria-expanded="false">{words["list"]}</button></div>'
            f'<div class="sift"><div class="chips">{chips}</div>'
            f'<input type="search" class="find"{attributes(placeholder=words["filter_hint"], aria_label=words["filter"])}>'
            f'<select class="fam"{attributes(aria_label=words["family"])}><option value="">{words["all_families"]}</option></select>'
            f'<select class="ord"{attributes(aria_label=words["order"])}>{orders}</select></div></div></template>\n'
        )

    def _spoken(self) -> str:
        """The words that the script needs."""
        words, names = WORDS[self.job.lang], SEVERITIES[self.job.lang]
        said = {key: words[key] for key in ("none_shown", "list", "close")}
        said |= {"e": names[Severity.ERROR], "w": names[Severity.WARNING], "i": names[Severity.INFO]}
        return json.dumps(said, ensure_ascii=False).replace("<", "\\u003c")

    def _article(self, report: Report, number: int) -> Iterator[str]:
        words, lang = WORDS[self.job.lang], self.job.lang
        shown = report.diagnostics[:MOST_FINDINGS]
        labels = [
            words["reference"].format(severity=SEVERITIES[lang][d.severity], number=i, message=d.message)
            for i, d in enumerate(shown, 1)
        ]
        marks = collect(f"f{number}", shown, labels)
        text = report.source.text
        with_text = bool(text) and len(text) <= LONGEST_TEXT and self.size < LARGEST_PAGE
        name = escaped(relative_path(report.path, self.job.root))
        yield f'<article id="f{number}"><header class="file"><h2>{name}</h2>{self._facts(report)}</header>\n'
        yield '<div class="cols">\n'
        if with_text:
            paper = "".join(draw(report.source, report.document, marks))
            whole = "".join(marks.reference(mark) for mark in marks.rest())
            whole = f'<p class="whole">{words["whole"]}{whole}</p>\n' if whole else ""
            yield f'<section class="paper"{attributes(aria_label=words["report"])}>\n{whole}{paper}</section>\n'
        else:
            note = words["no_text" if text else "unreadable"]
            yield f'<section class="paper none"><p>{note}</p></section>\n'
        yield f'<aside{attributes(aria_label=words["findings"])}><h3 class="foot">{words["footnotes"]}</h3>\n'
        yield '<ol class="findings">\n' if shown else f'<p class="ok">{words["none"]}</p>\n'
        if shown:
            yield from FindingList(report, marks, lang, with_text).items(shown)
            yield "</ol>\n"
        if len(report.diagnostics) > len(shown):
            yield f"<p>{words['more'].format(len(report.diagnostics) - len(shown))}</p>\n"
        if report.suppressed:
            yield f"<p>{words['held'].format(len(report.suppressed))}</p>\n"
        yield "</aside>\n</div></article>\n"

    def _facts(self, report: Report) -> str:
        words = WORDS[self.job.lang]
        edition = words["edition_of"].format(report.edition) if report.edition else ""
        facts = [report.body, str(report.year or ""), edition]
        counts = "".join(
            f'<span class="sev {kind}">{escaped(SEVERITIES[self.job.lang][severity])} {report.count(severity)}</span> '
            for severity, kind in ((Severity.ERROR, "e"), (Severity.WARNING, "w"), (Severity.INFO, "i"))
            if report.count(severity)
        )
        return f"<p>{' · '.join(escaped(fact) for fact in facts if fact)} {counts}</p>"


def _asset(name: str) -> str:
    """A file beside the package, with the line ends that browsers hash."""
    text = files("giro_lint.reporting").joinpath("assets", name).read_text(encoding="utf-8")
    return text.replace("\r\n", "\n")


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
