"""A problem is answered: by measures, each dated and owned, or by a reason why none follows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from luoshi.domain.access import Actor
from luoshi.domain.base import Refused, say
from luoshi.goals import actions as goals
from luoshi.goals.models import Note
from luoshi.journal.actions import Written, record, write
from luoshi.ledger import actions as ledger
from luoshi.ledger.actions import NewTask
from luoshi.ledger.models import Task
from luoshi.ledger.queries import Roles

PROBLEMS = frozenset({Note.Kind.PROBLEM.value, Note.Kind.GAP.value})


@dataclass(frozen=True, slots=True)
class Measure:
    """What is done about a problem, by whom, until when."""

    title: str
    lead_unit: UUID
    due_on: date


@write("adoption.problem.answer")
def answer_problem(
    *,
    actor: Actor,
    today: date,
    now: datetime,
    note: Note,
    measures: Sequence[Measure],
    key: str = "",
) -> Written:
    """Make of a problem its tasks in one act, each with a lead unit and a due date (R29, R30).

    The tasks point at the problem and at its passage. All or none; a solved problem takes none.
    """
    del key
    if note.kind not in PROBLEMS or note.solved_on is not None:
        raise Refused(say("adoption.no_problem"))
    if not measures:
        raise Refused(say("adoption.measure_half"))
    items = [
        NewTask(
            title=measure.title,
            line_id=note.line_id,
            problem_id=note.pk,
            passage_id=note.passage_id,
            source_kind=Task.Source.RECTIFICATION,
            due_on=measure.due_on,
            roles=Roles(lead_unit=measure.lead_unit),
        )
        for measure in measures
    ]
    ledger.register_tasks(actor=actor, today=today, now=now, items=items, plan=note.plan)
    record(note, {"tasks": (None, [item.id for item in items])}, unit_id=note.unit_id)
    return Written("goals.note", note.pk, note.version, {"n": len(items)})


@write("adoption.problem.leave")
def leave_problem(
    *, actor: Actor, today: date, note: Note, reason: str, version: int, key: str = ""
) -> Written:
    """Say why no task follows from a problem; an empty reason takes a former one back."""
    del key
    if note.kind not in PROBLEMS:
        raise Refused(say("adoption.no_problem"))
    goals.edit_note(
        actor=actor, today=today, note=note, version=version, why_no_task=reason.strip()[:200]
    )
    record(note, {"why_no_task": (None, note.why_no_task)}, unit_id=note.unit_id)
    return Written("goals.note", note.pk, note.version)
