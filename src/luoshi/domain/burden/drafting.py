"""A new request for data: what is refused before it is issued, in words."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final, Literal

from luoshi.domain.base import Sentence, say
from luoshi.domain.burden.known import bare
from luoshi.domain.workdays import SHANGHAI, WorkCalendar

Rhythm = Literal["once", "month", "quarter"]
MOST_FIELDS: Final = 30
MONTHS: Final = {"month": 1, "quarter": 3}
FREE_FROM: Final = time(15, 0)  # before days off: the week's list closes at 15:00
NIGHT_FROM: Final = time(18, 0)


@dataclass(frozen=True, slots=True)
class Draft:
    """A request as its office drafts it: fields, of which units, by when, how often.

    `empty` names asked units where nobody holds a post: a form sent there reaches no one.
    """

    title: str
    fields: tuple[str, ...]
    units: tuple[str, ...]
    due_on: date
    rhythm: Rhythm = "once"
    empty: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Earlier:
    """A request that is still open: its number, its fields and units, for comparison."""

    number: str
    fields: tuple[str, ...]
    units: tuple[str, ...]


def rounds_of(first: date, rhythm: Rhythm) -> tuple[date, ...]:
    """The days on which the request is due, the first as given, none past the year's end.

    The day of the month stays; where a month is shorter, its last day.
    """
    if rhythm == "once":
        return (first,)
    step, found = MONTHS[rhythm], []
    for month in range(first.month, 13, step):
        last = calendar.monthrange(first.year, month)[1]
        found.append(date(first.year, month, min(first.day, last)))
    return tuple(found)


def faults_of(
    draft: Draft, now: datetime, days: WorkCalendar, open_ones: Sequence[Earlier] = ()
) -> tuple[Sentence, ...]:
    """Everything that keeps a request from being issued; nothing: it may be.

    A request names 1 to 30 different fields and at least one unit where somebody holds a post; it
    falls due after today's work, and leaves a working day: nothing asked before days off from 15:00
    on is due on the next working day, nothing asked at night the same day. What another open
    request asks of the same units is not asked twice.
    """
    return (*_words(draft), *_people(draft), *_times(draft, now, days), *_twins(draft, open_ones))


def _words(draft: Draft) -> list[Sentence]:
    found = []
    if not draft.title.strip():
        found.append(say("burden.no_title"))
    if not draft.fields:
        found.append(say("burden.no_fields"))
    if len(draft.fields) > MOST_FIELDS:
        found.append(say("burden.many_fields", n=len(draft.fields), most=MOST_FIELDS))
    names = [bare(name) for name in draft.fields]
    twice = tuple(
        name for at, name in enumerate(draft.fields) if bare(name) in names[:at] or not bare(name)
    )
    if twice and len(draft.fields) <= MOST_FIELDS:
        found.append(say("burden.field_twice", fields=twice[:5]))
    return found


def _people(draft: Draft) -> list[Sentence]:
    found = []
    if not draft.units:
        found.append(say("burden.no_units"))
    if draft.empty:
        found.append(say("burden.empty_units", units=draft.empty))
    return found


def _times(draft: Draft, now: datetime, days: WorkCalendar) -> list[Sentence]:
    local = now.astimezone(SHANGHAI)
    today = local.date()
    if draft.due_on < today:
        return [say("burden.due_passed", due=draft.due_on)]
    if draft.due_on == today and local.time() >= NIGHT_FROM:
        return [say("burden.at_night")]
    rest_ahead = not days.is_workday(today + timedelta(days=1))
    resting = not days.is_workday(today) or (rest_ahead and local.time() >= FREE_FROM)
    first = days.add(today, 1) if days.is_workday(today) else days.on_or_after(today)
    if resting and draft.due_on <= first:
        return [say("burden.over_rest", due=draft.due_on, first=first)]
    return []


def _twins(draft: Draft, open_ones: Sequence[Earlier]) -> list[Sentence]:
    fields, units = {bare(name) for name in draft.fields}, set(draft.units)
    for one in open_ones:
        same = fields == {bare(name) for name in one.fields}
        if fields and same and units and units <= set(one.units):
            return [say("burden.twin", number=one.number)]
    return []
