"""The working calendar against the package it came from, and its own algebra."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.domain.base import Refused
from luoshi.domain.workdays import (
    SHANGHAI,
    CalendarTable,
    CalendarYear,
    OfficeHours,
    WorkCalendar,
)
from luoshi.office.china_calendar import china_calendar, china_table

CALENDAR = china_calendar()
HOURS = OfficeHours()
days = st.dates(date(2004, 1, 1), date(2030, 12, 31))
steps = st.integers(-600, 600)


def test_calendar_agrees_with_the_notices_day_by_day():
    day, last = date(2004, 1, 1), date(2026, 12, 31)
    wrong = []
    while day <= last:
        if CALENDAR.is_workday(day) != chinese_calendar.is_workday(day):
            wrong.append(day)
        day += timedelta(days=1)
    assert wrong == []


def test_calendar_flags_years_without_notice():
    assert not any(CALENDAR.flagged(year) for year in range(2004, max(china_table().years) + 1))
    after = max(china_table().years) + 1
    assert CALENDAR.flagged(after)
    assert CALENDAR.flagged(2003)
    caution = CALENDAR.caution(date(2026, 12, 1), date(after + 1, 1, 5))
    assert caution is not None
    assert caution.params["years"] == (str(after), str(after + 1))
    assert CALENDAR.caution(date(2026, 1, 1), date(2026, 12, 31)) is None


def test_calendar_of_a_flagged_year_is_the_weekly_pattern():
    year = max(china_table().years) + 1
    day = date(year, 1, 1)
    while day.year == year:
        assert CALENDAR.is_workday(day) == (day.weekday() < 5)
        day += timedelta(days=1)


def test_add_jumps_the_national_day_week_of_2026():
    assert CALENDAR.add(date(2026, 9, 30), 1) == date(2026, 10, 8)
    assert CALENDAR.add(date(2026, 10, 8), -1) == date(2026, 9, 30)
    assert CALENDAR.is_workday(date(2026, 10, 10))  # a Saturday made up
    assert CALENDAR.add(date(2026, 9, 24), 5) == date(2026, 10, 9)


def test_organisation_adds_its_own_days():
    own = WorkCalendar(
        china_table(),
        extra_days_off=[date(2026, 6, 18)],
        extra_working_days=[date(2026, 6, 13), date(2026, 10, 1)],
    )
    assert not own.is_workday(date(2026, 6, 18))
    assert own.is_workday(date(2026, 6, 13))
    assert own.is_workday(date(2026, 10, 1))


def test_calendar_without_any_working_day_is_refused():
    with pytest.raises(Refused, match="no_working_day"):
        WorkCalendar(CalendarTable(), weekdays=frozenset())


def test_calendar_refuses_days_beyond_its_years():
    for ask in (
        lambda: CALENDAR.is_workday(date(1800, 1, 1)),
        lambda: CALENDAR.add(date(2026, 1, 5), 100_000),
        lambda: CALENDAR.add(date(2026, 1, 5), -100_000),
        lambda: CALENDAR.add(date(1800, 1, 1), 0),
    ):
        with pytest.raises(Refused, match="beyond"):
            ask()


def test_table_day_off_that_is_also_worked_is_worked():
    day = date(2026, 3, 4)
    table = CalendarTable({2026: CalendarYear(frozenset([day]), frozenset([day]))})
    assert WorkCalendar(table).is_workday(day)


@given(days, steps)
def test_between_undoes_add(day, n):
    assert CALENDAR.between(day, CALENDAR.add(day, n)) == n


@given(days, days)
def test_add_undoes_between_on_working_days(a, b):
    b = CALENDAR.on_or_after(b)
    assert CALENDAR.add(a, CALENDAR.between(a, b)) == b


@given(days, days, steps)
def test_add_is_monotone(a, b, n):
    a, b = min(a, b), max(a, b)
    assert CALENDAR.add(a, n) <= CALENDAR.add(b, n)
    assert CALENDAR.add(a, n) < CALENDAR.add(a, n + 1)


@given(days, st.integers(0, 120))
def test_between_and_count_agree_with_counting(day, span):
    end = day + timedelta(days=span)
    stretch = [day + timedelta(days=k) for k in range(span + 1)]
    worked = [d for d in stretch if CALENDAR.is_workday(d)]
    assert CALENDAR.count(day, end) == len(worked)
    assert CALENDAR.between(day, end) == len([d for d in worked if d > day])
    assert CALENDAR.between(end, day) == -len([d for d in worked if d < end])


@given(days)
def test_nearest_working_days_surround_a_day(day):
    before, after = CALENDAR.on_or_before(day), CALENDAR.on_or_after(day)
    assert before <= day <= after
    assert CALENDAR.is_workday(before)
    assert CALENDAR.is_workday(after)
    assert (before == after) == CALENDAR.is_workday(day)
    assert CALENDAR.days_at(CALENDAR.ranks([before, after])) == [before, after]


def at(*when):
    return datetime(*when, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        (at(2026, 6, 17, 9, 0), 2, at(2026, 6, 17, 11, 0)),
        (at(2026, 6, 17, 11, 0), 2, at(2026, 6, 17, 15, 30)),
        (at(2026, 6, 17, 8, 30), Decimal("3.5"), at(2026, 6, 17, 12, 0)),
        (at(2026, 6, 17, 13, 0), 1, at(2026, 6, 17, 15, 30)),
        (at(2026, 6, 17, 17, 30), 1, at(2026, 6, 18, 9, 0)),
        (at(2026, 6, 18, 17, 0), 2, at(2026, 6, 22, 9, 30)),  # 19-21 June: Dragon Boat
        (at(2026, 6, 20, 10, 0), 7, at(2026, 6, 22, 18, 0)),
        (at(2026, 6, 17, 23, 0), 8, at(2026, 6, 22, 9, 30)),
    ],
)
def test_add_hours_counts_office_hours_only(start, hours, end):
    assert HOURS.add_hours(start, hours, CALENDAR) == end


def test_add_hours_takes_instants_of_any_zone():
    instant = datetime(2026, 6, 17, 1, 0, tzinfo=UTC)  # 09:00 in Shanghai
    assert HOURS.add_hours(instant, 1, CALENDAR) == at(2026, 6, 17, 10, 0)


def test_add_hours_refuses_naive_and_negative():
    with pytest.raises(ValueError, match="time zone"):
        HOURS.add_hours(datetime(2026, 6, 17, 9, 0), 1, CALENDAR)  # noqa: DTZ001
    with pytest.raises(Refused, match="negative_hours"):
        HOURS.add_hours(at(2026, 6, 17, 9, 0), -1, CALENDAR)


def test_office_hours_out_of_order_are_refused():
    with pytest.raises(Refused, match="bad_hours"):
        OfficeHours(HOURS.sessions[::-1])
    with pytest.raises(Refused, match="bad_hours"):
        OfficeHours(())


instants = st.builds(
    datetime.combine, st.dates(date(2025, 1, 1), date(2027, 12, 31)), st.times(), st.just(SHANGHAI)
)


@given(instants, st.integers(1, 400))
def test_worked_between_undoes_add_hours(start, quarters):
    hours = Decimal(quarters) / 4
    end = HOURS.add_hours(start, hours, CALENDAR)
    assert HOURS.worked_between(start, end, CALENDAR) == timedelta(minutes=15 * quarters)
    assert CALENDAR.is_workday(end.date())
    assert HOURS.worked_between(end, start, CALENDAR) == timedelta()
