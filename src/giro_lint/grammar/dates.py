"""Dates, periods and years as reports write them. May import: model, numbers, pyparsing.

2021年1月25日, 二〇二一年一月二十五日, 2021.1.25, 自2020年1月1日起至2020年12月31日止. A text is searched for something
literal (年, the century of a year); only what looks like a date goes through the grammar. All is total and linear.
"""

from __future__ import annotations

import datetime as dt
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import pyparsing as pp

from giro_lint.grammar.numbers import (
    CHINESE_DIGIT,
    DIGIT,
    GAP,
    INVISIBLE,
    TO_ASCII,
    chinese_numeral,
    finished,
    parts_of,
    terminal,
)
from giro_lint.model.patterns import compiled
from giro_lint.model.values import DateStyle, DateValue, PeriodValue

if TYPE_CHECKING:
    import re

# Some white space is tolerated inside, line breaks too, unless a table cell (a TAB) begins behind them.
_BREAK = r"(?:[^\S\t]|[\u200b\ufeff]){0,5}"

_FIGURES = f"{DIGIT}{{1,2}}"
_CHINESE_DAY = "[〇○◯零一二三四五六七八九十]{1,3}"
_CHINESE_YEAR = "[一二][〇○◯零OoＯ0０一二三四五六七八九]{3}"
_YEAR = f"(?:{DIGIT}{{4}}|{_CHINESE_YEAR})"
_SHORT_YEAR = f"{DIGIT}{{2}}"
_YEAR_REACH = 4 + 5  # a year and the gap behind it
_BEGINS = f"(?<!{DIGIT})(?<!{CHINESE_DIGIT})"
_YEAR_BEFORE = rf"{_BEGINS}{_YEAR}{_BREAK}\Z"
_ANY_YEAR_BEFORE = rf"{_BEGINS}(?:{_YEAR}|{_SHORT_YEAR}){_BREAK}\Z"
_MONTH = f"(?:{_FIGURES}|{_CHINESE_DAY}|元)"
_DAY = f"(?:{_FIGURES}|{_CHINESE_DAY})"
_MONTH_MARK = f"{_BREAK}月{_BREAK}"
_DAY_MARK = f"{_BREAK}[日号]"

_WEEKDAYS = "一二三四五六日"
_WEEKDAY = rf"(?:星期|周|礼拜)[{_WEEKDAYS}天]"
_WEEKDAY = rf"{GAP}(?:[（(]{GAP}{_WEEKDAY}{GAP}[）)]|{_WEEKDAY})"

_MONTH_AND_DAY = f"{_MONTH}{_MONTH_MARK}{_DAY}{_DAY_MARK}(?:{_WEEKDAY})?"
_FROM_YEAR_MARK = f"年{_BREAK}{_MONTH_AND_DAY}"

_SEPARATORS: dict[str, DateStyle] = {
    "-": "iso", "－": "iso", "–": "iso", ".": "dotted", "．": "dotted", "/": "slashed", "／": "slashed",
}  # fmt: skip
_SEPARATOR = f"[{''.join(_SEPARATORS)}]"
# Behind such a date no further part may stand, such as the rest of a web address.
_IN_FIGURES = rf"({_SEPARATOR}){GAP}{_FIGURES}{GAP}\1{GAP}{_FIGURES}(?!{DIGIT}|[/／]|\1{DIGIT}{{1,3}}(?!{DIGIT}))"
_DAY_IN_FIGURES = rf"{_FIGURES}({_SEPARATOR}){_FIGURES}(?!{DIGIT}|\1)"
_BY_CENTURY = {
    century: f"{century}(?<![0-9０-９A-Za-z_./．／]{century}){DIGIT}{{2}}{GAP}{_IN_FIGURES}(?:{_WEEKDAY})?"
    for century in ("20", "19", "２０", "１９")
}

_SINCE = rf"(?:自|从|由){_BREAK}\Z"
_TO = rf"{_BREAK}(?:起|开始)?[，,]?{_BREAK}(?:至|到|[-—–－―─~～〜]{{1,2}}){_BREAK}(?:当年|同年)?"
_UNTIL = rf"{_BREAK}(?:为止|截止|止)"


@cache
def _grammar() -> pp.ParserElement:
    year = terminal("year", f"{_YEAR}|{_SHORT_YEAR}")
    days = terminal("month_mark", _MONTH_MARK) + terminal("day", _DAY) + terminal("day_mark", _DAY_MARK)
    in_words = pp.Opt(year + terminal("year_mark", f"{_BREAK}年{_BREAK}")) + terminal("month", _MONTH) + days

    month, day = terminal("month", _FIGURES), terminal("day", _FIGURES)
    separator = terminal("separator", f"{GAP}{_SEPARATOR}{GAP}")
    in_figures = year + separator + month + separator + day | month + separator + day
    weekday = pp.Opt(terminal("weekday", _WEEKDAY))
    return finished((in_words | in_figures) + weekday + terminal("end", r"\Z"))


def find_dates(text: str) -> list[DateValue]:
    """Find the full dates of a text, in order.

    Args:
        text: any text.

    Returns:
        Every date with year, month and day in one of the styles of DateStyle, the impossible ones (2月30日) included.

    """
    spans = []
    for match in compiled(_FROM_YEAR_MARK).finditer(text):
        start = _year_before(text, match.start(), _ANY_YEAR_BEFORE)
        if start is not None:
            spans.append((start, match.end()))
    for century, pattern in _BY_CENTURY.items():
        if century in text:
            spans += [match.span() for match in compiled(pattern).finditer(text)]
    dates: list[DateValue] = []
    for start, end in sorted(spans):
        date = _date(text, start, end) if not dates or dates[-1].end <= start else None
        if date:
            dates.append(date)
    return dates


def parse_date(text: str) -> DateValue | None:
    """Read a text that is a date and nothing else, apart from white space around it.

    Args:
        text: any text, such as the last line of a report.

    Returns:
        The date; with the year None for 1月25日; None for anything else.

    """
    core = text.strip(INVISIBLE)
    start = text.find(core)
    end = start + len(core)
    if compiled(_MONTH_AND_DAY).fullmatch(core):
        return _date(text, start, end)
    dates = find_dates(text)
    return dates[0] if dates and (dates[0].start, dates[0].end) == (start, end) else None


def find_periods(text: str) -> list[PeriodValue]:
    """Find the periods of a text, in order.

    Args:
        text: any text.

    Returns:
        Every period from one full date to another, or to a month and day of the same year, joined by 至, 到 or a dash,
        with or without 自, 从, 起, 止.

    """
    dates = find_dates(text)
    following = {date.start: date for date in dates}
    periods: list[PeriodValue] = []
    for first in dates:
        to = compiled(_TO).match(text, first.end)
        last = to and (following.get(to.end()) or _day_in_year(text, to.end(), first))
        if not last or (periods and first.start < periods[-1].end):
            continue
        since = compiled(_SINCE).search(text, max(0, first.start - _YEAR_REACH), first.start)
        until = compiled(_UNTIL).match(text, last.end)
        start, end = since.start() if since else first.start, until.end() if until else last.end
        periods.append(PeriodValue(first, last, start, end))
    return periods


def find_period(text: str) -> PeriodValue | None:
    """Find the first period of a text; arguments and result as for `find_periods`."""
    return next(iter(find_periods(text)), None)


def find_years(text: str) -> list[tuple[int, int, int]]:
    """Find the years in full before 年 (2020年, 二〇二〇年), in order.

    Args:
        text: any text.

    Returns:
        The year, its start, and its end behind 年.

    """
    years = []
    for mark in compiled("年").finditer(text):
        start = _year_before(text, mark.start(), _YEAR_BEFORE)
        year = None if start is None else _integer(text[start : mark.start()].strip(INVISIBLE))
        if start is not None and year is not None:
            years.append((year, start, mark.end()))
    return years


def _year_before(text: str, mark: int, pattern: str) -> int | None:
    """Tell where the year begins whose 年 stands at an offset."""
    match = compiled(pattern).search(text, max(0, mark - _YEAR_REACH), mark)
    return match.start() if match else None


def _day_in_year(text: str, at: int, first: DateValue) -> DateValue | None:
    """Read a month and day without a year that end a period begun by another date."""
    in_figures = first.style in ("dotted", "slashed")
    match = compiled(_DAY_IN_FIGURES if in_figures else _MONTH_AND_DAY).match(text, at)
    return _date(text, at, match.end(), first.year) if match else None


def _date(text: str, start: int, end: int, of_year: int | None = None) -> DateValue | None:
    """Read the date between two offsets; where it has no year of its own it is of the year given."""
    date = _reading(text[start:end], of_year)
    return date and DateValue(
        date.year, date.month, date.day, start, end, date.style, date.valid, date.weekday, date.weekday_ok
    )


@lru_cache(maxsize=1024)
def _reading(written: str, of_year: int | None) -> DateValue | None:
    """Read a date, wherever it stands."""
    parts = parts_of(written, _grammar())
    if not parts:
        return None
    year = _integer(parts["year"][0]) if "year" in parts else of_year
    month, day = _integer(parts["month"][0]), _integer(parts["day"][0])
    if month is None or day is None or ("year" in parts and year is None):
        return None
    style = _style(parts)
    if style == "short-year" and year is not None:
        year += 2000
    weekday = parts["weekday"][0].strip(INVISIBLE + "（()）") if "weekday" in parts else None
    weekday_ok = True
    try:
        calendar = dt.date(2000 if year is None else year, month, day)  # 2000 has a 29 February
    except ValueError:
        return DateValue(year, month, day, 0, len(written), style, False, weekday, weekday_ok)
    if weekday and year is not None:
        weekday_ok = _WEEKDAYS[calendar.weekday()] == weekday[-1].replace("天", "日")
    return DateValue(year, month, day, 0, len(written), style, True, weekday, weekday_ok)


@lru_cache(maxsize=1024)
def _integer(written: str) -> int | None:
    written = written.translate(TO_ASCII)
    if written.isascii() and written.isdigit():
        return int(written)
    return 1 if written == "元" else chinese_numeral(written)


def _style(parts: dict[str, re.Match[str]]) -> DateStyle:
    written = [parts[name][0].translate(TO_ASCII) for name in ("year", "month", "day") if name in parts]
    if "separator" in parts:
        mark = parts["separator"][0].strip(INVISIBLE)
        if _SEPARATORS[mark] != "iso":
            return _SEPARATORS[mark]
        return "iso" if mark == "-" and [*map(len, written)] == [4, 2, 2] else "loose-iso"
    if not "".join(written).isascii():
        return "chinese"
    if "year" in parts and len(written[0]) == len("21"):
        return "short-year"
    return "zero-padded" if any(each[0] == "0" for each in written[-2:]) else "numeric-cjk"
