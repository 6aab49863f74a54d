"""By when: C02 no date, C03 no node in a quarter, C07 a child due after its parent."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from luoshi.domain.base import Finding, Period, Remedy, Where, say
from luoshi.domain.cascade.facts import TaskFacts
from luoshi.domain.cascade.tree import Tree, at_task


def dates(tree: Tree) -> Iterator[Finding]:
    """C02: no date; 全年性工作 says what is true at each quarter's end, 常态化工作 has a rhythm."""
    for task in tree.open():
        if task.nature == "dated" and task.due_on is None:
            yield at_task("C02", "error", task, say("cascade.C02.no_date"), "set_due_on")
        elif task.nature == "standing" and not task.check_rhythm.strip():
            yield at_task("C02", "error", task, say("cascade.C02.no_rhythm"), "set_check_rhythm")
        elif task.nature == "all_year":
            missing = _quarters_without_state(task, tree.plan.year)
            if missing:
                why = say("cascade.C02.no_quarter_state", quarters=missing)
                yield at_task("C02", "error", task, why, "set_quarter_states", quarters=missing)


def nodes(tree: Tree) -> Iterator[Finding]:
    """C03: no node in a quarter of the task's life, or nodes piled into December.

    A dated leaf is asked; a parent has its children for nodes. The due date is itself a node. A
    quarter is asked where the task lives through at least half of its days, so that a task begun
    in the last week of March owes nothing to the first quarter.
    """
    for task in tree.open():
        if task.nature != "dated" or task.due_on is None or not tree.is_leaf(task):
            continue
        bare = _bare_quarters(task, tree.plan.year)
        if bare:
            why = say("cascade.C03.bare_quarter", quarters=bare)
            yield at_task("C03", "warning", task, why, "add_milestone", quarters=bare)
        late = sum(1 for day in task.milestones if (day.year, day.month) == (tree.plan.year, 12))
        if len(task.milestones) > 1 and 2 * late > len(task.milestones):
            why = say("cascade.C03.piled", late=late, all=len(task.milestones))
            yield at_task("C03", "warning", task, why, "spread_milestones")
    yield from _piled_plan(tree)


def after_parent(tree: Tree) -> Iterator[Finding]:
    """C07: a child is due after its parent."""
    for task in tree.open():
        parent = tree.by_id.get(task.parent_id) if task.parent_id else None
        if parent is None or parent.due_on is None or task.due_on is None:
            continue
        if task.due_on > parent.due_on:
            why = say(
                "cascade.C07.after_parent",
                due=task.due_on,
                parent=parent.label,
                parent_due=parent.due_on,
            )
            yield at_task("C07", "error", task, why, "set_due_on", due_on=parent.due_on)


def _piled_plan(tree: Tree) -> Iterator[Finding]:
    """The plan as a whole: more than half of its due dates in December."""
    due = [t.due_on for t in tree.open() if t.due_on is not None and tree.is_leaf(t)]
    late = sum(1 for day in due if (day.year, day.month) == (tree.plan.year, 12))
    if len(due) >= 4 and 2 * late > len(due):
        where = Where("plan", tree.plan.id, tree.plan.label)
        why = say("cascade.C03.plan_piled", late=late, all=len(due))
        yield Finding("C03", "info", where, why, Remedy("list_december"))


def _life(task: TaskFacts, year: int) -> tuple[date, date]:
    whole = Period.year(year)
    start = max(task.start_on or whole.start, whole.start)
    end = min(task.due_on or whole.end, whole.end)
    return start, end


def _lived_quarters(task: TaskFacts, year: int) -> list[tuple[int, Period]]:
    start, end = _life(task, year)
    lived = []
    for number in range(1, 5):
        quarter = Period.quarter(year, number)
        days = (min(end, quarter.end) - max(start, quarter.start)).days + 1
        if 2 * days >= quarter.days:
            lived.append((number, quarter))
    return lived


def _bare_quarters(task: TaskFacts, year: int) -> tuple[str, ...]:
    known = [*task.milestones, *([task.due_on] if task.due_on else [])]
    return tuple(
        str(number)
        for number, quarter in _lived_quarters(task, year)
        if not any(quarter.holds(day) for day in known)
    )


def _quarters_without_state(task: TaskFacts, year: int) -> tuple[str, ...]:
    asked = [number for number, _ in _lived_quarters(task, year)]
    return tuple(str(number) for number in asked if number not in task.quarter_states)
