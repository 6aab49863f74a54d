"""The just-in-time plan by two fast passes over flat lists of working-day ranks.

Every step starts as late as its deadline allows (倒排), or as early as it can where that is
already too late: max(earliest, latest) keeps every link, because both passes do and links are
rising maps. Without capacity no plan has less lateness, so the bound is proved. The rules are
written out a second time here, flat, for speed; `check_plan` judges what comes out. A network
with calendar days in it takes the law's own passes: same answer, some ten times slower.
"""

from __future__ import annotations

from datetime import date
from time import process_time

from luoshi.domain.base import Refused, say
from luoshi.domain.schedule import Link, Plan, Slot, Step
from luoshi.domain.schedule.arithmetic import Ruler
from luoshi.domain.schedule.frame import Frame, frame
from luoshi.domain.schedule.passes import backward_ranks, forward_ranks
from luoshi.engines import sweep
from luoshi.engines.base import Budget, Problem, Progress, Report, Solution
from luoshi.engines.sweep import Flat

FAR = 1 << 40


def solve(
    problem: Problem, *, budget: Budget, warm: Plan | None = None, report: Report | None = None
) -> Solution:
    """The just-in-time plan in linear time; refused as `forward` for an unsound network.

    Nothing is searched: budget and warm plan change nothing, progress is told once, at the end.
    """
    del budget, warm
    begun = process_time()
    framed, ruler = frame(problem.network), Ruler(problem.calendar)
    early, late = _both(framed, ruler, problem)
    starts = [max(pair) for pair in zip(early, late, strict=True)]
    plan, lateness = _plan(framed, ruler, starts)
    spent = process_time() - begun
    if report is not None:
        report(Progress(lateness, lateness, spent))
    return Solution(plan, lateness, lateness, proved=True, cpu_s=spent)


def flatten(framed: Frame, ruler: Ruler, status_on: date) -> Flat | None:
    """The flat form; None where a duration or a lag counts calendar days."""
    if any(_bends(step) for step in framed.steps):
        return None
    status = ruler.calendar.rank(status_on)
    length = [_length(step) for step in framed.steps]
    size = len(length)
    flat = Flat([0] * size, [FAR] * size, length, [], [], [])
    for i in framed.order:
        step = framed.steps[i]
        flat.floor[i] = max(flat.floor[i], _floor(step, ruler, status))
        if step.deadline is not None:
            flat.cap[i] = _last(ruler, step.deadline) - length[i] + 1
        if step.done_on is not None:
            _settle(flat, i, step, ruler)
        for j, link in framed.out[i]:
            if link.lag and link.lag_unit == "calendar":
                return None
            successor = framed.steps[j]
            if successor.done_on is None:
                _arc(flat, (i, step), (j, successor), link, ruler)
    return flat


def earliest(flat: Flat) -> list[int]:
    """The forward pass: the earliest start of every step, as ranks."""
    start = flat.floor.copy()
    for tail, head, gap in zip(flat.tail, flat.head, flat.gap, strict=True):
        bound = start[tail] + gap
        if bound > start[head]:  # noqa: PLR1730 - a call of max() here doubles the pass
            start[head] = bound
    return start


def latest(flat: Flat, end: int) -> list[int]:
    """The backward pass from the deadlines and the last rank `end`; negative is long ago."""
    start = [min(cap, end - days + 1) for cap, days in zip(flat.cap, flat.length, strict=True)]
    for tail, head, gap in zip(
        reversed(flat.tail), reversed(flat.head), reversed(flat.gap), strict=True
    ):
        bound = start[head] - gap
        if bound < start[tail]:  # noqa: PLR1730 - as above
            start[tail] = bound
    return start


def _both(framed: Frame, ruler: Ruler, problem: Problem) -> tuple[list[int], list[int]]:
    flat = flatten(framed, ruler, problem.status_on)
    if flat is None:
        ahead = forward_ranks(framed, ruler, problem.status_on)
        end = problem.horizon or _horizon(framed, ruler, ahead.finish, problem.status_on)
        return ahead.work, backward_ranks(framed, ruler, end).work
    arrays = None
    if len(flat.length) >= sweep.WORTH and sweep.loaded():
        arrays = sweep.Arrays.of(flat)
    early = earliest(flat) if arrays is None else sweep.earliest(arrays).tolist()
    ends = [start + days - 1 for start, days in zip(early, flat.length, strict=True)]
    last = _last(ruler, problem.horizon or _horizon(framed, ruler, ends, problem.status_on))
    return early, latest(flat, last) if arrays is None else sweep.latest(arrays, last).tolist()


def _horizon(framed: Frame, ruler: Ruler, finish: list[int], status_on: date) -> date:
    """The later of the last deadline and the earliest end of all work."""
    ends = [step.deadline for step in framed.steps if step.deadline is not None]
    if finish:
        ends.append(ruler.calendar.day_at(max(finish)))
    return max(ends, default=status_on)


def _plan(framed: Frame, ruler: Ruler, starts: list[int]) -> tuple[Plan, int]:
    """Days for ranks, and the sum of working days by which deadlines are missed."""
    _, _, days = ruler.calendar.tables()
    slots, lateness = {}, 0
    for step, start in zip(framed.steps, starts, strict=True):
        length = step.remaining_days if step.under_way else step.duration_days
        finish = ruler.finish(start, length, step.duration_unit)
        if step.done_on is None and step.deadline is not None:
            lateness += max(0, finish - _last(ruler, step.deadline))
        if not 0 <= start <= finish < len(days):
            raise Refused(say("schedule.beyond", step=step.name))
        slots[step.id] = Slot(step.started_on or days[start], step.done_on or days[finish])
    return Plan(slots), lateness


def _length(step: Step) -> int:
    return max(1, step.remaining_days if step.under_way else step.duration_days)


def _bends(step: Step) -> bool:
    """Whether the length in working days depends on where the step stands."""
    return step.duration_unit == "calendar" and step.duration_days > 1


def _last(ruler: Ruler, day: date) -> int:
    return ruler.calendar.rank_after(day) - 1


def _floor(step: Step, ruler: Ruler, status: int) -> int:
    if step.started_on is None:
        own = step.not_before
        return status if own is None else max(status, ruler.calendar.rank(own))
    if step.minimum is None:
        return status
    began = ruler.calendar.rank(step.started_on)
    legal = ruler.finish(began, step.minimum.days, step.minimum.unit)
    return max(status, legal - _length(step) + 1)


def _settle(flat: Flat, i: int, step: Step, ruler: Ruler) -> None:
    """A done step stands where it happened."""
    assert step.done_on is not None
    finish = _last(ruler, step.done_on)
    if step.started_on is not None:
        flat.length[i] = finish - min(finish, ruler.calendar.rank(step.started_on)) + 1
    flat.floor[i] = flat.cap[i] = finish - flat.length[i] + 1


def _arc(
    flat: Flat, before: tuple[int, Step], after: tuple[int, Step], link: Link, ruler: Ruler
) -> None:
    """One link as an arc; from a fact it is a floor."""
    (i, step), (j, successor) = before, after
    later = link.kind == "FS" and not successor.is_milestone
    gap = link.lag + later
    if link.kind[0] == "F":
        gap += flat.length[i] - 1
    if link.kind[1] == "F":
        gap -= flat.length[j] - 1
    if step.done_on is not None:
        flat.floor[j] = max(flat.floor[j], flat.floor[i] + gap)
    elif step.under_way and link.kind[0] == "S":
        assert step.started_on is not None
        flat.floor[j] = max(flat.floor[j], ruler.calendar.rank(step.started_on) + gap)
    else:
        flat.tail.append(i)
        flat.head.append(j)
        flat.gap.append(gap)
