"""Whether a promised date can be kept: the law of promises asked with the unit's own week."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from luoshi.domain import promise
from luoshi.domain.access import Actor
from luoshi.domain.promise import Verdict
from luoshi.domain.weekly import Week
from luoshi.ledger.judging import OVER
from luoshi.ledger.models import Task
from luoshi.org.calendars import calendar_of
from luoshi.org.models import Unit


def promised(actor: Actor, today: date, town: Unit, unit_id: UUID, due_on: date | None) -> Verdict:
    """The verdict on a date for a unit: the town's calendar, and what the unit owes that week."""
    unit = Unit.objects.filter(pk=unit_id, jurisdiction=actor.jurisdiction_id).first()
    load = 0
    if unit is not None and due_on is not None:
        week = Week.of(due_on)
        rows = Task.objects.filter(
            jurisdiction=actor.jurisdiction_id,
            unit=unit,
            is_leaf=True,
            due_on__range=(week.monday, week.sunday),
        )
        load = rows.exclude(state__in=OVER).count()
    name = unit.short_name if unit else ""
    return promise.verdict(due_on, today, calendar_of(town), load, name)
