"""预计年末: where a figure will stand at the end of its period if it goes on as it has.

The middle is by profile: a flow that stands at 48 when 40% is expected will end at 120. The
interval says how far the months so far have strayed from that course: nothing is drawn by lot.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from luoshi.domain.base import Sentence, say
from luoshi.domain.pacing.figures import Measure, begun, rounded
from luoshi.domain.pacing.profile import share
from luoshi.domain.workdays import WorkCalendar

CONFIDENCE = 80
"""Percent: eight times in ten the end lies inside, if the rest strays as the months so far did."""

T_80 = tuple(map(Decimal, (
    "3.078", "1.886", "1.638", "1.533", "1.476", "1.440", "1.415", "1.397", "1.383", "1.372",
    "1.363",
)))  # fmt: skip
"""Student's t for two-sided 80%, by degrees of freedom 1 to 11 (a year has twelve months)."""

LEAST_STEPS = 3
"""Fewer steps say too little about straying: then no interval is given."""


@dataclass(frozen=True, slots=True)
class Known:
    """A figure as it stood on a day."""

    as_of: date
    value: Decimal


@dataclass(frozen=True, slots=True)
class Forecast:
    """The figure at the end of the period, its interval, and the sentence that says how.

    `value` None: nothing can be told yet. `low`, `high` None: too few months for an interval.
    """

    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    steps: int
    sentence: Sentence


def forecast(
    measure: Measure, known: Sequence[Known], calendar: WorkCalendar | None = None
) -> Forecast:
    """Where the figure ends, from what is known of this period, oldest first.

    With a course (a flow; any other with a start): begun + (value - begun) ÷ share expected so
    far. The steps between figures, each over the share expected in it, give the variance s²; the
    rest strays by t · s · √(rest + rest² ÷ share). Without a course the last figure stands, and
    strays by t · s · √rest, s² from its steps. A flow never ends below what is done. A missing
    month is not a 0: its step runs to the next figure.
    """
    if not known:
        return Forecast(None, None, None, 0, say("pacing.forecast.unknown"))
    last = known[-1]
    gone = share(measure.profile, measure.period, last.as_of, calendar)
    if last.as_of >= measure.period.end:
        value = rounded(Fraction(last.value), measure.places)
        told = say("pacing.forecast.final", value=value, unit=measure.unit)
        return Forecast(value, value, value, 0, told)
    if not gone:
        return Forecast(None, None, None, 0, say("pacing.forecast.no_share"))
    start = Fraction(begun(measure))
    held = measure.kind != "flow" and begun(measure) == measure.target
    steps = _steps(measure, known, start, held=held, calendar=calendar)
    middle = Fraction(last.value) if held else start + (Fraction(last.value) - start) / gone
    half = _half(steps, gone, held=held)
    return _told(measure, middle, half, last, len(steps))


def _steps(
    measure: Measure,
    known: Sequence[Known],
    start: Fraction,
    *,
    held: bool,
    calendar: WorkCalendar | None,
) -> list[tuple[Fraction, Fraction]]:
    """(change, share expected in it) from figure to figure; a step of no share joins the next."""
    steps: list[tuple[Fraction, Fraction]] = []
    at, stood = Fraction(0), start
    for n, one in enumerate(known):
        gone = share(measure.profile, measure.period, one.as_of, calendar)
        if held and not n:  # where it stood before is not known
            at, stood = gone, Fraction(one.value)
            continue
        if gone > at:
            steps.append((Fraction(one.value) - stood, gone - at))
            at, stood = gone, Fraction(one.value)
        elif steps:
            change, width = steps[-1]
            steps[-1] = (change + Fraction(one.value) - stood, width)
            stood = Fraction(one.value)
    return steps


def _half(
    steps: Sequence[tuple[Fraction, Fraction]], gone: Fraction, *, held: bool
) -> Fraction | None:
    """Half the width of the interval, or None where the steps are too few."""
    count = len(steps)
    if count < LEAST_STEPS:
        return None
    slope = Fraction(0)
    if not held:
        slope = sum((c for c, _ in steps), Fraction(0)) / sum((w for _, w in steps), Fraction(0))
    free = count if held else count - 1
    strayed = sum(((c - slope * w) ** 2 / w for c, w in steps), Fraction(0)) / free
    rest = 1 - gone
    variance = strayed * (rest if held else rest + rest**2 / gone)
    exact = Decimal(variance.numerator) / Decimal(variance.denominator)
    return Fraction(T_80[min(free, len(T_80)) - 1] * exact.sqrt())


def _told(
    measure: Measure, middle: Fraction, half: Fraction | None, last: Known, steps: int
) -> Forecast:
    value = rounded(middle, measure.places)
    if half is None:
        told = say("pacing.forecast.middle", value=value, unit=measure.unit)
        return Forecast(value, None, None, steps, told)
    low, high = middle - half, middle + half
    if measure.kind == "flow":
        low = max(low, min(Fraction(last.value), middle))
    shown = rounded(low, measure.places), rounded(high, measure.places)
    told = say(
        "pacing.forecast.interval",
        value=value, low=shown[0], high=shown[1], unit=measure.unit, steps=steps,
    )  # fmt: skip
    return Forecast(value, *shown, steps, told)
