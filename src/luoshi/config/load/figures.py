"""The indicators of one town of the measured set: targets, readings by month, totals."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from luoshi.config.load.town import LINES, OFFICES, SINCE, Town
from luoshi.domain.base import Period
from luoshi.domain.cascade import Stated, TallyRule, tally
from luoshi.indicators.models import (
    Division,
    Indicator,
    IndicatorDefinition,
    Reading,
    Reporter,
    Share,
    StoredTotal,
    Target,
)
from luoshi.indicators.tallying import depth_of, scaled
from luoshi.store.rows import Row

INDICATORS, MONTHS = 60, 12
RULES: tuple[tuple[str, TallyRule], ...] = (
    ("flow", "sum"), ("level", "mean"), ("level", "min"), ("level", "latest"),
)  # fmt: skip
"""Kinds and rules, in turn: a quarter of the indicators each."""


@dataclass(slots=True)
class Figures:
    """The rows of one town's register, parents before children."""

    indicators: list[Indicator] = field(default_factory=list)
    definitions: list[IndicatorDefinition] = field(default_factory=list)
    reporters: list[Reporter] = field(default_factory=list)
    targets: list[Target] = field(default_factory=list)
    divisions: list[Division] = field(default_factory=list)
    shares: list[Share] = field(default_factory=list)
    readings: list[Reading] = field(default_factory=list)
    totals: list[StoredTotal] = field(default_factory=list)

    def tables(self) -> Iterable[Iterable[Row]]:
        """The tables in an order in which every reference is there already."""
        return (
            self.indicators, self.definitions, self.reporters, self.targets, self.divisions,
            self.shares, self.readings, self.totals,
        )  # fmt: skip


def figures(made: Town, today: date) -> Figures:
    """Sixty indicators of fifteen villages over the last twelve months that have ended.

    Each has a target of the town, divided among the villages, and what the villages' figures come
    to stands at the town: what a rebuild would count.
    """
    found = Figures()
    months = _months(today)
    for n in range(INDICATORS):
        kind, rule = RULES[n % len(RULES)]
        indicator = Indicator(
            jurisdiction=made.town.jurisdiction, unit=made.town, number=f"{n + 1:03d}",
            position=n + 1, name=f"测量指标{n + 1}", kind=kind,
            category=Indicator.Category.BUSINESS, from_on=SINCE,
        )  # fmt: skip
        found.indicators.append(indicator)
        definition = IndicatorDefinition(
            jurisdiction=made.town.jurisdiction, indicator=indicator, from_on=SINCE,
            statement="村内累计数", measure="户", decimals=2, aggregation=rule, source="村账",
        )  # fmt: skip
        found.definitions.append(definition)
        _aim(made, found, indicator, additive=rule == "sum")
        for month in months:
            _state(made, found, definition, month)
    return found


def _villages(made: Town) -> list[Any]:
    return made.units[1 + OFFICES :]


def _months(today: date) -> list[Period]:
    """The last twelve months that have ended, the earliest first."""
    found: list[Period] = []
    last = today.replace(day=1) - timedelta(days=1)
    for _ in range(MONTHS):
        found.append(Period.month(last.year, last.month))
        last = last.replace(day=1) - timedelta(days=1)
    return found[::-1]


def _aim(made: Town, found: Figures, indicator: Indicator, *, additive: bool) -> None:
    """The town's target of the year and the villages' parts of it: an equal share or the same."""
    villages = _villages(made)
    whole = Decimal(1500)
    same: dict[str, Any] = {
        "jurisdiction": made.town.jurisdiction, "indicator": indicator, "plan": made.plan,
        "starts_on": date(made.plan.year, 1, 1), "ends_on": date(made.plan.year, 12, 31),
        "basis": Target.Basis.OWN, "state": Target.State.IN_FORCE, "source": "年度要点",
        "stated_on": date(made.plan.year, 1, 5),
    }  # fmt: skip
    above = Target(**same, unit=made.town, value=whole)
    found.targets.append(above)
    division = Division(
        jurisdiction=made.town.jurisdiction, target=above, rule="equal" if additive else "same",
        divided_on=date(made.plan.year, 1, 5),
    )  # fmt: skip
    found.divisions.append(division)
    for village in villages:
        part = whole / len(villages) if additive else whole
        child = Target(**same, unit=village, parent=above, value=part)
        found.targets.append(child)
        found.shares.append(
            Share(jurisdiction=made.town.jurisdiction, division=division, child=child)
        )
        found.reporters.append(
            Reporter(
                jurisdiction=made.town.jurisdiction, indicator=indicator, unit=village,
                from_on=SINCE,
            )
        )  # fmt: skip


def _state(made: Town, found: Figures, definition: IndicatorDefinition, month: Period) -> None:
    """Each village's figure of a month by its head, and what they come to at the town."""
    n, rule = definition.indicator.position, definition.aggregation
    rows = [
        Reading(
            jurisdiction=made.town.jurisdiction, indicator=definition.indicator,
            definition=definition, unit=village, starts_on=month.start, ends_on=month.end,
            as_of=month.end, value=Decimal(n * 7 + k * 3 + month.end.month * 100) / 100,
            source="村账", reported_by_id=made.people[LINES + OFFICES + k].pk,
        )
        for k, village in enumerate(_villages(made))
    ]  # fmt: skip
    found.readings += rows
    told = tally(
        rule,  # type: ignore[arg-type]
        (Stated(scaled(row.value), 1, row.as_of, str(row.pk)) for row in rows),
    )
    found.totals.append(
        StoredTotal(
            jurisdiction=made.town.jurisdiction, indicator=definition.indicator, unit=made.town,
            depth=depth_of(made.town), starts_on=month.start, ends_on=month.end,
            value_sum=told.value_sum, weight_sum=told.weight_sum, reported=told.reported,
        )
    )  # fmt: skip
