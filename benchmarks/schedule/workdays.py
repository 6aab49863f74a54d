"""S7: "n working days from a date" by table, beside a loop over the package it came from.

Usage: .venv/bin/python benchmarks/schedule/workdays.py [--count 100000]
"""

from __future__ import annotations

import argparse
import random
import sys
from datetime import date, timedelta
from time import process_time

import chinese_calendar

from luoshi.office.china_calendar import china_calendar

GOAL = 100.0
"""How many times less CPU than the loop."""


def looped(day: date, n: int) -> date:
    """The n-th working day after a day, asking the package about each day."""
    while n:
        day += timedelta(days=1)
        n -= chinese_calendar.is_workday(day)
    return day


def main() -> int:
    """Print both costs per question; ends with 1 for a wrong day or a missed goal."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=100_000)
    count = parser.parse_args().count
    draw, first = random.Random(1), date(2004, 1, 1)
    asked = [
        (first + timedelta(days=draw.randrange(21 * 365)), draw.randint(1, 250))
        for _ in range(count)
    ]
    begun = process_time()
    calendar = china_calendar()
    built = process_time() - begun
    begun = process_time()
    answers = [calendar.add(day, n) for day, n in asked]
    table = (process_time() - begun) / count
    few = asked[: min(300, count)]
    begun = process_time()
    expected = [looped(day, n) for day, n in few]
    loop = (process_time() - begun) / len(few)
    wrong = sum(a != b for a, b in zip(answers, expected, strict=False))
    print(f"S7  table {1e6 * table:.2f} µs a date (built once in {1000 * built:.1f} ms CPU)")
    print(f"    package in a loop {1e6 * loop:.0f} µs: {loop / table:.0f} × (goal {GOAL:.0f} ×)")
    print(f"    {wrong} wrong of {len(few)} compared")
    return int(wrong > 0 or loop / table < GOAL)


if __name__ == "__main__":
    sys.exit(main())
