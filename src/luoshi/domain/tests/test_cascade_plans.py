"""Whole plans drawn at random: what the coverage check finds is what a plain reading finds."""

import random
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from luoshi.domain.cascade import WHOLE, PlanFacts, TaskFacts, UnitFacts, findings
from luoshi.ui.sentences.cascade import PATTERNS

TODAY = date(2026, 6, 18)
POSTS, UNITS = [UUID(int=n) for n in range(1, 4)], [UUID(int=n) for n in range(11, 14)]


def drawn_by(seed):
    """Up to twelve tasks in a tree, each field there or not, and another order of them.

    One seed a plan: a draw of Hypothesis for each of 150 fields cost five times the check itself.
    """
    rng = random.Random(seed)
    found = [_task(rng, number) for number in range(rng.randint(0, 12))]
    for number, row in enumerate(found[1:], start=1):
        above = (
            rng.choice([None, *(one.id for one in found[:number])]) if rng.random() < 0.7 else None
        )
        found[number] = replace(row, parent_id=above)
    rng.shuffle(found)
    return tuple(found), rng.sample(range(len(found)), len(found))


def _task(rng, number):
    return TaskFacts(
        id=UUID(int=100 + number),
        label=f"任务{number}",
        planned=rng.random() < 0.8,
        closed=rng.random() < 0.2,
        lead_leader=_perhaps(rng, POSTS),
        lead_unit=_perhaps(rng, UNITS),
        supporting_units=tuple(rng.choices(UNITS, k=rng.randint(0, 2))),
        owner_post=_perhaps(rng, POSTS),
        owner_vacant=rng.random() < 0.5,
        undecided_until=_day(rng),
        due_on=_day(rng),
        weight=rng.choice([None, 0, WHOLE // 4, WHOLE // 2, WHOLE]),
        roll_up=rng.choice(["weighted", "min", "mean"]),
    )


def _perhaps(rng, some):
    return rng.choice(some) if rng.random() < 0.5 else None


def _day(rng):
    """A day, none, or one of three that fall together: today is the border of what waits."""
    near = TODAY + timedelta(days=rng.choice([-1, 0, 1]))
    return rng.choice([None, near, TODAY + timedelta(days=rng.randint(-200, 200))])


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


def test_findings_of_any_plan_are_what_a_plain_reading_finds():
    for seed in range(200):
        hold(*drawn_by(seed))


@pytest.mark.prove
def test_ten_thousand_plans_are_read_as_a_plain_reading_does():
    for seed in range(10_000):
        hold(*drawn_by(seed))
