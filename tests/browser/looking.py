"""The machine's look at one page, in both languages, light and dark: what test_machine asks of all."""

from __future__ import annotations

from urllib.parse import urlsplit

from playwright.sync_api import Page

from tests.browser import machine


def faults(page: Page) -> list[str]:
    """Everything a machine finds wrong with the page that is open; the language is set back."""
    found = []
    root = "{0.scheme}://{0.netloc}/".format(urlsplit(page.url))  # fragments come from other paths
    for language in ("en", "zh-hans"):
        page.context.add_cookies([{"name": "django_language", "value": language, "url": root}])
        page.reload()
        machine.settle(page)
        found += [f"{language} overflow: {fault}" for fault in machine.overflow(page)]
        if language == "en":  # colours do not differ by language
            found += [f"en: {fault}" for fault in machine.axe(page, without="color-contrast")]
            found += [f"stray: {fault}" for fault in machine.stray_han(page)]
            continue
        found += [f"light: {fault}" for fault in machine.axe(page)]
        page.emulate_media(color_scheme="dark")
        found += [f"dark: {fault}" for fault in machine.axe(page, ["color-contrast"])]
        page.emulate_media(color_scheme="light")
    page.context.clear_cookies(name="django_language")
    return found
