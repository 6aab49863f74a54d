"""The writes that need every room: a plan goes into force; the search index is made anew."""

from __future__ import annotations

from datetime import date, datetime

from luoshi.documents.actions import search_text
from luoshi.documents.models import Document
from luoshi.domain.access import Actor
from luoshi.goals import actions as goals
from luoshi.goals.found import make_findable as goal_findable
from luoshi.goals.models import Goal, Note, Plan
from luoshi.home.queries.coverage import gathered
from luoshi.journal.actions import Written, nothing, record, write
from luoshi.ledger.found import make_findable
from luoshi.ledger.models import Task
from luoshi.search.actions import index_many


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


@write("home.search.rebuild")
def rebuild_search(*, actor: Actor, today: date) -> Written:
    """Put every item, goal, note and text of the jurisdiction into the search index again.

    Needed after rows came in behind the actions' back, or after a restore; safe at any time.
    """
    mine = {"jurisdiction": actor.jurisdiction_id}
    make_findable(Task.objects.filter(**mine).iterator(chunk_size=1000))
    for row in (*Goal.objects.filter(**mine), *Note.objects.filter(**mine)):
        goal_findable(row)
    index_many(map(search_text, Document.objects.filter(**mine).iterator(chunk_size=50)))
    return nothing("home.search", actor.jurisdiction_id)
