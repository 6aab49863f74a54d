"""Stored sums: whatever happens to a tree, counting again changes nothing."""

import random
from contextlib import contextmanager
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luoshi.domain.access import Actor
from luoshi.goals import actions as goals
from luoshi.ledger import actions
from luoshi.ledger.actions import NewMilestone, NewTask, Said
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
        assert stored(task) == counted.tasks[task.pk], (task.number, task.roll_up)
        assert task.done_value == counted.values[task.pk], (task.number, task.roll_up)
    answer = actions.rebuild_sums(actor=system, today=TODAY, now=NOW, plan=plan)
    assert answer.version == -1, "the rebuild found something to mend"


RULES = Task.RollUp.values
DATED = [NewMilestone(title=f"节点{month}", due_on=date(2026, month, 1)) for month in (8, 9, 10)]


class Story:
    """Anything may happen to a plan: one random verb at a time."""

    verbs = ("new", "new", "report", "report", "weigh", "rule", "target", "nodes", "cancel", "line",
             "withdraw")  # fmt: skip

    def __init__(self, seed, cast, plan, lines, system):
        self.rng, self.cast, self.plan = random.Random(seed), cast, plan
        self.lines, self.system = lines, system

    def step(self):
        """One verb, on one task of the plan."""
        tasks = list(Task.objects.filter(plan=self.plan).exclude(state="cancelled"))
        verb = self.rng.choice(self.verbs) if tasks else "new"
        if verb == "new":
            self.new(tasks)
        else:
            getattr(self, verb)(self.rng.choice(tasks))

    def new(self, tasks):
        parent = self.rng.choice([None, *(task for task in tasks if task.depth < 8)])
        top = NewTask(
            title="甲",
            parent_id=parent and parent.pk,
            weight=self.rng.randint(0, 300),
            roll_up=self.rng.choice(RULES),
            target_value=self.figure(5, 20),
            line_id=self.rng.choice(self.lines),
            milestones=tuple(DATED[: self.rng.randint(0, 3)]),
        )
        weight = self.rng.randint(0, 300)
        child = NewTask(title="乙", parent_id=top.id, weight=weight, target_value=Decimal(10))
        items = [top, child][: self.rng.randint(1, 2)]
        self.act(actions.register_tasks, items=items, plan=self.plan)

    def report(self, task):
        carried_by(task, self.cast.office)
        node = task.milestones.order_by("-position").first()
        told = {"milestone_id": node and node.pk}
        if task.is_leaf:
            told |= {"progress": self.rng.randint(0, 10_000), "value": self.figure(3, 12)}
        day = TODAY + timedelta(days=self.rng.randint(0, 3))
        lin = self.cast.actor("lin")
        self.act(actions.report, actor=lin, today=day, task=task, said=Said(text="进展", **told))

    def weigh(self, task):
        self.edit(task, weight=self.rng.randint(0, 300))

    def rule(self, task):
        self.edit(task, roll_up=self.rng.choice(RULES))

    def target(self, task):
        self.edit(task, target_value=self.figure(8, 40))

    def line(self, task):
        self.edit(task, line_id=self.rng.choice(self.lines))

    def nodes(self, task):
        done = set(task.milestones.filter(done_on__isnull=False).values_list("title", flat=True))
        nodes = [node for node in DATED if node.title in done or self.rng.random() < 0.5]
        self.act(actions.set_milestones, task=task, nodes=nodes)

    def cancel(self, task):
        Task.objects.filter(pk=task.pk).update(state="registered")
        self.act(actions.cancel, actor=self.cast.actor("liu"), task=task, reason="不办了")

    def withdraw(self, task):
        if not task.children.exists() and not task.reports.exists():
            Task.objects.filter(pk=task.pk).update(state="registered")
            self.act(actions.withdraw_task, task=task)

    def edit(self, task, **changes):
        self.act(actions.edit_task, task=task, version=task.version, **changes)

    def act(self, action, **facts):
        action(**{"actor": self.system, "today": TODAY, "now": NOW} | facts)

    def figure(self, *figures):
        return self.rng.choice([None, *map(Decimal, figures)])


def carried_by(task, unit):
    """The unit leads the task and works on it."""
    Task.objects.filter(pk=task.pk).update(state="under_way", unit=unit)
    task.assignments.all().delete()
    task.assignments.create(
        jurisdiction=task.jurisdiction, role="lead_unit", unit=unit, from_on=TODAY
    )


def tell(seed, steps, cast, plan, line, system):
    other = goals.add_line(actor=system, today=TODAY, plan=plan, name=f"线{seed}")
    story = Story(seed, cast, plan, [None, line.pk, other.id], system)
    for _ in range(steps):
        story.step()
    assert_sound(plan, system)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 10**9), steps=st.integers(5, 25))
def test_sums_after_any_story_are_what_counting_again_gives(cast, plan, line, system, seed, steps):
    with rolled_back():
        tell(seed, steps, cast, plan, line, system)


@contextmanager
def rolled_back():
    """Each story starts with an empty plan."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


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
    return sum("INSERT INTO" not in query["sql"][:40] for query in caught.captured_queries)


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
