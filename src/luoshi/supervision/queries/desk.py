"""The supervision desk: whom to chase, what to check; everything with its days and its mover."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Literal
from uuid import UUID

from django.db.models import DateField, Exists, F, Max, OuterRef, Q, QuerySet, Subquery

from luoshi.domain.access import Actor
from luoshi.domain.workdays import SHANGHAI
from luoshi.ledger.judging import LIGHT_COLUMNS
from luoshi.ledger.models import AskedDay, Milestone, Task
from luoshi.ledger.queries import (
    Row,
    light_of,
    nodes_of,
    rows_of,
    sign_until,
    visible_tasks,
    waiting_blockers,
)
from luoshi.ledger.queries import Waiting as Blocked
from luoshi.org.models import Unit
from luoshi.supervision.queries.waiting import Waiting, waiting

Why = Literal["silent", "overdue", "unsigned", "soon"]
SHOWN = 50
JUDGED = 20_000
AHEAD = timedelta(days=7)
ACTIVE = (Task.State.ASSIGNED, Task.State.SIGNED, Task.State.UNDER_WAY)
COLUMNS = (*LIGHT_COLUMNS, "urgency", "internal_due_at", "number", "plan__year")


@dataclass(frozen=True, slots=True)
class Chase:
    """One item to chase: why, since which day, how many days, and whom.

    `blocked_by` is the unit whose help it waits for; then the move is that unit's.
    """

    why: Why
    row: Row
    day: date
    days: int
    blocked_by: Unit | None = None

    @property
    def task(self) -> Task:
        """The task."""
        return self.row.task


@dataclass(frozen=True, slots=True)
class Found:
    """A task to chase before its row is read."""

    why: Why
    key: UUID
    day: date
    days: int


@dataclass(frozen=True, slots=True)
class Desk:
    """What the desk shows. `counts` are of all that was found, lists are cut at fifty."""

    chase: Sequence[Chase]
    soon: Sequence[Chase]
    waiting: Sequence[Waiting]
    blockers: Sequence[Blocked] = ()
    counts: Mapping[str, int] = field(default_factory=dict)

    @property
    def mine(self) -> Sequence[Waiting]:
        """What waits for the person at the desk."""
        return [item for item in self.waiting if item.mine]

    @property
    def checks(self) -> Sequence[Waiting]:
        """The verification queue of others, and what others are to close after it."""
        return self._others({"verify", "close", "accept"})

    @property
    def requests(self) -> Sequence[Waiting]:
        """Requests for more time that await somebody else's decision."""
        return self._others({"agree", "approve"})

    @property
    def rulings(self) -> Sequence[Waiting]:
        """Items returned twice, which await the ruling of another leader."""
        return self._others({"rule"})

    def _others(self, kinds: set[str]) -> Sequence[Waiting]:
        return [item for item in self.waiting if item.kind in kinds and not item.mine][:SHOWN]


def may_open(actor: Actor) -> bool:
    """Whether the desk is the actor's: who supervises works at it, an auditor reads it."""
    return actor.has("supervise") or "auditor" in actor.roles


def desk(actor: Actor, today: date) -> Desk:
    """The desk of an actor within the tasks in view; a constant number of queries.

    Each task stands in one list, once: silence (到期未报) before overdue, what is not signed for
    before both. A leaf is chased, and a node above only where it has time nodes of its own.
    """
    late = _late(actor, today)
    soon = _soon(actor, today, {found.key for found in late})
    told = _chases(actor, today, [*late[:SHOWN], *soon[:SHOWN]])
    waits = waiting(actor, today)
    stuck = waiting_blockers(actor, today)
    return Desk(
        [told[found.key] for found in late[:SHOWN]],
        [told[found.key] for found in soon[:SHOWN]],
        waits,
        sorted(stuck, key=lambda one: (not one.mine, -one.days))[:SHOWN],
        _counts(late, soon, waits) | {"blockers": len(stuck)},
    )


def chased(actor: Actor, today: date, most: int) -> Sequence[Chase]:
    """What is late, the longest first, as many as asked; a constant number of queries."""
    late = _late(actor, today)[:most]
    told = _chases(actor, today, late)
    return [told[found.key] for found in late]


def _chases(actor: Actor, today: date, shown: Sequence[Found]) -> Mapping[UUID, Chase]:
    """The rows of what was found, with who carries each and whose help it waits for."""
    rows = {row.task.pk: row for row in rows_of(actor, today, [found.key for found in shown])}
    blocking = _blocking(actor, rows)
    return {
        found.key: Chase(
            found.why,
            rows[found.key],
            found.day,
            found.days,
            blocking.get(rows[found.key].task.blocker_needs_id),
        )
        for found in shown
    }


def _counts(
    late: Sequence[Found], soon: Sequence[Found], waits: Sequence[Waiting]
) -> dict[str, int]:
    counts = {why: sum(found.why == why for found in late) for why in ("overdue", "silent")}
    counts |= {"unsigned": sum(found.why == "unsigned" for found in late)}
    counts |= {"late": len(late), "soon": len(soon)}
    counts |= {"checks": sum(item.kind == "verify" for item in waits)}
    return counts | {"requests": sum(item.extension is not None for item in waits)}


def _carried(actor: Actor, today: date) -> QuerySet[Task]:
    """Tasks that somebody carries now: leaves, and what has time nodes of its own."""
    nodes = Milestone.objects.filter(task=OuterRef("pk"))
    asked = AskedDay.objects.filter(task=OuterRef("pk"))
    rows = visible_tasks(actor, today).filter(state__in=ACTIVE)
    return rows.filter(Q(is_leaf=True) | Exists(nodes) | Exists(asked))


def _late(actor: Actor, today: date) -> list[Found]:
    """What is overdue, silent or not signed for, the longest first; two queries.

    The database leaves out what cannot be: nothing due, no node since the last report.
    """
    passed = Milestone.objects.filter(task=OuterRef("pk"), due_on__lte=today).values("task")
    last = passed.annotate(last=Max("due_on")).values("last")
    listed = AskedDay.objects.filter(task=OuterRef("pk"), due_on__lte=today).values("task")
    asked = listed.annotate(last=Max("due_on")).values("last")
    rows = _carried(actor, today).annotate(
        node=Subquery(last, output_field=DateField()),
        asked=Subquery(asked, output_field=DateField()),
    )
    rows = rows.filter(
        Q(due_on__lt=today)
        | Q(internal_due_at__lt=_midnight(today))
        | Q(state=Task.State.ASSIGNED)
        | Q(node__isnull=False, last_report_on__isnull=True)
        | Q(last_report_on__lt=F("node"))
        | Q(asked__isnull=False, last_report_on__isnull=True)
        | Q(last_report_on__lt=F("asked"))
        | Q(due_on__isnull=True, plan__year__lt=today.year)
    ).order_by()
    tasks = list(rows.select_related("plan").only(*COLUMNS)[:JUDGED])
    nodes = nodes_of(rows) if tasks else {}
    found = [_judged(task, today, nodes.get(task.pk, ())) for task in tasks]
    return sorted((f for f in found if f), key=lambda f: (-f.days, str(f.key)))


def _judged(task: Task, today: date, nodes: Sequence[date]) -> Found | None:
    if task.state == Task.State.ASSIGNED:
        by = sign_until(task)
        day = by.date() if by else None
        if day is not None and day < today:
            return Found("unsigned", task.pk, day, (today - day).days)
        return None
    due = working_due(task)
    since = light_of(task, today, nodes).silent_since
    if since is not None:
        return Found("silent", task.pk, since, (today - since).days)
    if due is not None and due < today:
        return Found("overdue", task.pk, due, (today - due).days)
    return None


def working_due(task: Task) -> date | None:
    """The day the unit works to: the office's internal deadline, else the task's own."""
    at = task.internal_due_at
    return at.astimezone(SHANGHAI).date() if at else task.due_on


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), SHANGHAI)


def _soon(actor: Actor, today: date, late: set[UUID]) -> list[Found]:
    """What falls due within a week and is not late already, the nearest first; one query."""
    last = today + AHEAD
    near = Q(internal_due_at__isnull=True, due_on__gte=today, due_on__lte=last) | Q(
        internal_due_at__gte=_midnight(today),
        internal_due_at__lt=_midnight(last + timedelta(days=1)),
    )
    rows = _carried(actor, today).filter(near).only("due_on", "internal_due_at")
    found = [
        Found("soon", task.pk, due, (due - today).days)
        for task in rows.order_by("due_on", "id")[:JUDGED]
        if task.pk not in late and (due := working_due(task)) is not None
    ]
    return sorted(found, key=lambda f: (f.days, str(f.key)))


def _blocking(actor: Actor, rows: Mapping[UUID, Row]) -> Mapping[UUID | None, Unit]:
    """The units whose help blocked items wait for; one query."""
    keys = {row.task.blocker_needs_id for row in rows.values() if row.task.blocker}
    found = Unit.objects.filter(jurisdiction=actor.jurisdiction_id, pk__in=keys - {None})
    return {unit.pk: unit for unit in found}
