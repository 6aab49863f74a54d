"""Moves of a timetable as data: other days, durations, overlaps; what they would change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from luoshi.domain.base import Refused, say
from luoshi.domain.schedule import Change, Network
from luoshi.goals.models import Plan
from luoshi.ledger.ground import Ground, standing
from luoshi.ledger.judging import ABOVE, OVER
from luoshi.ledger.models import Task
from luoshi.ledger.network import duration_of

LONGEST_DAYS, LONGEST_LAG = 2_000, 500
MOST_FIELDS = 800


@dataclass(frozen=True, slots=True)
class Moves:
    """What somebody would move: starts, durations and deadlines of tasks, lags of dependencies."""

    starts: Mapping[UUID, date] = field(default_factory=dict)
    days: Mapping[UUID, int] = field(default_factory=dict)
    dues: Mapping[UUID, date] = field(default_factory=dict)
    lags: Mapping[UUID, int] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.starts or self.days or self.dues or self.lags)

    def fields(self) -> Iterator[tuple[str, str]]:
        """The moves as an address or a form carries them: `start.<task>=2026-07-01`."""
        for name, found in (("start", self.starts), ("due", self.dues)):
            for key, day in found.items():
                yield f"{name}.{key}", day.isoformat()
        for name, numbers in (("days", self.days), ("lag", self.lags)):
            for key, number in numbers.items():
                yield f"{name}.{key}", str(number)

    def tasks(self) -> set[UUID]:
        """The tasks that these moves touch themselves."""
        return {*self.starts, *self.days, *self.dues}


def read_moves(data: Mapping[str, str]) -> Moves:
    """Moves from an address or a form: `start.<task>`, `days.<task>`, `due.<task>`, `lag.<link>`.

    What makes no sense moves nothing.
    """
    starts, dues = dict[UUID, date](), dict[UUID, date]()
    days, lags = dict[UUID, int](), dict[UUID, int]()
    for name, text in list(data.items())[:MOST_FIELDS]:
        kind, _dot, rest = name.partition(".")
        key = _key(rest)
        if key is None:
            continue
        if kind in ("start", "due"):
            if day := _day(text):
                (starts if kind == "start" else dues)[key] = day
        elif kind in ("days", "lag") and (number := _number(text)) is not None:
            (days if kind == "days" else lags)[key] = number
    return Moves(starts, days, dues, lags)


def read_versions(data: Mapping[str, str]) -> dict[UUID, int]:
    """The versions that a form of moves was rendered with: `version.<task>`."""
    found = {}
    for name, text in list(data.items())[:MOST_FIELDS]:
        key = _key(name.removeprefix("version.")) if name.startswith("version.") else None
        number = _number(text)
        if key is not None and number is not None:
            found[key] = number
    return found


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _number(text: str) -> int | None:
    digits = text.removeprefix("-")
    return int(text) if digits.isascii() and digits.isdigit() and len(digits) < 9 else None


def moves_of(ground: Ground, network: Network, changes: Iterable[Change]) -> Moves | None:
    """A way out of the law as moves of rows; None where it lies in the past (早该启动).

    An overlap of a step whose whole waits is a shorter lag of the whole: it may help more than was
    asked for, never less.
    """
    starts, dues = dict[UUID, date](), dict[UUID, date]()
    days, lags = dict[UUID, int](), dict[UUID, int]()
    by_id = {step.id: step for step in network.steps}
    for change in changes:
        if change.kind == "start" or not isinstance(change.step, UUID):
            return None
        if change.kind == "cut":
            days[change.step] = by_id[change.step].duration_days - change.days
        elif change.kind == "overlap":
            tie = next(
                (tie for tie in ground.ties if tie.before == change.step
                 and tie.after in _line(ground, change.successor)),
                None,
            )  # fmt: skip
            if tie is None:
                return None
            lags[tie.key] = tie.lag - change.days
        elif change.on is not None:
            (starts if change.kind == "not_before" else dues)[change.step] = change.on
    return settled(ground, Moves(starts, days, dues, lags))


def _line(ground: Ground, key: object) -> set[UUID]:
    """A task and all above it."""
    above = {task.pk: task.parent_id for task in ground.tasks}
    found: set[UUID] = set()
    here = key if isinstance(key, UUID) else None
    while here is not None:
        found.add(here)
        here = above.get(here)
    return found


def settled(ground: Ground, moves: Moves) -> Moves:
    """The moves that differ from the rows.

    Where a duration was but the time between two dates it is written down, so that a later deadline
    gives more time and not more work.
    """
    rows = {task.pk: task for task in ground.tasks}
    starts = {k: v for k, v in moves.starts.items() if k in rows and rows[k].starts_on != v}
    dues = {k: v for k, v in moves.dues.items() if k in rows and rows[k].due_on != v}
    days = {k: v for k, v in moves.days.items() if k in rows and rows[k].duration_days != v}
    known = {tie.key: tie.lag for tie in ground.ties}
    lags = {k: v for k, v in moves.lags.items() if k in known and known[k] != v}
    for key in {*starts, *dues}:
        task = rows[key]
        derived = duration_of(task, ground.calendar) if task.is_leaf else None
        if task.duration_days is None and derived is not None:
            days.setdefault(key, derived)
    return Moves(starts, days, dues, lags)


def moved(ground: Ground, moves: Moves) -> Ground:
    """The ground as it would be; the rows read stay as they are."""
    tasks = []
    for task in ground.tasks:
        if task.pk in moves.tasks():
            task = copy(task)  # noqa: PLW2901 - the copy takes its place
            task.starts_on = moves.starts.get(task.pk, task.starts_on)
            task.duration_days = moves.days.get(task.pk, task.duration_days)
            task.due_on = moves.dues.get(task.pk, task.due_on)
        tasks.append(task)
    ties = [tie._replace(lag=moves.lags.get(tie.key, tie.lag)) for tie in ground.ties]
    return replace(ground, tasks=tasks, ties=ties)


def due_way(task: Task) -> str:
    """How a deadline moves: `now`, `superior` or `ask`.

    At once before the plan is in force, or where none was set yet; with the superior's reply; by a
    request for an extension.
    """
    plan = task.plan
    in_force = plan is not None and plan.state == Plan.State.IN_FORCE
    if not in_force or task.state == Task.State.DRAFT or task.due_on is None:
        return "now"
    return "superior" if task.source_kind in ABOVE else "ask"


def demand_sound(ground: Ground, moves: Moves, today: date) -> None:
    """Refuse what no plan may hold: a fact moved, parts bypassed, a statutory time broken.

    A fault that the plan had before is not these moves' doing; a new one is told with its article.
    """
    rows = {task.pk: task for task in ground.tasks}
    for key in sorted(moves.tasks(), key=str):
        _demand_movable(rows[key], moves)
    if any(abs(lag) > LONGEST_LAG for lag in moves.lags.values()):
        raise Refused(say("ledger.lag_too_long", n=LONGEST_LAG))
    before = standing(ground.network(), ground.calendar, today, propose=False).verdict
    after_ground = moved(ground, moves)
    after = standing(after_ground.network(), ground.calendar, today, propose=False).verdict
    known = {(fault.code, fault.where.id) for fault in before.faults}
    for fault in after.faults:
        if (fault.code, fault.where.id) not in known:
            raise Refused(fault.why)
    if after.analysis is None and before.analysis is not None:
        raise Refused(after.sentence)


def _demand_movable(task: Task, moves: Moves) -> None:
    title = task.title
    if task.state in OVER and task.state != Task.State.SUSPENDED:
        raise Refused(say("ledger.done_stays", title=title))
    if not task.is_leaf and (task.pk in moves.starts or task.pk in moves.days):
        raise Refused(say("ledger.parts_decide", title=title))
    if task.pk in moves.starts and task.started_on is not None:
        raise Refused(say("ledger.started_stays", title=title, on=task.started_on))
    if not 0 <= moves.days.get(task.pk, 1) <= LONGEST_DAYS:
        raise Refused(say("ledger.duration_odd", title=title, n=LONGEST_DAYS))
    starts = moves.starts.get(task.pk, task.starts_on)
    due = moves.dues.get(task.pk, task.due_on)
    if (starts, due) != (task.starts_on, task.due_on) and starts and due and starts > due:
        raise Refused(say("ledger.starts_after_due", title=title))
