"""The register of indicators enters the demonstration, by the actions that people call."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from luoshi.config.demo.gauges import (
    GAUGES,
    GROWN,
    INCOME,
    REVISED,
    SILENT,
    Gauge,
    insured,
    spread,
)
from luoshi.config.demo.stage import Stage
from luoshi.config.demo.units import TOWN, VILLAGES
from luoshi.domain.access import Actor
from luoshi.domain.base import Period
from luoshi.domain.measuring import periods_of
from luoshi.domain.workdays import SHANGHAI
from luoshi.goals.models import Plan
from luoshi.indicators import actions
from luoshi.indicators.models import Indicator, Reading
from luoshi.org import queries as org
from luoshi.org.models import Person, Unit

Step = tuple[datetime, Callable[[], object]]
FIRST, LATEST = 2025, date(2026, 6, 18)
NOON = time(11, 40)
VILLAGE_INCOME = "村集体经营性收入"
Values = dict[Period, list[tuple[Gauge, str, str]]]  # gauge, unit, figure


def steps(stage: Stage, year: int, approved_on: date) -> Iterator[Step]:
    """What happens to the register in a year: founded once, then targets, then figures by month."""
    known: dict[str, Indicator] = {}
    units: dict[str, Unit] = {}
    if year == FIRST:
        yield _at(date(FIRST, 1, 3)), lambda: _found(stage)
    ready = _at(approved_on + timedelta(days=1))
    yield ready, lambda: _targets(stage, year, known, units)
    figures = _figures(year)
    for published in (True, False):
        for period in sorted(figures, key=lambda one: (one.end, one.days)):
            rows = [row for row in figures[period] if row[0].statistics == published]
            day = min(period.end + timedelta(days=12 if published else 8), LATEST)
            if rows:
                yield _at(day), _save(stage, day, period, rows, known, units)
    if year > FIRST:
        yield _at(date(2026, 4, 20)), lambda: _revise_income(stage, known, units)
        yield _at(date(2026, 3, 16)), lambda: _revise_people(stage, known, units)


def _at(day: date) -> datetime:
    return datetime.combine(day, NOON, SHANGHAI)


def _found(stage: Stage) -> None:
    """Every indicator with its definition and who reports it; parts of a ratio come before it."""
    town = stage.unit(TOWN)
    made: dict[str, Indicator] = {}
    villages = [stage.unit(name) for name in VILLAGES]
    for number, gauge in enumerate(GAUGES, 1):
        naming = actions.Naming(
            name=gauge.name,
            kind=gauge.kind,
            category="statistics" if gauge.statistics else "business",
            number=f"{number:02d}",
            part_of=made.get(gauge.part_of),
            from_on=date(FIRST, 1, 1),
        )
        defining = actions.Defining(
            statement=gauge.statement,
            measure=gauge.measure,
            source=gauge.source,
            decimals=gauge.decimals,
            better=gauge.better,
            aggregation=gauge.aggregation,
            numerator=made.get(gauge.numerator),
            denominator=made.get(gauge.denominator),
            factor=Decimal(gauge.factor),
            may_be_negative=gauge.negative,
            rhythm=gauge.rhythm,
        )
        says = villages if gauge.by == "villages" else [stage.unit(gauge.by)] if gauge.by else []
        answer = actions.create_indicator(
            actor=stage.system,
            today=date(FIRST, 1, 3),
            unit=town,
            naming=naming,
            defining=defining,
            reporters=says,
        )
        made[gauge.name] = Indicator.objects.select_related("unit").get(pk=answer.id)


def _known(stage: Stage, known: dict[str, Indicator], units: dict[str, Unit]) -> None:
    if not known:
        rows = Indicator.objects.filter(jurisdiction=stage.jurisdiction).select_related("unit")
        known.update({row.name: row for row in rows})
        units.update({name: stage.unit(name) for name in (TOWN, *VILLAGES)})
        units.update({one.by: stage.unit(one.by) for one in GAUGES if one.by in stage.units})


def _targets(stage: Stage, year: int, known: dict[str, Indicator], units: dict[str, Unit]) -> None:
    """The year's targets of the town, with the speech as their source; and a quarter's (开门红)."""
    _known(stage, known, units)
    plan, speech = Plan.objects.get(pk=stage.plans[year].pk), stage.documents[year]
    common: dict[str, Any] = {
        "actor": stage.system,
        "today": date(year, 1, 31),
        "unit": units[TOWN],
    }
    for gauge in GAUGES:
        aims = gauge.aims if year > FIRST else {"own": gauge.was} if gauge.was else {}
        for basis, value in aims.items():
            aim = actions.Aim(
                basis=basis,
                value=Decimal(value),
                plan=plan,
                document=speech if basis == "own" else None,
                source="" if basis == "own" else f"县委经济工作会议{year}年目标任务分解表",
                comparison="<=" if gauge.better == "lower" else ">=",
            )
            actions.set_target(
                **common, indicator=known[gauge.name], period=Period.year(year), aim=aim
            )
        if gauge.peer is not None and year > FIRST:
            name, value, source = gauge.peer
            actions.add_benchmark(
                actor=stage.system, today=date(2026, 3, 25), indicator=known[gauge.name],
                unit=units[TOWN],
                peer=actions.Peer(
                    name=name, period=Period.year(FIRST), value=Decimal(value), source=source,
                    as_of=date(2026, 3, 20),
                ),
            )  # fmt: skip
    if year > FIRST:
        opening = actions.Aim(basis="own", value=Decimal("9.60"), plan=plan, document=speech)
        quarter = Period.quarter(year, 1)
        actions.set_target(**common, indicator=known[GAUGES[0].name], period=quarter, aim=opening)


def _figures(year: int) -> Values:
    """Every figure of the year by period; the story's own day is the last."""
    found: Values = {}
    for gauge in GAUGES:
        if gauge.numerator or gauge.kind == "composition":
            continue
        for index, period in enumerate(periods_of(gauge.rhythm, year)):  # type: ignore[arg-type]
            if period.end < LATEST:
                for unit, value in _values(gauge, year, index, period):
                    found.setdefault(period, []).append((gauge, unit, value))
    return found


def _values(gauge: Gauge, year: int, index: int, period: Period) -> Iterator[tuple[str, str]]:
    if gauge.by == "villages":
        yield from _villages(gauge, year, index, period)
        return
    told = gauge.last if year == FIRST else gauge.now
    where = gauge.by or TOWN
    if year == FIRST and len(told) == 1 and gauge.rhythm == "month":
        yield where, spread(told[0], gauge.decimals, period.end.month)
    elif index < len(told):
        yield where, told[index]


def _villages(gauge: Gauge, year: int, index: int, period: Period) -> Iterator[tuple[str, str]]:
    for village, income in INCOME.items():
        month = period.end.month
        if gauge.name != VILLAGE_INCOME:
            yield village, insured(village, due="应" in gauge.name, quarter=index)
        elif year == FIRST:
            yield village, spread(income, 1, month)
        elif (village, month) == REVISED[:2]:
            yield village, REVISED[2]
        elif (village, month) not in SILENT:
            yield village, spread(income, 1, month, GROWN - len(village) + index)


def _save(
    stage: Stage,
    day: date,
    period: Period,
    rows: list[tuple[Gauge, str, str]],
    known: dict[str, Indicator],
    units: dict[str, Unit],
) -> Callable[[], object]:
    """Published figures in one import; others as the unit's head states them."""

    def save() -> None:
        _known(stage, known, units)
        published = rows[0][0].statistics
        by_unit: dict[str, list[tuple[Gauge, str, str]]] = {}
        for row in rows:
            by_unit.setdefault(TOWN if published or day.year == FIRST else row[1], []).append(row)
        for unit, own in by_unit.items():
            actions.save_readings(
                actor=stage.system if unit == TOWN else _head(stage, unit, day),
                today=day,
                cells=[
                    actions.Entering(
                        indicator=known[gauge.name],
                        unit=units[where],
                        period=period,
                        value=Decimal(value),
                    )
                    for gauge, where, value in own
                ],
                source=own[0][0].source if published else "",
                published=published,
            )

    return save


def _head(stage: Stage, unit: str, day: date) -> Actor:
    """Who answers for a unit's figures on a day: its head, or the system while nobody does."""
    for title in ("书记", "主任", "所长"):
        if f"{unit}/{title}" in stage.posts and (name := stage.holder(f"{unit}/{title}", day)):
            person = Person.objects.get(pk=stage.people[name])
            return org.as_person(stage.system, person, day)
    return stage.system


def _revise(
    day: date, row: Indicator, unit: Unit, period: Period, value: str, reason: str,
    *, actor: Actor, source: str = "",
) -> None:  # fmt: skip
    now = Reading.objects.get(indicator=row, unit=unit, ends_on=period.end, current=True)
    cell = actions.Entering(
        indicator=row, unit=unit, period=period, value=Decimal(value), seen=now.pk
    )
    actions.save_readings(
        actor=actor, today=day, cells=[cell], reason=reason, source=source, published=bool(source)
    )


def _revise_income(stage: Stage, known: dict[str, Indicator], units: dict[str, Unit]) -> None:
    """A village finds that one of its figures was wrong; the old one stays to be seen."""
    _known(stage, known, units)
    village, month, _first, then, why = REVISED
    day = date(2026, 4, 20)
    _revise(
        day, known[VILLAGE_INCOME], units[village], Period.month(2026, month), then, why,
        actor=_head(stage, village, day),
    )  # fmt: skip


def _revise_people(stage: Stage, known: dict[str, Indicator], units: dict[str, Unit]) -> None:
    """The population is revised when the yearbook appears, and every ratio on it with it."""
    _known(stage, known, units)
    _revise(
        date(2026, 3, 16), known["常住人口"], units[TOWN], Period.year(FIRST), "4.25",
        "年度人口变动抽样调查修订", actor=stage.system, source="县统计年鉴2025（修订）",
    )  # fmt: skip
