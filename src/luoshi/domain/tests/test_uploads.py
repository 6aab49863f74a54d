"""What one person may leave in a day."""

from hypothesis import given
from hypothesis import strategies as st

from luoshi.domain.uploads import Allowance, why_not

NUMBER = st.integers(0, 1_000)


@given(NUMBER, NUMBER, NUMBER, NUMBER, NUMBER)
def test_no_day_ever_holds_more_than_allowed(count, size, more, files, most):
    refused = why_not(count, size, more, Allowance(files, most))
    fits = (not files or count + 1 <= files) and (not most or size + more <= most)
    assert (refused is None) is fits
