"""How heavy an item is, and with whom a person is compared."""

from __future__ import annotations

WHOLE = 10_000
"""100% in basis points."""


def item_days(days: int, progress: int | None) -> int:
    """The load of an item: its working days times the share not yet done, rounded up.

    `progress` in basis points; None (待补) counts as nothing done. Never less than one item-day.
    """
    left = WHOLE - min(progress or 0, WHOLE)
    return max(1, -(-days * left // WHOLE))
