"""Reminders as one digest (待办汇总、一次催办): when, of what, to whom, and what is tried again.

An office asks once a day, at an hour it sets, on days it works. On the last working day before days
off only what is due or late is asked, nothing for the first morning after; on days off nothing but
特急. Outside the hours between the digest and the quiet time nothing leaves.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from luoshi.domain.base import Refused, say
from luoshi.domain.workdays import SHANGHAI, WorkCalendar

Occasion = Literal["all", "eve", "urgent"]
"""A working day; the last one before days off; a day off."""
Level = Literal[0, 1, 2]
"""Nobody yet, the head of the unit, the leader in charge."""
Went = Literal["sent", "not_sent", "refused", "unclear"]
"""What came of a message: taken, never left or put off, turned down for good, nobody can tell."""

FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=2), timedelta(minutes=30)
MOST_TRIES = 8
"""On one day; with waits of 2, 4, 8, 16, 30 … minutes they reach over two hours."""
CLAIM = timedelta(minutes=5)
"""How long a message may be on its way before nobody can say whether it left."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """An office's hours: when the digest goes out, when it is quiet, when the next level is told.

    `head_days` and `leader_days` are working days past the day. Refused where the digest would
    fall into quiet hours, or where the leader would be told before the head.
    """

    at: time = time(16, 30)
    quiet_from: time = time(18, 0)
    quiet_until: time = time(8, 0)
    head_days: int = 3
    leader_days: int = 7

    def __post_init__(self) -> None:
        """Hold the figures against each other."""
        if is_quiet(self, self.at):
            raise Refused(say("reminding.at_in_quiet"))
        if not 1 <= self.head_days < self.leader_days:
            raise Refused(say("reminding.levels"))


def is_quiet(rhythm: Rhythm, at: time) -> bool:
    """Whether nothing may leave at this hour; quiet hours may run over midnight, or be none."""
    start, end = rhythm.quiet_from, rhythm.quiet_until
    if start == end:
        return False
    return start <= at < end if start < end else at >= start or at < end


def occasion(calendar: WorkCalendar, day: date) -> Occasion:
    """What kind of day it is for asking; make-up working days are working days."""
    if not calendar.is_workday(day):
        return "urgent"
    return "all" if calendar.is_workday(day + timedelta(days=1)) else "eve"


def asked(kind: Occasion, late_days: int, *, most_urgent: bool = False) -> bool:
    """Whether an item stands in the digest of such a day; `late_days` below 0: not due yet."""
    if most_urgent:
        return True
    return kind == "all" or (kind == "eve" and late_days >= 0)


def is_time(rhythm: Rhythm, now: datetime) -> bool:
    """Whether the day's digest may go out now: from its hour until it is quiet."""
    at = now.astimezone(SHANGHAI).time()
    return at >= rhythm.at and not is_quiet(rhythm, at)


def level(rhythm: Rhythm, calendar: WorkCalendar, by: date, today: date) -> Level:
    """Up to which level an item owed since `by` is told, counted in working days after that day.

    The leader's figure is larger than the head's: whatever a leader reads, the head has read.
    """
    days = calendar.between(by, today) if today > by else 0
    if days > rhythm.leader_days:
        return 2
    return 1 if days > rhythm.head_days else 0


def next_try(rhythm: Rhythm, tries: int, now: datetime) -> datetime | None:
    """When a message that did not leave is tried again; None: no more on this day.

    After the quiet time begins, and after the last try, it waits for the next digest, which takes
    its place: one message, not a pile.
    """
    if tries >= MOST_TRIES:
        return None
    wait = min(FIRST_WAIT * 2 ** max(tries - 1, 0), LONGEST_WAIT)
    then = now + wait
    same_day = then.astimezone(SHANGHAI).date() == now.astimezone(SHANGHAI).date()
    return then if same_day and is_time(rhythm, then) else None
