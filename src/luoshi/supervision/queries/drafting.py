"""What a week's list is drafted from: carried over, decided, due, red, newly arrived."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from luoshi.domain import weekly
from luoshi.domain.access import Actor
from luoshi.domain.weekly import Item, Line, Week
from luoshi.domain.workdays import SHANGHAI
from luoshi.ledger.models import Milestone, Task
from luoshi.ledger.queries import NOBODY, roles_of, visible_tasks
from luoshi.ledger.standing import words_of
from luoshi.org.models import Unit, subtree
from luoshi.supervision.models import Decision, WeeklyLine, WeeklyList

OPEN = (
    Task.State.ASSIGNED, Task.State.SIGNED, Task.State.UNDER_WAY, Task.State.DISPUTED,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Drafted:
    """A line with its item, whose line it is, and the words that it begins with."""

    line: Line
    task: Task
    leader_post_id: UUID | None
    text: str


@dataclass(frozen=True, slots=True)
class Draft:
    """All lines, and how many items found no room."""

    lines: Sequence[Drafted]
    left_out: int


def drafted(actor: Actor, today: date, unit: Unit, week: Week) -> Draft:
    """The lines of a week's list, by the law, from open items of the unit; at most nine queries.

    A leaf, or a node above with a time node of its own in the week.
    """
    nodes = _nodes(unit, week)
    rows = (
        visible_tasks(actor, today)
        .filter(unit__in=_units(unit), state__in=OPEN)
        .filter(Q(is_leaf=True) | Q(pk__in=list(nodes)))
    )
    carried = _carried(unit, week)
    decided = _decided(unit, week)
    words = words_of(rows, today)
    since = week.monday - timedelta(days=7)
    arrived = _arrived(rows, since)
    dues = dict(rows.order_by().values_list("pk", "due_on"))
    items = [
        Item(
            key=key,
            due_on=due,
            nodes=tuple(day for day, _title in nodes.get(key, ())),
            word=words.get(key, "none"),
            decided_on=decided.get(key),
            arrived_on=arrived.get(key),
            carried=carried.get(key, 0),
        )
        for key, due in dues.items()
    ]
    found = weekly.draft(items, week)
    keys = [line.key for line in found.lines]
    tasks = Task.objects.select_related("unit", "line").in_bulk(keys)
    roles = roles_of(keys)
    lines = [
        Drafted(
            line,
            task := tasks[line.key],
            roles.get(line.key, NOBODY).lead_leader
            or (task.line.leader_post_id if task.line else None),
            _words(task, nodes.get(line.key, ())),
        )
        for line in found.lines
    ]
    return Draft(lines, found.left_out)


def _units(unit: Unit) -> object:
    return Unit.objects.filter(jurisdiction=unit.jurisdiction, **subtree(unit.path)).values("pk")


def _words(task: Task, nodes: Sequence[tuple[date, str]]) -> str:
    """What the line begins with: the item, and the node that falls in the week."""
    return f"{task.title}（{nodes[0][1]}）" if nodes else task.title


def _nodes(unit: Unit, week: Week) -> Mapping[UUID, list[tuple[date, str]]]:
    rows = Milestone.objects.filter(
        jurisdiction=unit.jurisdiction,
        task__unit__in=_units(unit),
        task__state__in=OPEN,
        due_on__range=(week.monday, week.sunday),
        done_on__isnull=True,
    ).order_by("due_on", "position")
    found: dict[UUID, list[tuple[date, str]]] = {}
    for key, day, title in rows.values_list("task_id", "due_on", "title"):
        found.setdefault(key, []).append((day, title))
    return found


def _carried(unit: Unit, week: Week) -> Mapping[UUID, int]:
    """How often each item has been carried over by the last closed list before the week."""
    last = (
        WeeklyList.objects.filter(
            jurisdiction=unit.jurisdiction, unit=unit, state="closed", from_on__lt=week.monday
        )
        .order_by("-from_on")
        .first()
    )
    if last is None:
        return {}
    rows = WeeklyLine.objects.filter(list=last, outcome=WeeklyLine.Outcome.CARRIED)
    return {
        key: weekly.carried_after(carried, "carried")
        for key, carried in rows.values_list("task_id", "carried")
    }


def _decided(unit: Unit, week: Week) -> Mapping[UUID, date]:
    """Items that meetings decided since the Monday before, and that no issued list had yet."""
    listed = WeeklyLine.objects.filter(task=OuterRef("task")).exclude(list__state="draft")
    rows = Decision.objects.filter(
        ~Exists(listed),
        jurisdiction=unit.jurisdiction,
        meeting__unit=unit,
        task__isnull=False,
        decided_on__gte=week.monday - timedelta(days=7),
    )
    return {key: day for key, day in rows.values_list("task_id", "decided_on") if key}


def _arrived(rows: object, since: date) -> Mapping[UUID, date]:
    """Items from outside the year's plan that were handed over since the Monday before."""
    start = datetime.combine(since, time(), SHANGHAI)
    fresh = rows.filter(plan__isnull=True, assigned_at__gte=start)  # type: ignore[attr-defined]
    return {
        key: at.astimezone(SHANGHAI).date()
        for key, at in fresh.order_by().values_list("pk", "assigned_at")
    }
