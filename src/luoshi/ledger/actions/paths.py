"""Rows locked in one order, and stored sums along one path of the tree."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import F, Q, QuerySet

from luoshi.goals import actions as goals
from luoshi.goals.models import WorkLine
from luoshi.ledger.actions.climbing import Climb
from luoshi.ledger.models import Task
from luoshi.ledger.tree import (
    NOTHING,
    Nodes,
    Sums,
    above,
    families_of,
    leaf_sums,
    nodes_of,
    settle,
)


def locked(task: Task) -> Task:
    """The task as it stands, locked until the transaction ends."""
    return (
        Task.objects.select_for_update(of=("self",))
        .select_related("unit", "plan__unit", "line")
        .get(pk=task.pk, jurisdiction=task.jurisdiction)
    )


def same_plan(task: Task) -> QuerySet[Task]:
    """Tasks of the same plan, or of no plan at all."""
    plan = Q(plan=task.plan_id) if task.plan_id else Q(plan__isnull=True)
    return Task.objects.filter(plan, jurisdiction=task.jurisdiction)


PATH = (
    "jurisdiction", "plan", "parent", "line", "tree", "depth", "is_leaf", "roll_up", "target_unit",
    "target_value", "done_value", "weight_sum", "done_sum", "missing_sum", "last_report_on",
)  # fmt: skip


def lock_path(task: Task) -> list[Task]:
    """Lock the task's ancestors, deepest first, then by id: one order for all; few columns."""
    if not above(task.tree):
        return []
    rows = same_plan(task).filter(tree__in=above(task.tree)).order_by("-depth", "id")
    return list(rows.select_for_update().only(*PATH))


def lock_trees(tasks: Iterable[Task]) -> list[Task]:
    """Lock tasks of one plan and all their ancestors, in the same order."""
    found = list(tasks)
    trees = {tree for task in found for tree in (*above(task.tree), task.tree)}
    return list(
        same_plan(found[0])
        .filter(tree__in=trees)
        .select_related("unit", "plan__unit", "line")
        .order_by("-depth", "id")
        .select_for_update(of=("self",))
    )


def own_sums(task: Task) -> tuple[Sums, Decimal | None]:
    """What a node's sums should be: a leaf by what it says, another by its rule from its parts."""
    if task.is_leaf:
        return leaf_sums(task.state, task.weight, task.progress), task.done_value
    nodes = nodes_of([task.pk]) if task.roll_up == Task.RollUp.MILESTONES else {}
    parts = families_of([task.pk])[task.pk].values()
    told = nodes.get(task.pk, Nodes())
    return settle(task.roll_up, parts, unit=task.target_unit, nodes=told)


def shift(task: Task, before: Sums, *, spoke: date | None = None) -> None:
    """Write the sums that a locked node holds in memory, and carry them up: ancestors, line, plan.

    `spoke`: somebody reported on that day, so every node above has been heard of. A constant
    number of statements, whatever the size of the plan.
    """
    Task.objects.bulk_update([task], ["weight_sum", "done_sum", "missing_sum", "done_value"])
    Climb(lock_path(task), [task], {task.pk: before}, spoke=spoke).climb()


def settle_lines(task: Task, lines: Iterable[UUID | None]) -> None:
    """Count lines again whose items have changed: the sums of their tops, under the lines' locks.

    The path above the task is locked first, so that all writers keep one order.
    """
    lock_path(task)
    keys = sorted({line for line in lines if line is not None}, key=str)
    rows = list(WorkLine.objects.filter(pk__in=keys).order_by("pk").select_for_update())
    tops = Task.objects.filter(line__in=keys).exclude(parent__line=F("line")).order_by()
    sums: dict[UUID, Sums] = {}
    for line, weight, done, missing in tops.values_list("line", *STORED):
        assert line is not None
        sums[line] = sums.get(line, NOTHING) + Sums(weight, done, missing)
    for row in rows:
        told = sums.get(row.pk, NOTHING)
        row.weight_sum, row.done_sum, row.missing_sum = told.weight, told.done, told.missing
    goals.set_sums(rows=rows)


STORED = ("weight_sum", "done_sum", "missing_sum")
