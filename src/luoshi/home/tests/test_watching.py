"""盯办清单: what a leader holds, each with next action and day; whose page it is, what it costs."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from luoshi.home.queries.watching import watch_page
from luoshi.ledger import actions as ledger
from luoshi.ledger.actions import Said
from luoshi.ledger.models import Task
from luoshi.ledger.queries import Roles
from luoshi.supervision import actions as supervision
from luoshi.supervision.actions import NewOrder, Note, Promised
from luoshi.supervision.queries import leader_post
from tests.cast import TODAY

from .conftest import NOW

WATCH = "home:watch"


@pytest.fixture
def act(cast):
    def acting(who, action, day=TODAY, **facts):
        return action(actor=cast.actor(who, day), today=day, now=NOW, **facts)

    return acting


@pytest.fixture
def held(cast, act, new):
    """One of each kind of 刘副镇长: watched, waiting for his answer, promised, asked for."""
    roles = Roles(lead_unit=cast.east.pk, lead_leader=cast.posts["liu"].pk)
    watched, stuck = new("修通产业路"), new("安装变压器")
    for row in (watched, stuck):
        act("lin", ledger.assign, task=row, roles=roles)
        act("wang", ledger.sign_for, task=row)
    act("liu", supervision.watch, task=watched, step="到现场看", step_on=date(2026, 6, 22))
    said = Said(text="卡住", blocker="没电", blocker_post_id=cast.posts["liu"].pk)
    act("wang", ledger.report, task=stuck, said=said)
    promised = Promised(text="给泵站通电", unit_id=cast.economy.pk, due_on=date(2026, 7, 31))
    note = Note(visited_on=TODAY, place="东村", seen="没电", promised=promised)
    act("liu", supervision.note_visit, note=note)
    order = NewOrder(
        source="instruction",
        basis="副镇长调研时要求",
        requirement="清沟",
        asked_by_id=cast.people["liu"].pk,
        title="清理排水沟",
        roles=Roles(lead_unit=cast.west.pk),
    )
    act("lin", supervision.register_order, new=order)
    return watched


def page_of(cast, who="liu", day=TODAY, post="liu"):
    actor = cast.actor(who, day)
    return watch_page(actor, day, leader_post(actor, day, cast.posts[post].pk))


def test_each_item_stands_once_with_its_next_action_and_day(cast, held):
    page = page_of(cast)
    told = {one.kind: (one.task.title, one.on) for one, _late in page.held}
    assert told["watch"] == ("修通产业路", date(2026, 6, 22))
    assert told["promise"] == ("给泵站通电", date(2026, 7, 31))
    assert told["blocker"][0] == "安装变压器"
    assert told["instruction"][0] == "清理排水沟"
    assert len(page.held) == 4
    assert all(one.step or one.next for one, _late in page.held)
    days = [one.on for one, _late in page.held]
    assert days == sorted(days)


def test_what_was_asked_for_stays_until_it_is_closed(cast, held, act):
    task = Task.objects.get(title="给泵站通电")
    words = lambda: {o.task.title: o.next.code for o, _ in page_of(cast).held if o.next}  # noqa: E731
    assert words()["给泵站通电"] == "watching.next.assigned"
    act("qian", ledger.sign_for, task=task)
    assert words()["给泵站通电"] == "watching.next.under_way"
    late = {o.task.title: n for o, n in page_of(cast, day=date(2026, 8, 5)).held}
    assert late["给泵站通电"] == 5
    act("qian", ledger.report_done, task=task, said=Said(text="已通电"))
    assert words()["给泵站通电"] == "watching.next.done"
    Task.objects.filter(pk=task.pk).update(state="completed", closed_on=TODAY)
    assert "给泵站通电" not in words()


def test_a_colleague_has_none_of_it_and_the_office_sees_the_same(cast, held):
    assert page_of(cast, "chen", post="chen").held == []
    office = page_of(cast, "lin")
    assert [one.task.pk for one, _ in office.held] == [one.task.pk for one, _ in page_of(cast).held]
    assert office.told is None
    assert page_of(cast).told is not None


def test_the_page_and_who_may_open_it(signed_in, cast, held):
    liu, lin = signed_in("liu"), signed_in("lin")
    page = liu.get(reverse(WATCH)).content.decode()
    for words in ("到现场看", "没电", "给泵站通电", "清理排水沟", "走访建议", "2026年走访1次"):
        assert words in page
    assert "刘副镇长" in lin.get(reverse(WATCH)).content.decode()
    other = reverse("home:watch_of", args=[cast.posts["liu"].pk])
    typed = lin.get(other).content.decode()
    assert "到现场看" in typed
    assert "走访1次" not in typed
    assert signed_in("chen").get(other).status_code == 404
    assert signed_in("fang").get(other).status_code == 404
    for who in ("wang", "ma", "zhao", "zhou", "gao"):
        assert signed_in(who).get(reverse(WATCH)).status_code == 403


def test_an_empty_list_says_the_next_step(signed_in, cast):
    page = signed_in("chen").get(reverse(WATCH)).content.decode()
    assert "列入盯办" in page
    assert "不必为走访而走访" in page


def test_it_asks_a_constant_number_of_queries(
    cast, held, act, new, signed_in, django_assert_max_num_queries
):
    roles = Roles(lead_unit=cast.east.pk, lead_leader=cast.posts["liu"].pk)
    for n in range(8):
        row = new(f"修渠{n}", due_on=TODAY - timedelta(days=20))
        act("lin", ledger.assign, task=row, roles=roles)
        act("wang", ledger.sign_for, task=row)
        act("liu", supervision.watch, task=row, step="看", step_on=TODAY)
        act("liu", supervision.note_visit, note=Note(visited_on=TODAY, place=f"{n}", seen="看"))
    client = signed_in("liu")
    client.get(reverse(WATCH))
    with django_assert_max_num_queries(42):
        client.get(reverse(WATCH))
