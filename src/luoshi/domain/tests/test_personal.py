"""Half a number is never shown; what is masked is known again."""

from hypothesis import given
from hypothesis import strategies as st

from luoshi.domain.personal import HIDDEN, masked, same

NUMBERS = st.text("0123456789-", max_size=20)


def test_a_telephone_number_as_the_office_masks_it():
    assert masked("13812345678") == "1******5678"
    assert masked("0391-1234567") == "03******4567"
    assert masked("12345") == "***45"
    assert masked("") == ""


@given(NUMBERS)
def test_at_least_half_is_hidden_and_it_stays_as_long(number):
    shown = masked(number)
    assert len(shown) == len(number)
    assert len(number) < 3 or shown.count(HIDDEN) * 2 >= len(number) - 1
    assert same(shown, number) or not number
    assert same(number, number)


@given(NUMBERS, NUMBERS)
def test_another_number_is_not_the_same(one, other):
    assert same(one, other) is (one == other)
