"""复核: who may, who is drawn, what is kept, what is refused and why."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, close_old_connections, connections, transaction

from luoshi.domain.base import Refused
from luoshi.journal.actions import on_behalf
from luoshi.journal.models import Entry
from luoshi.ledger import actions as ledger
from luoshi.ledger.actions import Said
from luoshi.ledger.models import Task
from luoshi.ledger.queries import Roles
from luoshi.org.models import Term
from luoshi.store.rows import Stale
from luoshi.supervision import actions
from luoshi.supervision.models import Verification
from luoshi.supervision.queries import drawn_for, findings
from tests.cast import person as new_person

from .conftest import NOW, TODAY


def refusal(call):
    with pytest.raises(Refused) as refused:
        call()
    return refused.value.why.code


def state(task):
    return Task.objects.get(pk=task.pk).state


def test_the_person_drawn_verifies_and_the_check_is_kept(cast, done, act, drawn):
    chosen, _other = drawn(done)
    act(chosen, actions.verify, task=done, note="到现场看过，路面完好", method="on_site")
    row = Verification.objects.get()
    assert (row.outcome, row.method, row.verified_on) == ("true", "on_site", TODAY)
    assert row.verified_by_id == cast.people[chosen].pk
    done.refresh_from_db()
    assert (done.state, done.verified_by_id) == ("verified", row.verified_by_id)
    assert Entry.objects.get(verb="supervision.task.verify").subject_id == row.pk
    assert Entry.objects.get(verb="ledger.task.verify").reason == "到现场看过，路面完好"


def test_nobody_else_verifies_not_even_the_leader(done, act, drawn):
    _chosen, other = drawn(done)
    for who, code in (
        (other, "closing.verifier_not_drawn"),
        ("liu", "closing.verifier_not_drawn"),
        ("wang", "closing.who.verify"),
        ("ma", "closing.who.verify"),
        ("fang", "closing.who.verify"),
        ("zhou", "closing.who.verify"),
    ):
        assert refusal(lambda who=who: act(who, actions.verify, task=done, note="属实")) == code
        rework = {"task": done, "note": "假", "outcome": "rework"}
        assert refusal(lambda who=who, form=rework: act(who, actions.verify, **form)) == code
    assert not Verification.objects.exists()
    assert state(done) == "reported_done"
    assert not Entry.objects.filter(verb__startswith="supervision.").exists()


def test_who_typed_the_report_is_never_drawn_and_never_verifies(cast, task, act):
    typing = on_behalf(cast.actor("lin"), cast.people["wang"].pk)
    act(typing, ledger.report_done, task=task, said=Said(text="电话报来：已完成", channel="phone"))
    task.refresh_from_db()
    assert drawn_for(cast.actor("lin"), TODAY, [task])[task.pk] == cast.people["he"]
    code = refusal(lambda: act("lin", actions.verify, task=task, note="属实"))
    assert code == "closing.verifier_is_doer"
    act("he", actions.verify, task=task, note="属实")
    assert state(task) == "verified"


def test_a_check_typed_on_behalf_is_refused(cast, done, act, drawn):
    chosen, other = drawn(done)
    typing = on_behalf(cast.actor(other), cast.people[chosen].pk)
    code = refusal(lambda: act(typing, actions.verify, task=done, note="属实"))
    assert code == "closing.on_behalf"


def test_the_doer_does_not_become_verifier_by_a_second_post(cast, done, act):
    """王 also sits in the town's office: the law still knows who did it."""
    Term.objects.create(
        jurisdiction=cast.county.jurisdiction,
        person=cast.people["wang"],
        post=cast.posts["he"],
        from_on=TODAY - timedelta(days=30),
    )
    assert drawn_for(cast.actor("lin"), TODAY, [done])[done.pk] != cast.people["wang"]
    code = refusal(lambda: act("wang", actions.verify, task=done, note="属实"))
    assert code == "closing.verifier_is_doer"


def test_the_lot_stays_while_people_come_and_passes_over_who_left(cast, done, drawn):
    chosen, other = drawn(done)
    late = new_person("新人", cast.posts["he"], login="xin")
    Term.objects.filter(person=late).update(from_on=TODAY + timedelta(days=1))
    later = TODAY + timedelta(days=3)
    lin = cast.actor("lin")
    assert drawn_for(lin, later, [done])[done.pk] == cast.people[chosen]
    Term.objects.filter(person=cast.people[chosen]).update(to_on=TODAY + timedelta(days=1))
    assert drawn_for(lin, later, [done])[done.pk] == cast.people[other]


def test_the_lot_falls_on_everybody_in_turn(cast, new, act, roles):
    fell = set()
    for n in range(12):
        row = new(f"事项{n}")
        act("lin", ledger.assign, task=row, roles=roles)
        act("wang", ledger.sign_for, task=row)
        act("wang", ledger.report_done, task=row, said=Said(text="完成"))
        row.refresh_from_db()
        fell.add(drawn_for(cast.actor("lin"), TODAY, [row])[row.pk].name)
    assert fell == {"林主任", "何专员"}


def test_the_office_s_own_task_is_verified_by_the_leader(cast, new, act):
    row = new("办公用房清理")
    own = Roles(
        lead_leader=cast.posts["liu"].pk, lead_unit=cast.office.pk, owner=cast.posts["he"].pk
    )
    act("lin", ledger.assign, task=row, roles=own)
    act("he", ledger.sign_for, task=row)
    act("he", ledger.report_done, task=row, said=Said(text="已清理"))
    row.refresh_from_db()
    assert drawn_for(cast.actor("lin"), TODAY, [row])[row.pk] == cast.people["liu"]
    code = refusal(lambda: act("lin", actions.verify, task=row, note="属实"))
    assert code == "closing.verifier_is_responsible"
    act("liu", actions.verify, task=row, note="看过，属实")
    assert state(row) == "verified"


def test_a_plan_is_told_what_nobody_could_verify(cast, plan, new, act):
    row = new("办公用房清理", line_id=None)
    fine = new("修路")
    own = Roles(lead_unit=cast.office.pk, owner=cast.posts["he"].pk)
    act("lin", ledger.assign, task=row, roles=own)
    found = findings(cast.actor("lin"), TODAY, plan)
    assert [(one.code, one.where.id) for one in found] == [("V01", row.pk)]
    assert findings(cast.actor("deng"), TODAY, plan) == ()
    assert fine.pk not in {one.where.id for one in found}


def test_not_true_goes_back_and_may_be_reported_and_drawn_again(done, act, drawn):
    chosen, _other = drawn(done)
    act(chosen, actions.verify, task=done, note="尚有300米未铺", outcome="rework")
    done.refresh_from_db()
    assert (done.state, done.done_by_id, done.verified_by_id) == ("under_way", None, None)
    assert Verification.objects.get().outcome == "rework"
    act("wang", ledger.report_done, task=done, said=Said(text="补铺完毕"))
    done.refresh_from_db()
    again, _other = drawn(done)
    act(again, actions.verify, task=done, note="属实")
    assert [row.outcome for row in Verification.objects.order_by("id")] == ["rework", "true"]


def test_a_return_needs_a_reason_and_the_office(done, act):
    code = refusal(lambda: act("lin", actions.return_for_rework, task=done, reason=" "))
    assert code == "closing.needs.reason"
    code = refusal(lambda: act("wang", actions.return_for_rework, task=done, reason="重做"))
    assert code == "closing.who.return_for_rework"
    act("liu", actions.return_for_rework, task=done, reason="缺验收单")
    assert state(done) == "under_way"
    assert Verification.objects.get().note == "缺验收单"


def test_a_check_says_in_words_what_was_seen(done, act, drawn):
    chosen, _other = drawn(done)
    assert refusal(lambda: act(chosen, actions.verify, task=done, note="  ")) == (
        "supervision.no_note"
    )


def test_what_is_not_reported_done_is_not_verified(task, act):
    code = refusal(lambda: act("he", actions.verify, task=task, note="属实"))
    assert code == "closing.not_here.signed"


def test_a_check_of_an_older_version_is_stale(done, act, drawn):
    chosen, _other = drawn(done)
    with pytest.raises(Stale):
        act(chosen, actions.verify, task=done, note="属实", version=done.version - 1)
    assert not Verification.objects.exists()


def test_one_key_sent_twice_is_one_check(done, act, drawn):
    chosen, _other = drawn(done)
    sent = {"task": done, "note": "属实", "key": "twice"}
    assert not act(chosen, actions.verify, **sent).repeated
    assert act(chosen, actions.verify, **sent).repeated
    assert Verification.objects.count() == 1


def test_the_database_itself_refuses_the_doer_as_verifier(done):
    with pytest.raises(IntegrityError), transaction.atomic():
        Task.objects.filter(pk=done.pk).update(verified_by_id=done.done_by_id)


def test_the_system_checks_nothing(cast, done, act, drawn):
    chosen, _other = drawn(done)
    nobody = replace(cast.actor(chosen), person_id=None)
    assert refusal(lambda: act(nobody, actions.verify, task=done, note="属实")).startswith(
        "closing."
    )


def test_verified_is_closed_by_who_raised_it_and_above_by_the_superior(done, act, drawn):
    act(drawn(done)[0], actions.verify, task=done, note="属实")
    act("lin", ledger.close, task=done)
    assert state(done) == "completed"
    act("liu", ledger.reopen, task=done, reason="路面又沉降")
    assert state(done) == "under_way"
    Task.objects.filter(pk=done.pk).update(source_kind="county_assigned")
    act("wang", ledger.report_done, task=done, said=Said(text="修复"))
    done.refresh_from_db()
    act(drawn(done)[0], actions.verify, task=done, note="属实")
    act("lin", ledger.close, task=done)
    assert state(done) == "submitted"
    act("zhao", ledger.accept, task=done, superior_reply="县督〔2026〕9号")
    assert state(done) == "completed"


def together(calls):
    def run(call):
        close_old_connections()
        try:
            call()
        except Exception as error:  # noqa: BLE001 - told to the test
            return error
        finally:
            connections.close_all()
        return None

    with ThreadPoolExecutor(len(calls)) as pool:
        return [error for error in pool.map(run, calls) if error is not None]


@pytest.mark.django_db(transaction=True)
def test_two_verifiers_at_once_leave_one_check(cast, done, drawn):
    chosen, _other = drawn(done)
    common = {"actor": cast.actor(chosen), "today": TODAY, "now": NOW, "task": done}
    errors = together(
        [
            lambda: actions.verify(**common, note="甲看：属实"),
            lambda: actions.verify(**common, note="乙看：不实", outcome="rework"),
            lambda: actions.return_for_rework(**common, reason="退回"),
        ]
    )
    kept = list(Verification.objects.order_by("id").values_list("outcome", flat=True))
    assert len(errors) + len(kept) == 3
    assert all(isinstance(error, Refused) for error in errors)
    assert kept in (["true"], ["rework"], ["true", "rework"])
    assert state(done) == ("verified" if kept == ["true"] else "under_way")


def test_a_false_done_shows_what_the_check_found_not_a_hundred_percent(done, task, act, drawn):
    """The last report before "done" said 100 % too: a re-opened item must not fall back to it."""
    chosen, _other = drawn(done)
    found = {"task": done, "note": "少修300米", "outcome": "rework", "found": 8_500}
    act(chosen, actions.verify, **found)
    done.refresh_from_db()
    assert (done.state, done.progress) == ("under_way", 8_500)
    assert Verification.objects.get().found == 8_500


def test_without_a_figure_it_falls_back_below_a_hundred_percent(task, act):
    act("wang", ledger.report, task=task, said=Said(text="过半", progress=5_500))
    act("wang", ledger.report, task=task, said=Said(text="全部完成", progress=10_000))
    act("wang", ledger.report_done, task=task, said=Said(text="已通车"))
    act("lin", actions.return_for_rework, task=task, reason="没通车")
    task.refresh_from_db()
    assert task.progress == 5_500


def test_found_is_less_than_all(done, act, drawn):
    chosen, _other = drawn(done)
    found = {"task": done, "note": "假", "outcome": "rework", "found": 10_000}
    assert refusal(lambda: act(chosen, actions.verify, **found)) == "ledger.found_whole"


def test_database_refuses_one_person_for_both_parts(done, act, drawn):
    chosen, _other = drawn(done)
    act(chosen, actions.verify, task=done, note="属实")
    row = Verification.objects.get()
    assert row.done_by_id == done.done_by_id
    with pytest.raises(IntegrityError), transaction.atomic():
        Verification.objects.filter(pk=row.pk).update(verified_by_id=row.done_by_id)
    tasks = Task.objects.filter(pk=done.pk)
    for one in (
        {"verified_by_id": done.done_by_id},
        {"closed_by_id": done.done_by_id},
        {"closed_by_id": row.verified_by_id, "verified_by_id": None},
        {"closed_by_id": row.verified_by_id, "done_by_id": None},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            tasks.update(**one)
