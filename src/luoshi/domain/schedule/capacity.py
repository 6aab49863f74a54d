"""Who does the work, and how much of it at once: resources, ways of doing a step, and their judge.

A step holds what it needs from its start to its finish. It starts and finishes on days on which
all of that is at work; days on which one of them is off lengthen it and are never counted as work.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from luoshi.domain.base import Finding, Sentence, Severity, Where, say
from luoshi.domain.schedule.arithmetic import Ruler
from luoshi.domain.schedule.model import Network, Plan, Slot, Step, StepId
from luoshi.domain.workdays import WorkCalendar

ResourceId = UUID | str | int
LOOKED_AHEAD = 2600
"""Working days after the status date for which a resource's own days off are read: ten years."""


@dataclass(frozen=True, slots=True)
class Resource:
    """A unit, a person or a machine: `amount` of it is there on each day it works.

    A person is 100 (hundredths of a day), a unit its number of people, a machine 1. `calendar`:
    its own days, None for the office's. `lasting` is False for a store that work uses up.
    """

    id: ResourceId
    name: str
    amount: int
    calendar: WorkCalendar | None = None
    lasting: bool = True


@dataclass(frozen=True, slots=True)
class Way:
    """One way of doing a step: how long it takes, and what it holds while it lasts."""

    duration_days: int
    needs: Mapping[ResourceId, int]


@dataclass(frozen=True, slots=True)
class Capacity:
    """What there is and what each step needs.

    `needs` belongs to the step's own duration; `ways` replaces both where there is a choice, and
    a plan then names the way it takes (`Plan.ways`, the first unless it says otherwise).
    """

    resources: tuple[Resource, ...]
    needs: Mapping[StepId, Mapping[ResourceId, int]] = field(default_factory=dict)
    ways: Mapping[StepId, tuple[Way, ...]] = field(default_factory=dict)

    def ways_of(self, step: Step) -> tuple[Way, ...]:
        """Every way of doing a step, at least one."""
        return self.ways.get(step.id) or (Way(step.duration_days, self.needs.get(step.id, {})),)

    def way_of(self, step: Step, plan: Plan) -> Way:
        """The way that the plan takes."""
        ways, chosen = self.ways_of(step), plan.ways.get(step.id, 0)
        return ways[chosen] if 0 <= chosen < len(ways) else ways[0]


@dataclass(frozen=True, slots=True)
class OwnDays:
    """The working days of one step: the office's, less the ranks on which its people are off."""

    closed: tuple[int, ...] = ()

    def open_from(self, rank: int) -> int:
        """The first own day on or after a rank."""
        at = bisect_left(self.closed, rank)
        while at < len(self.closed) and self.closed[at] == rank:
            rank, at = rank + 1, at + 1
        return rank

    def finish(self, start: int, days: int) -> int:
        """The rank of the last of so many own days from `start`, which is an own day."""
        before, last = bisect_left(self.closed, start), start + max(days, 1) - 1
        while True:
            moved = start + max(days, 1) - 1 + bisect_right(self.closed, last) - before
            if moved == last:
                return last
            last = moved

    def start_by(self, finish: int, days: int) -> int:
        """The rank of the first of so many own days that end on `finish`, which is an own day."""
        after, first = bisect_right(self.closed, finish), finish - max(days, 1) + 1
        while True:
            moved = finish - max(days, 1) + 1 - (after - bisect_left(self.closed, first))
            if moved == first:
                return first
            first = moved


def own_days(capacity: Capacity, calendar: WorkCalendar, status_on: date) -> _Closed:
    """The days off of every resource that has its own calendar, read once."""
    first = calendar.rank(status_on)
    last = min(first + LOOKED_AHEAD, len(calendar.tables()[2]))
    return _Closed(
        {
            resource.id: frozenset(
                rank
                for rank in range(first, last)
                if not resource.calendar.is_workday(calendar.day_at(rank))
            )
            for resource in capacity.resources
            if resource.calendar is not None
        }
    )


@dataclass(frozen=True, slots=True)
class _Closed:
    by_resource: Mapping[ResourceId, frozenset[int]]

    def of(self, needs: Iterable[ResourceId]) -> OwnDays:
        """The own days of work that needs these resources."""
        off = [self.by_resource[key] for key in needs if key in self.by_resource]
        return OwnDays(tuple(sorted(frozenset().union(*off)))) if off else OwnDays()


def with_ways(network: Network, capacity: Capacity, plan: Plan) -> Network:
    """The network in which each open step lasts as long as the plan's way of doing it."""
    steps = tuple(
        replace(step, duration_days=capacity.way_of(step, plan).duration_days)
        if step.id in capacity.ways and step.done_on is None
        else step
        for step in network.steps
    )
    return Network(steps, network.links)


def capacity_findings(network: Network, capacity: Capacity) -> tuple[Finding, ...]:
    """What must be mended before work can be levelled; empty means sound.

    R01 a resource that is needed and of which there is nothing; R02 a need for an unknown
    resource; R03 no way of a step fits what there is; R04 a negative amount, need or duration.
    """
    known = {resource.id: resource for resource in capacity.resources}
    found = [
        _of(resource, "R04", say("schedule.capacity.negative", what=resource.name))
        for resource in capacity.resources
        if resource.amount < 0
    ]
    empty: set[ResourceId] = set()
    for step in network.steps:
        if step.done_on is not None:
            continue
        fits = False
        for way in capacity.ways_of(step):
            found += _way_findings(step, way, known)
            lacking = [key for key, need in way.needs.items() if need > _amount(known, key)]
            fits = fits or not lacking
            empty |= {key for key in lacking if key in known and not known[key].amount}
        if not fits:
            found.append(_step("R03", step, say("schedule.capacity.too_much", step=step.name)))
    found += [
        _of(known[key], "R01", say("schedule.capacity.none", resource=known[key].name))
        for key in sorted(empty, key=str)
    ]
    return tuple(found)


def loads(
    network: Network, calendar: WorkCalendar, capacity: Capacity, plan: Plan, *, status_on: date
) -> dict[ResourceId, dict[int, int]]:
    """How much of each lasting resource open steps hold, by rank of the working day."""
    lasting = {resource.id for resource in capacity.resources if resource.lasting}
    held: dict[ResourceId, dict[int, int]] = {key: {} for key in lasting}
    ruler, closed = Ruler(calendar), own_days(capacity, calendar, status_on)
    for step in network.steps:
        slot, way = plan.slots.get(step.id), capacity.way_of(step, plan)
        if step.done_on is not None or slot is None or not way.duration_days:
            continue
        lasts = replace(step, duration_days=way.duration_days)
        start = work_begins(lasts, slot, closed.of(way.needs), ruler)
        for key in lasting & way.needs.keys():
            days = held[key]
            for rank in range(start, calendar.rank_after(slot.finish)):
                days[rank] = days.get(rank, 0) + way.needs[key]
    return held


def check_capacity(
    network: Network, calendar: WorkCalendar, capacity: Capacity, plan: Plan, *, status_on: date
) -> Iterator[Finding]:
    """P09 more held on a day than there is (the first such day of each resource); P11 used up."""
    held = loads(network, calendar, capacity, plan, status_on=status_on)
    off = own_days(capacity, calendar, status_on).by_resource
    for resource in capacity.resources:
        if not resource.lasting:
            used = sum(
                capacity.way_of(step, plan).needs.get(resource.id, 0)
                for step in network.steps
                if step.done_on is None
            )
            if used > resource.amount:
                why = say(
                    "schedule.plan.used_up",
                    resource=resource.name,
                    load=used,
                    amount=resource.amount,
                )
                yield _of(resource, "P11", why)
            continue
        closed = off.get(resource.id, frozenset())
        for rank, load in sorted(held[resource.id].items()):
            if load > resource.amount and rank not in closed:
                why = say(
                    "schedule.plan.overload",
                    resource=resource.name,
                    on=calendar.day_at(rank),
                    load=load,
                    amount=resource.amount,
                )
                yield _of(resource, "P09", why)
                break


def check_own_days(
    step: Step, slot: Slot, own: OwnDays, calendar: WorkCalendar
) -> Iterator[Finding]:
    """P10: a step starts or ends on a day on which somebody it needs is off."""
    days = (slot.finish,) if step.under_way else (slot.start, slot.finish)
    for day in days:
        rank = calendar.rank(day)
        if own.open_from(rank) != rank:
            yield _step("P10", step, say("schedule.plan.own_day_off", step=step.name, on=day))


def work_begins(step: Step, slot: Slot, own: OwnDays, ruler: Ruler) -> int:
    """The rank on which what is left of a step begins in a plan."""
    if not step.under_way:
        return ruler.calendar.rank(slot.start)
    finish = ruler.calendar.rank_after(slot.finish) - 1
    if own.closed and step.duration_unit == "working":
        return own.start_by(finish, step.remaining_days)
    return ruler.start_to_finish_by(finish, step.remaining_days, step.duration_unit)


def remaining(step: Step, way: Way) -> int:
    """Days still to be worked in that way; 0 for a milestone."""
    return (
        replace(step, duration_days=way.duration_days).remaining_days
        if step.under_way
        else way.duration_days
    )


def end_of(step: Step, start: int, days: int, own: OwnDays, ruler: Ruler) -> int:
    """The last rank of work that starts on `start`, on the step's own days."""
    if step.duration_unit == "calendar":
        return own.open_from(ruler.finish(start, days, "calendar"))
    return own.finish(start, days) if own.closed else start + max(days, 1) - 1


def _way_findings(step: Step, way: Way, known: Mapping[ResourceId, Resource]) -> Iterator[Finding]:
    if way.duration_days < 0 or any(need < 0 for need in way.needs.values()):
        yield _step("R04", step, say("schedule.capacity.negative", what=step.name))
    for key in way.needs:
        if key not in known:
            yield _step("R02", step, say("schedule.capacity.unknown", step=step.name))


def _amount(known: Mapping[ResourceId, Resource], key: ResourceId) -> int:
    return known[key].amount if key in known else 0


def _step(code: str, step: Step, why: Sentence, severity: Severity = "error") -> Finding:
    where = Where("step", step.id if isinstance(step.id, UUID) else None, step.name)
    return Finding(code, severity, where, why)


def _of(resource: Resource, code: str, why: Sentence) -> Finding:
    key = resource.id if isinstance(resource.id, UUID) else None
    return Finding(code, "error", Where("resource", key, resource.name), why)
