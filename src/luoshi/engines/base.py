"""One signature for every solver: `solve(problem, *, budget, warm, report) -> Solution`.

An engine proposes; a law checks the plan, whatever made it. No engine is trusted.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from luoshi.domain.schedule import Capacity, Network, Plan
from luoshi.domain.workdays import WorkCalendar


@dataclass(frozen=True, slots=True)
class Problem:
    """A network to be put on a calendar from a status date; `horizon` bounds undated work.

    `capacity` is what there is to do the work with; None where nothing limits it.
    """

    network: Network
    calendar: WorkCalendar
    status_on: date
    horizon: date | None = None
    capacity: Capacity | None = None


@dataclass(frozen=True, slots=True)
class Budget:
    """What a search may spend: seconds of CPU per worker, workers, and the seed of its draws."""

    cpu_s: float = 10.0
    workers: int = 1
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a search stands: the best lateness found, the proven bound, CPU seconds spent.

    `length` and `length_bound` are the same for the working days from the first to the last day,
    which a search shortens where no deadline decides.
    """

    lateness: int
    bound: int
    cpu_s: float
    length: int = 0
    length_bound: int = 0

    @property
    def gap(self) -> float:
        """How far the plan may be from the best one: 0 proved, 0.05 five parts in a hundred."""
        if self.lateness > self.bound:
            return 1 - self.bound / self.lateness
        return 1 - self.length_bound / self.length if self.length else 0.0


@dataclass(frozen=True, slots=True)
class Solution:
    """The best plan so far.

    `lateness`: working days by which deadlines are missed, summed; `bound`: no plan can have
    less; `proved`: nothing better exists. An engine with capacity also says the `length` of the
    work in working days and its bound, the `peak` (largest daily loads of all resources, in
    hundredths of what there is, summed), how many steps `moved` from the earlier plan, and `by`
    which search the plan was found.
    """

    plan: Plan
    lateness: int
    bound: int
    proved: bool
    cpu_s: float
    length: int = 0
    length_bound: int = 0
    peak: int = 0
    moved: int = 0
    by: str = ""


Report = Callable[[Progress], bool]
"""Told of progress; answering False cancels the search, and the best plan so far stands."""


class Engine(Protocol):
    """What every engine offers."""

    def __call__(
        self,
        problem: Problem,
        *,
        budget: Budget,
        warm: Plan | None = None,
        report: Report | None = None,
    ) -> Solution:
        """Solve a problem within a budget, from an earlier plan where one is given."""
