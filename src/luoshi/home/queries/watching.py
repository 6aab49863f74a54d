"""盯办清单: the few items that a leader holds himself, each with its next action and day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from django.db.models import Q

from luoshi.domain.access import Actor
from luoshi.domain.base import Sentence, say
from luoshi.domain.pacing import Light
from luoshi.ledger import queries as ledger
from luoshi.ledger.judging import CLOSED, NOT_HANDED, STOPPED
from luoshi.ledger.models import Task
from luoshi.ledger.queries import Carriers, carriers_of, lights_of, visible_tasks
from luoshi.org.queries import as_person
from luoshi.supervision import queries as supervision
from luoshi.supervision.models import Visit, Watch
from luoshi.supervision.queries import LeaderPost, NeedPlace, VisitRow

MOST = 15
"""Lines of the list; a leader holds few things or none."""
LATEST = 3
"""Visits shown under the list; the register has the others."""

Kind = Literal["watch", "blocker", "promise", "instruction"]


@dataclass(frozen=True, slots=True)
class Held:
    """One line: why it is his, the next action (`step` as typed, else a sentence), its day."""

    kind: Kind
    task: Task
    on: date | None
    next: Sentence | None = None
    step: str = ""
    light: Light | None = None
    blocker_id: UUID | None = None

    def late(self, today: date) -> int:
        """Days past its day; 0 where it is not late."""
        return max(0, (today - self.on).days) if self.on else 0


@dataclass(frozen=True, slots=True)
class WatchPage:
    """All that the page shows; `more`: lines beyond those shown."""

    leader: LeaderPost
    own: bool
    held: Sequence[tuple[Held, int]]
    more: int
    places: Sequence[NeedPlace]
    visits: Sequence[VisitRow]
    told: Sentence | None


def watch_page(actor: Actor, today: date, leader: LeaderPost) -> WatchPage:
    """A leader's own list, where he is needed, where he was; at most thirty queries.

    What he watches by hand, what waits for his answer, what he promised, and what he asked for
    (批示或口头交办, also by 督办单) and has no answer to; an item once, the nearest day first.
    `leader` is one that `supervision.leader_posts` gave: the actor's own, or typed for.
    """
    own = leader.post.pk in actor.post_ids
    eyes = actor if own else as_person(actor, leader.person, today) if leader.person else actor
    posts = [post.post_id for post in eyes.posts if post.role == "leader"] if own else []
    posts = posts or [leader.post.pk]
    lines = _held(eyes, today, posts, leader)
    recent = Visit.objects.filter(jurisdiction=actor.jurisdiction_id, post__in=posts)
    recent = recent.select_related("post", "unit").order_by("-visited_on", "-noted_at", "-id")
    return WatchPage(
        leader,
        own,
        [(one, one.late(today)) for one in lines[:MOST]],
        max(0, len(lines) - MOST),
        supervision.needs(eyes, today) if own or leader.person else (),
        supervision.told(actor, recent[:LATEST]),
        supervision.figure(actor, posts, today.year) if own else None,
    )


def _held(eyes: Actor, today: date, posts: Sequence[UUID], leader: LeaderPost) -> list[Held]:
    watches = supervision.watches_of(eyes, posts)
    asked = [
        one
        for one in (ledger.asked_of(eyes, today) if leader.person else ())
        if one.side == "needed"
    ]
    given = _given(eyes, today, leader)
    keys = [row.task_id for row in watches] + [task.pk for task in given]
    people = carriers_of(eyes, today, keys)
    lights = lights_of([row.task for row in watches], today)
    found = [_watched(row, lights) for row in watches]
    found += [_blocker(one) for one in asked]
    found += [_answer(task, people.get(task.pk, Carriers()), today) for task in given]
    once: dict[UUID, Held] = {}
    for one in found:
        once.setdefault(one.task.pk, one)
    return sorted(once.values(), key=lambda one: (one.on or date.max, one.task.number))


def _given(eyes: Actor, today: date, leader: LeaderPost) -> list[Task]:
    """What the leader asked for in his own name and is not over: promises, 批示, 督办单."""
    if leader.person is None:
        return []
    who = leader.person.pk
    rows = visible_tasks(eyes, today).exclude(state__in=NOT_HANDED | CLOSED | STOPPED)
    rows = rows.filter(
        Q(source_kind=Task.Source.INSTRUCTION, assigned_by_id=who)
        | Q(orders__asked_by_id=who, orders__result="", orders__archived_on__isnull=True)
    ).distinct()
    rows = rows.select_related("unit", "plan").prefetch_related("promised_in")
    return list(rows.order_by("due_on", "id")[:60])


def _watched(row: Watch, lights: Mapping[UUID, Light]) -> Held:
    return Held("watch", row.task, row.step_on, step=row.step, light=lights.get(row.task_id))


def _blocker(one: ledger.Waiting) -> Held:
    row = one.row
    needs = row.needs or row.text
    if row.state == row.State.PROMISED:
        told, on = say("watching.next.promised", needs=needs), row.promised_for
    else:
        told, on = say("watching.next.blocker", needs=needs), row.wanted_by or row.raised_on
    return Held("blocker", row.task, on, next=told, blocker_id=row.pk)


def _answer(task: Task, carriers: Carriers, today: date) -> Held:
    unit = carriers.lead_unit or task.unit
    who = f"{unit.short_name}{carriers.person.name if carriers.person else ''}"
    kind: Kind = "promise" if task.promised_in.all() else "instruction"
    words: Mapping[str, Sentence] = {
        Task.State.ASSIGNED: say("watching.next.assigned", who=who),
        Task.State.DISPUTED: say("watching.next.disputed"),
        Task.State.REPORTED_DONE: say("watching.next.done", who=who),
        Task.State.VERIFIED: say("watching.next.verified"),
        Task.State.SUBMITTED: say("watching.next.verified"),
    }
    late = task.due_on is not None and task.due_on < today
    going = say("watching.next.late", who=who) if late else say("watching.next.under_way", who=who)
    return Held(kind, task, task.due_on, next=words.get(task.state, going))
