"""Hands as the schedule law reads them: capacity from rows, loads by week, why a step moves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from luoshi.domain import schedule
from luoshi.domain.base import Finding, Sentence, say
from luoshi.domain.schedule import Analysis, Capacity, Network, Plan, Resource
from luoshi.engines.base import Problem
from luoshi.ledger.carrying import NOBODY, Roles
from luoshi.ledger.ground import Ground
from luoshi.ledger.judging import CLOSED, OVER
from luoshi.ledger.models import Task
from luoshi.ledger.models.hands import Hand

Needs = Mapping[UUID, Mapping[UUID, int]]
ONE = 100
"""One person, or one machine, in hundredths."""
MOST_NAMED = 2


@dataclass(frozen=True, slots=True)
class Hands:
    """A plan's hands with their names, and what items take of them by their own word."""

    rows: Sequence[Hand]
    labels: Mapping[UUID, str]
    given: Needs

    def needs(self, tasks: Sequence[Task], roles: Mapping[UUID, Roles]) -> Needs:
        """What each open leaf takes: its own word, else what every item takes.

        That is `each` of the lead unit's people and of the owner's time, for dated items only: work
        that lasts all year (全年性, 常态化) is not charged unless its item says so.
        """
        by_unit = {hand.unit_id: hand for hand in self.rows if hand.unit_id}
        by_post = {hand.post_id: hand for hand in self.rows if hand.post_id}
        found: dict[UUID, Mapping[UUID, int]] = {}
        for task in tasks:
            if not working(task):
                continue
            mine: dict[UUID, int] = {}
            owner = roles.get(task.pk, NOBODY).owner
            if task.rhythm == Task.Rhythm.DATED:
                for hand in (by_unit.get(task.unit_id), by_post.get(owner) if owner else None):
                    if hand is not None:
                        mine[hand.pk] = hand.each
            mine |= self.given.get(task.pk, {})
            mine = {key: amount for key, amount in mine.items() if amount}
            if mine:
                found[task.pk] = mine
        return found

    def capacity(self, needs: Needs) -> Capacity:
        """The hands as the law's resources."""
        resources = tuple(
            Resource(hand.pk, self.labels[hand.pk], hand.amount) for hand in self.rows
        )
        return Capacity(resources, {key: dict(mine.items()) for key, mine in needs.items()})


def working(task: Task) -> bool:
    """Whether an item holds anybody: an open leaf that is neither put off nor said to be done."""
    return task.is_leaf and task.state not in OVER and task.state not in CLOSED


def as_planned(analysis: Analysis) -> Plan:
    """The plan in force: everything as early as its planned start, its facts and links allow."""
    return Plan({key: times.earliest for key, times in analysis.steps.items()})


def problem_of(ground: Ground, capacity: Capacity, today: date, *, earlier: bool) -> Problem:
    """The whole plan as a levelling problem: hands are shared, so no project stands alone.

    Deadlines that have passed bind no longer. With `earlier` work may also begin before its
    planned start, where hands are free.
    """
    network, _lost = schedule.without_lost(ground.network(), today)
    if earlier:
        steps = tuple(
            step if step.started_on or step.done_on else replace(step, not_before=None)
            for step in network.steps
        )
        network = Network(steps, network.links)
    return Problem(network, ground.calendar, today, capacity=capacity)


def faults_of(problem: Problem, plan: Plan) -> list[Finding]:
    """What the law holds against a plan, missed deadlines apart: those are told, not refused."""
    found = schedule.check_plan(
        problem.network,
        problem.calendar,
        plan,
        status_on=problem.status_on,
        capacity=problem.capacity,
    )
    return [fault for fault in found if fault.severity == "error" and fault.code != "P05"]


@dataclass(frozen=True, slots=True)
class Week:
    """The busiest day of one week: what is held on it, beside what there is (0: unknown)."""

    first: date
    load: int
    amount: int

    @property
    def over(self) -> int:
        """By how much the hand is too small."""
        return max(0, self.load - self.amount) if self.amount else 0


@dataclass(frozen=True, slots=True)
class Load:
    """The busiest day of each week for one hand, and of one week the items that hold it."""

    hand: Hand
    label: str
    weeks: Sequence[Week]

    @property
    def top(self) -> int:
        """The highest column: of the load or of what there is."""
        return max([week.load for week in self.weeks] + [self.hand.amount, 1])

    @property
    def over(self) -> Sequence[Week]:
        """The weeks in which it is too small."""
        return [week for week in self.weeks if week.over]


def label_of(hand: Hand) -> str:
    """A unit's short name, a post with its unit, or what the machine is called; never a person."""
    if hand.unit is not None:
        return hand.unit.short_name
    if hand.post is not None:
        return f"{hand.post.unit.short_name} {hand.post.title}"
    return hand.name


def free_days(problem: Problem) -> Analysis:
    """The same network if everybody were free: what hands alone put off is seen beside it."""
    return schedule.analyse(problem.network, problem.calendar, status_on=problem.status_on)


def weeks_of(problem: Problem, plan: Plan, last: date) -> dict[UUID, list[Week]]:
    """The load of each hand by week, from this week to that of `last`: of the busiest day."""
    assert problem.capacity is not None
    held = schedule.loads(
        problem.network, problem.calendar, problem.capacity, plan, status_on=problem.status_on
    )
    mondays = list(_mondays(problem.status_on, last))
    found = {}
    for resource in problem.capacity.resources:
        tops: dict[date, int] = {}
        for rank, load in held[resource.id].items():
            monday = _monday(problem.calendar.day_at(rank))
            tops[monday] = max(tops.get(monday, 0), load)
        assert isinstance(resource.id, UUID)
        found[resource.id] = [Week(day, tops.get(day, 0), resource.amount) for day in mondays]
    return found


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _mondays(first: date, last: date) -> Iterator[date]:
    day = _monday(first)
    while day <= last:
        yield day
        day += timedelta(days=7)


def held_in(plan: Plan, needs: Needs, hand: UUID, monday: date) -> list[tuple[UUID, int]]:
    """The items that take something of a hand in the week that begins on a day."""
    last = monday + timedelta(days=6)
    return [
        (key, mine[hand])
        for key, mine in needs.items()
        if hand in mine
        and (slot := plan.slots.get(key)) is not None
        and slot.start <= last
        and slot.finish >= monday
    ]


def why_moved(
    problem: Problem, free: Analysis, plan: Plan, key: UUID, old: date | None
) -> Sentence:
    """Why a step stands where it does: hands that are full, order, a start that has passed."""
    slot = plan.slots[key]
    alone = free.steps[key].earliest.start
    if slot.start > alone and (lack := _lacking(problem, plan, key, alone)) is not None:
        name, day, others = lack
        return say("level.hands", hand=name, on=day, others=others)
    if old is not None and slot.start < old:
        return say("level.earlier", on=slot.start)
    if old is not None and old < problem.status_on == slot.start:
        return say("level.passed", on=old)
    if slot.start > alone:
        return say("level.together")
    return say("level.order")


def _lacking(
    problem: Problem, plan: Plan, key: UUID, day: date
) -> tuple[str, date, tuple[str, ...]] | None:
    """The hand that is full on a day from which the step could have begun, and who holds it."""
    capacity = problem.capacity
    assert capacity is not None
    mine = capacity.needs.get(key, {})
    last = plan.slots[key].start
    while day < last:
        for resource in capacity.resources:
            if not (need := mine.get(resource.id)):
                continue
            holders = [
                (taken[resource.id], other)
                for other, taken in capacity.needs.items()
                if other != key
                and resource.id in taken
                and (slot := plan.slots.get(other)) is not None
                and slot.start <= day <= slot.finish
            ]
            if sum(amount for amount, _other in holders) + need > resource.amount:
                names = {step.id: step.name for step in problem.network.steps}
                largest = sorted(holders, key=lambda pair: -pair[0])[:MOST_NAMED]
                return resource.name, day, tuple(names[other] for _amount, other in largest)
        day += timedelta(days=1)
    return None
