"""The ledger printed under published headers: every set, every value from the ledger."""

import io
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from luoshi.ledger import actions
from luoshi.ledger.headers import header_sets
from luoshi.ledger.queries import Filters, Roles
from luoshi.ledger.queries.printing import printed
from luoshi.ledger.tests.conftest import TODAY
from luoshi.office.xlsx_out import workbook

PUBLISHED = Path(__file__).resolve().parents[4].parent / "shared" / "samples" / "tables.md"


def table(actor, code):
    """The rows of the workbook as a reader of the file sees them, from the header on."""
    wanted = header_sets()[code]
    data = workbook([printed(actor, TODAY, Filters(), wanted)])
    rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    start = next(n for n, row in enumerate(rows) if row[0] == wanted.heads[0].header)
    return rows[start:]


def test_every_published_header_set_is_offered():
    if not PUBLISHED.exists():
        pytest.skip("shared/samples is not here")
    lines = PUBLISHED.read_text("utf-8").splitlines()[4:]
    published = [line.strip("| ").rsplit(" | ", 1)[1] for line in lines if line.startswith("|")]
    known = {
        tuple(column.header for column in one.columns(TODAY)[:-1]) for one in header_sets().values()
    }
    assert len(published) == 12
    for heads in published:
        assert tuple(re.split(r" / | x \(", heads.replace("%))", "%)"))) in known


def test_headers_of_several_rows_stand_above_their_columns(cast, new):
    new()
    upper, lower, row, *_ = table(cast.actor("lin"), "by_area")
    assert upper[:4] == ["地区", "年度目标", "", ""]
    assert lower[1:4] == ["目标任务", "进度", "完成比例(%)"]
    assert (row[0], row[3]) == ("青榆镇", "待补")


def test_values_are_the_ledger_s(cast, new, act, roles):
    task = new("=修路", measures="招标", acceptance="通车")
    act("lin", actions.assign, task=task, roles=roles)
    _head, row, *_ = table(cast.actor("lin"), "livelihood_roles")
    assert row[1:6] == ["=修路", "招标", "刘副镇长", "东村", "经发办"]
    task.refresh_from_db()
    assert row[6] == f"{task.pk}:{task.version}"
    *_, due = table(cast.actor("lin"), "livelihood")[1][:4]
    assert due == date(2026, 10, 31)
    # Without a column of their own the supporting units follow the lead unit.
    assert table(cast.actor("lin"), "content_progress")[1][3] == "东村、经发办"


def test_groups_are_the_nodes_above(cast, new, act, plan):
    top, middle = new("产出指标"), None
    act("lin", actions.register_task, new=actions.NewTask(title="数量指标", parent_id=top.pk))
    middle = top.children.get()
    leaf = actions.NewTask(
        title="修路里程", parent_id=middle.pk, target_value=Decimal("5.5"), target_unit="公里",
        target_op=">=", roles=Roles(lead_unit=cast.east.pk),
    )  # fmt: skip
    act("lin", actions.register_task, new=leaf)
    _head, row, *more = table(cast.actor("lin"), "performance_goals")
    assert row[:2] == ["东村", "产出指标"]
    assert row[4:10] == ["数量指标", "", "修路里程", "≥", 5.5, "公里"]
    assert more == []


def test_the_view_is_what_is_printed(signed_in, new):
    new("甲"), new("乙", is_project=True)
    client = signed_in("lin")
    page = client.get(reverse("ledger:headers") + "?projects=1")
    assert "?projects=1&amp;heads=orders" in page.content.decode()
    answer = client.get(reverse("ledger:export") + "?projects=1&heads=orders")
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0)
    assert [row[1] for row in book.to_python()[3:]] == ["乙"]
