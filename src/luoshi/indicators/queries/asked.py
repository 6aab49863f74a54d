"""What the register of indicators asks of units in a period: readings, by their rhythm."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from django.db.models import Q

from luoshi.burden.queries import Asked
from luoshi.domain.access import Actor
from luoshi.domain.base import Period
from luoshi.domain.measuring import due_on, periods_of
from luoshi.indicators import tallying
from luoshi.indicators.models import Indicator, Reporter
from luoshi.org.models import Unit, subtree


def asked(actor: Actor, place: Unit, period: Period) -> Sequence[Asked]:
    """One figure for each reporting unit and each period that falls due in the period; two queries.

    Statistics are published and ratios reckoned: nobody is asked for them. The caller shows of
    other units their sums at most.
    """
    reporters = list(
        Reporter.objects.filter(
            Q(to_on__isnull=True) | Q(to_on__gte=period.start),
            jurisdiction=actor.jurisdiction_id,
            indicator__category=Indicator.Category.BUSINESS,
            **{f"unit__{name}": value for name, value in subtree(place.path).items()},
        )
        .exclude(indicator__kind=Indicator.Kind.COMPOSITION)
        .exclude(indicator__to_on__lt=period.start)
        .select_related("indicator")
    )
    known = tallying.definitions({one.indicator_id for one in reporters})
    return [
        Asked("indicators.reading", due.replace(day=1), one.unit_id, 1)
        for one in reporters
        for due in _due(one, known, period)
    ]


def _due(one: Reporter, known: tallying.Known, period: Period) -> Iterator[date]:
    """The days of the period on which a reading of the indicator is due from the unit."""
    definition = tallying.on(known.get(one.indicator_id, ()), period.end)
    if definition is None or definition.reckoned:
        return
    for year in range(period.start.year - 1, period.end.year + 1):
        for ended in periods_of(definition.rhythm, year):  # type: ignore[arg-type]
            due = due_on(ended, definition.due_days)
            reports = one.from_on <= ended.end and (one.to_on is None or one.to_on >= ended.end)
            if reports and period.holds(due):
                yield due
