"""What a plan is worked with, who is full in which week, and the studies a person asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Count

from luoshi.domain import schedule
from luoshi.domain.access import Actor
from luoshi.domain.schedule import Capacity
from luoshi.engines.base import Problem
from luoshi.goals.models import Plan
from luoshi.jobs.models import Job
from luoshi.ledger.carrying import Roles, roles_of
from luoshi.ledger.ground import Ground
from luoshi.ledger.hands import (
    ONE,
    Hands,
    Load,
    Needs,
    as_planned,
    free_days,
    held_in,
    label_of,
    problem_of,
    weeks_of,
    working,
)
from luoshi.ledger.models import Task
from luoshi.ledger.models.hands import Estimate, Hand, Need
from luoshi.ledger.queries.reckoning import ground_of
from luoshi.ledger.studies import LEVEL_JOB, ODDS_JOB, points_of
from luoshi.org.models import Post, Term, Unit
from luoshi.org.queries import holds

USUAL_EACH = 20
"""What is proposed, never stored unasked: an item takes a fifth of one person, a day a week."""
SEEN_WEEKS = 30


@dataclass(frozen=True, slots=True)
class Footing:
    """A plan's timetable with its hands: what levelling and the load chart start from."""

    ground: Ground
    hands: Hands
    needs: Needs
    capacity: Capacity
    roles: Mapping[UUID, Roles]

    def problem(self, today: date, *, earlier: bool = False) -> Problem:
        """As a levelling problem of the whole plan."""
        return problem_of(self.ground, self.capacity, today, earlier=earlier)

    def loads(self, today: date) -> tuple[list[Load], schedule.Plan | None]:
        """The load of each hand by the timetable as it stands, the fullest first.

        None where the network is unsound: then the verdict says what must be mended first.
        """
        problem = self.problem(today)
        if not self.hands.rows or schedule.findings(problem.network, status_on=today):
            return [], None
        plan = as_planned(free_days(problem))
        weeks = weeks_of(problem, plan, today + timedelta(days=7 * SEEN_WEEKS))
        found = [Load(hand, self.hands.labels[hand.pk], weeks[hand.pk]) for hand in self.hands.rows]
        return sorted(found, key=lambda load: -max((w.over for w in load.weeks), default=0)), plan

    def held(self, plan: schedule.Plan, hand: UUID, monday: date) -> list[tuple[Task, int]]:
        """The items that hold something of a hand in a week, those that take most first."""
        rows = {task.pk: task for task in self.ground.tasks}
        found = [(rows[key], amount) for key, amount in held_in(plan, self.needs, hand, monday)]
        return sorted(found, key=lambda pair: -pair[1])


def hands_of(actor: Actor, plan: Plan) -> Hands:
    """A plan's hands with their names, units first; two queries."""
    rows = list(
        Hand.objects.filter(jurisdiction=actor.jurisdiction_id, plan=plan).select_related(
            "unit", "post__unit"
        )
    )
    rows.sort(key=lambda hand: (_ORDER[hand.kind], label_of(hand)))
    given: dict[UUID, dict[UUID, int]] = {}
    for task, hand, amount in Need.objects.filter(hand__plan=plan).values_list(
        "task_id", "hand_id", "amount"
    ):
        given.setdefault(task, {})[hand] = amount
    return Hands(rows, {hand.pk: label_of(hand) for hand in rows}, given)


_ORDER = {"unit": 0, "post": 1, "machine": 2}


def footing_of(actor: Actor, today: date, plan: Plan) -> Footing:
    """Read all that levelling needs, as far as the actor may see it; eight queries."""
    ground = ground_of(actor, today, plan)
    hands = hands_of(actor, plan)
    roles = roles_of([task.pk for task in ground.tasks if working(task)]) if hands.rows else {}
    needs = hands.needs(ground.tasks, roles)
    return Footing(ground, hands, needs, hands.capacity(needs), roles)


@dataclass(frozen=True, slots=True)
class Proposed:
    """One unit of the form of hands: what is stored, or what is proposed and not stored yet."""

    unit: Unit
    hand: Hand | None
    amount: int
    each: int
    items: int


def proposed_units(actor: Actor, today: date, footing: Footing) -> list[Proposed]:
    """Units that lead dated open items; where nothing is stored, their people in post today."""
    items: dict[UUID, int] = {}
    units: dict[UUID, Unit] = {}
    for task in footing.ground.tasks:
        if working(task) and task.rhythm == Task.Rhythm.DATED:
            items[task.unit_id] = items.get(task.unit_id, 0) + 1
            units[task.unit_id] = task.unit
    stored = {hand.unit_id: hand for hand in footing.hands.rows if hand.unit_id}
    for hand in stored.values():
        assert hand.unit is not None
        units.setdefault(hand.unit.pk, hand.unit)
    people = dict(
        Term.objects.filter(
            holds(today),
            jurisdiction=actor.jurisdiction_id,
            post__unit__in=list(units),
            post__role__in=_BUSINESS,
        )
        .values_list("post__unit")
        .annotate(n=Count("person", distinct=True))
    )
    found = []
    for key, unit in units.items():
        known = stored.get(key)
        amount = known.amount if known else ONE * people.get(key, 0)
        each = known.each if known else USUAL_EACH
        found.append(Proposed(unit, known, amount, each, items.get(key, 0)))
    return sorted(found, key=lambda row: row.unit.path)


_BUSINESS = [Post.Role.LEADER, Post.Role.TOWN_OFFICE, Post.Role.UNIT_HEAD, Post.Role.STAFF]


def owners_of(actor: Actor, footing: Footing) -> list[Post]:
    """Posts that own open items and whose time is not counted yet; two queries."""
    tasks = [task.pk for task in footing.ground.tasks if working(task)]
    owners = {roles.owner for roles in roles_of(tasks).values() if roles.owner}
    known = {hand.post_id for hand in footing.hands.rows}
    rows = Post.objects.filter(
        jurisdiction=actor.jurisdiction_id, pk__in=owners - known
    ).select_related("unit")
    return sorted(rows, key=lambda post: (post.unit.path, post.position))


def estimates_of(actor: Actor, tasks: Sequence[Task]) -> Mapping[UUID, Estimate]:
    """The shortest and longest durations by task; one query."""
    rows = Estimate.objects.filter(
        jurisdiction=actor.jurisdiction_id, task__in=[task.pk for task in tasks]
    )
    return {row.task_id: row for row in rows}


def has_points(actor: Actor, ground: Ground, root: Task | None) -> int:
    """Of how many open steps the shortest and longest durations are known; one query."""
    tasks = [task for task in ground.under(root) if working(task)]
    return len(points_of(tasks, estimates_of(actor, tasks), ground.calendar))


def studies_of(actor: Actor, plan: Plan) -> Mapping[str, Job]:
    """A person's own latest study of each kind on a plan; one query."""
    rows = Job.objects.filter(
        jurisdiction=actor.jurisdiction_id,
        account_id=actor.account_id,
        kind__in=(LEVEL_JOB, ODDS_JOB),
        payload__plan_id=str(plan.pk),
    ).order_by("id")
    return {job.kind: job for job in rows}


def study_of(actor: Actor, key: UUID) -> Job | None:
    """A person's own study; nobody else's exists."""
    return Job.objects.filter(
        pk=key,
        jurisdiction=actor.jurisdiction_id,
        account_id=actor.account_id,
        kind__in=(LEVEL_JOB, ODDS_JOB),
    ).first()
