"""Milestones and what waits for what."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from luoshi.domain.access import Actor
from luoshi.domain.base import Refused, say
from luoshi.domain.schedule import Link, Network, Step
from luoshi.domain.schedule.frame import frame
from luoshi.journal.actions import Written, created, nothing, record, write
from luoshi.ledger.actions import paths
from luoshi.ledger.actions.editing import demand_editor
from luoshi.ledger.actions.moving import by_nodes, carry
from luoshi.ledger.actions.registering import NewMilestone
from luoshi.ledger.models import Dependency, Milestone, Task
from luoshi.store.rows import Stale, save


@write("ledger.task.set_milestones")
def set_milestones(
    *,
    actor: Actor,
    today: date,
    now: datetime,
    task: Task,
    nodes: Sequence[NewMilestone],
    version: int | None = None,
) -> Written:
    """Set the dated nodes of a task, in the order given.

    A node with the same title stays the same node (its reports and its day of completion with
    it); nodes that are left out go, unless they are done or reported on.
    """
    row = paths.locked(task)
    demand_editor(actor, today, row)
    old = {node.title: node for node in row.milestones.order_by("position")}
    before = [[node.title, node.due_on] for node in old.values()]
    after = [[node.title, node.due_on] for node in nodes]
    if before == after:
        return nothing("ledger.task", row.pk)
    gone = [node for title, node in old.items() if title not in {new.title for new in nodes}]
    if any(node.done_on or node.reports.exists() for node in gone):
        raise Refused(say("ledger.node_in_use"))
    Milestone.objects.filter(pk__in=[node.pk for node in gone]).delete()
    for position, new in enumerate(nodes, start=1):
        _put_node(row, old.get(new.title), new, position)
    touch(row, version)
    if by_nodes(row):
        carry(row, again=True)
    record(row, {"milestones": (before, after)}, at=now)
    return Written("ledger.task", row.pk, row.version)


def touch(task: Task, version: int | None) -> None:
    """What hangs on the task changed: the task has a new version; `Stale` if it had one already."""
    if version is not None and version != task.version:
        raise Stale(task, {}, {})
    task.version += 1
    Task.objects.filter(pk=task.pk).update(version=task.version)


def _put_node(task: Task, known: Milestone | None, new: NewMilestone, position: int) -> None:
    if known is not None:
        save(
            known,
            None,
            position=position,
            due_on=new.due_on,
            standard=new.standard,
            share=new.share,
        )
        return
    Milestone.objects.create(
        jurisdiction=task.jurisdiction,
        task=task,
        position=position,
        title=new.title,
        due_on=new.due_on,
        standard=new.standard,
        share=new.share,
    )


@write("ledger.dependency.add")
def add_dependency(
    *,
    actor: Actor,
    today: date,
    now: datetime,
    task: Task,
    predecessor: Task,
    kind: str = Dependency.Kind.FS,
    lag_days: int = 0,
) -> Written:
    """Say that a task waits for another; a circle is refused, and the sentence names its steps."""
    if task.pk == predecessor.pk:
        raise Refused(say("ledger.same_task"))
    row = paths.locked(task)
    demand_editor(actor, today, row)
    if predecessor.plan_id != row.plan_id:
        raise Refused(say("ledger.other_plan"))
    known = Dependency.objects.filter(task=row, predecessor=predecessor).first()
    if known is not None:
        changes = save(known, None, kind=kind, lag_days=lag_days)
        if not changes:
            return nothing("ledger.dependency", known.pk)
        record(known, changes, unit_id=row.unit_id, at=now)
        return Written("ledger.dependency", known.pk, known.version)
    _demand_no_circle(row, predecessor)
    made = Dependency.objects.create(
        jurisdiction=row.jurisdiction,
        task=row,
        predecessor=predecessor,
        kind=Dependency.Kind(kind),
        lag_days=lag_days,
    )
    record(made, created(made), unit_id=row.unit_id, at=now)
    return Written("ledger.dependency", made.pk, made.version)


def _demand_no_circle(task: Task, predecessor: Task) -> None:
    """Frame the plan's dependencies with the new one: the schedule law refuses circles by name."""
    same = Dependency.objects.filter(task__in=paths.same_plan(task).values("pk"))
    links = [*same.values_list("predecessor_id", "task_id"), (predecessor.pk, task.pk)]
    names = dict(
        Task.objects.filter(pk__in={key for link in links for key in link}).values_list(
            "pk", "title"
        )
    )
    steps = tuple(Step(key, name, 1) for key, name in names.items())
    frame(Network(steps, tuple(Link(before, after) for before, after in links)))


@write("ledger.dependency.drop")
def drop_dependency(*, actor: Actor, today: date, now: datetime, dependency: Dependency) -> Written:
    """A task no longer waits for another."""
    row = paths.locked(dependency.task)
    demand_editor(actor, today, row)
    gone = {name: (pair[1], None) for name, pair in created(dependency).items()}
    record(dependency, gone, unit_id=row.unit_id, at=now)
    answer = Written("ledger.dependency", dependency.pk, dependency.version)
    Dependency.objects.filter(pk=dependency.pk).delete()
    return answer
