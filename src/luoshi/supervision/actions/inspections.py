"""督查: the county opens it, the town answers, the county concludes; three acts, two sides."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from luoshi.domain import orders as law
from luoshi.domain.access import Actor
from luoshi.domain.base import Refused, Sentence, say
from luoshi.journal.actions import Written, created, record, write
from luoshi.office.marking import marking
from luoshi.org.models import Unit
from luoshi.store.rows import save
from luoshi.supervision.actions.numbering import take_number
from luoshi.supervision.models import Inspection, Order, Result, Serial
from luoshi.supervision.queries.ordering import office_to_inspect, town_to_order


@write("supervision.inspection.open")
def open_inspection(
    *,
    actor: Actor,
    today: date,
    now: datetime,
    town: Unit,
    title: str,
    requirement: str,
    due_on: date,
) -> Written:
    """发起督查: by the county's supervisors only, against a town, with what is asked and by when.

    A town supervises itself by orders (督办); neither the law, this action nor the table's
    constraint lets one stand for the other.
    """
    office = office_to_inspect(actor)
    kind = office.kind if office else ""
    _demand(law.inspection_fault(kind, town.kind, is_county=office is not None))
    if office is None or town.jurisdiction != actor.jurisdiction_id or actor.on_behalf_of:
        raise Refused(say("orders.inspection_county_only"))
    _demand_words(title, say("orders.no_title"))
    _demand_words(requirement, say("orders.no_requirement"))
    if due_on < today:
        raise Refused(say("orders.due_passed", due=due_on))
    Unit.objects.select_for_update().get(pk=office.pk)
    number, mark = take_number(actor, office, today.year, Serial.Kind.INSPECTION)
    row = Inspection(
        jurisdiction=actor.jurisdiction_id,
        unit=office,
        issuer_kind=office.kind,
        town=town,
        town_kind=town.kind,
        year=today.year,
        number=number,
        serial=mark,
        title=title.strip(),
        requirement=requirement.strip(),
        due_on=due_on,
        opened_on=today,
        opened_by_id=_person(actor),
    )
    row.save(force_insert=True)
    record(row, created(row), unit_id=town.pk, at=now)
    return Written("supervision.inspection", row.pk, row.version, {"serial": mark})


@write("supervision.inspection.answer")
def answer_inspection(
    *,
    actor: Actor,
    today: date,
    now: datetime,
    inspection: Inspection,
    answer: str,
    version: int | None = None,
) -> Written:
    """答复督查: the inspected town's office or leader says what was done; until it is concluded."""
    row = Inspection.objects.select_for_update().get(pk=inspection.pk)
    town = town_to_order(actor)
    if town is None or town.pk != row.town_id or actor.on_behalf_of is not None:
        raise Refused(say("orders.inspection_not_yours"))
    if row.state == Inspection.State.CONCLUDED:
        raise Refused(say("orders.inspection_stands", state=str(row.get_state_display())))
    _demand_words(answer, say("orders.inspection_no_words"))
    changes = save(
        row,
        version,
        state=Inspection.State.ANSWERED,
        answer=answer.strip(),
        answered_on=today,
        answered_by_id=_person(actor),
    )
    record(row, changes, unit_id=row.town_id, at=now)
    return Written("supervision.inspection", row.pk, row.version, {"state": row.state})


@write("supervision.inspection.conclude")
def conclude_inspection(
    *,
    actor: Actor,
    today: date,
    now: datetime,
    inspection: Inspection,
    result: str,
    finding: str,
    version: int | None = None,
) -> Written:
    """督查结论: the county says what it came to, after the answer or once its time has passed.

    Never 已整改 while an order that the town made of it is open.
    """
    row = Inspection.objects.select_for_update().get(pk=inspection.pk)
    office = office_to_inspect(actor)
    if office is None or office.pk != row.unit_id or actor.on_behalf_of is not None:
        raise Refused(say("orders.inspection_county_only"))
    if row.state == Inspection.State.CONCLUDED:
        raise Refused(say("orders.inspection_stands", state=str(row.get_state_display())))
    if row.state == Inspection.State.OPEN and today <= row.due_on:
        raise Refused(say("orders.inspection_no_answer", due=row.due_on))
    _demand_words(finding, say("orders.inspection_no_finding"))
    going = Order.objects.filter(inspection=row, result="", archived_on__isnull=True).count()
    if going and result == Result.RECTIFIED:
        raise Refused(say("orders.inspection_open_orders", n=going))
    changes = save(
        row,
        version,
        state=Inspection.State.CONCLUDED,
        result=Result(result),
        finding=finding.strip(),
        concluded_on=today,
        concluded_by_id=_person(actor),
    )
    record(row, changes, unit_id=row.town_id, at=now)
    return Written("supervision.inspection", row.pk, row.version, {"result": result})


def _demand_words(text: str, why: Sentence) -> None:
    """Something is said, and it bears no marking (R71)."""
    if not text.strip():
        raise Refused(why)
    found = marking(text)
    if found:
        raise Refused(say("orders.marked", marking=found))


def _person(actor: Actor) -> UUID:
    if actor.person_id is None:
        raise Refused(say("supervision.no_person"))
    return actor.person_id


def _demand(fault: Sentence | None) -> None:
    if fault is not None:
        raise Refused(fault)
