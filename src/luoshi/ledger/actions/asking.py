"""应报日: a list downstream asks word of items by a day, or asks it no longer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from luoshi.domain.access import Actor
from luoshi.goals.queries import demand_right
from luoshi.journal.actions import Written, nothing, record, write
from luoshi.ledger.models import AskedDay, Task
from luoshi.store.bulk import insert_many


@write("ledger.tasks.ask_word")
def ask_word(
    *, actor: Actor, today: date, now: datetime, tasks: Sequence[Task], day: date
) -> Written:
    """Word of each item is owed by the day, as at a node of its own; their lights are judged anew.

    Asked twice for one day it stands once. Needs the right to assign over each item's unit.
    """
    del today
    _demand(actor, tasks)
    known = set(AskedDay.objects.filter(task__in=tasks, due_on=day).values_list("task", flat=True))
    fresh = [task for task in tasks if task.pk not in known]
    if not fresh:
        return nothing("ledger.task", tasks[0].pk)
    insert_many([AskedDay(jurisdiction=task.jurisdiction, task=task, due_on=day) for task in fresh])
    return _told(fresh, {"asked_day": (None, day)}, now)


@write("ledger.tasks.ask_no_word")
def ask_no_word(
    *, actor: Actor, today: date, now: datetime, tasks: Sequence[Task], day: date
) -> Written:
    """Word by that day is owed no longer: the line that asked for it was cancelled."""
    del today
    _demand(actor, tasks)
    rows = AskedDay.objects.filter(task__in=tasks, due_on=day)
    asked = set(rows.values_list("task", flat=True))
    if not asked:
        return nothing("ledger.task", tasks[0].pk)
    rows.delete()
    return _told([task for task in tasks if task.pk in asked], {"asked_day": (day, None)}, now)


def _demand(actor: Actor, tasks: Sequence[Task]) -> None:
    for path in sorted({task.unit.path for task in tasks}):
        demand_right(actor, "assign", path)


def _told(
    tasks: Sequence[Task], changes: dict[str, tuple[date | None, date | None]], now: datetime
) -> Written:
    """Journal each item, and forget lights that were judged without the day."""
    Task.objects.filter(pk__in=[task.pk for task in tasks]).update(light_until=None)
    for task in tasks:
        record(task, changes, at=now)
    return Written("ledger.task", tasks[0].pk, 0, {"n": len(tasks)})
