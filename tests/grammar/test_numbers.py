"""Numbers, cells and amounts: giro_lint.grammar.numbers."""

import re
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giro_lint.grammar.numbers import (
    NUMBER_PATTERN,
    chinese_numeral,
    find_numbers,
    parse_amount,
    parse_cell,
    parse_number,
)
from giro_lint.model.values import CellState, CellValue

PIECES = list("1２0Oｏ,，.．-－—+增↑¥件元万亿千百十二两零〇壹 \xa0\u3000\u200b\t\n/无（𠮷①²")
PIECES += ["减少", "万元", "[bookmark: _GoBack]", "&nbsp;", "<br>", "{#a}", "n/a"]
cells = st.one_of(st.text(), st.lists(st.sampled_from(PIECES), max_size=8).map("".join))

HOSTILE = [
    "1," * 100_000, "1,234," * 50_000, "（" * 100_000, "二" * 100_000, "亿" * 100_000, "1" * 1_000_000,
    "0571-" * 50_000, "1." * 100_000, "[bookmark:" * 20_000, "&nbsp;" * 50_000, " " * 500_000, "O" * 100_000,
    "1万" * 50_000,
]  # fmt: skip

DIGITS = "零一二三四五六七八九"


def written(number: int) -> str:
    """Write a number below 10^16 as Chinese writes it: the inverse of chinese_numeral."""
    for mark, size in (("亿", 10**8), ("万", 10**4)):
        high, low = divmod(number, size)
        if high:
            gap = "零" if 0 < low < size // 10 else ""
            return written(high) + mark + gap + (written(low) if low else "")
    parts, gap = [], False
    for mark, size in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit, number = divmod(number, size)
        if digit:
            parts.append(("零" if gap else "") + DIGITS[digit] + mark)
        gap = bool(parts) and not digit
    return "".join(parts) or "零"


def test_every_numeral_to_9999():
    for number in range(10_000):
        text = written(number)
        assert chinese_numeral(text) == number, text
        assert chinese_numeral(text.replace("零", "〇")) == number, text
        if 10 <= number < 20:
            assert chinese_numeral(text.removeprefix("一")) == number


@given(st.integers(10_000, 10**8))
def test_greater_numerals(number):
    assert chinese_numeral(written(number)) == number


@given(st.lists(st.integers(0, 9), min_size=2, max_size=20))
def test_digit_by_digit(digits):
    for zero in "零〇○":
        text = "".join(zero if digit == 0 else DIGITS[digit] for digit in digits)
        assert chinese_numeral(text) == int("".join(map(str, digits)))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("十", 10), ("两", 2), ("两百", 200), ("两千三百", 2300), ("两万", 20_000), ("两万五", 25_000),
        ("一千五", 1500), ("二百三", 230), ("二百零三", 203), ("一百一十", 110), ("一万二千", 12_000),
        ("一万零三百", 10_300), ("十二万三千四百五十六", 123_456), ("一亿零三", 100_000_003),
        ("三万五千亿", 3_500_000_000_000), ("壹拾贰", 12), ("伍仟元"[:2], 5000), ("二O二一", 2021),
        ("二0二0", 2020), ("〇", 0), ("零五", 5),
    ],
)  # fmt: skip
def test_numeral(text, number):
    assert chinese_numeral(text) == number


@pytest.mark.parametrize(
    "text",
    [
        "", "百", "万", "亿", "千万", "十百", "一百百", "二两", "两五", "五十十", "零百", "一百零", "一零零百",
        "一千零零二", "一万万", "一亿亿", "万一", "一是", "统一", "12", "0", "O", "一百 二", "二" * 25, "三五十",
    ],
)  # fmt: skip
def test_no_numeral(text):
    assert chinese_numeral(text) is None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", 12), ("１２", 12), ("1,234", 1234), ("1，234", 1234), ("１，２３４，５６７", 1_234_567),
        ("13.84", Decimal("13.84")), ("13．84", Decimal("13.84")), ("5.0", 5), ("007", 7), ("3万", 30_000),
        ("1.2万", 12_000), ("13.84万", 138_400), ("1.23456万", Decimal("12345.6")), ("2亿", 2 * 10**8),
        ("3千万", 30_000_000), ("1.5万亿", 15 * 10**11), ("五百", 500), (" 12\u3000", 12),
        ("9" * 24, int("9" * 24)),
    ],
)  # fmt: skip
def test_number(text, number):
    assert parse_number(text) == number
    assert type(parse_number(text)) is type(number)


@pytest.mark.parametrize("text", ["", "1,23", "1,2345", "1234,567", "1.2.3", "1.", ".5", "-1", "12件", "①", "9" * 25])
def test_no_number(text):
    assert parse_number(text) is None


@pytest.mark.parametrize(
    ("text", "value", "unit", "flags"),
    [
        ("0", 0, "", ""), ("12", 12, "", ""), ("12\r\n", 12, "", ""), (" 12", 12, "", "padded"),
        ("12\xa0", 12, "", "padded"), ("\u300012\u200b", 12, "", "padded"), ("１２", 12, "", "fullwidth"),
        ("1,234", 1234, "", "grouped"), ("1，234", 1234, "", "grouped fullwidth"), ("1,012", 1012, "", "grouped"),
        ("-3", -3, "", "signed"), ("－2", -2, "", "signed fullwidth"), ("—2", -2, "", "signed fullwidth"),
        ("−2", -2, "", "signed"), ("- 2", -2, "", "signed"), ("+3", 3, "", "signed"),
        ("＋3", 3, "", "signed fullwidth"), ("增2", 2, "", "signed"), ("减2", -2, "", "signed"),
        ("减少2件", -2, "件", "signed unit"), ("↑3", 3, "", "signed"), ("↓1", -1, "", "signed"),
        ("负三", -3, "", "signed chinese"), ("-0", 0, "", "signed"), ("12件", 12, "件", "unit"),
        ("12 件", 12, "件", "unit"), ("12%", 12, "%", "unit"),
        ("13.84万元", Decimal("13.84"), "万元", "unit fraction"), ("五万元", 5, "万元", "unit chinese"),
        ("1.2亿元", Decimal("1.2"), "亿元", "unit fraction"), ("5千元", 5, "千元", "unit"),
        ("500000元", 500_000, "元", "unit"), ("¥500", 500, "元", "unit"), ("¥05", 5, "元", "unit leading_zero"),
        ("人民币5元", 5, "元", "unit"), ("十五", 15, "", "chinese"), ("二百零三", 203, "", "chinese"),
        ("〇", 0, "", "chinese"), ("二〇二〇", 2020, "", "chinese"), ("壹拾贰", 12, "", "chinese"),
        ("3万件", 30_000, "件", "unit chinese"), ("5.0", 5, "", "fraction"),
        ("1.5", Decimal("1.5"), "", "fraction"), ("1.23456万", Decimal("12345.6"), "", "fraction chinese"),
        ("1.2万", 12_000, "", "chinese"), ("007", 7, "", "leading_zero"), ("00", 0, "", "leading_zero"),
        ("０７", 7, "", "leading_zero fullwidth"), ("O", 0, "", "letter_o"), ("1o", 10, "", "letter_o"),
        ("二O二O", 2020, "", "letter_o chinese"), ("[bookmark: _GoBack]1828元", 1828, "元", "residue unit"),
        ("&nbsp;0", 0, "", "residue"), ("5<br>\n", 5, "", "residue"), ("[bookmark: 5]5", 5, "", "residue"),
        ("3 {#anchor}", 3, "", "residue"),
    ],
)  # fmt: skip
def test_figure(text, value, unit, flags):
    cell = parse_cell(text)
    assert (cell.state, cell.value, cell.unit, cell.flags) == (CellState.NUMBER, value, unit, frozenset(flags.split()))
    assert type(cell.value) is type(value)


@pytest.mark.parametrize(
    ("text", "core"),
    [
        ("12", "12"), (" 12 件", "12"), ("-3", "-3"), ("—2", "—2"), ("¥500", "500"), ("13.84万元", "13.84"),
        ("3万件", "3万"), ("[bookmark: 5]5元", "5"), ("\t见附件 ", "见附件"), (" / ", "/"), (" ", " "),
    ],
)  # fmt: skip
def test_place_of_the_core(text, core):
    cell = parse_cell(text)
    assert text[cell.start : cell.end] == core


@pytest.mark.parametrize("text", ["", " ", "\xa0", "\u3000\t", "\u200b\ufeff", "\n", "&nbsp;", "[bookmark: _GoBack]"])
def test_blank(text):
    cell = parse_cell(text)
    assert (cell.state, cell.value, cell.start, cell.end) == (CellState.BLANK, None, 0, len(text))


@pytest.mark.parametrize(
    "text",
    [
        "/", "\\", "-", "—", "－－", "——", "---", "／", "无", "空", "N/A", "n/a", "不适用", "无此项", "未", "暂无",
        "*", "…", ".", " / ",
    ],
)  # fmt: skip
def test_placeholder(text):
    assert parse_cell(text).state is CellState.PLACEHOLDER
    assert parse_cell(text).value is None


@pytest.mark.parametrize(
    "text",
    [
        "22（其中修订16件）", "见附件", "1,23", "1.2.3", "12。", "1 2", "——2", "第一", "一、行政许可", "百", "①",
        "²", "[1]", "9" * 25, "千万", "12件件", "0" * 300, "OK",
    ],
)  # fmt: skip
def test_text(text):
    cell = parse_cell(text)
    assert (cell.state, cell.value) == (CellState.TEXT, None)


@given(cells)
def test_a_cell_is_total_and_its_core_reads_the_same(text):
    cell = parse_cell(text)
    assert 0 <= cell.start <= cell.end <= len(text)
    assert (cell.value is None) == (cell.state is not CellState.NUMBER)
    core = parse_cell(text[cell.start : cell.end])
    assert (core.state, core.value) == (cell.state, cell.value)
    assert isinstance(cell.value, int) or cell.value is None or cell.value != int(cell.value)


@given(st.integers(0, 10**18 - 1), st.sampled_from(["{}", "{:,}", " {}", "{}\u3000", "+{}", "{}件"]))
def test_a_count_is_read_however_it_is_set(number, form):
    assert parse_cell(form.format(number)).value == number
    assert (
        parse_cell(form.format(number).translate(str.maketrans("0123456789,", "０１２３４５６７８９，"))).value
        == number
    )


@given(cells)
def test_numbers_are_found_where_they_stand(text):
    end_before = 0
    for value, start, end in find_numbers(text):
        assert end_before <= start < end <= len(text)
        assert parse_number(text[start:end]) == value
        end_before = end


def test_numbers_in_prose():
    found = find_numbers("全年受理１２件、办结1,234件，金额13.84万元，答复二十三件，统一办理")
    assert [value for value, _, _ in found] == [12, 1234, 138_400, 23, 1]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("共收到12件", "12"), ("共收到1,234件", "1,234"), ("共收到１２ 件", "１２"), ("共收到二十三件", "二十三"),
        ("5，3件", "3"), ("1.5万件", "1.5万"),
    ],
)  # fmt: skip
def test_the_pattern_within_another(text, number):
    match = re.search(rf"({NUMBER_PATTERN})\s*件", text)
    assert match
    assert match[1] == number


def test_the_pattern_leaves_the_unit_to_the_other():
    match = re.search(f"({NUMBER_PATTERN})(万?元)", "合计13.84万元")
    assert match
    assert match[1] in ("13.84万", "13.84")
    assert re.compile(NUMBER_PATTERN).groups == 0


@pytest.mark.parametrize(
    ("text", "low", "value", "high"),
    [
        ("13.84万元", "138350", "138400", "138450"),
        ("138392.10元", "138392.095", "138392.10", "138392.105"),
        ("500000元", "499999.5", "500000", "500000.5"),
        ("¥1,234.50", "1234.495", "1234.50", "1234.505"),
        ("¥13.84万", "138350", "138400", "138450"),
        ("1.2亿元", "115000000", "120000000", "125000000"),
        ("5千元", "4500", "5000", "5500"),
        ("五万元", "45000", "50000", "55000"),
        ("5角", "0.45", "0.5", "0.55"),
        ("-3元", "-3.5", "-3", "-2.5"),
        ("[bookmark: _GoBack] 0元", "-0.5", "0", "0.5"),
        ("9" * 24 + "万亿元", "9" * 23 + "85" + "0" * 11, "9" * 24 + "0" * 12, "9" * 24 + "5" + "0" * 11),
    ],
)
def test_amount(text, low, value, high):
    amount = parse_amount(text)
    assert amount
    assert (str(amount.low), str(amount.value), str(amount.high)) == (low, value, high)


def test_amount_in_the_unit_of_its_column():
    amount = parse_amount("96171.6", "万元")
    assert amount
    assert (amount.value, amount.unit) == (Decimal(961_716_000), "万元")
    assert parse_amount("3元", "万元") == parse_amount("3元")


@pytest.mark.parametrize("text", ["", "500000", "12件", "/", "约5万元", "5万元左右"])
def test_no_amount(text):
    assert parse_amount(text) is None


@pytest.mark.parametrize(
    ("one", "other", "agrees"),
    [
        ("13.84万元", "138392.10元", True),
        ("13.84万元", "138350元", True),
        ("13.84万元", "138349元", False),
        ("13.84万元", "13.8万元", True),
        ("1.5万元", "1.6万元", True),  # 15500 is the boundary of both
        ("1.5万元", "1.7万元", False),
        ("1.2亿元", "12000万元", True),
    ],
)
def test_amounts_agree_where_their_intervals_meet(one, other, agrees):
    first, second = parse_amount(one), parse_amount(other)
    assert first
    assert second
    assert first.agrees(second) is agrees
    assert second.agrees(first) is agrees


@given(cells)
def test_amount_is_total(text):
    amount = parse_amount(text)
    assert amount is None or amount.low < amount.value < amount.high


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:10])
def test_hostile_texts_end(text):
    assert parse_cell(text).state in (CellState.TEXT, CellState.BLANK)
    assert parse_number(text) is None
    assert chinese_numeral(text) is None
    assert parse_amount(text) is None
    assert all(end <= len(text) for _, _, end in find_numbers(text))


def test_threads_read_the_same():
    texts = [f"{number}.5万元" for number in range(400)]
    with ThreadPoolExecutor(8) as pool:
        cells_read = list(pool.map(parse_cell, texts))
    assert cells_read == [
        CellValue(CellState.NUMBER, Decimal(f"{n}.5"), "万元", 0, len(str(n)) + 2, frozenset({"unit", "fraction"}))
        for n in range(400)
    ]
