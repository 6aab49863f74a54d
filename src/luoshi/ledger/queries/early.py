"""预警在先: which lights turned when, and whether the unit had said so; assessment reads it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TypeVar
from uuid import UUID

from luoshi.domain import pacing
from luoshi.domain.access import Actor
from luoshi.domain.base import Period
from luoshi.domain.pacing import Early, Facts, Forewarning, Spell
from luoshi.domain.workdays import SHANGHAI
from luoshi.ledger.judging import NOT_HANDED, STOPPED, facts_of, nodes_of
from luoshi.ledger.models import Blocker, DueMove, ProgressReport, Task


@dataclass(frozen=True, slots=True)
class Record:
    """What an assessment may read of one item: now, and every spell of its light, in order.

    `hidden_days` is the sum of days on which a delay stood untold; 0 for whoever spoke in time.
    """

    now: Early
    spells: Sequence[Early] = ()

    @property
    def hidden_days(self) -> int:
        """Days of delay that nobody was told of."""
        return sum(one.days for one in self.spells)


Value = TypeVar("Value")
NOTHING = Record(Early("none"))


@dataclass(frozen=True, slots=True)
class _Told:
    """One report, as far as a light asks."""

    on: date
    progress: int | None
    says_done: bool
    warns: bool


def told_early(actor: Actor, today: date, tasks: Sequence[Task]) -> Mapping[UUID, Record]:
    """The record of each task (with `plan` loaded); four queries whatever their number.

    Every spell is judged from the reports, deadlines and nodes of its days. The nodes are those
    that stand today; figures of items with parts are not kept by day, so of these only silence
    and dates count.
    """
    tasks = [task for task in tasks if task.state not in NOT_HANDED | STOPPED]
    keys = [task.pk for task in tasks]
    mine = {"jurisdiction": actor.jurisdiction_id, "task__in": keys}
    nodes = nodes_of(keys)
    reports = _by_task(
        (key, _Told(on, progress, says_done, warns))
        for key, on, progress, says_done, warns in ProgressReport.objects.filter(
            **mine, reported_on__lte=today
        )
        .order_by("reported_at", "id")
        .values_list("task_id", "reported_on", "progress", "says_done", "warns")
    )
    moves = _by_task(
        (row.task_id, row) for row in DueMove.objects.filter(**mine).order_by("moved_on", "id")
    )
    stuck = _by_task(
        (key, Forewarning(since, until))
        for key, since, until in Blocker.objects.filter(**mine, raised_on__lte=today).values_list(
            "task_id", "raised_on", "cleared_on"
        )
    )
    return {
        task.pk: _record(
            today,
            _history(
                task, nodes.get(task.pk, ()), reports.get(task.pk, ()), moves.get(task.pk, ())
            ),
            _warnings(reports.get(task.pk, ()), stuck.get(task.pk, ())),
        )
        for task in tasks
    }


def _by_task(rows: Iterable[tuple[UUID, Value]]) -> dict[UUID, list[Value]]:
    found: dict[UUID, list[Value]] = {}
    for key, value in rows:
        found.setdefault(key, []).append(value)
    return found


def _record(
    today: date, history: Sequence[tuple[date, Facts]], warnings: Sequence[Forewarning]
) -> Record:
    found: Sequence[Spell] = pacing.spells(history, today)
    current = found[-1] if found and found[-1].to_on is None else None
    told = [pacing.early(spell, warnings, today) for spell in found]
    now = told[-1] if current is not None else pacing.early(None, warnings, today)
    return Record(now, told)


def _warnings(reports: Sequence[_Told], stuck: Sequence[Forewarning]) -> list[Forewarning]:
    """Warnings speak for a quarter, blockers while they stand, any other report for its day."""
    said = [
        pacing.plain_warning(one.on) if one.warns else Forewarning(one.on, one.on)
        for one in reports
    ]
    return [*said, *stuck]


def _history(
    task: Task, nodes: Sequence[date], reports: Sequence[_Told], moves: Sequence[DueMove]
) -> list[tuple[date, Facts]]:
    """The facts of an item from the day it was handed over, piece by piece; the last is now."""
    now = facts_of(task, nodes)
    handed = task.assigned_at.astimezone(SHANGHAI).date() if task.assigned_at else now.period.start
    days = {handed, task.state_since}
    days |= {one.on for one in reports} | {move.moved_on for move in moves}
    days = {day for day in days if day >= handed}
    last = max(days)
    pieces = [(day, _facts_on(now, task, reports, moves, day)) for day in sorted(days - {last})]
    return [*pieces, (last, now)]


def _facts_on(
    now: Facts, task: Task, reports: Sequence[_Told], moves: Sequence[DueMove], day: date
) -> Facts:
    """What was known on a day: the last report, and the due date before it moved."""
    told = [one for one in reports if one.on <= day]
    figures = [one.progress for one in told if one.progress is not None] if task.is_leaf else []
    end = _due_on(now.period.end, moves, day)
    return replace(
        now,
        period=Period(min(now.period.start, end), end),
        actual=Decimal(figures[-1]) / 100 if figures else None,
        reported_on=told[-1].on if told else None,
        started_on=now.started_on if now.started_on and now.started_on <= day else None,
        reported_done_on=told[-1].on if told and told[-1].says_done else None,
        closed_on=None,
    )


def _due_on(due: date, moves: Sequence[DueMove], day: date) -> date:
    """The due date as it stood on a day: later moves of it are taken back, the last one first."""
    for move in reversed(moves):
        if move.moved_on > day and move.new_due_on == due and move.old_due_on is not None:
            due = move.old_due_on
    return due
