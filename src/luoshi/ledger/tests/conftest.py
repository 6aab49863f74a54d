"""A plan with one line, and short ways to act, for the ledger's tests."""

from datetime import UTC, date, datetime

import pytest

from luoshi.goals import actions as goals
from luoshi.goals.models import Plan, WorkLine
from luoshi.ledger import actions
from luoshi.ledger.models import Task
from luoshi.ledger.queries import Roles

TODAY = date(2026, 6, 18)
NOW = datetime(2026, 6, 18, 2, 0, tzinfo=UTC)


@pytest.fixture
def plan(cast):
    made = goals.create_plan(actor=cast.actor("lin"), today=TODAY, unit=cast.town, year=2026)
    return Plan.objects.get(pk=made.id)


@pytest.fixture
def line(cast, plan):
    made = goals.add_line(
        actor=cast.actor("lin"),
        today=TODAY,
        plan=plan,
        name="工业强镇",
        leader_post=cast.posts["liu"],
    )
    return WorkLine.objects.get(pk=made.id)


@pytest.fixture
def act(cast):
    """`act("wang", actions.report, task=…)`: an action by one of the cast on the story's day."""

    def acting(who, action, *, day=TODAY, **facts):
        actor = cast.actor(who, day) if isinstance(who, str) else who
        return action(actor=actor, today=day, now=NOW, **facts)

    return acting


@pytest.fixture
def roles(cast):
    """东村 leads, 经发办 supports, 刘副镇长 answers for it, 王书记's post owns it."""
    return Roles(
        lead_leader=cast.posts["liu"].pk,
        lead_unit=cast.east.pk,
        supporting=(cast.economy.pk,),
        owner=cast.posts["wang"].pk,
    )


@pytest.fixture
def new(plan, line, act):
    """`new("修路", …)`: a task registered by Lin, read back."""

    def registered(title="修通东村产业路", by="lin", reason="", **fields):
        fields.setdefault("line_id", line.pk)
        fields.setdefault("due_on", date(2026, 10, 31))
        item = actions.NewTask(title=title, **fields)
        made = act(by, actions.register_task, new=item, plan=plan, reason=reason)
        return Task.objects.get(pk=made.id)

    return registered


@pytest.fixture
def task(new, act, roles):
    """A task that 东村 has signed for."""
    row = new()
    act("lin", actions.assign, task=row, roles=roles)
    act("wang", actions.sign_for, task=row)
    row.refresh_from_db()
    return row
