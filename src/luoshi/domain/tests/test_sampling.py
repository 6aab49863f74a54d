"""Sampling: sizes against enumeration, intervals against published figures and another formula."""

from __future__ import annotations

import random
from datetime import date
from fractions import Fraction
from itertools import combinations
from math import exp, lgamma, log

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.domain import sampling
from luoshi.domain.base import say
from luoshi.domain.sampling import Checker, Closed

CONFIDENCES = (80, 90, 95, 99)
RATES = (1, 5, 10, 20)


def enumerated(population: int, false: int, drawn: int) -> Fraction:
    """The chance by looking at every possible draw: the false ones are the first of the row."""
    draws = list(combinations(range(population), drawn))
    return Fraction(sum(min(draw, default=population) < false for draw in draws), len(draws))


def test_chances_are_those_of_every_possible_draw():
    for population in range(1, 11):
        for false in range(population + 1):
            for drawn in range(population + 1):
                expected = enumerated(population, false, drawn)
                assert sampling.chance(population, false, drawn) == expected


def by_factors(population: int, false: int, drawn: int) -> Fraction:
    """The same chance, one item after the other: written apart from the law's formula."""
    miss = Fraction(1)
    for taken in range(drawn):
        miss *= Fraction(max(population - false - taken, 0), population - taken)
    return 1 - miss


def test_sizes_are_the_smallest_that_enumeration_finds():
    for population in (*range(1, 41), 57, 100, 333):
        for confidence in CONFIDENCES:
            for rate in RATES:
                sure, share = Fraction(confidence, 100), Fraction(rate, 100)
                false = next(n for n in range(1, population + 1) if n >= share * population)
                expected = next(
                    n for n in range(1, population + 1) if by_factors(population, false, n) >= sure
                )
                assert sampling.sample_size(population, sure, share) == expected


@pytest.mark.parametrize(
    ("population", "confidence", "rate", "drawn"),
    [(0, 95, 10, 0), (1, 80, 20, 1), (60, 80, 20, 7), (1000, 95, 10, 29), (300_000, 99, 1, 458)],
)
def test_sizes_known_by_heart(population, confidence, rate, drawn):
    """For many items ln(0.05) / ln(0.9) = 28.4 and ln(0.01) / ln(0.99) = 458.2, less for finiteness."""
    told = sampling.size(population, confidence, rate)
    assert told.drawn == drawn
    assert (told.why.code == "sampling.none") is (population == 0)


def test_a_size_tells_its_arithmetic_and_claims_no_more_than_it_keeps():
    told = sampling.size(60, 80, 20)
    assert told.why.params["false"] == 12
    assert (str(told.chance), str(told.chance_of_less)) == ("80.93", "75.48")


@pytest.mark.parametrize("bad", [(5, 6, 1), (5, 1, 6), (5, -1, 1)])
def test_what_cannot_be_drawn_is_an_error(bad):
    with pytest.raises(ValueError, match="cannot draw"):
        sampling.chance(*bad)


SIZES = st.lists(st.integers(0, 60), min_size=1, max_size=30)


@given(sizes=SIZES, data=st.data())
def test_shares_add_up_and_no_unit_is_passed_over(sizes, data):
    drawn = data.draw(st.integers(0, sum(sizes)))
    parts = sampling.shares(sizes, drawn)
    assert sum(parts) == drawn
    assert all(0 <= part <= size for part, size in zip(parts, sizes, strict=True))
    filled = [part for part, size in zip(parts, sizes, strict=True) if size]
    if drawn >= len(filled):
        assert all(filled)
    for one, part in zip(sizes, parts, strict=True):
        exact = Fraction(drawn * one, sum(sizes) or 1)
        assert part < exact + 1  # rounded, or lifted to the one that every unit gives


def test_shares_by_hand():
    assert sampling.shares([30, 20, 10], 7) == (4, 2, 1)
    assert sampling.shares([90, 5, 5], 6) == (4, 1, 1)
    assert sampling.shares([9, 1, 1, 1], 2) == (2, 0, 0, 0)
    assert sampling.shares([0, 0], 0) == (0, 0)


KEYS = st.sets(st.integers(0, 999).map(str), max_size=12)


@settings(max_examples=50)
@given(keys=KEYS, seed=st.text(max_size=3), data=st.data())
def test_a_draw_is_drawn_again_from_its_seed(keys, seed, data):
    rows = sorted(keys)
    shuffled = data.draw(st.permutations(rows))
    assert sampling.order(shuffled, seed) == sampling.order(rows, seed)
    gone = set(rows[:1])
    left = tuple(key for key in sampling.order(rows, seed) if key not in gone)
    assert sampling.order(keys - gone, seed) == left
    strata = {"甲": rows[::2], "乙": rows[1::2]}
    drawn = data.draw(st.integers(0, len(rows)))
    picked = sampling.draw(strata, drawn, seed)
    assert picked == sampling.draw({n: list(reversed(k)) for n, k in strata.items()}, drawn, seed)
    assert sum(map(len, picked.values())) == drawn
    assert all(set(picked[name]) <= set(strata[name]) for name in strata)


def test_with_fewer_to_draw_than_units_every_item_has_the_same_chance():
    """Two of 大 (4 items) and three small units: not always the largest, and no share is known."""
    strata = {"大": ["a", "b", "c", "d"], "甲": ["e"], "乙": ["f"], "丙": ["g"]}
    assert not sampling.has_shares([4, 1, 1, 1], 2)
    assert sampling.has_shares([4, 1, 0, 1], 3)
    draws = [sampling.draw(strata, 2, str(seed)) for seed in range(700)]
    fell = [key for picked in draws for keys in picked.values() for key in keys]
    assert len(fell) == 1400
    assert all(150 < fell.count(key) < 250 for key in "abcdefg")


def test_the_lot_is_published_and_falls_evenly():
    """The order can be checked with any tool that knows SHA-256; every key comes first in turn."""
    assert sampling.order(["a", "b", "c"], "seed") == (
        "b",
        "a",
        "c",
    )  # sha256sum of seed/b, seed/a, seed/c
    first = [sampling.order(["a", "b", "c"], str(n))[0] for n in range(900)]
    assert all(250 < first.count(key) < 350 for key in "abc")


# 95%, as published for small samples (Clopper and Pearson; binomial tables of the field).
PUBLISHED = {
    (0, 10): ("0.000000", "0.308497"),
    (1, 10): ("0.002529", "0.445016"),
    (5, 10): ("0.187086", "0.812914"),
    (7, 8): ("0.473490", "0.996840"),
    (8, 8): ("0.630583", "1.000000"),
}


def incomplete_beta(a: float, b: float, x: float) -> float:
    """The regularised incomplete beta function by its continued fraction (Lentz)."""
    if x > (a + 1) / (a + b + 2):
        return 1 - incomplete_beta(b, a, 1 - x)
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log(1 - x)) / a
    c, d = 1.0, 1 / (1 - (a + b) * x / (a + 1))
    found = d
    for m in range(1, 500):
        for term in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1 / (1 + term * d)
            c = 1 + term / c
            found *= c * d
        if abs(c * d - 1) < 1e-15:
            break
    return front * found


def beta_quantile(share: float, a: float, b: float) -> float:
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if incomplete_beta(a, b, middle) < share else (low, middle)
    return low


def test_intervals_are_the_published_ones_and_quantiles_of_the_beta():
    for (true, drawn), (low, high) in PUBLISHED.items():
        told = sampling.interval(true, drawn, Fraction(95, 100))
        assert (f"{told.low:.6f}", f"{told.high:.6f}") == (low, high)
    told = sampling.interval(81, 263, Fraction(95, 100))  # Newcombe 1998, to the digits printed
    assert (f"{told.low:.4f}", f"{told.high:.4f}") == ("0.2527", "0.3676")
    for drawn in (1, 3, 8, 29, 60, 120):
        for true in {0, 1, drawn // 3, drawn // 2, drawn - 1, drawn}:
            for confidence in (80, 95, 99):
                risk = (100 - confidence) / 200
                told = sampling.interval(true, drawn, Fraction(confidence, 100))
                low = beta_quantile(risk, true, drawn - true + 1) if true else 0
                high = beta_quantile(1 - risk, true + 1, drawn - true) if true < drawn else 1
                assert abs(float(told.low) - low) < 5e-9
                assert abs(float(told.high) - high) < 5e-9


@given(drawn=st.integers(1, 40), data=st.data())
def test_an_interval_holds_what_was_found_and_narrows_with_more(drawn, data):
    true = data.draw(st.integers(0, drawn))
    told = sampling.interval(true, drawn, Fraction(95, 100))
    share = Fraction(true, drawn)
    assert 0 <= Fraction(told.low) <= share <= Fraction(told.high) <= 1
    twice = sampling.interval(2 * true, 2 * drawn, Fraction(95, 100))
    assert twice.high - twice.low < told.high - told.low
    turned = sampling.interval(drawn - true, drawn, Fraction(95, 100))
    assert (turned.low, turned.high) == (1 - told.high, 1 - told.low)


def test_nothing_checked_says_nothing():
    assert sampling.estimate(0, 0, 95) == say("sampling.no_estimate")
    told = sampling.interval(0, 0, Fraction(95, 100))
    assert (told.low, told.high) == (0, 1)
    with pytest.raises(ValueError, match="no interval"):
        sampling.interval(3, 2, Fraction(95, 100))


def test_the_result_in_the_office_s_words():
    assert sampling.result(8, 8, 7) == say("sampling.result", drawn=8, true=7)
    assert sampling.result(8, 3, 3).code == "sampling.result.open"
    assert sampling.result_of_must(3, 3, 3) == say("sampling.result.must", listed=3, true=3)
    told = sampling.estimate(7, 8, 95).params
    assert {name: str(value) for name, value in told.items()} == {
        "share": "87.5", "low": "47.3", "high": "99.7", "confidence": "95",
    }  # fmt: skip


DAY = date(2026, 3, 31)


@pytest.mark.parametrize(
    ("item", "why"),
    [
        (Closed(), ""),
        (Closed(above=True, livelihood=True), "above"),
        (Closed(livelihood=True), "livelihood"),
        (Closed(due_on=DAY, done_on=date(2026, 4, 1)), "late"),
        (Closed(due_on=DAY, done_on=DAY), ""),
        (Closed(due_on=None, done_on=DAY), ""),
    ],
)
def test_what_is_always_checked(item, why):
    assert sampling.must_check(item) == why


@given(
    flags=st.fixed_dictionaries(
        {
            name: st.booleans()
            for name in (
                "is_open",
                "is_checked",
                "is_on_behalf",
                "is_doer",
                "is_verifier",
                "is_drawn",
            )
        }
    )
)
def test_only_the_one_drawn_who_neither_did_nor_verified_it_may_check(flags):  # fmt: skip
    allowed = sampling.refusal(Checker(**flags)) is None
    barred = flags["is_checked"] or flags["is_on_behalf"] or flags["is_doer"]
    assert allowed is (
        flags["is_open"] and flags["is_drawn"] and not barred and not flags["is_verifier"]
    )


@pytest.mark.prove
def test_ten_thousand_draws_find_and_cover_at_the_stated_rate():
    """Units of uneven size with uneven honesty: draws find a false one, intervals hold the truth.

    Three standard deviations of 10,000 draws are 0.012 at 80% and 0.0065 at 95%.
    """
    rng = random.Random(20260618)
    found = covered = 0
    ends = {true: sampling.interval(true, 28, Fraction(95, 100)) for true in range(29)}
    for number in range(10_000):
        sizes = [rng.randrange(1, 60) for _ in range(12)]
        strata = {n: [f"{n}-{k}" for k in range(size)] for n, size in enumerate(sizes)}
        keys = [key for rows in strata.values() for key in rows]
        false = set(rng.sample(keys, sampling.supposed_false(len(keys), Fraction(1, 10))))
        drawn = sampling.sample_size(len(keys), Fraction(80, 100), Fraction(1, 10))
        picked = sampling.draw(strata, drawn, f"find/{number}")
        found += any(key in false for rows in picked.values() for key in rows)
        picked = sampling.draw(strata, 28, f"cover/{number}")
        true = sum(key not in false for rows in picked.values() for key in rows)
        truth = 1 - Fraction(len(false), len(keys))
        covered += Fraction(ends[true].low) <= truth <= Fraction(ends[true].high)
    assert found / 10_000 >= 0.80 - 0.012
    assert covered / 10_000 >= 0.95 - 0.0065
