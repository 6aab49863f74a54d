"""The law beside implementations that are not ours, and a simulator; near-critical steps, hammocks."""

import random
from dataclasses import replace
from datetime import date

import networkx as nx
import pytest
import rustworkx as rx
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luoshi.domain.schedule import (
    Link,
    Network,
    Plan,
    Slot,
    Step,
    analyse,
    backward,
    check_plan,
    forward,
    near_critical,
    spans,
)
from luoshi.domain.tests.schedule_cases import CALENDAR, STATUS, finish_of, kept, networks, simulate

FIRST = CALENDAR.rank(STATUS)


def random_network(seed):
    draw = random.Random(seed)
    size = draw.randint(1, 60)
    steps = tuple(Step(i, f"环节{i}", draw.randint(1, 15)) for i in range(size))
    pairs = {(draw.randrange(j), j) for j in range(1, size) for _ in range(draw.randint(0, 3))}
    return Network(
        steps, tuple(Link(a, b, lag=draw.choice((0, 0, 0, 4))) for a, b in sorted(pairs))
    )


def longest_by_networkx(network):
    """Days from the status date to the end: the longest path, days and lags on the edges."""
    graph = nx.DiGraph()
    graph.add_nodes_from([*range(len(network.steps)), "end"])
    for step in network.steps:
        graph.add_edge(step.id, "end", weight=step.duration_days)
    for link in network.links:
        days = network.steps[link.predecessor].duration_days + link.lag
        graph.add_edge(link.predecessor, link.successor, weight=days)
    return nx.dag_longest_path_length(graph)


def longest_by_rustworkx(network):
    graph = rx.PyDiGraph()
    graph.add_nodes_from(range(len(network.steps) + 1))
    end = len(network.steps)
    graph.add_edges_from([(s.id, end, s.duration_days) for s in network.steps])
    graph.add_edges_from(
        [
            (k.predecessor, k.successor, network.steps[k.predecessor].duration_days + k.lag)
            for k in network.links
        ]
    )
    return rx.dag_longest_path_length(graph, lambda _a, _b, days: days)


def agree(seed):
    network = random_network(seed)
    plan = forward(network, CALENDAR, STATUS)
    end = max(CALENDAR.rank_after(slot.finish) for slot in plan.slots.values()) - FIRST
    assert end == longest_by_networkx(network) == longest_by_rustworkx(network)
    # Backward from that end, the chain is back on its earliest days, and nothing starts before.
    last = backward(network, CALENDAR, CALENDAR.day_at(FIRST + end - 1))
    assert min(CALENDAR.rank(slot.start) for slot in last.slots.values()) == FIRST
    assert all(last.slots[key].start >= slot.start for key, slot in plan.slots.items())


def test_length_equals_the_longest_path_of_two_published_packages():
    for seed in range(150):
        agree(seed)


@pytest.mark.prove
def test_length_equals_the_longest_path_on_a_thousand_networks():
    for seed in range(1_000):
        agree(seed)


@pytest.mark.prove
@settings(max_examples=10_000, deadline=None, suppress_health_check=list(HealthCheck))
@given(networks(facts=False))
def test_forward_equals_the_day_by_day_simulator_ten_thousand_times(network):
    plan = forward(network, CALENDAR, STATUS)
    walked = simulate(network, STATUS)
    assert {key: (slot.start, slot.finish) for key, slot in plan.slots.items()} == walked


@pytest.mark.prove
@settings(max_examples=10_000, deadline=None, suppress_health_check=list(HealthCheck))
@given(networks(facts=False, deadlines=False, most=20), st.integers(0, 60))
def test_ten_thousand_plans_keep_every_link_whichever_way_they_were_made(network, spare):
    """Judged on dates alone: forward, and back from some days after its end, and forward again."""
    ahead = forward(network, CALENDAR, STATUS)
    end = CALENDAR.add(max(slot.finish for slot in ahead.slots.values()), spare)
    back = backward(network, CALENDAR, end)
    by_id = {step.id: step for step in network.steps}
    for plan in (ahead, back):
        for key, slot in plan.slots.items():
            step = by_id[key]
            assert CALENDAR.is_workday(slot.start)
            assert CALENDAR.is_workday(slot.finish)
            assert slot.finish == finish_of(slot.start, step.duration_days, step.duration_unit)
        for link in network.links:
            before, after = plan.slots[link.predecessor], plan.slots[link.successor]
            days = (before.start, before.finish), (after.start, after.finish)
            assert kept(link, *days, by_id[link.successor])
    # Nothing begins later than its last day, and what must begin on that day is not put off by a
    # second pass from there.
    assert all(back.slots[key].start >= slot.start for key, slot in ahead.slots.items())
    assert all(slot.finish <= end for slot in back.slots.values())
    pinned = tuple(replace(step, not_before=back.slots[step.id].start) for step in network.steps)
    assert forward(Network(pinned, network.links), CALENDAR, STATUS) == back


@pytest.mark.prove
@settings(max_examples=10_000, deadline=None, suppress_health_check=list(HealthCheck))
@given(networks())
def test_ten_thousand_plans_obey_their_own_judge(network):
    """Backward and forward agree; slack of a feasible plan is never negative; one moved step is refused."""
    analysis = analyse(network, CALENDAR, status_on=STATUS)
    early = Plan({key: times.earliest for key, times in analysis.steps.items()})
    assert {f.code for f in check_plan(network, CALENDAR, early, status_on=STATUS)} <= {"P05"}
    if analysis.spare_days is None or analysis.spare_days >= 0:
        assert all(times.total_slack >= 0 for times in analysis.steps.values())
    for step in network.steps:
        if step.done_on is None and not step.under_way and step.duration_days > 1:
            slot = early.slots[step.id]
            moved = dict(early.slots) | {step.id: Slot(CALENDAR.add(slot.start, -1), slot.finish)}
            assert check_plan(network, CALENDAR, Plan(moved), status_on=STATUS)


def test_near_critical_steps_are_those_with_little_slack():
    """a(10) and b(8) and c(2) before d: b becomes critical after two days, c after eight."""
    steps = (Step("a", "甲", 10), Step("b", "乙", 8), Step("c", "丙", 2), Step("d", "丁", 1))
    network = Network(steps, (Link("a", "d"), Link("b", "d"), Link("c", "d")))
    analysis = analyse(network, CALENDAR, status_on=STATUS)
    assert near_critical(analysis, 1) == ()
    assert near_critical(analysis, 2) == ("b",)
    assert near_critical(analysis, 8) == ("b", "c")
    assert analysis.steps["b"].interfering_slack == 0


def test_interfering_slack_is_what_moves_others():
    """b may slip by 5 in all; its successor c has the same slack, so every day of it moves c."""
    steps = (Step("a", "甲", 10), Step("b", "乙", 3), Step("c", "丙", 2))
    analysis = analyse(Network(steps, (Link("b", "c"),)), CALENDAR, status_on=STATUS)
    assert (analysis.steps["b"].total_slack, analysis.steps["b"].interfering_slack) == (5, 5)
    assert (analysis.steps["c"].total_slack, analysis.steps["c"].interfering_slack) == (5, 0)


def test_hammock_has_the_days_of_its_parts():
    plan = Plan(
        {
            "a": Slot(date(2026, 6, 18), date(2026, 6, 22)),
            "b": Slot(date(2026, 6, 23), date(2026, 7, 1)),
        }
    )
    found = spans(plan, {"h": ("b", "a"), "empty": ("x",)})
    assert found == {"h": Slot(date(2026, 6, 18), date(2026, 7, 1))}
