"""Every page of the demonstration on a phone, and in the dark (7-decisions 31)."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext

from tests.browser import machine
from tests.browser.walking import Places, faults_of_all, play_as

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_holds_the_machine_checks_on_a_phone(
    demonstration: BrowserContext, places: Places, language: str
) -> None:
    faults = faults_of_all(demonstration, places, 360, language)
    assert faults == [], "\n" + "\n".join(faults)


def test_dark_pages_keep_their_contrast(demonstration: BrowserContext, places: Places) -> None:
    page = demonstration.new_page()  # colours alone differ: the other rules were asked in the light
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 1440, "height": 1000})
    faults: list[str] = []
    player = ""
    for kind, (login, path) in sorted(places.items(), key=lambda place: place[1]):
        if login != player:
            play_as(page, login)
            player = login
        page.goto(path)
        machine.settle(page)
        machine.shoot(page, f"{kind}-dark")
        faults += [f"{kind}: {fault}" for fault in machine.axe(page, ["color-contrast"])]
    page.close()
    assert faults == [], "\n" + "\n".join(faults)
