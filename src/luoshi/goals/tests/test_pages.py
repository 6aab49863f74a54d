"""A plan's pages: opened, given lines, approved; read by the town, hidden from the next one."""

import re

import pytest
from django.urls import reverse

from luoshi.goals import actions
from luoshi.goals.models import Plan, PlanSnapshot, WorkLine

from .test_plans import TODAY


@pytest.fixture
def plan(cast):
    made = actions.create_plan(actor=cast.actor("lin"), today=TODAY, unit=cast.town, year=2026)
    return Plan.objects.get(pk=made.id)


def guard(page):
    text = page.content.decode()
    return {
        name: found.group(1)
        for name in ("version", "key")
        if (found := re.search(f'name="{name}" value="([^"]*)"', text))
    }


def test_year_is_opened_once(signed_in, today):
    client, url = signed_in("lin"), reverse("goals:plans")
    for status in (302, 422):
        page = client.get(url)
        assert client.post(url, guard(page) | {"year": "2026"}).status_code == status
    assert Plan.objects.count() == 1


def test_line_is_opened_and_changed(signed_in, cast, plan):
    client = signed_in("lin")
    url = reverse("goals:new_line", args=[plan.pk])
    client.post(url, guard(client.get(url)) | {"name": "工业强镇", "leader": ""})
    line = WorkLine.objects.get()
    url = reverse("goals:line", args=[plan.pk, line.pk])
    data = guard(client.get(url)) | {"name": "工业强镇线", "leader": str(cast.posts["liu"].pk)}
    assert client.post(url, data).status_code == 302
    line.refresh_from_db()
    assert (line.name, line.leader_post_id) == ("工业强镇线", cast.posts["liu"].pk)
    stale = client.post(url, data | {"key": "another", "name": "旧页面"})
    assert stale.status_code == 409


def test_approving_keeps_the_baseline(signed_in, plan):
    client = signed_in("lin")
    page = client.get(reverse("goals:plan", args=[plan.pk]))
    client.post(reverse("goals:approve", args=[plan.pk]), guard(page))
    plan.refresh_from_db()
    assert plan.state == "approved"
    assert PlanSnapshot.objects.count() == 1


@pytest.mark.parametrize(
    ("who", "status"), [("ma", 200), ("zhao", 200), ("fang", 404), ("gao", 404)]
)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_plan_page_is_the_towns(signed_in, plan, who, status, language):
    client = signed_in(who)
    client.cookies["django_language"] = language
    assert client.get(reverse("goals:plan", args=[plan.pk])).status_code == status


def test_village_neither_opens_nor_approves(signed_in, plan):
    client = signed_in("ma")
    assert client.post(reverse("goals:plans"), {"year": "2027"}).status_code == 404
    client.post(reverse("goals:approve", args=[plan.pk]), {"version": "1", "key": "k"})
    plan.refresh_from_db()
    assert plan.state == "draft"
