"""What a unit or a post still carries, as the organisation asks before it ends one."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q, QuerySet

from luoshi.domain.access import Actor
from luoshi.domain.base import Sentence, say
from luoshi.domain.closing import ENDED
from luoshi.ledger.judging import CLOSED
from luoshi.ledger.models import Assignment
from luoshi.org.registry import carries


def carried_of(
    actor: Actor, units: Collection[UUID], posts: Collection[UUID]
) -> QuerySet[Assignment]:
    """Assignments of open items that hold now for units or posts, in the order of the ledger."""
    return _open(units, posts).filter(jurisdiction=actor.jurisdiction_id)


def _open(units: Collection[UUID], posts: Collection[UUID]) -> QuerySet[Assignment]:
    over = [*CLOSED, *(state.value for state in ENDED)]
    return (
        Assignment.objects.filter(Q(unit__in=units) | Q(post__in=posts), to_on__isnull=True)
        .exclude(task__state__in=over)
        .select_related("task__plan", "task__line")
        .order_by("task__due_on", "task__tree", "id")
    )


@carries("ledger")
def _still_carried(units: Collection[UUID], posts: Collection[UUID]) -> Sentence | None:
    rows = _open(units, posts)
    first = rows.first()
    if first is None:
        return None
    return say("ledger.still_carried", n=rows.count(), title=first.task.title[:40])
