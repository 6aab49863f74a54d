"""One unit's target beside its pace: what a row of the pace pages says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from luoshi.domain.base import Sentence
from luoshi.domain.pacing import (
    Forecast,
    Gap,
    Light,
    LightRule,
    Measure,
    Needed,
    Report,
    Standing,
)
from luoshi.indicators.models import Indicator, IndicatorDefinition, PaceRule, Target
from luoshi.org.models import Unit


@dataclass(frozen=True, slots=True)
class Row:
    """One unit's target for a year and everything that pace says of it.

    `value`, `as_of`: the last figure known. `missing`: how many units below have not spoken for
    it. `series`: the year's figures by period, scaled whole numbers, None where missing.
    `broken_course`: the course could not be used and the months' rule stands in.
    """

    target: Target
    definition: IndicatorDefinition
    measure: Measure
    value: Decimal | None
    as_of: date | None
    missing: int
    standing: Standing | None
    light: Light
    forecast: Forecast
    needed: Needed
    gaps: tuple[Gap, Gap, Gap]
    series: tuple[int | None, ...]
    report: Report
    expected_now: Decimal | None
    broken_course: Sentence | None = None

    @property
    def expected(self) -> Decimal | None:
        """What pace expects on the day of the figure; without one, on the day looked at."""
        return self.standing.expected if self.standing else self.expected_now

    @property
    def gap(self) -> Decimal | None:
        """Actual less expected in the unit, positive is better; None where missing."""
        return self.standing.gap if self.standing else None

    @property
    def gap_points(self) -> Decimal | None:
        """The same in points."""
        return self.standing.gap_points if self.standing else None

    @property
    def spoken(self) -> str:
        """The year's figures in words, for who cannot see the line."""
        places = -self.definition.decimals
        said = [f"{Decimal(n).scaleb(places):f}" for n in self.series if n is not None]
        return ", ".join(said)

    @property
    def indicator(self) -> Indicator:
        """What is measured."""
        return self.target.indicator

    @property
    def unit(self) -> Unit:
        """Whose target it is."""
        return self.target.unit


@dataclass(frozen=True, slots=True)
class Pace:
    """The rows in the register's order, and the rule that judged them."""

    year: int
    on: date
    rule: LightRule
    chosen: PaceRule | None
    rows: tuple[Row, ...]
