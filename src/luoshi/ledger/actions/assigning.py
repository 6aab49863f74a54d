"""交办, 签收, 退回, 裁定: a task finds who carries it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from luoshi.domain.access import Actor
from luoshi.domain.base import Refused, say
from luoshi.domain.closing import ENDED, State, Verb
from luoshi.goals import queries as goals
from luoshi.journal.actions import Written, nothing, record, write
from luoshi.ledger.actions import paths
from luoshi.ledger.actions.moving import step
from luoshi.ledger.actions.roles import set_roles
from luoshi.ledger.carrying import NOBODY, Roles, roles_of
from luoshi.ledger.models import Task
from luoshi.ledger.queries.facts import law_facts
from luoshi.org.models import Unit
from luoshi.store.rows import save


@write("ledger.task.assign")
def assign(
    *,
    actor: Actor,
    today: date,
    now: datetime,
    task: Task,
    roles: Roles | None = None,
    open_until: date | None = None,
    asked_by_id: UUID | None = None,
    version: int | None = None,
    reason: str = "",
) -> Written:
    """交办: hand a registered task to its lead unit; `roles` None keeps who is named already.

    `open_until`: by when the roles left empty are named (待定). Refused without a lead unit. The
    task's unit becomes the lead unit; who assigned it is kept: `asked_by_id` where the office
    passes on what a leader asked for (登记领导交办), else whoever acts.
    """
    named = roles or roles_of([task.pk]).get(task.pk, NOBODY)
    move = step(actor, today, task, Verb.ASSIGN, lead_unit_named=named.lead_unit is not None)
    also = set_roles(move.task, named, today)
    return move.record(
        version=version,
        reason=reason,
        at=now,
        also=also,
        unit_id=named.lead_unit,
        undecided_until=_open_until(move.task, named, open_until, today),
        assigned_by_id=asked_by_id or actor.answers_as,
        assigned_at=now,
    )


@write("ledger.tasks.assign")
def assign_many(
    *,
    actor: Actor,
    today: date,
    now: datetime,
    tasks: Sequence[Task],
    roles: Roles | None = None,
) -> Written:
    """交办 of several tasks in one transaction, to the same or to those named; all or none."""
    if not tasks:
        raise Refused(say("ledger.nothing_chosen"))
    for task in tasks:
        assign(actor=actor, today=today, now=now, task=task, roles=roles)
    return Written("ledger.task", tasks[0].pk, 0, {"n": len(tasks)})


@write("ledger.task.name_roles")
def name_roles(
    *,
    actor: Actor,
    today: date,
    now: datetime,
    task: Task,
    roles: Roles,
    open_until: date | None = None,
    version: int | None = None,
    reason: str = "",
) -> Written:
    """Name who carries a task, whatever its state, without handing it over; history stays.

    Once it is assigned this is a change of hands: it needs a reason, and a new lead unit signs
    for it again where the old one had only signed. Roles left empty stay 待定 until `open_until`
    (else until the day that stood); once all three are named there is no such day.
    """
    row = paths.locked(task)
    state = State(row.state)
    if state in ENDED:
        raise Refused(say("ledger.ended"))
    _demand_assigner(actor, today, row)
    handed = state not in (State.DRAFT, State.REGISTERED)
    if handed and not reason.strip():
        raise Refused(say("closing.needs.reason"))
    also = set_roles(row, roles, today)
    undecided = _open_until(row, roles, open_until, today)
    if not also and undecided == row.undecided_until:
        return nothing("ledger.task", row.pk)
    unit_id = roles.lead_unit or (row.plan.unit_id if row.plan else row.unit_id)
    fields: dict[str, Any] = {
        "unit_id": unit_id,
        "undecided_until": undecided,
    }
    if handed and unit_id != row.unit_id and state is State.SIGNED:
        fields |= {"state": State.ASSIGNED.value, "state_since": today, "signed_at": None}
    changes = save(row, version, **fields)
    record(row, changes | also, reason=reason, at=now)
    return Written("ledger.task", row.pk, row.version)


def _open_until(task: Task, roles: Roles, asked: date | None, today: date) -> date | None:
    """By when the empty roles are named: as asked, else as it stood; None where none is empty.

    A day that has passed is refused: it would be a finding at once.
    """
    leader = roles.lead_leader or (task.line.leader_post_id if task.line else None)
    if leader and roles.lead_unit and roles.owner:
        return None
    if asked is not None and asked < today and asked != task.undecided_until:
        raise Refused(say("ledger.open_until_passed", day=asked))
    return asked or task.undecided_until


def _demand_assigner(actor: Actor, today: date, task: Task) -> None:
    """Who may assign may name: the office, a leader, or who assigned it or leads the item above."""
    if actor.has("assign") or not law_facts(actor, today, task).is_assigner:
        goals.demand_right(actor, "assign", task.unit.path)


@write("ledger.task.sign_for")
def sign_for(
    *,
    actor: Actor,
    today: date,
    now: datetime,
    task: Task,
    version: int | None = None,
) -> Written:
    """签收: the lead unit takes the task on."""
    move = step(actor, today, task, Verb.SIGN_FOR)
    return move.record(version=version, at=now, signed_at=now)


@write("ledger.task.return_to_assigner")
def return_to_assigner(
    *,
    actor: Actor,
    today: date,
    now: datetime,
    task: Task,
    reason: str,
    competent_unit: Unit | None,
    version: int | None = None,
) -> Written:
    """退回: once, with a reason and the unit thought competent; a second return goes to 裁定."""
    move = step(
        actor,
        today,
        task,
        Verb.RETURN_TO_ASSIGNER,
        reason=reason,
        competent_unit=competent_unit.short_name if competent_unit else "",
    )
    also = {"competent_unit": (None, competent_unit.pk if competent_unit else None)}
    returns = move.task.returns + 1
    return move.record(version=version, reason=reason, at=now, also=also, returns=returns)


@write("ledger.task.rule")
def rule_return(
    *,
    actor: Actor,
    today: date,
    now: datetime,
    task: Task,
    reason: str,
    roles: Roles | None = None,
    version: int | None = None,
) -> Written:
    """裁定: the leader in charge says who carries a task that was returned twice."""
    move = step(actor, today, task, Verb.RULE, reason=reason)
    named = roles or roles_of([task.pk]).get(task.pk, NOBODY)
    also = set_roles(move.task, named, today)
    unit_id = named.lead_unit or move.task.unit_id
    return move.record(
        version=version, reason=reason, at=now, also=also, unit_id=unit_id, assigned_at=now
    )


@write("ledger.task.start")
def start(
    *,
    actor: Actor,
    today: date,
    now: datetime,
    task: Task,
    version: int | None = None,
) -> Written:
    """开始办理: the day work began is kept."""
    move = step(actor, today, task, Verb.START)
    return move.record(version=version, at=now, started_on=move.task.started_on or today)
