"""The filtered ledger under the headers of another table: every value from the ledger."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from luoshi.domain.access import Actor
from luoshi.ledger.headers import Head, HeaderSet, external_id, shown
from luoshi.ledger.judging import share_of
from luoshi.ledger.models import ProgressReport, TableRow, Task
from luoshi.ledger.queries.listing import Carriers, Filters, carriers_of, keys_of
from luoshi.ledger.queries.scope import visible_tasks
from luoshi.ledger.tree import above
from luoshi.office.cells import printed as printed_cell
from luoshi.office.xlsx_out import TableSpec, Value

MOST = 20_000
CHUNK = 500
MISSING = "待补"


@dataclass(frozen=True, slots=True)
class Printed:
    """One row to print: the task, who carries it, what was said last, what stands above it.

    `kept` is what the item's own table says under each header; `mark` its number there.
    """

    task: Task
    serial: int
    carriers: Carriers = field(default_factory=Carriers)
    words: str = ""
    above: tuple[str, ...] = ()
    mark: str = ""
    kept: Mapping[str, Any] = field(default_factory=dict)
    from_table: bool = False

    def told(self, head: Head) -> Value:
        """What the item's own table says under a header; None where it says nothing."""
        return printed_cell(self.kept.get(head.label))


def printed(actor: Actor, today: date, filters: Filters, wanted: HeaderSet) -> TableSpec:
    """Every row that the filters ask for under the headers of a set; at most 20,000.

    Where the set has a column of groups, nodes that only hold others together are no rows.
    """
    keys = keys_of(actor, today, filters)[:MOST]
    heads = tuple(replace(one, header=shown(one.header, today)) for one in wanted.heads)
    rows = list(_rows(actor, today, keys, heads))
    note = f"导出日期 {today.isoformat()}，共{len(rows)}项。“待补”为尚未填报。"
    return TableSpec(wanted.name, wanted.columns(today), rows, note)


def _rows(
    actor: Actor, today: date, keys: Sequence[UUID], heads: Sequence[Head]
) -> Iterator[tuple[Value, ...]]:
    grouped = any(head.field == "group" for head in heads)
    serial = 0
    for start in range(0, len(keys), CHUNK):
        chunk = keys[start : start + CHUNK]
        found = visible_tasks(actor, today).select_related("line", "unit").in_bulk(chunk)
        tasks = [found[key] for key in chunk if key in found]
        if grouped:
            own = set(TableRow.objects.filter(task__in=chunk).values_list("task_id", flat=True))
            tasks = [task for task in tasks if task.is_leaf or task.pk in own]
        values = values_of(actor, today, tasks, heads, serial)
        serial += len(tasks)
        for task in tasks:
            yield (*values[task.pk], external_id(task))


def values_of(
    actor: Actor, today: date, tasks: Sequence[Task], heads: Sequence[Head], serial: int = 0
) -> Mapping[UUID, tuple[Value, ...]]:
    """What each task prints under headers, in their order; statements do not grow with the rows.

    `serial` is the number of rows printed before these.
    """
    keys = [task.pk for task in tasks]
    carriers = carriers_of(actor, today, keys)
    said = last_words(actor, keys)
    grouped = any(head.field == "group" for head in heads)
    titles = _titles(actor, today, tasks) if grouped else {}
    own = {row.task_id: row for row in TableRow.objects.filter(task__in=keys)}
    found: dict[UUID, tuple[Value, ...]] = {}
    for number, task in enumerate(tasks, serial + 1):
        row = own.get(task.pk)
        found[task.pk] = tuple(
            _cells(
                Printed(
                    task,
                    number,
                    carriers.get(task.pk, Carriers()),
                    said.get(task.pk, ""),
                    _path(task, titles) if grouped else (),
                    row.mark if row else "",
                    row.cells if row else {},
                    row is not None,
                ),
                heads,
            )
        )
    return found


def _titles(
    actor: Actor, today: date, tasks: Sequence[Task]
) -> Mapping[tuple[UUID | None, str], str]:
    """The titles of the nodes above tasks that the actor may see, by plan and tree; one query."""
    trees = {path for task in tasks for path in above(task.tree)}
    plans = {task.plan_id for task in tasks}
    rows = visible_tasks(actor, today).filter(tree__in=trees)
    return {
        (plan, tree): title
        for plan, tree, title in rows.values_list("plan_id", "tree", "title")
        if plan in plans
    }


def _path(task: Task, titles: Mapping[tuple[UUID | None, str], str]) -> tuple[str, ...]:
    return tuple(titles.get((task.plan_id, tree), "") for tree in above(task.tree))


def _cells(row: Printed, heads: Sequence[Head]) -> Iterator[Value]:
    """The values of one row in the order of the headers."""
    groups = [number for number, head in enumerate(heads) if head.field == "group"]
    alone = all(head.field != "support" for head in heads)
    for number, head in enumerate(heads):
        if head.field == "group":
            yield _group(row.above, groups.index(number), len(groups))
        elif head.field == "lead":
            yield _units(row, head, alone=alone)
        elif head.field == "number":
            yield row.mark or (row.task.number if "编号" in head.header else str(row.serial))
        else:
            yield VALUES[head.field](row, head)


def _group(path: Sequence[str], number: int, count: int) -> str:
    """The n-th ancestor; the last column of groups holds all that are deeper."""
    if number < count - 1:
        return path[number] if number < len(path) else ""
    return " / ".join(title for title in path[number:] if title)


def _units(row: Printed, head: Head, *, alone: bool) -> str:
    """The lead unit; with the supporting ones behind it where they have no column of their own."""
    lead = [row.carriers.lead_unit.short_name] if row.carriers.lead_unit else []
    others = [unit.short_name for unit in row.carriers.supporting] if alone else []
    return _joined([*lead, *others], row, head)


def _support(row: Printed, head: Head) -> str:
    return _joined([unit.short_name for unit in row.carriers.supporting], row, head)


def _joined(names: Sequence[str], row: Printed, head: Head) -> str:
    """Names of the ledger, and behind them those of the row's table that are none of ours."""
    strange = row.told(head)
    return "、".join([*names, *([str(strange)] if strange else [])])


def _leader(row: Printed, head: Head) -> Value:
    post, person = row.carriers.lead_leader, row.carriers.leader
    return person.name if person else post.title if post else row.told(head)


def _owner(row: Printed, head: Head) -> Value:
    post, person = row.carriers.owner, row.carriers.person
    return person.name if person else post.title if post else row.told(head)


def _due(row: Printed, head: Head) -> Value:
    task = row.task
    if task.due_on is not None:
        return task.due_on
    told = row.told(head)
    if told is None and task.rhythm != Task.Rhythm.DATED:
        return str(Task.Rhythm(task.rhythm).label)
    return told


def _progress(row: Printed, head: Head) -> Value:
    """The last report; before any, what the row's table said."""
    if row.words or row.from_table:
        return row.words or row.told(head)
    return f"{Task.State(row.task.state).label}，{MISSING}"


def _share(row: Printed, head: Head) -> Value:
    share = share_of(row.task)
    if share is None:
        return row.told(head) if row.from_table else MISSING
    return Decimal(share) / 100


def _target(row: Printed, head: Head) -> Value:
    value: Decimal | None = row.task.target_value
    if value is not None:
        return value
    said = row.task.target_unit or row.task.target_op
    return row.told(head) or (MISSING if said and not row.from_table else None)


def _unit(row: Printed, _head: Head) -> str:
    """The unit that names the row: as its table wrote it, else the lead unit."""
    if row.from_table:
        return row.task.title
    return (row.carriers.lead_unit or row.task.unit).short_name


def _words(name: str) -> Callable[[Printed, Head], Value]:
    def value(row: Printed, head: Head) -> Value:
        return getattr(row.task, name) or row.told(head)

    return value


SIGNS = {">=": "≥", "<=": "≤", "ge": "≥", "le": "≤"}
VALUES: Mapping[str, Callable[[Printed, Head], Value]] = {
    "title": lambda row, _head: row.task.title,
    "unit": _unit,
    "leader": _leader,
    "support": _support,
    "owner": _owner,
    "due": _due,
    "starts": _words("starts_on"),
    "measures": _words("measures"),
    "acceptance": _words("acceptance"),
    "target_op": lambda row, head: (
        SIGNS.get(row.task.target_op, row.task.target_op) or row.told(head)
    ),
    "target_value": _target,
    "target_unit": _words("target_unit"),
    "weight": lambda row, _head: row.task.weight,
    "urgency": lambda row, head: row.told(head) or str(Task.Urgency(row.task.urgency).label),
    "line": lambda row, head: row.task.line.name if row.task.line else row.told(head),
    "progress": _progress,
    "share": _share,
    "kept": lambda row, head: row.told(head),
}
"""What a column prints of a row, by its field."""


def last_words(actor: Actor, keys: Sequence[UUID]) -> dict[UUID, str]:
    """The last report of each task, in its reporter's words; one query."""
    reports = ProgressReport.objects.filter(jurisdiction=actor.jurisdiction_id, task__in=keys)
    rows = reports.order_by("reported_at", "id")
    return dict(rows.values_list("task_id", "text"))
