"""督办单: numbers, limits, who may, results with their proof, and standings that add up."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.domain import orders as law
from luoshi.domain.orders import Dealt, Result, ResultFacts, Stage

TODAY = date(2026, 6, 18)
DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))


@given(st.text(alphabet="督办通报青〔〕第号{年}{号}12{} ", max_size=45))
def test_a_style_that_passes_gives_every_number_a_mark_of_its_own(pattern):
    if law.style_fault(pattern) is None:
        marks = {law.serial(pattern, year, n) for year in (2025, 2026) for n in range(1, 40)}
        assert len(marks) == 78


@pytest.mark.parametrize(
    ("pattern", "code"),
    [
        ("", "orders.style_length"),
        ("督" * 41, "orders.style_length"),
        ("督办{号}号", "orders.style_places"),
        ("督办〔{年}〕{号}{号}", "orders.style_places"),
        ("督办2〔{年}〕{号}号", "orders.style_rest"),
        ("督办{〔{年}〕{号}号", "orders.style_rest"),
    ],
)
def test_a_style_is_refused_in_words(pattern, code):
    fault = law.style_fault(pattern)
    assert fault is not None
    assert fault.code == code


def test_the_office_s_own_style():
    assert law.style_fault("督办〔{年}〕{号}号") is None
    assert law.serial("督办〔{年}〕{号}号", 2026, 12) == "督办〔2026〕12号"


@given(st.integers(-5, 300))
def test_a_limit_has_its_range(days):
    assert (law.limit_fault(days) is None) is (1 <= days <= 250)


@given(DAYS, st.integers(1, 250))
def test_a_deadline_never_lies_before_the_registration(day, days):
    assert law.due_by(day, days, lambda d, n: d + timedelta(days=n)) > day


@given(DAYS, DAYS, st.sampled_from(["", "  ", "等秋收"]))
def test_a_deadline_beyond_the_limit_needs_a_reason(due, usual, reason):
    fault = law.due_fault(due, usual, TODAY, reason)
    if due < TODAY:
        assert fault is not None
        assert fault.code == "orders.due_passed"
    else:
        assert (fault is None) is (due <= usual or bool(reason.strip()))


KINDS = ["county", "county_office", "town", "town_office", "village", "station"]


@given(st.sampled_from(KINDS), st.sampled_from(KINDS), st.booleans())
def test_inspections_are_the_county_s_and_orders_the_town_s(issuer, target, is_county):
    fault = law.inspection_fault(issuer, target, is_county=is_county)
    allowed = is_county and issuer in {"county", "county_office"} and target == "town"
    assert (fault is None) is allowed
    assert (law.order_fault(issuer) is None) is (issuer == "town")
    assert fault is not None or law.order_fault(issuer) is not None


def test_every_state_of_a_task_has_its_stage():
    from luoshi.domain.closing import State

    for state in State:
        assert law.stage_of(state.value, concluded=False, archived=False) in law.STATES
        assert law.stage_of(state.value, concluded=True, archived=False) is Stage.CONCLUDED
        assert law.stage_of(state.value, concluded=True, archived=True) is Stage.ARCHIVED


FACTS = st.builds(
    ResultFacts,
    stage=st.sampled_from(list(Stage)),
    checks=st.integers(0, 2),
    reports=st.integers(0, 2),
    note=st.sampled_from(["", " ", "通了一半"]),
    next_on=st.none() | DAYS,
    today=st.just(TODAY),
    is_office=st.booleans(),
    is_doer=st.booleans(),
)


@given(st.sampled_from(list(Result)), FACTS)
def test_no_result_without_its_proof_and_none_by_the_doer(result, facts):
    if law.result_fault(result, facts) is not None:
        return
    assert facts.is_office
    assert not facts.is_doer
    if result is Result.RECTIFIED:
        assert facts.stage is Stage.TO_CONCLUDE
        assert facts.checks
        return
    assert facts.note.strip()
    assert facts.stage in law.OPEN - {
        Stage.TO_CHECK, Stage.TO_CLOSE, Stage.TO_RECOGNISE, Stage.TO_CONCLUDE,
    }  # fmt: skip
    if result is not Result.NOT:
        assert facts.reports
        assert facts.next_on is not None
        assert facts.next_on > TODAY


@given(st.sampled_from(list(Stage)))
def test_only_what_has_ended_is_archived(stage):
    ended = stage in {Stage.CONCLUDED, Stage.WITHDRAWN}
    assert (law.archive_fault(stage) is None) is ended


DEALT = st.builds(
    Dealt,
    stage=st.sampled_from(list(Stage)),
    due_on=st.none() | DAYS,
    done_on=st.none() | DAYS,
    returns=st.integers(0, 2),
    moves=st.integers(0, 2),
    result=st.sampled_from(["", *Result]),
)


@given(st.lists(DEALT, max_size=30), DAYS)
def test_every_order_stands_in_exactly_one_count(rows, on):
    one = law.standing(rows, on)
    parts = one.on_time + one.late + one.overdue + one.going + one.withdrawn
    assert one.received == len(rows) == parts
    assert sum(one.results.values()) == sum(bool(row.result) for row in rows)
    assert one.returned <= one.received


@given(DEALT, DAYS, st.integers(0, 60))
def test_an_open_order_never_looks_better_as_time_passes(row, on, days):
    before = law.standing([row], on)
    after = law.standing([row], on + timedelta(days=days))
    assert after.overdue >= before.overdue
    assert after.on_time == before.on_time
