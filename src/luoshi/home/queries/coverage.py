"""责任分解一览: what is missing, and who carries what on which line; bare cells tell too."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count

from luoshi.adoption import queries as adoption
from luoshi.domain.access import Actor
from luoshi.domain.base import Finding
from luoshi.goals import queries as goals
from luoshi.goals.models import Plan, WorkLine
from luoshi.indicators.queries import findings as indicator_findings
from luoshi.ledger.models import Assignment, Task
from luoshi.ledger.queries import findings as ledger_findings
from luoshi.ledger.queries import visible_tasks
from luoshi.org.models import CARRYING_KINDS, Unit, subtree
from luoshi.org.queries import holds, visible_unit_ids

WHOLE_VIEW = frozenset({"leader", "town_office", "auditor"})


def gathered(actor: Actor, today: date, plan: Plan) -> list[Finding]:
    """Everything missing in the plan, from every room that finds: C01 to C16.

    C11 once only, as `adoption` tells it (it leads to the draft). Not narrowed to what the actor
    sees: the plan goes into force as a whole.
    """
    own = [found for found in ledger_findings(actor, today, plan) if found.code != "C11"]
    shared = indicator_findings(actor, today, plan)
    every = [*own, *shared, *adoption.findings(actor, today, plan)]
    return sorted(every, key=lambda found: found.code)


def findings(actor: Actor, today: date, plan: Plan) -> list[Finding]:
    """What is missing in the part of the plan that the actor sees.

    The town's leaders, its office and auditors see all of it; others what concerns their items
    and units.
    """
    found = gathered(actor, today, plan)
    if actor.roles & WHOLE_VIEW:
        return found
    seen = set(visible_tasks(actor, today).filter(plan=plan).values_list("pk", flat=True))
    seen |= set(visible_unit_ids(actor, today))
    return [one for one in found if one.where.kind in {"task", "unit"} and one.where.id in seen]


def counts(actor: Actor, found: Sequence[Finding]) -> list[tuple[str, str, int]]:  # noqa: ARG001
    """Each code with its severity and count, in order of the code."""
    found_codes = Counter((one.code, one.severity) for one in found)
    return [(code, severity, n) for (code, severity), n in sorted(found_codes.items())]


def tasks_of(actor: Actor, today: date, found: Sequence[Finding]) -> Mapping[UUID, Task]:
    """The tasks that findings of a page speak of, for their versions; one query."""
    keys = [one.where.id for one in found if one.where.kind == "task" and one.where.id]
    keys += [
        UUID(str(one.remedy.params["task"]))
        for one in found
        if one.code == "C10" and one.remedy and "task" in one.remedy.params
    ]
    return visible_tasks(actor, today).in_bulk(keys)


@dataclass(frozen=True, slots=True)
class Cell:
    """What a unit carries on a line: items it leads and items it supports; both 0: nothing."""

    line: WorkLine
    leads: int
    supports: int


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A unit and its cells, in the order of the lines."""

    unit: Unit
    cells: Sequence[Cell]

    @property
    def total(self) -> int:
        """Items led."""
        return sum(cell.leads for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Matrix:
    """Units by work lines; five queries for any size."""

    lines: Sequence[WorkLine]
    rows: Sequence[MatrixRow]


def matrix(actor: Actor, today: date, plan: Plan) -> Matrix:
    """Who carries what on which line, of the items that the actor sees."""
    lines = list(goals.lines(actor, today, plan))
    units = Unit.objects.filter(
        holds(today),
        jurisdiction=plan.jurisdiction,
        kind__in=CARRYING_KINDS,
        **subtree(plan.unit.path),
    )
    if not actor.roles & WHOLE_VIEW:
        units = units.filter(pk__in=visible_unit_ids(actor, today))
    rows = visible_tasks(actor, today).filter(plan=plan).exclude(state=Task.State.CANCELLED)
    leads = {
        (unit, line): n
        for unit, line, n in rows.order_by().values_list("unit", "line").annotate(n=Count("pk"))
    }
    supporting = Assignment.objects.filter(
        role=Assignment.Role.SUPPORTING, to_on__isnull=True, task__in=rows.order_by().values("pk")
    )
    supports = {
        (unit, line): n
        for unit, line, n in supporting.order_by()
        .values_list("unit", "task__line")
        .annotate(n=Count("pk"))
    }
    return Matrix(
        lines,
        [
            MatrixRow(
                unit,
                [
                    Cell(
                        line, leads.get((unit.pk, line.pk), 0), supports.get((unit.pk, line.pk), 0)
                    )
                    for line in lines
                ],
            )
            for unit in units.order_by("path")
        ],
    )
