"""代录: reports of a pasted chat in one act, and what the person says of what was typed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from luoshi.domain.access import Actor
from luoshi.domain.base import Refused, say
from luoshi.journal.actions import Written, created, on_behalf, record, write
from luoshi.ledger import actions as ledger
from luoshi.ledger.actions import Said
from luoshi.ledger.models import ProgressReport, Task
from luoshi.ledger.queries import task_for
from luoshi.supervision.models import Confirmation

MOST = 200
"""Reports of one paste; more would lock too much at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relayed:
    """One report as the office confirmed it: of which line, of what, by whom, how far.

    `progress` in basis points; None where no figure, or only a masked one, was said.
    """

    number: int
    task_id: UUID
    person_id: UUID
    text: str
    progress: int | None = None
    done: bool = False


@write("supervision.chat.relay")
def relay(
    *,
    actor: Actor,
    today: date,
    now: datetime,
    lines: Sequence[Relayed],
    channel: str = ProgressReport.Channel.WECHAT,
) -> Written:
    """代录: the reports of a chat or a meeting enter the ledger in one act, all or none.

    Each is the person's own report, typed by the office, through the channel it came by; it counts
    as reported and never as verified. An item nobody had signed for is signed for by the word of
    who carries it. What the law refuses names its line, and then nothing is written.
    """
    if not lines:
        raise Refused(say("intake.chat.nothing_chosen"))
    if len(lines) > MOST:
        raise Refused(say("intake.chat.too_many", n=MOST))
    tasks = {line.task_id: task_for(actor, today, line.task_id) for line in lines}
    for line in sorted(lines, key=lambda one: (str(one.task_id), one.number)):
        task = tasks[line.task_id]
        if task is None:
            raise Refused(say("intake.chat.no_item_now", n=line.number))
        try:
            _one(actor, today, now, task, line, channel)
        except Refused as refused:
            raise Refused(
                say(
                    "intake.chat.line_refused",
                    n=line.number,
                    title=task.title,
                    why=refused.why,
                )
            ) from refused
    first = tasks[lines[0].task_id]
    assert first is not None
    record(first, {"relayed": (None, len(lines))}, at=now)
    return Written("ledger.task", first.pk, 0, {"n": len(lines)})


def _one(actor: Actor, today: date, now: datetime, task: Task, line: Relayed, channel: str) -> None:
    speaks = on_behalf(actor, line.person_id)
    task.refresh_from_db()
    if task.state == Task.State.ASSIGNED:
        ledger.sign_for(actor=speaks, today=today, now=now, task=task)
        task.refresh_from_db()
    said = Said(text=line.text, progress=None if line.done else line.progress, channel=channel)
    act = ledger.report_done if line.done else ledger.report
    act(actor=speaks, today=today, now=now, task=task, said=said)


@write("supervision.report.confirm")
def confirm(
    *,
    actor: Actor,
    today: date,
    now: datetime,
    report: ProgressReport,
    agrees: bool,
    note: str = "",
) -> Written:
    """确认代录: the person says that it is what was said, or what is not right about it.

    Nobody confirms for another, and once is enough. It verifies nothing: whoever checks is
    somebody else.
    """
    if actor.person_id is None or report.person_id != actor.person_id:
        raise Refused(say("intake.confirm_not_yours"))
    if actor.on_behalf_of is not None or report.typed_by_id is None:
        raise Refused(say("intake.confirm_not_typed"))
    if not agrees and not note.strip():
        raise Refused(say("intake.confirm_needs_note"))
    if Confirmation.objects.filter(report=report).exists():
        raise Refused(say("intake.confirm_twice"))
    kept = Confirmation.objects.create(
        jurisdiction=report.jurisdiction,
        report=report,
        unit_id=report.unit_id,
        agrees=agrees,
        note=note.strip()[:300],
        person_id=actor.person_id,
        confirmed_at=now,
    )
    record(kept, created(kept), at=now)
    return Written("supervision.confirmation", kept.pk, 0, {"agrees": agrees})
