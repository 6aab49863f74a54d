"""The plan beside its baseline: what was added, what is gone, what is other."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.goals import actions
from luoshi.goals.baseline import compare, named, worded
from luoshi.goals.models import Plan, WorkLine
from luoshi.ledger import actions as ledger
from luoshi.ledger.actions import NewTask
from luoshi.ledger.carrying import Roles
from luoshi.ledger.models import Task

TODAY = date(2026, 1, 10)
NOW = datetime(2026, 1, 10, 2, 0, tzinfo=UTC)


@st.composite
def contents(draw):
    keys = draw(st.lists(st.integers(0, 8), unique=True))
    tasks = [
        {"id": str(key), "number": f"2026-{key}", "title": draw(st.sampled_from("甲乙丙")),
         "due_on": draw(st.sampled_from([None, "2026-06-30", "2026-12-31"]))}
        for key in keys
    ]  # fmt: skip
    roles = [[str(key), "lead_unit", draw(st.sampled_from("ab")), None] for key in keys]
    return {"goals": [], "lines": [], "tasks": tasks, "roles": roles, "milestones": []}


@given(contents())
def test_same_content_differs_in_nothing(content):
    assert compare(content, content) == []


@given(contents(), contents())
def test_turned_round_added_is_gone(then, now):
    there, back = compare(then, now), compare(now, then)
    turned = {"added": "gone", "gone": "added", "changed": "changed"}
    assert {(one.key, turned[one.kind]) for one in there} == {(one.key, one.kind) for one in back}
    fields = {(one.key, name, old, new) for one in there for name, old, new in _flat(one)}
    assert fields == {(one.key, name, new, old) for one in back for name, old, new in _flat(one)}


def _flat(one):
    return [(name, str(old), str(new)) for name, old, new in one.fields]


@pytest.fixture
def approved(cast):
    lin = cast.actor("lin")
    actions.create_plan(actor=lin, today=TODAY, unit=cast.town, year=2026)
    plan = Plan.objects.select_related("unit").get()
    for title, unit in (("修路", cast.economy), ("通水", cast.office)):
        ledger.register_task(
            actor=lin, today=TODAY, now=NOW, plan=plan,
            new=NewTask(title=title, due_on=date(2026, 6, 30), roles=Roles(lead_unit=unit.pk)),
        )  # fmt: skip
    actions.approve_plan(actor=lin, today=TODAY, now=NOW, plan=plan)
    plan.refresh_from_db()
    return plan


def page(client, plan, query=""):
    return client.get(f"/goals/plan/{plan.pk}/baseline/{query}").content.decode()


def test_approved_plan_is_as_its_baseline(approved, signed_in):
    assert "与基线一致" in page(signed_in("lin"), approved)


def test_every_difference_is_listed_in_words(cast, approved, signed_in):
    lin = cast.actor("lin")
    ledger.register_task(
        actor=lin, today=TODAY, now=NOW, plan=approved,
        new=NewTask(title="植树", due_on=date(2026, 3, 31)),
    )  # fmt: skip
    road = Task.objects.get(title="修路")
    ledger.edit_task(
        actor=lin, today=TODAY, now=NOW, task=road, version=road.version,
        due_on=date(2026, 9, 30), measures="分两段施工",
    )  # fmt: skip
    road.refresh_from_db()
    ledger.name_roles(
        actor=lin, today=TODAY, now=NOW, task=road, roles=Roles(lead_unit=cast.office.pk),
        version=road.version,
    )  # fmt: skip
    actions.add_line(actor=lin, today=TODAY, plan=approved, name="工业强镇")
    told = page(signed_in("lin"), approved)
    assert "新增 2，减少 0，改动 1" in told
    for words in ("植树", "工业强镇", "2026-06-30", "2026-09-30", "分两段施工", "经发办", "党政办"):
        assert words in told
    assert "通水" not in told.split("<tbody>", 1)[1]
    assert WorkLine.objects.count() == 1


def test_plan_without_baseline_says_so_and_others_see_nothing(cast, approved, signed_in):
    assert signed_in("fang").get(f"/goals/plan/{approved.pk}/baseline/").status_code == 404
    approved.snapshots.all().delete()
    assert "还没有基线" in page(signed_in("lin"), approved)


def test_unknown_snapshot_is_taken_as_the_latest(approved, signed_in):
    assert "与基线一致" in page(signed_in("lin"), approved, "?shot=nonsense")


def test_missing_value_stays_missing():
    assert worded("target_value", None, {}) == ""
    assert worded("due_on", "2026-06-30", {}) == "2026-06-30"
    assert named([]) == set()


def test_each_difference_says_who_when_and_why(cast, approved, signed_in):
    lin, he = cast.actor("lin"), cast.actor("he")
    road = Task.objects.get(title="修路")
    later = {"today": TODAY, "now": NOW + timedelta(minutes=5)}
    ledger.edit_task(
        actor=he, **later, task=road, version=road.version, due_on=date(2026, 9, 30),
        reason="汛期不能施工",
    )  # fmt: skip
    new = NewTask(title="植树", due_on=date(2026, 3, 31))
    ledger.register_task(actor=lin, **later, plan=approved, new=new)
    told = page(signed_in("lin"), approved)
    moved = told.split("修路", 1)[1].split("</th>", 1)[0]
    assert "何专员" in moved
    assert "汛期不能施工" in moved
    planted = told.split("植树", 1)[1].split("</th>", 1)[0]
    assert "林主任" in planted
    assert "何专员" not in planted
