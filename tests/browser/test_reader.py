"""The reader in a real browser: text and table tied both ways, rows saved as they are typed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from threading import Event, Thread
from typing import Any

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from luoshi.documents.models import DraftItem
from luoshi.goals.models import Plan
from luoshi.ledger.models import Task
from tests.browser.test_scripts import ARGS

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SPEECH = """在全镇2026年工作会议上的讲话
一、今年的工作任务
（一）抓项目。9月底前，由经发办牵头，东村、西村配合，完成标准厂房一期建设。年底前新签约项目不少于5个。
（二）抓环境。各村（社区）要在10月底前完成生活污水治理，不得反弹。
"""
WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 360, "height": 780}


def work(stop: Event) -> None:
    """What `luoshi worker` does, in a thread of the test."""
    from django.db import connection
    from django.utils import timezone

    from luoshi.jobs import actions as jobs

    while not stop.wait(0.1):
        jobs.run_waiting(timezone.now)
    connection.close()


@pytest.fixture(params=[WIDE, NARROW], ids=["wide", "narrow"])
def page(
    request: Any, live_server: Any, cast: Any, today: Any, settings: Any, tmp_path: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Page]:  # fmt: skip
    """Lin pastes the speech and comes to the reader; faults of the page fail the test."""
    monkeypatch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    settings.MEDIA_ROOT = tmp_path
    account = cast.account("lin")
    account.set_password("a-long-word")
    account.save()
    stop = Event()
    worker = Thread(target=work, args=(stop,))
    worker.start()
    faults: list[str] = []
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=ARGS)
        context = browser.new_context(
            base_url=live_server.url, locale="zh-CN", viewport=request.param
        )
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda m: faults.append(m.text) if m.type == "error" else None)
        page.goto("/account/login/?next=/documents/document/new/")
        page.fill("[name=login]", "lin")
        page.fill("[name=password]", "a-long-word")
        page.click("main button")
        page.wait_for_url("**/documents/document/new/")
        page.fill("[name=text]", SPEECH)
        page.click("text=保存并读取")
        page.wait_for_url("**/adoption/document/*/")
        yield page
        browser.close()
    stop.set()
    worker.join()
    assert faults == []


def row_of(page: Page, words: str) -> Any:
    return (
        page.locator("tr.draft")
        .filter(has=page.locator("textarea[name^=title]", has_text=words))
        .first
    )


def test_row_and_passage_mark_each_other(page: Page) -> None:
    row = row_of(page, "标准厂房")
    key = row.get_attribute("data-draft")
    row.locator("textarea[name^=title]").focus()
    assert "on" in (page.locator(f"#p-{key}").get_attribute("class") or "").split()
    if page.viewport_size == NARROW:
        page.click("[data-tab=text]")
        expect(page.locator("#drafts")).to_be_hidden()
    page.locator(f"#p-{key}").click()
    expect(row).to_be_in_viewport()
    assert page.url.endswith(f"#d-{key}")


def test_typing_is_saved_and_one_click_adopts_and_undoes(page: Page) -> None:
    row = row_of(page, "标准厂房")
    key = row.get_attribute("data-draft")
    with page.expect_response("**/change/"):
        row.locator("textarea[name^=title]").fill("完成标准厂房一期建设并验收")
        row.locator("input[type=date]").focus()
    assert DraftItem.objects.get(pk=key).title == "完成标准厂房一期建设并验收"
    page.locator(f"#d-{key} input[name=role]").first.check()
    page.locator(f"#d-{key} button[name=one]").click()
    page.click("text=确认立项 >> nth=-1")
    expect(page.locator("#status")).to_contain_text("已立项 1 项")
    task = Task.objects.get()
    assert (task.title, task.unit.short_name) == ("完成标准厂房一期建设并验收", "经发办")
    assert Plan.objects.get().year == 2026
    page.click("text=撤销这一步")
    expect(page.locator("#status")).to_contain_text("已撤销")
    assert not Task.objects.exists()


def test_more_opens_under_the_row_and_cuts_in_two(page: Page) -> None:
    row = row_of(page, "生活污水")
    key = row.get_attribute("data-draft")
    row.locator("[data-more]").click()
    expect(page.locator(f"#m-{key}")).to_contain_text("把握")
    row.locator("[data-more]").click()
    expect(page.locator(f"#m-{key}")).to_have_count(0)
    row.locator("[data-more]").click()
    page.locator(f"#m-{key} .cut").last.click()
    expect(page.locator("#status")).to_contain_text("已拆分为两条")
    expect(page.locator("tr.draft textarea[name^=title]", has_text="不得反弹")).to_have_value(
        "不得反弹"
    )


def test_nothing_scrolls_sideways(page: Page) -> None:
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wide) == 0
    if page.viewport_size == NARROW:
        page.click("[data-tab=text]")
        assert page.evaluate(wide) == 0


def test_keys_walk_the_rows_sort_and_decide(page: Page) -> None:
    first = page.locator("tr.draft").first
    first.focus()
    page.keyboard.press("j")
    second = page.locator("tr.draft").nth(1)
    expect(second).to_be_focused()
    key = second.get_attribute("data-draft")
    page.keyboard.press("x")
    expect(second.locator("[name=pick]")).to_be_checked()
    with page.expect_response("**/change/"):
        page.keyboard.press("4")
    assert DraftItem.objects.get(pk=key).kind == "problem"
    expect(page.locator(f"#d-{key}")).to_be_focused()
    page.keyboard.press("e")
    page.keyboard.press("End")
    page.keyboard.type("jas")
    page.keyboard.press("Escape")
    expect(page.locator(f"#d-{key}")).to_be_focused()
    page.keyboard.press("k")
    expect(page.locator("tr.draft").first).to_be_focused()
    gone = page.locator("tr.draft").first.get_attribute("data-draft")
    page.keyboard.press("s")
    page.wait_for_url(f"**#d-{gone}")
    row = DraftItem.objects.get(pk=gone)
    assert (row.state, row.disposition) == ("set_aside", "study")
    assert DraftItem.objects.get(pk=key).title.endswith("jas")
    expect(page.locator(f"#d-{key}")).to_be_focused()


def test_strip_leads_to_the_place_in_the_text(page: Page) -> None:
    if page.viewport_size == NARROW:
        page.click("[data-tab=text]")
        page.click(".fates summary")
        expect(page.locator(".shares")).to_be_visible()
        return
    last = page.locator(".strip a").last
    target = last.get_attribute("href") or ""
    last.locator("rect").click()
    expect(page.locator(f"{target}")).to_be_in_viewport()
