"""Working days and office hours of the demonstration; there is no "now" in it."""

from __future__ import annotations

import random
from datetime import date, datetime, time, timedelta
from functools import cache

import chinese_calendar

from luoshi.domain.workdays import SHANGHAI

MORNING = (time(8, 30), 210)  # 08:30-12:00, minutes
AFTERNOON = (time(14, 30), 210)  # 14:30-18:00
LONGEST_DAY = MORNING[1] + AFTERNOON[1]
NOON = MORNING[1]
GAP = 150  # the noon break
SAME_DAY = 90  # minutes within which a second move of the same day follows
LAST_NOTICE = 2026  # the last year whose days off the bundled calendar knows
SATURDAY = 5


@cache
def is_workday(day: date) -> bool:
    """Whether offices work on the day; a year without a notice yet keeps the weekly pattern."""
    if day.year > LAST_NOTICE:
        return day.weekday() < SATURDAY
    return bool(chinese_calendar.is_workday(day))


def on_or_after(day: date) -> date:
    """The first working day that is not before `day`."""
    while not is_workday(day):
        day += timedelta(days=1)
    return day


def on_or_before(day: date) -> date:
    """The last working day that is not after `day`."""
    while not is_workday(day):
        day -= timedelta(days=1)
    return day


def add(day: date, working_days: int) -> date:
    """So many working days on (or back, when negative); 0 gives the day itself, mended forward."""
    step = timedelta(days=1 if working_days >= 0 else -1)
    day = on_or_after(day) if working_days >= 0 else on_or_before(day)
    for _ in range(abs(working_days)):
        day += step
        while not is_workday(day):
            day += step
    return day


def between(start: date, end: date) -> int:
    """How many working days lie from start to end, both included."""
    days = (end - start).days + 1
    return sum(is_workday(start + timedelta(days=n)) for n in range(max(days, 0)))


def minute(day: date, of_office_hours: int) -> datetime:
    """The instant so many minutes into the day's office hours (0 to 419)."""
    gap = GAP if of_office_hours >= NOON else 0
    start = datetime.combine(day, MORNING[0], SHANGHAI)
    return start + timedelta(minutes=of_office_hours + gap)


def office_minutes(at: datetime) -> int:
    """The reverse of `minute` for an instant within office hours."""
    minutes = (at.hour - 8) * 60 + at.minute - 30
    return minutes - GAP if minutes >= NOON + GAP else minutes


def later(rng: random.Random, after: datetime | None, day: date, latest: int) -> datetime:
    """A moment on the day's first working day, after `after`, before `latest` office minutes.

    Where the day has no minute left, the next working day is taken.
    """
    day = on_or_after(day)
    first, last = 0, latest
    if after is not None and day <= after.date():
        day = on_or_after(after.date())
        first = office_minutes(after) + 3
        last = min(latest, first + SAME_DAY)
        if first >= latest:
            day, first, last = add(day, 1), 0, latest
    return minute(day, rng.randrange(first, last))
