"""Studies of a timetable that take a while: what is asked of the worker, what it answers.

Levelling (按人手安排) and the odds (把握) run as jobs; here is what their rows hold, and nothing
that loads an engine: a web process reads this.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from importlib.util import find_spec
from typing import Any
from uuid import UUID

from luoshi.domain.base import Refused, say
from luoshi.domain.schedule import Plan, Slot
from luoshi.domain.workdays import WorkCalendar
from luoshi.jobs.models import Job
from luoshi.ledger.models import Task
from luoshi.ledger.models.hands import Estimate
from luoshi.ledger.network import duration_of

LEVEL_JOB, ODDS_JOB = "ledger.level", "ledger.odds"
SECONDS = {"short": 10, "long": 40}
"""CPU seconds that a person may give to a search."""
DRAWS, SEED = 10_000, 2026
MOST_AMOUNT = 99_999
LOW_SHARE, HIGH_SHARE = 80, 150
"""The proposal for durations of which nobody said more: from four fifths to half as much again."""


def solver_installed() -> bool:
    """Whether a search that proves is there; nothing is imported to tell."""
    return find_spec("ortools") is not None


def odds_installed() -> bool:
    """Whether durations can be drawn; nothing is imported to tell."""
    return find_spec("numpy") is not None


@dataclass(frozen=True, slots=True)
class GivenHand:
    """One line of the form of hands; `amount` None takes the hand away (no limit)."""

    kind: str
    key: UUID | None
    name: str
    amount: int | None
    each: int
    version: int


@dataclass(frozen=True, slots=True)
class GivenPoints:
    """One line of the form of estimates: None where nothing is said."""

    task: UUID
    best: int | None
    worst: int | None
    version: int


@dataclass(frozen=True, slots=True)
class GivenNeed:
    """What one item takes of one hand by its own word; None: what every item takes."""

    task: UUID
    hand: UUID
    amount: int | None


def hundredths(text: str) -> int | None:
    """“1.5” as 150; None for nothing. Refused where it is no number, negative or absurd."""
    text = text.strip()
    if not text:
        return None
    try:
        value = Decimal(text) * 100
    except InvalidOperation:
        raise Refused(say("level.not_a_number", text=text[:20])) from None
    if not value.is_finite() or value < 0 or value > MOST_AMOUNT or value != int(value):
        raise Refused(say("level.not_a_number", text=text[:20]))
    return int(value)


def days(text: str) -> int | None:
    """A number of working days from a form; None for nothing."""
    text = text.strip()
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and 0 < int(text[:6]) <= 2_000 and len(text) < 6):
        raise Refused(say("level.not_days", text=text[:20]))
    return int(text)


def usual_points(likely: int) -> tuple[int, int]:
    """What is proposed for a likely duration, rounded outwards to whole days."""
    return max(1, likely * LOW_SHARE // 100), -(-likely * HIGH_SHARE // 100)


def points_of(
    tasks: Sequence[Task], known: Mapping[UUID, Estimate], calendar: WorkCalendar
) -> dict[UUID, tuple[int, int, int]]:
    """Best, likely, worst by task, where they are told; a duration changed since stays between."""
    found = {}
    for task in tasks:
        row, likely = known.get(task.pk), duration_of(task, calendar)
        if row is not None and likely:
            found[task.pk] = min(row.best_days, likely), likely, max(row.worst_days, likely)
    return found


def plan_in(result: Mapping[str, Any]) -> Plan:
    """The days of a levelled plan as a job's row keeps them."""
    return Plan(
        {
            UUID(key): Slot(date.fromisoformat(start), date.fromisoformat(finish))
            for key, (start, finish) in result.get("slots", {}).items()
        }
    )


def plan_out(plan: Plan) -> dict[str, list[str]]:
    """The days of a plan for a job's row."""
    return {
        str(key): [slot.start.isoformat(), slot.finish.isoformat()]
        for key, slot in plan.slots.items()
    }


def gap_of(told: Mapping[str, Any]) -> int:
    """How far a plan may be from the best one, in hundredths rounded up; 0 where it is proved."""
    lateness, bound = told.get("lateness", 0), told.get("bound", 0)
    return -(-100 * (lateness - bound) // lateness) if lateness > bound else 0


def live_of(job: Job) -> Mapping[str, Any]:
    """What a search under way has told so far."""
    told: Mapping[str, Any] = job.result.get("live", {})
    return told
