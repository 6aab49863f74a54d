"""The office's day: when, whom and from where, as it is typed."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.domain.base import Sentence
from luoshi.domain.cascade import DutyLine, place_item
from luoshi.domain.intake import (
    Holder,
    Party,
    Place,
    Roster,
    When,
    guess_source,
    match_party,
    read_when,
    say_due,
)
from luoshi.domain.workdays import SHANGHAI

TODAY = date(2026, 6, 18)  # a Thursday, the day before the Dragon Boat holiday


def add(day, n):
    """Monday to Friday."""
    step = 1 if n > 0 else -1
    while n:
        day += timedelta(days=step)
        n -= step if day.weekday() < 5 else 0
    return day


@pytest.mark.parametrize(
    ("said", "day", "hour"),
    [
        ("今天17:00", (6, 18), (17, 0)), ("今天17：00前", (6, 18), (17, 0)),
        ("今日下午5点前", (6, 18), (17, 0)), ("今天5点前", (6, 18), (17, 0)),
        ("17:00", (6, 18), (17, 0)), ("17点半", (6, 18), (17, 30)), ("下班前", (6, 18), (18, 0)),
        ("今天中午", (6, 18), (12, 0)), ("明天上午", (6, 19), (12, 0)), ("明天", (6, 19), None),
        ("后天", (6, 20), None), ("明天9:30", (6, 19), (9, 30)), ("明早9点", None, None),
        ("周五", (6, 19), None), ("本周五", (6, 19), None), ("周一", (6, 22), None),
        ("下周三", (6, 24), None), ("星期天", (6, 21), None), ("下周五下午5点", (6, 26), (17, 0)),
        ("25日", (6, 25), None), ("25号17时", (6, 25), (17, 0)), ("10日", (7, 10), None),
        ("6月25日", (6, 25), None), ("6.25", (6, 25), None), ("6-25", (6, 25), None),
        ("6/25 17:00", (6, 25), (17, 0)), ("6.25下午3点", (6, 25), (15, 0)),
        ("2026-07-01", (7, 1), None), ("2026年7月1日12时", (7, 1), (12, 0)), ("0625", (6, 25), None),
        ("20260701", (7, 1), None), ("月底", (6, 30), None), ("6月底前", (6, 30), None),
        ("下月底", (7, 31), None), ("年底", (12, 31), None), ("3天内", (6, 21), None),
        ("三日内", (6, 21), None), ("+2", (6, 20), None), ("3个工作日内", (6, 23), None),
        ("两周内", (7, 2), None), ("６月２５日", (6, 25), None), ("6.10", (6, 10), None),
    ],
)  # fmt: skip
def test_a_time_is_read_as_the_office_types_it(said, day, hour):
    found = read_when(said, TODAY, add)
    if day is None:
        assert isinstance(found, Sentence)
        return
    assert found == When(date(2026, *day), time(*hour) if hour else None)


@pytest.mark.parametrize(
    "said",
    ["", "尽快", "2月30日", "32日", "周八", "25:00", "13.1", "17:75", "若干天内", "今天25点"],
)
def test_what_is_not_understood_is_never_guessed(said):
    assert isinstance(read_when(said, TODAY, add), Sentence)


def test_a_month_long_gone_is_next_year_s():
    assert read_when("1月5日", date(2026, 12, 20), add) == When(date(2027, 1, 5))


@given(st.dates(date(2020, 1, 1), date(2030, 12, 31)), st.times())
def test_every_day_and_hour_written_out_is_read_back(day, hour):
    hour = hour.replace(second=0, microsecond=0)
    said = f"{day.year}年{day.month}月{day.day}日{hour:%H:%M}前"
    assert read_when(said, TODAY, add) == When(day, hour)


@given(st.text(max_size=30))
def test_any_text_gets_an_answer(said):
    assert isinstance(read_when(said, TODAY, add), When | Sentence)


def key(n):
    return UUID(int=n)


EAST, WEST, OFFICE = (
    Place(key(1), "东村", "东村"),
    Place(key(2), "西村", "西村"),
    Place(key(3), "经济发展办公室", "经发办"),
)
WANG = Holder(key(11), "王海", EAST.id, key(21), "党支部书记", leads=True)
ZHANG_EAST = Holder(key(12), "张敏", EAST.id, key(22), "文书")
ZHANG_WEST = Holder(key(13), "张敏", WEST.id, key(23), "文书")
QIAN = Holder(key(14), "钱进", OFFICE.id, key(24), "主任", leads=True)
ROSTER = Roster((EAST, WEST, OFFICE), (WANG, ZHANG_EAST, ZHANG_WEST, QIAN))


@pytest.mark.parametrize(
    ("said", "party"),
    [
        ("东村", Party(EAST.id)), (" 东 村 ", Party(EAST.id)), ("东村党支部", Party(EAST.id)),
        ("经发办", Party(OFFICE.id)), ("经济发展办公室", Party(OFFICE.id)),
        ("王海", Party(EAST.id, WANG)), ("东村王海", Party(EAST.id, WANG)),
        ("东村 张敏", Party(EAST.id, ZHANG_EAST)), ("西村-张敏", Party(WEST.id, ZHANG_WEST)),
        ("经发办主任", Party(OFFICE.id, QIAN)), ("经发办钱进主任", Party(OFFICE.id, QIAN)),
    ],
)  # fmt: skip
def test_a_name_means_one_unit_or_one_person(said, party):
    assert match_party(said, ROSTER) == party


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("张敏", "several"),
        ("南村", "unknown"),
        ("李四", "unknown"),
        ("", "missing"),
        ("东", "unknown"),
    ],
)
def test_a_name_that_is_not_clear_is_asked_about(said, code):
    found = match_party(said, ROSTER)
    assert isinstance(found, Sentence)
    assert found.code == f"intake.who_{code}"


@pytest.mark.parametrize(
    ("asked_by", "source"),
    [
        ("党政联席会", "meeting_decision"), ("县农业农村局", "county_assigned"),
        ("12345热线", "resident_request"), ("村民李某", "resident_request"),
        ("县委巡察组反馈", "rectification"), ("隔壁镇", "temporary"),
    ],
)  # fmt: skip
def test_who_asked_tells_the_source(asked_by, source):
    assert guess_source(asked_by, is_leader=False) == source
    assert guess_source(asked_by, is_leader=True) == "instruction"


def test_an_hour_is_said_against_today():
    at = datetime(2026, 6, 18, 17, 0, tzinfo=SHANGHAI)
    assert say_due(at, TODAY).code == "intake.due.today"
    assert say_due(at, date(2026, 6, 17)).code == "intake.due.tomorrow"
    assert say_due(at, date(2026, 6, 1)).code == "intake.due.day"


LINES = (
    DutyLine(key(31), "basic", "组织农村人居环境整治和村容村貌日常管护", ""),
    DutyLine(key(32), "withdrawn", "对燃气经营企业安全生产的行政检查", "县住建局"),
)


@pytest.mark.parametrize(
    ("title", "placing", "line"),
    [
        ("开展农村人居环境整治月检查", "listed", 0),
        ("对燃气经营企业安全生产开展行政检查", "withdrawn", 1),
        ("统计返乡大学生人数", "outside", None),
    ],
)
def test_an_arriving_item_is_held_against_the_three_lists(title, placing, line):
    placed = place_item(title, LINES)
    assert placed.placing == placing
    assert line is None or placed.line == LINES[line]
    assert place_item(title, ()).placing == "unknown"
