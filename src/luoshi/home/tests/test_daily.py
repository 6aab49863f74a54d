"""The daily page: at most fifteen lines, and 今日无急办 where there is nothing."""

from datetime import datetime, timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from luoshi.domain.workdays import SHANGHAI
from luoshi.home.queries.daily import MOST, daily
from luoshi.ledger.models import Task
from tests.cast import TODAY

from .conftest import crowd


def test_quiet_morning_says_so(cast, plan, new, signed_in):
    new()
    assert daily(cast.actor("chen"), TODAY).empty
    assert "今日无急办" in signed_in("chen").get("/home/daily/").content.decode()


def test_page_never_has_more_than_fifteen_lines(cast, plan, line):
    rows = crowd(cast, plan, line, 400)
    at = datetime.combine(TODAY, datetime.min.time().replace(hour=17), SHANGHAI)
    keys = [row.pk for row in rows]
    Task.objects.filter(pk__in=keys[:50]).update(due_at=at, state="under_way")
    Task.objects.filter(pk__in=keys[50:100]).update(
        state="under_way", blocker="用地未批", blocker_needs=cast.supervision_office
    )
    Task.objects.filter(pk__in=keys[100:200]).update(
        assigned_by_id=cast.people["chen"].pk, state="under_way", due_on=TODAY - timedelta(days=9)
    )
    Task.objects.filter(pk__in=keys[200:300]).update(state="under_way", due_on=TODAY)
    page = daily(cast.actor("chen"), TODAY)
    assert page.lines == MOST
    assert [section.part for section in page.sections] == [
        "report", "unanswered", "appear", "soon",
    ]  # fmt: skip
    shown = [item.task.pk for section in page.sections for item in section.items]
    assert len(set(shown)) == len(shown)


def test_page_says_the_hour_and_the_sentence_to_say(cast, plan, line, signed_in):
    first, second = crowd(cast, plan, line, 2)
    at = datetime.combine(TODAY, datetime.min.time().replace(hour=15, minute=30), SHANGHAI)
    Task.objects.filter(pk=first.pk).update(due_at=at, state="under_way")
    Task.objects.filter(pk=second.pk).update(
        state="under_way", title="冷链园开工", blocker="用地未批",
        blocker_needs=cast.supervision_office,
    )  # fmt: skip
    page = signed_in("chen").get("/home/daily/").content.decode()
    assert "15:30前报出" in page
    assert "对县督查室说：“冷链园开工”卡在用地未批" in page


def test_other_towns_trouble_is_not_on_the_page(cast, plan, line):
    crowd(cast, plan, line, 60)
    assert not daily(cast.actor("chen"), TODAY).empty
    assert daily(cast.actor("deng"), TODAY).empty


def test_daily_costs_the_same_for_ten_and_ten_thousand(cast, plan, line, signed_in):
    def cost():
        client = signed_in("chen")
        with CaptureQueriesContext(connection) as caught:
            assert client.get("/home/daily/").status_code == 200
        return len(caught)

    crowd(cast, plan, line, 40)
    few = cost()
    crowd(cast, plan, line, 9_960, seed=2)
    assert cost() == few
