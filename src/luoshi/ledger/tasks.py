"""Jobs of the ledger: a table written or taken back, a plan levelled, the odds of its deadlines."""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from luoshi.domain import schedule
from luoshi.domain.access import Actor
from luoshi.domain.base import Refused, Sentence
from luoshi.engines.base import Budget, Problem
from luoshi.engines.base import Progress as Standing
from luoshi.goals.models import Plan
from luoshi.jobs.actions import Cancelled, Progress, handler
from luoshi.jobs.models import Job
from luoshi.journal.actions import plain
from luoshi.ledger.actions.importing import IMPORT_JOB
from luoshi.ledger.actions.unimporting import UNDO_JOB, undo_import
from luoshi.ledger.hands import as_planned, faults_of, free_days, working
from luoshi.ledger.models import TableImport, Task
from luoshi.ledger.queries.hands import estimates_of, footing_of
from luoshi.ledger.queries.reckoning import ground_of
from luoshi.ledger.queries.scope import visible_tasks
from luoshi.ledger.studies import LEVEL_JOB, ODDS_JOB, plan_out, points_of, solver_installed
from luoshi.ledger.tables.applying import apply
from luoshi.org.models import Account
from luoshi.org.queries import actor_for
from luoshi.store.bulk import no_collecting

EVERY_S = 0.5
TOGETHER = 0.3
"""How far items of one unit share their luck, where a person asks for that."""


@handler(IMPORT_JOB)
def write_table(job: Job, progress: Progress) -> Mapping[str, Any]:
    """Write a table as the person who said yes, with the rights that person has now."""
    actor, today, table = _table_of(job)
    why = apply(actor, today, timezone.now(), table, progress)
    return {"why": [why.code, plain(dict(why.params))] if why else None}


@handler(UNDO_JOB)
def take_back(job: Job, progress: Progress) -> Mapping[str, Any]:
    """Take a written table back as the person who asked; a table taken back already stays so."""
    actor, today, table = _table_of(job)
    if table.state == TableImport.State.UNDONE:
        return {"why": None}
    progress(1, 2, writing=True)
    try:
        with no_collecting():
            undo_import(actor=actor, today=today, now=timezone.now(), table=table)
    except Refused as refused:
        return {"why": [refused.why.code, plain(dict(refused.why.params))]}
    return {"why": None}


def _table_of(job: Job) -> tuple[Actor, date, TableImport]:
    """Who asked, on which day (the report's own), and for which table."""
    today = date.fromisoformat(job.payload["today"])
    assert job.account_id is not None, "a table is written for a person"
    account = Account.objects.select_related("person").get(
        pk=job.account_id, jurisdiction=job.jurisdiction
    )
    table = TableImport.objects.select_related("plan__unit", "unit").get(
        pk=job.payload["table_id"], jurisdiction=job.jurisdiction
    )
    return actor_for(account, today), today, table


@handler(LEVEL_JOB)
def level(job: Job, progress: Progress) -> Mapping[str, Any]:
    """Level a plan by its hands, as the person who asked sees it; nothing is written to the plan.

    Told to stop, the best plan so far is the answer. The law judges what the engine proposes, and a
    plan that breaks a rule is told as broken, never shown.
    """
    from luoshi.engines import levelling  # noqa: PLC0415 - engines are loaded by the worker alone

    actor, today, plan, _root = _asked(job)
    footing = footing_of(actor, today, plan)
    problem = footing.problem(today, earlier=job.payload["earlier"])
    seconds, seed = job.payload["seconds"], job.payload["seed"]
    warm = as_planned(free_days(problem)) if not job.payload["earlier"] else None
    watch = _Watch(job, progress, seconds)
    try:
        found = levelling.solve(problem, budget=Budget(seconds, 1, seed), warm=warm, report=watch)
    except Refused as refused:
        return {"why": _plain(refused.why)}
    faults = faults_of(problem, found.plan)
    if faults:
        return {"why": _plain(faults[0].why)}
    return {
        "slots": plan_out(found.plan),
        "lateness": found.lateness,
        "bound": found.bound,
        "length": found.length,
        "length_bound": found.length_bound,
        "proved": found.proved,
        "by": found.by,
        "cpu_s": round(found.cpu_s, 1),
        "stopped": watch.stopped,
        "solver": solver_installed(),
    }


class _Watch:
    """Stores what a search tells, twice a second at most; answers False once asked to stop."""

    def __init__(self, job: Job, progress: Progress, seconds: int) -> None:
        self.job, self.progress, self.seconds = job, progress, seconds
        self.told_at, self.stopped = 0.0, False
        self.bounds = (0, 0)

    def __call__(self, now: Standing) -> bool:
        self.bounds = max(self.bounds[0], now.bound), max(self.bounds[1], now.length_bound)
        if self.stopped or time.monotonic() - self.told_at < EVERY_S:
            return not self.stopped
        self.told_at = time.monotonic()
        live = {
            "lateness": now.lateness,
            "bound": min(self.bounds[0], now.lateness),
            "length": now.length,
            "length_bound": min(self.bounds[1], now.length),
        }
        self.progress.tell({"live": live})
        try:
            self.progress(min(self.seconds, int(now.cpu_s)), self.seconds)
        except Cancelled:
            self.stopped = True
        return not self.stopped


@handler(ODDS_JOB)
def odds(job: Job, progress: Progress) -> Mapping[str, Any]:
    """Draw durations ten thousand times: how likely each deadline, what drives the end; seeded."""
    from luoshi.engines import risk  # noqa: PLC0415 - NumPy is loaded by the worker alone

    actor, today, plan, root = _asked(job)
    ground = ground_of(actor, today, plan)
    keys = {task.pk for task in ground.under(root)}
    whole = ground.network() if root is None else schedule.part_of(ground.network(), keys)
    network, _lost = schedule.without_lost(whole, today)
    tasks = [task for task in ground.tasks if working(task)]
    points = points_of(tasks, estimates_of(actor, tasks), ground.calendar)
    progress(0, 1)
    luck = risk.Luck(
        points={key: risk.ThreePoint(*found) for key, found in points.items()},
        groups={task.pk: str(task.unit_id) for task in tasks},
        correlation=TOGETHER if job.payload["together"] else 0.0,
        seed=job.payload["seed"],
        draws=job.payload["draws"],
    )
    try:
        told = risk.simulate(Problem(network, ground.calendar, today), luck)
    except Refused as refused:
        return {"why": _plain(refused.why)}
    progress(1, 1)
    here = {step.id for step in network.steps}
    return {
        "draws": told.draws,
        "seed": luck.seed,
        "together": luck.correlation,
        "drawn": len(points.keys() & here),
        "end": _dates(told.end),
        "deadlines": [
            {
                "task": str(one.step),
                "due": one.deadline.isoformat(),
                "kept": one.kept,
                "dates": _dates(one),
            }
            for one in told.deadlines
            if one.deadline is not None
        ],
        "drivers": [[str(key), round(share, 3)] for key, share in told.drivers],
    }


def _dates(one: Any) -> dict[str, str]:  # noqa: ANN401 - an engine's Outlook
    return {str(share): day.isoformat() for share, day in one.dates.items()}


def _asked(job: Job) -> tuple[Actor, date, Plan, Task | None]:
    """Who asked, with the rights held now; the day of the question; the plan and the item."""
    today = date.fromisoformat(job.payload["today"])
    assert job.account_id is not None, "a study is a person's own"
    account = Account.objects.select_related("person").get(
        pk=job.account_id, jurisdiction=job.jurisdiction
    )
    plan = Plan.objects.select_related("unit").get(
        pk=job.payload["plan_id"], jurisdiction=job.jurisdiction
    )
    root_id = job.payload.get("root_id")
    actor = actor_for(account, today)
    root = visible_tasks(actor, today).filter(pk=root_id, plan=plan).first() if root_id else None
    return actor, today, plan, root


def _plain(why: Sentence) -> dict[str, Any]:
    return {"code": why.code, "params": plain(dict(why.params))}
