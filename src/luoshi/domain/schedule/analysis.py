"""Slack and the critical chain: how far each step may slip, and which steps decide the end."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from luoshi.domain.schedule.arithmetic import Ruler
from luoshi.domain.schedule.frame import Frame, frame
from luoshi.domain.schedule.model import Network, Plan, Slot, StepId
from luoshi.domain.schedule.passes import (
    FAR,
    Ranks,
    backward_ranks,
    floor,
    forward_ranks,
    plan_of,
)
from luoshi.domain.workdays import WorkCalendar


@dataclass(frozen=True, slots=True)
class StepTimes:
    """One step's room, in working days. Negative total slack: that many days are missing."""

    earliest: Slot
    latest: Slot
    total_slack: int
    free_slack: int
    critical: bool

    @property
    def interfering_slack(self) -> int:
        """How much of the total slack moves others when it is used."""
        return self.total_slack - self.free_slack


@dataclass(frozen=True, slots=True)
class Analysis:
    """Both passes of a network side by side.

    `chain` is the shortest chain of steps, each waiting for the one before, that decides the
    tightest deadline (or the end of the work, where there is no deadline). `spare_days` is the
    number of working days between its end and that deadline: negative when the deadline is
    missed, None without any deadline. `tightest` is the step that bears the deadline.
    """

    steps: Mapping[StepId, StepTimes]
    chain: tuple[StepId, ...]
    tightest: StepId | None
    spare_days: int | None
    finish_on: date | None
    horizon: date
    status_on: date


def analyse(
    network: Network, calendar: WorkCalendar, *, status_on: date, horizon: date | None = None
) -> Analysis:
    """Earliest and latest days, total and free slack, and the critical chain of a network.

    Total slack: how many working days a step may slip before a deadline (or the horizon) is
    missed. Free slack: before any other step's earliest day moves. The horizon bounds steps that
    lead to no deadline; unless given it is the later of the last deadline and the earliest end.
    Refused as `forward`.
    """
    framed, ruler = frame(network), Ruler(calendar)
    early = forward_ranks(framed, ruler, status_on)
    end = _horizon(framed, early, ruler, status_on) if horizon is None else horizon
    late = backward_ranks(framed, ruler, end)
    spare = spare_by_step(framed, early, ruler)
    target = _target(framed, early, spare)
    chain = tight_chain(framed, early, ruler, status_on, target)
    return Analysis(
        steps=_times(framed, early, late, ruler, frozenset(chain)),
        chain=tuple(framed.steps[i].id for i in chain),
        tightest=framed.steps[target].id if spare and target is not None else None,
        spare_days=min(spare.values()) if spare else None,
        finish_on=calendar.day_at(max(early.finish)) if early.finish else None,
        horizon=end,
        status_on=status_on,
    )


def near_critical(analysis: Analysis, within: int) -> tuple[StepId, ...]:
    """Steps off the chain that become critical when they slip by more than `within` days.

    Their total slack is at most `within` above the smallest one of all; least slack first, then
    earliest start. Finished work is not among them.
    """
    open_steps = {k: t for k, t in analysis.steps.items() if t.latest.finish >= analysis.status_on}
    least = min((times.total_slack for times in open_steps.values()), default=0)
    found = [
        key
        for key, times in open_steps.items()
        if times.total_slack <= least + within and key not in analysis.chain
    ]
    return tuple(
        sorted(found, key=lambda k: (open_steps[k].total_slack, open_steps[k].earliest.start))
    )


def spans(plan: Plan, parts: Mapping[StepId, tuple[StepId, ...]]) -> dict[StepId, Slot]:
    """Hammocks: from the first start to the last finish of the steps that each one spans.

    A hammock is no work of its own: it has the days of its parts, whatever engine planned them.
    One whose parts have no days has none.
    """
    found = {}
    for key, some in parts.items():
        slots = [plan.slots[part] for part in some if part in plan.slots]
        if slots:
            found[key] = Slot(min(s.start for s in slots), max(s.finish for s in slots))
    return found


def spare_by_step(framed: Frame, early: Ranks, ruler: Ruler) -> dict[int, int]:
    """For each step with a deadline: working days from its earliest finish to the deadline."""
    return {
        i: ruler.calendar.rank_after(step.deadline) - 1 - early.finish[i]
        for i, step in enumerate(framed.steps)
        if step.deadline is not None and step.done_on is None
    }


def tight_chain(
    framed: Frame, early: Ranks, ruler: Ruler, status_on: date, target: int | None
) -> list[int]:
    """The fewest steps that explain the earliest finish of `target`: each waits for the one before.

    The first of them waits for no step, only for the status date, its own earliest date, or is a
    fact. Searched breadth first against the links that are tight.
    """
    if target is None:
        return []
    status = ruler.calendar.rank(status_on)
    towards: dict[int, int | None] = {target: None}
    queue = deque([target])
    while queue:
        i = queue.popleft()
        drivers = _drivers(framed, early, ruler, status, i)
        if not drivers:
            return _walk(towards, i)
        for a in drivers:
            if a not in towards:
                towards[a] = i
                queue.append(a)
    message = "a tight chain begins somewhere"
    raise AssertionError(message)


def _drivers(framed: Frame, early: Ranks, ruler: Ruler, status: int, i: int) -> list[int]:
    """The predecessors that a step waits for; none when it can be no earlier even without them."""
    step = framed.steps[i]
    if step.done_on is not None or early.work[i] == floor(step, ruler, status):
        return []
    days = step.remaining_days if step.under_way else step.duration_days
    found = []
    for a, link in framed.into[i]:
        anchor = early.finish[a] if link.kind[0] == "F" else early.start[a]
        bound = ruler.earliest(link, step, anchor)
        if link.kind[1] == "F":
            bound = ruler.start_to_finish_from(bound, days, step.duration_unit)
        if bound == early.work[i]:
            found.append(a)
    return found


def _walk(towards: Mapping[int, int | None], first: int) -> list[int]:
    walk: list[int] = []
    here: int | None = first
    while here is not None:
        walk.append(here)
        here = towards[here]
    return walk


def _horizon(framed: Frame, early: Ranks, ruler: Ruler, status_on: date) -> date:
    ends = [step.deadline for step in framed.steps if step.deadline is not None]
    if early.finish:
        ends.append(ruler.calendar.day_at(max(early.finish)))
    return max(ends, default=status_on)


def _target(framed: Frame, early: Ranks, spare: Mapping[int, int]) -> int | None:
    if spare:
        return min(spare, key=lambda i: (spare[i], i))
    if not framed.steps:
        return None
    return max(range(len(framed.steps)), key=lambda i: (early.finish[i], -i))


def _times(
    framed: Frame, early: Ranks, late: Ranks, ruler: Ruler, chain: frozenset[int]
) -> dict[StepId, StepTimes]:
    calendar = ruler.calendar
    earliest, latest = plan_of(framed, early, calendar), plan_of(framed, late, calendar)
    times = {}
    for i, step in enumerate(framed.steps):
        total = late.work[i] - early.work[i]
        free = max(0, min(total, _free(framed, early, ruler, i)))
        times[step.id] = StepTimes(
            earliest.slots[step.id], latest.slots[step.id], total, free, critical=i in chain
        )
    return times


def _free(framed: Frame, early: Ranks, ruler: Ruler, i: int) -> int:
    """How far the step may slip before a successor's earliest day moves."""
    step = framed.steps[i]
    days = step.remaining_days if step.under_way else step.duration_days
    room = FAR
    for b, link in framed.out[i]:
        successor = framed.steps[b]
        if successor.done_on is not None or (step.under_way and link.kind[0] == "S"):
            continue
        bound = early.work[b] if link.kind[1] == "S" else early.finish[b]
        anchor = ruler.latest(link, successor, bound)
        if link.kind[0] == "F":
            anchor = ruler.start_to_finish_by(anchor, days, step.duration_unit)
        room = min(room, anchor - early.work[i])
    return room
