"""Where an order stands, of a row and as a condition on rows; asks no database."""

from __future__ import annotations

from django.db.models import Q

from luoshi.domain import orders as law
from luoshi.domain.orders import Stage
from luoshi.ledger.models import Task
from luoshi.supervision.models import Order


def stage_of(order: Order) -> Stage:
    """Where an order stands; its task is loaded."""
    return law.stage_of(
        order.task.state,
        concluded=bool(order.result),
        archived=order.archived_on is not None,
    )


def at_stage(stage: str) -> Q:
    """Orders at a stage, or `open`: those in which somebody still owes a move."""
    if stage == Stage.ARCHIVED:
        return Q(archived_on__isnull=False)
    if stage == Stage.CONCLUDED:
        return Q(archived_on__isnull=True) & ~Q(result="")
    ongoing = Q(archived_on__isnull=True, result="")
    if stage == "open":
        return ongoing & ~Q(task__state=Task.State.CANCELLED)
    return ongoing & Q(task__state__in=law.STATES[Stage(stage)])
