"""Stored sums along one path of the tree: locked in one order, moved by differences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from django.db.models import F, Q, QuerySet

from luoshi.goals import actions as goals
from luoshi.ledger.models import Task
from luoshi.ledger.tree import Sums, above

NOTHING = Sums()


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


def lock_path(task: Task) -> list[UUID]:
    """Lock the task's ancestors, deepest first, then by id: one order for all; their ids."""
    if not above(task.tree):
        return []
    rows = same_plan(task).filter(tree__in=above(task.tree)).order_by("-depth", "id")
    return list(rows.select_for_update().values_list("pk", flat=True))


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


def path_in(task: Task, rows: Iterable[Task]) -> list[UUID]:
    """The ids of a task and its ancestors among rows already locked."""
    trees = {*above(task.tree), task.tree}
    return [row.pk for row in rows if row.tree in trees]


def add(rows: QuerySet[Task], by: Sums) -> None:
    """Move the stored sums of the rows; nobody edited them, so their version stays."""
    if by:
        rows.update(
            weight_sum=F("weight_sum") + by.weight,
            done_sum=F("done_sum") + by.done,
            missing_sum=F("missing_sum") + by.missing,
        )


def shift(task: Task, by: Sums) -> None:
    """Carry a leaf's difference up: the leaf and its ancestors, its line, its plan.

    The leaf is locked already; four statements, whatever the size of the plan.
    """
    if not by:
        return
    path = lock_path(task)
    add(Task.objects.filter(pk__in=[task.pk, *path]), by)
    if task.plan_id is not None:
        goals.add_to_sums(
            plan_id=task.plan_id,
            line_id=task.line_id,
            weight=by.weight,
            done=by.done,
            missing=by.missing,
        )


def spoke(task: Task, on: date) -> None:
    """Somebody reported below: every node above has been heard of on that day."""
    Task.objects.filter(pk__in=lock_path(task)).filter(
        Q(last_report_on__isnull=True) | Q(last_report_on__lt=on)
    ).update(last_report_on=on)


def shift_lines(plan_id: UUID, by_line: Mapping[UUID | None, Sums]) -> None:
    """Carry differences to several lines, by id, and then their total to the plan."""
    total = NOTHING
    for line_id, by in sorted(by_line.items(), key=lambda pair: str(pair[0])):
        total += by
        if line_id is not None:
            goals.add_to_line(line_id=line_id, weight=by.weight, done=by.done, missing=by.missing)
    goals.add_to_sums(
        plan_id=plan_id,
        line_id=None,
        weight=total.weight,
        done=total.done,
        missing=total.missing,
    )
