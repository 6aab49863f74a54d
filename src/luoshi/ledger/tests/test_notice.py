"""A holiday notice: read as it is published, looked at with all it moves, kept in one act."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from luoshi.domain.base import Refused
from luoshi.journal.models import Entry
from luoshi.ledger.notice import read_notice
from luoshi.ledger.queries.noticing import consider_notice
from luoshi.ledger.tests.conftest import TODAY
from luoshi.office.china_calendar import china_table
from luoshi.org.actions import set_calendar_days
from luoshi.org.calendars import calendar_of
from luoshi.org.models import CalendarDay

PUBLISHED = """一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
节假日期间，各地区、各部门要妥善安排好值班和安全、保卫等工作。"""


def test_the_notice_of_2026_is_read_as_the_package_has_it():
    read = read_notice(PUBLISHED, 2026)
    known = china_table().years[2026]
    off = {day for day, works in read.days.items() if not works}
    assert {day for day, works in read.days.items() if works} == known.working_days
    assert {day for day in off if day.weekday() < 5} == {
        day for day in known.days_off if day.weekday() < 5
    }
    assert not read.unread


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2027-02-05至2027-02-06 休 春节", {date(2027, 2, 5): False, date(2027, 2, 6): False}),
        ("2027-01-31 班", {date(2027, 1, 31): True}),
        ("2026年12月31日至2027年1月1日放假", {date(2026, 12, 31): False, date(2027, 1, 1): False}),
    ],
)
def test_plain_lines_and_years_are_read(text, days):
    assert read_notice(text, 2027).days == days


@pytest.mark.parametrize(
    "text", ["2月30日放假", "3月9日至1日放假", "3月1日开会", "2027-01-01至2028-01-01 休"]
)
def test_what_is_not_understood_is_told_and_changes_nothing(text):
    read = read_notice(text, 2027)
    assert not read.days
    assert read.unread


@pytest.fixture
def tight(new):
    """Ten days of work that just fit before their deadline."""
    return new("修桥", starts_on=date(2026, 7, 6), duration_days=10, due_on=date(2026, 7, 17))


HOLIDAY = {date(2026, 7, 8): False, date(2026, 7, 9): False, date(2026, 7, 11): True}


def test_preview_names_what_moves_and_what_is_lost_and_keeps_nothing(cast, plan, tight, new):
    new("远事", duration_days=5, starts_on=date(2026, 6, 22), due_on=date(2026, 12, 1))
    seen = consider_notice(cast.actor("lin"), TODAY, plan, HOLIDAY | {date(2026, 7, 4): False})
    assert seen.changed == HOLIDAY, "a Saturday is off already"
    assert [(row.task.title, row.lost) for row in seen.moved] == [("修桥", True)]
    effect = seen.moved[0].effect
    assert (effect.old.finish, effect.new.finish) == (date(2026, 7, 17), date(2026, 7, 20))
    assert [unit.pk for unit, _rows in seen.digest] == [tight.unit_id]
    assert not CalendarDay.objects.exists()


def test_notice_is_kept_in_one_act_with_one_entry(cast, plan, act, tight):
    act("lin", set_calendar_days, unit=cast.town, days=HOLIDAY, why="放假通知")
    calendar = calendar_of(cast.town)
    assert [calendar.is_workday(day) for day in HOLIDAY] == [False, False, True]
    assert Entry.objects.filter(verb="org.calendar.changed").count() == 1
    back = {date(2026, 7, 8): True}
    act("lin", set_calendar_days, unit=cast.town, days=back, why="更正")
    assert calendar_of(cast.town).is_workday(date(2026, 7, 8))
    for who, days, why in (
        ("wang", HOLIDAY, "通知"), ("lin", {date(2026, 6, 1): False}, "通知"), ("lin", back, " "),
    ):  # fmt: skip
        with pytest.raises(Refused):
            act(who, set_calendar_days, unit=cast.town, days=days, why=why)


def test_page_previews_then_keeps_and_asks_as_often_for_many_items(
    cast, plan, tight, new, signed_in
):
    client, there = signed_in("lin"), reverse("ledger:notice")
    sent = {"plan": plan.pk, "year": "2026", "text": "7月8日至9日放假。7月11日上班。"}
    client.post(there, sent)
    counts = []
    for extra in (0, 10):
        for n in range(extra):
            new(f"修{n}号路", starts_on=date(2026, 7, 6), duration_days=9)
        with CaptureQueriesContext(connection) as asked:
            page = client.post(there, sent).content.decode()
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert "有1个时限因此赶不上" in page
    answer = client.post(there, sent | {"keep": "1", "why": "放假通知"}, follow=True)
    assert "工作日历已更新3天" in answer.content.decode()
    assert CalendarDay.objects.count() == 3
