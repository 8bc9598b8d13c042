"""Document × ruleset → report: runs the checks and stamps what they find. May import: checks, binding, ruleset, suppression, model."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from operator import itemgetter
from typing import TYPE_CHECKING, Any, cast

import attrs

from giro_lint.binding.bind import bind
from giro_lint.checks.course import Course
from giro_lint.checks.facts import Facts
from giro_lint.checks.kinds import Check, Sieve, evaluators, sieves
from giro_lint.checks.sums import identities
from giro_lint.config import Config
from giro_lint.model.diagnostic import Diagnostic, Finding, Related, Severity
from giro_lint.model.document import Document
from giro_lint.model.errors import ConfigError, unknown_of_few
from giro_lint.model.form import Edition, TableForm
from giro_lint.model.report import Outcome, Report, Suppressed
from giro_lint.model.source import Remark, Source, Span
from giro_lint.ruleset.rules import Rule, Ruleset

if TYPE_CHECKING:
    from giro_lint.binding.flat_split import Identity

_FIRST_YEAR = 2019
_EVIDENCE = 80
_ALWAYS = frozenset({"unreadable", "too-old", "no-report", "crash"})
"""Events that are told whatever rules were chosen: without them a file would seem to be linted."""


@attrs.frozen(eq=False, repr=False, slots=False)
class Plan:
    """The rules of a run, with their severities; made once for many files.

    Args:
        ruleset: all rules known.
        config: the options.
        rules: the rules to run, in the order of their ids.
        checks: the evaluator of each kind.

    """

    ruleset: Ruleset
    config: Config
    rules: tuple[Rule, ...]
    checks: Mapping[str, Check]
    _agendas: dict[tuple[str, str, str | None], _Agenda] = attrs.field(factory=dict, init=False)

    def agenda(self, document: Document) -> _Agenda:
        """What there is to do for documents of these editions and this kind of body; worked out once for all of them."""
        reported = document.edition.id
        used = document.used.id if document.used else reported
        key = (reported, used, document.body_kind)
        if key not in self._agendas:
            self._agendas[key] = _agenda(self, *key)
        return self._agendas[key]


_Step = tuple[int, Rule, Check]
"""A rule that applies: its place among the outcomes, the rule and its evaluator."""


class _Group:
    """The rules that a sieve looks at.

    Args:
        sieve: the sieve.
        steps: the rules.

    """

    def __init__(self, sieve: Sieve, steps: tuple[_Step, ...]) -> None:
        self.sieve, self.steps = sieve, steps
        self.options = tuple(rule.options for _, rule, _ in steps)


class _Agenda:
    """The rules of a plan for documents that the same ones apply to.

    Args:
        course: what the rules share.
        outcomes: of each rule, the outcome if it does not apply, else None.
        late: the rules that are for later years only, each with its place among the outcomes.
        groups: the rules that sieves look at.
        steps: the other rules that apply.

    """

    def __init__(
        self,
        course: Course,
        outcomes: tuple[Outcome | None, ...],
        late: tuple[tuple[int, Rule], ...],
        groups: tuple[_Group, ...],
        steps: tuple[_Step, ...],
    ) -> None:
        self.course = course
        self.outcomes = outcomes
        self.late = late
        self.groups = groups
        self.steps = steps


def _agenda(plan: Plan, reported: str, used: str, body_kind: str | None) -> _Agenda:
    """Rules about the table of Article 20 follow the edition used, all others the edition of the report."""
    of_edition = [rule for rule in plan.ruleset.rules if reported in rule.editions]
    equations: dict[str, tuple[Rule, ...]] = {}
    for rule in of_edition:
        if rule.kind == "equation":
            equations[rule.table] = (*equations.get(rule.table, ()), rule)
    claims = {rule.id: rule for rule in of_edition if rule.kind == "claim"}
    course = Course(plan.ruleset.knowledge, equations, claims, frozenset(rule.id for rule in plan.rules))
    outcomes: list[Outcome | None] = []
    steps: list[_Step] = []
    for rule in plan.rules:
        if rule.kind != "engine":
            meant = (used if rule.table == "proactive" else reported) in rule.editions
            other_body = rule.body_kinds and body_kind not in rule.body_kinds
            reason = "" if meant and not other_body else "body-kind" if meant else "edition"
            if not reason:
                steps.append((len(outcomes), rule, plan.checks[rule.kind]))
            outcomes.append(Outcome(rule.id, "skipped", 0, reason) if reason else None)
    groups = []
    for check, sieve in sieves().items():
        mine = tuple(step for step in steps if step[2] is check)
        groups += [_Group(sieve, mine)] if mine else []
    sifted = {place for group in groups for place, _, _ in group.steps}
    late = tuple((place, rule) for place, rule, _ in steps if rule.first_year)
    others = tuple(step for step in steps if step[0] not in sifted)
    return _Agenda(course, tuple(outcomes), late, tuple(groups), others)


def make_plan(ruleset: Ruleset, config: Config) -> Plan:
    """Choose the rules that a configuration asks for.

    Raises:
        ConfigError: for an unknown rule, profile, edition or severity.

    """
    if config.edition is not None and ruleset.knowledge.edition(config.edition) is None:
        known = [edition.id for edition in ruleset.knowledge.editions]
        raise ConfigError(unknown_of_few("格式版本", "edition", config.edition, known))
    chosen = ruleset.matching(config.select) if config.select else ruleset.in_profile(config.profile)
    chosen |= ruleset.matching(config.extend_select)
    wanted = {name: _severity(name, word) for name, word in config.severities.items() if word != "off"}
    if not config.select:  # a severity turns on what the profile leaves out
        chosen |= set(wanted)
    chosen -= ruleset.matching(config.ignore)
    rules = []
    for rule in ruleset.rules:
        if rule.id in wanted and rule.id in chosen:
            rules.append(attrs.evolve(rule, severity=wanted[rule.id], severities={}))
        elif rule.id in chosen and rule.id not in config.severities:
            rules.append(rule)
    for name in config.severities:
        ruleset.get(name)
    return Plan(ruleset, config, tuple(rules), evaluators())


def _severity(rule: str, word: Severity | str) -> Severity:
    try:
        return word if isinstance(word, Severity) else Severity(word)
    except ValueError:
        words = [*(severity.value for severity in Severity), "off"]
        raise ConfigError(f"{rule}: {unknown_of_few('级别', 'severity', str(word), words)}") from None


def document_of(source: Source, plan: Plan) -> Document:
    """The bound document of a text."""
    config = plan.config
    return bind(
        source,
        plan.ruleset.knowledge,
        year=config.year,
        edition=config.edition,
        body_kind=config.body_kind,
        deadline=config.deadline,
        identities=partial(_identities, plan.ruleset),
    )


def _identities(ruleset: Ruleset, form: TableForm, edition: Edition) -> Sequence[Identity]:
    """The equations of a table, whether their rules are on or not: what has to add up tells figures apart that stick together."""
    cells = [(row.key, column.key) for block in form.blocks for row in block.rows for column in block.columns]
    rules = [
        rule
        for rule in ruleset.rules
        if rule.kind == "equation" and rule.options.table == form.key and edition.id in rule.editions
    ]
    return identities(cells, rules, ruleset.knowledge)


def run(source: Source, plan: Plan, today: dt.date | None = None) -> Report:
    """Lint a text.

    Args:
        source: the text.
        plan: what to run.
        today: the day that end dates of suppressions are compared with; by default the current one.

    Returns:
        The report; it never raises for anything in the text.

    """
    document = document_of(source, plan)
    stamp = _Stamp(source, plan.config.lang)
    refused = _refusal(document)
    if refused:
        found, outcomes = list(_engine_findings(plan, stamp, refused)), list[Outcome]()
    else:
        found, outcomes = _run_rules(document, plan, stamp)
    found += _engine_findings(plan, stamp, _remarks((*source.remarks, *document.remarks)))
    found.sort(key=lambda d: (d.span.start, d.span.end, d.rule))
    held: list[Suppressed] = []
    if plan.config.suppress or plan.config.baseline:
        found, held = _sifted(found, plan, stamp, today or dt.datetime.now(tz=dt.UTC).date())
    title = document.title.text if document.title else ""
    edition = None if refused else document.edition.id
    return Report(
        source,
        title,
        document.body,
        document.body_kind,
        document.year,
        edition,
        tuple(found),
        tuple(held),
        tuple(outcomes),
        document,
    )


def engine_report(source: Source, plan: Plan, events: Sequence[tuple[str, Finding]]) -> Report:
    """A report that consists of findings of the engine, such as a file that cannot be read.

    Args:
        source: the file; its text is empty where it could not be read.
        plan: the rules, for their texts.
        events: what happened, by the event of the rule that tells it.

    """
    found = _engine_findings(plan, _Stamp(source, plan.config.lang), events)
    return Report(source, "", "", None, None, None, tuple(found))


def _refusal(document: Document) -> list[tuple[str, Finding]]:
    """Why a text is not linted: it is no annual report, or one of the old form."""
    title = document.title
    if document.year is not None and document.year < _FIRST_YEAR and (title or len(document.sections) > 1):
        span = (title.year_span if title else None) or Span(0, 0)
        return [("too-old", Finding(span, "title/year", {"year": document.year}))]
    known = sum(section.entry is not None for section in document.sections)
    if not document.tables and known < 2 + (title is None):
        empty = not document.source.text.strip()
        return [
            (
                "no-report",
                Finding(
                    Span(0, 0), "file", {"characters": len(document.source.text)}, variant="empty" if empty else ""
                ),
            )
        ]
    return []


def _engine_findings(plan: Plan, stamp: _Stamp, events: Sequence[tuple[str, Finding]]) -> Iterator[Diagnostic]:
    """What happened, as far as the plan has rules for it; that a file was not linted is told whatever was chosen."""
    if not events:
        return
    known = {rule.options.event: rule for rule in plan.ruleset.rules if rule.kind == "engine"}
    chosen = {rule.options.event: rule for rule in plan.rules if rule.kind == "engine"}
    for event, finding in events:
        rule = chosen.get(event) or (known[event] if event in _ALWAYS else None)
        if rule is not None:
            yield stamp.diagnostic(rule, finding)


def _remarks(remarks: Iterable[Remark]) -> list[tuple[str, Finding]]:
    """What reader and binding noticed."""
    return [(r.event, Finding(r.span, str(r.data.get("anchor", "file")), r.data, variant=r.variant)) for r in remarks]


def _run_rules(document: Document, plan: Plan, stamp: _Stamp) -> tuple[list[Diagnostic], list[Outcome]]:
    """Run the rules; if one crashes, that is a diagnostic, and the others run on."""
    agenda = plan.agenda(document)
    facts = Facts(document, agenda.course)
    found: list[Diagnostic] = []
    outcomes = list(agenda.outcomes)
    left = _left(facts, agenda, outcomes)
    for place, rule in agenda.late:
        if rule.first_year > (document.year or 0):
            outcomes[place] = Outcome(rule.id, "skipped", 0, "year")
    for place, rule, check in left:
        if outcomes[place] is not None:
            continue
        before = len(found)
        findings = check(facts, rule.options)
        try:
            while True:
                finding = next(findings)
                found.append(stamp.diagnostic(rule, finding))
        except StopIteration as stop:
            outcomes[place] = _outcome(rule.id, stop.value, len(found) - before)
        except Exception as problem:  # noqa: BLE001  whatever a rule does, the others run on
            del found[before:]
            data = {"rule": rule.id, "error": f"{type(problem).__name__}: {problem}"[:200]}
            found += _engine_findings(plan, stamp, [("crash", Finding(Span(0, 0), "rule", data))])
            outcomes[place] = Outcome(rule.id, "crashed", 0, data["error"])
    return found, cast("list[Outcome]", outcomes)


def _left(facts: Facts, agenda: _Agenda, outcomes: list[Outcome | None]) -> list[_Step]:
    """Note the outcomes of the rules that one look at the report tells to find nothing; the others are left, in order."""
    left = list(agenda.steps)
    for group in agenda.groups:
        try:
            told, steps = _settled(group, tuple(group.sieve(facts, group.options)))
        except Exception:  # noqa: BLE001  whatever is wrong: each of these rules then says so itself
            left += group.steps
            continue
        left += steps
        for place, outcome in told:
            outcomes[place] = outcome
    return sorted(left, key=itemgetter(0))


_Answers = tuple[int | str | None, ...]


@lru_cache(maxsize=256)
def _settled(group: _Group, answers: _Answers) -> tuple[Sequence[tuple[int, Outcome]], Sequence[_Step]]:
    """The outcomes that a sieve tells, each with its place, and the rules that it leaves; reports mostly have the same ones."""
    both = list(zip(group.steps, answers, strict=True))
    told = [(step[0], _outcome(step[1].id, looked, 0)) for step, looked in both if looked is not None]
    return told, [step for step, looked in both if looked is None]


@lru_cache(maxsize=4096)
def _outcome(rule: str, looked: int | str, findings: int) -> Outcome:
    """How a rule ended that found so much and looked at so many things, or says why at none."""
    if findings:
        return Outcome(rule, "failed", looked if isinstance(looked, int) else findings)
    return Outcome(rule, "skipped", 0, looked) if isinstance(looked, str) else Outcome(rule, "passed", looked)


def _sifted(
    found: list[Diagnostic], plan: Plan, stamp: _Stamp, today: dt.date
) -> tuple[list[Diagnostic], list[Suppressed]]:
    """Hold back what the configuration says, and tell which of its entries held nothing back."""
    from giro_lint.suppression import sift

    sifted = sift(stamp.source.path, found, plan.config, today)
    events = [(event, Finding(Span(0, 0), "config", data)) for event, data in sifted.idle]
    return [*_engine_findings(plan, stamp, events), *sifted.shown], sifted.held


class _Words(dict[str, Any]):
    """Data of a message; what is missing is shown as its name."""

    def __missing__(self, key: str) -> str:
        return f"{{{key}}}"


class _Stamp:
    """Turns findings into diagnostics in one language."""

    def __init__(self, source: Source, lang: str) -> None:
        self.source, self.lang = source, lang

    def diagnostic(self, rule: Rule, finding: Finding) -> Diagnostic:
        size = len(self.source.text)
        start = min(max(finding.span.start, 0), size)
        span = Span(start, min(max(finding.span.end, start), size))
        words = rule.messages.get(finding.variant) or rule.messages.get("") or next(iter(rule.messages.values()))
        evidence = "".join(self.source.text[span.start : min(span.end, span.start + _EVIDENCE)].split())
        return Diagnostic(
            rule=rule.id,
            name=rule.name,
            severity=rule.severities.get(finding.variant, rule.severity),
            message=self._say(words[self.lang], finding.data),
            span=span,
            anchor=finding.anchor,
            message_key=f"{rule.name}.{finding.variant}" if finding.variant else rule.name,
            data={key: str(value) for key, value in finding.data.items()},
            evidence=evidence,
            related=tuple(self._related(rule, *place) for place in finding.related),
            fix=finding.fix,
            fix_title=self._say(rule.fix[self.lang], finding.data) if finding.fix and rule.fix else "",
            basis=rule.basis[self.lang],
            url=rule.url,
            sums=finding.sums,
        )

    def _related(self, rule: Rule, span: Span, key: str, data: Mapping[str, Any]) -> Related:
        words = rule.related.get(key)
        return Related(span, self._say(words[self.lang], data) if words else key)

    def _say(self, template: str, data: Mapping[str, Any]) -> str:
        return (
            " ".join(template.format_map(_Words(data)).split())
            if self.lang == "en"
            else template.format_map(_Words(data)).replace("\n", "")
        )
