"""The order of the tree in one column: fixed-width segments, so that text order is tree order."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import cast
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from luoshi.domain.cascade import Child, RolledUp, RollUpRule, Share, roll_up
from luoshi.ledger.models import WHOLE, Milestone, ProgressReport, Task

DIGITS = 4  # hex digits a level: 65,535 children each
WIDTH = DIGITS + 1
DEEPEST = 10  # levels; a number of ten levels fits its column even at 65,535 a level


def segment(parent_tree: str, number: int) -> str:
    """The tree path of a parent's n-th child, or of the n-th root (`parent_tree` empty)."""
    return f"{parent_tree}{number:0{DIGITS}x}/"


def number_of(tree: str) -> int:
    """Which child of its parent a path names: the value of its last segment; 0 for no path."""
    return int(tree[-WIDTH:-1], 16) if tree else 0


def above(tree: str) -> list[str]:
    """The paths of a node's ancestors, the nearest last."""
    return [tree[:end] for end in range(WIDTH, len(tree), WIDTH)]


def subtree(task: Task) -> QuerySet[Task]:
    """The task and its descendants, in the order of the tree."""
    same = Q(plan=task.plan_id) if task.plan_id else Q(plan__isnull=True)
    return Task.objects.filter(
        same,
        jurisdiction=task.jurisdiction,
        tree__gte=task.tree,
        tree__lt=task.tree[:-1] + "0",
    ).order_by("tree")


@dataclass(frozen=True, slots=True)
class Sums:
    """What a node keeps of its leaves: weight, weight x basis points done, weight unspoken for."""

    weight: int = 0
    done: int = 0
    missing: int = 0

    def __add__(self, other: Sums) -> Sums:
        return Sums(
            self.weight + other.weight, self.done + other.done, self.missing + other.missing
        )

    def __sub__(self, other: Sums) -> Sums:
        return Sums(
            self.weight - other.weight, self.done - other.done, self.missing - other.missing
        )

    def __bool__(self) -> bool:
        return bool(self.weight or self.done or self.missing)

    @property
    def share(self) -> int | None:
        """Basis points over what is known, by the cascade law; None (待补) where nobody spoke."""
        return Share(self.done, self.weight - self.missing).basis_points


NOTHING = Sums()


def leaf_sums(state: str, weight: int, progress: int | None) -> Sums:
    """The sums of one leaf; a cancelled one weighs nothing, one without a report is missing."""
    if state == Task.State.CANCELLED:
        return NOTHING
    if progress is None:
        return Sums(weight, 0, weight)
    return Sums(weight, weight * min(progress, WHOLE), 0)


def stored(task: Task) -> Sums:
    """The sums as they stand in the row."""
    return Sums(task.weight_sum, task.done_sum, task.missing_sum)


@dataclass(frozen=True, slots=True)
class Member:
    """What a node's rule may ask of one part: its sums, value against target, and as of when."""

    sums: Sums
    value: Decimal | None = None
    target: Decimal | None = None
    unit: str = ""
    as_of: date | None = None

    def child(self, label: str, unit: str) -> Child:
        """The part as the roll-up law takes it; a value in another unit does not speak."""
        same = self.unit == unit
        return Child(
            None,
            label,
            weight=self.sums.weight,
            done=self.sums.share,
            value=_scaled(self.value) if same else None,
            target=_scaled(self.target) if same else None,
            as_of=self.as_of,
        )


def member(task: Task) -> Member:
    """A task as a part of the one above it."""
    return Member(
        stored(task), task.done_value, task.target_value, task.target_unit, task.last_report_on
    )


def _scaled(value: Decimal | None) -> int | None:
    return None if value is None else int(value.scaleb(4))


@dataclass(frozen=True, slots=True)
class Nodes:
    """How many dated nodes a task has, and how many of them are done."""

    total: int = 0
    done: int = 0


def settle(
    rule: str, members: Iterable[Member], *, unit: str = "", nodes: Nodes = Nodes()
) -> tuple[Sums, Decimal | None]:
    """A node's sums from its parts by its declared rule, and what the parts' values add up to.

    By weight the parts' sums add up. By any other rule the law gives the share of those that have
    spoken, and the sums are made to say it: done = share x (weight - missing). What weighs nothing
    (a part called off, or weight 0) has no say; a part that has not spoken is missing, not 0.
    "milestones" counts the node's own dated nodes; without any nothing is known.
    """
    parts = [one for one in members if one.sums.weight]
    whole = sum((one.sums for one in parts), NOTHING)
    if rule == Task.RollUp.WEIGHTED:
        return whole, None
    law = cast("RollUpRule", rule)
    if rule == Task.RollUp.MILESTONES:
        steps = [Child(None, "", done=WHOLE if n < nodes.done else 0) for n in range(nodes.total)]
        return _told(whole.weight, 0, roll_up(law, steps)), None
    told = roll_up(law, [one.child(str(n), unit) for n, one in enumerate(parts)])
    spoken = [one for n, one in enumerate(parts) if str(n) not in told.missing]
    if rule == Task.RollUp.SUM:
        values = [one.value for one in spoken if one.value is not None]
        return _told(whole.weight, 0, told), sum(values, Decimal(0)) if values else None
    return _told(whole.weight, sum(one.sums.missing for one in spoken), told), None


def silent(rule: str, members: Mapping[UUID, Member], unit: str = "") -> set[UUID]:
    """The parts that count and have not spoken as the rule listens: they are missing, not 0."""
    if rule == Task.RollUp.MILESTONES:
        return set()
    parts = [one.child(str(key), unit) for key, one in members.items() if one.sums.weight]
    told = roll_up(cast("RollUpRule", rule), parts)
    return {UUID(label) for label in told.missing}


def families_of(parents: Collection[UUID]) -> dict[UUID, dict[UUID, Member]]:
    """The parts of nodes, by node and by part; one query."""
    families: dict[UUID, dict[UUID, Member]] = {key: {} for key in parents}
    rows = Task.objects.filter(parent__in=parents).order_by()
    for key, parent, weight, done, missing, value, target, unit, on in rows.values_list(*PART):
        assert parent is not None
        families[parent][key] = Member(Sums(weight, done, missing), value, target, unit, on)
    return families


PART = (
    "pk", "parent_id", "weight_sum", "done_sum", "missing_sum", "done_value", "target_value",
    "target_unit", "last_report_on",
)  # fmt: skip


def _told(weight: int, missing: int, told: RolledUp) -> Sums:
    share = told.share.basis_points
    if share is None:
        return Sums(weight, 0, weight)
    missing += told.missing_weight
    return Sums(weight, min(share, WHOLE) * (weight - missing), missing)


@dataclass(slots=True)
class Recount:
    """Sums of a plan counted again from its leaves: by task, by line, and of the whole."""

    tasks: dict[UUID, Sums] = field(default_factory=dict)
    values: dict[UUID, Decimal | None] = field(default_factory=dict)
    lines: dict[UUID, Sums] = field(default_factory=dict)
    plan: Sums = NOTHING


COUNTED = (
    "parent_id", "line_id", "is_leaf", "state", "weight", "progress", "roll_up", "target_value",
    "target_unit", "last_report_on",
)  # fmt: skip


def recount(plan_id: UUID | None, jurisdiction: UUID) -> Recount:
    """Count every sum of a plan again, in linear time and three queries.

    A line's sums are those of its tops: the items on it whose parent is not on it.
    """
    same = Q(plan=plan_id) if plan_id else Q(plan__isnull=True)
    rows = Task.objects.filter(same, jurisdiction=jurisdiction)
    said = _values_said(rows)
    nodes = nodes_of(rows)
    return count(list(rows.order_by("-tree").only("pk", *COUNTED)), said, nodes)


def count(
    found: Sequence[Task], said: Mapping[UUID, Decimal], nodes: Mapping[UUID, Nodes]
) -> Recount:
    """The sums of rows in memory, parts before what they are parts of; no query.

    `said`: the value reported last on a leaf; `nodes`: dated nodes where the rule counts them.
    """
    on_line = {row.pk: row.line_id for row in found}
    counted = Recount()
    parts: dict[UUID, list[Member]] = {}
    for row in found:
        if row.is_leaf:
            own, value = leaf_sums(row.state, row.weight, row.progress), said.get(row.pk)
        else:
            own, value = settle(
                row.roll_up,
                parts.pop(row.pk, ()),
                unit=row.target_unit,
                nodes=nodes.get(row.pk, Nodes()),
            )
        counted.tasks[row.pk], counted.values[row.pk] = own, value
        told = Member(own, value, row.target_value, row.target_unit, row.last_report_on)
        if row.parent_id:
            parts.setdefault(row.parent_id, []).append(told)
        else:
            counted.plan += own
        top = row.parent_id is None or on_line.get(row.parent_id) != row.line_id
        if row.line_id is not None and top:
            counted.lines[row.line_id] = counted.lines.get(row.line_id, NOTHING) + own
    return counted


def _values_said(rows: QuerySet[Task]) -> dict[UUID, Decimal]:
    """The value that was reported last on each task, in the order of the reports' keys."""
    found = ProgressReport.objects.filter(task__in=rows, value__isnull=False).order_by("pk")
    return dict(found.values_list("task", "value"))


def nodes_of(tasks: QuerySet[Task] | Collection[UUID]) -> dict[UUID, Nodes]:
    """Dated nodes of those of the tasks that roll up by them, in all and done; one query."""
    found = (
        Milestone.objects.filter(task__in=tasks, task__roll_up=Task.RollUp.MILESTONES)
        .order_by()
        .values_list("task")
        .annotate(total=Count("pk"), done=Count("done_on"))
    )
    return {task: Nodes(total, done) for task, total, done in found}
