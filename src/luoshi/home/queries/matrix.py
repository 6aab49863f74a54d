"""责任分解一览表: goals or work lines against units, or against the posts of one unit.

An empty cell is information: it says that nobody there carries anything of that goal, not that
somebody must. Rows of what is in no goal (or on no line) are shown, so that nothing is left out.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from django.db.models import Count, QuerySet

from luoshi.domain.access import Actor
from luoshi.goals import queries as goals
from luoshi.goals.models import Plan
from luoshi.ledger.models import Assignment, Task
from luoshi.ledger.queries import visible_tasks
from luoshi.org.models import CARRYING_KINDS, Unit, subtree
from luoshi.org.queries import holds, posts_of, visible_unit_ids, visible_units

WHOLE_VIEW = frozenset({"leader", "town_office", "auditor"})
By = Literal["goal", "line"]
Key = tuple[UUID | None, UUID | None]
"""A row's key (None: in no goal, on no line) and a column's."""


@dataclass(frozen=True, slots=True)
class Column:
    """A unit, or a post of the unit asked for with who holds it ("" : vacant)."""

    key: UUID
    name: str
    holder: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """What a column carries of a row: items led, supported, owned; all 0: an empty cell.

    Of a post `leads` are the items whose lead leader (牵头领导) it is.
    """

    column: Column
    leads: int = 0
    supports: int = 0
    owns: int = 0

    @property
    def bare(self) -> bool:
        """Whether nothing is carried here."""
        return not (self.leads or self.supports or self.owns)


@dataclass(frozen=True, slots=True)
class Row:
    """A goal or line, its items in all, and its cells in the order of the columns."""

    key: UUID | None
    name: str
    by: By
    total: int
    cells: Sequence[Cell]

    @property
    def asks(self) -> str:
        """What the ledger's address says to list this row's items."""
        return f"{self.by}={self.key}" if self.key else f"loose={self.by}"

    @property
    def bare(self) -> bool:
        """Whether nobody in view carries anything of it."""
        return all(cell.bare for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Matrix:
    """The table; `unit` is the unit whose posts are the columns, None for units."""

    by: By
    unit: Unit | None
    columns: Sequence[Column]
    rows: Sequence[Row]
    totals: Sequence[Cell]
    has_goals: bool


def matrix(
    actor: Actor, today: date, plan: Plan, *, by: str = "", unit_id: UUID | None = None
) -> Matrix | None:
    """Who carries what, of the items that the actor sees; a constant number of queries.

    `by` "" takes goals where items are tied to goals, else lines. None where the unit asked for
    is not one that the actor sees. Totals are told of units only: persons are not compared.
    """
    unit = None
    if unit_id is not None:
        unit = visible_units(actor, today).filter(pk=unit_id).first()
        if unit is None:
            return None
    tasks = visible_tasks(actor, today).filter(plan=plan).exclude(state=Task.State.CANCELLED)
    tied = tasks.filter(goal__isnull=False).exists()
    told: By = "goal" if by == "goal" or (by != "line" and tied) else "line"
    counts = _of_units(tasks, told) if unit is None else _of_posts(tasks, told, unit)
    columns = (
        _units(actor, today, plan, {column for _row, column in counts if column})
        if unit is None
        else _posts(actor, today, unit)
    )
    rows = _rows(actor, today, plan, tasks, told, columns, counts)
    totals = [] if unit is not None else [_sum(column, rows, n) for n, column in enumerate(columns)]
    return Matrix(told, unit, columns, rows, totals, tied)


def _of_units(tasks: QuerySet[Task], by: By) -> Mapping[Key, tuple[int, int, int]]:
    """Items led, supported and owned by posts, by row and unit; three queries."""
    leads = tasks.order_by().values_list(by, "unit").annotate(n=Count("pk"))
    found: dict[Key, list[int]] = {}
    for row, unit, n in leads:
        found.setdefault((row, unit), [0, 0, 0])[0] = n
    held = Assignment.objects.filter(to_on__isnull=True, task__in=tasks.order_by().values("pk"))
    for role, unit_path, place in ((Assignment.Role.SUPPORTING, "unit", 1),
                                   (Assignment.Role.OWNER, "post__unit", 2)):  # fmt: skip
        rows = held.filter(role=role).order_by().values_list(f"task__{by}", unit_path)
        for row, unit, n in rows.annotate(n=Count("pk")):
            found.setdefault((row, unit), [0, 0, 0])[place] = n
    return {key: (told[0], told[1], told[2]) for key, told in found.items()}


def _of_posts(tasks: QuerySet[Task], by: By, unit: Unit) -> Mapping[Key, tuple[int, int, int]]:
    """Items led as leader and owned, by row and post of the unit; one query."""
    held = Assignment.objects.filter(
        to_on__isnull=True,
        post__unit=unit,
        role__in=(Assignment.Role.LEAD_LEADER, Assignment.Role.OWNER),
        task__in=tasks.order_by().values("pk"),
    )
    found: dict[Key, list[int]] = {}
    rows = held.order_by().values_list(f"task__{by}", "post", "role").annotate(n=Count("pk"))
    for row, post, role, n in rows:
        found.setdefault((row, post), [0, 0, 0])[0 if role == "lead_leader" else 2] = n
    return {key: (told[0], told[1], told[2]) for key, told in found.items()}


def _units(actor: Actor, today: date, plan: Plan, carrying: Collection[UUID]) -> list[Column]:
    """Units that are expected to carry something and those that do, in the office's order."""
    units = Unit.objects.filter(holds(today), jurisdiction=plan.jurisdiction)
    expected = units.filter(kind__in=CARRYING_KINDS, **subtree(plan.unit.path))
    if not (actor.roles & WHOLE_VIEW and goals.sees_whole(actor, plan)):
        expected = expected.filter(pk__in=visible_unit_ids(actor, today))
    both = expected | Unit.objects.filter(jurisdiction=plan.jurisdiction, pk__in=carrying)
    return [Column(unit.pk, unit.short_name) for unit in both.order_by("path")]


def _posts(actor: Actor, today: date, unit: Unit) -> list[Column]:
    """The posts of a unit with who holds them, in the office's order; two queries."""
    return [
        Column(shown.post.pk, shown.post.title, shown.person.name if shown.person else "")
        for shown in posts_of(actor, [unit.pk], today).get(unit.pk, [])
    ]


def _rows(
    actor: Actor,
    today: date,
    plan: Plan,
    tasks: QuerySet[Task],
    by: By,
    columns: Sequence[Column],
    counts: Mapping[Key, tuple[int, int, int]],
) -> list[Row]:
    """Every goal or line of the plan, and what is in none where there is any; two queries."""
    named: list[tuple[UUID | None, str]] = (
        [(goal.pk, goal.title) for goal in goals.goals(actor, today, plan)]
        if by == "goal"
        else [(line.pk, line.name) for line in goals.lines(actor, today, plan)]
    )
    totals = dict(tasks.order_by().values_list(by).annotate(n=Count("pk")))
    if None in totals:
        named.append((None, ""))
    return [
        Row(
            key,
            name,
            by,
            totals.get(key, 0),
            [Cell(column, *counts.get((key, column.key), ())) for column in columns],
        )
        for key, name in named
    ]


def _sum(column: Column, rows: Sequence[Row], n: int) -> Cell:
    cells = [row.cells[n] for row in rows]
    return Cell(
        column,
        sum(cell.leads for cell in cells),
        sum(cell.supports for cell in cells),
        sum(cell.owns for cell in cells),
    )
