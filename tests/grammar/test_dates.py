"""Dates, periods and years: giro_lint.grammar.dates."""

import calendar
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giro_lint.grammar.dates import find_dates, find_period, find_periods, find_years, parse_date
from giro_lint.model.values import DateValue, PeriodValue

PIECES = [
    "2021", "20", "１９", "２０２１", "二〇二一", "二O二", "年", "月", "日", "号", "1", "12", "25", "０", "一",
    "十", "三十一", "元", ".", "．", "/", "-", "－", "—", "至", "起", "止", "自", "星期一", "（周日）", " ", "\xa0",
    "\n", "\t", "𠮷", "2021年1月25日", "二〇二〇年二月三十日", "2021.1.25", "2021-01-05", "12月31日",
]  # fmt: skip
texts = st.one_of(st.text(), st.lists(st.sampled_from(PIECES), max_size=12).map("".join))

HOSTILE = [
    "1" * 3_000_000, "年" * 100_000, "2021年" * 100_000, "2021-" * 100_000, "2021.1." * 100_000, "年1月" * 100_000,
    "20" * 200_000, "2021年" + " " * 500_000, "年\n" * 100_000, "二" * 100_000, "（" * 100_000, "1," * 100_000,
    "0571-" * 50_000, "2021年1月" * 50_000,
]  # fmt: skip

days = st.dates(dt.date(1900, 1, 1), dt.date(2099, 12, 31))
FORMS = {
    "numeric-cjk": "{d.year}年{d.month}月{d.day}日",
    "dotted": "{d.year}.{d.month}.{d.day}",
    "slashed": "{d.year}/{d.month}/{d.day}",
    "iso": "{d.year}-{d.month:02}-{d.day:02}",
}


def moved(value: DateValue, by: int) -> DateValue:
    return value._replace(start=value.start + by, end=value.end + by)


@pytest.mark.parametrize(
    ("text", "date", "style"),
    [
        ("2021年1月25日", (2021, 1, 25), "numeric-cjk"), ("2021 年 1 月 25 日", (2021, 1, 25), "numeric-cjk"),
        ("2021\u3000年\xa01月25\u200b日", (2021, 1, 25), "numeric-cjk"),
        ("2021年1\n月25日", (2021, 1, 25), "numeric-cjk"), ("２０２１年１月２５日", (2021, 1, 25), "numeric-cjk"),
        ("2021年1月5号", (2021, 1, 5), "numeric-cjk"), ("2021年01月05日", (2021, 1, 5), "zero-padded"),
        ("2021年10月05日", (2021, 10, 5), "zero-padded"), ("二〇二一年一月二十五日", (2021, 1, 25), "chinese"),
        ("二○二一年十二月三十一日", (2021, 12, 31), "chinese"), ("二零二一年十月十日", (2021, 10, 10), "chinese"),
        ("二O二一年一月一日", (2021, 1, 1), "chinese"), ("二0二一年一月一日", (2021, 1, 1), "chinese"),
        ("2021年元月5日", (2021, 1, 5), "chinese"), ("2021.1.25", (2021, 1, 25), "dotted"),
        ("2021．01．25", (2021, 1, 25), "dotted"), ("2021. 1. 25", (2021, 1, 25), "dotted"),
        ("2021/1/25", (2021, 1, 25), "slashed"), ("2021-01-25", (2021, 1, 25), "iso"),
        ("2021-1-5", (2021, 1, 5), "loose-iso"), ("2021－01－25", (2021, 1, 25), "loose-iso"),
        ("21年1月5日", (2021, 1, 5), "short-year"), ("12月31日", (None, 12, 31), "numeric-cjk"),
        ("十二月三十一日", (None, 12, 31), "chinese"),
    ],
)  # fmt: skip
def test_style(text, date, style):
    value = parse_date(f" {text}\r\n")
    assert value
    assert (value.year, value.month, value.day) == date
    assert (value.style, value.valid) == (style, True)
    assert (value.start, value.end) == (1, 1 + len(text))


@pytest.mark.parametrize(
    "text",
    [
        "", "2021年", "2021年1月", "1月", "2021年1月25", "2021年十〇月1日", "2021.1", "1.2021.1.25", "2021.1.25.3",
        "http://a.cn/art/2021/1/25/x.html", "2021年1月25日。", "2021年\t1月25日", "2021-01.25", "3.14.15",
        "x" * 10_000,
    ],
)  # fmt: skip
def test_no_date(text):
    assert parse_date(text) is None


@pytest.mark.parametrize(
    "text", ["2021年2月30日", "2021年13月1日", "2021年2月29日", "2021.0.1", "0000年1月1日", "2月30日", "2021年1月32日"]
)
def test_impossible_day(text):
    value = parse_date(text)
    assert value
    assert not value.valid


@pytest.mark.parametrize("text", ["2020年2月29日", "2月29日", "2000-02-29"])
def test_leap_day(text):
    value = parse_date(text)
    assert value
    assert value.valid


@pytest.mark.parametrize(
    ("text", "weekday", "right"),
    [
        ("2021年1月25日星期一", "星期一", True), ("2021年1月25日（星期一）", "星期一", True),
        ("2021年1月25日 (周二)", "周二", False), ("2021年1月24日周日", "周日", True),
        ("2021年1月24日礼拜天", "礼拜天", True), ("2021-01-25 周一", "周一", True),
        ("2021年2月30日周一", "周一", True), ("1月25日周三", "周三", True), ("2021年1月25日周边", None, True),
    ],
)  # fmt: skip
def test_weekday(text, weekday, right):
    value = parse_date(text) or find_dates(text)[0]
    assert (value.weekday, value.weekday_ok) == (weekday, right)
    assert value.end == len(text) or weekday is None


@given(days, st.sampled_from(sorted(FORMS)))
def test_every_day_is_read(day, style):
    text = FORMS[style].format(d=day)
    value = parse_date(text)
    assert value
    assert (value.year, value.month, value.day, value.valid) == (day.year, day.month, day.day, True)
    assert value.style == style or (style == "numeric-cjk" and value.style == "zero-padded" and "0" in text)


@given(st.integers(1, 9999), st.integers(1, 12), st.integers(1, 31), st.integers(0, 6))
def test_the_calendar_decides(year, month, day, weekday):
    text = f"{year:04}年{month}月{day}日星期{'一二三四五六日'[weekday]}"
    value = parse_date(text)
    assert value
    assert value.valid == (day <= calendar.monthrange(year, month)[1])
    assert value.weekday_ok == (not value.valid or calendar.weekday(year, month, day) == weekday)


def test_dates_in_prose():
    text = (
        "截至2020年12月31日，云溪县于2021.1.5、2021/1/6和二〇二一年一月七日各公开1次；2020年1月无。第12021年1月1日条。"
    )
    assert [text[date.start : date.end] for date in find_dates(text)] == [
        "2020年12月31日",
        "2021.1.5",
        "2021/1/6",
        "二〇二一年一月七日",
    ]


@given(texts)
def test_dates_are_found_where_they_stand(text):
    end_before = 0
    for date in find_dates(text):
        assert end_before <= date.start < date.end <= len(text)
        assert find_dates(text[date.start : date.end]) == [moved(date, -date.start)]
        assert parse_date(text[date.start : date.end]) == moved(date, -date.start)
        end_before = date.end


@given(texts)
def test_a_date_alone_is_the_whole_text(text):
    value = parse_date(text)
    if value:
        assert 0 <= value.start < value.end <= len(text)
        assert parse_date(text[value.start : value.end]) == moved(value, -value.start)
        assert not (text[: value.start] + text[value.end :]).strip(
            " \n\t\xa0\u200b\ufeff\u3000" + "".join(filter(str.isspace, text))
        )


@pytest.mark.parametrize(
    "text",
    [
        "自2020年1月1日起至2020年12月31日止", "从2020年1月1日至2020年12月31日止", "2020年1月1日至12月31日",
        "2020年1月1日—2020年12月31日", "2020年1月1日－12月31日", "2020.1.1-2020.12.31", "2020.1.1-12.31",
        "2020/1/1-2020/12/31", "2020-01-01至2020-12-31", "2020-01-01-2020-12-31",
        "自 2020 年 1 月 1 日起至 2020 年 12 月 31 日止", "自2020年1月1日起，至2020年12月31日止",
        "自2020年1月1日起到当年12月31日为止", "二〇二〇年一月一日至十二月三十一日",
        "自2020年1月\n1日起至2020年12月31日止", "2020年1月1日~2020年12月31日",
    ],
)  # fmt: skip
def test_period(text):
    sentence = f"统计期限为{text}。"
    period = find_period(sentence)
    assert period
    assert sentence[period.start : period.end] == text
    assert (period.start_date.year, period.start_date.month, period.start_date.day) == (2020, 1, 1)
    assert (period.end_date.year, period.end_date.month, period.end_date.day) == (2020, 12, 31)


@pytest.mark.parametrize(
    "text",
    [
        "", "2020年1月1日", "2020年1月1日、2020年12月31日", "2020年1月1日印发，至2020年12月31日",
        "至2020年12月31日", "2020年至2021年", "2020年1月至12月",
    ],
)  # fmt: skip
def test_no_period(text):
    assert find_period(text) is None


def test_an_impossible_end_is_told():
    period = find_period("2021年1月1日至2月29日")
    assert period
    assert not period.end_date.valid


@given(texts)
def test_periods_are_found_where_they_stand(text):
    end_before = 0
    for period in find_periods(text):
        dates = [moved(date, -period.start) for date in (period.start_date, period.end_date)]
        assert end_before <= period.start <= period.start_date.start < period.end_date.end <= period.end <= len(text)
        assert find_periods(text[period.start : period.end]) == [PeriodValue(*dates, 0, period.end - period.start)]
        end_before = period.end


def test_years():
    text = "2020年、二〇二一 年、12020年、20年、第２０２２年度；20年代；2023"
    assert [(year, text[start:end]) for year, start, end in find_years(text)] == [
        (2020, "2020年"),
        (2021, "二〇二一 年"),
        (2022, "２０２２年"),
    ]


@given(texts)
def test_years_are_found_where_they_stand(text):
    for year, start, end in find_years(text):
        assert find_years(text[start:end]) == [(year, 0, end - start)]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:10])
def test_hostile_texts_end(text):
    assert parse_date(text) is None
    assert find_dates(text) == []
    assert find_periods(text) == []
    assert all(year in (0, 2021) for year, _, _ in find_years(text))


def test_many_dates():
    text = "2021年1月5日至" * 2000
    assert len(find_dates(text)) == 2000
    assert len(find_periods(text)) == 1000
