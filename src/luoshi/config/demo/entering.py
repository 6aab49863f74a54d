"""Tasks enter the ledger: a day's registrations of a plan in one action, parents first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from uuid import UUID

from uuid6 import uuid7

from luoshi.config.demo import yearbook
from luoshi.config.demo.shapes import DemoQuantity, DemoTask
from luoshi.config.demo.stage import Stage
from luoshi.documents.models import DraftItem
from luoshi.domain.access import Actor
from luoshi.domain.workdays import SHANGHAI
from luoshi.ledger import actions as ledger
from luoshi.ledger.actions import NewMilestone, NewTask
from luoshi.ledger.carrying import Roles
from luoshi.ledger.models import Milestone, Task

CLOSE_OF_OFFICE = time(18, 0)
LATER_UNCLEAR = "完成标准以县科技局年度统计口径为准，口径明确前暂按上年办法"


def enter(stage: Stage, actor: Actor, now: datetime, told: Sequence[DemoTask]) -> None:
    """Register tasks of one plan (or of none) on one day, with roles, nodes and passages."""
    day, year = now.astimezone(SHANGHAI).date(), told[0].plan
    ids: dict[str, UUID] = {task.key: uuid7() for task in told}
    drafts = {task.key: yearbook.draft_of(stage, task.year, task.passage) for task in told}
    ledger.register_tasks(
        actor=actor,
        today=day,
        now=now,
        items=[_new(stage, task, ids, drafts[task.key]) for task in told],
        plan=stage.plans[year] if year else None,
    )
    rows = {row.pk: row for row in Task.objects.filter(pk__in=list(ids.values()))}
    stage.tasks |= {key: rows[pk] for key, pk in ids.items()}
    _nodes(stage, ids)
    taken: set[UUID] = set()
    for key, draft in drafts.items():
        if draft is not None and draft.pk not in taken:
            taken.add(draft.pk)
            yearbook.adopt(actor, day, draft, "ledger.task", ids[key])


def _new(stage: Stage, task: DemoTask, ids: dict[str, UUID], draft: DraftItem | None) -> NewTask:
    parent = None
    if task.parent:
        parent = ids.get(task.parent) or stage.tasks[task.parent].pk
    quantity = _quantity(stage, task)
    passage = draft.passage if draft else yearbook.passage_of(stage, task.year, task.passage)
    return NewTask(
        id=ids[task.key],
        title=task.title,
        parent_id=parent,
        line_id=stage.lines[task.line].pk if task.line else None,
        goal_id=stage.goals.get((task.year, task.line)) if task.line and not parent else None,
        passage_id=passage.pk if passage else None,
        draft=task.fate == "draft",
        is_project=task.project is not None and task.parent is None,
        source_kind=task.source_kind,
        measures=task.measure,
        acceptance=task.done_when or LATER_UNCLEAR,
        urgency=task.urgency,
        undecided_until=task.name_owner_by,
        starts_on=task.start_on,
        duration_days=task.duration_days,
        due_on=task.due_on,
        due_at=task.due_at.astimezone(UTC) if task.due_at else None,
        internal_due_at=_evening(task.internal_due_on),
        target_value=quantity.value if quantity else None,
        target_unit=quantity.unit if quantity else "",
        target_op=quantity.op if quantity else "",
        weight=task.weight or 100,
        roles=_roles(stage, task.key),
        milestones=tuple(
            NewMilestone(title=node.title, due_on=node.due_on, share=node.percent * 100)
            for node in stage.story.milestones
            if node.task == task.key
        ),
    )


def _quantity(stage: Stage, task: DemoTask) -> DemoQuantity | None:
    """The target as a figure; of parts that do not divide the whole's figure, only in words."""
    own = task.quantity
    whole = stage.told(task.parent).quantity if task.parent else None
    if own is None or whole is None or own.unit != whole.unit:
        return own
    parts = [
        row.quantity.value
        for row in stage.parts(task.parent or "")
        if row.quantity and row.quantity.unit == whole.unit
    ]
    divides = len(parts) == len(stage.parts(task.parent or "")) and sum(parts) == whole.value
    return own if divides else None


def _evening(day: date | None) -> datetime | None:
    return datetime.combine(day, CLOSE_OF_OFFICE, SHANGHAI).astimezone(UTC) if day else None


def _roles(stage: Stage, key: str) -> Roles:
    roles = Roles()
    for row in stage.story.assignments:
        if row.task != key:
            continue
        if row.role == "supporting_unit" and row.unit:
            roles = replace(roles, supporting=(*roles.supporting, stage.units[row.unit]))
        elif row.role == "lead_unit" and row.unit:
            roles = replace(roles, lead_unit=stage.units[row.unit])
        elif row.role == "lead_leader" and row.post:
            roles = replace(roles, lead_leader=stage.posts[row.post])
        elif row.post:
            roles = replace(roles, owner=stage.posts[row.post])
    return roles


def _nodes(stage: Stage, ids: dict[str, UUID]) -> None:
    rows = Milestone.objects.filter(task__in=list(ids.values()))
    found = {(row.task_id, row.title): row.pk for row in rows}
    for node in stage.story.milestones:
        if node.task in ids:
            stage.nodes[node.key] = found[ids[node.task], node.title]


def link(stage: Stage, actor: Actor, now: datetime, year: int) -> None:
    """What waits for what, in a year's plan."""
    day = now.astimezone(SHANGHAI).date()
    for row in stage.story.dependencies:
        if stage.told(row.task).year == year:
            ledger.add_dependency(
                actor=actor,
                today=day,
                now=now,
                task=stage.tasks[row.task],
                predecessor=stage.tasks[row.predecessor],
                lag_days=row.lag_days,
            )
