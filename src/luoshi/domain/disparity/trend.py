"""Whether members draw together or apart, who was lifted over a line, and two areas compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from luoshi.domain.base import Sentence, Value, say
from luoshi.domain.disparity.spread import Member, Spread, shown, spread

Way = Literal["narrowing", "widening", "unchanged", "mixed", "unknown"]
"""缩小, 扩大, 持平, 两项指标方向不一, 无法比较."""


@dataclass(frozen=True, slots=True)
class Trend:
    """Two moments compared on the members known at both; `left_out` are the others, named."""

    before: Spread
    after: Spread
    way: Way
    left_out: tuple[str, ...]
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class Lifted:
    """Members against a line at two moments; `unknown` lack one of the two figures."""

    lifted: tuple[Member, ...]
    fallen: tuple[Member, ...]
    still_below: tuple[Member, ...]
    unknown: tuple[Member, ...]
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class Between:
    """The means of two groups beside each other (城乡比): ratio and difference, None if unknown."""

    one: Fraction | None
    other: Fraction | None
    ratio: Fraction | None
    gap: Fraction | None
    missing: tuple[str, ...]
    sentence: Sentence


def trend(before: Sequence[Member], after: Sequence[Member]) -> Trend:
    """Narrowing or widening since: by Gini, and by max/min; where they disagree it is mixed.

    Only members with a figure at both moments are compared, or a village that stops reporting
    would seem to close the gap; the others are named. Members are the same by id, or by label
    where they have none.
    """
    then = {_key(member): member for member in before if member.value is not None}
    now = {_key(member): member for member in after if member.value is not None}
    both = [key for key in now if key in then]
    everybody = {_key(member): member.label for member in (*before, *after)}
    left_out = tuple(label for key, label in everybody.items() if key not in both)
    old = spread([then[key] for key in both])
    new = spread([now[key] for key in both])
    way = _way(old, new)
    return Trend(old, new, way, left_out, _told(way, old, new))


def lifted(before: Sequence[Member], after: Sequence[Member], line: Decimal) -> Lifted:
    """Who crossed a line (e.g. 10 万元 of collective income) since: below it before, not now.

    Reaching the line counts as over it. A member whose figure is missing at either moment is
    neither lifted nor left behind: it is unknown.
    """
    then = {_key(member): member.value for member in before}
    up, down, below, unknown = [], [], [], []
    for member in after:
        was = then.get(_key(member))
        if was is None or member.value is None:
            unknown.append(member)
        elif was < line <= member.value:
            up.append(member)
        elif member.value < line <= was:
            down.append(member)
        elif member.value < line:
            below.append(member)
    told = say(
        "disparity.lifted",
        line=line, up=len(up), down=len(down), below=len(below), unknown=len(unknown),
    )  # fmt: skip
    return Lifted(tuple(up), tuple(down), tuple(below), tuple(unknown), told)


def between(members: Sequence[Member], one: str, other: str) -> Between:
    """The mean of group `one` over that of group `other`; by heads where every weight is known.

    None where a group has no figure, and no ratio where the other's mean is not above 0.
    """
    first, second = (_mean([m for m in members if m.group == group]) for group in (one, other))
    missing = tuple(m.label for m in members if m.group in (one, other) and m.value is None)
    if first is None or second is None:
        why = say("disparity.between_unknown", one=one, other=other)
        return Between(first, second, None, None, missing, why)
    ratio = first / second if second > 0 else None
    told: dict[str, Value] = {
        "one": one, "other": other, "first": shown(first), "second": shown(second),
        "gap": shown(abs(first - second)),
    }  # fmt: skip
    if ratio is None:
        return Between(
            first, second, None, first - second, missing, say("disparity.between_gap", **told)
        )
    why = say("disparity.between", ratio=shown(ratio), **told)
    return Between(first, second, ratio, first - second, missing, why)


def _key(member: Member) -> object:
    return member.id or member.label


def _mean(members: Sequence[Member]) -> Fraction | None:
    known = [m for m in members if m.value is not None]
    if not known:
        return None
    if any(not m.weight for m in known):
        known = [replace(m, weight=1) for m in known]
    heads = sum(m.weight or 0 for m in known)
    return sum((Fraction(m.value or 0) * (m.weight or 0) for m in known), Fraction(0)) / heads


def _way(old: Spread, new: Spread) -> Way:
    signs = set()
    for then, now in ((old.gini, new.gini), (old.max_min, new.max_min)):
        if then is not None and now is not None:
            signs.add((now > then) - (now < then))
    if not signs:
        return "unknown"
    signs.discard(0)
    if len(signs) == 2:
        return "mixed"
    if not signs:
        return "unchanged"
    return "widening" if signs.pop() > 0 else "narrowing"


def _told(way: Way, old: Spread, new: Spread) -> Sentence:
    if way == "unknown":
        return say("disparity.trend_unknown", known=new.known)
    told: dict[str, Value] = {
        "known": new.known,
        "then": "-" if old.gini is None else str(shown(old.gini, 4)),
        "now": "-" if new.gini is None else str(shown(new.gini, 4)),
        "ratio_then": "-" if old.max_min is None else str(shown(old.max_min)),
        "ratio_now": "-" if new.max_min is None else str(shown(new.max_min)),
    }
    match way:
        case "narrowing":
            return say("disparity.narrowing", **told)
        case "widening":
            return say("disparity.widening", **told)
        case "mixed":
            return say("disparity.mixed", **told)
        case _:
            return say("disparity.unchanged", **told)
