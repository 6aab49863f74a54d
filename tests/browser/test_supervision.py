"""Supervision in a real browser: the desk and its forms fit, and a task is checked and closed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect, sync_playwright

from luoshi.goals import actions as goals
from luoshi.goals.models import Plan, WorkLine
from luoshi.ledger import actions as ledger
from luoshi.ledger.actions import NewTask, Said
from luoshi.ledger.models import Task
from luoshi.ledger.queries import Roles
from luoshi.supervision import actions
from luoshi.supervision.models import Verification
from luoshi.supervision.queries import drawn_for
from tests.browser.test_ledger import sign_in
from tests.browser.test_scripts import ARGS
from tests.cast import TODAY

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NOW = datetime(2026, 6, 18, 2, 0, tzinfo=UTC)
SIZES = {"wide": {"width": 1440, "height": 900}, "narrow": {"width": 360, "height": 780}}


@pytest.fixture
def tasks(cast: Any, monkeypatch: pytest.MonkeyPatch) -> dict[str, Task]:
    """One task of each kind that the desk tells: late, soon, reported done, asking, disputed."""
    monkeypatch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    lin, wang = cast.actor("lin"), cast.actor("wang")
    told: dict[str, Any] = {"actor": lin, "today": TODAY}
    plan = Plan.objects.get(pk=goals.create_plan(**told, unit=cast.town, year=2026).id)
    line = WorkLine.objects.get(pk=goals.add_line(**told, plan=plan, name="乡村振兴").id)
    roles = Roles(
        lead_leader=cast.posts["liu"].pk, lead_unit=cast.east.pk, owner=cast.posts["wang"].pk
    )
    dues = {
        "late": TODAY - timedelta(days=12), "blocked": TODAY - timedelta(days=1),
        "soon": TODAY + timedelta(days=1), "done": date(2026, 7, 20),
        "asking": date(2026, 8, 31), "disputed": date(2026, 9, 30),
    }  # fmt: skip
    titles = {
        "late": "东村饮水安全巩固提升工程完成管网改造4.6公里", "blocked": "东村养老服务站开工",
        "soon": "上半年农村人居环境整治自查", "done": "修通东村产业路并完成验收",
        "asking": "建成农产品冷链仓储设施1处", "disputed": "河道划界确权",
    }  # fmt: skip
    rows: dict[str, Task] = {}
    for name, due in dues.items():
        new = NewTask(title=titles[name], roles=roles, line_id=line.pk, due_on=due)
        made = ledger.register_task(**told, now=NOW, new=new, plan=plan, reason="补录")
        rows[name] = Task.objects.get(pk=made.id)
        ledger.assign(**told, now=NOW, task=rows[name])
        if name != "disputed":
            ledger.sign_for(actor=wang, today=TODAY, now=NOW, task=rows[name])
    by_wang: dict[str, Any] = {"actor": wang, "today": TODAY, "now": NOW}
    said = Said(text="用地手续在办", blocker="用地指标未批", blocker_needs_id=cast.economy.pk)
    ledger.report(**by_wang, task=rows["blocked"], said=said)
    ledger.report_done(**by_wang, task=rows["done"], said=Said(text="路已通车，村民可走"))
    actions.ask_extension(
        **by_wang, task=rows["asking"], new_due_on=date(2026, 10, 31), reason="汛期停工20天"
    )
    for _twice in range(2):
        ledger.return_to_assigner(
            **by_wang, task=rows["disputed"], reason="不属本村", competent_unit=cast.economy
        )
        if _twice == 0:
            ledger.assign(**told, now=NOW, task=rows["disputed"])
    for row in rows.values():
        row.refresh_from_db()
    return rows


@pytest.fixture(params=SIZES, ids=list(SIZES))
def browser(request: Any, tasks: Any, live_server: Any, today: Any) -> Iterator[BrowserContext]:
    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path="/usr/bin/chromium", args=ARGS)
        yield chromium.new_context(
            base_url=live_server.url, locale="zh-CN", viewport=SIZES[request.param]
        )
        chromium.close()


def drawn(cast: Any, task: Task) -> str:
    person = drawn_for(cast.actor("lin"), TODAY, [task])[task.pk]
    return next(name for name in ("lin", "he") if cast.people[name] == person)


def looked_at(page: Page, address: str, faults: list[str]) -> None:
    page.goto(address)
    page.wait_for_load_state("networkidle")
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wide) <= 0, f"{address} scrolls sideways"
    found = [rule["id"] for rule in Axe().run(page).response["violations"]]
    assert found == [], f"{address}: {found}"
    assert faults == [], address


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_desk_the_panel_and_the_forms_fit_and_say_no_fault(
    browser: BrowserContext, cast: Any, tasks: dict[str, Task], live_server: Any, language: str
) -> None:
    done, asking = tasks["done"].pk, tasks["asking"].pk
    pages = {
        drawn(cast, tasks["done"]): [
            "/supervision/", f"/ledger/task/{done}/", f"/supervision/task/{done}/",
            f"/supervision/task/{done}/verify/", f"/supervision/task/{done}/return/",
        ],
        "liu": [
            "/supervision/", f"/ledger/task/{asking}/",
            f"/supervision/task/{asking}/extension/agree/",
            f"/supervision/task/{asking}/extension/refuse/",
        ],
        "wang": [f"/supervision/task/{tasks['soon'].pk}/extension/", f"/ledger/task/{asking}/"],
    }  # fmt: skip
    for who, addresses in pages.items():
        page = sign_in(browser, cast, who, language, live_server.url)
        faults: list[str] = []
        page.on("pageerror", lambda error, faults=faults: faults.append(str(error)))
        page.on("console", lambda m, f=faults: f.append(m.text) if m.type == "error" else None)
        for address in addresses:
            looked_at(page, address, faults)
        page.close()


def test_a_task_is_checked_and_closed_from_its_page(
    browser: BrowserContext, cast: Any, tasks: dict[str, Task], live_server: Any
) -> None:
    done = tasks["done"]
    page = sign_in(browser, cast, drawn(cast, done), "zh-hans", live_server.url)
    page.goto(f"/ledger/task/{done.pk}/")
    page.get_by_label("属实", exact=True).check()
    page.get_by_label("现场核查").check()
    page.get_by_label("复核情况").fill("到现场走了一遍，路面完好")
    page.get_by_role("button", name="提交复核").click()
    expect(page.get_by_text("复核：已办理。")).to_be_visible()
    expect(page.locator("[hx-get] .tl")).to_contain_text("到现场走了一遍，路面完好")
    page = sign_in(browser, cast, "lin", "zh-hans", live_server.url)
    page.goto("/supervision/")
    page.get_by_role("link", name="办结销号").first.click()
    page.get_by_role("button", name="办结销号").first.click()
    expect(page.get_by_text("办结销号：已办理。")).to_be_visible()
    done.refresh_from_db()
    assert done.state == "completed"
    assert Verification.objects.get().method == "on_site"
    is_looked_at_again(page, browser, cast, done, live_server.url)


def is_looked_at_again(
    page: Page, browser: BrowserContext, cast: Any, done: Task, server: str
) -> None:
    """What was closed today is drawn, looked at by whoever did not verify it, and re-opened."""
    page.goto("/supervision/")
    page.get_by_role("link", name="历次抽查").click()
    page.get_by_role("link", name="抽取一个时段").click()
    page.get_by_label("办结时段").select_option(label="2026年6月")
    page.get_by_role("button", name="计算件数").click()
    expect(page.get_by_text("抽1件至少查出1件的把握为100.00%")).to_be_visible()
    looked_at(page, page.url, [])
    page.get_by_role("button", name="抽取", exact=True).click()
    expect(page.get_by_role("heading", name="抽查1件，已查0件")).to_be_visible()
    address = page.url
    checker = "he" if done.verified_by_id == cast.people["lin"].pk else "lin"
    page = sign_in(browser, cast, checker, "zh-hans", server)
    looked_at(page, address, [])
    page.get_by_role("link", name="查看并填写").click()
    looked_at(page, page.url, [])
    page.get_by_label("不实，重启办理").check()
    page.get_by_label("查看情况").fill("现场没有见到路灯")
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_role("heading", name="抽查1件、属实0件")).to_be_visible()
    done.refresh_from_db()
    assert done.state == "under_way"


def test_one_button_copies_the_chase_list(
    browser: BrowserContext, cast: Any, tasks: dict[str, Task], live_server: Any
) -> None:
    browser.grant_permissions(["clipboard-read", "clipboard-write"])
    page = sign_in(browser, cast, "he", "zh-hans", live_server.url)
    page.goto("/supervision/")
    page.get_by_role("button", name="复制催办清单").click()
    expect(page.get_by_text("催办清单已复制。")).to_be_visible()
    text = page.evaluate("navigator.clipboard.readText()")
    assert text.splitlines()[0] == "督办提醒（2026-06-18）"
    assert tasks["late"].title in text
    page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page.get_by_role("button", name="复制催办清单").click()
    expect(page.get_by_text("催办清单已复制。")).to_have_count(2)
