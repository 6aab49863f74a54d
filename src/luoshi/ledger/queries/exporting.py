"""The filtered ledger as a workbook with the published headers of a 任务分解表."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from uuid import UUID

from luoshi.domain.access import Actor
from luoshi.ledger.headers import EXTERNAL, external_id
from luoshi.ledger.judging import share_of
from luoshi.ledger.models import ProgressReport, Task
from luoshi.ledger.queries.listing import (
    Carriers,
    Filters,
    carriers_of,
    keys_of,
)
from luoshi.office.xlsx_out import Column, TableSpec, Value
from luoshi.ui.shown import tenths

MOST = 20_000
CHUNK = 500
COLUMNS = (
    Column("序号", 10),
    Column("工作专线", 14),
    Column("目标任务", 40),
    Column("举措", 40),
    Column("完成标准", 28),
    Column("牵头领导", 14),
    Column("牵头单位", 14),
    Column("配合单位", 18),
    Column("责任人", 14),
    Column("完成时限", 12, "date"),
    Column("进展", 36),
    Column(EXTERNAL, 36, "id"),
)
SHOWN = (
    "number", "line__name", "depth", "title", "measures", "acceptance", "due_on", "state",
    "is_leaf", "progress", "weight_sum", "done_sum", "missing_sum", "version",
)  # fmt: skip
"""All that a row of the workbook needs of a task's row."""


def table_of(actor: Actor, today: date, filters: Filters) -> TableSpec:
    """Every row that the filters ask for, in their order; at most 20,000."""
    keys = keys_of(actor, today, filters)[:MOST]
    chunks = (keys[start : start + CHUNK] for start in range(0, len(keys), CHUNK))
    rows = [row for chunk in chunks for row in _rows(actor, today, chunk)]
    note = f"导出日期 {today.isoformat()}，共{len(rows)}项。“待补”为尚未填报。"
    return TableSpec("任务分解表", COLUMNS, rows, note)


def _rows(actor: Actor, today: date, keys: Sequence[UUID]) -> Iterator[tuple[Value, ...]]:
    tasks = Task.objects.select_related("line").only(*SHOWN).in_bulk(keys)
    carriers = carriers_of(actor, today, keys)
    said = last_words(actor, keys)
    states = {key: str(word) for key, word in Task.State.choices}
    for key in keys:
        task, carried = tasks[key], carriers.get(key, Carriers())
        yield (
            task.number,
            task.line.name if task.line else "",
            "　" * task.depth + task.title,
            task.measures,
            task.acceptance,
            carried.leader.name if carried.leader else "",
            carried.lead_unit.short_name if carried.lead_unit else "",
            "、".join(unit.short_name for unit in carried.supporting),
            carried.person.name if carried.person else "",
            task.due_on,
            _progress(task, states[task.state], said.get(key, "")),
            external_id(task),
        )


def _progress(task: Task, state: str, words: str) -> str:
    share = share_of(task)
    figure = "待补" if share is None else f"{tenths(share)}%"
    return f"{state}，{figure}" + (f"：{words}" if words else "")


def last_words(actor: Actor, keys: Sequence[UUID]) -> dict[UUID, str]:
    """The last report of each task, in its reporter's words; one query."""
    reports = ProgressReport.objects.filter(jurisdiction=actor.jurisdiction_id, task__in=keys)
    rows = reports.order_by("reported_at", "id")
    return dict(rows.values_list("task_id", "text"))
