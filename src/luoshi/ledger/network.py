"""The plan's tasks as a network for the schedule law, on the unit's own calendar."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from uuid import UUID

from luoshi.domain.schedule import Link, LinkKind, Minimum, Network, Step
from luoshi.domain.workdays import WorkCalendar
from luoshi.ledger.judging import CLOSED
from luoshi.ledger.models import WHOLE, Task


def network_of(
    tasks: Sequence[Task],
    links: Iterable[tuple[UUID, UUID, str, int]],
    calendar: WorkCalendar,
    minimums: Mapping[UUID, Minimum] = MappingProxyType({}),
) -> Network:
    """The plan's leaves as steps, its nodes as the moment when all below them is done.

    `minimums` holds the statutory times of leaves; such a leaf counts its days as the law
    does. A leaf without duration, and without start and
    due date to tell one, stays outside. A link to a node above holds for every leaf below it.
    """
    steps: dict[UUID, Step] = {}
    below: dict[UUID, list[UUID]] = {}
    for task in reversed(tasks):
        days = duration_of(task, calendar) if task.is_leaf else 0
        if days is None or (not task.is_leaf and task.pk not in below):
            continue
        least = minimums.get(task.pk) if task.is_leaf else None
        steps[task.pk] = _step(task, days, least)
        if task.parent_id is not None:
            below.setdefault(task.parent_id, []).append(task.pk)
    held = [
        Link(part, node) for node, parts in below.items() if node in steps for part in parts[::-1]
    ]
    ordered = tuple(steps[task.pk] for task in tasks if task.pk in steps)
    return Network(ordered, (*held, *_links(links, steps, below)))


def _links(
    links: Iterable[tuple[UUID, UUID, str, int]],
    steps: Mapping[UUID, Step],
    below: Mapping[UUID, Sequence[UUID]],
) -> Iterable[Link]:
    for before, after, kind, lag in links:
        if before in steps and after in steps:
            for leaf in _leaves(after, below):
                yield Link(before, leaf, _KINDS[kind], lag)


def _leaves(key: UUID, below: Mapping[UUID, Sequence[UUID]]) -> Iterable[UUID]:
    """The steps under a node that are worked, or the step itself."""
    if key not in below:
        yield key
        return
    for part in below[key]:
        yield from _leaves(part, below)


_KINDS: Mapping[str, LinkKind] = {"FS": "FS", "SS": "SS", "FF": "FF", "SF": "SF"}


def duration_of(task: Task, calendar: WorkCalendar) -> int | None:
    """Working days: as planned, else the working days between planned start and due date."""
    if task.duration_days is not None:
        return task.duration_days
    if task.starts_on and task.due_on:
        return max(1, calendar.count(task.starts_on, task.due_on))
    return None


def _step(task: Task, days: int, minimum: Minimum | None) -> Step:
    done_on = done_on_of(task)
    started = task.started_on
    if done_on is not None and started is not None and started > done_on:
        started = done_on
    return Step(
        id=task.pk,
        name=task.title,
        duration_days=days,
        duration_unit=minimum.unit if minimum else "working",
        not_before=task.starts_on if task.is_leaf else None,
        deadline=_deadline(task),
        minimum=minimum,
        started_on=started if task.is_leaf else None,
        done_on=done_on,
        done_share=Decimal(task.progress or 0) / WHOLE,
    )


def done_on_of(task: Task) -> date | None:
    """The day a task was said to be done, or closed; None while it is open."""
    if task.state in CLOSED or task.state in ("reported_done", "verified", "submitted"):
        return task.done_on or task.closed_on or task.state_since
    return None


def _deadline(task: Task) -> date | None:
    """What is put off has no deadline for the time being."""
    return None if task.state == Task.State.SUSPENDED else task.due_on
