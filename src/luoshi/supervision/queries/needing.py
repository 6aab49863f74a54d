"""走访建议: where a leader is needed, read from what stands still; never from where he was not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast
from uuid import UUID

from django.db.models import Max, Q, QuerySet

from luoshi.domain import visiting
from luoshi.domain.access import Actor
from luoshi.domain.base import Sentence, say
from luoshi.domain.pacing import Light
from luoshi.domain.visiting import Kind, Trouble
from luoshi.ledger.models import Assignment, Task
from luoshi.ledger.queries import Waiting, lights_of, visible_tasks, waiting_blockers
from luoshi.org.models import Unit
from luoshi.supervision.models import Order, VisitTie, Watch

MOST = 500
"""Items of one leader that are judged."""
PLACES = 6
"""Places that are suggested; a longer list is not a suggestion."""
ITEMS = 6
"""Items told of one place."""
ACTIVE = (Task.State.ASSIGNED, Task.State.SIGNED, Task.State.UNDER_WAY)


@dataclass(frozen=True, slots=True)
class Need:
    """One item that needs the leader on the spot, and why, in a sentence."""

    task: Task
    trouble: Trouble[UUID]
    why: Sentence
    blocker_id: UUID | None = None

    @property
    def key(self) -> str:
        """How a form names it."""
        return f"blocker:{self.blocker_id}" if self.blocker_id else f"task:{self.task.pk}"


@dataclass(frozen=True, slots=True)
class NeedPlace:
    """A place to go to: what waits there, and how many items beyond those told."""

    unit: Unit
    needs: Sequence[Need]
    more: int = 0


def needs(actor: Actor, today: date) -> Sequence[NeedPlace]:
    """Where the leader is needed, the most needed place first; ten queries, whatever there is.

    `actor`: the leader, or the leader as the access law sees him. His are the items that his posts
    lead (or whose line they answer for), those he watches or asked for, and those that wait for
    him. Of these: what waits for him, is blocked, red, silent, not started; no place without such.
    """
    posts = [post.post_id for post in actor.posts if post.role == "leader"]
    if not posts:
        return ()
    stuck: dict[UUID, Waiting] = {}
    for one in waiting_blockers(actor, today):
        known = stuck.get(one.row.task_id)
        if known is None or (_asks(one) and not _asks(known)):
            stuck[one.row.task_id] = one
    asked = [key for key, one in stuck.items() if _asks(one)]
    tasks = list(_his(actor, today, posts, asked)[:MOST])
    lights = lights_of(tasks, today)
    last = _last_visits(actor, posts, tasks)
    found = [
        need
        for task in tasks
        if (need := _need(task, lights[task.pk], stuck.get(task.pk), last.get(task.pk), today))
    ]
    order = visiting.places([one.trouble for one in found], today, PLACES)
    units = {task.unit_id: task.unit for task in tasks}
    return [_place(units[key], found, today) for key in order]


def _place(unit: Unit, found: Sequence[Need], today: date) -> NeedPlace:
    there = [
        one
        for one in found
        if one.trouble.place == unit.pk and visiting.needs_visit(one.trouble, today)
    ]
    there.sort(key=lambda one: visiting.rank(one.trouble))
    return NeedPlace(unit, there[:ITEMS], max(0, len(there) - ITEMS))


def _asks(one: Waiting) -> bool:
    """Whether a blocker waits for the person who looks."""
    return one.mine and one.side == "needed"


def _his(actor: Actor, today: date, posts: Sequence[UUID], asked: Sequence[UUID]) -> QuerySet[Task]:
    """Open leaves that he leads, answers for by line, asked for, watches, or is waited for at."""
    led = Assignment.objects.filter(
        jurisdiction=actor.jurisdiction_id, role=Assignment.Role.LEAD_LEADER, to_on__isnull=True
    )
    watched = Watch.objects.filter(
        jurisdiction=actor.jurisdiction_id, post__in=posts, ended_on__isnull=True
    )
    by_line = Q(line__leader_post__in=posts) & ~Q(pk__in=led.values("task"))
    mine = Q(pk__in=led.filter(post__in=posts).values("task")) | by_line
    rows = visible_tasks(actor, today).filter(state__in=ACTIVE)
    told = Order.objects.filter(
        jurisdiction=actor.jurisdiction_id, result="", archived_on__isnull=True
    )
    asked_for = Q(pk__in=told.filter(asked_by_id=actor.person_id).values("task"))
    asked_for |= Q(source_kind=Task.Source.INSTRUCTION, assigned_by_id=actor.person_id)
    rows = rows.filter(
        (mine & Q(is_leaf=True))
        | (asked_for & Q(is_leaf=True))
        | Q(pk__in=watched.values("task"))
        | Q(pk__in=list(asked))
    )
    return rows.select_related("plan", "unit").order_by("due_on", "id")


def _last_visits(actor: Actor, posts: Sequence[UUID], tasks: Sequence[Task]) -> Mapping[UUID, date]:
    rows = VisitTie.objects.filter(
        jurisdiction=actor.jurisdiction_id,
        visit__post__in=posts,
        task__in=[task.pk for task in tasks],
    )
    return dict(rows.values("task").annotate(on=Max("visit__visited_on")).values_list("task", "on"))


def _need(
    task: Task, light: Light, stuck: Waiting | None, visited: date | None, today: date
) -> Need | None:
    if stuck is not None:
        text = stuck.row.needs or stuck.row.text
        if _asks(stuck):
            why = say("visiting.need.asked", days=stuck.age, text=text)
        else:
            why = say("visiting.need.blocked", whose=stuck.whose, days=stuck.age, text=text)
        kind: Kind = "asked" if _asks(stuck) else "blocked"
        return Need(task, Trouble(kind, task.unit_id, stuck.age, visited), why, stuck.row.pk)
    since = light.silent_since
    if light.word == "silent" and since is not None:
        days = (today - since).days
        why = say("visiting.need.silent", days=days, why=light.arithmetic)
        return Need(task, Trouble("silent", task.unit_id, days, visited), why)
    if light.word not in {"late", "not_started"}:
        return None
    from_on = task.due_on if light.word == "late" else task.starts_on
    days = max(0, (today - from_on).days) if from_on else 0
    trouble = Trouble(cast("Kind", light.word), task.unit_id, days, visited)
    if light.word == "late":
        return Need(task, trouble, say("visiting.need.late", why=light.arithmetic))
    return Need(task, trouble, say("visiting.need.not_started", why=light.arithmetic))
