"""What readings come to above them: the one way to count, for a path and for the rebuild."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Q

from luoshi.domain.cascade import Stated, Tally, TallyRule, rounded, tally
from luoshi.domain.measuring import growth
from luoshi.indicators.models import SCALE, IndicatorDefinition, Reading
from luoshi.org.models import Unit, subtree

MARK = 10
NOT_TALLIED = frozenset({"ratio", "none"})
"""A ratio is reckoned from its parts' totals; some indicators are not carried up at all."""


Known = Mapping[UUID, Sequence[IndicatorDefinition]]


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """One stored total: an indicator, the unit it stands at, the period."""

    indicator_id: UUID
    unit_id: UUID
    starts_on: date
    ends_on: date


def scaled(value: object) -> int | None:
    """A figure as the database keeps it: a whole number."""
    return None if value is None else int(value.scaleb(SCALE))  # type: ignore[attr-defined]


def above(units: Iterable[Unit]) -> Mapping[UUID, Sequence[Unit]]:
    """For each unit the units above it, up to its town; a county is summed on read. One query."""
    asked = {unit.pk: unit for unit in units}
    steps = {unit.pk: _steps(unit.path) for unit in asked.values()}
    if not asked:
        return {}
    jurisdiction = next(iter(asked.values())).jurisdiction
    every = {path for chain in steps.values() for path in chain}
    known = {
        row.path: row for row in Unit.objects.filter(jurisdiction=jurisdiction, path__in=every)
    }
    return {
        key: _up_to_town([known[p] for p in chain if p in known]) for key, chain in steps.items()
    }


def _steps(path: str) -> list[str]:
    """The paths above a unit, the nearest first."""
    segments = path.split("/")[:-1]
    return ["/".join(segments[:depth]) + "/" for depth in range(len(segments) - 1, 0, -1)]


def _up_to_town(chain: Sequence[Unit]) -> Sequence[Unit]:
    towns = [index for index, unit in enumerate(chain) if unit.kind == Unit.Kind.TOWN]
    return chain[: towns[0] + 1] if towns else ()


def depth_of(unit: Unit) -> int:
    """How many levels a unit stands below the root: locks are taken deepest first."""
    return unit.path.count("/")


def definitions(indicator_ids: Iterable[UUID]) -> Mapping[UUID, Sequence[IndicatorDefinition]]:
    """The definitions of each indicator, the oldest first; one query."""
    found: dict[UUID, list[IndicatorDefinition]] = defaultdict(list)
    rows = IndicatorDefinition.objects.filter(indicator__in=set(indicator_ids))
    for row in rows.order_by("from_on", "id"):
        found[row.indicator_id].append(row)
    return found


def on(rows: Sequence[IndicatorDefinition], day: date) -> IndicatorDefinition | None:
    """The definition that holds on a day; before the first one, the first."""
    at = bisect_right([row.from_on for row in rows], day)
    return rows[max(at - 1, 0)] if rows else None


def count(
    slots: Iterable[Slot], jurisdiction: UUID, known: Mapping[UUID, Sequence[IndicatorDefinition]]
) -> Mapping[Slot, Tally]:
    """What the current readings below each slot's unit come to; at most four queries.

    Reads the units below, the readings of the slots' indicators and periods, and where values are
    weighted the readings of the weights. A weight is the last known at the period's end.
    """
    asked = sorted(slots)
    if not asked:
        return {}
    units = _units_below({slot.unit_id for slot in asked}, jurisdiction)
    rows: dict[tuple[UUID, date, date], list[Reading]] = defaultdict(list)
    for row in Reading.objects.filter(
        jurisdiction=jurisdiction,
        indicator__in={slot.indicator_id for slot in asked},
        ends_on__in={slot.ends_on for slot in asked},
        unit__in={key for below in units.values() for key in below},
        current=True,
        value__isnull=False,
    ):
        rows[row.indicator_id, row.starts_on, row.ends_on].append(row)
    weights = _weights(asked, jurisdiction, known)
    return {slot: _one(slot, rows, units, weights, known) for slot in asked}


def _one(
    slot: Slot,
    rows: Mapping[tuple[UUID, date, date], Sequence[Reading]],
    units: Mapping[UUID, frozenset[UUID]],
    weights: Mapping[tuple[UUID, UUID], Sequence[tuple[date, int]]],
    known: Mapping[UUID, Sequence[IndicatorDefinition]],
) -> Tally:
    definition = on(known[slot.indicator_id], slot.ends_on)
    if definition is None or definition.aggregation in NOT_TALLIED:
        return Tally()
    below = units[slot.unit_id]
    rule: TallyRule = definition.aggregation  # type: ignore[assignment]
    return tally(
        rule,
        (
            Stated(
                scaled(row.value),
                _weight(weights, definition, row) if rule == "weighted" else 1,
                row.as_of,
                str(row.pk),
            )
            for row in rows.get((slot.indicator_id, slot.starts_on, slot.ends_on), ())
            if row.unit_id in below
        ),
    )


def _units_below(tops: set[UUID], jurisdiction: UUID) -> Mapping[UUID, frozenset[UUID]]:
    """For each unit the units strictly below it; two queries."""
    paths = dict(Unit.objects.filter(pk__in=tops).values_list("pk", "path"))
    highest = [
        path
        for path in paths.values()
        if not any(path != other and path.startswith(other) for other in paths.values())
    ]
    ranges = reduce(or_, (Q(**subtree(path)) for path in highest))
    every = list(Unit.objects.filter(ranges, jurisdiction=jurisdiction).values_list("pk", "path"))
    return {
        top: frozenset(key for key, path in every if path != own and path.startswith(own))
        for top, own in paths.items()
    }


def _weights(
    slots: Sequence[Slot],
    jurisdiction: UUID,
    known: Mapping[UUID, Sequence[IndicatorDefinition]],
) -> Mapping[tuple[UUID, UUID], Sequence[tuple[date, int]]]:
    """By weight indicator and unit: the days and figures of its readings, the oldest first."""
    asked = {
        row.weight_by_id
        for slot in slots
        for row in known.get(slot.indicator_id, ())
        if row.weight_by_id is not None
    }
    found: dict[tuple[UUID, UUID], list[tuple[date, int]]] = defaultdict(list)
    if not asked:
        return found
    rows = Reading.objects.filter(
        jurisdiction=jurisdiction, indicator__in=asked, current=True, value__isnull=False
    ).order_by("ends_on", "starts_on")
    for row in rows:
        found[row.indicator_id, row.unit_id].append((row.ends_on, scaled(row.value) or 0))
    return found


def _weight(
    weights: Mapping[tuple[UUID, UUID], Sequence[tuple[date, int]]],
    definition: IndicatorDefinition,
    row: Reading,
) -> int | None:
    if definition.weight_by_id is None:
        return None
    said = weights.get((definition.weight_by_id, row.unit_id), ())
    at = bisect_right([day for day, _ in said], row.ends_on)
    return said[at - 1][1] if at else None


def growth_of(
    definition: IndicatorDefinition, now: Fraction | None, before: Fraction | None
) -> Decimal | None:
    """同比 with one decimal as tables print it; of percentages the difference in points."""
    exact = growth(now, before, points=definition.measure == "%")
    return None if exact is None else rounded(exact, 1)


def mark_of(reading: Reading | None) -> str:
    """The end of a reading's key: enough to tell whether it is the one that was seen."""
    return "" if reading is None else reading.pk.hex[-MARK:]
