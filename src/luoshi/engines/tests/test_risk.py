"""The odds: equal to the law draw by draw, to the triangle's mean, to the seed."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.domain.base import Refused
from luoshi.domain.schedule import Link, Minimum, Network, Step, forward
from luoshi.domain.tests.schedule_cases import CALENDAR, STATUS, networks
from luoshi.engines import risk
from luoshi.engines.base import Problem
from luoshi.engines.risk import Luck, Run, ThreePoint, simulate

points = st.tuples(st.integers(1, 9), st.integers(0, 9), st.integers(0, 9)).map(
    lambda t: ThreePoint(t[0], t[0] + t[1], t[0] + t[1] + t[2])
)


@settings(max_examples=30, deadline=None)  # the first example loads NumPy
@given(networks(), st.data())
def test_every_draw_is_the_plan_of_the_law(network, data):
    """The oracle is plain Python: the network with a draw's durations, and the law's forward pass."""
    given_points = {s.id: data.draw(points) for s in network.steps if data.draw(st.booleans())}
    run = Run(
        Problem(network, CALENDAR, STATUS),
        Luck(given_points, draws=8, seed=data.draw(st.integers(0, 99))),
    )
    run.forward()
    for draw in range(8):
        steps = tuple(
            drawn(step, run, i, draw, given_points) for i, step in enumerate(network.steps)
        )
        plan = forward(Network(steps, network.links), CALENDAR, STATUS)
        for i, step in enumerate(network.steps):
            finish = run.finish[i][draw] if getattr(run.finish[i], "ndim", 0) else run.finish[i]
            expected = plan.slots[step.id].finish
            assert step.done_on or CALENDAR.day_at(int(finish)) == expected


def drawn(step, run, i, draw, given_points):
    """The step as long as the draw says; what is left of one under way is all of it."""
    if step.id not in given_points or step.is_milestone or step.done_on:
        return step
    length = int(run.length[i][draw]) if run.length[i].ndim else int(run.length[i])
    return replace(step, duration_days=length, done_share=0)


def test_odds_of_one_step_are_the_triangles():
    """Low 2, likely 4, high 12: P(at most 6 days) = P(x < 6.5) = 1 - 5.5² / (10 × 8) = 0.621875."""
    step = Step("a", "招标", 4, deadline=CALENDAR.add(STATUS, 5))
    told = simulate(Problem(Network((step,)), CALENDAR, STATUS), Luck({"a": ThreePoint(2, 4, 12)}))
    [outlook] = told.deadlines
    assert outlook.kept == pytest.approx(0.621875, abs=0.015)
    assert told.end.dates[50] == CALENDAR.add(STATUS, 5)  # the median: 12 - √40 = 5.7, so 6 days
    assert told.drivers[0][1] == pytest.approx(1, abs=1e-3)


def test_same_seed_same_odds_and_another_seed_others():
    step = Step("a", "招标", 4, deadline=date(2026, 6, 30))
    problem = Problem(Network((step,)), CALENDAR, STATUS)
    luck = Luck({"a": ThreePoint(2, 4, 12)}, seed=7)
    one, two = simulate(problem, luck), simulate(problem, luck)
    other = simulate(problem, replace(luck, seed=8))
    assert replace(one, cpu_s=0) == replace(two, cpu_s=0)
    assert one.deadlines != other.deadlines


def test_shared_luck_of_a_unit_widens_the_end_and_has_its_correlation():
    steps = tuple(Step(i, f"环节{i}", 10) for i in range(12))
    links = tuple(Link(i, i + 1) for i in range(11))
    problem = Problem(Network(steps, links), CALENDAR, STATUS)
    spread = {i: ThreePoint(5, 10, 15) for i in range(12)}
    apart = simulate(problem, Luck(spread)).end.dates
    luck = Luck(spread, dict.fromkeys(range(12), "城建办"), correlation=0.6)
    together = simulate(problem, luck).end.dates
    assert together[95] > apart[95]
    run = Run(problem, luck)
    numpy = run.np
    assert numpy.corrcoef(run.length[0], run.length[1])[0, 1] == pytest.approx(0.6, abs=0.05)


def test_statutory_time_is_never_drawn_shorter():
    step = Step("a", "公示", 7, minimum=Minimum(7, "working", "招标投标法实施条例"))
    run = Run(
        Problem(Network((step,)), CALENDAR, STATUS), Luck({"a": ThreePoint(2, 7, 9)}, draws=500)
    )
    assert run.length[0].min() == 7
    assert run.length[0].max() > 7


def test_bad_points_and_a_missing_package_are_said_in_words(monkeypatch):
    with pytest.raises(Refused, match="bad_points"):
        ThreePoint(3, 2, 5)
    monkeypatch.setattr(risk, "available", lambda: False)
    with pytest.raises(Refused, match="not_installed"):
        simulate(Problem(Network(()), CALENDAR, STATUS), Luck({}))


def test_empty_plan_has_no_dates():
    told = simulate(Problem(Network(()), CALENDAR, STATUS), Luck({}))
    assert (told.end.dates, told.deadlines, told.drivers) == ({}, (), ())
