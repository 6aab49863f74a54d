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
