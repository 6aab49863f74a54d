"""交办登记: an item enters the ledger in four fields and is handed out in the same act."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from luoshi.domain.access import Actor
from luoshi.domain.base import Refused, say
from luoshi.domain.cascade import place_item
from luoshi.domain.intake import Party, When
from luoshi.domain.workdays import SHANGHAI
from luoshi.goals.models import Plan
from luoshi.journal.actions import Written, created, record, write
from luoshi.ledger import actions as ledger
from luoshi.ledger.actions import NewTask
from luoshi.ledger.judging import ABOVE
from luoshi.ledger.models import Task
from luoshi.ledger.planfacts import duty_lines
from luoshi.ledger.queries import Roles
from luoshi.org.models import Unit
from luoshi.supervision.models import Intake

ASKER = 60  # characters


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """What the office enters: what, who, by when, who asked; the rest follows from it.

    `asked_by_post_id` and `asked_by_id` are a leader's of the town, where one asked.
    """

    title: str
    party: Party
    when: When
    asked_by: str
    source_kind: str
    asked_by_post_id: UUID | None = None
    asked_by_id: UUID | None = None
    urgency: str = Task.Urgency.ORDINARY
    reason: str = ""


@write("supervision.intake.enter")
def enter(
    *,
    actor: Actor,
    today: date,
    now: datetime,
    town: Unit,
    arrival: Arrival,
    plan: Plan | None = None,
) -> Written:
    """交办: register the item, hand it to who carries it, keep who asked; all in one act.

    Only an item of the year's work (年度重点) goes into the plan; all others stay outside it and
    never enter plan coverage. An hour is the superior's for items from above, the office's own
    otherwise. The duty lists are asked: what they take back or do not name is flagged, not
    refused. A day that has passed needs a reason (补录).
    """
    asked_by = " ".join(arrival.asked_by.split())
    if not asked_by:
        raise Refused(say("intake.asker_missing"))
    if len(asked_by) > ASKER:
        raise Refused(say("ledger.too_long", n=ASKER))
    task = _registered(actor, today, now, town, arrival, plan)
    holder = arrival.party.holder
    roles = Roles(
        lead_unit=arrival.party.unit_id, owner=holder.post_id if holder is not None else None
    )
    ledger.assign(
        actor=actor,
        today=today,
        now=now,
        task=task,
        roles=roles,
        asked_by_id=arrival.asked_by_id,
        reason=arrival.reason,
    )
    placed = place_item(arrival.title, duty_lines(town))
    kept = Intake.objects.create(
        jurisdiction=actor.jurisdiction_id,
        task=task,
        unit_id=arrival.party.unit_id,
        asked_by=asked_by,
        asked_by_post_id=arrival.asked_by_post_id,
        placing=placed.placing,
        duty_line=placed.line.text[:300] if placed.line else "",
        duty_department=placed.line.department[:100] if placed.line else "",
        entered_at=now,
        entered_by_id=actor.person_id,
    )
    record(kept, created(kept), at=now)
    return Written("ledger.task", task.pk, 1, {"number": task.number, "placing": str(kept.placing)})


def _registered(
    actor: Actor, today: date, now: datetime, town: Unit, arrival: Arrival, plan: Plan | None
) -> Task:
    planned = plan is not None and arrival.source_kind == Task.Source.ANNUAL
    at = arrival.when.instant(SHANGHAI)
    above = arrival.source_kind in ABOVE
    new = NewTask(
        title=arrival.title,
        unit_id=None if planned else town.pk,
        due_on=arrival.when.day,
        due_at=at if above else None,
        internal_due_at=None if above else at,
        source_kind=arrival.source_kind,
        urgency=arrival.urgency,
    )
    made = ledger.register_task(
        actor=actor,
        today=today,
        now=now,
        new=new,
        plan=plan if planned else None,
        reason=arrival.reason,
    )
    return Task.objects.select_related("unit", "plan", "line").get(pk=made.id)
