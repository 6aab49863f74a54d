"""One town of the measured set as rows in memory: exact counts, exact sums, nothing random."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from luoshi.domain.workdays import SHANGHAI
from luoshi.goals.models import Plan, WorkLine
from luoshi.ledger.models import WHOLE, Assignment, Milestone, ProgressReport, Task
from luoshi.ledger.tree import NOTHING, Sums, leaf_sums, segment
from luoshi.org.models import Account, Person, Post, Term, Unit, child_path

OFFICES, VILLAGES, USERS = 12, 15, 170
ROOTS, PARTS, STEPS, LINES = 400, 4, 5, 8
TASKS = ROOTS * (1 + PARTS + PARTS * STEPS)
REPORTS = 100_000
LEAVES = ROOTS * PARTS * STEPS
SINCE = date(2020, 1, 1)
WORKS = ("道路", "渠系", "厂房", "学校", "公厕", "管网", "茶园", "路灯", "水库", "社区")
DEEDS = ("改造", "新建", "整治", "验收", "招商", "普查", "维修", "培训")


@dataclass(slots=True)
class Town:
    """The rows of one town, ready to be written in bulk, parents before children."""

    town: Unit
    plan: Plan
    units: list[Unit] = field(default_factory=list)
    posts: list[Post] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    terms: list[Term] = field(default_factory=list)
    accounts: list[Account] = field(default_factory=list)
    lines: list[WorkLine] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    assignments: list[Assignment] = field(default_factory=list)
    milestones: list[Milestone] = field(default_factory=list)


def town(root: Unit, number: int, year: int, password: str) -> Town:
    """The n-th town of a county for a year; `password` is a hash, the same for all accounts."""
    unit = _unit(root, number, Unit.Kind.TOWN, f"第{number}镇")
    plan = Plan(
        jurisdiction=root.jurisdiction,
        unit=unit,
        year=year,
        title=f"{unit.short_name}{year}年度计划",
        state=Plan.State.IN_FORCE,
    )
    made = Town(unit, plan)
    _organise(made, number, password)
    made.lines = [
        WorkLine(
            jurisdiction=root.jurisdiction,
            plan=plan,
            unit=unit,
            number=n + 1,
            name=f"专线{n + 1}",
            leader_post=made.posts[n],
        )
        for n in range(LINES)
    ]
    _plant(made)
    _reckon(made)
    return made


def _unit(parent: Unit, number: int, kind: str, name: str) -> Unit:
    return Unit(
        jurisdiction=parent.jurisdiction,
        parent=parent,
        path=child_path(parent, number),
        kind=kind,
        name=name,
        short_name=name,
        position=number,
        from_on=SINCE,
    )


def _organise(made: Town, number: int, password: str) -> None:
    """Offices, villages, and a post with its holder and account for each of 170 users."""
    offices = [_unit(made.town, n, Unit.Kind.TOWN_OFFICE, f"{n}办") for n in range(1, OFFICES + 1)]
    villages = [
        _unit(made.town, OFFICES + n, Unit.Kind.VILLAGE, f"{n}村") for n in range(1, VILLAGES + 1)
    ]
    made.units = [made.town, *offices, *villages]
    below = made.units[1:]
    for n in range(USERS):
        if n < LINES:
            of, role = made.town, "leader"
        else:
            of = below[(n - LINES) % len(below)]
            head = n - LINES < len(below)
            role = ("town_office" if of is offices[0] else "unit_head") if head else "staff"
        _person(made, of, role, f"t{number:03d}-{n:03d}", password)


def _person(made: Town, of: Unit, role: str, login: str, password: str) -> None:
    same: dict[str, Any] = {"jurisdiction": of.jurisdiction}
    post = Post(**same, unit=of, title=f"岗位{len(made.posts)}", role=role, from_on=SINCE)
    person = Person(**same, name=f"测{login[1:]}")
    made.posts.append(post)
    made.people.append(person)
    made.terms.append(Term(**same, person=person, post=post, from_on=SINCE))
    made.accounts.append(Account(**same, login=login, person=person, password=password))


def _plant(made: Town) -> None:
    """Roots with parts with steps: 400 x (1 + 4 + 20) tasks in the order of the tree."""
    leaf = 0
    for n in range(ROOTS):
        line = made.lines[n % LINES]
        root = _task(made, None, n + 1, line, n)
        for p in range(PARTS):
            part = _task(made, root, p + 1, line, n + p)
            for s in range(STEPS):
                _task(made, part, s + 1, line, leaf, is_leaf=True)
                leaf += 1


def _task(
    made: Town, parent: Task | None, number: int, line: WorkLine, n: int, *, is_leaf: bool = False
) -> Task:
    year, units = made.plan.year, made.units
    lead = units[1 + n % (len(units) - 1)]
    begins = date(year, 1, 5) + timedelta(days=n % 120)
    due = min(begins + timedelta(days=60 + n % 150), date(year, 12, 28))
    task = Task(
        jurisdiction=made.town.jurisdiction,
        plan=made.plan,
        parent=parent,
        unit=lead,
        line=line,
        number=f"{parent.number}.{number}" if parent else f"{year}-{number:03d}",
        tree=segment(parent.tree if parent else "", number),
        depth=parent.depth + 1 if parent else 0,
        is_leaf=is_leaf,
        title=f"{WORKS[n % len(WORKS)]}{DEEDS[n // 10 % len(DEEDS)]}第{n + 1}项",
        measures="按节点推进",
        acceptance="通过验收",
        starts_on=begins,
        due_on=due if is_leaf else date(year, 12, 28),
        first_due_on=None,
        state=Task.State.UNDER_WAY,
        state_since=begins,
        started_on=begins,
        assigned_at=_at(begins, 0),
        signed_at=_at(begins, 1),
    )
    if is_leaf:
        _end(made, task, n)
    made.tasks.append(task)
    _roles(made, task, n, begins)
    return task


def _end(made: Town, task: Task, n: int) -> None:
    """Three leaves in ten are closed, one waits to be checked, the others are under way."""
    doer, checker = made.people[LINES + n % 100].pk, made.people[LINES].pk
    task.progress = WHOLE if n % 10 < 4 else 500 + n % 90 * 100
    task.last_report_on = task.due_on if n % 10 < 4 else task.starts_on
    if n % 10 < 4:
        task.done_by_id, task.done_on = doer if doer != checker else made.people[9].pk, task.due_on
        task.state = Task.State.REPORTED_DONE
    if n % 10 < 3:
        task.state, task.closed_on = Task.State.COMPLETED, task.due_on
        task.verified_by_id = task.closed_by_id = checker


def _roles(made: Town, task: Task, n: int, since: date) -> None:
    role = Assignment.Role
    head = LINES + n % (len(made.units) - 1)
    same: dict[str, Any] = {"jurisdiction": task.jurisdiction, "task": task, "from_on": since}
    made.assignments += [
        Assignment(**same, role=role.LEAD_LEADER, post=made.posts[n % LINES]),
        Assignment(**same, role=role.LEAD_UNIT, unit=task.unit),
        Assignment(**same, role=role.OWNER, post=made.posts[head]),
    ]
    if task.is_leaf and task.starts_on and task.due_on:
        half = task.starts_on + (task.due_on - task.starts_on) / 2
        same.pop("from_on")
        made.milestones.append(
            Milestone(**same, position=1, title="中期节点", due_on=half, share=WHOLE // 2)
        )


def _reckon(made: Town) -> None:
    """Every stored sum, children before parents: what a rebuild would count."""
    sums: dict[UUID, Sums] = {}
    lines: dict[UUID, Sums] = {}
    whole = NOTHING
    for task in reversed(made.tasks):
        own = sums.get(task.pk, NOTHING)
        if task.is_leaf:
            own = leaf_sums(task.state, task.weight, task.progress)
            lines[task.line_id] = lines.get(task.line_id, NOTHING) + own  # type: ignore[index,arg-type]
            whole += own
        task.weight_sum, task.done_sum, task.missing_sum = own.weight, own.done, own.missing
        if task.parent_id:
            sums[task.parent_id] = sums.get(task.parent_id, NOTHING) + own
    for line in made.lines:
        own = lines[line.pk]
        line.weight_sum, line.done_sum, line.missing_sum = own.weight, own.done, own.missing
    made.plan.weight_sum, made.plan.done_sum = whole.weight, whole.done
    made.plan.missing_sum = whole.missing


def reports(made: Town) -> Iterator[ProgressReport]:
    """100,000 reports: twelve or thirteen a leaf, the last one at the leaf's progress."""
    leaves = [task for task in made.tasks if task.is_leaf]
    each, more = divmod(REPORTS, LEAVES)
    for n, task in enumerate(leaves):
        count = each + (n < more)
        assert task.starts_on is not None
        assert task.last_report_on is not None
        for k in range(1, count + 1):
            day = task.starts_on if k < count else task.last_report_on
            yield ProgressReport(
                jurisdiction=task.jurisdiction,
                task=task,
                unit_id=task.unit_id,
                reported_on=day,
                reported_at=_at(day, k / 2),
                person_id=task.done_by_id or made.people[LINES + n % 100].pk,
                text=f"第{k}次报告：按计划推进",
                progress=(task.progress or 0) * k // count,
                says_done=k == count and task.done_on is not None,
            )


def _at(day: date, hours: float) -> datetime:
    return (datetime.combine(day, time(9), SHANGHAI) + timedelta(hours=hours)).astimezone(UTC)
