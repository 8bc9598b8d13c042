"""Kind ``signature``: the body's name and the date at the end. May import: facts, front, labels, model, options."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from typing import TYPE_CHECKING

from giro_lint.binding.front import kind_of_body, named, unremarked
from giro_lint.binding.labels import squeeze
from giro_lint.checks.facts import Facts, unless_found
from giro_lint.model.diagnostic import Edit, Finding, Fix
from giro_lint.model.document import Signature
from giro_lint.model.form import Vocabulary
from giro_lint.model.patterns import pattern
from giro_lint.model.source import Span

if TYPE_CHECKING:
    from giro_lint.ruleset.text_options import SignatureOptions

_GOVERNMENTS = {"government", "township"}
_OFFICE = "gov_office"
_PUSHED = 4
_WORDS = 20


def check_signature(facts: Facts, options: SignatureOptions) -> Generator[Finding, None, int | str]:
    """Run one of the checks on the end of the report."""
    if not facts.document.sections:
        return "no-section"
    yield from _CHECKS[options.check](facts, facts.document.signature, options)
    return 1


def idle_signatures(facts: Facts, rules: Sequence[SignatureOptions]) -> Sequence[int | str | None]:
    """Which rules have no first finding."""
    if not facts.document.sections:
        return ["no-section"] * len(rules)
    signature = facts.document.signature
    return [unless_found(_CHECKS[rule.check](facts, signature, rule), 1) for rule in rules]


def _end(facts: Facts) -> Span:
    """The last character of the report."""
    section = facts.document.sections[-1]
    end = section.blocks[-1].end if section.blocks else section.heading.end
    return Span(max(section.start, end - 1), end)


def _body(facts: Facts, signature: Signature, _: SignatureOptions) -> Iterator[Finding]:
    if not signature.body:
        yield Finding(signature.date_span or _end(facts), "signature/body", {"body": facts.document.body})


def _date(facts: Facts, signature: Signature, _: SignatureOptions) -> Iterator[Finding]:
    if signature.date is None:
        yield Finding(signature.body_span or _end(facts), "signature/date", {"body": facts.document.body})


def same_body(one: str, other: str, vocabulary: Vocabulary) -> bool:
    """Whether two names may be of one body: either may be shortened, or leave out the higher places before its own.

    Args:
        one: a name.
        other: another.
        vocabulary: the words that end the name of a place.

    Returns:
        True where the shorter name's letters come in the longer one in the same order, perhaps without a place that
        goes before: 临澜市云溪县发改局 is 云溪县发展和改革局, 砚湖县发改局 is not.

    """
    if one == other:
        return True
    places = pattern(vocabulary.place_words)
    bare = [unremarked(name) for name in (one, other)]
    for name, whole in ((one, other), (other, one), bare, bare[::-1]):
        cuts = [0, *(m.end() for m in places.finditer(name) if places.search(name, m.end()))]
        if any(_shortened(name[cut:], whole) or _shortened(whole, name[cut:]) for cut in cuts):
            return True
    return False


def _shortened(short: str, whole: str) -> bool:
    letters = iter(whole)
    return len(short) > 1 and all(letter in letters for letter in short)


def _kinds(facts: Facts, *bodies: str) -> list[str | None]:
    return [kind_of_body(name, facts.document.vocabulary) for name in bodies]


def _one_government(facts: Facts, one: str, other: str) -> bool:
    """Whether one name is a government's and the other its office's."""
    kinds = _kinds(facts, one, other)
    return _OFFICE in kinds and any(kind in _GOVERNMENTS for kind in kinds)


def _signs_for_other(facts: Facts) -> bool:
    """Whether the name at the end is of another body than the title's."""
    if "signs for other" not in facts.memory:
        title, signature, vocabulary = facts.document.title, facts.document.signature, facts.document.vocabulary
        facts.memory["signs for other"] = (
            title is not None
            and signature.body_span is not None
            and title.body != signature.body
            and named(title.body, vocabulary)
            and not same_body(title.body, signature.body, vocabulary)
            and not _one_government(facts, title.body, signature.body)
        )
    signs: bool = facts.memory["signs for other"]
    return signs


def _differs(facts: Facts, signature: Signature, _: SignatureOptions) -> Iterator[Finding]:
    title = facts.document.title
    if title and signature.body_span and _signs_for_other(facts):
        data = {"found": signature.body, "expected": title.body}
        yield Finding(
            signature.body_span, "signature/body", data, related=((Span(title.start, title.end), "title", {}),)
        )


def _body_differs(facts: Facts, _: Signature, options: SignatureOptions) -> Iterator[Finding]:
    """The author that the preamble names is another body than the title's, which the signature does not speak against."""
    title, vocabulary = facts.document.title, facts.document.vocabulary
    if not title or not named(title.body, vocabulary) or _signs_for_other(facts):
        return
    flow = facts.flow("preamble")
    for match in pattern(options.find).finditer(flow.text):
        body = match["body"]
        silent = options.unless and pattern(options.unless).search(body)
        if (
            silent
            or not named(body, vocabulary)
            or same_body(title.body, body, vocabulary)
            or _one_government(facts, title.body, body)
        ):
            continue
        data = {"found": body, "expected": title.body}
        yield Finding(
            flow.span(*match.span("body")),
            "preamble/body",
            data,
            related=((Span(title.start, title.end), "title", {}),),
        )
        return


def _office(facts: Facts, signature: Signature, options: SignatureOptions) -> Iterator[Finding]:
    """A government's report signed by its office, or the reverse; a title that names the place alone leaves it open."""
    title = facts.document.title
    if not title or title.body == signature.body:
        return
    if title.body and signature.body_span and _one_government(facts, title.body, signature.body):
        mine, theirs = _kinds(facts, title.body, signature.body)
        if not (options.unless and pattern(options.unless).search(title.body)):
            data = {"found": signature.body, "expected": title.body, "mine": mine or "", "theirs": theirs or ""}
            yield Finding(signature.body_span, "signature/body", data)


def _order(_: Facts, signature: Signature, __: SignatureOptions) -> Iterator[Finding]:
    if signature.body_span and signature.date_span and signature.date_span.start < signature.body_span.start:
        yield Finding(signature.date_span, "signature", {"found": signature.body})


def _spaces(facts: Facts, signature: Signature, _: SignatureOptions) -> Iterator[Finding]:
    """Runs of spaces that push the signature to the right, both lines in one finding."""
    text = facts.document.source.text
    leads = []
    for span in (signature.body_span, signature.date_span):
        if span:
            start = max(text.rfind("\n", 0, span.start), text.rfind("\r", 0, span.start)) + 1
            if span.start - start >= _PUSHED and not text[start : span.start].strip():
                leads.append((Span(start, span.start), span.end))
    if leads:
        lead, end = leads[0]
        fix = Fix(tuple(Edit(each, "") for each, _ in leads))
        yield Finding(Span(lead.start, end), "signature", {"count": lead.end - lead.start}, fix=fix)


def _after(facts: Facts, signature: Signature, options: SignatureOptions) -> Iterator[Finding]:
    """A sentence below the signature."""
    text = facts.document.source.text
    if not (signature.body_span and signature.date_span):
        return
    for span in signature.after:
        words = squeeze(text[span.start : span.end])
        if (
            len(words) >= _WORDS
            and words.endswith("。")
            and not (options.unless and pattern(options.unless).search(words))
        ):
            yield Finding(span, "signature", {"found": words[:_WORDS]})
            return


_CHECKS: dict[str, Callable[[Facts, Signature, SignatureOptions], Iterator[Finding]]] = {
    "body": _body,
    "date": _date,
    "differs": _differs,
    "body-differs": _body_differs,
    "office": _office,
    "order": _order,
    "spaces": _spaces,
    "after": _after,
}
