"""What an indicator stands at, for a unit and a period: read, added up or reckoned."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import cast
from uuid import UUID

from luoshi.domain.access import Actor
from luoshi.domain.base import Period, Sentence
from luoshi.domain.cascade import Division, Part, Tally, TallyRule, divide, rounded
from luoshi.domain.measuring import ratio
from luoshi.indicators import tallying
from luoshi.indicators.models import SCALE, Indicator, IndicatorDefinition, Reading, StoredTotal
from luoshi.indicators.queries.scope import readings, totals
from luoshi.indicators.tallying import NOT_TALLIED
from luoshi.org.models import Unit

Cell = tuple[UUID, UUID, date, date]


@dataclass(frozen=True, slots=True)
class Figure:
    """A value and where it is from.

    `how` is "read" (a reading), "total" (from the units below), "ratio" (from two parts), or ""
    where nothing is known. `exact` is unrounded; `value` is rounded to the definition's decimals.
    `fault` says why a ratio cannot be reckoned. `parts` are a ratio's numerator and denominator.
    """

    exact: Fraction | None = None
    value: Decimal | None = None
    how: str = ""
    reading: Reading | None = None
    reported: int = 0
    fault: Sentence | None = None
    parts: tuple[Figure, ...] = ()
    period: Period | None = None


NOTHING = Figure()


@dataclass(frozen=True, slots=True)
class Figures:
    """All figures of some indicators over some years, read once; every look-up is in memory."""

    definitions: Mapping[UUID, Sequence[IndicatorDefinition]]
    read: Mapping[Cell, Reading]
    added: Mapping[Cell, StoredTotal]
    ends: Mapping[tuple[UUID, UUID], Sequence[Period]]

    def definition(self, indicator_id: UUID, day: date) -> IndicatorDefinition | None:
        """The definition that holds on a day."""
        return tallying.on(self.definitions.get(indicator_id, ()), day)

    def at(self, indicator_id: UUID, unit_id: UUID, period: Period) -> Figure:
        """The figure of a unit for a period: its own reading before the total from below."""
        definition = self.definition(indicator_id, period.end)
        if definition is None:
            return NOTHING
        if definition.reckoned:
            return self._ratio(definition, unit_id, period)
        cell = (indicator_id, unit_id, period.start, period.end)
        row = self.read.get(cell)
        if row is not None and row.value is not None:
            exact = Fraction(row.value)
            value = rounded(exact, definition.decimals)  # it has no more places: refused on entry
            return Figure(exact, value, "read", row, 1, period=period)
        return self._total(definition, self.added.get(cell), period)

    def below(self, indicator_id: UUID, unit_id: UUID, period: Period) -> Figure:
        """The total from the units below, whatever the unit itself states."""
        definition = self.definition(indicator_id, period.end)
        if definition is None or definition.reckoned:
            return NOTHING
        row = self.added.get((indicator_id, unit_id, period.start, period.end))
        return self._total(definition, row, period)

    def last(self, indicator_id: UUID, unit_id: UUID, day: date) -> Figure:
        """The last figure known of a period that ended by the day; nothing where there is none."""
        definition = self.definition(indicator_id, day)
        if definition is not None and definition.reckoned and definition.numerator_id is not None:
            return self._last_ratio(definition, unit_id, day)
        periods = self.ends.get((indicator_id, unit_id), ())
        for period in reversed(periods[: bisect_right(periods, day, key=lambda one: one.end)]):
            found = self.at(indicator_id, unit_id, period)
            if found.exact is not None:
                return found
        return NOTHING

    def _last_ratio(self, definition: IndicatorDefinition, unit_id: UUID, day: date) -> Figure:
        assert definition.numerator_id is not None
        above = self.last(definition.numerator_id, unit_id, day)
        return NOTHING if above.period is None else self._ratio(definition, unit_id, above.period)

    def _total(
        self, definition: IndicatorDefinition, row: StoredTotal | None, period: Period
    ) -> Figure:
        if row is None or definition.aggregation in NOT_TALLIED:
            return NOTHING
        rule = cast("TallyRule", definition.aggregation)
        scaled = Tally(row.value_sum, row.weight_sum, row.reported).figure(rule)
        if scaled is None:
            return NOTHING
        exact = scaled / 10**SCALE
        value = rounded(exact, definition.decimals)
        return Figure(exact, value, "total", None, row.reported, period=period)

    def _ratio(self, definition: IndicatorDefinition, unit_id: UUID, period: Period) -> Figure:
        """Factor x numerator / denominator; a denominator of another rhythm is the last known."""
        assert definition.numerator_id is not None
        assert definition.denominator_id is not None
        top = self.at(definition.numerator_id, unit_id, period)
        below = self.at(definition.denominator_id, unit_id, period)
        if below.exact is None:
            below = self.last(definition.denominator_id, unit_id, period.end)
        answer = ratio(top.exact, below.exact, definition.factor)
        if isinstance(answer, Fraction):
            value = rounded(answer, definition.decimals)
            return Figure(answer, value, "ratio", parts=(top, below), period=period)
        return Figure(fault=answer, parts=(top, below), how="ratio", period=period)


def load(
    actor: Actor,
    today: date,
    indicators: Iterable[Indicator],
    units: Iterable[UUID],
    span: Period,
) -> Figures:
    """Read what is needed to tell any figure of the indicators at the units in the span.

    Four queries whatever the number of cells. Parts of ratios are read too, and from the two years
    before the span what a denominator may have to be taken from.
    """
    known = _with_parts({row.pk for row in indicators})
    cells = {
        "indicator__in": list(known),
        "unit__in": list(units),
        "ends_on__gte": span.start.replace(year=span.start.year - 2),
        "ends_on__lte": span.end,
    }
    read = {
        (row.indicator_id, row.unit_id, row.starts_on, row.ends_on): row
        for row in readings(actor, today).filter(**cells, current=True)
    }
    added = {
        (row.indicator_id, row.unit_id, row.starts_on, row.ends_on): row
        for row in totals(actor, today).filter(**cells)
    }
    ends: dict[tuple[UUID, UUID], set[Period]] = defaultdict(set)
    for indicator_id, unit_id, start, end in (*read, *added):
        ends[indicator_id, unit_id].add(Period(start, end))
    ordered = {
        key: sorted(periods, key=lambda one: (one.end, -one.days)) for key, periods in ends.items()
    }
    return Figures(known, read, added, ordered)


def _with_parts(asked: set[UUID]) -> Mapping[UUID, Sequence[IndicatorDefinition]]:
    """The definitions of the indicators and of the parts of ratios among them; two queries."""
    known = dict(tallying.definitions(asked))
    parts = {
        key
        for rows in known.values()
        for row in rows
        for key in (row.numerator_id, row.denominator_id)
        if key is not None
    }
    return known | dict(tallying.definitions(parts - asked))


def composition(
    actor: Actor, figures: Figures, parts: Sequence[Indicator], unit: Unit, period: Period
) -> Sequence[tuple[Indicator, Figure, Decimal | None]]:
    """Each part of a composition with its figure and its share in percent; shares make 100.0.

    The largest remainders take what rounding leaves, so that the shares printed add up. While a
    part is missing, or the whole is 0, no share is known (待补).
    """
    del actor  # the figures were read as theirs
    found = [figures.at(part.pk, unit.pk, period) for part in parts]
    bases = [one.exact for one in found]
    if not parts or any(base is None or base < 0 for base in bases) or not any(bases):
        return [(part, one, None) for part, one in zip(parts, found, strict=True)]
    answer = divide(
        Decimal(100),
        [Part(part.pk, part.name, base=one.value) for part, one in zip(parts, found, strict=True)],
        "base",
        Decimal("0.1"),
    )
    shares = [one.value for one in answer.slices] if isinstance(answer, Division) else []
    return [
        (part, one, shares[index] if shares else None)
        for index, (part, one) in enumerate(zip(parts, found, strict=True))
    ]
