"""The columns of a load chart in pixels; what is too much stands above the line, and is said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from luoshi.ledger.hands import Load, Week

WIDE, HIGH, LEFT, TOP, FOOT = 22, 120, 36, 10, 30


@dataclass(frozen=True, slots=True)
class Column:
    """One week: a column up to what there is, and what stands above it."""

    week: Week
    x: int
    y: int
    height: int
    over_y: int
    over_height: int
    month: int


@dataclass(frozen=True, slots=True)
class Chart:
    """The columns, the line of what there is, and the size."""

    columns: Sequence[Column]
    line_y: int
    base_y: int
    width: int
    height: int


def chart_of(load: Load, today: date) -> Chart:
    """Lay a load out by weeks; a month is named at its first column."""
    del today
    base = TOP + HIGH

    def up(amount: int) -> int:
        return HIGH * amount // load.top

    columns, seen = [], 0
    for n, week in enumerate(load.weeks):
        within = up(min(week.load, load.hand.amount))
        over = up(week.load) - within
        month = week.first.month if week.first.month != seen else 0
        seen = week.first.month
        columns.append(
            Column(week, LEFT + n * WIDE, base - within, within, base - within - over, over, month)
        )
    width = LEFT + len(columns) * WIDE + 8
    return Chart(columns, base - up(load.hand.amount), base, width, base + FOOT)
