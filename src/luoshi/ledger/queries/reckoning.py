"""What a timetable is reckoned from: a plan's tasks, what waits for what, the calendar."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from luoshi.domain.access import Actor
from luoshi.domain.schedule import DayUnit, Minimum
from luoshi.goals.models import Plan
from luoshi.ledger.ground import Ground, Tie
from luoshi.ledger.models import Dependency, StatutoryTime, Task
from luoshi.ledger.queries.scope import visible_tasks
from luoshi.org.calendars import calendar_of
from luoshi.org.models import Unit

_UNITS: Mapping[str, DayUnit] = {"working": "working", "calendar": "calendar"}


_UNREAD = (
    "measures", "acceptance", "check_rhythm", "blocker", "urgency", "target_value", "target_unit",
    "target_op", "done_value", "due_at", "internal_due_at", "blocked_on", "blocker_needs",
    "suspended_from", "undecided_until", "returns", "signed_at", "done_by_id",
    "verified_by_id", "closed_by_id", "goal", "line", "problem", "passage", "duty",
)  # fmt: skip
"""Columns that no timetable shows: a third of what a row costs to read."""


def ground_of(actor: Actor, today: date, plan: Plan) -> Ground:
    """Read what a plan's timetable is reckoned from, as far as the actor may see it; 5 queries."""
    tasks = list(
        visible_tasks(actor, today)
        .filter(plan=plan)
        .exclude(state=Task.State.CANCELLED)
        .defer(*_UNREAD)
        .order_by("tree", "id")
    )
    units = Unit.objects.in_bulk({task.unit_id for task in tasks})
    for task in tasks:  # a plan and a few units, not one of each a row
        task.plan, task.unit = plan, units[task.unit_id]
    rows = Dependency.objects.filter(task__plan=plan).values_list(
        "predecessor_id", "task_id", "kind", "lag_days", "id", "version"
    )
    least = {
        row.task_id: Minimum(row.days, _UNITS[row.unit], row.basis)
        for row in StatutoryTime.objects.filter(task__plan=plan)
    }
    return Ground(plan, tasks, [Tie(*row) for row in rows], calendar_of(plan.unit), least)
