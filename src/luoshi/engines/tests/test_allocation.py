from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.domain.allocation import Item, Problem, bound, faults, loads, moves
from luoshi.domain.tests.test_allocation import best, problems
from luoshi.engines.allocation import solve
from luoshi.engines.base import Budget

BUDGET = Budget(cpu_s=0.3)


@settings(max_examples=200)
@given(problems(most=25, people=6))
def test_every_proposal_passes_the_law(problem):
    found = solve(problem, budget=BUDGET)
    assert faults(problem, found.plan) == ()
    assert found.heaviest == max(loads(problem, found.plan))
    assert found.heaviest >= found.bound == bound(problem)
    assert found.proved == (found.heaviest == found.bound)


@settings(max_examples=150)
@given(problems(most=6))
def test_proposal_is_near_the_best_of_all(problem):
    """Within one item of the best sharing, which small problems let us try in full."""
    found = solve(problem, budget=BUDGET)
    heaviest_item = max((item.load for item in problem.items), default=0)
    assert found.heaviest <= best(problem) + heaviest_item


@given(st.lists(st.integers(1, 9), min_size=2, max_size=30))
def test_an_even_sharing_is_left_alone(amounts):
    items = [Item(load, owner=person) for load in amounts for person in (0, 1)]
    problem = Problem(items, 2)
    found = solve(problem, budget=BUDGET)
    assert found.proved
    assert moves(problem, found.plan) == 0


def test_fixed_items_stay_and_the_rest_goes_around_them():
    items = [Item(9, owner=0, fixed=True), Item(3, owner=0), Item(3, owner=0), Item(3, owner=0)]
    found = solve(Problem(items, 2), budget=BUDGET)
    assert found.plan == [0, 1, 1, 1]
    assert found.proved


def test_same_problem_same_plan():
    items = [Item(n % 7 + 1, owner=0) for n in range(40)]
    problem = Problem(items, 4)
    assert solve(problem, budget=BUDGET).plan == solve(problem, budget=BUDGET).plan
