"""The fact check in a real browser: from the reader to the words, and a doubt let stand."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from luoshi.documents.models import Dismissal
from tests.browser import test_reader
from tests.browser.looking import faults
from tests.browser.test_reader import page  # noqa: F401 - the reader's own fixture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WRONG = """在全镇2026年工作会议上的讲话
一、形势。2026年是“十四五”规划的关键一年。
二、任务。经发办要在5月16日前完成标准厂房入库申报。党政办负责，各村每日报送进展。
全镇共有党员356名，其中男党员240名、女党员126名。全年地方财政收入*亿元。
"""


@pytest.fixture(autouse=True)
def speech(monkeypatch):
    monkeypatch.setattr(test_reader, "SPEECH", WRONG)


def test_finding_leads_to_its_words_and_is_let_stand(page):  # noqa: F811
    notes = page.locator(".doubts")
    expect(notes).to_contain_text("F01")
    notes.get_by_text("F07").click()
    expect(page.locator(":target")).to_contain_text("5月16日前")
    page.goto(page.url.split("#")[0])
    page.get_by_text("对照原文逐条核校").click()
    page.wait_for_url("**/factcheck/")
    assert faults(page) == []
    page.locator("#doubts .at a").first.click()
    expect(page.locator("#f-1")).to_be_in_viewport()
    first = page.locator(".doubt").first
    first.locator("summary").click()
    first.locator("[name=reason]").fill("引用县委讲话原文")
    first.get_by_role("button", name="不改").click()
    expect(page.locator(".let-stand")).to_contain_text("引用县委讲话原文")
    assert faults(page) == []
    assert Dismissal.objects.get().said.startswith("factcheck.F0")
    page.get_by_role("link", name="减负一致性").click()
    page.wait_for_url(re.compile(r"rules=jianfu"))
    expect(page.locator("#doubts")).to_contain_text("J10")
    assert faults(page) == []
