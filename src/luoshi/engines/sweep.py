"""Both passes over a network as arrays: compiled where Numba is installed, else NumPy by levels.

The plain passes (`passes.earliest`, `passes.latest`) are the oracle and the default: a web process
loads neither package. `passes.solve` sweeps where this process has loaded Numba already; loading
it costs more than the plain passes of some hundred thousand steps.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from importlib.util import find_spec
from typing import Any

WORTH = 5_000
"""Steps from which arrays are worth the making."""
MOST = 1 << 30
"""The rank that stands for never; far beyond any calendar, and small enough for 32 bits."""


def loaded() -> bool:
    """Whether this process has loaded Numba for another reason."""
    return "numba" in sys.modules


def compiled() -> bool:
    """Whether Numba is installed; nothing is imported to tell."""
    return find_spec("numba") is not None


@dataclass(frozen=True, slots=True)
class Flat:
    """A network whose rules are all constants; one entry a step, and one an arc.

    Arc k says `start[head[k]] >= start[tail[k]] + gap[k]`; arcs stand in topological order of
    their tails, so one walk over them is a pass. `floor`: the first start; `cap`: the last one by
    the step's own deadline. What has happened is in floors and caps and has no arcs. `start` is
    where the work that is left begins.
    """

    floor: list[int]
    cap: list[int]
    length: list[int]
    tail: list[int]
    head: list[int]
    gap: list[int]


@dataclass(frozen=True)
class Arrays:
    """A flat network as arrays of 32-bit ranks; arcs in topological order of their tails."""

    floor: Any
    cap: Any
    length: Any
    tail: Any
    head: Any
    gap: Any

    @classmethod
    def of(cls, flat: Flat) -> Arrays:
        """The same network; caps beyond every calendar become `MOST`."""
        import numpy as np  # noqa: PLC0415 - the extra is loaded where it is used

        cap = np.minimum(np.array(flat.cap, np.int64), MOST).astype(np.int32)
        fields = (flat.floor, flat.length, flat.tail, flat.head, flat.gap)
        floor, length, tail, head, gap = (np.array(field, np.int32) for field in fields)
        return cls(floor, cap, length, tail, head, gap)

    @cached_property
    def ahead(self) -> list[tuple[Any, Any, Any]]:
        """Arcs by the level of their heads: heads once each, where each begins, the arcs."""
        return _levels(self.tail, self.head, len(self.floor))

    @cached_property
    def back(self) -> list[tuple[Any, Any, Any]]:
        """The same from the other end."""
        return _levels(self.head[::-1], self.tail[::-1], len(self.floor), turned=True)


def earliest(arrays: Arrays, *, plain: bool = False) -> Any:  # noqa: ANN401
    """The forward pass: the earliest start of every step; `plain` does without Numba."""
    start = arrays.floor.copy()
    if compiled() and not plain:
        _kernels()[0](start, arrays.tail, arrays.head, arrays.gap)
        return start
    import numpy as np  # noqa: PLC0415

    for heads, firsts, arcs in arrays.ahead:
        bound = np.maximum.reduceat(start[arrays.tail[arcs]] + arrays.gap[arcs], firsts)
        start[heads] = np.maximum(start[heads], bound)
    return start


def latest(arrays: Arrays, end: int, *, plain: bool = False) -> Any:  # noqa: ANN401
    """The backward pass from the deadlines and the last rank `end`; negative is long ago."""
    import numpy as np  # noqa: PLC0415

    start = np.minimum(arrays.cap, min(end, MOST) + 1 - arrays.length).astype(np.int32)
    if compiled() and not plain:
        _kernels()[1](start, arrays.tail, arrays.head, arrays.gap)
        return start
    for tails, firsts, arcs in arrays.back:
        bound = np.minimum.reduceat(start[arrays.head[arcs]] - arrays.gap[arcs], firsts)
        start[tails] = np.minimum(start[tails], bound)
    return start


def working_days(days: Sequence[date]) -> Any:  # noqa: ANN401
    """The calendar's days by rank as an array, to be asked with many ranks at once."""
    import numpy as np  # noqa: PLC0415

    return np.array(days, "datetime64[D]")


def dated(arrays: Arrays, start: Any, days: Any) -> tuple[Any, Any]:  # noqa: ANN401
    """First and last day of every step, from its rank: one look-up for all."""
    return days[start], days[start + arrays.length - 1]


@cache
def _kernels() -> tuple[Any, Any]:
    """The two loops, compiled once on a machine."""
    from luoshi.engines.sweeping import backward, forward  # noqa: PLC0415

    return forward, backward


def _levels(
    tail: Any,  # noqa: ANN401
    head: Any,  # noqa: ANN401
    size: int,
    *,
    turned: bool = False,
) -> list[tuple[Any, Any, Any]]:
    import numpy as np  # noqa: PLC0415

    level = [0] * size
    for a, b in zip(tail.tolist(), head.tolist(), strict=True):
        if level[a] >= level[b]:
            level[b] = level[a] + 1
    of = np.array(level)[head] if len(head) else np.array([], int)
    order = np.lexsort((head, of))
    cuts = np.flatnonzero(np.diff(of[order])) + 1
    found = []
    for arcs in np.split(order, cuts) if len(order) else []:
        heads, firsts = np.unique(head[arcs], return_index=True)
        found.append((heads, firsts, len(head) - 1 - arcs if turned else arcs))
    return found
