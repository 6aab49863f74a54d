"""The wall and the daily page in a real browser, and on paper."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, sync_playwright

from luoshi.domain.workdays import SHANGHAI
from luoshi.goals import actions as goals
from luoshi.goals.models import Plan, WorkLine
from luoshi.home.tests.conftest import NOW, crowd
from luoshi.ledger.actions import rebuild_sums
from luoshi.ledger.models import Task
from tests.browser import machine
from tests.browser.test_ledger import SIZES, sign_in
from tests.browser.test_scripts import ARGS
from tests.cast import TODAY, unit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LINES = (
    "项目引建",
    "工业经济",
    "科技创新",
    "城乡融合",
    "乡村振兴",
    "民生服务",
    "平安治理",
    "向上争取",
)
TITLES = (
    "东片区污水管网二期完成主体工程并通水", "高新技术企业净增两家", "榆湾冷链物流园开工建设",
    "下禾村闲置校舍盘活招租", "修通产业路六公里并通过验收", "矛盾纠纷按期化解率达到九成五以上",
)  # fmt: skip


@pytest.fixture
def town(cast: Any, monkeypatch: pytest.MonkeyPatch) -> Plan:
    """A town in mid-year: eight lines, some 160 items in every condition, 15 villages."""
    monkeypatch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    for number in range(5, 18):
        unit(cast.town, number, "village", f"云台坞村{number}组片", f"云台坞{number}村")
    told = {"actor": cast.actor("lin"), "today": TODAY}
    plan = Plan.objects.get(pk=goals.create_plan(**told, unit=cast.town, year=2026).id)
    keys = [goals.add_line(**told, plan=plan, name=name).id for name in LINES]
    rows = crowd(cast, plan, WorkLine.objects.get(pk=keys[0]), 160)
    for number, row in enumerate(rows):
        Task.objects.filter(pk=row.pk).update(
            line=keys[number % 8],
            title=TITLES[number % 6] + f"（{number + 1}号）",
            number=f"2026-{number + 1}",
            done_on=row.done_on,
            assigned_by_id=cast.people["chen"].pk if number % 3 else None,
            due_at=datetime(2026, 6, 18, 17, 30, tzinfo=SHANGHAI) if number in {4, 9} else None,
            blocker="用地报批未完成，县局待会审" if number % 20 == 3 else "",
            blocker_needs=cast.supervision_office if number % 20 == 3 else None,
            due_on=TODAY + timedelta(days=number % 4) if number % 11 == 0 else row.due_on,
        )
    rebuild_sums(**told, now=NOW, plan=plan)
    plan.refresh_from_db()
    return plan


@pytest.fixture(params=SIZES, ids=list(SIZES))
def browser(request: Any, town: Plan, live_server: Any, today: Any) -> Iterator[BrowserContext]:
    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path="/usr/bin/chromium", args=ARGS)
        context = chromium.new_context(
            base_url=live_server.url, locale="zh-CN", viewport=SIZES[request.param]
        )
        yield context
        chromium.close()


def sheets(pdf: bytes) -> tuple[int, set[tuple[int, int]]]:
    """How many sheets a PDF has, and their sizes in millimetres."""
    boxes = re.findall(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)", pdf)
    sizes = {(round(float(w) / 72 * 25.4), round(float(h) / 72 * 25.4)) for w, h in boxes}
    return len(re.findall(rb"/Type\s*/Page[^s]", pdf)), sizes


def test_daily_page_is_one_sheet_of_a4_and_the_wall_one_of_a3(
    browser: BrowserContext, cast: Any, live_server: Any
) -> None:
    page = sign_in(browser, cast, "chen", "zh-hans", live_server.url)
    for address, paper in (("/home/daily/", (210, 297)), ("/home/wall/", (420, 297))):
        page.goto(address)
        count, sizes = sheets(page.pdf(prefer_css_page_size=True))
        if machine.SHOTS:
            path = f"{machine.SHOTS}/{address.split('/')[2]}.pdf"
            page.pdf(prefer_css_page_size=True, path=path)
        assert (count, sizes) == (1, {paper}), address


def test_names_of_units_never_wrap_or_overlap(
    browser: BrowserContext, cast: Any, live_server: Any
) -> None:
    page = sign_in(browser, cast, "chen", "zh-hans", live_server.url)
    page.goto("/home/wall/")
    cut = "[...document.querySelectorAll('.units .name')].filter(e=>e.scrollWidth>e.clientWidth).length"
    lines = "[...document.querySelectorAll('.units .name')].filter(e=>e.getClientRects().length>1).length"
    over = """[...document.querySelectorAll('.units li')].filter(li=>{
      const b=[...li.children].map(e=>e.getBoundingClientRect()).filter(r=>r.width);
      return b.some((r,i)=>b.some((o,j)=>i<j&&r.left<o.right-1&&o.left<r.right-1&&r.top<o.bottom-1&&o.top<r.bottom-1))}).length"""
    assert page.locator(".units .name").count() >= 15
    assert [page.evaluate(script) for script in (cut, lines, over)] == [0, 0, 0]
