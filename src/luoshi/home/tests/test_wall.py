"""The wall chart: its counts are the ledger's, its lights the law's, its cost constant."""

import re
from collections import Counter
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from luoshi.domain.base import Period
from luoshi.home.queries.wall import wall, year_rows
from luoshi.home.tally import tally
from luoshi.indicators.actions import Aim, set_target
from luoshi.indicators.tests.test_readings import make as measured
from luoshi.indicators.tests.test_readings import state
from luoshi.ledger.actions import NewMilestone
from luoshi.ledger.models import Task
from luoshi.ledger.queries import Filters, lights_of, list_tasks
from tests.cast import TODAY

from .conftest import crowd


@pytest.mark.parametrize("seed", range(3))
def test_tally_is_what_the_law_says_of_each_item(cast, plan, line, new, seed):
    crowd(cast, plan, line, 200, seed)
    new(milestones=(NewMilestone(title="路基", due_on=TODAY.replace(day=1)),))
    rows = list(Task.objects.select_related("plan"))
    told = lights_of(rows, TODAY)
    counted = tally(Task.objects.all(), TODAY)
    assert counted.all == Counter(light.word for light in told.values())
    by_unit: dict = {}
    for row in rows:
        by_unit.setdefault(row.unit_id, Counter())[told[row.pk].word] += 1
    assert counted.units == by_unit


def test_every_count_opens_as_many_rows_in_the_ledger(cast, plan, line):
    crowd(cast, plan, line, 120)
    lin = cast.actor("lin")
    chart = wall(lin, TODAY)
    assert list_tasks(lin, TODAY, Filters(year=2026)).total == chart.tally.total
    for word, count in chart.tally.all.items():
        assert list_tasks(lin, TODAY, Filters(year=2026, light=word)).total == count
    for _, group in chart.standings:
        for standing in group:
            listed = list_tasks(lin, TODAY, Filters(year=2026, lead=standing.unit.pk))
            assert listed.total == standing.total
    assert list_tasks(lin, TODAY, Filters(year=2026, delivery="due")).total == chart.due
    assert list_tasks(lin, TODAY, Filters(year=2026, delivery="kept")).total == chart.kept


def test_wall_costs_the_same_for_ten_and_ten_thousand(cast, plan, line, signed_in):
    def cost():
        client = signed_in("chen")
        with CaptureQueriesContext(connection) as caught:
            assert client.get("/home/wall/").status_code == 200
        return len(caught)

    crowd(cast, plan, line, 30)
    few = cost()
    crowd(cast, plan, line, 9_970, seed=2)
    assert cost() == few


def test_unit_sees_its_own_standing_only(cast, plan, line):
    crowd(cast, plan, line, 40)
    seen = {
        name: {
            s.unit.short_name for _, group in wall(cast.actor(name), TODAY).standings for s in group
        }
        for name in ("chen", "lin", "wang", "qian")
    }
    assert seen["chen"] == seen["lin"] >= {"东村", "西村", "经发办"}
    assert seen["wang"] == {"东村"}
    assert seen["qian"] == {"经发办"}


def test_wall_names_whose_move_it_is(cast, plan, line, signed_in):
    rows = crowd(cast, plan, line, 30)
    Task.objects.filter(pk=rows[0].pk).update(
        state="under_way", due_on=TODAY.replace(month=1, day=2), blocker="用地未批",
        blocker_needs=cast.supervision_office,
    )  # fmt: skip
    first = wall(cast.actor("lin"), TODAY).troubles[0]
    assert (first.row.task.pk, first.who, first.days) == (rows[0].pk, "县督查室", 167)
    page = signed_in("lin").get("/home/wall/").content.decode()
    assert '<span class="who">县督查室</span>' in page
    assert "用地未批" in page


def test_year_rows_are_the_ledgers(cast, plan, new):
    new()
    assert year_rows(cast.actor("lin"), TODAY, plan).count() == 1
    assert year_rows(cast.actor("fang"), TODAY, plan).count() == 0


def test_wall_without_a_plan_says_the_next_step(cast, signed_in):
    assert "还没有年度计划" in signed_in("lin").get("/home/wall/").content.decode()


@pytest.mark.parametrize(
    ("who", "there"),
    [
        ("chen", "/home/daily/"),
        ("lin", "/home/wall/"),
        ("wang", "/ledger/my-week/"),
        ("ma", "/ledger/my-week/"),
        ("zhao", "/home/county/"),
        ("zhou", "/home/journal/"),
    ],
)
def test_each_role_has_its_own_first_page(signed_in, who, there):
    answer = signed_in(who).get("/")
    assert answer.url == there
    assert signed_in(who).get(there).status_code == 200


def test_stranger_is_sent_to_sign_in(cast, client):
    assert "login" in client.get("/").url


def test_page_says_how_many_items_a_line_has(cast, plan, line, signed_in):
    crowd(cast, plan, line, 37)
    page = signed_in("lin").get("/home/wall/").content.decode()
    assert f'line={line.pk}">37</a>' in page


def test_gauges_tell_the_lights_of_the_towns_indicators_in_constant_queries(cast, plan, signed_in):
    def stated(name, value):
        row = measured(cast, cast.actor("lin"), name, reporters=())
        set_target(
            actor=cast.actor("lin"), today=TODAY, indicator=row, unit=cast.town,
            period=Period.year(2026), aim=Aim(basis="own", value=Decimal(100), plan=plan),
        )  # fmt: skip
        state(cast.actor("lin"), row, cast.town, value)

    client = signed_in("chen")
    page = client.get(reverse("home:wall")).content.decode()
    assert f'hx-get="{reverse("home:gauges")}"' in page

    def cost():
        with CaptureQueriesContext(connection) as caught:
            page = client.get(reverse("home:gauges")).content.decode()
        return len(caught), page

    stated("村集体经济收入", "5")
    few, page = cost()
    assert "light=late" in page
    assert "村集体经济收入" in page
    stated("招商到位资金", "60")
    for n in range(6):
        stated(f"指标{n}", "60")
    many, page = cost()
    assert many == few
    assert re.search(r"light=ok\".*?<b>7</b>", page, re.DOTALL)
    assert page.count("<li><div>") == 1  # only what goes badly is named
