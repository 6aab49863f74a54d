"""Which searches share a budget, in this process: a rule at once, a population, then a proof."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from luoshi.engines import exact, plain, population
from luoshi.engines.base import Budget
from luoshi.engines.core import Answer, Core, lower_bound

By = Literal["rule", "draws", "population", "cp-sat"]
Told = Callable[[Answer, tuple[int, int]], bool]
SMALL = 70
"""Up to so many activities CP-SAT proves most plans, and gets most of the budget."""
TINY = 40
"""Up to so many it gets all that the population leaves."""


@dataclass(frozen=True, slots=True)
class Found:
    """The best answer; lateness and length that no plan can go below; who found it."""

    answer: Answer
    bound: tuple[int, int]
    proved: bool
    by: By
    cpu_s: float


def ready() -> None:
    """Load and compile what is installed, before a budget begins to run."""
    if population.available():
        population.prepare()
    if exact.available():
        import ortools.sat.python.cp_model  # noqa: F401, PLC0415


def search(
    core: Core, *, budget: Budget, warm: Answer | None = None, told: Told | None = None
) -> Found:
    """The best plan within the budget: CPU seconds of this process, all workers together.

    `told` hears every better plan with the bound known then; False cancels, the best plan stands.
    """
    run = _Run(core, budget, told)
    run.take(plain.first(core) if core.size else Answer((), (), 0, 0), "rule")
    if warm is not None:
        run.take(warm, "rule")
    proving = exact.available()
    if core.flat and population.available():
        run.populate(_share(core, budget, proving=proving), budget.seed)
    elif not run.finished:
        run.draw(0.2 if proving else 1.0)
    if proving and not run.finished and run.left > 0:
        run.prove(1.0 if core.flat and not TINY < core.size <= SMALL else 0.6)
    if population.available() and not run.finished and run.left > 0:
        if core.flat:  # what is not proved by now is found by the population, if at all
            run.populate(1.0, budget.seed + 1)
        else:
            run.rearrange()
    return run.found()


def _share(core: Core, budget: Budget, *, proving: bool) -> float:
    """The population's share of the budget."""
    if not proving:
        return 1.0
    if core.size <= SMALL:
        return 0.2
    return 0.85 if budget.cpu_s >= 6 else 1.0  # a shorter proof of a large plan never ends


class _Run:
    """The state of one search."""

    def __init__(self, core: Core, budget: Budget, told: Told | None) -> None:
        self.core, self.budget, self.told = core, budget, told
        self.begun = time.process_time()
        self.bound = lower_bound(core)
        self.best: Answer | None = None
        self.by: By = "rule"
        self.stopped = self.proved = False

    @property
    def spent(self) -> float:
        return time.process_time() - self.begun

    @property
    def left(self) -> float:
        """CPU seconds left to each worker."""
        return self.budget.cpu_s - self.spent / max(1, self.budget.workers)

    @property
    def finished(self) -> bool:
        """Whether nothing better exists in what is looked for, or the caller said stop."""
        best, (lateness, length) = self.best, self.bound
        if best is None:
            return False
        met = best.lateness <= lateness if self.core.has_due else best.length <= length
        return self.stopped or self.proved or met

    def take(self, answer: Answer, by: By, bound: tuple[int, int] | None = None) -> bool:
        """A better plan is kept and told."""
        if bound is not None:
            self.bound = max(self.bound[0], bound[0]), max(self.bound[1], bound[1])
        if self.best is None or answer.value < self.best.value:
            self.best, self.by = answer, by
            if self.told is not None and not self.told(answer, self.bound):
                self.stopped = True
        return not self.stopped

    def populate(self, share: float, seed: int) -> None:
        if self.finished and not self.core.has_due:
            return
        if self.stopped or self.left <= 0:
            return
        seconds = share * self.left
        if self.finished:  # every deadline is kept already: a little for a shorter plan
            seconds = min(seconds, 0.2 * self.budget.cpu_s)
        answer = population.search(
            self.core,
            cpu_s=seconds,
            workers=self.budget.workers,
            seed=seed,
            warm=self.best,
            told=lambda found: self.take(found, "population"),
        )
        self.take(answer, "population")

    def draw(self, share: float) -> None:
        """One worker in plain Python gets the seconds of all."""
        answer = plain.search(
            self.core,
            cpu_s=share * self.left * max(1, self.budget.workers),
            seed=self.budget.seed,
            warm=self.best,
            told=lambda found: self.take(found, "draws"),
        )
        self.take(answer, "draws")

    def rearrange(self) -> None:
        """The best ways taken as given: another order of the same work may be shorter."""
        assert self.best is not None
        only = self.core.only(self.best.ways)
        if self.finished or not only.flat or self.left <= 0:
            return
        ways = self.best.ways
        found = population.search(
            only,
            cpu_s=self.left,
            workers=self.budget.workers,
            seed=self.budget.seed,
            warm=replace(self.best, ways=(0,) * only.size),
        )
        self.take(replace(found, ways=ways), "population")

    def prove(self, share: float) -> None:
        assert self.best is not None
        proof = exact.search(
            self.core,
            cpu_s=share * self.left,
            workers=self.budget.workers,
            seed=self.budget.seed,
            warm=self.best,
            bound=self.bound,
            told=lambda found, bound: self.take(found, "cp-sat", bound),
        )
        self.take(proof.answer, "cp-sat", proof.bound)
        self.proved = proof.proved

    def found(self) -> Found:
        assert self.best is not None
        lateness, length = self.bound
        if self.proved and self.core.has_due:
            lateness = self.best.lateness
        elif self.proved:
            length = self.best.length
        met = self.best.lateness <= lateness if self.core.has_due else self.best.length <= length
        return Found(self.best, (lateness, length), met, self.by, self.spent)
