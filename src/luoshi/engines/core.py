"""A levelling problem in integers: what every search works on, whatever it came from.

Time counts working days from the origin. An activity stands on [start, end): its end is the day
after its last one. Activities are numbered so that every predecessor has the smaller number.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

FAR = 1 << 40
"""A due day that nothing asks for."""
LATE = 1 << 24
"""What one day of lateness weighs beside a day of length: deadlines come first."""

FEW = 2
"""Of so many different amounts a line of free days is kept each; more cost more than they save."""

Need = tuple[int, int]
"""The number of a resource, and how much of it is held."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way of doing an activity: its length in days, what it holds, what it uses up."""

    length: int
    needs: tuple[Need, ...] = ()
    uses: tuple[Need, ...] = ()


@dataclass(frozen=True, slots=True)
class Arc:
    """An order: the head's start (or end) is not before the tail's start (or end) plus `lag`.

    `bend` replaces the lag where it counts calendar days: a rising map of the tail's day.
    """

    tail: int
    head: int
    from_end: bool
    to_end: bool
    lag: int
    bend: Callable[[int], int] | None = None


@dataclass(frozen=True, slots=True)
class Curve:
    """An activity whose length depends on its start: days off, or a period of calendar days."""

    opens: Callable[[int, int], int]
    """The first day on or after a day on which the activity may start, from the way and the day."""
    ends: Callable[[int, int], int]
    """The end, from the way and the start."""
    least: int = 1
    """No way of it is shorter, wherever it starts."""


@dataclass(frozen=True)
class Core:
    """Activities, arcs and what there is; `floor` and `due` bound start and end."""

    ways: Sequence[tuple[Way, ...]]
    arcs: Sequence[Arc]
    amounts: Sequence[int]
    floor: Sequence[int]
    due: Sequence[int]
    stores: Sequence[int] = ()
    curves: Sequence[Curve | None] = ()
    names: Sequence[str] = field(default=(), compare=False)
    limit: int = 1 << 20
    """No activity may end after this day: the calendar, or what memory may hold, ends there."""

    @property
    def size(self) -> int:
        """How many activities there are."""
        return len(self.ways)

    @cached_property
    def into(self) -> list[list[Arc]]:
        """The arcs into every activity."""
        found: list[list[Arc]] = [[] for _ in self.ways]
        for arc in self.arcs:
            found[arc.head].append(arc)
        return found

    @cached_property
    def out(self) -> list[list[Arc]]:
        """The arcs out of every activity."""
        found: list[list[Arc]] = [[] for _ in self.ways]
        for arc in self.arcs:
            found[arc.tail].append(arc)
        return found

    @cached_property
    def has_due(self) -> bool:
        """Whether any deadline is there to be kept."""
        return any(due < FAR for due in self.due)

    @cached_property
    def last_due(self) -> int:
        """The last deadline; 0 where there is none."""
        return max((due for due in self.due if due < FAR), default=0)

    @cached_property
    def single(self) -> bool:
        """Whether every activity has one way and uses nothing up."""
        return all(len(ways) == 1 and not ways[0].uses for ways in self.ways)

    @cached_property
    def flat(self) -> bool:
        """Whether all rules are constants, so that the problem can be mirrored and compiled."""
        straight = not any(self.curves) and not any(arc.bend for arc in self.arcs)
        return straight and self.single

    @cached_property
    def asked(self) -> list[tuple[int, ...]]:
        """Of each resource the amounts that are asked of it, each once."""
        found: list[set[int]] = [set() for _ in self.amounts]
        for ways in self.ways:
            for way in ways:
                for k, need in way.needs:
                    found[k].add(need)
        return [tuple(sorted(some)) for some in found]

    @cached_property
    def simple(self) -> bool:
        """Whether of each resource only one or two different amounts are asked, once a way."""
        once = all(len({k for k, _ in w.needs}) == len(w.needs) for some in self.ways for w in some)
        return once and all(len(some) <= FEW for some in self.asked)

    def end(self, i: int, way: int, start: int) -> int:
        """The end of an activity that starts there."""
        curve = self.curves[i] if self.curves else None
        return start + self.ways[i][way].length if curve is None else curve.ends(way, start)

    def opens(self, i: int, way: int, day: int) -> int:
        """The first day on or after a day on which an activity may start."""
        curve = self.curves[i] if self.curves else None
        return day if curve is None else curve.opens(way, day)

    @cached_property
    def reach(self) -> int:
        """A day by which every plan without idle gaps has ended."""
        lengths = sum(
            max(self.end(i, n, 0) for n in range(len(w))) for i, w in enumerate(self.ways)
        )
        lags = sum(max(0, arc.lag) for arc in self.arcs)
        return max(self.floor, default=0) + lengths + lags

    def only(self, ways: Sequence[int]) -> Core:
        """The same problem with one way chosen for every activity."""
        chosen = tuple((some[way],) for some, way in zip(self.ways, ways, strict=True))
        return replace(self, ways=tuple((replace(w, uses=()),) for (w,) in chosen), stores=())


@dataclass(frozen=True, slots=True)
class Answer:
    """Starts and chosen ways, and their worth: days of lateness, then the length."""

    starts: tuple[int, ...]
    ways: tuple[int, ...]
    lateness: int
    length: int

    @property
    def value(self) -> int:
        """What a search makes small."""
        return self.lateness * LATE + self.length


def answer_of(core: Core, starts: Sequence[int], ways: Sequence[int]) -> Answer:
    """Measure starts and ways."""
    lateness = length = 0
    for i, (start, way) in enumerate(zip(starts, ways, strict=True)):
        end = core.end(i, way, start)
        length = max(length, end)
        lateness += max(0, end - core.due[i])
    return Answer(tuple(starts), tuple(ways), lateness, length)


def bound_of(core: Core, arc: Arc, start: int, end: int, way: int) -> int:
    """The first start of an arc's head, from its tail's start and end; constant lengths only."""
    anchor = end if arc.from_end else start
    bound = anchor + arc.lag if arc.bend is None else arc.bend(anchor)
    return bound - core.ways[arc.head][way].length if arc.to_end else bound


def earliest(core: Core, ways: Sequence[int] | None = None) -> list[int]:
    """The first starts without any limit of resources: nothing starts before them.

    Without `ways` each activity takes its shortest one, so that the answer bounds every plan.
    """
    starts: list[int] = []
    ends: list[int] = []
    for i in range(core.size):
        offered = range(len(core.ways[i])) if ways is None else (ways[i],)
        day = min(first_start(core, i, way, starts, ends) for way in offered)
        starts.append(day)
        ends.append(min(core.end(i, way, day) for way in offered))
    return starts


def first_start(core: Core, i: int, way: int, starts: Sequence[int], ends: Sequence[int]) -> int:
    """The first own day that floor and predecessors allow."""
    day, least_end = core.floor[i], 0
    for arc in core.into[i]:
        anchor = ends[arc.tail] if arc.from_end else starts[arc.tail]
        bound = anchor + arc.lag if arc.bend is None else arc.bend(anchor)
        if arc.to_end:
            least_end = max(least_end, bound)
        elif bound > day:
            day = bound
    day = core.opens(i, way, day)
    if least_end:
        if not core.curves or core.curves[i] is None:
            return max(day, least_end - core.ways[i][way].length)
        while core.end(i, way, day) < least_end:
            day = core.opens(i, way, day + 1)
    return day


def lower_bound(core: Core) -> tuple[int, int]:
    """Lateness and length below which no plan can go: by the chain alone, and by the work there is.

    The work: what a resource must do at least, cut anywhere, cannot be done faster than at its
    full amount; and activities that need more than half of it must wait for one another.
    """
    starts = earliest(core)
    length = lateness = 0
    for i, start in enumerate(starts):
        end = min(core.end(i, way, start) for way in range(len(core.ways[i])))
        length = max(length, end)
        lateness += max(0, end - core.due[i])
    first = min(starts, default=0)
    work, in_turn = _least_work(core)
    for k, amount in enumerate(core.amounts):
        if amount > 0:
            length = max(length, first - (-work[k] // amount), first + in_turn[k])
    return lateness, length


def _least(core: Core, i: int, way: Way) -> int:
    curve = core.curves[i] if core.curves else None
    return way.length if curve is None else min(way.length, curve.least)


def _least_work(core: Core) -> tuple[list[int], list[int]]:
    """Of each resource: days times amount at least, and days of what needs more than half of it."""
    work, in_turn = [0] * len(core.amounts), [0] * len(core.amounts)
    for i, ways in enumerate(core.ways):
        days = min(_least(core, i, way) for way in ways)
        needs = dict(ways[0].needs)
        for way in ways[1:]:
            other = dict(way.needs)
            needs = {k: min(need, other[k]) for k, need in needs.items() if k in other}
        for k, need in needs.items():
            work[k] += min(_least(core, i, way) * dict(way.needs)[k] for way in ways)
            if 2 * need > core.amounts[k]:
                in_turn[k] += days
    return work, in_turn
