"""Telephone numbers, postcodes and web addresses as reports write them. May import: model, numbers, pyparsing.

0570-8123456, （0570）8123456转8001, 138 0000 1234, 400-812-3456. A number has 7 or 8 digits, with an area code of
3 or 4 before it; a mobile number 11; a service number 3, 5 or 6, or 10 with 400 or 800. All is total and linear.
"""

from __future__ import annotations

import unicodedata
from functools import cache

import pyparsing as pp

from giro_lint.grammar.numbers import DIGIT, SPACE, finished, parts_of, terminal
from giro_lint.model.patterns import compiled
from giro_lint.model.values import PhoneKind, PhoneValue, PostcodeValue, UrlValue

_DASHES = "-‐‑‒–—―−－﹣─"
_BLANKS = " \xa0\u2002\u2003\u2009\u3000"
_PLAIN = str.maketrans(
    "０１２３４５６７８９＋（）" + _DASHES + _BLANKS, "0123456789+()" + "-" * len(_DASHES) + " " * len(_BLANKS)
)
_WINDOW = 80  # longer than any telephone number

_AREA = "0(?:10|2[0-9]|[3-9][0-9]{2})"
_MOBILE = "1[3-9][0-9]{9}"
_SERVICE = "1[0-2][0-9]|1[0-2][0-9]{3}|9[56][0-9]{3,4}|[48]00[0-9]{7}"
_NO_COUNT = "(?!(?:余|多|几)?(?:[年月日个件次条通起]|人次))"

# Where a telephone number may begin in prose; and what tells that it is one: a country or area code, the form of a
# mobile number, 400 or 800.
_BEGINNING = r"[+＋(（0０1１4４8８](?<![\dA-Za-z_./].)(?<!\d[-–—].)(?=(?:\d|[^\w\r\n]){6})"
_LINK = r"[^\w(（+＋]"
_IN_PROSE = (
    rf"(?:[（(]?[+＋][8８][6６]|[0０]{{2}}[8８][6６]|[8８][6６](?=\W)){_LINK}{{0,3}}[（(]?{DIGIT}{{2}}"
    rf"|[（(]?[0０][1-9１-９]{DIGIT}{{1,2}}{_LINK}{{0,4}}{DIGIT}{{3}}"
    rf"|[1１][3-9３-９]{DIGIT}{_LINK}?{DIGIT}{{4}}{_LINK}?{DIGIT}{{4}}"
    rf"|[48４８][0０]{{2}}{_LINK}?{DIGIT}{{3}}"
)
_FROM_LABEL = rf"(?:{SPACE}|[:：])*"
_POSTCODE = f"{_FROM_LABEL}({DIGIT}+)"
_ALSO = rf"{SPACE}*(?:[、/／，,；;]|或|和|及){SPACE}*"

_URL_CHARACTER = "(?:[A-Za-z0-9._~:/?#@!$&*+=%０-９Ａ-Ｚａ-ｚ．／：＿－？＝＆％＃～-]|。(?=[A-Za-zａ-ｚ]{2}))"
_URL = (
    r"[hHｈＨfFｆＦwWｗＷ](?:[tTｔＴ]{1,2}[pPｐＰ][sSｓＳ]?(?:[:：][/／\\]{0,3}+|[/／\\]{1,3}+)|[wWｗＷ]{2}[.．。])"
    rf"{_URL_CHARACTER}+(?<![.:!?．：？])"
)


@cache
def _phone_grammar() -> pp.ParserElement:
    """Give the grammar of a number in plain characters: ASCII digits, brackets, hyphens and spaces."""
    country = terminal("country", r"(?:\(?\+86\)?|\(86\)|0086|86(?=-))[- ]{0,2}")
    number = terminal("number", "(?:[0-9]{7,8}|[0-9]{3,4}[- ][0-9]{4})(?![0-9])|[0-9]{1,20}")
    mobile = terminal("number", "1[3-9][0-9][- ]?[0-9]{4}[- ]?[0-9]{4}(?![0-9])")
    free = terminal("number", "[48]00[- ]?(?:[0-9]{3}[- ]?[0-9]{4}|[0-9]{4}[- ]?[0-9]{3})(?![0-9])")
    bare = terminal("number", f"(?:[0-9]{{7,8}}|[0-9]{{4}}[- ][0-9]{{4}}|[0-9]{{3,20}}+)(?![0-9]){_NO_COUNT}")
    link = terminal("link", " ?-{1,2} ?| {1,2}")

    bracketed = terminal("open", r"\( ?") + terminal("area", "0?[1-9][0-9]{1,2}") + terminal("link", r" ?\) ?-? ?")
    linked = terminal("area", "0[0-9]{2,3}") + link + number
    joined = terminal("area", _AREA) + terminal("link", "") + terminal("number", "[0-9]{7,8}(?![0-9])")
    abroad = terminal("area", "[1-9][0-9]{1,2}") + link + number
    extension = terminal("extension", r" ?(?:(?:-{1,2}|转) ?[0-9]{1,6}(?![0-9])|\(转 ?[0-9]{1,6}\))")
    home = mobile | free | bracketed + number | linked | joined
    return finished((country + (home | abroad | bare) | home | bare) + pp.Opt(extension))


def find_phones(text: str) -> list[PhoneValue]:
    """Find what is a telephone number by itself: one with an area code, a mobile number, a 400 or 800 number.

    Args:
        text: any text.

    Returns:
        The numbers in order; among them the impossible ones that have an area code.

    """
    phones: list[PhoneValue] = []
    for match in compiled(_BEGINNING).finditer(text):
        start = match.start()
        if (phones and start < phones[-1].end) or not compiled(_IN_PROSE).match(text, start):
            continue
        phone = _phone(text, start)
        if phone and (phone.kind == "mobile" or compiled(_AREA).match(phone.area) or _is_free(phone)):
            phones.append(phone)
    return phones


def parse_phones(text: str) -> list[PhoneValue]:
    """Read the numbers that follow a label such as 电话 or 传真.

    Args:
        text: what stands behind the label; a colon and spaces may come first.

    Returns:
        The first number whatever it is, unless it is a count (120次); then those that follow it in a list, behind 、,
        /, ，, ；, 或, 和 or 及. Empty where no number follows the label.

    """
    phones: list[PhoneValue] = []
    next_one = compiled(_FROM_LABEL).match(text)
    area = ""
    while next_one:
        phone = _phone(text, next_one.end())
        if not phone or (phones and phone.kind == "impossible" and not phone.area):
            break
        area = phone.area or area
        phones.append(phone._replace(area=area) if phone.kind == "local" else phone)
        next_one = compiled(_ALSO).match(text, phone.end)
    return phones


def _is_free(phone: PhoneValue) -> bool:
    return phone.kind == "service" and len(phone.number) == len("4008123456")


def _phone(text: str, start: int) -> PhoneValue | None:
    """Read the telephone number at an offset."""
    parts = parts_of(text[start : start + _WINDOW].translate(_PLAIN), _phone_grammar())
    if not parts:
        return None
    digits = {name: compiled("[^0-9]").sub("", part[0]) for name, part in parts.items()}
    number, area, extension = digits["number"], digits.get("area", ""), digits.get("extension", "")
    if area and area[0] != "0":
        area = "0" + area
    separator = text[start + parts["link"].start() : start + parts["link"].end()] if "link" in parts else ""
    end = start + parts.get("extension", parts["number"]).end()
    return PhoneValue(text[start:end], start, end, area, number, _kind(area, number), separator, extension)


def _kind(area: str, number: str) -> PhoneKind:
    """Classify a number by its digits."""
    ordinary = len(number) in (7, 8)
    if area and not compiled(_AREA).fullmatch(area):
        return "impossible"
    if ordinary:
        return "landline" if area else "local"
    if compiled(_SERVICE).fullmatch(number):
        return "service"
    return "mobile" if not area and compiled(_MOBILE).fullmatch(number) else "impossible"


def parse_postcode(text: str) -> PostcodeValue | None:
    """Read the digits that follow a label such as 邮编.

    Args:
        text: what stands behind the label; a colon and spaces may come first.

    Returns:
        The digits, and whether they are six; None where no digit follows.

    """
    match = compiled(_POSTCODE).match(text)
    return PostcodeValue(match[1], *match.span(1), len(match[1]) == len("100000")) if match else None


def find_urls(text: str) -> list[UrlValue]:
    """Find the web addresses of a text that begin with a scheme (http, https, ftp) or with www.

    Args:
        text: any text.

    Returns:
        The addresses in order, also such as are written with full-width characters or with a damaged `://`.

    """
    urls = []
    for match in compiled(_URL).finditer(text):
        scheme = compiled("(?!www)[a-z]*").match(unicodedata.normalize("NFKC", match[0]).lower())
        fullwidth = compiled("[！-～。]").search(match[0])
        urls.append(UrlValue(match[0], *match.span(), scheme[0] if scheme else "", fullwidth is not None))
    return urls
