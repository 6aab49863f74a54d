"""The timetable as data: bars, and compact rows for the drawing script."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from luoshi.domain.schedule import Network, Proposal, Step, StepTimes, Verdict
from luoshi.goals.models import Plan
from luoshi.ledger.models import Task


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of the timetable; without `times` the task has no duration to reckon with.

    `then`: start and deadline as the plan was approved; (None, None) where it did not stand there.
    `by_calendar`: its duration counts calendar days, as its statutory time does.
    """

    task: Task
    start: date | None
    end: date | None
    times: StepTimes | None
    word: str
    share: int | None
    then: tuple[date | None, date | None] = (None, None)
    by_calendar: bool = False

    @property
    def moved(self) -> bool:
        """Whether the plan was approved (基线) with another start or deadline than stands now."""
        was = (self.task.starts_on, self.task.due_on)
        return self.then not in {(None, None), was}

    @property
    def free(self) -> int:
        """Which ends a person may ask to move: 0 none, 1 both, 2 the end of what has begun.

        Facts stay, and a whole's days are decided by its parts.
        """
        if self.word == "done" or not self.task.is_leaf:
            return 0
        return 2 if self.task.started_on else 1


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether the deadlines of a part can be kept, and which have passed already (已超期)."""

    network: Network
    verdict: Verdict
    lost: Sequence[Step]


@dataclass(frozen=True, slots=True)
class Way:
    """A way out, and its moves as an address carries them; None where it lies in the past."""

    proposal: Proposal
    moves: Sequence[tuple[str, str]] | None


@dataclass(frozen=True, slots=True)
class ProjectLine:
    """One project of the plan: can its deadlines be kept; what is overdue already."""

    task: Task
    standing: Standing

    @property
    def missing_days(self) -> int:
        """By how many working days the tightest deadline is missed; 0 where it can be kept."""
        return max(0, -(self.standing.verdict.spare_days or 0))


@dataclass(frozen=True, slots=True)
class Promise:
    """One thing that must be true by the end of a quarter; `kept_on` once it is."""

    task: Task
    title: str
    due_on: date
    kept_on: date | None


@dataclass(frozen=True, slots=True)
class Quarter:
    """What must be true on the last day of a quarter; `left_out` more are not listed."""

    ends_on: date
    promises: Sequence[Promise]
    left_out: int

    @property
    def kept(self) -> int:
        """How many of those listed are kept."""
        return sum(promise.kept_on is not None for promise in self.promises)


@dataclass(frozen=True, slots=True)
class Timetable:
    """A plan's (or one item's) bars in the order of the tree, the verdict, the days nobody works.

    `ways`: the verdict's ways out, each with its moves. `lost`: deadlines that have passed
    already, outside the verdict. `projects`: a line a project. `near`: nearly critical.
    """

    plan: Plan
    root: Task | None
    bars: Sequence[Bar]
    links: Sequence[tuple[UUID, UUID]]
    verdict: Verdict
    lost: Sequence[Step]
    ways: Sequence[Way]
    projects: Sequence[ProjectLine]
    near: Sequence[Task]
    days_off: Sequence[date]
    worked_weekends: Sequence[date]
    first: date
    last: date
    left_out: int


def compact(table: Timetable) -> dict[str, Any]:
    """The timetable as small rows for the drawing script: days are counted from `first`.

    A row: id, number, title, unit, depth, start, end, earliest start, earliest finish, latest
    finish, slack, critical, word, share in basis points, first due date, leaf, and which ends may
    be moved (as `Bar.free`), start and deadline of the baseline where they were others; null where
    unknown.
    """

    def at(day: date | None) -> int | None:
        return None if day is None else (day - table.first).days

    rows = []
    place = {bar.task.pk: index for index, bar in enumerate(table.bars)}
    for bar in table.bars:
        task, times = bar.task, bar.times
        moved = task.first_due_on if task.first_due_on != task.due_on else None
        rows.append(
            [
                str(task.pk), task.number, task.title, task.unit.short_name, task.depth,
                at(bar.start), at(bar.end),
                at(times.earliest.start) if times else None,
                at(times.earliest.finish) if times else None,
                at(times.latest.finish) if times else None,
                times.total_slack if times else None,
                int(times.critical) if times else 0,
                bar.word, bar.share, at(moved), int(task.is_leaf),
                bar.free if bar.start and bar.end else 0,
                at(bar.then[0]) if bar.moved else None, at(bar.then[1]) if bar.moved else None,
            ]
        )  # fmt: skip
    return {
        "first": table.first.isoformat(),
        "days": (table.last - table.first).days + 1,
        "rows": rows,
        "links": [[place[a], place[b]] for a, b in table.links],
        "off": [at(day) for day in table.days_off],
        "on": [at(day) for day in table.worked_weekends],
    }
