"""The one write that needs every room: a plan goes into force with what is known to be missing."""

from __future__ import annotations

from datetime import date, datetime

from luoshi.domain.access import Actor
from luoshi.goals import actions as goals
from luoshi.goals.models import Plan
from luoshi.home.queries.coverage import gathered
from luoshi.journal.actions import Written, record, write


@write("home.plan.put_in_force")
def put_in_force(
    *,
    actor: Actor,
    today: date,
    now: datetime,
    plan: Plan,
    signed: bool = False,
    version: int | None = None,
) -> Written:
    """An approved plan goes into force: errors refuse, warnings must be signed for.

    Findings are gathered here, in the same transaction, so that nobody signs for yesterday's list.
    """
    found = gathered(actor, today, plan)
    errors = [one for one in found if one.severity == "error"]
    warnings = [one for one in found if one.severity == "warning"]
    answer = goals.put_in_force(
        actor=actor,
        today=today,
        now=now,
        plan=plan,
        errors=errors,
        warnings=warnings,
        signed=signed,
        version=version,
    )
    plan.refresh_from_db()
    record(plan, {"warnings": (None, len(warnings))}, at=now)
    return answer
