"""A deadline that moves: only by the law's answer, and every move stays as a row."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from luoshi.domain.access import Actor
from luoshi.domain.closing import Allowed, Verb
from luoshi.domain.workdays import SHANGHAI
from luoshi.journal.actions import Written, created, record, write
from luoshi.ledger.actions import paths
from luoshi.ledger.actions.moving import step
from luoshi.ledger.models import DueMove, Task
from luoshi.store.rows import save

CLOSE_OF_OFFICE = time(18, 0)


@write("ledger.task.move_due")
def move_due(
    *,
    actor: Actor,
    today: date,
    now: datetime,
    task: Task,
    allowed: Allowed,
    new_due_on: date,
    reason: str,
    asked_by_id: UUID | None = None,
    agreed_by_id: UUID | None = None,
) -> Written:
    """Move a deadline as the closing law allowed: `allowed` is its answer to the approval.

    `supervision` calls this when an extension is approved. The task's own deadline or only the
    office's internal one moves, as the law said; the move is kept with who asked and agreed.
    """
    if allowed.moves is None:
        message = "the law moved no date"
        raise ValueError(message)
    row = paths.locked(task)
    return _move(actor, today, now, row, allowed, new_due_on, reason, asked_by_id, agreed_by_id)


@write("ledger.task.move_deadline")
def move_deadline(
    *,
    actor: Actor,
    today: date,
    now: datetime,
    task: Task,
    new_due_on: date,
    superior_reply: str,
) -> Written:
    """调整上级时限: a superior's deadline moves only with the superior's reply."""
    move = step(
        actor,
        today,
        task,
        Verb.MOVE_DEADLINE,
        new_due_on=new_due_on,
        superior_reply=superior_reply,
    )
    return _move(actor, today, now, move.task, move.allowed, new_due_on, superior_reply, None, None)


def _move(
    actor: Actor,
    today: date,
    now: datetime,
    task: Task,
    allowed: Allowed,
    new_due_on: date,
    reason: str,
    asked_by_id: UUID | None,
    agreed_by_id: UUID | None,
) -> Written:
    internal = allowed.moves == "internal"
    old = _internal(task) if internal else task.due_on
    kept, fields = count_move(
        task,
        old,
        new_due_on,
        today,
        reason=reason,
        asked_by_id=asked_by_id,
        agreed_by_id=agreed_by_id or (actor.person_id if allowed.one_approval else None),
        approved_by_id=actor.person_id,
    )
    if internal:
        fields["internal_due_at"] = datetime.combine(new_due_on, CLOSE_OF_OFFICE, SHANGHAI)
    else:
        fields |= {"due_on": new_due_on, "internal_due_at": None}
        if task.due_at is not None:  # the same hour of the new day, unless the reply says another
            hour = task.due_at.astimezone(SHANGHAI).time()
            fields["due_at"] = datetime.combine(new_due_on, hour, SHANGHAI)
    changes = save(task, None, **fields)
    notes = {f"note.{note.code}": (None, dict(note.params)) for note in allowed.notes}
    record(kept, created(kept), unit_id=task.unit_id, at=now)
    record(task, changes | notes, reason=reason, at=now)
    return Written("ledger.task", task.pk, task.version, {"due_on": new_due_on})


def count_move(
    task: Task,
    old: date | None,
    new: date,
    today: date,
    **kept: Any,  # noqa: ANN401 - names of people, the reason
) -> tuple[DueMove, dict[str, Any]]:
    """Keep one move of a deadline, and say how the task's count goes on; nothing else counts.

    `kept`: the reason, who asked, agreed and approved. What was due first stays what it was.
    """
    row = DueMove.objects.create(
        jurisdiction=task.jurisdiction,
        task=task,
        old_due_on=old,
        new_due_on=new,
        moved_on=today,
        **kept,
    )
    first = task.first_due_on or task.due_on
    return row, {"due_moves": task.due_moves + 1, "first_due_on": first}


def _internal(task: Task) -> date | None:
    at = task.internal_due_at
    return at.astimezone(SHANGHAI).date() if at else task.due_on
