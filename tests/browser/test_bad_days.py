"""Bad days at the screen: a session that ends, a nervous finger, two people at once, no network.

Each ends the same way: a clear word, nothing lost, nothing written twice.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Browser, Locator, Route, expect, sync_playwright

from luoshi.goals import actions as goals
from luoshi.goals.models import Plan, WorkLine
from luoshi.ledger import actions
from luoshi.ledger.actions import NewTask
from luoshi.ledger.models import ProgressReport, Task
from luoshi.ledger.queries import Roles
from tests.browser.people import PHONE, WIDE, WORD, Person, with_password
from tests.browser.test_scripts import ARGS
from tests.cast import TODAY

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NOW = datetime(2026, 6, 18, 2, 0, tzinfo=UTC)
WEEK = "/ledger/my-week/"
TEXT = "路基已完成三公里，明天铺油"


@pytest.fixture
def task(cast: Any, today: date, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Task:  # fmt: skip
    """An item that Wang has signed for; nothing is owed on it for months."""
    monkeypatch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    settings.MEDIA_ROOT = tmp_path
    with_password(cast, "lin", "he", "wang")
    told = {"actor": cast.actor("lin"), "today": today}
    plan = Plan.objects.get(pk=goals.create_plan(**told, unit=cast.town, year=2026).id)
    line = WorkLine.objects.get(pk=goals.add_line(**told, plan=plan, name="乡村道路").id)
    roles = Roles(
        lead_leader=cast.posts["liu"].pk, lead_unit=cast.east.pk, owner=cast.posts["wang"].pk
    )
    new = NewTask(title="修通东村产业路", line_id=line.pk, roles=roles, due_on=date(2026, 11, 20))
    made = actions.register_task(**told, now=NOW, new=new, plan=plan)
    row = Task.objects.get(pk=made.id)
    actions.assign(**told, now=NOW, task=row)
    actions.sign_for(actor=cast.actor("wang"), today=TODAY, now=NOW, task=row)
    return Task.objects.get(pk=made.id)


@pytest.fixture
def browser(task: Task) -> Iterator[Browser]:
    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path="/usr/bin/chromium", args=ARGS)
        yield chromium
        chromium.close()


@pytest.fixture
def wang(browser: Browser, live_server: Any) -> Person:
    """Wang on the phone, at his week."""
    person = Person(browser, live_server.url, "wang", PHONE)
    person.sign_in(WEEK)
    return person


def card(person: Person, task: Task) -> Locator:
    """The card of the item, opened, with its one line."""
    found = person.page.locator(".card", has_text=task.title)
    if found.get_attribute("open") is None:
        found.locator("summary").click()
    return found


def reports() -> list[str]:
    return list(ProgressReport.objects.values_list("text", flat=True))


@pytest.mark.parametrize("place", ["week", "report"])
def test_report_half_written_when_the_session_ends_is_there_after_signing_in(
    wang: Person, task: Task, place: str
) -> None:
    there = WEEK if place == "week" else f"/ledger/task/{task.pk}/report/"
    wang.go(there)
    form = card(wang, task) if place == "week" else wang.page.locator("main form")
    form.locator("[name=text]").fill(TEXT)
    Session.objects.all().delete()
    form.locator("button", has_text="报送").click()
    wang.page.wait_for_selector("[name=login]")
    assert reports() == []
    wang.page.fill("[name=login]", "wang")
    wang.page.fill("[name=password]", WORD)
    wang.page.click("main button")
    wang.page.wait_for_url(f"**{there}")
    wang.look()
    expect(wang.page.locator(".kept")).to_be_visible()
    expect(wang.page.locator(".kept")).to_contain_text("已恢复")
    kept = wang.page.locator("main form", has=wang.page.locator(".kept"))
    expect(kept.locator("[name=text]")).to_have_value(TEXT)
    wang.send(kept.locator("button", has_text="报送"), "已收到")
    assert reports() == [TEXT]
    wang.go(there)
    expect(wang.page.locator(".kept")).to_have_count(0)


def test_double_click_on_submit_reports_once(wang: Person, task: Task) -> None:
    line = card(wang, task)
    line.locator("[name=text]").fill(TEXT)
    line.locator("button", has_text="报送").dblclick()
    wang.told("已收到")
    assert reports() == [TEXT]


def test_double_click_with_evidence_reports_once(wang: Person, task: Task) -> None:
    wang.go(f"/ledger/task/{task.pk}/report/")
    form = wang.page.locator("main form")
    form.locator("[name=text]").fill(TEXT)
    proof = {"name": "验收单.txt", "mimeType": "text/plain", "buffer": "验收合格".encode()}
    form.locator("[name=evidence]").set_input_files(proof)  # type: ignore[arg-type]
    form.locator(".acts button").dblclick()
    wang.told("已收到")
    assert reports() == [TEXT]
    assert ProgressReport.objects.get().task.pk == task.pk


def test_double_click_without_scripts_reports_once(
    browser: Browser, live_server: Any, task: Task
) -> None:
    context = browser.new_context(
        base_url=live_server.url, viewport=PHONE, java_script_enabled=False, locale="zh-CN"
    )
    page = context.new_page()
    page.goto(f"/account/login/?next=/ledger/task/{task.pk}/report/")
    page.fill("[name=login]", "wang")
    page.fill("[name=password]", WORD)
    page.click("main button")
    page.wait_for_url("**/report/")
    page.fill("[name=text]", TEXT)
    page.locator("main form .acts button").dblclick()
    page.wait_for_url(f"**/ledger/task/{task.pk}/")
    expect(page.locator("main")).to_contain_text(TEXT)
    assert reports() == [TEXT]


def two_at_the_form(browser: Browser, base: str, address: str) -> tuple[Person, Person]:
    """Lin at the desk and He on the phone, both with the same form open."""
    both = Person(browser, base, "lin", WIDE), Person(browser, base, "he", PHONE)
    for person in both:
        person.sign_in(address)
    return both


def refused(person: Person, status: int = 409) -> None:
    """The browser itself says the status in its console; nothing else was said."""
    assert all(str(status) in fault for fault in person.faults), person.faults
    person.faults.clear()


def test_second_to_save_sees_both_values_and_decides(
    browser: Browser, live_server: Any, task: Task
) -> None:
    lin, he = two_at_the_form(browser, live_server.url, f"/ledger/task/{task.pk}/edit/")
    he.page.fill("[name=title]", "修通东村产业路六公里")
    he.press("保存")
    he.told("已保存")
    lin.page.fill("[name=title]", "修通东村产业路并硬化")
    with lin.page.expect_navigation() as answer:
        lin.find("保存").click()
    assert answer.value is not None
    assert answer.value.status == 409
    refused(lin)
    lin.look()
    shown = lin.page.locator("table.halves")
    expect(shown).to_contain_text("修通东村产业路并硬化")
    expect(shown).to_contain_text("修通东村产业路六公里")
    task.refresh_from_db()
    assert task.title == "修通东村产业路六公里", "the first save stands until she decides"
    expect(lin.page.locator("[name=title]")).to_have_value("修通东村产业路并硬化")
    lin.press("保存")
    lin.told("已保存")
    task.refresh_from_db()
    assert task.title == "修通东村产业路并硬化"


def test_second_to_move_is_told_and_nothing_is_overwritten(
    browser: Browser, live_server: Any, task: Task
) -> None:
    address = f"/ledger/task/{task.pk}/milestones/"
    lin, he = two_at_the_form(browser, live_server.url, address)
    for person, title in ((he, "路基完成"), (lin, "桥涵完成")):
        person.page.fill("[name=node-0-title]", title)
        person.page.fill("[name=node-0-due_on]", "2026-09-30")
    he.press("保存")
    he.told("已保存")
    with lin.page.expect_navigation() as answer:
        lin.find("保存").click()
    assert answer.value is not None
    assert answer.value.status == 409
    refused(lin)
    lin.look()
    expect(lin.page.locator("h1")).to_contain_text("他人已先保存")
    assert [node.title for node in task.milestones.all()] == ["路基完成"]


def test_report_without_network_waits_on_the_phone_and_goes_once(wang: Person, task: Task) -> None:
    line = card(wang, task)
    line.locator("[name=text]").fill(TEXT)
    wang.context.set_offline(True)
    line.locator("button", has_text="报送").click()
    expect(wang.page.locator("#status")).to_contain_text("网络不通")
    expect(wang.page.locator("[data-outbox-count]")).to_have_text("待发送 1 条")
    assert reports() == []
    wang.context.set_offline(False)
    expect(wang.page.locator("#status")).to_contain_text("已送达")
    assert reports() == [TEXT]
    wang.faults.clear()  # the browser's own word for the lost network
    wang.go(WEEK)
    expect(wang.page.locator("[data-outbox-count]")).to_be_hidden()
    assert reports() == [TEXT]


def test_report_whose_answer_was_lost_is_sent_again_and_counted_once(
    wang: Person, task: Task
) -> None:
    """The server wrote the report, and the line broke before it could say so."""

    def lose(route: Route) -> None:
        route.fetch()
        route.abort()

    wang.page.route("**/report/", lose)
    line = card(wang, task)
    line.locator("[name=text]").fill(TEXT)
    line.locator("button", has_text="报送").click()
    expect(wang.page.locator("#status")).to_contain_text("网络不通")
    assert reports() == [TEXT]
    wang.page.unroute("**/report/")
    wang.faults.clear()  # the browser's own word for the lost answer
    wang.go(WEEK)
    expect(wang.page.locator("#status")).to_contain_text("已送达")
    assert reports() == [TEXT]
