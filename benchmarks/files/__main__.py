"""Rows in and out, in CPU seconds, child processes counted, on a SQLite database of the run's own."""

from __future__ import annotations

import argparse
import io
import sys
from datetime import date
from typing import Any
from uuid import uuid4

from benchmarks.common import on_its_own, timed, workbook_of

IMPORT_LIMIT = 10.0  # CPU seconds for 10,000 rows with parents
XLSX_LIMIT, CSV_LIMIT = 4.0, 1.0  # CPU seconds for 20,000 rows
HEADERS = ("编号", "上级编号", "目标任务", "举措", "完成标准", "牵头单位", "完成时限")


def sheet(count: int, units: list[str]) -> list[tuple[Any, ...]]:
    """Groups of 21 as in the pages' town: one item, four below it, four below each of those."""
    rows: list[tuple[Any, ...]] = []
    for n in range(count):
        group, place = divmod(n, 21)
        up = 0 if place <= 4 else 1 + (place - 5) // 4
        parent = "" if place == 0 else f"{group}-{up}"
        rows.append((f"{group}-{place}", parent, f"完成高标准农田建设{n}", "按月调度，按季通报", "验收合格",
                     units[group % len(units)], date(2026, 7 + n % 6, 28)))  # fmt: skip
    return rows


def register(rows: list[tuple[Any, ...]], login: str) -> Any:
    """What an import does after reading: every row as a task, all or none."""
    from benchmarks.pages.town import NOW, TODAY
    from luoshi.goals.models import Plan
    from luoshi.ledger import actions
    from luoshi.ledger.actions import NewTask
    from luoshi.ledger.queries import Roles
    from luoshi.org.models import Account, Unit
    from luoshi.org.queries import actor_for

    actor = actor_for(Account.objects.get(login=login), TODAY)
    plan = Plan.objects.get(jurisdiction=actor.jurisdiction_id)
    units = dict(
        Unit.objects.filter(jurisdiction=actor.jurisdiction_id).values_list("short_name", "pk")
    )
    keys: dict[str, Any] = {}
    items = []
    for number, parent, title, measures, acceptance, unit, due in rows:
        item = NewTask(title=title, parent_id=keys.get(parent), measures=measures, acceptance=acceptance, due_on=due,
                       roles=Roles(lead_unit=units[unit]))  # fmt: skip
        keys[number] = item.id
        items.append(item)
    return actions.register_tasks(
        actor=actor, today=TODAY, now=NOW, items=items, plan=plan, key=str(uuid4())
    )


def told(
    what: str, seconds: float, limit: float | None, peer: str = "", times: float = 0.0
) -> bool:
    bound = f"{limit:8.2f}" if limit else f"{'-':>8}"
    beside = f"{peer} {times:.2f} × its CPU" if peer else ""
    missed = limit is not None and seconds > limit
    print(f"{what:44} {seconds:8.2f} {bound}  {beside}{' MISSED' if missed else ''}", flush=True)
    return missed


def main() -> int:
    parser = argparse.ArgumentParser("python -m benchmarks.files")
    parser.add_argument("--rows", type=int, default=10_000)
    count = parser.parse_args().rows
    return on_its_own(lambda: measure(count))


def measure(count: int) -> int:
    from openpyxl import load_workbook

    from benchmarks.pages.town import TODAY, build
    from luoshi.ledger.queries import Filters
    from luoshi.ledger.queries.exporting import table_of
    from luoshi.office.sheets_in import rows as read_sheets
    from luoshi.office.xlsx_child import workbook_in_child
    from luoshi.office.xlsx_out import csv_table
    from luoshi.org.models import Account, Unit
    from luoshi.org.queries import actor_for

    build(10, 1)
    units = list(
        Unit.objects.filter(kind="village").order_by("path").values_list("short_name", flat=True)
    )
    given = workbook_of([HEADERS, *sheet(count, units)])
    print(f"{count:,} rows{'':34} {'CPU s':>8} {'limit':>8}  peer in the same run")
    peer, _ = timed(
        lambda: list(
            load_workbook(io.BytesIO(given), read_only=True).active.iter_rows(values_only=True)
        )
    )
    reading, sheets = timed(lambda: read_sheets(given, limit=count + 1))
    told("read the workbook, screened", reading, None, "openpyxl reading:", reading / peer)
    rows = [(*row[:6], row[6]) for row in sheets[0].rows[1:]]
    entering, _ = timed(lambda: register(rows, "bench1-0"))
    missed = told(
        "read and register with parents and entries",
        reading + entering,
        IMPORT_LIMIT * count / 10_000,
    )
    actor = actor_for(Account.objects.get(login="bench1-0"), TODAY)
    gathering, table = timed(lambda: table_of(actor, TODAY, Filters(year=2026)))
    writing, _ = timed(lambda: workbook_in_child(table))
    plain, _ = timed(lambda: workbook_of(table.rows))
    missed |= told(
        f"write {len(table.rows):,} rows as xlsx",
        gathering + writing,
        XLSX_LIMIT * count / 20_000,
        "openpyxl, no style:",
        writing / plain,
    )
    told("  of this: reading the ledger", gathering, None)
    told("  of this: writing the file", writing, None)
    written, _ = timed(lambda: csv_table(table))
    missed |= told("write them as csv (rows read already)", written, CSV_LIMIT * count / 20_000)
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
