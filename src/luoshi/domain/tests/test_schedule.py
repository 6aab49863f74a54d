"""倒排工期: the passes, slack, circles and the checker."""

import random
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.domain.base import Refused
from luoshi.domain.schedule import (
    Link,
    Minimum,
    Network,
    Plan,
    Slot,
    Step,
    analyse,
    backward,
    check_plan,
    effects,
    findings,
    forward,
    part_of,
    without_lost,
)
from luoshi.domain.tests.schedule_cases import CALENDAR, STATUS, networks, simulate


def codes(found):
    return {finding.code for finding in found}


def as_plan(analysis, which):
    return Plan({key: getattr(times, which) for key, times in analysis.steps.items()})


def test_worked_example_of_the_explanation_page():
    network = Network(
        (
            Step("a", "招标", 30),
            Step("b", "公示", 7, "calendar"),
            Step("m", "开工", 0),
            Step("c", "施工", 60, deadline=date(2026, 9, 30)),
        ),
        (Link("a", "b"), Link("b", "m"), Link("m", "c")),
    )
    plan = forward(network, CALENDAR, STATUS)
    assert plan.slots == {
        "a": Slot(date(2026, 6, 18), date(2026, 7, 30)),
        "b": Slot(date(2026, 7, 31), date(2026, 8, 6)),
        "m": Slot(date(2026, 8, 6), date(2026, 8, 6)),
        "c": Slot(date(2026, 8, 7), date(2026, 11, 4)),
    }
    assert backward(network, CALENDAR, date(2026, 9, 30)).slots["a"].start == date(2026, 5, 20)
    analysis = analyse(network, CALENDAR, status_on=STATUS)
    assert analysis.spare_days == -21
    assert analysis.chain == ("a", "b", "m", "c")


@given(networks(facts=False))
def test_forward_equals_the_day_by_day_simulator(network):
    plan = forward(network, CALENDAR, STATUS)
    walked = simulate(network, STATUS)
    assert {key: (slot.start, slot.finish) for key, slot in plan.slots.items()} == walked


@given(networks())
def test_earliest_plan_breaks_nothing_but_deadlines(network):
    plan = forward(network, CALENDAR, STATUS)
    assert codes(check_plan(network, CALENDAR, plan, status_on=STATUS)) <= {"P05"}


@given(networks())
def test_latest_plan_of_a_feasible_network_is_lawful(network):
    analysis = analyse(network, CALENDAR, status_on=STATUS)
    if analysis.spare_days is None or analysis.spare_days >= 0:
        assert check_plan(network, CALENDAR, as_plan(analysis, "latest"), status_on=STATUS) == ()
        assert all(0 <= t.free_slack <= t.total_slack for t in analysis.steps.values())
    else:
        assert min(t.total_slack for t in analysis.steps.values()) < 0


@given(networks(facts=False), st.data())
def test_no_step_can_move_past_its_latest_day(network, data):
    """One day after its latest start, a step breaks a deadline whatever the others do."""
    analysis = analyse(network, CALENDAR, status_on=STATUS)
    step = data.draw(st.sampled_from(network.steps))
    times = analysis.steps[step.id]
    later = replace(step, not_before=CALENDAR.add(times.latest.start, 1))
    changed = Network(tuple(later if s is step else s for s in network.steps), network.links)
    again = analyse(changed, CALENDAR, status_on=STATUS, horizon=analysis.horizon)
    assert min(t.total_slack for t in again.steps.values()) < 0


@given(networks(facts=False, deadlines=False), st.data())
def test_free_slack_moves_nobody_and_one_day_more_does(network, data):
    analysis = analyse(network, CALENDAR, status_on=STATUS)
    step = data.draw(st.sampled_from(network.steps))
    times = analysis.steps[step.id]

    def slipped(days):
        to = CALENDAR.add(times.earliest.start, days)
        steps = tuple(replace(s, not_before=to) if s is step else s for s in network.steps)
        plan = forward(Network(steps, network.links), CALENDAR, STATUS)
        others = [k for k in plan.slots if k != step.id]
        moved = any(plan.slots[k] != analysis.steps[k].earliest for k in others)
        return moved or plan.slots[step.id].finish > analysis.horizon

    assert not slipped(times.free_slack)
    assert slipped(times.free_slack + 1)


@given(networks())
def test_chain_is_tight_and_starts_free(network):
    analysis = analyse(network, CALENDAR, status_on=STATUS)
    pairs = {(link.predecessor, link.successor) for link in network.links}
    assert all(pair in pairs for pair in zip(analysis.chain, analysis.chain[1:], strict=False))
    if analysis.tightest is not None:
        assert analysis.chain[-1] == analysis.tightest
    alone = Network(
        tuple(s for s in network.steps if s.id in analysis.chain),
        tuple(
            link
            for link in network.links
            if (link.predecessor, link.successor)
            in set(zip(analysis.chain, analysis.chain[1:], strict=False))
        ),
    )
    if alone.steps:
        again = forward(alone, CALENDAR, STATUS)
        end = analysis.chain[-1]
        assert again.slots[end] == analysis.steps[end].earliest


@given(networks(facts=False), st.data())
def test_checker_refuses_a_plan_with_one_moved_step(network, data):
    plan = forward(network, CALENDAR, STATUS)
    step = data.draw(st.sampled_from(network.steps))
    slot = plan.slots[step.id]
    moved = data.draw(
        st.sampled_from(
            [
                Slot(CALENDAR.add(slot.start, -1), slot.finish),
                Slot(slot.start, CALENDAR.add(slot.finish, 1)),
                Slot(CALENDAR.add(slot.start, -1), CALENDAR.add(slot.finish, -1)),
            ]
        )
    )
    found = check_plan(network, CALENDAR, Plan({**plan.slots, step.id: moved}), status_on=STATUS)
    wrong = codes(found) - {"P05"}
    if step.duration_unit == "working":
        assert wrong
    else:  # a period of calendar days may end on the same working day from another start
        before = CALENDAR.rank(moved.start) < CALENDAR.rank(STATUS)
        assert wrong or not before


def test_checker_refuses_missing_unknown_and_days_off():
    network = Network((Step("a", "甲", 1), Step("b", "乙", 1)))
    saturday = Slot(date(2026, 6, 20), date(2026, 6, 20))
    plan = Plan({"a": saturday, "x": saturday})
    assert codes(check_plan(network, CALENDAR, plan, status_on=STATUS)) >= {"P01", "P02"}
    assert (
        len([f for f in check_plan(network, CALENDAR, plan, status_on=STATUS) if f.code == "P01"])
        == 2
    )


def test_checker_refuses_a_plan_that_breaks_the_law_with_its_article():
    step = Step("a", "招标公告", 10, minimum=Minimum(20, "calendar", "招标投标法第二十四条"))
    plan = forward(Network((step,)), CALENDAR, STATUS)
    [finding] = check_plan(Network((step,)), CALENDAR, plan, status_on=STATUS)
    assert finding.code == "P07"
    assert finding.why.params["basis"] == "招标投标法第二十四条"


def test_circle_is_named_and_the_passes_refuse_it():
    steps = tuple(Step(i, f"环节{i}", 1) for i in range(6))
    links = (Link(0, 1), Link(1, 2), Link(2, 0), Link(3, 3), Link(4, 5))
    found = findings(Network(steps, links), status_on=STATUS)
    assert [f.why.params["steps"] for f in found if f.code == "C15"] == [
        ("环节0", "环节1", "环节2"),
        ("环节3",),
    ]
    with pytest.raises(Refused, match=r"schedule\.circle"):
        forward(Network(steps, links), CALENDAR, STATUS)


@given(st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=40))
def test_circles_are_circles_and_none_is_missed(pairs):
    network = Network(
        tuple(Step(i, str(i), 1) for i in range(12)), tuple(Link(a, b) for a, b in pairs)
    )
    found = [f for f in findings(network, status_on=STATUS) if f.code == "C15"]
    for finding in found:
        circle = [int(name) for name in finding.why.params["steps"]]
        assert all(pair in pairs for pair in zip(circle, [*circle[1:], circle[0]], strict=True))
    try:
        forward(network, CALENDAR, STATUS)
    except Refused:
        assert found
    else:
        assert not found


def test_findings_name_what_must_be_mended():
    steps = (
        Step("a", "甲", -1),
        Step("a", "甲", 5),
        Step("b", "乙", 3, minimum=Minimum(5, "working", "条例第八条")),
        Step("c", "丙", 1, started_on=date(2026, 6, 10), done_on=date(2026, 6, 9)),
        Step("d", "丁", 1, done_on=date(2026, 6, 19)),
        Step("e", "戊", 1, not_before=date(2026, 8, 1), deadline=date(2026, 7, 1)),
    )
    found = findings(Network(steps, (Link("a", "zz"),)), status_on=STATUS)
    assert codes(found) == {"S01", "S02", "S03", "S04", "S05", "S06"}
    assert [f.severity for f in found if f.code == "S06"] == ["warning"]


def test_done_step_is_a_fact_and_under_way_keeps_its_start():
    network = Network(
        (
            Step("a", "甲", 10, started_on=date(2026, 6, 1), done_on=date(2026, 6, 13)),
            Step("b", "乙", 10, started_on=date(2026, 6, 15), done_share=Decimal("0.55")),
            Step("c", "丙", 2),
        ),
        (Link("a", "b"), Link("b", "c")),
    )
    plan = forward(network, CALENDAR, STATUS)
    assert plan.slots["a"] == Slot(date(2026, 6, 1), date(2026, 6, 13))  # a Saturday, as it was
    # 10 × 45% = 4.5, so 5 days: 18, 22, 23, 24, 25 June (19-21: Dragon Boat)
    assert plan.slots["b"] == Slot(date(2026, 6, 15), date(2026, 6, 25))
    assert plan.slots["c"].start == date(2026, 6, 26)


def test_statutory_time_under_way_is_not_shortened_by_fast_work():
    step = Step(
        "a", "公示", 20, started_on=date(2026, 6, 15), done_share=Decimal(1),
        minimum=Minimum(20, "working", "条例第八条"),
    )  # fmt: skip
    plan = forward(Network((step,)), CALENDAR, STATUS)
    assert CALENDAR.count(date(2026, 6, 15), plan.slots["a"].finish) == 20
    assert check_plan(Network((step,)), CALENDAR, plan, status_on=STATUS) == ()


def test_far_lag_is_refused_in_words():
    network = Network((Step("a", "甲", 1), Step("b", "乙", 1)), (Link("a", "b", lag=10_000_000),))
    with pytest.raises(Refused, match=r"workdays\.beyond"):
        forward(network, CALENDAR, STATUS)


def test_empty_network_is_empty():
    analysis = analyse(Network(()), CALENDAR, status_on=STATUS)
    assert (analysis.chain, analysis.spare_days, analysis.finish_on) == ((), None, None)


def test_chain_of_100000_steps_does_not_recurse():
    size = 100_000
    draw = random.Random(1)
    steps = tuple(Step(i, str(i), 0) for i in range(size))
    links = tuple(Link(i, i + 1) for i in range(size - 1))
    order = list(steps)
    draw.shuffle(order)
    plan = forward(Network(tuple(order), links), CALENDAR, STATUS)
    assert plan.slots[size - 1].finish == STATUS
    circle = Network(steps, (*links, Link(size - 1, 0)))
    [finding] = findings(circle, status_on=STATUS)
    assert len(finding.why.params["steps"]) == size


@given(networks(most=6), st.integers(1, 63))
def test_part_of_a_network_has_the_same_earliest_days_and_only_its_own_deadlines(network, chosen):
    keys = {step.id for step in network.steps if chosen >> step.id & 1} or {network.steps[0].id}
    part = part_of(network, keys)
    whole, alone = forward(network, CALENDAR, STATUS), forward(part, CALENDAR, STATUS)
    assert keys <= set(alone.slots)
    assert all(alone.slots[key] == whole.slots[key] for key in alone.slots)
    own = {step.id: step.deadline for step in network.steps}
    for step in part.steps:
        assert step.deadline == (own[step.id] if step.id in keys else None)


@given(networks(most=6), st.integers(0, 5), st.integers(1, 9))
def test_effects_name_every_step_that_moves_and_nothing_else(network, chosen, days):
    before = analyse(network, CALENDAR, status_on=STATUS)
    assert effects(before, before) == ()
    steps = list(network.steps)
    at = chosen % len(steps)
    steps[at] = replace(steps[at], duration_days=steps[at].duration_days + days)
    after = analyse(Network(tuple(steps), network.links), CALENDAR, status_on=STATUS)
    told = {one.step: one for one in effects(before, after)}
    for key, times in before.steps.items():
        same = times.earliest == after.steps[key].earliest
        assert (key in told and told[key].moves) != same
    back = {one.step: (one.new, one.old) for one in effects(after, before)}
    assert back == {key: (one.old, one.new) for key, one in told.items()}


@given(networks(most=7))
def test_lost_deadlines_are_told_apart_and_move_nothing(network):
    still, lost = without_lost(network, STATUS)
    assert forward(still, CALENDAR, STATUS) == forward(network, CALENDAR, STATUS)
    open_steps = [step for step in network.steps if step.done_on is None and step.deadline]
    assert set(lost) == {step for step in open_steps if step.deadline < STATUS}
    kept = {step.id for step in still.steps if step.deadline}
    assert not kept & {step.id for step in lost}
