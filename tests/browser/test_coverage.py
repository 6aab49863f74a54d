"""From a list of findings to none, by the page's own remedies, on the demonstration county."""

from __future__ import annotations

import sqlite3
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, sync_playwright

from tests.browser.serving import LUOSHI, demo, surroundings
from tests.browser.test_scripts import ARGS

pytestmark = pytest.mark.browser
TOWN = "青榆镇"
MOST = 250
WORDS = "以主管部门验收单为准"
WHY = "对照责任空档提醒补正"


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    with demo(tmp_path_factory) as (url, data):
        yield data, url


def check(data: Path) -> tuple[int, list[str]]:
    """The command's exit code, and its findings."""
    env = {**surroundings(data), "LUOSHI_DEMO": "1"}
    done = subprocess.run(
        [LUOSHI, "check", "--unit", TOWN], env=env, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout.strip().splitlines()[:-1]


def held(data: Path) -> dict[str, object]:
    """What may not change: how many tasks, targets and dates there are, and what nobody signed."""
    with sqlite3.connect(next(data.glob("*.sqlite3"))) as base:
        one = base.execute(
            "select count(*), count(target_value), count(due_on), count(starts_on) from ledger_task"
        ).fetchone()
        tops = base.execute("select sum(target_value) from ledger_task where depth = 0").fetchone()
        gone = base.execute("select count(*) from ledger_task where state = 'cancelled'").fetchone()
        signed = base.execute("select count(*) from goals_plansnapshot").fetchone()
        aside = base.execute(
            "select count(*) from documents_draftitem where state = 'set_aside'"
        ).fetchone()
    return {"counts": one, "tops": tops, "gone": gone, "signed": signed, "aside": aside}


def mend(page: Page, finding: Locator) -> None:
    """Fill what the remedy asks for, and press its one button."""
    form = finding.locator("form.mend")
    for field in form.locator("input.in, select.in").all():
        if field.get_attribute("name") == "reason":
            field.fill(WHY)
        elif field.evaluate("e => e.tagName") == "SELECT":
            field.select_option(index=1)
        elif field.get_attribute("type") == "date":
            if form.locator("[name=open]").count() == 0 and not field.input_value():
                field.fill("2026-11-30")
        elif listed := field.get_attribute("list"):
            if form.locator("[name=take]").count() == 0:
                field.fill(page.locator(f"#{listed} option").nth(3).get_attribute("value") or "")
        elif not field.input_value():
            field.fill(WORDS)
    take = form.locator("[name=take]")
    (take if take.count() else form.locator("button").first).click()
    page.wait_for_load_state()
    page.locator(".toast", has_text="已处理").wait_for()


def test_findings_go_to_none_by_the_pages_remedies_only(county: tuple[Path, str]) -> None:
    data, url = county
    code, told = check(data)
    assert code == 1
    assert len(told) > 50
    before = held(data)
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=ARGS)
        page = browser.new_page(base_url=url, locale="zh-CN")
        page.goto("/home/coverage/")
        for _ in range(MOST):
            finding = page.locator(".find", has=page.locator("form.mend")).first
            if not finding.count():
                break
            mend(page, finding)
        assert page.locator(".find").count() == 0, page.locator(".find").first.inner_text()
        assert "没有空档" in page.locator("main").inner_text()
        browser.close()
    assert check(data) == (0, [])
    after = held(data)
    counts, was = after.pop("counts"), before.pop("counts")
    assert isinstance(counts, tuple)
    assert isinstance(was, tuple)
    assert counts[0] == was[0], "no task came or went"
    assert all(now >= then for now, then in zip(counts, was, strict=True)), "nothing was emptied"
    assert after == before, (
        "no target of the plan moved, nothing called off, signed for or set aside"
    )
