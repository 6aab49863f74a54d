"""The writes that need every room: a plan goes into force; the search index is made anew."""

from __future__ import annotations

from datetime import date, datetime

from luoshi.documents.actions import search_text
from luoshi.documents.models import Document
from luoshi.domain.access import Actor
from luoshi.domain.base import Refused, say
from luoshi.goals import actions as goals
from luoshi.goals import queries as goals_queries
from luoshi.goals.found import make_findable as goal_findable
from luoshi.goals.models import Goal, Meeting, Note, Plan
from luoshi.home.queries.coverage import gathered
from luoshi.home.queries.meeting import leading_units
from luoshi.indicators import actions as indicators
from luoshi.journal.actions import Written, nothing, record, write
from luoshi.ledger import actions as ledger
from luoshi.ledger.actions import NewTask
from luoshi.ledger.found import make_findable
from luoshi.ledger.models import Task
from luoshi.ledger.queries import Roles
from luoshi.search.actions import index_many

TITLE = 400
CALL = "制定落实方案"
CALL_HOW = "对照会议确定的任务，结合实际制定本单位的路线图和时间表。"
CALL_DONE = "落实方案经分管领导审定，报党政综合办。"
"""Words of the task itself, data as the office would type them."""


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
    indicators.put_targets_in_force(actor=actor, today=today, plan=plan)
    record(plan, {"warnings": (None, len(warnings))}, at=now)
    return answer


@write("home.meeting.call")
def call_for_plans(
    *, actor: Actor, today: date, now: datetime, meeting: Meeting, due_on: date, key: str = ""
) -> Written:
    """会后报落实方案: each unit that leads anything of the meeting owes a plan by a day (R33).

    One task gathers them; under it each lead unit has its own, handed to it at once. They are
    decisions of the meeting, outside the plan, so its sums and weights stay as they were. Once for
    a meeting; the day must not have passed.
    """
    del key
    plans = list(goals_queries.plans(actor, today).filter(meeting=meeting))
    units = leading_units(actor, today, plans)
    if not units:
        raise Refused(say("home.nobody_leads"))
    if due_on < today:
        raise Refused(say("home.call_passed"))
    above = NewTask(
        title=f"{meeting.title}：各单位制定落实方案"[:TITLE],
        unit_id=meeting.unit_id,
        source_kind=Task.Source.MEETING,
        due_on=due_on,
        measures=CALL_HOW,
        acceptance=CALL_DONE,
    )
    each = [
        NewTask(
            title=CALL,
            parent_id=above.id,
            source_kind=Task.Source.MEETING,
            due_on=due_on,
            measures=CALL_HOW,
            acceptance=CALL_DONE,
            roles=Roles(lead_unit=unit.pk),
        )
        for unit in units
    ]
    goals.keep_call(actor=actor, today=today, meeting=meeting, task_id=above.id)
    ledger.register_tasks(actor=actor, today=today, now=now, items=[above, *each])
    children = list(Task.objects.filter(parent=above.id).order_by("tree"))
    ledger.assign_many(actor=actor, today=today, now=now, tasks=children)
    record(meeting, {"called": (None, len(units))}, at=now)
    return Written("goals.meeting", meeting.pk, meeting.version, {"n": len(units)})


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
