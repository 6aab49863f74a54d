"""复核之后: verification, rework, close-out, recognition, archive; 缓办, 恢复, 撤销, 重启.

`supervision` keeps its own rows about checking and calls these for the task itself.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from luoshi.domain.access import Actor
from luoshi.domain.closing import Verb
from luoshi.journal.actions import Written, write
from luoshi.ledger.actions.moving import step
from luoshi.ledger.models import ProgressReport, Task


@write("ledger.task.verify")
def verify(
    *,
    actor: Actor,
    today: date,
    now: datetime,
    task: Task,
    is_drawn: bool | None = None,
    reason: str = "",
    version: int | None = None,
) -> Written:
    """复核属实: somebody other than the doer found it true; `is_drawn` as the law asks."""
    move = step(actor, today, task, Verb.VERIFY, is_drawn=is_drawn)
    return move.record(version=version, at=now, reason=reason, verified_by_id=actor.person_id)


@write("ledger.task.return_for_rework")
def return_for_rework(
    *,
    actor: Actor,
    today: date,
    now: datetime,
    task: Task,
    reason: str,
    version: int | None = None,
) -> Written:
    """退回整改: it is not done; progress goes back to what was last reported before "done"."""
    move = step(actor, today, task, Verb.RETURN_FOR_REWORK, reason=reason)
    return move.record(version=version, at=now, reason=reason, **_undone(move.task))


@write("ledger.task.close")
def close(
    *,
    actor: Actor,
    today: date,
    now: datetime,
    task: Task,
    version: int | None = None,
) -> Written:
    """办结 (a matter) or 销号 (a problem); what came from above is submitted there instead."""
    move = step(actor, today, task, Verb.CLOSE)
    submitted = move.allowed.next_state.value == Task.State.SUBMITTED
    return move.record(
        version=version,
        at=now,
        closed_by_id=actor.person_id,
        closed_on=None if submitted else today,
    )


@write("ledger.task.accept")
def accept(
    *,
    actor: Actor,
    today: date,
    now: datetime,
    task: Task,
    superior_reply: str,
    version: int | None = None,
) -> Written:
    """上级认定: the superior recognised the result; the reply is journalled as the reason."""
    move = step(actor, today, task, Verb.ACCEPT, superior_reply=superior_reply)
    return move.record(version=version, at=now, reason=superior_reply, closed_on=today)


@write("ledger.task.archive")
def archive(
    *, actor: Actor, today: date, now: datetime, task: Task, version: int | None = None
) -> Written:
    """归档: read from now on, never changed."""
    return step(actor, today, task, Verb.ARCHIVE).record(version=version, at=now)


@write("ledger.task.suspend")
def suspend(
    *,
    actor: Actor,
    today: date,
    now: datetime,
    task: Task,
    reason: str,
    superior_reply: str = "",
    version: int | None = None,
) -> Written:
    """缓办: put off by the leader in charge or the assigner; where it stood is kept."""
    move = step(actor, today, task, Verb.SUSPEND, reason=reason, superior_reply=superior_reply)
    also = _reply(superior_reply)
    left = move.task.state
    return move.record(version=version, at=now, reason=reason, also=also, suspended_from=left)


@write("ledger.task.resume")
def resume(
    *, actor: Actor, today: date, now: datetime, task: Task, version: int | None = None
) -> Written:
    """恢复办理: a suspended task goes on where it stood."""
    return step(actor, today, task, Verb.RESUME).record(version=version, at=now, suspended_from="")


@write("ledger.task.cancel")
def cancel(
    *,
    actor: Actor,
    today: date,
    now: datetime,
    task: Task,
    reason: str,
    superior_reply: str = "",
    version: int | None = None,
) -> Written:
    """撤销: called off; it stays in the ledger with its reason and no longer weighs."""
    move = step(actor, today, task, Verb.CANCEL, reason=reason, superior_reply=superior_reply)
    return move.record(version=version, at=now, reason=reason, also=_reply(superior_reply))


@write("ledger.task.reopen")
def reopen(
    *,
    actor: Actor,
    today: date,
    now: datetime,
    task: Task,
    reason: str,
    is_sampled: bool = False,
    version: int | None = None,
) -> Written:
    """重启: what was closed turned out not to be; its history stays.

    `is_sampled`: the person drawn for a spot check (回头看抽查) found it; then an archived one too.
    """
    move = step(actor, today, task, Verb.REOPEN, reason=reason, is_sampled=is_sampled)
    return move.record(version=version, at=now, reason=reason, **_undone(move.task))


def _undone(task: Task) -> dict[str, Any]:
    """The fields of "done" taken back; a leaf's progress is what was last said before that."""
    fields: dict[str, Any] = {
        "done_by_id": None,
        "done_on": None,
        "verified_by_id": None,
        "closed_by_id": None,
        "closed_on": None,
    }
    if task.is_leaf:
        fields["progress"] = (
            ProgressReport.objects.filter(task=task, says_done=False, progress__isnull=False)
            .order_by("-reported_at", "-id")
            .values_list("progress", flat=True)
            .first()
        )
    return fields


def _reply(superior_reply: str) -> dict[str, tuple[Any, Any]]:
    return {"superior_reply": (None, superior_reply)} if superior_reply.strip() else {}
