"""The properties of targets, figures and villages: few examples always, ten thousand to prove."""

import pytest
from hypothesis import HealthCheck, given, settings

from luoshi.domain.tests.target_laws import LAWS

named = pytest.mark.parametrize(("law", "given_by"), LAWS, ids=[law.__name__ for law, _ in LAWS])


def hold(law, given_by, examples):
    quiet = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]
    checked = settings(max_examples=examples, deadline=None, suppress_health_check=quiet)
    checked(given(**given_by)(law))()


@named
def test_law_holds(law, given_by):
    hold(law, given_by, 25)


@pytest.mark.prove
@named
def test_law_holds_ten_thousand_times(law, given_by):
    hold(law, given_by, 10_000)
