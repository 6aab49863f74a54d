"""A task from 立项 to 报办结: who may, what is kept, what is refused and why."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from luoshi.domain.base import Refused
from luoshi.journal.actions import on_behalf
from luoshi.journal.models import Entry
from luoshi.ledger import actions
from luoshi.ledger.actions import Said
from luoshi.ledger.models import Assignment, Milestone, ProgressReport, Task
from luoshi.ledger.queries import Roles
from luoshi.org.models import Term
from luoshi.store.rows import Stale

from .conftest import TODAY


def refusal(call):
    with pytest.raises(Refused) as refused:
        call()
    return refused.value.why.code


def test_task_registers_with_number_and_place(new):
    first, second = new(), new("建冷链仓")
    assert (first.number, first.tree, first.state) == ("2026-001", "0001/", "registered")
    assert (second.number, second.tree) == ("2026-002", "0002/")
    child = new("征地", parent_id=first.pk)
    assert (child.number, child.tree, child.depth) == ("2026-001.1", "0001/0001/", 1)
    assert child.line_id == first.line_id
    first.refresh_from_db()
    assert not first.is_leaf


def test_village_head_may_not_register_for_the_town(new):
    assert refusal(lambda: new(by="wang")) == "closing.who.register"
    assert not Task.objects.exists()
    assert not Entry.objects.filter(verb="ledger.task.register").exists()


def test_lead_unit_breaks_its_own_task_down(new, task):
    child = new("征地", by="wang", parent_id=task.pk)
    assert child.unit_id == task.unit_id


def test_due_date_in_the_past_needs_a_reason(new):
    gone = TODAY - timedelta(days=1)
    assert refusal(lambda: new(due_on=gone)) == "ledger.due_passed"
    task = new(due_on=gone, reason="年初已交办，现补录")
    assert Entry.objects.get(subject_id=task.pk).reason == "年初已交办，现补录"


def test_batch_is_all_or_nothing(plan, act):
    good = actions.NewTask(title="甲")
    bad = actions.NewTask(title="  ", parent_id=good.id)
    code = refusal(lambda: act("lin", actions.register_tasks, items=[good, bad], plan=plan))
    assert code == "ledger.no_title"
    assert not Task.objects.exists()


def test_batch_hangs_children_under_parents_of_the_same_batch(plan, act, roles):
    top = actions.NewTask(title="甲", roles=roles)
    kids = [actions.NewTask(title=f"甲{n}", parent_id=top.id, weight=n) for n in (1, 2)]
    act("lin", actions.register_tasks, items=[top, *kids], plan=plan)
    rows = list(Task.objects.order_by("tree"))
    assert [row.number for row in rows] == ["2026-001", "2026-001.1", "2026-001.2"]
    assert [row.is_leaf for row in rows] == [False, True, True]
    assert rows[0].weight_sum == 3
    assert rows[0].unit_id == roles.lead_unit
    assert Assignment.objects.count() == 4


def test_unplanned_task_numbers_itself_apart(cast, act):
    item = actions.NewTask(
        title="县里交办的急件", unit_id=cast.east.pk, source_kind="county_assigned"
    )
    made = act("lin", actions.register_task, new=item)
    assert made.facts["number"] == "T2026-001"


def test_assigning_needs_a_lead_unit(new, act):
    row = new()
    assert refusal(lambda: act("lin", actions.assign, task=row)) == "closing.needs.lead_unit"


def test_assigned_task_belongs_to_its_lead_unit(cast, task):
    assert task.unit_id == cast.east.pk
    assert task.assigned_by_id == cast.people["lin"].pk
    assert task.state == "signed"
    assert Assignment.objects.filter(task=task, to_on=None).count() == 4


def test_another_village_may_not_sign(new, act, roles):
    row = new()
    act("lin", actions.assign, task=row, roles=roles)
    assert refusal(lambda: act("xu", actions.sign_for, task=row)) == "closing.who.sign_for"


def test_task_is_returned_once_and_the_second_return_is_ruled(cast, new, act, roles):
    row = new()
    act("lin", actions.assign, task=row, roles=roles)
    back = {"reason": "不属本村", "competent_unit": cast.west}
    act("wang", actions.return_to_assigner, task=row, **back)
    row.refresh_from_db()
    assert (row.state, row.returns) == ("registered", 1)
    west = Roles(
        lead_unit=cast.west.pk, lead_leader=cast.posts["liu"].pk, owner=cast.posts["xu"].pk
    )
    act("lin", actions.assign, task=row, roles=west)
    act("xu", actions.return_to_assigner, task=row, reason="路在东村", competent_unit=cast.east)
    row.refresh_from_db()
    assert (row.state, row.returns) == ("disputed", 2)
    act("liu", actions.rule_return, task=row, reason="路在东村境内", roles=roles)
    row.refresh_from_db()
    assert (row.state, row.unit_id) == ("assigned", cast.east.pk)
    assert Assignment.objects.filter(task=row, role="lead_unit").count() == 3


def test_report_moves_progress_and_sums(task, act, plan, line):
    act("wang", actions.report, task=task, said=Said(text="路基完成", progress=4000))
    task.refresh_from_db()
    plan.refresh_from_db()
    line.refresh_from_db()
    assert (task.state, task.progress, task.started_on) == ("under_way", 4000, TODAY)
    for row in (task, plan, line):
        assert (row.weight_sum, row.done_sum, row.missing_sum) == (100, 400_000, 0)


def test_supporting_unit_reports_but_strangers_do_not(task, act):
    act("qian", actions.report, task=task, said=Said(text="资金已到位"))
    code = refusal(lambda: act("xu", actions.report, task=task, said=Said(text="路过看看")))
    assert code == "closing.who.report"
    assert ProgressReport.objects.count() == 1


def test_report_without_words_is_refused(task, act):
    assert (
        refusal(lambda: act("wang", actions.report, task=task, said=Said(text=" ")))
        == "ledger.no_text"
    )


def test_words_too_long_are_refused_in_words(task, new, act):
    assert refusal(lambda: new("长" * 401)) == "ledger.too_long"
    long = Said(text="长" * 1001)
    assert refusal(lambda: act("wang", actions.report, task=task, said=long)) == "ledger.too_long"


def test_tree_has_a_bottom(plan, act):
    items = [actions.NewTask(title="0")]
    for level in range(1, 12):
        items.append(actions.NewTask(title=str(level), parent_id=items[-1].id))
    assert (
        refusal(lambda: act("lin", actions.register_tasks, items=items, plan=plan))
        == "ledger.no_parent"
    )
    act("lin", actions.register_tasks, items=items[:10], plan=plan)
    assert Task.objects.order_by("-depth").first().number == "2026-001" + ".1" * 9


def test_report_twice_with_one_key_is_one_row(task, act):
    for _ in range(2):
        act("wang", actions.report, task=task, said=Said(text="一次"), key="tap-1")
    assert ProgressReport.objects.count() == 1


def test_value_against_the_target_becomes_progress(new, act, roles):
    row = new(target_value=Decimal("5.0"), target_unit="公里", target_op=">=")
    act("lin", actions.assign, task=row, roles=roles)
    act("wang", actions.sign_for, task=row)
    act("wang", actions.report, task=row, said=Said(text="通车", value=Decimal("2.5")))
    row.refresh_from_db()
    assert row.progress == 5000


def test_node_reached_is_done_and_counts(task, act):
    node = Milestone.objects.create(
        jurisdiction=task.jurisdiction,
        task=task,
        position=1,
        title="路基",
        due_on=TODAY,
        share=3000,
    )
    act("wang", actions.report, task=task, said=Said(text="路基完", milestone_id=node.pk))
    node.refresh_from_db()
    task.refresh_from_db()
    assert (node.done_on, task.progress) == (TODAY, 3000)


def test_blocker_stays_until_it_is_said_to_be_gone(cast, task, act):
    stuck = Said(text="缺用地指标", blocker="用地指标未批", blocker_needs_id=cast.economy.pk)
    act("wang", actions.report, task=task, said=stuck)
    task.refresh_from_db()
    assert (task.blocker, task.blocked_on) == ("用地指标未批", TODAY)
    act("wang", actions.report, task=task, said=Said(text="仍在等"))
    task.refresh_from_db()
    assert task.blocker
    act("wang", actions.report, task=task, said=Said(text="批了", blocker=""))
    task.refresh_from_db()
    assert (task.blocker, task.blocked_on) == ("", None)


def test_typed_report_counts_for_whom_it_is_typed(cast, task, act):
    for_wang = on_behalf(cast.actor("he"), cast.people["wang"].pk)
    act(for_wang, actions.report, task=task, said=Said(text="电话说已动工", channel="phone"))
    row = ProgressReport.objects.get()
    assert (row.person_id, row.typed_by_id) == (cast.people["wang"].pk, cast.people["he"].pk)


def test_nobody_reports_for_a_person_who_left(cast, task, act):
    gone = cast.people["wang"]
    Term.objects.filter(person=gone).update(to_on=TODAY - timedelta(days=1))
    for_gone = on_behalf(cast.actor("he"), gone.pk)
    code = refusal(lambda: act(for_gone, actions.report, task=task, said=Said(text="代录")))
    assert code == "ledger.person_left"


def test_person_whose_term_ended_reports_no_more(cast, task, act):
    Term.objects.filter(person=cast.people["wang"]).update(to_on=TODAY - timedelta(days=1))
    code = refusal(lambda: act("wang", actions.report, task=task, said=Said(text="还想报")))
    assert code == "closing.who.report"


def test_done_waits_for_what_hangs_below(new, task, act, roles):
    child = new("征地", parent_id=task.pk, roles=roles)
    act("lin", actions.assign, task=child)
    code = refusal(lambda: act("wang", actions.report_done, task=task, said=Said(text="全部完成")))
    assert code == "ledger.children_open"
    act("wang", actions.sign_for, task=child)
    act("wang", actions.report_done, task=child, said=Said(text="征完了"))
    act("wang", actions.report_done, task=task, said=Said(text="全部完成"))
    task.refresh_from_db()
    assert (task.state, task.done_by_id is not None, task.done_on) == ("reported_done", True, TODAY)


def test_stale_move_is_told_and_writes_nothing(task, act):
    act("wang", actions.report, task=task, said=Said(text="先到"))
    with pytest.raises(Stale):
        act("wang", actions.report, task=task, said=Said(text="后到"), version=1)
    assert ProgressReport.objects.count() == 1


def test_change_of_hands_needs_a_reason_and_a_new_signature(cast, task, act):
    west = Roles(lead_unit=cast.west.pk, owner=cast.posts["xu"].pk)
    code = refusal(lambda: act("lin", actions.name_roles, task=task, roles=west))
    assert code == "closing.needs.reason"
    act("lin", actions.name_roles, task=task, roles=west, reason="区划调整")
    task.refresh_from_db()
    assert (task.unit_id, task.state, task.signed_at) == (cast.west.pk, "assigned", None)
    assert date(2026, 6, 18) == TODAY


def test_a_permit_or_a_payment_is_evidence_and_a_photograph_is_not_asked(task, act):
    said = Said(text="补偿款已付清", proof="payment", proof_ref="财预〔2026〕12号")
    act("wang", actions.report_done, task=task, said=said)
    row = ProgressReport.objects.get()
    assert (row.get_proof_display(), row.proof_ref) == ("拨付凭证", "财预〔2026〕12号")
