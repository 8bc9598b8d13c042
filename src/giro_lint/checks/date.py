"""Kind ``date``: statistical period, report year, date of signature. May import: facts, grammar, labels, model."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Generator, Iterator, Sequence
from typing import TYPE_CHECKING

from giro_lint.binding.labels import squeeze
from giro_lint.checks.facts import Facts, unless_found
from giro_lint.checks.pattern import anchor_of, in_chrome
from giro_lint.grammar.citation import find_doc_numbers
from giro_lint.grammar.dates import find_dates
from giro_lint.model.diagnostic import Edit, Finding, Fix
from giro_lint.model.document import Flow, Title
from giro_lint.model.patterns import lazy, pattern
from giro_lint.model.source import Span
from giro_lint.model.values import DateValue

if TYPE_CHECKING:
    from giro_lint.ruleset.text_options import DateOptions

_DECEMBER = 12
_LATER = 12
_LAST_DAY = 31
_WEEKDAYS = "一二三四五六日"
_YEAR = lazy("20[0-9]{2}")


def check_date(facts: Facts, options: DateOptions) -> Generator[Finding, None, int | str]:
    """Run one of the checks on the dates of the report."""
    if facts.document.year is None:
        return "no-year"
    found = 0
    for finding in _CHECKS[options.check](facts, options):
        found += 1
        yield finding
    return max(found, 1)


def idle_dates(facts: Facts, rules: Sequence[DateOptions]) -> Sequence[int | str | None]:
    """Which rules have no first finding."""
    if facts.document.year is None:
        return ["no-year"] * len(rules)
    return [unless_found(_CHECKS[rule.check](facts, rule), 1) for rule in rules]


def _written(facts: Facts, span: Span) -> str:
    return squeeze(facts.document.source.text[span.start : span.end])


def _in_chinese(day: dt.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


# The statistical period


def _period(facts: Facts, options: DateOptions) -> Iterator[Finding]:
    """The period has to be there and to run from 1 January to 31 December."""
    document = facts.document
    if document.period is None:
        told = options.unless and pattern(options.unless).search(facts.flow("prose").text)
        if not told:
            title = document.title
            place = Span(title.start, title.end) if title else Span(0, 0)
            yield Finding(place, "preamble/period", {"year": document.year}, variant="absent")
        return
    period, span = document.period
    first, last = period.start_date, period.end_date
    whole = (first.month, first.day, last.month, last.day) == (1, 1, _DECEMBER, _LAST_DAY)
    if first.year == last.year and first.valid and last.valid and not whole:
        yield Finding(span, "preamble/period", {"found": _written(facts, span), "year": first.year})


def _period_year(facts: Facts, _: DateOptions) -> Iterator[Finding]:
    document = facts.document
    if document.period and document.title and document.title.year:
        period, span = document.period
        if {period.start_date.year, period.end_date.year} != {document.title.year}:
            data = {"found": _written(facts, span), "expected": document.title.year}
            yield Finding(span, "preamble/period", data, related=_titled(document.title))


def _titled(title: Title) -> tuple[tuple[Span, str, dict[str, str]], ...]:
    return ((title.year_span, "title", {}),) if title.year_span else ()


def _period_names(facts: Facts, year: int) -> bool:
    """Whether the statistical period is of a year: then a text of that year follows from the same cause."""
    period = facts.document.period
    return period is not None and year in {period[0].start_date.year, period[0].end_date.year}


# Years in the text


def _sentence(flow: Flow, index: int) -> str:
    end = min((at for at in (flow.text.find(mark, index) for mark in "。；\n") if at >= 0), default=len(flow.text))
    return flow.text[index:end]


def _years(flow: Flow, options: DateOptions) -> Iterator[tuple[int, str, Span]]:
    """The years that the pattern tells, each with the rest of its sentence and its place."""
    for match in pattern(options.find).finditer(flow.text):
        start, end = match.span("year")
        if start >= 0:
            sentence = _sentence(flow, start)
            if not (options.unless and pattern(options.unless).search(sentence)):
                yield int(match["year"]), sentence, flow.span(start, end)


def _year_conflict(facts: Facts, options: DateOptions) -> Iterator[Finding]:
    """The year of the report as the preamble has it."""
    title = facts.document.title
    if title is None or title.year is None:
        return
    for year, _, span in _years(facts.flow("preamble"), options):
        if year != title.year and not _period_names(facts, year):
            yield Finding(span, "preamble/year", {"found": year, "expected": title.year}, related=_titled(title))
            return


def _stale_year(facts: Facts, options: DateOptions) -> Iterator[Finding]:
    """Last year's text: a sentence of the first section that begins with the year before."""
    year = facts.document.year or 0
    if _period_names(facts, year - 1):
        return
    flow = facts.flow("overall")
    if str(year - 1) not in flow.text:
        return
    for found, sentence, span in _years(flow, options):
        if found == year - 1 and str(year) not in sentence and not _goes_on(flow, sentence, year):
            yield Finding(span, "section/overall", {"found": found, "expected": year})
            return


def _goes_on(flow: Flow, sentence: str, year: int) -> bool:
    """Whether the next sentence turns to a year: then the one before tells of the past."""
    return flow.text.startswith(str(year), flow.text.find(sentence) + len(sentence) + 1)


def _plan_year(facts: Facts, options: DateOptions) -> Iterator[Finding]:
    """Plans for a year that is over."""
    year = facts.document.year or 0
    flow = facts.flow("problems")
    if str(year) not in flow.text and str(year - 1) not in flow.text:
        return
    for found, _, span in _years(flow, options):
        if found in {year - 1, year}:
            yield Finding(span, "section/problems", {"found": found, "expected": year + 1, "year": year})


def _late_citation(facts: Facts, _: DateOptions) -> Iterator[Finding]:
    """Documents whose number is of a year in which the report was long due."""
    flow = facts.flow("prose")
    due = (facts.document.year or 0) + 1
    if not any(due < int(year) < due + _LATER for year in _YEAR.findall(flow.text)):
        return
    for number in find_doc_numbers(flow.text):
        if int(number.year) > due:
            span = flow.span(number.start, number.end)
            yield Finding(
                span,
                anchor_of(facts.region(span.start)[1]),
                {"found": _written(facts, span), "year": facts.document.year},
            )


# The date of signature


def _signed(facts: Facts) -> tuple[dt.date, Span] | None:
    value, span = facts.document.signature.date, facts.document.signature.date_span
    if value is None or span is None or not value.valid or value.year is None:
        return None
    return dt.date(value.year, value.month, value.day), span


def _early(facts: Facts, _: DateOptions) -> Iterator[Finding]:
    signed, year = _signed(facts), facts.document.year or 1
    if signed and signed[0] < dt.date(year, _DECEMBER, _LAST_DAY):
        yield Finding(
            signed[1], "signature/date", {"found": _in_chinese(signed[0]), "day": signed[0].isoformat(), "year": year}
        )


def _deadline(facts: Facts, options: DateOptions) -> Iterator[Finding]:
    """A report that was signed after the day that the law sets for its kind of body."""
    document = facts.document
    if options.unless and pattern(options.unless).search(document.body):
        return
    late = _late(facts, document.vocabulary.deadlines.get(document.body_kind or "", ""))
    if late:
        yield late


def _local_deadline(facts: Facts, _: DateOptions) -> Iterator[Finding]:
    """A report that was signed after the day of a local notice, unless it is late by law as well."""
    document = facts.document
    late = _late(facts, document.deadline)
    if late and not _late(facts, document.vocabulary.deadlines.get(document.body_kind or "", "")):
        yield late


def _late(facts: Facts, limit: str) -> Finding | None:
    """The signature date where it is after a day (``MM-DD``) of the year after the report year."""
    signed, year = _signed(facts), facts.document.year
    if not (signed and limit and year):
        return None
    month, day = (int(part) for part in limit.split("-"))
    due = dt.date(year + 1, month, day)
    if signed[0] <= due:
        return None
    data = {
        "found": _in_chinese(signed[0]),
        "deadline": _in_chinese(due),
        "day": signed[0].isoformat(),
        "due": due.isoformat(),
        "days": (signed[0] - due).days,
    }
    return Finding(signed[1], "signature/date", data)


# Calendar and style


def _prose_dates(facts: Facts) -> Sequence[tuple[DateValue, Span]]:
    """The full dates of the prose; lines that a web page added are left out."""
    if "dates" not in facts.memory:
        flow = facts.flow("prose")
        dates = [value for value in find_dates(flow.text) if not in_chrome(facts, flow, value.start)]
        facts.memory["dates"] = [(value, flow.span(value.start, value.end)) for value in dates]
    found: Sequence[tuple[DateValue, Span]] = facts.memory["dates"]
    return found


def _signature_date(facts: Facts) -> list[tuple[DateValue, Span]]:
    signature = facts.document.signature
    return [(signature.date, signature.date_span)] if signature.date and signature.date_span else []


def _impossible(facts: Facts, _: DateOptions) -> Iterator[Finding]:
    dates = [(value, span, "") for value, span in _prose_dates(facts)]
    dates += [(value, span, "signature/date") for value, span in _signature_date(facts)]
    if facts.document.period and not any(span.start < facts.document.period[1].end == span.end for _, span, _ in dates):
        period, span = facts.document.period
        dates.append((period.end_date, span, "preamble/period"))
    for value, span, anchor in dates:
        if value.valid and (value.weekday_ok or value.year is None):
            continue
        place, found = anchor or anchor_of(facts.region(span.start)[1]), _written(facts, span)
        if not value.valid:
            yield Finding(span, place, {"found": found})
        elif value.year is not None:
            expected = _WEEKDAYS[dt.date(value.year, value.month, value.day).weekday()]
            yield Finding(
                span, place, {"found": found, "weekday": value.weekday or "", "expected": expected}, variant="weekday"
            )


def _style(facts: Facts, options: DateOptions) -> Iterator[Finding]:
    """Dates in another style than 2021年1月25日: one finding a style, which mends all dates of that style."""
    found: dict[tuple[str, str], list[tuple[DateValue, Span]]] = {}
    dates = [(each, "prose", options.styles) for each in _prose_dates(facts)]
    dates += [(each, "signature", options.signed_styles) for each in _signature_date(facts)]
    for (value, span), where, styles in dates:
        if value.style in styles and value.valid and value.year is not None and value.weekday is None:
            found.setdefault((where, value.style), []).append((value, span))
    for (where, _), alike in found.items():
        edits = tuple(Edit(span, f"{value.year}年{value.month}月{value.day}日") for value, span in alike)
        span = alike[0][1]
        place = "signature/date" if where == "signature" else anchor_of(facts.region(span.start)[1])
        yield Finding(
            span,
            place,
            {"found": _written(facts, span), "expected": edits[0].text, "count": len(edits)},
            fix=Fix(edits),
        )


_CHECKS: dict[str, Callable[[Facts, DateOptions], Iterator[Finding]]] = {
    "period": _period,
    "period-year": _period_year,
    "year-conflict": _year_conflict,
    "stale-year": _stale_year,
    "plan-year": _plan_year,
    "late-citation": _late_citation,
    "early": _early,
    "deadline": _deadline,
    "local-deadline": _local_deadline,
    "impossible": _impossible,
    "style": _style,
}
