"""我的年度任务: what is mine, and who else may see it."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from luoshi.home.queries.year import my_year
from luoshi.ledger.queries import Roles
from luoshi.org.models import Post
from tests.cast import TODAY, person, post

from .conftest import crowd


@pytest.fixture
def mine(cast, new):
    roles = Roles(
        lead_leader=cast.posts["liu"].pk, lead_unit=cast.east.pk, owner=cast.posts["ma"].pk
    )
    return new("修通东村产业路", roles=roles, target_value=Decimal(6), target_unit="公里")


def year(cast, who):
    return my_year(cast.actor(who), TODAY, cast.people[who].pk)


def test_page_shows_what_a_post_carries_with_its_dates(cast, mine, signed_in):
    page = signed_in("ma").get(reverse("home:year"))
    text = page.content.decode()
    assert page.status_code == 200
    assert "修通东村产业路" in text
    found = year(cast, "ma")
    assert [day.on for day in found.days] == [date(2026, 10, 31)]
    assert [(one.task.pk, one.value) for one in found.figures] == [(mine.pk, None)]
    assert [row.task.pk for row in year(cast, "liu").leads] == [mine.pk]
    assert not year(cast, "wang").owns


def test_year_of_another_is_seen_by_head_leader_and_personnel_only(cast, mine, signed_in):
    there = reverse("home:year_of", args=[cast.posts["ma"].pk])
    seen = {who: signed_in(who).get(there).status_code for who in
            ("ma", "wang", "liu", "chen", "lin", "sun", "xu", "zhao", "zhou", "gao", "fang")}  # fmt: skip
    assert {who for who, status in seen.items() if status == 200} == {"ma", "wang", "liu"}
    assert set(seen.values()) == {200, 404}
    Post.objects.filter(pk=cast.posts["chen"].pk).update(keeps_personnel=True)
    assert signed_in("chen").get(there).status_code == 200
    Post.objects.filter(pk=cast.posts["deng"].pk).update(keeps_personnel=True)
    assert signed_in("deng").get(there).status_code == 404


def test_vacant_post_and_nobody_have_no_year(cast, signed_in):
    empty = post(cast.east, "会计", "staff", 9)
    assert signed_in("wang").get(reverse("home:year_of", args=[empty.pk])).status_code == 404
    assert "只有本人" in signed_in("ma").get(reverse("home:year")).content.decode()


def test_load_is_compared_with_at_least_three_and_names_nobody(cast, new, signed_in):
    clerks = [post(cast.economy, f"干事{n}", "staff", n + 3) for n in range(3)]
    for number, extra in enumerate(clerks):
        person(f"某干事{number}", extra, login=f"clerk{number}")
    for number, who in enumerate([cast.posts["sun"], *clerks[:2]]):
        roles = Roles(lead_unit=cast.economy.pk, owner=who.pk)
        new("办", roles=roles, starts_on=TODAY, due_on=TODAY + timedelta(days=7 * (number + 1)))
    load = year(cast, "sun").load
    assert load.compared == 3
    assert load.limit is not None
    assert load.limit == 2 * load.median
    text = signed_in("sun").get(reverse("home:year")).content.decode()
    assert "中位数" in text
    assert "某干事" not in text


def test_year_costs_the_same_for_more_items(cast, plan, line, mine, signed_in):
    def cost():
        client = signed_in("ma")
        with CaptureQueriesContext(connection) as caught:
            assert client.get(reverse("home:year")).status_code == 200
        return len(caught)

    few = cost()
    crowd(cast, plan, line, 300)
    assert cost() == few


def test_year_of_an_administrator_is_empty_and_no_error(cast, signed_in):
    assert signed_in("gao").get("/home/year/").status_code == 200
