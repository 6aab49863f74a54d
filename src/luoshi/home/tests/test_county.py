"""The county sees sums of its towns, and nothing below them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from luoshi.goals.models import Plan
from luoshi.home.queries.county import county
from tests.cast import TODAY, make, unit


def test_towns_stand_side_by_side_with_their_plans_sums(cast, signed_in):
    make(
        Plan, cast, unit=cast.town, year=2026, title="计划", weight_sum=400, missing_sum=100,
        done_sum=300 * 2_000,
    )  # fmt: skip
    rows = county(cast.actor("zhao"), TODAY).towns
    assert [(row.unit.short_name, row.share, row.word, row.silent) for row in rows] == [
        ("青榆镇", 2_000, "slow", 2_500),
        ("白果镇", None, "none", None),
    ]
    page = signed_in("zhao").get("/home/county/").content.decode()
    assert "20.0%" in page
    assert "待补" in page


@pytest.mark.parametrize("who", ["chen", "lin", "wang", "gao"])
def test_town_people_have_no_county_page(signed_in, who):
    assert signed_in(who).get("/home/county/").status_code == 404


def test_supervisor_has_no_wall_of_a_town(cast, plan, line, signed_in):
    assert "工业强镇" not in signed_in("zhao").get("/home/wall/").content.decode()


def test_county_costs_the_same_for_more_towns(cast, signed_in):
    def cost():
        with CaptureQueriesContext(connection) as caught:
            county(cast.actor("zhao"), TODAY)
        return len(caught)

    few = cost()
    for number in range(10, 20):
        make(
            Plan, cast, unit=unit(cast.county, number, "town", f"镇{number}"), year=2026, title="x"
        )
    assert cost() == few
