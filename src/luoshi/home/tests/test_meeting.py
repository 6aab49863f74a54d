"""The meeting's page: every task one click away, and who has handed in its action plan."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from luoshi.documents.models import Document, Passage
from luoshi.domain.base import Refused
from luoshi.goals import actions as goals
from luoshi.goals.models import Meeting, Plan
from luoshi.home import actions
from luoshi.journal.models import Entry
from luoshi.ledger.carrying import Roles
from luoshi.ledger.models import Task
from tests.cast import TODAY

from .conftest import NOW, crowd

DUE = date(2026, 7, 10)


@pytest.fixture
def meeting(cast, plan):
    made = goals.create_meeting(
        actor=cast.actor("lin"), today=TODAY, unit=cast.town, title="年度谋划会",
        held_on=date(2026, 1, 6),
    )  # fmt: skip
    goals.edit_plan(
        actor=cast.actor("lin"), today=TODAY, plan=plan, version=plan.version, meeting_id=made.id
    )
    plan.refresh_from_db()
    return Meeting.objects.select_related("unit").get()


@pytest.fixture
def led(cast, new):
    return [
        new("修路", roles=Roles(lead_unit=cast.economy.pk)),
        new("通水", roles=Roles(lead_unit=cast.economy.pk)),
        new("办会", roles=Roles(lead_unit=cast.office.pk)),
    ]


@pytest.fixture
def text(cast, led):
    mine = {"jurisdiction": cast.town.jurisdiction}
    document = Document.objects.create(
        **mine, unit=cast.town, title="谋划会讲话", origin="pasted", state="read", text="修路。",
        sha256="0" * 64, added_at=NOW,
    )  # fmt: skip
    passage = Passage.objects.create(**mine, document=document, start=0, end=2)
    Task.objects.filter(pk=led[0].pk).update(passage=passage)
    return document


def called(cast, meeting, due_on=DUE, who="lin"):
    return actions.call_for_plans(
        actor=cast.actor(who), today=TODAY, now=NOW, meeting=meeting, due_on=due_on
    )


def test_every_task_is_one_click_away_and_none_is_orphaned(meeting, led, text, signed_in):
    client, address = signed_in("lin"), f"/home/meeting/{meeting.pk}/"
    page = client.get(address).content.decode()
    for task in led:
        assert f"/ledger/task/{task.pk}/" in page
    assert "谋划会讲话" in page
    assert "不出自材料 2 项" in page
    from_text = client.get(f"{address}?text={text.pk}").content.decode()
    assert f"/ledger/task/{led[0].pk}/" in from_text
    assert f"/ledger/task/{led[1].pk}/" not in from_text
    orphans = client.get(f"{address}?text=none").content.decode()
    assert f"/ledger/task/{led[0].pk}/" not in orphans
    assert f"/ledger/task/{led[2].pk}/" in orphans


def test_call_gives_each_lead_unit_its_task_once_outside_the_plan(cast, plan, meeting, led):
    plan.refresh_from_db()
    before = plan.weight_sum
    assert called(cast, meeting).facts["n"] == 2
    meeting.refresh_from_db()
    above = Task.objects.get(pk=meeting.call_task_id)
    each = Task.objects.filter(parent=above)
    assert {task.unit_id for task in each} == {cast.economy.pk, cast.office.pk}
    assert {(task.state, task.due_on, task.source_kind, task.plan_id) for task in each} == {
        ("assigned", DUE, "meeting_decision", None)
    }
    plan.refresh_from_db()
    assert plan.weight_sum == before
    assert Entry.objects.filter(verb="home.meeting.call").count() == 1
    with pytest.raises(Refused):
        called(cast, meeting)
    assert Task.objects.filter(parent=above).count() == 2


@pytest.mark.parametrize("who", ["wang", "sun"])
def test_others_may_not_call(cast, meeting, led, who):
    with pytest.raises(Refused):
        called(cast, meeting, who=who)
    assert not Task.objects.filter(source_kind="meeting_decision").exists()


def test_call_without_lead_units_or_for_a_day_gone_is_refused(cast, meeting, led):
    with pytest.raises(Refused):
        called(cast, meeting, due_on=TODAY - timedelta(days=1))
    Task.objects.update(unit=cast.town)
    with pytest.raises(Refused):
        called(cast, meeting)
    meeting.refresh_from_db()
    assert meeting.call_task_id is None


def test_page_tells_who_has_handed_in_and_who_is_late(cast, meeting, led, signed_in):
    client, address = signed_in("lin"), f"/home/meeting/{meeting.pk}/"
    client.post(f"{address}call/", {"due_on": DUE.isoformat()})
    assert "已交 0 / 2" in client.get(address).content.decode()
    mine = Task.objects.get(unit=cast.office, source_kind="meeting_decision")
    Task.objects.filter(pk=mine.pk).update(state="reported_done")
    Task.objects.filter(unit=cast.economy, source_kind="meeting_decision").update(
        due_on=date(2026, 6, 15)
    )
    page = client.get(address).content.decode()
    assert "已交 1 / 2" in page
    assert "逾期 3 天" in page


def test_bad_day_is_told(meeting, led, signed_in):
    page = signed_in("lin").post(
        f"/home/meeting/{meeting.pk}/call/", {"due_on": "明天"}, follow=True
    )
    assert "请填写落实方案的完成时限" in page.content.decode()


def test_meeting_is_entered_with_its_plan(cast, plan, signed_in):
    answer = signed_in("lin").post(
        reverse("goals:new_meeting"),
        {"title": "谋划会", "held_on": "2026-01-06", "plan": str(plan.pk), "disclosure": "closed"},
    )
    meeting = Meeting.objects.get()
    assert answer["Location"] == f"/home/meeting/{meeting.pk}/"
    assert Plan.objects.get().meeting_id == meeting.pk
    assert "谋划会" in signed_in("wang").get("/home/meeting/").content.decode()
    assert signed_in("fang").get(f"/home/meeting/{meeting.pk}/").status_code == 404


def test_village_sees_its_own_tasks_only(cast, meeting, led, new, signed_in):
    own = new("清河", roles=Roles(lead_unit=cast.east.pk))
    page = signed_in("wang").get(f"/home/meeting/{meeting.pk}/").content.decode()
    assert f"/ledger/task/{own.pk}/" in page
    assert f"/ledger/task/{led[0].pk}/" not in page


def test_page_takes_a_constant_number_of_queries(
    cast, plan, line, meeting, text, signed_in,
    django_assert_num_queries, django_assert_max_num_queries,
):  # fmt: skip
    called(cast, meeting)
    client, address = signed_in("lin"), f"/home/meeting/{meeting.pk}/"
    with django_assert_max_num_queries(26) as first:
        client.get(address)
    crowd(cast, plan, line, 300)
    with django_assert_num_queries(len(first)):
        client.get(address)
