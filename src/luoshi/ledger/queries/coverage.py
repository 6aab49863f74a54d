"""What is missing in a plan, as the coverage law tells it."""

from __future__ import annotations

from datetime import date

from luoshi.domain import cascade
from luoshi.domain.access import Actor
from luoshi.domain.base import Finding
from luoshi.goals import queries as goals
from luoshi.goals.models import Plan
from luoshi.ledger.planfacts import plan_facts


def findings(actor: Actor, today: date, plan: Plan) -> tuple[Finding, ...]:
    """What is missing in a plan: as the coverage law tells it, C01 to C16.

    Empty where the actor may not read the plan. A constant number of queries.
    """
    if goals.plan_for(actor, today, plan.pk) is None:
        return ()
    return cascade.findings(plan_facts(today, plan))
