"""How long a form is worked at: counted from the first touch, idle time left out, a refusal kept."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from luoshi.burden.models import FormTiming
from tests.browser.signed import page_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
THERE = "/burden/outside/"


@pytest.fixture
def page(
    live_server: Any, cast: Any, today: Any, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Page]:
    """The form of an ask outside the system, on a clock that the test moves."""
    monkeypatch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    with page_of(live_server, cast, "wang", THERE) as page:
        page.clock.install()
        page.goto(THERE)
        yield page


def wait(page: Page, seconds: int) -> None:
    page.clock.fast_forward(1000 * seconds)


def fill(page: Page, minutes: str) -> None:
    """Twelve seconds of work, and a minute away from the desk of which half is believed."""
    page.get_by_label("群").first.check()
    wait(page, 7)
    page.get_by_label("要了什么").fill("防返贫监测表")
    wait(page, 60)
    page.get_by_label("用时（分钟）").fill(minutes)
    wait(page, 5)


def send(page: Page) -> None:
    page.get_by_role("button", name="登记", exact=True).click()


def test_idle_time_is_left_out_of_what_a_form_took(page: Page) -> None:
    wait(page, 200)  # reading the page is not filling the form
    fill(page, "20")
    send(page)
    expect(page.get_by_role("cell", name="20", exact=True)).to_be_visible()
    row = FormTiming.objects.get()
    assert (row.form, row.fields, row.times) == ("burden.outside", 4, 1)
    assert row.seconds in {45, 50}  # 7 + 30 + 5, and what the machine took


def test_a_refused_form_goes_on_counting_from_where_it_was(page: Page) -> None:
    fill(page, "0")
    page.eval_on_selector("form[data-keep=outside]", "form => { form.noValidate = true; }")
    send(page)
    expect(page.locator(".field.wrong")).to_be_visible()
    assert not FormTiming.objects.exists()
    page.get_by_label("用时（分钟）").fill("20")
    wait(page, 9)
    send(page)
    expect(page.get_by_role("cell", name="20", exact=True)).to_be_visible()
    assert FormTiming.objects.get().seconds in {55, 60}
