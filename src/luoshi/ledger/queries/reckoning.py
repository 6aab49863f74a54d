"""What a timetable is reckoned from: a plan's tasks, what waits for what, the calendar."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from luoshi.domain import schedule
from luoshi.domain.access import Actor
from luoshi.domain.schedule import Network
from luoshi.domain.workdays import WorkCalendar
from luoshi.goals.models import Plan
from luoshi.ledger.bars import ProjectLine, Standing
from luoshi.ledger.models import Dependency, Task
from luoshi.ledger.network import network_of
from luoshi.ledger.queries.scope import visible_tasks
from luoshi.org.calendars import calendar_of


class Tie(NamedTuple):
    """A dependency as the network reads it, with the key and version of its row."""

    before: UUID
    after: UUID
    kind: str
    lag: int
    key: UUID
    version: int


@dataclass(frozen=True, slots=True)
class Ground:
    """A plan's open and done tasks in the order of the tree, and what binds them."""

    plan: Plan
    tasks: Sequence[Task]
    ties: Sequence[Tie]
    calendar: WorkCalendar

    def network(self) -> Network:
        """The tasks as a network for the schedule law."""
        return network_of(self.tasks, [tie[:4] for tie in self.ties], self.calendar)

    def under(self, root: Task | None) -> Sequence[Task]:
        """The tasks of one item, itself included; all of them without one."""
        if root is None:
            return self.tasks
        return [task for task in self.tasks if task.tree.startswith(root.tree)]


def ground_of(actor: Actor, today: date, plan: Plan) -> Ground:
    """Read what a plan's timetable is reckoned from, as far as the actor may see it; 3 queries."""
    tasks = list(
        visible_tasks(actor, today)
        .filter(plan=plan)
        .exclude(state=Task.State.CANCELLED)
        .select_related("plan", "unit")
        .order_by("tree", "id")
    )
    rows = Dependency.objects.filter(task__plan=plan).values_list(
        "predecessor_id", "task_id", "kind", "lag_days", "id", "version"
    )
    return Ground(plan, tasks, [Tie(*row) for row in rows], calendar_of(plan.unit))


def standing(
    network: Network,
    calendar: WorkCalendar,
    today: date,
    keys: Collection[UUID] | None = None,
    *,
    propose: bool = True,
) -> Standing:
    """The verdict on a part of a network (or all of it), overdue steps told apart.

    A part is judged with all that it waits for, so that another's delay is seen in it.
    """
    whole = network if keys is None else schedule.part_of(network, keys)
    still, lost = schedule.without_lost(whole, today)
    told = schedule.verdict(still, calendar, status_on=today, propose=propose)
    return Standing(still, told, lost)


def project_lines(ground: Ground, network: Network, today: date) -> list[ProjectLine]:
    """The plan's projects, those that cannot be done in time first, then by number; no query."""
    found = []
    for project in ground.tasks:
        if not project.is_project:
            continue
        keys = {task.pk for task in ground.under(project)}
        judged = standing(network, ground.calendar, today, keys, propose=False)
        found.append(ProjectLine(project, judged))
    return sorted(found, key=lambda line: line.standing.verdict.feasible)
