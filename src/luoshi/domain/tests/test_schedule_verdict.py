"""The verdict: words, the shortest chain, and ways out that hold."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings

from luoshi.domain.schedule import (
    Link,
    Minimum,
    Network,
    Step,
    analyse,
    apply,
    check_plan,
    forward,
    verdict,
)
from luoshi.domain.tests.schedule_cases import CALENDAR, STATUS, networks

LAW = Minimum(20, "calendar", "招标投标法第二十四条")


def road(deadline=date(2026, 9, 30), **works):
    """A village road: tender, notice, works."""
    return Network(
        (
            Step("a", "招标", 30, minimum=LAW),
            Step("b", "公示", 7, "calendar"),
            Step("c", "施工", 60, deadline=deadline, **works),
        ),
        (Link("a", "b"), Link("b", "c")),
    )


def kinds(answer):
    return {tuple(change.kind for change in p.changes) for p in answer.proposals}


def test_feasible_plan_says_its_spare_days():
    answer = verdict(road(date(2026, 12, 31)), CALENDAR, status_on=STATUS)
    assert answer.feasible
    assert answer.sentence.code == "schedule.feasible"
    assert answer.spare_days == CALENDAR.between(date(2026, 11, 4), date(2026, 12, 31))
    assert answer.proposals == ()


def test_infeasible_plan_names_the_chain_the_days_and_ways_out():
    answer = verdict(road(), CALENDAR, status_on=STATUS)
    assert not answer.feasible
    assert answer.sentence.params["days"] == 21
    assert answer.chain == ("a", "b", "c")
    assert len(answer.explanation) == 3
    assert kinds(answer) == {("start",), ("cut",), ("deadline",)}
    by_kind = {p.changes[0].kind: p.changes[0] for p in answer.proposals}
    assert by_kind["start"].on == date(2026, 5, 20)
    assert (by_kind["cut"].step, by_kind["cut"].days) == ("c", 21)
    assert by_kind["deadline"].on == date(2026, 11, 4)


def test_overlap_is_offered_where_no_law_forbids_it():
    network = Network(
        (Step("a", "路基", 30), Step("b", "路面", 30, deadline=date(2026, 8, 31))),
        (Link("a", "b"),),
    )
    answer = verdict(network, CALENDAR, status_on=STATUS)
    missing = -answer.spare_days
    [overlap] = [p for p in answer.proposals if p.changes[0].kind == "overlap"]
    assert (overlap.changes[0].step, overlap.changes[0].successor) == ("a", "b")
    assert overlap.changes[0].days == missing
    legal = Network((replace(network.steps[0], minimum=LAW), network.steps[1]), network.links)
    assert ("overlap",) not in kinds(verdict(legal, CALENDAR, status_on=STATUS))


def test_statutory_time_is_never_cut():
    network = Network(
        (
            Step("a", "招标公告", 20, "calendar", minimum=LAW, deadline=date(2026, 6, 30)),
            Step("b", "签约", 1),
        ),
        (Link("a", "b"),),
    )
    answer = verdict(network, CALENDAR, status_on=STATUS)
    assert not answer.feasible
    assert all(change.kind != "cut" for p in answer.proposals for change in p.changes)


def test_plan_shorter_than_the_law_is_refused_with_the_article():
    step = Step("a", "招标公告", 10, minimum=LAW, deadline=date(2026, 12, 31))
    answer = verdict(Network((step,)), CALENDAR, status_on=STATUS)
    assert not answer.feasible
    assert answer.sentence.code == "schedule.below_minimum_calendar"
    assert answer.sentence.params["basis"] == "招标投标法第二十四条"


def test_circle_is_answered_in_words():
    network = Network((Step("a", "甲", 1), Step("b", "乙", 1)), (Link("a", "b"), Link("b", "a")))
    answer = verdict(network, CALENDAR, status_on=STATUS)
    assert not answer.feasible
    assert answer.sentence.code == "schedule.circle"
    assert answer.faults[0].code == "C15"


def test_lag_beyond_the_calendar_is_answered_in_words():
    network = Network((Step("a", "甲", 1), Step("b", "乙", 1)), (Link("a", "b", lag=10_000_000),))
    answer = verdict(network, CALENDAR, status_on=STATUS)
    assert not answer.feasible
    assert answer.sentence.code == "workdays.beyond"


def test_plan_without_deadline_says_its_end():
    answer = verdict(Network((Step("a", "甲", 5),)), CALENDAR, status_on=STATUS)
    assert answer.feasible
    assert answer.sentence.code == "schedule.no_deadline"


def test_plan_reaching_into_a_year_without_notice_is_cautioned():
    step = Step("a", "甲", 5, deadline=date(2031, 6, 30))
    answer = verdict(Network((step,)), CALENDAR, status_on=STATUS)
    assert answer.caution is not None
    assert "2031" in answer.caution.params["years"]


def test_own_start_date_that_is_too_late_is_moved():
    step = Step("a", "甲", 10, not_before=date(2026, 8, 3), deadline=date(2026, 8, 7))
    answer = verdict(Network((step,)), CALENDAR, status_on=STATUS)
    assert ("not_before",) in kinds(answer)
    [way] = [p for p in answer.proposals if p.changes[0].kind == "not_before"]
    assert way.changes[0].on == date(2026, 7, 27)


def proposals_help(network):
    answer = verdict(network, CALENDAR, status_on=STATUS)
    if answer.feasible or answer.faults:
        assert answer.proposals == ()
        return
    assert any(c.kind == "deadline" for p in answer.proposals for c in p.changes)
    for proposal in answer.proposals:
        changed = apply(network, proposal.changes)
        assert changed == proposal.network
        plan = forward(changed, CALENDAR, proposal.status_on)
        assert check_plan(changed, CALENDAR, plan, status_on=proposal.status_on) == ()


@given(networks())
def test_every_proposal_applied_makes_the_plan_feasible(network):
    proposals_help(network)


@pytest.mark.prove
@settings(max_examples=10_000, deadline=None, suppress_health_check=list(HealthCheck))
@given(networks())
def test_every_proposal_applied_makes_the_plan_feasible_ten_thousand_times(network):
    proposals_help(network)


@given(networks(facts=False))
def test_start_proposal_is_the_latest_start_that_helps(network):
    answer = verdict(network, CALENDAR, status_on=STATUS)
    for proposal in answer.proposals:
        if [c.kind for c in proposal.changes] == ["start"]:
            day_later = CALENDAR.add(proposal.status_on, 1)
            assert analyse(network, CALENDAR, status_on=day_later).spare_days < 0


@given(networks())
def test_verdict_agrees_with_the_checker(network):
    answer = verdict(network, CALENDAR, status_on=STATUS)
    plan = forward(network, CALENDAR, STATUS)
    late = [f for f in check_plan(network, CALENDAR, plan, status_on=STATUS) if f.code == "P05"]
    assert answer.feasible == (not late)
