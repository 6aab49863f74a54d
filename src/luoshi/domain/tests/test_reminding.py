"""The rhythm of reminders holds for every day and hour; addresses are read strictly."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.domain.base import Refused
from luoshi.domain.reminding import (
    MOST_TRIES,
    Rhythm,
    asked,
    is_quiet,
    is_time,
    level,
    next_try,
    occasion,
)
from luoshi.domain.workdays import SHANGHAI
from luoshi.office.china_calendar import china_calendar

CALENDAR = china_calendar()
DAYS = st.dates(date(2024, 1, 1), date(2026, 12, 31))
TIMES = st.times()


@st.composite
def rhythms(draw):
    head = draw(st.integers(1, 10))
    try:
        return Rhythm(draw(TIMES), draw(TIMES), draw(TIMES), head, head + draw(st.integers(1, 10)))
    except Refused:
        return Rhythm(head_days=head, leader_days=head + 1)


def test_rhythm_is_refused_where_the_digest_falls_into_quiet_hours():
    with pytest.raises(Refused, match="at_in_quiet"):
        Rhythm(at=time(18, 0))
    with pytest.raises(Refused, match="at_in_quiet"):
        Rhythm(at=time(7, 59))


@pytest.mark.parametrize(("head", "leader"), [(0, 3), (3, 3), (5, 2)])
def test_leader_is_never_told_before_the_head(head, leader):
    with pytest.raises(Refused, match="levels"):
        Rhythm(head_days=head, leader_days=leader)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 6, 18), "eve"),  # Thursday; 端午 is Friday the 19th
        (date(2026, 6, 19), "urgent"),
        (date(2026, 6, 22), "all"),
        (date(2026, 6, 26), "eve"),  # an ordinary Friday
        (date(2026, 6, 27), "urgent"),
        (date(2026, 2, 14), "eve"),  # a make-up Saturday before the New Year
        (date(2026, 2, 13), "all"),  # Friday, and Saturday is worked
        (date(2026, 2, 28), "eve"),  # the make-up Saturday after it; Sunday is off
    ],
)
def test_occasion_follows_the_state_councils_calendar(day, expected):
    assert occasion(CALENDAR, day) == expected


@given(day=DAYS, late=st.integers(-10, 30), urgent=st.booleans())
def test_days_off_ask_nothing_but_what_is_most_urgent(day, late, urgent):
    told = asked(occasion(CALENDAR, day), late, most_urgent=urgent)
    if not CALENDAR.is_workday(day):
        assert told == urgent
    elif urgent or late >= 0:
        assert told
    else:  # not due yet: never on the eve of days off
        assert told == CALENDAR.is_workday(day + timedelta(days=1))


@given(rhythm=rhythms(), day=DAYS, at=TIMES)
def test_nothing_leaves_before_its_hour_or_in_quiet_hours(rhythm, day, at):
    now = datetime.combine(day, at, SHANGHAI)
    assert is_time(rhythm, now) == (at >= rhythm.at and not is_quiet(rhythm, at))
    assert not is_quiet(rhythm, rhythm.at)
    assert is_time(rhythm, now.astimezone(UTC)) == is_time(rhythm, now)


@given(rhythm=rhythms(), by=DAYS, days=st.integers(0, 60))
def test_levels_rise_one_by_one_and_never_fall(rhythm, by, days):
    found = [level(rhythm, CALENDAR, by, by + timedelta(days=n)) for n in range(days)]
    assert found == sorted(found)
    assert all(b - a <= 1 for a, b in pairwise(found)), "a level was skipped"
    for n, told in enumerate(found):
        late = CALENDAR.between(by, by + timedelta(days=n))
        assert told == (late > rhythm.head_days) + (late > rhythm.leader_days)


@given(rhythm=rhythms(), day=DAYS, at=TIMES, tries=st.integers(1, 12))
def test_a_next_try_is_later_within_the_day_and_within_its_hours(rhythm, day, at, tries):
    now = datetime.combine(day, at, SHANGHAI)
    then = next_try(rhythm, tries, now)
    if tries >= MOST_TRIES:
        assert then is None
    elif then is not None:
        assert now < then <= now + timedelta(minutes=30)
        assert then.astimezone(SHANGHAI).date() == day
        assert is_time(rhythm, then)


def test_tries_of_one_day_end_before_it_is_quiet():
    rhythm, now, tries = Rhythm(), datetime(2026, 6, 18, 16, 30, tzinfo=SHANGHAI), 1
    seen = []
    while (then := next_try(rhythm, tries, now)) is not None:
        seen.append((then - now).total_seconds() / 60)
        now, tries = then, tries + 1
    assert seen == [2, 4, 8, 16, 30]
    assert now.time() < rhythm.quiet_from
