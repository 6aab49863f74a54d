"""交办: an item in four fields, handed out in the same act."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from luoshi.journal.models import Entry
from luoshi.ledger.models import Task
from luoshi.ledger.queries import findings, roles_of
from luoshi.org.models import DutyItem
from luoshi.supervision.models import Intake

from .conftest import TODAY

PAGE = "/supervision/intake/"
FOUR = {"title": "统计返乡大学生人数", "who": "东村", "when": "今天17:00", "asked_by": "县教育局"}


@pytest.fixture
def send(signed_in):
    """`send("lin", who="西村")`: the four fields as one posts them."""

    def sent(by="lin", key="k1", **fields):
        return signed_in(by).post(PAGE, FOUR | fields | {"key": key})

    return sent


def test_four_fields_make_an_item_that_is_handed_out(cast, send):
    page = send()
    assert page.status_code == 302
    assert page.url == PAGE
    task = Task.objects.get()
    assert (task.state, task.plan, task.source_kind) == ("assigned", None, "county_assigned")
    assert str(task.due_on) == "2026-06-18"
    assert task.due_at.isoformat() == "2026-06-18T09:00:00+00:00"
    assert task.internal_due_at is None
    assert roles_of([task.pk])[task.pk].lead_unit == cast.east.pk
    kept = Intake.objects.get()
    assert (kept.task, kept.asked_by, kept.placing) == (task, "县教育局", "unknown")
    verbs = set(Entry.objects.filter(subject_id=task.pk).values_list("verb", flat=True))
    assert verbs == {"ledger.task.register", "ledger.task.assign"}
    assert Entry.objects.filter(verb="supervision.intake.enter", subject_id=kept.pk).exists()


def test_a_leader_who_asks_hears_of_it_himself(cast, send):
    send(asked_by="陈书记", who="东村 王书记", when="周五")
    task = Task.objects.get()
    assert (task.source_kind, task.assigned_by_id) == ("instruction", cast.people["chen"].pk)
    assert roles_of([task.pk])[task.pk].owner == cast.posts["wang"].pk
    assert task.due_at is None
    assert Entry.objects.get(verb="ledger.task.assign").person_id == cast.people["lin"].pk


def test_an_hour_of_our_own_is_internal(send):
    send(asked_by="陈书记", when="明天9:00")
    task = Task.objects.get()
    assert task.due_at is None
    assert task.internal_due_at.isoformat() == "2026-06-19T01:00:00+00:00"


@pytest.mark.parametrize("source", Task.Source.values)
def test_every_item_has_one_source_and_only_the_year_s_enters_the_plan(send, plan, source, cast):
    send(source_kind=source)
    task = Task.objects.get()
    assert task.source_kind == source
    assert (task.plan == plan) is (source == "annual_focus")
    told = {finding.where.id for finding in findings(cast.actor("lin"), TODAY, plan)}
    assert (task.pk in told) is (source == "annual_focus")


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"who": "南村"}, "没有找到"), ({"who": ""}, "必填"), ({"when": "尽快"}, "看不懂时限"),
        ({"when": "6.1"}, "补录"), ({"title": ""}, "必填"), ({"asked_by": " "}, "必填"),
    ],
)  # fmt: skip
def test_what_is_not_clear_is_asked_and_what_was_typed_is_kept(send, fields, said):
    page = send(**fields)
    assert page.status_code == 422
    text = page.content.decode()
    assert said in text or "这个字段是必填项" in text
    assert "县教育局" in text or "asked_by" in fields
    assert not Task.objects.exists()


def test_a_day_that_passed_needs_a_reason(send):
    assert send(when="6.1").status_code == 422
    assert send(when="6.1", reason="会后补录").status_code == 302
    assert str(Task.objects.get().due_on) == "2026-06-01"


def test_sent_twice_it_is_one(send):
    assert send().status_code == send().status_code == 302
    assert Task.objects.count() == Intake.objects.count() == 1
    send(key="k2")
    assert Task.objects.count() == 2


def test_the_duty_lists_are_asked(cast, send, signed_in):
    mine = {"jurisdiction": cast.county.jurisdiction, "unit": cast.town}
    DutyItem.objects.create(**mine, list="basic", position=1, text="组织农村人居环境整治和日常管护")
    DutyItem.objects.create(
        **mine, list="withdrawn", position=1, text="对燃气经营企业安全生产的行政检查",
        department="县住建局",
    )  # fmt: skip
    send(title="对燃气经营企业安全生产开展行政检查", key="a")
    send(title="统计返乡大学生人数", key="b")
    send(title="农村人居环境整治月检查", key="c")
    told = dict(Intake.objects.values_list("task__title", "placing"))
    assert list(told.values()) == ["withdrawn", "outside", "listed"]
    text = signed_in("lin").get(PAGE).content.decode()
    assert "像是上级收回事项" in text
    assert "县住建局" in text


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("lin", 200),
        ("chen", 200),
        ("zhou", 200),
        ("wang", 403),
        ("ma", 403),
        ("zhao", 403),
        ("gao", 403),
    ],
)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_page_is_the_office_s(signed_in, send, who, status, language):
    send()
    client = signed_in(who)
    client.cookies["django_language"] = language
    page = client.get(PAGE)
    assert page.status_code == status
    assert ("统计返乡大学生人数" in page.content.decode()) is (status == 200)


@pytest.mark.parametrize("who", ["wang", "zhou", "zhao"])
def test_who_does_not_assign_enters_nothing(send, who):
    assert send(who).status_code == 403
    assert not Task.objects.exists()


def test_another_town_s_arrivals_do_not_show(signed_in, send):
    send()
    assert "统计返乡大学生人数" not in signed_in("fang").get(PAGE).content.decode()


def test_the_share_of_temporary_work_is_told_by_unit(cast, signed_in, send, plan, task):
    send(key="a")
    send(key="b")
    text = signed_in("lin").get(PAGE).content.decode()
    row = re.search(r"<th scope=\"row\">.*?东村.*?</tr>", text).group()
    assert re.findall(r">(\d+%?)<", row) == ["3", "2", "67%"]


def test_the_page_asks_a_constant_number_of_queries(cast, signed_in, send, plan, act):
    client = signed_in("lin")

    def queries():
        with CaptureQueriesContext(connection) as asked:
            assert client.get(PAGE).status_code == 200
        return len(asked)

    send()
    queries()
    first = queries()
    for n in range(12):
        send(key=f"k{n}", asked_by=f"县{n}局")
    assert queries() <= first
    assert first <= 30


def test_a_person_who_left_is_not_assigned(cast, send):
    from luoshi.org.models import Term

    Term.objects.filter(person=cast.people["ma"]).update(to_on="2026-06-01")
    page = send(who="马文书")
    assert page.status_code == 422
    assert "已离岗" in page.content.decode()
