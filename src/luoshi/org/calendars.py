"""The working calendar that a unit lives by."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from luoshi.domain.workdays import WorkCalendar
from luoshi.office.china_calendar import china_calendar, china_table
from luoshi.org.models import CalendarDay, Unit


def calendar_of(unit: Unit) -> WorkCalendar:
    """The working calendar of a unit: the national one and the unit's own exceptions; one query."""
    return calendar_with(unit, {})


def calendar_with(unit: Unit, days: Mapping[date, bool]) -> WorkCalendar:
    """The same as it would be if the unit worked, or did not, on these days too; one query."""
    own = dict(CalendarDay.objects.filter(unit=unit).values_list("day", "works")) | dict(days)
    if not own:
        return china_calendar()
    return WorkCalendar(
        china_table(),
        extra_days_off=[day for day, works in own.items() if not works],
        extra_working_days=[day for day, works in own.items() if works],
    )
