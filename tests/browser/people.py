"""People at their own devices: each signs in by the sign-in page, and every page is looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread
from typing import Any

from playwright.sync_api import Browser, Locator, Page, Response, expect

from tests.browser.machine import overflow

WORD = "a-long-word"
WIDE, PHONE = {"width": 1440, "height": 900}, {"width": 360, "height": 780}


@contextmanager
def working() -> Iterator[None]:
    """What `luoshi worker` does, in a thread of the test."""
    stop = Event()
    thread = Thread(target=_work, args=(stop,))
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _work(stop: Event) -> None:
    from django.db import connection
    from django.utils import timezone

    from luoshi.jobs import actions as jobs

    while not stop.wait(0.1):
        jobs.run_waiting(timezone.now)
    connection.close()


class Person:
    """One person before one screen; a fault of any page they meet fails the test at that step."""

    def __init__(self, browser: Browser, base: str, name: str, size: dict[str, int]) -> None:
        self.context = browser.new_context(base_url=base, locale="zh-CN", viewport=size)
        self.name = name
        self.narrow = size["width"] < 700
        self.faults: list[str] = []
        self.page: Page = self.context.new_page()
        self.page.on("pageerror", lambda error: self.faults.append(f"page: {error}"))
        self.page.on("console", self._heard)

    def _heard(self, line: Any) -> None:
        if line.type == "error":
            self.faults.append(f"console: {line.text}")

    def look(self) -> None:
        """No fault said, nothing sticking out sideways."""
        where = self.page.url
        assert self.faults == [], f"{self.name} at {where}: {self.faults}"
        assert overflow(self.page) == [], f"{self.name} at {where}"

    def sign_in(self, there: str) -> None:
        """By the sign-in page, with login and password."""
        self.page.goto(f"/account/login/?next={there}")
        self.look()
        self.page.fill("[name=login]", self.name)
        self.page.fill("[name=password]", WORD)
        self.page.click("main button")
        self.page.wait_for_url(f"**{there}")
        self.look()

    def go(self, there: str) -> Response | None:
        answer = self.page.goto(there)
        self.look()
        return answer

    def find(self, words: str, within: Locator | None = None) -> Locator:
        """The button or link that says exactly these words."""
        where = within or self.page.locator("main")
        return where.locator("button, a").filter(has_text=words).first

    def press(self, what: str | Locator, within: Locator | None = None) -> None:
        """Press a button or link that leads to a page, and look at that page."""
        target = self.find(what, within) if isinstance(what, str) else what
        with self.page.expect_navigation():
            target.click()
        self.page.wait_for_load_state()
        self.look()

    def send(self, button: Locator, told: str) -> None:
        """Press a button whose form a script sends, and wait for the words of the answer."""
        button.click()
        self.told(told)

    def told(self, words: str) -> None:
        expect(self.page.locator("#status")).to_contain_text(words)
        self.look()


def with_password(cast: Any, *names: str) -> None:
    """Give people of the cast a password, as an administrator would."""
    for name in names:
        account = cast.account(name)
        account.set_password(WORD)
        account.save()


Opener = Callable[[str, dict[str, int]], Person]
