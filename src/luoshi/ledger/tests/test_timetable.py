"""The timetable of a plan and of one project: named deadlines, ways out, moves of dates."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from luoshi.ledger import actions, queries
from luoshi.ledger.actions import NewTask
from luoshi.ledger.models import Task
from luoshi.ledger.tests.conftest import TODAY


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
