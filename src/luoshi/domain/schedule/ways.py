"""Searching ways out: start earlier, cut durations, overlap pairs, move deadlines.

Cuts and overlaps are looked for on the chain that is tightest, again and again until no deadline
is missed. Nobody believes a job done in a tenth of its time: a step gives at most half of its
duration, a pair overlaps by at most half of the shorter, and a statutory time gives nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from luoshi.domain.schedule.analysis import Analysis, spare_by_step, tight_chain
from luoshi.domain.schedule.arithmetic import Ruler
from luoshi.domain.schedule.change import Change, apply, merged
from luoshi.domain.schedule.frame import Frame, frame
from luoshi.domain.schedule.model import Link, Network, Step, StepId
from luoshi.domain.schedule.passes import backward_ranks, forward_ranks
from luoshi.domain.workdays import WorkCalendar

MOST_ROUNDS = 60
MOST_STEP_ROUNDS = 600_000
"""A search gives up after so many rounds times steps, so that a large plan is answered too."""

Option = tuple[int, Change]
"""How many days a change may give at most, and the change for one day."""
Offers = Callable[[Frame, list[int]], Iterator[Option]]


def ways_out(
    network: Network, calendar: WorkCalendar, analysis: Analysis
) -> Iterator[tuple[Change, ...]]:
    """Sets of changes, each of which ought to make the plan feasible; the law decides."""
    yield from _earlier_start(network, calendar, analysis)
    for offers in (_cuts, _overlaps):
        found = _mend(network, calendar, analysis.status_on, offers)
        if found:
            yield found
    yield _later_deadlines(network, calendar, analysis)


def _later_deadlines(
    network: Network, calendar: WorkCalendar, analysis: Analysis
) -> tuple[Change, ...]:
    changes = []
    for step in network.steps:
        finish = analysis.steps[step.id].earliest.finish
        if step.done_on is None and step.deadline is not None and finish > step.deadline:
            days = calendar.between(step.deadline, finish)
            changes.append(Change("deadline", days, step.id, on=finish))
    return tuple(changes)


def _earlier_start(
    network: Network, calendar: WorkCalendar, analysis: Analysis
) -> Iterator[tuple[Change, ...]]:
    """The day on which the work should have begun: the smallest latest start of open steps."""
    framed, ruler = frame(network), Ruler(calendar)
    late = backward_ranks(framed, ruler, analysis.horizon)
    status = calendar.rank(analysis.status_on)
    needed = min(late.work[i] for i, step in enumerate(framed.steps) if step.done_on is None)
    if needed < 0:
        return
    changes = []
    if needed < status:
        changes.append(Change("start", status - needed, on=calendar.day_at(needed)))
    for i, step in enumerate(framed.steps):
        own = step.not_before if step.done_on is None and not step.under_way else None
        if own is not None and calendar.rank(own) > late.work[i]:
            days = calendar.rank(own) - late.work[i]
            changes.append(Change("not_before", days, step.id, on=calendar.day_at(late.work[i])))
    if changes:
        yield tuple(changes)


@dataclass(frozen=True, slots=True)
class _State:
    """Where a search stands: days to spare (negative) and the chain that decides it."""

    framed: Frame
    spare: int
    chain: list[int]


def _state(network: Network, ruler: Ruler, status_on: date) -> _State:
    framed = frame(network)
    early = forward_ranks(framed, ruler, status_on)
    spare = spare_by_step(framed, early, ruler)
    target = min(spare, key=lambda i: (spare[i], i))
    return _State(framed, spare[target], tight_chain(framed, early, ruler, status_on, target))


def _mend(
    network: Network, calendar: WorkCalendar, status_on: date, offers: Offers
) -> tuple[Change, ...]:
    """Take the offer with the most room on the tightest chain, until nothing is missing."""
    ruler, changes = Ruler(calendar), list[Change]()
    useless: set[tuple[StepId | None, StepId | None]] = set()
    state = _state(network, ruler, status_on)
    rounds = min(MOST_ROUNDS, MOST_STEP_ROUNDS // max(1, len(network.steps)))
    for _ in range(rounds):
        if state.spare >= 0:
            return merged(changes)
        options = [
            (room, change)
            for room, change in offers(state.framed, state.chain)
            if room > 0 and (change.step, change.successor) not in useless
        ]
        if not options:
            return ()
        room, one = max(options, key=lambda option: option[0])
        change = Change(one.kind, min(room, -state.spare), one.step, one.successor)
        changed = apply(network, [change])
        after = _state(changed, ruler, status_on)
        if after.spare <= state.spare and after.chain == state.chain:
            useless.add((one.step, one.successor))
            continue
        network, state = changed, after
        changes.append(change)
    return merged(changes) if state.spare >= 0 else ()


def _cuts(framed: Frame, chain: list[int]) -> Iterator[Option]:
    for i in chain:
        step = framed.steps[i]
        yield _cut_room(step), Change("cut", 1, step.id)


def _cut_room(step: Step) -> int:
    if step.done_on is not None or (step.under_way and step.done_share):
        return 0
    least = 1
    if step.minimum is not None:
        if step.minimum.unit != step.duration_unit:
            return 0
        least = max(1, step.minimum.days)
    return min(step.duration_days // 2, step.duration_days - least)


def _overlaps(framed: Frame, chain: list[int]) -> Iterator[Option]:
    for a, b in pairwise(chain):
        for j, link in framed.out[a]:
            if j == b and link.kind == "FS":
                yield (
                    _overlap_room(framed.steps[a], framed.steps[b], link),
                    Change("overlap", 1, framed.steps[a].id, framed.steps[b].id),
                )


def _overlap_room(before: Step, after: Step, link: Link) -> int:
    settled = before.done_on is not None or after.under_way or after.done_on is not None
    legal = before.minimum is not None or after.minimum is not None
    if settled or legal or (link.lag and link.lag_unit == "calendar"):
        return 0
    return min(before.duration_days, after.duration_days) // 2 + min(0, link.lag)
