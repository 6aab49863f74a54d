"""What a new holiday notice does to a plan, told before it is kept: one preview, one digest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from luoshi.domain import schedule
from luoshi.domain.access import Actor
from luoshi.domain.schedule import Analysis, Effect
from luoshi.goals.models import Plan
from luoshi.ledger.bars import Standing
from luoshi.ledger.ground import standing
from luoshi.ledger.judging import OVER
from luoshi.ledger.models import Task
from luoshi.ledger.queries.reckoning import ground_of
from luoshi.org.calendars import calendar_with
from luoshi.org.models import Unit

MOST_MOVED = 200


@dataclass(frozen=True, slots=True)
class Shifted:
    """One item whose earliest days are others by the new calendar; `lost`: now too late."""

    task: Task
    effect: Effect
    lost: bool


@dataclass(frozen=True, slots=True)
class Notified:
    """A notice and its whole consequence; nothing is kept yet. `digest`: by lead unit."""

    changed: Mapping[date, bool]
    before: Standing
    after: Standing
    moved: Sequence[Shifted]
    left_out: int
    digest: Sequence[tuple[Unit, Sequence[Shifted]]]

    @property
    def lost(self) -> Sequence[Shifted]:
        """What could be kept before and cannot now."""
        return [row for row in self.moved if row.lost]


def consider_notice(actor: Actor, today: date, plan: Plan, days: Mapping[date, bool]) -> Notified:
    """What moves when the plan's unit works, or does not, on these days; seven queries.

    Only days on which the calendar would differ count. Starts and deadlines stay as they are
    planned; what moves is how early work can begin and end, and how much room is left.
    """
    ground = ground_of(actor, today, plan)
    changed = {d: works for d, works in days.items() if ground.calendar.is_workday(d) != works}
    after_ground = replace(ground, calendar=calendar_with(plan.unit, changed))
    before = standing(ground.network(), ground.calendar, today, propose=False)
    after = standing(after_ground.network(), after_ground.calendar, today, propose=False)
    was, now = before.verdict.analysis, after.verdict.analysis
    moved = [] if was is None or now is None else list(_shifted(ground.tasks, was, now))
    moved.sort(key=lambda row: (not row.lost, row.task.tree))
    units: dict[UUID, list[Shifted]] = {}
    for row in moved:
        units.setdefault(row.task.unit_id, []).append(row)
    digest = sorted(
        ((rows[0].task.unit, rows) for rows in units.values()), key=lambda pair: pair[0].path
    )
    return Notified(
        changed, before, after, moved[:MOST_MOVED], max(0, len(moved) - MOST_MOVED), digest
    )


def _shifted(tasks: Sequence[Task], was: Analysis, now: Analysis) -> list[Shifted]:
    rows = {task.pk: task for task in tasks if task.is_leaf and task.state not in OVER}
    found = []
    for effect in schedule.effects(was, now):
        task = rows.get(effect.step) if isinstance(effect.step, UUID) else None
        if task is None or not effect.moves:
            continue
        due = task.due_on
        lost = due is not None and effect.old.finish <= due < effect.new.finish
        found.append(Shifted(task, effect, lost))
    return found
