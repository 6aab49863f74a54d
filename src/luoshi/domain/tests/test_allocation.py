from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.domain.allocation import (
    Item,
    Problem,
    bound,
    faults,
    idle,
    item_days,
    loads,
    moves,
    spread,
)

PEOPLE = 3


@st.composite
def problems(draw, most=6, people=PEOPLE):
    able = st.lists(st.integers(0, people - 1), max_size=people, unique=True).map(tuple)
    owner = st.none() | st.integers(0, people - 1)
    items = draw(st.lists(st.builds(Item, st.integers(1, 9), able, owner), max_size=most))
    base = draw(st.just(()) | st.lists(st.integers(0, 5), min_size=people, max_size=people))
    return Problem(items, people, tuple(base))


def best(problem):
    """The least largest load, by trying every sharing."""
    choices = [item.able or range(problem.people) for item in problem.items]
    return min(max(loads(problem, plan)) for plan in product(*choices))


@given(problems())
def test_no_sharing_goes_below_the_bound(problem):
    assert bound(problem) <= best(problem)


@given(problems(most=12))
def test_spread_gives_all_the_work_to_who_may_take_it(problem):
    found = spread(problem)
    carried = [problem.start(person) for person in range(problem.people)]
    for group, shares in found.shares.items():
        asked = sum(item.load for item in problem.items if item.able == group)
        assert sum(shares.values()) == asked
        for person, share in shares.items():
            assert not group or person in group
            assert share > 0
            carried[person] += share
    assert max(carried) <= found.level


def test_spread_worked_example():
    """Two villagers share 30 item-days of their village; everything else fits in below them."""
    items = [Item(10, (0, 1)), Item(20, (0, 1)), Item(6), Item(3)]
    assert spread(Problem(items, 3)).level == 15
    assert bound(Problem(items, 3)) == 20
    assert bound(Problem(items[2:], 3, (7, 0, 0))) == 7


def test_faults_name_each_rule_once():
    items = [Item(1, (0,)), Item(1, owner=1, fixed=True), Item(1), Item(1)]
    problem = Problem(items, 3)
    codes = [fault.code for fault in faults(problem, (1, 0, 0, 0))]
    assert codes == ["allocation.unable", "allocation.fixed", "allocation.empty_hands"]
    assert faults(problem, (0, 1, 2, 0)) == ()
    assert [fault.code for fault in faults(problem, (0,))] == ["allocation.incomplete"]
    assert idle(problem, (0, 1, 0, 0)) == (2,)
    assert moves(problem, (0, 0, 2, 0)) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Problem([], 0),
        lambda: Problem([Item(0)], 1),
        lambda: Problem([Item(1, (2,))], 1),
        lambda: Problem([Item(1, owner=3)], 1),
        lambda: Problem([Item(1, fixed=True)], 1),
        lambda: Problem([], 2, (1,)),
        lambda: Problem([], 1, (-1,)),
    ],
)
def test_a_problem_that_cannot_be_is_refused(wrong):
    with pytest.raises(ValueError, match=r"."):
        wrong()


@given(st.integers(1, 400), st.none() | st.integers(0, 12_000))
def test_item_days_shrink_with_what_is_done(days, progress):
    load = item_days(days, progress)
    assert 1 <= load <= days
    if progress is not None:
        assert item_days(days, min(progress + 500, 12_000)) <= load


def test_item_days_worked_example():
    assert item_days(44, 6_000) == 18
    assert item_days(44, None) == 44


@settings(max_examples=60)
@given(problems(most=20, people=5))
def test_faults_never_ask_for_what_cannot_be(problem):
    """A sharing that gives each item to somebody able, and helps whoever can be helped, stands."""
    plan = [item.able[0] if item.able else 0 for item in problem.items]
    told = faults(problem, plan)
    assert {fault.code for fault in told} <= {"allocation.empty_hands"}
