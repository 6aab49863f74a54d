"""Progress carried up the tree in whole numbers; a missing child is missing, never zero."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal
from uuid import UUID

WHOLE = 10_000
"""100% in basis points."""

RollUpRule = Literal["weighted", "sum", "mean", "min", "latest", "milestones"]
"""按权重, 完成值相加, 平均, 取最低, 取最新, 按节点完成数; declared per parent."""


@dataclass(frozen=True, slots=True)
class Share:
    """A fraction kept as two whole numbers, so that sums stay exact.

    `numerator` is Σ weight × basis points done, `weight_sum` is Σ weight, over the children that
    have spoken. Nothing is rounded before it is shown. `weight_sum` 0 means nothing is known.
    """

    numerator: int = 0
    weight_sum: int = 0

    @property
    def known(self) -> bool:
        """Whether anything stands behind the figure."""
        return self.weight_sum > 0

    @property
    def basis_points(self) -> int | None:
        """The share in basis points, half up; None where nothing is known (待补)."""
        if not self.known:
            return None
        return (2 * self.numerator + self.weight_sum) // (2 * self.weight_sum)

    @property
    def percent(self) -> Decimal | None:
        """The share in percent with one decimal, as tables print it; None where unknown."""
        if not self.known:
            return None
        exact = Decimal(self.numerator) / Decimal(self.weight_sum) / 100
        return exact.quantize(Decimal("0.1"), ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Child:
    """One child: `done` in basis points (None: not reported), `weight` any whole number.

    For the rule "sum" `value` and `target` are quantities as scaled integers; for "latest"
    `as_of` is the day of its reading.
    """

    id: UUID | None
    label: str
    weight: int = 1
    done: int | None = None
    value: int | None = None
    target: int | None = None
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class RolledUp:
    """The parent's share, and beside it what is missing: shown, never hidden in the figure."""

    share: Share
    missing: tuple[str, ...]
    missing_weight: int

    @property
    def complete(self) -> bool:
        """Whether every child has spoken."""
        return not self.missing


def roll_up(rule: RollUpRule, children: Sequence[Child], *, over: bool = False) -> RolledUp:
    """The parent's progress from its children by the parent's declared rule.

    A child that has not spoken counts neither in the numerator nor in the weight sum; its label
    and weight stand in the answer. No child counts for more than 100% unless over-fulfilment is
    meant (`over`), so a parent never exceeds 100% by accident.
    """
    spoken = [child for child in children if _speaks(rule, child)]
    silent = [child for child in children if not _speaks(rule, child)]
    share = _share(rule, spoken, over=over)
    return RolledUp(
        share,
        tuple(child.label for child in silent),
        sum(child.weight for child in silent),
    )


def changed(share: Share, weight: int, before: int | None, after: int | None) -> Share:
    """A weighted parent's share when one child's progress changes; no other child is read.

    `before` and `after` in basis points, None for missing. The same answer as a full roll-up.
    """
    numerator, weights = share.numerator, share.weight_sum
    if before is not None:
        numerator, weights = numerator - weight * before, weights - weight
    if after is not None:
        numerator, weights = numerator + weight * after, weights + weight
    return Share(numerator, weights)


def combine(shares: Iterable[Share]) -> Share:
    """Sums of sums: a county from its towns' roots, a town from its lines."""
    numerator = weights = 0
    for share in shares:
        numerator, weights = numerator + share.numerator, weights + share.weight_sum
    return Share(numerator, weights)


def _speaks(rule: RollUpRule, child: Child) -> bool:
    if rule == "sum":
        return child.value is not None and bool(child.target)
    if rule == "latest":
        return child.done is not None and child.as_of is not None
    return child.done is not None


def _share(rule: RollUpRule, spoken: Sequence[Child], *, over: bool) -> Share:
    if not spoken:
        return Share()
    if rule == "sum":
        pairs = [(child.value or 0, child.target or 0) for child in spoken]
        value, target = (sum(column) for column in zip(*pairs, strict=True))
        return Share((value if over else min(value, target)) * WHOLE, target)
    if rule == "milestones":
        done = sum(1 for child in spoken if (child.done or 0) >= WHOLE)
        return Share(done * WHOLE, len(spoken))
    if rule == "latest":
        # of two readings of one day the lower counts: the order of the children decides nothing
        last = max(spoken, key=lambda child: (child.as_of or date.min, -(child.done or 0)))
        return Share(_done(last, over=over), 1)
    if rule == "min":
        return Share(min(_done(child, over=over) for child in spoken), 1)
    weights = [child.weight if rule == "weighted" else 1 for child in spoken]
    numerator = sum(
        weight * _done(child, over=over) for weight, child in zip(weights, spoken, strict=True)
    )
    return Share(numerator, sum(weights))


def _done(child: Child, *, over: bool) -> int:
    done = child.done or 0
    return done if over else min(done, WHOLE)
