"""A levelled plan beside the plan in force: what moves and why, what stays late."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from luoshi.domain.access import Actor
from luoshi.domain.base import Refused, Sentence
from luoshi.domain.schedule import Plan as DaysOf
from luoshi.domain.schedule import Slot
from luoshi.goals.models import Plan
from luoshi.jobs.models import Job
from luoshi.ledger.hands import faults_of, free_days, why_moved, working
from luoshi.ledger.models import Task
from luoshi.ledger.moves import Moves, demand_sound, settled
from luoshi.ledger.queries.considering import may_edit
from luoshi.ledger.queries.hands import Footing, footing_of
from luoshi.ledger.studies import plan_in

MOST_LATE = 40


@dataclass(frozen=True, slots=True)
class Moved:
    """One item that would begin on another day, and why."""

    task: Task
    old: date | None
    slot: Slot
    why: Sentence


@dataclass(frozen=True, slots=True)
class Late:
    """One item whose deadline the hands do not allow; `alone` is its end if everybody were free."""

    task: Task
    due_on: date
    finish: date
    alone: date


@dataclass(frozen=True, slots=True)
class Levelled:
    """Everything that a levelled plan changes, before it is taken or thrown away.

    `outside`: items whose levelled start lies after their deadline; they are told and not moved.
    `anyway`: how many deadlines could not be kept with any number of hands: the verdict tells them.
    """

    proposal: DaysOf
    moves: Moves
    moved: Sequence[Moved]
    late: Sequence[Late]
    left_out: int
    outside: Sequence[Late]
    anyway: int
    refusal: Sentence | None
    may_save: bool
    versions: Mapping[UUID, int]


def levelled(actor: Actor, today: date, plan: Plan, job: Job) -> Levelled:
    """A finished levelling against the plan as it is now; a constant number of queries.

    The law judges it again here: what changed since the worker reckoned shows as a refusal.
    """
    footing = footing_of(actor, today, plan)
    problem = footing.problem(today, earlier=job.payload["earlier"])
    proposal = plan_in(job.result)
    rows = [task for task in footing.ground.tasks if working(task) and task.pk in proposal.slots]
    faults = faults_of(problem, proposal)
    free = None if faults else free_days(problem)
    late = [
        Late(task, task.due_on, proposal.slots[task.pk].finish, free.steps[task.pk].earliest.finish)
        for task in rows
        if free and task.due_on and today <= task.due_on < proposal.slots[task.pk].finish
    ]
    by_hands = [row for row in late if row.alone <= row.due_on]
    open_rows = [task for task in rows if task.started_on is None]
    outside = [row for row in late if row.task in open_rows and _begins_late(row.task, proposal)]
    gone = {row.task.pk for row in outside}
    moving = [
        task
        for task in open_rows
        if task.pk not in gone and task.starts_on != proposal.slots[task.pk].start
    ]
    moves = settled(
        footing.ground, Moves(starts={task.pk: proposal.slots[task.pk].start for task in moving})
    )
    moved = [
        Moved(
            task,
            task.starts_on,
            proposal.slots[task.pk],
            why_moved(problem, free, proposal, task.pk, task.starts_on),
        )
        for task in moving
        if free
    ]
    return Levelled(
        proposal=proposal,
        moves=moves,
        moved=moved,
        late=by_hands[:MOST_LATE],
        left_out=max(0, len(by_hands) - MOST_LATE),
        outside=outside,
        anyway=len(late) - len(by_hands),
        refusal=faults[0].why if faults else _refusal(footing, moves, today),
        may_save=all(may_edit(actor, task) for task in moving),
        versions={task.pk: task.version for task in moving},
    )


def _begins_late(task: Task, proposal: DaysOf) -> bool:
    return task.due_on is not None and proposal.slots[task.pk].start > task.due_on


def _refusal(footing: Footing, moves: Moves, today: date) -> Sentence | None:
    try:
        demand_sound(footing.ground, moves, today)
    except Refused as refused:
        return refused.why
    return None
