"""What a timetable is made of: steps, links, the network, and a plan with days for each step."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from math import ceil
from typing import Literal
from uuid import UUID

StepId = UUID | str | int
LinkKind = Literal["FS", "SS", "FF", "SF"]
DayUnit = Literal["working", "calendar"]


@dataclass(frozen=True, slots=True)
class Minimum:
    """A duration that the law forbids to shorten: 公示不少于7日, with the article it stands in."""

    days: int
    unit: DayUnit
    basis: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the work (环节); a duration of 0 is a milestone, done at the end of its day.

    `duration_days` counts working days, or calendar days where `duration_unit` says so (statutory
    periods: a period that ends on a day off ends on the next working day). `done_share` is the
    part already done, 0 to 1; a step with `done_on` is a fact and no longer moves.
    """

    id: StepId
    name: str
    duration_days: int
    duration_unit: DayUnit = "working"
    not_before: date | None = None
    deadline: date | None = None
    minimum: Minimum | None = None
    started_on: date | None = None
    done_on: date | None = None
    done_share: Decimal = Decimal(0)

    @property
    def is_milestone(self) -> bool:
        """Whether the step takes no working time."""
        return self.duration_days == 0

    @property
    def under_way(self) -> bool:
        """Whether the step was begun and is not done."""
        return self.done_on is None and self.started_on is not None

    @property
    def remaining_days(self) -> int:
        """Days of work still to do, rounded up; at least 1 unless the step is a milestone."""
        if self.is_milestone:
            return 0
        left = self.duration_days * (1 - min(Decimal(1), max(Decimal(0), self.done_share)))
        return max(1, ceil(left))


@dataclass(frozen=True, slots=True)
class Link:
    """An order between two steps; `lag` may be negative (an overlap).

    With days counted from 0 and both ends worked:
    FS the successor starts on a later day than the predecessor finishes (a milestone may fall on
    the same day); SS it starts no earlier than the predecessor starts; FF it finishes no earlier
    than the predecessor finishes; SF it finishes no earlier than the predecessor starts; each put
    off by `lag` working days, or by `lag` calendar days and on to the next working day.
    """

    predecessor: StepId
    successor: StepId
    kind: LinkKind = "FS"
    lag: int = 0
    lag_unit: DayUnit = "working"


@dataclass(frozen=True, slots=True)
class Network:
    """Steps and the links between them; `findings` says what must be mended before use."""

    steps: tuple[Step, ...]
    links: tuple[Link, ...] = ()


def part_of(network: Network, keys: Collection[StepId]) -> Network:
    """The named steps and all that they wait for, as a network of its own.

    What they wait for outside has no deadline here: that promise is another's, and is judged there.
    """
    before: dict[StepId, list[StepId]] = {}
    for link in network.links:
        before.setdefault(link.successor, []).append(link.predecessor)
    held, waiting = set(keys), list(keys)
    while waiting:
        for key in before.get(waiting.pop(), ()):
            if key not in held:
                held.add(key)
                waiting.append(key)
    steps = tuple(
        step if step.id in keys or step.deadline is None else replace(step, deadline=None)
        for step in network.steps
        if step.id in held
    )
    links = tuple(
        link for link in network.links if link.predecessor in held and link.successor in held
    )
    return Network(steps, links)


def without_lost(network: Network, status_on: date) -> tuple[Network, tuple[Step, ...]]:
    """The network without the deadlines that have passed, and the open steps that bore them.

    What is overdue is a fact, told as such: it must not hide which deadlines can still be kept.
    """
    lost = tuple(
        step
        for step in network.steps
        if step.done_on is None and step.deadline is not None and step.deadline < status_on
    )
    gone = {step.id for step in lost}
    steps = tuple(
        replace(step, deadline=None) if step.id in gone else step for step in network.steps
    )
    return Network(steps, network.links), lost


@dataclass(frozen=True, slots=True)
class Slot:
    """The days of one step in a plan, both worked; a milestone has one day."""

    start: date
    finish: date


@dataclass(frozen=True, slots=True)
class Plan:
    """A slot for every step: what an engine proposes and `check_plan` judges.

    `ways`: which way of doing a step the plan takes, where `Capacity.ways` offers several.
    """

    slots: Mapping[StepId, Slot] = field(default_factory=dict)
    ways: Mapping[StepId, int] = field(default_factory=dict)
