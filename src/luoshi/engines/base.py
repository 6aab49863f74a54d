"""One signature for every solver: `solve(problem, *, budget, warm, report) -> Solution`.

An engine proposes; a law checks the plan, whatever made it. No engine is trusted.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from luoshi.domain.schedule import Network, Plan
from luoshi.domain.workdays import WorkCalendar


@dataclass(frozen=True, slots=True)
class Problem:
    """A network to be put on a calendar from a status date; `horizon` bounds undated work."""

    network: Network
    calendar: WorkCalendar
    status_on: date
    horizon: date | None = None


@dataclass(frozen=True, slots=True)
class Budget:
    """What a search may spend: seconds of CPU per worker, workers, and the seed of its draws."""

    cpu_s: float = 10.0
    workers: int = 1
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a search stands: the best lateness found, the proven bound, CPU seconds spent."""

    lateness: int
    bound: int
    cpu_s: float


@dataclass(frozen=True, slots=True)
class Solution:
    """The best plan so far.

    `lateness`: working days by which deadlines are missed, summed; `bound`: no plan can have
    less; `proved`: the two are equal.
    """

    plan: Plan
    lateness: int
    bound: int
    proved: bool
    cpu_s: float


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
