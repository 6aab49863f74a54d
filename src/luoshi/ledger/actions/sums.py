"""Stored sums counted again: the one function that rebuilds them."""

from __future__ import annotations

from datetime import date, datetime

from luoshi.domain.access import Actor
from luoshi.goals import actions as goal_actions
from luoshi.goals import queries as goals
from luoshi.goals.models import Plan, WorkLine
from luoshi.journal.actions import Written, nothing, record, write
from luoshi.ledger.models import Task
from luoshi.ledger.tree import NOTHING, Sums, recount, stored


@write("ledger.sums.rebuild")
def rebuild_sums(*, actor: Actor, today: date, now: datetime, plan: Plan) -> Written:
    """Count the sums of a plan again from its leaves; write and journal only what differs.

    On sound data it changes nothing. `facts["changed"]` is the number of rows mended. Everything is
    locked in the order of all writers; linear in its tasks.
    """
    del today
    if not actor.is_system:
        goals.demand_right(actor, "plan", plan.unit.path)
    tasks = list(Task.objects.filter(plan=plan).order_by("-depth", "id").select_for_update())
    lines = list(plan.lines.order_by("pk").select_for_update())
    row = Plan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    counted = recount(row.pk, row.jurisdiction)
    wrong = [
        task
        for task in tasks
        if stored(task) != counted.tasks[task.pk] or task.done_value != counted.values[task.pk]
    ]
    for task in wrong:
        _set(task, counted.tasks[task.pk])
        task.done_value = counted.values[task.pk]  # type: ignore[assignment]
    Task.objects.bulk_update(
        wrong, ["weight_sum", "done_sum", "missing_sum", "done_value"], batch_size=500
    )
    holders: list[Plan | WorkLine] = [
        line for line in lines if _differs(line, counted.lines.get(line.pk))
    ]
    holders += [row] if _differs(row, counted.plan) else []
    for holder in holders:
        _set(holder, counted.plan if holder is row else counted.lines.get(holder.pk, NOTHING))
    goal_actions.set_sums(rows=holders)
    changed = len(wrong) + len(holders)
    if not changed:
        return nothing("goals.plan", row.pk)
    record(row, {"sums_rebuilt": (None, changed)}, at=now)
    return Written("goals.plan", row.pk, row.version, {"changed": changed})


def _differs(holder: Plan | WorkLine, counted: Sums | None) -> bool:
    return Sums(holder.weight_sum, holder.done_sum, holder.missing_sum) != (counted or NOTHING)


def _set(holder: Task | Plan | WorkLine, sums: Sums) -> None:
    holder.weight_sum, holder.done_sum, holder.missing_sum = sums.weight, sums.done, sums.missing
