"""A block is pasted into the grid, checked, saved; two people meet in a cell; 900 rows stay few."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from luoshi.indicators.models import Reading
from luoshi.indicators.tests.test_readings import current, make, state
from tests.browser.looking import faults
from tests.browser.signed import page_of
from tests.cast import unit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def lin(
    live_server: Any, cast: Any, today: date, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Page]:
    """A page of the register, as Lin of the town office sees it."""
    monkeypatch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    with page_of(live_server, cast, "lin", "/indicators/") as page:
        yield page


def paste(page: Page, row: int, col: int, text: str) -> None:
    """What a spreadsheet leaves in the clipboard, into a cell."""
    cell = f'input[data-r="{row}"][data-c="{col}"]'
    page.focus(cell)
    page.eval_on_selector(
        cell,
        """(cell, text) => { const data = new DataTransfer(); data.setData("text", text);
        cell.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true,
        cancelable: true})); }""",
        text,
    )


def test_block_is_pasted_checked_and_saved_and_two_who_meet_see_both(lin: Page, cast: Any) -> None:
    row = make(cast, cast.actor("lin"), "村集体收入", reporters=(cast.east, cast.west))
    address = f"/indicators/grid/?indicator={row.pk}"
    lin.goto(address)
    assert faults(lin) == []
    paste(lin, 0, 2, "10\t20.5\t1.2亿元\n3\t\t约五\n")
    expect(lin.locator("#grid-count")).to_contain_text("5")
    lin.keyboard.press("ArrowDown")
    lin.keyboard.press("ArrowRight")
    expect(lin.locator('input[data-r="1"][data-c="3"]')).to_be_focused()
    lin.reload()  # what was typed is still there
    expect(lin.locator('input[data-r="0"][data-c="4"]')).to_have_value("1.2亿元")
    lin.click("#grid-form button.p")
    expect(lin.locator("main")).to_contain_text("不是数字")
    assert not Reading.objects.exists()
    state(cast.actor("wang"), row, cast.east, "7")
    lin.click("#save-cells button.p")
    expect(lin.locator("tr.met")).to_contain_text("7")
    expect(lin.locator("tr.met")).to_contain_text("12000")
    assert current(row, cast.east).value == Decimal(7)
    lin.fill("#save-cells [name=reason]", "核对账本")
    lin.click("#save-cells button.p")
    expect(lin.locator(".toast")).to_contain_text("已保存")
    assert current(row, cast.east).value == Decimal(12000)
    expect(lin.locator('input[data-r="1"][data-c="4"]')).to_have_value("约五")  # not lost


def test_sixty_indicators_of_fifteen_villages_draw_only_what_is_seen(lin: Page, cast: Any) -> None:
    villages = [unit(cast.town, n, "village", f"村{n}") for n in range(20, 35)]
    for number in range(60):
        make(cast, cast.actor("lin"), f"指标{number}", reporters=villages)
    lin.goto("/indicators/grid/?all=1")
    expect(lin.locator("#grid table")).to_have_attribute("aria-rowcount", "961")
    assert lin.locator("#grid input").count() < 700
    lin.evaluate("document.getElementById('grid').scrollTop = 1e6")
    expect(lin.locator("#grid tbody th").last).to_contain_text("合计")
    assert lin.locator("#grid input").count() < 700
