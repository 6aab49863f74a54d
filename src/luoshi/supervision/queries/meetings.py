"""Meetings of a kind: their decisions, and how the last ones stand (上次议定事项落实情况)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from luoshi.domain.access import Actor, Allowed, may
from luoshi.domain.base import Sentence, say
from luoshi.goals.models import Meeting, MeetingKind
from luoshi.goals.queries import kinds
from luoshi.ledger.judging import CLOSED
from luoshi.ledger.models import Task
from luoshi.ledger.queries import Row, rows_of, visible_tasks
from luoshi.org.queries import visible_unit_ids
from luoshi.supervision.models import Decision, Minutes

ENDED = CLOSED | {Task.State.CANCELLED.value}
SHOWN = 60
MOVERS = {
    Task.State.REPORTED_DONE.value: say("supervision.whose.drawn"),
    Task.State.VERIFIED.value: say("supervision.whose.assigner"),
    Task.State.SUBMITTED.value: say("supervision.whose.superior"),
    Task.State.DISPUTED.value: say("supervision.whose.leader"),
}
"""Whose move it is once the unit has done its part; before, it is the unit's."""


@dataclass(frozen=True, slots=True)
class DecisionShown:
    """A decision with its item: the state, whose move it is, and for how many days."""

    decision: Decision
    row: Row | None
    today: date

    @property
    def days(self) -> int:
        """Days in the state it is in: a done item's days stopped when it was closed."""
        task = self.row.task if self.row else None
        if task is None:
            return 0
        return (self.today - task.state_since).days

    @property
    def late(self) -> int:
        """Days past its date, where it is not done."""
        task = self.row.task if self.row else None
        if task is None or task.due_on is None or task.state in ENDED or task.done_on:
            return 0
        return max((self.today - task.due_on).days, 0)

    @property
    def ended(self) -> bool:
        """Whether nothing is to be done any more."""
        return self.row is None or self.row.task.state in ENDED

    @property
    def whose(self) -> Sentence:
        """Whose move it is."""
        if self.row is None:
            return say("supervision.whose.none")
        task, carriers = self.row.task, self.row.carriers
        if task.state in MOVERS or task.state in ENDED:
            return MOVERS.get(task.state, say("supervision.whose.none"))
        unit = (carriers.lead_unit or task.unit).short_name
        person = carriers.person.name if carriers.person else ""
        return say("supervision.whose.unit", unit=f"{unit} {person}".rstrip())


@dataclass(frozen=True, slots=True)
class MeetingPage:
    """A meeting: its paper, what it decided, and how the kind's earlier decisions stand."""

    minutes: Minutes
    decisions: Sequence[DecisionShown]
    earlier: Sequence[DecisionShown]
    last: Meeting | None
    may_write: bool

    @property
    def draft(self) -> bool:
        """Whether it may still be changed."""
        return self.minutes.state == Minutes.State.DRAFT

    @property
    def done(self) -> int:
        """How many of the earlier decisions have come to their end."""
        return sum(shown.ended for shown in self.earlier)


def held(actor: Actor, today: date, kind: str = "") -> Sequence[Minutes]:
    """Meetings of a kind that the actor may read, with counts of their decisions; one query."""
    rows = Minutes.objects.filter(
        jurisdiction=actor.jurisdiction_id, meeting__in=_open_to(actor, today).values("pk")
    )
    if kind:
        rows = rows.filter(kind=UUID(kind))
    ended = Q(meeting__decisions__task__state__in=ENDED)
    items = Q(meeting__decisions__task__isnull=False)
    return list(
        rows.select_related("meeting__unit", "kind")
        .annotate(
            n=Count("meeting__decisions"),
            items=Count("meeting__decisions", filter=items),
            done=Count("meeting__decisions", filter=ended),
        )
        .order_by("-meeting__held_on", "-id")[:SHOWN]
    )


def kinds_of(actor: Actor, today: date) -> QuerySet[MeetingKind]:
    """The kinds of meetings in view."""
    return kinds(actor, today)


def minutes_for(actor: Actor, today: date, meeting_id: UUID) -> Minutes | None:
    """The paper of one meeting that the actor may read, or None."""
    return (
        Minutes.objects.filter(meeting=meeting_id, meeting__in=_open_to(actor, today).values("pk"))
        .select_related("meeting__unit", "kind")
        .first()
    )


def meeting_page(actor: Actor, today: date, minutes: Minutes) -> MeetingPage:
    """A meeting with its decisions, and the kind's earlier ones; a constant number of queries.

    It opens with what the last meeting of the kind decided, and with whatever of the ones before
    is still open. Decisions whose items the actor does not see are not shown.
    """
    before = (
        Meeting.objects.filter(kind=minutes.kind_id)
        .filter(
            Q(held_on__lt=minutes.meeting.held_on)
            | Q(held_on=minutes.meeting.held_on, id__lt=minutes.meeting_id)
        )
        .order_by("-held_on", "-id")
    )
    last = before.first()
    own = _decisions(actor, today).filter(meeting=minutes.meeting_id).order_by("position", "id")
    open_ones = Q(task__isnull=False) & ~Q(task__state__in=ENDED)
    earlier = (
        _decisions(actor, today)
        .filter(meeting__in=before.order_by().values("pk"))
        .filter(Q(meeting=last) | open_ones)
        .order_by("-decided_on", "position", "id")
        if last
        else Decision.objects.none()
    )
    rows = [*own, *earlier[:SHOWN]]
    items = {
        one.task.pk: one for one in rows_of(actor, today, [r.task_id for r in rows if r.task_id])
    }
    told = [DecisionShown(row, items.get(row.task_id), today) for row in rows]  # type: ignore[arg-type]
    writes = isinstance(may(actor, "assign", minutes.meeting.unit.path), Allowed)
    here = [one for one in told if one.decision.meeting_id == minutes.meeting_id]
    others = [one for one in told if one.decision.meeting_id != minutes.meeting_id]
    return MeetingPage(minutes, here, others, last, writes)


def decision_for(actor: Actor, today: date, decision_id: UUID) -> Decision | None:
    """One decision whose meeting and item the actor sees, or None."""
    rows = _decisions(actor, today).filter(
        pk=decision_id, meeting__in=_open_to(actor, today).values("pk")
    )
    return rows.select_related("meeting__unit", "meeting__minutes", "task__unit").first()


def _open_to(actor: Actor, today: date) -> QuerySet[Meeting]:
    """Meetings of units that the actor sees: a village does not read its town's minutes."""
    rows = Meeting.objects.filter(jurisdiction=actor.jurisdiction_id, kind__isnull=False)
    return rows.filter(unit__in=visible_unit_ids(actor, today)).order_by()


def _decisions(actor: Actor, today: date) -> QuerySet[Decision]:
    seen = visible_tasks(actor, today).values("pk")
    return (
        Decision.objects.filter(jurisdiction=actor.jurisdiction_id)
        .filter(meeting__in=_open_to(actor, today).values("pk"))
        .filter(Q(task__isnull=True) | Q(task__in=seen))
        .select_related("meeting")
    )
