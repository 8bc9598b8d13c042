"""Strategies for clean reports of both editions, clean by construction. May import: the other helpers, hypothesis."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, TypeVar

import attrs
from hypothesis import strategies as st

import narrative
import wordings
from bodies import BODIES, SITES, STREETS, Body
from builder import ReportSpec
from form_labels import APPLICANTS, CHALLENGES, EDITIONS, RESULTS, outcome_groups, outcome_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

T = TypeVar("T")
Counts = dict[str, dict[str, int]]

_YEARS = {"2019": (2019, 2020), "2021": (2021, 2022, 2023, 2024, 2025)}
_LAST_DAY = {"government": (3, 31), "township": (2, 28), "subdistrict": (2, 28)}
_SIZES = (0, 3, 40, 1500)
_SUIT_SIZES = (0, 0, 2, 60)
_GRASSROOTS = {"township", "subdistrict"}
_PENALTY_BEFORE = 2021
_REVIEW_FIRST = 2024
_ONE_OUTCOME = 25


@attrs.frozen
class _Drawn:
    """The chooser of hypothesis."""

    draw: st.DrawFn

    def pick(self, options: Sequence[T]) -> T:
        """One of the options."""
        return self.draw(st.sampled_from(options))

    def count(self, low: int, high: int) -> int:
        """A whole number from low to high, both included."""
        return self.draw(st.integers(low, high))


def applications(choose: wordings.Chooser, edition: str) -> Counts:
    """Table 3: balanced in every column, summed in every row and column.

    Args:
        choose: the chooser.
        edition: ``2019`` or ``2021``.

    Returns:
        Counts by row and column. At most half of what came in is carried out; from 25 handled applications on, at
        least two groups of outcomes have some.

    """
    outcomes, size = outcome_rows(edition), choose.pick(_SIZES)
    rows = {row: dict.fromkeys(APPLICANTS, 0) for row in ("new", "carried_in", *outcomes, "total", "carried_out")}
    columns = tuple(APPLICANTS)
    for _ in range(choose.count(1, 12) if size else 0):
        rows[choose.pick(outcomes)][choose.pick(columns)] += choose.count(1, size)
    groups = [sum(sum(rows[row].values()) for row in group) for group in outcome_groups(edition).values()]
    if sum(groups) >= _ONE_OUTCOME and sum(map(bool, groups)) == 1:
        rows["partial" if groups[0] else "granted"]["natural"] += choose.count(1, size)
    for column in columns:
        handled = sum(rows[row][column] for row in outcomes)
        later = choose.count(0, handled // 2)
        before = choose.count(0, handled - later)
        rows["total"][column], rows["carried_out"][column] = handled, later
        rows["carried_in"][column], rows["new"][column] = before, handled + later - before
    for cells in rows.values():
        cells["total"] = sum(cells.values())
    return rows


def litigation(choose: wordings.Chooser, *, direct: bool) -> Counts:
    """Table 4: every block summed; suits after a review only where there are reviews.

    Args:
        choose: the chooser.
        direct: whether there may be suits without a review before.

    Returns:
        Counts by block and result.

    """
    size = choose.pick(_SUIT_SIZES)
    rows = {row: {result: choose.count(0, size) for result in RESULTS} for row in CHALLENGES}
    if not direct:
        rows["direct"] = dict.fromkeys(RESULTS, 0)
    if not any(rows["review"].values()):
        rows["after_review"] = dict.fromkeys(RESULTS, 0)
    return {row: {**cells, "total": sum(cells.values())} for row, cells in rows.items()}


def proactive_2019(choose: wordings.Chooser, kind: str) -> dict[str, dict[str, int | str]]:
    """Table 2 of the edition of 2019."""

    def items(*, decided: bool | None = True) -> dict[str, int | str]:
        before = choose.count(0, choose.pick((0, 5, 300)))
        change = choose.count(-before, 12)
        sign = choose.pick(("", "+")) if change > 0 else ""
        cells: dict[str, int | str] = {"prev_items": before, "delta": f"{sign}{change}"}
        if decided is not None:
            cells["decisions"] = choose.count(0, 900) if decided and before + change else 0
        return cells

    made = choose.count(0, 30)
    older = choose.count(0, 90)
    published = choose.count(0, made + (9 if older else 0))
    return {
        "regulations": {"made_new": 0, "published_new": 0, "published_total": 0},
        "normative": {"made_new": made, "published_new": published, "published_total": published + older},
        "licensing": items(),
        "other_external": items(),
        "penalty": items(decided=kind not in _GRASSROOTS),
        "compulsion": items(),
        "fees": items(decided=None),
        "procurement": _procurement(choose),
    }


def _procurement(choose: wordings.Chooser) -> dict[str, int | str]:
    count = choose.pick((0, choose.count(1, 60)))
    hundreds = count * choose.count(50, 20000)  # between 5000元 and 200万元 a project
    written = (f"{hundreds * 100}元", f"{Decimal(hundreds).scaleb(-2):f}万元") if count else ("0", "0元", "0万元")
    return {"purchase_count": count, "purchase_amount": choose.pick(written)}


def proactive_2021(choose: wordings.Chooser, kind: str, year: int, fee: int) -> dict[str, dict[str, int | str]]:
    """Table 2 of the edition of 2021; the fees include those for handling information."""
    busy = choose.pick((0, 40, 5000))
    repealed, valid = choose.count(0, 20), choose.count(0, choose.pick((0, 200)))
    may_punish = kind not in _GRASSROOTS or year > _PENALTY_BEFORE
    places = choose.count(0, 6)
    others = Decimal(choose.count(0, choose.pick((0, 9000 * 10**places)))).scaleb(-places)
    fees = others + Decimal(fee).scaleb(-4)
    return {
        "regulations": {"issued": 0, "repealed": 0, "in_force": 0},
        "normative": {"issued": choose.count(0, min(30, valid + repealed)), "repealed": repealed, "in_force": valid},
        "licensing": {"decisions": choose.count(0, busy)},
        "penalty": {"decisions": choose.count(0, busy) if may_punish else 0},
        "compulsion": {"decisions": choose.count(0, busy)},
        "fees": {"fee_amount": f"{fees:f}" if fees else "0"},
    }


def _date(choose: wordings.Chooser, year: int, kind: str) -> str:
    first = dt.date(year + 1, 1, 4)
    last = dt.date(year + 1, *_LAST_DAY.get(kind, (1, 31)))
    day = first + dt.timedelta(choose.count(0, (last - first).days))
    return f"{day.year}年{day.month}月{day.day}日"


def _facts(choose: wordings.Chooser, edition: str, body: Body) -> wordings.Facts:
    year = choose.pick(_YEARS[edition])
    third = applications(choose, edition)
    refused = sum(third[row]["total"] for row in outcome_groups(edition)["不予公开"])
    fourth = litigation(choose, direct=year < _REVIEW_FIRST or not refused)
    charged = edition == "2021" and third["new"]["total"] and choose.pick((False, False, False, True))
    fee = choose.count(10, 9000) if charged else 0
    second = proactive_2019(choose, body.kind) if edition == "2019" else proactive_2021(choose, body.kind, year, fee)
    return wordings.Facts(
        edition=edition,
        year=year,
        body=body.name,
        kind=body.kind,
        self_name=choose.pick(body.self_names),
        contact=body.contact,
        site=f"{body.place.name}人民政府网站",
        url=SITES[body.place.name],
        field=body.field,
        tables={"proactive": second, "applications": third, "litigation": fourth},
        fee=fee,
    )


@st.composite
def reports(draw: st.DrawFn, edition: str | None = None, kind: str | None = None) -> ReportSpec:
    """Clean reports.

    Args:
        draw: given by hypothesis.
        edition: ``2019`` or ``2021``; either if None.
        kind: kind of body; any if None.

    Returns:
        A report in which no rule may find anything.

    """
    choose = _Drawn(draw)
    body = choose.pick([body for body in BODIES if kind in {None, body.kind}])
    facts = _facts(choose, edition or choose.pick(EDITIONS), body)
    paragraphs, period, law = wordings.preamble(facts, choose)
    place = body.place
    return ReportSpec(
        edition=facts.edition,
        year=facts.year,
        body=facts.body,
        kind=facts.kind,
        self_name=facts.self_name,
        title=wordings.title(facts, choose),
        preamble=paragraphs,
        period=period,
        address=f"{place.city}{place.name}{choose.pick(STREETS)}{choose.count(1, 399)}号",
        postcode=f"{place.postcode}{choose.count(0, 99):02}",
        phone=f"{place.area_code}-{choose.pick(('8', '80'))}{choose.count(0, 999999):06}",
        email=f"xxgk{choose.count(1, 99)}@{place.slug}.example",
        opening=narrative.opening(facts, choose, law),
        aspects=narrative.aspects(facts, choose),
        tables=facts.tables,
        problems=wordings.problems(facts, choose),
        other=wordings.other(facts, choose),
        signature=facts.body,
        date=_date(choose, facts.year, facts.kind),
    )
