"""The values a report is written with: figures, amounts, dates, telephone numbers, citations. May import: the standard library.

They are named tuples: a table has hundreds of them, and attrs classes that compare by value cost each start five times as much.
Annotations are not postponed here, since named tuples would compile each of them.

Every `start` and `end` is an offset in code points into the text that was parsed, `end` exclusive.
"""

import enum
from decimal import Decimal
from typing import Literal, NamedTuple

DateStyle = Literal[
    "numeric-cjk",  # 2021年1月25日, the form of GB/T 9704—2012 7.3.5.4
    "zero-padded",  # 2021年01月05日
    "chinese",  # 二〇二一年一月二十五日
    "short-year",  # 21年1月5日
    "dotted",  # 2021.1.25
    "slashed",  # 2021/1/25
    "iso",  # 2021-01-25, the form of GB/T 7408
    "loose-iso",  # 2021-1-5
]

PhoneKind = Literal["landline", "mobile", "service", "local", "impossible"]


class CellState(enum.Enum):
    """What stands in a table cell: the four states live to the end, none is turned into another."""

    NUMBER = "number"
    BLANK = "blank"
    PLACEHOLDER = "placeholder"
    TEXT = "text"


class CellValue(NamedTuple):
    """A table cell as it was understood.

    Attributes:
        state: what the cell holds.
        value: the figure of a NUMBER with its sign, an int where integral, before its unit is applied; else None.
        unit: what follows (or, for a currency sign, precedes) the figure: 件, 万元 …; empty where nothing does.
        start: where the figure (with its sign, without its unit) or the visible text begins.
        end: where it ends. A BLANK spans the whole text.
        flags: how it was written, any of padded, fullwidth, grouped, unit, chinese, leading_zero, letter_o, signed,
            residue, fraction.
    """

    state: CellState
    value: int | Decimal | None
    unit: str = ""
    start: int = 0
    end: int = 0
    flags: frozenset[str] = frozenset()

    @property
    def plain_count(self) -> int | None:
        """The figure where it is a count as it should be written, else None."""
        value = self.value
        return value if type(value) is int and value >= 0 and not self.flags else None


class Amount(NamedTuple):
    """A sum of money in 元, as the interval that its written digits stand for.

    `13.84万元` is 138400 元, known to half a unit of its last digit: 138350 to 138450.

    Attributes:
        low: the least it can be, in 元.
        high: the most it can be, in 元.
        value: what is written, in 元.
        unit: the unit it was written in (元, 万元 …).
    """

    low: Decimal
    high: Decimal
    value: Decimal
    unit: str

    def agrees(self, other: "Amount") -> bool:
        """Tell whether both can be the same sum: their intervals meet, the boundaries included."""
        return self.low <= other.high and other.low <= self.high


class DateValue(NamedTuple):
    """A date of year, month and day.

    Attributes:
        year: the year in full (a short year is taken from 2000 on); None where only month and day are written.
        month: as written, also where no such month exists.
        day: as written, also where the month has no such day.
        start: where the date begins.
        end: where it ends, the weekday included.
        style: the form it is written in.
        valid: whether the calendar has this day; without a year, whether any year has it.
        weekday: the day of the week written directly after it (星期一, 周一), without brackets.
        weekday_ok: False where that is another day than the calendar's.
    """

    year: int | None
    month: int
    day: int
    start: int
    end: int
    style: DateStyle
    valid: bool
    weekday: str | None = None
    weekday_ok: bool = True


class PeriodValue(NamedTuple):
    """A period from one date to another, such as 自2020年1月1日起至2020年12月31日止.

    Attributes:
        start_date: its first day.
        end_date: its last day; a year that is left out is the first day's.
        start: where the period begins, its 自 or 从 included.
        end: where it ends, its 止 included.
    """

    start_date: DateValue
    end_date: DateValue
    start: int
    end: int


class PhoneValue(NamedTuple):
    """A telephone or fax number.

    Attributes:
        text: as written, with country code, brackets and extension.
        start: where it begins.
        end: where it ends.
        area: the area code with its 0, in ASCII digits; empty where there is none. A `local` number with an area has
            none written of its own and stands in a list after a number with that area.
        number: the subscriber's number in ASCII digits, without separators and extension.
        kind: landline, mobile, service (400, 800, 12345, 95xxx …), local (7 or 8 digits without an area code) or
            impossible (no telephone number has that many digits).
        separator: what stands between area code and number: a hyphen, a dash, a bracket, nothing.
        extension: the digits of the extension, in ASCII.
    """

    text: str
    start: int
    end: int
    area: str
    number: str
    kind: PhoneKind
    separator: str = ""
    extension: str = ""


class PostcodeValue(NamedTuple):
    """What is given as a postcode; `ok` where it is six digits."""

    text: str
    start: int
    end: int
    ok: bool


class UrlValue(NamedTuple):
    """A web address.

    Attributes:
        text: as written.
        start: where it begins.
        end: where it ends.
        scheme: http, https or ftp in ASCII; empty where the address begins with www.
        has_fullwidth: whether a full-width character stands in it.
    """

    text: str
    start: int
    end: int
    scheme: str
    has_fullwidth: bool


class DocNumber(NamedTuple):
    """The number of an official document, such as 国办公开办函〔2019〕60号 (GB/T 9704—2012 7.2.5).

    Attributes:
        issuer: the mark of the issuing body (国办公开办函); empty where none stands before the bracket.
        year: four ASCII digits.
        number: the serial number in ASCII digits, without leading zeros.
        start: where it begins, the issuer included.
        end: where it ends, behind 号.
        opening: the bracket before the year, as written.
        closing: the bracket after the year, as written.
        has_di: whether 第 stands before the number.
        leading_zero: whether the number is written with a leading zero.
        spaced: whether there is a space anywhere inside.
    """

    issuer: str
    year: str
    number: str
    start: int
    end: int
    opening: str
    closing: str
    has_di: bool
    leading_zero: bool
    spaced: bool


class DecreeNumber(NamedTuple):
    """The number of a decree, such as 国务院令第711号.

    Attributes:
        number: in ASCII digits, without leading zeros.
        start: where it begins, the issuer included.
        end: where it ends, behind 号.
        issuer: who stands before 令 (国务院); empty where nobody does.
    """

    number: str
    start: int
    end: int
    issuer: str = ""
