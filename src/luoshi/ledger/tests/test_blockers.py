"""堵点: raised with a report, the needed one's own item, answered, cleared; nobody else's move."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from luoshi.domain.base import Refused
from luoshi.journal.actions import on_behalf
from luoshi.journal.models import Entry
from luoshi.ledger import actions, queries
from luoshi.ledger.actions import Said
from luoshi.ledger.actions.blocking import mirror
from luoshi.ledger.models import Blocker, Task
from luoshi.ledger.queries.blocking import open_rows
from luoshi.ledger.tests.conftest import NOW, TODAY

TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def raised(cast, task, act):
    """`raised(unit=…)`: what 东村 is blocked by, asked of a unit or a post."""

    def make(text="占地手续未批", unit=None, post=None, **facts):
        asked = {"blocker_needs_id": (unit or cast.economy).pk} if post is None else {}
        if post is not None:
            asked = {"blocker_post_id": post.pk}
        said = Said(text="等批复", blocker=text, blocker_reason="formalities", **asked, **facts)
        act("wang", actions.report, task=Task.objects.get(pk=task.pk), said=said)
        return Blocker.objects.get(text=text)

    return make


def refused(code):
    return pytest.raises(Refused, match=code)


def owed(cast, who):
    return [
        (one.kind, one.blocker.text) for one in queries.owed(cast.actor(who), TODAY) if one.blocker
    ]


def test_blocker_becomes_the_item_of_whom_it_names(cast, raised):
    row = raised(blocker_wants="用地预审意见", blocker_by=date(2026, 6, 30))
    assert (row.reason, row.needs, row.raised_on) == ("formalities", "用地预审意见", TODAY)
    assert owed(cast, "qian") == [("unblock", "占地手续未批")]
    assert owed(cast, "wang") == owed(cast, "xu") == owed(cast, "sun") == []
    task = Task.objects.get(pk=row.task_id)
    assert (task.blocker, task.blocker_needs, task.blocked_on) == (row.text, cast.economy, TODAY)


def test_blocker_asked_of_a_post_is_owed_by_its_holder(cast, raised):
    raised(post=cast.posts["liu"])
    assert owed(cast, "liu") == [("unblock", "占地手续未批")]
    assert owed(cast, "qian") == []


def test_answer_hands_the_move_back_and_clearing_ends_it(cast, raised, act):
    row = raised()
    act("qian", actions.promise_blocker, blocker=row, by=TOMORROW)
    assert owed(cast, "qian")
    act("qian", actions.answer_blocker, blocker=row, text="预审意见已出")
    assert (owed(cast, "qian"), owed(cast, "wang")) == ([], [("unblock", "占地手续未批")])
    act("wang", actions.clear_blocker, blocker=row)
    assert owed(cast, "wang") == owed(cast, "qian") == []
    row.refresh_from_db()
    assert (row.state, row.cleared_on, row.cleared_by_id) == (
        "cleared", TODAY, cast.people["wang"].pk,
    )  # fmt: skip
    assert Task.objects.get(pk=row.task_id).blocker == ""
    verbs = (
        Entry.objects.filter(subject_id=row.pk).order_by("at", "id").values_list("verb", flat=True)
    )
    assert sorted(set(verbs)) == [
        "ledger.blocker.answer", "ledger.blocker.clear", "ledger.blocker.promise",
        "ledger.task.report",
    ]  # fmt: skip


def test_sent_back_once_and_then_it_is_answered(cast, raised, act):
    row = raised()
    act("qian", actions.send_back_blocker, blocker=row, text="属自然资源所")
    assert (owed(cast, "qian"), len(owed(cast, "wang"))) == ([], 1)
    act("wang", actions.point_blocker, blocker=row, unit_id=cast.west.pk)
    assert owed(cast, "xu") == [("unblock", "占地手续未批")]
    with refused("blocking.returned_already"):
        act("xu", actions.send_back_blocker, blocker=row, text="也不是我们")
    act("xu", actions.answer_blocker, blocker=row, text="已协调")


def test_what_did_not_solve_it_is_pressed_again(cast, raised, act):
    row = raised()
    act("qian", actions.answer_blocker, blocker=row, text="打过电话了")
    act("wang", actions.press_blocker, blocker=row, text="仍未批")
    assert owed(cast, "qian") == [("unblock", "占地手续未批")]


def test_a_promise_that_moves_is_counted(raised, act):
    row = raised()
    for days in (3, 5, 5, 2):
        act("qian", actions.promise_blocker, blocker=row, by=TODAY + timedelta(days=days))
    row.refresh_from_db()
    assert (row.promised_for, row.promise_moves) == (TODAY + timedelta(days=2), 1)


def test_only_the_needed_one_answers_and_only_the_raiser_clears(raised, act):
    row = raised()
    with refused("blocking.not_needed"):
        act("wang", actions.answer_blocker, blocker=row, text="自己答复")
    with refused("blocking.not_raiser"):
        act("qian", actions.clear_blocker, blocker=row)
    with refused("blocking.not_needed"):
        act("zhao", actions.answer_blocker, blocker=row, text="县里代答")
    with refused("blocking.day_passed"):
        act("qian", actions.promise_blocker, blocker=row, by=TODAY - timedelta(days=1))
    with refused("blocking.needs_words"):
        act("qian", actions.answer_blocker, blocker=row, text=" ")
    row.refresh_from_db()
    assert (row.state, row.version) == ("open", 1)


def test_the_office_types_for_a_unit_and_it_is_told(raised, act):
    row = raised()
    act("lin", actions.answer_blocker, blocker=row, text="电话答复：已批")
    row.refresh_from_db()
    assert row.answer_typed
    assert row.state == "answered"


def test_report_done_clears_what_stood_in_the_way(cast, raised, act):
    row = raised()
    act("wang", actions.report_done, task=row.task, said=Said(text="已通车"))
    row.refresh_from_db()
    assert row.state == "cleared"
    assert owed(cast, "qian") == []


def test_the_same_words_twice_are_one_blocker(raised):
    raised()
    assert raised().pk
    assert Blocker.objects.count() == 1


def test_unknown_needed_is_refused_and_nothing_is_kept(cast, task, act):
    said = Said(text="等", blocker="缺资金", blocker_needs_id=task.pk)
    with refused("blocking.unknown_needed"):
        act("wang", actions.report, task=task, said=said)
    assert not Blocker.objects.exists()
    assert not task.reports.exists()


def test_two_answer_at_once_and_a_double_click_writes_once(raised, act):
    row = raised()
    facts = {"blocker": row, "text": "已批", "version": 1, "key": "k1"}
    first = act("qian", actions.answer_blocker, **facts)
    again = act("qian", actions.answer_blocker, **facts)
    assert again.repeated
    assert first.id == again.id
    with refused("blocking.not_now"):
        act("lin", actions.answer_blocker, blocker=row, text="也答一次", version=1)


def test_an_answer_after_the_post_ended_is_refused(cast, raised, act):
    row = raised()
    term = cast.posts["qian"].terms.get()
    term.to_on = TODAY - timedelta(days=1)
    term.save()
    with refused("blocking.not_needed"):
        act("qian", actions.answer_blocker, blocker=row, text="已批")


def test_item_keeps_its_oldest_open_blocker_and_a_rebuild_changes_nothing(cast, raised, act):
    first, second = raised(), raised("缺资金", unit=cast.west)
    act("wang", actions.clear_blocker, blocker=first)
    task = Task.objects.get(pk=first.task_id)
    assert (task.blocker, task.blocker_needs) == (second.text, cast.west)
    kept = {name: getattr(task, name) for name in ("blocker", "blocker_needs_id", "blocked_on")}
    assert mirror(list(open_rows(cast.actor("lin"), task))) == kept


def test_the_needed_unit_sees_the_blocker_and_not_the_item(cast, raised):
    row = raised(unit=cast.west)
    xu, shi = cast.actor("xu"), cast.actor("shi")
    assert queries.blocker_for(xu, TODAY, row.pk) == row
    assert queries.task_for(xu, TODAY, row.task_id) is None
    assert queries.blocker_for(shi, TODAY, row.pk) is None


def test_database_refuses_what_the_law_refuses(cast, raised):
    row = raised()
    for bad in (
        {"needs_post": cast.posts["liu"]},
        {"state": "promised"},
        {"state": "answered"},
        {"state": "cleared"},
        {"cleared_on": TODAY},
        {"returns": 2},
        {"text": ""},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Blocker.objects.filter(pk=row.pk).update(**bad)


def test_owed_costs_the_same_for_one_blocker_and_for_many(cast, raised, django_assert_num_queries):
    raised()
    qian = cast.actor("qian")
    with django_assert_num_queries(3):
        queries.owed(qian, TODAY)
    for number in range(6):
        raised(f"堵点{number}")
    with django_assert_num_queries(3):
        assert len(queries.owed(qian, TODAY)) == 7
    with refused("blocking.too_many"):
        for number in range(6, 9):
            raised(f"堵点{number}")


def test_blocker_page_answers_and_leads_back(cast, raised, client):
    row = raised()
    client.force_login(cast.account("qian"))
    page = client.get(f"/ledger/blocker/{row.pk}/")
    assert "占地手续未批" in page.content.decode()
    empty = client.post(f"/ledger/blocker/{row.pk}/", {"says": "answer", "text": "", "version": 1})
    assert empty.status_code == 422
    sent = {"says": "answer", "text": "已批", "version": 1, "next": "/ledger/my-week/", "key": "k"}
    answer = client.post(f"/ledger/blocker/{row.pk}/", sent)
    assert answer.url == "/ledger/my-week/"
    row.refresh_from_db()
    assert row.state == "answered"
    stale = client.post(f"/ledger/blocker/{row.pk}/", {"says": "promise", "by": "2026-07-01"})
    assert stale.status_code == 422
    assert "刷新" in stale.content.decode()


def test_a_blocker_that_names_nobody_is_asked_for_a_name(cast, task, client):
    client.force_login(cast.account("wang"))
    sent = {"text": "等批复", "blocker": "占地手续未批", "key": "k"}
    answer = client.post(f"/ledger/task/{task.pk}/report/", sent)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "请选择需要哪个单位或岗位解决" in text
    assert "占地手续未批" in text
    sent |= {"blocker_needs": f"post:{cast.posts['liu'].pk}", "blocker_reason": "land", "key": "k2"}
    assert client.post(f"/ledger/task/{task.pk}/report/", sent).status_code == 302
    row = Blocker.objects.get()
    assert (row.needs_post, row.reason) == (cast.posts["liu"], "land")


def test_report_typed_for_wang_names_him_as_the_raiser(cast, task, act):
    actor = on_behalf(cast.actor("lin"), cast.people["wang"].pk)
    said = Said(text="等", blocker="缺资金", blocker_needs_id=cast.economy.pk)
    actions.report(actor=actor, today=TODAY, now=NOW, task=task, said=said)
    assert Blocker.objects.get().raised_by_id == cast.people["wang"].pk
