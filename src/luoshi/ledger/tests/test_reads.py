"""What each person sees of the ledger, and what a page costs."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from luoshi.documents.models import Document, DraftItem, Passage
from luoshi.domain.access import Actor
from luoshi.goals import actions as goals
from luoshi.ledger import actions, queries
from luoshi.ledger.actions import NewMilestone, NewTask, Said
from luoshi.ledger.models import Task
from luoshi.ledger.queries import Filters
from luoshi.org.models import Term

from .conftest import NOW, TODAY


def cost(call):
    with CaptureQueriesContext(connection) as caught:
        call()
    return len(caught)


def many(plan, line, n):
    """Rows made behind the actions' back, for the sake of size only."""
    Task.objects.bulk_create(
        [
            Task(
                jurisdiction=plan.jurisdiction,
                plan=plan,
                unit=plan.unit,
                line=line,
                number=f"B-{i}",
                tree=f"{i + 5000:04x}/",
                title=f"批量任务{i}",
                state="under_way",
                state_since=TODAY,
                due_on=date(2026, 1, 1) + timedelta(days=i % 360),
                weight_sum=100,
                missing_sum=100,
            )
            for i in range(n)
        ],
        batch_size=1000,
    )


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("lin", True),
        ("chen", True),
        ("wang", True),
        ("ma", True),
        ("sun", True),
        ("qian", True),
        ("xu", False),
        ("fang", False),
        ("zhao", False),
        ("zhou", True),
        ("gao", False),
    ],
)
def test_task_of_a_village_is_seen_by_those_who_carry_or_oversee_it(cast, task, who, sees):
    actor = cast.actor(who)
    assert (queries.task_for(actor, TODAY, task.pk) is not None) is sees
    listed = queries.list_tasks(actor, TODAY, Filters(year=2026)).rows
    assert bool(listed) is sees


def test_county_supervisor_sees_what_the_town_itself_leads(cast, new, task):
    own = new("全镇综合整治")
    seen = queries.visible_tasks(cast.actor("zhao"), TODAY)
    assert list(seen.values_list("pk", flat=True)) == [own.pk]


def test_list_costs_the_same_with_ten_and_with_ten_thousand(cast, plan, line, task):
    lin = cast.actor("lin")
    many(plan, line, 60)
    few = cost(lambda: queries.list_tasks(lin, TODAY, Filters()))
    light = cost(lambda: queries.list_tasks(lin, TODAY, Filters(light="late")))
    many_more = Task.objects.count()
    Task.objects.filter(number__startswith="B-").delete()
    many(plan, line, 10_000)
    assert Task.objects.count() > many_more
    assert cost(lambda: queries.list_tasks(lin, TODAY, Filters())) == few
    assert cost(lambda: queries.list_tasks(lin, TODAY, Filters(light="late"))) == light
    assert few <= 12


def test_pages_follow_each_other_without_gap_or_repeat(cast, plan, line):
    many(plan, line, 120)
    lin, seen, start = cast.actor("lin"), [], 0
    while True:
        page = queries.list_tasks(lin, TODAY, Filters(start=start, sort="-due"))
        seen += [row.task.pk for row in page.rows]
        if not page.following:
            break
        start = int(page.following)
    assert len(seen) == len(set(seen)) == page.total == 120


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({}, {"甲", "乙"}),
        ({"text": "甲"}, {"甲"}),
        ({"overdue": True}, {"乙"}),
        ({"state": "signed"}, {"甲"}),
        ({"state": "open"}, {"甲", "乙"}),
        ({"mine": True}, set()),
        ({"light": "late"}, {"乙"}),
        ({"source": "county_assigned"}, {"乙"}),
        ({"planned": False}, {"丙"}),
        ({"projects": True}, {"甲"}),
    ],
)
def test_filters_say_what_they_mean(cast, new, act, roles, filters, found):
    for title, facts in {
        "甲": {"is_project": True},
        "乙": {"due_on": date(2026, 5, 1), "reason": "补录", "source_kind": "county_assigned"},
    }.items():
        row = new(title, **facts)
        act("lin", actions.assign, task=row, roles=roles)
        if title == "甲":
            act("wang", actions.sign_for, task=row)
    loose = NewTask(title="丙", unit_id=cast.east.pk, source_kind="temporary")
    act("lin", actions.register_task, new=loose)
    page = queries.list_tasks(cast.actor("lin"), TODAY, Filters(**filters))
    assert {row.task.title for row in page.rows} == found


def test_unit_filter_holds_what_it_leads_and_supports(cast, task):
    lin = cast.actor("lin")
    for unit, seen in ((cast.east, 1), (cast.economy, 1), (cast.west, 0), (cast.town, 1)):
        assert queries.list_tasks(lin, TODAY, Filters(unit=unit.pk)).total == seen, unit


def test_mine_is_what_the_post_or_the_headed_unit_carries(cast, task):
    for who, seen in (("wang", 1), ("qian", 1), ("liu", 1), ("ma", 0), ("lin", 0)):
        assert queries.list_tasks(cast.actor(who), TODAY, Filters(mine=True)).total == seen, who


def test_row_names_who_carries_it(cast, task):
    row = queries.list_tasks(cast.actor("lin"), TODAY, Filters()).rows[0]
    assert row.carriers.lead_unit == cast.east
    assert row.carriers.person == cast.people["wang"]
    assert row.carriers.supporting == (cast.economy,)
    assert row.share is None


def test_light_is_the_pacing_laws(cast, task, act):
    row = queries.list_tasks(cast.actor("lin"), TODAY, Filters()).rows[0]
    assert row.light.word == "none"
    act("wang", actions.report, task=task, said=Said(text="刚动", progress=100))
    row = queries.list_tasks(cast.actor("lin"), TODAY, Filters()).rows[0]
    assert row.light.word == "late"
    assert row.light.arithmetic.code == "pacing.late_points"
    assert row.light.arithmetic.params["actual"] == 1


def test_registered_task_has_no_light_yet(cast, new):
    new(due_on=date(2026, 1, 31), reason="补录")
    row = queries.list_tasks(cast.actor("lin"), TODAY, Filters()).rows[0]
    assert (row.light.word, row.light.arithmetic.code) == ("none", "ledger.light.not_handed")


# --- What is owed ---------------------------------------------------------------------------


def kinds(cast, who, today=TODAY):
    return [item.kind for item in queries.owed(cast.actor(who, today), today)]


def test_new_assignment_owes_a_signature_by_its_urgency(cast, new, act, roles):
    row = new(urgency="urgent")
    act("lin", actions.assign, task=row, roles=roles)
    item = queries.owed(cast.actor("wang"), TODAY)[0]
    assert (item.kind, item.by, item.late_days) == ("sign", TODAY, 0)
    later = queries.owed(cast.actor("wang"), TODAY + timedelta(days=2))[0]
    assert later.late_days == 2
    assert kinds(cast, "ma") == []


def test_nothing_is_owed_between_nodes(cast, task):
    assert kinds(cast, "wang") == []


def test_node_owes_a_report_from_a_week_before(cast, task, act):
    nodes = [NewMilestone(title="路基", due_on=TODAY + timedelta(days=5))]
    act("lin", actions.set_milestones, task=task, nodes=nodes)
    assert kinds(cast, "wang") == ["report"]
    act("wang", actions.report, task=task, said=Said(text="快好了"))
    assert kinds(cast, "wang") == []


def test_passed_node_without_a_report_stays_owed(cast, task, act):
    nodes = [NewMilestone(title="路基", due_on=TODAY - timedelta(days=3))]
    act("lin", actions.set_milestones, task=task, nodes=nodes)
    item = queries.owed(cast.actor("wang"), TODAY)[0]
    assert (item.kind, item.late_days) == ("report", 3)
    assert queries.list_tasks(cast.actor("lin"), TODAY, Filters()).rows[0].light.word == "silent"


def test_due_date_owes_done(cast, task):
    day = date(2026, 11, 5)
    item = queries.owed(cast.actor("wang", day), day)[0]
    assert (item.kind, item.late_days) == ("done", 5)


def test_person_who_left_owes_nothing_and_the_successor_all(cast, task):
    day = date(2026, 11, 5)
    Term.objects.filter(person=cast.people["wang"]).update(to_on=TODAY)
    assert kinds(cast, "wang", day) == []
    Term.objects.create(
        jurisdiction=task.jurisdiction,
        person=cast.people["ma"],
        post=cast.posts["wang"],
        from_on=TODAY + timedelta(days=1),
    )
    assert kinds(cast, "ma", day) == ["done"]


def test_my_week_costs_the_same_for_any_number(cast, plan, act, roles):
    def hand_over(n):
        items = [NewTask(title=f"事{i}", due_on=date(2026, 7, 1), roles=roles) for i in range(n)]
        act("lin", actions.register_tasks, items=items, plan=plan)
        for row in Task.objects.filter(state="registered"):
            act("lin", actions.assign, task=row)

    hand_over(2)
    wang = cast.actor("wang")
    few = cost(lambda: queries.my_week(wang, TODAY))
    hand_over(30)
    assert cost(lambda: queries.my_week(wang, TODAY)) == few


# --- Findings -------------------------------------------------------------------------------


def codes(cast, plan, today=TODAY):
    return {finding.code for finding in queries.findings(cast.actor("lin"), today, plan)}


def whole(roles, **fields):
    return NewTask(
        **{
            "title": "修路",
            "measures": "分段施工",
            "acceptance": "通车验收合格",
            "roles": roles,
            "starts_on": date(2026, 5, 1),
            "due_on": date(2026, 6, 30),
        }
        | fields
    )


def test_whole_task_has_only_units_and_posts_without_work(cast, plan, act, roles):
    act("lin", actions.register_task, new=whole(roles), plan=plan)
    assert codes(cast, plan) == {"C08", "C09"}


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        ("C01", {"roles": None}),
        ("C02", {"due_on": None, "starts_on": None}),
        ("C03", {"starts_on": date(2026, 1, 1), "due_on": date(2026, 12, 31)}),
        ("C04", {"acceptance": ""}),
        ("C05", {"weight": 30}),
    ],
)
def test_faults_of_a_task_are_found(cast, plan, line, act, roles, code, fault):
    given = replace(roles, owner=None) if fault.get("roles", 1) is None else roles
    fault = {key: value for key, value in fault.items() if key != "roles"}
    act("lin", actions.register_task, new=whole(given, line_id=line.pk, **fault), plan=plan)
    assert code in codes(cast, plan)


def test_faults_between_tasks_are_found(cast, plan, act, roles):
    top = whole(roles, target_value=10, target_unit="公里")
    late = whole(
        roles,
        title="下",
        parent_id=top.id,
        due_on=date(2026, 8, 1),
        target_value=4,
        target_unit="公里",
    )
    act("lin", actions.register_tasks, items=[top, late], plan=plan)
    assert {"C06", "C07"} <= codes(cast, plan)


def test_owner_who_left_is_found(cast, plan, act, roles):
    act("lin", actions.register_task, new=whole(roles), plan=plan)
    Term.objects.filter(person=cast.people["wang"]).update(to_on=TODAY)
    assert "C13" in codes(cast, plan, TODAY + timedelta(days=1))


def test_obligation_nobody_took_up_is_found(cast, plan, act, roles):
    text = "要修通东村产业路。"
    document = Document.objects.create(
        jurisdiction=plan.jurisdiction,
        unit=cast.town,
        title="讲话",
        origin="pasted",
        text=text,
        sha256="0" * 64,
        added_at=datetime(2026, 1, 1, tzinfo=UTC),
    )
    passage = Passage.objects.create(
        jurisdiction=plan.jurisdiction, document=document, start=0, end=len(text)
    )
    draft = DraftItem.objects.create(
        jurisdiction=plan.jurisdiction,
        document=document,
        passage=passage,
        position=1,
        kind="task",
        title="修通东村产业路",
    )
    goals.add_documents(actor=cast.actor("lin"), today=TODAY, plan=plan, documents=[document])
    assert "C11" in codes(cast, plan)
    DraftItem.objects.filter(pk=draft.pk).update(
        state="set_aside", disposition="declined", why_not="已在上年完成"
    )
    assert "C11" not in codes(cast, plan)


def test_findings_cost_the_same_for_any_plan(cast, plan, line, act, roles):
    act("lin", actions.register_task, new=whole(roles), plan=plan)
    lin = cast.actor("lin")
    few = cost(lambda: queries.findings(lin, TODAY, plan))
    many(plan, line, 1000)
    assert cost(lambda: queries.findings(lin, TODAY, plan)) == few


def test_findings_of_another_town_are_not_told(cast, plan, act, roles):
    act("lin", actions.register_task, new=whole(roles, acceptance=""), plan=plan)
    assert queries.findings(cast.actor("fang"), TODAY, plan) == ()
    assert isinstance(Actor.system(plan.jurisdiction), Actor)
    assert NOW.tzinfo is UTC


def test_bar_without_planned_days_is_drawn_just_in_time(plan, new, act, cast):
    """Ten working days before a Friday deadline begin on the Monday of the week before."""
    task = new("编制可研报告", starts_on=None, duration_days=10, due_on=date(2026, 10, 30))
    table = queries.timetable(cast.actor("lin"), TODAY, plan)
    bar = next(bar for bar in table.bars if bar.task.pk == task.pk)
    assert (bar.start, bar.end) == (date(2026, 10, 19), date(2026, 10, 30))
