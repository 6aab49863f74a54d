"""文号与办理时限: numbers without a gap, in a style and under limits that the office sets."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from luoshi.domain import orders as law
from luoshi.domain.access import Actor
from luoshi.domain.base import Refused, say
from luoshi.journal.actions import Written, created, nothing, record, write
from luoshi.org.models import Unit
from luoshi.store.rows import save
from luoshi.supervision.models import Order, OrderLimit, Serial
from luoshi.supervision.queries.ordering import style_of, town_to_order


def take_number(actor: Actor, unit: Unit, year: int, kind: str) -> tuple[int, str]:
    """The next number of a unit's papers of a kind, and how it is written; the caller writes.

    It is taken with the paper in one transaction under the lock of the row: a paper that is
    refused gives its number back, and no two papers get one.
    """
    row = (
        Serial.objects.select_for_update()
        .filter(jurisdiction=unit.jurisdiction, unit=unit, year=year, kind=kind)
        .first()
    )
    if row is None:
        row = Serial(
            jurisdiction=unit.jurisdiction,
            unit=unit,
            year=year,
            kind=kind,
            pattern=style_of(actor, unit, year, kind),
        )
        row.save(force_insert=True)
    save(row, None, last=row.last + 1)
    return row.last, law.serial(row.pattern, year, row.last)


@write("supervision.serial.style")
def set_style(
    *,
    actor: Actor,
    today: date,
    unit: Unit,
    kind: str,
    year: int,
    pattern: str,
    version: int | None = None,
) -> Written:
    """文号样式: the office sets how its papers of a year are numbered, before the first one is.

    Once a paper bears a number the year's style stays, so that all of a year look alike.
    """
    del today
    _demand_town(actor, unit)
    pattern = pattern.strip()
    fault = law.style_fault(pattern)
    if fault is not None:
        raise Refused(fault)
    Unit.objects.select_for_update().get(pk=unit.pk)
    row = (
        Serial.objects.select_for_update()
        .filter(jurisdiction=unit.jurisdiction, unit=unit, year=year, kind=kind)
        .first()
    )
    if row is None:
        row = Serial(
            jurisdiction=unit.jurisdiction,
            unit=unit,
            year=year,
            kind=Serial.Kind(kind),
            pattern=pattern,
        )
        row.save(force_insert=True)
        record(row, created(row))
        return Written("supervision.serial", row.pk, row.version)
    if row.pattern == pattern:
        return nothing("supervision.serial", row.pk)
    if row.last:
        raise Refused(say("orders.style_taken", n=row.last))
    record(row, save(row, version, pattern=pattern))
    return Written("supervision.serial", row.pk, row.version)


@write("supervision.limit.set")
def set_limit(
    *,
    actor: Actor,
    today: date,
    unit: Unit,
    source: str,
    days: int,
    version: int | None = None,
) -> Written:
    """办理时限: the working days that orders of a source get from now on."""
    del today
    _demand_town(actor, unit)
    fault = law.limit_fault(days)
    if fault is not None:
        raise Refused(fault)
    source = Order.Source(source).value
    Unit.objects.select_for_update().get(pk=unit.pk)
    row = OrderLimit.objects.filter(
        jurisdiction=unit.jurisdiction, unit=unit, source=source
    ).first()
    if row is None:
        if days == law.LIMITS[source]:
            return nothing("org.unit", unit.pk)
        row = OrderLimit(jurisdiction=unit.jurisdiction, unit=unit, source=source, days=days)
        row.save(force_insert=True)
        record(row, created(row))
        return Written("supervision.orderlimit", row.pk, row.version)
    changes = save(row, version, days=days)
    if not changes:
        return nothing("supervision.orderlimit", row.pk)
    record(row, changes)
    return Written("supervision.orderlimit", row.pk, row.version)


def _demand_town(actor: Actor, unit: Unit) -> None:
    town = town_to_order(actor)
    own: UUID | None = town.pk if town else None
    if own != unit.pk or actor.on_behalf_of is not None:
        raise Refused(say("orders.not_yours"))
