"""The plan as the checks walk it: built once, in linear time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from luoshi.domain.base import Finding, Remedy, Sentence, Severity, Value, Where
from luoshi.domain.cascade.facts import PlanFacts, TaskFacts


@dataclass(frozen=True, slots=True)
class Tree:
    """The planned tasks of a plan, by id and by parent, in the order in which they were given."""

    plan: PlanFacts
    tasks: Sequence[TaskFacts]
    by_id: Mapping[UUID, TaskFacts]
    children: Mapping[UUID, Sequence[TaskFacts]]

    def open(self) -> Sequence[TaskFacts]:
        """Tasks that are still asked for roles and dates."""
        return [task for task in self.tasks if not task.closed]

    def is_leaf(self, task: TaskFacts) -> bool:
        """Whether nothing hangs under the task."""
        return task.id not in self.children


def grow(plan: PlanFacts) -> Tree:
    """Build the tree; temporary items and incoming papers stay outside (planned is False)."""
    tasks = [task for task in plan.tasks if task.planned]
    by_id = {task.id: task for task in tasks}
    children: dict[UUID, list[TaskFacts]] = {}
    for task in tasks:
        if task.parent_id in by_id and task.parent_id is not None:
            children.setdefault(task.parent_id, []).append(task)
    return Tree(plan, tasks, by_id, children)


def at_task(
    code: str,
    severity: Severity,
    task: TaskFacts,
    why: Sentence,
    verb: str,
    **params: Value,
) -> Finding:
    """A finding about one task, with the remedy that its page applies."""
    where = Where("task", task.id, task.label)
    return Finding(code, severity, where, why, Remedy(verb, {"task": str(task.id), **params}))
