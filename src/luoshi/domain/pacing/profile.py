"""序时进度: the share of the work that a plan expects to be done by a day.

Every share is a percentage rounded once, half up, to a hundredth of a point; whatever is
compared is what is shown, so a reader can check each light by hand.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Literal

from luoshi.domain.base import Period, Refused, month_end, say
from luoshi.domain.workdays import WorkCalendar

POINT = Decimal("0.01")
WHOLE = Decimal(100)

ProfileKind = Literal["months", "days", "working_days", "quarters", "milestones", "curve"]


@dataclass(frozen=True, slots=True)
class MilestoneWeight:
    """A node of the plan: the day it is due and its part of the whole, as a whole number."""

    due_on: date
    weight: int


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """What stood done at the end of a month (1 to 12) of last year, cumulatively."""

    month: int
    done: Decimal


@dataclass(frozen=True, slots=True)
class Profile:
    """How the work of a period is spread over it; months elapsed / months is the office's rule.

    `quarter_weights` are four percentages that add up to 100; `milestones` have positive weights;
    `curve` is last year's own course: known month ends, December among them and above 0. Refused
    in words where they are not. `floor` is what stands before anything is done, in percent of the
    target: a ratio that begins at 92 of 95; 100 for a figure that is only to be held.
    """

    kind: ProfileKind = "months"
    quarter_weights: tuple[Decimal, ...] = ()
    milestones: tuple[MilestoneWeight, ...] = ()
    curve: tuple[CurvePoint, ...] = ()
    floor: Decimal = Decimal(0)

    def __post_init__(self) -> None:
        """Refuse weights that say nothing."""
        if self.kind == "quarters" and (
            len(self.quarter_weights) != 4
            or sum(self.quarter_weights) != WHOLE
            or min(self.quarter_weights) < 0
        ):
            raise Refused(say("pacing.bad_quarters"))
        if self.kind == "milestones" and not (
            self.milestones and all(m.weight > 0 for m in self.milestones)
        ):
            raise Refused(say("pacing.bad_milestones"))
        if self.kind == "curve" and not _is_curve(self.curve):
            raise Refused(say("pacing.bad_curve"))


def _is_curve(curve: tuple[CurvePoint, ...]) -> bool:
    months = [point.month for point in curve]
    return (
        bool(months)
        and months == sorted(set(months))
        and months[0] >= 1
        and months[-1] == 12
        and curve[-1].done > 0
    )


LINEAR = Profile()


@dataclass(frozen=True, slots=True)
class Pace:
    """Expected beside actual, both in percent; `actual` is None where nothing is known (待补)."""

    expected: Decimal
    actual: Decimal | None

    @property
    def gap_points(self) -> Decimal | None:
        """Actual minus expected in percentage points: positive is ahead; None without a figure."""
        return None if self.actual is None else self.actual - self.expected


def expected(
    profile: Profile, period: Period, on: date, calendar: WorkCalendar | None = None
) -> Decimal:
    """The percentage of the period's work that should be done at the end of the day `on`.

    0 (or the profile's floor) before the period, 100 from its last day, never falling in between
    (milestones: from the last node's day). Months: those whose last day has come, of those in the
    period (a broken last month counts when the period ends). Quarters: the quarters gone by
    weight, and within one its months. Curve: the share of last year's whole that stood at the last
    month end gone and known; where last year's figure fell, the highest before it. Working days
    need the calendar; quarters and curve need a calendar year.
    """
    floor = Fraction(profile.floor) / 100
    return percent(floor + (1 - floor) * share(profile, period, on, calendar))


def share(
    profile: Profile, period: Period, on: date, calendar: WorkCalendar | None = None
) -> Fraction:
    """The exact share of the work that should be done at the end of a day, 0 to 1, no floor."""
    return _RULES[profile.kind](profile, period, on, calendar)


def pace(
    profile: Profile,
    period: Period,
    on: date,
    actual: Decimal | None,
    calendar: WorkCalendar | None = None,
) -> Pace:
    """Expected and actual side by side on a day; `actual` in percent is rounded like expected."""
    done = None if actual is None else actual.quantize(POINT, ROUND_HALF_UP)
    return Pace(expected(profile, period, on, calendar), done)


def curve_of(figures: Mapping[int, Decimal | None], start: Decimal = Decimal(0)) -> Profile:
    """Last year's own course as a profile: month to cumulative figure, None where missing.

    A missing month is left out, so the month before it still stands for it: nobody is asked for
    more than last year's books show. `start` is what stood at last year's beginning (a level).
    Refused where December is missing or nothing was done.
    """
    known = sorted((month, figure) for month, figure in figures.items() if figure is not None)
    return Profile("curve", curve=tuple(CurvePoint(m, figure - start) for m, figure in known))


def completion(done: Decimal | None, target: Decimal) -> Decimal | None:
    """What percentage of a target is reached; None where the figure is missing, never 0.

    Refused for a target that is not positive: a share of nothing says nothing.
    """
    if target <= 0:
        raise Refused(say("pacing.no_target"))
    return None if done is None else percent(Fraction(done) / Fraction(target))


def percent(share: Fraction) -> Decimal:
    """An exact share as a percentage with two places, rounded half up."""
    hundredths = share * 10_000
    return Decimal(int((2 * hundredths + 1) // 2)) * POINT


def months_of(period: Period) -> list[date]:
    """The last day of every month in the period, the last one being the period's end."""
    ends = []
    year, month = period.start.year, period.start.month
    while (end := month_end(year, month)) < period.end:
        ends.append(end)
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return [*ends, period.end]


def _by_months(_: Profile, period: Period, on: date, __: WorkCalendar | None) -> Fraction:
    ends = months_of(period)
    return Fraction(sum(end <= on for end in ends), len(ends))


def _by_days(_: Profile, period: Period, on: date, __: WorkCalendar | None) -> Fraction:
    gone = (min(on, period.end) - period.start).days + 1
    return Fraction(max(0, gone), period.days)


def _by_working_days(
    _: Profile, period: Period, on: date, calendar: WorkCalendar | None
) -> Fraction:
    if calendar is None:
        message = "pace by working days needs a calendar"
        raise ValueError(message)
    if on < period.start:
        return Fraction(0)
    all_days = calendar.count(period.start, period.end)
    if on >= period.end or not all_days:
        return Fraction(int(on >= period.end))
    return Fraction(calendar.count(period.start, on), all_days)


def _by_quarters(profile: Profile, period: Period, on: date, _: WorkCalendar | None) -> Fraction:
    if period.kind != "year":
        raise Refused(say("pacing.quarters_need_year"))
    gone = Fraction(0)
    for number, weight in enumerate(profile.quarter_weights, start=1):
        quarter = Period.quarter(period.start.year, number)
        gone += Fraction(weight) / 100 * _by_months(profile, quarter, on, None)
    return gone


def _by_milestones(profile: Profile, _: Period, on: date, __: WorkCalendar | None) -> Fraction:
    whole = sum(m.weight for m in profile.milestones)
    return Fraction(sum(m.weight for m in profile.milestones if m.due_on <= on), whole)


def _by_curve(profile: Profile, period: Period, on: date, _: WorkCalendar | None) -> Fraction:
    if period.kind != "year":
        raise Refused(say("pacing.quarters_need_year"))
    year = period.start.year
    gone = [p.done for p in profile.curve if month_end(year, p.month) <= on]
    whole = Fraction(profile.curve[-1].done)
    return min(Fraction(1), max(Fraction(done) / whole for done in [Decimal(0), *gone]))


_RULES: dict[ProfileKind, Callable[[Profile, Period, date, WorkCalendar | None], Fraction]] = {
    "months": _by_months,
    "days": _by_days,
    "working_days": _by_working_days,
    "quarters": _by_quarters,
    "milestones": _by_milestones,
    "curve": _by_curve,
}
