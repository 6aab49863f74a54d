"""督办单: registered with a number, concluded with a result, archived; told of in a bulletin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from luoshi.domain import orders as law
from luoshi.domain.access import Actor
from luoshi.domain.base import Refused, Sentence, say
from luoshi.domain.closing import ACTIVE, State
from luoshi.journal.actions import Written, created, record, write
from luoshi.ledger import actions as ledger
from luoshi.ledger.actions import NewTask
from luoshi.ledger.actions.paths import locked
from luoshi.ledger.models import Task
from luoshi.ledger.queries import NOBODY, Roles, task_for
from luoshi.office.marking import marking
from luoshi.org.models import Person, Post, Term, Unit
from luoshi.org.queries import holders, holds
from luoshi.store.rows import save
from luoshi.supervision.actions.numbering import take_number
from luoshi.supervision.models import Inspection, Order, OrderTold, Serial
from luoshi.supervision.queries.ordering import (
    conclusion_facts,
    open_order,
    town_to_order,
    usual_due,
)
from luoshi.supervision.staging import stage_of

SOURCES = {
    Order.Source.MEETING: Task.Source.MEETING,
    Order.Source.INSTRUCTION: Task.Source.INSTRUCTION,
    Order.Source.PLAN: Task.Source.ANNUAL,
    Order.Source.INSPECTION: Task.Source.RECTIFICATION,
    Order.Source.PAPER: Task.Source.PAPER,
    Order.Source.REQUEST: Task.Source.REQUEST,
    Order.Source.OTHER: Task.Source.TEMPORARY,
}
"""What the ledger calls the source of an item made with an order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewOrder:
    """An order to register: of a task of the ledger, or with a new one (`title`, `roles`).

    `due_on` None: the limit of its source; of a task of the ledger it is only compared.
    `reason` says why the deadline lies beyond the limit.
    """

    source: str
    requirement: str
    basis: str = ""
    asked_by_id: UUID | None = None
    task: Task | None = None
    title: str = ""
    acceptance: str = ""
    urgency: str = Task.Urgency.ORDINARY
    roles: Roles = NOBODY
    due_on: date | None = None
    reason: str = ""
    inspection: Inspection | None = None


@write("supervision.order.register")
def register_order(*, actor: Actor, today: date, now: datetime, new: NewOrder) -> Written:
    """登记督办单: an existing item, or a new one made and handed over in the same transaction.

    The number follows without a gap in the unit's own style. A marked text, a leader or a post
    without a holder, an item that has ended or has an open order are refused, and so is another
    deadline than the item's own: that one moves by extension only.
    """
    town = _town(actor)
    _demand_words(actor, today, town, new)
    Unit.objects.select_for_update().get(pk=town.pk)  # numbers of a town: one after the other
    task = _existing(actor, today, now, new) if new.task else _made(actor, today, now, town, new)
    number, mark = take_number(actor, town, today.year, Serial.Kind.ORDER)
    row = Order(
        jurisdiction=actor.jurisdiction_id,
        unit=town,
        issuer_kind=town.kind,
        task=task,
        inspection=new.inspection,
        year=today.year,
        number=number,
        serial=mark,
        source=Order.Source(new.source),
        basis=new.basis.strip(),
        requirement=new.requirement.strip(),
        asked_by_id=new.asked_by_id,
        is_new=new.task is None,
        registered_on=today,
        registered_at=now,
        registered_by_id=_person(actor),
    )
    row.save(force_insert=True)
    record(row, created(row), unit_id=town.pk, at=now, reason=new.reason)
    return Written("supervision.order", row.pk, row.version, {"serial": mark, "task": task.pk})


@write("supervision.order.conclude")
def conclude_order(
    *,
    actor: Actor,
    today: date,
    now: datetime,
    order: Order,
    result: str,
    note: str = "",
    next_on: date | None = None,
    version: int | None = None,
) -> Written:
    """认定结果: 已整改 of what was verified and closed, else what was found.

    Never by whoever did or reported the work. A result stays: what changes later is a new order.
    """
    task = locked(order.task)
    row = Order.objects.select_for_update().get(pk=order.pk)
    row.task = task
    facts = conclusion_facts(actor, today, row, note=note, next_on=next_on)
    _demand(law.result_fault(law.Result(result), facts))
    follows = law.Result(result) in {law.Result.PARTLY, law.Result.CONTINUING}
    changes = save(
        row,
        version,
        result=result,
        result_note=note.strip()[:500],
        next_on=next_on if follows else None,
        concluded_on=today,
        concluded_by_id=_person(actor),
    )
    record(row, changes, reason=note, at=now)
    return Written("supervision.order", row.pk, row.version, {"result": result})


@write("supervision.order.archive")
def archive_order(
    *, actor: Actor, today: date, now: datetime, order: Order, version: int | None = None
) -> Written:
    """归档: what has its result, or was called off, is read from now on and never changed.

    An item that came with the order and is closed goes into the archive with it.
    """
    if _town(actor).pk != order.unit_id:
        raise Refused(say("orders.not_yours"))
    task = locked(order.task)
    row = Order.objects.select_for_update().get(pk=order.pk)
    row.task = task
    _demand(law.archive_fault(stage_of(row)))
    changes = save(row, version, archived_on=today, archived_by_id=_person(actor))
    record(row, changes, at=now)
    closed = task.state in {Task.State.COMPLETED, Task.State.CLEARED}
    if row.is_new and closed and "town_office" in actor.roles:
        ledger.archive(actor=actor, today=today, now=now, task=task)
    return Written("supervision.order", row.pk, row.version, {"archived": today})


@write("supervision.order.tell")
def tell_orders(
    *,
    actor: Actor,
    today: date,
    now: datetime,
    orders: Sequence[Order],
    bulletin_id: UUID,
    serial: str,
    praised: frozenset[UUID] = frozenset(),
) -> Written:
    """通报: keep in which issued bulletin each order was told of; briefs calls it."""
    for order in orders:
        row = OrderTold.objects.create(
            jurisdiction=order.jurisdiction,
            order=order,
            unit_id=order.unit_id,
            bulletin_id=bulletin_id,
            serial=serial,
            told_on=today,
            praised=order.pk in praised,
        )
        record(row, created(row), unit_id=order.unit_id, at=now)
    return Written("supervision.ordertold", bulletin_id, 1 if orders else -1, {"n": len(orders)})


def _town(actor: Actor) -> Unit:
    town = town_to_order(actor)
    if town is None or actor.on_behalf_of is not None:
        raise Refused(say("orders.not_yours"))
    _demand(law.order_fault(town.kind))
    return town


def _demand_words(actor: Actor, today: date, town: Unit, new: NewOrder) -> None:
    """What is typed is whole, bears no marking, and names people who serve today."""
    if not new.requirement.strip():
        raise Refused(say("orders.no_requirement"))
    for text in (new.requirement, new.basis, new.title):
        found = marking(text)
        if found:
            raise Refused(say("orders.marked", marking=found))
    if new.asked_by_id is not None:
        _demand_serves(actor, today, new.asked_by_id)
    if new.task is None and new.roles.owner is not None:
        _demand_held(actor, today, new.roles.owner)
    if new.inspection is not None and new.inspection.town_id != town.pk:
        raise Refused(say("orders.not_yours"))


def _demand_held(actor: Actor, today: date, post_id: UUID) -> None:
    """Somebody holds the post that is made responsible."""
    if not holders(actor, [post_id], today):
        post = Post.objects.filter(pk=post_id, jurisdiction=actor.jurisdiction_id).first()
        raise Refused(say("orders.post_vacant", post=post.title if post else "—"))


def _demand_serves(actor: Actor, today: date, person_id: UUID) -> None:
    person = Person.objects.filter(pk=person_id, jurisdiction=actor.jurisdiction_id).first()
    if person is None:
        raise Refused(say("orders.person_unknown"))
    if not Term.objects.filter(holds(today), holds(today, "post__"), person=person).exists():
        raise Refused(say("orders.person_left", name=person.name))


def _existing(actor: Actor, today: date, now: datetime, new: NewOrder) -> Task:
    """The item of the ledger, handed over where it has a lead unit and was not yet."""
    assert new.task is not None
    if task_for(actor, today, new.task.pk) is None:
        raise Refused(say("orders.not_yours"))
    task = locked(new.task)
    if State(task.state) not in ACTIVE:
        raise Refused(say("orders.task_ended"))
    known = open_order(actor, task)
    if known is not None:
        raise Refused(say("orders.has_order", serial=known.serial))
    if new.due_on is not None and new.due_on != task.due_on:
        raise Refused(say("orders.due_stays", due=task.due_on or "—"))
    if task.state == Task.State.REGISTERED:
        ledger.assign(actor=actor, today=today, now=now, task=task)
    return task


def _made(actor: Actor, today: date, now: datetime, town: Unit, new: NewOrder) -> Task:
    """A new item outside the plan, registered and handed over through the ledger's own actions."""
    if not new.title.strip():
        raise Refused(say("orders.no_title"))
    if new.roles.lead_unit is None:
        raise Refused(say("orders.no_unit"))
    usual = usual_due(actor, today, town, new.source)
    due = new.due_on or usual
    _demand(law.due_fault(due, usual, today, new.reason))
    item = NewTask(
        title=new.title,
        unit_id=town.pk,
        source_kind=SOURCES[Order.Source(new.source)],
        measures=new.requirement.strip(),
        acceptance=new.acceptance.strip(),
        urgency=new.urgency,
        due_on=due,
        roles=new.roles,
    )
    made = ledger.register_task(actor=actor, today=today, now=now, new=item)
    task = Task.objects.select_related("unit").get(pk=made.id)
    ledger.assign(actor=actor, today=today, now=now, task=task)
    task.refresh_from_db()
    return task


def _person(actor: Actor) -> UUID:
    if actor.person_id is None:
        raise Refused(say("supervision.no_person"))
    return actor.person_id


def _demand(fault: Sentence | None) -> None:
    if fault is not None:
        raise Refused(fault)
