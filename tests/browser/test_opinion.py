"""The second opinion in a real browser: asked, shown when it comes, marked in the reader."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from luoshi.engines.tests.model_server import serving
from tests.browser.looking import faults
from tests.browser.test_reader import page  # noqa: F401 - the reader's own fixture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def model(settings):
    with serving() as served:
        settings.LUOSHI_MODEL_URL, settings.LUOSHI_MODEL_NAME = served.url, "qwen"
        served.answers(标准厂房="goal", 污水="task")
        yield served


def test_opinion_comes_by_itself_and_marks_the_row(page, model):  # noqa: F811
    page.locator("h1").wait_for()
    reader = page.url
    page.goto(reader.replace("/adoption/", "/documents/") + "opinion/")
    expect(page.locator("#opinion")).to_contain_text("正文不离开本机")
    assert model.asked == []
    page.get_by_role("button", name="征询", exact=True).click()
    expect(page.locator("#opinion tbody tr")).to_have_count(1, timeout=15_000)
    expect(page.locator("#opinion tbody")).to_contain_text("标准厂房")
    assert faults(page) == []
    page.goto(reader)
    expect(page.locator("tr.draft", has_text="第二意见：目标")).to_have_count(1)
    assert faults(page) == []
