"""What the ledger asks of people in a period: signatures, reports at nodes and due dates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from luoshi.burden.queries import Asked, requested_tasks
from luoshi.domain.access import Actor
from luoshi.domain.base import Period
from luoshi.domain.workdays import SHANGHAI
from luoshi.ledger.judging import NOT_HANDED, STOPPED
from luoshi.ledger.models import Assignment, Blocker, Milestone, Task
from luoshi.org.models import Unit, subtree

COLUMNS = (
    "unit", "state", "state_since", "assigned_at", "done_on", "closed_on", "due_on", "is_leaf",
    "target_value",
)  # fmt: skip


def asked(actor: Actor, place: Unit, period: Period) -> Sequence[Asked]:
    """What is asked of the posts and units of a place in a period; six queries.

    A report at each node and at the due date of what is handed out and not done by then, once a
    day and item; of the owner, else of the lead unit's head. One signature for each hand-over.
    Between nodes nothing is asked. Where there is a target, the percent is asked beside the value.
    The caller shows of other people's sums at most.
    """
    tasks = Task.objects.filter(
        jurisdiction=actor.jurisdiction_id,
        **{f"unit__{name}": value for name, value in subtree(place.path).items()},
    ).exclude(state__in=[*NOT_HANDED, Task.State.CANCELLED])
    tasks = tasks.exclude(pk__in=requested_tasks(actor))  # their form is counted as a reply
    days = sorted({*_nodes(tasks, period), *_dues(tasks, period)})
    first, after = _instant(period.start), _instant(period.end + timedelta(days=1))
    handed = tasks.filter(assigned_at__gte=first, assigned_at__lt=after).only(*COLUMNS)
    rows = {task.pk: task for task in handed}
    reports = {
        task.pk: task
        for task in tasks.filter(pk__in={key for _, key in days} - set(rows)).only(*COLUMNS)
    } | rows
    owners = _owners(reports)
    found = [
        _asked("ledger.report", on, reports[key], owners, _fields(reports[key]))
        for on, key in days
        if _was_open(reports[key], on)
    ]
    for task in rows.values():
        assert task.assigned_at is not None
        on = task.assigned_at.astimezone(SHANGHAI).date()
        found.append(_asked("ledger.sign_for", on, task, {}, (1, 0)))
    return [*found, *_blockers(actor, place, period)]


def _blockers(actor: Actor, place: Unit, period: Period) -> Iterator[Asked]:
    """An answer for each blocker raised in the period, of the unit or post that it names."""
    rows = Blocker.objects.filter(
        jurisdiction=actor.jurisdiction_id, raised_on__range=(period.start, period.end)
    ).exclude(needs_unit__isnull=True, needs_post__isnull=True)
    named = rows.values_list("raised_on", "needs_unit", "needs_post", "needs_post__unit")
    below = set(
        Unit.objects.filter(jurisdiction=actor.jurisdiction_id, **subtree(place.path)).values_list(
            "pk", flat=True
        )
    )
    for on, unit, post, of_post in named:
        whose = unit or of_post
        if whose in below:
            yield Asked("ledger.blocker", on.replace(day=1), whose, 2, post_id=post)


def _instant(day: date) -> datetime:
    return datetime.combine(day, time(), SHANGHAI)


def _nodes(tasks: QuerySet[Task], period: Period) -> Iterator[tuple[date, UUID]]:
    rows = Milestone.objects.filter(
        task__in=tasks.order_by().values("pk"), due_on__range=(period.start, period.end)
    )
    yield from rows.values_list("due_on", "task")


def _dues(tasks: QuerySet[Task], period: Period) -> Iterator[tuple[date, UUID]]:
    nodes = Milestone.objects.filter(task=OuterRef("pk"))
    rows = tasks.filter(due_on__range=(period.start, period.end))
    for on, key in rows.filter(Q(is_leaf=True) | Exists(nodes)).values_list("due_on", "pk"):
        assert on is not None
        yield on, key


def _was_open(task: Task, on: date) -> bool:
    """Handed out by the day, and neither done, closed nor put off before it."""
    handed = task.assigned_at.astimezone(SHANGHAI).date() if task.assigned_at else on
    ended = [day for day in (task.done_on, task.closed_on) if day is not None]
    if task.state in STOPPED:
        ended.append(task.state_since)
    return handed <= on and all(on <= day for day in ended)


def _owners(tasks: Mapping[UUID, Task]) -> Mapping[UUID, UUID]:
    rows = Assignment.objects.filter(task__in=tasks, role="owner", to_on__isnull=True)
    return {task: post for task, post in rows.values_list("task", "post") if post is not None}


def _fields(task: Task) -> tuple[int, int]:
    """How many fields a report asks for, and how many of them the ledger knows."""
    if not task.is_leaf:
        return 1, 0
    return (3, 1) if task.target_value is not None else (2, 0)


def _asked(
    form: str, on: date, task: Task, owners: Mapping[UUID, UUID], fields: tuple[int, int]
) -> Asked:
    return Asked(
        form=form,
        month=on.replace(day=1),
        unit_id=task.unit_id,
        fields=fields[0],
        repeated=fields[1],
        post_id=owners.get(task.pk),
    )
