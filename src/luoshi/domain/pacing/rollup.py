"""汇总: a parent's progress from its children's, in whole numbers, the missing shown as missing.

Progress is kept in hundredths of a percent (0 to 10,000), weights are whole numbers. A stored
sum is never a rounded percentage: one path is updated by subtracting the old and adding the new.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from luoshi.domain.pacing.profile import percent

FULL = 10_000


@dataclass(frozen=True, slots=True)
class Child:
    """One part: its weight, and its progress in hundredths of a percent; None is missing (待补)."""

    weight: int
    progress: int | None


@dataclass(frozen=True, slots=True)
class Rolled:
    """The stored sums: weight times progress, the weight that is known, and what is missing."""

    numerator: int = 0
    weight: int = 0
    missing: int = 0
    missing_weight: int = 0

    def __add__(self, other: Rolled) -> Rolled:
        """Sums of two groups of parts."""
        return Rolled(
            self.numerator + other.numerator,
            self.weight + other.weight,
            self.missing + other.missing,
            self.missing_weight + other.missing_weight,
        )

    def __sub__(self, other: Rolled) -> Rolled:
        """Take a group of parts out again: the other half of a path update."""
        return Rolled(
            self.numerator - other.numerator,
            self.weight - other.weight,
            self.missing - other.missing,
            self.missing_weight - other.missing_weight,
        )

    @property
    def progress(self) -> int | None:
        """Hundredths of a percent over what is known, rounded half up; None where nothing is."""
        if not self.weight:
            return None
        return (2 * self.numerator + self.weight) // (2 * self.weight)

    @property
    def percent(self) -> Decimal | None:
        """The same as a percentage with two places."""
        if not self.weight:
            return None
        return percent(Fraction(self.numerator, self.weight * FULL))


def rolled(child: Child, *, over: bool = False) -> Rolled:
    """The sums of one part; over-fulfilment is cut at 100% unless `over` says that it counts.

    A part without weight adds nothing. Weights and progress are not negative.
    """
    if child.weight < 0 or (child.progress is not None and child.progress < 0):
        message = "weights and progress cannot be negative"
        raise ValueError(message)
    if child.progress is None:
        return Rolled(missing=1, missing_weight=child.weight)
    progress = child.progress if over else min(FULL, child.progress)
    return Rolled(child.weight * progress, child.weight)


def roll_up(children: Iterable[Child], *, over: bool = False) -> Rolled:
    """The weighted sums of all parts; a missing one is counted as missing, never as 0."""
    total = Rolled()
    for child in children:
        total += rolled(child, over=over)
    return total


def exchange(total: Rolled, old: Child, new: Child, *, over: bool = False) -> Rolled:
    """The parent's sums after one part changed; equal to rolling all parts up again."""
    return total - rolled(old, over=over) + rolled(new, over=over)
