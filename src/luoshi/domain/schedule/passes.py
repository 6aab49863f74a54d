"""The two passes: earliest days from the status date, latest days from the deadlines (倒排)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from luoshi.domain.schedule.arithmetic import Ruler
from luoshi.domain.schedule.frame import Frame, frame
from luoshi.domain.schedule.model import Network, Plan, Slot, Step
from luoshi.domain.workdays import WorkCalendar

FAR = 1 << 40
"""Later than any rank: a step that nothing bounds."""


@dataclass(frozen=True, slots=True)
class Ranks:
    """One pass in ranks of working days, by position.

    `start` is where the step begins (in fact, for one that is under way or done); `work` is where
    the work that is left begins, which is the same for a step not yet begun; `finish` its last day.
    """

    start: list[int]
    work: list[int]
    finish: list[int]


def forward(network: Network, calendar: WorkCalendar, status_on: date) -> Plan:
    """The earliest start and finish of every step, nothing left being worked before `status_on`.

    Done steps keep their days. A step under way keeps its start; what is left of it is worked
    from the status date, and not before its predecessors allow. Refused for a network in which a
    step is unknown, repeated, or in a circle. Linear in steps and links.
    """
    framed = frame(network)
    return plan_of(framed, forward_ranks(framed, Ruler(calendar), status_on), calendar)


def backward(network: Network, calendar: WorkCalendar, horizon: date) -> Plan:
    """The latest start and finish of every step that keep every deadline and end by `horizon`.

    Done steps keep their days. A latest start before today says that the deadline is lost; the
    pass itself never bends a rule. Refused as `forward`. Linear in steps and links.
    """
    framed = frame(network)
    return plan_of(framed, backward_ranks(framed, Ruler(calendar), horizon), calendar)


def forward_ranks(framed: Frame, ruler: Ruler, status_on: date) -> Ranks:
    """The forward pass in ranks."""
    calendar = ruler.calendar
    status = calendar.rank(status_on)
    ranks = _empty(framed)
    for i in framed.order:
        step = framed.steps[i]
        if step.done_on is not None:
            _keep_fact(ranks, i, step, ruler)
            continue
        days, unit = (
            step.remaining_days if step.under_way else step.duration_days,
            step.duration_unit,
        )
        work = floor(step, ruler, status)
        finish = legal_end(step, ruler)
        for a, link in framed.into[i]:
            anchor = ranks.finish[a] if link.kind[0] == "F" else ranks.start[a]
            bound = ruler.earliest(link, step, anchor)
            if link.kind[1] == "S":
                work = max(work, bound)
            else:
                finish = max(finish, bound)
        if finish > ruler.finish(work, days, unit):
            work = ruler.start_to_finish_from(finish, days, unit)
        ranks.work[i] = work
        ranks.start[i] = calendar.rank(step.started_on) if step.started_on else work
        ranks.finish[i] = ruler.finish(work, days, unit)
    return ranks


def backward_ranks(framed: Frame, ruler: Ruler, horizon: date) -> Ranks:
    """The backward pass in ranks."""
    calendar = ruler.calendar
    end = calendar.rank_after(horizon) - 1
    ranks = _empty(framed)
    for i in reversed(framed.order):
        step = framed.steps[i]
        if step.done_on is not None:
            _keep_fact(ranks, i, step, ruler)
            continue
        days, unit = (
            step.remaining_days if step.under_way else step.duration_days,
            step.duration_unit,
        )
        finish = end
        if step.deadline is not None:
            finish = min(finish, calendar.rank_after(step.deadline) - 1)
        work = FAR
        for b, link in framed.out[i]:
            successor = framed.steps[b]
            if successor.done_on is not None:
                continue
            bound = ranks.work[b] if link.kind[1] == "S" else ranks.finish[b]
            anchor = ruler.latest(link, successor, bound)
            if link.kind[0] == "F":
                finish = min(finish, anchor)
            elif not step.under_way:
                work = min(work, anchor)
        work = min(work, ruler.start_to_finish_by(finish, days, unit))
        ranks.work[i] = work
        ranks.start[i] = calendar.rank(step.started_on) if step.started_on else work
        ranks.finish[i] = ruler.finish(work, days, unit)
    return ranks


def floor(step: Step, ruler: Ruler, status: int) -> int:
    """The first rank on which what is left of a step may be worked, whatever its predecessors."""
    if step.not_before is None or step.under_way:
        return status
    return max(status, ruler.calendar.rank(step.not_before))


def legal_end(step: Step, ruler: Ruler) -> int:
    """Work done fast does not shorten a statutory time that is already running."""
    if step.minimum is None or step.started_on is None:
        return 0
    start = ruler.calendar.rank(step.started_on)
    return ruler.finish(start, step.minimum.days, step.minimum.unit)


def plan_of(framed: Frame, ranks: Ranks, calendar: WorkCalendar) -> Plan:
    """The days of a pass; facts are shown on the days on which they happened."""
    slots = {}
    for i, step in enumerate(framed.steps):
        start = step.started_on or calendar.day_at(ranks.start[i])
        slots[step.id] = Slot(start, step.done_on or calendar.day_at(ranks.finish[i]))
    return Plan(slots)


def _empty(framed: Frame) -> Ranks:
    size = len(framed.steps)
    return Ranks([0] * size, [0] * size, [0] * size)


def _keep_fact(ranks: Ranks, i: int, step: Step, ruler: Ruler) -> None:
    assert step.done_on is not None
    finish = ruler.calendar.rank_after(step.done_on) - 1
    if step.started_on is not None:
        start = min(finish, ruler.calendar.rank(step.started_on))
    else:
        start = ruler.start_to_finish_by(finish, step.duration_days, step.duration_unit)
    ranks.start[i] = ranks.work[i] = start
    ranks.finish[i] = finish
