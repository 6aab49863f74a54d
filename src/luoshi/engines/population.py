"""The population search over orders of activities: packs a flat problem for the compiled kernels.

Each worker is a thread with its own populations and draws (the kernels let go of the interpreter);
between slices the workers tell each other their best plans. Spent CPU is that of the threads.
"""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

from luoshi.engines.core import FAR, LATE, Answer, Arc, Core, Way, answer_of, lower_bound
from luoshi.engines.plain import Told, latest_starts, mirrored, ordered, schedule, tails
from luoshi.engines.plain import first as plain_first

SMALLEST, LARGEST = 80, 3000
SHAKE = 2
"""Thousandths of the keys that are moved a little."""
GENERATIONS = 300
"""A population is as large as lets it see so many generations."""
WORD_BITS = 62


def available() -> bool:
    """Whether the extra `luoshi[fast]` is installed; nothing is imported to tell."""
    return find_spec("numba") is not None and find_spec("numpy") is not None


def search(
    core: Core,
    *,
    cpu_s: float,
    workers: int = 1,
    seed: int = 0,
    warm: Answer | None = None,
    told: Told | None = None,
) -> Answer:
    """The best plan found in `cpu_s` seconds of CPU a worker, `warm` where nothing is better.

    Only for flat problems (`Core.flat`) whose amounts fit a word. The first call on a machine
    compiles the kernels (some ten seconds, kept on disk); `prepare` does that beforehand.
    """
    begun = warm if warm is not None else plain_first(core)
    packed = _Packed(core, begun.length)
    lateness, length = lower_bound(core)
    shared = _Shared(lateness * LATE + length, begun, told)
    if shared.finished:
        return begun
    colonies = [_Colony(packed, cpu_s, seed * 1009 + n) for n in range(max(1, workers))]
    with ThreadPoolExecutor(len(colonies)) as pool:
        for done in [pool.submit(colony.live, shared) for colony in colonies]:
            done.result()
    assert shared.best is not None
    return shared.best


def prepare() -> None:
    """Compile the kernels, or load them from the disk, before a budget begins to run."""
    ways = [(Way(length, ((0, 1),)),) for length in (1, 2)]
    toy = Core(ways, [Arc(0, 1, from_end=True, to_end=False, lag=0)], [1], [0, 0], [1, FAR])
    _Colony(_Packed(toy, 3), 600.0, 0).live(_Shared(-1, told=lambda _: False))


@dataclass
class _Shared:
    """The best plan of all workers."""

    bound: int
    best: Answer | None = None
    told: Told | None = None
    stopped: bool = False

    def offer(self, found: Answer) -> None:
        if self.best is None or found.value < self.best.value:
            self.best = found
            if self.told is not None and not self.told(found):
                self.stopped = True

    @property
    def finished(self) -> bool:
        return self.stopped or (self.best is not None and self.best.value <= self.bound)


class _Packed:
    """A problem as arrays for the kernels, in both directions of time."""

    def __init__(self, core: Core, length: int) -> None:
        import numpy as np  # noqa: PLC0415 - the extra is loaded where it is used

        self.core, self.np = core, np
        self.length = np.array([ways[0].length for ways in core.ways], np.int64)
        lags = sum(max(0, arc.lag) for arc in core.arcs)
        reach = int(self.length.sum()) + lags + max(core.floor, default=0)
        dues = [due for due in core.due if due < FAR]
        self.horizon = max([reach, *dues])
        self.plain = not core.has_due and not max(core.floor, default=0)
        sides = (core, mirrored(core, self.horizon if core.has_due else length))
        self.floor = [np.array(_same_order(s.floor, n), np.int64) for n, s in enumerate(sides)]
        self.due = [np.array(_same_order(s.due, n), np.int64) for n, s in enumerate(sides)]
        self.arcs = [self._arcs(towards) for towards in (0, 1)]
        self._hold()
        self.days = (reach if self.plain else reach + self.horizon) + 2

    def side(self, towards: int) -> tuple[Any, ...]:
        """The arguments that the kernels share, of one direction of time."""
        return (
            self.length, self.floor[towards], self.due[towards], *self.arcs[towards],
            self.hold, self.word, self.packed, self.full, self.guard,
        )  # fmt: skip

    def _arcs(self, towards: int) -> tuple[Any, Any, Any]:
        """Arcs into every activity, by its number to the left, with constant gaps."""
        np, core, length = self.np, self.core, self.length
        ptr, tail, gap = np.zeros(core.size + 1, np.int64), [], []
        for i in range(core.size):
            for arc in core.out[i] if towards else core.into[i]:
                forward = arc.lag + (length[arc.tail] if arc.from_end else 0)
                forward -= length[arc.head] if arc.to_end else 0
                other = arc.head if towards else arc.tail
                tail.append(other)
                gap.append(forward + length[other] - length[i] if towards else forward)
            ptr[i + 1] = len(tail)
        return ptr, np.array(tail, np.int64), np.array(gap, np.int64)

    def _hold(self) -> None:
        """Amounts in words of 62 bits, each field with a guard bit above it."""
        np, core = self.np, self.core
        places, words, shift = [], 0, 0
        for amount in core.amounts:
            bits = amount.bit_length() + 1
            if shift + bits > WORD_BITS:
                words, shift = words + 1, 0
            places.append((words, shift, shift + bits - 1))
            shift += bits
        self.full, self.guard = np.zeros(words + 1, np.int64), np.zeros(words + 1, np.int64)
        for amount, (w, low, top) in zip(core.amounts, places, strict=True):
            self.guard[w] += 1 << top
            self.full[w] += (1 << top) + (amount << low)
        hold, word, packed = [0], [], []
        self.load = np.zeros(core.size)
        for i, (way,) in enumerate(core.ways):
            fields: dict[int, int] = {}
            for k, need in way.needs:
                w, low, _ = places[k]
                fields[w] = fields.get(w, 0) + (need << low)
                self.load[i] += need / max(1, core.amounts[k])
            word += list(fields)
            packed += list(fields.values())
            hold.append(len(word))
        self.hold, self.word = np.array(hold, np.int64), np.array(word, np.int64)
        self.packed = np.array(packed, np.int64)


class _Colony:
    """One worker: its two populations, its draws, its arrays."""

    def __init__(self, packed: _Packed, cpu_s: float, seed: int) -> None:
        np = packed.np
        self.packed, self.cpu_s = packed, cpu_s
        self.draw = np.random.default_rng(seed)
        self.state = np.array([0x9E3779B97F4A7C15 ^ (seed + 1) * 0x2545F491], np.uint64)
        self.left = np.repeat(packed.full[:, None], packed.days, axis=1)
        self.best = np.zeros((2, packed.core.size), np.int64)
        self.worst = int(np.iinfo(np.int64).max)
        self.told = [self.worst, self.worst]
        self.sides = [packed.side(towards) for towards in (0, 1)]

    def live(self, shared: _Shared) -> None:
        """Generation after generation, until the worker's seconds are spent or the bound is met."""
        begun = time.thread_time()
        self._begin(begun)
        from luoshi.engines import kernels  # noqa: PLC0415 - the extra is loaded where it is used

        packed, towards = self.packed, 1
        while not shared.finished and time.thread_time() - begun < self.cpu_s:
            other = 1 - towards
            value = kernels.evolve(
                *self.sides[towards], packed.load, self.left,
                self.plans[other], self.worth[other], self.plans[towards], self.worth[towards],
                self.state, self.best[towards], self._bound(shared, towards), SHAKE,
            )  # fmt: skip
            if value < self.told[towards]:
                self.told[towards] = value
                self._tell(shared, towards)
            if packed.np.ptp(self.worth[towards]) == 0:
                self._settle(len(self.worth[0]), self.best[0])
                towards = 0
            towards = 1 - towards

    def _bound(self, shared: _Shared, towards: int) -> int:
        """Where a generation may stop; a mirrored plan with floors or dues has no such worth."""
        return shared.bound if towards == 0 or self.packed.plain else -1

    def _begin(self, begun: float) -> None:
        """The first population: orders by the work that follows, shaken; its size by the budget."""
        np, core = self.packed.np, self.packed.core
        ways = (0,) * core.size
        self.tail = np.array(tails(core, ways), float)
        self.late = np.array(latest_starts(core, ways, self.packed.horizon), float)
        self._settle(SMALLEST)
        first = time.thread_time()
        self._settle(SMALLEST)
        each = max(1e-7, (time.thread_time() - first) / SMALLEST)
        left = self.cpu_s - (time.thread_time() - begun)
        self._settle(int(min(LARGEST, max(SMALLEST, left / each / GENERATIONS))))

    def _settle(self, members: int, keep: Any = None) -> None:  # noqa: ANN401
        """A population to the left; the one to the right is nobody's yet."""
        from luoshi.engines import kernels  # noqa: PLC0415

        np, core = self.packed.np, self.packed.core
        self.plans = [np.zeros((members, core.size), np.int64) for _ in range(2)]
        self.worth = [np.full(members, self.worst, np.int64) for _ in range(2)]
        shake = self.draw.random((members, core.size))
        by_late = self.late + shake * 0.5 * (self.tail + 1)
        keys = by_late if core.has_due else -self.tail * (1 + 0.6 * shake)
        keys = np.clip(keys - keys.min(), 0, 5 * self.packed.days).astype(np.int64)
        if keep is not None:
            keys[0] = keep
        kernels.settle(keys, *self.sides[0], self.left, self.plans[0], self.worth[0])

    def _tell(self, shared: _Shared, towards: int) -> None:
        """Offer a better plan: a mirrored one is read backwards and made anew to the left."""
        core = self.packed.core
        starts = [int(day) for day in self.best[towards]]
        if towards:
            ends = [day + int(n) for day, n in zip(starts, self.packed.length, strict=True)]
            order = ordered(core, [-end for end in ends])
            shared.offer(schedule(core, order, (0,) * core.size))
        else:
            shared.offer(answer_of(core, starts, (0,) * core.size))


def _same_order(values: Any, towards: int) -> list[int]:  # noqa: ANN401
    return list(values[::-1] if towards else values)
