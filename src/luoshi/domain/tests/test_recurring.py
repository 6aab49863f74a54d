"""周期性工作: never twice, never missed, and moving a day off keeps the order."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.domain import recurring
from luoshi.domain.recurring import Rule
from luoshi.domain.workdays import CalendarTable, CalendarYear, WorkCalendar

NATIONAL = CalendarYear(
    frozenset(date(2026, 10, n) for n in range(1, 8)), frozenset({date(2026, 10, 10)})
)
CALENDAR = WorkCalendar(CalendarTable({2026: NATIONAL}))
START, END = date(2026, 1, 1), date(2026, 12, 31)
month_days = st.tuples(st.integers(1, 12), st.integers(1, 28))
rules = st.builds(
    Rule,
    rhythm=st.sampled_from(["daily", "weekly", "monthly", "quarterly", "yearly"]),
    from_on=st.dates(START, date(2026, 6, 30)),
    to_on=st.none() | st.dates(date(2026, 7, 1), date(2027, 6, 30)),
    weekday=st.integers(0, 6),
    month=st.integers(1, 12),
    day=st.integers(1, 29),
    season=st.none() | st.tuples(month_days, month_days),
    shift=st.sampled_from(["none", "before", "after"]),
    lead_days=st.integers(0, 30),
)


def days(rule, start=START, end=END):
    return [one.due_on for one in recurring.occurrences(rule, start, end, CALENDAR)]


def make(rhythm="monthly", **fields):
    return Rule(rhythm=rhythm, from_on=fields.pop("from_on", START), **fields)


def test_the_twenty_fifth_of_every_month():
    told = days(make(day=25))
    assert len(told) == 12
    assert told[0] == date(2026, 1, 25), "a Sunday stays where the rule does not move it"


def test_a_day_off_moves_where_the_rule_says_so():
    assert days(make(day=25, shift="before"))[0] == date(2026, 1, 23)
    assert days(make(day=25, shift="after"))[0] == date(2026, 1, 26)
    national = make(day=3, shift="after")
    assert date(2026, 10, 8) in days(national)


def test_the_end_of_quarters_and_of_short_months():
    quarters = days(make("quarterly"))
    assert quarters == [date(2026, m, d) for m, d in ((3, 31), (6, 30), (9, 30), (12, 31))]
    assert days(make(day=31))[1] == date(2026, 2, 28)
    assert days(make("yearly", month=2, day=29)) == [date(2026, 2, 28)]


def test_flood_duty_is_every_calendar_day_of_the_season():
    told = days(make("daily", season=((5, 1), (9, 30))))
    assert (told[0], told[-1], len(told)) == (date(2026, 5, 1), date(2026, 9, 30), 153)


def test_a_season_may_run_over_the_new_year():
    told = days(make("daily", season=((10, 1), (5, 31))))
    assert date(2026, 1, 1) in told
    assert date(2026, 12, 31) in told
    assert date(2026, 7, 1) not in told


def test_a_daily_rule_that_moves_is_for_working_days():
    told = days(make("daily", shift="before"), date(2026, 10, 1), date(2026, 10, 11))
    assert told == [date(2026, 10, 8), date(2026, 10, 9), date(2026, 10, 10)]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"rhythm": "yearly", "month": 2, "day": 30}, "recurring.no_such_day"),
        ({"rhythm": "yearly", "month": 4, "day": 31}, "recurring.no_such_day"),
        ({"rhythm": "monthly"}, "recurring.no_day"),
        ({"rhythm": "weekly"}, "recurring.no_weekday"),
        ({"rhythm": "daily", "season": ((2, 30), (3, 1))}, "recurring.no_such_season"),
        ({"rhythm": "daily", "to_on": date(2025, 1, 1)}, "recurring.ends_before"),
        ({"rhythm": "daily", "lead_days": 91}, "recurring.lead"),
    ],
)
def test_a_rule_that_cannot_be_kept_is_refused(fields, code):
    told = recurring.fault(make(**fields))
    assert told is not None
    assert told.code == code


def test_29_february_is_a_day():
    assert recurring.fault(make("yearly", month=2, day=29)) is None


@given(rules)
def test_days_are_in_order_each_once_and_moving_keeps_the_order(rule):
    told = recurring.occurrences(rule, START, END, CALENDAR)
    nominal = [one.nominal_on for one in told]
    assert nominal == sorted(set(nominal))
    due = [one.due_on for one in told]
    assert due == sorted(due)
    assert all(rule.from_on <= day <= (rule.to_on or END) for day in nominal)
    if rule.shift != "none":
        assert all(CALENDAR.is_workday(day) for day in due)


@given(rules, st.data())
def test_a_year_cut_anywhere_has_the_same_days(rule, data):
    cut = data.draw(st.dates(START, END))
    whole = recurring.occurrences(rule, START, END, CALENDAR)
    first = recurring.occurrences(rule, START, cut, CALENDAR)
    rest = recurring.occurrences(rule, cut + timedelta(days=1), END, CALENDAR)
    assert [*first, *rest] == whole


@given(rules, st.lists(st.dates(START, END), min_size=1, max_size=20))
def test_sweeps_on_any_days_never_make_twice_and_never_miss(rule, nights):
    """However irregular the nights, every time due by the last one is made exactly once."""
    made, until = [], None
    for night in sorted(nights):
        found = recurring.to_make(rule, until, night, CALENDAR)
        made += found
        until = found[-1].nominal_on if found else until
    horizon = max(nights) + timedelta(days=rule.lead_days)
    far = horizon + timedelta(days=60)
    wanted = [
        one
        for one in recurring.occurrences(rule, START, far, CALENDAR)
        if one.due_on <= horizon and one.nominal_on <= max(nights) + timedelta(rule.lead_days + 31)
    ]
    assert made == wanted


def test_rules_are_told_in_the_offices_words():
    told = {recurring.told(make(day=25)).code, recurring.told(make(day=31)).code}
    assert told == {"recurring.monthly", "recurring.month_end"}
    season = recurring.told(make("daily", season=((5, 1), (9, 30))))
    assert season.code == "recurring.season"
    for rhythm in ("daily", "weekly", "quarterly", "yearly"):
        assert recurring.told(make(rhythm, weekday=0, month=3, day=1)).code.startswith("recurring.")
    assert recurring.told(make("daily", shift="after")).code == "recurring.workdays"
