"""Remedies that need more than one field: posts, loads, duty lists, passages, shares, 待定."""

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest

from luoshi.documents.models import Document, DraftItem, Passage
from luoshi.domain.base import Period
from luoshi.goals.models import Note, PlanDocument
from luoshi.home.queries.coverage import findings
from luoshi.indicators import actions as indicators
from luoshi.indicators.actions import Aim, Defining, Dividing, Naming
from luoshi.indicators.models import Indicator, Target
from luoshi.indicators.sharing import Taker
from luoshi.ledger.models import Assignment, Task
from luoshi.ledger.queries import Roles
from luoshi.org.models import DutyItem, Post
from tests.cast import TODAY, person, post

from .conftest import NOW
from .test_coverage import bare, codes, form_of, send


def of(cast, plan, code):
    return [one for one in findings(cast.actor("lin"), TODAY, plan) if one.code == code]


def test_post_with_nothing_gets_its_routine_written(cast, plan, line, signed_in):
    mine = cast.posts["sun"]
    assert mine.pk in {one.where.id for one in of(cast, plan, "C09")}
    client = signed_in("lin")
    send(client, form_of(client, "write_routine", mine.pk), value="受理窗口、月度统计报表")
    assert Post.objects.get(pk=mine.pk).routine == "受理窗口、月度统计报表"
    assert mine.pk not in {one.where.id for one in of(cast, plan, "C09")}


def test_overloaded_person_hands_one_item_to_who_has_room(cast, plan, line, new, signed_in):
    posts = [cast.posts["sun"], *(post(cast.economy, f"干事{n}", "staff", n + 3) for n in range(3))]
    for number, extra in enumerate(posts[1:]):
        person(f"干事{number}", extra, login=f"clerk{number}")

    def give(mine, days):
        owner = Roles(lead_unit=cast.economy.pk, owner=mine.pk)
        return new("办事", roles=owner, starts_on=TODAY, due_on=TODAY + timedelta(days=days))

    for mine in posts:
        give(mine, 30)
    give(posts[0], 60)
    give(posts[0], 20)
    told = of(cast, plan, "C10")
    assert [one.where.label for one in told] == ["经发办 经发办干事"]
    handed = told[0].remedy.params["task"]
    client = signed_in("lin")
    fields = form_of(client, "hand_item", handed)
    send(client, fields)
    assert not of(cast, plan, "C10")
    assert Assignment.objects.get(task=handed, role="owner", to_on=None).post != posts[0]
    assert Assignment.objects.get(task=handed, role="owner", to_on__isnull=False).post == posts[0]


def test_item_taken_back_by_the_county_names_its_own_line(cast, plan, line, signed_in):
    town = {"jurisdiction": plan.jurisdiction, "unit": plan.unit}
    DutyItem.objects.create(**town, list="withdrawn", position=1, text="燃气经营企业安全检查")
    own = DutyItem.objects.create(**town, list="basic", position=1, text="安全生产宣传")
    task = bare(cast, plan, line)
    Task.objects.filter(pk=task.pk).update(title="开展燃气经营企业安全检查")
    assert "燃气经营企业安全检查" in signed_in("lin").get("/home/coverage/").content.decode()
    client = signed_in("lin")
    send(client, form_of(client, "name_duty", task.pk), value=str(own.pk))
    assert Task.objects.get(pk=task.pk).duty == own
    assert not of(cast, plan, "C12")


def test_unit_with_nothing_supports_a_chosen_item(cast, plan, line, signed_in):
    task = bare(cast, plan, line)
    client = signed_in("lin")
    answer = send(client, form_of(client, "assign_to_unit", cast.west.pk), value="没有这件事")
    assert "请先填写" in answer.content.decode()
    send(client, form_of(client, "assign_to_unit", cast.west.pk), value=f"{task.number} 修路")
    assert Assignment.objects.get(task=task, role="supporting_unit").unit == cast.west


@pytest.fixture
def passage(cast, plan):
    row = {"jurisdiction": plan.jurisdiction}
    text = "修好东村的路"
    document = Document.objects.create(
        **row,
        unit=cast.town,
        title="讲话",
        year=2026,
        origin="pasted",
        state="read",
        text=text,
        added_at=NOW,
    )
    PlanDocument.objects.create(**row, plan=plan, document=document)
    found = Passage.objects.create(**row, document=document, start=0, end=len(text))
    return DraftItem.objects.create(
        **row, document=document, passage=found, position=1, kind="task", title=text
    )


def test_passage_is_taken_up_by_an_item_that_exists(cast, plan, line, passage, signed_in):
    task = bare(cast, plan, line)
    Task.objects.filter(pk=task.pk).update(title="东村的路修好通车")
    client = signed_in("lin")
    fields = form_of(client, "adopt", passage.pk)
    assert str(task.pk) in client.get("/home/coverage/").content.decode()
    send(client, fields, take=str(task.pk))
    passage.refresh_from_db()
    assert (passage.state, passage.adopted_id) == ("adopted", task.pk)
    assert "C11" not in codes(cast, plan)
    assert Task.objects.count() == 1


def test_shares_that_fall_short_are_proposed_whole(cast, plan, line, signed_in):
    whole = bare(cast, plan, line, target_value=Decimal("12.5"), target_unit="公里")
    parts = [
        bare(cast, plan, line, parent_id=whole.pk, target_value=value, target_unit="公里")
        for value in (Decimal(4), Decimal(6))
    ]
    client = signed_in("lin")
    fields = form_of(client, "edit_shares", whole.pk)
    assert [fields[f"share-{part.pk}"] for part in parts] == ["5.0", "7.5"]
    wrong = send(client, fields, **{f"share-{parts[0].pk}": "五公里"})
    assert "不是数字" in wrong.content.decode()
    send(client, fields | {"key": "another"}, **{f"share-{parts[0].pk}": "５.０"})
    assert not of(cast, plan, "C06")


def test_owner_is_left_open_until_a_day(cast, plan, line, signed_in):
    task = bare(cast, plan, line)
    client = signed_in("lin")
    fields = form_of(client, "name_owner", task.pk)
    assert "请先填写" in send(client, fields, open="1", day="").content.decode()
    send(client, fields | {"key": "k"}, open="1", day="2026-07-01")
    assert Task.objects.get(pk=task.pk).undecided_until == date(2026, 7, 1)
    assert "C01" not in codes(cast, plan)


def test_node_of_the_same_name_is_not_moved_in_silence(cast, plan, line, signed_in):
    task = bare(cast, plan, line, starts_on=date(2026, 4, 1), due_on=date(2026, 12, 20))
    client = signed_in("lin")
    fields = form_of(client, "add_milestone", task.pk)
    assert fields["value"] == "第2季度阶段性成果"
    send(client, fields)
    again = send(client, form_of(client, "add_milestone", task.pk), value="第2季度阶段性成果")
    assert "已有名为" in again.content.decode()
    assert [node.due_on for node in task.milestones.all()] == [date(2026, 6, 30)]


def test_changed_target_is_divided_again_by_one_click_as_shown(cast, plan, line, signed_in):
    lin = cast.actor("lin")
    told = {"actor": lin, "today": TODAY}
    made = indicators.create_indicator(
        **told, unit=cast.town, naming=Naming(name="村集体经济收入", kind="flow"),
        defining=Defining(statement="出租收入", measure="万元", decimals=0, source="村账"),
        reporters=(cast.east, cast.west),
    )  # fmt: skip
    of_income = Indicator.objects.get(pk=made.id)
    made = indicators.set_target(
        **told, indicator=of_income, unit=cast.town, period=Period.year(2026),
        aim=Aim(basis="own", value=Decimal(100), plan=plan),
    )  # fmt: skip
    target = Target.objects.get(pk=made.id)
    takers = (Taker(unit=cast.east, weight=Decimal(3)), Taker(unit=cast.west, weight=Decimal(1)))
    indicators.divide_target(
        **told, target=target, version=1, dividing=Dividing(rule="weight", takers=takers)
    )
    Target.objects.filter(pk=target.pk).update(value=Decimal(120))
    client = signed_in("lin")
    text = client.get("/home/coverage/?code=C06").content.decode()
    assert "75 → 90" in " ".join(re.sub("<[^>]+>", " ", text).split())
    before = list(Target.objects.order_by("pk").values_list("pk", "starts_on", "ends_on"))
    send(client, form_of(client, "divide_again", target.pk))
    assert not of(cast, plan, "C06")
    shared = dict(Target.objects.filter(parent=target).values_list("unit__name", "value"))
    assert shared == {"东村": Decimal(90), "西村": Decimal(30)}
    assert before == list(Target.objects.order_by("pk").values_list("pk", "starts_on", "ends_on"))
    # A part that was taken back is not made anew by a click: its page asks.
    Target.objects.filter(parent=target, unit=cast.west).update(state="withdrawn")
    assert of(cast, plan, "C06")
    assert "divide_again" not in client.get("/home/coverage/?code=C06").content.decode()


def test_problem_is_taken_up_by_an_item_that_exists(cast, plan, line, new, signed_in):
    task = new("修通东村产业路")
    note = {"jurisdiction": plan.jurisdiction, "plan": plan, "unit": plan.unit, "kind": "problem"}
    road = Note.objects.create(**note, text="东村产业路不通，农产品运不出", noted_on=TODAY)
    water = Note.objects.create(**note, text="西村饮水不稳", noted_on=TODAY)
    client = signed_in("lin")
    fields = form_of(client, "answer_problem", road.pk)
    send(client, fields, take=str(task.pk))  # the item that shares its words is proposed
    assert Task.objects.get(pk=task.pk).problem == road
    assert [one.where.id for one in of(cast, plan, "C14")] == [water.pk]
    # One item leaves no problem for another; nothing was made.
    send(client, form_of(client, "answer_problem", water.pk), value=f"{task.number} {task.title}")
    assert Task.objects.get(pk=task.pk).problem == road
    assert Task.objects.count() == 1
