"""例会: what somebody said in a meeting, typed by the office, becomes a report on behalf (代录)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from luoshi.domain.access import Actor
from luoshi.journal.actions import on_behalf
from luoshi.ledger import actions as ledger
from luoshi.ledger.actions import Said
from luoshi.ledger.judging import OVER
from luoshi.ledger.models import ProgressReport, Task
from luoshi.ledger.queries import NOBODY, roles_of
from luoshi.ledger.queries.choosing import people_to_type_for

UNHEARD = frozenset(
    {Task.State.DRAFT.value, Task.State.REGISTERED.value, Task.State.DISPUTED.value}
)


@dataclass(frozen=True, slots=True)
class Told:
    """What was said of an item; `done`: that the whole item is done, not only the week's part.

    `person` None: whoever carries it today, its owner before all others.
    """

    text: str = ""
    done: bool = False
    person: UUID | None = None


def say_for(actor: Actor, today: date, now: datetime, task: Task, told: Told) -> str:
    """Report what was said on behalf of who carries the item; answer what became of it.

    `reported`, `done`; `nobody` where the post is vacant, `over` where the item has ended or is
    not handed over yet: then the words stay with the line alone. An item not signed for yet is
    signed for first: who speaks of it has taken it on.
    """
    task.refresh_from_db()
    if task.state in OVER | UNHEARD:
        return "over"
    roles = roles_of([task.pk]).get(task.pk, NOBODY)
    carriers = people_to_type_for(actor, today, task, roles)
    if not carriers:
        return "nobody"
    known = {UUID(key) for key, _name in carriers}
    person = told.person if told.person in known else UUID(carriers[0][0])
    speaker = on_behalf(actor, person)
    if task.state == Task.State.ASSIGNED:
        ledger.sign_for(actor=speaker, today=today, now=now, task=task)
    act = ledger.report_done if told.done else ledger.report
    said = Said(text=told.text.strip(), channel=ProgressReport.Channel.MEETING)
    act(actor=speaker, today=today, now=now, task=task, said=said)
    return "done" if told.done else "reported"
