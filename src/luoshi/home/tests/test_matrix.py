"""The responsibility table: goals or lines by units and posts; every count opens as many rows."""

import html
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from luoshi.domain.base import Refused
from luoshi.goals import actions as goals
from luoshi.goals.models import Goal
from luoshi.home.queries.matrix import matrix
from luoshi.ledger import actions as ledger
from luoshi.ledger.carrying import Roles
from luoshi.ledger.models import Task
from tests.cast import TODAY

from .conftest import NOW, crowd

COUNT = re.compile(r'<a href="(/ledger/\?[^"]*)">(?:<b>)?[^\d<]*(\d+)')


@pytest.fixture
def goal(cast, plan, line):
    made = goals.add_goal(
        actor=cast.actor("lin"), today=TODAY, plan=plan, title="产值增长8%", line=line
    )
    return Goal.objects.get(pk=made.id)


@pytest.fixture
def carried(cast, new, goal):
    """东村 leads two items of the goal and one of none; 经发办 supports one; 王书记 owns two."""
    owned = {"lead_leader": cast.posts["liu"].pk, "owner": cast.posts["wang"].pk}
    return [
        new("甲", goal_id=goal.pk,
            roles=Roles(lead_unit=cast.east.pk, supporting=(cast.economy.pk,), **owned)),
        new("乙", goal_id=goal.pk, roles=Roles(lead_unit=cast.east.pk, **owned)),
        new("丙", roles=Roles(lead_unit=cast.east.pk)),
    ]  # fmt: skip


def cells(found, column):
    """(leads, supports, owns) of a column by the row's name."""
    names = [one.name for one in found.columns]
    place = names.index(column)
    told = {}
    for row in found.rows:
        cell = row.cells[place]
        told[row.name] = (cell.leads, cell.supports, cell.owns)
    return told


def test_goals_stand_against_units_and_what_is_in_none_is_shown(cast, plan, goal, carried):
    found = matrix(cast.actor("lin"), TODAY, plan)
    assert found.by == "goal"
    assert cells(found, "东村") == {"产值增长8%": (2, 0, 2), "": (1, 0, 0)}
    assert cells(found, "经发办") == {"产值增长8%": (0, 1, 0), "": (0, 0, 0)}
    assert cells(found, "西村") == {"产值增长8%": (0, 0, 0), "": (0, 0, 0)}
    assert [row.total for row in found.rows] == [2, 1]


def test_unit_opens_into_its_posts_and_their_holders(cast, plan, carried):
    found = matrix(cast.actor("lin"), TODAY, plan, unit_id=cast.east.pk)
    assert next((one.name, one.holder) for one in found.columns) == ("东村党支部书记", "王书记")
    assert cells(found, "东村党支部书记")["产值增长8%"] == (0, 0, 2)
    assert found.totals == [], "persons are not compared"


@pytest.mark.parametrize("query", ["?by=goal", "?by=line", "?by=goal&unit={east}"])
def test_every_count_opens_as_many_rows(cast, plan, carried, signed_in, query):
    Task.objects.filter(title="乙").update(state="cancelled")
    client = signed_in("lin")
    page = client.get("/home/coverage/" + query.format(east=cast.east.pk)).content.decode()
    links = COUNT.findall(page[page.index('id="matrix"') :])
    assert links
    for href, count in links:
        listed = client.get(html.unescape(href))
        assert listed.context["page"].total == int(count), href


def test_village_sees_itself_and_no_other_units_posts(cast, plan, carried, signed_in):
    found = matrix(cast.actor("wang"), TODAY, plan)
    assert "西村" not in [one.name for one in found.columns]
    assert matrix(cast.actor("wang"), TODAY, plan, unit_id=cast.west.pk) is None
    assert signed_in("wang").get(f"/home/coverage/?unit={cast.west.pk}").status_code == 404


def test_part_joins_its_parents_goal_and_moves_with_it(cast, plan, goal, carried, new):
    part = new("甲之一", parent_id=carried[0].pk)
    assert part.goal_id == goal.pk
    carried[0].refresh_from_db()
    told = {"actor": cast.actor("lin"), "today": TODAY, "now": NOW, "task": carried[0]}
    ledger.edit_task(**told, version=carried[0].version, goal_id=None)
    part.refresh_from_db()
    assert part.goal_id is None


def test_goal_of_another_plan_is_refused_in_words(cast, plan, carried):
    made = goals.create_plan(actor=cast.actor("lin"), today=TODAY, unit=cast.town, year=2027)
    other = Goal.objects.create(
        jurisdiction=plan.jurisdiction, plan_id=made.id, unit=cast.town, title="别的"
    )
    row = carried[2]
    with pytest.raises(Refused) as refused:
        ledger.edit_task(
            actor=cast.actor("lin"), today=TODAY, now=NOW, task=row, version=row.version,
            goal_id=other.pk,
        )  # fmt: skip
    assert refused.value.why.code == "ledger.not_of_this_plan"


def test_items_join_a_goal_together_from_the_ledger(plan, goal, carried, signed_in):
    row = carried[2]
    signed_in("lin").post(
        "/ledger/bulk/", {"row": f"{row.pk}:{row.version}", "goal": str(goal.pk), "verb": "edit"}
    )
    row.refresh_from_db()
    assert row.goal_id == goal.pk


def test_table_costs_the_same_for_more_items_goals_and_units(cast, plan, line, goal):
    def cost(**asked):
        with CaptureQueriesContext(connection) as caught:
            matrix(cast.actor("lin"), TODAY, plan, **asked)
        return len(caught)

    crowd(cast, plan, line, 20)
    few = cost(by="goal"), cost(by="line"), cost(by="goal", unit_id=cast.east.pk)
    crowd(cast, plan, line, 400, seed=2)
    for n in range(30):
        goals.add_goal(actor=cast.actor("lin"), today=TODAY, plan=plan, title=f"目标{n}")
    Task.objects.filter(plan=plan, number__endswith="1").update(goal=goal)
    more = cost(by="goal"), cost(by="line"), cost(by="goal", unit_id=cast.east.pk)
    assert more == few
    assert max(few) <= 12
