"""What just arrived: whom a name means, today's and this week's items, temporary work by unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Count, Q

from luoshi.domain.access import Actor
from luoshi.domain.base import Sentence
from luoshi.domain.intake import Holder, Place, Roster, say_due
from luoshi.domain.workdays import SHANGHAI
from luoshi.ledger.models import Task
from luoshi.ledger.planfacts import UNPLANNED
from luoshi.ledger.queries import Row, rows_of, visible_tasks
from luoshi.org.models import Post, Term, Unit, subtree
from luoshi.org.queries import holds
from luoshi.supervision.models import Intake

SHOWN = 60
CARRIERS = (Unit.Kind.SYSTEM, Unit.Kind.COUNTY, Unit.Kind.COUNTY_OFFICE)


def may_see_intake(actor: Actor) -> bool:
    """The page is the office's and the leaders'; an auditor reads it."""
    return actor.has("assign") or "auditor" in actor.roles


def roster_of(actor: Actor, today: date, town: Unit) -> Roster:
    """Units of a town that may carry, and everybody who holds a post there today; two queries.

    Who leads a unit stands before its other people, the holder before those who stand in.
    """
    mine = {"jurisdiction": actor.jurisdiction_id}
    units = Unit.objects.filter(holds(today), **mine, **subtree(town.path)).exclude(
        kind__in=CARRIERS
    )
    places = list(units.order_by("path"))
    terms = (
        Term.objects.filter(holds(today), holds(today, "post__"), **mine, post__unit__in=places)
        .select_related("person", "post")
        .order_by("post__unit__path", "post__position", "id")
    )
    return Roster(
        [Place(unit.pk, unit.name, unit.short_name) for unit in places],
        [
            Holder(
                term.person_id,
                term.person.name,
                term.post.unit_id,
                term.post_id,
                term.post.title,
                term.post.role in (Post.Role.UNIT_HEAD, Post.Role.LEADER, Post.Role.TOWN_OFFICE),
            )
            for term in terms
        ],
    )


def names_of(actor: Actor, roster: Roster) -> list[str]:
    """What a field offers to be chosen by name: units, then everybody with the unit before it."""
    del actor
    units = {place.id: place.short_name for place in roster.places}
    people = [f"{units[one.unit_id]} {one.name}" for one in roster.holders if one.unit_id in units]
    return [*units.values(), *dict.fromkeys(people)]


def leaders_among(actor: Actor, today: date, town: Unit) -> set[UUID]:
    """The leaders' posts of a town that hold today; one query."""
    rows = Post.objects.filter(
        holds(today), jurisdiction=actor.jurisdiction_id, unit=town, role=Post.Role.LEADER
    )
    return set(rows.values_list("pk", flat=True))


def askers(actor: Actor, today: date) -> Sequence[str]:
    """Who asked for something in the last ninety days, the most frequent first; one query."""
    since = datetime.combine(today - timedelta(days=90), time(), SHANGHAI)
    rows = Intake.objects.filter(
        jurisdiction=actor.jurisdiction_id,
        entered_at__gte=since,
        task__in=visible_tasks(actor, today).order_by().values("pk"),
    )
    told = rows.values("asked_by").annotate(n=Count("pk")).order_by("-n", "asked_by")
    return [one["asked_by"] for one in told[:40]]


@dataclass(frozen=True, slots=True)
class Arrived:
    """One item that arrived: its row, its envelope (None: entered elsewhere), today or before."""

    row: Row
    intake: Intake | None
    at: datetime
    is_today: bool
    due: Sentence | None

    @property
    def task(self) -> Task:
        """The task."""
        return self.row.task


@dataclass(frozen=True, slots=True)
class Arrivals:
    """Arrivals of the week, newest first; lists are cut, counts are of all."""

    today: Sequence[Arrived]
    earlier: Sequence[Arrived]
    n_today: int
    n_week: int


def arrivals(actor: Actor, today: date) -> Arrivals:
    """What was handed out since Monday and is not of the year's plan; a constant number of queries.

    Intake's own items, papers, decisions, requests: whatever has another source than 年度重点.
    """
    monday = datetime.combine(today - timedelta(days=today.weekday()), time(), SHANGHAI)
    midnight = datetime.combine(today, time(), SHANGHAI)
    rows = visible_tasks(actor, today).filter(assigned_at__gte=monday)
    rows = rows.filter(~Q(source_kind=Task.Source.ANNUAL) | Q(plan__isnull=True))
    told = rows.order_by("-assigned_at", "-id").values_list("pk", "assigned_at")
    newest, n_week = list(told[:SHOWN]), rows.count()
    shown = {row.task.pk: row for row in rows_of(actor, today, [key for key, _at in newest])}
    kept = {one.task_id: one for one in Intake.objects.filter(task__in=list(shown))}
    found = [
        Arrived(row, kept.get(key), at, at >= midnight, _due(row.task, today))
        for key, at in newest
        if at is not None and (row := shown.get(key)) is not None
    ]
    return Arrivals(
        [one for one in found if one.is_today],
        [one for one in found if not one.is_today],
        rows.filter(assigned_at__gte=midnight).count(),
        n_week,
    )


def _due(task: Task, today: date) -> Sentence | None:
    """The hour where one decides; None where only the day counts."""
    at = task.due_at or task.internal_due_at
    return say_due(at, today) if at else None


@dataclass(frozen=True, slots=True)
class Temporary:
    """How much of a unit's work of the year nobody had planned; `share` in whole percent."""

    unit: Unit
    total: int
    temporary: int

    @property
    def share(self) -> int:
        """Of all the unit's items, rounded half up."""
        return (200 * self.temporary + self.total) // (2 * self.total) if self.total else 0


def temporary_share(actor: Actor, today: date) -> Sequence[Temporary]:
    """Items of the year by lead unit, and how many are temporary or came on paper; two queries.

    Temporary is what never enters plan findings: outside every plan, 临时性 or 上级来文. Leaves
    only; what is still a draft or was cancelled is not work.
    """
    first = datetime(today.year, 1, 1, tzinfo=SHANGHAI)
    rows = visible_tasks(actor, today).filter(is_leaf=True)
    rows = rows.exclude(state__in=(Task.State.DRAFT, Task.State.CANCELLED))
    rows = rows.filter(Q(plan__year=today.year) | Q(plan__isnull=True, assigned_at__gte=first))
    beside = Q(plan__isnull=True) | Q(source_kind__in=UNPLANNED)
    told = rows.order_by().values("unit").annotate(n=Count("pk"), t=Count("pk", filter=beside))
    counts = {one["unit"]: (one["n"], one["t"]) for one in told}
    units = Unit.objects.filter(jurisdiction=actor.jurisdiction_id, pk__in=list(counts))
    found = [Temporary(unit, *counts[unit.pk]) for unit in units.order_by("path")]
    return sorted(found, key=lambda one: (-one.temporary, one.unit.path))
