"""What the worker's clock does for the week: recurring items at night, the draft on Friday."""

from __future__ import annotations

from datetime import date, datetime, time

from luoshi.domain import weekly
from luoshi.domain.access import Actor
from luoshi.domain.base import Refused
from luoshi.domain.weekly import Week
from luoshi.domain.workdays import SHANGHAI
from luoshi.goals.models import Plan
from luoshi.org.calendars import calendar_of
from luoshi.org.models import Unit
from luoshi.supervision.actions.recurring import make_items
from luoshi.supervision.actions.weeks import draft_week
from luoshi.supervision.models import RecurringWork, WeeklyList

DRAFT_AT = time(15, 0)
"""On the last working day of a week, from this hour on, the next list is drafted."""


def sweep(today: date, now: datetime) -> int:
    """Make what recurring work is due, and draft next week's lists; how much was written.

    Called again it finds nothing to do: every item and every list has its unique key.
    """
    return make_recurring(today, now) + draft_lists(today, now)


def make_recurring(today: date, now: datetime) -> int:
    """Every rule that runs today; one that fails does not stop the others."""
    count = 0
    rows = RecurringWork.objects.filter(from_on__lte=_far(today)).order_by("jurisdiction", "id")
    for work in rows.exclude(to_on__lt=today, made_until__isnull=False):
        system = Actor.system(work.jurisdiction)
        try:
            written = make_items(actor=system, today=today, now=now, work=work)
        except Refused:  # a unit that has ended: the page of the rule tells it
            continue
        count += int(written.facts.get("made", 0))
    return count


def _far(today: date) -> date:
    return date.fromordinal(today.toordinal() + 120)


def draft_lists(today: date, now: datetime) -> int:
    """The next week's list of every town whose year's plan is under way."""
    local = now.astimezone(SHANGHAI)
    if local.date() < today or (local.date() == today and local.time() < DRAFT_AT):
        return 0
    count = 0
    towns = Unit.objects.filter(
        kind=Unit.Kind.TOWN,
        pk__in=Plan.objects.filter(state=Plan.State.IN_FORCE, year=today.year).values("unit"),
    )
    for town in towns.order_by("jurisdiction", "path"):
        calendar = calendar_of(town)
        if today != weekly.closes_on(Week.of(today), calendar):
            continue
        week = Week.of(today).next()
        mine = WeeklyList.objects.filter(unit=town, year=week.year, week=week.number)
        if mine.exists():
            continue
        try:
            draft_week(actor=Actor.system(town.jurisdiction), today=today, now=now, unit=town)
        except Refused:  # somebody drafted it by hand at the same moment
            continue
        count += 1
    return count
