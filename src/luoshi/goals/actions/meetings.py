"""The only writes of meetings: a meeting is entered, owns its texts, keeps what it called for."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from luoshi.documents import queries as documents
from luoshi.documents.models import Document
from luoshi.domain.access import Actor
from luoshi.domain.base import Refused, say
from luoshi.goals import queries
from luoshi.goals.models import Meeting, MeetingKind, MeetingText
from luoshi.journal.actions import Written, created, nothing, record, write
from luoshi.org.models import Unit
from luoshi.store.rows import save


@write("goals.meeting.create")
def create_meeting(
    *,
    actor: Actor,
    today: date,
    unit: Unit,
    title: str,
    held_on: date,
    kind: MeetingKind | None = None,
    key: str = "",
) -> Written:
    """Enter a meeting: without a kind the annual one, which owns the year's texts and plan.

    Needs the right to plan; the kind is one of the unit's own.
    """
    del today, key
    queries.demand_right(actor, "plan", unit.path)
    if kind is not None and kind.unit_id != unit.pk:
        raise Refused(say("goals.other_kind"))
    meeting = Meeting.objects.create(
        jurisdiction=unit.jurisdiction, unit=unit, title=title, held_on=held_on, kind=kind
    )
    record(meeting, created(meeting))
    return Written("goals.meeting", meeting.pk, meeting.version)


@write("goals.meeting.add_kind")
def add_kind(*, actor: Actor, today: date, unit: Unit, name: str, mark: str) -> Written:
    """Add a kind of meeting that the town holds, with the mark of its minutes; a name once."""
    del today
    queries.demand_right(actor, "plan", unit.path)
    name, mark = name.strip()[:30], mark.strip()[:20]
    if not name or not mark:
        raise Refused(say("goals.kind_words"))
    if unit.meeting_kinds.filter(name=name).exists():
        raise Refused(say("goals.kind_there", name=name))
    kind = MeetingKind.objects.create(
        jurisdiction=unit.jurisdiction,
        unit=unit,
        name=name,
        mark=mark,
        position=unit.meeting_kinds.count() + 1,
    )
    record(kind, created(kind))
    return Written("goals.meetingkind", kind.pk, kind.version)


@write("goals.meeting.keep_call")
def keep_call(*, actor: Actor, today: date, meeting: Meeting, task_id: UUID) -> Written:
    """Keep which task gathers the action plans that the meeting called for; once for a meeting."""
    del today
    queries.demand_right(actor, "plan", meeting.unit.path)
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if meeting.call_task_id is not None:
        raise Refused(say("goals.called_already"))
    record(meeting, save(meeting, None, call_task_id=task_id))
    return Written("goals.meeting", meeting.pk, meeting.version)


@write("goals.meeting.add_text")
def add_text(
    *, actor: Actor, today: date, meeting: Meeting, document: Document, role: str
) -> Written:
    """Put a text into a meeting's bundle: report, speech, task table, resolution or other.

    A text that is in it already stays as it is. Needs the right to draft for the meeting's unit.
    """
    del today
    documents.demand_draft(actor, meeting.unit)
    row, fresh = MeetingText.objects.get_or_create(
        jurisdiction=meeting.jurisdiction,
        meeting=meeting,
        document=document,
        defaults={"role": MeetingText.Role(role)},
    )
    if not fresh:
        return nothing("goals.meeting", meeting.pk)
    record(meeting, {"text": (None, document.pk), "role": (None, row.role)})
    return Written("goals.meeting", meeting.pk, meeting.version)
