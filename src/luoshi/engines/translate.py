"""A network on a calendar, with capacity, as a problem in integers; and its answer as a plan.

Days become ranks of working days counted from the status date. Facts (done steps, work under way)
become floors. The law's arithmetic stays the law's: whatever is no constant is asked of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from luoshi.domain.base import Refused
from luoshi.domain.schedule import Capacity, Link, Plan, ResourceId, Slot, Step
from luoshi.domain.schedule.arithmetic import Ruler
from luoshi.domain.schedule.capacity import OwnDays, end_of, own_days, remaining
from luoshi.domain.schedule.capacity import Way as StepWay
from luoshi.domain.schedule.frame import Frame, frame
from luoshi.domain.schedule.passes import floor as first_rank
from luoshi.domain.schedule.passes import forward_ranks, legal_end
from luoshi.engines.base import Problem
from luoshi.engines.core import FAR, Answer, Arc, Core, Curve, Way


@dataclass(frozen=True, slots=True)
class Translated:
    """The integers, and what is needed to say an answer in days again."""

    core: Core
    problem: Problem
    framed: Frame
    open: tuple[int, ...]
    """Positions (in the frame) of the steps that are not done, by number of the activity."""
    origin: int

    def plan_of(self, answer: Answer) -> Plan:
        """The days of an answer; facts stay on the days on which they happened."""
        calendar = self.problem.calendar
        slots, ways = {}, {}
        for n, position in enumerate(self.open):
            step = self.framed.steps[position]
            start, way = answer.starts[n], answer.ways[n]
            finish = self.core.end(n, way, start) - 1
            begun = step.started_on or calendar.day_at(self.origin + start)
            slots[step.id] = Slot(begun, calendar.day_at(self.origin + finish))
            if len(self.core.ways[n]) > 1:
                ways[step.id] = way
        facts = [step for step in self.framed.steps if step.done_on is not None]
        if facts:
            ruler = Ruler(calendar)
            ranks = forward_ranks(self.framed, ruler, self.problem.status_on)
            for i, step in enumerate(self.framed.steps):
                if step.done_on is not None:
                    begun = step.started_on or calendar.day_at(ranks.start[i])
                    slots[step.id] = Slot(begun, step.done_on)
        return Plan({step.id: slots[step.id] for step in self.framed.steps}, ways)

    def starts_in(self, plan: Plan) -> list[int | None]:
        """Where an earlier plan starts what is left of each activity; None where it does not."""
        calendar, starts = self.problem.calendar, list[int | None]()
        for n, position in enumerate(self.open):
            step = self.framed.steps[position]
            slot = plan.slots.get(step.id)
            if slot is None:
                starts.append(None)
            elif step.under_way:
                end = calendar.rank_after(slot.finish) - self.origin
                starts.append(max(0, end - self.core.ways[n][0].length))
            else:
                starts.append(calendar.rank(slot.start) - self.origin)
        return starts


def translate(problem: Problem) -> Translated:
    """Put a sound problem into integers; refused as `frame` for circles and unknown steps."""
    framed, ruler = frame(problem.network), Ruler(problem.calendar)
    capacity = problem.capacity or Capacity(())
    made = _Making(problem, framed, ruler, capacity)
    return made.run()


class _Making:
    """One translation."""

    def __init__(self, problem: Problem, framed: Frame, ruler: Ruler, capacity: Capacity) -> None:
        self.problem, self.framed, self.ruler, self.capacity = problem, framed, ruler, capacity
        self.origin = problem.calendar.rank(problem.status_on)
        self.facts = forward_ranks(framed, ruler, problem.status_on)
        lasting = [r for r in capacity.resources if r.lasting]
        stores = [r for r in capacity.resources if not r.lasting]
        self.lasting: dict[ResourceId, int] = {r.id: k for k, r in enumerate(lasting)}
        self.stores: dict[ResourceId, int] = {r.id: k for k, r in enumerate(stores)}
        self.amounts = [r.amount for r in lasting]
        self.store_amounts = [r.amount for r in stores]
        self.closed = own_days(capacity, problem.calendar, problem.status_on)

    def run(self) -> Translated:
        steps = self.framed.steps
        numbers = [i for i in self.framed.order if steps[i].done_on is None]
        of = {position: n for n, position in enumerate(numbers)}
        ways, curves, floors, dues = [], [], [], []
        for position in numbers:
            step = steps[position]
            offered = self.capacity.ways_of(step)
            made = tuple(self._way(step, way) for way in offered)
            curve = self._curve(step, offered)
            ways.append(made)
            curves.append(curve)
            floors.append(self._floor(position, step, made, curve))
            dues.append(self._due(step))
        arcs = [
            self._arc(of[position], of[other], steps[other], link)
            for position in numbers
            for other, link in self.framed.out[position]
            if other in of and not (steps[position].under_way and link.kind[0] == "S")
        ]
        core = Core(
            ways,
            arcs,
            self.amounts,
            floors,
            dues,
            self.store_amounts,
            curves if any(curves) else (),
            [steps[i].name for i in numbers],
            limit=len(self.problem.calendar.tables()[2]) - self.origin,
        )
        return Translated(core, self.problem, self.framed, tuple(numbers), self.origin)

    def _way(self, step: Step, way: StepWay) -> Way:
        needs = [(self.lasting[k], n) for k, n in way.needs.items() if k in self.lasting and n]
        uses = [(self.stores[k], n) for k, n in way.needs.items() if k in self.stores and n]
        return Way(
            max(1, remaining(step, way)), tuple(needs) if way.duration_days else (), tuple(uses)
        )

    def _curve(self, step: Step, ways: tuple[StepWay, ...]) -> Curve | None:
        own = [self.closed.of(way.needs) for way in ways]
        long = any(way.duration_days > 1 for way in ways)
        if not any(days.closed for days in own) and not (step.duration_unit == "calendar" and long):
            return None
        days = [remaining(step, way) for way in ways]
        least = 1 if step.duration_unit == "calendar" else max(1, min(days))
        return Curve(
            partial(_opens, own, self.origin),
            partial(_ends, step, days, own, self.origin, self.ruler),
            least,
        )

    def _floor(self, position: int, step: Step, ways: tuple[Way, ...], curve: Curve | None) -> int:
        """The first day by facts: status date, own date, statutory time that runs, done steps."""
        start = first_rank(step, self.ruler, self.origin) - self.origin
        end = legal_end(step, self.ruler) + 1 - self.origin
        for other, link in self.framed.into[position]:
            before = self.framed.steps[other]
            if before.done_on is None and not (before.under_way and link.kind[0] == "S"):
                continue
            anchor = self.facts.finish[other] if link.kind[0] == "F" else self.facts.start[other]
            bound = self.ruler.earliest(link, step, anchor) - self.origin
            if link.kind[1] == "S":
                start = max(start, bound)
            else:
                end = max(end, bound + 1)
        if curve is None:
            return max(0, start, end - min(way.length for way in ways))
        day = max(0, start)
        while min(curve.ends(n, curve.opens(n, day)) for n in range(len(ways))) < end:
            day += 1
        return day

    def _due(self, step: Step) -> int:
        if step.deadline is None:
            return FAR
        return self.problem.calendar.rank_after(step.deadline) - self.origin

    def _arc(self, tail: int, head: int, successor: Step, link: Link) -> Arc:
        from_end, to_end = link.kind[0] == "F", link.kind[1] == "F"
        if link.lag and link.lag_unit == "calendar":
            bend = partial(_bend, link, successor, self.origin, self.ruler)
            return Arc(tail, head, from_end, to_end, link.lag, bend)
        later = link.kind == "FS" and not successor.is_milestone
        return Arc(tail, head, from_end, to_end, link.lag + later - from_end + to_end)


def _opens(own: list[OwnDays], origin: int, way: int, day: int) -> int:
    return own[way].open_from(origin + day) - origin


def _ends(
    step: Step, days: list[int], own: list[OwnDays], origin: int, ruler: Ruler, way: int, day: int
) -> int:
    try:
        return end_of(step, origin + day, days[way], own[way], ruler) - origin + 1
    except Refused:
        return FAR


def _bend(link: Link, successor: Step, origin: int, ruler: Ruler, day: int) -> int:
    from_end, to_end = link.kind[0] == "F", link.kind[1] == "F"
    rank = ruler.earliest(link, successor, origin + day - from_end)
    return rank - origin + to_end
