"""What is still needed each month to reach the target."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Decimal

from luoshi.domain.base import Period, Sentence, say
from luoshi.domain.pacing.profile import months_of


@dataclass(frozen=True, slots=True)
class Needed:
    """What is missing to the target, the months left, and the amount for each of them.

    `per_month` is None where nothing is known or no month is left.
    """

    remaining: Decimal | None
    months_left: int
    per_month: Decimal | None
    sentence: Sentence


def needed_per_month(
    target: Decimal, done: Decimal | None, period: Period, on: date, *, places: int = 2
) -> Needed:
    """The monthly amount that reaches a cumulative target by the end of its period.

    Months left: those of the period that are not over at the end of the day `on`, the running one
    included. Rounded up at `places`, so that the amount named is enough.
    """
    left = sum(end > on for end in months_of(period))
    if done is None:
        return Needed(None, left, None, say("pacing.need_unknown"))
    remaining = max(Decimal(0), target - done)
    if not remaining:
        return Needed(
            remaining, left, Decimal(0), say("pacing.need_nothing", done=done, target=target)
        )
    if not left:
        return Needed(remaining, left, None, say("pacing.need_too_late", remaining=remaining))
    each = (remaining / left).quantize(Decimal(1).scaleb(-places), ROUND_CEILING)
    told = say("pacing.need", remaining=remaining, months=left, each=each)
    return Needed(remaining, left, each, told)
