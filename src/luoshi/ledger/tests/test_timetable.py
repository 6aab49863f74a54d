"""The timetable of a plan and of one project: named deadlines, ways out, moves of dates."""

import re
from datetime import date
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from luoshi.domain.base import Refused
from luoshi.goals import actions as goals
from luoshi.journal.models import Entry
from luoshi.ledger import actions, queries
from luoshi.ledger.actions import NewTask
from luoshi.ledger.models import StatutoryTime, Task
from luoshi.ledger.quarters import quarters_of
from luoshi.ledger.roadmap import EDGE, HIGH, SHEET_HIGH, roadmap_of
from luoshi.ledger.steps import templates
from luoshi.ledger.tests.conftest import TODAY
from luoshi.office.china_calendar import china_calendar
from luoshi.store.rows import Stale


@pytest.fixture
def road(plan, line, act):
    """A project: tender, then works that wait for it, due too early; beside it an easy project."""
    top = NewTask(title="修通产业路", is_project=True, line_id=line.pk, due_on=date(2026, 10, 30))
    tender = NewTask(title="施工招标", parent_id=top.id, duration_days=30, due_on=date(2026, 8, 14))
    works = NewTask(title="路面施工", parent_id=top.id, duration_days=50, due_on=date(2026, 9, 18))
    easy = NewTask(
        title="修缮泵站", is_project=True, line_id=line.pk, starts_on=TODAY, duration_days=5,
        due_on=date(2026, 12, 18),
    )  # fmt: skip
    act("lin", actions.register_tasks, items=[top, tender, works, easy], plan=plan)
    rows = {row.title: row for row in Task.objects.filter(plan=plan)}
    act("lin", actions.add_dependency, task=rows["路面施工"], predecessor=rows["施工招标"])
    return rows


def test_plan_names_the_project_that_cannot_be_done_in_time(cast, plan, road):
    table = queries.timetable(cast.actor("lin"), TODAY, plan)
    told = {line.task.title: line.standing.verdict for line in table.projects}
    assert [name for name, verdict in told.items() if not verdict.feasible] == ["修通产业路"]
    assert next(iter(told)) == "修通产业路", "trouble stands first"
    assert told["修通产业路"].sentence.params["step"] == "路面施工"


def test_a_project_is_judged_with_what_it_waits_for(cast, plan, road, new, act):
    """Another's delay is seen in it; another's own deadline is not."""
    late = new("征地", duration_days=100, due_on=date(2026, 7, 1))
    act("lin", actions.add_dependency, task=road["修缮泵站"], predecessor=late)
    table = queries.timetable(cast.actor("lin"), TODAY, plan, road["修缮泵站"])
    assert [bar.task.title for bar in table.bars] == ["修缮泵站"]
    assert table.verdict.feasible
    assert table.verdict.chain == (late.pk, road["修缮泵站"].pk)


def test_overdue_is_told_apart_and_hides_no_other_deadline(cast, plan, road, new):
    new("春节值守", duration_days=5, due_on=date(2026, 2, 14), reason="补录")
    table = queries.timetable(cast.actor("lin"), TODAY, plan)
    assert [step.name for step in table.lost] == ["春节值守"]
    assert table.verdict.sentence.params["step"] == "路面施工"


def test_project_page_has_its_own_verdict_and_costs_a_constant(signed_in, plan, road, new):
    client = signed_in("lin")
    address = reverse("ledger:timetable") + f"?task={road['修通产业路'].pk}"

    def cost():
        with CaptureQueriesContext(connection) as caught:
            text = client.get(address).content.decode()
        return len(caught), text

    cost()
    few, text = cost()
    assert "修缮泵站" not in text
    assert "差在哪里" in text
    for n in range(5):
        new(f"又一分项{n}", parent_id=road["修通产业路"].pk, line_id=None, duration_days=3)
    more, text = cost()
    assert "又一分项4" in text
    assert more == few


def test_timetable_of_a_foreign_task_does_not_exist(signed_in, road):
    address = reverse("ledger:timetable") + f"?task={road['修通产业路'].pk}"
    assert signed_in("fang").get(address).status_code == 404


def way(cast, plan, road, kind):
    """The moves of the way out of one kind, as the project's page offers it."""
    table = queries.timetable(cast.actor("lin"), TODAY, plan, road["修通产业路"])
    found = [one for one in table.ways if one.proposal.changes[0].kind == kind]
    return dict(found[0].moves)


def form(client, address):
    """The hidden fields of the form on a page, as a browser would send them."""
    text = client.get(address).content.decode()
    hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', text)
    return text, {name: value for name, value in hidden if name != "csrfmiddlewaretoken"}


@pytest.mark.parametrize("kind", ["cut", "overlap"])
def test_way_out_is_looked_at_then_taken_and_the_plan_is_feasible(
    signed_in, cast, plan, road, kind
):
    client, project = signed_in("lin"), road["修通产业路"]
    moves = way(cast, plan, road, kind)
    address = reverse("ledger:consider") + "?" + urlencode({"task": project.pk} | moves)
    text, sent = form(client, address)
    assert "改动以后来得及" in text
    assert "尚未保存" in text
    before = Task.objects.get(pk=road["路面施工"].pk)
    assert before.duration_days == 50, "looking saves nothing"
    answer = client.post(reverse("ledger:consider"), sent | {"reason": "压缩工期"}, follow=True)
    assert "来得及" in answer.content.decode().split("<h2>")[1]
    table = queries.timetable(cast.actor("lin"), TODAY, plan, project)
    assert table.verdict.feasible
    entries = Entry.objects.filter(key=sent["key"])
    assert {entry.reason for entry in entries} == {"压缩工期"}


def test_move_is_refused_whole_where_somebody_saved_in_between(cast, plan, road, act):
    tender, works = road["施工招标"], road["路面施工"]
    seen = {tender.pk: tender.version, works.pk: works.version}
    act("lin", actions.edit_task, task=works, version=works.version, title="路面和标线施工")
    moves = queries.Moves(days={tender.pk: 20, works.pk: 40})
    with pytest.raises(Stale):
        act("lin", actions.reschedule, plan=plan, moves=moves, versions=seen)
    tender.refresh_from_db()
    assert tender.duration_days == 30, "all or nothing"


def test_a_step_in_calendar_days_is_not_called_working_days(signed_in, plan, road):
    StatutoryTime.objects.create(
        jurisdiction=plan.jurisdiction,
        task=road["施工招标"],
        days=20,
        unit="calendar",
        basis="公示",
    )
    client, asked = signed_in("lin"), {"plan": plan.pk, "view": "table"}
    table = client.get(reverse("ledger:timetable"), asked).content.decode()
    assert '30 <span class="m">日历日</span>' in table
    assert '50 <span class="m">个工作日</span>' in table
    asked = {"plan": plan.pk, f"days.{road['施工招标'].pk}": "25"}
    assert "工期（日历日）" in client.get(reverse("ledger:consider"), asked).content.decode()


def test_no_box_of_the_roadmap_crosses_the_edge_of_a_sheet(cast, plan, road, new, act):
    for n in range(60):
        before, after = new(f"前{n}", duration_days=5), new(f"后{n}", duration_days=5)
        act("lin", actions.add_dependency, task=after, predecessor=before)
    drawn = roadmap_of(queries.timetable(cast.actor("lin"), TODAY, plan))
    assert len(drawn.sheets) > 1
    assert len(drawn.boxes) == 122
    for sheet in drawn.sheets:
        assert sheet.height <= SHEET_HIGH + 2 * EDGE
        assert all(EDGE <= box.y <= sheet.height - HIGH for box in sheet.boxes)


def test_statutory_time_is_refused_with_its_article(cast, plan, road, act):
    tender = road["施工招标"]
    StatutoryTime.objects.create(
        jurisdiction=plan.jurisdiction, task=tender, days=25, basis="《招标投标法》第二十四条"
    )
    moves = queries.Moves(days={tender.pk: 10})
    seen = queries.consider(cast.actor("lin"), TODAY, plan, None, moves)
    assert seen.refusal.params["basis"] == "《招标投标法》第二十四条"
    with pytest.raises(Refused) as refused:
        act("lin", actions.reschedule, plan=plan, moves=moves, versions={tender.pk: tender.version})
    assert refused.value.why.code == "schedule.below_minimum"
    assert "cut" not in {
        change.kind
        for one in queries.timetable(cast.actor("lin"), TODAY, plan, road["修通产业路"]).ways
        for change in one.proposal.changes
        if change.step == tender.pk and change.days > 5
    }


def in_force(plan):
    """The plan in force; how it comes to be is the business of `goals`."""
    plan.state = plan.State.IN_FORCE
    plan.save()


def test_own_deadline_of_a_plan_in_force_moves_by_request_only(signed_in, cast, plan, road, act):
    in_force(plan)
    works, new = road["路面施工"], date(2026, 10, 23)
    moves = queries.Moves(dues={works.pk: new})
    versions = {works.pk: works.version}
    with pytest.raises(Refused) as refused:
        act("lin", actions.reschedule, plan=plan, moves=moves, versions=versions, reason="顺延")
    assert refused.value.why.code == "ledger.deadline_by_request"
    there = f"/supervision/task/{works.pk}/extension/?new_due_on={new}"

    def page(name):
        told = {"plan": plan.pk, f"due.{works.pk}": new}
        return signed_in(name).get(reverse("ledger:consider"), told).content.decode()

    assert there not in page("lin"), "nobody has signed for it: there is nothing to ask for"
    Task.objects.filter(pk=works.pk).update(state="under_way")
    assert there in page("lin")
    assert "保存改动" not in page("lin")
    assert there not in page("liu"), "the leader agrees, the unit asks"


def test_superiors_deadline_moves_with_the_reply_and_is_counted(cast, plan, road, act):
    works = road["路面施工"]
    Task.objects.filter(pk=works.pk).update(source_kind="county_assigned", state="under_way")
    in_force(plan)
    moves = queries.Moves(dues={works.pk: date(2026, 10, 23)})
    told = {"plan": plan, "moves": moves, "versions": {works.pk: works.version}, "reason": "顺延"}
    with pytest.raises(Refused) as refused:
        act("lin", actions.reschedule, **told)
    assert refused.value.why.code == "closing.needs.superior_reply"
    act("lin", actions.reschedule, **told, superior_reply="县交通局 6月17日 赵科长")
    works.refresh_from_db()
    assert (works.due_on, works.due_moves) == (date(2026, 10, 23), 1)


def test_facts_and_wholes_do_not_move(cast, plan, road):
    lin = cast.actor("lin")
    top, tender = road["修通产业路"], road["施工招标"]
    seen = queries.consider(lin, TODAY, plan, None, queries.Moves(days={top.pk: 3}))
    assert seen.refusal.code == "ledger.parts_decide"
    Task.objects.filter(pk=tender.pk).update(started_on=TODAY)
    moves = queries.Moves(starts={tender.pk: date(2026, 7, 1)})
    assert queries.consider(lin, TODAY, plan, None, moves).refusal.code == "ledger.started_stays"


def test_longer_deadline_gives_time_not_work(cast, plan, road):
    """A task without a duration fills the time between its dates; a later deadline keeps the work."""
    works = road["路面施工"]
    Task.objects.filter(pk=works.pk).update(duration_days=None, starts_on=date(2026, 7, 1))
    moves = queries.Moves(dues={works.pk: date(2026, 12, 18)})
    seen = queries.consider(cast.actor("lin"), TODAY, plan, road["修通产业路"], moves)
    assert seen.moves.days[works.pk] == 58
    assert seen.after.verdict.spare_days > seen.before.verdict.spare_days


def test_consequence_reaches_what_waits_elsewhere_and_is_nobodys_below(
    signed_in, cast, plan, road, new, act
):
    act("lin", actions.add_dependency, task=road["修缮泵站"], predecessor=road["路面施工"])
    moves = queries.Moves(days={road["路面施工"].pk: 60})
    seen = queries.consider(cast.actor("lin"), TODAY, plan, road["修通产业路"], moves)
    assert "修缮泵站" in [row.task.title for row in seen.following if row.effect.moves]
    wang = queries.consider(cast.actor("wang"), TODAY, plan, None, moves)
    assert not wang.changed, "what one does not see one does not move"


def test_procedure_gives_parts_with_order_and_least_times_of_the_law(signed_in, cast, plan, new):
    task = new("村口桥梁重建", is_project=True, due_on=date(2026, 8, 28))
    client, address = signed_in("lin"), reverse("ledger:steps", args=[task.pk])
    text, sent = form(client, address + "?template=1&starts_on=2026-06-22")
    assert "《招标投标法》第二十四条" in text
    assert not Task.objects.filter(parent=task).exists()
    answer = client.post(address, sent)
    assert answer.status_code == 302, answer.content.decode()
    table = queries.timetable(cast.actor("lin"), TODAY, plan, Task.objects.get(pk=task.pk))
    assert table.verdict.feasible
    parts = {bar.task.title: bar for bar in table.bars}
    bids = parts["发出招标文件至投标截止"]
    days = (bids.times.earliest.finish - bids.times.earliest.start).days + 1
    assert days >= 20
    moves = queries.Moves(days={bids.task.pk: 12})
    refusal = queries.consider(cast.actor("lin"), TODAY, plan, task, moves).refusal
    assert refusal.code == "schedule.below_minimum_calendar"
    assert refusal.params["basis"] == "《招标投标法》第二十四条"


def test_every_procedure_of_the_file_keeps_its_own_least_times():
    """The law judges each template's earliest plan on the real calendar, holidays included."""
    calendar = china_calendar()
    for template in templates():
        slots = template.slots(calendar, date(2026, 9, 1))
        assert len(slots) == len(template.steps) > 2
        for step, slot in zip(template.steps, slots, strict=True):
            assert all(slots[n].finish < slot.start for n in step.after), step.title
            if step.minimum and step.minimum.unit == "calendar":
                assert (slot.finish - slot.start).days + 1 >= step.minimum.days


def test_baseline_is_kept_beside_what_stands_now(cast, plan, road, act):
    """As approved: 14 August; the shadow stays when the deadline lawfully moves."""
    tender = road["施工招标"]
    act("lin", goals.approve_plan, plan=plan)
    assert not any(bar.moved for bar in queries.timetable(cast.actor("lin"), TODAY, plan).bars)
    Task.objects.filter(pk=tender.pk).update(due_on=date(2026, 8, 28))
    bars = queries.timetable(cast.actor("lin"), TODAY, plan).bars
    assert [(bar.task.pk, bar.then[1]) for bar in bars if bar.moved] == [
        (tender.pk, date(2026, 8, 14))
    ]


def test_quarters_say_what_must_be_true_at_each_end(signed_in, plan, road, act):
    node = actions.NewMilestone(title="发出中标通知书", due_on=date(2026, 7, 31))
    act("lin", actions.set_milestones, task=road["施工招标"], nodes=[node])
    found = quarters_of(list(Task.objects.filter(plan=plan)), 2026)
    assert [quarter.ends_on.month for quarter in found] == [3, 6, 9, 12]
    assert [len(quarter.promises) for quarter in found] == [0, 0, 3, 2]
    assert found[2].promises[0].title == "发出中标通知书"
    page = signed_in("lin").get(reverse("ledger:timetable"), {"view": "quarters"})
    assert "发出中标通知书" in page.content.decode()


def test_roadmap_puts_a_task_right_of_all_it_waits_for_and_agrees_with_the_timetable(
    signed_in, cast, plan, road, new, act
):
    act("lin", actions.add_dependency, task=road["修缮泵站"], predecessor=road["路面施工"])
    new("无关事项", duration_days=5)
    table = queries.timetable(cast.actor("lin"), TODAY, plan)
    drawn = roadmap_of(table)
    boxes = {box.bar.task.title: box for box in drawn.boxes}
    assert set(boxes) == {"施工招标", "路面施工", "修缮泵站"}, "what hangs on nothing is not drawn"
    assert boxes["施工招标"].x < boxes["路面施工"].x < boxes["修缮泵站"].x
    spots = {(box.x, box.y) for box in drawn.boxes}
    assert len(spots) == len(drawn.boxes)
    assert len(drawn.arrows) == len(table.links) == 2
    finish = boxes["路面施工"].bar.times.earliest.finish
    page = signed_in("lin").get(reverse("ledger:timetable"), {"view": "map"}).content.decode()
    assert f"{finish:%m-%d}" in page
