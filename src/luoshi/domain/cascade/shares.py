"""A target divided among units: by rule, at the indicator's precision, exactly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal
from uuid import UUID

from luoshi.domain.base import Finding, Remedy, Sentence, Where, say

DivisionRule = Literal["equal", "weight", "base", "same", "by_hand"]
"""等分, 按权重, 按基数 (last year's actual, population), 同一比率, 人工核定."""


@dataclass(frozen=True, slots=True)
class Part:
    """One who takes a share: `fixed` by hand, else by the rule from `weight` or `base`."""

    id: UUID | None
    label: str
    weight: Decimal | None = None
    base: Decimal | None = None
    fixed: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Slice:
    """The share of one part; `basis` is the weight or base it rests on, None where fixed."""

    id: UUID | None
    label: str
    value: Decimal
    basis: Decimal | None
    by_hand: bool


@dataclass(frozen=True, slots=True)
class Division:
    """A target divided; unless the rule is "same", the values of `slices` add up to `total`."""

    total: Decimal
    rule: DivisionRule
    step: Decimal
    slices: tuple[Slice, ...]


def divide(
    total: Decimal, parts: Sequence[Part], rule: DivisionRule, step: Decimal = Decimal(1)
) -> Division | Finding:
    """Divide a target among parts so that they add up to it exactly.

    Parts fixed by hand keep their figure and the rule shares what is left. Each share is first
    rounded down to a whole number of `step` (the indicator's precision, e.g. 0.01); the steps
    left over go one by one to the largest remainders, the earlier part first where two are equal.
    "same" gives every part the target itself (a ratio is not added up). A missing base is not
    zero: it is a finding, as are a target finer than the step and figures that leave no way.
    """
    fault = _fault(total, parts, rule, step)
    if fault is not None:
        return _finding(fault)
    if rule == "same":
        values = [total if part.fixed is None else part.fixed for part in parts]
    else:
        values = _shared(total, parts, rule, step)
    slices = tuple(
        Slice(
            part.id,
            part.label,
            value,
            _basis(part, rule) if part.fixed is None and rule != "same" else None,
            part.fixed is not None,
        )
        for part, value in zip(parts, values, strict=True)
    )
    return Division(total, rule, step, slices)


def _shared(
    total: Decimal, parts: Sequence[Part], rule: DivisionRule, step: Decimal
) -> list[Decimal]:
    free = [part for part in parts if part.fixed is None]
    rest = Fraction(total) - sum(Fraction(part.fixed) for part in parts if part.fixed is not None)
    units = iter(_largest_remainder(int(rest / Fraction(step)), [_basis(p, rule) for p in free]))
    return [next(units) * step if part.fixed is None else part.fixed for part in parts]


def _largest_remainder(units: int, weights: Sequence[Decimal]) -> list[int]:
    """Whole numbers in proportion to the weights that add up to `units`."""
    if not weights:
        return []
    whole = sum(map(Fraction, weights))
    quotas = [units * Fraction(weight) / whole for weight in weights]
    floors = [quota.numerator // quota.denominator for quota in quotas]
    left = units - sum(floors)
    order = sorted(range(len(quotas)), key=lambda i: (floors[i] - quotas[i], i))
    for index in order[:left]:
        floors[index] += 1
    return floors


def _basis(part: Part, rule: DivisionRule) -> Decimal:
    chosen = {"weight": part.weight, "base": part.base}.get(rule, Decimal(1))
    assert chosen is not None
    return chosen


def _usable(figure: Decimal) -> bool:
    """A number an office could mean: finite, at most 18 digits, so that no sum is rounded."""
    return figure.is_finite() and figure.adjusted() < 18 and len(figure.as_tuple().digits) <= 18


def _fault(
    total: Decimal, parts: Sequence[Part], rule: DivisionRule, step: Decimal
) -> Sentence | None:
    """The first reason why the target cannot be divided, or None."""
    figures = [total, step, *(f for p in parts for f in (p.weight, p.base, p.fixed) if f)]
    if not parts:
        return say("cascade.share.nobody")
    if not all(_usable(figure) for figure in figures) or step <= 0:
        return say("cascade.share.no_number")
    if Fraction(total) % Fraction(step) or any(
        Fraction(part.fixed) % Fraction(step) for part in parts if part.fixed is not None
    ):
        return say("cascade.share.too_fine", step=step)
    return None if rule == "same" else _fault_of_rule(total, parts, rule)


def _fault_of_rule(total: Decimal, parts: Sequence[Part], rule: DivisionRule) -> Sentence | None:
    free = [part for part in parts if part.fixed is None]
    if rule == "by_hand" and free:
        return say("cascade.share.figure_missing", who=tuple(part.label for part in free))
    fixed = sum((part.fixed for part in parts if part.fixed is not None), Decimal(0))
    if not free and fixed != total:
        return say("cascade.share.does_not_add_up", parts=fixed, whole=total)
    if free and len(free) < len(parts) and (fixed > total if total >= 0 else fixed < total):
        return say("cascade.share.fixed_exceeds", parts=fixed, whole=total)
    return _fault_of_basis(free, rule) if rule in ("weight", "base") else None


def _fault_of_basis(free: Sequence[Part], rule: DivisionRule) -> Sentence | None:
    bases = [part.weight if rule == "weight" else part.base for part in free]
    missing = tuple(p.label for p, basis in zip(free, bases, strict=True) if basis is None)
    if missing:
        return say("cascade.share.basis_missing", who=missing)
    known = [basis for basis in bases if basis is not None]
    if any(basis < 0 for basis in known) or (free and not any(known)):
        return say("cascade.share.basis_not_positive")
    return None


def _finding(why: Sentence) -> Finding:
    remedy = Remedy("edit_shares")
    return Finding("C06", "error", Where("division", None, ""), why, remedy)
