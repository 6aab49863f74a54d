"""The timetable as a workbook: dates as dates, and the key by which changed ones come back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from luoshi.domain.access import Actor
from luoshi.goals.models import Plan
from luoshi.ledger.bars import Bar, Timetable
from luoshi.ledger.headers import EXTERNAL, external_id
from luoshi.ledger.models import Task
from luoshi.ledger.queries.timing import timetable
from luoshi.office.xlsx_out import Column, TableSpec, Value

COLUMNS = (
    Column("序号", 12),
    Column("目标任务", 40),
    Column("牵头单位", 14),
    Column("计划开始", 12, "date"),
    Column("查看：天数", 8),
    Column("查看：计日", 8),
    Column("完成时限", 12, "date"),
    Column("查看：最早可完", 14, "date"),
    Column("查看：最迟须完", 14, "date"),
    Column("查看：可缓工作日", 10),
    Column(EXTERNAL, 36, "id"),
)
"""Starts and deadlines come back through 导入表格; what is reckoned is for reading."""


def timesheet(actor: Actor, today: date, plan: Plan, root: Task | None) -> TableSpec | None:
    """The bars of the timetable as rows, as the page shows them; None where it may not be read."""
    table = timetable(actor, today, plan, root)
    if table is None:
        return None
    how = "改“计划开始”“完成时限”后，从台账“导入表格”导回；“查看”各列不导回。"
    note = f"导出日期 {today.isoformat()}。{how}"
    title = f"{root.title if root else plan.title}工期表"
    return TableSpec(title, COLUMNS, list(_rows(table)), note)


def _rows(table: Timetable) -> Iterator[tuple[Value, ...]]:
    for bar in table.bars:
        task, times = bar.task, bar.times
        yield (
            task.number,
            f"{'　' * task.depth}{task.title}",
            # An item that no unit leads stands at the plan's own: that is no lead to bring back.
            task.unit.short_name if task.unit_id != table.plan.unit_id else "",
            task.starts_on,
            task.duration_days,
            _counted(bar),
            task.due_on,
            times.earliest.finish if times else None,
            times.latest.finish if times else None,
            times.total_slack if times else None,
            external_id(task),
        )


def _counted(bar: Bar) -> str:
    if bar.task.duration_days is None:
        return ""
    return "日历日" if bar.by_calendar else "工作日"
