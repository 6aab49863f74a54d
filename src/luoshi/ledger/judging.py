"""The light of a task: facts of rows handed to the pacing law; nothing is judged here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import F, Q, QuerySet

from luoshi.domain import pacing
from luoshi.domain.base import Period, say
from luoshi.domain.closing import Urgency, sign_by
from luoshi.domain.pacing import Light
from luoshi.domain.workdays import SHANGHAI
from luoshi.ledger.models import AskedDay, Milestone, Task
from luoshi.ledger.tree import stored
from luoshi.office.china_calendar import china_calendar

NOT_HANDED = frozenset({Task.State.DRAFT.value, Task.State.REGISTERED.value})
SAID_DONE = frozenset(
    {Task.State.REPORTED_DONE.value, Task.State.VERIFIED.value, Task.State.SUBMITTED.value}
)
CHECKED = frozenset({Task.State.VERIFIED.value, Task.State.SUBMITTED.value})
CLOSED = frozenset(
    {Task.State.COMPLETED.value, Task.State.CLEARED.value, Task.State.ARCHIVED.value}
)
STOPPED = frozenset({Task.State.SUSPENDED.value, Task.State.CANCELLED.value})
ABOVE = frozenset(
    {Task.Source.COUNTY.value, Task.Source.PAPER.value, Task.Source.RECTIFICATION.value}
)
"""Sources whose result a superior recognises (已报请、待上级认定)."""
OVER = SAID_DONE | CLOSED | STOPPED
"""States in which nobody owes a report."""
LIGHT_COLUMNS = (
    "plan", "state", "is_leaf", "progress", "weight_sum", "done_sum", "missing_sum", "starts_on",
    "due_on", "last_report_on", "started_on", "done_on", "closed_on", "assigned_at", "state_since",
)  # fmt: skip
"""All that a light needs of a task's row."""


def share_of(task: Task) -> int | None:
    """How far a task is in basis points: a leaf as it said, a node from its leaves; None: 待补."""
    return task.progress if task.is_leaf else stored(task).share


def period_of(task: Task) -> Period:
    """From the planned start (else the plan's year, else the hand-over) to the due date.

    Without a due date the work lasts to the end of the year: 全年性 and 常态化.
    """
    handed = task.assigned_at.astimezone(SHANGHAI).date() if task.assigned_at else task.state_since
    year = task.plan.year if task.plan else handed.year
    start = task.starts_on or (date(year, 1, 1) if task.plan else handed)
    end = task.due_on or date(max(year, start.year), 12, 31)
    return Period(min(start, end), end)


def facts_of(task: Task, nodes: Sequence[date] = ()) -> pacing.Facts:
    """What the pacing law must know of a task."""
    share = share_of(task)
    return pacing.Facts(
        period=period_of(task),
        actual=None if share is None else Decimal(share) / 100,
        reported_on=task.last_report_on,
        nodes=tuple(nodes),
        start_by=task.starts_on,
        started_on=task.started_on or task.last_report_on,
        reported_done_on=task.done_on if task.state in SAID_DONE else None,
        closed_on=(task.closed_on or task.state_since) if task.state in CLOSED else None,
    )


def light_of(task: Task, on: date, nodes: Sequence[date] = ()) -> Light:
    """The light of a task on a day; what is not handed over, put off or called off has none."""
    if task.state in NOT_HANDED:
        return Light("none", say("ledger.light.not_handed"))
    if task.state == Task.State.SUSPENDED:
        return Light("none", say("ledger.light.suspended", on=task.state_since))
    if task.state == Task.State.CANCELLED:
        return Light("none", say("ledger.light.cancelled", on=task.state_since))
    if task.state in CHECKED:
        verified = task.state == Task.State.VERIFIED
        return Light(
            "ok",
            say(
                "ledger.light.verified" if verified else "ledger.light.submitted",
                on=task.state_since,
            ),
        )
    return pacing.light(facts_of(task, nodes), on)


def judgement(task: Task, on: date, nodes: Sequence[date] = ()) -> tuple[pacing.Word, date]:
    """The word of the light on a day, and the last day on which it holds if nobody acts."""
    if task.state in NOT_HANDED | STOPPED:
        return "none", pacing.FOR_EVER
    return pacing.lasting(facts_of(task, nodes), on)


def nodes_of(tasks: Iterable[UUID] | QuerySet[Task]) -> Mapping[UUID, Sequence[date]]:
    """The days on which tasks owe word: their milestones, and lines of weekly lists; one query."""
    found: dict[UUID, list[date]] = {}
    ids = tasks.values("pk") if isinstance(tasks, QuerySet) else list(tasks)
    rows = Milestone.objects.filter(task__in=ids).order_by().values_list("task_id", "due_on")
    asked = AskedDay.objects.filter(task__in=ids).order_by().values_list("task_id", "due_on")
    for task_id, day in rows.union(asked).order_by("due_on"):
        found.setdefault(task_id, []).append(day)
    return found


def lights_of(tasks: Sequence[Task], on: date) -> Mapping[UUID, Light]:
    """The lights of several tasks (with `plan` loaded); one query for their nodes."""
    nodes = nodes_of([task.pk for task in tasks])
    return {task.pk: light_of(task, on, nodes.get(task.pk, ())) for task in tasks}


def expected_of(year: int, today: date) -> int:
    """What a year's work should have reached by today in basis points, month by month."""
    return int(pacing.expected(pacing.LINEAR, Period.year(year), today) * 100)


def passed_of(year: int, today: date) -> int:
    """The share of a year's days that have passed, in basis points: what a calendar shows."""
    return int(pacing.expected(pacing.Profile("days"), Period.year(year), today) * 100)


def sign_until(task: Task) -> datetime | None:
    """The last instant to sign for an assigned task, by its urgency; None where not assigned."""
    if task.assigned_at is None:
        return None
    at = task.assigned_at.astimezone(SHANGHAI)
    return sign_by(Urgency(task.urgency), at, china_calendar().add)


def delivered(today: date, *, kept: bool) -> Q:
    """Items first due before today; kept: done by that day, and verified by somebody else."""
    first = Q(due_moves=0, due_on__lt=today) | Q(due_moves__gt=0, first_due_on__lt=today)
    due = first & ~Q(state__in=[*NOT_HANDED, Task.State.CANCELLED])
    if not kept:
        return due
    in_time = Q(due_moves=0, done_on__lte=F("due_on")) | Q(
        due_moves__gt=0, done_on__lte=F("first_due_on")
    )
    verified = [*CLOSED, Task.State.VERIFIED, Task.State.SUBMITTED]
    return due & in_time & Q(state__in=verified)
