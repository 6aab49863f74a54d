"""The register beside its figures: one line an indicator, for one unit and year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from luoshi.domain.access import Actor
from luoshi.domain.base import Period, Sentence
from luoshi.domain.cascade import rounded
from luoshi.domain.measuring import label_of, year_before
from luoshi.indicators import tallying
from luoshi.indicators.models import (
    Benchmark,
    Indicator,
    IndicatorDefinition,
    Reading,
    Reporter,
    Target,
)
from luoshi.indicators.queries.figures import NOTHING, Figure, Figures, composition, load
from luoshi.indicators.queries.scope import (
    benchmarks,
    has_right,
    indicators,
    reporters,
    targets,
    units,
)
from luoshi.org.models import Unit

BASES = (Target.Basis.OWN, Target.Basis.MANDATE, Target.Basis.BENCHMARK)


@dataclass(frozen=True, slots=True)
class Line:
    """An indicator of the list: its last figure of the year, last year's, targets by basis.

    `growth` is year on year in percent, for percentages in points; `done` is the share of the own
    target in percent and `excess` what is above it (R50), for what adds up and should be high.
    `silent` names the units that have not reported the figure's period.
    """

    indicator: Indicator
    definition: IndicatorDefinition
    figure: Figure = NOTHING
    before: Figure = NOTHING
    growth: Decimal | None = None
    targets: Mapping[str, Target] = field(default_factory=dict)
    peer: Benchmark | None = None
    done: Decimal | None = None
    excess: Decimal | None = None
    asked: int = 0
    reported: int = 0
    silent: Sequence[str] = ()

    @property
    def own(self) -> Target | None:
        """The target of the own plan."""
        return self.targets.get(Target.Basis.OWN)

    @property
    def mandate(self) -> Target | None:
        """The superior's requirement."""
        return self.targets.get(Target.Basis.MANDATE)

    @property
    def period_label(self) -> Sentence | None:
        """The period that the figure speaks of."""
        return label_of(self.figure.period) if self.figure.period else None


def unit_for(actor: Actor, today: date, key: str, default: Unit | None) -> Unit | None:
    """The unit asked for, if its figures may be read; the default where none is asked for."""
    try:
        wanted = UUID(key) if key else default.pk if default else None
    except ValueError:
        return None
    if wanted is None:
        return None
    return units(actor, today).filter(pk=wanted).first()


def registers(actor: Actor, today: date, unit: Unit) -> Sequence[Indicator]:
    """The indicators told at a unit: of its own register and of those above it."""
    steps = [unit.path[:end] for end in range(5, len(unit.path) + 1, 5)]
    rows = indicators(actor, today).filter(unit__path__in=steps)
    return [row for row in rows if row.to_on is None or row.to_on >= today]


def board(actor: Actor, today: date, unit: Unit, year: int) -> Sequence[Line]:
    """One line an indicator of the unit's registers; a constant number of queries."""
    rows = registers(actor, today, unit)
    span = Period(date(year - 1, 1, 1), date(year, 12, 31))
    figures = load(actor, today, rows, [unit.pk], span)
    aims = _targets(actor, today, unit, year)
    peers = _peers(actor, today, unit, year)
    asked: dict[UUID, list[Reporter]] = defaultdict(list)
    if has_right(actor, "read", unit):  # who sees only the own part says nothing of the whole
        for one in reporters(actor, today, [row.pk for row in rows]):
            if one.unit.path.startswith(unit.path) and one.unit_id != unit.pk:
                asked[one.indicator_id].append(one)
    spoken = _spoken(actor, today, rows, asked, span)
    found = []
    for row in rows:
        if row.kind == Indicator.Kind.COMPOSITION:
            continue
        line = _line(row, figures, unit, year, aims.get(row.pk, {}))
        if line is not None:
            below = asked.get(row.pk, [])
            found.append(_with_reports(line, below, spoken, peers.get(row.pk)))
    return found


def _with_reports(
    line: Line,
    below: Sequence[Reporter],
    spoken: frozenset[tuple[UUID, UUID, date, date]],
    peer: Benchmark | None,
) -> Line:
    """The line with who has reported its period, and the peer's figure beside it."""
    period = line.figure.period
    holding = [one for one in below if period and _holds(one, period.end)]
    said = [
        one
        for one in holding
        if period and (one.indicator_id, one.unit_id, period.start, period.end) in spoken
    ]
    silent = tuple(one.unit.short_name for one in holding if one not in said)
    return Line(
        line.indicator, line.definition, line.figure, line.before, line.growth, line.targets,
        peer, line.done, line.excess, len(holding), len(said), silent,
    )  # fmt: skip


def _holds(one: Reporter, day: date) -> bool:
    return one.from_on <= day and (one.to_on is None or day <= one.to_on)


def _line(
    row: Indicator, figures: Figures, unit: Unit, year: int, aims: Mapping[str, Target]
) -> Line | None:
    end = date(year, 12, 31)
    definition = figures.definition(row.pk, end)
    if definition is None:
        return None
    figure = figures.last(row.pk, unit.pk, end)
    yearly = definition.rhythm == IndicatorDefinition.Rhythm.YEAR  # said of the year before
    if figure.period is None or (figure.period.end.year != year and not yearly):
        figure = NOTHING
    before = NOTHING
    if figure.period is not None:
        before = figures.at(row.pk, unit.pk, year_before(figure.period))
    own = aims.get(Target.Basis.OWN)
    done = excess = None
    if (
        own is not None
        and own.value
        and figure.exact is not None
        and row.kind in {Indicator.Kind.FLOW, Indicator.Kind.LEVEL}
        and definition.better == "higher"
    ):
        done = rounded(100 * figure.exact / Fraction(own.value), 1)
        over = figure.exact - Fraction(own.value)
        excess = rounded(over, definition.decimals) if over > 0 else None
    growth = tallying.growth_of(definition, figure.exact, before.exact)
    return Line(
        row, definition, figure, before, growth, aims,
        done=done, excess=excess,
    )  # fmt: skip


def _targets(
    actor: Actor, today: date, unit: Unit, year: int
) -> Mapping[UUID, Mapping[str, Target]]:
    """The year's targets of the unit, by indicator and basis."""
    found: dict[UUID, dict[str, Target]] = defaultdict(dict)
    rows = targets(actor, today).filter(
        unit=unit, starts_on=date(year, 1, 1), ends_on=date(year, 12, 31)
    )
    for row in rows:
        found[row.indicator_id][row.basis] = row
    return found


def _peers(actor: Actor, today: date, unit: Unit, year: int) -> Mapping[UUID, Benchmark]:
    """The latest figure of a peer for each indicator, of the year or the one before."""
    found: dict[UUID, Benchmark] = {}
    rows = benchmarks(actor, today).filter(
        unit=unit, ends_on__gte=date(year - 1, 1, 1), ends_on__lte=date(year, 12, 31)
    )
    for row in rows.order_by("ends_on", "as_of", "id"):
        found[row.indicator_id] = row
    return found


def _spoken(
    actor: Actor,
    today: date,
    rows: Sequence[Indicator],
    asked: Mapping[UUID, Sequence[Reporter]],
    span: Period,
) -> frozenset[tuple[UUID, UUID, date, date]]:
    """Which cells of the units below have a figure; the units are scoped already."""
    del actor, today
    below = {one.unit_id for ones in asked.values() for one in ones}
    return frozenset(
        Reading.objects.filter(
            indicator__in=[row.pk for row in rows],
            unit__in=below,
            ends_on__gte=span.start,
            ends_on__lte=span.end,
            current=True,
            value__isnull=False,
        ).values_list("indicator_id", "unit_id", "starts_on", "ends_on")
    )


@dataclass(frozen=True, slots=True)
class Shares:
    """A composition at one unit and period: its parts with their shares, which make 100.0."""

    whole: Indicator
    period: Period
    parts: Sequence[tuple[Indicator, Figure, Decimal | None]]

    @property
    def label(self) -> Sentence:
        """The period's name."""
        return label_of(self.period)


def shares(actor: Actor, today: date, whole: Indicator, unit: Unit, year: int) -> Sequence[Shares]:
    """A composition over the periods of a year and the year before (R08): shares and trend."""
    parts = [row for row in indicators(actor, today) if row.part_of_id == whole.pk]
    span = Period(date(year - 1, 1, 1), date(year, 12, 31))
    figures = load(actor, today, parts, [unit.pk], span)
    periods = sorted(
        {
            period
            for (_indicator, of), ends in figures.ends.items()
            for period in ends
            if of == unit.pk and period.end.year >= year - 1
        },
        key=lambda one: (one.end, one.start),
    )
    return [
        Shares(whole, period, composition(actor, figures, parts, unit, period))
        for period in periods
    ]
