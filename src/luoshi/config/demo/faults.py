"""How the faults of the plan came to be, lawfully: a plan with errors never goes into force.

The task without a deadline is entered after the baseline, and with it the weights of its line no
longer make 100; a standard is taken back when the county's definition is unclear; a part's
deadline is extended past the whole's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time

from luoshi.config.demo.people import OFFICE_HEAD
from luoshi.config.demo.shapes import DemoEvent, DemoPlan, DemoTask
from luoshi.config.demo.stage import Stage
from luoshi.domain.closing import Verb
from luoshi.domain.workdays import SHANGHAI
from luoshi.ledger import actions as ledger
from luoshi.ledger.models import Task

UNCLEAR_ON = date(2026, 2, 10)
UNCLEAR_WHY = "县科技局调整统计口径，原完成标准不再适用，待口径明确后重新填写"
ASKED_ON, AGREED_ON, APPROVED_ON = date(2026, 6, 8), date(2026, 6, 9), date(2026, 6, 10)
EXTEND_WHY = "检测机构现场评审排期推迟，申请顺延"


def _key(story: DemoPlan, code: str) -> str | None:
    return next((fault.task for fault in story.faults if fault.code == code), None)


def late(story: DemoPlan) -> frozenset[str]:
    """Tasks entered after the plan went into force."""
    return frozenset({_key(story, "C02")} - {None})  # type: ignore[arg-type]


def before(story: DemoPlan, task: DemoTask) -> DemoTask:
    """The task as it was entered, before its fault came to be."""
    if task.key == _key(story, "C07"):
        whole = next(row for row in story.tasks if row.key == task.parent)
        return replace(task, due_on=whole.due_on)
    if task.key == _key(story, "C05"):
        out = late(story)
        rest = sum(
            row.weight
            for row in story.tasks
            if row.line == task.line and row.parent is None and row.key not in out
        )
        return replace(task, weight=task.weight + 100 - rest)
    return task


def events(story: DemoPlan) -> Iterator[DemoEvent]:
    """The extension of the part: asked in time, agreed, approved."""
    key = _key(story, "C07")
    if key is None:
        return
    told = next(row for row in story.tasks if row.key == key)
    posts = {row.role: row.post for row in story.assignments if row.task == key and row.post}
    moves = (
        (Verb.ASK_EXTENSION, ASKED_ON, posts["owner"], EXTEND_WHY),
        (Verb.AGREE_EXTENSION, AGREED_ON, posts["lead_leader"], "情况属实，同意延期"),
        (Verb.APPROVE_EXTENSION, APPROVED_ON, told.assigner, "同意"),
    )
    for verb, day, post, text in moves:
        yield DemoEvent(
            number=0,
            at=datetime.combine(day, time(10, 20), SHANGHAI),
            task=key,
            verb=verb,
            person=_holder(story, post, day),
            post=post,
            text=text,
            reason=text if verb is Verb.ASK_EXTENSION else "",
            new_due_on=told.due_on,
        )


def _holder(story: DemoPlan, post: str, day: date) -> str:
    return next(
        term.person
        for term in story.terms
        if term.post == post and term.from_on <= day and (term.to_on is None or day <= term.to_on)
    )


def edits(stage: Stage, year: int) -> Iterator[tuple[datetime, Callable[[], object]]]:
    """The standard that is taken back."""
    key = _key(stage.story, "C04")
    if key is None or stage.told(key).year != year:
        return
    at = datetime.combine(UNCLEAR_ON, time(15, 10), SHANGHAI)

    def take_back() -> object:
        row = Task.objects.get(pk=stage.tasks[key].pk)
        person = stage.holder(OFFICE_HEAD, UNCLEAR_ON)
        assert person is not None
        return ledger.edit_task(
            actor=stage.actor(person, UNCLEAR_ON),
            today=UNCLEAR_ON,
            now=at.astimezone(UTC),
            task=row,
            version=row.version,
            reason=UNCLEAR_WHY,
            acceptance="",
        )

    yield at, take_back
