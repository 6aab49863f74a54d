"""The timetable as a workbook, out and back: a start changed in Excel comes home as a change."""

import io
from datetime import date

import openpyxl
import pytest
from django.urls import reverse

from luoshi.ledger.models import Task
from luoshi.ledger.tests.test_importing import Desk
from luoshi.office.xlsx_out import workbook


@pytest.fixture
def desk(signed_in, plan, monkeypatch):
    monkeypatch.setattr("luoshi.ledger.views.timing.workbook_in_child", lambda t: workbook([t]))
    return Desk(signed_in("lin"), plan)


def test_dates_go_out_as_dates_and_come_back_as_changes(desk, plan, new):
    new("修渠", starts_on=date(2026, 7, 1), duration_days=5, due_on=date(2026, 8, 31))
    road = new("修路", starts_on=date(2026, 7, 1), duration_days=20, due_on=date(2026, 9, 30))
    answer = desk.client.get(reverse("ledger:timetable_export"), {"plan": plan.pk})
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    sheet = book.active
    heads = next(row for row in sheet.iter_rows() if "计划开始" in [cell.value for cell in row])
    column = {cell.value: cell.column for cell in heads}
    row = next(
        cell.row for cell in sheet[openpyxl.utils.get_column_letter(column["目标任务"])]
        if str(cell.value).strip() == "修路"
    )  # fmt: skip
    start = sheet.cell(row, column["计划开始"])
    assert start.value.date() == date(2026, 7, 1)
    assert sheet.cell(row, column["查看：最早可完"]).value.date() == date(2026, 7, 28)
    start.value = date(2026, 7, 6)
    out = io.BytesIO()
    book.save(out)
    desk.bring(out.getvalue(), "工期表.xlsx").check()
    assert sorted(kind for _row, kind, _title in desk.rows()) == ["change", "same"]
    desk.write(reason="错峰")
    road.refresh_from_db()
    assert (road.starts_on, road.due_on, road.duration_days) == (
        date(2026, 7, 6), date(2026, 9, 30), 20,
    )  # fmt: skip
    assert Task.objects.get(title="修渠").starts_on == date(2026, 7, 1)
