"""Material as people meet it: the pages at two widths in two languages, and the paper as it prints."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect, sync_playwright

from tests.browser import machine
from tests.browser.serving import demo
from tests.browser.test_scripts import ARGS

pytestmark = pytest.mark.browser
WALL = Path(__file__).resolve().parents[2] / "docs" / "wall.png"
WIDTHS = {1440: 900, 360: 780}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with demo(tmp_path_factory) as (url, _):
        yield url


@pytest.fixture(scope="module")
def office(address: str) -> Iterator[BrowserContext]:
    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path="/usr/bin/chromium", args=ARGS)
        yield chromium.new_context(
            base_url=address, locale="zh-CN", viewport={"width": 1440, "height": 900}
        )
        chromium.close()


@pytest.fixture(scope="module")
def written(office: BrowserContext) -> str:
    """The running year's review, written by the town office; its address."""
    page = office.new_page()
    page.goto("/briefs/")
    page.get_by_role("button", name="起草 2026").click()
    page.wait_for_url("**/briefs/brief/**")
    address = page.url
    page.close()
    return address


def test_the_picture_of_the_readme_is_the_wall_of_the_demonstration(office: BrowserContext) -> None:
    page = office.new_page()
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.screenshot(path=WALL)
    assert WALL.stat().st_size > 20_000


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_pages_of_material_hold_at_every_width(
    office: BrowserContext, address: str, written: str, width: int, language: str
) -> None:
    assert office.browser is not None
    visit = office.browser.new_context(
        base_url=address, viewport={"width": width, "height": WIDTHS[width]}
    )
    visit.add_cookies([{"name": "django_language", "value": language, "url": address}])
    page = visit.new_page()
    said: list[str] = []
    page.on(
        "console", lambda message: said.append(message.text) if message.type == "error" else None
    )
    line = None
    for place in (written, "/briefs/", f"{written}paragraph/5/", f"{written}fact/plan.total/"):
        page.goto(place)
        line = line or page.locator(".pairs th a").first.get_attribute("href")
        look(page, language)
    page.goto(str(line))
    look(page, language)
    assert said == []
    visit.close()


def look(page: Page, language: str) -> None:
    assert machine.overflow(page) == []
    seen = machine.axe(page, without="color-contrast" if language == "en" else "")
    assert [fault for fault in seen if "demo-login" not in fault] == []
    if language == "en":
        assert machine.stray_han(page) == []


def test_a_figure_leads_to_its_rows_and_a_wrong_one_is_refused(
    office: BrowserContext, written: str
) -> None:
    page = office.new_page()
    page.goto(written)
    count = page.locator(".sheet-text a", has_text="项").first
    words = count.inner_text()
    count.click()
    expect(page.locator(".fig b")).to_have_text(words)
    page.goto(f"{written}paragraph/3/")
    typed = page.locator("textarea[name=text]")
    typed.fill(typed.input_value().replace(words, "9999项"))
    page.get_by_role("button", name="保存").click()
    expect(page.locator(".field .error")).to_contain_text("没有数据来源")
    expect(typed).to_have_value(re.compile("9999项"))
    page.close()


def test_paper_renders_with_the_text_of_the_page(
    office: BrowserContext, written: str, tmp_path: Path
) -> None:
    page = office.new_page()
    page.goto(written)
    title = page.locator(".sheet-text .t").inner_text()
    (tmp_path / "paper.docx").write_bytes(office.request.get(f"{written}docx/").body())
    call = ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile"]
    call += ["--convert-to", "pdf", "--outdir", str(tmp_path), str(tmp_path / "paper.docx")]
    subprocess.run(call, check=True, capture_output=True, timeout=120)
    told = subprocess.run(
        ["pdftotext", str(tmp_path / "paper.pdf"), "-"], check=True, capture_output=True, text=True
    ).stdout
    flat = "".join(told.split())
    assert title in flat
    assert all(part in flat for part in ("一、总体情况", "四、下步打算", "—1—", "待补"))
    page.close()
