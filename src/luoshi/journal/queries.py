"""Reads of the journal, scoped like every other read."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Max, Min, Q, QuerySet

from luoshi.domain.access import Actor
from luoshi.jobs.models import Job
from luoshi.journal.models import Anchor, Entry

SHANGHAI = ZoneInfo("Asia/Shanghai")
ORGANISATION = ("org.", "config.")


def entries(actor: Actor, unit_ids: QuerySet[Entry] | list[UUID]) -> QuerySet[Entry]:
    """Entries the actor may read: of the units given (the actor's scope), newest first.

    An audit administrator reads what was done to the organisation and its accounts, no business;
    an auditor reads everything of the jurisdiction.
    """
    mine = Entry.objects.filter(jurisdiction=actor.jurisdiction_id).order_by("-at", "-id")
    if actor.is_system or "auditor" in actor.roles:
        return mine
    allowed = Q(pk__in=[])
    if "audit_admin" in actor.roles:
        for prefix in ORGANISATION:
            allowed |= Q(verb__startswith=prefix)
    if actor.has("read_journal") and actor.roles != {"audit_admin"}:
        allowed |= Q(unit_id__in=unit_ids)
    return mine.filter(allowed)


def of_subject(actor: Actor, kind: str, subject_id: UUID) -> QuerySet[Entry]:
    """The entries of one row that the actor was already shown, newest first."""
    return Entry.objects.filter(
        jurisdiction=actor.jurisdiction_id, subject_kind=kind, subject_id=subject_id
    ).order_by("-at", "-id")


def narrowed(
    actor: Actor,  # noqa: ARG001 - the rows are already the actor's
    rows: QuerySet[Entry],
    *,
    verb: str = "",
    kind: str = "",
    unit_id: UUID | None = None,
    from_on: date | None = None,
    to_on: date | None = None,
) -> QuerySet[Entry]:
    """The rows of a verb (or a room: a beginning of verbs), a kind of subject, a unit, and days.

    Both days are included.
    """
    if verb:
        rows = rows.filter(verb__startswith=verb)
    if kind:
        rows = rows.filter(subject_kind=kind)
    if unit_id:
        rows = rows.filter(unit_id=unit_id)
    if from_on:
        rows = rows.filter(at__gte=_midnight(from_on))
    if to_on:
        rows = rows.filter(at__lt=_midnight(to_on + timedelta(days=1)))
    return rows


def anchors(actor: Actor) -> QuerySet[Anchor]:
    """The daily anchors of the actor's jurisdiction, newest first; they name no matter."""
    rows = Anchor.objects.filter(jurisdiction=actor.jurisdiction_id)
    return rows.order_by("-on") if actor.has("read_journal") else rows.none()


def last_check(actor: Actor) -> Job | None:
    """The newest check of the whole chain, done or under way; its result tells what it found."""
    rows = Job.objects.filter(jurisdiction=actor.jurisdiction_id, kind="journal.verify")
    return rows.order_by("-id").first() if actor.has("read_journal") else None


def seal_at(actor: Actor, seq: int) -> str:
    """The seal that the chain holds under a number; empty where there is no such entry."""
    if not actor.has("read_journal"):
        return ""
    rows = Entry.objects.filter(jurisdiction=actor.jurisdiction_id, seq=seq)
    return rows.values_list("seal", flat=True).first() or ""


def sealed_count(actor: Actor) -> int:
    """How many entries of the jurisdiction are sealed, by the numbers of the first and last."""
    rows = Entry.objects.filter(jurisdiction=actor.jurisdiction_id, seq__isnull=False)
    ends = rows.aggregate(first=Min("seq"), last=Max("seq"))
    return ends["last"] - ends["first"] + 1 if ends["last"] else 0


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), SHANGHAI)
