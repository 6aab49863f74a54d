"""The State Council's working calendar as a `CalendarTable`, from the package chinesecalendar.

The package grows by one year each November, when the notice for the next year appears. A year
that it does not hold stays out of the table, so the calendar flags it.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from functools import cache

from chinese_calendar.constants import holidays, workdays

from luoshi.domain.workdays import CalendarTable, CalendarYear, WorkCalendar


@cache
def china_table() -> CalendarTable:
    """Days off and make-up working days for every year the package has a notice of.

    A year counts as noticed when its National Day stands in the package: a stray New Year's Eve
    named by the notice of the year before is not a notice.
    """
    off: defaultdict[int, set[date]] = defaultdict(set)
    on: defaultdict[int, set[date]] = defaultdict(set)
    for day in holidays:
        off[day.year].add(day)
    for day in workdays:
        on[day.year].add(day)
    years = {
        year: CalendarYear(
            frozenset(off[year] - on[year]), frozenset(on[year]), official=date(year, 10, 1) in days
        )
        for year, days in sorted(off.items())
    }
    return CalendarTable(years)


@cache
def china_calendar() -> WorkCalendar:
    """The national working calendar without any organisation's own days; built once a process."""
    return WorkCalendar(china_table())
