"""How soon an assigned task must be signed for, by urgency."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum


class Urgency(StrEnum):
    """缓急程度 of an assigned paper or task."""

    MOST_URGENT = "most_urgent"  # 特急
    URGENT = "urgent"  # 加急
    ORDINARY = "ordinary"  # 平件


@dataclass(frozen=True, slots=True)
class SignLimit:
    """Either so many hours on the wall clock, or the end of the day so many working days on."""

    hours: int | None = None
    working_days: int = 0


SIGN_LIMITS: Mapping[Urgency, SignLimit] = {
    Urgency.MOST_URGENT: SignLimit(hours=2),
    Urgency.URGENT: SignLimit(working_days=0),
    Urgency.ORDINARY: SignLimit(working_days=1),
}

_END_OF_DAY = time(23, 59, 59)


def sign_by(
    urgency: Urgency,
    assigned_at: datetime,
    add_workdays: Callable[[date, int], date],
    limits: Mapping[Urgency, SignLimit] = SIGN_LIMITS,
) -> datetime:
    """The last instant to sign for: 特急 two hours, 加急 the same day, 平件 the next working day.

    `assigned_at` carries the office's time zone, and so does the answer. Hours run on the wall
    clock, nights and holidays included; `add_workdays(date, n)` is the working calendar's and is
    asked only where n > 0. An office with other limits passes its own `limits`.
    """
    limit = limits[urgency]
    if limit.hours is not None:
        return assigned_at + timedelta(hours=limit.hours)
    day = assigned_at.date()
    if limit.working_days:
        day = add_workdays(day, limit.working_days)
    return datetime.combine(day, _END_OF_DAY, tzinfo=assigned_at.tzinfo)
