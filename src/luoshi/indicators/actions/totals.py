"""Stored totals above the readings: one path under ordered locks, and the proving rebuild."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast
from uuid import UUID

from django.db.models import Q

from luoshi.domain.access import Actor
from luoshi.domain.base import Refused, say
from luoshi.domain.cascade import ADDITIVE, Tally, TallyRule, moved
from luoshi.indicators import tallying
from luoshi.indicators.models import Indicator, IndicatorDefinition, Reading, StoredTotal
from luoshi.indicators.queries.scope import demand_right
from luoshi.indicators.tallying import NOT_TALLIED, Slot
from luoshi.journal.actions import Written, nothing, record, write
from luoshi.org.models import Unit

LARGEST = 2**63 - 1
FIELDS = ("value_sum", "weight_sum", "reported")


@dataclass(frozen=True, slots=True)
class Move:
    """One reading that changed: scaled values before and after, None for missing."""

    indicator_id: UUID
    unit: Unit
    starts_on: date
    ends_on: date
    before: int | None
    after: int | None


def carry(moves: Sequence[Move]) -> None:
    """Carry changed readings up their paths, never through the tree; a constant number of queries.

    Sums and means move by differences; the other rules are counted again from the readings below
    the touched nodes, under the nodes' locks. Averages weighted by a changed indicator are counted
    again too. Locks: deepest first, then by id, as every writer takes them.
    """
    if not moves:
        return
    jurisdiction = moves[0].unit.jurisdiction
    paths = tallying.above(move.unit for move in moves)
    weighted = _weighted_by({move.indicator_id for move in moves})
    known = tallying.definitions({move.indicator_id for move in moves} | set(weighted))
    shifts, again = _sorted_out(moves, paths, known)
    nodes = {unit.pk: unit for chain in paths.values() for unit in chain}
    again |= _dependents(moves, weighted, nodes)
    rows = _locked(set(shifts) | again, nodes, jurisdiction)
    shifted = {slot: _shifted(_tally(rows[slot]), of) for slot, of in shifts.items()}
    # A total that was wrong before must not stop a village from saving: it is counted again.
    again |= {slot for slot, now in shifted.items() if now.reported < 0}
    counted = tallying.count(again, jurisdiction, known)
    for slot, row in rows.items():
        _set(row, counted[slot] if slot in counted else shifted[slot])
    StoredTotal.objects.bulk_update(rows.values(), FIELDS, batch_size=200)


def _weighted_by(indicator_ids: set[UUID]) -> Mapping[UUID, set[UUID]]:
    """Indicators whose averages are weighted by one of these, each with its weights."""
    found: dict[UUID, set[UUID]] = defaultdict(set)
    rows = IndicatorDefinition.objects.filter(weight_by__in=indicator_ids)
    for indicator, weight in rows.values_list("indicator_id", "weight_by_id"):
        found[indicator].add(weight)
    return found


def _sorted_out(
    moves: Sequence[Move],
    paths: Mapping[UUID, Sequence[Unit]],
    known: Mapping[UUID, Sequence[IndicatorDefinition]],
) -> tuple[dict[Slot, list[Move]], set[Slot]]:
    """Which totals move by differences, and which must be counted again."""
    shifts: dict[Slot, list[Move]] = defaultdict(list)
    again: set[Slot] = set()
    for move in moves:
        definition = tallying.on(known[move.indicator_id], move.ends_on)
        if definition is None or definition.aggregation in NOT_TALLIED:
            continue
        for unit in paths[move.unit.pk]:
            slot = Slot(move.indicator_id, unit.pk, move.starts_on, move.ends_on)
            if definition.aggregation in ADDITIVE:
                shifts[slot].append(move)
            else:
                again.add(slot)
    return shifts, again


def _dependents(
    moves: Sequence[Move], weighted: Mapping[UUID, set[UUID]], nodes: Mapping[UUID, Unit]
) -> set[Slot]:
    """Totals weighted by a changed reading: of its period and of later ones, along the path."""
    if not weighted:
        return set()
    changed = {key for weights in weighted.values() for key in weights}
    first = min(move.ends_on for move in moves if move.indicator_id in changed)
    rows = StoredTotal.objects.filter(
        indicator__in=list(weighted), unit__in=list(nodes), ends_on__gte=first
    )
    return {
        Slot(*row) for row in rows.values_list("indicator_id", "unit_id", "starts_on", "ends_on")
    }


def _locked(
    slots: set[Slot], nodes: Mapping[UUID, Unit], jurisdiction: UUID
) -> Mapping[Slot, StoredTotal]:
    """The rows of the slots, made where they are not there yet, locked in the order of all."""
    if not slots:
        return {}
    StoredTotal.objects.bulk_create(
        (
            StoredTotal(
                jurisdiction=jurisdiction,
                indicator_id=slot.indicator_id,
                unit_id=slot.unit_id,
                depth=tallying.depth_of(nodes[slot.unit_id]),
                starts_on=slot.starts_on,
                ends_on=slot.ends_on,
            )
            for slot in sorted(slots)
        ),
        ignore_conflicts=True,
        batch_size=500,
    )
    rows = (
        StoredTotal.objects.filter(
            Q(indicator__in={slot.indicator_id for slot in slots})
            & Q(unit__in={slot.unit_id for slot in slots})
            & Q(ends_on__in={slot.ends_on for slot in slots}),
            jurisdiction=jurisdiction,
        )
        .order_by("-depth", "id")
        .select_for_update()
    )
    found = {_slot(row): row for row in rows}
    return {slot: found[slot] for slot in found if slot in slots}


def _slot(row: StoredTotal) -> Slot:
    return Slot(row.indicator_id, row.unit_id, row.starts_on, row.ends_on)


def _tally(row: StoredTotal) -> Tally:
    return Tally(row.value_sum, row.weight_sum, row.reported)


def _shifted(now: Tally, moves: Iterable[Move]) -> Tally:
    for move in moves:
        now = moved(now, move.before, move.after)
    return now


def _set(row: StoredTotal, now: Tally) -> None:
    if abs(now.value_sum) > LARGEST or abs(now.weight_sum) > LARGEST:
        raise Refused(say("indicators.total_too_large"))
    row.value_sum, row.weight_sum, row.reported = now.value_sum, now.weight_sum, now.reported


@write("indicators.totals.rebuild")
def rebuild_totals(*, actor: Actor, today: date, now: datetime, unit: Unit) -> Written:
    """Count every stored total of a register again from its readings; write only what differs.

    On sound data it changes nothing. `facts["changed"]` is the number of rows mended. The
    register's rows are locked in the order of all writers; linear in its readings.
    """
    del today
    if not actor.is_system:
        demand_right(actor, "plan", unit)
    own = Indicator.objects.filter(jurisdiction=unit.jurisdiction, unit=unit)
    rows = list(
        StoredTotal.objects.filter(indicator__in=own).order_by("-depth", "id").select_for_update()
    )
    slots, nodes = _every_slot(unit.jurisdiction, own.values_list("pk", flat=True))
    stray = {_slot(row) for row in rows} - slots
    nodes |= {row.pk: row for row in Unit.objects.filter(pk__in={slot.unit_id for slot in stray})}
    known = tallying.definitions(own.values_list("pk", flat=True))
    counted = tallying.count(slots | stray, unit.jurisdiction, known)
    held = _locked(slots | stray, nodes, unit.jurisdiction)
    wrong = [row for slot, row in held.items() if _tally(row) != counted[slot]]
    for row in wrong:
        _set(row, counted[_slot(row)])
    StoredTotal.objects.bulk_update(wrong, FIELDS, batch_size=200)
    if not wrong:
        return nothing("org.unit", unit.pk)
    record(unit, {"totals_rebuilt": (None, len(wrong))}, unit_id=unit.pk, at=now)
    return Written("org.unit", unit.pk, unit.version, {"changed": len(wrong)})


def _every_slot(
    jurisdiction: UUID, indicator_ids: Iterable[UUID]
) -> tuple[set[Slot], dict[UUID, Unit]]:
    """The totals that the readings of these indicators need, and the units they stand at."""
    ids = list(indicator_ids)
    known = tallying.definitions(ids)
    stated = set(
        Reading.objects.filter(
            jurisdiction=jurisdiction, indicator__in=ids, current=True, value__isnull=False
        ).values_list("indicator_id", "unit_id", "starts_on", "ends_on")
    )
    units = Unit.objects.filter(pk__in={unit_id for _, unit_id, _, _ in stated})
    paths = tallying.above(units)
    nodes = {unit.pk: unit for chain in paths.values() for unit in chain}
    slots = set()
    for indicator_id, unit_id, starts_on, ends_on in stated:
        definition = tallying.on(known[indicator_id], ends_on)
        rule = cast("TallyRule", definition.aggregation) if definition else "none"
        if rule not in NOT_TALLIED:
            slots |= {Slot(indicator_id, node.pk, starts_on, ends_on) for node in paths[unit_id]}
    return slots, nodes
