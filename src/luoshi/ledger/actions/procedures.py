"""A procedure given to a task in one act: steps, their order, the least times of the law."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from luoshi.domain.access import Actor
from luoshi.domain.base import Refused, say
from luoshi.journal.actions import Written, created, record, write
from luoshi.ledger.actions import paths
from luoshi.ledger.actions.editing import demand_editor
from luoshi.ledger.actions.planning import add_dependency
from luoshi.ledger.actions.registering import NewTask, register_tasks
from luoshi.ledger.models import StatutoryTime, Task
from luoshi.ledger.steps import Template
from luoshi.org.calendars import calendar_of


@write("ledger.task.give_steps")
def give_steps(
    *,
    actor: Actor,
    today: date,
    now: datetime,
    task: Task,
    template: Template,
    starts_on: date,
) -> Written:
    """Give a task of a plan the steps of a procedure, as parts with days, order and least times.

    The first begins on `starts_on`, each other one as early as its predecessors allow; none is due
    after the task itself: what then cannot be done in time the verdict names. A step with a time by
    law counts its days as the law does and cannot be shortened. Refused where the task has no plan.
    """
    row = paths.locked(task)
    demand_editor(actor, today, row)
    if row.plan is None:
        raise Refused(say("ledger.steps_need_plan", title=row.title))
    slots = template.slots(calendar_of(row.plan.unit), starts_on)
    items = []
    for step, slot in zip(template.steps, slots, strict=True):
        due = min(slot.finish, row.due_on) if row.due_on else slot.finish
        new = NewTask(
            title=step.title,
            parent_id=row.pk,
            starts_on=min(slot.start, due),
            duration_days=step.days,
            due_on=due,
        )
        items.append(new)
    told = {"actor": actor, "today": today, "now": now}
    register_tasks(**told, items=items, plan=row.plan, reason=template.name)  # type: ignore[arg-type]
    made = {one.pk: one for one in Task.objects.filter(pk__in=[item.id for item in items])}
    keys: list[UUID] = [item.id for item in items]
    for step, key in zip(template.steps, keys, strict=True):
        if step.minimum is not None:
            least = StatutoryTime.objects.create(
                jurisdiction=row.jurisdiction,
                task=made[key],
                days=step.minimum.days,
                unit=StatutoryTime.DayUnit(step.minimum.unit),
                basis=step.minimum.basis,
            )
            record(least, created(least), unit_id=row.unit_id, at=now)
        for before in step.after:
            add_dependency(**told, task=made[key], predecessor=made[keys[before]])  # type: ignore[arg-type]
    record(row, {"steps": (None, template.name)}, verb="ledger.task.give_steps", at=now)
    return Written("ledger.task", row.pk, row.version, {"n": len(items)})
