"""Kind ``contact``: address, postcode, telephone numbers and links. May import: facts, pattern, grammar.contact, model."""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from giro_lint.checks.facts import Facts, unless_found
from giro_lint.checks.pattern import anchor_of, in_chrome
from giro_lint.grammar.contact import find_phones, find_urls, parse_phones, parse_postcode
from giro_lint.model.diagnostic import Edit, Finding, Fix
from giro_lint.model.document import Flow
from giro_lint.model.form import Vocabulary
from giro_lint.model.patterns import compiled, lazy, pattern
from giro_lint.model.source import Span
from giro_lint.model.values import PhoneValue

if TYPE_CHECKING:
    from giro_lint.ruleset.text_options import ContactOptions

_BEFORE = "，,；;、。.（(：:\n 】]*|"
_ENDS = lazy(r"[，,；;。）)\n]")
_REACH = 80
_MASKS = frozenset("*＊xX×○—")
_DASHES = "—–―─－﹣一_"
_DASHED = lazy(rf"[0-9)）][-‐‑‒−]?[{_DASHES}]")
_NUMBERED = frozenset({"phone", "fax"})


class _Field:
    """A contact field: its kind, label, a note in brackets, the colon behind it and its value, with indices in the flow."""

    def __init__(self, kind: str, label: str, start: int, note: str, colon: str, value: str, value_start: int) -> None:
        self.kind, self.label, self.start = kind, label, start
        self.note, self.colon = note, colon
        self.value, self.value_start = value, value_start


Fields = tuple[_Field, ...]
_Check = Callable[[Facts, Any, Flow, Fields], Iterator[Finding]]


def check_contact(facts: Facts, options: ContactOptions) -> Generator[Finding, None, int | str]:
    """Run one of the checks on the contact fields of the report."""
    flow = facts.flow("prose")
    fields = _fields(facts, flow.text)
    yield from _CHECKS[options.check](facts, options, flow, fields)
    return len(fields) or 1


def idle_contacts(facts: Facts, rules: Sequence[ContactOptions]) -> Sequence[int | str | None]:
    """Which rules have no first finding."""
    flow = facts.flow("prose")
    fields = _fields(facts, flow.text)
    looked = len(fields) or 1
    return [unless_found(_CHECKS[rule.check](facts, rule, flow, fields), looked) for rule in rules]


@lru_cache(maxsize=8)
def _labels(vocabulary: Vocabulary) -> tuple[re.Pattern[str], dict[str, str]]:
    kinds = {label: kind for kind, labels in vocabulary.contact_labels.items() for label in labels}
    words = "|".join(re.escape(label) for label in sorted(kinds, key=len, reverse=True))
    return compiled(rf"(?:{words})"), kinds


_NOTE_AND_COLON = r"(?P<note>[（(][^）)\n]{0,12}[）)])?(?P<colon>[：:为是]?)"


def _fields(facts: Facts, text: str) -> Fields:
    """The contact fields of the prose; several rules ask for them."""
    if "contact" not in facts.memory:
        facts.memory["contact"] = tuple(_found_fields(text, facts.document.vocabulary))
    fields: Fields = facts.memory["contact"]
    return fields


def _found_fields(text: str, vocabulary: Vocabulary) -> Iterator[_Field]:
    labels, kinds = _labels(vocabulary)
    following = pattern(vocabulary.contact_behind + _NOTE_AND_COLON)
    for match in labels.finditer(text):
        behind = following.match(text, match.end())
        if behind is None or (match.start() and text[match.start() - 1] not in _BEFORE):
            continue
        start = behind.end()
        stop = _ENDS.search(text, start)
        value = text[start : min(start + _REACH, stop.start() if stop else len(text))]
        kind, label = kinds[match.group()], match.group()
        if behind["colon"] or (kind != "address" and value[:1].isdecimal()):
            yield _Field(kind, label, match.start(), behind["note"] or "", behind["colon"], value, start)


def _place(flow: Flow, field: _Field) -> Span:
    return flow.span(field.value_start, field.value_start + len(field.value))


@lru_cache(maxsize=32)
def _phones(text: str) -> tuple[PhoneValue, ...]:
    return tuple(parse_phones(text))


def _goes_on(text: str, end: int) -> bool:
    """Whether a number is masked behind an index, or torn by the end of the line."""
    behind = text[end : end + 2]
    return behind[:1] in _MASKS or (behind[:1] == "\n" and (behind[1:].isdecimal() or behind[1:] in _MASKS))


def _numbers(flow: Flow, field: _Field) -> Iterator[tuple[PhoneValue, Span]]:
    """The telephone numbers of a field; masked ones are left out, and such as go on in the next line."""
    rest = flow.text[field.value_start : field.value_start + _REACH]
    for phone in _phones(rest.split("\n")[0]):
        if _goes_on(flow.text, field.value_start + phone.end):
            continue
        start = field.value_start + phone.start
        yield phone, flow.span(start, start + len(phone.text))


def _all_numbers(facts: Facts, flow: Flow, fields: Fields) -> Sequence[tuple[_Field, PhoneValue, Span]]:
    """The telephone numbers of all fields; several rules ask for them."""
    if "contact numbers" not in facts.memory:
        numbered = [field for field in fields if field.kind in _NUMBERED]
        facts.memory["contact numbers"] = [(field, *each) for field in numbered for each in _numbers(flow, field)]
    numbers: Sequence[tuple[_Field, PhoneValue, Span]] = facts.memory["contact numbers"]
    return numbers


def _missing(facts: Facts, options: ContactOptions, flow: Flow, fields: Fields) -> Iterator[Finding]:
    if any(field.kind != "postcode" for field in fields):
        return
    title = facts.document.title
    rest = facts.document.source.text[title.start if title else 0 :]
    told = "@" in rest or find_phones(rest) or (options.unless and pattern(options.unless).search(flow.text))
    if not told:
        yield Finding(Span(title.start, title.end) if title else Span(0, 0), "preamble/contact")


def _postcode(_: Facts, __: ContactOptions, flow: Flow, fields: Fields) -> Iterator[Finding]:
    for field in fields:
        code = parse_postcode(field.value) if field.kind == "postcode" else None
        if code and not code.ok and not _goes_on(flow.text, field.value_start + code.end):
            span = flow.span(field.value_start + code.start, field.value_start + code.end)
            yield Finding(span, "preamble/postcode", {"found": code.text, "count": len(code.text)})


def _area_code(facts: Facts, options: ContactOptions, flow: Flow, fields: Fields) -> Iterator[Finding]:
    """A landline without area code, where no number and no note tells the code."""
    numbers = _all_numbers(facts, flow, fields)
    told = any(phone.area for _, phone, _ in numbers) or bool(
        options.unless and pattern(options.unless).search(flow.text)
    )
    for field, phone, span in numbers:
        if phone.kind == "local" and not told and not any(c.isdecimal() for c in field.note):
            yield Finding(span, f"preamble/{field.kind}", {"found": phone.text, "label": field.label})
            return


def _digits(facts: Facts, _: ContactOptions, flow: Flow, fields: Fields) -> Iterator[Finding]:
    for field, phone, span in _all_numbers(facts, flow, fields):
        if phone.kind == "impossible" and not _spaced(facts, span):
            data = {"found": phone.text, "label": field.label, "count": len(phone.number)}
            yield Finding(span, f"preamble/{field.kind}", data, variant="area" if phone.area else "")


def _spaced(facts: Facts, span: Span) -> bool:
    """Whether the spaces of the source, which a flow does not have, make the number a possible one."""
    phones = parse_phones(facts.document.source.text[span.start : span.end])
    return bool(phones) and all(phone.kind != "impossible" for phone in phones)


def _punctuation(facts: Facts, _: ContactOptions, flow: Flow, fields: Fields) -> Iterator[Finding]:
    """A label without colon; and a dash where a telephone number has a hyphen."""
    for field in fields:
        if not field.colon and field.kind in {*_NUMBERED, "postcode"} and not field.note and _is_number(flow, field):
            behind = flow.offset(field.value_start - 1) + 1
            span = flow.span(field.start, field.value_start + len(field.value))
            colon = Fix((Edit(Span(behind, behind), "："),))
            yield Finding(span, f"preamble/{field.kind}", {"found": field.label, "value": field.value}, fix=colon)
    for phone in find_phones(flow.text) if _DASHED.search(flow.text) else ():
        if phone.area and not set(_DASHES).isdisjoint(phone.separator.strip()):
            yield _dashed(facts, phone, flow.span(phone.start, phone.end))


def _dashed(facts: Facts, phone: PhoneValue, span: Span) -> Finding:
    written = facts.document.source.text[span.start : span.end]
    mended = written.replace(phone.separator, "-")
    fix = Fix((Edit(span, mended),)) if phone.separator in written else None
    data = {"found": phone.text, "expected": phone.text.replace(phone.separator, "-")}
    return Finding(span, anchor_of(facts.region(span.start)[1]), data, variant="dash", fix=fix)


def _is_number(flow: Flow, field: _Field) -> bool:
    if field.kind == "postcode":
        code = parse_postcode(field.value)
        return code is not None and code.ok and code.end == len(field.value)
    return any(phone.kind in {"landline", "local", "mobile"} for phone, _ in _numbers(flow, field))


def _url(facts: Facts, _: ContactOptions, flow: Flow, __: Fields) -> Iterator[Finding]:
    """The first web address that is damaged, full-width or unencrypted; lines that a web page added are left out."""
    seen: set[str] = set()
    for url in find_urls(flow.text):
        variant = (
            "wide"
            if url.has_fullwidth
            else "broken"
            if url.scheme and f"{url.scheme}://" not in url.text.lower()
            else url.scheme
        )
        if variant in {"wide", "broken", "http"} and variant not in seen and not in_chrome(facts, flow, url.start):
            seen.add(variant)
            span = flow.span(url.start, url.end)
            yield Finding(span, anchor_of(facts.region(span.start)[1]), {"found": url.text}, variant=variant)


def _address(_: Facts, options: ContactOptions, flow: Flow, fields: Fields) -> Iterator[Finding]:
    for field in fields:
        if field.kind == "address" and field.value and not pattern(options.unless).search(field.value):
            yield Finding(_place(flow, field), "preamble/address", {"found": field.value})


def _regions(options: ContactOptions) -> tuple[dict[str, str], dict[str, str], tuple[str, ...]]:
    """Names of provinces by the first digits of postcodes and of area codes; and the names."""
    rows = [line.split() for line in options.regions]
    codes = {code: name for name, codes, _ in rows for code in codes.split(",")}
    areas = {area: name for name, _, areas in rows for area in areas.split(",")}
    return codes, areas, tuple(name for name, _, _ in rows)


def _province(digits: str, known: Mapping[str, str], sizes: tuple[int, ...]) -> str:
    """The name that the longest known beginning of some digits tells, or empty."""
    return next((known[digits[:size]] for size in sizes if digits[:size] in known), "")


def _region(facts: Facts, options: ContactOptions, flow: Flow, fields: Fields) -> Iterator[Finding]:
    """Postcode, area code and address that point to different provinces."""
    codes, areas, names = facts.course.ready(options, _regions)
    told: list[tuple[str, str, Span]] = []
    for field in fields:
        if field.kind == "address" and field.value.startswith(names):
            told += [
                (name, field.value[: len(name)], _place(flow, field)) for name in names if field.value.startswith(name)
            ]
        code = parse_postcode(field.value) if field.kind == "postcode" else None
        name = _province(code.text, codes, (4, 2)) if code and code.ok else ""
        if code and name:
            told.append((name, code.text, _place(flow, field)))
    for _, phone, span in _all_numbers(facts, flow, fields):
        name = _province(phone.area, areas, (4, 3))
        if phone.kind == "landline" and name:
            told.append((name, phone.area, span))
    for name, written, span in told[1:]:
        if name != told[0][0]:
            data = {"found": written, "place": name, "other": told[0][1], "other_place": told[0][0]}
            yield Finding(span, "preamble/contact", data, related=((told[0][2], "other", {}),))
            return


_CHECKS: dict[str, _Check] = {
    "missing": _missing,
    "postcode": _postcode,
    "area-code": _area_code,
    "digits": _digits,
    "punctuation": _punctuation,
    "url": _url,
    "place": _address,
    "region": _region,
}
