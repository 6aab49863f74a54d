"""开门红 and its sisters: at a quarter's end each indicator is met or not, and by how much."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from django.db.models import Q

from luoshi.domain.access import Actor
from luoshi.domain.base import Period
from luoshi.domain.pacing import Standing, stand
from luoshi.indicators.models import Target
from luoshi.indicators.paced import trim
from luoshi.indicators.queries.pace import pace_of
from luoshi.indicators.queries.scope import targets
from luoshi.indicators.queries.standing import Row
from luoshi.office.china_calendar import china_calendar
from luoshi.org.models import Unit

Verdict = Literal["met", "short", "missing", "not_yet"]
"""达到, 未达到, 待补, 当期不公布 (an indicator with a slower rhythm)."""


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator at the quarter's end.

    `due`: the quarter's own target where one was set (`own_due`), else what pace expects of the
    year's. `gap` and `gap_points` positive: better than due; None where the figure is missing.
    """

    row: Row
    due: Decimal | None
    own_due: bool
    value: Decimal | None
    gap: Decimal | None
    gap_points: Decimal | None
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Quarter:
    """The whole page: lines in the register's order, and how many of each verdict."""

    on: date
    lines: tuple[Line, ...]
    counts: Counter[Verdict]

    @property
    def judged(self) -> int:
        """How many could be judged: met or short."""
        return self.counts["met"] + self.counts["short"]


def quarter_of(
    actor: Actor, today: date, year: int, number: int, *, place: Unit, unit: Unit
) -> Quarter:
    """What a unit's targets had to reach by the end of a quarter, and what they reached.

    Met: the figure of that day is at least what was due (at most, where lower is better). The
    quarter's own target from 1 January counts before the pace of the year's. Eleven queries.
    """
    on = Period.quarter(year, number).end
    seen = pace_of(actor, today, year, place=place, on=on, narrowed=Q(unit=unit))
    own = {
        row.indicator_id: row
        for row in targets(actor, today).filter(
            unit=unit, starts_on=date(year, 1, 1), ends_on=on, basis=Target.Basis.OWN
        )
    }
    lines = tuple(_line(row, own.get(row.target.indicator_id), on) for row in seen.rows)
    return Quarter(on, lines, Counter(line.verdict for line in lines))


def _line(row: Row, own: Target | None, on: date) -> Line:
    known = row.standing if row.as_of == on else None
    due = _due(row, on, known)
    if own is not None and on.month != 12:
        due = trim(own.value, row.definition.decimals)
    value = known.value if known is not None else None
    if value is None or due is None:
        published = any(owed.end == on for owed in row.report.owed)
        verdict: Verdict = "missing" if published else "not_yet"
        return Line(row, due, own is not None, None, None, None, verdict)
    gap = (due - value) if row.measure.lower else (value - due)
    points = known.gap_points if known is not None and own is None else None
    if own is not None and row.measure.target:
        points = (100 * gap / abs(row.measure.target)).quantize(Decimal("0.01"))
    return Line(row, due, own is not None, value, gap, points, "met" if gap >= 0 else "short")


def _due(row: Row, on: date, known: Standing | None) -> Decimal | None:
    if known is not None:
        return known.expected
    return stand(row.measure, None, on, china_calendar()).expected
