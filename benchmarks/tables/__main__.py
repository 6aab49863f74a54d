"""A table in and back, in CPU seconds of this process and its children, on a SQLite file of the run's own."""

from __future__ import annotations

import argparse
import io
import random
import sys
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from benchmarks.common import on_its_own, timed, workbook_of

LIMIT, PEER = (
    10.0,
    855.0,
)  # CPU seconds for 10,000 rows with parents: ours may cost, and a tracker's measured
HEADERS = ("序号", "任务内容", "举措", "完成标准", "责任单位", "配合单位", "责任人", "完成时限")
WHAT = (
    "道路硬化",
    "管网改造",
    "厂房盘活",
    "土地流转",
    "苗木种植",
    "渠道清淤",
    "校舍修缮",
    "电商培训",
    "矛盾调解",
    "环境整治",
)
HOW = ("完成{}公里", "新增{}处", "覆盖{}户", "培训{}人次", "压减{}件", "建成{}个")


def table(count: int, units: list[str], people: list[str]) -> bytes:
    """One node, four below it (1 to 4), four below each of those (1.1 to 4.4): 21 rows a group."""
    chance = random.Random(20260618)
    numerals = "零一二三四五六七八九十"

    def row(n: int) -> list[Any]:
        group, place = divmod(n, 21)
        up, low = divmod(place - 5, 4)
        mark = (
            f"第{group + 1}项" if place == 0 else str(place) if place < 5 else f"{up + 1}.{low + 1}"
        )
        words = f"{units[(n * 7) % len(units)]}{chance.choice(WHAT)}{chance.choice(HOW).format(chance.randint(1, 9999))}"
        return [
            mark, f"{words}（{numerals[n % 11]}{n}）", "按月调度，按季通报", "验收合格", units[group % len(units)],
            units[(group + 3) % len(units)], people[group % len(people)], date(2026, 7, 1) + timedelta(days=n % 180),
        ]  # fmt: skip

    rows = (row(n) for n in range(count))
    return workbook_of([["某镇重点工作任务分解表"], HEADERS, *rows], "任务分解表")


class Desk:
    """The town office at the pages of an import."""

    def __init__(self, login: str) -> None:
        from django.test import Client

        from luoshi.goals.models import Plan
        from luoshi.org.models import Account

        self.client = Client()
        account = Account.objects.get(login=login)
        self.client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
        self.plan = Plan.objects.get(jurisdiction=account.jurisdiction)

    @property
    def table(self) -> Any:
        from luoshi.ledger.models import TableImport

        return TableImport.objects.order_by("-id")[0]

    def send(self, name: str, **more: Any) -> None:
        from django.urls import reverse

        table = self.table
        answer = self.client.post(
            reverse(f"ledger:{name}", args=[table.pk]),
            {"version": table.version, "key": str(uuid4())} | more,
        )
        assert answer.status_code == 302, answer.content.decode()[:2000]

    def bring(self, data: bytes) -> None:
        from django.core.files.uploadedfile import SimpleUploadedFile
        from django.urls import reverse

        sent = {
            "plan": str(self.plan.pk),
            "key": str(uuid4()),
            "file": SimpleUploadedFile("表.xlsx", data),
        }
        answer = self.client.post(reverse("ledger:import"), sent)
        assert answer.status_code == 302, answer.content.decode()[:2000]

    def write(self) -> None:
        from django.utils import timezone

        from luoshi.jobs.actions import run_waiting

        self.send("table_write", reason="年初补录", skip="1")
        run_waiting(timezone.now)
        assert self.table.state == "done", (self.table.state, self.table.counts)

    def take_back(self) -> None:
        """Ask for the undoing of the last table, and let the worker do it."""
        from django.utils import timezone

        from luoshi.jobs.actions import run_waiting

        self.send("table_undo")
        run_waiting(timezone.now)
        assert self.table.state == "undone", (self.table.state, self.table.done)


def told(what: str, seconds: float, beside: str = "") -> None:
    print(f"{what:58} {seconds:8.2f}  {beside}", flush=True)


def edited(data: bytes) -> bytes:
    """The export with another acceptance rule in a hundred of its rows."""
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(data))
    sheet = book.active
    top = next(n for n, row in enumerate(sheet.iter_rows(max_row=5), 1) if row[0].value == "序号")
    place = next(cell.column for cell in sheet[top] if cell.value == "完成标准")
    step = max(1, (sheet.max_row - top) // 100)
    for n in range(top + 1, sheet.max_row + 1, step):
        sheet.cell(n, place).value = "验收合格并移交"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def measure(count: int) -> int:
    from django.conf import settings

    from benchmarks.pages.town import TODAY, build
    from luoshi.ledger.models import Task
    from luoshi.org.models import Person, Unit

    settings.LUOSHI_TODAY = TODAY
    settings.ALLOWED_HOSTS = ["*"]
    build(10, 1)
    units = list(
        Unit.objects.filter(kind="village").order_by("path").values_list("short_name", flat=True)
    )
    people = list(Person.objects.order_by("id").values_list("name", flat=True)[:200])
    data, desk = table(count, units, people), Desk("bench1-0")
    before = Task.objects.count()
    print(f"{count:,} rows, {len(data) / 1024:,.0f} KB xlsx{'':34} {'CPU s':>8}")
    reading, _ = timed(lambda: desk.bring(data))
    told("screen, read and match the columns", reading)
    running, _ = timed(lambda: desk.send("table_columns"))
    if desk.table.counts.get("asked"):
        extra, _ = timed(
            lambda: desk.send(
                "table_decide", **{f"name-{n}": "" for n in range(desk.table.counts["asked"])}
            )
        )
        told("  (names decided, run dry once more)", extra)
        running += extra
    if desk.table.counts.get("twin"):
        extra, _ = timed(lambda: desk.send("table_decide", twins="add"))
        told("  (likenesses decided, run dry once more)", extra)
        running += extra
    told("run every row dry, keep the report", running)
    writing, _ = timed(desk.write)
    told("run dry again, compare, write with entries (the job)", writing)
    total, limit = reading + running + writing, LIMIT * count / 10_000
    missed = total > limit
    told("all of the import", total, f"limit {limit:.1f}{' MISSED' if missed else ''}; "
         f"a tracker {PEER * count / 10_000:.0f}: {PEER * count / 10_000 / total:.0f} × ours")  # fmt: skip
    assert Task.objects.count() - before == count, (Task.objects.count(), before, desk.table.counts)
    back, _ = timed(desk.take_back)
    told("take it back (the job)", back)
    assert Task.objects.count() == before
    desk.bring(data)
    desk.send("table_columns")
    if desk.table.counts.get("asked"):
        desk.send("table_decide", **{f"name-{n}": "" for n in range(desk.table.counts["asked"])})
    if desk.table.counts.get("twin"):
        desk.send("table_decide", twins="add")
    desk.write()
    out, answer = timed(lambda: desk.client.get("/ledger/export/?year=2026"))
    told("export it", out)
    again = edited(answer.content)
    back, _ = timed(lambda: (desk.bring(again), desk.send("table_columns")))
    told(f"bring it back with {desk.table.counts.get('change', 0)} cells changed, run dry", back)
    writing, _ = timed(desk.write)
    told("write the changes", writing)
    return int(missed)


def main() -> int:
    parser = argparse.ArgumentParser("python -m benchmarks.tables")
    parser.add_argument("--rows", type=int, default=10_000)
    count = parser.parse_args().rows
    return on_its_own(lambda: measure(count))


if __name__ == "__main__":
    sys.exit(main())
