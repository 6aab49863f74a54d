"""Reads of the burden meter; the first argument is the actor, whose scope decides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from django.db.models import QuerySet, Sum

from luoshi.burden.models import (
    DataRequest,
    FormTiming,
    Opinion,
    OutsideAsk,
    RequestedUnit,
    RequestReply,
)
from luoshi.burden.registry import forms
from luoshi.domain.access import Actor
from luoshi.domain.base import Period, month_end
from luoshi.domain.burden import Timing, pace_of
from luoshi.org.models import CARRYING_KINDS, Unit, subtree
from luoshi.org.queries import holds, town_of

SEES_ALL = frozenset({"leader", "town_office"})
"""班子和党政办: they see what every unit of their town is asked; others see their own."""


@dataclass(frozen=True, slots=True)
class Asked:
    """So many askings of one form in a month: of a post, of a person, or of a unit's head."""

    form: str
    month: date
    unit_id: UUID
    fields: int
    times: int = 1
    repeated: int = 0
    post_id: UUID | None = None
    person_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Measured:
    """How long a form takes: median seconds of a field and how often it was measured."""

    pace: Decimal | None
    times: int


def measured(actor: Actor, today: date) -> Mapping[str, Measured]:
    """Every form's median seconds a field, over the last twelve months; one query.

    A form without five measurements has no pace. "" is the median over all forms together.
    """
    since = _months_back(today, 12)
    rows = FormTiming.objects.filter(jurisdiction=actor.jurisdiction_id, month__gt=since)
    told: dict[str, list[Timing]] = {}
    grouped = rows.values_list("form", "fields", "seconds").annotate(n=Sum("times"))
    for form, fields, seconds, times in grouped.order_by("form", "fields", "seconds"):
        told.setdefault(form, []).append(Timing(fields, seconds, times))
    every = [one for form in told.values() for one in form]
    return {
        key: Measured(pace_of(found), sum(one.times for one in found))
        for key in (*forms(), "")
        for found in [told.get(key, []) if key else every]
    }


def _months_back(day: date, months: int) -> date:
    number = day.year * 12 + day.month - 1 - months
    return date(number // 12, number % 12 + 1, 1)


def month_before(actor: Actor, today: date) -> Period:
    """The whole month before a day's own."""
    del actor
    last = today.replace(day=1) - timedelta(days=1)
    return Period(last.replace(day=1), last)


def this_month(actor: Actor, today: date) -> Period:
    """The whole month of a day."""
    del actor
    return Period(today.replace(day=1), month_end(today.year, today.month))


def asked(actor: Actor, place: Unit, period: Period) -> Sequence[Asked]:
    """What requests for data ask of a place's units: a form a unit and round; one query.

    The caller shows of other people and units their sums at most.
    """
    rows = (
        RequestedUnit.objects.filter(
            jurisdiction=actor.jurisdiction_id,
            request__state=DataRequest.State.ISSUED,
            **{f"unit__{name}": value for name, value in subtree(place.path).items()},
        )
        .select_related("request")
        .order_by("id")
    )
    return [
        Asked("burden.reply", on.replace(day=1), row.unit_id, max(len(row.request.fields), 1))
        for row in rows
        for on in map(date.fromisoformat, row.request.rounds)
        if period.holds(on)
    ]


def outside(actor: Actor, place: Unit, period: Period) -> QuerySet[OutsideAsk]:
    """What was asked of a place outside the system in a period, newest first; for sums."""
    return OutsideAsk.objects.filter(
        jurisdiction=actor.jurisdiction_id,
        asked_on__range=(period.start, period.end),
        **{f"unit__{name}": value for name, value in subtree(place.path).items()},
    ).order_by("-asked_on", "-id")


def my_outside(actor: Actor) -> QuerySet[OutsideAsk]:
    """What the actor logged for oneself, newest first."""
    rows = OutsideAsk.objects.filter(jurisdiction=actor.jurisdiction_id)
    rows = rows.order_by("-asked_on", "-id")
    return rows.filter(person_id=actor.person_id) if actor.person_id else rows.none()


# --- Requests for data ----------------------------------------------------------------------


def may_issue(actor: Actor) -> bool:
    """Whether the actor issues or withholds requests: the town office and leaders."""
    return bool(actor.roles & SEES_ALL)


def drafting_unit(actor: Actor, today: date) -> Unit | None:
    """The unit for which the actor drafts requests: an office, station or the town office; or None.

    Villages are asked, they do not ask; staff draft through their head.
    """
    del today
    kinds = (Unit.Kind.TOWN_OFFICE, Unit.Kind.INSTITUTION, Unit.Kind.STATION, Unit.Kind.TOWN)
    held = [p.unit_id for p in actor.posts if p.role in {"unit_head", "town_office", "leader"}]
    return Unit.objects.filter(pk__in=held, kind__in=kinds).order_by("path").first()


def units_offered(actor: Actor, today: date, place: Unit) -> list[Unit]:
    """Units of a town that a request can ask, in the order of the organisation."""
    rows = Unit.objects.filter(
        holds(today),
        jurisdiction=actor.jurisdiction_id,
        kind__in=CARRYING_KINDS,
        **subtree(place.path),
    )
    return list(rows.order_by("path"))


def requests(actor: Actor, today: date) -> QuerySet[DataRequest]:
    """Requests of the actor's town, newest first: all are open to everybody there but drafts.

    A draft is seen by who may decide it and by the office that drafts it. An auditor reads all.
    """
    del today
    rows = DataRequest.objects.filter(jurisdiction=actor.jurisdiction_id).select_related(
        "unit", "drafter"
    )
    rows = rows.order_by("-asked_on", "-number")
    if "auditor" in actor.roles:
        return rows
    town = town_of(actor)
    if town is None or not actor.has("read"):
        return rows.none()
    rows = rows.filter(unit=town)
    if not may_issue(actor):
        mine = rows.filter(drafter__in=list(actor.unit_ids))
        rows = rows.exclude(state=DataRequest.State.DRAFT) | mine
    return rows


def request_for(actor: Actor, today: date, request_id: UUID) -> DataRequest | None:
    """One such request, or None."""
    return requests(actor, today).filter(pk=request_id).first()


def asked_of_me(actor: Actor, request: DataRequest) -> RequestedUnit | None:
    """The actor's own unit among those that a request asks, or None."""
    rows = RequestedUnit.objects.filter(request=request, unit__in=list(actor.unit_ids))
    return rows.select_related("unit").order_by("position").first()


def open_round(actor: Actor, request: DataRequest, unit: Unit) -> date | None:
    """The first round that a unit has not answered, or None: everything is answered."""
    done = RequestReply.objects.filter(
        jurisdiction=actor.jurisdiction_id, request=request, unit=unit
    ).values_list("round_on", flat=True)
    told = set(done)
    return next((on for on in map(date.fromisoformat, request.rounds) if on not in told), None)


@dataclass(frozen=True, slots=True)
class ToReply:
    """A round of a request that the actor's unit has to answer."""

    request: DataRequest
    unit: Unit
    on: date
    late_days: int
    task_id: UUID | None


def to_reply(actor: Actor, today: date) -> Sequence[ToReply]:
    """Requests that the actor's units have not answered, the next due first; two queries.

    The round that is due next, from a week before; like a node, it is not asked for earlier.
    """
    units = [post.unit_id for post in actor.posts if post.role in {"unit_head", "town_office"}]
    if not units:
        return ()
    asked_ = list(
        RequestedUnit.objects.filter(
            jurisdiction=actor.jurisdiction_id,
            unit__in=units,
            request__state=DataRequest.State.ISSUED,
        ).select_related("request", "unit")
    )
    told = set(
        RequestReply.objects.filter(
            request__in=[one.request_id for one in asked_], unit__in=units
        ).values_list("request", "unit", "round_on")
    )
    found = []
    for one in asked_:
        rounds = map(date.fromisoformat, one.request.rounds)
        left = [on for on in rounds if (one.request_id, one.unit_id, on) not in told]
        if left and left[0] - timedelta(days=7) <= today:
            late = (today - left[0]).days
            found.append(ToReply(one.request, one.unit, left[0], late, one.task_id))
    return sorted(found, key=lambda one: (one.on, one.request.number))


def requested_tasks(actor: Actor) -> QuerySet[RequestedUnit, UUID | None]:
    """The ledger's items that only carry a request, as a sub-query: the form itself is counted."""
    rows = RequestedUnit.objects.filter(jurisdiction=actor.jurisdiction_id, task_id__isnull=False)
    return rows.values_list("task_id", flat=True)


def replies_to(actor: Actor, request: DataRequest) -> QuerySet[RequestReply]:
    """What units answered: all for who decides, the drafting office and auditors; or one's own."""
    rows = RequestReply.objects.filter(request=request).select_related("unit")
    rows = rows.order_by("round_on", "unit__path")
    if may_issue(actor) or "auditor" in actor.roles or request.drafter_id in actor.unit_ids:
        return rows
    return rows.filter(unit__in=list(actor.unit_ids))


# --- Opinions -------------------------------------------------------------------------------


def answers_opinions(actor: Actor) -> bool:
    """Whether opinions come to the actor: the town office and leaders."""
    return bool(actor.roles & SEES_ALL)


def opinions(actor: Actor, today: date) -> QuerySet[Opinion]:
    """Opinions that the actor reads in full: one's town's for who answers, else one's own."""
    del today
    rows = Opinion.objects.filter(jurisdiction=actor.jurisdiction_id).select_related("unit")
    rows = rows.order_by("-given_on", "-number")
    if "auditor" in actor.roles:
        return rows
    if answers_opinions(actor):
        town = town_of(actor)
        return rows.filter(unit=town) if town else rows.none()
    return rows.filter(person_id=actor.person_id) if actor.person_id else rows.none()


def answered(actor: Actor, today: date) -> QuerySet[Opinion]:
    """Answers of one's town, for everybody there; the page shows number and answer only."""
    del today
    town = town_of(actor)
    rows = Opinion.objects.filter(jurisdiction=actor.jurisdiction_id, answered_on__isnull=False)
    rows = rows.order_by("-answered_on", "-number")
    return rows.filter(unit=town) if town else rows.none()
