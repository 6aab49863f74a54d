"""What a cell says, when it may be stated, what ratios and totals come to."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.domain.base import Period, Sentence
from luoshi.domain.cascade import Stated, Tally, moved, rounded, tally
from luoshi.domain.measuring import (
    due_on,
    growth,
    label_of,
    periods_of,
    ratio,
    read_cell,
    year_before,
)

VALUES = st.none() | st.integers(-(10**12), 10**12)


@pytest.mark.parametrize(
    ("text", "measure", "decimals", "value"),
    [
        ("12", "个", 0, "12"),
        (" 1,234.50 ", "万元", 2, "1234.5"),
        ("１，２３４．５", "万元", 2, "1234.5"),
        ("12，3456", "元", 0, "123456"),  # the office parts by four as well
        ("1.2亿元", "万元", 2, "12000"),
        ("860万元", "亿元", 4, "0.086"),
        ("98.5%", "%", 1, "98.5"),
        ("９８．５％", "%", 1, "98.5"),
        ("2公顷", "亩", 0, "30"),
        ("+3", "个", 0, "3"),
        (".5", "万元", 1, "0.5"),
        ("350 户", "户", 0, "350"),
    ],
)
def test_cell_is_understood_exactly(text, measure, decimals, value):
    cell = read_cell(text, measure, decimals)
    assert (cell.value, cell.fault) == (Decimal(value), None)


@pytest.mark.parametrize("text", ["", "  ", "-", "—", "待补", "N/A", "/"])
def test_blank_is_missing_and_never_zero(text):
    cell = read_cell(text, "个", 0)
    assert (cell.value, cell.fault) == (None, None)


@pytest.mark.parametrize(
    ("text", "measure", "decimals", "code"),
    [
        ("约三十", "个", 0, "no_number"),
        ("12-15", "个", 0, "no_number"),
        ("1.2.3", "个", 1, "no_number"),
        ("12,34", "个", 0, "no_number"),
        ("350户", "人", 0, "other_unit"),
        ("98%", "万元", 0, "other_unit"),
        ("7亩", "公顷", 4, "not_even"),
        ("-3", "个", 0, "negative"),
        ("1.25", "万元", 1, "too_fine"),
        ("1" * 20, "个", 0, "too_large"),
    ],
)
def test_bad_cell_is_told_and_nothing_is_guessed(text, measure, decimals, code):
    cell = read_cell(text, measure, decimals)
    assert cell.value is None
    assert cell.fault is not None
    assert cell.fault.code == f"measuring.{code}"


@given(st.text(max_size=30), st.sampled_from(["万元", "%", "个"]))
def test_no_cell_breaks_the_reader(text, measure):
    cell = read_cell(text, measure, 2)
    assert cell.value is None or cell.fault is None


@given(
    st.decimals(min_value=0, max_value=10**9, places=2), st.sampled_from(["{}", "{}万元", " {:,} "])
)
def test_what_is_printed_is_read_back(value, form):
    assert read_cell(form.format(value), "万元", 2).value == value


def test_year_has_its_periods_and_their_days():
    assert [len(periods_of(r, 2026)) for r in ("month", "quarter", "half", "year")] == [12, 4, 2, 1]
    assert periods_of("quarter", 2026)[1] == Period.quarter(2026, 2)
    assert due_on(Period.month(2026, 5), 10) == date(2026, 6, 10)
    assert year_before(Period.month(2024, 2)) == Period.month(2023, 2)
    assert label_of(Period.half(2026, 2)).code == "measuring.period.half"


def test_ratio_is_exact_and_says_when_it_is_none():
    assert ratio(Decimal(37), Decimal("4.25")) == Fraction(3700, 425)
    assert ratio(Decimal(398), Decimal(412), Decimal(100)) == Fraction(39800, 412)
    assert ratio(None, Decimal(1)) is None
    zero = ratio(Decimal(1), Decimal(0))
    assert isinstance(zero, Sentence)
    assert zero.code == "measuring.denominator_zero"


def test_growth_is_in_percent_or_points():
    assert growth(Fraction(108), Fraction(100), points=False) == 8
    assert growth(Fraction(98), Fraction(95), points=True) == 3
    assert growth(Fraction(1), Fraction(0), points=False) is None
    assert growth(None, Fraction(1), points=True) is None


@given(
    st.sampled_from(["sum", "mean"]), st.lists(st.tuples(VALUES, VALUES), max_size=12), st.randoms()
)
def test_moving_one_by_one_is_the_tally_in_any_order(rule, pairs, order):
    before = [Stated(was) for was, _ in pairs]
    now = tally(rule, before)
    for was, then in order.sample(pairs, len(pairs)):
        now = moved(now, was, then)
    assert now == tally(rule, [Stated(then) for _, then in pairs])


@given(
    st.sampled_from(["sum", "mean", "weighted", "min", "max", "latest"]),
    st.lists(st.tuples(VALUES, st.none() | st.integers(0, 1000), st.dates()), max_size=8),
    st.randoms(),
)
def test_tally_does_not_care_for_order_and_never_takes_missing_for_zero(rule, rows, order):
    children = [Stated(v, w, day, str(n)) for n, (v, w, day) in enumerate(rows)]
    found = tally(rule, children)
    assert found == tally(rule, order.sample(children, len(children)))
    assert found == tally(rule, [*children, Stated(None)])
    figure = found.figure(rule)
    known = [child.value for child in children if child.value is not None]
    if figure is not None and rule != "sum":
        assert min(known) <= figure <= max(known)
    if not known:
        assert figure is None


def test_rounding_is_half_up_away_from_zero():
    assert rounded(Fraction(5, 2), 0) == 3
    assert rounded(Fraction(-5, 2), 0) == -3
    assert Tally(10, 4, 4).figure("mean") == Fraction(5, 2)
