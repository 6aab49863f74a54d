"""A plan with one line and many items in every condition, for the pages that join rooms."""

import random
from datetime import UTC, date, datetime, timedelta

import pytest

from luoshi.goals import actions as goals
from luoshi.goals.models import Plan, WorkLine
from luoshi.ledger import actions as ledger
from luoshi.ledger.actions import NewTask
from luoshi.ledger.models import Assignment, Task
from tests.cast import TODAY

NOW = datetime(2026, 6, 18, 2, 0, tzinfo=UTC)


@pytest.fixture
def plan(cast):
    made = goals.create_plan(actor=cast.actor("lin"), today=TODAY, unit=cast.town, year=2026)
    return Plan.objects.get(pk=made.id)


@pytest.fixture
def line(cast, plan):
    told = {"actor": cast.actor("lin"), "today": TODAY, "plan": plan}
    made = goals.add_line(**told, name="工业强镇", leader_post=cast.posts["liu"])
    return WorkLine.objects.get(pk=made.id)


@pytest.fixture
def new(cast, plan, line):
    """`new("修路", due_on=…)`: a task registered by Lin, read back."""

    def registered(title="修通东村产业路", by="lin", **fields):
        fields.setdefault("line_id", line.pk)
        fields.setdefault("due_on", date(2026, 10, 31))
        told = {"actor": cast.actor(by), "today": TODAY, "now": NOW, "reason": "补录"}
        made = ledger.register_task(**told, new=NewTask(title=title, **fields), plan=plan)
        return Task.objects.get(pk=made.id)

    return registered


def crowd(cast, plan, line, n, seed=1):
    """Rows in every condition, made behind the actions' back for the sake of size only."""
    rng = random.Random(seed)
    states = ["under_way"] * 6 + ["assigned", "signed", "registered", "completed", "reported_done",
              "suspended", "cancelled", "disputed"]  # fmt: skip
    units = [cast.east, cast.west, cast.economy, cast.office]
    rows = []
    for i in range(n):
        state, due = rng.choice(states), date(2026, 1, 15) + timedelta(days=rng.randrange(340))
        done = state in {"completed", "reported_done"}
        told = rng.random() < 0.7
        progress = rng.randrange(0, 10_000, 500) if told else None
        rows.append(
            Task(
                jurisdiction=plan.jurisdiction, plan=plan, unit=rng.choice(units), line=line,
                number=f"B-{seed}-{i}", tree=f"{i + 5000:04x}/", title=f"批量任务{i}", state=state,
                state_since=date(2026, 1, 10), due_on=due, progress=progress,
                last_report_on=TODAY - timedelta(days=rng.randrange(90)) if told else None,
                done_on=min(due, TODAY) if done else None,
                closed_on=min(due, TODAY) if state == "completed" else None,
                starts_on=due - timedelta(days=60) if i % 3 else None,
                weight_sum=100, done_sum=100 * (progress or 0), missing_sum=0 if told else 100,
            )
        )  # fmt: skip
    made = Task.objects.bulk_create(rows, batch_size=1000)
    Assignment.objects.bulk_create(
        [
            Assignment(jurisdiction=plan.jurisdiction, task=row, role="lead_unit",
                       unit_id=row.unit_id, from_on=TODAY)
            for row in made
        ],
        batch_size=1000,
    )  # fmt: skip
    return made
