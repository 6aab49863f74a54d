"""A table into the ledger and taken back, as the office does it; the machine looks at every step."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect, sync_playwright

from luoshi.goals import actions as goals
from luoshi.ledger.models import Task
from luoshi.org.models import Unit
from tests.browser.looking import faults
from tests.browser.signed import page_of
from tests.browser.test_ledger import SIZES, sign_in
from tests.browser.test_scripts import ARGS
from tests.cast import TODAY

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TABLE = """序号\t任务内容\t责任单位\t责任人\t完成时限
一、乡村建设
1\t修通东村产业路\t东村\t王书记\t2026年10月底
2\t盘活西村旧校舍用作农产品冷链仓储并引进运营主体签订协议\t经济办公\t李某\t尽快
"""


@pytest.mark.parametrize("size", SIZES)
def test_table_comes_in_step_by_step_and_goes_again(
    cast: Any, live_server: Any, today: Any, monkeypatch: pytest.MonkeyPatch, size: str
) -> None:
    monkeypatch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    goals.create_plan(actor=cast.actor("lin"), today=TODAY, unit=cast.town, year=2026)
    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path="/usr/bin/chromium", args=ARGS)
        browser = chromium.new_context(
            base_url=live_server.url, locale="zh-CN", viewport=SIZES[size]
        )
        page = sign_in(browser, cast, "lin", "zh-hans", live_server.url)
        page.goto("/ledger/")
        page.get_by_role("link", name="导入表格").first.click()
        assert faults(page) == []
        page.get_by_label("或从表格粘贴").fill(TABLE)
        page.get_by_role("button", name="读取表格").click()
        assert faults(page) == []
        page.get_by_role("button", name="逐行核对").click()
        expect(page.get_by_text("2个名称未定")).to_be_visible()
        assert faults(page) == []
        page.get_by_label("经济办公").select_option(label="经发办")
        page.get_by_role("button", name="按此核对").click()
        page.get_by_label("1行不能导入").check()
        page.get_by_role("button", name="写入2项").click()
        expect(page.get_by_role("link", name="按这张表的表头导出")).to_be_visible()
        assert faults(page) == []
        assert Task.objects.count() == 2
        page.get_by_role("button", name="撤销这次导入").click()
        expect(page.get_by_text("这次导入已经撤销")).to_be_visible()
        assert Task.objects.count() == 0
        page.goto("/ledger/export/headers/")
        assert faults(page) == []
        chromium.close()


def test_organisation_comes_in_from_a_file_of_its_own_and_goes_again(
    cast: Any, live_server: Any, today: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    bad, good = tmp_path / "机构.csv", tmp_path / "机构改.csv"
    bad.write_text(
        "机构名称,上级,机构性质,备注\n水利站,青榆镇,站所,新设\n北村,青榆镇,公司,\n", "utf-8"
    )
    good.write_text("机构名称,上级,机构性质\n水利站,青榆镇,站所\n北村,青榆镇,村\n", "utf-8")
    with page_of(live_server, cast, "gao", "/org/") as page:
        page.get_by_role("link", name="从表格导入").click()
        page.get_by_label("选择文件").set_input_files(bad)
        page.get_by_role("button", name="读取表格").click()
        assert page.get_by_label("备注").input_value() == ""  # nothing is guessed
        assert faults(page) == []
        page.get_by_role("button", name="逐行核对").click()
        expect(page.get_by_text("一行也不写入")).to_be_visible()
        expect(page.get_by_role("button", name="写入")).to_have_count(0)
        assert faults(page) == []
        page.get_by_role("link", name="重新导入").click()
        page.get_by_label("选择文件").set_input_files(good)
        page.get_by_role("button", name="读取表格").click()
        page.get_by_role("button", name="写入2项").click()
        expect(page.get_by_role("button", name="撤销这次导入")).to_be_visible()
        assert faults(page) == []
        assert Unit.objects.filter(name__in=["水利站", "北村"], parent=cast.town).count() == 2
        page.get_by_role("button", name="撤销这次导入").click()
        expect(page.get_by_text("这次导入已经撤销")).to_be_visible()
        assert not Unit.objects.filter(name="水利站").exists()
