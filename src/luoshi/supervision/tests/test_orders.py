"""督办单: registered with a number, carried out, concluded, archived; refused in words."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, close_old_connections, connections, transaction

from luoshi.domain.base import Period, Refused
from luoshi.journal.actions import on_behalf
from luoshi.journal.models import Entry
from luoshi.ledger import actions as ledger
from luoshi.ledger.actions import Said
from luoshi.ledger.models import Task
from luoshi.ledger.queries import Roles
from luoshi.org.models import Term
from luoshi.store.rows import Stale
from luoshi.supervision import actions, queries
from luoshi.supervision.models import Order, OrderLimit, OrderTold, Serial
from luoshi.supervision.queries import OrderFilters

from .conftest import NOW, TODAY
from .test_checks import refusal, together

DUE = date(2026, 6, 26)  # five working days on: 6月19日 is the dragon boat festival


def reread(order):
    return Order.objects.select_related("task").get(pk=order.pk)


def test_an_order_makes_its_item_and_hands_it_over_at_once(cast, order):
    task = order.task
    assert (order.serial, order.number, order.is_new) == ("督办〔2026〕1号", 1, True)
    assert (task.state, task.plan_id, task.source_kind) == ("assigned", None, "instruction")
    assert (task.unit, task.due_on) == (cast.east, DUE)
    assert task.number.startswith("T2026-")
    verbs = set(Entry.objects.values_list("verb", flat=True))
    assert {"supervision.order.register", "ledger.task.register", "ledger.task.assign"} <= verbs
    entry = Entry.objects.get(verb="supervision.order.register")
    assert entry.unit_id == cast.town.pk


def test_an_order_of_an_item_of_the_ledger_changes_nothing_of_it(act, given, task):
    before = Task.objects.values().get(pk=task.pk)
    act("lin", actions.register_order, new=replace(given, task=task, title="", roles=Roles()))
    assert Task.objects.values().get(pk=task.pk) == before
    assert Order.objects.get().is_new is False


def test_a_registered_item_is_handed_over_with_its_order(act, new, given, roles):
    row = new("修村部")
    act("lin", ledger.name_roles, task=row, roles=roles)
    act("lin", actions.register_order, new=replace(given, task=row))
    row.refresh_from_db()
    assert row.state == "assigned"


def test_the_chain_from_sign_for_to_archive(finished, act, cast):
    page = queries.order_page(cast.actor("lin"), TODAY, finished)
    assert (page.row.stage, page.results) == ("to_conclude", ["rectified"])
    act("lin", actions.conclude_order, order=finished, result="rectified", note="排水通畅")
    row = reread(finished)
    assert (row.result, row.concluded_on) == ("rectified", TODAY)
    act("lin", actions.archive_order, order=row)
    row = reread(row)
    assert (row.archived_on, row.task.state) == (TODAY, "archived")
    steps = [step.title for step in queries.order_page(cast.actor("lin"), TODAY, row).steps]
    assert len(steps) == 9  # registered, handed over, signed, done, verified, closed, filed, …
    assert queries.order_page(cast.actor("wang"), TODAY, row).results == ()


def test_it_is_returned_once_and_then_ruled_on(order, act, cast):
    back = {"task": order.task, "reason": "沟在公路边，属交通站", "competent_unit": cast.economy}
    act("wang", ledger.return_to_assigner, **back)
    assert queries.order_page(cast.actor("lin"), TODAY, reread(order)).row.stage == "to_assign"
    act("lin", ledger.assign, task=reread(order).task)
    act("wang", ledger.return_to_assigner, **back)
    page = queries.order_page(cast.actor("liu"), TODAY, reread(order))
    assert (page.row.stage, page.mover, page.mine) == ("to_rule", "刘副镇长", True)
    act("liu", ledger.rule_return, task=reread(order).task, reason="由东村办理，经发办配合")
    assert reread(order).task.returns == 2


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"requirement": " "}, "orders.no_requirement"),
        ({"requirement": "机密★1年\n疏通排水沟"}, "orders.marked"),
        ({"basis": "内部资料 注意保存"}, "orders.marked"),
        ({"title": ""}, "orders.no_title"),
        ({"roles": Roles()}, "orders.no_unit"),
        ({"due_on": date(2026, 6, 17)}, "orders.due_passed"),
        ({"due_on": date(2026, 9, 30)}, "orders.due_beyond"),
    ],
)
def test_what_is_not_whole_is_refused_and_takes_no_number(act, given, change, code):
    told = replace(given, **change)
    assert refusal(lambda: act("lin", actions.register_order, new=told)) == code
    assert not Order.objects.exists()
    assert not Task.objects.exists()
    assert not Serial.objects.exists()


def test_a_deadline_beyond_the_limit_needs_its_reason(act, given):
    told = replace(given, due_on=date(2026, 9, 30), reason="要等秋收后施工")
    act("lin", actions.register_order, new=told)
    assert Order.objects.get().task.due_on == date(2026, 9, 30)


def test_who_left_is_not_named_as_having_asked(cast, act, given):
    Term.objects.filter(person=cast.people["chen"]).update(to_on=TODAY - timedelta(days=1))
    assert refusal(lambda: act("lin", actions.register_order, new=given)) == "orders.person_left"


def test_a_post_that_nobody_holds_is_not_made_responsible(cast, act, given):
    Term.objects.filter(person=cast.people["wang"]).update(to_on=TODAY - timedelta(days=1))
    assert refusal(lambda: act("lin", actions.register_order, new=given)) == "orders.post_vacant"


def test_a_post_that_ends_between_assignment_and_report(cast, order, act):
    act("wang", ledger.sign_for, task=order.task)
    Term.objects.filter(person=cast.people["wang"]).update(to_on=TODAY)
    later = TODAY + timedelta(days=1)
    said = {"task": order.task, "said": Said(text="已疏通"), "day": later}
    with pytest.raises(Refused):
        act(cast.actor("wang", later), ledger.report_done, **said)
    page = queries.order_page(cast.actor("lin", later), later, reread(order))
    assert page.vacant
    assert page.row.stage == "working"


def test_the_client_does_not_move_the_deadline_of_an_item(act, given, task):
    told = replace(given, task=task, due_on=date(2026, 12, 1))
    assert refusal(lambda: act("lin", actions.register_order, new=told)) == "orders.due_stays"
    task.refresh_from_db()
    assert task.due_on == date(2026, 10, 31)
    assert not Order.objects.exists()


def test_an_item_has_one_open_order_and_an_ended_one_none(order, given, act, finished):
    told = replace(given, task=reread(order).task)
    assert refusal(lambda: act("lin", actions.register_order, new=told)) == "orders.task_ended"


def test_a_second_open_order_of_an_item_is_refused(order, given, act):
    told = replace(given, task=order.task)
    assert refusal(lambda: act("lin", actions.register_order, new=told)) == "orders.has_order"
    twin = reread(order)
    twin.pk, twin.number = None, 7
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save(force_insert=True)


@pytest.mark.parametrize(
    ("who", "code"),
    [
        ("wang", "orders.not_yours"),
        ("sun", "orders.not_yours"),
        ("zhao", "orders.not_yours"),
        ("zhou", "orders.not_yours"),
        ("gao", "orders.not_yours"),
    ],
)
def test_only_the_town_s_office_and_leaders_register(act, given, who, code):
    assert refusal(lambda: act(who, actions.register_order, new=given)) == code


def test_another_town_makes_no_order_of_our_item(act, given, task):
    told = replace(given, task=task, asked_by_id=None)
    assert refusal(lambda: act("fang", actions.register_order, new=told)) == "orders.not_yours"


def test_nobody_registers_on_behalf(cast, act, given):
    typing = on_behalf(cast.actor("lin"), cast.people["wang"].pk)
    assert refusal(lambda: act(typing, actions.register_order, new=given)) == "orders.not_yours"


def test_a_town_s_order_cannot_be_the_county_s_even_in_the_database(order):
    with pytest.raises(IntegrityError), transaction.atomic():
        Order.objects.filter(pk=order.pk).update(issuer_kind="county_office")


def test_yesterday_s_form_sent_again_is_the_first_answer(act, given):
    first = act("lin", actions.register_order, new=given, key="form-1")
    again = act("lin", actions.register_order, new=given, key="form-1", day=TODAY + timedelta(1))
    assert (again.id, again.repeated) == (first.id, True)
    assert Order.objects.count() == 1


# --- results ---------------------------------------------------------------------------------


def conclude(act, order, who="lin", **said):
    return refusal(lambda: act(who, actions.conclude_order, order=order, **said))


def test_a_result_needs_what_proves_it(order, act):
    assert conclude(act, order, result="rectified") == "orders.not_closed"
    assert conclude(act, order, result="partly", note="通了一半") == "orders.no_evidence"
    assert conclude(act, order, result="not", note=" ") == "orders.no_note"
    act("wang", ledger.sign_for, task=order.task)
    act("wang", ledger.report, task=order.task, said=Said(text="通了一半"))
    row = reread(order)
    assert conclude(act, row, result="partly", note="通了一半") == "orders.no_next"
    said = {"result": "partly", "note": "通了一半", "next_on": TODAY}
    assert conclude(act, row, **said) == "orders.no_next"
    act("lin", actions.conclude_order, order=row, **said | {"next_on": date(2026, 7, 10)})
    assert reread(order).next_on == date(2026, 7, 10)


def test_closed_without_a_check_is_not_rectified(order, act):
    Task.objects.filter(pk=order.task_id).update(state="completed", closed_on=TODAY)
    assert conclude(act, reread(order), result="rectified") == "orders.no_check"


def test_while_it_is_checked_no_result_is_set(order, act):
    act("wang", ledger.sign_for, task=order.task)
    act("wang", ledger.report_done, task=order.task, said=Said(text="已疏通"))
    said = {"result": "continuing", "note": "待查", "next_on": date(2026, 7, 10)}
    assert conclude(act, reread(order), **said) == "orders.check_first"


def test_whoever_reported_sets_no_result(cast, order, act):
    typing = on_behalf(cast.actor("lin"), cast.people["wang"].pk)
    act("wang", ledger.sign_for, task=order.task)
    act(typing, ledger.report, task=order.task, said=Said(text="通了一半", channel="phone"))
    said = {"result": "not", "note": "进度不够"}
    assert conclude(act, reread(order), **said) == "orders.doer_concludes"
    assert conclude(act, reread(order), who="wang", **said) == "orders.office_concludes"
    act("he", actions.conclude_order, order=reread(order), **said)


def test_a_result_stays(finished, act):
    act("lin", actions.conclude_order, order=finished, result="rectified")
    again = conclude(act, finished, who="he", result="rectified")
    assert again == "orders.concluded_already"
    with pytest.raises(IntegrityError), transaction.atomic():
        Order.objects.filter(pk=finished.pk).update(concluded_by_id=None)


def test_an_older_page_concludes_nothing(order, act):
    with pytest.raises(Stale):
        act("lin", actions.conclude_order, order=order, result="not", note="没动", version=9)


def test_what_has_no_result_is_not_archived_and_what_was_called_off_is(order, act):
    assert refusal(lambda: act("lin", actions.archive_order, order=order)) == "orders.not_concluded"
    act("liu", ledger.cancel, task=order.task, reason="改由县里统一实施")
    assert conclude(act, reread(order), result="not", note="没动") == "orders.withdrawn"
    act("lin", actions.archive_order, order=reread(order))
    assert reread(order).archived_on == TODAY
    code = refusal(lambda: act("lin", actions.archive_order, order=reread(order)))
    assert code == "orders.archived_already"


# --- numbers and limits -------------------------------------------------------------------------


def test_the_office_sets_its_style_and_its_limits(cast, act, given):
    style = {"unit": cast.town, "kind": "order", "year": 2026}
    act_style = lambda **f: actions.set_style(actor=cast.actor("lin"), today=TODAY, **style | f)  # noqa: E731
    assert refusal(lambda: act_style(pattern="督办{号}号")) == "orders.style_places"
    assert refusal(lambda: act_style(pattern="督办〔2026〕{年}{号}")) == "orders.style_rest"
    act_style(pattern="青督办〔{年}〕{号}号")
    actions.set_limit(
        actor=cast.actor("lin"), today=TODAY, unit=cast.town, source="instruction", days=2
    )
    act("lin", actions.register_order, new=given)
    row = Order.objects.get()
    assert (row.serial, row.task.due_on) == ("青督办〔2026〕1号", date(2026, 6, 23))
    assert refusal(lambda: act_style(pattern="督〔{年}〕{号}")) == "orders.style_taken"
    assert OrderLimit.objects.get().days == 2
    nobody = {"unit": cast.town, "source": "paper", "days": 3, "today": TODAY}
    assert refusal(lambda: actions.set_limit(actor=cast.actor("wang"), **nobody)) == (
        "orders.not_yours"
    )
    assert refusal(lambda: actions.set_limit(actor=cast.actor("lin"), **nobody | {"days": 0})) == (
        "orders.limit_range"
    )


@pytest.mark.django_db(transaction=True)
def test_numbers_taken_at_once_have_no_gap_and_no_twin(cast, given):
    def register(n):
        close_old_connections()
        try:
            told = replace(given, title="" if n % 3 == 0 else f"事项{n}")
            actions.register_order(actor=cast.actor("lin"), today=TODAY, now=NOW, new=told)
        except Refused:
            return None
        finally:
            connections.close_all()
        return n

    with ThreadPoolExecutor(4) as pool:
        kept = [n for n in pool.map(register, range(12)) if n is not None]
    numbers = sorted(Order.objects.values_list("number", flat=True))
    assert numbers == list(range(1, len(kept) + 1))
    assert Serial.objects.get().last == len(kept) == 8


@pytest.mark.django_db(transaction=True)
def test_two_who_conclude_at_once_leave_one_result(cast, finished):
    common = {"today": TODAY, "now": NOW, "order": finished, "result": "rectified"}
    errors = together(
        [
            lambda: actions.conclude_order(actor=cast.actor("lin"), **common, note="甲"),
            lambda: actions.conclude_order(actor=cast.actor("chen"), **common, note="乙"),
        ]
    )
    assert [error.why.code for error in errors] == ["orders.concluded_already"]
    assert Entry.objects.filter(verb="supervision.order.conclude").count() == 1


# --- reads --------------------------------------------------------------------------------------


def test_the_list_asks_a_constant_number_of_queries(
    cast, act, given, django_assert_max_num_queries
):
    lin = cast.actor("lin")
    for n in range(3):
        act("lin", actions.register_order, new=replace(given, title=f"事项{n}"))
    for filters in (OrderFilters(), OrderFilters(stage="to_sign", source="instruction")):
        with django_assert_max_num_queries(9):
            _page, rows, total = queries.list_orders(lin, TODAY, filters)
        assert (len(rows), total) == (3, 3)
    assert queries.list_orders(lin, TODAY, OrderFilters(overdue=True))[2] == 0
    later = DUE + timedelta(days=4)
    found = queries.list_orders(lin, later, OrderFilters(overdue=True, unit=cast.east.pk))
    assert [row.late_days for row in found[1]] == [4, 4, 4]
    assert queries.list_orders(cast.actor("fang"), TODAY, OrderFilters())[2] == 0
    assert queries.list_orders(cast.actor("wang"), TODAY, OrderFilters())[2] == 3
    assert queries.list_orders(cast.actor("xu"), TODAY, OrderFilters())[2] == 0


def test_the_desk_shows_what_is_due_first_and_counts_the_rest(cast, order, finished):
    part = queries.open_orders(cast.actor("lin"), TODAY)
    assert (part.total, part.overdue, part.to_conclude) == (1, 0, 1)
    assert part.rows[0].order.pk == order.pk


def test_units_stand_for_themselves_and_before_the_leaders(cast, finished, act):
    year = Period.year(2026)
    act("lin", actions.conclude_order, order=finished, result="rectified")
    for who, seen in (("chen", 1), ("lin", 1), ("wang", 1), ("xu", 0), ("fang", 0), ("zhao", 0)):
        found = queries.standings(cast.actor(who), TODAY, year)
        assert len(found) == seen, who
    one = queries.standings(cast.actor("chen"), TODAY, year)[0].standing
    assert (one.received, one.on_time, one.results) == (1, 1, {"rectified": 1})


def test_an_order_remembers_where_it_was_told_of(cast, finished, act):
    key = finished.pk
    told = {"orders": [finished], "bulletin_id": key, "serial": "督办通报〔2026〕1号"}
    act("lin", actions.tell_orders, **told, praised=frozenset({finished.pk}))
    assert OrderTold.objects.get().praised
    page = queries.order_page(cast.actor("lin"), TODAY, finished)
    assert any(getattr(step.title, "code", "") == "orders.step.praised" for step in page.steps)
