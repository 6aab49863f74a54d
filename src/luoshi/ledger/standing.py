"""Lights as they are stored: the database answers for those that hold, the law for the rest.

A stored light holds from the day it was judged to `light_until`. Writing forgets it (`rows`), the
worker judges what is forgotten or has run out; a read in between judges it and stores nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast
from uuid import UUID

from django.db.models import Q, QuerySet

from luoshi.domain.pacing import Word
from luoshi.ledger.judging import judgement, light_of, nodes_of
from luoshi.ledger.models import Task

FACTS = (
    "pk", "plan__year", "state", "is_leaf", "progress", "weight_sum", "done_sum", "missing_sum",
    "starts_on", "due_on", "last_report_on", "started_on", "done_on", "closed_on", "assigned_at",
    "state_since",
)  # fmt: skip
"""All that a light needs of a task."""


def holds(today: date) -> Q:
    """Tasks whose stored light is right on the day."""
    return Q(judged_on__lte=today, light_until__gte=today)


def holds_on(task: Task, today: date) -> bool:
    """The same of a row already read: its stored word may be shown as it is."""
    judged, until = task.judged_on, task.light_until
    return judged is not None and until is not None and judged <= today <= until


def waits(today: date) -> Q:
    """Tasks whose light must be judged before it can be read on the day."""
    return runs_out(today) | Q(judged_on__gt=today)


def runs_out(today: date) -> Q:
    """Tasks whose stored light is forgotten or has run out: what the worker asks every few seconds.

    Both halves stand in the index of `light_until`. A light judged on a later day (a clock set
    back) is left: readers judge it themselves, and it holds again when its day comes.
    """
    return Q(light_until__isnull=True) | Q(light_until__lt=today)


def words_of(rows: QuerySet[Task], today: date) -> Mapping[UUID, Word]:
    """The words of the rows, judged now; two queries and a few microseconds a row."""
    return {task.pk: light_of(cast("Task", task), today, nodes).word for task, nodes in _seen(rows)}


def judgements_of(rows: QuerySet[Task], today: date) -> Mapping[UUID, tuple[Word, date]]:
    """The words of the rows, and until when each holds."""
    return {task.pk: judgement(cast("Task", task), today, nodes) for task, nodes in _seen(rows)}


@dataclass(frozen=True, slots=True)
class _Year:
    year: int


@dataclass(slots=True)
class _Seen:
    """As much of a task as its light needs: ten thousand of these cost a third of whole rows.

    Its attributes are those of a task's row; the law of lights reads nothing else.
    """

    pk: UUID
    plan: _Year | None
    state: str
    is_leaf: bool
    progress: int | None
    weight_sum: int
    done_sum: int
    missing_sum: int
    starts_on: date | None
    due_on: date | None
    last_report_on: date | None
    started_on: date | None
    done_on: date | None
    closed_on: date | None
    assigned_at: datetime | None
    state_since: date


def _seen(rows: QuerySet[Task]) -> Iterator[tuple[_Seen, tuple[date, ...]]]:
    found = list(rows.order_by().values_list(*FACTS))
    nodes = nodes_of(rows.order_by())
    for key, year, *facts in found:
        yield (
            _Seen(key, None if year is None else _Year(year), *facts),
            tuple(nodes.get(key, ())),
        )
