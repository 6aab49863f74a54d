"""Every page of the demonstration in Chinese, as machines look at it (7-decisions 31).

The pages are found by walking from each role's first page along its own links, one of each kind.
English stands in `test_machine_english`, so that two processes can share the work.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from playwright.sync_api import BrowserContext

from tests.browser.walking import Places, faults_of_all

pytestmark = pytest.mark.browser


def names(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            space = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from names(pattern, space)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield prefix + pattern.name


def test_walk_reaches_the_pages_of_the_loop(places: Places) -> None:
    expected = {
        "home:wall", "home:daily", "home:coverage", "home:search", "home:journal", "home:county",
        "documents:list", "documents:add", "adoption:reader", "ledger:list", "ledger:task",
        "ledger:timetable", "ledger:my_week", "ledger:edit", "ledger:roles", "ledger:milestones", "ledger:report",
        "ledger:new", "ledger:move", "goals:plan", "goals:plans", "goals:new_line", "home:year", "home:load",
        "supervision:desk", "briefs:list", "briefs:show", "org:list", "org:unit",
    }  # fmt: skip
    assert expected - set(places) == set()
    assert set(places) <= set(names(get_resolver())) | {"ui:style"}


def test_every_page_holds_the_machine_checks_in_chinese(
    demonstration: BrowserContext, places: Places
) -> None:
    faults = faults_of_all(demonstration, places, "zh-hans")
    assert faults == [], "\n" + "\n".join(faults)
