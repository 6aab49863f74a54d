"""复核之后: verification, rework, close-out, recognition, archive; 缓办, 恢复, 撤销, 重启.

`supervision` keeps its own rows about checking and calls these for the task itself.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from luoshi.domain.access import Actor
from luoshi.domain.base import Refused, say
from luoshi.domain.closing import Verb
from luoshi.journal.actions import Written, write
from luoshi.ledger.actions.moving import step
from luoshi.ledger.models import WHOLE, ProgressReport, Task


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
    found: int | None = None,
    version: int | None = None,
) -> Written:
    """退回整改: it is not done; progress becomes what the check found (`found`, basis points)."""
    move = step(actor, today, task, Verb.RETURN_FOR_REWORK, reason=reason)
    return move.record(version=version, at=now, reason=reason, **_undone(move.task, found))


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
    found: int | None = None,
    version: int | None = None,
) -> Written:
    """重启: what was closed turned out not to be; its history stays.

    `found`: how far it really is, in basis points, by whoever looked.
    `is_sampled`: the person drawn for a spot check (回头看抽查) found it; then an archived one too.
    """
    move = step(actor, today, task, Verb.REOPEN, reason=reason, is_sampled=is_sampled)
    return move.record(version=version, at=now, reason=reason, **_undone(move.task, found))


def _undone(task: Task, found: int | None) -> dict[str, Any]:
    """The fields of "done" taken back; a leaf is as far as the check found it to be.

    Where the check gives no figure: as the last report below 100% said, for whoever said 100% was
    wrong; and 待补 where there is none. The value reported goes back with it.
    """
    if found is not None and not 0 <= found < WHOLE:
        raise Refused(say("ledger.found_whole"))
    fields: dict[str, Any] = {
        "done_by_id": None,
        "done_on": None,
        "verified_by_id": None,
        "closed_by_id": None,
        "closed_on": None,
    }
    if task.is_leaf:
        before = ProgressReport.objects.filter(task=task, says_done=False)
        before = before.exclude(progress__gte=WHOLE).order_by("-reported_at", "-id")
        said = before.filter(progress__isnull=False).values_list("progress", flat=True).first()
        value = before.filter(value__isnull=False).values_list("value", flat=True).first()
        fields |= {"progress": said if found is None else found, "done_value": value}
    return fields


def _reply(superior_reply: str) -> dict[str, tuple[Any, Any]]:
    return {"superior_reply": (None, superior_reply)} if superior_reply.strip() else {}
