"""Lunar festivals as data: checked against the State Council's days off."""

from datetime import date

import pytest

from luoshi.office.festivals import festivals


@pytest.mark.parametrize(
    ("name", "year", "day"),
    [
        ("春节", 2024, date(2024, 2, 10)),
        ("除夕", 2024, date(2024, 2, 9)),
        ("元宵", 2024, date(2024, 2, 24)),
        ("端午", 2025, date(2025, 5, 31)),
        ("中秋", 2026, date(2026, 9, 25)),
        ("重阳", 2023, date(2023, 10, 23)),
    ],
)
def test_festival_falls_on_its_day(name, year, day):
    assert festivals().on(name, year) == day


def test_unknown_festival_or_year_is_left_open():
    assert festivals().on("植树节", 2024) is None
    assert festivals().on("春节", 1950) is None


def test_spring_festival_is_a_day_off_in_every_noticed_year():
    from chinese_calendar.constants import holidays

    for year in range(2008, 2027):
        assert festivals().on("春节", year) in holidays
