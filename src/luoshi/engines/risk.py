"""Monte Carlo over three-point durations: how likely each deadline is, and what drives the end.

Each draw gives every step a duration (a triangle from optimistic over likely to pessimistic, whole
days) and runs the forward pass on the calendar. Steps of one group (a unit) may share their luck:
with the chance sqrt(r) a step takes the group's draw instead of its own, which makes the rank
correlation of two of them r. Everything is vectorised over the draws; needs the extra
`luoshi[fast]` for NumPy and is never loaded in a web process. The law in plain Python is its
oracle in the tests.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from importlib.util import find_spec
from math import sqrt
from time import process_time
from typing import Any

from luoshi.domain.base import Refused, say
from luoshi.domain.schedule import Step, StepId
from luoshi.domain.schedule.arithmetic import Ruler
from luoshi.domain.schedule.frame import Arc, Frame, frame
from luoshi.domain.schedule.passes import floor, forward_ranks, legal_end
from luoshi.engines.base import Problem

SHARES = (50, 80, 95)
"""The dates by which so many draws in a hundred are finished."""


@dataclass(frozen=True, slots=True)
class ThreePoint:
    """Working days at best, most likely, at worst: 0 < low <= likely <= high."""

    low: int
    likely: int
    high: int

    def __post_init__(self) -> None:
        """Refuse an order that is none."""
        if not 0 < self.low <= self.likely <= self.high:
            raise Refused(say("risk.bad_points"))


@dataclass(frozen=True, slots=True)
class Outlook:
    """One finish: its dates for 50, 80 and 95 draws in a hundred; how many keep the deadline."""

    step: StepId | None
    deadline: date | None
    kept: float | None
    dates: Mapping[int, date]
    mean_late: float = 0.0
    """Working days late, over all draws."""


@dataclass(frozen=True, slots=True)
class Risk:
    """What the draws say. `drivers`: steps whose length moves the end, strongest first, -1 to 1."""

    draws: int
    end: Outlook
    deadlines: tuple[Outlook, ...]
    drivers: tuple[tuple[StepId, float], ...]
    cpu_s: float


@dataclass(frozen=True, slots=True)
class Luck:
    """How durations are drawn: three points by step, the group of a step, the correlation in it."""

    points: Mapping[StepId, ThreePoint]
    groups: Mapping[StepId, str] = field(default_factory=dict)
    correlation: float = 0.0
    seed: int = 0
    draws: int = 10_000


def available() -> bool:
    """Whether NumPy is installed; nothing is imported to tell."""
    return find_spec("numpy") is not None


def simulate(problem: Problem, luck: Luck) -> Risk:
    """Draw and count, capacity left aside. Refused in words without NumPy, and as `forward`."""
    if not available():
        raise Refused(say("risk.not_installed"))
    begun = process_time()
    run = Run(problem, luck)
    run.forward()
    return run.risk(begun)


class Run:
    """One simulation: arrays of draws by position of the step."""

    def __init__(self, problem: Problem, luck: Luck) -> None:
        """Draw every duration; the tests read `length` and `finish`."""
        import numpy as np  # noqa: PLC0415 - the extra is loaded where it is used

        self.np, self.problem, self.luck = np, problem, luck
        self.framed: Frame = frame(problem.network)
        self.ruler = Ruler(problem.calendar)
        self.status = problem.calendar.rank(problem.status_on)
        self.random = np.random.default_rng(luck.seed)
        self.shared: dict[str, Any] = {}
        first, before, days = problem.calendar.tables()
        self.before = np.asarray(before, np.int32)
        self.ordinal = np.fromiter((day.toordinal() - first for day in days), np.int32, len(days))
        self.length = [self._drawn(step) for step in self.framed.steps]
        self.start: list[Any] = [None] * len(self.framed.steps)
        self.finish: list[Any] = [None] * len(self.framed.steps)

    def forward(self) -> None:
        """The forward pass, all draws at once; arithmetic and order are the law's."""
        np, steps = self.np, self.framed.steps
        facts = forward_ranks(self.framed, self.ruler, self.problem.status_on)
        for i in self.framed.order:
            step = steps[i]
            if step.done_on is not None:
                self.start[i], self.finish[i] = np.int32(facts.start[i]), np.int32(facts.finish[i])
                continue
            work: Any = np.int32(floor(step, self.ruler, self.status))
            end: Any = np.int32(legal_end(step, self.ruler))
            for arc in self.framed.into[i]:
                bound = self._bound(step, arc)
                if arc[1].kind[1] == "S":
                    work = np.maximum(work, bound)
                else:
                    end = np.maximum(end, bound)
            if np.any(end > 0):
                work = np.maximum(work, self._start_for(step, i, end))
            self.finish[i] = self._finish(step, work, self.length[i])
            begun = step.started_on
            self.start[i] = work if begun is None else np.int32(self.problem.calendar.rank(begun))

    def risk(self, begun: float) -> Risk:
        """Count deadlines kept, read dates, find drivers."""
        np, steps = self.np, self.framed.steps
        opened = [i for i, step in enumerate(steps) if step.done_on is None]
        draws = self.luck.draws
        end = np.zeros(draws, np.int32)
        for i in opened:
            np.maximum(end, self.finish[i], out=end)
        deadlines = tuple(
            self._outlook(np.broadcast_to(self.finish[i], draws), steps[i])
            for i in opened
            if steps[i].deadline is not None
        )
        told = self._outlook(end, None) if opened else Outlook(None, None, None, {})
        drivers = self._drivers(end)
        return Risk(draws, told, deadlines, drivers, process_time() - begun)

    def _drawn(self, step: Step) -> Any:  # noqa: ANN401
        """Durations in whole days: an array where three points are given, else the plan's."""
        np, luck = self.np, self.luck
        points = luck.points.get(step.id)
        days = step.remaining_days if step.under_way else step.duration_days
        if points is None or step.done_on is not None or step.is_milestone:
            return np.int32(max(1, days))
        luckiness = self._luckiness(step)
        low, likely, high = points.low, points.likely, points.high
        turn = (likely - low) / max(1, high - low)
        # The inverse of the triangle's distribution: a square root on each side of the likely day.
        rising = np.sqrt(luckiness * np.float32((high - low) * (likely - low)))
        unlucky = np.float32(1) - luckiness
        falling = np.sqrt(unlucky * np.float32((high - low) * (high - likely)))
        drawn = np.where(luckiness < turn, rising + np.float32(low), np.float32(high) - falling)
        if step.under_way:
            drawn *= np.float32(1 - min(1.0, max(0.0, float(step.done_share))))
        whole = np.maximum(1, (drawn + np.float32(0.5)).astype(np.int32))
        minimum = step.minimum
        if minimum is not None and minimum.unit == step.duration_unit and not step.under_way:
            np.maximum(whole, minimum.days, out=whole)
        return whole

    def _luckiness(self, step: Step) -> Any:  # noqa: ANN401
        np, luck, draws = self.np, self.luck, self.luck.draws
        own = self.random.random(draws, dtype=np.float32)
        group = luck.groups.get(step.id)
        if group is None or luck.correlation <= 0:
            return own
        if group not in self.shared:
            self.shared[group] = self.random.random(draws, dtype=np.float32)
        together = self.random.random(draws, dtype=np.float32) < sqrt(min(1.0, luck.correlation))
        return np.where(together, self.shared[group], own)

    def _bound(self, step: Step, arc: Arc) -> Any:  # noqa: ANN401
        """`Ruler.earliest`, over arrays."""
        other, link = arc
        anchor = self.finish[other] if link.kind[0] == "F" else self.start[other]
        later = link.kind == "FS" and not step.is_milestone
        if link.lag_unit == "working" or link.lag == 0:
            return anchor + self.np.int32(link.lag + later)
        return self.before[self.ordinal[anchor] + link.lag + later]

    def _finish(self, step: Step, work: Any, length: Any) -> Any:  # noqa: ANN401
        if step.duration_unit == "working":
            return work + length - self.np.int32(1)
        last = self.before[self.ordinal[work] + length - 1]
        return self.np.where(length <= 1, work, last)

    def _start_for(self, step: Step, i: int, end: Any) -> Any:  # noqa: ANN401
        """The earliest start whose finish is not before `end`; 0 where nothing asks."""
        length = self.length[i]
        if step.duration_unit == "working":
            return end - length + self.np.int32(1)
        moved = self.before[self.ordinal[self.np.maximum(end, 1) - 1] - (length - 1) + 1]
        return self.np.where(length <= 1, end, moved)

    def _outlook(self, finish: Any, step: Step | None) -> Outlook:  # noqa: ANN401
        np, calendar = self.np, self.problem.calendar
        ranked = np.sort(finish)
        last = len(ranked) - 1
        dates = {
            share: calendar.day_at(int(ranked[min(last, -(-share * len(ranked) // 100) - 1)]))
            for share in SHARES
        }
        if step is None or step.deadline is None:
            return Outlook(None if step is None else step.id, None, None, dates)
        due = calendar.rank_after(step.deadline) - 1
        kept = float(np.searchsorted(ranked, due, side="right")) / len(ranked)
        late = float(np.maximum(0, ranked - due).mean())
        return Outlook(step.id, step.deadline, kept, dates, late)

    def _drivers(self, end: Any) -> tuple[tuple[StepId, float], ...]:  # noqa: ANN401
        """The correlation of each drawn duration with the end of all work; the ten strongest."""
        np = self.np
        away = (end - end.mean()).astype(np.float32)
        norm = float(np.sqrt(np.dot(away, away)))
        found = []
        for step, length in zip(self.framed.steps, self.length, strict=True):
            if not length.ndim or not norm:
                continue
            own = length.astype(np.float32)
            own -= own.mean()
            size = float(np.sqrt(np.dot(own, own)))
            if size:
                found.append((step.id, float(np.dot(own, away)) / (size * norm)))
        found.sort(key=lambda pair: -abs(pair[1]))
        return tuple(found[:10])
