"""A page at the live server, signed in as one of the cast by the sign-in page."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Page, sync_playwright

from tests.browser.test_scripts import ARGS

WORD = "a-long-word"


@contextmanager
def page_of(live_server: Any, cast: Any, name: str, there: str) -> Iterator[Page]:
    """The page at an address, as the person sees it; an error of any script fails the test."""
    account = cast.account(name)
    account.set_password(WORD)
    account.save()
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=ARGS)
        page = browser.new_context(base_url=live_server.url, locale="zh-CN").new_page()
        wrong: list[str] = []
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto(f"/account/login/?next={there}")
        page.fill("[name=login]", name)
        page.fill("[name=password]", WORD)
        page.click("main button")
        page.wait_for_url(f"**{there}")
        yield page
        browser.close()
    assert wrong == []
