"""The office's day in a real browser: the stopwatch of intake, a pasted chat, a paper by the hour."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect, sync_playwright

from luoshi.ledger.models import ProgressReport, Task
from luoshi.supervision.models import IncomingPaper
from tests.browser import machine
from tests.browser.test_ledger import sign_in
from tests.browser.test_scripts import ARGS
from tests.browser.test_supervision import SIZES, tasks

__all__ = ["tasks"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FOUR = ("统计返乡大学生人数", "东村", "周五17:00", "县教育局")
KEYS_A_SECOND = 3.0
"""How fast a clerk types by pinyin, keys and choices; what the page asks is keys, not seconds."""


@pytest.fixture(params=SIZES, ids=list(SIZES))
def browser(request: Any, tasks: Any, live_server: Any, today: Any) -> Iterator[BrowserContext]:
    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path="/usr/bin/chromium", args=ARGS)
        yield chromium.new_context(
            base_url=live_server.url, locale="zh-CN", viewport=SIZES[request.param]
        )
        chromium.close()


def looked_at(page: Page) -> None:
    machine.settle(page)
    assert machine.overflow(page) == []
    assert machine.axe(page) == []


def keys_of(text: str) -> int:
    """Keys of a text by pinyin: about 2.5 a Chinese character with its choice, one a sign."""
    return sum(5 if "\u4e00" <= char <= "\u9fff" else 2 for char in text) // 2


def test_four_fields_by_keyboard_and_the_next_at_once(
    browser: BrowserContext, cast: Any, live_server: Any
) -> None:
    page = sign_in(browser, cast, "lin", "zh-hans", live_server.url)
    page.goto("/supervision/intake/")
    looked_at(page)
    begun = Task.objects.count()
    for number in (1, 2):
        expect(page.locator("#id_title")).to_be_focused()
        started = time.perf_counter()
        keys = 0
        for place, text in enumerate(FOUR):
            page.keyboard.insert_text(f"{text}{number}" if not place else text)
            keys += keys_of(text) + 1
            page.keyboard.press("Enter" if place == 3 else "Tab")
        expect(page.get_by_text("请录下一件。")).to_be_visible()
        machine_s = time.perf_counter() - started
        clerk_s = keys / KEYS_A_SECOND
        print(f"intake: {keys} keys, {clerk_s:.1f} s of typing, machine {machine_s:.2f} s")
        assert keys <= 80
        assert Task.objects.count() == begun + number
    expect(page.locator(".waits").first).to_contain_text("统计返乡大学生人数2")
    looked_at(page)


def test_a_chat_is_pasted_looked_at_and_confirmed(
    browser: BrowserContext, cast: Any, tasks: dict[str, Task], live_server: Any
) -> None:
    page = sign_in(browser, cast, "lin", "zh-hans", live_server.url)
    page.goto("/supervision/chat/")
    page.get_by_label("群聊或接龙文字").fill(
        "林主任 9:01\n请报一下进展\n王书记 9:05\n饮水安全管网改造铺了3公里，完成70%\n马文书：收到\n"
    )
    page.get_by_role("button", name="识别").click()
    expect(page.get_by_text("认准1条，待核对0条")).to_be_visible()
    looked_at(page)
    page.get_by_role("button", name="代录勾选的进展").click()
    expect(page.get_by_text("已代录1条进展")).to_be_visible()
    report = ProgressReport.objects.get(task=tasks["late"])
    assert (report.progress, report.channel) == (7000, "wechat")
    page = sign_in(browser, cast, "wang", "zh-hans", live_server.url)
    page.goto("/ledger/my-week/")
    page.get_by_role("button", name="确认", exact=True).click()
    expect(page.get_by_text("已确认。")).to_be_visible()
    report.refresh_from_db()
    assert report.confirmation.agrees


def test_a_paper_is_registered_by_its_hour(
    browser: BrowserContext, cast: Any, live_server: Any
) -> None:
    page = sign_in(browser, cast, "lin", "zh-hans", live_server.url)
    page.goto("/supervision/paper/new/")
    looked_at(page)
    for name, text in {"来文单位": "县教育局", "文号": "禾教〔2026〕9号", "标题": "报送返乡大学生人数",
                       "上级时限": "今天23:50", "谁来办": "东村"}.items():  # fmt: skip
        page.get_by_label(name).fill(text)
    page.get_by_label("收文时间").fill("2026-06-18T00:01")
    page.get_by_role("button", name="登记并交办").click()
    expect(page.get_by_text("今天23:50前").first).to_be_visible()
    looked_at(page)
    assert IncomingPaper.objects.get().task.due_at is not None
    page.goto("/supervision/paper/")
    looked_at(page)
    page.goto("/home/daily/")
    expect(page.get_by_text("今天23:50前报县教育局")).to_be_visible()
