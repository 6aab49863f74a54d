"""我的待办 as she reads it: whose move, how late, one tap to the thing; and her own switches."""

from __future__ import annotations

import os
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from luoshi.goals import actions as goals
from luoshi.goals.models import Plan
from luoshi.ledger.models import Assignment, Task
from luoshi.notices.models import Preference
from tests.browser import machine
from tests.browser.signed import page_of
from tests.cast import TODAY

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def late(cast: Any, today: Any, monkeypatch: pytest.MonkeyPatch) -> Task:
    """An item of 东村 that 马文书 owns and that is five days late."""
    monkeypatch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    told: dict[str, Any] = {"actor": cast.actor("lin"), "today": TODAY}
    plan = Plan.objects.get(pk=goals.create_plan(**told, unit=cast.town, year=2026).id)
    row = Task.objects.create(
        jurisdiction=plan.jurisdiction, plan=plan, unit=cast.east, number="A-1", tree="0001/",
        title="东村饮水安全巩固提升工程完成管网改造4.6公里", due_on=TODAY - timedelta(days=5),
        state="under_way", state_since=TODAY - timedelta(days=60), progress=1000, weight_sum=100,
        starts_on=TODAY - timedelta(days=60),
    )  # fmt: skip
    common = {"jurisdiction": plan.jurisdiction, "task": row, "from_on": TODAY}
    Assignment.objects.create(**common, role="owner", post=cast.posts["ma"])
    Assignment.objects.create(**common, role="lead_unit", unit=cast.east)
    return row


def test_a_person_reads_what_is_hers_taps_it_and_turns_the_mail_down(
    live_server: Any, cast: Any, late: Task
) -> None:
    with page_of(live_server, cast, "ma", "/home/owed/") as page:
        for width in (1440, 360):
            page.set_viewport_size({"width": width, "height": 800})
            expect(page.get_by_role("heading", name="已过时限")).to_be_visible()
            expect(page.locator(".waits li").first).to_contain_text("5天")
            assert machine.overflow(page) == []
            assert machine.lost_forms(page) == []
        page.get_by_role("link", name="东村饮水安全巩固提升工程").click()
        expect(page.locator(f"#t-{late.pk}")).to_be_visible()
        page.goto("/notices/mine/")
        assert machine.overflow(page) == []
        page.get_by_label("发邮件给我").uncheck()
        page.get_by_label("电子邮箱").fill("ma@example.test")
        page.get_by_role("button", name="保存").click()
        expect(page.locator(".toast")).to_contain_text("已保存")
    row = Preference.objects.get()
    assert (row.off, row.email) == (["mail"], "ma@example.test")
