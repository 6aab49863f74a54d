"""报进展, 报办结: one line by whoever carries the task, or typed in for them (代录)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from luoshi.domain import pacing
from luoshi.domain.access import Actor
from luoshi.domain.base import Refused, say
from luoshi.domain.closing import Verb
from luoshi.files import actions as files
from luoshi.files.actions import Screened
from luoshi.journal.actions import Written, created, record, write
from luoshi.ledger.actions.blocking import Wanted, stands
from luoshi.ledger.actions.moving import Step, doer_of, step
from luoshi.ledger.carrying import roles_of
from luoshi.ledger.models import WHOLE, Blocker, Milestone, ProgressReport, Proof, Task
from luoshi.org.models import Term
from luoshi.org.queries import holds
from luoshi.store.rows import save

LINE = 1_000  # characters of one report


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What one report says. `text` is one line; all else is optional.

    `progress` in basis points; `value` in the task's own unit, against its target, where there is
    one; `milestone_id` is the node that is now done. `proof`: which paper, permit, payment or
    call-back shows it, and its number; that is evidence. `warns`: a risk told early, which costs
    nobody anything. `blocker` None leaves blockers as they stand, "" says that they are gone, a
    text raises one: why, what is needed, from which unit or post, by which day.
    """

    text: str
    progress: int | None = None
    value: Decimal | None = None
    milestone_id: UUID | None = None
    channel: str = ProgressReport.Channel.PAGE
    proof: str = ""
    proof_ref: str = ""
    warns: bool = False
    blocker: str | None = None
    blocker_reason: str = Blocker.Reason.OTHER
    blocker_wants: str = ""
    blocker_needs_id: UUID | None = None
    blocker_post_id: UUID | None = None
    blocker_by: date | None = None

    @property
    def wanted(self) -> Wanted:
        """What the blocker asks of whom."""
        return Wanted(
            reason=self.blocker_reason,
            needs=self.blocker_wants,
            unit_id=self.blocker_needs_id,
            post_id=self.blocker_post_id,
            by=self.blocker_by,
        )


@write("ledger.task.report")
def report(
    *,
    actor: Actor,
    today: date,
    now: datetime,
    task: Task,
    said: Said,
    evidence: Sequence[Screened] = (),
    version: int | None = None,
) -> Written:
    """报进展: one line, and what it changes; the sums of one path of the tree move with it.

    A report on behalf (代录) needs a person who carries the task today. Progress is told at
    leaves; a node above shows the sum of its leaves. Evidence has been screened by the caller.
    The number of statements does not depend on the number of tasks.
    """
    return _report(actor, today, task, said, evidence, version, now, done=False)


@write("ledger.task.report_done")
def report_done(
    *,
    actor: Actor,
    today: date,
    now: datetime,
    task: Task,
    said: Said,
    evidence: Sequence[Screened] = (),
    version: int | None = None,
) -> Written:
    """报办结: the doer says it is done, with evidence or in words; somebody else will check.

    Refused while an item below it is open. Progress becomes 100%.
    """
    return _report(actor, today, task, said, evidence, version, now, done=True)


def _report(
    actor: Actor,
    today: date,
    task: Task,
    said: Said,
    evidence: Sequence[Screened],
    version: int | None,
    now: datetime,
    *,
    done: bool,
) -> Written:
    if not said.text.strip():
        raise Refused(say("ledger.no_text"))
    if len(said.text.strip()) > LINE:
        raise Refused(say("ledger.too_long", n=LINE))
    verb = Verb.REPORT_DONE if done else Verb.REPORT
    shown = len(evidence) + bool(said.proof or said.proof_ref)
    move = step(actor, today, task, verb, reason=said.text, evidence_count=shown)
    _demand_spoken_for(actor, today, move.task)
    if done:
        _demand_children_done(move.task)
    milestone = _milestone(move.task, said.milestone_id)
    progress = WHOLE if done else _progress(move.task, said, milestone)
    row = _row(actor, today, move.task, said, progress, now, done=done)
    _finish_milestone(milestone, today)
    for screened in evidence:
        _keep(actor, today, row, screened, now)
    return _write(actor, today, move, said, row, version, now, done=done)


def _write(
    actor: Actor,
    today: date,
    move: Step,
    said: Said,
    row: ProgressReport,
    version: int | None,
    now: datetime,
    *,
    done: bool,
) -> Written:
    task = move.task
    fields: dict[str, Any] = {
        "last_report_on": max(task.last_report_on or today, today),
        "started_on": task.started_on or today,
    }
    if task.is_leaf and row.progress is not None:
        fields["progress"] = row.progress
    if task.is_leaf and row.value is not None:
        fields["done_value"] = row.value
    if done:
        fields |= {"done_by_id": doer_of(actor), "done_on": today}
    fields |= stands(actor, today, now, task, said.blocker, said.wanted, done=done)
    record(row, created(row), at=now, unit_id=task.unit_id)
    answer = move.record(version=version, at=now, spoke=today, **fields)
    facts = {"report": row.pk, "state": task.state, "progress": task.progress}
    return Written("ledger.task", task.pk, answer.version, facts)


def _row(
    actor: Actor,
    today: date,
    task: Task,
    said: Said,
    progress: int | None,
    now: datetime,
    *,
    done: bool,
) -> ProgressReport:
    return ProgressReport.objects.create(
        jurisdiction=task.jurisdiction,
        task=task,
        milestone_id=said.milestone_id,
        unit_id=task.unit_id,
        reported_on=today,
        reported_at=now,
        person_id=doer_of(actor),
        typed_by_id=actor.person_id if doer_of(actor) != actor.person_id else None,
        channel=ProgressReport.Channel(said.channel),
        text=said.text.strip(),
        progress=progress,
        value=said.value,  # type: ignore[misc]
        proof=Proof(said.proof).value if said.proof else "",
        proof_ref=said.proof_ref.strip()[:120],
        says_done=done,
        warns=said.warns or bool(said.blocker),
    )


def _demand_spoken_for(actor: Actor, today: date, task: Task) -> None:
    """代录 stands for somebody who carries the task today; who has left cannot be spoken for."""
    if actor.on_behalf_of is None:
        return
    roles = roles_of([task.pk]).get(task.pk)
    terms = Term.objects.filter(holds(today), person=actor.on_behalf_of).values_list(
        "post_id", "post__unit_id"
    )
    units = {roles.lead_unit, *roles.supporting} if roles else {task.unit_id}
    owner = roles.owner if roles else None
    if not any(post == owner or unit in units for post, unit in terms):
        raise Refused(say("ledger.person_left"))


def _demand_children_done(task: Task) -> None:
    open_below = task.children.exclude(
        state__in=("reported_done", "verified", "submitted", "completed", "cleared", "archived",
                   "cancelled")
    ).count()  # fmt: skip
    if open_below:
        raise Refused(say("ledger.children_open", n=open_below))


def _milestone(task: Task, milestone_id: UUID | None) -> Milestone | None:
    if milestone_id is None:
        return None
    found = Milestone.objects.filter(pk=milestone_id, task=task).first()
    if found is None:
        raise Refused(say("ledger.no_milestone"))
    return found


def _finish_milestone(milestone: Milestone | None, today: date) -> None:
    if milestone is not None and milestone.done_on is None:
        changes = save(milestone, None, done_on=today)
        record(milestone, changes)


def _progress(task: Task, said: Said, milestone: Milestone | None) -> int | None:
    """Basis points: as said; else from the value against the target; else from the node reached."""
    if said.progress is not None:
        if not task.is_leaf:
            raise Refused(say("ledger.progress_of_parent"))
        if not 0 <= said.progress <= WHOLE:
            raise Refused(say("ledger.progress_range"))
        return said.progress
    if not task.is_leaf:
        return None
    if said.value is not None:
        return _from_value(task, said.value)
    if milestone is not None and milestone.share is not None:
        return max(task.progress or 0, milestone.share)
    return None


def _from_value(task: Task, value: Decimal) -> int | None:
    """How much of a target a value reaches; None where there is no target to hold it against."""
    target = task.target_value
    if target is None or target <= 0 or task.target_op in {"<=", "<", "le", "lt"}:
        return None
    reached = pacing.completion(max(value, Decimal(0)), target)
    return None if reached is None else min(WHOLE, int(reached * 100))


def _keep(
    actor: Actor, today: date, row: ProgressReport, screened: Screened, now: datetime
) -> None:
    files.store(
        actor=actor,
        today=today,
        now=now,
        unit_id=row.unit_id,
        subject_kind="ledger.progressreport",
        subject_id=row.pk,
        screened=screened,
    )
