"""不均衡 between villages: one indicator, now and over time, with who is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from luoshi.domain.access import Actor
from luoshi.domain.disparity import (
    Between,
    Lifted,
    Line,
    Member,
    Spread,
    Trend,
    between,
    bottom,
    lifted,
    spread,
    trend,
)
from luoshi.indicators import tallying
from luoshi.indicators.models import Indicator, IndicatorDefinition, Reporter
from luoshi.indicators.paced import trim
from luoshi.indicators.queries.scope import indicators, readings, units
from luoshi.org.models import Unit, UnitLink, subtree
from luoshi.org.queries import holds

BOTTOM = 3
URBAN = ("社区", "居委会")
"""A residents' committee is of the town, a village committee of the country: by law, by name."""


@dataclass(frozen=True, slots=True)
class Moment:
    """The inequality at one period's end, for the line over time."""

    end: date
    seen: Spread


@dataclass(frozen=True, slots=True)
class Disparity:
    """One indicator between the villages of a place.

    `trend` and `lifted` compare with the same period a year before, None where there is none.
    `areas` is None unless both kinds of area are there.
    """

    indicator: Indicator
    definition: IndicatorDefinition
    end: date
    ends: tuple[date, ...]
    seen: Spread
    last: tuple[Line, ...]
    history: tuple[Moment, ...]
    before: date | None
    trend: Trend | None
    lifted: Lifted | None
    areas: Between | None
    grouped: bool


def comparable(actor: Actor, today: date, place: Unit) -> Sequence[Indicator]:
    """Indicators that at least two villages of the place report; one query."""
    counts: dict[UUID, tuple[Indicator, int]] = {}
    rows = Reporter.objects.filter(
        jurisdiction=place.jurisdiction,
        unit__kind=Unit.Kind.VILLAGE,
        unit__path__startswith=place.path,
        indicator__in=indicators(actor, today).order_by().values("pk"),
    )
    for row in rows.select_related("indicator"):
        known, n = counts.get(row.indicator_id, (row.indicator, 0))
        counts[row.indicator_id] = known, n + 1
    found = [one for one, n in counts.values() if n > 1]
    return sorted(found, key=lambda one: (one.position, one.pk))


def disparity_of(
    actor: Actor,
    today: date,
    indicator: Indicator,
    *,
    place: Unit,
    end: date | None = None,
    line: Decimal | None = None,
) -> Disparity | None:
    """How unequal the villages of a place are in an indicator, at a period's end and over time.

    Only villages that the actor reads are there. Without `end` the last period that any village
    has stated. None where nothing is stated yet. Five queries.
    """
    villages = list(
        units(actor, today).filter(holds(today), kind=Unit.Kind.VILLAGE, **subtree(place.path))
    )
    figures: dict[date, dict[UUID, Decimal]] = {}
    rows = readings(actor, today).filter(
        indicator=indicator, unit__in=[v.pk for v in villages], current=True, value__isnull=False
    )
    for unit, day, value in rows.select_related(None).values_list("unit", "ends_on", "value"):
        figures.setdefault(day, {})[unit] = value
    ends = tuple(sorted(figures))
    if not ends:
        return None
    end = end if end in figures else ends[-1]
    known = tallying.definitions([indicator.pk])[indicator.pk]
    definition = tallying.on(known, end)
    assert definition is not None
    groups = _groups(place, villages, today)
    lower = definition.better == IndicatorDefinition.Better.LOWER
    places = definition.decimals
    members = {day: _members(villages, figures[day], groups, places) for day in ends}
    seen = spread(members[end], lower=lower)
    before = _year_before(end) if _year_before(end) in figures else None
    earlier = members[before] if before else None
    return Disparity(
        indicator=indicator,
        definition=definition,
        end=end,
        ends=ends,
        seen=seen,
        last=bottom(seen, BOTTOM),
        history=tuple(Moment(day, spread(members[day], lower=lower)) for day in ends),
        before=before,
        trend=trend(earlier, members[end]) if earlier else None,
        lifted=lifted(earlier, members[end], line) if earlier and line is not None else None,
        areas=_areas(members[end]),
        grouped=len({m.group for m in members[end]}) > 1,
    )


def _members(
    villages: Sequence[Unit],
    figures: Mapping[UUID, Decimal],
    groups: Mapping[UUID, str],
    places: int,
) -> list[Member]:
    known = {key: trim(value, places) for key, value in figures.items()}
    return [Member(v.pk, v.short_name, known.get(v.pk), groups.get(v.pk, "")) for v in villages]


def _groups(place: Unit, villages: Sequence[Unit], today: date) -> Mapping[UUID, str]:
    """Those a village is fairly compared with: its 片区, where the place has drawn them."""
    links = UnitLink.objects.filter(
        holds(today), kind=UnitLink.Kind.DISTRICT, jurisdiction=place.jurisdiction
    ).select_related("from_unit", "to_unit")
    ids = {village.pk for village in villages}
    found = {}
    for link in links:
        for one, other in ((link.from_unit, link.to_unit), (link.to_unit, link.from_unit)):
            if one.pk in ids and other.kind == Unit.Kind.DISTRICT:
                found[one.pk] = other.short_name
    return found


def _areas(members: Sequence[Member]) -> Between | None:
    """Town and country by the kind of committee; None where only one kind is there."""
    named = [
        Member(m.id, m.label, m.value, "镇区" if m.label.endswith(URBAN) else "农村")
        for m in members
    ]
    if len({m.group for m in named}) < 2:
        return None
    return between(named, "镇区", "农村")


def _year_before(end: date) -> date:
    day = 28 if (end.month, end.day) == (2, 29) else end.day
    return date(end.year - 1, end.month, day)
