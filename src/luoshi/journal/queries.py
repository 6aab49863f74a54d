"""Reads of the journal, scoped like every other read."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from luoshi.domain.access import Actor
from luoshi.journal.models import Entry

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
    from_on: date | None = None,
    to_on: date | None = None,
) -> QuerySet[Entry]:
    """The rows of a verb (or a room: a beginning of verbs) and of days, both ends included."""
    if verb:
        rows = rows.filter(verb__startswith=verb)
    if from_on:
        rows = rows.filter(at__gte=_midnight(from_on))
    if to_on:
        rows = rows.filter(at__lt=_midnight(to_on + timedelta(days=1)))
    return rows


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), SHANGHAI)
