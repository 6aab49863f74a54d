"""Stored sums: whatever happens to a tree, counting again changes nothing."""

import random
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luoshi.domain.access import Actor
from luoshi.goals import actions as goals
from luoshi.ledger import actions
from luoshi.ledger.actions import NewTask, Said
from luoshi.ledger.models import Task
from luoshi.ledger.queries import recount, stored

from .conftest import NOW, TODAY


@pytest.fixture
def system(cast):
    return Actor.system(cast.county.jurisdiction)


def bulk(plan, system, n, line=None):
    """A plan of n tasks: tops of ten, each with nine children."""
    items = []
    for number in range(n):
        parent = items[number - number % 10].id if number % 10 else None
        items.append(NewTask(title=f"任务{number}", parent_id=parent, line_id=line and line.pk))
    actions.register_tasks(actor=system, today=TODAY, now=NOW, items=items, plan=plan)
    return items


def assert_sound(plan, system):
    counted = recount(plan.pk, plan.jurisdiction)
    for task in Task.objects.filter(plan=plan):
        assert stored(task) == counted.tasks[task.pk], task.number
    answer = actions.rebuild_sums(actor=system, today=TODAY, now=NOW, plan=plan)
    assert answer.version == -1, "the rebuild found something to mend"


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 10**9), steps=st.integers(5, 25))
def test_sums_after_any_story_are_what_counting_again_gives(cast, plan, line, system, seed, steps):
    rng = random.Random(seed)
    other = goals.add_line(actor=system, today=TODAY, plan=plan, name=f"线{seed}{rng.random()}")
    lines = [None, line.pk, other.id]
    for _ in range(steps):
        tasks = list(Task.objects.filter(plan=plan).exclude(state="cancelled"))
        verb = rng.choice(["new", "new", "report", "weigh", "cancel", "line", "withdraw"])
        if verb == "new" or not tasks:
            parent = rng.choice([None, *(task for task in tasks if task.depth < 8)])
            top = NewTask(
                title="甲",
                parent_id=parent and parent.pk,
                weight=rng.randint(0, 300),
                line_id=rng.choice(lines),
            )
            child = NewTask(title="乙", parent_id=top.id, weight=rng.randint(0, 300))
            items = [top, child][: rng.randint(1, 2)]
            actions.register_tasks(actor=system, today=TODAY, now=NOW, items=items, plan=plan)
            continue
        task = rng.choice(tasks)
        facts = {"actor": system, "today": TODAY, "now": NOW, "task": task}
        if verb == "report" and task.is_leaf:
            Task.objects.filter(pk=task.pk).update(state="under_way")
            lin = cast.actor("lin")
            Task.objects.filter(pk=task.pk).update(unit=cast.office)
            task.assignments.all().delete()
            task.assignments.create(
                jurisdiction=task.jurisdiction, role="lead_unit", unit=cast.office, from_on=TODAY
            )
            said = Said(text="进展", progress=rng.randint(0, 10_000))
            actions.report(**facts | {"actor": lin}, said=said)
        elif verb == "weigh":
            actions.edit_task(**facts, version=task.version, weight=rng.randint(0, 300))
        elif verb == "line":
            actions.edit_task(**facts, version=task.version, line_id=rng.choice(lines))
        elif verb == "cancel":
            Task.objects.filter(pk=task.pk).update(state="registered")
            actions.cancel(**facts | {"actor": cast.actor("liu")}, reason="不办了")
        elif verb == "withdraw" and not task.children.exists() and not task.reports.exists():
            Task.objects.filter(pk=task.pk).update(state="registered")
            actions.withdraw_task(**facts)
    assert_sound(plan, system)


def test_rebuild_mends_what_was_broken_behind_its_back(plan, line, system):
    bulk(plan, system, 30, line)
    Task.objects.filter(depth=0).update(weight_sum=7)
    type(line).objects.filter(pk=line.pk).update(done_sum=99)
    answer = actions.rebuild_sums(actor=system, today=TODAY, now=NOW, plan=plan)
    assert answer.facts["changed"] == 4
    assert_sound(plan, system)


def queries_of(call):
    """Statements asked, SQLite's splitting of one bulk insert into many left out."""
    with CaptureQueriesContext(connection) as caught:
        call()
    return sum(not query["sql"].startswith("INSERT") for query in caught.captured_queries)


def test_report_asks_the_same_number_of_questions_in_a_plan_of_any_size(
    cast, plan, line, system, task, act
):
    few = queries_of(
        lambda: act("wang", actions.report, task=task, said=Said(text="一", progress=1))
    )
    bulk(plan, system, 2_000, line)
    many = queries_of(
        lambda: act("wang", actions.report, task=task, said=Said(text="二", progress=2))
    )
    assert many == few
    assert many <= 26


def test_registering_asks_the_same_number_of_questions_for_any_number(plan, line, system):
    few = queries_of(lambda: bulk(plan, system, 10, line))
    many = queries_of(lambda: bulk(plan, system, 200, line))
    assert many == few


def test_parent_is_missing_only_what_nobody_spoke_of(plan, line, system, act, new, roles):
    top = new(roles=roles)
    kids = [new(f"甲{n}", parent_id=top.pk, weight=n, roles=roles) for n in (30, 70)]
    for kid in kids:
        act("lin", actions.assign, task=kid)
        act("wang", actions.sign_for, task=kid)
    act("wang", actions.report, task=kids[0], said=Said(text="一半", progress=5000))
    top.refresh_from_db()
    assert (top.weight_sum, top.done_sum, top.missing_sum) == (100, 150_000, 70)
    assert stored(top).share == 5000
    act("wang", actions.report, task=kids[1], said=Said(text="完", progress=10_000))
    top.refresh_from_db()
    assert stored(top).share == 8500


def test_cancelled_task_no_longer_weighs(new, act, plan):
    new()
    gone = new("不办了", due_on=date(2026, 9, 30))
    act("liu", actions.cancel, task=gone, reason="上级取消")
    plan.refresh_from_db()
    assert plan.weight_sum == 100
