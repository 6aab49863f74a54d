"""立项: drafts become goals, tasks and notes; each keeps its passage for ever."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from uuid6 import uuid7

from luoshi.adoption.actions import keeping, measuring
from luoshi.adoption.matching import Ticks
from luoshi.adoption.page import ADOPTABLE, target_of
from luoshi.documents import actions as documents
from luoshi.documents.models import Document, DraftItem
from luoshi.domain.access import Actor
from luoshi.domain.base import Refused, say
from luoshi.goals import actions as goals
from luoshi.goals.models import Note, Plan, WorkLine
from luoshi.journal.actions import Written, record, write
from luoshi.ledger import actions as ledger
from luoshi.ledger.actions import NewTask
from luoshi.ledger.queries import NOBODY, Roles

TASKS = frozenset({DraftItem.Kind.TASK, DraftItem.Kind.INDICATOR})
NOTES = frozenset({DraftItem.Kind.ACHIEVEMENT, DraftItem.Kind.PROBLEM})
TARGET = "indicators.target"
TITLE, TEXT = 400, 600
Made = dict[UUID, tuple[str, UUID]]  # draft: kind and id of what it became


@write("adoption.drafts.adopt")
def adopt(  # noqa: PLR0913 - the act, its place, and who carries it
    *,
    actor: Actor,
    today: date,
    now: datetime,
    document: Document,
    draft_ids: Sequence[UUID],
    plan: Plan,
    line: WorkLine | None = None,
    ticks: Mapping[UUID, Ticks] | None = None,
    remedies: bool = False,
    reason: str = "",
    key: str = "",
) -> Written:
    """Take up drafts into a plan, all or none; principles and formulas among them are left alone.

    A goal becomes a goal; a task a registered task; an indicator with a figure a row of the
    register with a target (without one: a task, its target 待补); an achievement or a problem a
    note, paired as the text pairs them. Roles are those a person ticked. `remedies` makes of every
    problem a task beside its note, so that it is worked on (R29). A due date that has passed needs
    a reason (补录).
    """
    del key
    keeping.demand(actor, document)
    drafts = keeping.waiting(document, draft_ids)
    taken = [draft for draft in drafts if draft.kind in ADOPTABLE]
    if not taken:
        raise Refused(say("adoption.nothing_adoptable"))
    if line is not None and line.plan_id != plan.pk:
        raise Refused(say("adoption.line_of_other_plan", line=line.name))
    goals.add_documents(actor=actor, today=today, plan=plan, documents=[document])
    made: Made = {}
    _goals(actor, today, plan, line, taken, made)
    _notes(actor, today, plan, line, taken, made)
    rows = _indicators(actor, today, plan, taken, ticks or {}, made)
    tasks = _new_tasks(taken, line, ticks or {}, made)
    extra = _remedies(taken, line, ticks or {}, made) if remedies else []
    if tasks or extra:
        ledger.register_tasks(
            actor=actor, today=today, now=now, items=[*tasks, *extra], plan=plan, reason=reason
        )
    act = keeping.keep(
        actor,
        now,
        document,
        "adopt",
        [_marked(actor, today, draft, made[draft.pk]) for draft in taken],
        rows
        + [{"kind": kind, "id": str(row_id)} for kind, row_id in made.values() if kind != TARGET]
        + [{"kind": "ledger.task", "id": str(item.id)} for item in extra],
    )
    record(act, keeping.told(act), unit_id=document.unit_id)
    left = len(drafts) - len(taken)
    return Written("adoption.act", act.pk, act.version, {"n": len(taken), "left": left})


def _marked(
    actor: Actor, today: date, draft: DraftItem, became: tuple[str, UUID]
) -> dict[str, Any]:
    kind, row_id = became
    before = {"state": draft.state, "adopted_kind": "", "adopted_id": None}
    documents.mark_adopted(actor=actor, today=today, draft=draft, kind=kind, row_id=row_id)
    return {"id": str(draft.pk), "before": before, "version": draft.version}


def _goals(
    actor: Actor,
    today: date,
    plan: Plan,
    line: WorkLine | None,
    drafts: Sequence[DraftItem],
    made: Made,
) -> None:
    for draft in drafts:
        if draft.kind == DraftItem.Kind.GOAL:
            written = goals.add_goal(
                actor=actor,
                today=today,
                plan=plan,
                title=draft.title[:TITLE],
                line=line,
                passage=draft.passage,
            )
            made[draft.pk] = ("goals.goal", written.id)


def _notes(
    actor: Actor,
    today: date,
    plan: Plan,
    line: WorkLine | None,
    drafts: Sequence[DraftItem],
    made: Made,
) -> None:
    """Achievements first, so that the gap can point at the one it is paired with."""
    order = {DraftItem.Kind.ACHIEVEMENT: 0, DraftItem.Kind.PROBLEM: 1}
    notes = [draft for draft in drafts if draft.kind in NOTES]
    for draft in sorted(notes, key=lambda d: order[DraftItem.Kind(d.kind)]):
        written = goals.add_note(
            actor=actor,
            today=today,
            plan=plan,
            kind=_note_kind(draft),
            text=draft.title[:TEXT],
            line=line,
            passage=draft.passage,
            pair=_pair(draft, made),
            noted_on=today,
        )
        made[draft.pk] = ("goals.note", written.id)


def _note_kind(draft: DraftItem) -> str:
    """A problem that the text sets against an achievement is a gap (不足)."""
    if draft.kind == DraftItem.Kind.ACHIEVEMENT:
        return Note.Kind.ACHIEVEMENT
    return Note.Kind.GAP if draft.pair_id else Note.Kind.PROBLEM


def _pair(draft: DraftItem, made: Made) -> Note | None:
    """The note of the paired achievement, adopted now or before."""
    if draft.kind != DraftItem.Kind.PROBLEM or draft.pair is None:
        return None
    became = made.get(draft.pair.pk)
    row_id = became[1] if became else draft.pair.adopted_id
    kind = became[0] if became else draft.pair.adopted_kind
    if kind != "goals.note" or row_id is None:
        return None
    return Note.objects.filter(pk=row_id).first()


def _indicators(
    actor: Actor,
    today: date,
    plan: Plan,
    drafts: Sequence[DraftItem],
    ticks: Mapping[UUID, Ticks],
    made: Made,
) -> list[dict[str, str]]:
    """Indicators with a figure go into the register; answers the rows made for them."""
    rows: list[dict[str, str]] = []
    for draft in drafts:
        said = measuring.measured(draft, plan)
        if said is None:
            continue
        taken = measuring.take_up(
            actor=actor, today=today, plan=plan, draft=draft, said=said, ticks=ticks.get(draft.pk)
        )
        if taken is not None:
            made[draft.pk] = (TARGET, taken[0])
            rows += taken[1]
    return rows


def _new_tasks(
    drafts: Sequence[DraftItem],
    line: WorkLine | None,
    ticks: Mapping[UUID, Ticks],
    made: Made,
) -> list[NewTask]:
    items = []
    for draft in drafts:
        if draft.kind in TASKS and draft.pk not in made:
            item = _new_task(draft, line, ticks.get(draft.pk))
            items.append(item)
            made[draft.pk] = ("ledger.task", item.id)
    return items


def _remedies(
    drafts: Sequence[DraftItem],
    line: WorkLine | None,
    ticks: Mapping[UUID, Ticks],
    made: Made,
) -> list[NewTask]:
    """A task for every problem among the drafts, tied to the note that states it."""
    return [
        replace(
            _new_task(draft, line, ticks.get(draft.pk)),
            title=f"整改：{draft.title}"[:TITLE],
            problem_id=made[draft.pk][1],
        )
        for draft in drafts
        if draft.kind == DraftItem.Kind.PROBLEM
    ]


def _new_task(draft: DraftItem, line: WorkLine | None, ticks: Ticks | None) -> NewTask:
    value, unit, op = target_of(draft)
    standing = draft.deadline_norm in {"ongoing", "recurring"}
    return NewTask(
        id=uuid7(),
        title=draft.title,
        measures=draft.measures,
        acceptance=draft.acceptance,
        line_id=line.pk if line else None,
        passage_id=draft.passage_id,
        due_on=draft.due_on,
        rhythm="standing" if standing and draft.due_on is None else "dated",
        check_rhythm=draft.deadline_text[:40] if draft.deadline_norm == "recurring" else "",
        target_value=value,
        target_unit=unit,
        target_op=op,
        roles=_roles(ticks),
    )


def _roles(ticks: Ticks | None) -> Roles:
    if ticks is None:
        return NOBODY
    supporting = tuple(dict.fromkeys(u for u in ticks.supporting if u != ticks.lead_unit))
    return Roles(lead_leader=ticks.lead_leader, lead_unit=ticks.lead_unit, supporting=supporting)
