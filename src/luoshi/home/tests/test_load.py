"""工作量均衡: who sees it, what is proposed, and that a person decides line by line."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from luoshi.home.queries.load import proposal
from luoshi.ledger.models import Assignment
from luoshi.ledger.queries import Roles
from luoshi.org.models import Post
from tests.cast import TODAY


@pytest.fixture
def personnel(cast):
    Post.objects.filter(pk=cast.posts["chen"].pk).update(keeps_personnel=True)


@pytest.fixture
def heavy(cast, new):
    """Sun has four items, the head of the same office none; east's items stay in the east."""
    for unit, who, n in ((cast.economy, "sun", 4), (cast.east, "ma", 1)):
        roles = Roles(lead_unit=unit.pk, owner=cast.posts[who].pk)
        for _ in range(n):
            new("办", roles=roles, starts_on=TODAY, due_on=TODAY + timedelta(days=30))


def found(cast, who):
    return proposal(cast.actor(who), TODAY)


def test_loads_are_evened_within_the_unit(cast, heavy, personnel):
    told = found(cast, "chen")
    assert [(line.before.label, line.to.title) for line in told.lines] == [
        ("经发办 经发办干事", "经发办主任")
    ] * 2
    assert told.then < told.now
    assert found(cast, "qian").items == 4
    assert found(cast, "wang").items == 1
    assert found(cast, "sun") is None


def test_one_line_is_accepted_and_history_stays(cast, heavy, personnel, signed_in):
    client = signed_in("chen")
    page = client.get(reverse("home:load"))
    line = page.context["lines"][0]
    fields = {"task": line.task.pk, "to": line.to.pk, "version": line.task.version, "key": "k",
              "reason": "均衡工作量"}  # fmt: skip
    assert (
        "已移交" in client.post(reverse("home:accept_load"), fields, follow=True).content.decode()
    )
    held = Assignment.objects.filter(task=line.task, role="owner").order_by("to_on")
    assert {(row.post_id == line.to.pk, row.to_on is None) for row in held} == {
        (True, True), (False, False),
    }  # fmt: skip
    assert len(found(cast, "chen").lines) == 1


def test_nobody_else_sees_or_moves_loads(cast, heavy, personnel, signed_in):
    there = reverse("home:load")
    seen = {who: signed_in(who).get(there).status_code for who in
            ("chen", "wang", "liu", "lin", "sun", "ma", "zhao", "zhou", "gao", "deng")}  # fmt: skip
    assert {who for who, status in seen.items() if status == 200} == {"chen", "wang"}
    assert "采纳" not in signed_in("qian").get(there).content.decode().replace(
        "逐项采纳", ""
    ).replace("不采纳", "").replace("全部采纳", "")
    assert signed_in("qian").post(reverse("home:accept_load"), {}).status_code == 403


def test_page_costs_the_same_for_more_items(cast, heavy, personnel, new, signed_in):
    def cost():
        client = signed_in("chen")
        with CaptureQueriesContext(connection) as caught:
            assert client.get(reverse("home:load")).status_code == 200
        return len(caught)

    few = cost()
    for _ in range(10):
        new("再办", roles=Roles(lead_unit=cast.economy.pk, owner=cast.posts["sun"].pk))
    assert cost() == few
