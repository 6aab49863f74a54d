"""`luoshi schedule FILE.xml`: a plan of a Project file, and how likely its deadlines are."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from functools import partial
from itertools import takewhile
from typing import TYPE_CHECKING, Any

from luoshi.config.commands.text_files import UNUSABLE, speak
from luoshi.domain.base import Refused, say
from luoshi.domain.schedule import analyse, near_critical, spans
from luoshi.engines import risk
from luoshi.engines.base import Budget, Problem, Progress
from luoshi.engines.levelling import solve
from luoshi.office import mspdi_in, mspdi_out
from luoshi.ui.sentences import tell

NEAR = 5
"""Working days of slack above the least at which a task is nearly critical."""

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from luoshi.domain.base import Sentence
    from luoshi.domain.schedule import Analysis, Plan, StepId
    from luoshi.engines.base import Solution
    from luoshi.office.mspdi import Project, Row


def project_of(data: bytes, *, accept: bool) -> Project | int:
    """The project, or the exit code after its missing parts were named and not accepted."""
    project = mspdi_in.read(data)
    for sentence in project.left_out:
        speak(sentence, sys.stderr)
    if project.left_out and not accept:
        speak(say("exchange.not_accepted", count=len(project.left_out)), sys.stderr)
        return UNUSABLE
    return project


def problem_of(project: Project) -> Problem:
    """The law's problem: the file's own calendar, from its status date or its start."""
    status = project.status_on or project.start_on
    return Problem(project.network, project.days.calendar(), status, capacity=project.capacity)


def cautions(project: Project) -> Iterator[Sentence]:
    """The deadlines that lie before their tasks can begin: planned, and late whatever is done."""
    status = project.status_on or project.start_on
    for row in project.rows:
        first = max(status, row.not_before or status)
        if row.deadline is not None and row.done_on is None and row.deadline < first:
            yield say(
                "schedule.deadline_first", step=row.name, deadline=row.deadline, not_before=first
            )


def plan(project: Project, arguments: argparse.Namespace) -> Solution:
    """Level the project."""
    budget = Budget(arguments.time_limit, os.cpu_count() or 1, arguments.seed)
    return solve(problem_of(project), budget=budget, report=live)


def live(progress: Progress) -> bool:
    """Where the search stands, on one line of a terminal; nothing where nobody looks."""
    if sys.stderr.isatty():
        gap = round(100 * progress.gap)
        told = say("exchange.live", days=progress.length, late=progress.lateness, gap=gap)
        print(f"\r{tell(told, 'zh-hans')}", end="", file=sys.stderr, flush=True)
    return True


def outlook(project: Project, seed: int) -> risk.Risk:
    """Ten thousand draws over the three-point durations of the file."""
    points: dict[StepId, risk.ThreePoint] = {
        row.uid: risk.ThreePoint(*row.points) for row in project.rows if row.points
    }
    if not points:
        raise Refused(say("risk.no_points"))
    return risk.simulate(problem_of(project), risk.Luck(points, seed=seed))


def planned(project: Project, made: Plan) -> bytes:
    """The project with the days of the plan, as a file; headings span the rows below them."""
    slots = dict(made.slots) | spans(made, headings(project))
    rows = tuple(
        replace(row, start=slots[row.uid].start, finish=slots[row.uid].finish)
        if row.uid in slots
        else row
        for row in project.rows
    )
    return mspdi_out.write(replace(project, rows=rows))


def headings(project: Project) -> dict[StepId, tuple[StepId, ...]]:
    """The tasks below each heading: those that follow it on deeper levels."""
    below: dict[StepId, tuple[StepId, ...]] = {}
    for n, row in enumerate(project.rows):
        if row.heading:
            after = takewhile(partial(_deeper, row.level), project.rows[n + 1 :])
            below[row.uid] = tuple(part.uid for part in after if not part.heading)
    return below


def _deeper(level: int, row: Row) -> bool:
    return row.level > level


def as_data(name: str, project: Project, solution: Solution, told: risk.Risk | None) -> Any:  # noqa: ANN401
    """The answer as JSON."""
    slots = solution.plan.slots
    analysis = _analysis(project)
    data: dict[str, Any] = {
        "file": name,
        "makespan": solution.length,
        "lower_bound": solution.length_bound,
        "lateness": solution.lateness,
        "lateness_bound": solution.bound,
        "proved": solution.proved,
        "by": solution.by,
        "cpu_s": round(solution.cpu_s, 3),
        "tasks": {
            str(row.uid): {
                "name": row.name,
                "start": slots[row.uid].start.isoformat(),
                "finish": slots[row.uid].finish.isoformat(),
                "slack": analysis.steps[row.uid].total_slack,
                "free_slack": analysis.steps[row.uid].free_slack,
            }
            for row in project.rows
            if not row.heading
        },
    }
    data["chain"] = [str(key) for key in analysis.chain]
    data["near_critical"] = [str(key) for key in near_critical(analysis, NEAR)]
    if told is not None:
        data["risk"] = {
            "draws": told.draws,
            "end": _dates(told.end),
            "deadlines": {
                str(one.step): {"deadline": str(one.deadline), "kept": one.kept} | _dates(one)
                for one in told.deadlines
            },
            "drivers": {str(step): round(strength, 3) for step, strength in told.drivers},
        }
    return data


def _analysis(project: Project) -> Analysis:
    """Slack and chain by the law, without a limit of hands."""
    problem = problem_of(project)
    return analyse(problem.network, problem.calendar, status_on=problem.status_on)


def chains(project: Project) -> Iterator[Sentence]:
    """The critical chain and what is nearly on it, in words."""
    analysis = _analysis(project)
    names = {row.uid: row.name for row in project.rows}
    if analysis.chain:
        chain = tuple(names[key] for key in analysis.chain if isinstance(key, int))
        yield say("exchange.chain", steps=chain)
    near = tuple(names[key] for key in near_critical(analysis, NEAR) if isinstance(key, int))
    if near:
        yield say("exchange.near", days=NEAR, steps=near)


def show(project: Project, solution: Solution, told: risk.Risk | None) -> None:
    """The plan in words."""
    count = sum(not row.heading for row in project.rows)
    code = say("exchange.plan_days", count=count, days=solution.length, late=solution.lateness)
    speak(code, sys.stdout)
    names = {row.uid: row.name for row in project.rows}
    for row in project.rows:
        if not row.heading:
            slot = solution.plan.slots[row.uid]
            print(f"{slot.start}\t{slot.finish}\t{row.name}")
    if told is None:
        return
    dates = told.end.dates
    speak(say("risk.end", half=dates[50], most=dates[80], sure=dates[95]), sys.stdout)
    for one in told.deadlines:
        assert isinstance(one.step, int)
        assert one.kept is not None
        assert one.deadline is not None
        kept, day = round(100 * one.kept), one.dates[80]
        sentence = say("risk.kept", step=names[one.step], deadline=one.deadline, kept=kept, day=day)
        speak(sentence, sys.stdout)
    if told.drivers:
        drivers = tuple(names[step] for step, _ in told.drivers[:3] if isinstance(step, int))
        speak(say("risk.drivers", steps=drivers), sys.stdout)


def _dates(one: risk.Outlook) -> dict[str, str]:
    return {f"p{share}": day.isoformat() for share, day in one.dates.items()}
