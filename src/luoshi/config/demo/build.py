"""The story becomes the database, by the actions that people call, at the instants it tells.

Everything is journalled and asked of the laws; nothing is written beside an action. Three outer
actions (the county, each year) hold the rows that belong together, so that the machine writes to
its disk a few times instead of five thousand.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta

from django.utils import timezone

from luoshi.briefs import actions as briefs
from luoshi.config.demo import (
    TODAY,
    arriving,
    asking,
    county,
    entering,
    faults,
    looking,
    manpower,
    measuring,
    meeting,
    moves,
    ordering,
    plan,
    reminding,
    sharing,
    sparse,
    telling,
    visiting,
    weekly,
    yearbook,
)
from luoshi.config.demo.people import SECRETARY
from luoshi.config.demo.shapes import DemoEvent, DemoPlan, DemoTask, DemoYear
from luoshi.config.demo.stage import Stage
from luoshi.documents.models import Document
from luoshi.domain.access import Actor
from luoshi.domain.closing import Verb
from luoshi.domain.workdays import SHANGHAI
from luoshi.files.models import Attachment
from luoshi.goals import actions as goals
from luoshi.goals.models import Plan
from luoshi.journal import anchoring, sealer
from luoshi.journal.actions import Written, record, replaying, write
from luoshi.journal.models import Entry
from luoshi.ledger import queries as ledger
from luoshi.ledger.models import ProgressReport, Task
from luoshi.org.actions import new_id
from luoshi.org.models import Account, Person, Unit
from luoshi.supervision.actions import sweeping as supervision

SEED = 20260618
WHOLE = "config.demo.build"
EVENING = time(17, 55)
MINUTE = timedelta(minutes=1)


def is_whole() -> bool:
    """Whether the last step of a build was reached; a build cut short is built again."""
    return Entry.objects.filter(verb=WHOLE).exists()


def build(story: DemoPlan | None = None) -> dict[str, int]:
    """Write the whole demonstration into empty tables and seal its journal; counts by name."""
    story = story or plan(SEED)
    gc.set_threshold(200_000, 50, 50)  # half a million small rows live and die here; none leaks
    stages: list[Stage] = []
    system = Actor.system(new_id())
    build_county(actor=system, today=TODAY, story=story, stages=stages)
    stage = stages[0]
    for year in story.years:
        yearbook.add_speech(stage, year)
    for year in story.years:
        build_year(actor=stage.system, today=TODAY, stage=stage, year=year)
    finish(actor=stage.system, today=TODAY, stage=stage)
    sealer.seal_waiting()
    anchoring.daily(TODAY)
    sealer.seal_waiting()  # the anchors have entries of their own
    return counts()


def counts() -> dict[str, int]:
    """How much there is, by name."""
    models = {
        "units": Unit, "people": Person, "accounts": Account, "texts": Document, "plans": Plan,
        "tasks": Task, "reports": ProgressReport, "files": Attachment, "journal entries": Entry,
    }  # fmt: skip
    return {name: model._base_manager.count() for name, model in models.items()}


@write("config.demo.found")
def build_county(*, actor: Actor, today: date, story: DemoPlan, stages: list[Stage]) -> Written:
    """Found the county in one transaction; `stages` receives the stage."""
    del today
    stage = county.found(story, actor.jurisdiction_id)
    stages.append(stage)
    return Written("org.unit", stage.jurisdiction, 1)


@write("config.demo.year")
def build_year(*, actor: Actor, today: date, stage: Stage, year: DemoYear) -> Written:
    """Play one year in one transaction: its plan, its tasks, and every move up to the next plan."""
    del actor, today
    yearbook.open_year(stage, year)
    for at, step in sorted(_steps(stage, year), key=lambda pair: pair[0]):
        with replaying(at.astimezone(UTC)):
            step()
    return Written("goals.plan", stage.plans[year.year].pk, 1)


@write(WHOLE)
def finish(*, actor: Actor, today: date, stage: Stage) -> Written:
    """The neighbouring towns, and the entry that says the build is whole."""
    del actor, today
    sparse.build(stage)
    reminding.play(stage)
    _sweep()
    root = stage.unit(stage.story.units[0].key)
    record(root, {"built": (None, True)}, unit_id=root.pk, at=timezone.now())
    return Written("org.unit", root.pk, 1)


def _sweep() -> None:
    """What the clock does that afternoon, so that every copy holds the same lists."""
    at = _at(TODAY, supervision.DRAFT_AT)
    with replaying(at.astimezone(UTC)):
        supervision.sweep(TODAY, at)


Step = tuple[datetime, Callable[[], object]]


def _steps(stage: Stage, year: DemoYear) -> Iterator[Step]:
    """Everything that happens to the year's tasks and plan, each with its instant."""
    told = {task.key: task for task in stage.story.tasks if task.year == year.year}
    yield from _entries(stage, year, told)
    yield from _moves(stage, year, told)
    yield from measuring.steps(stage, year.year, year.approved_on)
    yield from sharing.steps(stage, year.year, year.approved_on)
    yield from manpower.steps(stage, year.year, year.approved_on)
    yield from looking.steps(stage, year.year)
    yield from arriving.steps(stage, year.year)
    yield from ordering.steps(stage, year.year)
    yield from meeting.steps(stage, year.year)
    yield from weekly.steps(stage, year.year)
    yield from telling.steps(stage, year.year)
    yield from asking.steps(stage, year.year)
    yield from visiting.steps(stage, year.year)
    yield _at(year.approved_on, EVENING), lambda: _approve(stage, year)
    if year.closed_on is not None:
        closed = _at(year.closed_on, EVENING)
        yield closed, lambda: _close(stage, year, closed)


def _at(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, SHANGHAI)


def _entries(stage: Stage, year: DemoYear, told: dict[str, DemoTask]) -> Iterator[Step]:
    """A day's registrations together; what is left out of the baseline on purpose comes later."""
    first: dict[tuple[date, int | None, bool], DemoEvent] = {}
    batches: dict[tuple[date, int | None, bool], list[DemoTask]] = {}
    late = faults.late(stage.story)
    registered = {e.task: e for e in stage.story.events if e.verb is Verb.REGISTER}
    for task in told.values():
        event = registered.get(task.key)
        if event is None:
            yield _at(task.registered_on, time(10, 0)), _enter(stage, task.registered_on, [task])
            continue
        key = (event.at.date(), task.plan, task.key in late)
        batches.setdefault(key, []).append(faults.before(stage.story, task))
        known = first.get(key)
        if known is None or event.at < known.at:
            first[key] = event
    for key, batch in batches.items():
        yield first[key].at, _enter(stage, key[0], batch, first[key].at)
    in_force = max((first[key].at for key in first if key[2]), default=None)
    in_force = in_force - MINUTE if in_force else _at(year.approved_on, time(17, 58))
    yield in_force, lambda: _put_in_force(stage, year, in_force)


def _enter(
    stage: Stage, day: date, batch: list[DemoTask], at: datetime | None = None
) -> Callable[[], object]:
    now = (at or _at(day, time(10, 0))).astimezone(UTC)
    return lambda: entering.enter(stage, yearbook.clerk(stage, day), now, batch)


def _moves(stage: Stage, year: DemoYear, told: dict[str, DemoTask]) -> Iterator[Step]:
    events = [*stage.story.events, *faults.events(stage.story)]
    for event in events:
        if event.task in told and event.verb is not Verb.REGISTER:
            yield event.at, _play(stage, event)
    yield from faults.edits(stage, year.year)


def _play(stage: Stage, event: DemoEvent) -> Callable[[], object]:
    return lambda: moves.play(stage, event)


def _approve(stage: Stage, year: DemoYear) -> None:
    """The links between tasks are drawn, and the plan is approved: its first baseline."""
    now = _at(year.approved_on, EVENING).astimezone(UTC)
    entering.link(stage, yearbook.clerk(stage, year.approved_on), now, year.year)
    actor = _leader(stage, year.approved_on)
    plan_ = Plan.objects.select_related("unit").get(pk=stage.plans[year.year].pk)
    goals.approve_plan(actor=actor, today=year.approved_on, now=now, plan=plan_)


def _put_in_force(stage: Stage, year: DemoYear, at: datetime) -> None:
    """The plan goes into force on what the coverage law finds that day; warnings are signed for."""
    day = at.date()
    actor = _leader(stage, day)
    plan_ = Plan.objects.select_related("unit").get(pk=stage.plans[year.year].pk)
    found = ledger.findings(actor, day, plan_)
    goals.put_in_force(
        actor=actor,
        today=day,
        now=at.astimezone(UTC),
        plan=plan_,
        errors=[finding for finding in found if finding.severity == "error"],
        warnings=[finding for finding in found if finding.severity == "warning"],
        signed=True,
    )


def _close(stage: Stage, year: DemoYear, at: datetime) -> None:
    """The year's review: achievements and gaps side by side, and the plan closed."""
    day = at.date()
    yearbook.add_notes(stage, year, day)
    plan_ = Plan.objects.select_related("unit").get(pk=stage.plans[year.year].pk)
    goals.close_plan(actor=_leader(stage, day), today=day, plan=plan_)
    clerk = yearbook.clerk(stage, day)
    briefs.write_review(actor=clerk, today=day, now=at.astimezone(UTC), plan=plan_)


def _leader(stage: Stage, day: date) -> Actor:
    """The party secretary, who signs."""
    person = stage.holder(SECRETARY, day)
    assert person is not None
    return stage.actor(person, day)
