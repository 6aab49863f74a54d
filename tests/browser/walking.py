"""From each role's first page along its own links: one page of each kind."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from django.urls import Resolver404, resolve
from playwright.sync_api import BrowserContext, Page, ViewportSize

from tests.browser import machine

DESK, PHONE = 1440, 360
SIZES: dict[int, ViewportSize] = {
    DESK: {"width": DESK, "height": 1000}, PHONE: {"width": PHONE, "height": 780},
}  # fmt: skip
# A script of theirs measures the window as they open.
MEASURED = frozenset({"indicators:grid", "ledger:timetable", "adoption:reader"})
DEPTH = 3
# Answers that are not pages of the frame: files, fragments, redirects.
FILES = re.compile(
    r"(export|download|docx|feedback|xlsx|\.csv|print|panel|fragment|events|rows|data|state|progress|poll|copy)"
)
Places = dict[str, tuple[str, str]]  # kind of page -> (login, address)


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
    with page.expect_navigation():  # else the next page is asked for as who played before
        page.click(".switcher button")


def walk(page: Page, login: str) -> dict[str, str]:
    """One address of each kind that a role can reach by links; none of them may be refused."""
    play_as(page, login)
    cookies = "; ".join(f"{c['name']}={c['value']}" for c in page.context.cookies())
    root = "{0.scheme}://{0.netloc}".format(urlsplit(page.url))
    found: dict[str, str] = {}
    links = [urlsplit(page.url).path]
    with ThreadPoolExecutor(2) as two:  # as many as the server has workers
        for _depth in range(DEPTH + 1):
            ahead: list[str] = []
            while fresh := _first_of_each(links, found):
                links = [link for link in links if link not in fresh.values()]
                asked = [root + path for path in fresh.values()]
                answers = two.map(lambda url: _fetched(url, cookies), asked)
                for (kind, path), (status, text) in zip(fresh.items(), answers, strict=True):
                    assert status < HTTPStatus.BAD_REQUEST, f"{login}: {path} answers {status}"
                    if text is not None:
                        found[kind] = path
                        ahead += re.findall(r'href="(/[^"#]*)"', text)
            links = [link.replace("&amp;", "&") for link in dict.fromkeys(ahead)]
    return found


def _first_of_each(links: list[str], found: dict[str, str]) -> dict[str, str]:
    """The first address of each kind that was not found yet."""
    fresh: dict[str, str] = {}
    for path in links:
        kind = kind_of(path)
        if kind and kind not in found and kind != "account_logout" and not FILES.search(path):
            fresh.setdefault(kind, path)
    return fresh


def _fetched(url: str, cookies: str) -> tuple[int, str | None]:
    """The status of an answer, and its text where it is a page."""
    try:
        with urlopen(Request(url, headers={"Cookie": cookies}), timeout=60) as answer:
            html = "text/html" in answer.headers.get("Content-Type", "")
            return answer.status, answer.read().decode() if html else None
    except HTTPError as refused:
        return refused.code, None


def every_place(context: BrowserContext) -> Places:
    """Over every role of the switcher, the first address of each kind and whose it is."""
    page = context.new_page()
    page.goto("/")
    logins = page.eval_on_selector_all("#demo-login option", "all => all.map(o => o.value)")
    places: Places = {}
    for login in logins:
        for kind, path in walk(page, login).items():
            places.setdefault(kind, (login, path))
    page.close()
    return places


def faults_of_all(context: BrowserContext, places: Places, language: str) -> list[str]:
    """What the machine finds on every page in one language, on a desk's screen and on a phone.

    A page is fetched once and its window made narrow; what a script measures as the page opens is
    fetched again. Colours do not differ by language: contrast is asked in Chinese, light and dark.
    """
    page = context.new_page()
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
        page.set_viewport_size(SIZES[DESK])
        page.goto(path)
        machine.settle(page)
        seen = {
            **_fits(page, DESK, f"{kind}-{language}"),
            **_fits(page, PHONE, f"{kind}-{language}", again=kind in MEASURED),
            **_reads(page, language),
            "console": list(noise),
        }
        faults += [
            f"{kind} {language} {what}: {fault}" for what, all_ in seen.items() for fault in all_
        ]
    page.close()
    return faults


def _fits(page: Page, width: int, label: str, *, again: bool = False) -> dict[str, list[str]]:
    """What sticks out or is lost at a width; the page is kept as a picture where that is asked."""
    page.set_viewport_size(SIZES[width])
    if again:
        page.reload()
        machine.settle(page)
    machine.shoot(page, label)
    seen = {f"overflow {width}": machine.overflow(page)}
    # What a desk hides is the phone's own way to the same thing: only a phone can lose a form.
    if width == PHONE:
        seen[f"lost {width}"] = machine.lost_forms(page)
    return seen


def _reads(page: Page, language: str) -> dict[str, list[str]]:
    """What axe finds on a phone and at a desk, in the dark too; stray Chinese in English."""
    seen: dict[str, list[str]] = {}
    if language == "en":
        seen["han"] = machine.stray_han(page)
    without = "color-contrast" if language == "en" else ""
    machine.thin(page)
    for width in (PHONE, DESK):
        page.set_viewport_size(SIZES[width])
        seen[f"axe {width}"] = machine.axe(page, without=without)
    if language != "en":
        page.emulate_media(color_scheme="dark")
        seen["dark"] = machine.axe(page, ["color-contrast"])
        page.emulate_media(color_scheme="light")
    return seen
