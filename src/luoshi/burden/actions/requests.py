"""报表要求: drafted, issued or withheld, answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import Max

from luoshi.burden.models import DataRequest, RequestedUnit, RequestReply
from luoshi.burden.queries import drafting_unit, may_issue
from luoshi.domain.access import Actor
from luoshi.domain.base import Refused, say
from luoshi.domain.burden import Draft, Earlier, Rhythm, faults_of, rounds_of
from luoshi.domain.workdays import SHANGHAI
from luoshi.journal.actions import Written, created, record, write
from luoshi.org.calendars import calendar_of
from luoshi.org.models import Term, Unit
from luoshi.org.queries import holds, town_of
from luoshi.store.rows import save

LONG = 500  # characters of one answer


@write("burden.request.draft")
def draft_request(
    *,
    actor: Actor,
    today: date,
    now: datetime,
    title: str,
    purpose: str,
    fields: Sequence[str],
    units: Sequence[Unit],
    due_on: date,
    rhythm: Rhythm,
) -> Written:
    """起草报表要求: which fields, of which units, by when, how often; the impossible is refused.

    Drafting costs nobody anything: the page of the draft shows what it would cost.
    """
    place, drafter = town_of(actor), drafting_unit(actor, today)
    if place is None or drafter is None or actor.person_id is None:
        raise Refused(say("burden.not_drafter"))
    if any(not unit.path.startswith(place.path) for unit in units):
        raise Refused(say("burden.no_units"))
    town = Unit.objects.select_for_update().get(pk=place.pk)
    names = tuple(name.strip()[:60] for name in fields if name.strip())
    _demand_sound(town, today, now, _draft(title, names, units, due_on, rhythm, today))
    last = DataRequest.objects.filter(jurisdiction=town.jurisdiction, unit=town).aggregate(
        n=Max("number")
    )["n"]
    row = DataRequest(
        jurisdiction=town.jurisdiction,
        unit=town,
        drafter=drafter,
        number=(last or 0) + 1,
        title=title.strip()[:200],
        purpose=purpose.strip()[:300],
        fields=list(names),
        rhythm=rhythm,
        due_on=due_on,
        rounds=[on.isoformat() for on in rounds_of(due_on, rhythm)],
        asked_on=today,
        asked_by_id=actor.person_id,
    )
    row.save(force_insert=True)
    RequestedUnit.objects.bulk_create(
        RequestedUnit(jurisdiction=row.jurisdiction, request=row, unit=unit, position=at)
        for at, unit in enumerate(units)
    )
    record(row, created(row, units=(None, [unit.pk for unit in units])), unit_id=town.pk, at=now)
    return Written("burden.datarequest", row.pk, row.version)


def _draft(
    title: str,
    fields: tuple[str, ...],
    units: Sequence[Unit],
    due_on: date,
    rhythm: Rhythm,
    today: date,
) -> Draft:
    held = set(
        Term.objects.filter(
            holds(today), holds(today, "post__"), post__unit__in=[unit.pk for unit in units]
        ).values_list("post__unit", flat=True)
    )
    empty = tuple(unit.short_name for unit in units if unit.pk not in held)
    keys = tuple(str(unit.pk) for unit in units)
    return Draft(title, fields, keys, due_on, rhythm, empty)


def _demand_sound(
    town: Unit, today: date, now: datetime, draft: Draft, but: UUID | None = None
) -> None:
    """Ask the law; the office's day goes with the clock's time (the demonstration stands still)."""
    at = datetime.combine(today, now.astimezone(SHANGHAI).time(), SHANGHAI)
    found = faults_of(draft, at, calendar_of(town), _open(town, today, but))
    if found:
        raise Refused(found[0])


def _open(town: Unit, today: date, but: UUID | None) -> list[Earlier]:
    rows = (
        DataRequest.objects.filter(jurisdiction=town.jurisdiction, unit=town)
        .exclude(pk__in=[but] if but else [])
        .exclude(state=DataRequest.State.WITHHELD)
        .prefetch_related("asked")
    )
    return [
        Earlier(str(row.number), tuple(row.fields), tuple(str(a.unit_id) for a in row.asked.all()))
        for row in rows
        if row.rounds and date.fromisoformat(row.rounds[-1]) >= today
    ]


@write("burden.request.issue")
def issue(  # noqa: PLR0913 - what was decided, and the items that carry it
    *,
    actor: Actor,
    today: date,
    now: datetime,
    wanted: DataRequest,
    keep: Sequence[str],
    known: Sequence[tuple[str, str, str]],
    estimate: Decimal | None,
    tasks: Mapping[UUID, UUID],
    task_id: UUID,
    version: int | None = None,
) -> Written:
    """下达: the fields that are kept are asked; what the ledger knows is filled in by it.

    `tasks` are the ledger's items by unit, `task_id` the item above them. Asked of the law again:
    what was drafted on Thursday may be issued on Friday evening.
    """
    row = _undecided(actor, wanted)
    kept = [name for name in row.fields if name in set(keep)]
    units = [one.unit for one in row.asked.select_related("unit").order_by("position")]
    draft = _draft(row.title, tuple(kept), units, row.due_on, row.rhythm, today)  # type: ignore[arg-type]
    _demand_sound(row.unit, today, now, draft, row.pk)
    changes = save(
        row,
        version,
        fields=kept,
        known=[list(one) for one in known if one[0] not in kept],
        estimate=estimate,
        state=DataRequest.State.ISSUED,
        decided_on=today,
        decided_by_id=actor.person_id,
        task_id=task_id,
    )
    for one in row.asked.all():
        RequestedUnit.objects.filter(pk=one.pk).update(task_id=tasks[one.unit_id])
    record(row, changes, unit_id=row.unit_id, at=now)
    return Written("burden.datarequest", row.pk, row.version, {"n": len(units)})


@write("burden.request.withhold")
def withhold(
    *,
    actor: Actor,
    today: date,
    wanted: DataRequest,
    reason: str,
    estimate: Decimal | None,
    version: int | None = None,
) -> Written:
    """不予下发: the request is not sent out, with the reason and the minutes that it spares."""
    if not reason.strip():
        raise Refused(say("burden.no_reason"))
    row = _undecided(actor, wanted)
    changes = save(
        row,
        version,
        state=DataRequest.State.WITHHELD,
        reason=reason.strip()[:300],
        estimate=estimate,
        decided_on=today,
        decided_by_id=actor.person_id,
    )
    record(row, changes, reason=reason, unit_id=row.unit_id)
    return Written("burden.datarequest", row.pk, row.version)


def _undecided(actor: Actor, wanted: DataRequest) -> DataRequest:
    town = town_of(actor)
    if not may_issue(actor) or town is None or town.pk != wanted.unit_id:
        raise Refused(say("burden.not_yours"))
    row = DataRequest.objects.select_for_update().get(pk=wanted.pk)
    if row.state != DataRequest.State.DRAFT:
        raise Refused(say("burden.decided", state=row.get_state_display()))
    return row


@write("burden.request.reply")
def reply(
    *,
    actor: Actor,
    today: date,
    now: datetime,
    wanted: DataRequest,
    unit: Unit,
    round_on: date,
    answers: Sequence[str],
    version: int | None = None,
) -> Written:
    """填报: a unit answers one round, every field once; a second time corrects the first."""
    asked = RequestedUnit.objects.filter(request=wanted, unit=unit).exists()
    due = round_on.isoformat() in wanted.rounds
    mine = unit.pk in actor.unit_ids and wanted.state == DataRequest.State.ISSUED
    if not (asked and due and mine) or actor.person_id is None:
        raise Refused(say("burden.not_asked"))
    told = _told(wanted, answers)
    row = (
        RequestReply.objects.select_for_update()
        .filter(request=wanted, unit=unit, round_on=round_on)
        .first()
    )
    if row is not None:
        changes = save(row, version, answers=told, replied_on=today, person_id=actor.person_id)
        record(row, changes, unit_id=unit.pk, at=now)
        return Written("burden.requestreply", row.pk, row.version)
    row = RequestReply(
        jurisdiction=wanted.jurisdiction,
        request=wanted,
        unit=unit,
        round_on=round_on,
        answers=told,
        replied_on=today,
        person_id=actor.person_id,
    )
    row.save(force_insert=True)
    record(row, created(row), unit_id=unit.pk, at=now)
    return Written("burden.requestreply", row.pk, row.version)


def _told(wanted: DataRequest, answers: Sequence[str]) -> list[str]:
    told = [answer.strip() for answer in answers]
    for number, field in enumerate(wanted.fields, 1):
        text = told[number - 1] if number <= len(told) else ""
        if not text:
            raise Refused(say("burden.answer_missing", n=number, field=field))
        if len(text) > LONG:
            raise Refused(say("burden.answer_long", n=number, field=field, most=LONG))
    return told[: len(wanted.fields)]
