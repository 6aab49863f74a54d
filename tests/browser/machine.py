"""What a machine can see of a page: overflow, accessibility, console, stray Chinese."""

from __future__ import annotations

import json
import os
import re
from importlib.resources import files
from typing import Any

from playwright.sync_api import Page

SHOTS = os.environ.get("LUOSHI_SHOTS", "")
AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")

OVERFLOW = """() => {
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (wide <= 0) return [];
  return [...document.querySelectorAll('body *')]
    .filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
    .filter(e => !e.closest('[data-scrolls]'))
    .slice(0, 5).map(e => e.tagName + '.' + e.className + ' ' + Math.round(e.getBoundingClientRect().right));
}"""

HAN = """() => {
  const han = /[\\u3400-\\u9fff]/, found = [];
  const zh = e => { const l = e.closest('[lang]'); return l && l.getAttribute('lang').toLowerCase().startsWith('zh'); };
  const walk = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
  for (let n = walk.nextNode(); n; n = walk.nextNode()) {
    const e = n.parentElement;
    if (han.test(n.data) && !zh(e) && !['SCRIPT', 'STYLE'].includes(e.tagName)) found.push(n.data.trim().slice(0, 40));
  }
  for (const e of document.querySelectorAll('[aria-label],[title],[placeholder],[alt]'))
    for (const a of ['aria-label', 'title', 'placeholder', 'alt'])
      if (e.hasAttribute(a) && han.test(e.getAttribute(a)) && !zh(e)) found.push(a + '=' + e.getAttribute(a).slice(0, 40));
  return [...new Set(found)].slice(0, 8);
}"""

LOST = """() => [...document.querySelectorAll('main form, main form label:has(.in)')]
  .filter(f => !f.hidden && getComputedStyle(f).display === 'none')
  .map(f => f.tagName + ' ' + f.className + ' ' + f.textContent.trim().slice(0, 30))"""

# Rows and lines made of the same parts with the same classes look the same to axe: two of each stay.
THIN = """() => {
  const known = new Map();
  const parts = e => [e, ...e.querySelectorAll('*')].map(x => x.tagName + '.' + x.getAttribute('class')
    + (x.textContent.trim() ? '' : '-') + (x.hidden ? '!' : '')).join(' ');
  for (const e of document.querySelectorAll('main tbody > tr, main li, main option')) {
    if (!e.isConnected) continue;
    if (!known.has(e.parentElement)) known.set(e.parentElement, new Map());
    const seen = known.get(e.parentElement), made = parts(e), n = (seen.get(made) || 0) + 1;
    seen.set(made, n);
    if (n > 2) e.remove();
  }
}"""

# `resultTypes`: without it axe describes every node that passed, a megabyte a page.
RULES = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
SETTLED = "() => !document.querySelector('.htmx-request')"


def settle(page: Page) -> None:
    """Until the fragments that a page fetches as it opens have come."""
    page.wait_for_load_state("load")
    page.wait_for_function(SETTLED)


def shoot(page: Page, label: str) -> None:
    """Keep a picture of the whole page where LUOSHI_SHOTS names a folder, to be looked at."""
    if SHOTS:
        width = page.viewport_size["width"] if page.viewport_size else 0
        name = re.sub(r"[^a-z0-9]+", "-", label.lower()).strip("-")
        page.screenshot(path=f"{SHOTS}/{name}-{width}.png", full_page=True)


def overflow(page: Page) -> list[str]:
    """What sticks out sideways; a timetable's own scroller is marked data-scrolls."""
    return page.evaluate(OVERFLOW)


def lost_forms(page: Page) -> list[str]:
    """Forms, and fields of forms, that a page does not show at this width, unasked."""
    return page.evaluate(LOST)


def thin(page: Page) -> None:
    """Leave of rows that look the same two: axe says of the others what it said of these.

    After overflow and stray Chinese were looked for, which may lie in any row.
    """
    page.evaluate(THIN)


def stray_han(page: Page) -> list[str]:
    """Chinese outside lang=zh on an English page."""
    return page.evaluate(HAN)


def axe(page: Page, only: list[str] | None = None, without: str = "") -> list[str]:
    """Violations of axe-core, each with its rule and first place; of the named rules, or of all.

    `without` leaves one rule out: contrast takes nine tenths of the time, and colours do not differ
    by language.
    """
    asked: dict[str, Any] = {**RULES, "runOnly": only} if only else dict(RULES)
    if without:
        asked["rules"] = {without: {"enabled": False}}
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE)
    found: list[dict[str, Any]] = page.evaluate(
        f"async () => (await axe.run(document, {json.dumps(asked)})).violations"
    )
    return [
        f"{fault['id']}: {fault['nodes'][0]['html'][:160]} ({len(fault['nodes'])})"
        for fault in found
    ]
