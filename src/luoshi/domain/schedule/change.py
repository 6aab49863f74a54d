"""Ways out of a plan that cannot be kept, as data that a page can apply with one click."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from luoshi.domain.base import Sentence, say
from luoshi.domain.schedule.model import Link, Network, Step, StepId

ChangeKind = Literal["start", "not_before", "cut", "overlap", "deadline"]


@dataclass(frozen=True, slots=True)
class Change:
    """One change to a plan.

    start: the work begins `days` working days earlier, on `on`. not_before: a step's own earliest
    day becomes `on`. cut: a step is shortened by `days`. overlap: `successor` starts `days`
    working days before `step` is finished. deadline: a step's deadline moves by `days` working
    days to `on`.
    """

    kind: ChangeKind
    days: int
    step: StepId | None = None
    successor: StepId | None = None
    on: date | None = None


def apply(network: Network, changes: Iterable[Change]) -> Network:
    """The network with the changes made; `start` changes the status date, not the network."""
    cuts: dict[StepId, int] = {}
    overlaps: dict[tuple[StepId, StepId], int] = {}
    own_dates: dict[StepId, date | None] = {}
    deadlines: dict[StepId, date | None] = {}
    for change in changes:
        if change.step is None:
            continue
        match change.kind:
            case "cut":
                cuts[change.step] = cuts.get(change.step, 0) + change.days
            case "overlap" if change.successor is not None:
                pair = (change.step, change.successor)
                overlaps[pair] = overlaps.get(pair, 0) + change.days
            case "not_before":
                own_dates[change.step] = change.on
            case "deadline":
                deadlines[change.step] = change.on
            case _:
                pass
    steps = tuple(
        replace(
            step,
            duration_days=step.duration_days - cuts.get(step.id, 0),
            not_before=own_dates.get(step.id, step.not_before),
            deadline=deadlines.get(step.id, step.deadline),
        )
        if step.id in cuts or step.id in own_dates or step.id in deadlines
        else step
        for step in network.steps
    )
    links = (
        tuple(_overlapped(link, overlaps) for link in network.links) if overlaps else network.links
    )
    return Network(steps, links)


def merged(changes: Iterable[Change]) -> tuple[Change, ...]:
    """The same changes with repeated cuts and overlaps of one place added up."""
    sums: dict[tuple[ChangeKind, StepId | None, StepId | None], Change] = {}
    for change in changes:
        key = (change.kind, change.step, change.successor)
        before = sums.get(key)
        sums[key] = change if before is None else replace(change, days=before.days + change.days)
    return tuple(sums.values())


def describe(change: Change, by_id: dict[StepId, Step]) -> Sentence:
    """A change in words; `by_id` holds the steps as they are before the change."""
    step = by_id[change.step] if change.step is not None else None
    name = step.name if step else ""
    match change.kind:
        case "start":
            return say("schedule.change.start", days=change.days, on=_day(change))
        case "not_before":
            return say("schedule.change.not_before", step=name, on=_day(change))
        case "cut":
            old = step.duration_days if step else 0
            return say(
                "schedule.change.cut", step=name, days=change.days, old=old, new=old - change.days
            )
        case "overlap":
            other = by_id[change.successor].name if change.successor is not None else ""
            return say("schedule.change.overlap", step=name, other=other, days=change.days)
        case "deadline":
            old_day = step.deadline if step and step.deadline else _day(change)
            return say(
                "schedule.change.deadline",
                step=name,
                days=change.days,
                old=old_day,
                new=_day(change),
            )


def _overlapped(link: Link, overlaps: dict[tuple[StepId, StepId], int]) -> Link:
    days = overlaps.get((link.predecessor, link.successor), 0)
    if not days or link.kind != "FS" or (link.lag and link.lag_unit == "calendar"):
        return link
    return replace(link, lag=link.lag - days, lag_unit="working")


def _day(change: Change) -> date:
    assert change.on is not None
    return change.on
