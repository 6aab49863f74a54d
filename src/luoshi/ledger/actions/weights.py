"""What a weight may be, asked wherever one is written."""

from __future__ import annotations

from luoshi.domain.base import Refused, say

HEAVIEST = 100_000
"""Points; far above any percentage, far below what the stored sums hold."""


def demand_weight(weight: int, title: str) -> None:
    """A weight is a whole number of points from 0 (no say in what is above) to 100,000.

    Weights that do not make 100 among siblings are a finding (C05), not a refusal.
    """
    if not 0 <= weight <= HEAVIEST:
        raise Refused(say("ledger.weight_range", title=title, weight=weight, most=HEAVIEST))
