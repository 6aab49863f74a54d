"""The timetable by hand: a project that cannot be done in time, a way out by click, a bar dragged."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import BrowserContext, expect, sync_playwright

from luoshi.goals import actions as goals
from luoshi.goals.models import Plan
from luoshi.jobs.actions import run_waiting
from luoshi.ledger import actions, studies
from luoshi.ledger.actions import NewTask
from luoshi.ledger.models import Dependency, Task
from luoshi.ledger.queries import Roles
from tests.browser.test_ledger import SIZES, sign_in
from tests.browser.test_scripts import ARGS
from tests.cast import TODAY

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NOW = datetime(2026, 6, 18, 2, 0, tzinfo=UTC)


@pytest.fixture
def road(cast: Any, monkeypatch: pytest.MonkeyPatch) -> Task:
    """A project whose works wait for their tender and are due too early, in a plan in force."""
    monkeypatch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    told = {"actor": cast.actor("lin"), "today": TODAY}
    plan = Plan.objects.get(pk=goals.create_plan(**told, unit=cast.town, year=2026).id)
    roles = Roles(
        lead_leader=cast.posts["liu"].pk, lead_unit=cast.east.pk, owner=cast.posts["wang"].pk
    )
    top = NewTask(title="修通产业路", is_project=True, due_on=date(2026, 10, 30), roles=roles)
    tender = NewTask(
        title="施工招标", parent_id=top.id, duration_days=30, roles=roles,
        starts_on=date(2026, 6, 22), due_on=date(2026, 8, 14),
    )  # fmt: skip
    works = NewTask(
        title="路面施工", parent_id=top.id, duration_days=50, roles=roles,
        starts_on=date(2026, 7, 20), due_on=date(2026, 9, 18),
    )  # fmt: skip
    actions.register_tasks(**told, now=NOW, items=[top, tender, works], plan=plan)
    before, after = Task.objects.get(pk=tender.id), Task.objects.get(pk=works.id)
    actions.add_dependency(**told, now=NOW, task=after, predecessor=before)
    Plan.objects.filter(pk=plan.pk).update(state=Plan.State.IN_FORCE)
    return Task.objects.get(pk=top.id)


@pytest.fixture
def browser(road: Task, live_server: Any, today: Any) -> Iterator[BrowserContext]:
    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path="/usr/bin/chromium", args=ARGS)
        yield chromium.new_context(base_url=live_server.url, locale="zh-CN", viewport=SIZES["wide"])
        chromium.close()


def test_way_out_by_click_makes_the_plan_feasible(
    browser: BrowserContext, cast: Any, road: Task, live_server: Any
) -> None:
    page = sign_in(browser, cast, "lin", "zh-hans", live_server.url)
    page.goto("/ledger/timetable/")
    page.locator("tr", has_text="来不及").locator("a", has_text="修通产业路").click()
    expect(page.locator("main h2").first).to_have_text("来不及")
    page.locator("a", has_text="采用这条出路").first.click()
    expect(page.locator("main h2").first).to_have_text("改动以后来得及")
    assert [rule["id"] for rule in Axe().run(page).response["violations"]] == []
    page.fill("[name=reason]", "增加作业面")
    page.locator("button", has_text="保存改动").click()
    expect(page.locator("main h2").first).to_have_text("来得及")
    expect(page.locator("#status")).to_contain_text("工期已调整")


def test_levelled_by_hands_and_taken_by_click(
    browser: BrowserContext, cast: Any, road: Task, live_server: Any, monkeypatch: Any
) -> None:
    """高级: a person's hands are named, the worker levels, the reasons are read, one click takes it."""
    monkeypatch.setitem(
        studies.SECONDS, "short", 0
    )  # the rule alone: what searches has its own tests
    Task.objects.filter(title="路面施工").update(starts_on=date(2026, 6, 22))
    Dependency.objects.all().delete()
    page = sign_in(browser, cast, "lin", "zh-hans", live_server.url)
    page.goto("/ledger/timetable/")
    expect(page.locator("#load, [hx-get*=load]").first).to_be_attached()
    page.locator("a", has_text="高级").click()
    page.locator("dt", has_text="人手与设备").locator("xpath=following-sibling::dd[1]/a").click()
    page.locator("[name^='unit.']").first.fill("1")
    page.locator("[name^='each.']").first.fill("0.6")
    page.locator("button", has_text="保存人手与设备").click()
    page.locator("button", has_text="按人手安排").click()
    expect(page.locator("h2").first).to_have_text("正在按人手安排")
    run_waiting(timezone.now)
    expect(page.locator("h2", has_text="要动什么，为什么")).to_be_visible()
    row = page.locator("section", has_text="要动什么").locator("tbody tr").first
    expect(row).to_contain_text("东村在2026-06-22人手已满（施工招标）")
    assert [rule["id"] for rule in Axe().run(page).response["violations"]] == []
    page.fill("[name=reason]", "错峰")
    page.locator("button", has_text="采用这个安排").click()
    expect(page.locator("#status")).to_contain_text("已按人手调整1项")
    page.locator("#gantt").scroll_into_view_if_needed()
    page.goto("/ledger/timetable/load/?week=2026-06-22")
    expect(page.locator("tbody tr", has_text="施工招标")).to_contain_text("0.6")


def test_own_dates_are_read_at_an_address_shown_once(
    browser: BrowserContext, cast: Any, road: Task, live_server: Any
) -> None:
    Task.objects.update(state=Task.State.UNDER_WAY)
    page = sign_in(browser, cast, "wang", "zh-hans", live_server.url)
    page.goto("/home/year/")
    page.locator("a", has_text="日程订阅").click()
    page.locator("button", has_text="生成订阅地址").click()
    address = page.locator("[data-made]").input_value()
    assert [rule["id"] for rule in Axe().run(page).response["violations"]] == []
    stranger = page.context.browser.new_context()  # type: ignore[union-attr]
    answer = stranger.request.get(address)
    assert answer.ok
    assert "DTSTART;VALUE=DATE:20260814" in answer.text()
    page.locator("button", has_text="停用订阅地址").click()
    expect(page.locator("#status")).to_contain_text("已停用")
    assert stranger.request.get(address).status == 404
    stranger.close()


def test_chart_and_map_are_seen_and_no_sheet_of_paper_cuts_a_row(
    browser: BrowserContext, cast: Any, road: Task, live_server: Any
) -> None:
    page = sign_in(browser, cast, "lin", "zh-hans", live_server.url)
    page.goto("/ledger/timetable/?view=map")
    box = page.locator(".gantt.map").bounding_box()
    assert box is not None
    assert box["height"] > 40, "a map that nobody sees is none"
    Task.objects.bulk_create(
        Task(
            jurisdiction=road.jurisdiction, plan_id=road.plan_id, unit_id=road.unit_id, number=f"B-{n}",
            tree=f"{n + 5000:04x}/", title=f"第{n}号事项", state="under_way", state_since=TODAY,
            starts_on=TODAY, due_on=date(2026, 12, 18), duration_days=5, weight_sum=100, missing_sum=100,
        )
        for n in range(70)
    )  # fmt: skip
    page.goto("/ledger/timetable/")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    sheets = page.eval_on_selector_all(
        "#gantt svg", "all => all.map(one => one.querySelectorAll('rect.bar, rect.sum').length)"
    )
    assert len(sheets) == 3
    assert sum(sheets) == 73
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.locator("#gantt svg").count() == 1


def test_bar_dragged_or_typed_shows_what_moves_and_saves_nothing(
    browser: BrowserContext, cast: Any, road: Task, live_server: Any
) -> None:
    page = sign_in(browser, cast, "lin", "zh-hans", live_server.url)
    page.goto(f"/ledger/timetable/?task={road.pk}")
    box = page.locator("#gantt rect.bar.free").first.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 3, box["y"] + 6)
    page.mouse.down()
    page.mouse.move(box["x"] + 3 + 7 * 6, box["y"] + 6, steps=4)
    page.mouse.up()
    page.wait_for_url("**/consider/**")
    row = page.locator("tbody tr", has_text="施工招标").first
    expect(row).to_contain_text("2026-06-22")
    expect(row).to_contain_text("2026-06-29")
    expect(page.locator("section", has_text="随之变化")).to_contain_text("路面施工")
    page.locator("a", has_text="返回工期").click()
    page.locator("a", has_text="以表格查看").click()
    page.locator("tr", has_text="路面施工").locator("a", has_text="改日期").click()
    field = page.locator("tr#edit input[type=number]")
    field.fill("60")
    field.press("Enter")
    expect(page.locator("tbody tr", has_text="路面施工").first).to_contain_text("60")
    assert set(Task.objects.filter(parent=road).values_list("duration_days", flat=True)) == {30, 50}
