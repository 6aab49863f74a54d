"""A ratio from its two parts, kept apart so that revising either revises the ratio."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from luoshi.domain.base import Sentence, say


def ratio(
    numerator: Decimal | Fraction | None,
    denominator: Decimal | Fraction | None,
    factor: Decimal = Decimal(1),
) -> Fraction | Sentence | None:
    """The ratio factor x numerator / denominator, exact; None where a part is missing (待补).

    A denominator of 0 is a fault told in words: the ratio says nothing then.
    """
    if numerator is None or denominator is None:
        return None
    if denominator == 0:
        return say("measuring.denominator_zero")
    return Fraction(factor) * Fraction(numerator) / Fraction(denominator)


def growth(now: Fraction | None, before: Fraction | None, *, points: bool) -> Fraction | None:
    """同比: growth over a year before in percent; of percentages the difference in points.

    None where a figure is missing, or the earlier one is not above 0: its percentage says nothing.
    """
    if now is None or before is None:
        return None
    if points:
        return now - before
    return 100 * (now - before) / before if before > 0 else None
