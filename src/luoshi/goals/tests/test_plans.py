"""A year's plan from draft to close: who may, what is kept, what refuses."""

from datetime import UTC, date, datetime

import pytest

from luoshi.domain.access import Actor
from luoshi.domain.base import Finding, Refused, Where, say
from luoshi.goals import actions, baseline, queries
from luoshi.goals.models import Goal, Note, Plan, PlanSnapshot, WorkLine
from luoshi.journal.models import Entry
from luoshi.store.rows import Stale

TODAY = date(2026, 6, 18)
NOW = datetime(2026, 6, 18, 9, 0, tzinfo=UTC)


def finding(code, severity):
    return Finding(code, severity, Where("ledger.task", None, "修路"), say("goals.in_use"))


@pytest.fixture
def lin(cast):
    return cast.actor("lin")


@pytest.fixture
def plan(cast, lin):
    made = actions.create_plan(actor=lin, today=TODAY, unit=cast.town, year=2026)
    return Plan.objects.get(pk=made.id)


def test_plan_is_made_once_a_year(cast, lin, plan):
    with pytest.raises(Refused) as refused:
        actions.create_plan(actor=lin, today=TODAY, unit=cast.town, year=2026)
    assert refused.value.why.code == "goals.plan_exists"
    assert Plan.objects.count() == 1


def test_plan_of_another_town_is_refused_and_writes_nothing(cast, lin):
    with pytest.raises(Refused) as refused:
        actions.create_plan(actor=lin, today=TODAY, unit=cast.other_town, year=2026)
    assert refused.value.why.code == "access.out_of_scope"
    assert not Plan.objects.exists()
    assert not Entry.objects.exists()


def test_staff_may_not_plan(cast):
    with pytest.raises(Refused) as refused:
        actions.create_plan(actor=cast.actor("sun"), today=TODAY, unit=cast.economy, year=2026)
    assert refused.value.why.code == "access.no_right"


def test_double_click_makes_one_line(lin, plan):
    first = actions.add_line(actor=lin, today=TODAY, plan=plan, name="工业强镇", key="k1")
    again = actions.add_line(actor=lin, today=TODAY, plan=plan, name="工业强镇", key="k1")
    assert again.repeated
    assert again.id == first.id
    assert WorkLine.objects.count() == 1


def test_lines_and_goals_number_themselves(lin, plan):
    for name in ("工业强镇", "乡村振兴"):
        actions.add_line(actor=lin, today=TODAY, plan=plan, name=name)
        actions.add_goal(actor=lin, today=TODAY, plan=plan, title=name)
    assert [line.number for line in queries.lines(lin, TODAY, plan)] == [1, 2]
    assert [goal.position for goal in queries.goals(lin, TODAY, plan)] == [1, 2]


def test_approved_plan_keeps_a_baseline_that_later_edits_do_not_change(lin, plan):
    made = actions.add_goal(actor=lin, today=TODAY, plan=plan, title="产值破十亿")
    actions.approve_plan(actor=lin, today=TODAY, now=NOW, plan=plan)
    snapshot = PlanSnapshot.objects.get()
    _, digest = baseline.canonical(snapshot.content)
    assert digest == snapshot.sha256
    goal = Goal.objects.get(pk=made.id)
    actions.edit_goal(actor=lin, today=TODAY, goal=goal, version=1, title="产值破十二亿")
    snapshot.refresh_from_db()
    assert snapshot.content["goals"][0]["title"] == "产值破十亿"
    assert baseline.canonical(baseline.content_of(plan))[1] != digest


def test_plan_goes_into_force_only_without_errors_and_with_signed_warnings(lin, plan):
    with pytest.raises(Refused) as draft:
        actions.put_in_force(actor=lin, today=TODAY, now=NOW, plan=plan)
    assert draft.value.why.code == "goals.plan_not_approved"
    actions.approve_plan(actor=lin, today=TODAY, now=NOW, plan=plan)
    wrong, mild = finding("C15", "error"), finding("C03", "warning")
    with pytest.raises(Refused) as errors:
        actions.put_in_force(actor=lin, today=TODAY, now=NOW, plan=plan, errors=[wrong])
    assert errors.value.why.code == "goals.errors_open"
    with pytest.raises(Refused) as unsigned:
        actions.put_in_force(actor=lin, today=TODAY, now=NOW, plan=plan, warnings=[mild])
    assert unsigned.value.why.code == "goals.warnings_unsigned"
    actions.put_in_force(actor=lin, today=TODAY, now=NOW, plan=plan, warnings=[mild], signed=True)
    plan.refresh_from_db()
    assert plan.state == "in_force"
    assert plan.snapshots.latest("id").signed_findings[0]["code"] == "C03"


def test_closed_plan_is_read_only(lin, plan):
    actions.approve_plan(actor=lin, today=TODAY, now=NOW, plan=plan)
    actions.put_in_force(actor=lin, today=TODAY, now=NOW, plan=plan)
    actions.close_plan(actor=lin, today=TODAY, plan=plan)
    with pytest.raises(Refused) as refused:
        actions.add_goal(actor=lin, today=TODAY, plan=plan, title="迟来的目标")
    assert refused.value.why.code == "goals.plan_closed"
    assert not Goal.objects.exists()


def test_stale_edit_of_a_goal_carries_both_values(lin, plan):
    made = actions.add_goal(actor=lin, today=TODAY, plan=plan, title="原来的")
    goal = Goal.objects.get(pk=made.id)
    actions.edit_goal(actor=lin, today=TODAY, goal=goal, version=1, title="先改的")
    late = Goal.objects.get(pk=made.id)
    with pytest.raises(Stale) as stale:
        actions.edit_goal(actor=lin, today=TODAY, goal=late, version=1, title="后改的")
    assert (stale.value.tried["title"], stale.value.current["title"]) == ("后改的", "先改的")


def test_withdrawn_note_is_gone_but_journalled(lin, plan):
    made = actions.add_note(actor=lin, today=TODAY, plan=plan, kind="gap", text="路还没通")
    actions.withdraw_note(actor=lin, today=TODAY, note=Note.objects.get(pk=made.id))
    assert not Note.objects.exists()
    entry = Entry.objects.get(verb="goals.note.withdraw")
    assert entry.changes["text"] == ["路还没通", None]


def test_sums_move_by_differences(lin, plan):
    made = actions.add_line(actor=lin, today=TODAY, plan=plan, name="工业强镇")
    actions.add_to_sums(plan_id=plan.pk, line_id=made.id, weight=100, done=500, missing=10)
    actions.add_to_sums(plan_id=plan.pk, line_id=None, weight=-30)
    plan.refresh_from_db()
    line = WorkLine.objects.get(pk=made.id)
    assert (plan.weight_sum, plan.done_sum, plan.missing_sum) == (70, 500, 10)
    assert (line.weight_sum, line.done_sum, line.missing_sum) == (100, 500, 10)


@pytest.mark.parametrize(
    ("name", "sees"),
    [("lin", True), ("wang", True), ("ma", True), ("zhao", True), ("fang", False), ("gao", False)],
)
def test_plan_is_read_by_the_town_and_those_above(cast, plan, name, sees):
    assert queries.plans(cast.actor(name), TODAY).filter(pk=plan.pk).exists() is sees


def test_current_plan_is_the_own_towns_latest(cast, lin, plan):
    actions.create_plan(actor=lin, today=TODAY, unit=cast.town, year=2025)
    actions.create_plan(actor=lin, today=TODAY, unit=cast.town, year=2027)
    assert queries.current_plan(cast.actor("ma"), TODAY) == plan
    assert queries.current_plan(cast.actor("gao"), TODAY) is None


def test_administrator_reads_no_plan_of_the_county_above(cast):
    system = Actor.system(cast.county.jurisdiction)
    actions.create_plan(actor=system, today=TODAY, unit=cast.county, year=2026)
    assert queries.plans(cast.actor("wang"), TODAY).count() == 1
    assert not queries.plans(cast.actor("gao"), TODAY).exists()
