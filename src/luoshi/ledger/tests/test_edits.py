"""Edits: two people at once, the plan in force, undo, nodes, circles, deadlines, endings."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from luoshi.domain.base import Refused
from luoshi.domain.closing import Allowed, State
from luoshi.goals import actions as goals
from luoshi.goals.models import Plan
from luoshi.journal.models import Entry
from luoshi.ledger import actions
from luoshi.ledger.actions import NewMilestone, Said
from luoshi.ledger.models import Dependency, DueMove, Milestone, Task
from luoshi.store.rows import Stale

from .conftest import NOW, TODAY
from .test_moves import refusal


def put_in_force(cast, plan):
    lin = cast.actor("lin")
    plan = Plan.objects.get(pk=plan.pk)
    goals.approve_plan(actor=lin, today=TODAY, now=NOW, plan=plan)
    goals.put_in_force(actor=lin, today=TODAY, now=NOW, plan=plan)


def test_second_of_two_savers_gets_both_values(new, act):
    row = new()
    act("lin", actions.edit_task, task=row, version=row.version, title="先改的")
    with pytest.raises(Stale) as stale:
        act("he", actions.edit_task, task=row, version=row.version, title="后改的")
    assert stale.value.tried["title"] == "后改的"
    assert stale.value.current["title"] == "先改的"
    assert Task.objects.get().title == "先改的"


def test_staff_may_not_edit(new, act, roles):
    row = new(roles=roles)
    code = refusal(lambda: act("ma", actions.edit_task, task=row, version=row.version, title="改"))
    assert code == "access.no_right"


def test_plan_in_force_fixes_dates_and_weights(cast, plan, new, act):
    row = new()
    put_in_force(cast, plan)
    edit = {"task": row, "version": row.version}
    assert refusal(lambda: act("lin", actions.edit_task, **edit, weight=50)) == "ledger.in_force"
    assert (
        refusal(lambda: act("lin", actions.edit_task, **edit, title="改")) == "closing.needs.reason"
    )
    act("lin", actions.edit_task, **edit, title="改", reason="文字更正")
    assert Task.objects.get().title == "改"


def test_plan_in_force_still_takes_what_it_left_open(cast, plan, new, act, signed_in):
    row = new(due_on=None)
    put_in_force(cast, plan)
    there = reverse("ledger:edit", args=[row.pk])
    page = signed_in("lin").get(there)
    assert set(page.context["form"].fields) >= {"due_on", "starts_on", "rhythm"}
    assert not {"weight", "line_id"} & set(page.context["form"].fields)
    edit = {"task": row, "version": row.version, "due_on": date(2026, 9, 30)}
    assert refusal(lambda: act("lin", actions.edit_task, **edit)) == "closing.needs.reason"
    act("lin", actions.edit_task, **edit, reason="会议明确时限")
    row.refresh_from_db()
    assert (row.due_on, row.due_moves) == (date(2026, 9, 30), 0)
    edit = {"task": row, "version": row.version, "due_on": date(2026, 10, 30), "reason": "再改"}
    assert refusal(lambda: act("lin", actions.edit_task, **edit)) == "ledger.in_force"


def test_due_date_moved_into_the_past_needs_a_reason(new, act):
    row = new()
    gone = TODAY - timedelta(days=3)
    edit = {"task": row, "version": row.version, "due_on": gone}
    assert refusal(lambda: act("lin", actions.edit_task, **edit)) == "ledger.due_passed"
    act("lin", actions.edit_task, **edit, reason="原件如此")
    assert Task.objects.get().due_on == gone


def test_bulk_edit_is_all_or_nothing_and_can_be_undone(new, act):
    rows = [new("甲"), new("乙")]
    act("lin", actions.bulk_edit, tasks=rows, urgency="urgent", weight=40, key="bulk-1")
    assert set(Task.objects.values_list("urgency", "weight")) == {("urgent", 40)}
    with pytest.raises(Stale):
        act("lin", actions.bulk_edit, tasks=rows, weight=10)
    assert set(Task.objects.values_list("weight", flat=True)) == {40}
    act("lin", actions.undo_edit, edit_key="bulk-1")
    assert set(Task.objects.values_list("urgency", "weight")) == {("ordinary", 100)}


def test_undo_brings_dates_back(new, act):
    row = new(due_on=date(2026, 10, 31))
    act(
        "lin", actions.edit_task, task=row, version=row.version, due_on=date(2026, 11, 30), key="e1"
    )
    act("lin", actions.undo_edit, edit_key="e1")
    assert Task.objects.get().due_on == date(2026, 10, 31)


def test_undo_is_refused_once_somebody_changed_it_again(new, act):
    row = new()
    act("lin", actions.edit_task, task=row, version=row.version, title="一改", key="e1")
    row.refresh_from_db()
    act("he", actions.edit_task, task=row, version=row.version, title="二改")
    assert refusal(lambda: act("lin", actions.undo_edit, edit_key="e1")) == "ledger.undo_too_late"
    assert refusal(lambda: act("he", actions.undo_edit, edit_key="e1")) == "ledger.nothing_to_undo"


def test_untouched_task_is_withdrawn_and_its_parent_weighs_again(new, act, plan):
    top = new()
    child = new("征地", parent_id=top.pk, weight=30)
    act("lin", actions.withdraw_task, task=child)
    top.refresh_from_db()
    plan.refresh_from_db()
    assert (top.is_leaf, top.weight_sum, plan.weight_sum) == (True, 100, 100)
    assert Entry.objects.filter(subject_id=child.pk, verb="ledger.task.withdraw").exists()


def test_task_with_reports_is_not_withdrawn(task, act):
    act("wang", actions.report, task=task, said=Said(text="动工"))
    assert refusal(lambda: act("lin", actions.withdraw_task, task=task)) == "ledger.has_children"


def test_nodes_keep_their_identity_and_done_ones_stay(new, act):
    row = new()
    nodes = [
        NewMilestone(title="路基", due_on=date(2026, 7, 31)),
        NewMilestone(title="路面", due_on=date(2026, 9, 30)),
    ]
    act("lin", actions.set_milestones, task=row, nodes=nodes)
    Milestone.objects.filter(title="路基").update(done_on=TODAY)
    first = Milestone.objects.get(title="路基").pk
    moved = [NewMilestone(title="路基", due_on=date(2026, 8, 15))]
    act("lin", actions.set_milestones, task=row, nodes=moved)
    assert list(Milestone.objects.values_list("pk", "due_on")) == [(first, date(2026, 8, 15))]
    assert (
        refusal(lambda: act("lin", actions.set_milestones, task=row, nodes=[]))
        == "ledger.node_in_use"
    )


def test_circle_of_dependencies_is_refused_by_name(new, act):
    a, b, c = new("征地"), new("施工"), new("验收")
    act("lin", actions.add_dependency, task=b, predecessor=a)
    act("lin", actions.add_dependency, task=c, predecessor=b)
    with pytest.raises(Refused) as refused:
        act("lin", actions.add_dependency, task=a, predecessor=c)
    assert refused.value.why.code == "schedule.circle"
    assert set(refused.value.why.params["steps"]) == {"征地", "施工", "验收"}
    assert (
        refusal(lambda: act("lin", actions.add_dependency, task=a, predecessor=a))
        == "ledger.same_task"
    )
    assert Dependency.objects.count() == 2


def test_dependency_is_dropped(new, act):
    a, b = new("征地"), new("施工")
    act("lin", actions.add_dependency, task=b, predecessor=a, lag_days=3)
    act("lin", actions.drop_dependency, dependency=Dependency.objects.get())
    assert not Dependency.objects.exists()


def test_deadline_moves_only_with_the_laws_answer(cast, task, act):
    allowed = Allowed(State.UNDER_WAY, moves="due", one_approval=True)
    later = date(2026, 12, 10)
    act("liu", actions.move_due, task=task, allowed=allowed, new_due_on=later, reason="汛期停工")
    task.refresh_from_db()
    assert (task.due_on, task.first_due_on, task.due_moves) == (later, date(2026, 10, 31), 1)
    move = DueMove.objects.get()
    assert (move.old_due_on, move.approved_by_id) == (date(2026, 10, 31), cast.people["liu"].pk)
    assert move.agreed_by_id == move.approved_by_id
    with pytest.raises(ValueError, match="no date"):
        act(
            "liu",
            actions.move_due,
            task=task,
            allowed=Allowed(State.UNDER_WAY),
            new_due_on=later,
            reason="",
        )


def test_superiors_deadline_moves_with_the_superiors_reply(cast, new, act):
    own, county = new(), new("县里交办", source_kind="county_assigned")
    facts = {"new_due_on": date(2026, 12, 1), "superior_reply": "县府办复函"}
    assert (
        refusal(lambda: act("lin", actions.move_deadline, task=own, **facts))
        == "closing.deadline_is_own"
    )
    act("lin", actions.move_deadline, task=county, **facts)
    county.refresh_from_db()
    assert county.due_on == date(2026, 12, 1)


def test_doer_never_verifies_and_rework_takes_done_back(cast, task, act):
    act("wang", actions.report, task=task, said=Said(text="八成", progress=8000))
    act("wang", actions.report_done, task=task, said=Said(text="完工"))
    assert refusal(lambda: act("wang", actions.verify, task=task)) == "closing.who.verify"
    act("he", actions.return_for_rework, task=task, reason="边沟未做")
    task.refresh_from_db()
    assert (task.state, task.progress, task.done_by_id) == ("under_way", 8000, None)
    act("wang", actions.report_done, task=task, said=Said(text="边沟已做"))
    act("he", actions.verify, task=task)
    act("lin", actions.close, task=task)
    task.refresh_from_db()
    assert (task.state, task.closed_on, task.progress) == ("completed", TODAY, 10_000)
    act("lin", actions.reopen, task=task, reason="又塌了")
    task.refresh_from_db()
    assert (task.state, task.closed_on) == ("under_way", None)


def test_item_from_above_is_submitted_and_accepted(new, act, roles):
    row = new(source_kind="rectification")
    act("lin", actions.assign, task=row, roles=roles)
    act("wang", actions.sign_for, task=row)
    act("wang", actions.report_done, task=row, said=Said(text="整改完"))
    act("he", actions.verify, task=row)
    act("lin", actions.close, task=row)
    row.refresh_from_db()
    assert (row.state, row.closed_on) == ("submitted", None)
    act("zhao", actions.accept, task=row, superior_reply="同意销号")
    row.refresh_from_db()
    assert (row.state, row.closed_on) == ("cleared", TODAY)
    act("lin", actions.archive, task=row)


def test_suspended_task_resumes_where_it_stood(task, act):
    act("wang", actions.report, task=task, said=Said(text="动工"))
    act("liu", actions.suspend, task=task, reason="等批复")
    task.refresh_from_db()
    assert (task.state, task.suspended_from) == ("suspended", "under_way")
    act("liu", actions.resume, task=task)
    task.refresh_from_db()
    assert (task.state, task.suspended_from) == ("under_way", "")
