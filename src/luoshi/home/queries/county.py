"""The county's view: towns side by side from the sums their plans keep; the next level only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from luoshi.domain import pacing
from luoshi.domain.access import Actor
from luoshi.domain.base import Period, Sentence, say
from luoshi.goals.baseline import share_of
from luoshi.goals.models import Plan
from luoshi.ledger.judging import expected_of, passed_of
from luoshi.org.models import Unit
from luoshi.org.queries import holds, town_of, visible_units
from luoshi.supervision.queries import year_figures


@dataclass(frozen=True, slots=True)
class TownRow:
    """A town and its year: share done, expected, the light by the plan's own sums, what is unsaid.

    `silent` is the share of the plan's weight on which nobody has reported, in basis points.
    """

    unit: Unit
    plan: Plan | None
    share: int | None
    gap: int | None
    word: pacing.Word
    why: Sentence
    silent: int | None
    sampled: Sentence | None = None


@dataclass(frozen=True, slots=True)
class County:
    """All towns of the county on one day."""

    unit: Unit
    year: int
    passed: int
    expected: int
    towns: Sequence[TownRow]
    sampled: Sentence | None = None

    @property
    def has_samples(self) -> bool:
        """Whether the county or a town of it has drawn anything this year."""
        return self.sampled is not None or any(row.sampled for row in self.towns)


def county(actor: Actor, today: date) -> County | None:
    """Towns side by side, in the order of the organisation; None for whoever works in a town.

    Only sums of plans and of spot checks are read, never a town's items. Five queries for any
    number of towns.
    """
    seat = town_of(actor)
    if seat is None or seat.kind != Unit.Kind.COUNTY or not actor.has("read"):
        return None
    seen = visible_units(actor, today).filter(holds(today), kind=Unit.Kind.TOWN)
    towns = list(seen.order_by("path"))
    plans = {
        plan.unit_id: plan
        for plan in Plan.objects.filter(
            jurisdiction=actor.jurisdiction_id, year=today.year, unit__in=[u.pk for u in towns]
        )
    }
    places = [seat.pk, *(unit.pk for unit in towns)]
    looked = year_figures(actor, today, today.year, places)
    rows = [
        replace(_row(unit, plans.get(unit.pk), today), sampled=looked.get(unit.pk))
        for unit in towns
    ]
    passed, expected = passed_of(today.year, today), expected_of(today.year, today)
    return County(seat, today.year, passed, expected, rows, looked.get(seat.pk))


def _row(unit: Unit, plan: Plan | None, today: date) -> TownRow:
    share = share_of(plan) if plan else None
    if plan is None:
        return TownRow(unit, None, None, None, "none", say("home.town.no_plan"), None)
    silent = _part(plan.missing_sum, plan.weight_sum)
    if share is None:
        return TownRow(unit, plan, None, None, "none", say("home.line.unknown"), silent)
    actual = Decimal(share) / 100
    year = Period.year(plan.year)
    seen = pacing.pace(pacing.LINEAR, year, today, actual)
    facts = pacing.Facts(period=year, actual=actual, reported_on=today)
    word, why = pacing.judge(seen, facts, pacing.DEFAULT_RULE)
    gap = seen.gap_points
    return TownRow(unit, plan, share, None if gap is None else int(gap * 100), word, why, silent)


def _part(part: int, whole: int) -> int | None:
    """A share in basis points, rounded half up; None of nothing."""
    return (20_000 * part + whole) // (2 * whole) if whole else None
