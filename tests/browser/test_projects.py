"""The demonstration's twelve projects: one date cannot be kept, and a way out by click mends it."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.walking import play_as

pytestmark = pytest.mark.browser
CLERK = "kangxiaotang"


def test_of_twelve_projects_one_is_late_and_a_click_mends_it(
    demonstration: BrowserContext,
) -> None:
    page = demonstration.new_page()
    play_as(page, CLERK)
    page.goto("/ledger/timetable/")
    projects = page.locator("section", has_text="重点项目").locator("tbody tr")
    late = projects.filter(has_text="来不及")
    expect(projects).to_have_count(12)
    expect(late).to_have_count(1)
    expect(late).to_contain_text("不能按期完成")
    late.locator("a").first.click()
    expect(page.locator("main h2").first).to_have_text("来不及")
    page.locator("a", has_text="采用这条出路").first.click()
    expect(page.locator("main h2").first).to_have_text("改动以后来得及")
    page.fill("[name=reason]", "增加作业面，已与施工单位商定")
    page.locator("button", has_text="保存改动").click()
    expect(page.locator("main h2").first).to_have_text("来得及")
    page.goto("/ledger/timetable/")
    expect(projects.filter(has_text="来不及")).to_have_count(0)
    page.close()
