"""Which figures a person owes: the last period that ended, once, of what is not published."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from uuid import UUID

from luoshi.domain.access import Actor
from luoshi.domain.base import Period, Sentence, say
from luoshi.domain.measuring import due_on, label_of, periods_of
from luoshi.indicators import tallying
from luoshi.indicators.models import Indicator, Reading, Reporter
from luoshi.org.models import Unit
from luoshi.org.queries import holds


@dataclass(frozen=True, slots=True)
class Owed:
    """A figure asked of a unit. `late_days` is positive once the day has passed."""

    indicator: Indicator
    unit: Unit
    period: Period
    by: date
    late_days: int
    why: Sentence
    kind: str = "figure"
    subject_kind: str = "indicators.indicator"

    @property
    def subject_id(self) -> UUID:
        """The indicator."""
        return self.indicator.pk

    @property
    def title(self) -> str:
        """What the indicator is called."""
        return self.indicator.name

    @property
    def label(self) -> Sentence:
        """The period's name."""
        return label_of(self.period)


def owed(actor: Actor, today: date) -> Sequence[Owed]:
    """Figures that the units of the actor's posts have not stated, the longest overdue first.

    By publishing rhythm, and only the last period that ended: what was not said for an earlier one
    is seen in the grid, never asked twice. Statistics are published and owed by nobody; leaders and
    the town office owe none. Four queries.
    """
    units = [post.unit_id for post in actor.posts if post.role in {"unit_head", "staff"}]
    return _owed(actor, today, units)


def owed_of_units(actor: Actor, today: date, units: Collection[UUID]) -> Sequence[Owed]:
    """The same for many units at once, whoever is to state it; four queries."""
    assert actor.is_system, "a person owes for the own units"
    return _owed(actor, today, units)


def _owed(actor: Actor, today: date, units: Collection[UUID]) -> Sequence[Owed]:
    if not units:
        return ()
    says = list(
        Reporter.objects.filter(
            holds(today),
            jurisdiction=actor.jurisdiction_id,
            unit__in=units,
            indicator__category=Indicator.Category.BUSINESS,
        )
        .exclude(indicator__to_on__lt=today)
        .select_related("indicator", "unit")
        .order_by("indicator__position", "unit__path")
    )
    known = tallying.definitions(one.indicator_id for one in says)
    asked = [
        (one, period, by)
        for one in says
        if (found := _last_ended(one, known, today)) is not None
        for period, by in [found]
    ]
    spoken = set(
        Reading.objects.filter(
            jurisdiction=actor.jurisdiction_id,
            indicator__in={one.indicator_id for one, _, _ in asked},
            unit__in=units,
            ends_on__in={period.end for _, period, _ in asked},
            current=True,
            value__isnull=False,
        ).values_list("indicator_id", "unit_id", "starts_on", "ends_on")
    )
    rows = [
        Owed(one.indicator, one.unit, period, by, (today - by).days, _why(by, today))
        for one, period, by in asked
        if (one.indicator_id, one.unit_id, period.start, period.end) not in spoken
    ]
    return sorted(rows, key=lambda one: (-one.late_days, one.indicator.position))


def _last_ended(one: Reporter, known: tallying.Known, today: date) -> tuple[Period, date] | None:
    """The last period of the indicator that ended while the unit reports it, and its day."""
    definition = tallying.on(known.get(one.indicator_id, ()), today)
    if definition is None or definition.reckoned:
        return None
    if one.indicator.kind == Indicator.Kind.COMPOSITION:
        return None
    ended = [
        period
        for year in (today.year - 1, today.year)
        for period in _periods(definition.rhythm, year)
        if one.from_on <= period.end < today
    ]
    return (ended[-1], due_on(ended[-1], definition.due_days)) if ended else None


@lru_cache(maxsize=64)  # a county asks for the same few thousands of times
def _periods(rhythm: str, year: int) -> Sequence[Period]:
    return tuple(periods_of(rhythm, year))  # type: ignore[arg-type]


def _why(by: date, today: date) -> Sentence:
    late = (today - by).days
    if late > 0:
        return say("indicators.owed_late", by=by, days=late)
    return say("indicators.owed", by=by)
