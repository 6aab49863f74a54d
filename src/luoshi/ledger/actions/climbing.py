"""Sums carried up: some nodes changed, and everything above them follows, in one statement.

By weight an ancestor moves by its parts' differences; by any other rule the parts of that one
ancestor are read again, all such ancestors together: two queries, whatever the size of the plan.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from luoshi.goals import actions as goals
from luoshi.ledger.models import Task
from luoshi.ledger.tree import (
    NOTHING,
    Member,
    Nodes,
    Sums,
    families_of,
    member,
    nodes_of,
    settle,
    stored,
)

SUMS = ("weight_sum", "done_sum", "missing_sum", "done_value", "last_report_on")


def put(task: Task, sums: Sums) -> None:
    """Write sums into a row in memory."""
    task.weight_sum, task.done_sum, task.missing_sum = sums.weight, sums.done, sums.missing


@dataclass(slots=True)
class Climb:
    """One climb: `moved` rows hold their new sums in memory, `before` says what they were.

    `above`: every ancestor of theirs, locked, deepest first. `opened`: ancestors that were leaves
    until now. `spoke`: the day on which somebody reported below.
    """

    above: Sequence[Task]
    moved: Sequence[Task]
    before: dict[UUID, Sums]
    opened: Collection[UUID] = ()
    spoke: date | None = None
    gains: dict[UUID, Sums] = field(default_factory=dict)
    dirty: list[Task] = field(default_factory=list)

    def climb(self) -> None:
        """Reckon and write every ancestor, then the lines and the plan."""
        self.reckon(*self._read())
        Task.objects.bulk_update(self.dirty, SUMS)
        self._lines()

    def reckon(self, families: dict[UUID, dict[UUID, Member]], nodes: Mapping[UUID, Nodes]) -> None:
        """Every ancestor's new sums, in memory; asks the database nothing.

        `families`: the parts of those that do not roll up by weight; `nodes`: their dated nodes.
        """
        known = {row.pk for row in self.above}
        for row in self.moved:
            if row.parent_id in families and row.parent_id is not None:
                families[row.parent_id][row.pk] = member(row)
            self._pass_on(row, known)
        for row in self.above:
            before, when = stored(row), row.last_report_on
            self.before[row.pk] = before
            parts = families.get(row.pk)
            if parts is None:
                base = NOTHING if row.pk in self.opened else before
                new, value = base + self.gains.get(row.pk, NOTHING), None
            else:
                new, value = settle(
                    row.roll_up,
                    parts.values(),
                    unit=row.target_unit,
                    nodes=nodes.get(row.pk, Nodes()),
                )
            if self.spoke is not None:
                row.last_report_on = max(when or self.spoke, self.spoke)
            changed = new != before or value != row.done_value or when != row.last_report_on
            put(row, new)
            row.done_value = value  # type: ignore[assignment]
            if changed:
                self.dirty.append(row)
            if row.parent_id in families and row.parent_id is not None:
                families[row.parent_id][row.pk] = member(row)
            self._pass_on(row, known)

    def _pass_on(self, row: Task, known: Collection[UUID]) -> None:
        if row.parent_id in known and row.parent_id is not None:
            gain = stored(row) - self.before.get(row.pk, NOTHING)
            self.gains[row.parent_id] = self.gains.get(row.parent_id, NOTHING) + gain

    def _read(self) -> tuple[dict[UUID, dict[UUID, Member]], Mapping[UUID, Nodes]]:
        """The parts of ancestors that do not roll up by weight, and their dated nodes."""
        ruled = [row.pk for row in self.above if row.roll_up != Task.RollUp.WEIGHTED]
        if not ruled:
            return {}, {}
        families = families_of(ruled)
        by_nodes = [row.pk for row in self.above if row.roll_up == Task.RollUp.MILESTONES]
        return families, nodes_of(by_nodes) if by_nodes else {}

    def _lines(self) -> None:
        """A line moves with its tops (items on it whose parent is not), a plan with its roots."""
        rows = {row.pk: row for row in (*self.above, *self.moved)}
        plan = next((row.plan_id for row in rows.values()), None)
        if plan is None:
            return
        by_line: dict[UUID, Sums] = {}
        whole = NOTHING
        for row in rows.values():
            gain = stored(row) - self.before.get(row.pk, NOTHING)
            parent = rows.get(row.parent_id) if row.parent_id else None
            if row.parent_id is None:
                whole += gain
            if row.line_id is not None and (parent is None or parent.line_id != row.line_id):
                by_line[row.line_id] = by_line.get(row.line_id, NOTHING) + gain
        for line, by in sorted(by_line.items(), key=lambda pair: str(pair[0])):
            goals.add_to_line(line_id=line, weight=by.weight, done=by.done, missing=by.missing)
        goals.add_to_sums(
            plan_id=plan,
            line_id=None,
            weight=whole.weight,
            done=whole.done,
            missing=whole.missing,
        )
