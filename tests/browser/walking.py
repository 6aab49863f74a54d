"""From each role's first page along its own links: one page of each kind."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve
from playwright.sync_api import BrowserContext, Page

from tests.browser import machine

HEIGHTS = {1440: 1000, 360: 780}
PHONE = 700
DEPTH = 3
# Answers that are not pages of the frame: files, fragments, redirects.
FILES = re.compile(
    r"(export|download|docx|xlsx|\.csv|print|panel|fragment|events|rows|data|state|progress|poll|copy)"
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


def faults_of_all(context: BrowserContext, places: Places, width: int, language: str) -> list[str]:
    """What the machine finds on every page at one width in one language."""
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
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
        page.goto(path)
        machine.settle(page)
        name = f"{kind} {width} {language}"
        machine.shoot(page, f"{kind}-{language}")
        seen = {
            "overflow": machine.overflow(page),
            "axe": machine.axe(page, without="color-contrast" if language == "en" else ""),
            "console": list(noise),
        }
        # What a desk hides is the phone's own way to the same thing: only a phone can lose a form.
        if width < PHONE:
            seen["lost"] = machine.lost_forms(page)
        if language == "en":
            seen["han"] = machine.stray_han(page)
        faults += [f"{name} {what}: {fault}" for what, found in seen.items() for fault in found]
    page.close()
    return faults
