"""The rows a review rests on, read once: lines, tasks, results, notes, names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Q

from luoshi.briefs.models import NoGap
from luoshi.domain.access import Actor
from luoshi.goals import queries as goals
from luoshi.goals.models import Note, Plan, WorkLine
from luoshi.ledger.models import ProgressReport, Task
from luoshi.org.models import Person, Unit, subtree

COLUMNS = (
    "plan_id", "line_id", "unit", "unit__short_name", "number", "title", "tree", "depth", "is_leaf",
    "state", "due_on", "weight", "target_value", "target_unit", "target_op", "verified_by_id",
    "closed_on",
)  # fmt: skip
"""All that a review needs of a task; a plan may have ten thousand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the ledger and the plan know of a year, on a day.

    `coming` are the tasks that the last part plans from: the next year's where that plan exists,
    else this plan's own. `values` is the last figure reported for a task. `carried` are problems
    of earlier plans that nobody solved.
    """

    plan: Plan
    on: date
    county: str
    lines: Sequence[WorkLine]
    tasks: Sequence[Task]
    coming: Sequence[Task]
    coming_lines: Mapping[UUID, WorkLine]
    values: Mapping[UUID, Decimal]
    notes: Sequence[Note]
    carried: Sequence[Note]
    no_gaps: Mapping[UUID, NoGap]
    names: frozenset[str]

    @property
    def plan_year(self) -> int:
        """The year that the last part plans: this one while it runs, else the next."""
        return self.plan.year if self.on.year <= self.plan.year else self.plan.year + 1


def gather(actor: Actor, today: date, plan: Plan) -> Known:
    """Read everything a review states; at most twelve queries, however large the ledger."""
    following = None
    if today.year > plan.year:
        same_unit = goals.plans(actor, today).filter(unit=plan.unit, year=plan.year + 1)
        following = same_unit.first()
    tasks = _tasks(plan)
    coming_lines = list(goals.lines(actor, today, following)) if following else []
    return Known(
        plan=plan,
        on=today,
        county=_county(plan),
        lines=list(goals.lines(actor, today, plan)),
        tasks=tasks,
        coming=_tasks(following) if following else tasks,
        coming_lines={line.pk: line for line in coming_lines},
        values=_values(plan),
        notes=list(goals.notes(actor, today, plan).select_related("passage__document")),
        carried=_carried(actor, today, plan),
        no_gaps={row.line_id: row for row in NoGap.objects.filter(line__plan=plan)},
        names=names_of(actor, plan.unit),
    )


def _tasks(plan: Plan) -> list[Task]:
    """Every item of the plan, whoever leads it: whoever writes the review, its figures agree."""
    rows = Task.objects.filter(jurisdiction=plan.jurisdiction, plan=plan)
    rows = rows.exclude(state__in=(Task.State.DRAFT, Task.State.CANCELLED))
    return list(rows.select_related("unit").only(*COLUMNS).order_by("tree", "id"))


def _values(plan: Plan) -> dict[UUID, Decimal]:
    """The last value told for each task; the later report wins."""
    rows = ProgressReport.objects.filter(
        jurisdiction=plan.jurisdiction, task__plan=plan, value__isnull=False
    )
    told = rows.order_by("reported_at", "id").values_list("task_id", "value")
    return {task_id: value for task_id, value in told if value is not None}


def _carried(actor: Actor, today: date, plan: Plan) -> list[Note]:
    """Problems of the unit's earlier plans that are not solved, the oldest first (R57)."""
    before = goals.plans(actor, today).filter(unit=plan.unit, year__lt=plan.year)
    return list(
        Note.objects.filter(
            Q(solved_on__isnull=True) | Q(solved_on__gt=today),
            plan__in=before.order_by().values("pk"),
            kind=Note.Kind.PROBLEM,
        ).order_by("noted_on", "id")
    )


def _county(plan: Plan) -> str:
    """The county above a town, under whose lead it works; "" for a county itself."""
    if plan.unit.kind != Unit.Kind.TOWN:
        return ""
    root = plan.unit.path.split("/")[0] + "/"
    found = Unit.objects.filter(jurisdiction=plan.jurisdiction, path=root, kind=Unit.Kind.COUNTY)
    return found.values_list("short_name", flat=True).first() or ""


def names_of(actor: Actor, unit: Unit) -> frozenset[str]:
    """Every name of the units and people of a place: a wrong one is caught wherever it stands."""
    units = Unit.objects.filter(jurisdiction=actor.jurisdiction_id, **subtree(unit.path))
    people = Person.objects.filter(terms__post__unit__in=units.order_by().values("pk"))
    both = (part for pair in units.values_list("name", "short_name") for part in pair)
    found = (*both, *people.values_list("name", flat=True))
    return frozenset(name for name in found if len(name) > 1)
