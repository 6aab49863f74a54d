"""What a plan lacks for supervision: items that nobody could verify."""

from __future__ import annotations

from datetime import date

from luoshi.domain import closing
from luoshi.domain.access import Actor
from luoshi.domain.base import Finding, Where, say
from luoshi.goals import queries as goals
from luoshi.goals.models import Plan
from luoshi.ledger.queries import visible_tasks
from luoshi.supervision.queries.drawing import drawn_for


def findings(actor: Actor, today: date, plan: Plan) -> tuple[Finding, ...]:
    """V01: an item that nobody could verify once it is done.

    So it is where the town's office carries the item itself and no leader in charge is named.
    Empty where the actor may not read the plan. Seven queries.
    """
    if goals.plan_for(actor, today, plan.pk) is None:
        return ()
    rows = visible_tasks(actor, today).filter(
        plan=plan, is_leaf=True, state__in=list(closing.ACTIVE)
    )
    tasks = list(rows.select_related("unit", "line").order_by("tree"))
    drawn = drawn_for(actor, today, tasks)
    return tuple(
        Finding(
            "V01",
            "warning",
            Where("ledger.task", task.pk, f"{task.number} {task.title}"),
            say("supervision.nobody_verifies"),
        )
        for task in tasks
        if drawn[task.pk] is None
    )
