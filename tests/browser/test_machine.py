"""Every page of the demonstration, as machines look at it (7-decisions 31).

The pages are found by walking from each role's first page along its own links, one of each kind;
a page that the walk does not reach must say why in `UNREACHED`.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve
from playwright.sync_api import BrowserContext, Page, sync_playwright

from tests.browser import machine
from tests.browser.serving import demo
from tests.browser.test_scripts import ARGS

pytestmark = pytest.mark.browser
DOCS = Path(__file__).resolve().parents[2] / "docs"
SHOTS = Path(__file__).parent / "shots"
WIDTHS = {1440: 1000, 360: 780}
LANGUAGES = ("zh-hans", "en")
DEPTH = 3
# Answers that are not pages of the frame: files, fragments, redirects.
FILES = re.compile(
    r"(export|download|docx|xlsx|\.csv|print|panel|fragment|events|rows|data|state|progress|poll|copy)"
)
UNREACHED: dict[str, str] = {}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with demo(tmp_path_factory.mktemp("demo")) as url:
        yield url


@pytest.fixture(scope="module")
def context(address: str) -> Iterator[BrowserContext]:
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=ARGS)
        yield browser.new_context(base_url=address, locale="zh-CN")
        browser.close()


def kind_of(path: str) -> str:
    """The URL's name, or nothing where the address is not ours."""
    try:
        return resolve(urlsplit(path).path).view_name or ""
    except Resolver404:
        return ""


def speak(page: Page, language: str) -> None:
    root = "{0.scheme}://{0.netloc}/".format(urlsplit(page.url))
    page.context.add_cookies([{"name": "django_language", "value": language, "url": root}])


def play_as(page: Page, login: str) -> None:
    page.goto("/")
    page.select_option("#demo-login", login)
    page.click(".switcher button")
    page.wait_for_load_state()


def walk(page: Page, login: str) -> dict[str, str]:
    """One address of each kind that a role can reach by links."""
    play_as(page, login)
    found: dict[str, str] = {}
    waiting = [(urlsplit(page.url).path, 0)]
    while waiting:
        path, depth = waiting.pop(0)
        kind = kind_of(path)
        if not kind or kind in found or FILES.search(path) or kind == "account_logout":
            continue
        answer = page.request.get(path)
        if "text/html" not in answer.headers.get("content-type", "") or not answer.ok:
            assert answer.status < 400, f"{login}: {path} answers {answer.status}"
            continue
        found[kind] = path
        if depth < DEPTH:
            links = re.findall(r'href="(/[^"#]*)"', answer.text())
            waiting += [(link.replace("&amp;", "&"), depth + 1) for link in dict.fromkeys(links)]
    return found


@pytest.fixture(scope="module")
def places(context: BrowserContext) -> dict[str, tuple[str, str]]:
    """Kind of page -> (login, address), over every role of the switcher."""
    page = context.new_page()
    page.goto("/")
    logins = page.eval_on_selector_all("#demo-login option", "all => all.map(o => o.value)")
    places: dict[str, tuple[str, str]] = {}
    for login in logins:
        for kind, path in walk(page, login).items():
            places.setdefault(kind, (login, path))
    page.close()
    return places


def names(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            space = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from names(pattern, space)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield prefix + pattern.name


def test_walk_reaches_the_pages_of_the_loop(places: dict[str, tuple[str, str]]) -> None:
    expected = {
        "home:wall", "home:daily", "home:coverage", "home:search", "home:journal", "home:county",
        "documents:list", "documents:add", "adoption:reader", "ledger:list", "ledger:task",
        "ledger:timetable", "ledger:my_week", "supervision:desk", "briefs:list", "briefs:show", "org:list", "org:unit",
    }  # fmt: skip
    assert expected - set(places) == set()
    assert set(places) <= set(names(get_resolver())) | {"ui:style"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_holds_the_machine_checks(
    context: BrowserContext, places: dict[str, tuple[str, str]], width: int, language: str
) -> None:
    SHOTS.mkdir(exist_ok=True)
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": WIDTHS[width]})
    noise: list[str] = []
    page.on("pageerror", lambda error: noise.append(str(error)))
    page.on("console", lambda line: noise.append(line.text) if line.type == "error" else None)
    faults: list[str] = []
    player = ""
    for kind, (login, path) in sorted(places.items(), key=lambda place: place[1]):
        if login != player:
            play_as(page, login)
            speak(page, language)
            player = login
        noise.clear()
        page.goto(path, wait_until="networkidle")
        name = f"{kind.replace(':', '-')}-{width}-{language}"
        page.screenshot(path=SHOTS / f"{name}.png", full_page=True)
        if name == "home-wall-1440-zh-hans" and os.environ.get("LUOSHI_DOCS_SHOTS"):
            shutil.copy(SHOTS / f"{name}.png", DOCS / "wall.png")  # the README's picture
        seen = {
            "overflow": machine.overflow(page),
            "axe": machine.axe(page),
            "console": list(noise),
        }
        if language == "en":
            seen["han"] = machine.stray_han(page)
        faults += [f"{name} {what}: {fault}" for what, found in seen.items() for fault in found]
    page.close()
    assert faults == [], "\n" + "\n".join(faults)


def test_dark_pages_keep_their_contrast(
    context: BrowserContext, places: dict[str, tuple[str, str]]
) -> None:
    page = context.new_page()
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 1440, "height": 1000})
    faults: list[str] = []
    for kind, (login, path) in sorted(places.items(), key=lambda place: place[1]):
        if kind.split(":")[0] not in {"home", "ledger", "adoption", "supervision", "briefs"}:
            continue
        play_as(page, login)
        page.goto(path, wait_until="networkidle")
        page.screenshot(path=SHOTS / f"{kind.replace(':', '-')}-dark.png", full_page=True)
        faults += [f"{kind}: {fault}" for fault in machine.axe(page)]
    page.close()
    assert faults == [], "\n" + "\n".join(faults)
