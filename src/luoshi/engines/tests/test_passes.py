"""The engine's plan before the law."""

import random
from dataclasses import replace
from datetime import date
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.domain.base import Refused
from luoshi.domain.schedule import Link, Network, Step, analyse, check_plan
from luoshi.domain.schedule.arithmetic import Ruler
from luoshi.domain.schedule.frame import frame
from luoshi.domain.tests.schedule_cases import CALENDAR, STATUS, networks
from luoshi.engines import sweep
from luoshi.engines.base import Budget, Problem
from luoshi.engines.passes import earliest, flatten, latest, solve

BUDGET = Budget(cpu_s=1.0)


def solved(network, **fields):
    return solve(Problem(network, CALENDAR, STATUS, **fields), budget=BUDGET)


def test_plan_is_as_late_as_the_deadline_allows():
    network = Network(
        (Step("a", "招标", 5), Step("b", "施工", 5, deadline=date(2026, 9, 30))), (Link("a", "b"),)
    )
    plan = solved(network).plan
    assert plan.slots["b"].finish == date(2026, 9, 30)
    assert plan.slots["a"].finish < plan.slots["b"].start
    assert CALENDAR.between(plan.slots["a"].finish, plan.slots["b"].start) == 1


def test_plan_of_a_lost_deadline_is_as_early_as_it_can():
    step = Step("a", "施工", 30, deadline=date(2026, 6, 30))
    solution = solved(Network((step,)))
    assert solution.plan.slots["a"].start == STATUS
    assert solution.lateness == CALENDAR.between(date(2026, 6, 30), solution.plan.slots["a"].finish)


def test_progress_is_told_once():
    told = []
    solve(
        Problem(Network((Step("a", "甲", 1),)), CALENDAR, STATUS),
        budget=BUDGET,
        report=lambda progress: told.append(progress) is None,
    )
    assert [(p.lateness, p.bound) for p in told] == [(0, 0)]


def test_circle_is_refused():
    with pytest.raises(Refused, match=r"schedule\.circle"):
        solved(Network((Step("a", "甲", 1),), (Link("a", "a"),)))


def test_deadline_long_ago_is_planned_from_today():
    step = Step("a", "甲", 3, deadline=date(1990, 1, 2))
    assert solved(Network((step,))).plan.slots["a"].start == STATUS


def test_step_beyond_the_calendar_is_refused_in_words():
    with pytest.raises(Refused, match="beyond"):
        solved(Network((Step("a", "甲", 10_000_000),)))


@given(networks(calendar_days=False))
def test_plan_of_working_days_breaks_nothing_but_lost_deadlines(network):
    agree_with_law(network)


@given(networks())
def test_plan_of_mixed_days_breaks_nothing_but_lost_deadlines(network):
    agree_with_law(network)


def agree_with_law(network):
    solution = solved(network)
    analysis = analyse(network, CALENDAR, status_on=STATUS)
    found = check_plan(network, CALENDAR, solution.plan, status_on=STATUS)
    assert {f.code for f in found} <= {"P05"}
    assert (solution.lateness == 0) == (analysis.spare_days is None or analysis.spare_days >= 0)
    for key, slot in solution.plan.slots.items():
        times = analysis.steps[key]
        expected = times.latest if times.total_slack >= 0 else times.earliest
        assert slot == expected


@cache
def as_table():
    return sweep.working_days(CALENDAR.tables()[2])


@pytest.mark.parametrize("plain", [False, True])
@settings(max_examples=60, deadline=None)  # the first example compiles
@given(network=networks(calendar_days=False), ahead=st.integers(-40, 400))
def test_passes_over_arrays_are_the_plain_ones(plain, network, ahead):
    pytest.importorskip("numpy")
    flat = flatten(frame(network), Ruler(CALENDAR), STATUS)
    end = CALENDAR.rank(STATUS) + ahead
    arrays = sweep.Arrays.of(flat)
    early = sweep.earliest(arrays, plain=plain)
    assert early.tolist() == earliest(flat)
    assert sweep.latest(arrays, end, plain=plain).tolist() == latest(flat, end)
    days = CALENDAR.tables()[2]
    first, last = sweep.dated(arrays, early, as_table())
    assert first.tolist() == [days[rank] for rank in early]
    assert last.tolist() == [days[r + n - 1] for r, n in zip(early, flat.length, strict=True)]


def test_solve_sweeps_where_numba_is_loaded_already(monkeypatch):
    pytest.importorskip("numba")
    draw = random.Random(3)
    steps = tuple(
        Step(i, f"环节{i}", draw.randint(0, 9), deadline=date(2026, 12, 31) if i % 5 else None)
        for i in range(300)
    )
    links = tuple(Link(draw.randrange(i), i) for i in range(1, 300))
    network = Network(steps, links)
    monkeypatch.setattr(sweep, "WORTH", 100)
    swept = solved(network)
    monkeypatch.setattr(sweep, "loaded", lambda: False)
    assert solved(network) == replace(swept, cpu_s=pytest.approx(swept.cpu_s, abs=60))
