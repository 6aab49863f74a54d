"""The periods for which an indicator is stated, their names, and when a reading is due."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Literal

from luoshi.domain.base import Period, Sentence, say

Rhythm = Literal["month", "quarter", "half", "year"]
MONTHS: Mapping[str, int] = {"month": 1, "quarter": 3, "half": 6, "year": 12}


def periods_of(rhythm: Rhythm, year: int) -> tuple[Period, ...]:
    """The periods of a year by publishing rhythm, in order: 12 months, 4 quarters, 2 halves, 1."""
    step = MONTHS[rhythm]
    return tuple(
        Period(date(year, month, 1), Period.month(year, month + step - 1).end)
        for month in range(1, 13, step)
    )


def due_on(period: Period, days: int) -> date:
    """The day by which a reading is due: so many calendar days after the period's end."""
    return period.end + timedelta(days=days)


def label_of(period: Period) -> Sentence:
    """The period's name as offices write it: 2026年, 2026年上半年, 2026年一季度, 2026年5月."""
    year, number = str(period.start.year), 0
    kind = period.kind
    if kind == "range":
        return say("measuring.period.range", start=period.start, end=period.end)
    number = (period.start.month - 1) // MONTHS[kind] + 1
    match kind:
        case "year":
            return say("measuring.period.year", year=year)
        case "half":
            return say("measuring.period.half", year=year, number=number)
        case "quarter":
            return say("measuring.period.quarter", year=year, number=number)
        case _:
            return say("measuring.period.month", year=year, number=number)


def year_before(period: Period) -> Period:
    """The same period a year earlier; February keeps its own end."""
    start = period.start.replace(year=period.start.year - 1)
    if period.kind == "month":
        return Period.month(start.year, start.month)
    return Period(start, period.end.replace(year=period.end.year - 1))
