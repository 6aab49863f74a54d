"""Levelled plans before the law: order, calendar, capacity, and nothing lost against the rules."""

import random
import subprocess
import sys
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luoshi.domain.base import Refused
from luoshi.domain.schedule import (
    Capacity,
    Link,
    Network,
    Plan,
    Resource,
    Slot,
    Step,
    Way,
    check_plan,
    loads,
)
from luoshi.domain.tests.schedule_cases import CALENDAR, STATUS, networks
from luoshi.domain.workdays import WorkCalendar
from luoshi.engines import exact, plain, population, portfolio
from luoshi.engines.base import Budget, Problem
from luoshi.engines.core import FAR, Arc, Core, answer_of, lower_bound
from luoshi.engines.core import Way as CoreWay
from luoshi.engines.instances import core_of_jobs
from luoshi.engines.levelling import solve
from luoshi.engines.translate import translate

AT_ONCE = Budget(cpu_s=0.0)
ON_LEAVE = WorkCalendar(CALENDAR.table, extra_days_off=[date(2026, 6, day) for day in (22, 23, 24)])
DAY = date(2026, 6, 22)


@st.composite
def capacities(draw, network):
    """Two to three resources, one of them with days off of its own; needs that fit."""
    resources = (
        Resource("office", "工作专班", draw(st.integers(1, 3))),
        Resource("person", "张三", 100, ON_LEAVE if draw(st.booleans()) else None),
    )
    needs, ways = {}, {}
    for step in network.steps:
        wanted = {}
        if draw(st.booleans()):
            wanted["office"] = draw(st.integers(1, resources[0].amount))
        if draw(st.booleans()):
            wanted["person"] = draw(st.sampled_from([30, 50, 100]))
        needs[step.id] = wanted
        if step.duration_days > 1 and draw(st.integers(0, 3)) == 0 and not step.started_on:
            ways[step.id] = (
                Way(step.duration_days, wanted),
                Way(step.duration_days - 1, {**wanted, "office": resources[0].amount}),
            )
    return Capacity(resources, needs, ways)


def lawful(problem, plan):
    found = check_plan(
        problem.network,
        problem.calendar,
        plan,
        status_on=problem.status_on,
        capacity=problem.capacity,
    )
    return {finding.code for finding in found} - {"P05"}


@settings(deadline=None)
@given(st.data())
def test_plan_keeps_order_calendar_and_capacity(data):
    network = data.draw(networks())
    problem = Problem(network, CALENDAR, STATUS, capacity=data.draw(capacities(network)))
    solution = solve(problem, budget=AT_ONCE)
    assert lawful(problem, solution.plan) == set()
    assert solution.bound <= solution.lateness
    assert solution.length_bound <= solution.length


@pytest.mark.prove
@settings(max_examples=10_000, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_ten_thousand_plans_keep_order_calendar_and_capacity(data):
    network = data.draw(networks())
    problem = Problem(network, CALENDAR, STATUS, capacity=data.draw(capacities(network)))
    assert lawful(problem, solve(problem, budget=AT_ONCE).plan) == set()


@settings(deadline=None)
@given(st.data())
def test_moved_into_the_load_of_another_the_plan_is_refused(data):
    """Two steps that need the whole of one person never share a day."""
    days = data.draw(st.lists(st.integers(1, 6), min_size=2, max_size=5))
    network = Network(tuple(Step(i, f"环节{i}", n) for i, n in enumerate(days)))
    capacity = Capacity((Resource("p", "张三", 100),), {i: {"p": 60} for i in range(len(days))})
    problem = Problem(network, CALENDAR, STATUS, capacity=capacity)
    solution = solve(problem, budget=AT_ONCE)
    assert solution.length == sum(days) == solution.length_bound
    assert solution.proved
    slots = dict(solution.plan.slots)
    one, two = data.draw(st.permutations(range(len(days))))[:2]
    slots[one] = Slot(slots[two].start, CALENDAR.add(slots[two].start, days[one] - 1))
    assert lawful(problem, Plan(slots)) >= {"P09"}


def test_deadline_is_kept_by_giving_way():
    """The long step would be first by the work that follows; the deadline of the short one decides."""
    network = Network((Step("a", "长", 20), Step("b", "短", 3, deadline=CALENDAR.add(STATUS, 2))))
    capacity = Capacity((Resource("p", "张三", 1),), {"a": {"p": 1}, "b": {"p": 1}})
    solution = solve(Problem(network, CALENDAR, STATUS, capacity=capacity), budget=AT_ONCE)
    assert (solution.lateness, solution.bound, solution.proved) == (0, 0, True)
    assert solution.plan.slots["b"].start == STATUS


def test_leave_lengthens_a_step_and_is_no_work():
    network = Network((Step("a", "测量", 4),))
    capacity = Capacity((Resource("p", "张三", 1, ON_LEAVE),), {"a": {"p": 1}})
    problem = Problem(network, CALENDAR, STATUS, capacity=capacity)
    slot = solve(problem, budget=AT_ONCE).plan.slots["a"]
    assert slot == Slot(STATUS, date(2026, 6, 29))  # 18 June, then 22 to 24 off, 25 and 26 holidays
    assert (
        CALENDAR.count(STATUS, slot.finish) == 1 + 3 + 1
        or lawful(problem, Plan({"a": slot})) == set()
    )
    early = Plan({"a": Slot(STATUS, CALENDAR.add(STATUS, 3))})
    assert lawful(problem, early) == {"P03", "P10"}


def test_plan_in_force_stays_where_it_costs_nothing():
    network = Network(tuple(Step(i, f"环节{i}", 5) for i in range(4)))
    capacity = Capacity((Resource("p", "张三", 2),), {i: {"p": 1} for i in range(4)})
    problem = Problem(network, CALENDAR, STATUS, capacity=capacity)
    first = solve(problem, budget=AT_ONCE)
    steps = tuple(replace(s, deadline=first.plan.slots[s.id].finish) for s in network.steps)
    again = solve(replace(problem, network=Network(steps)), budget=AT_ONCE, warm=first.plan)
    assert again.moved == 0
    assert again.plan.slots == first.plan.slots


@pytest.mark.parametrize(
    ("resource", "need", "code"),
    [
        (Resource("p", "张三", 0), {"p": 1}, r"capacity\.(none|too_much)"),
        (Resource("p", "张三", 2), {"p": 3}, r"capacity\.too_much"),
        (Resource("p", "张三", 2), {"q": 1}, r"capacity\.unknown"),
        (Resource("p", "张三", -1), {}, r"capacity\.negative"),
        (Resource("p", "张三", 1), {"p": -1}, r"capacity\.negative"),
    ],
)
def test_impossible_capacity_is_refused_in_words(resource, need, code):
    problem = Problem(
        Network((Step("a", "甲", 1),)),
        CALENDAR,
        STATUS,
        capacity=Capacity((resource,), {"a": need}),
    )
    with pytest.raises(Refused, match=code):
        solve(problem, budget=AT_ONCE)


def test_step_beyond_the_calendar_is_refused_in_words():
    capacity = Capacity((Resource("p", "张三", 1),), {"a": {"p": 1}})
    problem = Problem(Network((Step("a", "甲", 10_000_000),)), CALENDAR, STATUS, capacity=capacity)
    with pytest.raises(Refused, match="beyond"):
        solve(problem, budget=AT_ONCE)


def random_core(seed, size=22, *, due=False):
    draw = random.Random(seed)
    ways = [
        (
            CoreWay(
                draw.randint(1, 9),
                tuple((k, draw.randint(1, 6)) for k in range(3) if draw.random() < 0.7),
            ),
        )
        for _ in range(size)
    ]
    arcs = [
        Arc(
            draw.randrange(max(0, i - 8), i),
            i,
            draw.random() < 0.8,
            draw.random() < 0.2,
            draw.randint(-2, 3),
        )
        for i in range(1, size)
        for _ in range(2)
    ]
    dues = [draw.randint(10, 40) if due and draw.random() < 0.5 else FAR for _ in range(size)]
    return Core(ways, arcs, [8, 9, 10], [draw.choice((0, 0, 5)) for _ in range(size)], dues)


def broken(core, answer):
    """What an answer breaks, counted day by day."""
    faults = []
    ends = [core.end(i, 0, s) for i, s in enumerate(answer.starts)]
    for arc in core.arcs:
        reached = ends[arc.head] if arc.to_end else answer.starts[arc.head]
        anchor = ends[arc.tail] if arc.from_end else answer.starts[arc.tail]
        if reached < anchor + arc.lag:
            faults.append(arc)
    for day in range(max(ends)):
        for k, amount in enumerate(core.amounts):
            on = [i for i in range(core.size) if answer.starts[i] <= day < ends[i]]
            if sum(need for i in on for key, need in core.ways[i][0].needs if key == k) > amount:
                faults.append((k, day))
    faults += [i for i in range(core.size) if answer.starts[i] < core.floor[i]]
    return faults


@pytest.mark.parametrize("due", [False, True])
def test_population_and_proof_find_what_nothing_can_beat(due):
    """Both searches keep every rule; what CP-SAT proves, no other search goes below."""
    population.prepare()
    for seed in range(3):
        core = random_core(seed, due=due)
        rule = plain.first(core)
        found = population.search(core, cpu_s=0.2, seed=seed, workers=2)
        proof = exact.search(core, cpu_s=3, workers=2, seed=0, warm=rule, bound=lower_bound(core))
        for answer in (rule, found, proof.answer):
            assert broken(core, answer) == []
            assert answer == answer_of(core, answer.starts, answer.ways)
        assert found.value <= rule.value
        if proof.proved and due:
            assert proof.answer.lateness <= min(found.lateness, rule.lateness)
            assert proof.bound[0] == proof.answer.lateness
        elif proof.proved:
            assert proof.answer.length <= min(found.length, rule.length)
            assert proof.bound[1] == proof.answer.length


def test_mirrored_problem_is_the_same_problem():
    core = random_core(5)
    twice = plain.mirrored(plain.mirrored(core, 100), 100)
    assert (twice.arcs, twice.ways) == (tuple(core.arcs), tuple(core.ways))


def test_search_apart_is_told_cancelled_and_judged():
    """The child's plan passes the law; answering False ends it and keeps the best plan so far."""
    core_draw = random.Random(3)
    steps = tuple(Step(i, f"环节{i}", core_draw.randint(1, 9)) for i in range(40))
    links = tuple(Link(core_draw.randrange(i), i) for i in range(1, 40))
    capacity = Capacity(
        (Resource("p", "专班", 3), Resource("q", "设备", 2)),
        {i: {"p": core_draw.randint(1, 3), "q": core_draw.randint(0, 1)} for i in range(40)},
    )
    problem = Problem(Network(steps, links), CALENDAR, STATUS, capacity=capacity)
    rule = solve(problem, budget=AT_ONCE)
    told = []
    best = solve(problem, budget=Budget(0.6, 2, 1), report=lambda p: told.append(p) is None)
    assert lawful(problem, best.plan) == set()
    assert best.length <= rule.length
    assert best.cpu_s <= 2 * 0.6 + 1.0
    assert [p.length for p in told] == sorted((p.length for p in told), reverse=True)
    cancelled = solve(problem, budget=Budget(60, 2, 1), report=lambda _: False)
    assert cancelled.length == rule.length
    assert lawful(problem, cancelled.plan) == set()


def test_settling_lowers_the_peak_and_moves_little():
    """Four free steps of one day in four days need one at a time; those already there stay."""
    core = Core([(CoreWay(1, ((0, 1),)),)] * 4, [], [4], [0] * 4, [4] * 4)
    rule = plain.first(core)
    assert exact.peak_loads(core, rule) == [4]
    settled = exact.settle(core, cpu_s=2, workers=2, seed=0, best=rule)
    assert exact.peak_loads(core, settled) == [1]
    near = exact.settle(core, cpu_s=2, workers=2, seed=0, best=rule, near=[3, 2, 1, 0])
    assert list(near.starts) == [3, 2, 1, 0]


def test_without_the_extras_plain_draws_answer(monkeypatch):
    for engine in (population, exact):
        monkeypatch.setattr(engine, "available", lambda: False)
    core = random_core(7)
    found = portfolio.search(core, budget=Budget(0.1, 1, 1))
    assert found.by in {"rule", "draws"}
    assert broken(core, found.answer) == []
    assert found.answer.value <= plain.first(core).value


def test_engines_load_no_heavy_package_in_the_calling_process():
    """What a web process imports: the whole of `engines`, and none of the extras."""
    script = (
        "import sys, luoshi.engines.levelling, luoshi.engines.portfolio, luoshi.engines.apart\n"
        "heavy = {'numpy', 'numba', 'ortools', 'pandas', 'networkx'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    subprocess.run([sys.executable, "-c", script], check=True)


def test_loads_are_counted_day_by_day():
    network = Network((Step("a", "甲", 2), Step("b", "乙", 3)))
    capacity = Capacity((Resource("p", "专班", 5),), {"a": {"p": 2}, "b": {"p": 3}})
    plan = Plan(
        {"a": Slot(STATUS, CALENDAR.add(STATUS, 1)), "b": Slot(STATUS, CALENDAR.add(STATUS, 2))}
    )
    held = loads(network, CALENDAR, capacity, plan, status_on=STATUS)
    assert list(held["p"].values()) == [5, 5, 3]


def test_translation_says_the_earlier_plan_in_its_own_days():
    network = Network((Step("a", "甲", 2), Step("b", "乙", 3)), (Link("a", "b"),))
    problem = Problem(network, CALENDAR, STATUS, capacity=Capacity(()))
    translated = translate(problem)
    plan = translated.plan_of(plain.first(translated.core))
    assert translated.starts_in(plan) == [0, 2]


def test_worked_example_of_the_explanation_page():
    steps = (Step("A", "招标", 4), Step("B", "测量", 3), Step("C", "宣传", 2), Step("D", "公示", 3))
    capacity = Capacity(
        (Resource("p", "专班", 3),), {"A": {"p": 2}, "B": {"p": 2}, "C": {"p": 1}, "D": {"p": 1}}
    )
    problem = Problem(Network(steps), CALENDAR, STATUS, capacity=capacity)
    solution = solve(problem, budget=AT_ONCE)
    assert (solution.length, solution.length_bound, solution.proved) == (7, 7, True)
    due = replace(steps[1], deadline=CALENDAR.add(STATUS, 2))
    urgent = solve(replace(problem, network=Network((steps[0], due, *steps[2:]))), budget=AT_ONCE)
    assert (urgent.lateness, urgent.plan.slots["B"].start) == (0, STATUS)


def test_settling_does_not_put_off_what_has_no_deadline():
    """Six free steps and one that is due on day 4: peaks sink, and nothing ends later than before."""
    core = Core([(CoreWay(1, ((0, 1),)),)] * 7, [], [2], [0] * 7, [4] + [FAR] * 6)
    rule = plain.first(core)
    settled = exact.settle(core, cpu_s=1, workers=2, seed=0, best=rule)
    assert settled.length <= max(rule.length, core.last_due) == 4
    assert settled.lateness == 0


def test_ways_are_kept_when_the_order_is_searched_anew():
    """Two ways a job and a store: what comes out keeps the store, and is measured as it is."""
    draw = random.Random(4)
    jobs = [
        [(draw.randint(1, 3), [2, 1], [3]), (draw.randint(4, 7), [1, 1], [1])] for _ in range(12)
    ]
    successors = [[j for j in (i + 2, i + 5) if j < 12] for i in range(12)]
    core, _ = core_of_jobs(jobs, successors, [4, 3], [26])
    found = portfolio.search(core, budget=Budget(0.5, 2, 1))
    answer = found.answer
    assert answer == answer_of(core, answer.starts, answer.ways)
    assert sum(dict(core.ways[i][way].uses).get(0, 0) for i, way in enumerate(answer.ways)) <= 26
    taken = replace(core.only(answer.ways), stores=())
    assert broken(taken, answer_of(taken, answer.starts, (0,) * core.size)) == []


def test_ways_are_found_where_saving_one_store_drains_the_other():
    """The thrifty way of one store is the dear way of the other: an exchange of ways went round."""
    draw = random.Random(7)
    fitting = 0
    for _ in range(60):
        size = draw.randint(2, 12)
        ways = [
            tuple(
                CoreWay(draw.randint(1, 9), (), ((0, draw.randint(0, 9)), (1, draw.randint(0, 9))))
                for _ in range(3)
            )
            for _ in range(size)
        ]
        # So much is there that one choice of ways just fits.
        known = [draw.choice(some) for some in ways]
        stores = [sum(dict(way.uses)[k] for way in known) for k in (0, 1)]
        core = Core(ways, [], [], [0] * size, [FAR] * size, stores)
        chosen = plain.first_ways(core)
        used = [sum(dict(ways[i][n].uses)[k] for i, n in enumerate(chosen)) for k in (0, 1)]
        fitting += all(u <= amount for u, amount in zip(used, stores, strict=True))
    assert fitting >= 55


def test_search_in_lines_of_bytes_is_the_look_at_every_day():
    """Two amounts asked of each resource: the quick way is taken, and finds the same days."""
    draw = random.Random(1)
    for _ in range(400):
        size, amounts = draw.randint(1, 25), [draw.randint(2, 5) for _ in range(draw.randint(1, 4))]
        asked = [[draw.randint(1, amount) for _ in range(2)] for amount in amounts]
        ways = [
            (
                CoreWay(
                    draw.randint(0, 6),
                    tuple((k, draw.choice(a)) for k, a in enumerate(asked) if draw.random() < 0.5),
                ),
            )
            for _ in range(size)
        ]
        arcs = [
            Arc(draw.randrange(b), b, draw.random() < 0.7, draw.random() < 0.2, draw.randint(-2, 3))
            for b in range(1, size)
            if draw.random() < 0.6
        ]
        core = Core(ways, arcs, amounts, [draw.randint(0, 5) for _ in range(size)], [FAR] * size)
        order = plain.ordered(core, [draw.random() for _ in range(size)])
        assert core.simple
        slow = replace(core)
        slow.__dict__["simple"] = False
        assert plain.schedule(core, order, (0,) * size) == plain.schedule(slow, order, (0,) * size)
