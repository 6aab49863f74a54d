"""Three thousand bars on a slow machine: the timetable follows the thumb, and draws only what is seen."""

from __future__ import annotations

import os
from datetime import date, timedelta
from statistics import median
from typing import Any

import pytest
from playwright.sync_api import CDPSession, Page, sync_playwright

from luoshi.goals import actions as goals
from luoshi.goals.models import Plan
from luoshi.ledger.models import Dependency, Task
from tests.browser.test_ledger import SIZES, sign_in
from tests.browser.test_scripts import ARGS
from tests.cast import TODAY

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BARS = 3000
SLOWER = 4
"""A cheap machine is four times as slow. Chromium's own throttle burns CPU on the very thread that is
measured (at 4 it told 9 times as much), so the time is taken unthrottled and multiplied."""
LONGEST_MS = 100
NODES = 2000
STEPS = 40


@pytest.fixture
def plan(cast: Any, monkeypatch: pytest.MonkeyPatch) -> Plan:
    """A plan of 3,000 steps, every third one waiting for the one before it; only their number matters."""
    monkeypatch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    made = goals.create_plan(actor=cast.actor("lin"), today=TODAY, unit=cast.town, year=2026)
    plan = Plan.objects.get(pk=made.id)
    rows = [
        Task(
            jurisdiction=plan.jurisdiction, plan=plan, unit=plan.unit, number=f"B-{n}",
            tree=f"{n + 5000:04x}/", title=f"第{n}号事项，名称较长用于检查截断与换行",
            state="under_way", state_since=TODAY, starts_on=date(2026, 1, 5) + timedelta(days=n % 280),
            due_on=date(2026, 1, 25) + timedelta(days=n % 320), duration_days=5 + n % 9,
            weight_sum=100, missing_sum=100,
        )
        for n in range(BARS)
    ]  # fmt: skip
    Task.objects.bulk_create(rows, batch_size=1000)
    Dependency.objects.bulk_create(
        [
            Dependency(jurisdiction=plan.jurisdiction, predecessor=rows[n - 1], task=rows[n])
            for n in range(3, BARS, 3)
        ],
        batch_size=1000,
    )
    return plan


def busy_ms(metrics: CDPSession) -> float:
    """CPU milliseconds that the page's main thread has spent in tasks: waiting for others does not count."""
    told = {row["name"]: row["value"] for row in metrics.send("Performance.getMetrics")["metrics"]}
    return 1000 * float(told["TaskDuration"])


def step(page: Page, down: int, right: int) -> int:
    """Move the chart and wait until it is drawn; the number of nodes in the page."""
    return int(
        page.evaluate(
            """([down, right]) => new Promise(drawn => {
              const box = document.getElementById('gantt');
              box.scrollBy(right, down);
              requestAnimationFrame(() => requestAnimationFrame(() =>
                drawn(document.getElementsByTagName('*').length)));
            })""",
            [down, right],
        )
    )


def empty_step(page: Page, metrics: CDPSession) -> float:
    """What asking costs by itself: a step that moves nothing and draws nothing."""
    spent = []
    for _ in range(9):
        before = busy_ms(metrics)
        step(page, 0, 0)
        spent.append(busy_ms(metrics) - before)
    return median(spent)


def walk(page: Page, metrics: CDPSession, idle: float) -> list[tuple[int, float]]:
    """From the top over the chart: nodes in the page and milliseconds of a slow machine, by step.

    Walked twice: a step that is slow is slow both times, the browser's own collection strikes once.
    """
    page.evaluate("document.getElementById('gantt').scrollTo(0, 0)")
    step(page, 1, 0)
    found = []
    for n in range(STEPS):
        before = busy_ms(metrics)
        nodes = step(page, 700 if n % 2 else 1900, 120 if n % 3 else -90)
        found.append((nodes, SLOWER * (busy_ms(metrics) - before - idle)))
    return found


@pytest.mark.parametrize("size", SIZES)
def test_three_thousand_bars_scroll_smoothly(
    cast: Any, plan: Plan, live_server: Any, today: Any, size: str
) -> None:
    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path="/usr/bin/chromium", args=ARGS)
        context = chromium.new_context(
            base_url=live_server.url, locale="zh-CN", viewport=SIZES[size]
        )
        page = sign_in(context, cast, "lin", "zh-hans", live_server.url)
        page.goto(f"/ledger/timetable/?plan={plan.pk}")
        page.wait_for_selector("#gantt svg rect.bar")
        metrics = context.new_cdp_session(page)
        metrics.send("Performance.enable", {"timeDomain": "threadTicks"})
        step(page, 1, 0)
        idle = empty_step(page, metrics)
        rounds = [walk(page, metrics, idle) for _ in range(2)]
        nodes = [count for steps in rounds for count, _ in steps]
        spent = [min(ms for _, ms in steps) for steps in zip(*rounds, strict=True)]
        slow = sorted(round(ms) for ms in spent)[-5:]
        there = page.evaluate("document.getElementById('gantt').scrollTop")
        shown = page.evaluate("document.querySelectorAll('#gantt rect.bar').length")
        chromium.close()
    assert there > 40_000, "the chart did not move"
    assert shown > 5, "nothing is drawn where the chart was moved to"
    assert max(nodes) < NODES
    assert max(spent) <= LONGEST_MS, slow
