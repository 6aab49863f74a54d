"""Fair load: how heavy an item is, what a sharing must keep, and how even it can be at best.

An engine proposes (`luoshi.engines.allocation`), this law checks, a person accepts line by line.
Whole item-days only. `docs/explanation/allocation.md` tells the rules.
"""

from luoshi.domain.allocation.checking import bound, faults, idle, loads, moves
from luoshi.domain.allocation.facts import Item, Plan, Problem
from luoshi.domain.allocation.load import item_days
from luoshi.domain.allocation.spread import Spread, spread

__all__ = [
    "Item",
    "Plan",
    "Problem",
    "Spread",
    "bound",
    "faults",
    "idle",
    "item_days",
    "loads",
    "moves",
    "spread",
]
