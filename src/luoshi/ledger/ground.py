"""What a timetable is reckoned from, and how each part of it stands; no query is made here."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from luoshi.domain import schedule
from luoshi.domain.schedule import Minimum, Network
from luoshi.domain.workdays import WorkCalendar
from luoshi.goals.models import Plan
from luoshi.ledger.bars import ProjectLine, Standing
from luoshi.ledger.models import Task
from luoshi.ledger.network import network_of


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
    minimums: Mapping[UUID, Minimum]

    def network(self) -> Network:
        """The tasks as a network for the schedule law."""
        links = [tie[:4] for tie in self.ties]
        return network_of(self.tasks, links, self.calendar, self.minimums)

    def by_calendar(self, task: Task) -> bool:
        """Whether a task's duration counts calendar days, as its statutory time does."""
        least = self.minimums.get(task.pk)
        return least is not None and least.unit == "calendar"

    def under(self, root: Task | None) -> Sequence[Task]:
        """The tasks of one item, itself included; all of them without one."""
        if root is None:
            return self.tasks
        return [task for task in self.tasks if task.tree.startswith(root.tree)]


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
