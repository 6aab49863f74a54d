"""延期: asked before the deadline, agreed, approved; every date that moves is kept."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, close_old_connections, connections, transaction

from luoshi.domain.base import Refused
from luoshi.journal.actions import on_behalf
from luoshi.journal.models import Entry
from luoshi.ledger import actions as ledger
from luoshi.ledger.models import DueMove, Task
from luoshi.supervision import actions
from luoshi.supervision.models import Extension
from luoshi.supervision.queries import owed
from tests.cast import make

from .conftest import NOW, TODAY
from .test_checks import refusal

DUE, LATER = date(2026, 10, 31), date(2026, 11, 30)
WHY = "汛期停工20天"


@pytest.fixture
def asked(task, act):
    """Wang asks for a month more."""
    act("wang", actions.ask_extension, task=task, new_due_on=LATER, reason=WHY)
    return Extension.objects.get()


def test_asked_agreed_approved_moves_the_deadline(cast, task, asked, act):
    assert (asked.state, asked.old_due_on, asked.asked_by_id) == (
        "asked", DUE, cast.people["wang"].pk,
    )  # fmt: skip
    act("liu", actions.agree_extension, task=task)
    asked.refresh_from_db()
    assert (asked.state, asked.agreed_by_id) == ("agreed", cast.people["liu"].pk)
    task.refresh_from_db()
    assert task.due_on == DUE
    act("lin", actions.approve_extension, task=task)
    task.refresh_from_db()
    asked.refresh_from_db()
    assert (task.due_on, task.first_due_on, task.due_moves) == (LATER, DUE, 1)
    assert (asked.state, asked.decided_on) == ("approved", TODAY)
    moved = DueMove.objects.get()
    people = [cast.people[name].pk for name in ("wang", "liu", "lin")]
    assert [moved.asked_by_id, moved.agreed_by_id, moved.approved_by_id] == people
    verbs = Entry.objects.filter(verb__startswith="supervision.").values_list("verb", flat=True)
    assert sorted(verbs) == [
        "supervision.extension.agree",
        "supervision.extension.approve",
        "supervision.extension.ask",
    ]
    assert Entry.objects.filter(verb="ledger.task.move_due", subject_id=task.pk).exists()


def test_one_approval_where_leader_and_assigner_are_one_and_the_journal_says_so(
    new, act, roles, cast
):
    row = new()
    act("liu", ledger.assign, task=row, roles=roles)
    act("wang", ledger.sign_for, task=row)
    act("wang", actions.ask_extension, task=row, new_due_on=LATER, reason=WHY)
    act("liu", actions.agree_extension, task=row)
    row.refresh_from_db()
    assert row.due_on == LATER
    kept = Extension.objects.get()
    assert (kept.state, kept.agreed_by_id, kept.approved_by_id) == (
        "approved", cast.people["liu"].pk, cast.people["liu"].pk,
    )  # fmt: skip
    entry = Entry.objects.get(verb="supervision.extension.agree")
    assert "note.closing.note.one_approval" in entry.changes


@pytest.mark.parametrize(("day", "allowed"), [(DUE, True), (DUE + timedelta(days=1), False)])
def test_an_extension_is_asked_before_the_deadline_ends(task, act, day, allowed):
    def ask():
        act("wang", actions.ask_extension, day=day, task=task, new_due_on=LATER, reason=WHY)

    if allowed:
        ask()
    else:
        assert refusal(ask) == "closing.extension_too_late"
    assert Extension.objects.exists() is allowed


@pytest.mark.parametrize(
    ("who", "facts", "code"),
    [
        ("wang", {"reason": " "}, "closing.needs.reason"),
        ("wang", {"new_due_on": DUE}, "closing.new_date_not_later"),
        ("xu", {}, "closing.who.ask_extension"),
        ("qian", {}, "closing.who.ask_extension"),
        ("lin", {}, "closing.who.ask_extension"),
    ],
)
def test_what_is_wrong_with_a_request_is_said(task, act, who, facts, code):
    given = {"new_due_on": LATER, "reason": WHY} | facts
    assert refusal(lambda: act(who, actions.ask_extension, task=task, **given)) == code
    assert not Extension.objects.exists()
    assert not Entry.objects.filter(verb="supervision.extension.ask").exists()


def test_a_second_request_waits_for_the_first(task, asked, act):
    def again():
        act("wang", actions.ask_extension, task=task, new_due_on=LATER, reason=WHY)

    assert refusal(again) == "closing.extension_pending"
    act("liu", actions.refuse_extension, task=task, reason="工期够用")
    again()
    assert sorted(Extension.objects.values_list("state", flat=True)) == ["asked", "refused"]


def test_the_assigner_does_not_approve_before_the_leader_agrees(task, asked, act):
    code = refusal(lambda: act("lin", actions.approve_extension, task=task))
    assert code == "closing.leader_agrees_first"
    for who in ("wang", "xu", "zhou"):
        code = refusal(lambda who=who: act(who, actions.agree_extension, task=task))
        assert code == "closing.who.agree_extension"


def test_a_refusal_has_a_reason_and_moves_nothing(cast, task, asked, act):
    code = refusal(lambda: act("liu", actions.refuse_extension, task=task, reason=""))
    assert code == "closing.needs.reason"
    act("liu", actions.refuse_extension, task=task, reason="工期够用")
    asked.refresh_from_db()
    task.refresh_from_db()
    assert (asked.state, asked.answer, task.due_on) == ("refused", "工期够用", DUE)
    assert Entry.objects.get(verb="supervision.extension.refuse").reason == "工期够用"
    code = refusal(lambda: act("liu", actions.agree_extension, task=task))
    assert code == "closing.no_extension"


def test_the_office_types_a_request_for_who_carries_it(cast, task, act):
    lin = cast.actor("lin")
    given = {"task": task, "new_due_on": LATER, "reason": WHY}
    stranger = on_behalf(lin, cast.people["xu"].pk)
    assert refusal(lambda: act(stranger, actions.ask_extension, **given)) == "ledger.person_left"
    act(on_behalf(lin, cast.people["wang"].pk), actions.ask_extension, **given)
    assert Extension.objects.get().asked_by_id == cast.people["wang"].pk
    entry = Entry.objects.get(verb="supervision.extension.ask")
    assert (entry.person_id, entry.on_behalf_of) == (lin.person_id, cast.people["wang"].pk)


def test_a_superior_s_deadline_moves_only_with_the_reply(task, act):
    Task.objects.filter(pk=task.pk).update(source_kind="county_assigned")
    code = refusal(
        lambda: act("wang", actions.ask_extension, task=task, new_due_on=LATER, reason=WHY)
    )
    assert code == "closing.beyond_superior"
    common = {"task": task, "new_due_on": LATER}
    code = refusal(lambda: act("lin", ledger.move_deadline, **common, superior_reply=" "))
    assert code == "closing.needs.superior_reply"
    act("lin", ledger.move_deadline, **common, superior_reply="县府办函〔2026〕3号")
    task.refresh_from_db()
    assert task.due_on == LATER


def test_an_item_from_above_moves_only_its_internal_deadline(task, act):
    inside = NOW.replace(month=9, day=30)
    Task.objects.filter(pk=task.pk).update(source_kind="county_assigned", internal_due_at=inside)
    later = date(2026, 10, 20)
    act("wang", actions.ask_extension, task=task, new_due_on=later, reason=WHY)
    act("liu", actions.agree_extension, task=task)
    act("lin", actions.approve_extension, task=task)
    task.refresh_from_db()
    assert task.due_on == DUE
    assert task.internal_due_at.date() == later


def test_a_date_moved_by_others_since_is_not_moved_back(task, asked, act):
    act("liu", actions.agree_extension, task=task)
    Task.objects.filter(pk=task.pk).update(due_on=date(2026, 12, 20))
    code = refusal(lambda: act("lin", actions.approve_extension, task=task))
    assert code == "closing.new_date_not_later"
    assert not DueMove.objects.exists()


def test_one_key_sent_twice_is_one_request(task, act):
    sent = {"task": task, "new_due_on": LATER, "reason": WHY, "key": "twice"}
    act("wang", actions.ask_extension, **sent)
    assert act("wang", actions.ask_extension, **sent).repeated
    assert Extension.objects.count() == 1


def test_the_database_keeps_one_open_request_and_a_later_date(cast, task, asked):
    same = {
        "task": task, "unit_id": task.unit_id, "old_due_on": DUE, "reason": WHY,
        "asked_on": TODAY, "asked_by_id": cast.people["wang"].pk,
    }  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        make(Extension, cast, new_due_on=LATER, **same)
    with pytest.raises(IntegrityError), transaction.atomic():
        make(Extension, cast, new_due_on=DUE, state="refused", **same)


def test_who_must_decide_is_owed_the_decision(cast, task, asked, act):
    def kinds(who):
        return [item.kind for item in owed(cast.actor(who), TODAY)]

    assert (kinds("liu"), kinds("lin"), kinds("wang")) == (["agree"], [], [])
    act("liu", actions.agree_extension, task=task)
    assert (kinds("liu"), kinds("lin"), kinds("he")) == ([], ["approve"], [])
    act("lin", actions.approve_extension, task=task)
    assert kinds("lin") == []


@pytest.mark.django_db(transaction=True)
def test_agreed_and_refused_at_once_is_decided_once(cast, task, asked):
    common = {"actor": cast.actor("liu"), "today": TODAY, "now": NOW, "task": task}

    def run(call):
        close_old_connections()
        try:
            call()
        except Refused as error:
            return error
        finally:
            connections.close_all()
        return None

    calls = [
        lambda: actions.agree_extension(**common),
        lambda: actions.agree_extension(**common),
        lambda: actions.refuse_extension(**common, reason="不必"),
    ]
    with ThreadPoolExecutor(3) as pool:
        errors = [error for error in pool.map(run, calls) if error]
    asked.refresh_from_db()
    assert asked.state in {"agreed", "refused"}
    assert len(errors) in {1, 2}
    count = Entry.objects.filter(verb__startswith="supervision.extension.").count()
    assert count == 1 + 3 - len(errors)
