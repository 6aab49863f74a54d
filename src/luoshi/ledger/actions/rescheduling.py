"""A timetable that moves: starts, durations, overlaps with a reason; deadlines by law alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from luoshi.domain.access import Actor
from luoshi.domain.base import Refused, say
from luoshi.goals.models import Plan
from luoshi.journal.actions import Written, record, write
from luoshi.ledger.actions import paths
from luoshi.ledger.actions.dates import move_deadline
from luoshi.ledger.actions.editing import demand_editor, save_edit
from luoshi.ledger.actions.planning import touch
from luoshi.ledger.models import Dependency, Task
from luoshi.ledger.moves import Moves, demand_sound, due_way
from luoshi.ledger.queries.reckoning import ground_of
from luoshi.store.rows import Stale, save


@write("ledger.tasks.reschedule")
def reschedule(
    *,
    actor: Actor,
    today: date,
    now: datetime,
    plan: Plan,
    moves: Moves,
    versions: Mapping[UUID, int],
    reason: str = "",
    superior_reply: str = "",
) -> Written:
    """Move what a way out or a drag asks for, all of it or nothing, and journal each task.

    Starts, durations and overlaps move by whoever edits the task, once the plan is in force with a
    reason; the baseline stays as it was approved. A superior's deadline moves only with the
    superior's reply; an own one not here but by 延期 (asked, agreed, approved). Refused where a
    fact would move or a statutory time would be shortened, with its article. `versions` names each
    touched task's version as it was seen; `Stale` where somebody saved in between.
    """
    rows = _locked(plan, moves)
    if not rows:
        raise Refused(say("ledger.nothing_chosen"))
    for row in rows:
        demand_editor(actor, today, row)
        if row.version != versions.get(row.pk):
            tried = {name: value for name, value in _fields(row, moves).items() if value}
            raise Stale(row, tried, {name: getattr(row, name) for name in tried})
        if row.pk in moves.dues and due_way(row) == "ask":
            raise Refused(say("ledger.deadline_by_request", title=row.title))
    if plan.state == Plan.State.IN_FORCE and not reason.strip():
        raise Refused(say("closing.needs.reason"))
    demand_sound(ground_of(actor, today, plan), moves, today)
    for row in rows:
        _write(actor, today, now, row, moves, reason, superior_reply)
    _overlap(moves, rows, reason, now)
    return Written("goals.plan", plan.pk, 0, {"n": len(rows)})


def _locked(plan: Plan, moves: Moves) -> list[Task]:
    """The tasks touched, also those whose dependency moves, locked deepest first, then by id."""
    waiting = Dependency.objects.filter(pk__in=list(moves.lags), task__plan=plan)
    keys = moves.tasks() | set(waiting.values_list("task_id", flat=True))
    found = Task.objects.filter(pk__in=keys, plan=plan).order_by("-depth", "id")
    return [paths.locked(task) for task in found]


def _fields(row: Task, moves: Moves) -> dict[str, Any]:
    """What the moves write to the task itself."""
    fields: dict[str, Any] = {}
    if row.pk in moves.starts:
        fields["starts_on"] = moves.starts[row.pk]
    if row.pk in moves.days:
        fields["duration_days"] = moves.days[row.pk]
    if row.pk in moves.dues:
        fields["due_on"] = moves.dues[row.pk]
    return fields


def _write(
    actor: Actor,
    today: date,
    now: datetime,
    row: Task,
    moves: Moves,
    reason: str,
    superior_reply: str,
) -> None:
    fields = _fields(row, moves)
    if "due_on" in fields and due_way(row) == "superior":
        move_deadline(
            actor=actor,
            today=today,
            now=now,
            task=row,
            new_due_on=fields.pop("due_on"),
            superior_reply=superior_reply,
        )
        row.refresh_from_db(fields=["version", "due_on", "due_moves"])
    if fields:
        save_edit(row, row.version, fields, reason, now)


def _overlap(moves: Moves, rows: Iterable[Task], reason: str, now: datetime) -> None:
    known = {row.pk: row for row in rows}
    ties = Dependency.objects.filter(pk__in=list(moves.lags), task__in=known)
    for tie in ties.select_for_update().order_by("id"):
        task = known[tie.task_id]
        changes = save(tie, None, lag_days=moves.lags[tie.pk])
        if changes:
            record(tie, changes, unit_id=task.unit_id, reason=reason, at=now)
            touch(task, None)
