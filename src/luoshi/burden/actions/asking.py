"""How long a form took; what was asked outside the system; opinions and their answers."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import F, Max

from luoshi.burden.models import FormTiming, Opinion, OutsideAsk
from luoshi.burden.queries import answers_opinions
from luoshi.burden.registry import forms
from luoshi.domain.access import Actor
from luoshi.domain.base import Refused, say
from luoshi.domain.burden import coarse
from luoshi.journal.actions import Written, created, nothing, record, write
from luoshi.org.models import Unit
from luoshi.org.queries import town_of
from luoshi.store.rows import save

MOST_MINUTES = 600
MOST_COUNTED = 60


@write("burden.timing.note")
def note_timing(
    *, actor: Actor, today: date, form: str, fields: int, seconds: object, times: int = 1
) -> Written:
    """Count that a form took so long this month; nobody's name, unit or instant is kept.

    The actor is the system, and no entry is journalled: an entry names an account and an instant,
    and what must not be known of a person must not be written down (ADR 0031). Nonsense is refused
    and leaves nothing. `times` is more than one where history is told (the demonstration).
    """
    told = coarse(seconds)
    if form not in forms() or told is None or not 0 < fields <= MOST_COUNTED or times < 1:
        raise Refused(say("burden.timing_odd"))
    row, _made = FormTiming.objects.get_or_create(
        jurisdiction=actor.jurisdiction_id,
        form=form,
        month=today.replace(day=1),
        fields=fields,
        seconds=told,
    )
    FormTiming.objects.filter(pk=row.pk).update(times=F("times") + times)
    return nothing("burden.formtiming", row.pk)


@write("burden.outside.log")
def log_outside(
    *, actor: Actor, today: date, channel: str, what: str, minutes: int, asked_on: date
) -> Written:
    """登记系统外要数: what was asked, through which channel, how long it took; for oneself."""
    if actor.person_id is None or not actor.posts:
        raise Refused(say("burden.no_place"))
    if not what.strip():
        raise Refused(say("burden.no_what"))
    if not 1 <= minutes <= MOST_MINUTES:
        raise Refused(say("burden.minutes_odd", most=MOST_MINUTES))
    if asked_on > today:
        raise Refused(say("burden.asked_ahead"))
    row = OutsideAsk(
        jurisdiction=actor.jurisdiction_id,
        unit_id=actor.posts[0].unit_id,
        channel=OutsideAsk.Channel(channel),
        what=what.strip()[:120],
        minutes=minutes,
        asked_on=asked_on,
        person_id=actor.person_id,
    )
    row.save(force_insert=True)
    record(row, created(row))
    return Written("burden.outsideask", row.pk)


@write("burden.opinion.give")
def give_opinion(
    *, actor: Actor, today: date, unit: Unit, kind: str, text: str, person_id: UUID | None = None
) -> Written:
    """提意见建议: it gets the next number of its town and goes to the town office.

    Without a name the caller gives the system as actor: neither row nor entry nor receipt knows
    who it was. With a name, `person_id` is the actor's own.
    """
    if not text.strip():
        raise Refused(say("burden.no_text"))
    if person_id is not None and person_id != actor.person_id:
        raise Refused(say("burden.no_place"))
    town = Unit.objects.select_for_update().get(pk=unit.pk, jurisdiction=actor.jurisdiction_id)
    last = Opinion.objects.filter(jurisdiction=town.jurisdiction, unit=town).aggregate(
        n=Max("number")
    )["n"]
    row = Opinion(
        jurisdiction=town.jurisdiction,
        unit=town,
        number=(last or 0) + 1,
        kind=Opinion.Kind(kind),
        text=text.strip()[:1000],
        given_on=today,
        person_id=person_id,
    )
    row.save(force_insert=True)
    record(row, created(row))
    return Written("burden.opinion", row.pk, 1, {"number": row.number})


@write("burden.opinion.answer")
def answer(
    *, actor: Actor, today: date, opinion: Opinion, text: str, version: int | None = None
) -> Written:
    """答复: the town office or a leader answers once; the answer is read by number."""
    town = town_of(actor)
    if not answers_opinions(actor) or town is None or town.pk != opinion.unit_id:
        raise Refused(say("burden.not_yours"))
    if not text.strip():
        raise Refused(say("burden.no_answer"))
    row = Opinion.objects.select_for_update().get(pk=opinion.pk)
    if row.answered_on is not None:
        raise Refused(say("burden.answered"))
    changes = save(
        row,
        version,
        answer=text.strip()[:1000],
        answered_on=today,
        answered_by_id=actor.person_id,
    )
    record(row, changes)
    return Written("burden.opinion", row.pk, row.version)
