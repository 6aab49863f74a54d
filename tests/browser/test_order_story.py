"""One order, clicked: a leader's note, the unit on its phone, the check, the result, the bulletin."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from playwright.sync_api import expect, sync_playwright

from luoshi.supervision.models import Order
from tests.browser.people import PHONE, WIDE, Opener, Person, with_password
from tests.browser.test_scripts import ARGS
from tests.cast import TODAY

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MATTER = "消除东村敬老院消防隐患"


@pytest.fixture(params=[WIDE, PHONE], ids=["desktop", "phone"])
def size(request: Any) -> dict[str, int]:
    return request.param


@pytest.fixture
def calendar(monkeypatch: pytest.MonkeyPatch) -> list[date]:
    """The office's day, which the story turns."""
    day = [TODAY]
    monkeypatch.setattr("luoshi.config.middleware.today", lambda: day[0])
    return day


@pytest.fixture
def enter(
    live_server: Any, cast: Any, settings: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Opener]:
    """Somebody of the cast at their own screen."""
    monkeypatch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    settings.MEDIA_ROOT = tmp_path
    with_password(cast, "lin", "he", "wang", "chen")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=ARGS)
        yield lambda name, at: Person(browser, live_server.url, name, at)
        browser.close()


def test_an_order_from_the_leaders_note_to_its_bulletin(
    enter: Opener, size: dict[str, int], cast: Any, calendar: list[date]
) -> None:
    lin = enter("lin", size)
    order = register(lin)
    wang = enter("wang", PHONE)
    sign_and_report(wang, order)
    he = enter("he", size)
    people = {"lin": lin, "he": he}
    he.sign_in(order)
    check(people, order)
    close(lin, order)
    conclude(he, order)
    bulletin = draft_and_show(lin)
    calendar[0] += timedelta(days=6)
    chen = enter("chen", size)
    chen.sign_in(bulletin)
    chen.press("签发")
    expect(chen.page.locator("main")).to_contain_text("督办通报〔2026〕1号")
    he.go(order)
    expect(he.page.locator("main .tl")).to_contain_text("督办通报〔2026〕1号")
    row = Order.objects.select_related("task").get()
    assert (row.task.state, row.result) == ("completed", "rectified")


def register(lin: Person) -> str:
    """The office writes what the leader wants in its own words, and hands it out in one act."""
    lin.sign_in("/supervision/order/")
    lin.press("登记督办单")
    page = lin.page
    page.get_by_label("督办事项").fill(MATTER)
    page.get_by_label("来源", exact=True).select_option("instruction")
    page.get_by_label("办理要求").fill("更换老化线路，疏通后院通道")
    page.get_by_label("承办单位").select_option(label="东村")
    owner = page.get_by_label("责任人")
    owner.select_option(owner.locator("option", has_text="东村党支部书记").get_attribute("value"))
    lin.press("登记并交办")
    expect(page.locator("main h1")).to_have_text(MATTER)
    expect(page.locator("main")).to_contain_text("待签收")
    return page.url.partition("/supervision/")[1] + page.url.partition("/supervision/")[2]


def sign_and_report(wang: Person, order: str) -> None:
    """On the phone: signed with one tap, reported done with its evidence."""
    wang.sign_in(order)
    expect(wang.page.locator("main")).to_contain_text("等您办理")
    wang.press("签收")
    wang.press("报完成")
    page = wang.page
    page.fill("[name=text]", "线路已更换，通道已疏通")
    evidence = {"name": "验收单.txt", "mimeType": "text/plain", "buffer": "验收合格".encode()}
    page.set_input_files("[name=evidence]", evidence)
    wang.press(page.locator("main form .acts button").first)
    wang.told("已收到")


def check(people: dict[str, Person], order: str) -> None:
    """Whoever was drawn looks at it; the order's page says who that is."""
    he = people["he"]
    he.go(order)
    told = he.page.locator("main").inner_text()
    drawn = he if "等您办理" in told else people["lin"]
    drawn.go(order)
    drawn.press("复核")
    page = drawn.page
    page.locator("[name=outcome][value=true]").check()
    page.locator("[name=method][value=on_site]").check()
    page.locator("[name=note]").fill("到现场看过，线路换新，通道畅通")
    drawn.press(page.locator("main form .acts button").first)


def close(lin: Person, order: str) -> None:
    lin.go(order)
    lin.press("办结销号")


def conclude(he: Person, order: str) -> None:
    """The result is somebody else's to set than whoever did the work; then it is filed."""
    he.go(order)
    he.press("认定结果")
    he.page.get_by_label("结果说明").fill("复核属实，验收单齐全")
    he.press("认定", he.page.locator("main form"))
    expect(he.page.locator("main")).to_contain_text("已整改")


def draft_and_show(lin: Person) -> str:
    """The bulletin of the month praises it; nobody is named for a problem, so nobody replies."""
    lin.go("/briefs/bulletin/new/")
    lin.page.get_by_label("时段起").fill("2026-06-01")
    lin.page.get_by_label("时段止").fill(TODAY.isoformat())
    lin.press("起草", lin.page.locator("main form"))
    expect(lin.page.locator("article")).to_contain_text("东村按时办结1项")
    lin.press("送被通报单位")
    return lin.page.url.partition("/briefs/")[1] + lin.page.url.partition("/briefs/")[2]
