"""Telephone numbers, postcodes and web addresses: giro_lint.grammar.contact."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giro_lint.grammar.contact import find_phones, find_urls, parse_phones, parse_postcode
from giro_lint.model.values import PhoneValue

PIECES = [
    "0570", "０５７０", "010", "8123456", "81234567", "138", "0000", "1234", "400", "12345", "95588", "+86", "86",
    "0086", "-", "－", "—", "—", "(", ")", "（", "）", " ", "\xa0", "、", "/", "，", "转", "8001", "：", "次", "a",
    "1", "\n", "\t", "𠮷", "①", "http", "https", "://", "：／／", "www.", ".cn", "。", "云溪", "0570-8123456",
    "（0570）8123456", "13800001234",
]  # fmt: skip
texts = st.one_of(st.text(), st.lists(st.sampled_from(PIECES), max_size=12).map("".join))

HOSTILE = [
    "0571-" * 50_000, "1" * 3_000_000, "0" * 1_000_000, "（" * 100_000, "(0579)" * 50_000, "+86" * 50_000,
    "+86-" * 50_000, "1 " * 100_000, "0 " * 100_000, "138 " * 50_000, "400-" * 50_000, "http://." * 50_000,
    "http" * 100_000, "www." * 100_000, "-" * 500_000, " " * 500_000, "：" * 100_000, "二" * 100_000,
    "1," * 100_000,
]  # fmt: skip


def moved(phone: PhoneValue, by: int) -> PhoneValue:
    return phone._replace(start=phone.start + by, end=phone.end + by)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0570-8123456", ("0570", "8123456", "landline", "-", "")),
        ("0570－8123456", ("0570", "8123456", "landline", "－", "")),
        ("0570—8123456", ("0570", "8123456", "landline", "—", "")),
        ("0570——8123456", ("0570", "8123456", "landline", "——", "")),
        ("0570 - 8123456", ("0570", "8123456", "landline", " - ", "")),
        ("0570 8123456", ("0570", "8123456", "landline", " ", "")),
        ("(0570)8123456", ("0570", "8123456", "landline", ")", "")),
        ("（0570）8123456", ("0570", "8123456", "landline", "）", "")),
        ("（0570）-8123456", ("0570", "8123456", "landline", "）-", "")),
        ("05708123456", ("0570", "8123456", "landline", "", "")),
        ("01081234567", ("010", "81234567", "landline", "", "")),
        ("010-81234567", ("010", "81234567", "landline", "-", "")),
        ("０５７０－８１２３４５６", ("0570", "8123456", "landline", "－", "")),
        ("0570-812 3456", ("0570", "8123456", "landline", "-", "")),
        ("0570-8123-4567", ("0570", "81234567", "landline", "-", "")),
        ("+86-570-8123456", ("0570", "8123456", "landline", "-", "")),
        ("86-0570-8123456", ("0570", "8123456", "landline", "-", "")),
        ("0086 570 8123456", ("0570", "8123456", "landline", " ", "")),
        ("+86 138 0000 1234", ("", "13800001234", "mobile", "", "")),
        ("0570-8123456-8001", ("0570", "8123456", "landline", "-", "8001")),
        ("0570-8123456转8001", ("0570", "8123456", "landline", "-", "8001")),
        ("0570-8123456（转８００１）", ("0570", "8123456", "landline", "-", "8001")),
        ("13800001234", ("", "13800001234", "mobile", "", "")),
        ("138-0000-1234", ("", "13800001234", "mobile", "", "")),
        ("138 0000 1234", ("", "13800001234", "mobile", "", "")),
        ("400-812-3456", ("", "4008123456", "service", "", "")),
        ("4008123456", ("", "4008123456", "service", "", "")),
        ("800-8123456", ("", "8008123456", "service", "", "")), ("12345", ("", "12345", "service", "", "")),
        ("12388", ("", "12388", "service", "", "")), ("95588", ("", "95588", "service", "", "")),
        ("110", ("", "110", "service", "", "")), ("0570-12345", ("0570", "12345", "service", "-", "")),
        ("8123456", ("", "8123456", "local", "", "")), ("81234567", ("", "81234567", "local", "", "")),
        ("8123 4567", ("", "81234567", "local", "", "")), ("86123456", ("", "86123456", "local", "", "")),
        ("0570-812345", ("0570", "812345", "impossible", "-", "")),
        ("0570-812345678", ("0570", "812345678", "impossible", "-", "")),
        ("0170-8123456", ("0170", "8123456", "impossible", "-", "")),
        ("1380000123", ("", "1380000123", "impossible", "", "")),
        ("138000012345", ("", "138000012345", "impossible", "", "")),
        ("324000", ("", "324000", "impossible", "", "")),
        ("057081234567890", ("", "057081234567890", "impossible", "", "")),
    ],
)  # fmt: skip
def test_phone(text, expected):
    assert parse_phones(f"：{text}）。") == [PhoneValue(text, 1, 1 + len(text), *expected)]


@pytest.mark.parametrize(
    "text", ["", "：", "无", "：无", "120次", "230余次", "2020年", "5", "①②③", "a8123456", "\n0570-8123456"]
)
def test_no_phone(text):
    assert parse_phones(text) == []


def test_a_list_of_phones():
    text = "：0570-8123456、8123457/0571-81234567，传真：0570-8123458"
    assert [(phone.text, phone.area, phone.kind) for phone in parse_phones(text)] == [
        ("0570-8123456", "0570", "landline"),
        ("8123457", "0570", "local"),
        ("0571-81234567", "0571", "landline"),
    ]


@pytest.mark.parametrize(
    "text", ["0570-8123456，324000", "0570-8123456、2021年", "0570-8123456；邮编：324000", "0570-8123456）"]
)
def test_the_list_ends_at_what_is_no_phone(text):
    assert [phone.text for phone in parse_phones(text)] == ["0570-8123456"]


def test_phones_in_prose():
    text = (
        "邮编324000，电话：0570-8123456，手机13800001234）全年12345热线8123456次，400-812-3456，2021-01-25，010-8123。"
    )
    assert [(phone.text, phone.kind) for phone in find_phones(text)] == [
        ("0570-8123456", "landline"),
        ("13800001234", "mobile"),
        ("400-812-3456", "service"),
        ("010-8123", "impossible"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "2020-12-31", "第20201234567号", "统一社会信用代码113000000138000012", "http://a.cn/0570-8123456",
        "1,380,000,123", "3.13800001234", "81234567", "A13800001234", "1-0570-8123456",
    ],
)  # fmt: skip
def test_no_phone_in_prose(text):
    assert find_phones(text) == []


@given(texts)
def test_phones_are_found_where_they_stand(text):
    end_before = 0
    for phone in find_phones(text):
        assert end_before <= phone.start < phone.end <= len(text)
        assert phone.text == text[phone.start : phone.end]
        assert parse_phones(phone.text) == [moved(phone, -phone.start)]
        end_before = phone.end


@given(texts)
def test_phones_behind_a_label_stand_where_they_are(text):
    end_before = 0
    for phone in parse_phones(text):
        assert end_before <= phone.start < phone.end <= len(text)
        assert phone.text == text[phone.start : phone.end]
        (alone,) = parse_phones(phone.text)
        assert alone == moved(phone, -phone.start) or (phone.kind == "local" and not alone.area)
        end_before = phone.end


@given(
    st.sampled_from(["010", "021", "0570", "0891"]),
    st.integers(2_000_000, 89_999_999),
    st.sampled_from(["-", " ", "－", "—", ""]),
)
def test_every_landline_is_read(area, number, separator):
    (phone,) = parse_phones(f"{area}{separator}{number}")
    assert (phone.area, phone.number, phone.kind, phone.separator) == (area, str(number), "landline", separator)
    assert find_phones(f"电话：{area}{separator}{number}。") == [moved(phone, 3)]


@pytest.mark.parametrize(
    ("text", "postcode", "ok"),
    [
        ("：324000，电话", "324000", True), (" 324000", "324000", True), ("32400", "32400", False),
        (":3240000", "3240000", False), ("３２４０００", "３２４０００", True),
    ],
)  # fmt: skip
def test_postcode(text, postcode, ok):
    value = parse_postcode(text)
    assert value
    assert (value.text, text[value.start : value.end], value.ok) == (postcode, postcode, ok)


@pytest.mark.parametrize("text", ["", "：", "无", "云溪县324000"])
def test_no_postcode(text):
    assert parse_postcode(text) is None


@pytest.mark.parametrize(
    ("text", "url", "scheme", "fullwidth"),
    [
        ("网址：http://www.yunxi.example/。", "http://www.yunxi.example/", "http", False),
        ("（https://yunxi.example/a?b=1&c=2#d）", "https://yunxi.example/a?b=1&c=2#d", "https", False),
        ("见www.yunxi.example，", "www.yunxi.example", "", False),
        ("HTTP://YUNXI.EXAMPLE.", "HTTP://YUNXI.EXAMPLE", "http", False),
        ("ｈｔｔｐ：／／ｗｗｗ．yunxi.example", "ｈｔｔｐ：／／ｗｗｗ．yunxi.example", "http", True),
        ("http：//yunxi.example", "http：//yunxi.example", "http", True),
        ("www。yunxi。example", "www。yunxi。example", "", True),
        ("http:/yunxi.example", "http:/yunxi.example", "http", False),
        ("http//yunxi.example", "http//yunxi.example", "http", False),
        ("ftp://yunxi.example/", "ftp://yunxi.example/", "ftp", False),
    ],
)  # fmt: skip
def test_url(text, url, scheme, fullwidth):
    (found,) = find_urls(text)
    assert found == (url, text.index(url), text.index(url) + len(url), scheme, fullwidth)


@pytest.mark.parametrize("text", ["", "http", "http://", "www.", "电子邮箱yunxi@yunxi.example", "www云溪"])
def test_no_url(text):
    assert find_urls(text) == []


@given(texts)
def test_urls_are_found_where_they_stand(text):
    end_before = 0
    for url in find_urls(text):
        assert end_before <= url.start < url.end <= len(text)
        assert url.text == text[url.start : url.end]
        assert find_urls(url.text) == [url._replace(start=0, end=len(url.text))]
        end_before = url.end


@given(texts)
def test_postcode_stands_where_it_is(text):
    value = parse_postcode(text)
    if value:
        assert value.text == text[value.start : value.end]
        assert parse_postcode(value.text) == value._replace(start=0, end=len(value.text))


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:10])
def test_hostile_texts_end(text):
    assert all(phone.kind == "impossible" for phone in find_phones(text) if phone.start)
    assert len(parse_phones(text)) <= 1
    assert all(url.end <= len(text) for url in find_urls(text))
    value = parse_postcode(text)
    assert value is None or not value.ok
