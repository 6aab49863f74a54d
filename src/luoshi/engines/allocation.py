"""An even sharing of work: keep what fits, give the rest by quota, then mend the heaviest.

Quotas come from the law's divisible spread; whole items follow them as near as they go, who has an
item today first. Then the heaviest person hands on single items, or swaps one for a lighter one,
until the bound is reached or nothing helps. No randomness: the same problem gives the same plan.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from time import process_time

from luoshi.domain.allocation import Item, Plan, Problem, bound, loads, spread
from luoshi.engines.base import Budget

CHECK_EVERY = 64
"""Moves between two looks at the clock."""


@dataclass(frozen=True, slots=True)
class Shared:
    """The best sharing found; `heaviest` is its largest load, and no sharing's is below `bound`."""

    plan: Plan
    heaviest: int
    bound: int
    proved: bool
    cpu_s: float


def solve(problem: Problem, *, budget: Budget, warm: Plan | None = None) -> Shared:
    """Share the items as evenly as they go within the budget's seconds of CPU.

    `warm` is a plan to keep near (default: the owners of today). Both a plan that moves little and
    one made from the quotas are mended; the more even one is answered, the first where they tie.
    """
    began = process_time()
    end = began + budget.cpu_s
    least = bound(problem)
    best: list[int] | None = None
    heaviest = 0
    for keep in (True, False):
        plan = _by_quota(problem, warm, keep=keep)
        _Mending(problem, plan, least, end).run()
        _give_to_idle(problem, plan)
        _take_back(problem, plan, warm)
        _give_to_idle(problem, plan)  # what was taken back may be one thing too many for somebody
        top = max(loads(problem, plan))
        if best is None or top < heaviest:
            best, heaviest = plan, top
        if heaviest <= least or process_time() > end:
            break
    assert best is not None
    return Shared(best, heaviest, least, heaviest <= least, process_time() - began)


def _by_quota(problem: Problem, warm: Plan | None, *, keep: bool) -> list[int]:
    """Every item placed: fixed ones first, then heavy before light, by what the quotas leave."""
    quota = {group: dict(shares) for group, shares in spread(problem).shares.items()}
    plan = [-1] * len(problem.items)
    everybody = range(problem.people)
    order = sorted(
        range(len(problem.items)),
        key=lambda n: (not problem.items[n].fixed, -problem.items[n].load),
    )
    for number in order:
        item = problem.items[number]
        shares = quota[item.able]
        now = warm[number] if warm is not None else item.owner
        taker = _taker(item, shares, now, everybody, keep=keep)
        plan[number] = taker
        shares[taker] = shares.get(taker, 0) - item.load
    return plan


def _taker(
    item: Item, shares: dict[int, int], now: int | None, everybody: Sequence[int], *, keep: bool
) -> int:
    if item.fixed:
        assert item.owner is not None
        return item.owner
    able = item.able or everybody
    may_keep = now is not None and (not item.able or now in able)
    if keep and may_keep and now is not None and shares.get(now, 0) >= item.load:
        return now
    if len(shares) < len(able):
        return max(shares, key=shares.__getitem__) if shares else able[0]
    return max(able, key=lambda person: shares.get(person, 0))


def _give_to_idle(problem: Problem, plan: list[int]) -> None:
    """Everybody gets something where somebody who may be relieved has two things."""
    held: list[list[int]] = [[] for _ in range(problem.people)]
    for number, person in enumerate(plan):
        held[person].append(number)
    for person in range(problem.people):
        if held[person] or problem.start(person):
            continue
        offers = [
            number
            for number, item in enumerate(problem.items)
            if not item.fixed
            and problem.may(item, person)
            and (len(held[plan[number]]) > 1 or problem.start(plan[number]))
        ]
        if offers:
            taken = min(offers, key=lambda number: problem.items[number].load)
            held[plan[taken]].remove(taken)
            held[person].append(taken)
            plan[taken] = person


def _take_back(problem: Problem, plan: list[int], warm: Plan | None) -> None:
    """Undo each change that does not lower the heaviest load nor fill empty hands."""
    carried = loads(problem, plan)
    top = max(carried)
    counts = [0] * problem.people
    for person in plan:
        counts[person] += 1
    for number in sorted(range(len(plan)), key=lambda n: -problem.items[n].load):
        item, now = problem.items[number], plan[number]
        was = warm[number] if warm is not None else item.owner
        if was is None or was == now or not problem.may(item, was):
            continue
        idle_before = not counts[was] and not problem.start(was)
        keeps = counts[now] > 1 or problem.start(now) > 0 or idle_before
        if keeps and carried[was] + item.load <= top:
            carried[was] += item.load
            carried[now] -= item.load
            counts[was] += 1
            counts[now] -= 1
            plan[number] = was


class _Mending:
    """Moves and swaps from the heaviest downwards."""

    def __init__(self, problem: Problem, plan: list[int], least: int, end: float) -> None:
        self.problem, self.plan, self.least, self.end = problem, plan, least, end
        self.loads = loads(problem, plan)
        self.held: list[set[int]] = [set() for _ in range(problem.people)]
        for number, person in enumerate(plan):
            self.held[person].add(number)

    def run(self) -> None:
        """Relieve the heaviest until the bound holds, or nothing relieves them."""
        done = 0
        while True:
            top = max(range(len(self.loads)), key=self.loads.__getitem__)
            if self.loads[top] <= self.least or not self._relieve(top):
                return
            done += 1
            if done % CHECK_EVERY == 0 and process_time() > self.end:
                return

    def _relieve(self, top: int) -> bool:
        """One move or swap after which both are lighter than the heaviest was."""
        items = self.problem.items
        mine = sorted(
            (n for n in self.held[top] if not items[n].fixed), key=lambda n: items[n].load
        )
        excess = self.loads[top] - self.least
        lightest = self._lightest(mine)
        for number in sorted(mine, key=lambda n: abs(items[n].load - excess)):
            taker = lightest[items[number].able]
            if self.loads[taker] + items[number].load < self.loads[top] and taker != top:
                self._move(number, taker)
                return True
        return self._swap(top, mine) or self._chain(top, mine)

    def _lightest(self, mine: Sequence[int]) -> dict[tuple[int, ...], int]:
        everybody = range(self.problem.people)
        groups = {self.problem.items[number].able for number in mine}
        return {group: min(group or everybody, key=self.loads.__getitem__) for group in groups}

    def _swap(self, top: int, mine: Sequence[int]) -> bool:
        """Give one item and take a lighter one back, from the lightest people first."""
        items, loads_ = self.problem.items, self.loads
        for other in sorted(range(self.problem.people), key=loads_.__getitem__)[:40]:
            gap = loads_[top] - loads_[other]
            if gap < 2 or other == top:
                break
            theirs = [n for n in self.held[other] if not items[n].fixed]
            best, pair = gap, None
            for given in mine:
                if not self.problem.may(items[given], other):
                    continue
                for taken in theirs:
                    difference = items[given].load - items[taken].load
                    if 0 < difference < gap and self.problem.may(items[taken], top):
                        after = max(loads_[top] - difference, loads_[other] + difference)
                        if after < loads_[top] and abs(2 * difference - gap) < best:
                            best, pair = abs(2 * difference - gap), (given, taken)
            if pair:
                self._move(pair[0], other)
                self._move(pair[1], top)
                return True
        return False

    def _chain(self, top: int, mine: Sequence[int]) -> bool:
        """Give an item to a colleague who first hands one on to somebody lighter."""
        items, loads_ = self.problem.items, self.loads
        everybody = range(self.problem.people)
        for given in mine:
            for middle in items[given].able or everybody:
                if middle == top:
                    continue
                over = loads_[middle] + items[given].load - loads_[top] + 1
                for passed in self.held[middle]:
                    if items[passed].fixed or items[passed].load < over:
                        continue
                    able = items[passed].able or everybody
                    end = min(able, key=loads_.__getitem__)
                    if end not in (middle, top) and loads_[end] + items[passed].load < loads_[top]:
                        self._move(passed, end)
                        self._move(given, middle)
                        return True
        return False

    def _move(self, number: int, person: int) -> None:
        before, load = self.plan[number], self.problem.items[number].load
        self.held[before].discard(number)
        self.held[person].add(number)
        self.loads[before] -= load
        self.loads[person] += load
        self.plan[number] = person
