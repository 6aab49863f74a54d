"""The grid: rows of indicators and units against the months of a year, as compact as it can be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from luoshi.domain.access import Actor
from luoshi.domain.base import Period
from luoshi.domain.measuring.periods import MONTHS
from luoshi.indicators import tallying
from luoshi.indicators.models import Indicator, IndicatorDefinition, Reporter
from luoshi.indicators.queries.figures import Figures, load
from luoshi.indicators.queries.scope import has_right, reporters
from luoshi.org.models import Unit


@dataclass(frozen=True, slots=True)
class GridRow:
    """One row: an indicator at a unit; `open` says whether the actor may type into it."""

    indicator: Indicator
    unit: Unit
    definition: IndicatorDefinition
    open: bool
    why: str = ""

    @property
    def step(self) -> int:
        """Months a period of the row has."""
        return MONTHS[self.definition.rhythm]


@dataclass(frozen=True, slots=True)
class Grid:
    """All rows with their figures of one year, and what a page draws them from."""

    year: int
    rows: Sequence[GridRow]
    figures: Figures
    today: date

    def period(self, row: GridRow, month: int) -> Period | None:
        """The period of the row that ends in the month, or None where none does."""
        if month % row.step:
            return None
        return Period(date(self.year, month - row.step + 1, 1), Period.month(self.year, month).end)

    def data(self) -> dict[str, Any]:
        """Compact rows for the script: `units`, `indicators`, `rows`.

        A row: indicator number, unit number, open (1) or not (0), months a period, what it is
        instead ("" typed, "stat", "ratio", "total"), values of the twelve months ("" missing, null
        no period ends there), and marks of the readings that the writer has seen.
        """
        units, indicators = _numbered(self.rows)
        return {
            "year": self.year,
            "until": self.today.isoformat(),
            "units": [[str(one.pk), one.short_name] for one in units.values()],
            "indicators": [
                [str(one.pk), one.name, definition.measure, definition.decimals]
                for one, definition in indicators.values()
            ],
            "rows": [
                [
                    list(indicators).index(row.indicator.pk),
                    list(units).index(row.unit.pk),
                    int(row.open),
                    row.step,
                    row.why,
                    [self._shown(row, month) for month in range(1, 13)],
                    [self._mark(row, month) for month in range(1, 13)],
                ]
                for row in self.rows
            ],
        }

    def _shown(self, row: GridRow, month: int) -> str | None:
        period = self.period(row, month)
        if period is None:
            return None
        figures = self.figures
        figure = (
            figures.below(row.indicator.pk, row.unit.pk, period)
            if row.why == "total"
            else figures.at(row.indicator.pk, row.unit.pk, period)
        )
        if row.why == "" and figure.how != "read":
            return ""
        return "" if figure.value is None else f"{figure.value:f}"

    def _mark(self, row: GridRow, month: int) -> str:
        period = self.period(row, month)
        if period is None or not row.open:
            return ""
        found = self.figures.read.get((row.indicator.pk, row.unit.pk, period.start, period.end))
        return tallying.mark_of(found)


def _numbered(
    rows: Sequence[GridRow],
) -> tuple[dict[UUID, Unit], dict[UUID, tuple[Indicator, IndicatorDefinition]]]:
    units: dict[UUID, Unit] = {}
    indicators: dict[UUID, tuple[Indicator, IndicatorDefinition]] = {}
    for row in rows:
        units.setdefault(row.unit.pk, row.unit)
        indicators.setdefault(row.indicator.pk, (row.indicator, row.definition))
    return units, indicators


def grid(
    actor: Actor,
    today: date,
    indicators: Sequence[Indicator],
    place: Unit,
    year: int,
    *,
    only: Unit | None = None,
) -> Grid:
    """The grid of some indicators at a place: each with the units that report it, then the total.

    `only` narrows it to one unit. A constant number of queries, whatever its size.
    """
    known = tallying.definitions(row.pk for row in indicators)
    says: dict[UUID, list[Reporter]] = defaultdict(list)
    for one in reporters(actor, today, [row.pk for row in indicators]):
        if one.unit.path.startswith((only or place).path):
            says[one.indicator_id].append(one)
    rows: list[GridRow] = []
    for indicator in indicators:
        definition = tallying.on(known.get(indicator.pk, ()), date(year, 12, 31))
        if definition is not None and indicator.kind != Indicator.Kind.COMPOSITION:
            rows += _rows(actor, indicator, definition, says[indicator.pk], place, only)
    units = {row.unit.pk for row in rows}
    span = Period(date(year, 1, 1), date(year, 12, 31))
    return Grid(year, rows, load(actor, today, indicators, units, span), today)


def _rows(
    actor: Actor,
    indicator: Indicator,
    definition: IndicatorDefinition,
    says: Sequence[Reporter],
    place: Unit,
    only: Unit | None,
) -> list[GridRow]:
    if definition.reckoned:
        return [GridRow(indicator, only or place, definition, open=False, why="ratio")]
    published = indicator.category == Indicator.Category.STATISTICS
    why = "stat" if published else ""
    rows = [
        GridRow(
            indicator,
            one.unit,
            definition,
            open=not published and has_right(actor, "report", one.unit),
            why=why,
        )
        for one in says
    ]
    if only is None and len(says) > 1 and definition.aggregation != "none":
        rows.append(GridRow(indicator, place, definition, open=False, why="total"))
    return rows
