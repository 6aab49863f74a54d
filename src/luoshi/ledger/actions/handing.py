"""移交: all that a unit or post carries goes to another in one act, and history stays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from luoshi.domain.access import Actor
from luoshi.domain.base import Refused, say
from luoshi.goals import queries as goals
from luoshi.journal.actions import Written, record, write
from luoshi.ledger.actions import paths
from luoshi.ledger.actions.roles import check, set_roles
from luoshi.ledger.carrying import NOBODY, Roles, roles_of
from luoshi.ledger.queries.holding import carried_of
from luoshi.org.models import Post, Unit
from luoshi.store.rows import save


@write("ledger.tasks.hand_over")
def hand_over(
    *,
    actor: Actor,
    today: date,
    now: datetime,
    giver: Unit | Post,
    taker: Unit | Post,
    reason: str,
) -> Written:
    """Give every open item of a unit to another unit, or of a post to another post.

    Whoever assigns there may, with a reason. Roles change hands on the day; history stays; an item
    that was signed for by the old lead unit stays signed for, as the work goes on.
    """
    if type(giver) is not type(taker) or giver.pk == taker.pk:
        raise Refused(say("ledger.hand_to_other"))
    if not reason.strip():
        raise Refused(say("closing.needs.reason"))
    path = giver.path if isinstance(giver, Unit) else giver.unit.path
    goals.demand_right(actor, "assign", path)
    is_unit = isinstance(giver, Unit)
    rows = carried_of(actor, [giver.pk] if is_unit else [], [] if is_unit else [giver.pk])
    tasks = sorted(
        {row.task_id: row.task for row in rows}.values(), key=lambda t: (-t.depth, str(t.pk))
    )
    if not tasks:
        raise Refused(say("ledger.nothing_to_hand"))
    swap = _swapping(giver.pk, taker.pk)
    taken = Roles(lead_unit=taker.pk) if is_unit else Roles(owner=taker.pk)
    check(giver.jurisdiction, [taken], today)
    held = roles_of([task.pk for task in tasks])
    for task in tasks:
        row = paths.locked(task)
        new = swap(held.get(row.pk, NOBODY))
        also = set_roles(row, new, today)
        fields = {"unit_id": taker.pk} if is_unit and row.unit_id == giver.pk else {}
        changes = save(row, None, **fields)
        record(row, changes | also, reason=reason, verb="ledger.task.name_roles", at=now)
    told = {"handed_over": (giver.pk, taker.pk), "items": (None, len(tasks))}
    record(giver, told, unit_id=giver.pk if is_unit else None, reason=reason, at=now)
    return Written("ledger.task", tasks[0].pk, 0, {"n": len(tasks)})


def _swapping(old: UUID, new: UUID) -> Callable[[Roles], Roles]:
    """One key for another in every role; a unit that would support what it leads only leads."""

    def one(key: UUID | None) -> UUID | None:
        return new if key == old else key

    def swap(roles: Roles) -> Roles:
        lead = one(roles.lead_unit)
        supporting = dict.fromkeys(new if key == old else key for key in roles.supporting)
        return replace(
            roles,
            lead_leader=one(roles.lead_leader),
            lead_unit=lead,
            supporting=tuple(key for key in supporting if key != lead),
            owner=one(roles.owner),
        )

    return swap
