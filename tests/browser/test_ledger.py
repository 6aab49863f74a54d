"""The ledger in a real browser: what is drawn, and what people tap."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import BrowserContext, Page, expect, sync_playwright

from luoshi.goals import actions as goals
from luoshi.goals.models import Plan, WorkLine
from luoshi.ledger import actions
from luoshi.ledger.actions import NewMilestone, NewTask, Said
from luoshi.ledger.models import ProgressReport, Task
from luoshi.ledger.queries import Roles
from tests.browser.test_scripts import ARGS
from tests.cast import TODAY

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NOW = datetime(2026, 6, 18, 2, 0, tzinfo=UTC)
SIZES = {"wide": {"width": 1440, "height": 900}, "narrow": {"width": 360, "height": 780}}
BARS = 290


@pytest.fixture
def town(cast: Any, monkeypatch: pytest.MonkeyPatch) -> Task:
    """A plan of some 300 items; the one returned has a child, a node and a report."""
    monkeypatch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    lin, wang = cast.actor("lin"), cast.actor("wang")
    told = {"actor": lin, "today": TODAY}
    plan = Plan.objects.get(pk=goals.create_plan(**told, unit=cast.town, year=2026).id)
    line = WorkLine.objects.get(pk=goals.add_line(**told, plan=plan, name="工业强镇").id)
    roles = Roles(
        lead_leader=cast.posts["liu"].pk, lead_unit=cast.east.pk,
        supporting=(cast.economy.pk,), owner=cast.posts["wang"].pk,
    )  # fmt: skip
    top = NewTask(
        title="修通东村产业路并完成验收", roles=roles, line_id=line.pk, due_on=date(2026, 7, 20)
    )
    node = NewMilestone(title="路基完成", due_on=TODAY + timedelta(days=2))
    leaf = NewTask(
        title="第1标段路面施工", parent_id=top.id, roles=roles, starts_on=date(2026, 6, 1),
        duration_days=60, due_on=date(2026, 7, 10), milestones=(node,),
    )  # fmt: skip
    many = [
        NewTask(
            title=f"批量事项{n}号，内容较长用于检查换行", line_id=line.pk, roles=roles,
            starts_on=date(2026, 7, 1) + timedelta(days=n % 90), due_on=date(2026, 12, 20),
        )
        for n in range(BARS)
    ]  # fmt: skip
    actions.register_tasks(**told, now=NOW, items=[top, leaf, *many], plan=plan)
    row = Task.objects.get(pk=leaf.id)
    actions.assign(**told, now=NOW, task=row)
    actions.sign_for(actor=wang, today=TODAY, now=NOW, task=row)
    said = Said(text="砂石已进场", progress=2000, blocker="用地指标未批")
    early = TODAY - timedelta(days=20)
    actions.report(actor=wang, today=early, now=NOW - timedelta(days=20), task=row, said=said)
    return row


@pytest.fixture(params=SIZES, ids=list(SIZES))
def browser(request: Any, town: Task, live_server: Any, today: Any) -> Iterator[BrowserContext]:
    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path="/usr/bin/chromium", args=ARGS)
        yield chromium.new_context(
            base_url=live_server.url, locale="zh-CN", viewport=SIZES[request.param]
        )
        chromium.close()


def sign_in(browser: BrowserContext, cast: Any, name: str, language: str, base: str) -> Page:
    client = Client()
    client.force_login(cast.account(name), backend="django.contrib.auth.backends.ModelBackend")
    browser.add_cookies(
        [
            {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": base},
            {"name": "django_language", "value": language, "url": base},
        ]
    )
    return browser.new_page()


def test_timetable_opens_at_today_and_draws_only_what_is_in_view(
    browser: BrowserContext, cast: Any, town: Task, live_server: Any
) -> None:
    page = sign_in(browser, cast, "lin", "zh-hans", live_server.url)
    page.goto("/ledger/timetable/")
    expect(page.locator("#gantt line.now")).to_have_count(1)
    assert page.evaluate("document.getElementById('gantt').scrollLeft") > 0
    assert page.evaluate("document.querySelectorAll('*').length") < 2_000
    page.evaluate("document.getElementById('gantt').scrollTop = 1e6")
    expect(page.locator("#gantt a", has_text="批量").last).to_be_visible()
    assert page.locator("#gantt a").count() < 80


def test_one_line_on_the_phone_reports_once_even_without_network(
    browser: BrowserContext, cast: Any, town: Task, live_server: Any
) -> None:
    page = sign_in(browser, cast, "wang", "zh-hans", live_server.url)
    page.goto("/ledger/my-week/")
    card = page.locator(f"#t-{town.pk}")
    card.locator("[name=text]").fill("路基快完了")
    browser.set_offline(True)
    card.locator("text=报送").click()
    expect(page.locator("#status .toast")).to_contain_text("网络")
    browser.set_offline(False)
    expect(page.locator("#status .toast", has_text="已送达")).to_be_visible()
    assert ProgressReport.objects.filter(text="路基快完了").count() == 1
