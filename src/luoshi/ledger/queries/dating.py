"""A person's own dates: nodes and deadlines of what the posts held today carry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from luoshi.domain.access import Actor
from luoshi.ledger.judging import CLOSED, OVER
from luoshi.ledger.models import Milestone, Task
from luoshi.ledger.queries.listing import carried_by
from luoshi.ledger.queries.scope import visible_tasks

BACK, MOST = timedelta(days=60), 1_000


@dataclass(frozen=True, slots=True)
class OwnDate:
    """One date of one item: its deadline (`what` is empty) or a node of it, by name."""

    key: UUID
    on: date
    task: Task
    what: str


def own_dates(actor: Actor, today: date) -> Sequence[OwnDate]:
    """Deadlines and open nodes of open items that the actor carries; two queries, scope first.

    As owner, lead leader, or head of the lead or a supporting unit; from 60 days ago on, the next
    first, at most 1,000. Whoever holds no post has none.
    """
    if not actor.posts:
        return []
    mine = visible_tasks(actor, today).filter(pk__in=carried_by(actor).values("task"))
    rows = mine.exclude(state__in=[*OVER, *CLOSED, "draft", "registered"]).select_related("unit")
    tasks = {task.pk: task for task in rows.order_by("due_on", "tree", "id")[:MOST]}
    since = today - BACK
    found = [
        OwnDate(task.pk, task.due_on, task, "")
        for task in tasks.values()
        if task.due_on and task.due_on >= since
    ]
    nodes = Milestone.objects.filter(task__in=tasks, done_on__isnull=True, due_on__gte=since)
    found += [OwnDate(node.pk, node.due_on, tasks[node.task_id], node.title) for node in nodes]
    return sorted(found, key=lambda one: (one.on, one.task.tree, one.what))[:MOST]
