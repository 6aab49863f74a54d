"""A weight is dragged and typed, the parts follow, one save writes them; 开门红 tells met or not."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from luoshi.indicators.models import Target
from luoshi.indicators.tests.test_pace import said
from luoshi.indicators.tests.test_sharing import indicator_of, target_of
from tests.browser.looking import faults
from tests.browser.signed import page_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def lin(
    live_server: Any, cast: Any, today: date, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Page]:
    """A page of the register, as Lin of the town office sees it."""
    monkeypatch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    with page_of(live_server, cast, "lin", "/indicators/pace/") as page:
        yield page


def test_weight_is_dragged_and_typed_then_saved_and_the_first_quarter_is_told(
    lin: Page, cast: Any
) -> None:
    indicator = indicator_of(cast)
    target = target_of(cast, indicator, "100")
    said(indicator, cast.town, "27", date(2026, 3, 31))
    lin.goto(f"/indicators/target/{target.pk}/divide/")
    east, west = (f"w-{unit.pk}" for unit in (cast.east, cast.west))
    lin.locator(f"input[data-weight='{east}']").fill("30")
    expect(lin.locator(f"[id='{east}']")).to_have_value("30")
    lin.fill(f"[id='{west}']", "60")
    expect(lin.locator(f"[id='v-{cast.east.pk}']")).to_have_text("33.3")
    expect(lin.locator(f"[id='v-{cast.west.pk}']")).to_have_text("66.7")
    expect(lin.locator("#sum")).to_contain_text("相差 0")
    assert not Target.objects.filter(parent=target).exists()
    lin.click("button[value=save]")
    expect(lin.locator(".toast")).to_contain_text("已分解到2个承担者")
    parts = Target.objects.filter(parent=target).order_by("unit__path")
    assert [part.value for part in parts] == [Decimal("33.3"), Decimal("66.7")]
    lin.goto("/indicators/quarter/?q=1")
    expect(lin.locator("h1")).to_contain_text("开门红")
    expect(lin.locator("tr.v-met")).to_contain_text("+2")
    assert faults(lin) == []
