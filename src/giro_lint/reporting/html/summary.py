"""The overview of many files: totals, families, frequent rules, a table of the files. May import: escape, findings, marks, words, model."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

import attrs

from giro_lint.model.diagnostic import Severity
from giro_lint.model.report import Report
from giro_lint.reporting.html.escape import attributes, escaped
from giro_lint.reporting.html.findings import SIGNS, bar
from giro_lint.reporting.html.marks import CLASSES
from giro_lint.reporting.html.words import WORDS
from giro_lint.reporting.places import relative_path
from giro_lint.reporting.words import family_name

_FREQUENT = 12
"""So many rules are shown in the overview."""
_SAMPLE = 60


@attrs.define(eq=False)
class Overview:
    """What was found over all files; grows with every file.

    Args:
        lang: language of the page.
        root: the folder that paths are told from.

    """

    lang: str
    root: str
    rows: list[str] = attrs.field(factory=list)
    clean: int = 0
    totals: Counter[Severity] = attrs.field(factory=Counter)
    families: dict[str, Counter[Severity]] = attrs.field(factory=dict)
    rules: dict[str, Counter[Severity]] = attrs.field(factory=dict)
    samples: dict[str, str] = attrs.field(factory=dict)
    spread: Counter[str] = attrs.field(factory=Counter)
    _counts: list[Counter[Severity]] = attrs.field(factory=list)

    def add(self, report: Report, number: int) -> None:
        """Take a file in."""
        counts = Counter(diagnostic.severity for diagnostic in report.diagnostics)
        self.clean += not report.diagnostics
        self.totals += counts
        for diagnostic in report.diagnostics:
            name = family_name(diagnostic.rule, self.lang)
            self.families.setdefault(name, Counter())[diagnostic.severity] += 1
            self.rules.setdefault(diagnostic.rule, Counter())[diagnostic.severity] += 1
            self.samples.setdefault(diagnostic.rule, diagnostic.message)
        self.spread.update({diagnostic.rule for diagnostic in report.diagnostics})
        self._counts.append(counts)
        self.rows.append(self._row(report, number, counts))

    def _row(self, report: Report, number: int, counts: Mapping[Severity, int]) -> str:
        words = WORDS[self.lang]
        cells = "".join(
            f'<td class="n{"" if counts.get(s) else " zero"}">{counts.get(s, 0)}</td>'
            for s in (Severity.ERROR, Severity.WARNING, Severity.INFO)
        )
        edition = words["edition_of"].format(report.edition) if report.edition else ""
        name = escaped(relative_path(report.path, self.root))
        return (
            f'<tr><th scope="row"><a href="#f{number}">{name}</a></th><td>{escaped(report.body)}</td>'
            f'<td class="n">{report.year or ""}</td><td>{escaped(edition)}</td>{cells}'
        )

    def write(self) -> Iterator[str]:
        """The overview as HTML, piece by piece."""
        words = WORDS[self.lang]
        yield f'<section id="summary" aria-labelledby="st"><h2 id="st">{words["overview"]}</h2>\n<ul class="tiles">'
        tiles = [("", words["files"], len(self.rows)), ("ok", words["clean_files"], self.clean)]
        for kind, word, count in tiles:
            yield f'<li class="{kind}"><b>{count}</b><span>{word}</span></li>'
        for severity, key in ((Severity.ERROR, "errors"), (Severity.WARNING, "warnings"), (Severity.INFO, "infos")):
            sign = f"<i>{SIGNS[severity]}</i> "
            yield f'<li class="{CLASSES[severity]}"><b>{self.totals[severity]}</b><span>{sign}{words[key]}</span></li>'
        yield "</ul>\n"
        if self.families:
            yield '<div class="charts">'
            yield from self._families()
            yield from self._rules()
            yield "</div>\n"
        yield from self._files()
        yield "</section>\n"

    def _families(self) -> Iterator[str]:
        words = WORDS[self.lang]
        most = max(counts.total() for counts in self.families.values())
        yield f'<figure><figcaption>{words["families"]}</figcaption><table class="chart">'
        for name, counts in sorted(self.families.items(), key=lambda item: -item[1].total()):
            yield f'<tr><th scope="row">{escaped(name)}</th><td>{bar(counts, most, 160)}</td><td class="n">{counts.total()}</td></tr>\n'
        yield "</table></figure>\n"

    def _rules(self) -> Iterator[str]:
        words = WORDS[self.lang]
        shown = sorted(self.rules.items(), key=lambda item: (-item[1].total(), item[0]))[:_FREQUENT]
        most = shown[0][1].total()
        yield f'<figure><figcaption>{words["rules"]}</figcaption><table class="chart">'
        yield f'<tr class="h"><th>{words["rule"]}</th><th></th>'
        yield f'<th class="n">{words["count"]}</th><th class="n">{words["in_files"]}</th></tr>'
        for rule, counts in shown:
            sample = words["sample"].format(self.samples[rule][:_SAMPLE])
            name = f"{escaped(rule)} <small{attributes(title=self.samples[rule])}>{escaped(sample)}</small>"
            yield f'<tr><th scope="row">{name}</th><td>{bar(counts, most)}</td>'
            yield f'<td class="n">{counts.total()}</td><td class="n">{self.spread[rule]}</td></tr>\n'
        yield "</table></figure>\n"

    def _files(self) -> Iterator[str]:
        words = WORDS[self.lang]
        most = max((counts.total() for counts in self._counts), default=0)
        yield f'<input id="ff" class="js" type="search"{attributes(placeholder=words["filter_files"], aria_label=words["filter_files"])}>\n'
        yield '<div class="wide" tabindex="0"><table id="files"><thead><tr>'
        for key in ("file", "body", "year", "edition", "errors", "warnings", "infos"):
            kind = ' class="n"' if key in {"errors", "warnings", "infos", "year"} else ""
            yield f'<th scope="col"{kind}><button type="button"{attributes(title=words["sort"])}>{words[key]}</button></th>'
        yield f'<th scope="col">{words["spread"]}</th></tr></thead><tbody>\n'
        for row, counts in zip(self.rows, self._counts, strict=True):
            yield f"{row}<td>{bar(counts, most, 100)}</td></tr>\n"
        yield "</tbody></table></div>\n"
