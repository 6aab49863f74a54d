"""A year with two lines, tasks closed, late and open, notes, and short ways to act."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from luoshi.briefs import actions as briefs
from luoshi.briefs.models import Brief
from luoshi.goals import actions as goals
from luoshi.goals.models import Plan, WorkLine
from luoshi.ledger.models import ProgressReport, Task
from tests.cast import make

TODAY = date(2026, 6, 18)
NOW = datetime(2026, 6, 18, 2, 0, tzinfo=UTC)


@pytest.fixture
def act(cast):
    """`act("lin", action, …)`: an action by one of the cast on the story's day."""

    def acting(who, action, **facts):
        return action(actor=cast.actor(who), today=TODAY, **facts)

    return acting


@pytest.fixture
def plan(cast, act):
    made = act("lin", goals.create_plan, unit=cast.town, year=2026)
    row = Plan.objects.get(pk=made.id)
    act("chen", goals.approve_plan, plan=row, now=NOW)
    row.refresh_from_db()
    return row


@pytest.fixture
def lines(cast, plan, act):
    """项目引建 is 刘副镇长's line, 民生服务 is 陈书记's."""
    named = [("项目引建", "liu"), ("民生服务", "chen")]
    for name, leader in named:
        act("lin", goals.add_line, plan=plan, name=name, leader_post=cast.posts[leader])
    return list(WorkLine.objects.filter(plan=plan).order_by("number"))


@pytest.fixture
def new_task(cast, plan):
    """`new_task("title", line, state=…)`: a row of the ledger in any state, for a review to read."""

    def made(title, line, **fields):
        number = Task.objects.count() + 1
        facts = {
            "plan": plan,
            "unit": cast.east,
            "line": line,
            "number": f"2026-{number:03}",
            "tree": f"{number:06x}/",
            "title": title,
            "state": "under_way",
            "state_since": date(2026, 1, 12),
            "due_on": date(2026, 10, 31),
        }
        return make(Task, cast, **(facts | fields))

    return made


@pytest.fixture
def closed(cast):
    """What a closed task says: done by one person, verified by another."""
    return {
        "state": "completed",
        "done_on": date(2026, 5, 20),
        "done_by_id": cast.people["wang"].pk,
        "verified_by_id": cast.people["he"].pk,
        "closed_on": date(2026, 5, 29),
    }


@pytest.fixture
def year(cast, act, plan, lines, new_task, closed):
    """Two lines with everything a review can say."""
    projects, people = lines
    money = new_task(
        "到位资金6亿元以上", projects, target_value=Decimal(6), target_unit="亿元", target_op=">="
    )
    make(
        ProgressReport,
        cast,
        task=money,
        unit_id=cast.east.pk,
        reported_on=date(2026, 6, 1),
        reported_at=NOW,
        text="上半年到位资金3.2亿元",
        value=Decimal("3.2"),
    )
    new_task("产业园一期厂房封顶", projects, **closed)
    new_task("新签约亿元以上项目", projects, due_on=date(2026, 5, 31))
    new_task("建成镇养老服务中心", people, **closed)
    new_task("修通东村产业路3公里", people, unit=cast.economy, due_on=date(2026, 9, 30))
    act(
        "lin",
        goals.add_note,
        plan=plan,
        line=projects,
        kind="gap",
        text="亿元以上项目偏少，龙头带动不足",
    )
    act("lin", goals.add_note, plan=plan, kind="problem", text="基层执法力量不足")
    return plan


@pytest.fixture
def brief(act, year):
    """The first draft of the year's review."""
    made = act("lin", briefs.write_review, now=NOW, plan=year)
    return Brief.objects.select_related("plan__unit", "unit").get(pk=made.id)
