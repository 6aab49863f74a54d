"""序时进度 of targets: done beside expected, light, forecast and three gaps, on one row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import cast
from uuid import UUID

from django.db.models import Q

from luoshi.domain.access import Actor
from luoshi.domain.base import Period, Refused, Sentence
from luoshi.domain.measuring import due_on, periods_of
from luoshi.domain.pacing import (
    DEFAULT_RULE,
    LINEAR,
    PRESETS,
    Facts,
    Known,
    Light,
    LightRule,
    Measure,
    Owed,
    Peer,
    Profile,
    ProfileKind,
    Report,
    compared,
    course,
    curve_of,
    expected,
    figure_light,
    forecast,
    judge,
    needed,
    pace,
    stand,
    three_gaps,
)
from luoshi.domain.workdays import WorkCalendar
from luoshi.indicators.models import (
    Benchmark,
    Course,
    IndicatorDefinition,
    PaceRule,
    Reporter,
    Target,
)
from luoshi.indicators.paced import measure_of, profile_of, trim
from luoshi.indicators.queries.figures import Figure, Figures, load
from luoshi.indicators.queries.scope import benchmarks, targets
from luoshi.indicators.queries.standing import Pace, Row
from luoshi.office.china_calendar import china_calendar
from luoshi.org.models import Unit

LEAST_PEERS = 4
"""Fewer than this are no field to be among the last three of."""


def pace_of(
    actor: Actor,
    today: date,
    year: int,
    *,
    place: Unit,
    on: date | None = None,
    narrowed: Q | None = None,
) -> Pace:
    """The pace of every year's target that the actor reads, as known on a day; ten queries.

    A row for each indicator and unit with an own target, or a superior's where there is no own
    one. `narrowed` picks among the targets (a unit, an indicator). `on` defaults to today: only
    figures of periods ended by then are looked at.
    """
    on = on or today
    asked = _targets(actor, today, year, narrowed)
    firsts = [pair[0] or pair[1] for pair in asked.values()]
    chosen = rule_of(actor, place, year)
    rule = PRESETS[chosen.rule] if chosen is not None else DEFAULT_RULE
    if not firsts:
        return Pace(year, on, rule, chosen, ())
    gathered = _gather(actor, today, year, on, cast("list[Target]", firsts))
    rows = [_row(own, mandate, gathered) for own, mandate in asked.values()]
    return Pace(year, on, rule, chosen, tuple(_lit(rows, rule, gathered)))


def rule_of(actor: Actor, place: Unit, year: int) -> PaceRule | None:
    """The rule of lights that holds at a place: for the year's plan, its own, or the one above.

    One query. None: nobody has chosen, the default preset holds.
    """
    paths = ["/".join(place.path.split("/")[:n]) + "/" for n in range(1, place.path.count("/") + 1)]
    rows = PaceRule.objects.filter(
        Q(plan__isnull=True) | Q(plan__year=year, plan__unit=place),
        jurisdiction=actor.jurisdiction_id,
        unit__path__in=paths,
    ).select_related("unit", "plan")
    return max(rows, key=lambda row: (row.plan_id is not None, row.unit.path), default=None)


def compare(
    actor: Actor,  # noqa: ARG001 - the rows were read as theirs
    rows: Iterable[Row],
    on: date,
) -> list[tuple[Row, Mapping[str, Light]]]:
    """Each row's light by every published rule: what another county would have called it."""
    calendar = china_calendar()
    return [(row, compared(row.measure, row.standing, row.report, on, calendar)) for row in rows]


def _targets(
    actor: Actor, today: date, year: int, narrowed: Q | None
) -> Mapping[tuple[UUID, UUID], tuple[Target | None, Target | None]]:
    """(own, mandate) of each indicator and unit for the whole year; one query."""
    whole = Period.year(year)
    rows = targets(actor, today).filter(starts_on=whole.start, ends_on=whole.end)
    if narrowed is not None:
        rows = rows.filter(narrowed)
    rows = rows.filter(basis__in=(Target.Basis.OWN, Target.Basis.MANDATE)).select_related(None)
    found: dict[tuple[UUID, UUID], tuple[Target | None, Target | None]] = {}
    for row in rows.select_related("indicator__unit", "unit", "plan"):
        key = (row.indicator_id, row.unit_id)
        own, mandate = found.get(key, (None, None))
        found[key] = (row, mandate) if row.basis == Target.Basis.OWN else (own, row)
    return found


@dataclass(frozen=True, slots=True)
class _Gathered:
    year: int
    today: date
    on: date
    figures: Figures
    courses: Mapping[UUID, Course]
    peers: Mapping[tuple[UUID, UUID], Sequence[Benchmark]]
    owing: Mapping[UUID, Sequence[str]]
    calendar: WorkCalendar


def _gather(actor: Actor, today: date, year: int, on: date, asked: Sequence[Target]) -> _Gathered:
    keys = {row.indicator_id for row in asked}
    indicators = {row.indicator_id: row.indicator for row in asked}
    span = Period(date(year - 1, 1, 1), max(date(year - 1, 1, 1), min(on, today)))
    figures = load(actor, today, indicators.values(), {row.unit_id for row in asked}, span)
    peers: dict[tuple[UUID, UUID], list[Benchmark]] = {}
    seen = benchmarks(actor, today).filter(indicator__in=keys, as_of__lte=today, ends_on__lte=on)
    for row in seen.select_related(None).order_by("ends_on", "as_of", "id"):
        peers.setdefault((row.indicator_id, row.unit_id), []).append(row)
    courses = Course.objects.filter(
        jurisdiction=asked[0].jurisdiction, indicator__in=keys, year=year
    )
    return _Gathered(
        year,
        today,
        on,
        figures,
        {row.indicator_id: row for row in courses},
        peers,
        _owing(asked[0].jurisdiction, keys, on),
        china_calendar(),
    )


def _row(own: Target | None, mandate: Target | None, got: _Gathered) -> Row:
    target = own or mandate
    assert target is not None
    key = (target.indicator_id, target.unit_id)
    definition = got.figures.definition(target.indicator_id, target.ends_on)
    assert definition is not None
    last_year = got.figures.at(*key, periods_of(definition.rhythm, got.year - 1)[-1])  # type: ignore[arg-type]
    profile, broken = _profile(target, definition, got)
    measure = measure_of(target, definition, profile, last_year.value)
    periods = periods_of(definition.rhythm, got.year)  # type: ignore[arg-type]
    said = {period.end: got.figures.at(*key, period) for period in periods}
    places = definition.decimals
    known = [
        Known(end, trim(one.value, places)) for end, one in said.items() if one.value is not None
    ]
    last = known[-1] if known else None
    value, as_of = (last.value, last.as_of) if last else (None, None)
    standing = stand(measure, value, as_of, got.calendar) if as_of else None
    owed = tuple(Owed(p.end, due_on(p, definition.due_days)) for p in periods)
    report = Report(as_of=as_of, owed=owed)
    return Row(
        target=target,
        definition=definition,
        measure=measure,
        value=value,
        as_of=as_of,
        missing=_missing(target, said.get(as_of) if as_of else None, got),
        standing=standing,
        light=figure_light(measure, standing, report, got.on, DEFAULT_RULE, got.calendar),
        forecast=forecast(measure, known, got.calendar),
        needed=needed(measure, value, got.on),
        gaps=three_gaps(
            measure,
            value,
            as_of or got.on,
            mandate=trim(mandate.value, places) if mandate else None,
            peer=_peer(key, as_of, measure, got),
            own=own is not None,
            calendar=got.calendar,
        ),
        series=_series(said.values(), [p.end for p in periods], got.on, definition.decimals),
        report=report,
        expected_now=stand(measure, None, got.on, got.calendar).expected,
        broken_course=broken,
    )


def _series(
    said: Iterable[Figure], ends: Sequence[date], on: date, decimals: int
) -> tuple[int | None, ...]:
    return tuple(
        None if one.value is None else int(one.value.scaleb(decimals))
        for one, end in zip(said, ends, strict=True)
        if end <= on
    )


def _profile(
    target: Target, definition: IndicatorDefinition, got: _Gathered
) -> tuple[Profile, Sentence | None]:
    """The course of the indicator's year, or the months' rule and why the course cannot be used."""
    row = got.courses.get(target.indicator_id)
    if row is None:
        return LINEAR, None
    try:
        if row.profile == Course.Profile.CURVE:
            return _curve(target, definition, got), None
        if row.profile in (Course.Profile.QUARTERS, Course.Profile.MILESTONES):
            return profile_of(row.profile, row.weights), None
    except Refused as refused:
        return LINEAR, refused.why
    return Profile(cast("ProfileKind", row.profile)), None


def _curve(target: Target, definition: IndicatorDefinition, got: _Gathered) -> Profile:
    """Last year's own course of the unit: its figures at the ends of the periods it states."""
    said = {
        period.end.month: got.figures.at(target.indicator_id, target.unit_id, period).value
        for period in periods_of(definition.rhythm, got.year - 1)  # type: ignore[arg-type]
    }
    return curve_of(said)


def _missing(target: Target, said: Figure | None, got: _Gathered) -> int:
    """How many units below have not spoken for a total; 0 where the unit speaks for itself."""
    if said is None or said.how != "total":
        return 0
    path, paths = target.unit.path, got.owing.get(target.indicator_id, ())
    owed = sum(other.startswith(path) and other != path for other in paths)
    return max(0, owed - said.reported)


def _owing(jurisdiction: UUID, keys: Iterable[UUID], on: date) -> Mapping[UUID, Sequence[str]]:
    """The paths of the units that report each indicator on a day; one query.

    They are only counted: no unit is named by it, so a total can say how many are missing below.
    """
    found: dict[UUID, list[str]] = {}
    rows = Reporter.objects.filter(jurisdiction=jurisdiction, indicator__in=list(keys))
    for indicator, path, from_on, to_on in rows.values_list(
        "indicator", "unit__path", "from_on", "to_on"
    ):
        if from_on <= on and (to_on is None or on <= to_on):
            found.setdefault(indicator, []).append(path)
    return found


def _peer(
    key: tuple[UUID, UUID], as_of: date | None, measure: Measure, got: _Gathered
) -> Peer | None:
    """The peer's figure of the same day; a figure that does not add up may be an earlier one."""
    if as_of is None:
        return None
    rows = [row for row in got.peers.get(key, ()) if row.ends_on <= as_of]
    if measure.kind == "flow":
        rows = [row for row in rows if row.ends_on == as_of and row.starts_on.year == got.year]
    return Peer(rows[-1].peer, trim(rows[-1].value, measure.places)) if rows else None


def _lit(rows: Sequence[Row], rule: LightRule, got: _Gathered) -> Iterable[Row]:
    """The rows with their lights: ranks among peers and lights in a row need all of them."""
    ranks = _ranks(rows) if rule.late_bottom is not None else {}
    in_a_row = rule.slow_makes_late is not None or rule.slow_makes_talk is not None
    for row in rows:
        report = replace(
            row.report,
            rank_from_bottom=ranks.get(row.target.pk),
            slow_before=_slow_before(row, rule, got) if in_a_row else 0,
        )
        light = figure_light(row.measure, row.standing, report, got.on, rule, got.calendar)
        yield replace(row, report=report, light=light)


def _ranks(rows: Sequence[Row]) -> Mapping[UUID, int]:
    """By target: 1 is last among units of one kind with the same indicator."""
    fields: dict[tuple[UUID, str], list[Row]] = {}
    for row in rows:
        if row.standing is not None and row.standing.gap_points is not None:
            fields.setdefault((row.target.indicator_id, row.unit.kind), []).append(row)
    found = {}
    for field in fields.values():
        if len(field) < LEAST_PEERS:
            continue
        gaps = sorted(_gap(row) for row in field)
        found.update({row.target.pk: gaps.index(_gap(row)) + 1 for row in field})
    return found


def _gap(row: Row) -> Decimal:
    assert row.standing is not None
    assert row.standing.gap_points is not None
    return row.standing.gap_points


def _slow_before(row: Row, rule: LightRule, got: _Gathered) -> int:
    """How many figures just before the last were slow on their own day, one after the other."""
    key = (row.target.indicator_id, row.target.unit_id)
    count = 0
    periods = periods_of(row.definition.rhythm, got.year)  # type: ignore[arg-type]
    earlier = [period for period in periods if row.as_of and period.end < row.as_of]
    for period in reversed(earlier):
        end, said = period.end, got.figures.at(*key, period)
        if said.value is None:
            break
        seen = stand(row.measure, said.value, end, got.calendar)
        if seen.actual is None:
            break
        profile = course(row.measure)
        then = pace(profile, row.measure.period, end, seen.actual, got.calendar)
        if judge(then, Facts(row.measure.period, profile), rule)[0] != "slow":
            break
        count += 1
    return count


def plain_courses(
    actor: Actor,  # noqa: ARG001 - the calendar is everybody's
    year: int,
    on: date,
) -> list[tuple[str, Decimal]]:
    """What the courses without weights expect by a day, in percent, by their labels."""
    period, calendar = Period.year(year), china_calendar()
    kinds: tuple[ProfileKind, ...] = ("months", "days", "working_days")
    return [
        (str(Course.Profile(kind).label), expected(Profile(kind), period, on, calendar))
        for kind in kinds
    ]
