"""The timetable: the plan's tasks as a network for the schedule law, and rows to draw."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from luoshi.domain import schedule
from luoshi.domain.access import Actor
from luoshi.domain.base import Period
from luoshi.domain.schedule import Network, Slot, Verdict
from luoshi.domain.workdays import WorkCalendar
from luoshi.engines import passes
from luoshi.engines.base import Budget, Problem
from luoshi.goals import queries as goals
from luoshi.goals.models import Plan
from luoshi.ledger.bars import Bar, Standing, Timetable, Way
from luoshi.ledger.ground import Ground, project_lines, standing
from luoshi.ledger.judging import OVER, light_of, nodes_of, share_of
from luoshi.ledger.models import Task
from luoshi.ledger.moves import moves_of
from luoshi.ledger.network import done_on_of
from luoshi.ledger.queries.reckoning import ground_of
from luoshi.ledger.standing import holds_on

MOST_BARS = 3_000
MOST_MOVES = 100
NEAR_DAYS, MOST_NEAR = 5, 12


def timetable(actor: Actor, today: date, plan: Plan, root: Task | None = None) -> Timetable | None:
    """Whether the plan, or one item of it, can be met, and each task's room, by its calendar.

    Of the tasks the actor may see; None where the plan is not the actor's to read. With `root` only
    what hangs under it is drawn and judged, together with all it waits for. At most 3,000 bars are
    drawn, and how many were left out is said. A constant number of queries.
    """
    if goals.plan_for(actor, today, plan.pk) is None:
        return None
    ground = ground_of(actor, today, plan)
    network, tasks = ground.network(), ground.under(root)
    keys = None if root is None else {task.pk for task in tasks}
    judged = standing(network, ground.calendar, today, keys)
    shown = tasks[:MOST_BARS]
    drawn = _just_in_time(judged.network, ground.calendar, today, judged.verdict)
    bars = _bars(ground, shown, judged.verdict, drawn, today, _approved(actor, today, plan))
    first, last = _span(bars, plan.year)
    off, on = _exceptions(ground.calendar, first, last)
    known = {task.pk for task in shown}
    return Timetable(
        plan=plan,
        root=root,
        bars=bars,
        links=[(tie.before, tie.after) for tie in ground.ties if {tie.before, tie.after} <= known],
        verdict=judged.verdict,
        lost=judged.lost,
        ways=list(_ways(ground, judged)),
        projects=() if root else project_lines(ground, network, today),
        near=_near(shown, judged),
        days_off=off,
        worked_weekends=on,
        first=first,
        last=last,
        left_out=len(tasks) - len(shown),
    )


Days = tuple[date | None, date | None]


def _approved(actor: Actor, today: date, plan: Plan) -> Mapping[str, Days]:
    """Start and deadline of every task as the plan was last approved (the baseline); one query."""
    snapshot = goals.snapshots(actor, today, plan).values_list("content", flat=True).first()
    rows = snapshot.get("tasks", ()) if snapshot else ()
    return {row["id"]: (_day(row["starts_on"]), _day(row["due_on"])) for row in rows}


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _near(tasks: Sequence[Task], judged: Standing) -> list[Task]:
    """Leaves off the chain that become critical when they slip by a working week more."""
    if judged.verdict.analysis is None:
        return []
    rows = {task.pk: task for task in tasks if task.is_leaf and task.state not in OVER}
    near = schedule.near_critical(judged.verdict.analysis, NEAR_DAYS)
    return [rows[key] for key in near if isinstance(key, UUID) and key in rows][:MOST_NEAR]


def _ways(ground: Ground, judged: Standing) -> Iterator[Way]:
    """The ways out with their moves; one that needs more than a page can hold is told only."""
    for proposal in judged.verdict.proposals:
        moves = moves_of(ground, judged.network, proposal.changes)
        fields = None if moves is None else list(moves.fields())
        yield Way(proposal, fields if fields and len(fields) <= MOST_MOVES else None)


def _just_in_time(
    network: Network, calendar: WorkCalendar, today: date, told: Verdict
) -> Mapping[Any, Slot]:
    """When each step should run so that its deadline is just met (倒排).

    An engine proposes, the law checks; a plan that breaks it is not drawn. A missed deadline (P05)
    is no such fault: the verdict tells it.
    """
    if told.analysis is None:
        return {}
    problem = Problem(network, calendar, today)
    plan = passes.solve(problem, budget=Budget()).plan
    faults = schedule.check_plan(network, calendar, plan, status_on=today)
    broken = {fault.code for fault in faults if fault.severity == "error"} - {"P05"}
    return {} if broken else plan.slots


def _bars(
    ground: Ground,
    tasks: Sequence[Task],
    told: Verdict,
    proposed: Mapping[Any, Slot],
    today: date,
    approved: Mapping[str, Days],
) -> list[Bar]:
    waiting = [task for task in tasks if not holds_on(task, today)]
    nodes = nodes_of([task.pk for task in waiting]) if waiting else {}
    times = told.analysis.steps if told.analysis else {}
    spans = _spans(tasks, proposed)
    return [
        Bar(
            task,
            *spans[task.pk],
            times.get(task.pk),
            task.light
            if holds_on(task, today)
            else light_of(task, today, nodes.get(task.pk, ())).word,
            share_of(task),
            approved.get(str(task.pk), (None, None)),
            ground.by_calendar(task),
        )
        for task in tasks
    ]


def _spans(
    tasks: Sequence[Task], proposed: Mapping[Any, Slot]
) -> dict[UUID, tuple[date | None, date | None]]:
    """From where to where a bar is drawn: planned days, else 倒排; a node spans its leaves."""
    spans: dict[UUID, tuple[date | None, date | None]] = {}
    inner: dict[UUID, list[tuple[date | None, date | None]]] = {}
    for task in reversed(tasks):
        own = _own_span(task, proposed.get(task.pk))
        parts = [own, *inner.get(task.pk, [])] if not task.is_leaf else [own]
        starts = [start for start, _ in parts if start]
        ends = [end for _, end in parts if end]
        span = (min(starts, default=None), max(ends, default=None))
        spans[task.pk] = span
        if task.parent_id is not None:
            inner.setdefault(task.parent_id, []).append(span)
    return spans


def _own_span(task: Task, slot: Slot | None) -> tuple[date | None, date | None]:
    if not task.is_leaf:
        return None, task.due_on
    start = task.started_on or task.starts_on or (slot.start if slot else None)
    end = done_on_of(task) or task.due_on or (slot.finish if slot else None)
    if start and end and start > end:
        start = end
    return start, end


def _span(bars: Sequence[Bar], year: int) -> tuple[date, date]:
    """The days of the chart: the plan's year, stretched around what lies outside."""
    whole = Period.year(year)
    days = [day for bar in bars for day in (bar.start, bar.end) if day]
    days += [bar.times.earliest.finish for bar in bars if bar.times and bar.task.state not in OVER]
    days += [whole.start, whole.end]
    low = max(min(days), whole.start - timedelta(days=366))
    high = min(max(days), whole.end + timedelta(days=366))
    return low.replace(day=1), high


def _exceptions(calendar: WorkCalendar, first: date, last: date) -> tuple[list[date], list[date]]:
    """Days of the chart on which nobody works, and weekend days that are worked (调休)."""
    off, on = [], []
    for offset in range((last - first).days + 1):
        day = first + timedelta(days=offset)
        works = calendar.is_workday(day)
        if not works:
            off.append(day)
        elif day.weekday() >= 5:
            on.append(day)
    return off, on
