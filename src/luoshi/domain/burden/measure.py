"""Minutes asked: fields asked × the measured median seconds of a field, summed exactly."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

STEP = 5  # seconds: nothing finer is kept
LONGEST = 1_800  # seconds of one form; more is a page left open, not work
LEAST = 5  # times that a form must have been measured before its median counts
HUNDREDTH = Decimal("0.01")
TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Timing:
    """So many times a form with so many filled fields took so many (coarse) seconds."""

    fields: int
    seconds: int
    times: int = 1


@dataclass(frozen=True, slots=True)
class Asking:
    """A form asked `times` times with `fields` fields each, `repeated` of them known already."""

    form: str
    fields: int
    times: int = 1
    repeated: int = 0


@dataclass(frozen=True, slots=True)
class Cost:
    """What was asked: seconds in all, seconds of repeated questions, and forms without a measure.

    `missing` counts the times that a form without a measure was asked: their time is not known, and
    is never taken for 0. Costs add up exactly.
    """

    seconds: Decimal = Decimal(0)
    repeated: Decimal = Decimal(0)
    times: int = 0
    missing: Mapping[str, int] = field(default_factory=dict)

    def __add__(self, other: Cost) -> Cost:
        """Both together."""
        forms = {**self.missing, **other.missing}
        return Cost(
            self.seconds + other.seconds,
            self.repeated + other.repeated,
            self.times + other.times,
            {form: self.missing.get(form, 0) + other.missing.get(form, 0) for form in forms},
        )

    @property
    def measured(self) -> int:
        """How many of the times have a measured cost."""
        return self.times - sum(self.missing.values())

    @property
    def minutes(self) -> Decimal | None:
        """Minutes to a tenth; None where something was asked and nothing of it is measured."""
        return None if self.times and not self.measured else minutes(self.seconds)

    @property
    def repeated_minutes(self) -> Decimal:
        """Minutes of repeated questions, to a tenth."""
        return minutes(self.repeated)


NOTHING = Cost()


def coarse(said: object) -> int | None:
    """The seconds that a page says a form took, up to the next step; None for nonsense.

    Nonsense is what is no whole number, is not positive, or is longer than anybody works at one
    form: a tab left open. It is dropped, never cut down to a figure that nobody measured.
    """
    text = str(said).strip()
    if not (text.isascii() and text.isdigit() and len(text) < 7):
        return None
    seconds = int(text)
    if not 0 < seconds <= LONGEST:
        return None
    return -(-seconds // STEP) * STEP


def pace_of(timings: Iterable[Timing], least: int = LEAST) -> Decimal | None:
    """The median seconds of one field of a form, to a hundredth; None while measured too seldom.

    Each measurement is its seconds over its fields; of an even number the two in the middle are
    halved. One slow person does not move a median.
    """
    told = sorted((Fraction(one.seconds, one.fields), one.times) for one in timings if one.times)
    total = sum(times for _, times in told)
    if total < max(least, 1):
        return None
    middle = (_at(told, (total - 1) // 2) + _at(told, total // 2)) / 2
    exact = Decimal(middle.numerator) / Decimal(middle.denominator)
    return exact.quantize(HUNDREDTH, ROUND_HALF_UP)


def _at(told: list[tuple[Fraction, int]], rank: int) -> Fraction:
    """The value at a rank of the spread-out list."""
    for value, times in told:
        if rank < times:
            return value
        rank -= times
    raise IndexError(rank)


def cost_of(askings: Iterable[Asking], paces: Mapping[str, Decimal | None]) -> Cost:
    """What was asked comes to: Σ fields × median seconds, over every form and every time.

    A repeated field costs its time as every other, and is counted apart besides. A form without a
    measure is told in `missing`.
    """
    seconds, repeated, times = Decimal(0), Decimal(0), 0
    missing: dict[str, int] = {}
    for one in askings:
        times += one.times
        pace = paces.get(one.form)
        if pace is None:
            missing[one.form] = missing.get(one.form, 0) + one.times
            continue
        seconds += pace * one.fields * one.times
        repeated += pace * min(one.repeated, one.fields) * one.times
    return Cost(seconds, repeated, times, {form: n for form, n in missing.items() if n})


def minutes(seconds: Decimal) -> Decimal:
    """Seconds as minutes to a tenth, half up: rounded once, where they are shown."""
    return (seconds / 60).quantize(TENTH, ROUND_HALF_UP)
