"""Which tasks an actor may see: the units in view, and what the own posts and units carry."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from uuid import UUID

from django.db.models import Q, QuerySet

from luoshi.domain.access import Actor
from luoshi.files.registry import readable
from luoshi.ledger.models import Assignment, ProgressReport, Task
from luoshi.org import queries as org

Opener = Callable[[Actor], Q | None]
OPENERS: list[Opener] = []


def opens(function: Opener) -> Opener:
    """Register what a room downstream opens to an actor beyond the own units, for a time.

    The answer is a condition on tasks, or None for actors whom it does not concern.
    """
    OPENERS.append(function)
    return function


def visible_tasks(actor: Actor, today: date) -> QuerySet[Task]:
    """Tasks whose unit is in the actor's view, or which the actor's posts or units carry.

    A supporting unit (配合单位) sees the item it supports, and nothing else of the lead unit.
    """
    return _visible(actor, today).all()


@lru_cache(maxsize=256)
def _visible(actor: Actor, today: date) -> QuerySet[Task]:
    """The question alone, never an answer: it follows from the posts held and the day.

    Every request asks it several times, and to put it together costs more than to answer it.
    Rights still end at once: whoever loses a post is another actor, with another question.
    """
    rows = Task.objects.filter(jurisdiction=actor.jurisdiction_id)
    if actor.is_system:
        return rows
    carried = Assignment.objects.filter(
        Q(post__in=list(actor.post_ids)) | Q(unit__in=list(actor.unit_ids)),
        jurisdiction=actor.jurisdiction_id,
        to_on__isnull=True,
    )
    seen = Q(unit__in=org.visible_unit_ids(actor, today)) | Q(pk__in=carried.values("task"))
    for opened in OPENERS:
        seen |= opened(actor) or Q()
    return rows.filter(seen)


def task_for(actor: Actor, today: date, task_id: UUID) -> Task | None:
    """One task that the actor may see, with what its page names; None otherwise."""
    rows = visible_tasks(actor, today).select_related(
        "unit", "plan__unit", "line__leader_post", "goal", "table_row__table"
    )
    return next(iter(rows.filter(pk=task_id)[:1]), None)  # a key needs no order, as first() gives


@readable("ledger.task")
def _may_read_task(actor: Actor, today: date, task_id: UUID) -> bool:
    return visible_tasks(actor, today).filter(pk=task_id).exists()


@readable("ledger.progressreport")
def _may_read_report(actor: Actor, today: date, report_id: UUID) -> bool:
    tasks = visible_tasks(actor, today).values("pk")
    return ProgressReport.objects.filter(pk=report_id, task__in=tasks).exists()
