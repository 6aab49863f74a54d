"""Levelling in plain Python: answers at once, always available.

Serial schedule generation: activities in an order that keeps every predecessor first, each as
early as predecessors and what is left of each resource allow. Orders come from priority rules;
forward-backward improvement pushes the plan to the right and back to the left, which never makes
it longer. What is random is drawn from the seed.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from heapq import heappop, heappush
from itertools import count
from time import process_time

from luoshi.engines import lines
from luoshi.engines.core import FAR, Answer, Arc, Core, Way, answer_of, first_start, lower_bound

MIRRORED_PASSES = 6
"""A plan that six pairs of passes do not settle is left as it is."""

Told = Callable[[Answer], bool]
"""Told of each better answer; False ends the search."""


class Profile:
    """What is left of each resource, day by day."""

    __slots__ = ("amounts", "free")

    def __init__(self, amounts: Sequence[int]) -> None:
        """Everything is free."""
        self.amounts = amounts
        self.free: list[list[int]] = [[] for _ in amounts]

    def clash(self, needs: Sequence[tuple[int, int]], start: int, end: int) -> int:
        """The last day on which something is lacking; -1 where nothing is."""
        for k, need in needs:
            self._reach(k, end)
            stretch = self.free[k][start:end]
            if min(stretch) < need:
                return start + max(n for n, left in enumerate(stretch) if left < need)
        return -1

    def take(self, needs: Sequence[tuple[int, int]], start: int, end: int) -> None:
        """Hold what an activity needs."""
        for k, need in needs:
            self._reach(k, end)
            free = self.free[k]
            free[start:end] = [left - need for left in free[start:end]]

    def _reach(self, k: int, end: int) -> None:
        missing = end - len(self.free[k])
        if missing > 0:
            self.free[k] += [self.amounts[k]] * (missing + 64)


def schedule(core: Core, order: Sequence[int], ways: Sequence[int]) -> Answer:
    """Serial schedule generation in an order in which predecessors come first.

    No need exceeds the amount of its resource, so that a day is always found; refused in words
    where it lies beyond the calendar.
    """
    if core.flat and core.simple:
        return lines.schedule(core, order)
    starts, ends = [0] * core.size, [0] * core.size
    profile = Profile(core.amounts)
    for i in order:
        way = ways[i]
        needs = core.ways[i][way].needs
        day = first_start(core, i, way, starts, ends)
        end = core.end(i, way, day)
        while True:
            if end > core.limit:
                raise lines.beyond(core, i)
            if not needs or end <= day:
                break
            clash = profile.clash(needs, day, end)
            if clash < 0:
                profile.take(needs, day, end)
                break
            day = core.opens(i, way, clash + 1)
            end = core.end(i, way, day)
        starts[i], ends[i] = day, end
    return answer_of(core, starts, ways)


def ordered(core: Core, key: Sequence[float]) -> list[int]:
    """Activities by key, smallest first, as far as every predecessor comes before."""
    waiting = [len(arcs) for arcs in core.into]
    heap: list[tuple[float, int]] = []
    for i, left in enumerate(waiting):
        if not left:
            heappush(heap, (key[i], i))
    order = []
    while heap:
        _, i = heappop(heap)
        order.append(i)
        for arc in core.out[i]:
            waiting[arc.head] -= 1
            if not waiting[arc.head]:
                heappush(heap, (key[arc.head], arc.head))
    return order


def tails(core: Core, ways: Sequence[int]) -> list[int]:
    """How much work in a chain must follow each activity's start, its own length included."""
    tail = [0] * core.size
    for i in reversed(range(core.size)):
        length = core.ways[i][ways[i]].length
        tail[i] = length
        for arc in core.out[i]:
            gap = arc.lag + (length if arc.from_end else 0)
            if arc.to_end:
                gap -= core.ways[arc.head][ways[arc.head]].length
            tail[i] = max(tail[i], gap + tail[arc.head])
    return tail


def latest_starts(core: Core, ways: Sequence[int], end: int) -> list[int]:
    """The last start of each activity that keeps every due day and ends by `end`.

    Only a guide for orders: bent arcs count as straight ones.
    """
    starts = [0] * core.size
    for i in reversed(range(core.size)):
        length = core.ways[i][ways[i]].length
        day = min(core.due[i], end) - length
        for arc in core.out[i]:
            bound = starts[arc.head] - arc.lag
            if arc.to_end:
                bound += core.ways[arc.head][ways[arc.head]].length
            if arc.from_end:
                bound -= length
            day = min(day, bound)
        starts[i] = day
    return starts


def first(core: Core) -> Answer:
    """The plan of the best priority rule, improved: what is always there."""
    return search(core, cpu_s=0.0, seed=0)


def search(
    core: Core,
    *,
    cpu_s: float,
    seed: int,
    warm: Answer | None = None,
    told: Told | None = None,
) -> Answer:
    """Priority rules first, then orders drawn around the best one until the budget is spent.

    Answers at least the best rule's plan however small the budget is. Stops early at the bound.
    """
    begun, orders = process_time(), _Orders(core, seed)
    lateness, length = lower_bound(core)
    best = warm
    enough = RULES if core.size <= LARGE or cpu_s else 1
    for number in count():
        spent = process_time() - begun >= cpu_s
        if number >= enough and spent:
            break
        order, ways = orders.rule(number) if number < RULES else orders.drawn(best)
        found = schedule(core, order, ways)
        if core.flat:
            found = improved(core, found, MIRRORED_PASSES if core.size <= LARGE or not spent else 1)
        if best is None or found.value < best.value:
            best = found
            if told is not None and not told(best):
                break
        due_met = core.has_due and number >= RULES
        if best.lateness <= lateness and (best.length <= length or due_met):
            break
    assert best is not None
    return best


PRICED = 200
"""So many times the prices of stores rise before nothing is said to fit."""
RULES = 3
"""How many orders come from rules before the draws begin."""
LARGE = 300
"""A plan of more activities gets one rule and one improvement unless seconds are given for more."""


class _Orders:
    """Orders and ways: by latest start, by the work that follows, by both; then draws."""

    def __init__(self, core: Core, seed: int) -> None:
        self.core, self.ways = core, first_ways(core)
        self.draw = random.Random(seed)  # noqa: S311 - repeatable, not secret
        self.late = latest_starts(core, self.ways, core.reach)
        self.tail = tails(core, self.ways)

    def rule(self, number: int) -> tuple[list[int], tuple[int, ...]]:
        late, tail = self.late, self.tail
        keys = (late, [-t for t in tail], [a - t / 2 for a, t in zip(late, tail, strict=True)])
        return ordered(self.core, keys[number]), self.ways

    def drawn(self, best: Answer | None) -> tuple[list[int], tuple[int, ...]]:
        """Around the best plan, or now and then around the rule."""
        draw, core = self.draw, self.core
        if best is None or draw.random() < 0.3:
            spread = 0.2 + draw.random()
            key = [
                late + draw.random() * spread * (tail + 1)
                for late, tail in zip(self.late, self.tail, strict=True)
            ]
            return ordered(core, key), self.ways if best is None else best.ways
        wide = max(2.0, best.length * draw.choice((0.03, 0.1, 0.3)))
        key = [start + draw.random() * wide for start in best.starts]
        return ordered(core, key), _turned(core, best.ways, draw)


def improved(core: Core, found: Answer, passes: int = MIRRORED_PASSES) -> Answer:
    """Forward-backward improvement, until nothing gets better; flat problems only."""
    for _ in range(passes):
        back = mirrored(core, found.length)
        last = core.size - 1
        order = ordered(
            back, [found.length - _end(core, found, last - i) for i in range(core.size)]
        )
        right = schedule(back, order, found.ways[::-1])
        again = schedule(
            core,
            ordered(core, [-_end(back, right, last - i) for i in range(core.size)]),
            found.ways,
        )
        if again.value >= found.value:
            return found
        found = again
    return found


def mirrored(core: Core, horizon: int) -> Core:
    """The same problem with time running backwards from `horizon`; floors and dues swap."""
    last = core.size - 1
    arcs = tuple(
        Arc(last - a.head, last - a.tail, not a.to_end, not a.from_end, a.lag) for a in core.arcs
    )
    floor = [max(0, horizon - due) if due < FAR else 0 for due in reversed(core.due)]
    due = [horizon - day if day > 0 else FAR for day in reversed(core.floor)]
    return replace(core, ways=tuple(reversed(core.ways)), arcs=arcs, floor=floor, due=due)


def first_ways(core: Core) -> tuple[int, ...]:
    """The shortest way of each activity, exchanged for thrifty ones until no store runs short.

    Each exchange makes what is short less. Where none does, each activity takes the way that is
    cheapest at prices of the stores which rise as long as they run short; then ways are shortened
    again as far as the stores allow.
    """
    chosen = [min(range(len(ways)), key=partial(_thrift, ways)) for ways in core.ways]
    while _short(core, chosen):
        swap = _best_swap(core, chosen)
        if swap is None:
            return _at_prices(core, chosen)
        chosen[swap[0]] = swap[1]
    return tuple(chosen)


def _thrift(ways: Sequence[Way], n: int) -> tuple[int, int]:
    return ways[n].length, sum(amount for _, amount in ways[n].uses)


def _used(core: Core, ways: Sequence[int]) -> list[int]:
    used = [0] * len(core.stores)
    for some, way in zip(core.ways, ways, strict=True):
        for k, amount in some[way].uses:
            used[k] += amount
    return used


def _short(core: Core, ways: Sequence[int]) -> dict[int, int]:
    """By how much each store is overdrawn."""
    return {
        k: used - core.stores[k]
        for k, used in enumerate(_used(core, ways))
        if used > core.stores[k]
    }


def _best_swap(core: Core, chosen: Sequence[int]) -> tuple[int, int] | None:
    """The change of one way that saves most of what is short for a day longer."""
    best, best_worth = None, 0.0
    over = [u - n for u, n in zip(_used(core, chosen), core.stores, strict=True)]
    for i, ways in enumerate(core.ways):
        now = dict(ways[chosen[i]].uses)
        for n, way in enumerate(ways):
            saved, then = 0, dict(way.uses)
            for k in now.keys() | then.keys():
                after = over[k] + then.get(k, 0) - now.get(k, 0)
                saved += max(0, over[k]) - max(0, after)
            worth = saved / (1 + max(0, way.length - ways[chosen[i]].length))
            if worth > best_worth:
                best, best_worth = (i, n), worth
    return best


def _at_prices(core: Core, shortest: Sequence[int]) -> tuple[int, ...]:
    """Ways that no store is too small for, if prices find any; else the shortest ones."""
    prices = [1 / max(1, amount) for amount in core.stores]
    for _ in range(PRICED):
        chosen = [min(range(len(w)), key=partial(_cost, w, prices)) for w in core.ways]
        short = _short(core, chosen)
        if not short:
            return _shortened(core, chosen)
        for k, missing in short.items():
            prices[k] *= 1 + min(1.0, 4 * missing / max(1, core.stores[k]))
    return tuple(shortest)  # no choice of ways was found: the judge says so


def _cost(ways: Sequence[Way], prices: Sequence[float], n: int) -> float:
    return sum(prices[k] * amount for k, amount in ways[n].uses)


def _shortened(core: Core, chosen: list[int]) -> tuple[int, ...]:
    """Shorter ways as far as the stores allow, those first that save most days."""
    left = [n - u for u, n in zip(_used(core, chosen), core.stores, strict=True)]
    pairs = [
        (ways[n].length - ways[chosen[i]].length, i, n)
        for i, ways in enumerate(core.ways)
        for n in range(len(ways))
    ]
    for saved, i, n in sorted(pairs):
        if saved >= 0:
            break
        now, then = dict(core.ways[i][chosen[i]].uses), dict(core.ways[i][n].uses)
        shorter = core.ways[i][n].length < core.ways[i][chosen[i]].length
        more = {k: then.get(k, 0) - now.get(k, 0) for k in now.keys() | then.keys()}
        if shorter and all(extra <= left[k] for k, extra in more.items()):
            for k, extra in more.items():
                left[k] -= extra
            chosen[i] = n
    return tuple(chosen)


def _turned(core: Core, ways: tuple[int, ...], draw: random.Random) -> tuple[int, ...]:
    """The ways with one or two changed, where that overdraws no store more than before."""
    if core.single:
        return ways
    changed = list(ways)
    for _ in range(draw.randint(1, 3)):
        i = draw.randrange(core.size)
        changed[i] = draw.randrange(len(core.ways[i]))
    short = _short(core, changed)
    return (
        tuple(changed)
        if not short or sum(short.values()) < sum(_short(core, ways).values())
        else ways
    )


def _end(core: Core, answer: Answer, i: int) -> int:
    return core.end(i, answer.ways[i], answer.starts[i])
