"""Reads of notices; the actor first. Of secrets nothing is ever read for a page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, QuerySet

from luoshi.domain.access import Actor
from luoshi.domain.reminding import Rhythm
from luoshi.jobs.models import Job
from luoshi.notices.models import Channel, Notice, Preference, ReminderRule, Via
from luoshi.org.models import Unit
from luoshi.org.queries import town_of

OFFERED: Sequence[str] = (
    "mail", "robot", "sign", "report", "done", "figure", "check", "decide", "raised",
)  # fmt: skip
"""What a person may turn down: two channels, and kinds of items."""
MOST = 200
"""Notices on one page of the log."""


def places_of(actor: Actor) -> QuerySet[Unit]:
    """The towns (and the county) whose reminders the actor sets up.

    The town office its own town; the system administrator every one of the jurisdiction.
    """
    units = Unit.objects.filter(jurisdiction=actor.jurisdiction_id, to_on__isnull=True)
    if "system_admin" in actor.roles:
        return units.filter(kind__in=(Unit.Kind.COUNTY, Unit.Kind.TOWN)).order_by("path")
    if "town_office" not in actor.roles:
        return units.none()
    own = town_of(actor)
    return units.filter(pk=own.pk) if own else units.none()


def place_for(actor: Actor, unit_id: UUID) -> Unit | None:
    """One of these places, or None."""
    return places_of(actor).filter(pk=unit_id).first()


def rule_for(actor: Actor, unit: Unit) -> ReminderRule | None:
    """The rule that a place has set; None: the usual hours stand."""
    return ReminderRule.objects.filter(jurisdiction=actor.jurisdiction_id, unit=unit).first()


def rules_of(actor: Actor, units: Iterable[UUID] | None = None) -> Mapping[UUID, ReminderRule]:
    """The rules of the jurisdiction's places, or of those named, by unit; one query."""
    rows = ReminderRule.objects.filter(jurisdiction=actor.jurisdiction_id)
    if units is not None:
        rows = rows.filter(unit__in=list(units))
    return {row.unit_id: row for row in rows}


def rhythm_of(actor: Actor, unit: Unit) -> Rhythm:
    """By which hours a place asks."""
    rule = rule_for(actor, unit)
    return rule.rhythm if rule else Rhythm()


def channels_of(actor: Actor, unit: Unit) -> QuerySet[Channel]:
    """The robots in use of a place that the actor sets up, without their secrets."""
    rows = Channel.objects.filter(
        jurisdiction=actor.jurisdiction_id,
        unit__in=places_of(actor).filter(pk=unit.pk).values("pk"),
        ended_at__isnull=True,
    )
    return rows.defer("address", "secret").order_by("id")


def channel_for(actor: Actor, channel_id: UUID) -> Channel | None:
    """One robot in use of a place that the actor sets up, or None."""
    rows = Channel.objects.filter(
        pk=channel_id,
        jurisdiction=actor.jurisdiction_id,
        unit__in=places_of(actor).order_by().values("pk"),
        ended_at__isnull=True,
    )
    return rows.select_related("unit").first()


def preference_of(actor: Actor) -> Preference | None:
    """What the actor turned down, and the own address; None: nothing was said yet."""
    if actor.person_id is None:
        return None
    return Preference.objects.filter(
        jurisdiction=actor.jurisdiction_id, person=actor.person_id
    ).first()


def wishes_of(actor: Actor, people: Iterable[UUID]) -> Mapping[UUID, frozenset[str]]:
    """What each of the people turned down; one query."""
    rows = Preference.objects.filter(
        jurisdiction=actor.jurisdiction_id, person__in=list(people)
    ).values_list("person_id", "off")
    return {key: frozenset(off) for key, off in rows}


def addresses_of(actor: Actor) -> Iterable[tuple[UUID, str]]:
    """Where each person's mail goes; for the system that sends it."""
    assert actor.is_system, "an address is its person's own"
    rows = Preference.objects.filter(jurisdiction=actor.jurisdiction_id).exclude(email="")
    return rows.values_list("person_id", "email")


def told_to(actor: Actor, most: int = 10) -> Sequence[Notice]:
    """The digests that the actor was told, the newest first."""
    if actor.person_id is None:
        return ()
    rows = Notice.objects.filter(jurisdiction=actor.jurisdiction_id, person=actor.person_id)
    return list(rows.order_by("-due", "-id")[:most])


@dataclass(frozen=True, slots=True)
class Log:
    """What left, for administrators: rows of some days, and counts by way and outcome."""

    rows: Sequence[Notice]
    total: int
    counts: Sequence[tuple[str, str, int]]


def log_of(actor: Actor, *, via: str = "", state: str = "", due: date | None = None) -> Log | None:
    """Notices that left or were to leave: when, to whom, what came of it, and no matter.

    The town office sees its town's, administrators the jurisdiction's; None for everybody else.
    The page itself is no message: its rows stand in nobody's log. Three queries.
    """
    everywhere = actor.roles & {"system_admin", "audit_admin"}
    if not everywhere and "town_office" not in actor.roles:
        return None
    rows = Notice.objects.filter(jurisdiction=actor.jurisdiction_id).exclude(via=Via.PAGE)
    if not everywhere:
        rows = rows.filter(unit_id__in=places_of(actor).order_by().values("pk"))
    if due:
        rows = rows.filter(due=due)
    counts = rows.order_by("via", "state").values_list("via", "state").annotate(n=Count("pk"))
    told = [(str(Via(v).label), str(Notice.State(s).label), n) for v, s, n in counts]
    if via:
        rows = rows.filter(via=via)
    if state:
        rows = rows.filter(state=state)
    shown = rows.select_related("person", "channel").defer("channel__address", "channel__secret")
    return Log(list(shown.order_by("-due", "-id")[:MOST]), rows.count(), told)


def run_of(actor: Actor) -> Job | None:
    """The digest of the jurisdiction that is being gathered or sent now, or None."""
    kinds = ("home.digest", "notices.send")
    return (
        Job.objects.filter(
            jurisdiction=actor.jurisdiction_id, kind__in=kinds, finished_at__isnull=True
        )
        .order_by("-created_at")
        .first()
    )


def last_run(actor: Actor) -> Job | None:
    """The last digest gathered of the jurisdiction, going or ended."""
    rows = Job.objects.filter(jurisdiction=actor.jurisdiction_id, kind="home.digest")
    return rows.order_by("-created_at").first()
