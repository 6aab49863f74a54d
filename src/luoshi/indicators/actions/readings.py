"""Readings: entered cell by cell or as a block, never changed, only superseded with a reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from luoshi.documents.models import Document
from luoshi.domain.access import Actor
from luoshi.domain.base import Period, Refused, Sentence, say
from luoshi.domain.measuring import Stating, why_not
from luoshi.indicators import tallying
from luoshi.indicators.actions.totals import Move, carry
from luoshi.indicators.models import Indicator, IndicatorDefinition, Reading, Reporter
from luoshi.indicators.queries.scope import demand_right
from luoshi.indicators.tallying import Slot, scaled
from luoshi.journal.actions import Written, created, nothing, record, write
from luoshi.org.models import Unit
from luoshi.store.bulk import insert_many


@dataclass(frozen=True, slots=True, kw_only=True)
class Entering:
    """One cell to save: `seen` is the reading that its writer had before the eyes, or None.

    `value` None takes a reading back: nothing is known again (待补).
    """

    indicator: Indicator
    unit: Unit
    period: Period
    value: Decimal | None
    seen: UUID | None = None

    @property
    def slot(self) -> Slot:
        """Which cell of the register."""
        return Slot(self.indicator.pk, self.unit.pk, self.period.start, self.period.end)


class CellsChanged(Exception):  # noqa: N818 - an answer to show, with both values
    """Somebody else saved some of the cells first; nothing was written.

    Each pair holds what was tried and the reading that now stands there (None: it is gone).
    """

    def __init__(self, pairs: Sequence[tuple[Entering, Reading | None]]) -> None:
        super().__init__(f"{len(pairs)} cells changed")
        self.pairs = tuple(pairs)


@write("indicators.readings.save")
def save_readings(
    *,
    actor: Actor,
    today: date,
    cells: Sequence[Entering],
    source: str = "",
    as_of: date | None = None,
    reason: str = "",
    published: bool = False,
    document: Document | None = None,
) -> Written:
    """Save the changed cells of a grid at once, all or none, in a constant number of queries.

    A cell that says what stands there already is left alone. A figure that replaces another
    supersedes it and says why; the old one stays. Where somebody else saved a cell in between,
    `CellsChanged` names both values and nothing is written. `published` figures name their source
    and are entered by whoever keeps the register. `facts["saved"]` is the number of cells.
    """
    if published and not source.strip():
        raise Refused(say("indicators.published_no_source"))
    for cell in {(cell.unit.pk, cell.indicator.pk): cell for cell in cells}.values():
        demand_right(actor, "report", cell.unit)
        if published:
            demand_right(actor, "plan", cell.indicator.unit)
    if len({cell.slot for cell in cells}) < len(cells):
        raise Refused(say("indicators.cell_twice"))
    reporters = _locked_reporters(cells)
    standing = _standing(cells)
    changed = _changed(cells, standing)
    if not changed:
        return nothing("indicators.indicator", cells[0].indicator.pk if cells else UUID(int=0))
    known = tallying.definitions({cell.indicator.pk for cell in changed})
    day = as_of or today
    _demand_statable(
        changed,
        standing,
        known,
        reporters,
        published=published,
        today=today,
        as_of=day,
        reason=reason,
    )
    rows = [
        _row(actor, cell, standing.get(cell.slot), _definition(known, cell)) for cell in changed
    ]
    for row in rows:
        row.as_of, row.document = day, document
        row.source = source.strip() or row.source
        row.reason = reason.strip() if row.supersedes_id else ""
        row.origin = Reading.Origin.PUBLISHED if published else Reading.Origin.REPORTED
    _keep(rows, standing, changed)
    return Written("indicators.indicator", changed[0].indicator.pk, 0, {"saved": len(rows)})


def _row(
    actor: Actor, cell: Entering, before: Reading | None, definition: IndicatorDefinition
) -> Reading:
    return Reading(
        jurisdiction=cell.unit.jurisdiction,
        indicator=cell.indicator,
        definition=definition,
        unit=cell.unit,
        starts_on=cell.period.start,
        ends_on=cell.period.end,
        value=cell.value,  # type: ignore[misc]
        source=definition.source,
        reported_by_id=actor.person_id,
        supersedes=before,
    )


def _keep(
    rows: Sequence[Reading], standing: Mapping[Slot, Reading], cells: Sequence[Entering]
) -> None:
    """Write the rows, close those they supersede, carry the differences up, and journal each."""
    old = [standing[cell.slot].pk for cell in cells if cell.slot in standing]
    Reading.objects.filter(pk__in=old).update(current=False)
    insert_many(rows)
    carry(
        [
            Move(
                cell.indicator.pk,
                cell.unit,
                cell.period.start,
                cell.period.end,
                scaled(standing[cell.slot].value) if cell.slot in standing else None,
                scaled(cell.value),
            )
            for cell in cells
        ]
    )
    for row in rows:
        before = row.supersedes
        change = created(row)
        if before is not None:
            change["value"] = (before.value, row.value)
        verb = "indicators.reading.revise" if before else "indicators.reading.state"
        record(row, change, reason=row.reason, verb=verb)


def _locked_reporters(cells: Sequence[Entering]) -> Mapping[tuple[UUID, UUID], Reporter]:
    """Who reports what, locked: two writers of one cell take turns. In one order for all."""
    if not cells:
        return {}
    rows = (
        Reporter.objects.filter(
            jurisdiction=cells[0].unit.jurisdiction,
            indicator__in={cell.indicator.pk for cell in cells},
            unit__in={cell.unit.pk for cell in cells},
        )
        .order_by("id")
        .select_for_update()
    )
    return {(row.indicator_id, row.unit_id): row for row in rows}


def _standing(cells: Sequence[Entering]) -> Mapping[Slot, Reading]:
    """The current readings of the cells; one query."""
    if not cells:
        return {}
    rows = Reading.objects.filter(
        jurisdiction=cells[0].unit.jurisdiction,
        indicator__in={cell.indicator.pk for cell in cells},
        unit__in={cell.unit.pk for cell in cells},
        ends_on__in={cell.period.end for cell in cells},
        current=True,
    )
    found = {Slot(row.indicator_id, row.unit_id, row.starts_on, row.ends_on): row for row in rows}
    return {cell.slot: found[cell.slot] for cell in cells if cell.slot in found}


def _changed(cells: Sequence[Entering], standing: Mapping[Slot, Reading]) -> list[Entering]:
    """The cells that say something new; raises where somebody else was first."""
    fresh, met = [], []
    for cell in cells:
        now = standing.get(cell.slot)
        if (now.value if now else None) == cell.value:
            continue
        if (now.pk if now else None) != cell.seen:
            met.append((cell, now))
        fresh.append(cell)
    if met:
        raise CellsChanged(met)
    return fresh


def _demand_statable(
    cells: Sequence[Entering],
    standing: Mapping[Slot, Reading],
    known: Mapping[UUID, Sequence[IndicatorDefinition]],
    reporters: Mapping[tuple[UUID, UUID], Reporter],
    *,
    published: bool,
    today: date,
    as_of: date,
    reason: str,
) -> None:
    """Refuse the block at the first cell that breaks a rule, naming it."""
    for cell in cells:
        definition = _definition(known, cell)
        reporter = reporters.get((cell.indicator.pk, cell.unit.pk))
        why = why_not(
            Stating(
                period=cell.period,
                today=today,
                as_of=as_of,
                statistics=cell.indicator.category == Indicator.Category.STATISTICS,
                published=published,
                reckoned=definition.reckoned,
                composed=cell.indicator.kind == Indicator.Kind.COMPOSITION,
                rhythm=definition.rhythm,  # type: ignore[arg-type]
                reports=reporter is not None and _holds(reporter, cell.period.end),
                revises=cell.slot in standing,
                reason=reason,
            )
        ) or _misfit(cell, definition)
        if why is not None:
            raise Refused(
                say(
                    "indicators.cell_refused",
                    indicator=cell.indicator.name,
                    unit=cell.unit.short_name,
                    end=cell.period.end,
                    why=why,
                )
            )


def _misfit(cell: Entering, definition: IndicatorDefinition) -> Sentence | None:
    if cell.value is None:
        return None
    if cell.value != round(cell.value, definition.decimals):
        return say("measuring.too_fine", text=f"{cell.value:f}", decimals=definition.decimals)
    if cell.value < 0 and not definition.may_be_negative:
        return say("measuring.negative", text=f"{cell.value:f}")
    return None


def _holds(reporter: Reporter, day: date) -> bool:
    return reporter.from_on <= day and (reporter.to_on is None or day <= reporter.to_on)


def _definition(
    known: Mapping[UUID, Sequence[IndicatorDefinition]], cell: Entering
) -> IndicatorDefinition:
    found = tallying.on(known[cell.indicator.pk], cell.period.end)
    assert found is not None  # an indicator is created with its first definition
    return found


@write("indicators.reading.withdraw")
def withdraw_reading(*, actor: Actor, today: date, reading: Reading, reason: str) -> Written:
    """Take a reading back that should not stand: it is kept, and nothing is known again (待补)."""
    cell = Entering(
        indicator=reading.indicator,
        unit=reading.unit,
        period=Period(reading.starts_on, reading.ends_on),
        value=None,
        seen=reading.pk,
    )
    if not reason.strip():
        raise Refused(say("measuring.revision_says_why"))
    published = reading.origin == Reading.Origin.PUBLISHED
    return save_readings(
        actor=actor,
        today=today,
        cells=[cell],
        source=reading.source,
        reason=reason,
        published=published,
    )


@write("indicators.reading.verify")
def verify_reading(*, actor: Actor, today: date, reading: Reading) -> Written:
    """核实: somebody other than the reporter stands for the figure. Refused for a revised one."""
    demand_right(actor, "supervise", reading.unit)
    row = Reading.objects.select_for_update(of=("self",)).get(pk=reading.pk)
    if not row.current or row.value is None:
        raise Refused(say("indicators.reading_revised"))
    if row.verified_on is not None:
        return nothing("indicators.reading", row.pk)
    if row.reported_by_id is not None and row.reported_by_id == actor.person_id:
        raise Refused(say("indicators.verifier_reported"))
    Reading.objects.filter(pk=row.pk).update(verified_by_id=actor.person_id, verified_on=today)
    record(row, {"verified_by": (None, actor.person_id), "verified_on": (None, today)})
    return Written("indicators.reading", row.pk)
