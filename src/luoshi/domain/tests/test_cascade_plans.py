"""Whole plans drawn at random: what the coverage check finds is what a plain reading finds."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luoshi.domain.cascade import WHOLE, PlanFacts, TaskFacts, UnitFacts, findings
from luoshi.ui.sentences.cascade import PATTERNS

TODAY = date(2026, 6, 18)
POSTS, UNITS = [UUID(int=n) for n in range(1, 4)], [UUID(int=n) for n in range(11, 14)]
days = st.none() | st.integers(-200, 200).map(lambda n: TODAY + timedelta(days=n))
weights = st.none() | st.sampled_from([0, WHOLE // 4, WHOLE // 2, WHOLE])


@st.composite
def tasks(draw):
    """Up to twelve tasks in a tree; each field is there or not."""
    found = []
    for number in range(draw(st.integers(0, 12))):
        parent = draw(st.none() | st.sampled_from([row.id for row in found])) if found else None
        found.append(
            TaskFacts(
                id=UUID(int=100 + number),
                label=f"任务{number}",
                planned=draw(st.integers(0, 4)) > 0,
                closed=draw(st.integers(0, 4)) == 0,
                parent_id=parent,
                lead_leader=draw(st.none() | st.sampled_from(POSTS)),
                lead_unit=draw(st.none() | st.sampled_from(UNITS)),
                supporting_units=tuple(draw(st.lists(st.sampled_from(UNITS), max_size=2))),
                owner_post=draw(st.none() | st.sampled_from(POSTS)),
                owner_vacant=draw(st.booleans()),
                undecided_until=draw(days),
                due_on=draw(days),
                weight=draw(weights),
                roll_up=draw(st.sampled_from(["weighted", "min", "mean"])),
            )
        )
    return tuple(draw(st.permutations(found)))


def plan_of(rows):
    units = tuple(UnitFacts(key, f"单位{n}") for n, key in enumerate(UNITS))
    return PlanFacts(UUID(int=9), "计划", 2026, TODAY, rows, units=units)


def expected(rows):
    """The same questions asked row by row, without a tree: code and place of each answer."""
    asked = [row for row in rows if row.planned]
    known = {row.id: row for row in asked}
    for row in asked:
        waits = row.undecided_until is not None and row.undecided_until >= TODAY
        if not row.closed:
            if not waits:
                empty = [row.lead_leader, row.lead_unit, row.owner_post].count(None)
                yield from [("C01", row.id)] * empty
            if row.owner_post and row.owner_vacant:
                yield "C13", row.id
        parent = known.get(row.parent_id)
        dated = parent and not row.closed and row.due_on and parent.due_on
        if dated and row.due_on > parent.due_on:
            yield "C07", row.id
        parts = [part.weight for part in asked if part.parent_id == row.id]
        said = [weight for weight in parts if weight is not None]
        if row.roll_up == "weighted" and said and (len(said) < len(parts) or sum(said) != WHOLE):
            yield "C05", row.id
    busy = {key for row in asked for key in (row.lead_unit, *row.supporting_units)}
    yield from (("C08", key) for key in UNITS if key not in busy)


def gist(found):
    return Counter((one.code, one.severity, one.where, one.why.code) for one in found)


def hold(rows, order):
    found = findings(plan_of(rows))
    told = Counter((one.code, one.where.id) for one in found if one.code in ASKED)
    assert told == Counter(expected(rows))
    mixed = findings(plan_of(tuple(rows[n] for n in order)))
    assert gist(mixed) == gist(found), "the order of the rows decides nothing"
    assert [one.code for one in found] == sorted(one.code for one in found)
    for one in found:
        assert one.why.code in PATTERNS
        assert one.remedy is not None
    outside = {row.id for row in rows if not row.planned}
    assert not outside & {one.where.id for one in found}
    done = [replace(row, planned=False) for row in rows]
    assert {one.code for one in findings(plan_of(tuple(done)))} <= {"C08"}


ASKED = {"C01", "C05", "C07", "C08", "C13"}
plans = tasks().flatmap(lambda rows: st.tuples(st.just(rows), st.permutations(range(len(rows)))))


@given(plans)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_findings_of_any_plan_are_what_a_plain_reading_finds(drawn):
    hold(*drawn)


@pytest.mark.prove
@given(plans)
@settings(max_examples=10_000, deadline=None, suppress_health_check=list(HealthCheck))
def test_ten_thousand_plans_are_read_as_a_plain_reading_does(drawn):
    hold(*drawn)
