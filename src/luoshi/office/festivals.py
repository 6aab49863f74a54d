"""The dates of lunar festivals by year, from the package lunardate, as data for the reader."""

from __future__ import annotations

from datetime import timedelta
from functools import cache

from lunardate import LunarDate

from luoshi.domain.extraction.models import Festivals

FIRST, LAST = 2000, 2099
_LUNAR = {
    "春节": (1, 1),
    "元宵": (1, 15),
    "元宵节": (1, 15),
    "端午": (5, 5),
    "端午节": (5, 5),
    "七夕": (7, 7),
    "中秋": (8, 15),
    "中秋节": (8, 15),
    "重阳": (9, 9),
    "重阳节": (9, 9),
    "腊八": (12, 8),
}


@cache
def festivals() -> Festivals:
    """Lunar festivals of the years 2000 to 2099; 除夕 is the day before 春节 of the same year."""
    days = {}
    for year in range(FIRST, LAST + 1):
        named = {
            name: LunarDate(year, month, day).to_solar_date()
            for name, (month, day) in _LUNAR.items()
        }
        named["除夕"] = named["春节"] - timedelta(days=1)
        days[year] = named
    return Festivals(days)
