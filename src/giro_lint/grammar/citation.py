"""Numbers of official documents and decrees as reports cite them. May import: model, numbers, pyparsing.

国办公开办函〔2019〕60号, with any bracket a hand may have put for 〔〕, and 国务院令第711号. All is total and linear.
"""

from __future__ import annotations

from functools import cache

import pyparsing as pp

from giro_lint.grammar.numbers import DIGIT, GAP, SPACE, TO_ASCII, finished, parse_number, parts_of, terminal
from giro_lint.model.patterns import compiled
from giro_lint.model.values import DecreeNumber, DocNumber

_OPENING = "[〔\\[(（【〈［<《﹝❲〖{｛「『]"
_CLOSING = "[〕\\])）】〉］>》﹞❳〗}｝」』]"
_YEAR = f"(?:19|20|１９|２０){DIGIT}{{2}}"
_NUMBER = f"{DIGIT}{{1,5}}"
_CANDIDATE = f"{_OPENING}{GAP}{_YEAR}{GAP}{_CLOSING}{GAP}第?{GAP}{_NUMBER}{GAP}号"
_CHINESE_NUMBER = "[〇○零一二三四五六七八九十百千]{1,10}"
_DECREE = rf"令{GAP}[（(]?{GAP}第?{GAP}({_NUMBER}|{_CHINESE_NUMBER}){GAP}号"

# The issuer is the run of characters in front, cut behind what leads to it in a sentence: 根据|国务院, 60号和|国办函.
_ISSUER = rf"([^\W\d_A-Za-z]{{1,14}}){GAP}\Z"
_ISSUER_REACH = 14 + 4
_LEAD = ".*(?:根据|依据|按照?|依照|遵照|参照|印发|转发|下发|发布|公布|文件|通知|号[和与及]?|[的以与及由为])"
_CLOSED = frozenset("》）)〕”")


@cache
def _grammar() -> pp.ParserElement:
    gap = terminal("gap", GAP)
    year = terminal("opening", _OPENING) + gap + terminal("year", _YEAR) + gap + terminal("closing", _CLOSING)
    number = pp.Opt(terminal("di", "第") + gap) + terminal("number", _NUMBER) + gap + terminal("mark", "号")
    return finished(year + gap + number)


def find_doc_numbers(text: str) -> list[DocNumber]:
    """Find the document numbers of a text, in order.

    Args:
        text: any text.

    Returns:
        Every number with a year in brackets of any kind and 号; GB/T 9704—2012 7.2.5 prescribes 〔〕, no 第 and no
        leading zeros. A decree is none.

    """
    found = []
    for match in compiled(_CANDIDATE).finditer(text):
        parts = parts_of(match[0], _grammar())
        if not parts:
            continue
        start, issuer = _issuer(text, match.start())
        written = parts["number"][0].translate(TO_ASCII)
        number = written.lstrip("0") or "0"
        document = DocNumber(
            issuer=issuer,
            year=parts["year"][0].translate(TO_ASCII),
            number=number,
            start=start,
            end=match.end(),
            opening=parts["opening"][0],
            closing=parts["closing"][0],
            has_di="di" in parts,
            leading_zero=number != written,
            spaced=compiled(SPACE).search(text, start, match.end()) is not None,
        )
        found.append(document)
    return found


def find_decrees(text: str) -> list[DecreeNumber]:
    """Find the decrees that a text cites, such as 国务院令第711号, in order.

    Args:
        text: any text.

    Returns:
        Every 令 that is followed by a number in Arabic or Chinese figures and 号.

    """
    found = []
    for match in compiled(_DECREE).finditer(text):
        value = parse_number(match[1])
        if value is not None:
            start, issuer = _issuer(text, match.start())
            found.append(DecreeNumber(str(value), start, match.end(), issuer))
    return found


def _issuer(text: str, end: int) -> tuple[int, str]:
    """Read the issuer in front of an offset: where it begins, and its name; empty where there is none."""
    run = compiled(_ISSUER).search(text, max(0, end - _ISSUER_REACH), end)
    if not run:
        return end, ""
    lead = compiled(_LEAD).match(run[1])
    start = run.start(1) + (lead.end() if lead else 0)
    if text[start] == "和" and text[start - 1 : start] in _CLOSED:
        start += 1
    return (start, text[start : run.end(1)]) if start < run.end(1) else (end, "")
