"""Every page of the demonstration in English, as machines look at it (7-decisions 31)."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext

from tests.browser.walking import Places, faults_of_all

pytestmark = pytest.mark.browser


def test_every_page_holds_the_machine_checks_in_english(
    demonstration: BrowserContext, places: Places
) -> None:
    faults = faults_of_all(demonstration, places, "en")
    assert faults == [], "\n" + "\n".join(faults)
