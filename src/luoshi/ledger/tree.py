"""The order of the tree in one column: fixed-width segments, so that text order is tree order."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from luoshi.domain.cascade import Share
from luoshi.ledger.models import WHOLE, Task

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
class Recount:
    """Sums of a plan counted again from its leaves: by task, by line, and of the whole."""

    tasks: dict[UUID, Sums]
    lines: dict[UUID, Sums]
    plan: Sums


def recount(plan_id: UUID | None, jurisdiction: UUID) -> Recount:
    """Count every sum of a plan again, in linear time and one query."""
    rows = (
        Task.objects.filter(jurisdiction=jurisdiction, plan=plan_id)
        if plan_id
        else (Task.objects.filter(jurisdiction=jurisdiction, plan__isnull=True))
    )
    found = list(
        rows.order_by("-tree").values_list(
            "pk", "parent_id", "line_id", "is_leaf", "state", "weight", "progress"
        )
    )
    tasks: dict[UUID, Sums] = {}
    lines: dict[UUID, Sums] = {}
    whole = NOTHING
    for key, parent, line, is_leaf, state, weight, progress in found:
        own = leaf_sums(state, weight, progress) if is_leaf else tasks.get(key, NOTHING)
        tasks[key] = own
        if parent:
            tasks[parent] = tasks.get(parent, NOTHING) + own
        else:
            whole += own
        if is_leaf and line is not None:
            lines[line] = lines.get(line, NOTHING) + own
    return Recount(tasks, lines, whole)
