"""A year, clicked: speech, reader, ledger, timetable, reports, verification, review, speech again.

The story of `tests/stories/test_a_year.py` by real clicks and typing: Lin (town office) at a desk or
a phone, Wang (东村) always on the phone, whoever is drawn checks. Only the calendar is turned by the test.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document as Paper
from playwright.sync_api import Locator, expect, sync_playwright

from tests.browser.people import PHONE, WIDE, Opener, Person, with_password, working
from tests.browser.test_scripts import ARGS

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SEED = Path(__file__).resolve().parents[3] / "shared" / "samples" / "seeds" / "seed002.txt"
OWN = """在青榆镇2026年工作会议上的讲话
同志们：
今天的会议，主要是总结去年工作，部署今年任务。
一、去年工作的成绩
一年来，全镇修通产业路6公里，新增就业岗位120个。
二、存在的问题和不足
一是项目储备不足，全年新签约项目只有2个；二是村级集体经济发展不平衡，仍有3个村年收入低于10万元。
三、今年的主要任务
（一）抓项目建设。9月底前，由经发办牵头，东村、西村配合，完成标准厂房一期建设。年底前新签约项目不少于5个。
（二）抓人居环境。东村要在6月底前完成生活污水管网改造，惠及320户。10月底前完成村级道路养护12公里。
（三）抓作风。全镇干部要坚定信心、真抓实干，以更加昂扬的斗志开创工作新局面。
"""
LINE = "全镇重点工作"


@dataclass(frozen=True)
class Speech:
    """A text, the year it plans, and words of the item that Wang carries."""

    text: str
    year: int
    item: str
    title: str


def speech_of(name: str) -> Speech:
    if name == "own":
        return Speech(OWN, 2026, "生活污水管网改造", "青榆镇年初讲话")
    if not SEED.exists():
        pytest.skip("shared/samples is not here")
    text = SEED.read_text("utf-8").split("\n", 1)[1]
    return Speech(text, 2024, "建立工作台账", "全镇总结表扬大会讲话")


class Calendar:
    """The office's day, which only the story turns."""

    def __init__(self, day: date) -> None:
        self.day = day

    def pass_days(self, count: int) -> None:
        self.day += timedelta(days=count)


@dataclass
class Story:
    """What every chapter needs: the speech, the calendar, and people at their screens."""

    speech: Speech
    calendar: Calendar
    enter: Opener
    lin: Person
    task: str = ""
    item: str = ""


@pytest.fixture(params=[WIDE, PHONE], ids=["desktop", "phone"])
def size(request: Any) -> dict[str, int]:
    return request.param


@pytest.fixture(params=["own", "seed002"])
def story(
    request: Any, size: dict[str, int], live_server: Any, cast: Any, settings: Any, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Story]:  # fmt: skip
    """Lin at the sign-in page on a morning in January; the worker is running."""
    monkeypatch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    settings.MEDIA_ROOT = tmp_path
    speech = speech_of(request.param)
    calendar = Calendar(date(speech.year, 1, 12))
    monkeypatch.setattr("luoshi.config.middleware.today", lambda: calendar.day)
    with_password(cast, "lin", "he", "wang", "liu")
    with working(), sync_playwright() as play:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=ARGS)

        def enter(name: str, at: dict[str, int]) -> Person:
            return Person(browser, live_server.url, name, at)

        yield Story(speech, calendar, enter, enter("lin", size))
        browser.close()


def test_a_year_clicked_from_speech_to_speech(story: Story, size: dict[str, int]) -> None:
    paste(story)
    decide(story)
    bring_into_line(story)
    name_roles(story)
    open_timetable(story)
    put_in_force(story)
    report_on_the_phone(story)
    verify_and_close(story, size)
    story.calendar.day = date(story.speech.year, 12, 20)
    write_review(story)


def paste(story: Story) -> None:
    """The text goes in by the page; the worker reads it; the reader opens by itself."""
    lin = story.lin
    lin.sign_in("/documents/document/new/")
    lin.page.fill("[name=text]", story.speech.text)
    lin.page.fill("[name=title]", story.speech.title)
    lin.page.fill("[name=year]", str(story.speech.year))
    lin.page.click("text=保存并读取")
    lin.page.wait_for_url("**/adoption/document/*/")
    lin.look()
    expect(lin.page.locator("tr.draft textarea", has_text=story.speech.item).first).to_be_visible()


def decide(story: Story) -> None:
    """Merge two rows and undo; take up the plan part into a new plan; the rest into a line or aside."""
    lin, page = story.lin, story.lin.page
    waiting = page.locator("tr.draft").count()
    for number in (0, 1):
        page.locator("tr.draft input[name=pick]").nth(number).check()
    page.click("summary:has-text('不采纳、合并、改类别')")
    lin.press("合并为一条")
    lin.told("合并为一条")
    assert page.locator("tr.draft").count() == waiting - 1
    lin.press("撤销这一步")
    lin.told("恢复原状")
    assert page.locator("tr.draft").count() == waiting

    lin.press(page.locator("button[name=all_of]").last)
    agree(lin)
    lin.told("已立项")
    adopted = page.locator("tr.decided", has_text=story.speech.item).first
    expect(adopted).to_be_visible()
    reader = page.url.partition("#")[0]

    lin.go("/goals/plan/")
    lin.press(f"{story.speech.year}年度计划")
    lin.press("新增专线")
    page.fill("[name=name]", LINE)
    page.select_option("[name=leader]", label=option(lin, "leader", "副镇长"))
    lin.press("保存")
    lin.told("工作专线已保存")

    lin.go(f"{reader}?state=draft")
    if page.locator("tr.draft").count():
        pick_all(lin)
        page.locator("[name=line]").select_option(index=1)
        lin.press(page.locator("button[name=do][value=adopt]"))
        agree(lin)
        lin.told("已立项")
    set_aside_rest(story, reader)
    lin.go(reader)
    expect(page.locator(".tally")).to_contain_text("全部要求均已认领或注明理由")
    lin.press(page.locator("tr.decided", has_text=story.speech.item).locator(".buttons a").first)
    story.task = page.url
    story.item = page.locator("h1").inner_text()


def agree(lin: Person) -> None:
    """The page that asks back: a new plan, or why a date that has passed stands."""
    if lin.page.locator("h1", has_text="确认立项").count() == 0:
        return
    if lin.page.locator("#reason").count():
        lin.page.fill("#reason", "年初集中补录")
    lin.press(lin.page.locator("main .acts button"))


def pick_all(lin: Person) -> None:
    """Tick every row: by one box at a desk, row by row on a phone."""
    if not lin.narrow:
        lin.page.locator("[data-pick-all]").check()
        return
    for box in lin.page.locator("tr.draft input[name=pick]").all():
        box.check()


def set_aside_rest(story: Story, reader: str) -> None:
    lin = story.lin
    lin.go(f"{reader}?state=draft&kind=all")
    if lin.page.locator("tr.draft").count():
        pick_all(lin)
        lin.page.click("summary:has-text('不采纳、合并、改类别')")
        lin.page.select_option("[name=why_not]", "传达学习")
        lin.press(lin.page.locator("button[value=set_aside]"))
        lin.told("传达学习")


def option(person: Person, name: str, words: str) -> str:
    """The label of the choice that holds these words."""
    labels = person.page.locator(f"[name={name}] option").all_inner_texts()
    return next(label for label in labels if words in label)


def bring_into_line(story: Story) -> None:
    """What was taken up before there was a line goes into it, all rows at once, from the ledger."""
    lin, page = story.lin, story.lin.page
    lin.go("/ledger/")
    for box in page.locator("tbody input[name=row]").all():
        box.check()
    page.select_option("#b-line", label=LINE)
    lin.press(page.locator("button[value=edit]"))
    lin.told("已办理")


def name_roles(story: Story) -> None:
    """Who leads, who carries: Wang of 东村; then it is assigned."""
    lin, page = story.lin, story.lin.page
    lin.go(story.task)
    lin.press(page.locator("a[href$='/roles/']").first)
    for name, words in (
        ("lead_leader", "副镇长"),
        ("lead_unit", "东村"),
        ("owner", "东村党支部书记"),
    ):
        page.select_option(f"[name={name}]", label=option(lin, name, words))
    lin.press(page.locator("button[value=assign]"))
    lin.told("已交办")
    expect(page.locator("dl.facts", has_text="责任人")).to_contain_text("王书记")


def open_timetable(story: Story) -> None:
    """Without durations nothing is promised; with one the verdict comes in words."""
    lin, page = story.lin, story.lin.page
    lin.go("/ledger/timetable/")
    expect(page.locator("main h2").first).to_have_text("工期待补")
    lin.go(story.task)
    lin.press("修改")
    page.fill("[name=starts_on]", f"{story.speech.year}-02-01")
    page.fill("[name=duration_days]", "30")
    if not page.input_value("[name=due_on]"):
        page.fill("[name=due_on]", f"{story.speech.year}-06-30")
    lin.press("保存")
    lin.told("已保存")
    lin.go("/ledger/timetable/")
    expect(page.locator("main h2").first).to_have_text("来得及")
    expect(page.locator("main p.note").first).to_contain_text(story.item[:6])
    lin.press("以表格查看")
    expect(page.locator("tbody a", has_text=story.item[:20]).first).to_be_visible()


def put_in_force(story: Story) -> None:
    """Approved, then mended finding by finding until the page lets it into force.

    The short speech goes the whole way; of the seed's many items the page says what stands in the way.
    """
    lin, page = story.lin, story.lin.page
    lin.go("/goals/plan/")
    lin.press(f"{story.speech.year}年度计划")
    lin.press(page.locator("form[action$='/approve/'] button"))
    lin.told("计划已定稿")
    lin.press("查责任空档")
    expect(page.locator("h1")).to_have_text("责任分解一览")
    wrong = page.locator(".find", has=page.locator(".code:not(.w):not(.i)"))
    expect(page.locator("main")).to_contain_text("改正后才能付诸执行")
    if story.speech.text is not OWN:
        assert page.locator("form[action$='/force/']").count() == 0
        return
    while wrong.count():
        before = wrong.count()
        mend(lin, wrong.first)
        assert wrong.count() < before, "a remedy mends what it stands at"
    page.locator("[name=signed]").check()
    lin.press(page.locator("form[action$='/force/'] button"))
    lin.told("已付诸执行")


CHOICES = {"leaders": "副镇长", "units": "经发办", "owners": "经发办主任"}


def mend(lin: Person, finding: Locator) -> None:
    """Fill the finding's one field, and save."""
    field = finding.locator("form.mend .in").first
    if field.count():
        kind = field.get_attribute("list")
        if field.get_attribute("type") == "date":
            field.fill("2026-11-30")
        elif kind:
            offered = lin.page.locator(f"#{kind} option").evaluate_all(
                "all => all.map(o => o.value)"
            )
            field.fill(next(name for name in offered if CHOICES[kind] in name))
        else:
            field.fill("以验收单为准")
    lin.press(finding.locator("form.mend button").first)
    lin.told("已处理")


def report_on_the_phone(story: Story) -> None:
    """One tap signs, one line reports, a photo goes with it; weeks later: done."""
    wang = story.enter("wang", PHONE)
    wang.sign_in("/ledger/my-week/")
    card = wang.page.locator("div.card", has_text=story.item[:20])
    wang.send(card.locator("button", has_text="签收"), "已办理")
    story.calendar.pass_days(20)

    wang.go("/ledger/my-week/")
    mine = wang.page.locator(".card", has_text=story.item[:20])
    if mine.locator("summary").count():
        mine.locator("summary").click()
    mine.locator("[name=text]").fill("材料已进场，进度过半")
    mine.locator("[name=progress]").fill("50")
    wang.send(mine.locator("button", has_text="报送"), "已收到")

    story.calendar.pass_days(20)
    wang.go("/ledger/my-week/")
    if mine.locator("summary").count():
        mine.locator("summary").click()
    wang.press("附佐证", mine)
    wang.page.locator("[name=says_done]").check()
    wang.page.fill("[name=text]", "全部完成，资料齐备")
    wang.page.fill("[name=progress]", "100")
    wang.page.set_input_files("[name=evidence]", {"name": "验收单.txt", "mimeType": "text/plain", "buffer": "验收合格".encode()})  # fmt: skip
    wang.press(wang.page.locator("main form .acts button"))
    wang.told("已收到")
    wang.go(story.task)
    expect(wang.page.locator("main")).to_contain_text("验收单.txt")


def verify_and_close(story: Story, size: dict[str, int]) -> None:
    """The drawn verifier, never chosen, checks in the panel of the task's page; the office closes."""
    lin = story.lin
    lin.go(story.task)
    panel = lin.page.locator("section[hx-get]")
    expect(panel).to_contain_text("随机抽取")
    told = panel.inner_text()
    name = "he" if "何专员" in told else "lin"
    assert name == "he" or "林主任" in told, told
    verifier = lin
    if name == "he":
        verifier = story.enter("he", size)
        verifier.sign_in(story.task.partition("/ledger/")[1] + story.task.partition("/ledger/")[2])
    page = verifier.page
    page.locator("section[hx-get] [name=outcome][value=true]").check()
    page.locator("section[hx-get] [name=method][value=on_site]").check()
    page.locator("section[hx-get] [name=note]").fill("现场核查属实，资料齐全")
    verifier.press("提交复核")
    verifier.told("已办理")
    lin.go(story.task)
    lin.press("办结销号")
    lin.told("已办理")
    expect(lin.page.locator(".figs")).to_contain_text(re.compile("已完成|办结|销号"))


def write_review(story: Story) -> None:
    """The review from the ledger: every figure leads to its rows, the paper opens, the text is read again."""
    lin, page = story.lin, story.lin.page
    lin.go("/briefs/")
    lin.press(page.locator("main form[action*='/write/'] button").first)
    lin.told("起草")
    every_figure_answers(lin)
    the_paper_opens(story)
    lin.press(page.locator("form[action$='/finish/'] button"))
    lin.told("已定稿")
    lin.press("读这份材料")
    page.wait_for_url("**/adoption/document/*/")
    lin.look()
    expect(page.locator(".source")).to_contain_text(story.item[:6])
    lin.go("/documents/document/")
    expect(page.locator("main tbody tr")).to_have_count(2)


def every_figure_answers(lin: Person) -> None:
    links = lin.page.locator(".sheet-text a:not(.edit), .facts-beside a, .pairs a")
    found = sorted(set(links.evaluate_all("all => all.map(a => a.href)")))
    assert found, "the review cites the ledger"
    assert {link: lin.page.request.get(link).status for link in found} == dict.fromkeys(found, 200)


def the_paper_opens(story: Story) -> None:
    page = story.lin.page
    with page.expect_download() as given:
        page.click("text=下载 docx")
    paper = Paper(BytesIO(Path(given.value.path()).read_bytes()))
    text = "\n".join(paragraph.text for paragraph in paper.paragraphs)
    assert str(story.speech.year) in text
    assert story.item[:6] in text, "what was done stands in the paper"
