"""Every kind of figure against its pace: flow, level, ratio, index, and lower-is-better.

All kinds are brought to one course in points, so that one law of lights judges them all; what a
page shows is the figure in its own unit beside what was expected of it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Literal

from luoshi.domain.base import Period, Sentence, Value, say
from luoshi.domain.pacing.profile import LINEAR, WHOLE, Profile, percent, share
from luoshi.domain.workdays import WorkCalendar

FigureKind = Literal["flow", "level", "ratio", "index"]
"""累计数 (adds up over the year), 存量 (stands at a day), 比率 (percent), 指数."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A target with what its arithmetic needs.

    `start` is the figure at the period's beginning, None where nobody knows it (missing is not
    0): then a level, ratio or index is to be held at its target all along. `lower`: less is
    better; a flow is then a ceiling that may be used up by pace. `places`: decimals shown.
    """

    kind: FigureKind
    target: Decimal
    period: Period
    profile: Profile = LINEAR
    start: Decimal | None = None
    lower: bool = False
    places: int = 2
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """A figure beside what was expected of it on the day it speaks of.

    `expected` and `value` in the unit, `expected_points` and `done_points` in percent (of the
    target; of the way from start to target for a level; used and allowed for a ceiling). Gaps are
    positive where things are better than expected. None where the figure is missing (待补) or no
    share can be told. `met`: the whole target stands. `broken`: a ceiling is exceeded.
    """

    expected: Decimal | None
    value: Decimal | None
    gap: Decimal | None
    expected_points: Decimal | None
    done_points: Decimal | None
    gap_points: Decimal | None
    met: bool | None
    broken: bool
    sentence: Sentence
    actual: Decimal | None = None
    """The figure in points of its `course`, as the light law takes it."""


def stand(
    measure: Measure, value: Decimal | None, on: date, calendar: WorkCalendar | None = None
) -> Standing:
    """A figure that speaks of the day `on`, beside what its pace expects by then.

    Flow: target × share. Level, ratio, index: start + (target - start) × share, or the target all
    along where there is no start or it is no worse than the target. The gap in points: of the
    target for a flow, of the way for a level, percentage points as they are for a ratio, percent
    of the target for an index. A ceiling (flow, lower): the share allowed less the share used.
    """
    fault = _fault(measure)
    if fault is not None:
        return Standing(None, value, None, None, None, None, None, broken=False, sentence=fault)
    due = _expected(measure, on, calendar)
    expected_shown = rounded(due, measure.places)
    expected_points = percent(_course_point(measure, due) / 100)
    if value is None:
        why = say("pacing.figure.missing", expected=expected_shown, unit=measure.unit)
        return Standing(
            expected_shown, None, None, expected_points, None, None, None,
            broken=False, sentence=why,
        )  # fmt: skip
    gap = rounded(_sign(measure) * (Fraction(value) - due), measure.places)
    broken = is_ceiling(measure) and value > measure.target
    done = gap_points = None
    if measure.target or not is_ceiling(measure):
        done = percent(_course_point(measure, Fraction(value)) / 100)
        gap_points = done - expected_points
        gap_points = -gap_points if is_ceiling(measure) else gap_points
    elif not broken:
        done, gap_points = expected_points, Decimal(0)
    return Standing(
        expected_shown, value, gap, expected_points, done, gap_points,
        met=_sign(measure) * (value - measure.target) >= 0,
        broken=broken,
        sentence=_told(measure, expected_shown, value, gap, gap_points),
        actual=_actual(measure, done, gap_points),
    )  # fmt: skip


def course(measure: Measure) -> Profile:
    """The measure's profile in points of the light law: 100 is the target, `floor` the start.

    A ceiling is judged on the day its figure speaks of: that day's room to spare is measured from
    100, so that mere time never turns it green.
    """
    if measure.kind == "flow":
        return replace(measure.profile, floor=WHOLE) if measure.lower else measure.profile
    floor = percent(_course_point(measure, Fraction(begun(measure))) / 100)
    return replace(measure.profile, floor=min(floor, WHOLE))


def _actual(measure: Measure, done: Decimal | None, gap_points: Decimal | None) -> Decimal | None:
    if gap_points is None:
        return None
    return WHOLE + gap_points if is_ceiling(measure) else done


def is_ceiling(measure: Measure) -> bool:
    """Whether the target is a ceiling that is used up: accidents, petitions, spending."""
    return measure.kind == "flow" and measure.lower


def rounded(exact: Fraction, places: int) -> Decimal:
    """An exact figure at the indicator's precision, half up, away from zero at the half."""
    step = Decimal(1).scaleb(-places)
    tenfold = exact * 10**places
    whole, rest = divmod(abs(tenfold.numerator), tenfold.denominator)
    whole += 2 * rest >= tenfold.denominator
    sign = -1 if tenfold < 0 else 1
    return (Decimal(sign * whole) * step).quantize(step, ROUND_HALF_UP)


def exact_expected(measure: Measure, on: date, calendar: WorkCalendar | None = None) -> Fraction:
    """What pace expects by a day in the indicator's unit, unrounded."""
    return _expected(measure, on, calendar)


def _sign(measure: Measure) -> int:
    return -1 if measure.lower else 1


def begun(measure: Measure) -> Decimal:
    """Where the figure begins: 0 for a flow, the start where it is worse, else the target."""
    if measure.kind == "flow":
        return Decimal(0)
    start = measure.start
    if start is None or _sign(measure) * (measure.target - start) <= 0:
        return measure.target
    return start


def _expected(measure: Measure, on: date, calendar: WorkCalendar | None) -> Fraction:
    first, target = Fraction(begun(measure)), Fraction(measure.target)
    return first + (target - first) * share(measure.profile, measure.period, on, calendar)


def _course_point(measure: Measure, value: Fraction) -> Fraction:
    """A figure in points: 100 is the target, more is better (a ceiling: 100 is used up)."""
    target, first = Fraction(measure.target), Fraction(begun(measure))
    if measure.kind == "flow":
        return 100 * value / target if target else Fraction(0)
    if measure.kind == "ratio":
        return 100 + _sign(measure) * (value - target)
    if measure.kind == "level" and first != target:
        return 100 * (value - first) / (target - first)
    return 100 + _sign(measure) * 100 * (value - target) / target


def _fault(measure: Measure) -> Sentence | None:
    """A share of nothing says nothing; only a ceiling and a ratio may be 0."""
    if measure.target < 0:
        return say("pacing.no_target")
    way = measure.kind == "level" and begun(measure) != measure.target
    free = is_ceiling(measure) or measure.kind == "ratio" or way
    return say("pacing.no_target") if not measure.target and not free else None


def _told(
    measure: Measure,
    expected: Decimal,
    value: Decimal,
    gap: Decimal,
    gap_points: Decimal | None,
) -> Sentence:
    told: dict[str, Value] = {
        "expected": expected, "value": value, "unit": measure.unit, "gap": abs(gap),
        "points": abs(gap_points) if gap_points is not None else Decimal(0),
    }  # fmt: skip
    if is_ceiling(measure):
        if value > measure.target:
            return say("pacing.figure.broken", target=measure.target, **told)
        return say("pacing.figure.spare", **told) if gap >= 0 else say("pacing.figure.used", **told)
    if not gap:
        return say("pacing.figure.level", **told)
    return say("pacing.figure.ahead", **told) if gap > 0 else say("pacing.figure.behind", **told)
