"""The only writes of meetings, plans, goals, work lines and notes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import F

from luoshi.documents.models import Document, Passage
from luoshi.domain.access import Actor
from luoshi.domain.base import Finding, Refused, say
from luoshi.goals import baseline, queries
from luoshi.goals.found import lose, make_findable
from luoshi.goals.models import Goal, Meeting, Note, Plan, PlanDocument, PlanSnapshot, WorkLine
from luoshi.journal.actions import Written, created, nothing, record, write
from luoshi.org.models import Post, Unit
from luoshi.store.rows import Editable, save


@write("goals.plan.create")
def create_plan(
    *,
    actor: Actor,
    today: date,
    unit: Unit,
    year: int,
    title: str = "",
    meeting: Meeting | None = None,
    documents: Sequence[Document] = (),
) -> Written:
    """Open a unit's year as a draft, with the texts it comes from. One plan a unit and year."""
    del today
    queries.demand_right(actor, "plan", unit.path)
    if Plan.objects.filter(jurisdiction=unit.jurisdiction, unit=unit, year=year).exists():
        raise Refused(say("goals.plan_exists", unit=unit.short_name, year=year))
    plan = Plan.objects.create(
        jurisdiction=unit.jurisdiction,
        unit=unit,
        meeting=meeting,
        year=year,
        title=title or f"{unit.short_name}{year}年度计划",
    )
    record(plan, created(plan, documents=(None, [document.pk for document in documents])))
    _add_documents(plan, documents)
    return _written(plan)


@write("goals.plan.add_documents")
def add_documents(
    *, actor: Actor, today: date, plan: Plan, documents: Sequence[Document]
) -> Written:
    """Add texts to the bundle a plan is made from; those already in it stay as they are."""
    del today
    _demand(actor, plan)
    known = set(plan.sources.values_list("document_id", flat=True))
    fresh = [document for document in documents if document.pk not in known]
    if not fresh:
        return nothing("goals.plan", plan.pk)
    _add_documents(plan, fresh)
    record(plan, {"documents": (None, [document.pk for document in fresh])})
    return _written(plan)


def _add_documents(plan: Plan, documents: Sequence[Document]) -> None:
    PlanDocument.objects.bulk_create(
        PlanDocument(jurisdiction=plan.jurisdiction, plan=plan, document=document)
        for document in documents
    )


@write("goals.plan.approve")
def approve_plan(
    *, actor: Actor, today: date, now: datetime, plan: Plan, version: int | None = None
) -> Written:
    """定稿: the draft is approved, and what it says is kept for ever as the baseline.

    The snapshot holds canonical JSON and its SHA-256; it is never changed, only followed by others.
    """
    del today
    _demand(actor, plan)
    if plan.state != Plan.State.DRAFT:
        raise Refused(say("goals.plan_not_draft"))
    changes = save(plan, version, state=Plan.State.APPROVED)
    content, digest = baseline.canonical(baseline.content_of(plan))
    snapshot = PlanSnapshot.objects.create(
        jurisdiction=plan.jurisdiction,
        plan=plan,
        taken_at=now,
        content=content,
        sha256=digest,
    )
    record(plan, changes | {"snapshot": (None, snapshot.pk), "sha256": (None, digest)})
    return Written("goals.plan", plan.pk, plan.version, {"snapshot": snapshot.pk, "sha256": digest})


@write("goals.plan.put_in_force")
def put_in_force(
    *,
    actor: Actor,
    today: date,
    now: datetime,
    plan: Plan,
    errors: Sequence[Finding] = (),
    warnings: Sequence[Finding] = (),
    signed: bool = False,
    version: int | None = None,
) -> Written:
    """An approved plan goes into force; what findings are open decides whether it may.

    Errors refuse. Warnings must be signed for, and stand in the baseline with the signer's entry.
    `home` gathers both lists; they come as findings of the coverage law.
    """
    del today
    _demand(actor, plan)
    if plan.state != Plan.State.APPROVED:
        raise Refused(say("goals.plan_not_approved"))
    if errors:
        raise Refused(say("goals.errors_open", n=len(errors), codes=baseline.codes_of(errors)))
    if warnings and not signed:
        raise Refused(
            say("goals.warnings_unsigned", n=len(warnings), codes=baseline.codes_of(warnings))
        )
    changes = save(plan, version, state=Plan.State.IN_FORCE)
    content, digest = baseline.canonical(baseline.content_of(plan))
    snapshot = PlanSnapshot.objects.create(
        jurisdiction=plan.jurisdiction,
        plan=plan,
        taken_at=now,
        content=content,
        sha256=digest,
        signed_findings=[baseline.kept(finding) for finding in warnings],
    )
    facts = {"snapshot": (None, snapshot.pk), "signed_findings": (None, len(warnings))}
    record(plan, changes | facts)
    return Written("goals.plan", plan.pk, plan.version, {"snapshot": snapshot.pk, "sha256": digest})


@write("goals.plan.close")
def close_plan(*, actor: Actor, today: date, plan: Plan, version: int | None = None) -> Written:
    """收官: the year is over; its plan is read from now on, never changed."""
    del today
    _demand(actor, plan)
    if plan.state != Plan.State.IN_FORCE:
        raise Refused(say("goals.plan_not_in_force"))
    record(plan, save(plan, version, state=Plan.State.CLOSED))
    return _written(plan)


@write("goals.line.add")
def add_line(
    *,
    actor: Actor,
    today: date,
    plan: Plan,
    name: str,
    number: int | None = None,
    leader_post: Post | None = None,
) -> Written:
    """Open a work line (工作专线) of a plan; without a number it becomes the last one."""
    del today
    _demand(actor, plan)
    Plan.objects.select_for_update().get(pk=plan.pk)
    last = plan.lines.order_by("-number").values_list("number", flat=True).first() or 0
    line = WorkLine.objects.create(
        jurisdiction=plan.jurisdiction,
        plan=plan,
        unit=plan.unit,
        number=number or last + 1,
        name=name,
        leader_post=leader_post,
    )
    record(line, created(line))
    return _written(line)


@write("goals.goal.add")
def add_goal(
    *,
    actor: Actor,
    today: date,
    plan: Plan,
    title: str,
    line: WorkLine | None = None,
    passage: Passage | None = None,
    position: int | None = None,
) -> Written:
    """Enter an end state that the plan is for, with the passage that states it."""
    del today
    _demand(actor, plan)
    last = plan.goals.order_by("-position").values_list("position", flat=True).first() or 0
    goal = Goal.objects.create(
        jurisdiction=plan.jurisdiction,
        plan=plan,
        unit=plan.unit,
        line=line,
        passage=passage,
        position=last + 1 if position is None else position,
        title=title,
    )
    record(goal, created(goal))
    make_findable(goal)
    return _written(goal)


@write("goals.note.add")
def add_note(
    *,
    actor: Actor,
    today: date,
    plan: Plan,
    kind: str,
    text: str,
    line: WorkLine | None = None,
    passage: Passage | None = None,
    pair: Note | None = None,
    noted_on: date | None = None,
) -> Written:
    """Enter an achievement, a gap or a problem; `pair` ties the gap to its achievement."""
    _demand(actor, plan)
    note = Note.objects.create(
        jurisdiction=plan.jurisdiction,
        plan=plan,
        unit=plan.unit,
        line=line,
        passage=passage,
        pair=pair,
        kind=Note.Kind(kind),
        text=text,
        noted_on=noted_on or today,
    )
    record(note, created(note))
    make_findable(note)
    return _written(note)


@write("goals.line.edit")
def edit_line(
    *,
    actor: Actor,
    today: date,
    line: WorkLine,
    version: int,
    **changes: Any,  # noqa: ANN401 - any field's value
) -> Written:
    """Change a work line's name, number or leader's post."""
    del today
    return _edit(actor, line, version, changes, {"name", "number", "leader_post_id"})


@write("goals.goal.edit")
def edit_goal(
    *,
    actor: Actor,
    today: date,
    goal: Goal,
    version: int,
    **changes: Any,  # noqa: ANN401 - any field's value
) -> Written:
    """Change a goal's wording, order or work line."""
    del today
    return _edit(actor, goal, version, changes, {"title", "position", "line_id"})


@write("goals.note.edit")
def edit_note(
    *,
    actor: Actor,
    today: date,
    note: Note,
    version: int,
    **changes: Any,  # noqa: ANN401 - any field's value
) -> Written:
    """Change a note's wording, line or pair, its day of solution, or why no task follows."""
    del today
    fields = {"text", "kind", "line_id", "pair_id", "solved_on", "why_no_task"}
    return _edit(actor, note, version, changes, fields)


@write("goals.plan.edit")
def edit_plan(
    *,
    actor: Actor,
    today: date,
    plan: Plan,
    version: int,
    **changes: Any,  # noqa: ANN401 - any field's value
) -> Written:
    """Change a plan's title or meeting."""
    del today
    _demand(actor, plan)
    return _saved(plan, version, changes, {"title", "meeting_id"})


@write("goals.goal.withdraw")
def withdraw_goal(*, actor: Actor, today: date, goal: Goal) -> Written:
    """Take back a goal that nothing hangs on yet (undo of an adoption)."""
    del today
    return _withdraw(actor, goal, used=goal.tasks.exists())


@write("goals.note.withdraw")
def withdraw_note(*, actor: Actor, today: date, note: Note) -> Written:
    """Take back a note that nothing hangs on yet (undo of an adoption)."""
    del today
    return _withdraw(actor, note, used=note.tasks.exists())


def _withdraw(actor: Actor, row: Goal | Note, *, used: bool) -> Written:
    _demand(actor, row.plan)
    if used:
        raise Refused(say("goals.in_use"))
    gone = {name: (before, None) for name, (_, before) in created(row).items()}
    record(row, gone)
    answer = Written(row._meta.label_lower, row.pk, row.version)
    type(row)._base_manager.filter(pk=row.pk).delete()
    lose(row)
    return answer


def add_to_sums(
    *, plan_id: UUID, line_id: UUID | None, weight: int = 0, done: int = 0, missing: int = 0
) -> None:
    """Move a line's and a plan's stored sums by differences, under their row locks.

    Called by the ledger inside its own actions, ancestors first, then the line, then the plan:
    one order for every writer. The rows keep their version, since nobody edited them.
    """
    if line_id is not None:
        add_to_line(line_id=line_id, weight=weight, done=done, missing=missing)
    if weight or done or missing:
        Plan.objects.filter(pk=plan_id).update(
            weight_sum=F("weight_sum") + weight,
            done_sum=F("done_sum") + done,
            missing_sum=F("missing_sum") + missing,
        )


def add_to_line(*, line_id: UUID, weight: int = 0, done: int = 0, missing: int = 0) -> None:
    """The same for a line alone, where tasks change their line or several lines move at once."""
    if weight or done or missing:
        WorkLine.objects.filter(pk=line_id).update(
            weight_sum=F("weight_sum") + weight,
            done_sum=F("done_sum") + done,
            missing_sum=F("missing_sum") + missing,
        )


def set_sums(*, rows: Sequence[Plan | WorkLine]) -> None:
    """Write recomputed sums of lines and plans; called by the ledger's rebuild only."""
    for row in rows:
        type(row).objects.filter(pk=row.pk).update(
            weight_sum=row.weight_sum, done_sum=row.done_sum, missing_sum=row.missing_sum
        )


def _demand(actor: Actor, plan: Plan) -> None:
    queries.demand_right(actor, "plan", plan.unit.path)
    baseline.demand_not_closed(plan)


def _edit(
    actor: Actor,
    row: WorkLine | Goal | Note,
    version: int,
    changes: dict[str, Any],
    fields: set[str],
) -> Written:
    _demand(actor, row.plan)
    return _saved(row, version, changes, fields)


def _saved(row: Editable, version: int, changes: dict[str, Any], fields: set[str]) -> Written:
    if unknown := set(changes) - fields:
        message = f"not editable here: {sorted(unknown)}"
        raise TypeError(message)
    changed = save(row, version, **changes)
    if not changed:
        return nothing(row._meta.label_lower, row.pk)
    record(row, changed)
    make_findable(row)
    return _written(row)


def _written(row: Editable) -> Written:
    return Written(row._meta.label_lower, row.pk, row.version)
