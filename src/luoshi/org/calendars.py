"""The working calendar that a unit lives by."""

from __future__ import annotations

from luoshi.domain.workdays import WorkCalendar
from luoshi.office.china_calendar import china_calendar, china_table
from luoshi.org.models import CalendarDay, Unit


def calendar_of(unit: Unit) -> WorkCalendar:
    """The working calendar of a unit: the national one and the unit's own exceptions; one query."""
    own = list(CalendarDay.objects.filter(unit=unit).values_list("day", "works"))
    if not own:
        return china_calendar()
    return WorkCalendar(
        china_table(),
        extra_days_off=[day for day, works in own if not works],
        extra_working_days=[day for day, works in own if works],
    )
