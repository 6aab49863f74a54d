"""A paper's hours, its steps, figures told twice."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.domain.intake import (
    Figure,
    clashes,
    internal_deadline,
    judge_deadlines,
    judge_steps,
    missing_steps,
)
from luoshi.domain.intake.papers import plain_period
from luoshi.domain.workdays import SHANGHAI, CalendarTable, OfficeHours, WorkCalendar

CALENDAR = WorkCalendar(CalendarTable(), extra_days_off=[date(2026, 6, 19)])
HOURS = OfficeHours()


def at(day, hour, minute=0, month=6):
    return datetime(2026, month, day, hour, minute, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("received", "due", "urgency", "internal"),
    [
        (at(15, 9), at(18, 17), "ordinary", at(17, 17)),  # a working day of office hours before
        (at(15, 9), at(18, 17), "urgent", at(18, 11)),  # half a day: 2.5 h afternoon, 1 h morning
        (at(15, 9), at(22, 12), "ordinary", at(18, 12)),  # Friday the 19th is off, then a weekend
        (at(18, 9), at(18, 17), "ordinary", at(18, 11, 45)),  # half of the 5.5 h that are left
        (at(17, 14, 40), at(24, 18), "ordinary", at(23, 18)),  # 40 minutes are no round decimal
        (at(18, 16), at(18, 17), "most_urgent", at(18, 16)),
        (at(18, 16), at(18, 16, 30), "most_urgent", at(18, 16, 15)),
        (at(20, 9), at(20, 15), "ordinary", at(20, 12)),  # a Saturday: by the clock
    ],
)
def test_the_internal_deadline_is_computed_back(received, due, urgency, internal):
    assert internal_deadline(due, received, urgency, CALENDAR, HOURS) == internal


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 1)),  # noqa: DTZ001
    st.integers(1, 60 * 24 * 40),
    st.sampled_from(["ordinary", "urgent", "most_urgent"]),
)
def test_it_lies_between_receipt_and_the_superior_s(received, minutes, urgency):
    received = received.replace(second=0, microsecond=0, tzinfo=SHANGHAI)
    due = received + timedelta(minutes=minutes)
    internal = internal_deadline(due, received, urgency, CALENDAR, HOURS)
    assert received <= internal <= due
    assert judge_deadlines(received, due, internal) is None


@pytest.mark.parametrize(
    ("received", "due", "internal", "code"),
    [
        (at(18, 9), at(18, 9), None, "due_before_receipt"),
        (at(18, 9), at(17, 9), None, "due_before_receipt"),
        (at(18, 9), None, at(18, 10), "internal_alone"),
        (at(18, 9), at(18, 17), at(18, 18), "internal_after"),
        (at(18, 9), at(18, 17), at(18, 8), "internal_before_receipt"),
    ],
)
def test_deadlines_in_the_wrong_order_are_refused(received, due, internal, code):
    assert judge_deadlines(received, due, internal).code == f"intake.paper.{code}"


A, B, C, D = (UUID(int=n) for n in range(1, 5))


@pytest.mark.parametrize(
    ("taken", "code"),
    [
        ({"drafted": A, "checked": A}, "same_person"), ({"drafted": C, "reviewed": C}, "same_person"),
        ({"drafted": C, "signed": C}, "same_person"),
        ({"drafted": A, "checked": C, "signed": C}, "same_person"),
        ({"drafted": A, "checked": B, "signed": B}, "same_person"),
        ({"drafted": A, "signed": B}, "not_a_leader"), ({"drafted": A, "reviewed": B}, "not_a_leader"),
        ({"drafted": A, "checked": B, "reviewed": C, "signed": D, "sealed": B}, None),
        ({"drafted": A, "checked": B, "reviewed": C, "signed": C}, None), ({}, None),
    ],
)  # fmt: skip
def test_the_steps_are_different_people_s(taken, code):
    why = judge_steps(taken, frozenset({C, D}))
    assert (why.code if why else None) == (f"intake.paper.{code}" if code else None)


def test_each_form_of_answer_has_its_steps():
    assert missing_steps("written", {"drafted": A, "checked": B}) == (
        "reviewed",
        "signed",
        "sealed",
    )
    assert missing_steps("table", {"drafted": A}) == ("checked", "signed", "sealed")
    assert missing_steps("phone", {"drafted": A, "reviewed": C}) == ()
    assert missing_steps("none", {}) == ()


def figure(name, value, unit="万元", period="2026年上半年", source="县局"):
    return Figure(name, None if value is None else Decimal(value), unit, period, source)


@pytest.mark.parametrize(
    ("told", "before", "differs"),
    [
        (figure("固定资产投资", "1200"), figure("固定资产投资", "1200"), False),
        (figure("固定资产投资", "1200"), figure("固定资产投资", "1180"), True),
        (figure("固定资产投资", "1.2", "亿元"), figure("固定资产投资", "12000"), False),
        (figure("固定资产投资", "1.3", "亿元"), figure("固定资产投资", "12000"), True),
        (figure("固定 资产投资（累计）", "5"), figure("固定资产投资(累计)", "6"), True),
        (figure("脱贫户数", "10", "户"), figure("脱贫户数", "10", "人"), False),
        (figure("脱贫户数", "10", "户"), figure("脱贫户数", None, "户"), False),
        (figure("脱贫户数", None, "户"), figure("脱贫户数", "9", "户"), False),
        (figure("脱贫户数", "10", "户", "2026年1-6月"), figure("脱贫户数", "9", "户"), True),
        (figure("脱贫户数", "10", "户", "2026年5月"), figure("脱贫户数", "9", "户"), False),
        (figure("脱贫户数", "10", "户", "2025年上半年"), figure("脱贫户数", "9", "户"), False),
    ],
)
def test_a_figure_told_differently_before_is_found(told, before, differs):
    found = list(clashes([told], [before]))
    assert bool(found) is differs
    assert not found or found[0].why.code == "intake.paper.clash"


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("2026年上半年", "2026上半年"), ("2026年1-6月", "2026上半年"), ("2026年1月至6月", "2026上半年"),
        ("2026年第一季度", "2026一季度"), ("2026年1季度", "2026一季度"), ("2026年", "2026全年"),
        ("2026年度", "2026全年"), ("2026-05", "20265月"), ("2026年5月", "20265月"), ("上半年", "上半年"),
    ],
)  # fmt: skip
def test_a_period_is_compared_however_it_is_written(text, plain):
    assert plain_period(text) == plain


@given(st.text(max_size=20), st.decimals(allow_nan=False, allow_infinity=False, places=2))
def test_a_figure_never_contradicts_itself(name, value):
    one = figure(name or "数", str(value))
    assert not list(clashes([one], [one]))
