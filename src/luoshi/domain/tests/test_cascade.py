import sys
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise
from string import Formatter
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.domain.base import Finding
from luoshi.domain.cascade import (
    WHOLE,
    Child,
    Dependency,
    Division,
    DutyLine,
    LoadFacts,
    Obligation,
    Part,
    PlanFacts,
    PostFacts,
    Problem,
    Relief,
    Share,
    TaskFacts,
    UnitFacts,
    answering,
    changed,
    combine,
    divide,
    divisible,
    division_findings,
    findings,
    load_limits,
    roll_up,
    withdrawn_line,
)
from luoshi.ui.sentences.cascade import PATTERNS

TODAY = date(2026, 6, 18)
LEADER, UNIT, POST = UUID(int=1), UUID(int=2), UUID(int=3)


def names(pattern):
    return {name for _, name, _, _ in Formatter().parse(pattern) if name}


def told(sentence):
    """The sentence has a pattern in both languages that its parameters fill."""
    for pattern in PATTERNS[sentence.code]:
        assert names(pattern) == set(sentence.params), sentence
    return sentence.code


def parts(*figures, **kwargs):
    key = next(iter(kwargs), "base")
    return [Part(None, f"村{i}", **{key: f}) for i, f in enumerate(figures)]


# shares

steps = st.sampled_from([Decimal(1), Decimal("0.1"), Decimal("0.01"), Decimal(5), Decimal(1000)])
amounts = st.integers(-(10**9), 10**9)
bases = st.lists(st.none() | st.decimals(0, 10**6, places=2), min_size=1, max_size=20)


@given(amounts, steps, bases, st.sampled_from(["equal", "weight", "base"]))
def test_divide_by_rule_adds_up_exactly(units, step, figures, rule):
    total = units * step
    group = [Part(None, str(i), weight=f, base=f) for i, f in enumerate(figures)]
    answer = divide(total, group, rule, step)
    if isinstance(answer, Finding):
        assert rule != "equal"
        assert None in figures or not any(figures)
        return
    assert sum(s.value for s in answer.slices) == total
    assert all(s.value % step == 0 for s in answer.slices)


@given(st.integers(0, 10**9), steps, bases, st.lists(st.integers(0, 10**6), max_size=5))
def test_divide_keeps_what_was_fixed_and_shares_the_rest(units, step, figures, fixed):
    total = units * step
    group = [Part(None, f"f{i}", fixed=f * step) for i, f in enumerate(fixed)]
    group += [Part(None, str(i), base=f) for i, f in enumerate(figures)]
    answer = divide(total, group, "base", step)
    if isinstance(answer, Finding):
        assert sum(fixed) > units or None in figures or not any(figures)
        return
    assert [s.value for s in answer.slices][: len(fixed)] == [f * step for f in fixed]
    assert sum(s.value for s in answer.slices) == total


@given(st.integers(0, 10**6), st.lists(st.integers(0, 10**4), min_size=2, max_size=9))
def test_divide_stays_within_one_step_of_the_exact_quota(units, figures):
    if not any(figures):
        return
    answer = divide(Decimal(units), parts(*map(Decimal, figures)), "base")
    for figure, part in zip(figures, answer.slices, strict=True):
        assert abs(part.value * sum(figures) - units * figure) < sum(figures)


def test_divide_worked_example():
    answer = divide(Decimal(100), parts(*[Decimal(1)] * 3), "base")
    assert [s.value for s in answer.slices] == [34, 33, 33]
    assert [s.basis for s in answer.slices] == [1, 1, 1]


def test_divide_same_gives_each_the_ratio():
    group = [*parts(None, None), Part(None, "镇区", fixed=Decimal(98))]
    answer = divide(Decimal(95), group, "same")
    assert [s.value for s in answer.slices] == [95, 95, 98]


@pytest.mark.parametrize(
    ("total", "group", "rule", "step", "code"),
    [
        (1, [], "equal", 1, "nobody"),
        ("NaN", parts(1), "equal", 1, "no_number"),
        (1, parts(1), "equal", 0, "no_number"),
        ("1e30", parts(1), "equal", 1, "no_number"),
        ("1.5", parts(1), "equal", 1, "too_fine"),
        (10, parts(4, None, fixed=0), "by_hand", 1, "figure_missing"),
        (10, parts(4, 5, fixed=0), "by_hand", 1, "does_not_add_up"),
        (10, parts(4, 5, 6, None, fixed=0), "equal", 1, "fixed_exceeds"),
        (10, parts(4, None), "base", 1, "basis_missing"),
        (10, parts(4, -1), "base", 1, "basis_not_positive"),
        (10, parts(0, 0), "base", 1, "basis_not_positive"),
    ],
)
def test_divide_that_cannot_be_says_why(total, group, rule, step, code):
    group = [
        replace(
            p,
            base=None if p.base is None else Decimal(p.base),
            fixed=None if p.fixed is None else Decimal(p.fixed),
        )
        for p in group
    ]
    answer = divide(Decimal(total), group, rule, Decimal(step))
    assert isinstance(answer, Finding)
    assert told(answer.why) == f"cascade.share.{code}"


def test_divide_by_hand_that_adds_up_stands():
    answer = divide(Decimal(10), parts(Decimal(4), Decimal(6), fixed=0), "by_hand")
    assert isinstance(answer, Division)
    assert all(s.by_hand for s in answer.slices)


# roll-up

done = st.none() | st.integers(0, 3 * WHOLE)
children = st.lists(
    st.builds(
        Child,
        id=st.none(),
        label=st.text(max_size=3),
        weight=st.integers(0, WHOLE),
        done=done,
        value=st.none() | st.integers(0, 10**9),
        target=st.none() | st.integers(1, 10**9),
        as_of=st.none() | st.dates(),
    ),
    max_size=12,
)
rules = st.sampled_from(["weighted", "sum", "mean", "min", "latest", "milestones"])


@given(rules, children)
def test_roll_up_never_exceeds_the_whole_unless_meant(rule, group):
    points = roll_up(rule, group).share.basis_points
    assert points is None or 0 <= points <= WHOLE


@given(rules, children)
def test_roll_up_missing_child_is_named_and_changes_nothing(rule, group):
    before = roll_up(rule, group)
    after = roll_up(rule, [*group, Child(None, "未报村", weight=7)])
    assert after.share == before.share
    assert after.missing == (*before.missing, "未报村")
    assert after.missing_weight == before.missing_weight + 7
    assert not after.complete


@given(children, st.data())
def test_changed_equals_a_full_roll_up(group, data):
    if not group:
        return
    index = data.draw(st.integers(0, len(group) - 1))
    new = data.draw(done)
    old = group[index]
    narrow = changed(roll_up("weighted", group, over=True).share, old.weight, old.done, new)
    group = [*group[:index], replace(old, done=new), *group[index + 1 :]]
    assert narrow == roll_up("weighted", group, over=True).share


def test_roll_up_each_rule_on_one_example():
    group = [
        Child(None, "甲", 3000, WHOLE, value=30, target=30, as_of=date(2026, 3, 31)),
        Child(None, "乙", 7000, 5000, value=35, target=70, as_of=date(2026, 6, 30)),
        Child(None, "丙", 1000),
    ]
    points = {
        rule: roll_up(rule, group).share.basis_points
        for rule in ("weighted", "sum", "mean", "min", "latest", "milestones")
    }
    assert points == {
        "weighted": 6500,
        "sum": 6500,
        "mean": 7500,
        "min": 5000,
        "latest": 5000,
        "milestones": 5000,
    }


def test_roll_up_over_fulfilment_counts_where_meant():
    group = [Child(None, "甲", 1, 12000, value=12, target=10)]
    assert roll_up("weighted", group).share.basis_points == WHOLE
    assert roll_up("weighted", group, over=True).share.basis_points == 12000
    assert roll_up("sum", group, over=True).share.basis_points == 12000


def test_share_of_nothing_is_unknown_and_sums_combine():
    assert Share().basis_points is None
    assert Share().percent is None
    assert combine([Share(5, 2), Share(7, 3)]) == Share(12, 5)
    assert Share(20000, 3).percent == Decimal("66.7")


# findings


def task(number, **kwargs):
    sound = {
        "lead_leader": LEADER,
        "lead_unit": UNIT,
        "owner_post": POST,
        "start_on": date(2026, 4, 1),
        "due_on": date(2026, 6, 30),
        "acceptance_rule": "验收合格并投用",
        "measures": "倒排工期、周调度",
    }
    return TaskFacts(id=UUID(int=100 + number), label=f"任务{number}", **(sound | kwargs))


def plan(*tasks, **kwargs):
    return PlanFacts(UUID(int=9), "2026年度计划", 2026, TODAY, tasks, **kwargs)


def codes(found):
    for finding in found:
        told(finding.why)
        assert finding.remedy is not None
    return [(f.code, f.why.code.rsplit(".", 1)[1], f.where.label) for f in found]


def test_sound_plan_has_no_findings():
    assert findings(plan(task(1), task(2))) == ()


def test_c01_each_empty_role_has_its_own_remedy():
    bare = task(1, lead_leader=None, lead_unit=None, owner_post=None)
    found = findings(plan(bare))
    assert [w for _, w, _ in codes(found)] == ["lead_leader", "lead_unit", "owner"]
    assert [f.remedy.verb for f in found] == ["name_lead_leader", "name_lead_unit", "name_owner"]
    assert {f.remedy.params["task"] for f in found} == {str(bare.id)}


def test_c01_remedy_proposes_the_parents_role():
    child = task(2, parent_id=task(1).id, lead_unit=None)
    (found,) = findings(plan(task(1), child))
    assert found.remedy.params["propose"] == str(UNIT)


def test_c01_undecided_is_legal_until_its_date():
    open_role = task(1, owner_post=None, undecided_until=TODAY)
    assert findings(plan(open_role)) == ()
    late = replace(plan(open_role), today=date(2026, 6, 19))
    (found,) = findings(late)
    assert found.why.code == "cascade.C01.owner_overdue"
    assert found.why.params["until"] == TODAY


@pytest.mark.parametrize(
    ("role", "said"),
    [("lead_leader", "lead_leader"), ("lead_unit", "lead_unit"), ("owner_post", "owner")],
)
def test_c01_each_role_may_stay_open_until_its_day_and_comes_back_after_it(role, said):
    waiting = task(1, **{role: None}, undecided_until=TODAY)
    assert findings(plan(waiting)) == ()
    late = replace(waiting, undecided_until=date(2026, 6, 17))
    assert [one.why.code for one in findings(plan(late))] == [f"cascade.C01.{said}_overdue"]


def test_c02_asks_by_the_nature_of_the_work():
    found = findings(
        plan(
            task(1, due_on=None),
            task(2, nature="standing", due_on=None),
            task(3, nature="standing", due_on=None, check_rhythm="每月一次"),
            task(4, nature="all_year", start_on=None, due_on=None, quarter_states=(1, 3)),
            task(5, nature="all_year", start_on=None, due_on=None, quarter_states=(1, 2, 3, 4)),
        )
    )
    assert codes(found) == [
        ("C02", "no_date", "任务1"),
        ("C02", "no_rhythm", "任务2"),
        ("C02", "no_quarter_state", "任务4"),
    ]
    assert found[2].why.params["quarters"] == ("2", "4")


def test_c03_names_quarters_without_a_node():
    long = task(1, start_on=None, due_on=date(2026, 11, 30), milestones=(date(2026, 5, 1),))
    (found,) = findings(plan(long))
    assert found.severity == "warning"
    assert found.why.params["quarters"] == ("1", "3")


def test_c03_late_start_owes_nothing_to_its_first_quarter():
    assert findings(plan(task(1, start_on=date(2026, 3, 25)))) == ()


def test_c03_piled_into_december():
    late = (date(2026, 8, 1), date(2026, 12, 1), date(2026, 12, 30))
    piled = task(1, start_on=date(2026, 7, 1), due_on=date(2026, 12, 31), milestones=late)
    assert codes(findings(plan(piled))) == [("C03", "piled", "任务1")]
    year_end = [task(n, start_on=date(2026, 11, 1), due_on=date(2026, 12, 31)) for n in range(4)]
    assert codes(findings(plan(*year_end))) == [("C03", "plan_piled", "2026年度计划")]


def test_c04_slogans_and_missing_measures():
    found = findings(
        plan(
            task(1, acceptance_rule=" "),
            task(2, acceptance_rule="任务2。"),
            task(3, measures=""),
        )
    )
    assert codes(found) == [
        ("C04", "none", "任务1"),
        ("C04", "slogan", "任务2"),
        ("C04", "measures", "任务3"),
    ]


def test_c05_weights_make_100_under_a_parent_and_on_a_line():
    top = task(1).id
    line = {"line_id": UUID(int=50), "line_label": "产业专线"}
    found = findings(
        plan(
            task(1, weight=9000, **line),
            task(2, parent_id=top, weight=6000),
            task(3, parent_id=top, weight=None),
        )
    )
    assert codes(found) == [("C05", "missing", "任务1"), ("C05", "not_whole", "产业专线")]
    assert found[1].why.params["total"] == 90


def test_c06_children_answer_for_the_parents_target():
    top = task(1, target_value=Decimal(12), target_unit="亿元")
    money = {"parent_id": top.id, "target_unit": "亿元"}
    short = plan(top, task(2, target_value=Decimal(5), **money))
    (found,) = findings(short)
    assert told(found.why) == "cascade.C06.short"
    assert found.why.params["gap"] == 7
    over = plan(top, task(2, target_value=Decimal(13), **money))
    assert codes(findings(over))[0][1] == "over"
    missing = plan(top, task(2, target_value=Decimal(5), **money), task(3, **money))
    assert codes(findings(missing))[0][1] == "missing"
    exact = plan(top, *(task(n, target_value=Decimal(6), **money) for n in (2, 3)))
    assert findings(exact) == ()
    same = plan(
        replace(top, target_rule="same"),
        task(2, target_value=Decimal(12), **money),
        task(3, target_value=Decimal(11), **money),
    )
    assert findings(same)[0].why.params["who"] == ("任务3",)


def test_c07_child_due_after_parent():
    child = task(2, parent_id=task(1).id, due_on=date(2026, 7, 1))
    (found,) = (f for f in findings(plan(task(1), child)) if f.code == "C07")
    assert told(found.why) == "cascade.C07.after_parent"
    assert found.remedy.params["due_on"] == date(2026, 6, 30)


def test_c08_unit_with_nothing():
    helper = UUID(int=70)
    units = (UnitFacts(UNIT, "农业办"), UnitFacts(helper, "财政所"), UnitFacts(POST, "文旅办"))
    found = findings(plan(task(1, supporting_units=(helper,)), units=units))
    assert codes(found) == [("C08", "empty", "文旅办")]


def test_c11_obligation_nobody_took_up():
    duties = (
        Obligation(UUID(int=1), "要建立台账", taken_up=False),
        Obligation(UUID(int=2), "要加强宣传", taken_up=True),
        Obligation(UUID(int=3), "要讲政治", taken_up=False, dismissed="原则性要求"),
    )
    assert codes(findings(plan(task(1), obligations=duties))) == [("C11", "untaken", "要建立台账")]


def test_c14_problem_nobody_answered():
    problems = (
        Problem(UUID(int=1), "投资乏力", tasks=0),
        Problem(UUID(int=2), "养护不到位", tasks=2),
        Problem(UUID(int=3), "区位偏远", tasks=0, reason="客观条件"),
        Problem(UUID(int=4), "人手不足", tasks=0, reason=" "),
    )
    told_of = codes(findings(plan(task(1), problems=problems)))
    assert told_of == [("C14", "unanswered", "投资乏力"), ("C14", "unanswered", "人手不足")]


def test_c13_owner_left():
    (found,) = findings(plan(task(1, owner_vacant=True)))
    assert told(found.why) == "cascade.C13.vacant"


def test_c15_circles_are_told_step_by_step():
    a, b, c = (task(n).id for n in (1, 2, 3))
    links = (Dependency(a, b), Dependency(b, c), Dependency(c, a), Dependency(c, c))
    found = findings(plan(task(1), task(2), task(3), dependencies=links))
    assert found[0].why.params["path"] == ("任务1", "任务2", "任务3", "任务1")
    assert {f.code for f in found} == {"C15"}
    knot = plan(task(1, parent_id=b), task(2, parent_id=a))
    assert codes(findings(knot)) == [("C15", "own_ancestor", "任务1")]


@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=20))
def test_c15_found_exactly_where_a_circle_is(edges):
    tasks = [task(n) for n in range(8)]
    links = tuple(Dependency(tasks[a].id, tasks[b].id) for a, b in edges)
    reach = set(edges)
    for k in range(8):
        reach |= {(a, b) for a in range(8) for b in range(8) if {(a, k), (k, b)} <= reach}
    found = [f for f in findings(plan(*tasks, dependencies=links)) if f.code == "C15"]
    assert bool(found) == any((n, n) in reach for n in range(8))


@given(st.lists(st.booleans(), min_size=8, max_size=8))
def test_temporary_items_are_never_in_plan_findings(flags):
    faulty = [
        TaskFacts(id=UUID(int=n), label=str(n), planned=planned) for n, planned in enumerate(flags)
    ]
    named = {f.where.label for f in findings(plan(*faulty))}
    assert named == {str(n) for n, planned in enumerate(flags) if planned}


def test_closed_tasks_are_not_asked_again():
    assert findings(plan(TaskFacts(id=UUID(int=1), label="旧事", closed=True))) == ()


def test_findings_are_stable_and_ordered_by_code():
    faulty = [TaskFacts(id=UUID(int=n), label=str(n), weight=1) for n in range(5)]
    found = findings(plan(*faulty))
    assert found == findings(plan(*faulty))
    assert [f.code for f in found] == sorted(f.code for f in found)


def _calls(size):
    """How many functions the law calls for a plan of this size: work without a clock."""
    tasks = [task(0, due_on=None)]
    for n in range(1, size):
        tasks.append(task(n, parent_id=tasks[n // 9].id, due_on=None))
    links = tuple(Dependency(a.id, b.id) for a, b in pairwise(tasks))
    facts, count = plan(*tasks, dependencies=links), 0

    def tally(_frame, event, _argument):
        nonlocal count
        count += event in {"call", "c_call"}

    sys.setprofile(tally)
    try:
        found = findings(facts)
    finally:
        sys.setprofile(None)
    assert len(found) >= size
    return count


def test_findings_take_linear_work():
    assert _calls(5_000) < 12 * _calls(500)


# posts, loads, duty lists


def test_c09_post_with_nothing_unless_its_routine_is_written():
    posts = (
        PostFacts(POST, "经发办 主任"),
        PostFacts(UUID(int=31), "便民中心 热线岗", "接听12345热线"),
        PostFacts(UUID(int=32), "司法所 所长"),
    )
    found = findings(plan(task(1), posts=posts))
    assert codes(found) == [("C09", "empty", "司法所 所长")]
    assert found[0].severity == "info"


def load(number, amount, group="office/staff", relief=None):
    return LoadFacts(UUID(int=number), f"岗位{number}", group, amount, relief)


def test_c10_is_twice_the_median_of_comparable_posts():
    easing = Relief(UUID(int=51), "修路", UUID(int=2), "岗位2")
    loads = (load(1, 10), load(2, 20), load(3, 30), load(4, 41, relief=easing), load(5, 0))
    assert load_limits(loads) == {"office/staff": 50}
    assert findings(plan(loads=loads)) == ()
    loads = (*loads[:3], load(4, 51, relief=easing), load(5, 0))
    found = findings(plan(loads=loads))
    assert codes(found) == [("C10", "overloaded", "岗位4")]
    assert found[0].remedy.params["propose"] == str(UUID(int=2))


def test_c10_needs_three_to_compare_and_never_mixes_groups():
    assert findings(plan(loads=(load(1, 1), load(2, 500)))) == ()
    loads = (load(1, 10), load(2, 10), load(3, 10), load(4, 900, "village/unit_head"))
    assert findings(plan(loads=loads)) == ()


@given(st.lists(st.integers(0, 500), max_size=30))
def test_c10_never_tells_the_one_in_the_middle(amounts):
    loads = tuple(load(number + 1, amount) for number, amount in enumerate(amounts))
    told_of = {f.where.id for f in findings(plan(loads=loads))}
    busy = sorted(one.load for one in loads if one.load)
    middle = busy[len(busy) // 2] if busy else 0
    assert not [one for one in loads if one.post_id in told_of and one.load <= middle]


LISTS = (
    DutyLine(UUID(int=61), "basic", "农村饮用水工程巡查与报修"),
    DutyLine(UUID(int=62), "withdrawn", "对燃气经营企业安全生产的行政检查", "县住建局"),
)


def test_c12_quotes_the_line_that_was_taken_back():
    checked = replace(task(1), label="开展燃气经营企业安全生产行政检查")
    found = findings(plan(checked, duties=LISTS))
    assert codes(found) == [("C12", "withdrawn", checked.label)]
    assert found[0].why.params["line"] == LISTS[1].text
    named = replace(checked, duty_id=UUID(int=61))
    assert findings(plan(named, duties=LISTS)) == ()
    assert findings(plan(checked, duties=LISTS[:1])) == ()


@given(st.text(max_size=40))
def test_c12_prefers_the_towns_own_line_to_one_taken_back(title):
    own = DutyLine(UUID(int=63), "assisting", title)
    assert withdrawn_line(title, (*LISTS, own)) is None or not title.strip()


def test_c16_who_counts_never_owns_an_economic_target():
    counted = replace(
        task(1), target_value=Decimal(2), target_unit="亿元", owner_keeps_statistics=True
    )
    assert codes(findings(plan(counted))) == [("C16", "statistics", counted.label)]
    assert findings(plan(replace(counted, target_unit="个"))) == ()


def test_division_findings_name_every_doubt_at_its_part():
    town, east, west = UUID(int=11), UUID(int=12), UUID(int=13)
    group = [
        Part(east, "东村", weight=Decimal(0)), Part(west, "西村", weight=Decimal(120)),
        Part(east, "东村", weight=Decimal(-5)), Part(town, "镇", weight=Decimal(10)),
    ]  # fmt: skip
    found = division_findings(Decimal(50), group, "weight", giver=west, handed={west: town})
    assert [(f.code, f.severity, told(f.why), f.where.label) for f in found] == [
        ("C15", "error", "cascade.share.circle", "西村"),
        ("C15", "error", "cascade.share.circle", "镇"),
        ("C06", "error", "cascade.share.twice", "东村"),
        ("C05", "warning", "cascade.share.weight_zero", "东村"),
        ("C05", "error", "cascade.share.weight_over", "西村"),
        ("C05", "error", "cascade.share.weight_negative", "东村"),
        ("C05", "warning", "cascade.share.weights_over", ""),
    ]
    assert not divisible(divide(Decimal(50), group, "weight"), found)


def test_division_with_a_weight_of_zero_may_be_saved():
    group = parts(Decimal(0), Decimal(40), Decimal(60), weight=None)
    found = division_findings(Decimal(50), group, "weight")
    answer = divide(Decimal(50), group, "weight")
    assert [s.value for s in answer.slices] == [0, 20, 30]
    assert divisible(answer, found)
    missing = division_findings(Decimal(50), parts(None, Decimal(1)), "base")
    assert [told(f.why) for f in missing] == ["cascade.share.basis_missing"]


def test_unanswered_target_is_told_without_idle_zeros():
    parts = [("东村", Decimal("2.8000")), ("西村", Decimal("1000.0000"))]
    why = answering(Decimal("1200.0000"), "万元", "sum", parts)
    assert [f"{why.params[name]:f}" for name in ("total", "whole", "gap")] == [
        "1002.8", "1200", "197.2",
    ]  # fmt: skip
