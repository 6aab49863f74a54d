"""三个差距: one figure beside its own target, the superior's requirement and advanced areas."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_FLOOR, Decimal
from fractions import Fraction
from typing import Literal

from luoshi.domain.base import Sentence, Value, say
from luoshi.domain.pacing.figures import Measure, Standing, is_ceiling, rounded, stand
from luoshi.domain.pacing.need import Needed, needed_per_month
from luoshi.domain.pacing.profile import months_of, percent
from luoshi.domain.workdays import WorkCalendar

Against = Literal["own", "mandate", "benchmark"]
"""本级计划, 上级要求, 对标先进."""


@dataclass(frozen=True, slots=True)
class Gap:
    """The distance to one of the three: positive is better than it.

    `reference`: the target, or what the peer reached. `gap` in the unit, `gap_points` in points,
    None where either figure is missing.
    """

    against: Against
    label: str
    reference: Decimal | None
    gap: Decimal | None
    gap_points: Decimal | None
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class Peer:
    """What an advanced area reached by the same day of its period."""

    label: str
    value: Decimal


def three_gaps(
    measure: Measure,
    value: Decimal | None,
    on: date,
    *,
    mandate: Decimal | None = None,
    peer: Peer | None = None,
    own: bool = True,
    calendar: WorkCalendar | None = None,
) -> tuple[Gap, Gap, Gap]:
    """The three gaps on one row: own target and mandate at pace, the peer as it stands.

    The superior's requirement runs on the same profile as the own target. The peer's figure is of
    the same day, so it is compared straight: in the unit, and in percentage points for a ratio,
    else in percent of the peer. What is missing is told as missing.
    """
    first = stand(measure, value, on, calendar) if own else None
    second = None
    if mandate is not None:
        second = stand(replace(measure, target=mandate), value, on, calendar)
    return (
        _at_pace("own", measure.target if own else None, first),
        _at_pace("mandate", mandate, second),
        _beside(measure, value, peer),
    )


def needed(measure: Measure, value: Decimal | None, on: date) -> Needed:
    """What each month left must bring; for a ceiling, what each may still use (rounded down)."""
    if is_ceiling(measure):
        return _spare(measure, value, on)
    if not measure.lower:
        return needed_per_month(measure.target, value, measure.period, on, places=measure.places)
    need = needed_per_month(
        value or measure.target, measure.target, measure.period, on, places=measure.places
    )
    if value is None:
        return replace(need, remaining=None, per_month=None, sentence=say("pacing.need_unknown"))
    if not need.remaining:
        told = say("pacing.need_nothing", done=value, target=measure.target)
        return replace(need, sentence=told)
    if need.per_month is None:
        return need
    told = say(
        "pacing.need_lower",
        remaining=need.remaining or Decimal(0), months=need.months_left, each=need.per_month,
    )  # fmt: skip
    return replace(need, sentence=told)


def _spare(measure: Measure, value: Decimal | None, on: date) -> Needed:
    left = sum(end > on for end in months_of(measure.period))
    if value is None:
        return Needed(None, left, None, say("pacing.need_unknown"))
    spare = measure.target - value
    if spare < 0:
        return Needed(spare, left, None, say("pacing.spare_none", over=-spare))
    if not left:
        return Needed(spare, left, None, say("pacing.spare_end", spare=spare))
    step = Decimal(1).scaleb(-measure.places)
    each = (spare / left).quantize(step, ROUND_FLOOR)
    return Needed(spare, left, each, say("pacing.spare", spare=spare, months=left, each=each))


def _at_pace(against: Against, target: Decimal | None, seen: Standing | None) -> Gap:
    if target is None or seen is None:
        return Gap(against, "", None, None, None, say("pacing.gap.no_reference"))
    return Gap(against, "", target, seen.gap, seen.gap_points, seen.sentence)


def _beside(measure: Measure, value: Decimal | None, peer: Peer | None) -> Gap:
    if peer is None:
        return Gap("benchmark", "", None, None, None, say("pacing.gap.no_peer"))
    if value is None:
        why = say("pacing.gap.unknown", peer=peer.label, value=peer.value, unit=measure.unit)
        return Gap("benchmark", peer.label, peer.value, None, None, why)
    sign = -1 if measure.lower else 1
    exact = sign * (Fraction(value) - Fraction(peer.value))
    gap = rounded(exact, measure.places)
    points: Decimal | None = None
    if measure.kind == "ratio":
        points = percent(exact / 100)
    elif peer.value:
        points = percent(exact / abs(Fraction(peer.value)))
    told: dict[str, Value] = {
        "peer": peer.label,
        "value": peer.value,
        "unit": measure.unit,
        "gap": abs(gap),
    }
    why = say("pacing.gap.ahead", **told) if gap >= 0 else say("pacing.gap.behind", **told)
    return Gap("benchmark", peer.label, peer.value, gap, points, why)
