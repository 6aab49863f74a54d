"""Recurring work: the rules, and the dates on which each will come back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from luoshi.domain import recurring
from luoshi.domain.access import Actor, Allowed, may
from luoshi.domain.base import Sentence
from luoshi.domain.recurring import Occurrence
from luoshi.domain.workdays import WorkCalendar
from luoshi.goals.queries import read_by
from luoshi.ledger.queries import visible_tasks
from luoshi.org.calendars import calendar_of
from luoshi.org.models import Term
from luoshi.org.queries import holds
from luoshi.supervision.models import RecurringItem, RecurringWork

YEAR = 365
PREVIEW = 400
"""Dates of a preview: a year of daily duty fits."""


@dataclass(frozen=True, slots=True)
class WorkShown:
    """A rule with its words, its next day, and whether the post that owns it stands empty."""

    work: RecurringWork
    next: Occurrence | None
    vacant: bool

    @property
    def told(self) -> Sentence:
        """The rule in the office's words."""
        return recurring.told(self.work.rule)


@dataclass(frozen=True, slots=True)
class Coming:
    """A day to come, whether it moved from the rule's day, and why it is skipped."""

    one: Occurrence
    skip_reason: str

    @property
    def moved(self) -> bool:
        """Whether a day off moved it."""
        return self.one.nominal_on != self.one.due_on


@dataclass(frozen=True, slots=True)
class WorkPage:
    """A rule, the next twelve months of it, and what was made of it."""

    shown: WorkShown
    coming: Sequence[Coming]
    made: Sequence[RecurringItem]
    caution: Sentence | None
    may_write: bool


def recurring_works(actor: Actor, today: date) -> QuerySet[RecurringWork]:
    """Rules of units the actor sees, and of the town the actor works in."""
    return (
        RecurringWork.objects.filter(read_by(actor, today), jurisdiction=actor.jurisdiction_id)
        .select_related("unit", "lead_unit", "post")
        .order_by("unit__path", "from_on", "id")
    )


def works(actor: Actor, today: date) -> Sequence[WorkShown]:
    """The rules in view, those that have ended last; a constant number of queries."""
    rows = list(
        recurring_works(actor, today).annotate(
            n=Count("items", filter=Q(items__task__isnull=False))
        )
    )
    held = _held(rows, today)
    calendars = {
        row.unit_id: calendar_of(row.unit) for row in {r.unit_id: r for r in rows}.values()
    }
    shown = [
        WorkShown(
            row,
            next(iter(_coming(row, today, calendars[row.unit_id])), None),
            row.post_id is not None and row.post_id not in held,
        )
        for row in rows
    ]
    return sorted(shown, key=lambda one: one.next is None)


def work_for(actor: Actor, today: date, work_id: UUID) -> RecurringWork | None:
    """One rule that the actor may read, or None."""
    return recurring_works(actor, today).filter(pk=work_id).first()


def work_page(actor: Actor, today: date, work: RecurringWork) -> WorkPage:
    """A rule with the days of the next twelve months and its latest items, those in view."""
    calendar = calendar_of(work.unit)
    skipped = dict(
        work.items.filter(task__isnull=True, nominal_on__gte=today).values_list(
            "nominal_on", "skip_reason"
        )
    )
    days = _coming(work, today, calendar)
    seen = visible_tasks(actor, today).values("pk")
    made = work.items.filter(Q(task__isnull=True) | Q(task__in=seen)).select_related("task__unit")
    end = date.fromordinal(today.toordinal() + YEAR)
    return WorkPage(
        WorkShown(work, next(iter(days), None), bool(work.post_id) and not _held([work], today)),
        [Coming(one, skipped.get(one.nominal_on, "")) for one in days[:PREVIEW]],
        list(made.filter(nominal_on__lte=today).order_by("-nominal_on")[:30]),
        calendar.caution(today, end) if work.shift != RecurringWork.Shift.NONE else None,
        isinstance(may(actor, "assign", work.unit.path), Allowed),
    )


def _coming(work: RecurringWork, today: date, calendar: WorkCalendar) -> list[Occurrence]:
    """The days of the next twelve months that are not made yet."""
    start = today
    if work.made_until is not None and work.made_until >= today:
        start = date.fromordinal(work.made_until.toordinal() + 1)
    end = date.fromordinal(today.toordinal() + YEAR)
    return recurring.occurrences(work.rule, start, end, calendar)


def _held(rows: Sequence[RecurringWork], today: date) -> set[UUID]:
    posts = {row.post_id for row in rows if row.post_id}
    return set(Term.objects.filter(holds(today), post__in=posts).values_list("post_id", flat=True))
