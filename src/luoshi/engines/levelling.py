"""Levelling: a plan that no resource is too small for, deadlines first.

First lateness is made small, then (where no deadline is set) the length of the work; of the plans
that are as good, peaks are made small, then moves from the earlier plan. A plan is there at once;
what is installed (`luoshi[fast]`, `luoshi[solver]`) makes it better, in a process of its own that
a watchdog ends when the budget is spent. The law `check_plan` judges whatever comes out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from time import process_time

from luoshi.domain.base import Refused
from luoshi.domain.schedule import Plan, capacity_findings, findings
from luoshi.engines import apart, exact, passes, plain, population
from luoshi.engines.base import Budget, Problem, Progress, Report, Solution
from luoshi.engines.core import Answer, Core, answer_of, lower_bound
from luoshi.engines.translate import Translated, translate

AT_ONCE_S = 0.05
"""A budget up to this is not worth a process of its own."""


def solve(
    problem: Problem, *, budget: Budget, warm: Plan | None = None, report: Report | None = None
) -> Solution:
    """The best levelled plan within the budget (CPU seconds x workers of the searching process).

    Refused in words for an unsound network or capacity. `warm` is the plan in force: where it
    costs nothing, steps stay where it has them. `report` is told of each better plan and bound,
    and cancels by answering False: the best plan so far stands. Without capacity the just-in-time
    passes answer.
    """
    if problem.capacity is None:
        return passes.solve(problem, budget=budget, warm=warm, report=report)
    judge(problem)
    begun = process_time()
    translated = translate(problem)
    core = translated.core
    near = translated.starts_in(warm) if warm is not None else None
    best = plain.first(core) if core.size else Answer((), (), 0, 0)
    stayed = stay(core, near) if near is not None else None
    if stayed is not None and better(core, stayed, best):
        best = stayed
    bound = lower_bound(core)
    by, spent = "rule", process_time() - begun
    going = report is None or report(_progress(best, bound, spent))
    if going and budget.cpu_s > AT_ONCE_S and core.size and apart.worth_while():
        answered = apart.search(problem, budget=budget, warm=best, near=near, report=report)
        best, bound, by = answered.best, answered.bound, answered.by
        spent += answered.cpu_s
    elif going and core.size and budget.cpu_s > 0:
        best = plain.search(core, cpu_s=budget.cpu_s, seed=budget.seed, warm=best)
        best = lower_peaks(core, best, near)
        spent = process_time() - begun
    return solution_of(translated, best, bound, near, by=by, cpu_s=spent)


def judge(problem: Problem) -> None:
    """Refuse, with the first finding's sentence, what cannot be levelled."""
    assert problem.capacity is not None
    found = [
        *findings(problem.network, status_on=problem.status_on),
        *capacity_findings(problem.network, problem.capacity),
    ]
    for finding in found:
        if finding.severity == "error":
            raise Refused(finding.why)


def stay(core: Core, near: Sequence[int | None]) -> Answer:
    """The plan that leaves every step where it was, or as soon after as it now can be."""
    floor = [
        own if day is None else max(own, day) for own, day in zip(core.floor, near, strict=True)
    ]
    held = replace(core, floor=floor)
    ways = plain.first_ways(core)
    found = plain.schedule(held, plain.ordered(held, floor), ways)
    return answer_of(core, found.starts, ways)


def better(core: Core, one: Answer, other: Answer) -> bool:
    """Whether one plan is at least as good as the other in what is looked for."""
    if core.has_due:
        return one.lateness <= other.lateness
    return one.value <= other.value


def lower_peaks(core: Core, best: Answer, near: Sequence[int | None] | None) -> Answer:
    """Take amounts away while the plan stays as good: plain, one rule, no proof.

    Nothing is done where an earlier plan is to be kept near: its peaks are known already.
    """
    if near is not None or not core.single:
        return best
    amounts = exact.peak_loads(core, best)
    order = plain.ordered(core, best.starts)
    for k, top in enumerate(amounts):
        low, high = _most_needed(core, k), top
        while low < high:
            middle = (low + high) // 2
            tried = replace(core, amounts=[*amounts[:k], middle, *amounts[k + 1 :]])
            found = plain.schedule(tried, order, best.ways)
            if better(core, found, best) and found.length <= max(best.length, core.last_due):
                best, high = found, middle
            else:
                low = middle + 1
        amounts[k] = high
    return best


def solution_of(
    translated: Translated,
    best: Answer,
    bound: tuple[int, int],
    near: Sequence[int | None] | None,
    *,
    by: str,
    cpu_s: float,
) -> Solution:
    """An answer in the engine's words."""
    core = translated.core
    tops = exact.peak_loads(core, best)
    peak = sum(
        -(-100 * top // amount) for top, amount in zip(tops, core.amounts, strict=True) if amount
    )
    moved = 0
    if near is not None:
        moved = sum(
            day is not None and day != start for day, start in zip(near, best.starts, strict=True)
        )
    met = best.lateness <= bound[0] if core.has_due else best.length <= bound[1]
    return Solution(
        translated.plan_of(best),
        best.lateness,
        min(bound[0], best.lateness),
        proved=met,
        cpu_s=cpu_s,
        length=best.length,
        length_bound=min(bound[1], best.length),
        peak=peak,
        moved=moved,
        by=by,
    )


def _progress(best: Answer, bound: tuple[int, int], cpu_s: float) -> Progress:
    return Progress(best.lateness, bound[0], cpu_s, best.length, bound[1])


def _most_needed(core: Core, k: int) -> int:
    return max(
        (need for ways in core.ways for way in ways for key, need in way.needs if key == k),
        default=0,
    )


__all__ = ["Budget", "population", "solve"]
