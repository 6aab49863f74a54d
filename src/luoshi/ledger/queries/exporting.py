"""The filtered ledger as a workbook with the published headers of a 任务分解表."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from uuid import UUID

from luoshi.domain.access import Actor
from luoshi.ledger.headers import EXTERNAL, Head, external_id
from luoshi.ledger.judging import share_of
from luoshi.ledger.models import Task
from luoshi.ledger.queries.listing import (
    Filters,
    keys_of,
)
from luoshi.ledger.queries.printing import CHUNK, MOST, last_words, values_of
from luoshi.office.xlsx_out import Column, TableSpec, Value
from luoshi.store.bulk import no_collecting
from luoshi.ui.shown import tenths

HEADS = (
    Head("序号", "number"),
    Head("工作专线", "line"),
    Head("目标任务", "title"),
    Head("举措", "measures"),
    Head("完成标准", "acceptance"),
    Head("牵头领导", "leader"),
    Head("牵头单位", "lead"),
    Head("配合单位", "support"),
    Head("责任人", "owner"),
    Head("完成时限", "due"),
    Head("进展", "progress"),
)
"""What our own table prints: the same values as under any other header, so that it comes back."""

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
    "number", "line__name", "depth", "title", "rhythm", "measures", "acceptance", "due_on", "state",
    "is_leaf", "progress", "due_moves", "weight_sum", "done_sum", "missing_sum", "version",
)  # fmt: skip
"""All that a row of the workbook needs of a task's row."""


def table_of(actor: Actor, today: date, filters: Filters) -> TableSpec:
    """Every row that the filters ask for, in their order; at most 20,000."""
    keys = keys_of(actor, today, filters)[:MOST]
    chunks = (keys[start : start + CHUNK] for start in range(0, len(keys), CHUNK))
    with no_collecting():
        rows = [row for chunk in chunks for row in _rows(actor, today, chunk)]
    note = f"导出日期 {today.isoformat()}，共{len(rows)}项。“待补”为尚未填报。"
    return TableSpec("任务分解表", COLUMNS, rows, note)


def _rows(actor: Actor, today: date, keys: Sequence[UUID]) -> Iterator[tuple[Value, ...]]:
    tasks = Task.objects.select_related("line").only(*SHOWN).in_bulk(keys)
    rows = [tasks[key] for key in keys]
    values = values_of(actor, today, rows, HEADS)
    said = last_words(actor, keys)
    states = {key: str(word) for key, word in Task.State.choices}
    for task in rows:
        _number, line, title, *carried, _progress_told = values[task.pk]
        yield (
            task.number,
            line,
            f"{'　' * task.depth}{title}",
            *carried,
            _progress(task, states[task.state], said.get(task.pk, "")),
            external_id(task),
        )


def _progress(task: Task, state: str, words: str) -> str:
    share = share_of(task)
    figure = "待补" if share is None else f"{tenths(share)}%"
    moved = f"，延{task.due_moves}次" if task.due_moves else ""
    return f"{state}，{figure}{moved}" + (f"：{words}" if words else "")
