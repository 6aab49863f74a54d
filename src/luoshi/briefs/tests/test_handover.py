"""工作交接单: the pack on page and paper, and the hand-over from it."""

from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document as Paper

from luoshi.briefs.handover import before_turnover, pack_of
from luoshi.goals import actions as goals
from luoshi.goals.models import Plan
from luoshi.ledger import actions as ledger
from luoshi.ledger.actions import NewMilestone, NewTask
from luoshi.ledger.models import Assignment, Task
from luoshi.ledger.queries import Roles
from luoshi.org.models import Post
from tests.cast import TODAY

NOW = datetime(2026, 6, 18, 2, tzinfo=UTC)


@pytest.fixture
def plan(cast):
    made = goals.create_plan(actor=cast.actor("lin"), today=TODAY, unit=cast.town, year=2026)
    return Plan.objects.get(pk=made.id)


@pytest.fixture
def new(cast, plan):
    def made(title, **fields):
        roles = Roles(
            lead_leader=cast.posts["liu"].pk, lead_unit=cast.east.pk,
            supporting=(cast.economy.pk,), owner=cast.posts["wang"].pk,
        )  # fmt: skip
        node = NewMilestone(title="路基完成", due_on=date(2026, 8, 31))
        item = NewTask(
            title=title, roles=roles, due_on=date(2026, 10, 31), milestones=(node,), **fields
        )
        told = {"actor": cast.actor("lin"), "today": TODAY, "now": NOW}
        return Task.objects.get(pk=ledger.register_task(**told, new=item, plan=plan).id)

    return made


def test_pack_holds_items_promises_dates_and_contacts(cast, new):
    new("修通产业路")
    new("镇长办公会议定的桥", source_kind=Task.Source.MEETING)
    Post.objects.filter(pk=cast.posts["wang"].pk).update(routine="村务公开")
    pack = pack_of(cast.actor("lin"), TODAY, Post.objects.get(pk=cast.posts["wang"].pk))
    assert [held.row.task.title for held in pack.items] == ["修通产业路", "镇长办公会议定的桥"]
    assert [held.row.task.title for held in pack.promises] == ["镇长办公会议定的桥"]
    assert {(held.next_on, held.next_what) for held in pack.dates} == {
        (date(2026, 8, 31), "路基完成")
    }
    assert {(one.role, one.post, one.person) for one in pack.contacts} == {
        ("牵头领导", "副镇长", "刘副镇长"), ("牵头配合单位", "经发办主任", "钱主任"),
    }  # fmt: skip
    assert [post.routine for post in pack.routine] == ["村务公开"]
    unit = pack_of(cast.actor("lin"), TODAY, cast.east)
    assert {held.role for held in unit.items} == {"牵头单位、责任人"}


def test_paper_says_what_the_page_says(cast, new, signed_in):
    new("修通产业路")
    there = reverse("briefs:handover_post_docx", args=[cast.posts["wang"].pk])
    answer = signed_in("wang").get(there)
    paper = Paper(BytesIO(answer.content))
    text = "\n".join(p.text for p in paper.paragraphs)
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    assert "未办结事项（1项）" in text
    assert "移交人" in text
    assert {"修通产业路", "2026年10月31日", "待补", "路基完成"} <= set(cells)


def test_hand_over_from_the_page(cast, new, signed_in):
    task = new("修通产业路")
    there = reverse("briefs:hand_post", args=[cast.posts["wang"].pk])
    fields = {"to": str(cast.posts["ma"].pk), "reason": "调离", "key": "k"}
    assert "已移交1项" in signed_in("lin").post(there, fields, follow=True).content.decode()
    assert Assignment.objects.get(task=task, role="owner", to_on=None).post == cast.posts["ma"]
    page = signed_in("lin").get(reverse("briefs:handover_post", args=[cast.posts["wang"].pk]))
    assert "没有未办结事项" in page.content.decode()
    foreign = {"to": str(cast.posts["shi"].pk), "reason": "", "key": "k2"}
    there = reverse("briefs:hand_post", args=[cast.posts["ma"].pk])
    assert "理由" in signed_in("lin").post(there, foreign, follow=True).content.decode()


def test_pack_costs_the_same_for_more_items(cast, new, signed_in):
    def cost():
        client = signed_in("lin")
        with CaptureQueriesContext(connection) as caught:
            there = reverse("briefs:handover_unit", args=[cast.east.pk])
            assert client.get(there).status_code == 200
        return len(caught)

    new("甲")
    few = cost()
    for _ in range(8):
        new("乙")
    assert cost() == few


def test_before_a_change_of_terms_every_post_is_listed_with_its_pack(cast, new, signed_in):
    new("修路")
    rows = before_turnover(cast.actor("lin"), TODAY, cast.town)
    told = {row.post.pk: (row.person, row.items, row.promises) for row in rows}
    assert told[cast.posts["wang"].pk] == (cast.people["wang"], True, False)
    assert told[cast.posts["xu"].pk] == (cast.people["xu"], False, False)
    new("会上定的", source_kind="meeting_decision")

    def cost():
        with CaptureQueriesContext(connection) as caught:
            before_turnover(cast.actor("lin"), TODAY, cast.town)
        return len(caught)

    few = cost()
    for n in range(20):
        new(f"又{n}")
    assert cost() == few <= 8
    page = signed_in("lin").get(f"/briefs/handover/terms/{cast.town.pk}/").content.decode()
    assert f"/briefs/handover/post/{cast.posts['wang'].pk}/" in page
    assert before_turnover(cast.actor("wang"), TODAY, cast.west) is None
