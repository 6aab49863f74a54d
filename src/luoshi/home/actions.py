"""The writes that need every room: a plan goes into force; the search index is made anew."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from luoshi.burden import actions as burden
from luoshi.burden.models import DataRequest, RequestedUnit
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
from luoshi.home.queries.requests import price_of, request_page
from luoshi.indicators import actions as indicators
from luoshi.journal.actions import Written, nothing, record, write
from luoshi.ledger import actions as ledger
from luoshi.ledger.actions import NewMilestone, NewTask, Said
from luoshi.ledger.found import make_findable
from luoshi.ledger.models import Milestone, Task
from luoshi.ledger.queries import Roles
from luoshi.org.models import Unit
from luoshi.search.actions import index_many

TITLE = 400
CALL = "制定落实方案"
CALL_HOW = "对照会议确定的任务，结合实际制定本单位的路线图和时间表。"
CALL_DONE = "落实方案经分管领导审定，报党政综合办。"
REPLIED = "按要求填报，系统汇总。"
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


@write("home.request.issue")
def issue_request(
    *,
    actor: Actor,
    today: date,
    now: datetime,
    wanted: DataRequest,
    keep: Sequence[str],
    version: int | None = None,
) -> Written:
    """下达报表要求: each unit asked gets an item of its own, with a node for every round.

    What the ledger knows and is not kept is filled in by the system. A reply signs for the item and
    reports it, so that nothing is typed twice.
    """
    page = request_page(actor, today, wanted)
    known = [
        (one.name, one.match.known.source, one.match.known.key) for one in page.fields if one.match
    ]
    kept = [one for one in page.fields if one.name in set(keep)]
    price = price_of(actor, today, kept, len(page.units), len(wanted.rounds))
    rounds = [date.fromisoformat(on) for on in wanted.rounds]
    above = NewTask(
        title=f"{wanted.number}号报表要求：{wanted.title}"[:TITLE],
        unit_id=wanted.unit_id,
        source_kind=Task.Source.TEMPORARY,
        due_on=rounds[-1],
        acceptance=REPLIED,
    )
    each = {unit.pk: _reply_task(wanted, above, unit.pk, rounds) for unit in page.units}
    burden.issue(
        actor=actor,
        today=today,
        now=now,
        wanted=wanted,
        keep=keep,
        known=known,
        estimate=price.whole,
        tasks={unit: task.id for unit, task in each.items()},
        task_id=above.id,
        version=version,
    )
    ledger.register_tasks(actor=actor, today=today, now=now, items=[above, *each.values()])
    children = list(Task.objects.filter(parent=above.id).order_by("tree"))
    ledger.assign_many(actor=actor, today=today, now=now, tasks=children)
    record(wanted, {"tasks": (None, len(children))}, unit_id=wanted.unit_id, at=now)
    return Written("burden.datarequest", wanted.pk, wanted.version, {"n": len(children)})


def _reply_task(
    wanted: DataRequest, above: NewTask, unit_id: UUID, rounds: Sequence[date]
) -> NewTask:
    nodes = rounds if len(rounds) > 1 else ()
    return NewTask(
        title=f"填报：{wanted.title}"[:TITLE],
        parent_id=above.id,
        source_kind=Task.Source.TEMPORARY,
        due_on=rounds[-1],
        measures="；".join(wanted.fields),
        acceptance=REPLIED,
        roles=Roles(lead_unit=unit_id),
        milestones=tuple(NewMilestone(title=f"{on:%m}月{on:%d}日一期", due_on=on) for on in nodes),
    )


@write("home.request.reply")
def reply_request(
    *,
    actor: Actor,
    today: date,
    now: datetime,
    wanted: DataRequest,
    unit: Unit,
    round_on: date,
    answers: Sequence[str],
) -> Written:
    """填报: the answers are kept, and the unit's item is signed for and reported with them.

    With the last round the item is reported done; somebody else verifies it. A corrected reply
    reports nothing again.
    """
    answer = burden.reply(
        actor=actor,
        today=today,
        now=now,
        wanted=wanted,
        unit=unit,
        round_on=round_on,
        answers=answers,
    )
    keys = RequestedUnit.objects.filter(request=wanted, unit=unit).values("task_id")
    task = Task.objects.get(pk__in=keys)
    told: dict[str, Any] = {"actor": actor, "today": today, "now": now}
    if task.state == Task.State.ASSIGNED:
        ledger.sign_for(**told, task=task)
        task.refresh_from_db()
    if answer.version == 1 and task.state in {Task.State.SIGNED, Task.State.UNDER_WAY}:
        node = Milestone.objects.filter(task=task, due_on=round_on).values_list("pk", flat=True)
        said = Said(text=f"已按{wanted.number}号报表要求填报", milestone_id=node.first())
        last = round_on.isoformat() == wanted.rounds[-1]
        (ledger.report_done if last else ledger.report)(**told, task=task, said=said)
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
