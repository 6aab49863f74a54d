"""登记回执: what a unit wrote on the paper slip enters the ledger in its name."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from luoshi.domain.access import Actor
from luoshi.domain.base import Refused, say
from luoshi.journal.actions import Written, on_behalf, record, write
from luoshi.ledger import actions as ledger
from luoshi.ledger.actions import Said
from luoshi.ledger.models import ProgressReport, Task
from luoshi.ledger.queries import NOBODY, roles_of
from luoshi.ledger.queries.choosing import people_to_type_for


@write("supervision.slip.receive")
def receive_slip(
    *,
    actor: Actor,
    today: date,
    now: datetime,
    task: Task,
    person_id: UUID,
    note: str = "",
    version: int | None = None,
) -> Written:
    """回执: signed for by whoever carries the item, on paper; a word on it is a report on paper.

    The office enters it in that person's name (代录). Nobody who has left can have signed.
    """
    known = {
        UUID(key)
        for key, _name in people_to_type_for(
            actor, today, task, roles_of([task.pk]).get(task.pk, NOBODY)
        )
    }
    if person_id not in known:
        raise Refused(say("ledger.person_left"))
    told: dict[str, Any] = {"actor": on_behalf(actor, person_id), "today": today, "now": now}
    ledger.sign_for(**told, task=task, version=version)
    task.refresh_from_db()
    if note.strip():
        said = Said(text=note, channel=ProgressReport.Channel.PAPER)
        ledger.report(**told, task=task, said=said)
    record(task, {"receipt": (None, True)}, at=now)
    return Written("ledger.task", task.pk, 0)
