"""Checks by somebody else, and deadlines asked to move; every one asks the law."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from luoshi.domain import closing
from luoshi.domain.access import Actor
from luoshi.domain.base import Refused, say
from luoshi.domain.closing import Allowed, Facts, State, Verb
from luoshi.journal.actions import Written, created, record, write
from luoshi.ledger import actions as ledger
from luoshi.ledger.actions.paths import locked
from luoshi.ledger.models import Task
from luoshi.ledger.queries import NOBODY, roles_of
from luoshi.ledger.queries.choosing import people_to_type_for
from luoshi.store.rows import save
from luoshi.supervision.models import Extension, Verification
from luoshi.supervision.queries import facts_for, is_drawn, open_extension


@write("supervision.task.verify")
def verify(
    *,
    actor: Actor,
    today: date,
    now: datetime,
    task: Task,
    note: str,
    method: str = Verification.Method.PAPERS,
    outcome: str = Verification.Outcome.TRUE,
    found: int | None = None,
    version: int | None = None,
) -> Written:
    """复核: the person drawn says what was found; 属实 verifies the task, 退回整改 sends it back.

    The verifier is never the doer, nor anybody who reported, also on behalf (代录), and where a lot
    was drawn it is the person drawn. What was found is told in words; the check stays as a row.
    Not true: the item is as far as the check found it (`found`, basis points), never 100%.
    """
    if not note.strip():
        raise Refused(say("supervision.no_note"))
    row = locked(task)
    doer = row.done_by_id
    drawn = is_drawn(actor, today, row)
    common: dict[str, Any] = {"actor": actor, "today": today, "now": now, "task": row}
    if outcome == Verification.Outcome.TRUE:
        ledger.verify(**common, is_drawn=drawn, reason=note, version=version)
    else:
        _demand(row, Verb.VERIFY, facts_for(actor, today, row, None))
        ledger.return_for_rework(**common, reason=note, found=found, version=version)
    looked = _Looked(note, method, outcome, None if outcome == "true" else found)
    return _kept(actor, today, now, row, doer, looked)


@write("supervision.task.return_for_rework")
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
    """退回整改: the office, the leader in charge or the assigner sends it back, with the reason."""
    row = locked(task)
    doer = row.done_by_id
    ledger.return_for_rework(
        actor=actor, today=today, now=now, task=row, reason=reason, found=found, version=version
    )
    method, outcome = Verification.Method.PAPERS, Verification.Outcome.REWORK
    return _kept(actor, today, now, row, doer, _Looked(reason, method, outcome, found))


@dataclass(frozen=True, slots=True)
class _Looked:
    """What a check says: in words, how, with what result and how far it is."""

    note: str
    method: str
    outcome: str
    found: int | None = None


def _kept(
    actor: Actor, today: date, now: datetime, task: Task, doer: UUID | None, looked: _Looked
) -> Written:
    row = Verification.objects.create(
        jurisdiction=task.jurisdiction,
        task=task,
        unit_id=task.unit_id,
        outcome=Verification.Outcome(looked.outcome),
        method=Verification.Method(looked.method),
        note=looked.note.strip()[:500],
        found=looked.found,
        done_by_id=doer,
        verified_on=today,
        verified_by_id=_person(actor),
    )
    record(row, created(row), unit_id=task.unit_id, at=now)
    facts = {"verification": row.pk, "outcome": looked.outcome}
    return Written("ledger.task", task.pk, 0, facts)


@write("supervision.extension.ask")
def ask_extension(
    *,
    actor: Actor,
    today: date,
    now: datetime,
    task: Task,
    new_due_on: date,
    reason: str,
) -> Written:
    """申请延期: asked by whoever carries the task, before the deadline, with reason and new date.

    The office may type it for a person who carries the task (代录). Past the superior's deadline
    nothing is asked here: that one moves only on the superior's reply (调整上级时限).
    """
    row = locked(task)
    if actor.on_behalf_of is not None:
        _demand_carrier(actor, today, row)
    asked = open_extension(actor, row)
    facts = facts_for(actor, today, row, asked, new_due_on=new_due_on, reason=reason)
    _demand(row, Verb.ASK_EXTENSION, facts)
    due = facts.working_due_on
    if due is None:
        raise Refused(say("closing.no_deadline"))
    kept = Extension.objects.create(
        jurisdiction=row.jurisdiction,
        task=row,
        unit_id=row.unit_id,
        old_due_on=due,
        new_due_on=new_due_on,
        reason=reason.strip()[:300],
        asked_on=today,
        asked_by_id=actor.on_behalf_of or actor.delegated_by or _person(actor),
    )
    record(kept, created(kept), reason=reason, at=now)
    return _answer(kept)


@write("supervision.extension.agree")
def agree_extension(
    *, actor: Actor, today: date, now: datetime, task: Task, version: int | None = None
) -> Written:
    """同意延期: the leader in charge agrees; where that person also assigned it, it is approved."""
    row, asked, allowed = _step(actor, today, task, Verb.AGREE_EXTENSION)
    if allowed.moves is not None:
        return _approved(actor, today, now, row, asked, allowed, version)
    fields = {"state": Extension.State.AGREED, "agreed_by_id": actor.person_id}
    record(asked, save(asked, version, **fields), at=now)
    return _answer(asked)


@write("supervision.extension.approve")
def approve_extension(
    *, actor: Actor, today: date, now: datetime, task: Task, version: int | None = None
) -> Written:
    """批准延期: the assigner approves what the leader in charge agreed to, and the deadline moves.

    Of an item from above only the office's internal deadline moves, never past the superior's.
    """
    row, asked, allowed = _step(actor, today, task, Verb.APPROVE_EXTENSION)
    return _approved(actor, today, now, row, asked, allowed, version)


@write("supervision.extension.refuse")
def refuse_extension(
    *,
    actor: Actor,
    today: date,
    now: datetime,
    task: Task,
    reason: str,
    version: int | None = None,
) -> Written:
    """不同意延期: the leader in charge or the assigner refuses, with the reason; the date stays."""
    _row, asked, _allowed = _step(actor, today, task, Verb.REFUSE_EXTENSION, reason=reason)
    fields = {
        "state": Extension.State.REFUSED,
        "answer": reason.strip()[:300],
        "approved_by_id": actor.person_id,
        "decided_on": today,
    }
    record(asked, save(asked, version, **fields), reason=reason, at=now)
    return _answer(asked)


def _step(
    actor: Actor,
    today: date,
    task: Task,
    verb: Verb,
    **form: Any,  # noqa: ANN401 - fields of `Facts`
) -> tuple[Task, Extension, Allowed]:
    """Lock the task, ask the law about its open request; without one the law has refused."""
    row = locked(task)
    asked = open_extension(actor, row)
    allowed = _demand(row, verb, facts_for(actor, today, row, asked, **form))
    if asked is None:
        raise Refused(say("closing.no_extension"))
    return row, asked, allowed


def _approved(
    actor: Actor,
    today: date,
    now: datetime,
    task: Task,
    asked: Extension,
    allowed: Allowed,
    version: int | None,
) -> Written:
    """Move the deadline and keep who decided; a date that others have moved since is not undone."""
    facts = facts_for(actor, today, task, asked)
    due, last = facts.working_due_on, facts.due_on
    if due is not None and asked.new_due_on <= due:
        raise Refused(say("closing.new_date_not_later", due=due))
    if facts.source_kind == "above" and last is not None and asked.new_due_on > last:
        raise Refused(say("closing.beyond_superior", due=last))
    agreed = asked.agreed_by_id or actor.person_id
    fields = {
        "state": Extension.State.APPROVED,
        "agreed_by_id": agreed,
        "approved_by_id": actor.person_id,
        "decided_on": today,
    }
    changes: dict[str, Any] = dict(save(asked, version, **fields))
    changes |= {f"note.{note.code}": (None, dict(note.params)) for note in allowed.notes}
    record(asked, changes, at=now)
    ledger.move_due(
        actor=actor,
        today=today,
        now=now,
        task=task,
        allowed=allowed,
        new_due_on=asked.new_due_on,
        reason=asked.reason,
        asked_by_id=asked.asked_by_id,
        agreed_by_id=agreed,
    )
    return _answer(asked)


def _demand(task: Task, verb: Verb, facts: Facts) -> Allowed:
    return closing.demand(State(task.state), verb, facts)


def _demand_carrier(actor: Actor, today: date, task: Task) -> None:
    """代录 speaks for somebody who carries the task today."""
    roles = roles_of([task.pk]).get(task.pk, NOBODY)
    known: set[UUID] = {UUID(key) for key, _ in people_to_type_for(actor, today, task, roles)}
    if actor.on_behalf_of not in known:
        raise Refused(say("ledger.person_left"))


def _person(actor: Actor) -> UUID:
    """The person who acts; the system neither checks nor asks."""
    if actor.person_id is None:
        raise Refused(say("supervision.no_person"))
    return actor.person_id


def _answer(asked: Extension) -> Written:
    return Written("supervision.extension", asked.pk, asked.version, {"state": asked.state})
