from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.domain.base import say
from luoshi.domain.burden import (
    LONGEST,
    MOST_FIELDS,
    NOTHING,
    STEP,
    Asking,
    Cost,
    Draft,
    Earlier,
    Known,
    Timing,
    coarse,
    cost_of,
    faults_of,
    known_in,
    pace_of,
    rounds_of,
)
from luoshi.domain.workdays import SHANGHAI
from luoshi.office.china_calendar import china_calendar

FORMS = ("report", "sign", "reading", "unmeasured")
PACES = {"report": Decimal("11.25"), "sign": Decimal("4.00"), "reading": Decimal("7.33")}

askings = st.lists(
    st.builds(
        Asking,
        st.sampled_from(FORMS),
        st.integers(1, 40),
        st.integers(0, 500),
        st.integers(0, 40),
    ),
    max_size=12,
)
timings = st.lists(
    st.builds(Timing, st.integers(1, 30), st.integers(1, LONGEST), st.integers(1, 9)), max_size=20
)


# --- Minutes --------------------------------------------------------------------------------


@given(askings, st.sampled_from(FORMS))
def test_adding_a_field_never_lowers_the_cost(asked, form):
    before = cost_of([*asked, Asking(form, 3, 2)], PACES)
    after = cost_of([*asked, Asking(form, 4, 2)], PACES)
    assert after.seconds >= before.seconds
    assert after.times == before.times


@given(askings, askings)
def test_costs_add_up_exactly(first, second):
    both = cost_of([*first, *second], PACES)
    assert both == cost_of(first, PACES) + cost_of(second, PACES)
    assert isinstance(both.seconds, Decimal)
    exact = sum(
        Fraction(PACES[one.form]) * one.fields * one.times
        for one in (*first, *second)
        if one.form in PACES
    )
    assert Fraction(both.seconds) == exact


@given(askings)
def test_repeated_questions_are_part_of_the_whole(asked):
    cost = cost_of(asked, PACES)
    assert 0 <= cost.repeated <= cost.seconds


@given(askings)
def test_what_is_not_measured_is_told_and_never_zero(asked):
    cost = cost_of(asked, PACES)
    times = sum(one.times for one in asked if one.form == "unmeasured")
    assert cost.missing.get("unmeasured", 0) == times
    assert cost.measured == cost.times - times
    if cost.times and not cost.measured:
        assert cost.minutes is None


def test_nothing_asked_costs_nothing():
    assert cost_of([], PACES) == NOTHING
    assert NOTHING.minutes == Decimal("0.0")


def test_a_worked_example():
    # 12 reports of 2 fields at 11.25 s, 3 signatures of 1 field at 4 s: 282 s
    cost = cost_of([Asking("report", 2, 12), Asking("sign", 1, 3)], PACES)
    assert cost.seconds == Decimal("282.00")
    assert cost.minutes == Decimal("4.7")


# --- Medians --------------------------------------------------------------------------------


@given(timings)
def test_median_is_that_of_the_spread_out_list(told):
    spread = [Fraction(one.seconds, one.fields) for one in told for _ in range(one.times)]
    found = pace_of(told, least=1)
    if not spread:
        assert found is None
    else:
        assert abs(Fraction(found) - median(spread)) <= Fraction(1, 200)


@given(timings)
def test_a_form_measured_too_seldom_has_no_median(told):
    times = sum(one.times for one in told)
    assert (pace_of(told) is None) == (times < 5)


def test_one_slow_person_does_not_move_the_median():
    quick = [Timing(2, 20, 9)]
    assert pace_of(quick) == pace_of([*quick, Timing(2, LONGEST, 1)]) == Decimal("10.00")


@pytest.mark.parametrize(
    "said", ["", "-5", "0", "1e9", "1000000000", "abc", "12.5", "NaN", "١٢", None, "1801", "９"]
)
def test_nonsense_is_dropped(said):
    assert coarse(said) is None


@given(st.integers(1, LONGEST))
def test_seconds_are_coarse_and_never_shorter(seconds):
    found = coarse(str(seconds))
    assert found % STEP == 0
    assert seconds <= found < seconds + STEP


# --- Requests -------------------------------------------------------------------------------

THURSDAY, FRIDAY = date(2026, 6, 11), date(2026, 6, 12)
MONDAY, TUESDAY = date(2026, 6, 15), date(2026, 6, 16)


def draft(**other):
    facts = {"title": "特困人员台账", "fields": ("人数",), "units": ("east",), "due_on": TUESDAY}
    return Draft(**(facts | other))


def codes(asked, day=THURSDAY, hour=time(9, 0), earlier=()):
    now = datetime.combine(day, hour, SHANGHAI)
    return [one.code for one in faults_of(asked, now, china_calendar(), earlier)]


def test_a_sound_request_has_no_fault():
    assert codes(draft()) == []


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ({"title": " "}, "burden.no_title"),
        ({"fields": ()}, "burden.no_fields"),
        ({"fields": tuple(f"项{n}" for n in range(200))}, "burden.many_fields"),
        ({"fields": ("人数", "人 数（人）")}, "burden.field_twice"),
        ({"units": ()}, "burden.no_units"),
        ({"empty": ("西村",)}, "burden.empty_units"),
        ({"due_on": date(2026, 6, 10)}, "burden.due_passed"),
    ],
)
def test_what_cannot_be_asked_is_refused(other, code):
    assert code in codes(draft(**other))


def test_exactly_the_most_fields_pass():
    assert codes(draft(fields=tuple(f"第{n}样" for n in range(MOST_FIELDS)))) == []


def test_nothing_is_asked_on_friday_evening_for_monday():
    assert codes(draft(due_on=MONDAY), FRIDAY, time(19, 0)) == ["burden.over_rest"]
    assert codes(draft(due_on=MONDAY), FRIDAY, time(15, 0)) == ["burden.over_rest"]
    assert codes(draft(due_on=MONDAY), date(2026, 6, 14), time(10, 0)) == ["burden.over_rest"]
    assert codes(draft(due_on=MONDAY), FRIDAY, time(14, 59)) == []
    assert codes(draft(due_on=TUESDAY), FRIDAY, time(19, 0)) == []


def test_nothing_is_asked_at_night_for_the_same_day():
    assert codes(draft(due_on=THURSDAY), THURSDAY, time(20, 0)) == ["burden.at_night"]
    assert codes(draft(due_on=THURSDAY), THURSDAY, time(9, 0)) == []


def test_the_evening_before_a_festival_is_like_friday():
    # 端午 2026: 19 to 21 June are off; the 18th is a Thursday
    before = date(2026, 6, 18)
    assert codes(draft(due_on=date(2026, 6, 22)), before, time(16, 0)) == ["burden.over_rest"]


def test_the_same_request_is_not_asked_twice():
    earlier = [Earlier("7", ("人 数",), ("east", "west"))]
    assert codes(draft(), earlier=earlier) == ["burden.twin"]
    assert codes(draft(units=("east", "south")), earlier=earlier) == []
    assert codes(draft(fields=("人数", "户数")), earlier=earlier) == []


@given(st.dates(date(2026, 1, 1), date(2026, 12, 31)), st.sampled_from(["month", "quarter"]))
def test_rounds_stay_in_the_year_and_in_order(first, rhythm):
    found = rounds_of(first, rhythm)
    assert found[0] == first
    assert list(found) == sorted(set(found))
    assert all(on.year == first.year for on in found)
    gaps = [after - before for before, after in pairwise(found)]
    assert all(gap >= timedelta(days=28) for gap in gaps)


def test_month_ends_stay_month_ends():
    assert rounds_of(date(2026, 10, 31), "month") == (
        date(2026, 10, 31),
        date(2026, 11, 30),
        date(2026, 12, 31),
    )


# --- What is known already ------------------------------------------------------------------

WHERE = say("burden.where.unit")
INCOME = Known("村集体经济收入", (), WHERE, "indicator", "1")
HEAD = Known("主要负责人", ("负责人姓名", "村党支部书记"), WHERE, "unit", "head")
FACTS = [INCOME, HEAD]


@pytest.mark.parametrize(
    ("field", "fact", "how"),
    [
        ("村集体经济收入", INCOME, "same"),
        ("村集体经济收入（万元）", INCOME, "same"),
        ("村 集体经济收入:", INCOME, "same"),
        ("2026年上半年村集体经济收入完成情况", INCOME, "within"),
        ("村党支部书记", HEAD, "synonym"),
        ("主要负责人", HEAD, "same"),
    ],
)
def test_a_known_fact_is_recognised_and_explained(field, fact, how):
    found = known_in(field, FACTS)
    assert found.known == fact
    assert found.how == how


@pytest.mark.parametrize(
    "field", ["预计村集体经济收入", "村集体经济收入低于10万元的原因", "特困人员数", "", "（）"]
)
def test_another_fact_is_not_taken_for_a_known_one(field):
    assert known_in(field, FACTS) is None


@given(st.text(max_size=30))
def test_any_field_is_answered(field):
    found = known_in(field, FACTS)
    assert found is None or found.known in FACTS


def test_costs_keep_forms_apart():
    cost = Cost(Decimal(60), Decimal(0), 2, {"a": 1}) + Cost(Decimal(30), Decimal(0), 3, {"b": 2})
    assert cost.missing == {"a": 1, "b": 2}
    assert cost.measured == 2
