"""How unequal a figure is between members at one moment: exact fractions, missing ones named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from luoshi.domain.base import Sentence, Value, say


@dataclass(frozen=True, slots=True)
class Member:
    """One village (or area) and its figure; `value` None is missing (待补), never 0.

    `group`: those it is fairly compared with (山区村, 平原村). `weight`: its heads, where the
    mean should count people and not villages.
    """

    id: UUID | None
    label: str
    value: Decimal | None
    group: str = ""
    weight: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A member beside the others: ratio to the mean, place among all and within its group.

    Place 1 is the best; equal figures share a place and the next one is skipped. `share_of_mean`
    None where the mean is not above 0.
    """

    member: Member
    share_of_mean: Fraction | None
    place: int
    group_place: int
    group_size: int


@dataclass(frozen=True, slots=True)
class Spread:
    """The inequality of one figure at one moment.

    `mean` is plain: villages count one each. `max_min` None where the lowest is not above 0;
    `gini` None where a figure is negative or all are 0. `missing`: members without a figure, in
    none of the figures and all of the lists.
    """

    lines: tuple[Line, ...]
    missing: tuple[Member, ...]
    mean: Fraction | None
    highest: Member | None
    lowest: Member | None
    max_min: Fraction | None
    gini: Fraction | None
    sentence: Sentence

    @property
    def known(self) -> int:
        """How many members have a figure."""
        return len(self.lines)


def spread(members: Sequence[Member], *, lower: bool = False) -> Spread:
    """Max/min, ratio to the mean, Gini and places of the members that have a figure.

    Gini = Σ|xᵢ - xⱼ| ÷ (2 n² mean), over all pairs: 0 is all alike, (n - 1) ÷ n is one has all.
    Lines stand best first (`lower`: less is better), equal ones in the order given.
    """
    known = [member for member in members if member.value is not None]
    missing = tuple(member for member in members if member.value is None)
    if not known:
        return Spread((), missing, None, None, None, None, None, say("disparity.unknown"))
    figures = [_figure(member) for member in known]
    mean = sum(figures, Fraction(0)) / len(figures)
    ordered = sorted(known, key=lambda member: _figure(member) if lower else -_figure(member))
    highest = max(known, key=_figure)
    lowest = min(known, key=_figure)
    max_min = _figure(highest) / _figure(lowest) if _figure(lowest) > 0 else None
    lines = tuple(_line(member, known, mean, lower=lower) for member in ordered)
    told = _told(highest, lowest, max_min, len(known), missing)
    return Spread(lines, missing, mean, highest, lowest, max_min, _gini(figures), told)


def bottom(seen: Spread, count: int) -> tuple[Line, ...]:
    """The last `count` members, worst first; who shares the last place taken is listed too."""
    worst = tuple(reversed(seen.lines))
    if count <= 0 or not worst:
        return ()
    limit = worst[min(count, len(worst)) - 1].place
    return tuple(line for line in worst if line.place >= limit)


def _figure(member: Member) -> Fraction:
    assert member.value is not None
    return Fraction(member.value)


def _line(member: Member, known: Sequence[Member], mean: Fraction, *, lower: bool) -> Line:
    peers = [other for other in known if other.group == member.group]
    ratio = _figure(member) / mean if mean > 0 else None
    return Line(
        member,
        ratio,
        _place(member, known, lower=lower),
        _place(member, peers, lower=lower),
        len(peers),
    )


def _place(member: Member, others: Sequence[Member], *, lower: bool) -> int:
    mine = _figure(member)
    better = sum(_figure(o) < mine if lower else _figure(o) > mine for o in others)
    return better + 1


def _gini(figures: Sequence[Fraction]) -> Fraction | None:
    """From the sorted figures: Σ(2i - n - 1) xᵢ ÷ (n Σx), the same as over all pairs."""
    whole = sum(figures, Fraction(0))
    if whole <= 0 or min(figures) < 0:
        return None
    count = len(figures)
    ranked = sorted(figures)
    return sum((2 * i - count - 1) * x for i, x in enumerate(ranked, start=1)) / (count * whole)


def _told(
    highest: Member,
    lowest: Member,
    max_min: Fraction | None,
    count: int,
    missing: Sequence[Member],
) -> Sentence:
    assert highest.value is not None
    assert lowest.value is not None
    told: dict[str, Value] = {
        "highest": highest.label, "most": highest.value,
        "lowest": lowest.label, "least": lowest.value,
        "known": count, "missing": len(missing),
    }  # fmt: skip
    if max_min is None:
        return say("disparity.spread_no_ratio", **told)
    return say("disparity.spread", ratio=shown(max_min), **told)


def shown(exact: Fraction, places: int = 2) -> Decimal:
    """An exact ratio at so many places, half up (half away from zero below it)."""
    tenfold = exact * 10**places
    whole, rest = divmod(abs(tenfold.numerator), tenfold.denominator)
    whole += 2 * rest >= tenfold.denominator
    return Decimal(-whole if tenfold < 0 else whole).scaleb(-places)
