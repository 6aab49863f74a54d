"""The frame's scripts in a real browser: what is typed is kept, what is sent is sent once."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, sync_playwright

from tests.browser import desk

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.browser.desk"),
]
ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture
def page(live_server: Any, cast: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Page]:
    """A page at the live server, signed in as Ma; a page error fails the test."""
    monkeypatch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    account = cast.account("ma")
    account.set_password("a-long-word")
    account.save()
    desk.received.clear()
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=ARGS)
        context = browser.new_context(base_url=live_server.url, locale="zh-CN")
        page = context.new_page()
        faults: list[str] = []
        page.on("pageerror", lambda error: faults.append(str(error)))
        sign_in(page, "/desk/keep/")
        yield page
        browser.close()
    assert faults == []


def sign_in(page: Page, there: str) -> None:
    page.goto(f"/account/login/?next={there}")
    page.fill("[name=login]", "ma")
    page.fill("[name=password]", "a-long-word")
    page.click("main button")
    page.wait_for_url(f"**{there}")


def test_half_written_form_survives_an_expired_session(page: Page) -> None:
    page.fill("#text", "写到一半的报告")
    page.context.clear_cookies(name="sessionid")
    page.click("text=send")
    page.wait_for_url("**/account/login/**")
    assert desk.received == []
    page.fill("[name=login]", "ma")
    page.fill("[name=password]", "a-long-word")
    page.click("main button")
    page.wait_for_url("**/desk/keep/")
    assert page.input_value("#text") == "写到一半的报告"
    assert "已恢复" in page.inner_text(".kept")
    page.click("text=send")
    page.wait_for_selector(".toast")
    page.reload()
    assert page.input_value("#text") == ""


def test_refused_form_is_kept_and_can_be_discarded(page: Page) -> None:
    page.fill("#text", "refuse")
    page.click("text=send")
    page.wait_for_selector(".toast.error")
    assert page.input_value("#text") == "refuse"
    page.click(".kept button")
    assert page.input_value("#text") == ""
    page.reload()
    assert page.input_value("#text") == ""


def test_sign_out_wipes_what_was_kept(page: Page) -> None:
    page.fill("#text", "写到一半的报告")
    page.click("summary.who")
    page.click("form[data-sign-out] button")
    page.wait_for_load_state()
    assert page.evaluate("Object.keys(localStorage).filter(k => k.startsWith('luoshi.'))") == []


def test_double_click_sends_once(page: Page) -> None:
    page.fill("#text", "两次")
    page.evaluate(
        "() => { const b = document.querySelector('main button[name=act]'); b.click(); b.click() }"
    )
    page.wait_for_selector(".toast")
    assert [item["text"] for item in desk.received] == ["两次"]


def test_phone_report_without_network_goes_once_when_it_is_back(page: Page) -> None:
    page.goto("/desk/outbox/")
    page.fill("#text", "路上报的")
    page.context.set_offline(True)
    page.click("text=send")
    page.wait_for_selector(".toast.error")
    assert page.inner_text("[data-outbox-count]") == "待发送 1 条"
    assert desk.received == []
    page.context.set_offline(False)
    page.wait_for_selector("text=待发送的报告已送达")
    assert [item["text"] for item in desk.received] == ["路上报的"]
    assert desk.received[0]["act"] == "send"
    page.reload()
    assert not page.is_visible("[data-outbox-count]")
    assert len(desk.received) == 1


def test_phone_report_with_network_shows_the_answer(page: Page) -> None:
    page.goto("/desk/outbox/")
    page.fill("#text", "在线")
    page.click("text=send")
    page.wait_for_selector("text=已收到")
    page.fill("#text", "refuse")
    page.click("text=send")
    page.wait_for_selector("text=原因在此")
    assert [item["text"] for item in desk.received] == ["在线", "refuse"]


def test_waiting_report_is_named_before_sign_out(page: Page) -> None:
    page.goto("/desk/outbox/")
    page.fill("#text", "还没送到")
    page.context.set_offline(True)
    page.click("text=send")
    page.wait_for_selector(".toast.error")
    page.click("summary.who")
    page.click("form[data-sign-out] button")
    page.wait_for_selector("text=还有 1 条报告没有送达")


def test_display_menu_changes_at_once_and_stays(page: Page) -> None:
    page.click("text=显示")
    page.click("button[value=dark]")
    assert page.get_attribute("html", "data-theme") == "dark"
    page.click("button[value=large]")
    page.reload()
    assert page.get_attribute("html", "data-theme") == "dark"
    assert page.get_attribute("html", "data-print-size") == "large"


def test_menu_closes_with_escape(page: Page) -> None:
    page.click("summary.who")
    assert page.is_visible("form[data-sign-out]")
    page.keyboard.press("Escape")
    assert not page.is_visible("form[data-sign-out]")
    page.keyboard.press("?")
    assert page.is_visible("#keys")
