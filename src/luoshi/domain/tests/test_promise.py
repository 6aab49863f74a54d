"""会上承诺: a date that cannot be kept is refused, a hard one is told."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from luoshi.domain import promise
from luoshi.domain.workdays import CalendarTable, WorkCalendar

CALENDAR = WorkCalendar(CalendarTable())
TODAY = date(2026, 6, 18)  # a Thursday


def judged(due, load=0):
    return promise.verdict(due, TODAY, CALENDAR, load, "东村")


def codes(sentences):
    return [one.code for one in sentences]


def test_no_date_or_one_that_has_passed_is_no_promise():
    assert codes(judged(None).refusals) == ["promise.no_date"]
    assert codes(judged(date(2026, 6, 17)).refusals) == ["promise.passed"]


def test_a_day_off_is_refused_with_the_day_that_would_do():
    told = judged(date(2026, 6, 28))
    assert codes(told.refusals) == ["promise.day_off"]
    assert told.refusals[0].params["near"] == date(2026, 6, 26)


def test_tight_or_heavy_is_told_and_may_be_kept():
    assert judged(date(2026, 7, 17)).cautions == ()
    assert codes(judged(date(2026, 6, 19)).cautions) == ["promise.tight"]
    assert codes(judged(date(2026, 7, 17), promise.HEAVY).cautions) == ["promise.heavy"]
    assert judged(date(2026, 6, 19), 99).feasible


@given(st.dates(date(2026, 1, 1), date(2027, 1, 1)), st.integers(0, 20))
def test_what_is_feasible_is_a_working_day_to_come(due, load):
    told = judged(due, load)
    assert told.feasible == (due >= TODAY and CALENDAR.is_workday(due))
    for refusal in told.refusals:
        near = refusal.params.get("near")
        assert near is None or (near >= TODAY and CALENDAR.is_workday(near))
