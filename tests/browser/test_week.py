"""The office's week, clicked: drafted on Friday, issued, told of in the meeting, closed a week later."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from playwright.sync_api import expect, sync_playwright

from luoshi.ledger.models import ProgressReport
from luoshi.supervision.models import WeeklyLine, WeeklyList
from tests.browser import machine
from tests.browser.people import PHONE, WIDE, Person, with_password
from tests.browser.test_scripts import ARGS

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FRIDAY = date(2026, 6, 26)
MATTERS = ("清理东村河道垃圾", "修好东村路灯", "排查东村危房")


@pytest.fixture
def calendar(monkeypatch: pytest.MonkeyPatch) -> list[date]:
    """The office's day, which the story turns."""
    day = [FRIDAY]
    monkeypatch.setattr("luoshi.config.middleware.today", lambda: day[0])
    return day


@pytest.fixture(params=[WIDE, PHONE], ids=["desktop", "phone"])
def lin(
    request: Any, live_server: Any, cast: Any, calendar: list[date], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Person]:
    monkeypatch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    with_password(cast, "lin")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=ARGS)
        yield Person(browser, live_server.url, "lin", request.param)
        browser.close()


def test_a_week_from_its_draft_to_its_close(lin: Person, calendar: list[date]) -> None:
    page = lin.page
    lin.sign_in("/supervision/week/")
    lin.press("起草清单")
    lin.told("清单已起草")
    for matter in MATTERS:
        lin.press("补充一项")
        page.get_by_label("本周工作").fill(matter)
        page.get_by_label("责任单位").select_option(label="东村")
        lin.press("补充", page.locator("main form"))
    expect(page.locator("table.weekly tbody tr")).to_have_count(3)
    assert machine.axe(page) == []
    lin.press("印发")
    row = WeeklyList.objects.get()
    assert (row.state, row.to_on) == ("issued", FRIDAY + timedelta(days=7))

    calendar[0] = row.to_on
    lin.go(f"/supervision/week/{row.pk}/")
    lin.press("例会登记和结清")
    assert machine.lost_forms(page) == []
    assert machine.axe(page) == []
    lines = {line.text: line for line in row.lines.all()}
    done, over, off = (lines[matter].pk for matter in MATTERS)
    page.locator(f"[name=said-{done}]").fill("清完两公里，垃圾已外运")
    page.locator(f"[name=outcome-{done}][value=done]").check()
    page.locator(f"[name=said-{over}]").fill("灯杆已到，差两盏")
    page.locator(f"[name=outcome-{over}][value=carried]").check()
    page.locator(f"[name=outcome-{off}][value=cancelled]").check()
    page.get_by_role("button", name="结清清单").click()
    expect(page.locator("[data-refusal]")).to_contain_text("理由")
    lin.faults.clear()  # the browser says of a refused form that it was refused
    expect(page.locator(f"[name=said-{done}]")).to_have_value("清完两公里，垃圾已外运")
    page.locator(f"[name=reason-{off}]").fill("县里统一排查")
    lin.press("结清清单")
    expect(page.locator("main")).to_contain_text("完成1项，结转1项，取消1项")
    assert machine.overflow(page) == []
    outcomes = dict(WeeklyLine.objects.values_list("pk", "outcome"))
    assert outcomes == {done: "done", over: "carried", off: "cancelled"}
    heard = ProgressReport.objects.filter(channel="meeting")
    assert {one.text for one in heard} == {"清完两公里，垃圾已外运", "灯杆已到，差两盏"}
    lin.go("/supervision/week/")
    lin.press("起草清单")
    expect(page.locator("table.weekly tbody tr").first).to_contain_text("修好东村路灯")
    expect(page.locator("table.weekly tbody tr").first).to_contain_text("上周结转")
