"""The judge: what is wrong with a network before it is computed, and with any engine's plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from luoshi.domain.base import Finding, Remedy, Sentence, Severity, Where, say
from luoshi.domain.schedule.arithmetic import Ruler
from luoshi.domain.schedule.capacity import (
    Capacity,
    OwnDays,
    check_capacity,
    check_own_days,
    end_of,
    own_days,
    with_ways,
    work_begins,
)
from luoshi.domain.schedule.frame import circles, positions
from luoshi.domain.schedule.model import Link, Minimum, Network, Plan, Slot, Step, StepId
from luoshi.domain.schedule.passes import floor
from luoshi.domain.workdays import WorkCalendar


def findings(network: Network, *, status_on: date) -> tuple[Finding, ...]:
    """What a person must mend before dates can be computed; empty means sound.

    C15 circle; S01 link to an unknown step; S02 repeated step; S03 negative duration; S04 shorter
    than the law allows; S05 facts that contradict each other or lie ahead of the status date;
    S06 (warning) a deadline before the step's own earliest day.
    """
    found = [*_circles(network), *_links(network)]
    seen: set[StepId] = set()
    for step in network.steps:
        if step.id in seen:
            found.append(_finding("S02", step, say("schedule.repeated", step=step.name)))
        seen.add(step.id)
        found += _step_findings(step, status_on)
    return tuple(found)


def check_plan(
    network: Network,
    calendar: WorkCalendar,
    plan: Plan,
    *,
    status_on: date,
    capacity: Capacity | None = None,
) -> tuple[Finding, ...]:
    """Every rule that a plan breaks, with the article where a law is broken; empty means lawful.

    The network must be sound. P01 a step without days, or days without a step; P02 a day on which
    nobody works; P03 not the step's length; P04 before its own earliest day or the status date;
    P05 after its deadline; P06 against a link; P07 shorter than the law allows; P08 a fact bent.
    With capacity: P09 more of a resource held than there is; P10 a day off of somebody needed;
    P11 a store used up; steps then last as long as the way that the plan takes.
    """
    own: dict[StepId, OwnDays] = {}
    if capacity is not None:
        closed = own_days(capacity, calendar, status_on)
        own = {s.id: closed.of(capacity.way_of(s, plan).needs) for s in network.steps}
        network = with_ways(network, capacity, plan)
    judge = _Judge(network, Ruler(calendar), plan, calendar.rank(status_on), own)
    known = positions(network.steps)
    found = [
        Finding("P01", "error", Where("step", None, str(key)), say("schedule.plan.unknown"))
        for key in plan.slots
        if key not in known
    ]
    for step in network.steps:
        found += judge.step(step)
    for link in network.links:
        found += judge.link(
            link, network.steps[known[link.predecessor]], network.steps[known[link.successor]]
        )
    if capacity is not None:
        found += check_capacity(network, calendar, capacity, plan, status_on=status_on)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Judge:
    """One plan before the law."""

    network: Network
    ruler: Ruler
    plan: Plan
    status: int
    own: Mapping[StepId, OwnDays] = field(default_factory=dict)

    def step(self, step: Step) -> Iterator[Finding]:
        slot = self.plan.slots.get(step.id)
        if slot is None:
            yield _finding("P01", step, say("schedule.plan.missing", step=step.name))
            return
        if step.minimum is not None:
            yield from self._minimum(step, slot, step.minimum)
        if step.done_on is not None or step.under_way:
            bent = (step.started_on or slot.start, step.done_on or slot.finish)
            if (slot.start, slot.finish) != bent:
                yield _finding("P08", step, say("schedule.plan.fact", step=step.name))
        if step.done_on is None:
            yield from self._open(step, slot)

    def link(self, link: Link, before: Step, after: Step) -> Iterator[Finding]:
        one, two = self.plan.slots.get(before.id), self.plan.slots.get(after.id)
        if one is None or two is None or after.done_on is not None:
            return
        anchor = self._anchor(before, one, finish=link.kind[0] == "F")
        bound = self.ruler.earliest(link, after, anchor)
        place = self._finish(two) if link.kind[1] == "F" else self._work(after, two)
        if place < bound:
            why = say(
                "schedule.plan.link",
                step=after.name,
                before=before.name,
                days=bound - place,
            )
            yield _finding("P06", after, why)

    def _open(self, step: Step, slot: Slot) -> Iterator[Finding]:
        calendar = self.ruler.calendar
        days = (slot.finish,) if step.under_way else (slot.start, slot.finish)
        for day in days:
            if not calendar.is_workday(day):
                yield _finding("P02", step, say("schedule.plan.day_off", step=step.name, on=day))
        own = self.own.get(step.id, OwnDays())
        yield from check_own_days(step, slot, own, calendar)
        length = step.remaining_days if step.under_way else step.duration_days
        work, finish = self._work(step, slot), self._finish(slot)
        if end_of(step, work, length, own, self.ruler) != finish:
            yield _finding("P03", step, say("schedule.plan.length", step=step.name, days=length))
        if work < floor(step, self.ruler, self.status):
            yield _finding("P04", step, say("schedule.plan.early", step=step.name, on=slot.start))
        if step.deadline is not None and slot.finish > step.deadline:
            why = say(
                "schedule.plan.late", step=step.name, deadline=step.deadline, finish=slot.finish
            )
            yield _finding("P05", step, why)

    def _minimum(self, step: Step, slot: Slot, minimum: Minimum) -> Iterator[Finding]:
        if minimum.unit == "calendar":
            taken = (slot.finish - slot.start).days + 1
        else:
            taken = self.ruler.calendar.count(slot.start, slot.finish)
        if taken < minimum.days:
            severity: Severity = "error" if step.done_on is None else "warning"
            yield _finding("P07", step, _below(step, minimum, taken), severity)

    def _work(self, step: Step, slot: Slot) -> int:
        """Where the work that is left begins."""
        return work_begins(step, slot, self.own.get(step.id, OwnDays()), self.ruler)

    def _finish(self, slot: Slot) -> int:
        return self.ruler.calendar.rank_after(slot.finish) - 1

    def _anchor(self, step: Step, slot: Slot, *, finish: bool) -> int:
        rank = self.ruler.calendar.rank(slot.start)
        if finish:
            return self._finish(slot)
        return min(rank, self._finish(slot)) if step.done_on is not None else rank


def _circles(network: Network) -> Iterator[Finding]:
    for circle in circles(network):
        names = tuple(step.name for step in circle)
        remedy = Remedy(
            "remove_link", {"predecessor": str(circle[-1].id), "successor": str(circle[0].id)}
        )
        where = _where(circle[0])
        yield Finding("C15", "error", where, say("schedule.circle", steps=names), remedy)


def _links(network: Network) -> Iterator[Finding]:
    known = positions(network.steps)
    for link in network.links:
        if link.predecessor in known and link.successor in known:
            continue
        at = known.get(link.successor, known.get(link.predecessor))
        where = Where("link", None, "") if at is None else _where(network.steps[at])
        remedy = Remedy(
            "remove_link",
            {"predecessor": str(link.predecessor), "successor": str(link.successor)},
        )
        yield Finding("S01", "error", where, say("schedule.unknown_step"), remedy)


def _step_findings(step: Step, status_on: date) -> Iterator[Finding]:
    if step.duration_days < 0:
        yield _finding("S03", step, say("schedule.negative", step=step.name))
    minimum = step.minimum
    if (
        minimum is not None
        and minimum.unit == step.duration_unit
        and step.duration_days < minimum.days
    ):
        remedy = Remedy("set_duration", {"step": str(step.id), "days": minimum.days})
        why = _below(step, minimum, step.duration_days)
        yield Finding("S04", "error", _where(step), why, remedy)
    if step.started_on and step.done_on and step.done_on < step.started_on:
        yield _finding("S05", step, say("schedule.done_before_start", step=step.name))
    for fact in (step.started_on, step.done_on):
        if fact is not None and fact > status_on:
            yield _finding("S05", step, say("schedule.fact_ahead", step=step.name, on=fact))
    if step.deadline and step.not_before and step.deadline < step.not_before:
        why = say(
            "schedule.deadline_first",
            step=step.name,
            deadline=step.deadline,
            not_before=step.not_before,
        )
        yield _finding("S06", step, why, "warning")


def _below(step: Step, minimum: Minimum, days: int) -> Sentence:
    if minimum.unit == "calendar":
        return say(
            "schedule.below_minimum_calendar",
            step=step.name,
            days=days,
            least=minimum.days,
            basis=minimum.basis,
        )
    return say(
        "schedule.below_minimum", step=step.name, days=days, least=minimum.days, basis=minimum.basis
    )


def _finding(code: str, step: Step, why: Sentence, severity: Severity = "error") -> Finding:
    return Finding(code, severity, _where(step), why)


def _where(step: Step) -> Where:
    return Where("step", step.id if isinstance(step.id, UUID) else None, step.name)
