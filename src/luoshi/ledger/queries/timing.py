"""The timetable: the plan's tasks as a network for the schedule law, and rows to draw."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from luoshi.domain import schedule
from luoshi.domain.access import Actor
from luoshi.domain.base import Period
from luoshi.domain.schedule import Link, LinkKind, Network, Step, StepTimes, Verdict
from luoshi.domain.workdays import WorkCalendar
from luoshi.goals import queries as goals
from luoshi.goals.models import Plan
from luoshi.ledger.models import WHOLE, Dependency, Task
from luoshi.ledger.queries.judging import CLOSED, OVER, light_of, nodes_of, share_of
from luoshi.ledger.queries.scope import visible_tasks
from luoshi.office.china_calendar import china_calendar, china_table
from luoshi.org.models import CalendarDay, Unit

MOST_BARS = 3_000


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of the timetable; without `times` the task has no duration to reckon with."""

    task: Task
    start: date | None
    end: date | None
    times: StepTimes | None
    word: str
    share: int | None


@dataclass(frozen=True, slots=True)
class Timetable:
    """A plan's bars in the order of the tree, the law's verdict, and the days nobody works."""

    plan: Plan
    bars: Sequence[Bar]
    links: Sequence[tuple[UUID, UUID]]
    verdict: Verdict
    days_off: Sequence[date]
    worked_weekends: Sequence[date]
    first: date
    last: date
    left_out: int


def calendar_of(unit: Unit) -> WorkCalendar:
    """The working calendar of a unit: the national one and the unit's own exceptions; one query."""
    own = list(CalendarDay.objects.filter(unit=unit).values_list("day", "works"))
    if not own:
        return china_calendar()
    return WorkCalendar(
        china_table(),
        extra_days_off=[day for day, works in own if not works],
        extra_working_days=[day for day, works in own if works],
    )


def timetable(actor: Actor, today: date, plan: Plan) -> Timetable | None:
    """Whether the plan can be met, and each task's room, on the unit's own calendar.

    Of the tasks the actor may see; None where the plan is not the actor's to read. At most 3,000
    bars are drawn, and how many were left out is said. A constant number of queries.
    """
    if goals.plan_for(actor, today, plan.pk) is None:
        return None
    tasks = list(
        visible_tasks(actor, today)
        .filter(plan=plan)
        .exclude(state=Task.State.CANCELLED)
        .select_related("plan", "unit")
        .order_by("tree", "id")
    )
    links = list(
        Dependency.objects.filter(task__plan=plan).values_list(
            "predecessor_id", "task_id", "kind", "lag_days"
        )
    )
    calendar = calendar_of(plan.unit)
    network = network_of(tasks, links, calendar)
    told = schedule.verdict(network, calendar, status_on=today)
    shown = tasks[:MOST_BARS]
    bars = _bars(shown, told, today)
    first, last = _span(bars, plan.year)
    off, on = _exceptions(calendar, first, last)
    known = {task.pk for task in shown}
    return Timetable(
        plan=plan,
        bars=bars,
        links=[(before, after) for before, after, *_ in links if {before, after} <= known],
        verdict=told,
        days_off=off,
        worked_weekends=on,
        first=first,
        last=last,
        left_out=len(tasks) - len(shown),
    )


def network_of(
    tasks: Sequence[Task],
    links: Iterable[tuple[UUID, UUID, str, int]],
    calendar: WorkCalendar,
) -> Network:
    """The plan's leaves as steps, its nodes as the moment when all below them is done.

    A leaf without duration, and without start and due date to tell one, stays outside. A link to
    a node above holds for every leaf below it.
    """
    steps: dict[UUID, Step] = {}
    below: dict[UUID, list[UUID]] = {}
    for task in reversed(tasks):
        days = _duration(task, calendar) if task.is_leaf else 0
        if days is None or (not task.is_leaf and task.pk not in below):
            continue
        steps[task.pk] = _step(task, days)
        if task.parent_id is not None:
            below.setdefault(task.parent_id, []).append(task.pk)
    held = [
        Link(part, node) for node, parts in below.items() if node in steps for part in parts[::-1]
    ]
    ordered = tuple(steps[task.pk] for task in tasks if task.pk in steps)
    return Network(ordered, (*held, *_links(links, steps, below)))


def _links(
    links: Iterable[tuple[UUID, UUID, str, int]],
    steps: Mapping[UUID, Step],
    below: Mapping[UUID, Sequence[UUID]],
) -> Iterable[Link]:
    for before, after, kind, lag in links:
        if before in steps and after in steps:
            for leaf in _leaves(after, below):
                yield Link(before, leaf, _KINDS[kind], lag)


def _leaves(key: UUID, below: Mapping[UUID, Sequence[UUID]]) -> Iterable[UUID]:
    """The steps under a node that are worked, or the step itself."""
    if key not in below:
        yield key
        return
    for part in below[key]:
        yield from _leaves(part, below)


_KINDS: Mapping[str, LinkKind] = {"FS": "FS", "SS": "SS", "FF": "FF", "SF": "SF"}


def _duration(task: Task, calendar: WorkCalendar) -> int | None:
    """Working days: as planned, else the working days between planned start and due date."""
    if task.duration_days is not None:
        return task.duration_days
    if task.starts_on and task.due_on:
        return max(1, calendar.count(task.starts_on, task.due_on))
    return None


def _step(task: Task, days: int) -> Step:
    done_on = _done_on(task)
    started = task.started_on
    if done_on is not None and started is not None and started > done_on:
        started = done_on
    return Step(
        id=task.pk,
        name=task.title,
        duration_days=days,
        not_before=task.starts_on if task.is_leaf else None,
        deadline=_deadline(task),
        started_on=started if task.is_leaf else None,
        done_on=done_on,
        done_share=Decimal(task.progress or 0) / WHOLE,
    )


def _done_on(task: Task) -> date | None:
    if task.state in CLOSED or task.state in ("reported_done", "verified", "submitted"):
        return task.done_on or task.closed_on or task.state_since
    return None


def _deadline(task: Task) -> date | None:
    """What is put off has no deadline for the time being."""
    return None if task.state == Task.State.SUSPENDED else task.due_on


def _bars(tasks: Sequence[Task], told: Verdict, today: date) -> list[Bar]:
    nodes = nodes_of([task.pk for task in tasks])
    times = told.analysis.steps if told.analysis else {}
    spans = _spans(tasks, times)
    return [
        Bar(
            task,
            *spans[task.pk],
            times.get(task.pk),
            light_of(task, today, nodes.get(task.pk, ())).word,
            share_of(task),
        )
        for task in tasks
    ]


def _spans(
    tasks: Sequence[Task], times: Mapping[Any, StepTimes]
) -> dict[UUID, tuple[date | None, date | None]]:
    """From where to where a bar is drawn: planned days, else the law's; a node spans its leaves."""
    spans: dict[UUID, tuple[date | None, date | None]] = {}
    inner: dict[UUID, list[tuple[date | None, date | None]]] = {}
    for task in reversed(tasks):
        own = _own_span(task, times.get(task.pk))
        parts = [own, *inner.get(task.pk, [])] if not task.is_leaf else [own]
        starts = [start for start, _ in parts if start]
        ends = [end for _, end in parts if end]
        span = (min(starts, default=None), max(ends, default=None))
        spans[task.pk] = span
        if task.parent_id is not None:
            inner.setdefault(task.parent_id, []).append(span)
    return spans


def _own_span(task: Task, times: StepTimes | None) -> tuple[date | None, date | None]:
    if not task.is_leaf:
        return None, task.due_on
    start = task.started_on or task.starts_on or (times.earliest.start if times else None)
    end = _done_on(task) or task.due_on or (times.earliest.finish if times else None)
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


def compact(table: Timetable) -> dict[str, Any]:
    """The timetable as small rows for the drawing script: days are counted from `first`.

    A row: id, number, title, unit, depth, start, end, earliest start, earliest finish, latest
    finish, slack, critical, word, share in basis points, first due date; null where unknown.
    """

    def at(day: date | None) -> int | None:
        return None if day is None else (day - table.first).days

    rows = []
    place = {bar.task.pk: index for index, bar in enumerate(table.bars)}
    for bar in table.bars:
        task, times = bar.task, bar.times
        moved = task.first_due_on if task.first_due_on != task.due_on else None
        rows.append(
            [
                str(task.pk), task.number, task.title, task.unit.short_name, task.depth,
                at(bar.start), at(bar.end),
                at(times.earliest.start) if times else None,
                at(times.earliest.finish) if times else None,
                at(times.latest.finish) if times else None,
                times.total_slack if times else None,
                int(times.critical) if times else 0,
                bar.word, bar.share, at(moved), int(task.is_leaf),
            ]
        )  # fmt: skip
    return {
        "first": table.first.isoformat(),
        "days": (table.last - table.first).days + 1,
        "rows": rows,
        "links": [[place[a], place[b]] for a, b in table.links],
        "off": [at(day) for day in table.days_off],
        "on": [at(day) for day in table.worked_weekends],
    }
