"""Readings of children carried up in whole numbers; a missing child is missing, never zero."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal

TallyRule = Literal["sum", "mean", "weighted", "min", "max", "latest"]
"""相加, 平均, 加权平均, 取最低, 取最高, 取最新."""
ADDITIVE: frozenset[TallyRule] = frozenset({"sum", "mean"})
"""Rules by which a change moves the parent without reading the other children."""


@dataclass(frozen=True, slots=True)
class Stated:
    """A child's reading: a scaled whole number, its weight, its day; None where it is missing."""

    value: int | None
    weight: int | None = 1
    as_of: date = date.min
    key: str = ""


@dataclass(frozen=True, slots=True)
class Tally:
    """What has been stated: a sum of values (times weights), what divides it, how many spoke."""

    value_sum: int = 0
    weight_sum: int = 0
    reported: int = 0

    def figure(self, rule: TallyRule) -> Fraction | None:
        """The parent's figure, exact and still scaled; None where nothing is known (待补)."""
        if not self.reported:
            return None
        if rule == "sum":
            return Fraction(self.value_sum)
        return Fraction(self.value_sum, self.weight_sum) if self.weight_sum else None


def tally(rule: TallyRule, children: Iterable[Stated]) -> Tally:
    """What the children come to by the declared rule; the order of the children does not matter.

    A child without a value, or without a weight where weights count, has not spoken. Of two
    readings of one day the one with the larger key is the latest, so that the answer is one.
    """
    spoken = [
        child
        for child in children
        if child.value is not None and (rule != "weighted" or child.weight is not None)
    ]
    if not spoken:
        return Tally()
    values = [child.value or 0 for child in spoken]
    if rule in ("sum", "mean"):
        return Tally(sum(values), len(values), len(values))
    if rule == "weighted":
        weights = [child.weight or 0 for child in spoken]
        total = sum(value * weight for value, weight in zip(values, weights, strict=True))
        return Tally(total, sum(weights), len(values))
    if rule == "latest":
        last = max(spoken, key=lambda child: (child.as_of, child.key))
        return Tally(last.value or 0, 1, len(values))
    return Tally(min(values) if rule == "min" else max(values), 1, len(values))


def moved(now: Tally, before: int | None, after: int | None) -> Tally:
    """The tally when one child's value changes, for additive rules; no other child is read.

    The same answer as a full tally; `before` and `after` None for missing.
    """
    count = (after is not None) - (before is not None)
    return Tally(
        now.value_sum + (after or 0) - (before or 0),
        now.weight_sum + count,
        now.reported + count,
    )


def rounded(figure: Fraction, decimals: int) -> Decimal:
    """An exact figure as it is shown: half up, away from zero."""
    scaled = abs(figure) * 10**decimals
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Decimal(whole if figure >= 0 else -whole).scaleb(-decimals)
