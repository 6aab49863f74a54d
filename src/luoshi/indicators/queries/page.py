"""All that one indicator's page tells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from luoshi.domain.access import Actor
from luoshi.domain.base import Period, Sentence
from luoshi.domain.measuring import label_of, periods_of, year_before
from luoshi.indicators import tallying
from luoshi.indicators.models import (
    Benchmark,
    Indicator,
    IndicatorDefinition,
    Reading,
    Reporter,
    Target,
)
from luoshi.indicators.queries.board import Shares, shares
from luoshi.indicators.queries.figures import Figure, Figures, load
from luoshi.indicators.queries.scope import (
    benchmarks,
    has_right,
    readings,
    reporters,
    targets,
)
from luoshi.indicators.words import WORDS
from luoshi.journal.models import Entry
from luoshi.org.models import Person, Unit

ENTRIES, PERIODS = 40, 8


@dataclass(frozen=True, slots=True)
class Past:
    """One period of the year: its figure, a year before, the total from below, who is missing."""

    period: Period
    label: Sentence
    figure: Figure
    before: Figure
    growth: Decimal | None
    below: Figure
    silent: Sequence[str]
    asked: int


@dataclass(frozen=True, slots=True)
class Said:
    """A reading, who stated it and who stands for it."""

    row: Reading
    by: str
    verified_by: str


@dataclass(frozen=True, slots=True)
class Done:
    """One line of the journal in the office's words."""

    at: datetime
    word: str
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class Told:
    """The page of one indicator at one unit."""

    definitions: Sequence[IndicatorDefinition]
    now: IndicatorDefinition | None
    periods: Sequence[Past]
    targets: Sequence[Target]
    benchmarks: Sequence[Benchmark]
    reporters: Sequence[Reporter]
    readings: Sequence[Said]
    shares: Sequence[Shares]
    entries: Sequence[Done]

    @property
    def trend(self) -> Sequence[tuple[Indicator, Sequence[tuple[Figure, Decimal | None]]]]:
        """A composition part by part: its figure and share in each period told (R08)."""
        if not self.shares:
            return ()
        parts = [part for part, _, _ in self.shares[0].parts]
        return [
            (part, [(one.parts[n][1], one.parts[n][2]) for one in self.shares])
            for n, part in enumerate(parts)
        ]


def told(actor: Actor, today: date, row: Indicator, place: Unit, year: int) -> Told:
    """Read the page; a constant number of queries, whatever hangs on the indicator."""
    figures = load(
        actor, today, [row], [place.pk], Period(date(year - 1, 1, 1), date(year, 12, 31))
    )
    definitions = list(
        row.definitions.select_related("numerator", "denominator", "weight_by").order_by("-from_on")
    )
    says = list(reporters(actor, today, [row.pk]))
    read = list(
        readings(actor, today)
        .filter(indicator=row, unit=place, ends_on__year=year)
        .select_related("document")
    )
    aims = list(
        targets(actor, today)
        .filter(indicator=row, unit=place, ends_on__year__gte=year - 1)
        .select_related("plan")
        .order_by("-ends_on", "starts_on", "basis")
    )
    entries = list(
        Entry.objects.filter(
            jurisdiction=actor.jurisdiction_id,
            subject_id__in=[row.pk, *(one.pk for one in (*read, *aims, *definitions))],
        ).order_by("-at")[:ENTRIES]
    )
    names = _people(read, entries)
    return Told(
        definitions,
        figures.definition(row.pk, date(year, 12, 31)),
        _periods(actor, today, row, place, year, figures, says),
        aims,
        list(benchmarks(actor, today).filter(indicator=row)),
        says,
        [
            Said(one, _name(names, one.reported_by_id), _name(names, one.verified_by_id))
            for one in read
        ],
        shares(actor, today, row, place, year)[-PERIODS:] if row.kind == "composition" else (),
        [
            Done(
                one.at,
                str(WORDS.get(one.verb, one.verb)),
                _name(names, one.person_id),
                one.reason,
            )
            for one in entries
        ],
    )


def _name(names: Mapping[UUID, str], key: UUID | None) -> str:
    return names.get(key, "") if key is not None else ""


def _periods(
    actor: Actor,
    today: date,
    row: Indicator,
    place: Unit,
    year: int,
    figures: Figures,
    says: Sequence[Reporter],
) -> Sequence[Past]:
    definition = figures.definition(row.pk, date(year, 12, 31))
    if definition is None or row.kind == Indicator.Kind.COMPOSITION:
        return ()
    below = [
        one for one in says if one.unit_id != place.pk and one.unit.path.startswith(place.path)
    ]
    whole = has_right(actor, "read", place)
    spoken = _spoken(row, [one.unit_id for one in below], year)
    found = []
    for period in periods_of(definition.rhythm, year):  # type: ignore[arg-type]
        if period.end > today:
            break
        figure = figures.at(row.pk, place.pk, period)
        before = figures.at(row.pk, place.pk, year_before(period))
        holding = [
            one
            for one in below
            if one.from_on <= period.end and (one.to_on is None or period.end <= one.to_on)
        ]
        silent = [
            one.unit.short_name
            for one in holding
            if (one.unit_id, period.start, period.end) not in spoken
        ]
        found.append(
            Past(
                period,
                label_of(period),
                figure,
                before,
                tallying.growth_of(definition, figure.exact, before.exact),
                figures.below(row.pk, place.pk, period),
                silent if whole else (),
                len(holding) if whole else 0,
            )
        )
    return found


def _spoken(row: Indicator, units: Sequence[UUID], year: int) -> frozenset[tuple[UUID, date, date]]:
    return frozenset(
        Reading.objects.filter(
            indicator=row, unit__in=units, ends_on__year=year, current=True, value__isnull=False
        ).values_list("unit_id", "starts_on", "ends_on")
    )


def _people(read: Sequence[Reading], entries: Sequence[Entry]) -> Mapping[UUID, str]:
    keys = {
        *(one.reported_by_id for one in read),
        *(one.verified_by_id for one in read),
        *(one.person_id for one in entries),
    }
    rows = Person.objects.filter(pk__in=[key for key in keys if key is not None])
    return dict(rows.values_list("pk", "name"))
