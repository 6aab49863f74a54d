"""立项: tasks enter the ledger, one or a thousand at a time, each at its place in the tree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import F, Max
from uuid6 import uuid7

from luoshi.domain import closing
from luoshi.domain.access import Actor
from luoshi.domain.base import Refused, say
from luoshi.domain.closing import State, Verb
from luoshi.goals import queries as goals
from luoshi.goals.baseline import demand_not_closed
from luoshi.goals.models import Plan
from luoshi.journal.actions import Written, created, record, write
from luoshi.ledger.actions import paths
from luoshi.ledger.actions.climbing import Climb, put
from luoshi.ledger.actions.roles import check, opened, wanted
from luoshi.ledger.actions.weights import demand_weight
from luoshi.ledger.carrying import NOBODY, Roles
from luoshi.ledger.found import make_findable
from luoshi.ledger.models import Milestone, Task
from luoshi.ledger.queries.facts import law_facts
from luoshi.ledger.tree import (
    DEEPEST,
    Member,
    Nodes,
    leaf_sums,
    member,
    number_of,
    segment,
    settle,
)
from luoshi.org.models import Unit
from luoshi.store.bulk import insert_many


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMilestone:
    """A dated node of a new task; `share` in basis points is what it should have reached."""

    title: str
    due_on: date
    standard: str = ""
    share: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTask:
    """A task to enter. `parent_id` names a task of the ledger or an earlier one of the same batch.

    `unit_id` is who has it while no lead unit is named (default: the parent's or the plan's unit);
    line, goal and plan come from the parent where there is one. `number` empty: it numbers itself.
    `draft` leaves it a draft. Dates are dates, `weight` a whole number beside its siblings'.
    """

    title: str
    id: UUID = field(default_factory=uuid7)
    parent_id: UUID | None = None
    unit_id: UUID | None = None
    line_id: UUID | None = None
    goal_id: UUID | None = None
    problem_id: UUID | None = None
    passage_id: UUID | None = None
    number: str = ""
    draft: bool = False
    is_project: bool = False
    source_kind: str = Task.Source.ANNUAL
    measures: str = ""
    acceptance: str = ""
    urgency: str = Task.Urgency.ORDINARY
    rhythm: str = Task.Rhythm.DATED
    quarter_states: tuple[str, ...] = ()
    check_rhythm: str = ""
    undecided_until: date | None = None
    starts_on: date | None = None
    duration_days: int | None = None
    due_on: date | None = None
    due_at: datetime | None = None
    internal_due_at: datetime | None = None
    target_value: Decimal | None = None
    target_unit: str = ""
    target_op: str = ""
    weight: int = 100
    roll_up: str = Task.RollUp.WEIGHTED
    roles: Roles = NOBODY
    milestones: tuple[NewMilestone, ...] = ()


TITLE = 400  # characters
COPIED = (
    "goal_id", "problem_id", "passage_id", "is_project", "source_kind", "measures", "acceptance",
    "urgency", "rhythm", "check_rhythm", "undecided_until", "starts_on", "duration_days", "due_on",
    "due_at", "internal_due_at", "target_value", "target_unit", "target_op", "weight",
    "roll_up",
)  # fmt: skip


@write("ledger.task.register")
def register_task(
    *,
    actor: Actor,
    today: date,
    now: datetime,
    new: NewTask,
    plan: Plan | None = None,
    reason: str = "",
) -> Written:
    """立项 of one task; the same rules as `register_tasks`."""
    tasks = _register(actor, today, [new], plan, reason, now)
    return Written("ledger.task", tasks[0].pk, 1, {"number": tasks[0].number})


@write("ledger.tasks.register")
def register_tasks(
    *,
    actor: Actor,
    today: date,
    now: datetime,
    items: Sequence[NewTask],
    plan: Plan | None = None,
    reason: str = "",
) -> Written:
    """立项 of many tasks in one transaction, parents before their children; all or none.

    Only the town office, the leader in charge or who leads the item above may register. A due
    date that has passed is refused unless a reason says why it is entered late (补录); the reason
    is journalled. Numbers and tree order are given here, sums carried up once. `at` is for
    imports of history. Statements do not grow with the number of tasks.
    """
    if not items:
        raise Refused(say("ledger.nothing_chosen"))
    tasks = _register(actor, today, items, plan, reason, now)
    return Written("ledger.tasks", tasks[0].pk, 1, {"ids": [task.pk for task in tasks]})


def _register(
    actor: Actor,
    today: date,
    items: Sequence[NewTask],
    plan: Plan | None,
    reason: str,
    now: datetime,
) -> list[Task]:
    _check_words(items, today, reason)
    check(actor.jurisdiction_id, [item.roles for item in items], today)
    planting = _Planting(actor, today, plan, items)
    tasks = planting.plant()
    _ask_law(actor, today, tasks, planting)
    insert_many(tasks)
    _open_roles(items, planting, today)
    _add_milestones(items, planting)
    planting.carry_up()
    _journal(items, tasks, reason, now)
    make_findable(tasks)
    return tasks


def _check_words(items: Sequence[NewTask], today: date, reason: str) -> None:
    for item in items:
        if not item.title.strip():
            raise Refused(say("ledger.no_title"))
        if len(item.title.strip()) > TITLE or len(item.acceptance) > TITLE:
            raise Refused(say("ledger.too_long", n=TITLE))
        demand_weight(item.weight, item.title)
        if item.due_on is not None and item.due_on < today and not reason.strip():
            raise Refused(say("ledger.due_passed", title=item.title, due=item.due_on))
        if item.starts_on and item.due_on and item.starts_on > item.due_on:
            raise Refused(say("ledger.starts_after_due", title=item.title))


class _Planting:
    """New tasks finding their place: parents locked, numbers taken, sums reckoned."""

    def __init__(
        self, actor: Actor, today: date, plan: Plan | None, items: Sequence[NewTask]
    ) -> None:
        self.actor, self.today, self.plan, self.items = actor, today, plan, items
        self.new: dict[UUID, Task] = {}
        self.above: list[Task] = []
        self.old = self._lock_parents()
        if plan is None and self.old:
            self.plan = next(iter(self.old.values())).plan
        self.units = self._units()
        self.roots = self._lock_roots()
        self.taken = self._taken()

    def _lock_parents(self) -> dict[UUID, Task]:
        """Lock every parent that is in the ledger already and all above it, deepest first."""
        fresh = {item.id for item in self.items}
        keys = {item.parent_id for item in self.items if item.parent_id not in fresh} - {None}
        if not keys:
            return {}
        parents = Task.objects.filter(pk__in=keys, jurisdiction=self.actor.jurisdiction_id)
        plans = {task.plan_id for task in parents} | ({self.plan.pk} if self.plan else set())
        if len(parents) != len(keys):
            raise Refused(say("ledger.no_parent"))
        if len(plans) > 1:
            raise Refused(say("ledger.other_plan"))
        self.above = paths.lock_trees(parents)
        return {task.pk: task for task in self.above if task.pk in keys}

    def _units(self) -> dict[UUID, Unit]:
        keys = {item.unit_id for item in self.items} | {i.roles.lead_unit for i in self.items}
        keys -= {None}
        found = Unit.objects.filter(pk__in=keys, jurisdiction=self.actor.jurisdiction_id)
        units = {unit.pk: unit for unit in found}
        if len(units) != len(keys):
            raise Refused(say("ledger.no_unit"))
        return units

    def _lock_roots(self) -> int:
        """How many root numbers are taken; the plan (or the jurisdiction) is locked for it."""
        if all(item.parent_id for item in self.items):
            return 0
        if self.plan is not None:
            self._lock_lines()
            plan = Plan.objects.select_for_update(of=("self",)).get(pk=self.plan.pk)
            demand_not_closed(plan)
            rows = Task.objects.filter(plan=plan, depth=0)
        else:
            Unit.objects.select_for_update().get(pk=self.actor.jurisdiction_id)
            rows = Task.objects.filter(
                jurisdiction=self.actor.jurisdiction_id, plan__isnull=True, depth=0
            )
        return number_of(rows.aggregate(last=Max("tree"))["last"] or "")

    def _lock_lines(self) -> None:
        """Lines before the plan: the order in which sums are carried up."""
        assert self.plan is not None
        keys = sorted({str(item.line_id) for item in self.items if item.line_id})
        if keys:
            list(self.plan.lines.filter(pk__in=keys).order_by("pk").select_for_update())

    def _taken(self) -> dict[UUID, int]:
        """The last child's number of every parent that is in the ledger already."""
        rows = (
            Task.objects.filter(parent__in=list(self.old))
            .values_list("parent_id")
            .annotate(last=Max("tree"))
        )
        return {parent: number_of(last) for parent, last in rows if parent}

    def plant(self) -> list[Task]:
        """Give every item its row, in the order given."""
        for item in self.items:
            self.new[item.id] = self._row(item, self._parent(item))
        leaves = set(self.new) - {task.parent_id for task in self.new.values()}
        for key, task in self.new.items():
            task.is_leaf = key in leaves
        self._reckon()
        return list(self.new.values())

    def _parent(self, item: NewTask) -> Task | None:
        if item.parent_id is None:
            return None
        parent = self.new.get(item.parent_id) or self.old.get(item.parent_id)
        if parent is None or parent.depth + 1 >= DEEPEST:
            raise Refused(say("ledger.no_parent"))
        return parent

    def _row(self, item: NewTask, parent: Task | None) -> Task:
        tree, number = self._place(parent)
        unit = self._unit(item, parent)
        plan = self.plan
        line_id = item.line_id or (parent.line_id if parent else None)
        return Task(
            id=item.id,
            jurisdiction=self.actor.jurisdiction_id,
            plan=plan,
            parent=parent,
            unit=unit,
            line_id=line_id,
            number=item.number or number,
            tree=tree,
            depth=parent.depth + 1 if parent else 0,
            title=item.title.strip(),
            quarter_states=list(item.quarter_states),
            state=Task.State.DRAFT if item.draft else Task.State.REGISTERED,
            state_since=self.today,
            first_due_on=item.due_on,
            **{name: getattr(item, name) for name in COPIED}
            | {"goal_id": item.goal_id or (parent.goal_id if parent else None)},
        )

    def _place(self, parent: Task | None) -> tuple[str, str]:
        """The tree path and the number: 2026-003 for a root, 2026-003.2 for its second child."""
        if parent is not None:
            child = self.taken.get(parent.pk, 0) + 1
            self.taken[parent.pk] = child
            return segment(parent.tree, child), f"{parent.number}.{child}"
        self.roots += 1
        head = str(self.plan.year) if self.plan else f"T{self.today.year}"
        return segment("", self.roots), f"{head}-{self.roots:03d}"

    def _unit(self, item: NewTask, parent: Task | None) -> Unit:
        key = item.roles.lead_unit or item.unit_id
        if key is not None:
            return self.units[key]
        if parent is not None:
            return parent.unit
        if self.plan is None:
            raise Refused(say("ledger.no_unit"))
        return self.plan.unit

    def _reckon(self) -> None:
        """Sums of the new rows by their rules, children before parents."""
        steps = {item.id: Nodes(len(item.milestones)) for item in self.items}
        parts: dict[UUID, list[Member]] = {}
        for task in reversed(list(self.new.values())):
            if task.is_leaf:
                put(task, leaf_sums(task.state, task.weight, task.progress))
            else:
                mine = parts.get(task.pk, ())
                told = settle(task.roll_up, mine, unit=task.target_unit, nodes=steps[task.pk])
                put(task, told[0])
            if task.parent_id in self.new and task.parent_id is not None:
                parts.setdefault(task.parent_id, []).append(member(task))

    def carry_up(self) -> None:
        """Add the new sums to the parents already there and their ancestors, lines and plan.

        A parent that was a leaf until now stops weighing by itself: its children do.
        """
        under = {task.parent_id for task in self.new.values()}
        opened = [row.pk for row in self.above if row.pk in under and row.is_leaf]
        if opened:
            rows = Task.objects.filter(pk__in=opened)
            rows.update(is_leaf=False, version=F("version") + 1)
        Climb(self.above, list(self.new.values()), {}, opened=opened).climb()


def _ask_law(actor: Actor, today: date, tasks: Sequence[Task], planting: _Planting) -> None:
    """Ask the closing law once for each place that new tasks hang under."""
    asked: set[tuple[UUID | None, UUID, UUID | None]] = set()
    for task in tasks:
        place = (task.parent_id, task.unit_id, task.line_id)
        if task.parent_id in planting.new or place in asked:
            continue
        asked.add(place)
        if task.state == Task.State.DRAFT:
            goals.demand_right(actor, "plan", task.unit.path)
        else:
            closing.demand(State.DRAFT, Verb.REGISTER, law_facts(actor, today, task))


def _open_roles(items: Sequence[NewTask], planting: _Planting, today: date) -> None:
    insert_many(
        [
            row
            for item in items
            if item.roles != NOBODY
            for row in opened(planting.new[item.id], item.roles, today)
        ]
    )


def _add_milestones(items: Sequence[NewTask], planting: _Planting) -> None:
    insert_many(
        [
            Milestone(
                jurisdiction=planting.actor.jurisdiction_id,
                task=planting.new[item.id],
                position=position,
                title=node.title,
                due_on=node.due_on,
                standard=node.standard,
                share=node.share,
            )
            for item in items
            for position, node in enumerate(item.milestones, start=1)
        ]
    )


def _journal(items: Sequence[NewTask], tasks: Sequence[Task], reason: str, now: datetime) -> None:
    for item, task in zip(items, tasks, strict=True):
        extra: dict[str, Any] = {}
        if item.roles != NOBODY:
            extra["roles"] = (
                None,
                [list(map(str, row)) for row in sorted(wanted(item.roles), key=str)],
            )
        if item.milestones:
            extra["milestones"] = (None, [[node.title, node.due_on] for node in item.milestones])
        record(task, created(task, **extra), reason=reason, verb="ledger.task.register", at=now)
