"""The filtered ledger under the headers of another table: every value from the ledger."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from uuid import UUID

from luoshi.domain.access import Actor
from luoshi.ledger.headers import Head, HeaderSet, external_id
from luoshi.ledger.judging import share_of
from luoshi.ledger.models import Task
from luoshi.ledger.queries.exporting import CHUNK, MOST, last_words
from luoshi.ledger.queries.listing import Carriers, Filters, carriers_of, keys_of
from luoshi.ledger.queries.scope import visible_tasks
from luoshi.ledger.tree import above
from luoshi.office.xlsx_out import TableSpec, Value

MISSING = "待补"


@dataclass(frozen=True, slots=True)
class Printed:
    """One row to print: the task, who carries it, what was said last, what stands above it."""

    task: Task
    serial: int
    carriers: Carriers = field(default_factory=Carriers)
    words: str = ""
    above: tuple[str, ...] = ()


def printed(actor: Actor, today: date, filters: Filters, wanted: HeaderSet) -> TableSpec:
    """Every row that the filters ask for under the headers of a set; at most 20,000.

    Where the set has a column of groups, nodes that only hold others together are no rows.
    """
    keys = keys_of(actor, today, filters)[:MOST]
    rows = list(_rows(actor, today, keys, wanted))
    note = f"导出日期 {today.isoformat()}，共{len(rows)}项。“待补”为尚未填报。"
    return TableSpec(wanted.name, wanted.columns(today), rows, note)


def _rows(
    actor: Actor, today: date, keys: Sequence[UUID], wanted: HeaderSet
) -> Iterator[tuple[Value, ...]]:
    grouped = sum(head.field == "group" for head in wanted.heads)
    serial = 0
    for start in range(0, len(keys), CHUNK):
        chunk = keys[start : start + CHUNK]
        found = visible_tasks(actor, today).select_related("line", "unit").in_bulk(chunk)
        tasks = [found[key] for key in chunk if key in found]
        if grouped:
            tasks = [task for task in tasks if task.is_leaf]
        carriers = carriers_of(actor, today, [task.pk for task in tasks])
        said = last_words(actor, [task.pk for task in tasks])
        titles = _titles(actor, today, tasks) if grouped else {}
        for task in tasks:
            serial += 1
            row = Printed(
                task,
                serial,
                carriers.get(task.pk, Carriers()),
                said.get(task.pk, ""),
                _path(task, titles),
            )
            yield (*_cells(row, wanted.heads), external_id(task))


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
            yield _units(row.carriers, alone=alone)
        elif head.field == "number":
            yield row.task.number if "编号" in head.header else str(row.serial)
        else:
            yield VALUES[head.field](row)


def _group(path: Sequence[str], number: int, count: int) -> str:
    """The n-th ancestor; the last column of groups holds all that are deeper."""
    if number < count - 1:
        return path[number] if number < len(path) else ""
    return " / ".join(title for title in path[number:] if title)


def _units(carriers: Carriers, *, alone: bool) -> str:
    """The lead unit; with the supporting ones behind it where they have no column of their own."""
    lead = [carriers.lead_unit.short_name] if carriers.lead_unit else []
    others = [unit.short_name for unit in carriers.supporting] if alone else []
    return "、".join(lead + others)


def _leader(row: Printed) -> str:
    post = row.carriers.lead_leader
    return row.carriers.leader.name if row.carriers.leader else post.title if post else ""


def _owner(row: Printed) -> str:
    post = row.carriers.owner
    return row.carriers.person.name if row.carriers.person else post.title if post else ""


def _due(row: Printed) -> Value:
    task = row.task
    if task.due_on is None and task.rhythm != Task.Rhythm.DATED:
        return str(Task.Rhythm(task.rhythm).label)
    return task.due_on


def _progress(row: Printed) -> str:
    return row.words or f"{Task.State(row.task.state).label}，{MISSING}"


def _share(row: Printed) -> Value:
    share = share_of(row.task)
    return MISSING if share is None else Decimal(share) / 100


def _target(row: Printed) -> Value:
    value: Decimal | None = row.task.target_value
    said = row.task.target_unit or row.task.target_op
    return MISSING if value is None and said else value


def _unit(row: Printed) -> str:
    return (row.carriers.lead_unit or row.task.unit).short_name


VALUES: Mapping[str, Callable[[Printed], Value]] = {
    "title": lambda row: row.task.title,
    "unit": _unit,
    "leader": _leader,
    "support": lambda row: "、".join(unit.short_name for unit in row.carriers.supporting),
    "owner": _owner,
    "due": _due,
    "starts": lambda row: row.task.starts_on,
    "measures": lambda row: row.task.measures,
    "acceptance": lambda row: row.task.acceptance,
    "target_op": lambda row: row.task.target_op,
    "target_value": _target,
    "target_unit": lambda row: row.task.target_unit,
    "weight": lambda row: row.task.weight,
    "urgency": lambda row: str(Task.Urgency(row.task.urgency).label),
    "line": lambda row: row.task.line.name if row.task.line else "",
    "progress": _progress,
    "share": _share,
    "kept": lambda _row: None,
}
"""What a column prints of a row, by its field."""
