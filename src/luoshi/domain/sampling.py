"""抽查、回头看: is "done" true? How many to look at, which, and what the findings say of the rest.

All figures are integers, fractions and decimals; a draw follows from its seed and the keys alone,
so that anybody can draw it again. `docs/explanation/sampling.md` tells the formulas.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import comb, perm
from typing import TypeVar

from luoshi.domain.base import Period, Sentence, say

Stratum = TypeVar("Stratum")
SCALE = 10**9
"""Steps between 0 and 1 in which an interval's ends are sought: nine digits."""


# --- How many -------------------------------------------------------------------------------


def supposed_false(population: int, rate: Fraction) -> int:
    """How many false ones a rate supposes among the population: rounded up, at least one."""
    return max(1, -(-population * rate.numerator // rate.denominator)) if population else 0


def chance(population: int, false: int, drawn: int) -> Fraction:
    """How likely a draw of `drawn` finds at least one of the false ones; hypergeometric, exact.

    1 - C(population - false, drawn) ÷ C(population, drawn): one minus the chance that every item
    drawn is among the true ones.
    """
    if not 0 <= false <= population or not 0 <= drawn <= population:
        message = f"cannot draw {drawn} of {population} with {false} false"
        raise ValueError(message)
    few, many = sorted((false, drawn))  # the formula is the same with both exchanged
    return 1 - Fraction(perm(population - many, few), perm(population, few))


def sample_size(population: int, confidence: Fraction, rate: Fraction) -> int:
    """The smallest draw that finds at least one false item with the confidence, at the rate.

    抽多少件: if that share of the closed items were false, so many must be looked at to meet one
    of them with that confidence. Never more than there are; none of none.
    """
    if not 0 < confidence < 1 or not 0 < rate <= 1:
        message = "confidence lies between 0 and 1, rate above 0 and up to 1"
        raise ValueError(message)
    false = supposed_false(population, rate)
    if not population:
        return 0
    high = 1
    while chance(population, false, high) < confidence:
        high = min(population, 2 * high)
    low = high // 2  # too few, or none at all
    while high - low > 1:
        middle = (low + high) // 2
        if chance(population, false, middle) < confidence:
            low = middle
        else:
            high = middle
    return high


@dataclass(frozen=True, slots=True)
class Size:
    """A size with its arithmetic: the supposed false ones, the chance, and the chance of one less.

    Chances are in percent with two digits, cut off and not rounded: 95.00 is never claimed of less.
    """

    population: int
    confidence: int
    rate: int
    drawn: int
    false: int
    chance: Decimal
    chance_of_less: Decimal

    @property
    def why(self) -> Sentence:
        """The formula in the office's words."""
        if not self.population:
            return say("sampling.none")
        return say(
            "sampling.size",
            population=self.population,
            rate=self.rate,
            false=self.false,
            drawn=self.drawn,
            chance=self.chance,
            less=self.drawn - 1,
            chance_of_less=self.chance_of_less,
            confidence=self.confidence,
        )


def size(population: int, confidence: int, rate: int) -> Size:
    """The size for a confidence and a rate in whole percent, with what a page says of it."""
    drawn = sample_size(population, Fraction(confidence, 100), Fraction(rate, 100))
    false = supposed_false(population, Fraction(rate, 100))
    found = chance(population, false, drawn)
    less = chance(population, false, max(drawn - 1, 0))
    return Size(population, confidence, rate, drawn, false, percent(found), percent(less))


def percent(share: Fraction) -> Decimal:
    """A share in percent with two digits, cut off."""
    return Decimal(share.numerator * 10_000 // share.denominator).scaleb(-2)


def period_name(period: Period) -> Sentence:
    """The period in the office's words: 2026年一季度; a plain range by its days."""
    year, month = period.start.year, period.start.month
    match period.kind:
        case "year":
            return say("sampling.period.year", year=year)
        case "half":
            halves = (say("sampling.period.h1", year=year), say("sampling.period.h2", year=year))
            return halves[month > 6]
        case "quarter":
            return (
                say("sampling.period.q1", year=year),
                say("sampling.period.q2", year=year),
                say("sampling.period.q3", year=year),
                say("sampling.period.q4", year=year),
            )[(month - 1) // 3]
        case "month":
            return say("sampling.period.month", year=year, month=month)
        case _:
            return say("sampling.period.range", start=period.start, end=period.end)


# --- Which ----------------------------------------------------------------------------------


def shares(sizes: Sequence[int], drawn: int) -> tuple[int, ...]:
    """How many to draw from each unit: by its size, largest remainder, one at least where possible.

    They add up to `drawn`, and no unit gives more than it has. On a tie the earlier unit comes
    first.
    """
    whole = sum(sizes)
    if not 0 <= drawn <= whole:
        message = f"cannot draw {drawn} of {whole}"
        raise ValueError(message)
    if not whole:
        return tuple(0 for _ in sizes)
    parts = [drawn * size // whole for size in sizes]
    rest = [drawn * size % whole for size in sizes]
    for place in sorted(range(len(sizes)), key=lambda n: (-rest[n], n))[: drawn - sum(parts)]:
        parts[place] += 1
    filled = [n for n, size in enumerate(sizes) if size]
    if has_shares(sizes, drawn):
        _lift(parts, sizes, filled, whole, drawn)
    return tuple(parts)


def has_shares(sizes: Sequence[int], drawn: int) -> bool:
    """Whether there are enough to draw for every unit to give one."""
    return drawn >= sum(1 for size in sizes if size)


def _lift(
    parts: list[int], sizes: Sequence[int], filled: Iterable[int], whole: int, drawn: int
) -> None:
    """Give one to each unit without any, from the unit that is furthest above its exact share."""
    for place in filled:
        if parts[place] == 0:
            giver = max(
                (n for n, part in enumerate(parts) if part > 1),
                key=lambda n: (parts[n] * whole - drawn * sizes[n], -n),
            )
            parts[giver] -= 1
            parts[place] = 1


def order(keys: Iterable[str], seed: str) -> tuple[str, ...]:
    """The keys in the order of the lot: by SHA-256 of seed and key, as the verifier is drawn.

    It follows from the seed and the keys, not from the order in which they are given; a key that
    is missing moves no other.
    """
    return tuple(sorted(set(keys), key=lambda key: (_lot(seed, key), key)))


def _lot(seed: str, key: str) -> bytes:
    return hashlib.sha256(f"{seed}/{key}".encode()).digest()


def draw(
    strata: Mapping[Stratum, Collection[str]], drawn: int, seed: str
) -> Mapping[Stratum, tuple[str, ...]]:
    """Draw from each unit its share, in the order of the lot; the same seed draws the same.

    With fewer to draw than units there are no shares: the lot falls on the whole list, or the
    small units would know that they are never drawn.
    """
    sizes = [len(keys) for keys in strata.values()]
    if not has_shares(sizes, drawn):
        home = {key: name for name, keys in strata.items() for key in keys}
        picked = order(home, seed)[:drawn]
        return {name: tuple(key for key in picked if home[key] == name) for name in strata}
    parts = shares(sizes, drawn)
    return {
        name: order(keys, seed)[:part]
        for (name, keys), part in zip(strata.items(), parts, strict=True)
    }


# --- What is always looked at ---------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Closed:
    """What is known of a closed item: who asked for it, and whether it was late."""

    above: bool = False
    livelihood: bool = False
    due_on: date | None = None
    done_on: date | None = None

    @property
    def was_late(self) -> bool:
        """Reported done after its deadline: it stood on the red list until then."""
        return self.due_on is not None and self.done_on is not None and self.done_on > self.due_on


Must = str
"""Why an item is always checked: "above", "livelihood", "late"; "" takes part in the draw."""


def must_check(item: Closed) -> Must:
    """必查: what a superior asked for, the residents' livelihood, what was late; all of them."""
    if item.above:
        return "above"
    if item.livelihood:
        return "livelihood"
    return "late" if item.was_late else ""


# --- What it says ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Interval:
    """Where the true share lies with a confidence; ends to nine digits, rounded outward."""

    low: Decimal
    high: Decimal


def interval(true: int, drawn: int, confidence: Fraction) -> Interval:
    """The exact (Clopper-Pearson) interval of the share of true ones, by integer bisection.

    Low is the share at which `true` or more would come with half of the risk left, high the share
    at which `true` or fewer would. Nothing drawn says nothing: from 0 to 1.
    """
    if not 0 <= true <= drawn or not 0 < confidence < 1:
        message = f"no interval for {true} of {drawn} at {confidence}"
        raise ValueError(message)
    risk = (1 - confidence) / 2
    high = SCALE - _edge(drawn - true, drawn, risk)  # the low end of the false ones, turned round
    return Interval(Decimal(_edge(true, drawn, risk)).scaleb(-9), Decimal(high).scaleb(-9))


def _edge(count: int, drawn: int, risk: Fraction) -> int:
    """The largest step at which `count` or more of `drawn` is still no likelier than the risk."""
    low, high = 0, SCALE
    if count == 0:
        return 0
    while high - low > 1:
        middle = (low + high) // 2
        if _at_least(count, drawn, middle) * risk.denominator <= risk.numerator * SCALE**drawn:
            low = middle
        else:
            high = middle
    return low


def _at_least(count: int, drawn: int, step: int) -> int:
    """P(count or more of drawn) at the share step ÷ SCALE, times SCALE to the power of drawn."""
    if 2 * count > drawn:
        return _terms(range(count, drawn + 1), drawn, step)
    return int(SCALE**drawn) - _terms(range(count), drawn, step)


def _terms(counts: range, drawn: int, step: int) -> int:
    rest = SCALE - step
    return int(sum(comb(drawn, n) * step**n * rest ** (drawn - n) for n in counts))


def result(drawn: int, checked: int, true: int) -> Sentence:
    """抽查8件、属实7件; while some are still to be looked at, how many have been."""
    if checked < drawn:
        return say("sampling.result.open", drawn=drawn, checked=checked, true=true)
    return say("sampling.result", drawn=drawn, true=true)


def result_of_must(listed: int, checked: int, true: int) -> Sentence:
    """必查3件、属实3件, told apart from the draw: nobody drew them, they speak for nothing else."""
    if checked < listed:
        return say("sampling.result.must_open", listed=listed, checked=checked, true=true)
    return say("sampling.result.must", listed=listed, true=true)


def estimate(true: int, checked: int, confidence: int) -> Sentence:
    """What the draw says of all the items it was drawn from; for a year or a county only."""
    if not checked:
        return say("sampling.no_estimate")
    ends = interval(true, checked, Fraction(confidence, 100))
    return say(
        "sampling.estimate",
        share=percent(Fraction(true, checked)).quantize(Decimal("0.1")),
        low=(ends.low * 100).quantize(Decimal("0.1")),
        high=(ends.high * 100).quantize(Decimal("0.1")),
        confidence=confidence,
    )


def over_year(year: int, checked: int, true: int, confidence: int) -> Sentence:
    """What all draws of a year say together: so many looked at, so many true, and the interval."""
    if not checked:
        return say("sampling.year.none", year=year)
    told = estimate(true, checked, confidence)
    return say("sampling.year", year=year, drawn=checked, true=true, estimate=told)


# --- Who may ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Checker:
    """What a person is to one item of a draw."""

    is_open: bool
    is_checked: bool = False
    is_on_behalf: bool = False
    is_doer: bool = False
    is_verifier: bool = False
    is_drawn: bool = False


def refusal(checker: Checker) -> Sentence | None:
    """Why this person may not say whether the item is true; None: may.

    Two-person rule: neither who did or reported it (also 代录), nor who verified it the first time,
    looks again; and of the others only the one drawn.
    """
    conditions = (
        (not checker.is_open, say("sampling.not_open")),
        (checker.is_checked, say("sampling.checked_already")),
        (checker.is_on_behalf, say("sampling.on_behalf")),
        (checker.is_doer, say("sampling.checker_is_doer")),
        (checker.is_verifier, say("sampling.checker_is_verifier")),
        (not checker.is_drawn, say("sampling.checker_not_drawn")),
    )
    return next((why for failed, why in conditions if failed), None)
