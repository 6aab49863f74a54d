"""What a move would do, told before it is saved: what changes, what follows, who must agree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from luoshi.domain import schedule
from luoshi.domain.access import Actor
from luoshi.domain.base import Refused, Sentence
from luoshi.domain.schedule import Effect
from luoshi.goals.models import Plan
from luoshi.ledger.bars import Standing
from luoshi.ledger.ground import Ground, Tie, standing
from luoshi.ledger.models import Task
from luoshi.ledger.moves import Moves, demand_sound, due_way, moved, settled
from luoshi.ledger.queries.facts import may_write
from luoshi.ledger.queries.listing import Carriers, carriers_of
from luoshi.ledger.queries.reckoning import ground_of

MOST_FOLLOWING = 60


@dataclass(frozen=True, slots=True)
class Changed:
    """One field of one task (or the lag behind another) that the move itself changes.

    `way`: `now` with this save; `superior` with the superior's reply; `ask` by an extension.
    """

    task: Task
    what: str
    old: Any
    new: Any
    way: str
    carriers: Carriers
    before: Task | None = None
    by_calendar: bool = False


@dataclass(frozen=True, slots=True)
class Following:
    """One task whose earliest days or room change with it."""

    task: Task
    effect: Effect


@dataclass(frozen=True, slots=True)
class Considered:
    """A move and its whole consequence; nothing is saved. `refusal` says why it cannot be."""

    plan: Plan
    root: Task | None
    moves: Moves
    before: Standing
    after: Standing
    changed: Sequence[Changed]
    following: Sequence[Following]
    left_out: int
    refusal: Sentence | None
    may_save: bool
    versions: Mapping[UUID, int]

    @property
    def asks(self) -> bool:
        """Whether a deadline in it moves by a request only."""
        return any(row.way == "ask" for row in self.changed)

    @property
    def needs_reply(self) -> bool:
        """Whether a superior's deadline moves with it."""
        return any(row.way == "superior" for row in self.changed)

    @property
    def saved_now(self) -> Moves:
        """The part that one save can do: all but deadlines that must be asked for."""
        asked = {row.task.pk for row in self.changed if row.way == "ask"}
        dues = {key: day for key, day in self.moves.dues.items() if key not in asked}
        return Moves(self.moves.starts, self.moves.days, dues, self.moves.lags)


def consider(actor: Actor, today: date, plan: Plan, root: Task | None, moves: Moves) -> Considered:
    """What would move with a move, by the schedule law; a constant number of queries.

    Moves of rows that the actor does not see, or that change nothing, are passed over.
    """
    ground = ground_of(actor, today, plan)
    real = settled(ground, moves)
    after_ground = moved(ground, real)
    before, after = ground.network(), after_ground.network()
    keys = None if root is None else {task.pk for task in ground.under(root)}
    judged = standing(before, ground.calendar, today, keys, propose=False)
    again = standing(after, ground.calendar, today, keys, propose=False)
    following = _following(ground, after_ground, today)
    touched = _touched(ground, real)
    carriers = carriers_of(actor, today, [task.pk for task in touched])
    return Considered(
        plan=plan,
        root=root,
        moves=real,
        before=judged,
        after=again,
        changed=list(_changed(ground, real, carriers)),
        following=following[:MOST_FOLLOWING],
        left_out=max(0, len(following) - MOST_FOLLOWING),
        refusal=_refusal(ground, real, today),
        may_save=all(may_edit(actor, task) for task in touched),
        versions={task.pk: task.version for task in touched},
    )


def _refusal(ground: Ground, moves: Moves, today: date) -> Sentence | None:
    try:
        demand_sound(ground, moves, today)
    except Refused as refused:
        return refused.why
    return None


def _following(before: Ground, after: Ground, today: date) -> list[Following]:
    """Tasks of the whole plan whose days change, then those whose room alone does."""
    was = standing(before.network(), before.calendar, today, propose=False).verdict.analysis
    now = standing(after.network(), after.calendar, today, propose=False).verdict.analysis
    if was is None or now is None:
        return []
    rows = {task.pk: task for task in before.tasks}
    found = [
        Following(rows[one.step], one)
        for one in schedule.effects(was, now)
        if isinstance(one.step, UUID)
    ]
    return sorted(found, key=lambda row: not row.effect.moves)


def _touched(ground: Ground, moves: Moves) -> list[Task]:
    ends = {tie.after for tie in ground.ties if tie.key in moves.lags}
    return [task for task in ground.tasks if task.pk in moves.tasks() | ends]


def may_edit(actor: Actor, task: Task) -> bool:
    """Whether a person may move what a task is planned by: the office's right, or who assigned."""
    right = "plan" if task.state == Task.State.DRAFT else "assign"
    own = actor.person_id is not None and task.assigned_by_id == actor.person_id
    return own or may_write(actor, right, task.unit)


def _changed(ground: Ground, moves: Moves, carriers: Mapping[UUID, Carriers]) -> Sequence[Changed]:
    rows = {task.pk: task for task in ground.tasks}
    ties: dict[UUID, list[Tie]] = {}
    for tie in ground.ties:
        if tie.key in moves.lags:
            ties.setdefault(tie.after, []).append(tie)
    found = []
    for task in ground.tasks:
        who = carriers.get(task.pk, Carriers())
        if task.pk in moves.starts:
            new = moves.starts[task.pk]
            found.append(Changed(task, "start", task.starts_on, new, "now", who))
        if task.pk in moves.days and task.duration_days != moves.days[task.pk]:
            new_days = moves.days[task.pk]
            old, whole = task.duration_days, ground.by_calendar(task)
            found.append(Changed(task, "days", old, new_days, "now", who, by_calendar=whole))
        if task.pk in moves.dues:
            due = moves.dues[task.pk]
            found.append(Changed(task, "due", task.due_on, due, due_way(task), who))
        for tie in ties.get(task.pk, ()):
            lag, before = moves.lags[tie.key], rows.get(tie.before)
            found.append(Changed(task, "lag", tie.lag, lag, "now", who, before))
    return found
