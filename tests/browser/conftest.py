"""The demonstration, served and walked once for each file that looks at its pages."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, sync_playwright

from tests.browser.serving import demo, of_the_run
from tests.browser.test_scripts import ARGS
from tests.browser.walking import Places, every_place


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BrowserContext]:
    """A browser before the demonstration."""
    with demo(tmp_path_factory) as (url, _), sync_playwright() as play:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=ARGS)
        yield browser.new_context(base_url=url, locale="zh-CN")
        browser.close()


@pytest.fixture(scope="module")
def places(demonstration: BrowserContext, tmp_path_factory: pytest.TempPathFactory) -> Places:
    """Kind of page -> (login, address), over every role of the switcher; walked once a run."""
    with of_the_run(tmp_path_factory) as shared:
        kept = shared / "places.json"
        if not kept.exists():
            kept.write_text(json.dumps(every_place(demonstration)), "utf-8")
        return {kind: tuple(place) for kind, place in json.loads(kept.read_text("utf-8")).items()}
