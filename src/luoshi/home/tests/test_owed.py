"""我的待办: what a person owes in every room, and what was raised to the next level."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from luoshi.domain.access import Actor
from luoshi.domain.reminding import Rhythm
from luoshi.home.queries.owing import digest, digests
from luoshi.ledger.models import Assignment, Task
from luoshi.office.china_calendar import china_calendar
from tests.cast import TODAY

from .conftest import crowd

KNOWN = (Rhythm(), china_calendar())


@pytest.fixture
def owned(cast, plan, line):
    """`owned("修路", due_on, owner, lead)`: an item under way, owned by a post."""

    def made(title, due_on, owner="ma", lead=None, leader="liu", **fields):
        number = Task.objects.count() + 1
        row = Task.objects.create(
            jurisdiction=plan.jurisdiction, plan=plan, unit=lead or cast.east, line=line,
            number=f"A-{number}", tree=f"{number:04x}/", title=title, due_on=due_on,
            state=fields.pop("state", "under_way"), state_since=date(2026, 3, 1),
            starts_on=date(2026, 3, 1), weight_sum=100, progress=1000, **fields,
        )  # fmt: skip
        common = {"jurisdiction": plan.jurisdiction, "task": row, "from_on": date(2026, 3, 1)}
        Assignment.objects.create(**common, role="owner", post=cast.posts[owner])
        if lead is not False:
            Assignment.objects.create(**common, role="lead_unit", unit=lead or cast.east)
        if leader:
            Assignment.objects.create(**common, role="lead_leader", post=cast.posts[leader])
        return row

    return made


def test_page_names_what_how_late_and_leads_to_it(signed_in, owned):
    late = owned("修通东村产业路", TODAY - timedelta(days=5))
    owned("清淤东村水渠", TODAY + timedelta(days=3))
    owned("明年的事", TODAY + timedelta(days=60))
    page = signed_in("ma").get(reverse("home:owed")).content.decode()
    assert "修通东村产业路" in page
    assert "<b>5</b>" in page
    assert f"#t-{late.pk}" in page
    assert page.index("修通东村产业路") < page.index("清淤东村水渠")
    assert "明年的事" not in page
    assert "修通东村产业路" not in signed_in("xu").get(reverse("home:owed")).content.decode()


def test_who_owes_nothing_reads_what_will_stand_here(signed_in):
    assert "现在没有您的待办" in signed_in("xu").get(reverse("home:owed")).content.decode()
    assert signed_in("gao").get(reverse("home:owed")).status_code == 200


@pytest.mark.parametrize(
    ("late", "head", "leader"),
    [(0, False, False), (3, False, False), (4, True, False), (7, True, False), (8, True, True)],
)
def test_item_rises_to_the_next_level_only_and_by_working_days(cast, owned, late, head, leader):
    """Owned by 马文书 of 东村, led by the office, so that 王书记 does not owe it himself."""
    due = china_calendar().add(TODAY, -late)
    owned("跨单位事项", due, owner="ma", lead=cast.town, leader="liu")
    Assignment.objects.filter(role="lead_unit").delete()
    Task.objects.update(unit=cast.east)

    def raised(name):
        return [line.item.title for line in digest(cast.actor(name), TODAY, KNOWN).raised]

    assert raised("wang") == (["跨单位事项"] if head else [])
    assert raised("liu") == (["跨单位事项"] if leader else [])
    assert raised("chen") == [], "the secretary does not lead it: no level is skipped to him"
    assert [line.item.title for line in digest(cast.actor("ma"), TODAY, KNOWN).mine] == [
        "跨单位事项"
    ]


def test_raised_line_names_who_owes_it(cast, owned, signed_in):
    owned("拖了一个月的事", TODAY - timedelta(days=30))
    page = signed_in("liu").get(reverse("home:owed")).content.decode()
    assert "下一级久拖未办" in page
    assert "马文书" in page
    told = digest(cast.actor("wang"), TODAY, KNOWN)
    assert len(told.mine) == 1, "the head of the lead unit owes it already"
    assert not told.raised, "and is told once"


def test_digest_of_everybody_says_of_each_what_the_page_says(cast, plan, line, owned):
    crowd(cast, plan, line, 120)
    for number, row in enumerate(Task.objects.filter(title__startswith="批量")):
        owner = ("wang", "ma", "xu", "qian", "sun", "he")[number % 6]
        common = {"jurisdiction": plan.jurisdiction, "task": row, "from_on": date(2026, 1, 1)}
        Assignment.objects.get_or_create(**common, role="owner", post=cast.posts[owner])
    system = Actor.system(cast.county.jurisdiction)
    places = [(unit, KNOWN) for unit in (cast.county, cast.town, cast.other_town)]
    found = digests(system, TODAY, places)
    told = 0
    for name, person in cast.people.items():
        one = digest(cast.actor(name), TODAY, KNOWN)
        many = found.get(person.pk)
        for part in ("mine", "raised"):
            mine = sorted(str(line.item.subject_id) for line in getattr(one, part))
            theirs = sorted(str(line.item.subject_id) for line in getattr(many, part, ()))
            assert mine == theirs, (name, part)
            told += len(mine)
    assert told > 100


def test_page_costs_the_same_for_more_items(cast, plan, line, owned, signed_in):
    def cost():
        with CaptureQueriesContext(
            connection,
        ) as told:
            assert signed_in("wang").get(reverse("home:owed")).status_code == 200
        return len(told)

    owned("第一件", TODAY - timedelta(days=40))
    few = cost()
    for number in range(20):
        owned(f"第{number + 2}件", TODAY - timedelta(days=40), owner=("ma", "wang")[number % 2])
    assert cost() == few
