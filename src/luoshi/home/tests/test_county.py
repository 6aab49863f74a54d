"""The county sees sums of its towns, and nothing below them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from luoshi.goals.models import Plan
from luoshi.home.queries.county import county
from luoshi.ledger.models import Task
from luoshi.supervision.models import SampleDraw, SampleItem
from tests.cast import TODAY, make, unit

from .conftest import NOW


@pytest.fixture
def task_of_draw(cast):
    """`task_of_draw(town, 7)`: a draw of eight items, so many true, and one always checked."""

    def drawn(place, true, *, looked=True):
        draw = make(
            SampleDraw, cast, unit=place, from_on=TODAY.replace(month=1, day=1), to_on=TODAY,
            confidence=80, rate=20, population=20, size=8, must_count=1, drawn_on=TODAY,
            drawn_at=NOW, drawn_by_id=cast.people["lin"].pk,
        )  # fmt: skip
        for n in range(9):
            task = make(
                Task, cast, unit=cast.east, number=f"{place.pk}{n}", tree=f"{n:04x}/", title="件",
                state="completed", state_since=TODAY, closed_on=TODAY,
            )  # fmt: skip
            said = {
                "outcome": "true" if n < true else "false", "note": "看过", "checked_on": TODAY,
                "checked_by_id": cast.people["he"].pk,
            }  # fmt: skip
            make(
                SampleItem, cast, draw=draw, task=task, unit_id=cast.east.pk, stratum=cast.east,
                position=n, closed_on=TODAY, must="late" if n == 8 else "", **said if looked else {},
            )  # fmt: skip

    return drawn


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


def test_the_years_spot_checks_stand_with_their_interval(cast, signed_in, task_of_draw):
    for place, true in ((cast.town, 7), (cast.county, 1)):
        task_of_draw(place, true)
    found = county(cast.actor("zhao"), TODAY)
    told = {row.unit: row.sampled for row in found.towns}
    assert told[cast.other_town] is None
    params = told[cast.town].params
    assert (params["drawn"], params["true"]) == (8, 7)
    assert (str(params["estimate"].params["low"]), str(params["estimate"].params["high"])) == (
        "47.3",
        "99.7",
    )
    assert found.sampled.params["true"] == 1
    page = signed_in("zhao").get("/home/county/").content.decode()
    assert "2026年抽查8件、属实7件" in page
    assert "47.3%至99.7%" in page
    desk = signed_in("lin").get("/supervision/").content.decode()
    assert "2026年抽查8件、属实7件" in desk
    assert "属实1件" not in desk


def test_what_was_always_checked_or_never_looked_at_says_nothing(cast, task_of_draw):
    task_of_draw(cast.town, 0, looked=False)
    told = county(cast.actor("zhao"), TODAY).towns[0].sampled
    assert told.code == "sampling.year.none"
